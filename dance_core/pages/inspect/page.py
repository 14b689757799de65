"""The Inspect page, behind the researcher's password.

    /inspect

Out of the navigation, and without DANCE_RESEARCHER_PASSWORD not there at all. As on the Results page the
password is checked on the server at every step; what the browser holds is a gr.State, which stays there too.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from dance_core.errors import UserError
from dance_core.evaluation.faults import KINDS, worst_first
from dance_core.evaluation.faults.shelf import Entry, Shelf
from dance_core.longform.take import load_take
from dance_core.pages.inspect.bringing import bringing, brought, styles
from dance_core.pages.inspect.charts import charts
from dance_core.pages.inspect.inside import inside
from dance_core.pages.inspect.stage import Opened, Opener, stage_value
from dance_core.pages.inspect.tools import (
    bundled,
    cases_values,
    marked,
    mended,
    pressed,
    tools,
)
from dance_core.pages.inspect.why import why
from dance_core.pages.inspect.widgets import Charts, FaultList, TakeTable, faults_value, row, table_value
from dance_core.pages.player import Player
from dance_core.pages.results_door import Door
from dance_core.pages.widgets import Notice, notice_value
from dance_core.serving.engine import Engine
from dance_core.settings import Settings
from dance_core.study.book import read_votes

log = logging.getLogger(__name__)
_SHEET = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_HEAD = ("<header class='page-head'><h1>Inspect</h1><p>Find the second in which a dance fails: see it, hear "
         "it, mend it, take it away.</p></header>")
_CLOSED = "This page was closed. Please enter the password again."
_OURS = "That failed; the server's log says why."
_STEP = 5  # dances that are measured before the table is shown anew
_QUICK: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": 2,
                          "concurrency_id": "inspect"}


def inspect_page(engine: Engine, settings: Settings) -> bool:
    """Build the page inside the Blocks that are open; False, and nothing, where no password is set."""
    if not settings.researcher_password:
        return False
    view = _View(Door(settings.researcher_password), settings, styles(engine))
    gr.HTML(f"<style>{_SHEET}</style>{_HEAD}", padding=False)
    key, on_stage = gr.State(None), gr.State(())
    with gr.Column(elem_classes="in-door", elem_id="inspect-door") as outside:
        password = gr.Textbox(label="Password", type="password", elem_id="inspect-password", max_lines=1)
        enter = gr.Button("Open", variant="primary", elem_id="inspect-open")
        said = Notice(elem_id="inspect-said")
    with gr.Column(visible=False, elem_id="inspect-body", elem_classes="in-page") as inside:
        notice = Notice(elem_id="inspect-notice")
        table = TakeTable(elem_id="inspect-takes")
        brings = bringing(engine)
        with gr.Row(elem_classes="in-desk"):
            with gr.Column(scale=7, min_width=320):
                player = Player(elem_id="inspect-player")
            with gr.Column(scale=4, min_width=300):
                faults = FaultList(elem_id="inspect-faults")
        with gr.Accordion("Over time", open=True, visible=False, elem_id="inspect-charts",
                          elem_classes="in-charts") as over_time:
            plot = gr.Plot(show_label=False)
            Charts(elem_id="inspect-clicks")
        with gr.Accordion("Why", open=False, visible=False, elem_id="inspect-why") as because:
            text = gr.Markdown(sanitize_html=True)

        does = tools(engine)

    shown = [on_stage, notice, table, player, faults, over_time, plot, because, text, does.panel]
    wired = {"fn": view.enter, "inputs": [password], "outputs": [key, password, said, outside, inside, table,
                                                                      does.listed, does.case], **_QUICK}
    for event in (enter.click, password.submit):
        event(**wired).then(view.measure, [key, on_stage], [table, notice], **_QUICK)
    table.select(view.choose, [key, on_stage], shown, **_QUICK)
    faults.select(pressed, None, does.stretch, **_QUICK)
    brings.go.click(view.bring, [key, on_stage, *brings.inputs], [*shown, brings.motion],
                    **{**_QUICK, "show_progress": "minimal"})
    does.mend.click(view.mend, [key, on_stage, *does.stretch, does.parts, does.how], shown,
                    **{**_QUICK, "show_progress": "minimal"})
    does.keep.click(view.keep, [key, on_stage, *does.stretch, does.tag, does.note],
                    [notice, does.listed, does.case, does.tag, does.note], **_QUICK)
    does.bundle.click(view.bundle, [key, does.case], [notice, does.file], **_QUICK)
    return True


class _View:
    """What the page's events do. Every one asks the door first."""

    def __init__(self, door: Door, settings: Settings, styles: list[str]) -> None:
        self.door, self.settings, self.styles = door, settings, styles
        self.shelf = Shelf(folders(settings), settings.cache_dir / "inspect")
        self.opener = Opener(self.shelf, settings)

    def enter(self, password: str, request: gr.Request) -> list[Any]:
        address = request.client.host if request is not None and request.client is not None else ""
        try:
            key = self.door.enter(password, address)
        except UserError as error:
            return [None, "", notice_value(str(error), "error"), *([gr.skip()] * 5)]
        return [key, "", notice_value(), gr.update(visible=False), gr.update(visible=True), self.table(),
                *cases_values(self.settings)]

    def table(self, on_stage: tuple[str, ...] = ()) -> dict[str, Any]:
        """The table as the folders are now."""
        votes = self.votes()
        rows = [row(e, _worst(e), votes.get(str(e.about.get("id")))) for e in self.shelf.read()]
        return table_value(rows, *on_stage[:2])

    def votes(self) -> dict[str, tuple[int, float]]:
        """Of each dance that was rated: how many votes, and their mean overall."""
        if not self.settings.votes_csv.is_file():
            return {}
        found: dict[str, list[int]] = {}
        for vote in read_votes(self.settings.votes_csv)[0]:
            found.setdefault(vote.take_id, []).append(vote.overall)
        return {take: (len(all_), sum(all_) / len(all_)) for take, all_ in found.items()}

    def measure(self, key: str | None, on_stage: tuple[str, ...]) -> Iterator[list[Any]]:
        """Find the faults of all dances that were not measured yet; the table grows with them."""
        if not self.door.open(key):
            yield [gr.skip(), gr.skip()]
            return
        left = [e for e in self.shelf.read() if e.faults is None]
        for done, entry in enumerate(left, 1):
            try:
                self.shelf.measure(entry, load_take(entry.folder))
            except UserError as error:
                log.warning("%s could not be measured: %s", entry.folder.name, error)
            if done % _STEP == 0 and done < len(left):
                told = f"Looking for faults: {done} of {len(left)} dances"
                yield [self.table(on_stage), notice_value(told)]
        yield [self.table(on_stage), notice_value()]  # Gradio empties what a generator says nothing about

    def choose(self, key: str | None, on_stage: tuple[str, ...], event: gr.EventData) -> list[Any]:
        """A dance of the table comes onto the stage, or beside the one that is there."""
        if not self.door.open(key):
            return self._nothing(_CLOSED)
        sent = event._data if isinstance(event._data, dict) else {}
        wanted = (*on_stage[:1], sent.get("id")) if sent.get("beside") else (sent.get("id"),)
        return self.show(wanted, on_stage)

    def show(self, wanted: tuple[Any, ...], before: tuple[str, ...] = ()) -> list[Any]:
        """The values of the page for the dances that are wanted."""
        try:
            opened = [self.opener.open(key) for key in wanted]
            stage = stage_value(opened)
        except UserError as error:
            return self._nothing(str(error), before)
        except Exception:  # a page must say something, whatever went wrong here
            log.exception("a dance could not be inspected")
            return self._nothing(_OURS, before)
        keys = tuple(o.entry.key for o in opened)
        panes = [o.entry.faults or () for o in opened]
        return [keys, notice_value(_remarks(opened)), self.table(keys), stage,
                faults_value("+".join(keys), panes), gr.update(visible=True),
                charts(opened, [inside(o.take, self.settings) for o in opened]),
                gr.update(visible=True), "\n\n".join(why(o) for o in opened), gr.update(visible=True)]

    def mend(self, key: str | None, on_stage: tuple[str, ...], start: Any, stop: Any, parts: Any,
             how: Any) -> list[Any]:
        """The stretch is mended; the new dance comes beside the old one."""
        if not self.door.open(key):
            return self._nothing(_CLOSED)
        try:
            done = mended(self._first(on_stage), start, stop, parts, how, self.settings)
        except UserError as error:
            return self._nothing(str(error), on_stage)
        except Exception:
            log.exception("a stretch could not be mended")
            return self._nothing(_OURS, on_stage)
        made = next(e.key for e in self.shelf.read() if e.about.get("id") == done.id)
        values = self.show((on_stage[0], made), on_stage)
        values[1] = notice_value(f"Mended and kept, beside the old one: {done.change}.")
        return values

    def bring(self, key: str | None, on_stage: tuple[str, ...], *answers: Any) -> list[Any]:
        """A motion file becomes a dance, and comes onto the stage."""
        if not self.door.open(key):
            return [*self._nothing(_CLOSED), gr.skip()]
        try:
            stage = self.opener.open(on_stage[0]) if on_stage else None
            done, words = brought(*answers, stage, self.styles, self.settings)
        except UserError as error:
            return [*self._nothing(str(error), on_stage), gr.skip()]
        except Exception:
            log.exception("a motion could not be brought in")
            return [*self._nothing(_OURS, on_stage), gr.skip()]
        made = next(e.key for e in self.shelf.read() if e.about.get("id") == done.id)
        values = self.show((made,), on_stage)
        values[1] = notice_value(words)
        return [*values, None]

    def keep(self, key: str | None, on_stage: tuple[str, ...], start: Any, stop: Any, tag: Any,
             note: Any) -> list[Any]:
        """The stretch becomes a case."""
        try:
            if not self.door.open(key):
                raise UserError(_CLOSED)
            case = marked(self._first(on_stage), start, stop, tag, note, self.settings)
        except UserError as error:
            return [notice_value(str(error), "error"), *([gr.skip()] * 4)]
        said = notice_value(f"The moment is kept as a case, with {len(case.faults)} faults in it.")
        return [said, *cases_values(self.settings, case.id), "", ""]

    def bundle(self, key: str | None, case: Any) -> list[Any]:
        """A case as one file."""
        try:
            if not self.door.open(key):
                raise UserError(_CLOSED)
            return [notice_value(), gr.update(value=bundled(case, self.settings), visible=True)]
        except UserError as error:
            return [notice_value(str(error), "error"), gr.skip()]

    def _first(self, on_stage: tuple[str, ...]) -> Opened:
        if not on_stage:
            raise UserError("Please choose a dance of the table first.")
        return self.opener.open(on_stage[0])

    def _nothing(self, sentence: str, before: tuple[str, ...] = ()) -> list[Any]:
        return [before, notice_value(sentence, "error"), *([gr.skip()] * 8)]


def folders(settings: Settings) -> list[Path]:
    """Where dances are looked for: those of visitors, mended, brought in; and folders of the settings."""
    more = [Path(p).expanduser() for p in settings.inspect.split(os.pathsep) if p]
    return [settings.takes_dir, settings.mended_dir, settings.imported_dir, *more]


def _worst(entry: Entry) -> str:
    return KINDS[worst_first(entry.faults)[0].kind].title if entry.faults else "–"


def _remarks(opened: list[Opened]) -> str:
    said = [(f"{one.take.generator_title.partition(' (')[0]}: " if len(opened) > 1 else "") + hint.sentence
            for one in opened for hint in one.hints]
    if opened[0].song is None:
        said.append("This dance was kept without its song: it plays in silence.")
    return " ".join(said)
