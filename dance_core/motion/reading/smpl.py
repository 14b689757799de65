"""Motions told as rotations of SMPL's joints: AMASS, smplx, EDGE, AIST++ and whoever writes such arrays.

    arrays (names → numbers) → `Rows` (rotations, place, rate) → `Found`

Poses may be one array (`poses`, `smpl_poses`, `fullpose`) or in parts (`root_orient`, `pose_body`,
`pose_hand`, `body_pose`, `left_hand_pose` …), as axis-angles, or as matrices where their shape says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.floor import floor_of
from dance_core.motion.motion import BETAS, FACE, PARTS, Motion
from dance_core.motion.rates import NoRate, checked_rate
from dance_core.motion.reading.found import MAX_FRAMES, Found
from dance_core.motion.shape import checked
from dance_core.motion.soles import sole_points
from dance_core.motion.upright import Up, axis_name, judge

MAX_METRES = 1_000.0
MAX_TURN = 100.0  # rad, length of an axis-angle
RATES = ("mocap_frame_rate", "mocap_framerate", "fps", "frame_rate", "framerate", "mocap_fps")
TRANS = ("trans", "transl", "smpl_trans", "root_trans", "translation")
WHOLE = ("poses", "smpl_poses", "fullpose", "full_pose", "pose")
ROOT = ("root_orient", "global_orient", "body_global_orient")
BODY_POSE = ("pose_body", "body_pose")
HANDS = ("pose_hand", "hand_pose")
SIDES = (("left_hand_pose", "lhand_pose"), ("right_hand_pose", "rhand_pose"))
JAW, EYES = ("pose_jaw", "jaw_pose"), ("pose_eye", "pose_eyes")
EYE_SIDES = (("leye_pose",), ("reye_pose",))
AMASS = ("dmpls", "surface_model_type", "markers", "markers_latent")  # AMASS says which way is up nowhere
OURS_WORLD = "yaw_applied"  # only files whose `trans` is the pelvis itself hold this
OWN = ("betas", "face", "up_axis", "parts", "gender", "smpl_scaling", "expression", OURS_WORLD)
WANTED = frozenset({*RATES, *TRANS, *WHOLE, *ROOT, *BODY_POSE, *HANDS, *JAW, *EYES, *OWN,
                    *(k for some in (*SIDES, *EYE_SIDES) for k in some)})
# rest pelvis of the licensed SMPL-X body (m, rounded): a file made with that body means it by `trans`
_SMPLX_PELVIS = np.array([0.003, -0.351, 0.012])
NO_PLACE = "The file does not say where the dancer is (no array 'trans'); it stays on the spot."
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
    _within("trans", float(np.abs(place).max()), MAX_METRES, "m")
    turned = replace(motion, rotations=rotations, translation=place)
    turned = replace(turned, translation=turned.translation - np.float32([0, floor_of(turned), 0]))
    said = [*rows.said, up.said]
    if unit != 1.0:
        said.append(f"Its places are in {name}, by how the pelvis rises and sinks over the feet.")
    return Found(turned, kind, rows.skeleton, tuple(s for s in said if s))


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
    _within("trans", float(np.abs(root).max()), MAX_METRES, "m")
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
    if "expression" in arrays:
        said += ("Its expressions are coefficients of another face, and were left out.",)
    face = face_of(arrays, len(rotations))
    betas, about = betas_of(arrays)
    parts |= {"face"} if face is not None else set()
    rows = Rows(rotations, place, rate, parts, skeleton, face, betas, (*said, *filter(None, (guess, about))))
    prior, why = None, ""
    if "up_axis" in arrays and str(arrays["up_axis"]).lower().lstrip("+-") in ("x", "y", "z"):
        told = str(arrays["up_axis"]).lower()
        prior = np.eye(3)["xyz".index(told.lstrip("+-"))] * (-1.0 if told.startswith("-") else 1.0)
        why = "the file says so"
    elif any(k in arrays for k in AMASS):
        prior, why = np.array([0.0, 0.0, 1.0]), "it has the keys of AMASS"
    found = stood(rows, kind, prior, why, firm="up_axis" in arrays)
    return found if key else replace(found, placed=False)


def poses_of(arrays: Mapping[str, np.ndarray]) -> tuple[np.ndarray, frozenset[str], str, tuple[str, ...]]:
    """Rotations (T, 55, 3), the parts they have, whose joints they are, what is to be said."""
    key = next((k for k in WHOLE if k in arrays), None)
    if key is not None:
        return _whole(arrays, key)
    root_key = next((k for k in ROOT if k in arrays), None)
    body_key = next((k for k in BODY_POSE if k in arrays), None)
    if body_key is None or root_key is None:
        raise UserError("The motion file has no array 'poses', and no 'root_orient' with 'pose_body' either.")
    body = _turns(arrays, body_key)
    frames = _counted(body)
    if body.shape[1] not in (21, 23):
        raise UserError(f"The array {body_key!r} has {body.shape[1]} joints; 21 (or SMPL's 23) were "
                        "expected.")
    out = np.zeros((frames, 55, 3), np.float32)
    out[:, 0] = _turns(arrays, root_key, frames, 1)[:, 0]
    out[:, 1:sk.BODY] = body[:, :21]
    said = []
    for where, names in ((slice(22, 23), JAW), (slice(23, 25), EYES)):
        name = next((k for k in names if k in arrays), None)
        if name:
            out[:, where] = _turns(arrays, name, frames, where.stop - where.start)
    for j, names in ((23, EYE_SIDES[0]), (24, EYE_SIDES[1])):
        if names[0] in arrays:
            out[:, j] = _turns(arrays, names[0], frames, 1)[:, 0]
    whole = next((k for k in HANDS if k in arrays), None)
    hands = False
    for where, name, count in ((slice(25, 55), whole, 30),
                               *((w, next((k for k in names if k in arrays), None), 15)
                                 for w, names in zip((sk.LEFT_HAND, sk.RIGHT_HAND), SIDES, strict=True))):
        if name is None:
            continue
        if arrays[name].ndim == 2 and arrays[name].shape[1] not in (count * 3, count * 9):
            said.append(f"The {arrays[name].shape[1]} numbers of {name!r} are components of MANO's hands, "
                        "which "
                        "only its own file can turn into fingers; they were left still.")
            continue
        out[:, where] = _turns(arrays, name, frames, count)
        hands = True
    if hands and out[:, 25:].any():
        return out, frozenset({"body", "hands"}), "SMPL-X", tuple(said)
    return out, frozenset({"body"}), "SMPL" if body.shape[1] == 23 else "SMPL-X", tuple(said)


def _whole(arrays: Mapping[str, np.ndarray], key: str
           ) -> tuple[np.ndarray, frozenset[str], str, tuple[str, ...]]:
    poses = numbers(arrays, key)
    _counted(poses)
    width = int(np.prod(poses.shape[1:]))
    if poses.ndim >= 3 and poses.shape[-2:] == (3, 3):
        turns = _of_matrices(poses.reshape(len(poses), -1, 3, 3), key)
    elif poses.ndim in (2, 3) and width in (66, 72, 156, 165) and (poses.ndim == 2 or poses.shape[-1] == 3):
        turns = poses.reshape(len(poses), -1, 3)
    else:
        raise UserError(f"The array {key!r} has shape {poses.shape}, but (frames, 165) was expected "
                        "(or 156, 72 or 66 numbers a frame).")
    if turns.shape[1] not in (22, 24, 52, 55):
        raise UserError(f"The array {key!r} has {turns.shape[1]} joints, but 55 were expected (or 52, 24, "
                        "22).")
    frames = _counted(turns)
    _within(key, float(np.linalg.norm(turns, axis=-1).max()), MAX_TURN, "rad")
    out = np.zeros((frames, 55, 3), np.float32)
    out[:, :sk.BODY] = turns[:, :sk.BODY]
    if turns.shape[1] == 55:
        out[:, sk.BODY:] = turns[:, sk.BODY:]
    elif turns.shape[1] == 52:  # SMPL-H has the same hands, but neither jaw nor eyes before them
        out[:, 25:] = turns[:, sk.BODY:]
    skeleton = {22: "SMPL-X", 24: "SMPL", 52: "SMPL-H", 55: "SMPL-X"}[turns.shape[1]]
    return out, frozenset({"body", "hands"} if out[:, 25:].any() else {"body"}), skeleton, ()


def _turns(arrays: Mapping[str, np.ndarray], key: str, frames: int | None = None, count: int | None = None
           ) -> np.ndarray:
    """Axis-angles (T, count, 3) of an array that may hold matrices."""
    a = numbers(arrays, key)
    if a.shape[-2:] == (3, 3) and a.ndim >= 3:
        out = _of_matrices(a.reshape(len(a), -1, 3, 3), key)
    elif a.ndim in (2, 3, 4) and a.size % (3 * max(len(a), 1)) == 0:
        out = a.reshape(len(a), -1, 3)
    else:
        raise UserError(f"The array {key!r} has shape {a.shape}, but three numbers a joint were expected.")
    if (frames is not None and len(out) != frames) or (count is not None and out.shape[1] != count):
        raise UserError(f"The array {key!r} has shape {a.shape}, but {frames} frames of {count} joints were "
                        "expected.")
    _within(key, float(np.linalg.norm(out, axis=-1).max(initial=0.0)), MAX_TURN, "rad")
    return out


def _of_matrices(m: np.ndarray, key: str) -> np.ndarray:
    off = float(np.abs(m @ np.swapaxes(m, -1, -2) - np.eye(3)).max(initial=0.0))
    if off > 0.05:
        raise UserError(f"The array {key!r} holds matrices that are no rotations (off by {off:.2g}).")
    return rot.axis_angle_from_matrix(m)


def _counted(turns: np.ndarray) -> int:
    frames = len(turns) if turns.ndim else 0
    if not 1 <= frames <= MAX_FRAMES:
        raise UserError(f"The motion has {frames} frames, but 1 to {MAX_FRAMES} are allowed.")
    return frames


def betas_of(arrays: Mapping[str, np.ndarray]) -> tuple[np.ndarray, str]:
    """(10,) of our body, and what is to be said: those of other bodies mean other shapes."""
    given = numbers(arrays, "betas") if "betas" in arrays else np.zeros(BETAS)
    gender = arrays.get("gender", "neutral")
    gender = gender.item() if isinstance(gender, np.ndarray) and gender.size == 1 else gender
    gender = gender.decode("latin1") if isinstance(gender, bytes) else str(gender)
    foreign = gender != "neutral" or "up_axis" not in arrays
    if not np.any(given):
        return np.zeros(BETAS, np.float32), ""
    if not foreign:
        return checked(given), ""
    return np.zeros(BETAS, np.float32), ("Its betas are those of another body model; the dance is shown by "
                                         "the "
                                         "average body.")


def face_of(arrays: Mapping[str, np.ndarray], frames: int) -> np.ndarray | None:
    """(T, 52) ARKit's coefficients, where the file has them."""
    return np.clip(rows_of(arrays, "face", frames, FACE), 0.0, 1.0) if "face" in arrays else None


def scaling(arrays: Mapping[str, np.ndarray]) -> float:
    """AIST++'s units in a metre. Raises UserError for what is no such number."""
    value = numbers(arrays, "smpl_scaling")
    if value.size != 1 or not value.ravel()[0] > 0:
        raise UserError(f"The array 'smpl_scaling' has shape {value.shape}; one number above 0 was expected.")
    return float(value.ravel()[0])


def rate_of(arrays: Mapping[str, np.ndarray], given: float | None, default: float | None = None) -> float:
    """Frames a second: what is given, what the file says, or the default. Raises UserError for none."""
    if given is not None:
        return checked_rate(given)
    key = next((k for k in RATES if k in arrays), None)
    if key is None:
        if default is None:
            raise NoRate("The motion file does not say its frame rate (mocap_frame_rate); give it with "
                            "--fps.")
        return default
    value = numbers(arrays, key)
    if value.size != 1:
        raise UserError(f"The frame rate holds {value.size} numbers, but one was expected.")
    return checked_rate(float(value.ravel()[0]))


def rows_of(arrays: Mapping[str, np.ndarray], key: str, frames: int, width: int) -> np.ndarray:
    """Numbers (frames, width) of an array. Raises UserError for another shape."""
    a = numbers(arrays, key)
    if a.ndim == 3 and a.shape[1] == 1:
        a = a[:, 0]
    if a.shape != (frames, width):
        raise UserError(f"The array {key!r} has shape {a.shape}, but {(frames, width)} was expected.")
    return a


def numbers(arrays: Mapping[str, np.ndarray], key: str) -> np.ndarray:
    """An array as float64. Raises UserError if it is not there, or holds other things than numbers."""
    if key not in arrays:
        raise UserError(f"The motion file has no array {key!r}.")
    a = np.asarray(arrays[key])
    if a.dtype.kind not in "fiub":
        raise UserError(f"The array {key!r} holds {a.dtype.name}, but numbers were expected.")
    a = a.astype(np.float64)
    if not np.isfinite(a).all():
        raise UserError(f"The array {key!r} holds {int((~np.isfinite(a)).sum())} values that are no number.")
    return a


def _within(key: str, value: float, limit: float, unit: str) -> None:
    if value > limit:
        raise UserError(f"The array {key!r} reaches {value:.3g} {unit}; at most {limit:g} are allowed.")


__all__ = ["Found", "Rows", "Up", "of_arrays", "own_motion", "sole_points", "stood"]
