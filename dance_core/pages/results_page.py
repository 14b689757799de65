"""The Results page: what a study found so far, behind the researcher's password.

    /results

Out of the navigation. Without DANCE_RESEARCHER_PASSWORD there is no such page. The password is checked on the
server at every step: what the browser holds is a gr.State, which stays on the server too.
"""

from __future__ import annotations

import html
import logging
import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from dance_core.errors import UserError
from dance_core.pages.results_door import Door
from dance_core.pages.results_files import Files
from dance_core.settings import Settings
from dance_core.study.analysis.command import faults_beside
from dance_core.study.analysis.estimates import USUAL, Sure
from dance_core.study.analysis.export import write_export
from dance_core.study.analysis.findings import Findings, analyse
from dance_core.study.analysis.plots import Chart, charts
from dance_core.study.analysis.report import write_report
from dance_core.study.analysis.summary import summary
from dance_core.study.analysis.table import Table, read_tables
from dance_core.study.analysis.words import percent, plain, rows, system, title
from dance_core.study.folder import JSON
from dance_core.study.preview import new_key

log = logging.getLogger(__name__)
RECORD = "judgments.csv"
_SLOTS = 6  # charts on the page at once: the most that a section has
_MOST_COMMENTS = 200
_KEPT = 8  # findings that are not computed again while their file is unchanged
_SHEET = (Path(__file__).parent / "results_page.css").read_text(encoding="utf-8")
_HEAD = ("<header class='page-head'><h1>Results</h1><p>What the studies of this server found so far.</p>"
         "</header>")
_CLOSED = "This page was closed. Please enter the password again."
_OURS = "The analysis failed; the server's log says why."
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "concurrency_limit": 1,
                            "concurrency_id": "results"}


@dataclass
class Reading:
    """What was read out of one state of one record."""

    found: Findings
    table: Table
    charts: list[Chart]


class Studies:
    """The records below `settings.studies_dir`, analysed when asked for and kept until they change."""

    def __init__(self, settings: Settings, sure: Sure = USUAL) -> None:
        self.folder, self.sure = settings.studies_dir, sure
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, int, int], Reading] = OrderedDict()

    def names(self) -> list[str]:
        """All studies, the one with the latest answer first, those without any at the end."""
        folders = [p for p in self.folder.iterdir() if p.is_dir()] if self.folder.is_dir() else []
        found = {p.name: (p / RECORD).stat().st_mtime if (p / RECORD).is_file() else 0.0 for p in folders
                 if (p / RECORD).is_file() or (p / JSON).is_file()}
        return sorted(found, key=lambda name: (-found[name], name))

    def preview(self, name: object) -> str:
        """A key that opens the preview of a study's trials. Raises UserError as `read` does."""
        if name not in self.names() or not (self.folder / str(name) / JSON).is_file():
            raise UserError("There is no such study here, only its record.")
        return new_key(self.folder / str(name))

    def read(self, name: object) -> Reading:
        """What a study found. Raises UserError; a name is only ever compared with those that there are."""
        if name not in self.names():
            raise UserError("There is no such study any more.")
        path = self.folder / str(name) / RECORD
        if not path.is_file():
            raise UserError("This study has no answers yet.")
        state = path.stat()
        key = (str(name), state.st_mtime_ns, state.st_size)
        with self._lock:
            if key not in self._kept:
                tables = read_tables(path)
                table = tables.get(str(name)) or next(iter(tables.values()))
                found = analyse(table, self.sure, faults_beside(path, table.study))
                self._kept[key] = Reading(found, table, charts(found))
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]


def results_page(settings: Settings) -> bool:
    """Build the page inside the Blocks that are open; False, and nothing, where no password is set.

    Raises UserError for a password that is too short.
    """
    if not settings.researcher_password:
        return False
    door = Door(settings.researcher_password)
    view = _View(door, Studies(settings), settings)
    gr.HTML(f"<style>{_SHEET}</style>{_HEAD}", padding=False)
    key = gr.State(None, delete_callback=view.gone)
    with gr.Column(elem_classes="rs-door", elem_id="results-door") as outside:
        password = gr.Textbox(label="Password", type="password", elem_id="results-password", max_lines=1)
        enter = gr.Button("Open", variant="primary", elem_id="results-open")
        said = gr.HTML("", elem_id="results-said", padding=False)
    with gr.Column(visible=False, elem_id="results-body") as inside:
        with gr.Row(elem_classes="rs-bar"):
            study = gr.Dropdown([], label="Study", elem_id="results-study", filterable=False, scale=2)
            section = gr.Radio([], label="Show", elem_id="results-section", scale=3)
            look = gr.Button("Preview", elem_id="results-preview", scale=0, min_width=100)
            again = gr.Button("Read again", elem_id="results-again", scale=0, min_width=120)
            close = gr.Button("Close", elem_id="results-close", scale=0, min_width=90)
        trials = gr.HTML("", elem_id="results-trials", padding=False)
        notice = gr.HTML("", elem_id="results-notice", padding=False)
        slots, notes, plots = _slots()
        with gr.Accordion("Summary, tables and method", open=True, elem_id="results-text"):
            text = gr.Markdown(elem_id="results-summary", sanitize_html=True)
        with gr.Accordion("Comments", open=False, elem_id="results-comments"):
            comments = gr.Markdown(sanitize_html=True)
        files = gr.File(label="Files", interactive=False, file_count="multiple", elem_id="results-files")

    drawn = [section, notice, text, comments, files, *_flat(slots, notes, plots)]
    wired = {"fn": view.enter, "inputs": [password], "outputs": [key, password, said, outside, inside, study],
             **_PRIVATE}
    for event in (enter.click, password.submit):
        event(**wired).then(view.show, [key, study, section], drawn, **_PRIVATE)
    study.input(view.show, [key, study, section], drawn, **_PRIVATE)
    again.click(view.refresh, [key, study], study, **_PRIVATE).then(
        view.show, [key, study, section], drawn, **_PRIVATE)
    look.click(view.preview, [key, study], trials, **_PRIVATE)
    section.input(view.turn, [key, study, section], [notice, *_flat(slots, notes, plots)], **_PRIVATE)
    close.click(view.leave, key, [key, said, outside, inside, *drawn], **_PRIVATE)
    return True


def _slots() -> tuple[list[gr.Column], list[gr.HTML], list[gr.Plot]]:
    slots, notes, plots = [], [], []
    with gr.Row(elem_classes="rs-charts"):
        for k in range(_SLOTS):
            with gr.Column(visible=False, min_width=420, elem_classes="rs-chart") as slot:
                notes.append(gr.HTML("", padding=False))
                plots.append(gr.Plot(show_label=False, elem_id=f"results-chart-{k}"))
            slots.append(slot)
    return slots, notes, plots


def _flat(slots: list[Any], notes: list[Any], plots: list[Any]) -> list[Any]:
    return [part for slot in zip(slots, notes, plots, strict=True) for part in slot]


class _View:
    """What the page's events do. Every one asks the door first."""

    def __init__(self, door: Door, studies: Studies, settings: Settings) -> None:
        self.door, self.studies, self.files = door, studies, Files(settings, door)

    def gone(self, key: str | None) -> None:
        """The page is closed."""
        self.door.leave(key)
        self.files.end(key)

    def enter(self, password: str, request: gr.Request) -> list[Any]:
        address = request.client.host if request is not None and request.client is not None else ""
        try:
            key = self.door.enter(password, address)
        except UserError as error:
            return [None, "", _said(str(error), bad=True), gr.update(), gr.update(), gr.update()]
        names = self.studies.names()
        return [key, "", "", gr.update(visible=False), gr.update(visible=True),
                gr.update(choices=names, value=names[0] if names else None)]

    def leave(self, key: str | None) -> list[Any]:
        self.gone(key)
        return [None, "", gr.update(visible=True), gr.update(visible=False), *self._empty()]

    def refresh(self, key: str | None, study: str | None) -> Any:
        if not self.door.open(key):
            return gr.skip()
        names = self.studies.names()
        return gr.update(choices=names, value=study if study in names else names[0] if names else None)

    def show(self, key: str | None, study: str | None, section: str | None) -> list[Any]:
        """Everything about one study."""
        if not self.door.open(key):  # also after a wrong password: nothing was open, so nothing to say
            return self._empty(_CLOSED if key else "")
        if study is None:
            return self._empty("There is no study with answers yet.")
        try:
            reading = self.studies.read(study)
            files = self.files.of(key, reading, [lambda to: write_report(reading.found, to),
                                                 lambda to: write_export(reading.table, to)])
        except UserError as error:
            return self._empty(str(error))
        except Exception:  # a page must say something, whatever went wrong here
            log.exception("the results of a study failed")
            return self._empty(_OURS)
        sections = list(dict.fromkeys(c.section for c in reading.charts))
        chosen = section if section in sections else sections[0] if sections else None
        return [gr.update(choices=sections, value=chosen), _facts(reading.found), summary(reading.found),
                comments_table(reading.table), files, *_drawn(reading.charts, chosen)]

    def preview(self, key: str | None, study: str | None) -> str:
        """A link to every trial of a study as raters see it; no place is taken and no row written."""
        if not self.door.open(key):
            return _said(_CLOSED, bad=True)
        try:
            address = urlencode({"study": str(study), "preview": self.studies.preview(study)})
        except UserError as error:
            return _said(str(error), bad=True)
        return (f"<p class='nt'><a href='rate?{html.escape(address)}' target='_blank' rel='noreferrer'>"
                "Every trial as raters see it</a> (for 24 hours; nothing is written)</p>")

    def turn(self, key: str | None, study: str | None, section: str | None) -> list[Any]:
        """The charts of another section."""
        if not self.door.open(key):
            return [_said(_CLOSED, bad=True), *_drawn([], None)]
        try:
            reading = self.studies.read(study)
            return [_facts(reading.found), *_drawn(reading.charts, section)]
        except UserError as error:
            return [_said(str(error), bad=True), *_drawn([], None)]
        except Exception:
            log.exception("the results of a study failed")
            return [_said(_OURS, bad=True), *_drawn([], None)]

    def _empty(self, sentence: str = "") -> list[Any]:
        return [gr.update(choices=[], value=None), _said(sentence, bad=True) if sentence else "", "", "",
                None, *_drawn([], None)]


def _drawn(all_charts: list[Chart], section: str | None) -> list[Any]:
    part = [chart for chart in all_charts if chart.section == section]
    out: list[Any] = []
    for k in range(_SLOTS):
        if k < len(part):
            note = f"<p class='rs-note'><b>{html.escape(part[k].name)}</b>{html.escape(part[k].caption)}</p>"
            figure = part[k].figure
            out += [gr.update(visible=True), note, gr.update(value=figure, visible=figure is not None)]
        else:
            out += [gr.update(visible=False), "", None]
    return out


def _said(sentence: str, bad: bool = False) -> str:
    return f"<p class='nt{' nt-error' if bad else ''}' role='status'>{html.escape(sentence)}</p>"


def _facts(found: Findings) -> str:
    """The study in tiles, after a warning where rows of its record were refused."""
    c = found.counts
    flagged = sum(bool(r.flags) for r in found.raters)
    who = f"{flagged:,} stand out" if flagged else "nobody stands out" if c.raters else "whose answers count"
    tiles = [("Answers", f"{c.kept:,}", f"{c.excluded:,} excluded, kept apart"),
             ("Raters", f"{c.raters:,}", who),
             ("Last answer", c.last[:10] or "–", f"{c.last[11:16]} UTC" if c.last else "not known"),
             ("Median answer", f"{c.seconds:.0f} s" if math.isfinite(c.seconds) else "–",
              "from shown to answered")]
    if c.finished is not None:
        tiles.insert(2, ("Finished", f"{c.finished:,}", f"{c.unfinished:,} left or under way"))
    for name, what in (("attention", "Attention"), ("headphones", "Headphones")):
        g = c.gates[name]
        tiles.append((what, f"{g.passed:,} passed", f"{g.failed:,} failed, {g.unchecked:,} not checked"))
    if c.over_time:
        rates = [out / n for n, out in c.over_time]
        tiles.append(("Excluded, by quarter", " · ".join(map(percent, rates)),
                      "of the answers, as they came"))
    cells = "".join(f"<div class='fx-tile'><dt>{html.escape(a)}</dt><dd>{html.escape(b)}</dd>"
                    f"<dd class='fx-note'>{html.escape(n)}</dd></div>" for a, b, n in tiles)
    return f"{_said(c.refused, bad=True) if c.refused else ''}<dl class='fx'>{cells}</dl>"


def comments_table(table: Table) -> str:
    """The latest comments as Markdown; excluded ones are marked."""
    said = sorted((j for j in (*table.kept, *table.excluded) if j.comment.strip()),
                  key=lambda j: j.created, reverse=True)
    if not said:
        return "No comments."
    body = []
    for j in said[:_MOST_COMMENTS]:
        better = j.left_generator if j.answer < 0 else j.right_generator
        about = (system(j.left_generator) if j.kind == "single" else "no difference" if j.answer == 0 else
                 f"for {system(better)}")
        body.append([j.created[:10], title(j.question), plain(about), "excluded" if j.excluded else "",
                     plain(j.comment, 600)])
    more = f"\n\nThe latest {_MOST_COMMENTS} of {len(said)}." if len(said) > _MOST_COMMENTS else ""
    return rows(["Day", "Question", "About", "", "Comment"], body).replace("---:", "---") + more
