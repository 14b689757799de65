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
from dance_core.motion import ik
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
_POINTS = ("ankle", "ankle", "foot", "foot")  # the sole's four points, by the joint that carries them


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
    joints = kin.joints(motion)
    faults: list[Fault] = []
    speed = _speed(motion, joints, limits, faults)
    backwards = _hinges(motion, limits, faults)
    slide, count = _slides(motion, limits, faults)
    depth = _floor(motion, joints, limits, faults)
    degrees, cm = _reference(motion, reference, limits, faults)
    for s in seams:
        if s.ratio > limits.seam:
            start, stop = max(0.0, (s.start - 1) / s.fps), (s.stop + 1) / s.fps
            faults.append(Fault("seam", start, stop, s.ratio, limits.seam, "", "x"))
    roughest = max((s.ratio for s in seams), default=0.0)
    ordered = tuple(sorted(faults, key=lambda f: (f.start_s, f.kind, f.joint)))
    return Report(speed, backwards, slide, count, depth, roughest, degrees, cm, ordered)


def _stretches(kind: str, values: np.ndarray, limit: float, fps: float, names: Sequence[str], unit: str,
               shift: float = 0.0) -> list[Fault]:
    """One fault for each run of frames in which any column of values (T, N) is over the limit."""
    found = []
    for a, b in runs((values > limit).any(-1)):
        part = values[a:b]
        _, column = np.unravel_index(np.argmax(part), part.shape)
        found.append(Fault(kind, (a + shift) / fps, (b + shift) / fps, float(part.max()), limit,
                           names[column], unit))
    return found


def _speed(motion: Motion, joints: np.ndarray, limits: Limits, faults: list[Fault]) -> float:
    speed = np.linalg.norm(np.diff(joints, axis=0), axis=-1) * motion.fps
    faults += _stretches("speed", speed, limits.speed, motion.fps, sk.JOINT_NAMES, "m/s", 0.5)
    return float(speed.max(initial=0.0))


def _hinges(motion: Motion, limits: Limits, faults: list[Fault]) -> float:
    names = [sk.JOINT_NAMES[j] for j in ik.HINGES]
    local = rot.quaternion_from_axis_angle(motion.rotations[:, list(ik.HINGES)])
    wrong = np.stack([ik.bent_backwards(limb, local[:, i]) for i, limb in enumerate(ik.HINGES.values())], -1)
    faults += _stretches("hinge", wrong, limits.backwards, motion.fps, names, "deg")
    return float(wrong.max(initial=0.0))


def _slides(motion: Motion, limits: Limits, faults: list[Fault]) -> tuple[float, int]:
    found = stances(motion)
    for s in found:
        if s.slide * 100 > limits.slide:
            faults.append(Fault("slide", s.start / motion.fps, s.stop / motion.fps, s.slide * 100,
                                limits.slide, f"{s.side}_foot", "cm"))
    return 100 * max((s.slide for s in found), default=0.0), len(found)


def _floor(motion: Motion, joints: np.ndarray, limits: Limits, faults: list[Fault]) -> float:
    soles = sole_points(motion)[..., 1].reshape(len(motion), 8)
    names = [f"{side}_{point}" for side in ik.SIDES for point in _POINTS]
    round_ = [(sk.joint(n), r) for n, r in _RADII.items()] + [(j, _FINGER) for j in range(25, 55)]
    index, radius = (np.array(v) for v in zip(*round_, strict=True))
    heights = np.concatenate([soles, joints[:, index, 1] - radius], -1)
    names += [sk.JOINT_NAMES[j] for j in index]
    faults += _stretches("floor", -100 * heights, limits.depth, motion.fps, names, "cm")
    return float(max(0.0, -100 * heights.min(initial=0.0)))


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
