"""Which faults do systems have, and where: many dances in one HTML file that asks nothing of the network."""

from __future__ import annotations

import base64
import html
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dance_core.body.sheet import strip
from dance_core.evaluation.faults import KINDS, Fault, worst_first
from dance_core.longform.take import Take

GALLERY = 12  # pictures of the worst
_MOMENTS, _CELL = 5, (150, 200)
_STYLE = """
:root { color-scheme: light dark; --ink: #23262d; --quiet: #666c78; --line: #e3dfd7; --paper: #f6f4f0;
  --card: #fff; --bad: #b3304c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6df; --quiet: #9aa1af; --line: #2b303a;
  --paper: #101216;
  --card: #171a20; --bad: #ff7f9f; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 1180px; padding: 24px; }
h1 { font-size: 26px; margin: 0; } h2 { font-size: 19px; margin: 34px 0 8px; }
p { color: var(--quiet); margin: 4px 0 12px; }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 12px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } th { color: var(--quiet); font-weight: 600; }
tr:last-child td { border-bottom: 0; } .words td:last-child, .words th:last-child { text-align: left;
  white-space: normal; min-width: 320px; } .most { color: var(--bad); font-weight: 650; }
.worst { display: grid; gap: 14px; grid-template-columns: repeat(auto-fill, minmax(min(520px, 100%), 1fr)); }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  overflow: hidden; }
figure img { width: 100%; display: block; background: #fff; } figcaption { padding: 10px 14px 12px; }
figcaption b { display: block; } figcaption span { color: var(--quiet); }
"""


@dataclass(frozen=True, eq=False)
class Inspected:
    """A dance with its faults. name: of its folder."""

    name: str
    take: Take
    faults: Sequence[Fault]


def fault_report(dances: Iterable[Inspected]) -> str:
    """The page. Dances may come one after another: of each only numbers stay, and the worst pictures.

    Severe faults in a minute of dance, by system and kind, by style; all dances; a gallery of the worst.
    """
    rows: list[tuple[str, str, str, float, Sequence[Fault]]] = []
    worst: list[tuple[Fault, str, str]] = []
    for one in dances:
        take = one.take
        system = take.generator_title or take.generator
        rows.append((f"{take.title[:60]} · {one.name}", system, take.style, take.motion.duration, one.faults))
        for f in worst_first(one.faults)[:2]:
            known = [w for w, *_ in worst]
            if len(worst) < GALLERY or _order(f) < _order(worst_first(known)[-1]):
                worst.append((f, _caption(f, one), _picture(take, f)))
        worst = sorted(worst, key=lambda w: _order(w[0]))[:GALLERY]
    seconds = sum(r[3] for r in rows)
    severe = sum(f.severe for r in rows for f in r[4])
    rate = 60 * severe / max(seconds, 1e-9)
    parts = [f"<h1>Faults of {_count(len(rows), 'dance')}</h1>",
             f"<p>{seconds / 60:.1f} minutes, {severe} severe faults: {rate:.1f} in "
             "a minute. Recorded dances have 6 at most.</p>",
             "<h2>By system</h2><p>Severe faults in a minute of dance.</p>", _rates(rows, 1),
             "<h2>By style</h2><p>Severe faults in a minute of dance.</p>", _rates(rows, 2),
             "<h2>The worst</h2>", _gallery(worst), "<h2>All dances</h2>", _dances(rows),
             "<h2>What is measured</h2>", _kinds()]
    return ("<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' "
            "content='width=device-width, initial-scale=1'><title>Faults</title>"
            f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n")


def _order(fault: Fault) -> tuple[float, float]:
    return -fault.severity, fault.start_s - fault.stop_s


def _caption(fault: Fault, one: Inspected) -> str:
    return (f"<b>{html.escape(KINDS[fault.kind].title)}, {fault.start_s:.2f} to {fault.stop_s:.2f} s</b>"
            f"{html.escape(fault.sentence)}<br><span>{html.escape(one.take.title)} · "
            f"{html.escape(one.take.generator_title)} · {html.escape(one.name)}</span>")


def _picture(take: Take, fault: Fault) -> str:
    """Five moments of a fault as a data address."""
    start = max(0.0, min(fault.start_s - 0.1, take.motion.duration - 0.2))
    seconds = max(0.25, min(fault.stop_s - fault.start_s + 0.2, 3.0))
    out = io.BytesIO()
    strip(take.motion, start, seconds, _MOMENTS, cell=_CELL, columns=_MOMENTS).save(out, "WEBP", quality=80)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()


def _rates(rows: Sequence[tuple[str, str, str, float, Sequence[Fault]]], column: int) -> str:
    """A row for each value of a column, a cell for each kind that any of them has."""
    seconds: Counter[str] = Counter()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        seconds[str(row[column])] += row[3]  # type: ignore[assignment]
        found[str(row[column])].update(f.kind for f in row[4] if f.severe)
    kinds = [k for k in KINDS if any(k in c for c in found.values())]
    body = []
    for name in sorted(seconds, key=lambda n: -sum(found[n].values()) / max(seconds[n], 1e-9)):
        rate = {k: 60 * found[name][k] / max(seconds[name], 1e-9) for k in kinds}
        most = max(rate.values(), default=0.0)
        cells = [_cell(f"{rate[k]:.1f}" if rate[k] else "–", rate[k] == most > 0) for k in kinds]
        all_ = 60 * sum(found[name].values()) / max(seconds[name], 1e-9)
        body.append([html.escape(name), f"{seconds[name] / 60:.1f}", f"{all_:.1f}", *cells])
    return _table(["", "minutes", "all", *(KINDS[k].title for k in kinds)], body)


def _cell(text: str, most: bool) -> str:
    return f"<span class='most'>{text}</span>" if most else text


def _gallery(worst: Sequence[tuple[Fault, str, str]]) -> str:
    if not worst:
        return "<p>There is none.</p>"
    figures = "".join(f"<figure><img alt='' loading='lazy' src='{picture}'><figcaption>{caption}</figcaption>"
                      "</figure>" for _, caption, picture in worst)
    return f"<div class='worst'>{figures}</div>"


def _dances(rows: Sequence[tuple[str, str, str, float, Sequence[Fault]]]) -> str:
    ordered = sorted(rows, key=lambda r: -sum(f.severe for f in r[4]) / max(r[3], 1e-9))
    body = []
    for name, system, style, seconds, faults in ordered:
        top = worst_first(faults)
        severe = sum(f.severe for f in faults)
        body.append([html.escape(name), html.escape(system), html.escape(style), f"{seconds:.1f}",
                     str(len(faults)), str(severe), f"{10 * severe / max(seconds, 1e-9):.2f}",
                     html.escape(f"{KINDS[top[0].kind].title} at {top[0].start_s:.1f} s") if top else "–"])
    return _table(["dance", "system", "style", "s", "faults", "severe", "in 10 s", "worst"], body)


def _kinds() -> str:
    return _table(["kind", "let go", "severe from", "what is measured"], [
        [html.escape(k.title), f"{k.limit:g} {k.unit}", f"{k.severe:g} {k.unit}", html.escape(k.measure)]
        for k in KINDS.values()], "wide words")


def _table(head: Sequence[str], body: Sequence[Sequence[str]], look: str = "wide") -> str:
    top = "".join(f"<th>{html.escape(h)}</th>" for h in head)
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in body)
    return f"<div class='{look}'><table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></div>"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
