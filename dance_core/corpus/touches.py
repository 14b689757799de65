"""Hands and face on top of a recorded body, by rule: nobody offers captured ones under terms that allow it.

The Studio's hand shapes and faces are reached on counts. How open the hands are follows how far the arms
reach and how the music swells; the face follows the music's energy; blinks come by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.dancer.keys import Keys, smooth
from dance_core.corpus.studio.dancer.pose import face_values, hand_rotations
from dance_core.corpus.studio.dancer.style import STYLES
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import PARTS, Motion

_ARM = 0.48  # m, shoulder to wrist when straight
_BLINK_S = 0.045
_SMOOTH = 1.5  # frames


@dataclass(frozen=True)
class Manner:
    """Hand shapes at rest and when the arm reaches out or hits, and faces in calm and in loud music."""

    rest: tuple[str, ...]
    reach: tuple[str, ...]
    hit: tuple[str, ...]
    faces: tuple[tuple[str, ...], tuple[str, ...]]


_PLAIN = Manner(("relaxed", "soft"), ("open", "soft", "flat"), ("fist", "open", "point"),
                (("calm", "smile", "cool"), ("smile", "grin", "joy")))
_MANNERS: dict[str, Manner] = {
    "salsa": Manner(("relaxed", "soft"), ("soft", "open"), ("soft", "open"),
                    (("calm", "smile"), ("smile", "grin", "joy"))),
    "party": _PLAIN,
    "modern": Manner(("soft", "relaxed"), ("soft", "open", "flat"), ("open", "soft"),
                     (("tender", "calm", "closed"), ("tender", "focus", "smile"))),
}


def manner_of(style: str) -> Manner:
    """How a style's hands and face are; a Studio style's own hand and faces among the usual ones."""
    if style in _MANNERS or style not in STYLES:
        return _MANNERS.get(style, _PLAIN)
    s = STYLES[style]
    return Manner((s.hand, "relaxed"), (s.hand, "open"), (s.hand, "fist", "point"),
                  ((s.faces[0], "calm"), (s.faces[1], s.faces[0])))


def with_touches(motion: Motion, times: np.ndarray, place: int, energy: np.ndarray, style: str,
                 seed: int) -> Motion:
    """The motion with hands and face; body and root stay bit for bit.

    times: (C,) s of the counts; place: of the first in its bar of four; energy: (C,) -1 to 1.
    """
    rng = np.random.default_rng([seed, 21])
    clock = np.arange(len(motion)) / motion.fps
    count = np.interp(clock, times, np.arange(len(times)) + float(place))
    loud = np.interp(clock, times, energy)
    manner = manner_of(style)
    rotations = motion.rotations.copy()
    reach, speed = _arms(motion)
    for i, (side, hand) in enumerate((("L", sk.LEFT_HAND), ("R", sk.RIGHT_HAND))):
        rotations[:, hand] = _hand(manner, side, count, reach[:, i], speed[:, i], loud, rng)
    face = _face(manner, count, clock, loud, rng)
    return Motion(motion.fps, rotations, motion.translation, face, motion.betas, PARTS)


def _arms(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """How far each arm is stretched, (T, 2) 0 to 1, and how fast each wrist is against the pelvis, m/s."""
    places = kin.positions(kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[:, :22])),
                           motion.translation)
    wrists, shoulders = places[:, [20, 21]], places[:, [16, 17]]
    reach = np.linalg.norm(wrists - shoulders, axis=-1) / _ARM
    speed = np.linalg.norm(np.gradient(wrists - places[:, :1], 1 / motion.fps, axis=0), axis=-1)
    return np.clip((reach - 0.75) / 0.2, 0, 1), speed


def _hand(manner: Manner, side: str, count: np.ndarray, reach: np.ndarray, speed: np.ndarray,
          loud: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(T, 15, 3) rad: a shape every two counts, chosen by what the arm does there."""
    first, last = int(np.floor(count[0])) - 2, int(np.ceil(count[-1])) + 2
    rest, out, hit = (m[int(rng.integers(len(m)))] for m in (manner.rest, manner.reach, manner.hit))
    keys, now = [], rest
    for c in range(first, last + 1, 2):
        if c % 16 == 0:  # now and then other shapes
            rest, out, hit = (m[int(rng.integers(len(m)))] for m in (manner.rest, manner.reach, manner.hit))
        near = slice(*np.searchsorted(count, [c - 1.0, c + 0.6]))
        if near.stop > near.start:
            fast, far = float(speed[near].max()), float(reach[near].mean())
            wild = fast > 3.0 - 0.8 * float(loud[near].mean())
            now = hit if wild and far < 0.5 else out if far > 0.5 or wild else rest
        keys.append((float(c), hand_rotations(now, side), 0.7))
    return smooth(Keys.of(keys).at(count, 0.5), _SMOOTH)


def _face(manner: Manner, count: np.ndarray, clock: np.ndarray, loud: np.ndarray,
          rng: np.random.Generator) -> np.ndarray:
    """(T, 52): a mood every four counts, an accent on the bar's one in loud music, blinks."""
    keys = []
    for c in range(int(np.floor(count[0] / 4)) * 4 - 4, int(np.ceil(count[-1])) + 5, 4):
        swell = float(np.interp(c + 2.0, count, loud))
        moods = manner.faces[int(rng.random() < 0.5 + 0.5 * swell)]
        keys.append((float(c), face_values(moods[int(rng.integers(len(moods)))]), 2.0))
    face = smooth(Keys.of(keys).at(count, 1.0), 2.0)
    accent = np.clip(np.cos(np.pi * count / 4), 0, 1) ** 18 * np.clip(0.5 + 0.5 * loud, 0, 1)
    for name, amount in (("jawOpen", 0.12), ("browInnerUp", 0.16), ("browOuterUpLeft", 0.12),
                         ("browOuterUpRight", 0.12)):
        face[:, sk.FACE_NAMES.index(name)] += amount * accent
    blinks = np.cumsum(rng.gamma(4.0, 0.9, int(clock[-1] / 1.5) + 8))
    shut = np.exp(-0.5 * ((clock[:, None] - blinks) / _BLINK_S) ** 2).max(-1)
    for name in ("eyeBlinkLeft", "eyeBlinkRight"):
        k = sk.FACE_NAMES.index(name)
        face[:, k] = np.maximum(face[:, k], shut)
    return np.clip(face, 0, 1)
