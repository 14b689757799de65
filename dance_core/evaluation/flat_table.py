"""The table of 2D dances: held-out clips as one camera sees them, systems, and dances that must fail.

A 3D generator dances as anywhere else and is filmed by the same, calibrated camera; a 2D system paints
keypoints itself, from the same first pose in the same picture.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from dance_core.corpus.pairs import Corpus
from dance_core.corpus.studio.gallery import gallery
from dance_core.evaluation import flat
from dance_core.evaluation.clips import Clip, other_music, spread_out
from dance_core.evaluation.columns import Column
from dance_core.evaluation.controls import frozen, jittered
from dance_core.evaluation.distances import diversity, fid
from dance_core.evaluation.flat import Flat
from dance_core.evaluation.frozen import held_out
from dance_core.evaluation.kinetic import FPS
from dance_core.evaluation.making import Kept, Wish, make, making_digest, weights_digest
from dance_core.generators.base import Generator
from dance_core.motion.motion import Motion
from dance_core.motion.openpose import Seen
from dance_core.motion.sights import at_rate
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import Settings

POOL = 300  # dances of the training split that FID compares with, at the most
TRUTH = "ground truth"
Report = Callable[[str, int, int], None]
Filmed = dict[tuple[int, int], Seen]  # by clip and seed
COLUMNS = (
    Column("fid_test", "FID test", ".2f", "Fréchet distance of the kinetic features to all excerpts of the "
           "test split, these clips among them", "low"),
    Column("fid_train", "FID train", ".2f", "the same to excerpts of the training split", "low"),
    Column("div", "Div", ".2f", "mean distance of two dances in these features"),
    Column("bas", "BAS", ".3f", "beat alignment, mean over music beats, σ 0.05 s", "high"),
    Column("bas_control", "chance", ".3f", "the same against beats moved by parts of a beat, averaged"),
    Column("bas_gain", "gain", "+.3f", "BAS minus chance", "high"),
    Column("precision", "precision", ".1%", "motion beats that hit a music beat, 70 ms near", "high"),
    Column("recall", "recall", ".1%", "music beats that are hit", "high"),
    Column("rests", "rests/s", ".2f", "motion beats per second"),
    Column("speed", "speed", ".3f", "mean speed of the keypoints, heights of the picture a second"),
    Column("shake", "shake", ".2f", "their mean acceleration, heights/s²: trembling shows here"),
    Column("seen", "seen", ".1%", "keypoints that are seen"),
)


class FlatSystem(Protocol):
    """Something that dances in a picture. styles: those that it knows; it may know none."""

    styles: tuple[str, ...]

    def dance(self, features: Features, beats: Beats, style: str, pose: Seen, seed: int) -> Seen:
        """Keypoints to all of a piece of music, from the first frame of `pose` on, in its picture."""


@dataclass(frozen=True, eq=False)
class Row:
    """Dances of one origin; control: one that must fail. values: by the keys of COLUMNS."""

    name: str
    values: dict[str, float]
    control: bool = False


@dataclass(frozen=True, eq=False)
class Result:
    """The rows; where the clips are from, in a sentence; the dances of each row that has its own."""

    rows: list[Row]
    chosen: str
    clips: list[Clip]
    filmed: dict[str, Filmed]


class FlatEvaluation:
    """Runs it.

    Args:
        systems: 3D generators. flat: 2D systems, by their names in the table.
        kept: folder where dances of 3D generators are kept; None: they are made anew.
    """

    def __init__(self, corpus: Corpus, systems: Sequence[Generator], flat: dict[str, FlatSystem], *,
                 clips: int, seeds: int, seconds: float, settings: Settings, kept: Path | None = None,
                 report: Report = lambda *_: None) -> None:
        self.corpus, self.systems, self.flat, self.kept = corpus, systems, flat, kept
        self.seeds, self.seconds, self.settings, self.report = seeds, seconds, settings, report
        self.clips, self.chosen = held_out(corpus, clips, seconds)
        self.others = other_music(self.clips)
        self._poses = list(gallery().values())

    def run(self) -> Result:
        """Everything."""
        self._pools = {split: self._pool(split, most) for split, most in (("test", 10_000), ("train", POOL))}
        truth = self._filmed([c.motion for c in self.clips])
        rows = [self._row(TRUTH, truth), self._row(f"{TRUTH}, other music", truth, other=True),
                self._row("jittered", self._filmed([jittered(c.motion, i) for i, c in enumerate(self.clips)]),
                          control=True),
                self._row("frozen", self._filmed([frozen(c.motion) for c in self.clips]), control=True)]
        filmed = {TRUTH: truth}
        for generator in self.systems:
            filmed[generator.needs.name] = self._danced(generator)
        for name, system in self.flat.items():
            filmed[name] = self._painted(name, system)
        for name, dances in filmed.items():
            if name != TRUTH:
                rows += [self._row(name, dances), self._row(f"{name}, other music", dances, other=True)]
        return Result(rows, self.chosen, self.clips, filmed)

    # --- dances ---

    def _filmed(self, motions: list[Motion]) -> Filmed:
        return {(i, 0): flat.filmed(motion) for i, motion in enumerate(motions)}

    def _danced(self, generator: Generator) -> Filmed:
        name, found = generator.needs.name, {}
        kept = Kept(self.kept / f"{name}-{making_digest(name)}{weights_digest(name)}") if self.kept else None
        generator.load()
        for n, (i, seed) in enumerate(self._wanted()):
            self.report(f"Dancing ({name})", n, len(self.clips) * self.seeds)
            clip = self.clips[i]
            wish = Wish(clip.features, clip.beats, _style(generator.needs.styles, clip), self.pose(i), seed)
            told = f"{clip.id}-{len(clip.features)}-s{seed}"
            made = kept.made(told, generator, wish, self.settings) if kept else \
                make(generator, wish, self.settings)
            found[i, seed] = flat.filmed(made.motion)
        return found

    def _painted(self, name: str, system: FlatSystem) -> Filmed:
        found = {}
        for n, (i, seed) in enumerate(self._wanted()):
            self.report(f"Dancing ({name})", n, len(self.clips) * self.seeds)
            clip = self.clips[i]
            found[i, seed] = system.dance(clip.features, clip.beats, _style(system.styles, clip),
                                          flat.filmed(self.pose(i)), seed)
        return found

    def pose(self, clip: int) -> Motion:
        """The first pose of a clip's dances: those of the gallery in turn."""
        return self._poses[clip % len(self._poses)].motion

    def _wanted(self) -> list[tuple[int, int]]:
        return [(i, seed) for i in range(len(self.clips)) for seed in range(self.seeds)]

    # --- numbers ---

    def _row(self, name: str, dances: Filmed, *, other: bool = False, control: bool = False) -> Row:
        """Means over dances; FID and Div over those of a seed, then over the seeds."""
        self.report("Measuring", 0, len(dances))
        measured = {(i, seed): flat.measured(seen, self.clips[self.others[i] if other else i].beats)
                    for (i, seed), seen in dances.items()}
        values = {key: float(np.mean([m.values[key] for m in measured.values()]))
                  for key in next(iter(measured.values())).values}
        if other:  # what has nothing to do with music is as it was
            return Row(name, {key: values[key] for key in flat.NUMBERS}, True)
        return Row(name, values | self._distances(measured), control)

    def _distances(self, measured: dict[tuple[int, int], Flat]) -> dict[str, float]:
        sets = [np.stack([m.features for (_, s), m in measured.items() if s == seed])
                for seed in sorted({s for _, s in measured})]
        found = {"div": float(np.mean([diversity(x, self._pools["test"]) for x in sets]))}
        for split, pool in self._pools.items():
            if min(len(pool), len(self.clips)) > 1:
                found[f"fid_{split}"] = float(np.mean([fid(x, pool) for x in sets]))
        return found

    def _pool(self, split: str, most: int) -> np.ndarray:
        """(N, 54) features of at most so many excerpts of a split, as long as the clips."""
        frames = round(self.seconds * 30)
        chosen = spread_out([r for r in self.corpus.rows if r.split == split], frames, most)
        found, dance, last = [], None, ""
        for k, (row, n) in enumerate(chosen):
            self.report(f"Reading the corpus ({split})", k, len(chosen))
            if row.id != last:
                dance, last = self.corpus.pair(row.id).motion, row.id
            seen = flat.filmed(dance.slice(n * frames, (n + 1) * frames))
            found.append(flat.features(at_rate(flat.joined(seen), seen.fps, FPS)))
        return np.stack(found) if found else np.zeros((0, 54))


def _style(styles: Sequence[str], clip: Clip) -> str:
    """The clip's, or one that is there. What learned from videos alone has none, and is told the clip's."""
    if clip.style in styles or not styles:
        return clip.style
    return styles[zlib.crc32(clip.id.encode()) % len(styles)]


def markdown(result: Result) -> str:
    """The table, and what its columns are."""
    lines = ["# Dances in two dimensions", "",
             f"{result.chosen} 18 keypoints as one calibrated camera sees them, which stands 7 m before the "
             "dancer of the first frame. Rows in italics are controls: the same dances against the music of "
             "other clips, trembling, frozen.", "",
             "| | " + " | ".join(c.heading for c in COLUMNS) + " |", "|---|" + "---:|" * len(COLUMNS)]
    for row in result.rows:
        cells = [format(row.values[c.key], c.form) if c.key in row.values else "" for c in COLUMNS]
        lines.append("| " + " | ".join([f"*{row.name}*" if row.control else row.name, *cells]) + " |")
    lines += ["", *(f"- {c.heading}: {c.about}{f' ({c.better} is better)' if c.better else ''}"
                    for c in COLUMNS)]
    return "\n".join(lines) + "\n"
