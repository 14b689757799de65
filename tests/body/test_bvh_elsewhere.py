"""BVH as a second library reads it: the same joints, no jitter, a rest pose that a rig can be made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from waves import flowing

from dance_core.motion import kinematics
from dance_core.motion.files import save_bvh
from dance_core.motion.skeleton import JOINT_NAMES, REST_JOINTS

pybvh = pytest.importorskip("pybvh")
_CENTIMETRES = 100.0


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory):
    motion = flowing(90, seed=4)
    path = Path(tmp_path_factory.mktemp("bvh")) / "dance.bvh"
    save_bvh(path, motion)
    return motion, pybvh.read_bvh_file(str(path))


def in_our_order(bvh, positions: np.ndarray) -> np.ndarray:
    return positions[:, [list(bvh.joint_names).index(n) for n in JOINT_NAMES]] / _CENTIMETRES


def test_joints_come_back_within_a_millimetre(read) -> None:
    motion, bvh = read
    assert len(bvh.joint_names) == 55 and bvh.frame_count == len(motion)
    assert bvh.fps == pytest.approx(30, abs=0.01)
    assert np.abs(in_our_order(bvh, bvh.joint_positions()) - kinematics.joints(motion)).max() < 1e-3


def test_no_jitter_is_added(read) -> None:
    motion, bvh = read
    theirs, ours = (np.diff(p, 2, axis=0) * 30 ** 2 for p in (in_our_order(bvh, bvh.joint_positions()),
                                                              kinematics.joints(motion)))
    size = np.linalg.norm(ours, axis=-1).mean(0)
    assert (np.linalg.norm(theirs - ours, axis=-1).mean(0) < 0.01 * size).all()


def test_the_rest_pose_is_a_t_pose_that_stands_upright(read) -> None:
    _, bvh = read
    rest = np.asarray(bvh.rest_pose_positions())
    rest = rest.reshape(-1, rest.shape[-2], 3)[0] / _CENTIMETRES
    names = [n.name for n in bvh.nodes]
    at = np.array([rest[names.index(n)] for n in JOINT_NAMES])
    assert np.abs((at - at[0]) - (REST_JOINTS - REST_JOINTS[0])).max() < 1e-4
