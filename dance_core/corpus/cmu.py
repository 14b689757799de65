"""CMU's dances in cgspeed's BVH: which trials they are, and their reader.

Of the 2,500 trials of the CMU Graphics Lab Motion Capture Database these are danced (by the index that comes
with the conversion). The conversion is B. Hahne's second one (2010, for MotionBuilder): joints Hips,
LeftUpLeg …, rotation channels Z Y X, Y up, 120 frames a second, CMU's own unit (1 / 0.45 inches, 5.64 cm) and
a first frame, added by hand, in which the figure stands in a T-pose and faces +Z (its READMEFIRST.txt).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dance_core.corpus.clips import FLOOR_TAG, KNOWN_TAG
from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.arms import elbows_calibrated, twist_shared
from dance_core.motion.bvh import read_bvh
from dance_core.motion.figure import Figure
from dance_core.motion.motion import Motion
from dance_core.motion.naming import match_names
from dance_core.motion.retargeting import metres_per_unit, motion_from_figure

INCH = 0.0254  # m
UNIT = INCH / 0.45  # m
LEGS = (0.6, 1.1)  # m: a leg of the figure in that unit; outside, the file is not in it


@dataclass(frozen=True)
class Trials:
    """Trials of one subject that are one kind of dance; `about` is the index's word and may hold a tag."""

    source: str
    subject: str
    numbers: tuple[int, ...]
    about: str


def _span(first: int, last: int, *but: int) -> tuple[int, ...]:
    return tuple(n for n in range(first, last + 1) if n not in but)


DANCES = (
    Trials("cmu_salsa", "60", _span(1, 15), "salsa, partner of 61"),
    Trials("cmu_salsa", "61", _span(1, 15), "salsa, partner of 60"),
    Trials("cmu_modern", "05", _span(1, 20), "modern dance"),
    Trials("cmu_modern", "49", (*_span(9, 14), 16, 17, 22), "modern dance"),
    Trials("cmu_55", "55", (1, 2), "whirl; lambada"),
    Trials("cmu_85", "85", (3, 11), "break, upright"),
    Trials("cmu_85", "85", (4, 5, 8, 10, 12, 13, 14), f"break, {FLOOR_TAG}"),
    Trials("cmu_85", "90", (28,), f"break, {FLOOR_TAG}"),
    Trials("cmu_charleston", "93", (3, 4, 5, 6, 8), "Charleston, Lindy hop"),
    Trials("cmu_misc", "94", _span(1, 16), "Indian dance"),
    Trials("cmu_misc", "131", _span(1, 14), "Michael Jackson styled"),
    Trials("cmu_misc", "90", (30, 31, 32), "Russian dance, moonwalk"),
    Trials("cmu_party", "120", (5, 6, 7), "Mickey dance"),
    Trials("cmu_party", "141", (12,), "twist"),
    Trials("cmu_party", "111", (5,), "dance"),
    Trials("cmu_party", "113", (4,), "dance"),
    Trials("cmu_party", "143", (34, 35), f"chicken dance, Macarena: {KNOWN_TAG}"),
)
# Subject 103 is left out: its dances bear the names of 93's, and what is in two splits teaches nothing.
# 93 was captured at 60 frames a second whatever its files say: its "Casual Walk" makes 3.7 steps a second at
# 120, and 1.85, as people do, at 60.
RATES = {"93": 60.0}
# Constant pitches, degrees, forward positive, that are the capture's and not the dance's: taken out.
PITCHES = {"05": {sk.PELVIS: 15.0, sk.HEAD: 19.0}}


def trials() -> Iterator[tuple[str, Trials]]:
    """The name ("60_01") of every dance, with what it is."""
    for some in DANCES:
        for n in some.numbers:
            yield f"{some.subject}_{n:02d}", some


def load_cmu(path: str | Path) -> tuple[Motion, float]:
    """A trial at its own rate on our skeleton, standing on the floor, and metres in one unit of the file.

    Arms are twisted so that elbows bend as elbows do. The body only: fingers are no data (CMU says), and toes
    tremble, so they are flat until feet are planted.
    Raises UserError for a file that is no BVH of this figure.
    """
    bvh = read_bvh(path)
    figure = Figure.of_bvh(bvh)
    subject = Path(path).stem.split("_")[0]
    if subject in RATES:
        figure = replace(figure, fps=RATES[subject])
    if len(figure) > 1 and _is_t_pose(figure):
        figure = _calibrated(figure)
    scale = metres_per_unit(figure)
    leg = sk.LEG / scale * UNIT
    if not LEGS[0] < leg < LEGS[1]:
        raise UserError(f"In CMU's unit its leg is {leg:.2f} m long, and people's are {LEGS[0]:g} to "
                        f"{LEGS[1]:g} m: it is in another unit, and none of cgspeed's files.")
    motion = motion_from_figure(figure)
    rotations = motion.rotations.copy()
    rotations[:, sk.FEET] = 0.0
    rotations[:, sk.BODY:] = 0.0
    rotations[:, :sk.BODY] = _held(rotations[:, :sk.BODY], PITCHES.get(subject, {}))
    motion = Motion(motion.fps, rotations, motion.translation, motion.face, parts=frozenset({"body"}))
    return twist_shared(elbows_calibrated(motion)), scale


def _held(rotations: np.ndarray, pitches: dict[int, float]) -> np.ndarray:
    """Axis-angles (T, 22, 3) without constant pitches of joints; others stay as they are in the world.

    The neck is half-way from chest to head: CMU's "lower neck" sits in the middle of the chest.
    """
    world = kin.global_rotations(rot.quaternion_from_axis_angle(rotations))
    for joint, degrees in pitches.items():
        world[:, joint] = rot.multiply(world[:, joint], rot.quaternion_about("x", np.radians(-degrees)))
    half = np.full(len(world), 0.5)
    world[:, sk.NECK] = rot.slerp(world[:, sk.SPINE3], world[:, sk.HEAD], half)
    return rot.axis_angle_from_quaternion(kin.local_rotations(world))


def _is_t_pose(figure: Figure) -> bool:
    """Whether frame 0 is the added pose: pelvis, spine, elbows and knees without any turn."""
    found = match_names(figure.names)
    names = ("pelvis", "left_knee", "right_knee", "left_elbow", "right_elbow")
    straight = [found[n] for n in names if n in found]
    return bool(straight) and float(rot.geodesic(figure.turns[0, straight], rot.IDENTITY).max()) < 1e-6


def _calibrated(figure: Figure) -> Figure:
    """Told from its T-pose, which tells how legs, arms and feet are straight, and without that frame.

    Not for neck and head: their tilt in it is one compromise for all, and most heads are right without.
    """
    found = match_names(figure.names)
    turns = figure.turns.copy()
    above = {found["neck"]} if "neck" in found else {found["head"]}
    for j, parent in enumerate(figure.parents):
        if parent in above or j in above:
            above.add(j)
            turns[0, j] = rot.IDENTITY
    return replace(figure, turns=turns).resting_as(0).slice(1, len(figure))
