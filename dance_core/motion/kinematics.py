"""Forward kinematics of the SMPL-X skeleton: joint rotations to joint places."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion import rotations as rot
from dance_core.motion import shape
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BONES, LEVELS, PARENTS


def global_rotations(quaternions: ArrayLike) -> np.ndarray:
    """Local (…, J, 4) quaternions of the first J SMPL-X joints -> the same in the world, (…, J, 4)."""
    q = np.asarray(quaternions, np.float64)
    out = np.empty_like(q)
    out[..., 0, :] = q[..., 0, :]
    for level in LEVELS:
        joints = [j for j in level if j < q.shape[-2]]
        if joints:
            out[..., joints, :] = rot.multiply(out[..., [PARENTS[j] for j in joints], :], q[..., joints, :])
    return out


def local_rotations(world: ArrayLike) -> np.ndarray:
    """Inverse of `global_rotations`: world (…, J, 4) -> relative to the parent (…, J, 4)."""
    g = np.asarray(world, np.float64)
    out = g.copy()
    parents = list(PARENTS[1:g.shape[-2]])
    out[..., 1:, :] = rot.multiply(rot.inverse(g[..., parents, :]), g[..., 1:, :])
    return out


def positions(world: ArrayLike, pelvis: ArrayLike, bones: np.ndarray = BONES) -> np.ndarray:
    """Joint places (…, J, 3) m from world rotations (…, J, 4) and the pelvis' place (…, 3) m.

    bones: (55, 3) m, of another body than the neutral one: `shape.bones(motion.betas)`.
    """
    g, root = np.asarray(world, np.float64), np.asarray(pelvis, np.float64)
    count = g.shape[-2]
    out = np.empty((*g.shape[:-1], 3))
    out[..., 0, :] = root
    out[..., 1:, :] = rot.rotate(g[..., list(PARENTS[1:count]), :], bones[1:count])  # from the parent
    for j in range(1, count):
        out[..., j, :] += out[..., PARENTS[j], :]
    return out


def joints(motion: Motion, count: int = 55) -> np.ndarray:
    """World places (T, count, 3) in metres of a motion's first `count` joints, of a body of its betas."""
    bones = shape.bones(motion.betas)
    out = np.empty((len(motion), count, 3))
    for start, block in motion.blocks():
        q = rot.quaternion_from_axis_angle(block.rotations[:, :count])
        out[start:start + len(block)] = positions(global_rotations(q), block.translation, bones)
    return out
