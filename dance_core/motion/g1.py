"""Motion of Unitree's G1 robot with 29 joints, as rows of numbers, on our skeleton.

A row has 36 numbers: place of the pelvis (x, y, z) in m, its rotation as a quaternion (x, y, z, w), and 29
joint angles in rad in the order of JOINTS. The robot's x is ahead, y left, z up. That is the layout of G1
Moves (its DATASET_CARD.md) and of Unitree's own retargeted motions; the file does not say its rate. Axes and
links are those of Unitree's g1_29dof model (unitree_ros, robots/g1_description).

At zero the robot's upper arms hang and its forearms point ahead; its straight arm is the elbow at 90°, and
that is the rest pose here. It has no head that turns and no toes: the head turns with the chest but stays
nearly upright, the toes go with the foot. Its wrist twists alone; here the forearm takes its share.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion.arms import twist_shared
from dance_core.motion.bvh import MAX_FRAMES
from dance_core.motion.figure import Figure, relative
from dance_core.motion.motion import Motion
from dance_core.motion.retargeting import motion_from_figure

COLUMNS = 36
MAX_MB = 256
FPS = 60.0  # of G1 Moves
HEAD_TILT = 0.35  # of the chest's tilt that the head has: people keep theirs level
_LEG = ("hip_pitch", "hip_roll", "hip_yaw", "knee", "ankle_pitch", "ankle_roll")
_WAIST = ("waist_yaw", "waist_roll", "waist_pitch")
_ARM = ("shoulder_pitch", "shoulder_roll", "shoulder_yaw", "elbow", "wrist_roll", "wrist_pitch", "wrist_yaw")
JOINTS = (*(f"left_{n}" for n in _LEG), *(f"right_{n}" for n in _LEG), *_WAIST,
          *(f"left_{n}" for n in _ARM), *(f"right_{n}" for n in _ARM))
_AXIS = {"pitch": "y", "roll": "x", "yaw": "z", "knee": "y", "elbow": "y"}  # by the last word of the name
_WIDEST = 6.3  # rad: none of its joints turns further
_FARTHEST = 1000.0  # m

# joint -> parent, place in the parent's frame (m), fixed tilt of its frame about x or y (rad)
_HIP, _SHOULDER = 2 * np.arcsin(0.0873386), 2 * np.arcsin(0.139172)
_LINKS: dict[str, tuple[str, tuple[float, float, float], tuple[str, float]]] = {
    "waist_yaw": ("pelvis", (0.0, 0.0, 0.0), ("x", 0.0)),
    "waist_roll": ("waist_yaw", (-0.0039635, 0.0, 0.035), ("x", 0.0)),
    "waist_pitch": ("waist_roll", (0.0, 0.0, 0.019), ("x", 0.0)),
}
for _side, _y in (("left", 1.0), ("right", -1.0)):
    _LINKS |= {
        f"{_side}_hip_pitch": ("pelvis", (0.0, _y * 0.064452, -0.1027), ("x", 0.0)),
        f"{_side}_hip_roll": (f"{_side}_hip_pitch", (0.0, _y * 0.052, -0.030465), ("y", -_HIP)),
        f"{_side}_hip_yaw": (f"{_side}_hip_roll", (0.025001, 0.0, -0.12412), ("x", 0.0)),
        f"{_side}_knee": (f"{_side}_hip_yaw", (-0.078273, _y * 0.0021489, -0.17734), ("y", _HIP)),
        f"{_side}_ankle_pitch": (f"{_side}_knee", (0.0, -_y * 0.000094445, -0.30001), ("x", 0.0)),
        f"{_side}_ankle_roll": (f"{_side}_ankle_pitch", (0.0, 0.0, -0.017558), ("x", 0.0)),
        f"{_side}_shoulder_pitch": ("waist_pitch", (0.0039563, _y * 0.10022, 0.23778), ("x", _y * _SHOULDER)),
        f"{_side}_shoulder_roll": (f"{_side}_shoulder_pitch", (0.0, _y * 0.038, -0.013831),
                                   ("x", -_y * _SHOULDER)),
        f"{_side}_shoulder_yaw": (f"{_side}_shoulder_roll", (0.0, _y * 0.00624, -0.1032), ("x", 0.0)),
        f"{_side}_elbow": (f"{_side}_shoulder_yaw", (0.015783, 0.0, -0.080518), ("x", 0.0)),
        f"{_side}_wrist_roll": (f"{_side}_elbow", (0.1, _y * 0.00188791, -0.01), ("x", 0.0)),
        f"{_side}_wrist_pitch": (f"{_side}_wrist_roll", (0.038, 0.0, 0.0), ("x", 0.0)),
        f"{_side}_wrist_yaw": (f"{_side}_wrist_pitch", (0.046, 0.0, 0.0), ("x", 0.0)),
    }

# the person: joint -> parent, the link that turns it, and its place: m in a link's frame
_PERSON: dict[str, tuple[str, str, tuple[str, tuple[float, float, float]]]] = {
    "Hips": ("", "pelvis", ("pelvis", (0.0, 0.0, 0.0))),
    "Chest": ("Hips", "waist_pitch", ("waist_pitch", (0.0, 0.0, 0.0))),
    "Head": ("Chest", "waist_pitch", ("waist_pitch", (0.0, 0.0, 0.40))),
}
for _side in ("left", "right"):
    _n = _side.capitalize()
    _PERSON |= {
        f"{_n}UpLeg": ("Hips", f"{_side}_hip_yaw", (f"{_side}_hip_roll", (0.0, 0.0, 0.0))),
        f"{_n}Leg": (f"{_n}UpLeg", f"{_side}_knee", (f"{_side}_knee", (0.0, 0.0, 0.0))),
        f"{_n}Foot": (f"{_n}Leg", f"{_side}_ankle_roll", (f"{_side}_ankle_roll", (0.0, 0.0, 0.0))),
        f"{_n}ToeBase": (f"{_n}Foot", f"{_side}_ankle_roll", (f"{_side}_ankle_roll", (0.12, 0.0, -0.02))),
        f"{_n}Arm": ("Chest", f"{_side}_shoulder_yaw", (f"{_side}_shoulder_roll", (0.0, 0.0, 0.0))),
        f"{_n}ForeArm": (f"{_n}Arm", f"{_side}_elbow", (f"{_side}_elbow", (0.0, 0.0, 0.0))),
        f"{_n}Hand": (f"{_n}ForeArm", f"{_side}_wrist_yaw", (f"{_side}_wrist_yaw", (0.0, 0.0, 0.0))),
    }
_REST = {"left_elbow": np.pi / 2, "right_elbow": np.pi / 2}  # rad


def load_g1(path: str | Path, fps: float = FPS) -> Motion:
    """Read such rows as a motion of the body, set on the floor (see `retarget`).

    fps: frames a second; the file doesn't say.
    Raises UserError for a file that is missing, too big, of another layout, or whose values can't be right.
    """
    return twist_shared(motion_from_figure(figure_from_rows(read_rows(path), fps)))


def read_rows(path: str | Path) -> np.ndarray:
    """The numbers (T, 36) of a CSV without header; quaternions of length 1. Raises UserError as `load_g1`."""
    try:
        size = os.stat(path).st_size
        if size > MAX_MB * 2**20:
            raise UserError(f"The CSV file is {size / 2**20:.0f} MB; at most {MAX_MB} MB are allowed.")
        lines = [line for line in Path(path).read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except OSError:
        raise UserError("There is no such CSV file, or it can't be read.") from None
    except UnicodeDecodeError:
        raise UserError("The CSV is no text.") from None
    if not 1 <= len(lines) <= MAX_FRAMES:
        raise UserError(f"The CSV has {len(lines)} rows; 1 to {MAX_FRAMES} are allowed.")
    values = np.empty((len(lines), COLUMNS))
    for t, line in enumerate(lines):
        cells = line.split(",")
        if len(cells) != COLUMNS:
            raise UserError(f"Row {t + 1} of the CSV has {len(cells)} numbers; {COLUMNS} were expected "
                            "(place, quaternion, 29 joints).")
        try:
            values[t] = cells
        except ValueError:
            raise UserError(f"Row {t + 1} of the CSV holds something that is no number.") from None
    return _checked(values)


def _checked(values: np.ndarray) -> np.ndarray:
    """The same with quaternions of length 1; UserError with the number that is wrong."""
    length = np.linalg.norm(values[:, 3:7], axis=-1)
    for numbers, good, what in (
            (values, np.isfinite(values), "{} is no number"),
            (values[:, :3], np.abs(values[:, :3]) < _FARTHEST, f"{{}} m is farther than {_FARTHEST:g} m"),
            (length[:, None], np.abs(length[:, None] - 1) < 0.02, "its quaternion has the length {}, not 1"),
            (values[:, 7:], np.abs(values[:, 7:]) < _WIDEST,
             f"a joint is at {{}} rad, and none turns {_WIDEST:g} (are these degrees?)")):
        if not good.all():
            t, n = np.argwhere(~good)[0]
            raise UserError(f"Row {t + 1} of the CSV can't be right: {what.format(f'{numbers[t, n]:.4g}')}.")
    values[:, 3:7] /= length[:, None]
    return values


def figure_from_rows(rows: np.ndarray, fps: float) -> Figure:
    """The robot (T, 36) as a person's figure: z up, metres, arms hanging straight at rest."""
    turns, places = _links(rows)
    rest_row = np.zeros((1, COLUMNS))
    rest_row[0, 6] = 1.0
    for name, angle in _REST.items():
        rest_row[0, 7 + JOINTS.index(name)] = angle
    rest_turns, rest_places = _links(rest_row)
    names = tuple(_PERSON)
    parents = tuple(names.index(p) if p else -1 for p, _, _ in _PERSON.values())
    at_rest = np.stack([(rest_places[at] + rot.rotate(rest_turns[at], shift))[0]
                        for _, _, (at, shift) in _PERSON.values()])
    offsets = at_rest - at_rest[[max(p, 0) for p in parents]]
    # what a link has turned since the rest pose, in the world
    world = np.stack([rot.multiply(turns[link], rot.inverse(rest_turns[link]))
                      for _, link, _ in _PERSON.values()], 1)
    world[:, names.index("Head")] = _upright(world[:, names.index("Head")])
    return Figure(fps, names, parents, offsets, relative(world, parents), {0: places["pelvis"]})


def _upright(chest: np.ndarray) -> np.ndarray:
    """The head (T, 4) of a chest (T, 4): it faces where that faces, with a part of its tilt."""
    turn = np.zeros_like(chest)
    turn[:, [0, 3]] = chest[:, [0, 3]]
    length = np.linalg.norm(turn, axis=-1, keepdims=True)
    turn = np.where(length > 1e-9, turn / np.maximum(length, 1e-9), rot.IDENTITY)
    tilt = rot.multiply(chest, rot.inverse(turn))
    some = rot.slerp(np.broadcast_to(rot.IDENTITY, tilt.shape), tilt, np.full(len(tilt), HEAD_TILT))
    return rot.multiply(some, turn)


def _links(rows: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """World rotations (T, 4) and places (T, 3) m of all links, by the joint that moves them."""
    turns = {"pelvis": rows[:, [6, 3, 4, 5]]}
    places = {"pelvis": rows[:, :3]}
    for name, (parent, offset, (axis, tilt)) in _LINKS.items():
        places[name] = places[parent] + rot.rotate(turns[parent], offset)
        frame = rot.multiply(turns[parent], rot.quaternion_about(axis, tilt))
        own = _AXIS[name.rsplit("_", 1)[-1]]
        turns[name] = rot.multiply(frame, rot.quaternion_about(own, rows[:, 7 + JOINTS.index(name)]))
    return turns, places
