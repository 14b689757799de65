"""Uniform files: one recorded dance each, at 30 frames a second on our skeleton, and the index of a folder.

`<source>/<clip>.npz` holds `poses` (T, 66), or (T, 165) with fingers: axis-angle in rad; `trans` (T, 3), the
pelvis joint in the world in m, Y up, the floor at 0, frame 0 over x = z = 0 with its pelvis facing +Z;
`mocap_framerate`; `contacts` (T, 4); tempo and beats where known; `source`, `licence`, `attribution`; and
what was done to it: `origin_applied` (m) and `yaw_applied` (rad), so that the place in the source's world is
Ry(-yaw) P + origin; `root_scale` (m in one unit of the source), `src_start_s`. Values are rounded to 2^-14.
index.csv has a row for each.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from dance_core.atomic import replacing
from dance_core.corpus.library import facing_of
from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import detect_contacts
from dance_core.motion.motion import Motion

INDEX = "index.csv"
COLUMNS = ("source", "clip", "file", "seconds", "frames30", "style", "split", "tempo_bpm", "beat_confidence",
           "beat_note", "licence", "attribution")
_GRAIN = 2.0**14
_FLAT = 0.3  # horizontal part of the pelvis' front, of 1, below which it says nothing
_NOMINAL = 0.7  # confidence of a tempo that a name tells


def faced(motion: Motion) -> tuple[Motion, float]:
    """The dance with frame 0 over x = z = 0 and its pelvis facing +Z, and the turn about Y in rad."""
    ahead = rot.rotate(rot.quaternion_from_axis_angle(motion.rotations[0, 0]), [0.0, 0.0, 1.0])
    if np.hypot(ahead[0], ahead[2]) < _FLAT:  # it faces ceiling or floor: hips and shoulders tell more
        yaw = -float(facing_of(kin.joints(motion.slice(0, 1), sk.BODY))[0])
    else:
        yaw = -float(np.arctan2(ahead[0], ahead[2]))
    turn = rot.quaternion_about("y", yaw)
    places = rot.rotate(turn, motion.translation - motion.translation[0] * [1.0, 0.0, 1.0])
    rotations = motion.rotations.copy()
    pelvis = rot.multiply(turn, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    rotations[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    return Motion(motion.fps, rotations, places, motion.face, motion.betas, motion.parts), yaw


def save_uniform(path: Path, motion: Motion, *, source: str, licence: str, attribution: str,
                 tempo: float = 0.0, root_scale: float = 1.0, start: float = 0.0,
                 origin: ArrayLike = (0.0, 0.0, 0.0)) -> None:
    """Write one dance (at 30 frames a second, on the floor); the same dance gives the same bytes.

    tempo: BPM with a beat on the source's first frame, 0 where unknown. start: s into the source.
    origin: (3,) m, where frame 0 is in the source's world (y: 0).
    """
    motion, yaw = faced(motion)
    joints = 55 if "hands" in motion.parts else sk.BODY
    beats = np.zeros(0)
    if tempo:
        beat = 60.0 / tempo
        beats = np.arange(np.ceil(start / beat - 1e-9), np.floor((start + motion.duration) / beat) + 1)
        beats = beats * beat - start
    arrays = {
        "poses": _rounded(motion.rotations[:, :joints].reshape(len(motion), -1)),
        "trans": _rounded(motion.translation), "mocap_framerate": np.float32(motion.fps),
        "source": np.str_(source), "licence": np.str_(licence), "attribution": np.str_(attribution),
        "tempo_bpm": np.float32(tempo), "beat_times": beats[beats < motion.duration].astype(np.float32),
        "beat_confidence": np.float32(_NOMINAL if tempo else 0.0), "contacts": detect_contacts(motion),
        "yaw_applied": np.float32(yaw), "origin_applied": np.asarray(origin, np.float32),
        "root_scale": np.float32(root_scale), "src_start_s": np.float32(start),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        with open(part, "xb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)


def row_of(file: str, motion: Motion, *, style: str = "", split: str = "", tempo: float = 0.0, note: str = "",
           licence: str, attribution: str) -> dict[str, str]:
    """The index row of a file "<source>/<clip>.npz"."""
    source, _, clip = file.removesuffix(".npz").partition("/")
    values = (source, clip, file, f"{motion.duration:.2f}", len(motion), style, split, f"{tempo:g}",
              _NOMINAL if tempo else 0, note, licence, attribution)
    return dict(zip(COLUMNS, map(str, values), strict=True))


def read_index(folder: Path) -> csv.DictReader:
    """The rows of a folder's index.csv. UserError if it is missing or is no text."""
    try:
        return csv.DictReader(io.StringIO((folder / INDEX).read_text(encoding="utf-8")))
    except OSError:
        raise UserError(f"There is no {INDEX} in {folder.name!r}, so it is no folder of uniform "
                        "dances.") from None
    except UnicodeDecodeError:
        raise UserError(f"{INDEX} in {folder.name!r} is not UTF-8 text.") from None


def write_index(folder: Path, rows: Iterable[dict[str, str]]) -> None:
    """Write index.csv in one step, rows in the order of their files."""
    with replacing(folder / INDEX) as part:
        with open(part, "x", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(sorted(rows, key=lambda row: row["file"]))


def _rounded(values: np.ndarray) -> np.ndarray:
    return (np.rint(np.asarray(values, np.float64) * _GRAIN) / _GRAIN).astype(np.float32)
