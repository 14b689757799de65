"""Dances and music as the evaluator sees them: arrays at 30 rows a second."""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.places import at_rate
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.centre import headings_of
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY, MIRROR
from dance_core.music.features import Features

FPS = 30.0
MOTION_WIDTH = 2 * 3 * BODY  # places and velocities of the body's joints
_MIRROR = np.array(MIRROR[:BODY])

# What is heard: nothing that a beat tracker said, so that the judge does not share a generator's errors.
HEARD = ("onset_envelope", *(f"mfcc_{i}" for i in range(1, 21)), *(f"chroma_{i}" for i in range(1, 13)),
         "onset_peak", "loudness")


def motion_input(motion: Motion) -> np.ndarray:
    """(T, 132) float32: 22 joint places (m) and velocities (m/s), seen from the dancer in each frame.

    The pelvis' place on the floor is taken off and the heading turned to +Z, frame by frame, so that neither
    where nor which way somebody dances can tell the style.
    """
    moved = at_rate(motion, FPS)
    places = kin.joints(moved, BODY)
    heading = headings_of(moved)
    turn = rot.quaternion_about("y", -heading)[:, None]
    velocity = np.gradient(places, 1 / FPS, axis=0) if len(places) > 1 else np.zeros_like(places)
    here = rot.rotate(turn, places - places[:, :1] * [1.0, 0.0, 1.0])
    both = np.concatenate([here, rot.rotate(turn, velocity)], 1)
    return both.reshape(len(both), -1).astype(np.float32)


def mirrored(rows: np.ndarray) -> np.ndarray:
    """The input of the mirrored dance, from (…, 132) of the dance."""
    joints = rows.reshape(*rows.shape[:-1], 2, BODY, 3)[..., _MIRROR, :] * np.array([-1, 1, 1], np.float32)
    return joints.reshape(rows.shape)


def music_input(features: Features) -> np.ndarray:
    """(T, 35) float32: the columns HEARD."""
    columns = [features.names.index(name) for name in HEARD]
    return np.ascontiguousarray(features.values[:, columns], np.float32)
