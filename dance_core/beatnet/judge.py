"""The whole tracker on held-out pieces: scores by kind, and the numbers that its chances are fitted on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.beatnet.beatless import KINDS, beatless
from dance_core.beatnet.material import Order, as_song, kept_at, sound_of
from dance_core.beatnet.scores import amlt, cmlt, f_measure
from dance_core.music.bar_pointer import point
from dance_core.music.beat_net import hear_beats
from dance_core.music.heard_beats import beats_of
from dance_core.music.onsets import Onsets, hear
from dance_core.music.sureness import beat_numbers, learned_from, metre_numbers

TEMPO = 0.04  # share by which a tempo may be off


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


def judged(folder: Path, wanted: Iterable[Order], weights: Path, learned: Path,
           progress: Callable[[int], None] = lambda done: None) -> list[Judged]:
    """Every wanted piece that is there, tracked by the network and the fitted chances of two files."""
    out = []
    for done, order in enumerate(wanted):
        song = sound_of(folder, order) if kept_at(folder, order).exists() else None
        if song is not None:
            with np.load(kept_at(folder, order)) as kept:
                out.append(_judge(hear(song), kept["beats"], kept["positions"], int(kept["metre"]),
                                  str(kept["kind"]), weights, learned))
        progress(done + 1)
    return out


def judged_beatless(weights: Path, learned: Path) -> list[Judged]:
    """Sounds without a beat of 3 to 20 seconds: the shorter, the likelier they seem to have one."""
    none = np.zeros(0)
    lengths = (3.0, 3.0, 4.0, 6.0, 9.0, 14.0, 20.0)
    sounds = [beatless(kind, 7_000 + 10 * i + k, seconds)
              for i, kind in enumerate(KINDS) for k, seconds in enumerate(lengths)]
    return [_judge(hear(as_song(sound)), none, none, 0, "beatless", weights, learned) for sound in sounds]


def _judge(onsets: Onsets, beats: np.ndarray, positions: np.ndarray, metre: int, kind: str, weights: Path,
           learned: Path) -> Judged:
    heard, fitted = hear_beats(onsets, weights), learned_from(learned)
    bars = point(heard, len(onsets), fitted.metre)
    found = beats_of(onsets, heard, bars, fitted)
    none = not len(beats)
    downbeats = beats[positions == 1]
    tempo = 60.0 / np.median(np.diff(beats)) if len(beats) > 1 else np.nan
    nothing = float("nan")
    return Judged(
        kind,
        metre,
        nothing if none else f_measure(beats, found.times),
        nothing if none else cmlt(beats, found.times),
        0.0 if none else amlt(beats, found.times),
        f_measure(downbeats, found.downbeats) if len(downbeats) > 1 else nothing,
        nothing if none else float(abs(found.tempo / tempo - 1.0) <= TEMPO),
        found.beats_per_bar,
        found.confidence,
        found.metre_confidence,
        beat_numbers(onsets, heard, bars),
        metre_numbers(heard, bars),
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
