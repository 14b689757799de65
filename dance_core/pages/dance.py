"""The Dance page: order on the left, stage and result on the right. Wiring only."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
import plotly.graph_objects as go

from dance_core.corpus.studio.dancer import style_title
from dance_core.corpus.studio.demo import DemoSong, demo_songs
from dance_core.corpus.studio.gallery import Pose, gallery
from dance_core.errors import UserError
from dance_core.generators.base import ENERGIES, Needs
from dance_core.motion.reading import ENDINGS, TOLD
from dance_core.music.decode import SONG_ENDINGS
from dance_core.pages import poses, results
from dance_core.pages.dancing import Beside, Order, Scene
from dance_core.pages.exports import offered, wire_exports
from dance_core.pages.line import dance_in_turn
from dance_core.pages.mending import Mended, press
from dance_core.pages.photos import desk
from dance_core.pages.player import Player, player_patch
from dance_core.pages.rating import rate, take_of
from dance_core.pages.sound import wants_small
from dance_core.pages.widgets import (
    BeatsPanel,
    Compare,
    Downloads,
    Facts,
    Notice,
    PhotoPicker,
    PosePicker,
    RatingPanel,
    compare_value,
    downloads_value,
    facts_value,
    notice_value,
    poses_value,
    rating_value,
)
from dance_core.serving.engine import Engine
from dance_core.serving.places import Places
from dance_core.settings import Settings
from dance_core.study.book import VoteBook
from dance_core.study.vote import RATINGS

log = logging.getLogger(__name__)
_CANCELLED = "Cancelled. What was made until then stays on the stage."
_FULL = "The dance was not finished: too many visitors are waiting. Please try again in a minute."
_GONE = ("The server does not answer: it was stopped, or the connection was lost. What was danced until then "
         "stays on the stage.")
_DISK = "The dance could not be kept: the server's disk is full or can't be written to."
_OURS = "Something went wrong here, not with your song. Please try again."
_ALONE = "The dance that you kept has another song, so the new one is shown alone."
_RIGHT = "How was the dance on the right?"
# what of the dance on the stage is made anew, "" for all and a new song
_REMADE = [("keep nothing", ""), ("new hands and face", "hands,face"), ("new hands", "hands"),
           ("new face", "face"), ("new body", "body")]
_PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class Form:
    """The components of the order."""

    upload: gr.File
    demo: gr.Dropdown
    style: gr.Dropdown
    energy: gr.Dropdown
    pose: PosePicker
    photo: PhotoPicker
    pose_file: gr.File
    pose_frame: gr.Number
    own: gr.State
    build: gr.Dropdown
    generator: gr.Radio
    remake: gr.Radio
    start: gr.Number
    length: gr.Number
    seed: gr.Number
    go: gr.Button
    cancel: gr.Button
    notice: Notice

    def inputs(self) -> list[Any]:
        return [self.upload, self.demo, self.generator, self.style, self.pose, self.start, self.length,
                self.seed, self.own, self.remake, self.build, self.energy]


@dataclass(frozen=True)
class Result:
    """The components of what comes of it."""

    player: Player
    beats: BeatsPanel
    facts: Facts
    rating: RatingPanel
    downloads: Downloads
    compare: Compare
    chart_box: gr.Accordion
    chart: gr.Plot
    take: gr.State  # id of the Take on the stage
    files: gr.State  # its downloads
    shown: gr.State  # itself as something to show another dance beside
    kept: gr.State  # what the next dance is shown beside


def dance_page(engine: Engine, settings: Settings, book: VoteBook) -> None:
    """Build the page inside the Blocks that are open."""
    with gr.Row(elem_classes="dance-page"):
        with gr.Column(scale=0, min_width=348, elem_classes="order"):
            form = _form(engine, settings)
        with gr.Column(scale=1, min_width=320, elem_classes="result"):
            result = _result(settings, book)
    _wire_form(form, result, engine, settings)
    _wire_poses(form, result, settings)
    making = wire_exports(result.downloads, result.take, result.files, settings)
    _wire_dance(form, result, engine, settings, making)
    _wire_result(result, settings)


def _form(engine: Engine, settings: Settings) -> Form:
    known, songs, generators = gallery(), demo_songs(), engine.generators()
    first = generators[0]
    demo = gr.Dropdown([(_label(d), d.title) for d in songs], value=songs[0].title, label="Demo song",
                       elem_id="demo", filterable=False)
    upload = gr.File(label="Your own song", show_label=False, file_types=list(SONG_ENDINGS),
                     file_count="single", type="filepath", height=80, elem_id="upload", elem_classes="upload")
    gr.HTML(f"<p class='hint'>WAV, FLAC, OGG, MP3, M4A or WebM, {settings.min_seconds:g} s to "
            f"{settings.max_seconds / 60:g} min, at most {settings.max_upload_mb:g} MB. It is deleted "
            f"after {settings.keep_hours:g} hours, and nobody else sees it.</p>")
    style = gr.Dropdown(_styles(first), value=_near(songs[0].style, first), label="Style", elem_id="style",
                        filterable=False)
    energy = gr.Dropdown([("as it comes", ""), *((word, word) for word in ENERGIES)], value="",
                         label="Energy", elem_id="energy", filterable=False, visible=first.uses_energy)
    gr.HTML("<span class='block-title'>First pose</span>", elem_classes="title-only")
    pose = PosePicker(poses.pictures(known, settings), next(iter(known)), elem_id="pose")
    photo = PhotoPicker(elem_id="photo")
    with gr.Accordion("A pose of your own", open=False, elem_id="own-pose"):
        pose_file = gr.File(label="Motion file", show_label=False, file_types=[*ENDINGS, *TOLD],
                            type="filepath", height=80, elem_id="pose-file",
                            elem_classes=["upload", "pose-file"])
        gr.HTML("<p class='hint'>npz, npy or pkl of SMPL's poses or joints (AMASS, smplx, EDGE, AIST++, "
                "FineDance, "
                "…), BVH or GLB of most skeletons.</p>")
        pose_frame = gr.Number(0, label="Frame", precision=0, minimum=0, elem_id="pose-frame", min_width=90,
                               info="Or pause a dance, and start from the frame that you see.")
    build = gr.Dropdown(poses.builds(), value="", label="Body", elem_id="build", filterable=False)
    generator = gr.Radio([(n.title, n.name) for n in generators], value=first.name, label="Generator",
                         info=first.about, elem_id="generator")
    remake = gr.Radio(_REMADE, value="", label="From the dance on the stage", elem_id="remake",
                      visible=first.remakes_parts,
                      info="What is not made anew stays as it is, with its song and its excerpt.")
    with gr.Accordion("Excerpt and seed", open=False, elem_id="more-options"):
        with gr.Row():
            start = gr.Number(0, label="Start at (s)", minimum=0, elem_id="start", min_width=90)
            length = gr.Number(None, label="Length (s)", placeholder="to the end", minimum=0,
                               elem_id="length", min_width=90)
        seed = gr.Number(None, label="Seed", precision=0, placeholder="a new one each time", elem_id="seed",
                         info="The same seed, song, style and pose give the same dance.")
    with gr.Column(elem_classes="press"):
        notice = Notice(elem_id="notice")
        with gr.Row():
            go_button = gr.Button("Dance", variant="primary", size="lg", elem_id="go", min_width=120, scale=3)
            cancel = gr.Button("Cancel", size="lg", elem_id="cancel", min_width=90, scale=1, visible=False)
    return Form(upload, demo, style, energy, pose, photo, pose_file, pose_frame, gr.State(None), build,
                generator, remake, start, length, seed, go_button, cancel, notice)


def _styles(needs: Needs) -> list[tuple[str, str]]:
    return [(style_title(key), key) for key in needs.styles]


def _near(style: str, needs: Needs) -> str:
    """The style if the generator knows it, else its first."""
    return style if style in needs.styles else needs.styles[0]


def _label(song: DemoSong) -> str:
    return f"{song.title} · {style_title(song.style)}, {song.tempo:.0f} BPM"


def _result(settings: Settings, book: VoteBook) -> Result:
    first = next(iter(gallery().values()))
    player = Player(poses.on_stage(first, settings), elem_id="player")
    beats = BeatsPanel(lambda sent: press(sent, settings), elem_id="beats")
    compare = Compare(elem_id="compare")
    facts = Facts(elem_id="facts")
    rating = RatingPanel(RATINGS, settings.max_comment, lambda sent: rate(sent, settings, book),
                         elem_id="rating")
    downloads = Downloads(elem_id="downloads")
    with gr.Accordion("Speed of the body and beats", open=False, visible=False, elem_id="chart-box") as box:
        chart = gr.Plot(show_label=False, elem_id="chart")
    states = [gr.State(None) for _ in range(4)]
    return Result(player, beats, facts, rating, downloads, compare, box, chart, *states)


def _wire_form(form: Form, result: Result, engine: Engine, settings: Settings) -> None:
    songs = {d.title: d for d in demo_songs()}
    needs = {n.name: n for n in engine.generators()}

    def chosen(title: str | None, generator: str) -> Any:
        style = songs[title].style if title in songs else None
        return gr.update(value=style) if style in needs[generator].styles else gr.skip()

    def other(name: str, style: str) -> tuple[Any, Any, Any, Any]:
        n = needs[name]
        return (gr.update(choices=_styles(n), value=_near(style, n)), gr.update(info=n.about),
                *(gr.update(visible=can, **({} if can else {"value": ""}))
                  for can in (n.remakes_parts, n.uses_energy)))

    quick = {"queue": False, **_PRIVATE}
    form.demo.input(chosen, [form.demo, form.generator], form.style, **quick)
    form.demo.input(lambda: None, None, form.upload, **quick)
    form.upload.upload(lambda: (None, notice_value()), None, [form.demo, form.notice], **quick)
    form.upload.clear(lambda: next(iter(songs), None), None, form.demo, **quick)
    form.generator.input(other, [form.generator, form.style],
                         [form.style, form.generator, form.remake, form.energy], **quick)


def _wire_poses(form: Form, result: Result, settings: Settings) -> None:
    pictures = poses.pictures(gallery(), settings)

    def show(name: str, own: Pose | None, build: str) -> Any:
        pose = gallery().get(name) or (own if own is not None and own.name == name else None)
        return poses.on_stage(poses.built(pose, build), settings) if pose else gr.skip()

    def take(make: Callable[[], Pose], said: str, build: str) -> dict[Any, Any]:
        try:
            pose = make()
        except UserError as error:
            return {form.notice: notice_value(str(error), "error")}
        tiles = poses_value([*pictures, poses.own_picture(pose, settings)], pose.name)
        return {form.own: pose, form.pose: tiles, form.notice: notice_value(said),
                result.player: poses.on_stage(poses.built(pose, build), settings)}

    def from_file(path: str | None, frame: float | None, build: str) -> dict[Any, Any]:
        if path is None:
            return {form.notice: notice_value()}
        try:
            pose, said = poses.from_file(path, frame)
        except UserError as error:
            return {form.notice: notice_value(str(error), "error")}
        return take(lambda: pose, f"The next dance begins in the pose of your file. {said}".strip(), build)

    def from_dance(build: str, event: gr.EventData) -> dict[Any, Any]:
        sent = event._data if isinstance(event._data, dict) else {}
        return take(lambda: poses.from_take(take_of(settings, sent.get("take")), sent.get("seconds")),
                    "The next dance begins in this pose.", build)

    def from_photo(build: str, event: gr.EventData) -> dict[Any, Any]:
        sent = event._data if isinstance(event._data, dict) else {}
        try:
            pose, said = desk.take(sent.get("token"))
        except UserError as error:
            return {form.notice: notice_value(str(error), "error")}
        return take(lambda: pose, f"The next dance begins as in your photo. {said}".strip(), build)

    quick = {"queue": False, **_PRIVATE}
    changed = [form.own, form.pose, form.notice, result.player]
    for event in (form.pose.select, form.build.input):
        event(show, [form.pose, form.own, form.build], result.player, **quick)
    for event in (form.pose_file.upload, form.pose_frame.submit, form.pose_frame.blur):
        event(from_file, [form.pose_file, form.pose_frame, form.build], changed, **quick)
    form.photo.select(from_photo, form.build, changed, **quick)
    result.player.select(from_dance, form.build, changed, **quick)



def _wire_dance(form: Form, result: Result, engine: Engine, settings: Settings, making: Any) -> None:
    outputs = [result.player, result.beats, result.facts, result.rating, result.downloads, result.compare,
               result.chart_box, result.chart, result.take, result.files, result.shown, result.kept,
               form.notice, form.go, form.cancel]
    line = Places(settings.max_running, settings.max_waiting)

    async def run(request: gr.Request, *answers: Any, again: bool = False) -> AsyncIterator[dict[Any, Any]]:
        *order, take, beside, mended = answers
        shown, said = None, ""
        try:
            asked = _order(*order, take, mended, again, wants_small(request.headers))
            visitor = request.session_hash or None
            async for scene in dance_in_turn(asked, engine, settings, beside, line, visitor):
                said = scene.said or said
                if scene.said:
                    yield {form.notice: notice_value(said)}
                if scene.alone:
                    yield {form.notice: notice_value(f"{_ALONE} {said}".strip()), result.kept: None,
                           result.compare: compare_value()}
                # The end and its buttons go in one: of two steps at once a page may show the second alone.
                ended = _buttons(form, False) if scene.take is not None else {}
                yield _updates(scene, result, fresh=scene.run != "" and scene.run != shown) | ended
                shown = scene.run or shown
        except UserError as error:
            yield _failed(str(error), form, result)
        except OSError:
            log.exception("a dance could not be kept")
            yield _failed(_DISK, form, result)
        except Exception:
            log.exception("a dance failed")
            yield _failed(_OURS, form, result)

    async def anew(request: gr.Request, *answers: Any) -> AsyncIterator[dict[Any, Any]]:
        async with contextlib.aclosing(run(request, *answers, again=True)) as steps:
            async for step in steps:
                yield step

    # The first word and the last one, should the server be gone, are said by the browser itself.
    words = [result.player, form.notice, form.go, form.cancel]
    quick = {"queue": False, **_PRIVATE}
    inputs = [*form.inputs(), result.take, result.kept, result.beats]
    dances = []
    for start, make in ((form.go.click, run), (result.beats.select, anew)):
        begun = start(None, None, words, js=f"() => DanceCore.begin({json.dumps(_GONE)})", cancels=[making],
                      **quick)
        # all at once: who must wait is told so by our own line, not held up without a word
        made = begun.then(make, inputs, outputs, concurrency_limit=None, **_PRIVATE)
        made.failure(None, None, words, js=f"() => DanceCore.lost({json.dumps(_FULL)}, {json.dumps(_GONE)})",
                     **quick)
        dances.append(made)
    form.cancel.click(
        lambda: {result.player: player_patch(("note", "Cancelled"), finished=True),
                 form.notice: notice_value(_CANCELLED), **_buttons(form, False)},
        None, words, cancels=dances, **quick)


def _order(upload: str | None, demo: str | None, generator: str, style: str, pose: str, start: float | None,
           length: float | None, seed: float | None, own: Pose | None, remake: str | None, build: str | None,
           energy: str | None, take: str | None, mended: object = None, again: bool = False,
           small: bool = False) -> Order:
    seed = None if seed is None else int(seed)
    anew = frozenset(remake.split(",")) if remake and not again else frozenset()
    return Order(upload, demo, generator, style, pose, start, length, seed, own, anew, take,
                 Mended.read(mended), again, build or "", energy or "", small)


def _buttons(form: Form, busy: bool) -> dict[Any, Any]:
    return {form.go: gr.update(interactive=not busy, value="Dancing …" if busy else "Dance"),
            form.cancel: gr.update(visible=busy)}


def _failed(sentence: str, form: Form, result: Result) -> dict[Any, Any]:
    return {result.player: player_patch(("error", sentence), finished=True),
            form.notice: notice_value(sentence, "error"), **_buttons(form, False)}


def _updates(scene: Scene, result: Result, fresh: bool) -> dict[Any, Any]:
    """What a scene changes on the page; `fresh`: another dance comes on the stage."""
    changes: dict[Any, Any] = {result.player: scene.player}
    if fresh:
        changes |= {result.facts: facts_value(), result.rating: rating_value(), result.take: None,
                    result.downloads: downloads_value(), result.files: None, result.shown: None,
                    result.chart: None, result.chart_box: gr.update(visible=False, open=False)}
    if scene.panel is not None:
        changes[result.beats] = scene.panel
    if scene.take is not None:
        two = len(scene.player["panes"]) > 1
        files = offered(scene.downloads)
        changes |= {result.facts: facts_value(results.facts(scene.take, scene.fit)),
                    result.rating: rating_value(scene.take.id, scene.run, _RIGHT if two else ""),
                    result.take: scene.take.id, result.downloads: downloads_value(files), result.files: files,
                    result.shown: scene.shown, result.chart_box: gr.update(visible=True)}
        if not two:
            changes[result.compare] = compare_value(offered=True)
    return changes


def _wire_result(result: Result, settings: Settings) -> None:
    def draw(name: str | None) -> go.Figure | None:
        try:
            return results.speed_chart(take_of(settings, name))
        except UserError as error:
            gr.Warning(str(error))
            return None

    def keep(shown: Beside | None) -> tuple[Any, Any]:
        return shown, compare_value(kept=shown.pane.label) if shown else compare_value()

    def let_go(shown: Beside | None) -> tuple[Any, Any]:
        return None, compare_value(offered=shown is not None)

    quick = {"queue": False, **_PRIVATE}
    result.chart_box.expand(draw, result.take, result.chart, **quick)
    result.compare.select(keep, result.shown, [result.kept, result.compare], **quick)
    result.compare.clear(let_go, result.shown, [result.kept, result.compare], **quick)
