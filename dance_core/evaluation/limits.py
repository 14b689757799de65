"""Physical limits of a dance: what no body does, found by the second.

    speed      no joint faster than 12 m/s
    hinge      knees and elbows bend only their way (5° past straight are let go; most recorded dances have 0)
    slide      a standing foot slides less than 2 cm
    floor      nothing is more than 1 cm below the floor
    seam       acceleration at a seam is at most 1.5 × the 95th percentile elsewhere
    reference  frame 0 is within 5° of the reference pose at every joint

Seconds count from the dance's first frame; Y up, the floor at y = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.longform.dance import reference_error
from dance_core.longform.take import Fault, Seam
from dance_core.motion import hinges
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import sole_points, stances
from dance_core.motion.motion import Motion
from dance_core.motion.soles import runs


@dataclass(frozen=True)
class Limits:
    """What is allowed; the defaults are the project's."""

    speed: float = 12.0  # m/s
    backwards: float = 5.0  # degrees past straight
    slide: float = 2.0  # cm in a stance
    depth: float = 1.0  # cm below the floor
    seam: float = 1.5  # times the 95th percentile elsewhere
    reference: float = 5.0  # degrees


# joints that may touch the floor, and how thick the body is round them (m)
_RADII = {"pelvis": 0.08, "left_hip": 0.07, "right_hip": 0.07, "left_knee": 0.045, "right_knee": 0.045,
          "neck": 0.04, "head": 0.08, "left_shoulder": 0.05, "right_shoulder": 0.05, "left_elbow": 0.035,
          "right_elbow": 0.035, "left_wrist": 0.025, "right_wrist": 0.025}
_FINGER = 0.008  # m, at every finger joint
SOLE_JOINTS = ("ankle", "ankle", "foot", "foot")  # the sole's four points, by the joint that carries them


@dataclass(frozen=True)
class Report:
    """How a dance keeps the limits.

    Attributes:
        speed: m/s, fastest joint.
        backwards: degrees, the furthest that a knee or elbow bends the wrong way (0: none does).
        slide: cm, the longest slide of a standing foot. stances: how many there are.
        depth: cm, the deepest point below the floor (0: none).
        seam: the roughest seam's ratio; 0 without seams.
        reference_degrees, reference_cm: of frame 0; 0 where no reference was given.
        faults: every stretch that breaks a limit, in order of time.
    """

    speed: float
    backwards: float
    slide: float
    stances: int
    depth: float
    seam: float
    reference_degrees: float
    reference_cm: float
    faults: tuple[Fault, ...]


def check(motion: Motion, seams: Sequence[Seam] = (), reference: Motion | None = None,
          limits: Limits | None = None) -> Report:
    """Measure a dance against the limits.

    Args:
        motion: at least one frame.
        seams: of its stitching.
        reference: the pose (one frame) that frame 0 should be in, heading included.
        limits: what is allowed.
    """
    limits = limits or Limits()
    faults: list[Fault] = []
    speed, depth = _speed_and_depth(motion, limits, faults)
    backwards = _hinges(motion, limits, faults)
    slide, count = _slides(motion, limits, faults)
    degrees, cm = _reference(motion, reference, limits, faults)
    for s in seams:
        if s.ratio > limits.seam:
            start, stop = max(0.0, (s.start - 1) / s.fps), (s.stop + 1) / s.fps
            faults.append(Fault("seam", start, stop, s.ratio, limits.seam, "", "x"))
    roughest = max((s.ratio for s in seams), default=0.0)
    ordered = tuple(sorted(faults, key=lambda f: (f.start_s, f.kind, f.joint)))
    return Report(speed, backwards, slide, count, depth, roughest, degrees, cm, ordered)


def _stretches(kind: str, worst: "_Worst", limit: float, fps: float, names: Sequence[str], unit: str,
               shift: float = 0.0) -> list[Fault]:
    """One fault for each run of frames whose worst value is over the limit."""
    found = []
    for a, b in runs(worst.value > limit):
        at = a + int(np.argmax(worst.value[a:b]))
        found.append(Fault(kind, (a + shift) / fps, (b + shift) / fps, float(worst.value[at]), limit,
                           names[worst.column[at]], unit))
    return found


class _Worst:
    """The largest value of each frame and its column, a block after another: all columns take much memory."""

    def __init__(self) -> None:
        self._parts: list[tuple[np.ndarray, np.ndarray]] = [(np.zeros(0), np.zeros(0, int))]

    def add(self, values: np.ndarray) -> None:
        """The next frames' values (T, N)."""
        self._parts.append((values.max(-1), values.argmax(-1)))

    @property
    def value(self) -> np.ndarray:
        """(T,)"""
        return np.concatenate([v for v, _ in self._parts])

    @property
    def column(self) -> np.ndarray:
        """(T,)"""
        return np.concatenate([c for _, c in self._parts])

    @property
    def most(self) -> float:
        """The largest of all; 0 where none is above that."""
        return float(self.value.max(initial=0.0))


def touching() -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Joints beside the feet that may touch the floor: names, numbers (N,), m of flesh around each (N,)."""
    round_ = [(sk.joint(n), r) for n, r in _RADII.items()] + [(j, _FINGER) for j in range(25, 55)]
    index, radius = (np.array(v) for v in zip(*round_, strict=True))
    return tuple(sk.JOINT_NAMES[j] for j in index), index, radius


def _speed_and_depth(motion: Motion, limits: Limits, faults: list[Fault]) -> tuple[float, float]:
    others, index, radius = touching()
    names = [*(f"{side}_{point}" for side in hinges.SIDES for point in SOLE_JOINTS), *others]
    speed, depth = _Worst(), _Worst()
    for start, block in motion.blocks(before=1):
        joints, soles = kin.joints(block), sole_points(block)[..., 1].reshape(len(block), 8)
        speed.add(np.linalg.norm(np.diff(joints, axis=0), axis=-1) * motion.fps)
        heights = np.concatenate([soles, joints[:, index, 1] - radius], -1)
        depth.add(-100 * heights[1 if start else 0:])
    faults += _stretches("speed", speed, limits.speed, motion.fps, sk.JOINT_NAMES, "m/s", 0.5)
    faults += _stretches("floor", depth, limits.depth, motion.fps, names, "cm")
    return speed.most, depth.most


def _hinges(motion: Motion, limits: Limits, faults: list[Fault]) -> float:
    names, worst = [sk.JOINT_NAMES[j] for j in hinges.HINGES], _Worst()
    for _, block in motion.blocks():
        local = rot.quaternion_from_axis_angle(block.rotations[:, list(hinges.HINGES)])
        worst.add(np.stack([hinges.bent_backwards(limb, local[:, i])
                            for i, limb in enumerate(hinges.HINGES.values())], -1))
    faults += _stretches("hinge", worst, limits.backwards, motion.fps, names, "deg")
    return worst.most


def _slides(motion: Motion, limits: Limits, faults: list[Fault]) -> tuple[float, int]:
    found = stances(motion)
    for s in found:
        if s.slide * 100 > limits.slide:
            faults.append(Fault("slide", s.start / motion.fps, s.stop / motion.fps, s.slide * 100,
                                limits.slide, f"{s.side}_foot", "cm"))
    return 100 * max((s.slide for s in found), default=0.0), len(found)


def _reference(motion: Motion, reference: Motion | None, limits: Limits,
               faults: list[Fault]) -> tuple[float, float]:
    if reference is None:
        return 0.0, 0.0
    angles, cm = reference_error(motion, reference)
    worst = int(np.argmax(angles))
    if angles[worst] > limits.reference:
        faults.append(Fault("reference", 0.0, 1 / motion.fps, float(angles[worst]), limits.reference,
                            sk.JOINT_NAMES[worst], "deg"))
    return float(angles[worst]), cm
