"""A dance in which everything moves, for the tests of the body."""

from __future__ import annotations

import numpy as np

from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import PELVIS_HEIGHT


def flowing(frames: int, seed: int = 0, fps: float = 30.0) -> Motion:
    """Every joint, the root and the face move smoothly, each in its own way; amplitudes as in a dance."""
    rng = np.random.default_rng(seed)
    t = np.arange(frames)[:, None] / fps
    waves = [np.sin(2 * np.pi * (rng.uniform(0.2, 0.9, 165) * t + rng.uniform(size=165))) for _ in range(2)]
    size = np.repeat(np.where(np.arange(55) < 22, 0.45, 0.25), 3)
    rotations = (size * rng.uniform(0.2, 1, 165) * waves[0] * (0.6 + 0.4 * waves[1])).reshape(frames, 55, 3)
    rotations[:, 22] *= 0.3  # a jaw
    place = np.concatenate([0.3 * np.sin(t), PELVIS_HEIGHT + 0.05 * np.sin(3 * t), 0.2 * np.cos(t)], 1)
    face = np.clip(np.sin(2 * np.pi * (rng.uniform(0.2, 1, 52) * t + rng.uniform(size=52))), 0, 1)
    return Motion(fps, rotations, place, face)
