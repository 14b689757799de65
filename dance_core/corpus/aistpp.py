"""AIST++ in its official layout: motions/*.pkl, splits/crossmodal_*.txt, ignore_list.txt -> clips.

The annotations (CC BY 4.0, Google LLC) are SMPL fits at 60 frames a second, Y up: `smpl_poses` (T, 72),
`smpl_trans` (T, 3) and `smpl_scaling` (1,); trans / scaling is in metres (Li et al., "AI Choreographer",
2021). Only the pose is used. Nothing of SMPL's own model is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.corpus.aist_names import IGNORED, read_name
from dance_core.corpus.clips import SHORTEST_S, Clips, Refusal, faults_of, must_stand, too_short
from dance_core.corpus.folders import there
from dance_core.corpus.mocap import at_rate
from dance_core.corpus.origins import origin_of
from dance_core.corpus.pairs import SPLITS
from dance_core.errors import UserError
from dance_core.motion import filters
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import plant_feet
from dance_core.motion.floor import on_floor
from dance_core.motion.motion import Motion
from dance_core.motion.reading.pickles import read_pickle
from dance_core.motion.soles import runs

FPS = 60.0
LICENCE = "CC BY 4.0"
ATTRIBUTION = ("AIST++ Dance Motion Dataset annotations, (c) Google LLC, CC BY 4.0 (Li, Yang, Ross, "
               "Kanazawa: AI Choreographer, ICCV 2021); converted, filtered and re-grounded.")
MAX_MB = 64  # of one pickle; the longest official sequence has about 1 MB
# Our rest spine slants where SMPL's stands: these pitches in degrees, about each joint's own x, let the trunk
# stand as the source's did. Pelvis, limbs and head keep the world rotations that the fits have.
TRUNK_PITCH = {sk.SPINE1: -6.3, sk.SPINE2: -12.0, sk.SPINE3: -17.6, sk.NECK: -16.5, sk.LEFT_COLLAR: -16.5,
               sk.RIGHT_COLLAR: -16.5}
ROOT_SCALE = 1.014  # our leg against the fits'
_FASTEST, _SPIN, _JERK = 11.0, 32.0, 6000.0  # m/s, rad/s, m/s³: beyond these a fit has jumped
_MARGIN_S = 0.2
ENOUGH = 0.5  # a recording of which a smaller share is clean is refused as a whole


def load_sequence(path: str | Path) -> tuple[np.ndarray, np.ndarray]:
    """Poses (T, 24, 3) in rad and places of the root (T, 3) in m, at 60 Hz, from an official pickle.

    Raises UserError for a file that is too large, damaged, asks for anything but arrays, or has another
    layout.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_MB * 2**20:
            raise UserError(f"{path.name} is {size / 2**20:.0f} MB; at most {MAX_MB} MB are read.")
        data = read_pickle(path.read_bytes(), path.name)
        poses, trans, scaling = (np.asarray(data[k]) for k in ("smpl_poses", "smpl_trans", "smpl_scaling"))
    except UserError:
        raise
    except FileNotFoundError:
        raise UserError(f"There is no file {path.name}.") from None
    except Exception:  # a damaged pickle can raise anything
        raise UserError(f"{path.name} is not a readable AIST++ motion.") from None
    if any(a.dtype.kind not in "fiu" for a in (poses, trans, scaling)):
        raise UserError(f"{path.name} holds other things than numbers.")
    if poses.ndim != 2 or poses.shape[1] != 72 or not len(poses) or trans.shape != (len(poses), 3) \
            or scaling.size != 1:
        raise UserError(f"{path.name} has poses {poses.shape} and trans {trans.shape}; "
                        "(T, 72) and (T, 3) were expected.")
    scale = float(scaling.ravel()[0])
    if not (np.isfinite(poses).all() and np.isfinite(trans).all() and np.isfinite(scale) and scale > 0):
        raise UserError(f"{path.name} holds values that are no number, or a scaling of {scale:g}.")
    return poses.reshape(-1, 24, 3).astype(np.float64), trans.astype(np.float64) / scale


def is_sequence(path: str | Path) -> bool:
    """Whether a file is a pickle in this layout, whatever it is called."""
    try:
        with open(path, "rb") as file:
            if file.read(1) not in (b"\x80", b"(", b"}", b"c"):
                return False
        data = read_pickle(Path(path).read_bytes())
    except (OSError, UserError):
        return False
    return isinstance(data, dict) and {"smpl_poses", "smpl_trans", "smpl_scaling"} <= set(data)


def to_motion(poses: np.ndarray, trans: np.ndarray) -> Motion:
    """SMPL poses (T, 24, 3) and root places (T, 3) m at 60 Hz -> a motion of our 55 joints at 30 Hz.

    Set on the floor and planted, the first frame over x = z = 0, heading as in the file. The body only:
    AIST++ has no hands and no face.
    """
    world = kin.global_rotations(rot.quaternion_from_axis_angle(poses[:, :sk.BODY]))
    for joint, degrees in TRUNK_PITCH.items():
        world[:, joint] = rot.multiply(world[:, joint], rot.quaternion_about("x", np.radians(degrees)))
    rotations = np.zeros((len(poses), 55, 3))
    rotations[:, :sk.BODY] = rot.axis_angle_from_quaternion(kin.local_rotations(world))
    rotations[:, sk.FEET] = 0.0  # the fits' toes say nothing: flat, and bent by the planting where they must
    motion = Motion(FPS, rotations, trans * ROOT_SCALE, np.zeros((len(poses), 52)), parts=frozenset({"body"}))
    return plant_feet(on_floor(at_rate(motion)))


def clean_parts(motion: Motion) -> list[tuple[int, int]]:
    """Stretches (start, stop) of frames, at least four seconds each, in which nothing jumps."""
    frames = len(motion)
    bad = np.zeros(frames, bool)
    for values, limit in ((filters.joint_speed(motion).max(-1), _FASTEST),
                          (filters.angular_speed(motion, sk.BODY).max(-1), _SPIN),
                          (filters.joint_jerk(motion).max(-1), _JERK)):
        for shift in range(frames - len(values) + 1):
            bad[shift:shift + len(values)] |= values > limit
    margin = round(_MARGIN_S * motion.fps)
    wide = bad.copy()
    for a, b in runs(bad):
        wide[max(0, a - margin):b + margin] = True
    return [(a, b) for a, b in runs(~wide) if b - a >= SHORTEST_S * motion.fps]


def usable_parts(motion: Motion) -> tuple[list[tuple[int, int]], str]:
    """`clean_parts` of a recording and ""; none of them and the reason where it is too short, or most of it
    is in none."""
    if reason := too_short(motion):
        return [], reason
    parts = clean_parts(motion)
    good = sum(b - a for a, b in parts)
    if good < ENOUGH * len(motion):
        return [], (f"it jumps: only {good / motion.fps:.1f} of {motion.duration:.1f} s are in "
                    f"stretches of {SHORTEST_S:g} s or longer without a jump")
    return parts, ""


def aistpp_clips(folder: str | Path) -> Clips:
    """All sequences of an official AIST++ folder that are fit for use, at 30 Hz.

    `splits/crossmodal_{train,val,test}.txt` are respected where they are there (a sequence in none of them is
    left out), and so is `ignore_list.txt`. Whatever they say, nothing that was danced to the music of the
    official test is learned from, and no test sequence is in val. A sequence whose fit jumps is cut around
    the jump, or refused with the reason. Raises UserError if there is no folder `motions` with pickles.
    """
    found = []
    for sequence in sequences(folder):
        if sequence.left_out:
            found.append(Clips((), (Refusal(sequence.path.stem, sequence.left_out),)))
        else:
            found.append(_sequence(sequence.path, sequence.split))
    return Clips.of(found)


@dataclass(frozen=True)
class Sequence:
    """One pickle: the official split that it is in, if lists are there, and why it is left out, if it is."""

    path: Path
    split: str = ""
    left_out: str = ""


def sequences(folder: str | Path) -> list[Sequence]:
    """All pickles of an official folder and what its lists say of each; IGNORED where it has no ignore list.

    Mirrors that hold nothing but pickles will do. Raises UserError if there is none, or no folder.
    """
    folder = there(folder)
    paths = sorted((folder / "motions").glob("*.pkl")) or sorted(folder.glob("*.pkl"))
    if not paths:
        raise UserError(f"There are 0 pickles in {str(folder)!r} and its folder motions, and at least one "
                        "is needed.")
    ignored = set(names_in(folder / "ignore_list.txt")) or IGNORED
    lists = {s: folder / "splits" / f"crossmodal_{s}.txt" for s in SPLITS}
    splits = {n: s for s, path in lists.items() for n in names_in(path)}
    found = []
    for path in paths:
        told = read_name(path.stem)
        name = (told.sequence if told else "") or path.stem
        if name in ignored:
            found.append(Sequence(path, left_out="it is on the official ignore list"))
        elif splits and name not in splits:
            found.append(Sequence(path, left_out="it is in none of the official splits"))
        else:
            found.append(Sequence(path, splits.get(name, "")))
    return found


def _sequence(path: Path, split: str) -> Clips:
    name = path.stem
    try:
        told = read_name(name)
        if told is None or not told.sequence:
            raise UserError("its name is not one of AIST++'s")
        motion = to_motion(*load_sequence(path))
        must_stand(motion)
    except UserError as error:
        return Clips((), (Refusal(name, str(error)),))
    parts, reason = usable_parts(motion)
    if reason:
        return Clips((), (Refusal(name, reason),))
    origin = origin_of("aistpp", name, split=split)
    clips, refused = [], []
    for i, (a, b) in enumerate(parts):
        part = on_floor(motion.slice(a, b))
        label = f"aistpp/{name}" + (f"_p{i}" if len(parts) > 1 else "")
        reason = faults_of(part)
        if reason:
            refused.append(Refusal(label, reason))
        else:
            clips.append(origin.clip(label, part, LICENCE, ATTRIBUTION, told.tempo))
    return Clips(tuple(clips), tuple(refused))


def names_in(path: Path) -> list[str]:
    """The names in an official list, one a line; none where there is no such file."""
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError:
        return []
