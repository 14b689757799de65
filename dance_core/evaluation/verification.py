"""What must be so of any generator, and how much of its score comes from choosing among tries: the card's
Verification table.

    tensors      every tensor of the network comes from the file of weights, and none is left over
    seeds        dances to one clip with different seeds differ, all of them
    bones        no bone changes its length
    bits         the same seed gives the same bits again
    tries        the beat scores with choosing among windows drawn and without, to its own music and to
                 another clip's: what choosing alone would gain shows on music that was not danced to
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from dance_core.evaluation import measures
from dance_core.evaluation.clips import Clip
from dance_core.evaluation.criterion import Criterion
from dance_core.generators.base import Generator
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.shape import bones
from dance_core.motion.skeleton import PARENTS

DRIFT_MM = 0.01  # mm that a bone's length may differ by: rounding
Dance = Callable[[Generator, int], Motion]  # a dance to a clip, by its number, made anew


@runtime_checkable
class Learned(Protocol):
    """What a generator with weights tells beside the contract."""

    def tensors(self) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """How many tensors the network has, those missing in the file, those of the file left over."""

    def without_choice(self) -> Generator:
        """The same generator, which dances the first window that it draws; itself if it never chooses."""


def verify(generator: Generator, made: Mapping[tuple[int, int], Motion], clips: Sequence[Clip],
           others: Sequence[int], dance: Dance, count: int) -> list[Criterion]:
    """The table's rows.

    Args:
        generator: which.
        made: its dances by (clip, seed).
        clips: that were danced to. others: for each, the number of a clip of another song.
        dance: makes a dance with the first seed.
        count: clips that are danced to anew.
    """
    found = [_seeds(made), _bones(list(made.values())), _bits(generator, clips[:count], dance)]
    if isinstance(generator, Learned):
        plain = generator.without_choice()
        found = [_tensors(generator), *found, *_tries(generator, plain, made, clips, others, dance, count)]
    return found


def _tensors(learned: Learned) -> Criterion:
    count, missing, left = learned.tensors()
    return Criterion("tensors missing, and left over", f"0 and 0 of {count}",
                     f"{len(missing)} and {len(left)}", not missing and not left)


def _seeds(made: Mapping[tuple[int, int], Motion]) -> Criterion:
    by_clip: dict[int, list[bytes]] = {}
    for (clip, _), motion in made.items():
        by_clip.setdefault(clip, []).append(digest(motion))
    wanted, there = sum(map(len, by_clip.values())), sum(len(set(d)) for d in by_clip.values())
    return Criterion("different dances to one clip with different seeds", f"{wanted} of {wanted}",
                     f"{there} of {wanted}", there == wanted)


def _bones(motions: Sequence[Motion]) -> Criterion:
    """The longest way that any bone's length is from its own at rest."""
    worst = 0.0
    for motion in motions:
        rest = np.linalg.norm(bones(motion.betas)[1:], axis=-1)
        for _, block in motion.blocks():
            places = kin.joints(block)
            lengths = np.linalg.norm(places[:, 1:] - places[:, list(PARENTS[1:])], axis=-1)
            worst = max(worst, float(np.abs(lengths - rest).max(initial=0.0)) * 1000.0)
    return Criterion("bones: drift of their lengths", f"≤ {DRIFT_MM:g} mm", f"{worst:.1g} mm",
                     worst <= DRIFT_MM)


def _bits(generator: Generator, clips: Sequence[Clip], dance: Dance) -> Criterion:
    same = sum(digest(dance(generator, i)) == digest(dance(generator, i)) for i in range(len(clips)))
    return Criterion("the same seed, the same bits", f"{len(clips)} of {len(clips)}",
                     f"{same} of {len(clips)}", same == len(clips))


def _tries(generator: Generator, plain: Generator, made: Mapping[tuple[int, int], Motion],
           clips: Sequence[Clip], others: Sequence[int], dance: Dance, count: int) -> list[Criterion]:
    """Rows that are only told; nothing where nothing is chosen."""
    count = min(count, len(clips))
    if plain is generator or not count:
        return []
    rows = []
    for name, motions in (("with choosing among tries", [made[i, 0] for i in range(count)]),
                          ("without", [dance(plain, i) for i in range(count)])):
        found = [[measures.rhythm(m, clips[k].beats) for k in (i, others[i])] for i, m in enumerate(motions)]
        gain, precision, recall = (
            np.nanmean([[one[key] for one in both] for both in found], axis=0)
            for key in ("bas_gain", "precision", "recall"))
        rows += [Criterion(f"BAS gain {name}, {count} clips", "told",
                           f"{gain[0]:+.3f}, to other music {gain[1]:+.3f}", None),
                 Criterion(f"precision, recall {name}", "told",
                           f"{precision[0]:.0%}, {recall[0]:.0%}, to other music {precision[1]:.0%}, "
                           f"{recall[1]:.0%}", None)]
    return rows


def digest(motion: Motion) -> bytes:
    """Of every number of a dance."""
    h = hashlib.sha256()
    for values in (motion.rotations, motion.translation, motion.face):
        h.update(values.tobytes())
    return h.digest()
