"""Clean dances for the bench, at 30 and 60 frames a second: recorded ones, and the Choreographer's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from dance_core.corpus.studio.gallery import gallery
from dance_core.errors import UserError
from dance_core.evaluation.faults.bench import Clean
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.registry import find_faults
from dance_core.evaluation.faults.suited import enlivened
from dance_core.evaluation.making import Wish, make
from dance_core.evaluation.places import at_rate
from dance_core.evaluation.songs import written
from dance_core.generators.choreographer import Choreographer
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion
from dance_core.settings import Settings

# Recorded dances by which limits and measures were chosen; none is in a card's table.
TUNED = frozenset(("cmu_misc/94_01", "cmu_salsa/61_03", "g1_moves/J_Dance23_MidnightSun",
                   "g1_moves/B_WiggleDance", "g1_moves/J_Dance2_Salsa", "cmu_salsa/61_12",
                   "cmu_salsa/60_13"))
TUNED_SONGS = 20  # so many of the written songs, for the same
FAST = "60fps"  # the folder in which a collection has its clips at 60 frames a second
LEAST_S = 16.0  # shorter clips have no room for all kinds


def recorded(folder: Path, count: int, seconds: float = np.inf, seed: int = 0) -> list[Clean]:
    """Clips that are there at both rates (`X/clip.npz`, `X/60fps/clip.npz`), drawn at random; none of TUNED.

    seconds: how much of each is taken. Raises UserError where there is none.
    """
    pairs = [(p.parent.parent / p.name, p) for p in sorted(folder.glob(f"*/{FAST}/*.npz"))]
    pairs = [(slow, fast) for slow, fast in pairs if slow.is_file()]
    if not pairs:
        raise UserError(f"The folder {folder.name!r} has no motions at both rates: X/clip.npz and "
                        f"X/{FAST}/clip.npz were expected.")
    found: list[Clean] = []
    for k in np.random.default_rng(seed).permutation(len(pairs)):
        if len(found) == count:
            break
        name = f"{pairs[k][0].parent.name}/{pairs[k][0].stem}"
        slow, fast = (load_npz(p) for p in pairs[k])
        if slow.duration >= LEAST_S and name not in TUNED:
            found.append(Clean(name, tuple(Dance.of(_beginning(m, seconds)) for m in (slow, fast))))
    return found


def _beginning(motion: Motion, seconds: float) -> Motion:
    return motion if motion.duration <= seconds else motion.slice(0, round(seconds * motion.fps))


def danced(count: int, seconds: float, settings: Settings,
           report: Callable[[int], None] = lambda done: None, first: int = 0) -> list[Clean]:
    """The Choreographer's dances to written songs, with exactly known beats; hands and face enlivened.

    first: number of the first song. Those before TUNED_SONGS were looked at when limits were chosen.
    """
    generator, found = Choreographer(), []
    generator.load()
    poses, styles = list(gallery().values()), generator.needs.styles
    for k, song in enumerate(written(count, seconds, first), first):
        report(k - first)
        pose = poses[k % len(poses)].motion
        made = make(generator, Wish(song.features, song.beats, styles[k % len(styles)], pose, k), settings)
        seams = [(a / made.motion.fps, b / made.motion.fps) for a, b in made.seams]
        motion = enlivened(made.motion)
        found.append(Clean(f"{k} {song.name}", tuple(Dance.of(m, song.beats, seams) for m in
                                                     (motion, at_rate(motion, 60.0)))))
    return found


def severe_in_ten_seconds(folder: Path) -> tuple[float, float]:
    """(severe faults in 10 s, seconds of dance) over all npz motions X/clip.npz of a folder, as they are."""
    severe, seconds = 0, 0.0
    for path in sorted(folder.glob("*/*.npz")):
        motion: Motion = load_npz(path)
        severe += sum(f.severe for f in find_faults(Dance.of(motion)))
        seconds += motion.duration
    return 10 * severe / max(seconds, 1e-9), seconds
