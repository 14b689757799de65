"""What the browser gets: a motion as a few hundred bytes a frame, a song's outline as peaks.

`DNC1`, little-endian throughout:

    4 bytes   magic "DNC1"
    4 bytes   uint32, length of the header
    header    JSON {"fps", "start", "frames", "joints": 55, "contacts": true, "betas"}, zeros up to a multiple
              of 4; "betas" are told of other bodies than the neutral one
    int16     (frames, 55, 4) local quaternions w, x, y, z, times 32767
    float32   (frames, 3) place of the pelvis joint in metres
    uint8     (frames, 52) face coefficients, times 255
    uint8     (frames,) feet on the floor, where the header says so: 1 left ankle, 2 left toe, 4 right ankle,
              8 right toe, added up

A frame takes 505 bytes: 15 KB a second, 0.91 MB a minute at 30 frames a second. int16 quaternions are good
to 0.004 degrees; neighbours in time have like signs, so the browser may blend them directly.
"""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.motion import BETAS, FACE, JOINTS, Motion
from dance_core.music.song import Song

MAGIC = b"DNC1"
_QUATERNION_SCALE = 32767.0
_FACE_SCALE = 255.0
_FEET = np.array([1, 2, 4, 8], np.uint8)
PEAKS_PER_SECOND = 100


def pack_motion(motion: Motion, start: int = 0, contacts: np.ndarray | None = None) -> bytes:
    """A motion as DNC1 bytes.

    Args:
        motion: the frames.
        start: the place of its first frame in the whole dance (frames).
        contacts: (frames, 4) bool as from `motion.contacts.detect_contacts`; None: they are not told.
    """
    frames = len(motion)
    told: dict[str, Any] = {} if contacts is None else {"contacts": True}
    if motion.betas.any():
        told["betas"] = [round(float(b), 4) for b in motion.betas]
    header = json.dumps({"fps": motion.fps, "start": int(start), "frames": frames, "joints": JOINTS, **told})
    text = header.encode()
    text += b"\0" * (-len(text) % 4)
    quaternions = rot.unroll(rot.quaternion_from_axis_angle(motion.rotations))
    parts = [
        MAGIC, struct.pack("<I", len(text)), text,
        np.rint(quaternions * _QUATERNION_SCALE).astype("<i2").tobytes(),
        motion.translation.astype("<f4").tobytes(),
        np.rint(np.clip(motion.face, 0, 1) * _FACE_SCALE).astype(np.uint8).tobytes(),
    ]
    if contacts is not None:
        on = np.asarray(contacts, bool)
        if on.shape != (frames, 4):
            raise ValueError(f"contacts have shape {on.shape}, expected {(frames, 4)}")
        parts.append((on * _FEET).sum(1).astype(np.uint8).tobytes())
    return b"".join(parts)


def unpack_motion(data: bytes) -> tuple[Motion, int]:
    """The inverse of `pack_motion`: (motion, start frame). Raises ValueError for bytes that are not DNC1."""
    header, (quaternions, root, face, _) = _parts(data)
    motion = Motion(fps=float(header["fps"]),
                    rotations=rot.axis_angle_from_quaternion(quaternions / _QUATERNION_SCALE),
                    translation=root, face=face / _FACE_SCALE,
                    betas=np.array(header.get("betas", np.zeros(BETAS)), np.float32))
    return motion, int(header["start"])


def unpack_contacts(data: bytes) -> np.ndarray | None:
    """(frames, 4) bool, or None where the bytes don't tell. Raises ValueError as `unpack_motion`."""
    feet = _parts(data)[1][3]
    return None if feet is None else (feet[:, None] & _FEET) > 0


def _parts(data: bytes) -> tuple[dict[str, Any], list[np.ndarray | None]]:
    """Header; quaternions, root, face and feet as they are in the file."""
    if data[:4] != MAGIC or len(data) < 8:
        raise ValueError("not DNC1: the magic is missing")
    (size,) = struct.unpack("<I", data[4:8])
    header = json.loads(data[8 : 8 + size].rstrip(b"\0"))
    frames, joints = int(header["frames"]), int(header["joints"])
    place = 8 + size
    parts: list[np.ndarray | None] = []
    kinds = [("<i2", (frames, joints, 4)), ("<f4", (frames, 3)), ("u1", (frames, FACE)), ("u1", (frames,))]
    for kind, shape in kinds if header.get("contacts") else kinds[:3]:
        count = int(np.prod(shape))
        if place + count * np.dtype(kind).itemsize > len(data):
            raise ValueError(f"DNC1 of {frames} frames is cut off at {len(data)} bytes")
        parts.append(np.frombuffer(data, kind, count, place).reshape(shape))
        place += count * np.dtype(kind).itemsize
    return header, parts if header.get("contacts") else [*parts, None]


def pack_peaks(song: Song, per_second: int = PEAKS_PER_SECOND) -> bytes:
    """The loudest sample of every 1/per_second s of a song, as uint8 (255 = the loudest of all).

    For drawing the waveform: 100 bytes a second instead of decoding the audio a second time.
    """
    count = max(1, int(np.ceil(song.duration * per_second)))
    edges = np.minimum(np.arange(count) * song.sample_rate // per_second, len(song.samples) - 1)
    peaks = np.maximum.reduceat(np.abs(song.samples), edges.astype(np.int64))
    return np.rint(255 * peaks / max(float(peaks.max()), 1e-9)).astype(np.uint8).tobytes()
