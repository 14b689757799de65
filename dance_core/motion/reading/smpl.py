"""Motions told as rotations of SMPL's joints: AMASS, smplx, EDGE, AIST++ and whoever writes such arrays.

    arrays (names → numbers) → `Rows` (rotations, place, rate) → `Found`

Poses may be one array (`poses`, `smpl_poses`, `fullpose`) or in parts (`root_orient`, `pose_body`,
`pose_hand`, `body_pose`, `left_hand_pose` …), as axis-angles, or as matrices where their shape says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.floor import floor_of
from dance_core.motion.level import tilt_of
from dance_core.motion.motion import BETAS, FACE, PARTS, Motion
from dance_core.motion.rates import checked_rate
from dance_core.motion.reading.arrays import (
    AMASS,
    EXPRESSIONS,
    MAX_METRES,
    NO_PLACE,
    OURS_WORLD,
    RATES,
    TRANS,
    betas_of,
    face_of,
    numbers,
    poses_of,
    rate_of,
    rows_of,
    scaling,
    within,
)
from dance_core.motion.reading.found import Found
from dance_core.motion.shape import checked
from dance_core.motion.upright import Up, axis_name, judge

_UNITS = ((1.0, "m"), (0.01, "cm"), (0.001, "mm"))
_LOOKED_AT = 400  # frames that up and unit are judged on


@dataclass(frozen=True, eq=False)
class Rows:
    """Rotations and places as a file has them.

    Attributes:
        rotations: (T, 55, 3) axis-angle, the file's world.
        place: (T, 3) of the root, the file's world and unit.
        fps: frames a second.
        parts: what it has.
        skeleton: "SMPL", "SMPL-H" or "SMPL-X".
        said: what was guessed so far.
    """

    rotations: np.ndarray
    place: np.ndarray
    fps: float
    parts: frozenset[str]
    skeleton: str
    face: np.ndarray | None = None
    betas: np.ndarray = field(default_factory=lambda: np.zeros(BETAS, np.float32))
    said: tuple[str, ...] = ()


def stood(rows: Rows, kind: str, prior: np.ndarray | None = None, why: str = "", firm: bool = False) -> Found:
    """Turned so that Y is up, in metres, and on the floor.

    prior: (3,) the axis that is up where the motion itself does not tell, or, if that is firm, in any case;
    why: what says so.
    """
    face = np.zeros((len(rows.rotations), FACE), np.float32) if rows.face is None else rows.face
    still = np.zeros((len(rows.rotations), 3))
    motion = Motion(rows.fps, rows.rotations, still, face, rows.betas, rows.parts)
    frames = np.unique(np.linspace(0, len(motion) - 1, min(_LOOKED_AT, len(motion))).astype(int))
    some = replace(motion, rotations=motion.rotations[frames], translation=motion.translation[frames],
                   face=motion.face[frames])
    joints = kin.joints(some, sk.BODY)
    ankles = 0.5 * (joints[:, sk.LEFT_ANKLE] + joints[:, sk.RIGHT_ANKLE])
    there = joints + rows.place[frames, None] * _unit_guess(rows.place)
    up = judge(there, joints[:, sk.HEAD], ankles, prior, why)
    if firm and prior is not None:
        up = up if np.array_equal(up.axis, prior) else Up(prior, (
            f"The file says that {axis_name(prior)} is up, and was believed; the dancer in it stands along "
            f"{up.name}."))
    turn = up.turn()
    pelvis = rot.multiply(turn, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    rotations = motion.rotations.copy()
    rotations[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    unit, name = _unit(joints @ rot.matrix_from_quaternion(turn).T, rot.rotate(turn, rows.place[frames]))
    place = rot.rotate(turn, rows.place) * unit
    within("trans", float(np.abs(place).max()), MAX_METRES, "m")
    turned = replace(motion, rotations=rotations, translation=place)
    leaning = up.said
    if prior is None:
        turned, level = _levelled(turned, rot.rotate(turn, (joints[:, sk.HEAD] - ankles).mean(0)))
        leaning = level or leaning
    turned = replace(turned, translation=turned.translation - np.float32([0, floor_of(turned), 0]))
    said = [*rows.said, leaning]
    if unit != 1.0:
        said.append(f"Its places are in {name}, by how the pelvis rises and sinks over the feet.")
    return Found(turned, kind, rows.skeleton, tuple(s for s in said if s))


def _levelled(motion: Motion, lean: np.ndarray) -> tuple[Motion, str]:
    """With its floor level, where a camera tilted it, and what is to be said."""
    tilt = tilt_of(motion, lean)
    degrees = float(np.degrees(rot.geodesic(tilt, rot.IDENTITY)))
    if not degrees:
        return motion, ""
    rotations = motion.rotations.copy()
    pelvis = rot.multiply(tilt, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    rotations[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    return replace(motion, rotations=rotations, translation=rot.rotate(tilt, motion.translation)), (
        f"The floor that its feet stand on was tilted by {degrees:.0f} degrees, as a camera has it; that was "
        "taken "
        "out.")


def _unit_guess(place: np.ndarray) -> float:
    """A rough unit for places that are far too large to be metres."""
    size = float(np.percentile(np.ptp(place, axis=0), 100))
    return 1.0 if size < 100 else 0.01 if size < 10_000 else 0.001


def _unit(joints: np.ndarray, place: np.ndarray) -> tuple[float, str]:
    """Metres in one unit of a place (S, 3), Y up: the one in which the lowest joint stays on one floor.

    joints: (S, J, 3) m about the root. Metres, unless another unit is clearly better.
    """
    low = joints[..., 1].min(-1)
    spread = [float(np.subtract(*np.percentile(place[:, 1] * u + low, [85, 15]))) for u, _ in _UNITS]
    best = int(np.argmin(spread))
    far = float(np.ptp(place, axis=0).max())
    return _UNITS[best] if best and spread[0] > 5 * spread[best] and far > 8.0 else _UNITS[0]


def own_motion(arrays: Mapping[str, np.ndarray]) -> Found | None:
    """A file of this program or of the project's recorded dances, as it is; None where it is another."""
    ours = "parts" in arrays and str(arrays.get("up_axis", "")).lower() == "y"
    if not ours and OURS_WORLD not in arrays:
        return None
    rotations, parts, skeleton, said = poses_of(arrays)
    root = rows_of(arrays, "trans", len(rotations), 3)
    within("trans", float(np.abs(root).max()), MAX_METRES, "m")
    if OURS_WORLD not in arrays:
        root = root + sk.REST_JOINTS[0]
    face = face_of(arrays, len(rotations))
    parts |= {"face"} if face is not None else set()
    if "parts" in arrays:
        parts = frozenset(set(str(arrays["parts"]).split(",")) & PARTS) or parts
    motion = Motion(rate_of(arrays, None), rotations, root,
                    np.zeros((len(rotations), FACE), np.float32) if face is None else face,
                    checked(numbers(arrays, "betas")) if "betas" in arrays else np.zeros(BETAS), parts)
    return Found(motion, "dance_core's npz" if ours else "recorded dance", skeleton, said, own=True)


def of_arrays(arrays: Mapping[str, np.ndarray], kind: str, fps: float | None = None,
              default_fps: float | None = None) -> Found:
    """A motion from named arrays.

    fps: frames a second that somebody gives, whatever the file says. default_fps: where it says none.
    Raises UserError: no poses, wrong shapes, values that can't be right, no frame rate.
    """
    own = own_motion(arrays)
    if own is not None:
        return own if fps is None else replace(own, motion=replace(own.motion, fps=checked_rate(fps)))
    rotations, parts, skeleton, said = poses_of(arrays)
    key = next((k for k in TRANS if k in arrays), None)
    if key is None:
        place = np.zeros((len(rotations), 3))
        said += (NO_PLACE,)
    else:
        place = rows_of(arrays, key, len(rotations), 3)
    if "smpl_scaling" in arrays:
        place = place / scaling(arrays)
    rate, guess = rate_of(arrays, fps, default_fps), ""
    if fps is None and not any(k in arrays for k in RATES):
        guess = f"The file does not say its frame rate; {rate:g} were taken, as such files have."
    if any(k in arrays for k in EXPRESSIONS):
        said += ("Its expressions are coefficients of another face, and were left out.",)
    face = face_of(arrays, len(rotations))
    betas, foreign, gender = betas_of(arrays)
    parts |= {"face"} if face is not None else set()
    rows = Rows(rotations, place, rate, parts, skeleton, face, betas, (*said, *filter(None, (guess,))))
    prior, why = None, ""
    if "up_axis" in arrays and str(arrays["up_axis"]).lower().lstrip("+-") in ("x", "y", "z"):
        told = str(arrays["up_axis"]).lower()
        prior = np.eye(3)["xyz".index(told.lstrip("+-"))] * (-1.0 if told.startswith("-") else 1.0)
        why = "the file says so"
    elif any(k in arrays for k in AMASS):
        prior, why = np.array([0.0, 0.0, 1.0]), "it has the keys of AMASS"
    found = stood(rows, kind, prior, why, firm="up_axis" in arrays)
    return replace(found, placed=key is not None, betas=foreign, gender=gender)
