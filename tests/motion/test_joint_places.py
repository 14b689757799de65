"""Places of joints in: true to the millimetre, however they are told; twist is a guess, and said to be
one.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from foreign import Y_DOWN, Z_UP, a_dance, off
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion
from dance_core.motion.reading import read_motion

SMPL24 = [*range(22), 25, 40]


@pytest.fixture(scope="module")
def dance() -> Motion:
    return a_dance()


def humanml(dance: Motion) -> np.ndarray:
    """HumanML3D's 263 features of a dance (Guo et al., "Generating Diverse and Natural 3D Human Motions from
    Text", 2022): root about Y, its velocities in its own frame, places seen from it. Rotations are left zero,
    since whoever reads them is deceived."""
    p = kin.joints(dance, 22)
    across = p[:, 2] - p[:, 1] + p[:, 17] - p[:, 16]
    front = np.cross(np.array([0.0, 1.0, 0.0]), -across)
    yaw = np.unwrap(np.arctan2(front[:, 0], front[:, 2]))
    to_front = rot.quaternion_about("y", -yaw)
    out = np.zeros((len(p), 263))
    out[:-1, 0] = -np.diff(yaw) / 2
    step = np.zeros_like(p[:, 0])
    step[:-1] = np.diff(p[:, 0], axis=0)
    out[:-1, 1:3] = rot.rotate(to_front[1:], step[:-1])[:, [0, 2]]
    out[:, 3] = p[:, 0, 1]
    seen = rot.rotate(to_front[:, None], (p - p[:, :1] * [1, 0, 1]))
    out[:, 4:67] = seen[:, 1:].reshape(len(p), -1)
    out[:, 259:] = 1.0
    return out


def test_humanml3d(tmp_path: Path, dance: Motion) -> None:
    np.save(tmp_path / "a.npy", humanml(dance))
    found = read_motion(tmp_path / "a.npy")
    assert found.motion.fps == 20 and "HumanML3D" in found.kind and any("guess" in s for s in found.said)
    assert off(found.motion, dance)[0] < 1e-3


def test_humanml3d_as_networks_have_it_is_refused(tmp_path: Path, dance: Motion) -> None:
    np.save(tmp_path / "a.npy", (humanml(dance) - 0.31) / 0.5)
    with pytest.raises(UserError, match="normalized"):
        read_motion(tmp_path / "a.npy")


@pytest.mark.parametrize("held", ["rows", "dictionary", "joints"])
@pytest.mark.parametrize(("axes", "unit"), [(np.eye(3), 1.0), (Z_UP, 0.01), (Y_DOWN, 0.001), (np.eye(3),
                                                                                              0.7)])
def test_bailando_and_bare_places(tmp_path: Path, dance: Motion, held: str, axes: np.ndarray, unit: float
                                  ) -> None:
    p = kin.joints(dance, 55)[:, SMPL24] @ axes.T / unit
    if held == "joints":
        np.save(tmp_path / "a.npy", p[:, :22])
    else:
        rows = p.reshape(len(p), 72)
        np.save(tmp_path / "a.npy", rows if held == "rows" else np.array({"pred_position": rows}, object),
                allow_pickle=True)
    found = read_motion(tmp_path / "a.npy", fps=30.0)
    assert off(found.motion, dance)[0] < 1e-3
    assert any("twisted" in s for s in found.said)
    if held != "joints":
        assert read_motion(tmp_path / "a.npy").motion.fps == 60


def test_knees_and_elbows_bend_their_way(tmp_path: Path, dance: Motion) -> None:
    from dance_core.motion import hinges

    np.save(tmp_path / "a.npy", kin.joints(dance, 22))
    back = read_motion(tmp_path / "a.npy", fps=30.0).motion
    wrong = [hinges.bent_backwards(limb, rot.quaternion_from_axis_angle(back.rotations[:, j])).max()
             for j, limb in hinges.HINGES.items()]
    assert max(wrong) < 5.0


@given(st.floats(-180, 180), st.floats(0.001, 1000.0), st.integers(0, 5))
def test_where_it_looks_and_how_large_it_is_does_not_matter(yaw: float, size: float, seed: int) -> None:
    from dance_core.motion.reading.positions import of_places

    dance = a_dance(20, seed=seed)
    turned = rot.rotate(rot.quaternion_about("y", np.radians(yaw)), kin.joints(dance, 22)) * size + 3.0
    assert off(of_places(turned, 30.0, "places").motion, dance)[0] < 1e-3


def test_joints_in_another_order_are_refused(tmp_path: Path, dance: Motion) -> None:
    p = kin.joints(dance, 22)[:, np.random.default_rng(0).permutation(22)]
    np.save(tmp_path / "a.npy", p)
    with pytest.raises(UserError):
        read_motion(tmp_path / "a.npy", fps=30.0)


def test_turns_of_72_numbers_are_no_places(tmp_path: Path, dance: Motion) -> None:
    np.save(tmp_path / "a.npy", dance.rotations[:, :24].reshape(len(dance), 72))
    with pytest.raises(UserError, match="--fps"):
        read_motion(tmp_path / "a.npy")
    found = read_motion(tmp_path / "a.npy", fps=30.0)
    assert not found.placed and "poses" in found.kind
    assert sk.JOINT_NAMES[0] == "pelvis"
