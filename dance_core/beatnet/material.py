"""What the beat network learns from: pieces by order, made once and kept in a folder.

An order says all of a piece; splits are drawn by seed for made pieces and by file for people's, for good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.beatnet.band import around, made_piece
from dance_core.beatnet.beatless import KINDS as BEATLESS
from dance_core.beatnet.beatless import beatless
from dance_core.beatnet.clicks import metronome
from dance_core.beatnet.genres import LATER_FEELS
from dance_core.beatnet.grooves import FEELS
from dance_core.beatnet.machine import RATE
from dance_core.beatnet.recorded import freedoom_pieces, groove_pieces, part_of, read_piece
from dance_core.beatnet.render import played
from dance_core.beatnet.score import Score
from dance_core.corpus.studio.song_styles import SONG_STYLES
from dance_core.corpus.studio.songwriter import write_song
from dance_core.music.beat_inputs import net_inputs
from dance_core.music.onsets import hear
from dance_core.music.song import Song

SPLITS = ("train", "val", "test")
FAMILIES = ("band", "loop", "groove", "freedoom", "studio", "clicks", "beatless", "genre")
VERSION = dict.fromkeys(FAMILIES, 3)  # of what is kept


@dataclass(frozen=True)
class Order:
    """One piece: family of `FAMILIES`, seed, split, length in s; the feel, style, kind or file it is of."""

    family: str
    seed: int
    split: str
    seconds: float
    of: str = ""
    start: float = 0.0


@dataclass(frozen=True)
class Amounts:
    """How many pieces of each family to learn from; val and test get a share of that."""

    band: int = 1300
    loop: int = 480
    groove: int = 400
    freedoom: int = 200
    studio: int = 80
    clicks: int = 50
    beatless: int = 80
    genre: int = 1120
    held_out: float = 0.13
    mixed: int = 2000  # of all but the genres, so many are learned from: the first of their mixture
    seconds: tuple[float, float] = (18.0, 44.0)


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece as the network meets it.

    Attributes:
        inputs: (T, 164) float16, see music/beat_inputs.py.
        beats: (B,) s. positions: (B,) 1 = downbeat, 0 where bars are unknown. metre: beats a bar, 0 unknown.
        kind: for tables.
    """

    inputs: np.ndarray
    beats: np.ndarray
    positions: np.ndarray
    metre: int
    kind: str


def orders(amounts: Amounts, groove: Path | None, freedoom: Path | None) -> list[Order]:
    """All orders in a fixed sequence in which the families are mixed, those to learn from first.

    The genres come last of those to learn from: the first cycle of the training knows none of them.
    """
    out: list[Order] = []
    later: list[Order] = []
    for split, share in zip(SPLITS, (1.0, amounts.held_out, amounts.held_out), strict=True):
        rng = np.random.default_rng([SPLITS.index(split), 23])
        first = 1_000_000 * (1 + SPLITS.index(split))

        def length() -> float:
            return round(float(rng.uniform(*amounts.seconds)), 2)  # noqa: B023 - called in this very turn

        def many(count: int, share: float = share) -> range:
            return range(round(count * share))

        feels = list(FEELS)
        out += [Order("band", first + i, split, length(), feels[i % len(feels)]) for i in many(amounts.band)]
        out += [Order("loop", first + 600_000 + i, split, length(), feels[i % len(feels)])
                for i in many(amounts.loop)]
        if groove is not None:
            want = {"train": "train", "val": "validation", "test": "test"}[split]
            files = [p for p, s in groove_pieces(groove) if s == want]
            picked = rng.permutation(len(files))
            out += [Order("groove", first + 100_000 + i, split, length(),
                          str(files[picked[i % len(files)]].relative_to(groove)), 4.0 * (i // len(files)))
                    for i in many(amounts.groove) if files]
        if freedoom is not None:
            files = [p for p in freedoom_pieces(freedoom) if _split_of(p.name) == split]
            out += [Order("freedoom", first + 200_000 + i, split, length(), files[i % len(files)].name,
                          round(float(rng.uniform(0, 60)), 2)) for i in many(amounts.freedoom) if files]
        styles = list(SONG_STYLES)
        out += [Order("studio", first + 300_000 + i, split, max(24.0, length()), styles[i % len(styles)])
                for i in many(amounts.studio)]
        out += [Order("clicks", first + 400_000 + i, split, length()) for i in many(amounts.clicks)]
        out += [Order("beatless", first + 500_000 + i, split, length(), BEATLESS[i % len(BEATLESS)])
                for i in many(amounts.beatless)]
        genres = list(LATER_FEELS)
        later += [Order("genre", first + 700_000 + i, split, length(), genres[i % len(genres)])
                  for i in many(amounts.genre)]
    mix = [out[i] for i in np.random.default_rng(29).permutation(len(out))]
    mix = [o for o in mix if o.split == "train"][:amounts.mixed] + [o for o in mix if o.split != "train"]
    mix += [later[i] for i in np.random.default_rng(31).permutation(len(later))]
    return [o for split in SPLITS for o in mix if o.split == split]


def _split_of(name: str) -> str:
    share = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 2**32
    return "test" if share < 0.12 else "val" if share < 0.24 else "train"


def made(order: Order, groove: Path | None, freedoom: Path | None,
         machine: bool | None = None) -> tuple[Song, Score] | None:
    """The sound of an order and what is on its paper; None where a file holds too little or no true beats."""
    empty = np.zeros(0)
    if order.family == "studio":
        metre = str(np.random.default_rng(order.seed).choice(["4/4", "4/4", "3/4", "6/8"]))
        change = order.seed % 4 == 0
        try:
            song = write_song(order.of, order.seed, order.seconds, None, change, metre)
        except Exception:
            song = write_song(order.of, order.seed, order.seconds, None, change)
        b = song.beats
        paper = Score(empty, b.times, b.bar_position, b.beats_per_bar, song.song.duration, "studio")
        return song.song, paper
    if order.family == "beatless":
        samples = beatless(order.of, order.seed, order.seconds)
        return as_song(samples), Score(empty, empty, empty.astype(int), 0, order.seconds, "beatless")
    if order.family == "clicks":
        samples, beats, metre = metronome(order.seed, order.seconds)
        positions = np.arange(len(beats)) % metre + 1 if metre else np.zeros(len(beats), int)
        return as_song(samples), Score(empty, beats, positions, metre, order.seconds, "clicks")
    score = _score(order, groove, freedoom)
    if score is None or len(score.beats) < 12 or len(score.notes) < 20:
        return None
    if order.family == "loop" and order.seed % 4:
        machine = True  # a soundfont's drums now and then
    if order.of == "chip":
        machine = True
    return as_song(played(score, order.seed, machine)), score


def _score(order: Order, groove: Path | None, freedoom: Path | None) -> Score | None:
    if order.family in ("band", "loop", "genre"):
        return made_piece(order.seed, order.seconds, order.of, order.family == "loop")
    if order.family == "groove":
        if groove is None:
            return None
        score = read_piece(groove / order.of, "groove", drums_only=True)
        if score is None:
            return None
        pace = float(np.median(np.diff(score.beats))) * max(1, score.metre)
        score = part_of(score, pace * (order.seed % 4) + 0.0, order.seconds)
        if len(score.beats) < 12:
            return None
        return (
            around(score, order.seed) if order.seed % 3 and score.metre and score.positions[0] == 1 else score
        )
    if freedoom is None:
        return None
    score = read_piece(freedoom / order.of, "freedoom")
    return (
        None
        if score is None
        else part_of(score, min(order.start, max(0.0, score.seconds - order.seconds)), order.seconds)
    )


def as_song(samples: np.ndarray) -> Song:
    """Samples (N,) at `machine.RATE` as a song."""
    return Song(samples, RATE, hashlib.sha256(samples.tobytes()).hexdigest(), "a piece")


def prepare(
    folder: Path,
    wanted: list[Order],
    groove: Path | None,
    freedoom: Path | None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    machine: bool | None = None,
) -> None:
    """Make what is missing of the wanted pieces, one file each; goes on where it was when run again.

    machine: True plays all of it on the drum machine, so that fluidsynth is not needed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for i, order in enumerate(wanted):
        path = kept_at(folder, order)
        if not path.exists():
            found = made(order, groove, freedoom, machine)
            with replacing(path) as part:
                if found is None:
                    np.savez(part, nothing=np.zeros(1))
                else:
                    _keep(part, order, *found)
        progress(i + 1, len(wanted))


def _keep(part: Path, order: Order, song: Song, score: Score) -> None:
    sound = {}
    if order.split != "train":  # the whole tracker is tried on these
        sound = {
            "samples": np.round(song.samples * 32767 / max(1.0, np.abs(song.samples).max())).astype(np.int16),
            "rate": np.int64(song.sample_rate),
        }
    np.savez(
        part,
        inputs=net_inputs(hear(song)).astype(np.float16),
        beats=score.beats,
        positions=score.positions.astype(np.int64),
        metre=np.int64(score.metre),
        kind=np.str_(score.kind),
        **sound,
    )


def kept_at(folder: Path, order: Order) -> Path:
    """The file of an order."""
    key = hashlib.sha256(f"{asdict(order)} {VERSION[order.family]}".encode()).hexdigest()[:20]
    return folder / f"{order.split}-{order.family}-{key}.npz"


def pieces(folder: Path, wanted: list[Order]) -> Iterator[tuple[Order, Piece]]:
    """The wanted pieces that are there."""
    for order in wanted:
        with np.load(kept_at(folder, order)) as kept:
            if "inputs" in kept:
                yield order, Piece(kept["inputs"], kept["beats"], kept["positions"], int(kept["metre"]),
                                   str(kept["kind"]))


def sound_of(folder: Path, order: Order) -> Song | None:
    """The song of a held-out piece; None where the order came to nothing."""
    with np.load(kept_at(folder, order)) as kept:
        if "samples" not in kept:
            return None
        samples = (kept["samples"] / np.float32(32767)).astype(np.float32)
        return Song(samples, int(kept["rate"]), hashlib.sha256(samples.tobytes()).hexdigest(), "a piece")
