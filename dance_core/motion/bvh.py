"""BVH: a skeleton and its motion as text, read and written.

Ours are written in centimetres or metres, Y up, rest pose = T-pose facing +Z, 55 joints under their SMPL-X
names (or 52 under Mixamo's), rotation channels in the order Z X Y and the root's position in absolute world
coordinates (its OFFSET is zero); bones are as long as the betas make them. Blender reads those in centimetres
upright with scale 0.01. A BVH holds no face: that part is not kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion import shape
from dance_core.motion.motion import Motion
from dance_core.motion.naming.mixamo import MIXAMO
from dance_core.motion.rates import rate_of_step
from dance_core.motion.skeleton import HEAD, JOINT_NAMES, LEFT_FOOT, PARENTS, RIGHT_FOOT

MAX_FILE_MB = 256
MAX_JOINTS = 500
MAX_FRAMES = 150_000  # a little over ten minutes at 240 frames a second
UNITS = {"cm": 100.0, "m": 1.0}  # in a metre
NAMES: dict[str, Mapping[str, str]] = {"smplx": {n: n for n in JOINT_NAMES}, "mixamo": MIXAMO}
_AXES = {f"{a.upper()}{kind}": (kind, a) for a in "xyz" for kind in ("position", "rotation")}


@dataclass(frozen=True, eq=False)
class Bvh:
    """A BVH file as it is: nothing turned, scaled or renamed.

    Attributes:
        names, parents: J joints, each after its parent; the root's parent is -1. End sites are left out.
        offsets: (J, 3) from the parent at rest, in the file's own unit.
        channels: for each joint its channels ("Xposition", "Zrotation", …) in the order of the file.
        values: (T, C) the numbers of the motion: the file's unit, and degrees.
        fps: frames a second.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets: np.ndarray
    channels: tuple[tuple[str, ...], ...]
    values: np.ndarray
    fps: float

    def rotations(self) -> np.ndarray:
        """Local quaternions (T, J, 4); channels apply in the order in which they stand (R = R₁ R₂ R₃)."""
        out = np.zeros((len(self.values), len(self.names), 4))
        out[..., 0] = 1.0
        column = 0
        for j, names in enumerate(self.channels):
            for name in names:
                kind, axis = _AXES[name]
                if kind == "rotation":
                    turn = rot.quaternion_about(axis, np.radians(self.values[:, column]))
                    out[:, j] = rot.multiply(out[:, j], turn)
                column += 1
        return out

    def translations(self, j: int) -> np.ndarray:
        """Where joint j is in its parent's frame (T, 3): its position channels, else its OFFSET."""
        out = np.tile(self.offsets[j], (len(self.values), 1))
        first = sum(map(len, self.channels[:j]))
        for column, name in enumerate(self.channels[j], first):
            kind, axis = _AXES[name]
            if kind == "position":
                out[:, "xyz".index(axis)] = self.values[:, column]
        return out

    def rest(self) -> np.ndarray:
        """Joint places (J, 3) at rest, seen from the root."""
        out = np.zeros_like(self.offsets)
        for j in range(1, len(self.names)):
            out[j] = out[self.parents[j]] + self.offsets[j]
        return out


def read_bvh(path: str | Path) -> Bvh:
    """Parse any BVH. Raises UserError as `reading.load_bvh` does, but for names."""
    try:
        size = os.stat(path).st_size
        if size > MAX_FILE_MB * 2**20:
            raise UserError(f"The BVH file is {size / 2**20:.0f} MB; at most {MAX_FILE_MB} MB are allowed.")
        text = Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        raise UserError("There is no such BVH file, or it can't be read.") from None
    found = re.search(r"^\s*MOTION\s*$", text, re.MULTILINE)  # a joint may be called so, too
    head, keyword, body = (text[:found.start()], True, text[found.end():]) if found else (text, False, "")
    if not keyword or not head.lstrip("\ufeff \t\r\n").startswith("HIERARCHY"):
        raise UserError("The file is not a BVH: it does not begin with HIERARCHY and go on with MOTION.")
    names, parents, offsets, channels = _hierarchy(head.split()[1:])
    values, fps = _frames(body, sum(map(len, channels)))
    return Bvh(names, parents, offsets, channels, values, fps)


def _hierarchy(words: list[str]) -> tuple[tuple[str, ...], tuple[int, ...], np.ndarray, tuple]:
    names: list[str] = []
    parents: list[int] = []
    offsets: list[list[float]] = []
    channels: list[tuple[str, ...]] = []
    stack: list[int] = []  # open joints; -2 stands for an end site
    i = 0
    fresh: int | None = None  # a joint or end site whose brace comes next

    def number(k: int) -> float:
        try:
            value = float(words[k].replace(",", "."))
        except (IndexError, ValueError):
            raise UserError(f"The BVH hierarchy is damaged near joint {len(names)}.") from None
        if not np.isfinite(value) or abs(value) > 1e6:
            raise UserError(f"The BVH hierarchy holds the offset {words[k]}, which can't be right.")
        return value

    while i < len(words):
        word = words[i]
        if word in ("ROOT", "JOINT"):
            k = i + 1
            while k < len(words) and words[k] != "{":  # names with spaces occur
                k += 1
            if (word == "ROOT") != (not names) or (word == "JOINT" and (not stack or stack[-1] < 0)):
                raise UserError(f"The BVH hierarchy is damaged near joint {len(names)}.")
            if len(names) >= MAX_JOINTS:
                raise UserError(f"The BVH has more than {MAX_JOINTS} joints.")
            names.append(" ".join(words[i + 1:k]))
            parents.append(stack[-1] if stack else -1)
            offsets.append([0.0, 0.0, 0.0])
            channels.append(())
            fresh, i = len(names) - 1, k
        elif word == "End":
            fresh, i = -2, i + 2
        elif word == "{" and fresh is not None:
            stack.append(fresh)
            fresh, i = None, i + 1
        elif word == "}" and stack:
            stack.pop()
            i += 1
        elif word == "OFFSET" and stack:
            triple = [number(i + n) for n in (1, 2, 3)]
            if stack[-1] >= 0:
                offsets[stack[-1]] = triple
            i += 4
        elif word == "CHANNELS" and stack and stack[-1] >= 0:
            count = int(number(i + 1))
            given = tuple(w[:1].upper() + w[1:].lower() for w in words[i + 2:i + 2 + count]) \
                if 0 <= count <= 6 else ()
            if len(given) != count or any(c not in _AXES for c in given):
                raise UserError(f"The channels of the BVH joint {len(names)} can't be understood.")
            channels[stack[-1]] = given
            i += 2 + count
        else:
            raise UserError(f"The BVH hierarchy is damaged near joint {len(names)}.")
    if stack or not names:
        raise UserError(f"The BVH hierarchy ends too early, after joint {len(names)}.")
    return tuple(names), tuple(parents), np.array(offsets), tuple(channels)


def _frames(body: str, width: int) -> tuple[np.ndarray, float]:
    if "," in body and "." not in body:  # decimal commas
        body = body.replace(",", ".")
    lines = [line for line in body.splitlines() if line.strip()]
    try:
        count = int(lines[0].split(":")[1])
        step = lines[1].split(":")[1].strip()
    except (IndexError, ValueError):
        raise UserError("The BVH does not say its number of frames and frame time.") from None
    fps = rate_of_step(step)
    rows = lines[2:]
    if not 1 <= count <= MAX_FRAMES or len(rows) < count:
        raise UserError(f"The BVH announces {count} frames and holds {len(rows)}; "
                        f"1 to {MAX_FRAMES} are allowed.")
    values = _wrapped(rows, count, width)
    if values is None:
        values = np.empty((count, width))
        for t in range(count):
            numbers = rows[t].split()
            if len(numbers) != width:
                raise UserError(f"Frame {t + 1} of the BVH has {len(numbers)} numbers; {width} were "
                                "expected.")
            try:
                values[t] = numbers
            except ValueError:
                raise UserError(f"Frame {t + 1} of the BVH holds something that is no number.") from None
    if not (np.isfinite(values).all() and np.abs(values).max(initial=0.0) < 1e7):
        bad = int(np.argmin((np.isfinite(values) & (np.abs(values) < 1e7)).all(-1))) + 1
        raise UserError(f"Frame {bad} of the BVH holds a value that can't be right.")
    return values, fps


def _wrapped(rows: list[str], count: int, width: int) -> np.ndarray | None:
    """Frames (count, width) that are written over several lines each; None where they are not."""
    if not rows or len(rows[0].split()) >= width or len(rows) < 2 * count:
        return None
    numbers = " ".join(rows).split()
    if len(numbers) != count * width:
        return None
    try:
        return np.array(numbers, np.float64).reshape(count, width)
    except ValueError:
        return None


def euler_zxy(quaternion: np.ndarray) -> np.ndarray:
    """Unit quaternions (T, …, 4) -> degrees (T, …, 3) about z, x, y with R = Rz Rx Ry, continuous over time.

    Of the two triples that mean the same rotation, and of all their full turns, the one nearest to the frame
    before is taken; where x = ±90° (z and y turn about one line) z stays as it was.
    """
    m = rot.matrix_from_quaternion(quaternion)
    level = np.hypot(m[..., 2, 0], m[..., 2, 2])
    x = np.arctan2(m[..., 2, 1], level)
    z, y = np.arctan2(-m[..., 0, 1], m[..., 1, 1]), np.arctan2(-m[..., 2, 0], m[..., 2, 2])
    locked = level < 1e-9
    one_turn = np.arctan2(m[..., 1, 0], m[..., 0, 0])  # z + y at x = 90°, z - y at x = -90°
    sign = np.where(x > 0, 1.0, -1.0)
    out = np.empty((*x.shape, 3))
    before = np.zeros((*x.shape[1:], 3))
    for t in range(len(x)):
        zt = np.where(locked[t], before[..., 0], z[t])
        yt = np.where(locked[t], sign[t] * (one_turn[t] - zt), y[t])
        first = np.stack([zt, x[t], yt], -1)
        second = np.stack([zt + np.pi, np.pi - x[t], yt + np.pi], -1)
        first, second = (a + 2 * np.pi * np.round((before - a) / (2 * np.pi)) for a in (first, second))
        nearer = np.abs(first - before).sum(-1) <= np.abs(second - before).sum(-1)
        before = out[t] = np.where(nearer[..., None], first, second)
    return np.degrees(out)


def save_bvh(path: str | Path, motion: Motion, names: str = "smplx", units: str = "cm") -> None:
    """Write a motion where `path` says, replacing what is there; order and axes stand at the module's top.

    names: "smplx", or "mixamo" (without jaw and eyes, which Mixamo has not). units: "cm" or "m".
    Joints come back within 0.01 mm; the face is not kept. Raises ValueError for a motion without frames.
    """
    if len(motion) == 0:
        raise ValueError("the motion has 0 frames, expected at least 1")
    called = NAMES[names]
    lines: list[str] = ["HIERARCHY"]
    order: list[int] = []
    _write_joint(0, 0, shape.bones(motion.betas) * UNITS[units], called, UNITS[units], lines, order)
    angles = euler_zxy(rot.quaternion_from_axis_angle(motion.rotations))[:, order]
    root = motion.translation.astype(np.float64) * UNITS[units]
    table = np.concatenate([root, angles.reshape(len(motion), -1)], -1)
    lines += ["MOTION", f"Frames: {len(motion)}", f"Frame Time: {1 / motion.fps:.9f}"]
    with replacing(path) as temporary:
        with open(temporary, "x", encoding="ascii", newline="\n") as file:
            file.write("\n".join(lines) + "\n")
            row = " ".join(["%.8f" if units == "m" else "%.6f"] * 3 + ["%.6f"] * (table.shape[1] - 3)) + "\n"
            file.writelines(row % tuple(numbers) for numbers in table.tolist())


def _write_joint(j: int, depth: int, bones: np.ndarray, called: Mapping[str, str], unit: float,
                 lines: list[str], order: list[int]) -> None:
    order.append(j)
    pad, offset = "\t" * depth, bones[j]
    lines += [f"{pad}{'JOINT' if depth else 'ROOT'} {called[JOINT_NAMES[j]]}", pad + "{",
              f"{pad}\tOFFSET {offset[0]:.6f} {offset[1]:.6f} {offset[2]:.6f}"]
    rotation = "Zrotation Xrotation Yrotation"
    lines.append(f"{pad}\tCHANNELS 3 {rotation}" if depth else
                 f"{pad}\tCHANNELS 6 Xposition Yposition Zposition {rotation}")
    children = [c for c, parent in enumerate(PARENTS) if parent == j and JOINT_NAMES[c] in called]
    for child in children:
        _write_joint(child, depth + 1, bones, called, unit, lines, order)
    if not children:
        end = _end(j, bones, unit)
        lines += [f"{pad}\tEnd Site", f"{pad}\t{{", f"{pad}\t\tOFFSET {end[0]:.6f} {end[1]:.6f} {end[2]:.6f}",
                  f"{pad}\t}}"]
    lines.append(pad + "}")


def _end(j: int, bones: np.ndarray, unit: float) -> np.ndarray:
    """Where a bone without child ends (3,), in the bones' unit: toes, head and jaw forwards or up, eyes a
    little, fingertips straight on."""
    if j in (LEFT_FOOT, RIGHT_FOOT):
        return np.array([0.0, -0.015, 0.055]) * unit
    if j == HEAD:
        return np.array([0.0, 0.15, 0.0]) * unit
    if j < 25:
        return np.array([0.0, 0.0, 0.03]) * unit
    return bones[j] * 0.8
