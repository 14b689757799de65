"""Dances whose every count is known, and folders of them, for the tests of the corpus."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from dance_core.corpus.clips import Clip
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features

FPS = 30.0


def pulsing(counts: np.ndarray, seconds: float, seed: int = 0, size: float = 0.9) -> Motion:
    """Stands, and takes a new pose of arms and chest on each count: at rest there, moving in between."""
    rng = np.random.default_rng(seed)
    clock = np.arange(round(seconds * FPS)) / FPS
    times = np.concatenate([[counts[0] - 5.0], counts, [counts[-1] + 5.0]])
    aims = rng.normal(0, size, (len(times), 7))
    k = np.clip(np.searchsorted(times, clock, side="right") - 1, 0, len(times) - 2)
    part = minimum_jerk((clock - times[k]) / (times[k + 1] - times[k]))[:, None]
    aim = aims[k] * (1 - part) + aims[k + 1] * part
    q = np.zeros((len(clock), 55, 4))
    q[..., 0] = 1.0
    q[:, sk.SPINE2] = rot.quaternion_about("y", 0.3 * aim[:, 6])
    for i in (0, 1):
        down = rot.quaternion_about("z", np.full(len(clock), (-1.0, 1.0)[i]))
        q[:, sk.LEFT_SHOULDER + i] = rot.multiply(
            rot.multiply(rot.quaternion_about("x", aim[:, 3 * i]),
                         rot.quaternion_about("z", 0.7 * aim[:, 3 * i + 1])), down)
        bend = 0.6 + 0.4 * np.abs(aim[:, 3 * i + 2])
        q[:, sk.LEFT_ELBOW + i] = rot.quaternion_about("y", (-1, 1)[i] * bend)
    place = np.tile([0.0, sk.PELVIS_HEIGHT, 0.0], (len(clock), 1))
    return Motion(FPS, rot.axis_angle_from_quaternion(q), place, np.zeros((len(clock), 52)),
                  parts=frozenset({"body"}))


def clip(name: str, pace: float = 0.5, seconds: float = 16.0, seed: int = 0, family: str = "practice",
         group: str | None = None, split: str = "") -> Clip:
    """A pulsing dancer of `pace` seconds a count."""
    counts = np.arange(0.2, seconds, pace)
    return Clip(f"{family}/{name}", family, "party", group or f"{family}/{name}",
                pulsing(counts, seconds, seed), "CC0-1.0", "Made by a test.", 60.0 / pace, split)


def steady(tempo: float, seconds: float, first: float = 0.3) -> tuple[Features, Beats]:
    """The two columns that an arranger hears, and the beats, of a song at one tempo that swells half-way."""
    times = np.arange(first, seconds, 60.0 / tempo)
    frames = int(seconds * FPS)
    beats = Beats(times, np.arange(len(times)) % 4 + 1, tempo, 1.0)
    phase = beats.phase(np.arange(frames) / FPS) % 1.0
    loud = np.where(np.arange(frames) < frames / 2, 0.5, 0.9)
    values = np.stack([np.exp(-4 * phase) * loud, loud], -1).astype(np.float32)
    return Features(values, ("onset_envelope", "loudness")), beats


def write_folder(folder: Path, clips: list[Clip], notes: Mapping[str, str] | None = None) -> Path:
    """A folder of uniform files with its index.csv, as the project's recorded dances are kept.

    notes: what the index's beat_note says of a clip, by name.
    """
    rows = []
    for one in clips:
        source, _, name = one.name.partition("/")
        path = folder / source / f"{name}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, poses=one.motion.rotations[:, :22].reshape(len(one.motion), 66),
                 trans=one.motion.translation, mocap_framerate=np.float32(30), yaw_applied=np.float32(0),
                 licence=np.str_(one.licence), attribution=np.str_(one.attribution))
        rows.append({"source": source, "clip": name, "file": f"{source}/{name}.npz",
                     "style": one.style, "tempo_bpm": one.tempo, "beat_confidence": 1.0,
                     "beat_note": (notes or {}).get(one.name, "")})
    with open(folder / "index.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder
