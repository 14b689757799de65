"""Named arrays of numbers, checked, and what they are called by those who write SMPL's poses."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import BETAS, FACE
from dance_core.motion.rates import NoRate, checked_rate
from dance_core.motion.reading.found import MAX_FRAMES
from dance_core.motion.shape import checked

MAX_METRES = 1_000.0
MAX_TURN = 100.0  # rad, length of an axis-angle
RATES = ("mocap_frame_rate", "mocap_framerate", "fps", "frame_rate", "framerate", "mocap_fps")
TRANS = ("trans_world", "trans", "transl", "smpl_trans", "root_trans", "translation")
WHOLE = ("poses", "smpl_poses", "fullpose", "pose_world", "pose")
ROOT = ("root_orient", "global_orient", "body_global_orient")
BODY_POSE = ("pose_body", "body_pose")
HANDS = ("pose_hand", "hand_pose")
SIDES = (("left_hand_pose", "lhand_pose"), ("right_hand_pose", "rhand_pose"))
JAW, EYES = ("pose_jaw", "jaw_pose"), ("pose_eye", "pose_eyes")
EYE_SIDES = (("leye_pose",), ("reye_pose",))
AMASS = ("dmpls", "surface_model_type", "markers", "markers_latent")  # AMASS says which way is up nowhere
OURS_WORLD = "yaw_applied"  # only files whose `trans` is the pelvis itself hold this
EXPRESSIONS = ("expression", "expressions", "face_expr")
OWN = ("betas", "face", "up_axis", "parts", "gender", "smpl_scaling", *EXPRESSIONS, OURS_WORLD)
WANTED = frozenset({*RATES, *TRANS, *WHOLE, *ROOT, *BODY_POSE, *HANDS, *JAW, *EYES, *OWN,
                    *(k for some in (*SIDES, *EYE_SIDES) for k in some)})
NO_PLACE = "The file does not say where the dancer is (no array 'trans'); it stays on the spot."


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
    within(key, float(np.linalg.norm(turns, axis=-1).max()), MAX_TURN, "rad")
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
    within(key, float(np.linalg.norm(out, axis=-1).max(initial=0.0)), MAX_TURN, "rad")
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


def betas_of(arrays: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray | None, str]:
    """(10,) of our body; those of another body model, or None; and the gender that the file names.

    Betas mean ours in files that say which axis is up and no other gender than neutral, as ours do.
    """
    given = numbers(arrays, "betas") if "betas" in arrays else np.zeros(BETAS)
    gender = arrays.get("gender", "neutral")
    gender = gender.item() if isinstance(gender, np.ndarray) and gender.size == 1 else gender
    gender = gender.decode("latin1") if isinstance(gender, bytes) else str(gender)
    if not np.any(given):
        return np.zeros(BETAS, np.float32), None, gender
    if gender == "neutral" and "up_axis" in arrays:
        return checked(given), None, gender
    given = given.reshape(-1, given.shape[-1]).mean(0) if given.ndim > 1 else given.ravel()
    return np.zeros(BETAS, np.float32), given, gender


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


def within(key: str, value: float, limit: float, unit: str) -> None:
    """Raises UserError where an array reaches beyond a limit."""
    if value > limit:
        raise UserError(f"The array {key!r} reaches {value:.3g} {unit}; at most {limit:g} are allowed.")
