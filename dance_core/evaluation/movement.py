"""How much a dance moves, how smoothly, whether it stands still, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dance_core.evaluation.places import at_rate
from dance_core.longform.blend import jumps
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.capsules import SUNK, depths
from dance_core.motion.centre import headings_of
from dance_core.motion.contacts import sole_points
from dance_core.motion.filters import differences, joint_jerk, joint_speed, low_pass
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY

JERK_FILTER = 5.0  # Hz: jerk is compared after this filter only, or noise is all that it shows
_RATE = 30.0  # frames a second that derivatives are taken at, so that 60 give the same
AWAY = np.pi / 3  # rad: turned further than this from the front, nobody faces who watches
STILL = 0.06  # m/s, mean over the body's joints: slower is standing still
STILL_SECONDS = 0.5  # for at least this long; a shorter stop is a pose that was hit


def mean_joint_speed(motion: Motion) -> float:
    """m/s: mean over the 22 body joints and all frames, in the world."""
    return float(joint_speed(at_rate(motion, _RATE)).mean()) if len(motion) > 1 else 0.0


def motion_magnitude(motion: Motion) -> float:
    """m/s: as `mean_joint_speed`, but relative to the pelvis' place: gliding about is no dancing."""
    speed = own_speed(motion)
    return float(speed.mean()) if speed.size else 0.0


def own_speed(motion: Motion) -> np.ndarray:
    """(T-1, 22) m/s of the body joints relative to the pelvis' place, at 30 frames a second."""
    moved = at_rate(motion, _RATE)
    places = kin.joints(moved, BODY)
    return np.linalg.norm(differences(places - places[:, :1], moved.fps), axis=-1)


def jerk(motion: Motion, cutoff: float | None = JERK_FILTER) -> float:
    """m/s³: mean size of the third derivative over the 22 body joints, after a low-pass of `cutoff` Hz.

    Taken at 30 frames a second whatever the dance has. None: no filter. nan for fewer than 4 frames.
    """
    smooth = low_pass(motion, cutoff) if cutoff else motion
    size = joint_jerk(at_rate(smooth, _RATE))
    return float(size.mean()) if size.size else float("nan")


def still_frames(motion: Motion) -> float:
    """Share (0 to 1) of frames in which the body stands still for half a second or more.

    Still: the mean speed of the 22 body joints, averaged over the half second around, is below 0.06 m/s.
    """
    moved = at_rate(motion, _RATE)
    if len(moved) < 2:
        return 1.0
    speed = joint_speed(moved).mean(-1)
    window = min(round(STILL_SECONDS * _RATE), len(speed))
    total = np.concatenate([[0.0], np.cumsum(speed)])
    slow = (total[window:] - total[:-window]) / window < STILL
    still = np.zeros(len(speed), bool)
    for start in np.flatnonzero(slow):
        still[start:start + window] = True
    return float(still.mean())


def penetration(motion: Motion, limit: float = 0.01) -> tuple[float, float]:
    """(mean depth in cm of the deepest sole point, 0 where none is below; share of frames over `limit` m)."""
    depth = np.maximum(0.0, -sole_points(motion)[..., 1].min((1, 2)))
    return float(100 * depth.mean()), float((depth > limit).mean())


def floor_gap(motion: Motion) -> float:
    """cm: mean distance of the lowest sole point from the floor, either way (foot-ground deviation)."""
    return float(100 * np.abs(sole_points(motion)[..., 1].min((1, 2))).mean())


def seam_roughness(motion: Motion, seams: Sequence[tuple[int, int]]) -> np.ndarray:
    """(S,) peak acceleration in each seam / 95th percentile of it elsewhere, over the 22 body joints.

    seams: (first frame, frame after the last) that were blended; a frame each side belongs to the seam. The
    definition of longform.take.Seam.ratio, here for any motion, so that a real dance can be asked how
    rough it is at the very same frames.
    """
    if not len(seams):
        return np.zeros(0)
    change = jumps(kin.joints(motion, BODY), motion.fps)[1]
    quiet = np.ones(len(change), bool)
    for start, stop in seams:
        quiet[max(start - 1, 0):stop + 1] = False
    elsewhere = float(np.percentile(change[quiet], 95)) if quiet.any() else 0.0
    peaks = [float(change[max(start - 1, 0):stop + 1].max(initial=0.0)) for start, stop in seams]
    return np.array(peaks) / max(elsewhere, 1e-9)


def roaming(motion: Motion) -> tuple[float, float]:
    """(largest, last) distance in m along the floor of the pelvis from where it began."""
    way = np.linalg.norm(motion.translation[:, ::2] - motion.translation[:1, ::2], axis=-1)
    return float(way.max()), float(way[-1])


def turned_away(motion: Motion, angle: float = AWAY) -> float:
    """Share (0 to 1) of frames in which the pelvis is turned more than `angle` rad from the front, +Z."""
    yaw = rot.wrapped(headings_of(at_rate(motion, _RATE)))
    return float((np.abs(yaw) > angle).mean())


def hands_through(motion: Motion, limit: float = SUNK) -> float:
    """Share (0 to 1) of frames in which a palm or the lower half of a forearm is deeper than `limit` m in the
    own trunk, head or thighs (motion.capsules)."""
    return float((depths(at_rate(motion, _RATE)).max((1, 2)) > limit).mean())


def last_against_first(motion: Motion, seconds: float = 60.0) -> float:
    """Mean joint speed of the last `seconds` / that of the first: 1 = it neither tires nor speeds up.

    Raises ValueError if the dance is shorter than twice that.
    """
    frames = round(seconds * motion.fps)
    if len(motion) < 2 * frames:
        raise ValueError(f"the dance lasts {motion.duration:.1f} s, expected at least {2 * seconds:g} s")
    first = mean_joint_speed(motion.slice(0, frames))
    last = mean_joint_speed(motion.slice(len(motion) - frames, len(motion)))
    return last / max(first, 1e-9)
