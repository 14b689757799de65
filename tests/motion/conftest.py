"""Motions that the tests of this room share: a made one, and recorded dances where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dance_core.motion import ik
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion

RECORDED = Path(__file__).resolve().parents[3] / "shared/data/motion"
CLIPS = ("aistpp/gBR_sBM_cAll_d04_mBR0_ch01.npz", "cmu_salsa/60_05.npz", "g1_moves/J_Dance4_Broadway.npz")


def smooth(rng: np.random.Generator, frames: int, fps: float, shape: tuple[int, ...]) -> np.ndarray:
    """Random curves (frames, *shape) of about unit size, made of sines below 1.5 Hz."""
    t = np.arange(frames).reshape(-1, *[1] * len(shape)) / fps
    parts = [np.sin(2 * np.pi * (f * t + rng.uniform(size=shape))) / 2 for f in (0.4, 0.9, 1.4)]
    return sum(parts) * rng.uniform(0.5, 1.0, shape)


@pytest.fixture(scope="session")
def make_motion() -> Callable[..., Motion]:
    """make_motion(frames=90, fps=30, seed=0): every joint, the root and the face move smoothly."""
    def make(frames: int = 90, fps: float = 30.0, seed: int = 0) -> Motion:
        rng = np.random.default_rng(seed)
        rotations = 0.6 * smooth(rng, frames, fps, (55, 3))
        root = 0.3 * smooth(rng, frames, fps, (3,)) + [0.0, 1.0, 0.0]
        face = np.clip(0.5 + 0.5 * smooth(rng, frames, fps, (52,)), 0.0, 1.0)
        return Motion(fps, rotations, root, face)
    return make


@pytest.fixture(scope="session")
def make_stander() -> Callable[..., Motion]:
    """make_stander(pelvis (T, 3), left (T, 3), right (T, 3)): flat feet with their ankles there, by IK."""
    def make(pelvis: np.ndarray, left: np.ndarray, right: np.ndarray, fps: float = 30.0) -> Motion:
        frames = len(pelvis)
        still = np.tile([1.0, 0.0, 0.0, 0.0], (frames, 1))
        rotations = np.zeros((frames, 55, 3))
        for i, (side, ankle) in enumerate((("left", left), ("right", right))):
            leg = ik.solve_leg(still, pelvis, side, ankle, foot=still)
            for j, q in ((sk.LEFT_HIP, leg.hip), (sk.LEFT_KNEE, leg.knee), (sk.LEFT_ANKLE, leg.ankle)):
                rotations[:, j + i] = rot.axis_angle_from_quaternion(q)
        return Motion(fps, rotations, pelvis, np.zeros((frames, 52)))
    return make


@pytest.fixture(scope="session", params=CLIPS)
def recorded_path(request: pytest.FixtureRequest) -> Path:
    """A recorded dance, outside of the project."""
    path = RECORDED / request.param
    if not path.exists():
        pytest.skip(f"{path} is not here: recorded dances are kept outside of the project")
    return path


@pytest.fixture(scope="session")
def recorded(recorded_path: Path) -> Motion:
    """At most ten seconds of a recorded dance."""
    return load_npz(recorded_path).slice(0, 300)


@pytest.fixture(scope="session")
def recorded_contacts(recorded_path: Path) -> np.ndarray:
    """(T, 4) bool, as labelled in the recording's own file."""
    with np.load(recorded_path, allow_pickle=False) as z:
        return z["contacts"][:300]
