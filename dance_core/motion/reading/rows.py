"""Motions that are one array of numbers, told by its width: FineDance, Motion-X, EDGE's own, and flat
poses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import hinges
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.rates import NoRate, checked_rate
from dance_core.motion.reading.arrays import NO_PLACE
from dance_core.motion.reading.found import MAX_FRAMES, Found
from dance_core.motion.reading.smpl import Rows, stood


@dataclass(frozen=True)
class _Layout:
    """Rows of place and 6-D rotations: what is before them (contact labels), how many joints, whose."""

    kind: str
    labels: int
    joints: int
    fps: float
    skeleton: str


SIX = {
    315: _Layout("FineDance's rows", 0, 52, 30.0, "SMPL-H"),
    319: _Layout("FineDance's rows with contacts", 4, 52, 30.0, "SMPL-H"),
    135: _Layout("rows of place and 22 turns", 0, 22, 30.0, "SMPL-X"),
    139: _Layout("Lodge's rows", 4, 22, 30.0, "SMPL-X"),
    147: _Layout("rows of place and 24 turns", 0, 24, 30.0, "SMPL"),
    151: _Layout("EDGE's rows", 4, 24, 30.0, "SMPL"),
}
MOTION_X = 322
PLACED = {69: 22, 75: 24, 159: 52, 168: 55}  # place and axis-angles of so many joints, in either order
_BACKWARDS = 15.0  # degrees, sum over both knees and a quarter of both elbows
FLAT = {165: "SMPL-X", 156: "SMPL-H", 72: "SMPL", 66: "SMPL-X"}


def of_six(a: np.ndarray, fps: float | None) -> Found:
    """(T, 315) and its kin: (labels), place (3), and six numbers a joint.

    Six numbers are a rotation's first two rows, as pytorch3d writes them, or its first two columns, as others
    do: knees and elbows tell which, because they bend one way only.
    """
    layout = SIX[a.shape[1]]
    six = a[:, layout.labels + 3:].reshape(len(a), layout.joints, 6)
    norms = np.linalg.norm(six.reshape(len(a), -1, 2, 3), axis=-1)
    if not 0.9 < float(np.median(norms)) < 1.1:
        raise UserError(f"The {a.shape[1]} numbers a frame look like {layout.kind}, but their rotations have "
                        "the "
                        f"length {float(np.median(norms)):.2f} and not 1: they are normalized, and only with "
                        "their "
                        "own mean and deviation can they be read.")
    columns = rot.quaternion_from_matrix(rot.matrix_from_six(six))
    rows = rot.inverse(columns)
    as_rows = _bends_wrong(rows) <= _bends_wrong(columns)
    said = () if as_rows else ("Its rotations are told by columns, which is how its knees bend forwards.",)
    turns = rot.axis_angle_from_quaternion(rows if as_rows else columns)
    rotations = np.zeros((len(a), 55, 3), np.float32)
    rotations[:, :sk.BODY] = turns[:, :sk.BODY]
    if layout.joints == 52:
        rotations[:, 25:] = turns[:, sk.BODY:]
    parts = frozenset({"body", "hands"} if rotations[:, 25:].any() else {"body"})
    return stood(Rows(rotations, a[:, layout.labels:layout.labels + 3], _rate(fps, layout.fps), parts,
                      layout.skeleton, said=(*said, _guess(fps, layout.fps))), layout.kind)


def _bends_wrong(turns: np.ndarray) -> float:
    """Mean degrees by which knees (and, for a little, elbows) bend to the wrong side."""
    total = 0.0
    for j, limb in hinges.HINGES.items():
        weight = 1.0 if j in (sk.LEFT_KNEE, sk.RIGHT_KNEE) else 0.25
        total += weight * float(hinges.bent_backwards(limb, turns[:, j]).mean())
    return total


def of_motion_x(a: np.ndarray, fps: float | None) -> Found:
    """(T, 322): root, body, hands, jaw as axis-angles, 50 expressions, 100 face shapes, place, 10 betas."""
    rotations = np.zeros((len(a), 55, 3), np.float32)
    rotations[:, :sk.BODY] = a[:, :66].reshape(len(a), -1, 3)
    rotations[:, 25:] = a[:, 66:156].reshape(len(a), -1, 3)
    rotations[:, sk.JAW] = a[:, 156:159]
    parts = frozenset({"body", "hands"} if rotations[:, 25:].any() else {"body"})
    said = [_guess(fps, 30.0)]
    if np.any(a[:, 159:209]):
        said.append("Its expressions are FLAME's coefficients, and were left out; the jaw moves.")
    found = stood(Rows(rotations, a[:, 309:312], _rate(fps, 30.0), parts, "SMPL-X", said=tuple(said)),
                  "Motion-X's rows")
    return replace(found, betas=a[:, 312:322].mean(0) if np.any(a[:, 312:322]) else None)


def of_placed(a: np.ndarray, fps: float | None) -> Found:
    """(T, 3 + 3 J): a place before or behind the axis-angles of J joints; knees and elbows tell which."""
    if fps is None:
        raise NoRate(f"{a.shape[1]} numbers a frame may be a place and poses, but the file does not say its "
                     "frame "
                     "rate; give it with --fps.")
    ways = {"before": (a[:, :3], a[:, 3:]), "behind": (a[:, -3:], a[:, :-3])}
    wrong = {}
    for way, (_, turns) in ways.items():
        body = turns[:, :3 * sk.BODY].reshape(len(a), sk.BODY, 3)
        far = float(np.linalg.norm(body, axis=-1).max())
        wrong[way] = np.inf if far > 10.0 else _bends_wrong(rot.quaternion_from_axis_angle(body))
    best = min(wrong, key=wrong.__getitem__)
    if wrong[best] > _BACKWARDS:
        raise UserError(f"The {a.shape[1]} numbers a frame are no place and poses of {PLACED[a.shape[1]]} "
                        "joints: knees "
                        "would bend backwards.")
    place, turns = ways[best]
    rotations, parts = _posed(turns)
    said = (f"The place was taken to stand {best} the poses, by how knees bend.",)
    return stood(Rows(rotations, place, checked_rate(fps), parts, FLAT[a.shape[1] - 3], said=said),
                 "rows of place and poses")


def _posed(a: np.ndarray) -> tuple[np.ndarray, frozenset[str]]:
    """Rotations (T, 55, 3) of flat poses (T, 165), (T, 156), (T, 72) or (T, 66), and the parts they have."""
    rotations = np.zeros((len(a), 55, 3), np.float32)
    turns = a.reshape(len(a), -1, 3)
    rotations[:, :sk.BODY] = turns[:, :sk.BODY]
    if a.shape[1] == 165:
        rotations[:, sk.BODY:] = turns[:, sk.BODY:]
    elif a.shape[1] == 156:
        rotations[:, 25:] = turns[:, sk.BODY:]
    return rotations, frozenset({"body", "hands"} if rotations[:, 25:].any() else {"body"})


def of_flat(a: np.ndarray, fps: float | None) -> Found:
    """(T, 165), (T, 156), (T, 72) or (T, 66) axis-angles alone."""
    if a.shape[1] not in FLAT:
        raise UserError(f"The array has {a.shape[1]} numbers a frame, which is no motion that is known.")
    if fps is None:
        raise NoRate(f"{a.shape[1]} numbers a frame are poses, but the file does not say its frame rate; "
                        "give "
                        "it with --fps.")
    turns = a.reshape(len(a), -1, 3)
    far = float(np.linalg.norm(turns, axis=-1).max())
    if far > 10.0:
        raise UserError(f"The largest turn among {a.shape[1]} numbers a frame is {far:.0f} rad: these are no "
                        "poses.")
    rotations, parts = _posed(a)
    wrong = _bends_wrong(rot.quaternion_from_axis_angle(rotations[:, :sk.BODY]))
    if wrong > _BACKWARDS:
        raise UserError(f"As poses, knees and elbows of these {a.shape[1]} numbers a frame would bend "
                        "backwards by "
                        f"{wrong:.0f} degrees on average: they are another kind of numbers, or of joints.")
    found = stood(Rows(rotations, np.zeros((len(a), 3)), checked_rate(fps), parts, FLAT[a.shape[1]],
                       said=(NO_PLACE,)), "rows of poses")
    return replace(found, placed=False)


def checked(a: np.ndarray) -> np.ndarray:
    """The numbers as float64. Raises UserError for none, too many frames, or values that are no number."""
    if a.dtype.kind not in "fiu":
        raise UserError(f"The array holds {a.dtype.name}, but numbers were expected.")
    if not 1 <= len(a) <= MAX_FRAMES:
        raise UserError(f"The motion has {len(a)} frames, but 1 to {MAX_FRAMES} are allowed.")
    a = a.astype(np.float64)
    if not np.isfinite(a).all():
        raise UserError(f"The array holds {int((~np.isfinite(a)).sum())} values that are no number.")
    return a


def _rate(fps: float | None, default: float) -> float:
    return default if fps is None else checked_rate(fps)


def _guess(fps: float | None, default: float) -> str:
    return "" if fps is not None else (f"The file does not say its frame rate; {default:g} were taken, as "
                                       "such "
                                       "files have.")
