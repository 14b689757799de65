"""The whole tracker on held-out pieces: scores by kind, and what its small models are fitted on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.beatnet.beatless import KINDS, beatless
from dance_core.beatnet.material import Order, as_song, kept_at, sound_of
from dance_core.beatnet.scores import amlt, cmlt, f_measure
from dance_core.music.beat_net import hear_beats, weights_of
from dance_core.music.beats import Beats
from dance_core.music.choice import Candidates
from dance_core.music.fitted import Learned
from dance_core.music.heard_beats import beats_of, found_in, weighed
from dance_core.music.onsets import hear
from dance_core.music.pulse_beats import pulse_beats
from dance_core.music.song import Song
from dance_core.music.sureness import METRE_NUMBERS, NUMBERS

TEMPO = 0.04  # share by which a tempo may be off


@dataclass(frozen=True, eq=False)
class Truth:
    """What is right of a piece: its kind, beats (B,) in s, places in the bar, beats a bar (0: unknown)."""

    kind: str
    beats: np.ndarray
    positions: np.ndarray
    metre: int

    @property
    def downbeats(self) -> np.ndarray:
        """(D,) s; none where bars are unknown."""
        return self.beats[self.positions == 1]


@dataclass(frozen=True, eq=False)
class Tried:
    """A piece that both networks have heard, the grids to choose from, and the beats of the pulse alone."""

    truth: Truth
    found: Candidates
    pulse: Beats


@dataclass(frozen=True, eq=False)
class Judged:
    """A held-out piece and what the tracker made of it; nan where something was not to be found.

    Attributes:
        kind, metre: of the piece; metre 0 where bars are unknown.
        f, cml, aml, down: measures, 0 to 1. tempo: whether it was right. told: beats a bar that were found.
        confidence, metre_confidence: as the tracker said.
        numbers, metre_numbers: see `music.sureness`.
    """

    kind: str
    metre: int
    f: float
    cml: float
    aml: float
    down: float
    tempo: float
    told: int
    confidence: float
    metre_confidence: float
    numbers: np.ndarray
    metre_numbers: np.ndarray

    @property
    def bars_right(self) -> bool:
        """Whether metre and downbeats are."""
        return self.told == self.metre and self.down >= 0.75


def tried(folder: Path, wanted: Iterable[Order], net: Path, grid_net: Path,
          progress: Callable[[int], None] = lambda done: None) -> list[Tried]:
    """Every wanted piece that is there, heard by two networks."""
    out = []
    for done, order in enumerate(wanted):
        song = sound_of(folder, order)
        if song is not None:
            with np.load(kept_at(folder, order)) as kept:
                truth = Truth(str(kept["kind"]), kept["beats"], kept["positions"], int(kept["metre"]))
            out.append(_try(song, truth, net, grid_net))
        progress(done + 1)
    return out


def tried_beatless(net: Path, grid_net: Path) -> list[Tried]:
    """Sounds without a beat of 3 to 28 seconds: the shorter, the likelier they seem to have one."""
    none = np.zeros(0)
    lengths = (3.0, 3.0, 4.0, 6.0, 9.0, 14.0, 14.0, 20.0, 20.0, 28.0)
    return [_try(as_song(beatless(kind, 7_000 + 10 * i + k, seconds)), Truth("beatless", none, none, 0), net,
                 grid_net)
            for i, kind in enumerate(KINDS) for k, seconds in enumerate(lengths)]


def _try(song: Song, truth: Truth, net: Path, grid_net: Path) -> Tried:
    onsets = hear(song)
    pulse = pulse_beats(onsets)
    found = found_in(onsets, hear_beats(onsets, net), pulse, weights_of(grid_net))
    return Tried(truth, found, pulse)


def judged(piece: Tried, learned: Learned) -> Judged:
    """What the tracker makes of a piece with these fitted models."""
    chosen = weighed(piece.found, learned)
    return judged_beats(piece.truth, beats_of(piece.found.onsets, chosen, learned), chosen.numbers,
                        chosen.metre_numbers)


def judged_beats(truth: Truth, beats: Beats, numbers: np.ndarray | None = None,
                 metre_numbers: np.ndarray | None = None) -> Judged:
    """Beats of any tracker against what is right."""
    none, nothing = not len(truth.beats), float("nan")
    tempo = 60.0 / np.median(np.diff(truth.beats)) if len(truth.beats) > 1 else np.nan
    return Judged(
        truth.kind,
        truth.metre,
        nothing if none else f_measure(truth.beats, beats.times),
        nothing if none else cmlt(truth.beats, beats.times),
        0.0 if none else amlt(truth.beats, beats.times),
        f_measure(truth.downbeats, beats.downbeats) if len(truth.downbeats) > 1 else nothing,
        nothing if none else float(abs(beats.tempo / tempo - 1.0) <= TEMPO),
        beats.beats_per_bar,
        beats.confidence,
        beats.metre_confidence,
        np.zeros(len(NUMBERS)) if numbers is None else numbers,
        np.zeros(len(METRE_NUMBERS)) if metre_numbers is None else metre_numbers,
    )


def table(rows: list[Judged], before: list[Judged] | None = None) -> str:
    """Means by kind in Markdown, those of another tracker in brackets beside them."""
    lines = ["| kind | pieces | F | CMLt | AMLt | downbeats | metre told | tempo within 4 % |",
             "|---|---|---|---|---|---|---|---|"]
    kinds = [*sorted({r.kind for r in rows if r.kind != "beatless"}), "all"]
    for kind in kinds:
        mine = [r for r in rows if r.kind == kind or (kind == "all" and r.kind != "beatless")]
        old = [r for r in before or [] if r.kind == kind or (kind == "all" and r.kind != "beatless")]
        cells = [_cell(mine, old, pick) for pick in (
            lambda r: r.f, lambda r: r.cml, lambda r: r.aml, lambda r: r.down,
            lambda r: float(r.told == r.metre) if r.metre else np.nan, lambda r: r.tempo)]
        lines.append(f"| {kind} | {len(mine)} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def by_metre(rows: list[Judged]) -> str:
    """How often bars of each length are told as what, in Markdown."""
    lines = ["| beats a bar | pieces | " + " | ".join(f"told as {m}" for m in range(2, 8)) + " | downbeats |",
             "|---|---|" + "---|" * 7]
    for metre in range(2, 8):
        mine = [r for r in rows if r.metre == metre]
        if mine:
            told = [sum(r.told == m for r in mine) for m in range(2, 8)]
            lines.append(f"| {metre} | {len(mine)} | {' | '.join(map(str, told))} "
                         f"| {np.nanmean([r.down for r in mine]):.2f} |")
    return "\n".join(lines) + "\n"


def _cell(mine: list[Judged], old: list[Judged], pick: Callable[[Judged], float]) -> str:
    value = _mean([pick(r) for r in mine])
    return value + (f" ({_mean([pick(r) for r in old])})" if old else "")


def _mean(values: list[float]) -> str:
    known = [v for v in values if not np.isnan(v)]
    return f"{np.mean(known):.3f}" if known else "–"
