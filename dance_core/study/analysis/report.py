"""What `study results` leaves behind: summary.md, results.json, and plots.html, which needs no network."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path

from plotly.offline import get_plotlyjs

from dance_core.atomic import replacing
from dance_core.study.analysis.findings import Findings
from dance_core.study.analysis.plots import Chart, charts
from dance_core.study.analysis.summary import summary

SUMMARY, RESULTS, PLOTS = "summary.md", "results.json", "plots.html"

_STYLE = """
:root { --text: #23262d; --quiet: #666c78; --line: #e3dfd7; --card: #fff; --page: #f4f2ee; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e9e6df; --quiet: #9aa1af; --line: #2b303a; --card: #171a20; --page: #101216; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1320px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { font-size: 26px; letter-spacing: -.02em; margin: 0; }
h2 { font-size: 19px; margin: 34px 0 12px; }
h1 + p { margin: 4px 0 0; color: var(--quiet); }
.refused { color: #fff; background: #b8432b; border-radius: 10px; padding: 10px 14px; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(480px, 100%), 1fr));
  gap: 16px; align-items: start; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: 14px 16px 10px; min-width: 0; }
figcaption { margin: 0 0 8px; color: var(--quiet); font-size: 13px; line-height: 1.4; }
figcaption b { display: block; color: var(--text); font-size: 15.5px; }
"""


def plots_page(found: Findings) -> str:
    """One HTML page with all charts and the library that draws them (5 MB)."""
    drawn = charts(found)
    sections: dict[str, list[Chart]] = {}
    for chart in drawn:
        sections.setdefault(chart.section, []).append(chart)
    refused = f"<p class='refused'>{html.escape(found.counts.refused)}</p>" if found.counts.refused else ""
    body = "".join(f"<h2>{html.escape(name)}</h2><div class='charts'>{_figures(part)}</div>"
                   for name, part in sections.items())
    return (f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Study "
            f"{html.escape(found.study)}</title>"
            f"<meta name='viewport' content='width=device-width'><style>{_STYLE}</style>"
            f"<script>{get_plotlyjs()}</script><main><h1>Study {html.escape(found.study)}</h1>"
            f"<p>{found.counts.kept:,} answers of {found.counts.raters:,} raters; numbers and method are in "
            f"{SUMMARY}.</p>{refused}{body}</main></html>\n")


def _figures(part: Sequence[Chart]) -> str:
    out = []
    for chart in part:
        drawn = chart.figure.to_html(full_html=False, include_plotlyjs=False, config={
            "displayModeBar": False, "responsive": True}) if chart.figure is not None else ""
        out.append(f"<figure><figcaption><b>{html.escape(chart.name)}</b>{html.escape(chart.caption)}"
                   f"</figcaption>{drawn}</figure>")
    return "".join(out)


def write_report(found: Findings, folder: str | Path) -> list[Path]:
    """Write the three files, the summary first, and give their paths.

    Each appears whole or not at all. Raises OSError.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    made = {SUMMARY: summary, RESULTS: _results, PLOTS: plots_page}
    for name, make in made.items():
        with replacing(folder / name) as part:
            part.write_text(make(found), encoding="utf-8")
    return [folder / name for name in made]


def _results(found: Findings) -> str:
    return json.dumps(found.as_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
