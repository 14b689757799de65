"""A visitor's order → what the page shows, step by step: reading, beats, segment after segment, the Take."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import math
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dance_core.corpus.studio.dancer import style_title
from dance_core.corpus.studio.demo import demo_songs
from dance_core.corpus.studio.gallery import Pose, gallery
from dance_core.errors import UserError
from dance_core.evaluation.alignment import motion_beats
from dance_core.generators.base import ENERGIES, Needs, in_words
from dance_core.longform.plan import plan_segments
from dance_core.longform.take import Take, save_take
from dance_core.motion.contacts import detect_contacts
from dance_core.motion.files import save_bvh, save_npz
from dance_core.motion.motion import PARTS, Motion
from dance_core.music.analysis import Analysis, analyse, set_by_hand
from dance_core.music.byhand import ByHand
from dance_core.music.decode import excerpt, load_song
from dance_core.music.song import Song
from dance_core.pages.files import new_folder
from dance_core.pages.mending import Mended, keep_heard, panel_value, song_name
from dance_core.pages.player import Pane, player_patch, player_value
from dance_core.pages.pools import moments, songs
from dance_core.pages.poses import built
from dance_core.pages.rating import folder_of
from dance_core.pages.sound import SONG, small_of, write_sound
from dance_core.pages.wire import pack_motion, pack_peaks
from dance_core.serving.engine import Engine, Job, Piece
from dance_core.serving.remaking import Known, known
from dance_core.settings import Settings

if TYPE_CHECKING:  # torch is loaded when the first dance is ranked
    from dance_core.generators.soulnet.search import Fit

log = logging.getLogger(__name__)

_TAIL = 30  # frames of the dance so far with which beats and contacts of a new piece are looked for


@dataclass(frozen=True)
class Order:
    """What the form says, unchecked. An upload goes before a demo song.

    Attributes:
        upload: file that Gradio has taken in, or None. demo: title of a demo song, or None.
        generator, style, pose: keys; pose "upload" or "frame" means `own`.
        own: a pose that is not of the gallery.
        remake: parts that are made anew, of the dance named `take`, whose song and excerpt are kept; empty: a
            dance from nothing.
        start, length: seconds; length 0 or None = to the end.
        seed: None = a new one.
        mended: corrections of the beats of the song on the stage; they count where it is the same song.
        again: the song on the stage is to be danced anew with them.
        build: of the dancer, by name (motion.shape.BUILDS); "": as the pose has it.
        energy: how lively, one of generators.base.ENERGIES; "": as the seed has it.
        small: the browser had better get a small file of the music.
    """

    upload: str | None
    demo: str | None
    generator: str
    style: str
    pose: str
    start: float | None = 0.0
    length: float | None = None
    seed: int | None = None
    own: Pose | None = None
    remake: frozenset[str] = frozenset()
    take: str | None = None
    mended: Mended | None = None
    again: bool = False
    build: str = ""
    energy: str = ""
    small: bool = False


@dataclass(frozen=True)
class Beside:
    """A finished dance that another one to the same song is shown beside.

    Attributes:
        song: digest of the song (of the excerpt).
        pane: the dancer, with a label.
    """

    song: str
    pane: Pane


@dataclass(frozen=True)
class Scene:
    """One step for the page: a value for the player; once the song is understood one for the panel of beats;
    at the end the take, its downloads, its pane, and the rank of its song among others (None: nobody can
    tell).

    `run` names the dance, `alone` tells that a dance that was kept has another song and can't stand beside,
    `said` is what visitors should know of how the song was read.
    """

    player: dict[str, Any]
    run: str = ""
    panel: dict[str, Any] | None = None
    take: Take | None = None
    downloads: tuple[Path, ...] = ()
    shown: Beside | None = None
    alone: bool = False
    fit: Fit | None = None
    said: str = ""


@dataclass
class _Show:
    """What the player knows of a dance in the making."""

    run: str
    folder: Path
    job: Job
    title: str
    subtitle: str
    segments: list[tuple[float, float]]
    seams: list[float]
    pieces: list[Path] = field(default_factory=list)
    motion_beats: list[float] = field(default_factory=list)
    tail: Motion | None = None
    take: str = ""  # its id, once it is kept
    beside: Beside | None = None

    def value(self, done: int, status: tuple[str, str] | None, finished: bool) -> dict[str, Any]:
        beats = self.job.beats
        return player_value(
            self.run, self.title, "Two dances, one song" if self.beside else self.subtitle,
            self.folder / SONG, self.folder / "peaks", duration=self.job.song.duration,
            panes=[*([self.beside.pane] if self.beside else []), self.pane()], beat_times=beats.times,
            beat_positions=beats.bar_position, done=done, total=len(self.segments), finished=finished,
            autoplay=True, status=status, small=small_of(self.folder))

    def pane(self) -> Pane:
        """The dancer as far as it is made."""
        label = f"{self.subtitle.partition(' (')[0]} · {self.job.seed}"
        return Pane(list(self.pieces), label, self.motion_beats, self.segments, self.seams, self.take)

    def add(self, piece: Piece) -> None:
        """Keep a piece as a file and look for its motion beats."""
        path = self.folder / f"{piece.start}.dnc"
        known = piece.motion if self.tail is None else Motion.join([self.tail, piece.motion])
        contacts = detect_contacts(known)[-len(piece.motion):]
        path.write_bytes(pack_motion(piece.motion, piece.start, contacts))
        self.pieces.append(path)
        first = (piece.start - (len(known) - len(piece.motion))) / known.fps
        last = self.motion_beats[-1] if self.motion_beats else -1.0
        self.motion_beats += [t for t in first + motion_beats(known) if t > last + 0.05]
        self.tail = known.slice(max(0, len(known) - _TAIL), len(known))


async def dance(order: Order, engine: Engine, settings: Settings,
                beside: Beside | None = None) -> AsyncIterator[Scene]:
    """Make the dance that is ordered. Closing the iterator cancels what is left.

    Until the song is understood, only words change: a dance that is on the stage stays there. `beside` is
    shown at its left, if it has the same song. Raises UserError with a sentence for the visitor.
    """
    needs = _check(order, engine)
    seed = secrets.randbelow(2**31) if order.seed is None else order.seed
    yield Scene(player_patch(("working", "Reading the song …")))
    if order.remake:
        given = await songs.run(_known, order, needs, settings)
        job, song, analysis = given.job(needs, order.style, seed, order.remake, ENERGIES.get(order.energy)), \
            given.song, given.analysis
        folder = new_folder(settings)
        await songs.run(_playback, song, folder, order.small)
    else:
        song = await asyncio.to_thread(_read, order, settings)
        yield Scene(player_patch(("working", "Finding the beats …")), said=" ".join(song.notes))
        folder = new_folder(settings)
        analysis, seconds = await _prepare(song, folder, order.small, settings)
        by_hand = _by_hand(order, song)
        found = analysis.beats
        if by_hand.changes:
            analysis = await songs.run(set_by_hand, song, analysis, by_hand)
        job = _job(order, needs, song, analysis, seconds, seed)
        if by_hand.changes:
            job = dataclasses.replace(job, by_hand=by_hand, found=found)
    panel = await moments.run(_panel, folder, job)
    show = _show(job, needs, folder, settings)
    alone = beside is not None and beside.song != song.digest
    show.beside = None if alone else beside
    begun = show.value(0, ("working", "Dancing the first segment …"), False)
    yield Scene(begun, show.run, panel, alone=alone)
    take = None
    async with contextlib.aclosing(engine.stream(show.job)) as pieces:
        async for piece in pieces:
            await moments.run(show.add, piece)
            take = piece.take
            if take is None:
                said = f"{piece.done} of {piece.total} segments are made"
                yield Scene(show.value(piece.done, ("working", said), False), show.run)
    if take is None:
        raise UserError(f"{needs.title} ended before the dance was complete.")
    show.motion_beats = [float(t) for t in motion_beats(take.motion)]
    show.segments = [(s.start_seconds, s.stop_seconds) for s in take.segments]
    show.seams = [s.seconds for s in take.seams]
    # The whole dance plays already while it is kept: that takes a moment for a long song.
    yield Scene(show.value(len(take.segments), None, True), show.run)
    downloads = await songs.run(_keep, take, show, settings)
    show.take = take.id
    fit = await songs.run(_fit, take, analysis)
    yield Scene(show.value(len(take.segments), None, True), show.run, take=take, downloads=downloads,
                shown=Beside(song.digest, show.pane()), fit=fit)


def _check(order: Order, engine: Engine) -> Needs:
    """What the chosen generator says about itself. Raises UserError for a choice that is none."""
    needs = {n.name: n for n in engine.generators()}.get(order.generator)
    if needs is None:
        raise UserError("Please choose a generator.")
    own = order.own is not None and order.pose == order.own.name
    if not (order.remake or own or order.pose in gallery()):
        raise UserError("Please choose a reference pose.")
    if order.style not in needs.styles:
        raise UserError("Please choose a style.")
    if order.energy not in ("", *ENERGIES):
        raise UserError("Please choose how lively the dance shall be.")
    if order.seed is not None and not 0 <= order.seed < 2**53:
        raise UserError(f"The seed is {order.seed:.16g}, expected a whole number from 0 to {2**53 - 1}.")
    return needs


def _known(order: Order, needs: Needs, settings: Settings) -> Known:
    """The dance on the stage, whose other parts are kept. Raises UserError."""
    if order.take is None:
        raise UserError("There is no finished dance on the stage yet of which parts could be kept.")
    given = known(folder_of(settings, order.take), order.remake, needs, settings, "The dance on the stage")
    if order.mended is not None and order.mended.by_hand != (given.take.by_hand or ByHand()):
        raise UserError("What would be kept was danced to the beats as they were before: choose “keep "
                        "nothing” to dance anew to the corrected ones.")
    return given


def _by_hand(order: Order, song: Song) -> ByHand:
    """The corrections, where they are about this song. Raises UserError."""
    if order.mended is not None and order.mended.song == song_name(song):
        return order.mended.by_hand
    if order.again and order.mended is None:
        raise UserError("There is no song on the stage yet that could be danced anew.")
    if order.again:
        raise UserError("The form has another song, or another excerpt, than the stage: choose that of the "
                        "stage once more to dance it to the corrected beats.")
    return ByHand()


def _panel(folder: Path, job: Job) -> dict[str, Any]:
    """What the panel of beats shows; its folder knows what it needs from now on."""
    found = job.beats if job.found is None else job.found
    keep_heard(folder, job.song, found)
    return panel_value(folder, job.song, found, job.by_hand or ByHand(), job.beats)


def _read(order: Order, settings: Settings) -> Song:
    if order.upload:
        song = load_song(order.upload, settings=settings)
    else:
        known = {d.title: d for d in demo_songs()}
        if order.demo not in known:
            raise UserError("Please choose a demo song or upload one of your own.")
        song = load_song(known[order.demo].path, title=order.demo, settings=settings)
    start, length = float(order.start or 0.0), float(order.length or 0.0)
    if not 0 <= start < song.duration:  # not a number is refused too
        raise UserError(f"The excerpt can't start at {start:g} s: the song goes from 0 to "
                        f"{song.duration:.1f} s.")
    if not (length == 0 or settings.min_seconds <= length < math.inf):
        raise UserError(f"The excerpt can't be {length:g} s long: at least {settings.min_seconds:g} s "
                        "are needed.")
    part = excerpt(song, start, start + length if length else song.duration)
    if part.duration < settings.min_seconds:
        raise UserError(f"From {start:g} s on only {part.duration:.1f} s of the song are left: at least "
                        f"{settings.min_seconds:g} s are needed.")
    return part


async def _prepare(song: Song, folder: Path, small: bool, settings: Settings) -> tuple[Analysis, float]:
    """Analysis of the song and the seconds that it took; meanwhile what the player hears and draws."""
    def understand() -> tuple[Analysis, float]:
        began = time.perf_counter()
        return analyse(song, settings), time.perf_counter() - began

    (analysis, seconds), _ = await asyncio.gather(songs.run(understand),
                                                  songs.run(_playback, song, folder, small))
    return analysis, seconds


def _playback(song: Song, folder: Path, small: bool) -> None:
    """What the player hears and draws."""
    write_sound(song, folder, small)
    (folder / "peaks").write_bytes(pack_peaks(song))


def _job(order: Order, needs: Needs, song: Song, analysis: Analysis, seconds: float, seed: int) -> Job:
    preset = gallery().get(order.pose)
    name, pose = (f"preset:{preset.name}", preset) if preset else (order.pose, order.own)
    pose = built(pose, order.build)
    return Job(song, analysis.beats, analysis.features, needs.name, order.style, name, pose.motion, seed,
               energy=ENERGIES.get(order.energy), analysis_seconds=seconds)


def _show(job: Job, needs: Needs, folder: Path, settings: Settings) -> _Show:
    plan = plan_segments(job.beats, len(job.features), needs, settings)
    anew = f", new {in_words(PARTS - job.keep)}" if job.keep else ""
    subtitle = f"{style_title(job.style)} · {needs.title}{anew}"
    return _Show(secrets.token_urlsafe(9), folder, job, job.song.title, subtitle,
                 segments=[(s.start_seconds, s.stop_seconds) for s in plan],
                 seams=[(s.start + s.overlap) / s.fps for s in plan[1:]])


def _fit(take: Take, analysis: Analysis) -> Fit | None:
    """How near the dance is to its song, by the retrieval module; a module that fails costs no dance."""
    from dance_core.generators.soulnet.search import fit_shipped

    try:
        return fit_shipped(take.motion, analysis.features, take.title, take.song_digest)
    except UserError:
        log.exception("a dance could not be ranked")
        return None


def _keep(take: Take, show: _Show, settings: Settings) -> tuple[Path, ...]:
    """The take in its folder, and the files that the visitor may download."""
    save_take(take, settings.takes_dir / take.id, show.job.song)
    npz, bvh = (show.folder / f"dance-{take.id[:8]}.{kind}" for kind in ("npz", "bvh"))
    save_npz(npz, take.motion)
    save_bvh(bvh, take.motion)
    return npz, bvh

