"""Numbers and names as a reader sees them: in the summary, in the plots, on the page."""

from __future__ import annotations

import html
import math
import unicodedata
from collections.abc import Sequence

from dance_core.corpus.studio.dancer import style_title
from dance_core.study.analysis.estimates import Estimate

QUESTIONS = {
    "preference": "Overall preference", "quality": "Movement (sound off)", "match": "Match to the music",
    "overall": "Overall", "on_beat": "On the beat", "natural": "Natural movement", "hands": "Hands",
    "face": "Face", "harmony": "Whole body in harmony",
}
REASONS = {"on_beat": "on the beat", "natural": "natural", "varied": "varied", "style": "fits the style",
           "hands": "hands", "face": "face", "feet": "feet", "jerky": "jerky", "frozen": "frozen",
           "impossible": "impossible moves"}
GENERATORS = {"choreographer": "Choreographer", "jepa": "JEPA", "soulnet": "SoulNet", "hotdance": "HOT-dance"}


def title(question: str) -> str:
    """A question in words."""
    return QUESTIONS.get(question, question)


def system(name: str) -> str:
    """A system as the app calls it."""
    return GENERATORS.get(name, name)


def style(key: str) -> str:
    """A style's title."""
    return style_title(key) if key else "no style"


def plain(text: str, most: int = 120) -> str:
    """Somebody's text on one line, unable to be Markdown or HTML."""
    line = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp", "Cf"} else c for c in text)
    line = line if len(line) <= most else line[:most - 1] + "…"
    return "".join(f"\\{c}" if c in "\\`*_[]|#~" else c for c in html.escape(line, quote=False))


def percent(x: float) -> str:
    """ "62%"; "–" where there is no number."""
    return f"{100 * x:.0f}%" if math.isfinite(x) else "–"


def number(x: float, digits: int = 2) -> str:
    """With a real minus sign; "–" where there is no number."""
    if not math.isfinite(x):
        return "–"
    text = f"{abs(x):.{digits}f}"
    return f"−{text}" if x < 0 and float(text) != 0 else text


UNKNOWN = "not estimable"


def between(e: Estimate, how: str = "number") -> str:
    """An interval: "0.12 to 0.48", "41 to 60%", or that there is none."""
    if not e.known:
        return UNKNOWN
    if how == "percent":
        return f"{100 * e.low:.0f} to {percent(e.high)}"
    return f"{number(e.low)} to {number(e.high)}"


def p_value(p: float) -> str:
    """ "p = .013", "p < .001", "p not estimable"."""
    if not math.isfinite(p):
        return f"p {UNKNOWN}"
    return "p < .001" if p < 0.001 else "p = 1" if p > 0.9995 else f"p = {p:.3f}".replace("0.", ".")


def unsure(named: Sequence[tuple[str, Estimate]]) -> str:
    """Why some of these have no interval, in one sentence; "" where all have one."""
    by: dict[str, list[str]] = {}
    for name, e in named:
        if e.why:
            by.setdefault(e.why, []).append(name)
    if len(by) == 1 and len(next(iter(by.values()))) == len(named):
        return f"Intervals and p-values are {UNKNOWN}: {next(iter(by))}."
    parts = [f"{listed(names)} ({why})" for why, names in by.items()]
    return f"Intervals and p-values are {UNKNOWN} for {'; for '.join(parts)}." if parts else ""


def count(n: int, thing: str, things: str | None = None) -> str:
    """ "1 rater", "1,204 raters"."""
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def rows(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """A Markdown table: first column to the left, the others to the right."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
