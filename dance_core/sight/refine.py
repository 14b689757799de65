"""A fitted pose, moved so that it covers the landmarks in the picture, where they are most exact.

The networks' places in the picture are good to a fiftieth of a body's height, their depth to a tenth of a
metre or more. So the pose is sought by least squares whose joints, seen from far away (a metre is as many
pixels near and far), lie on the landmarks, whose depth is near the network's, and whose joints turned little
from what the fit in metres said. Bones keep their length: what a limb lacks in the picture, it has in depth.
"""

from __future__ import annotations

import numpy as np

from dance_core.motion import hinges
from dance_core.motion import kinematics as kin
from dance_core.motion import openpose as op
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.sight.landmarks import AT

_PICTURE_M, _DEPTH_M = 0.02, 0.08  # how exact landmarks are taken to be, m
_TURN = 0.35  # rad, how far joints turn from the first fit
_BEND = 0.15  # rad past a straight knee or elbow, and not further
_ROUNDS = 12
_STEP = 1e-4
_POINTS = {AT[f"{side}_{name}"]: sk.joint(f"{side}_{name}") for side in hinges.SIDES
           for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")}
_FACE = {AT["nose"]: 0, AT["right_ear"]: 3, AT["left_ear"]: 4}  # landmark -> row of openpose.FACE_OFFSETS
_MARKS = [*_POINTS, *_FACE]
# joints that turn freely; all of the spine turns as one
_FREE = (sk.PELVIS, sk.SPINE1, sk.NECK, sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER, sk.LEFT_HIP, sk.RIGHT_HIP)
_TOGETHER = {sk.SPINE1: (sk.SPINE1, sk.SPINE2, sk.SPINE3), sk.NECK: (sk.NECK, sk.HEAD)}
_HINGED = (sk.LEFT_ELBOW, sk.RIGHT_ELBOW, sk.LEFT_KNEE, sk.RIGHT_KNEE)
_COUNT = 3 * len(_FREE) + len(_HINGED)


def refine(local: np.ndarray, xy: np.ndarray, world: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Local rotations (22, 4) -> better ones.

    xy: (33, 2) pixels, world: (33, 3) m, as in `Landmarks`. weights: (33,) 0 to 1, how much each counts.
    """
    flat = np.asarray(xy, np.float64)[_MARKS] * [1.0, -1.0]
    deep = np.asarray(world, np.float64)[_MARKS, 2]
    w = np.asarray(weights, np.float64)[_MARKS]
    change, damping = np.zeros(_COUNT), 1e-2
    residual = _residuals(local, change[None], flat, deep, w)[0]
    for _ in range(_ROUNDS):
        tries = change + _STEP * np.eye(_COUNT)
        slope = (_residuals(local, tries, flat, deep, w) - residual).T / _STEP
        normal = slope.T @ slope
        step = np.linalg.solve(normal + damping * np.diag(np.diag(normal)), slope.T @ residual)
        after = _residuals(local, (change - step)[None], flat, deep, w)[0]
        if after @ after < residual @ residual:
            change, residual, damping = change - step, after, damping / 3
        else:
            damping *= 8
    return _changed(local, change[None])[0]


def _changed(local: np.ndarray, changes: np.ndarray) -> np.ndarray:
    """Local rotations (N, 22, 4) with changes (N, _COUNT) in radians."""
    out = np.repeat(local[None], len(changes), 0)
    turns = rot.quaternion_from_axis_angle(changes[:, :3 * len(_FREE)].reshape(len(changes), -1, 3))
    for i, joint in enumerate(_FREE):
        for j in _TOGETHER.get(joint, (joint,)):
            out[:, j] = rot.multiply(out[:, j], turns[:, i])
    for i, joint in enumerate(_HINGED):
        bend = changes[:, 3 * len(_FREE) + i, None] * hinges.HINGES[joint].axis
        out[:, joint] = rot.multiply(rot.quaternion_from_axis_angle(bend), out[:, joint])
    return out


def _residuals(local: np.ndarray, changes: np.ndarray, flat: np.ndarray, deep: np.ndarray,
               w: np.ndarray) -> np.ndarray:
    """(N, R) what is wrong with changes (N, _COUNT), each in units of what is usual."""
    turned = _changed(local, changes)
    world = kin.global_rotations(turned)
    places = kin.positions(world, np.zeros((len(changes), 3)))
    skin = rot.rotate(world[:, None, sk.HEAD], op.FACE_OFFSETS[list(_FACE.values())])
    face = places[:, None, sk.HEAD] + skin
    p = np.concatenate([places[:, list(_POINTS.values())], face], 1)
    # the scale and place in the picture that suit best
    share = w / w.sum()
    here, there = p[..., :2] - (share @ p[..., :2])[:, None], flat - share @ flat
    both, own = ((share[:, None] * here * other).sum((1, 2)) for other in (there, here))
    scale = np.maximum(both / np.maximum(own, 1e-9), 1e-9)  # pixels a metre
    off = (here - there / scale[:, None, None]) / _PICTURE_M
    hips = p[:, [_MARKS.index(AT["left_hip"]), _MARKS.index(AT["right_hip"])], 2].mean(1)
    depth = (p[..., 2] - hips[:, None] - deep) / _DEPTH_M
    return np.concatenate([(off * np.sqrt(w)[:, None]).reshape(len(changes), -1), depth * np.sqrt(w),
                           changes / _TURN, _bent_back(turned) / 0.05], 1)


def _bent_back(turned: np.ndarray) -> np.ndarray:
    """(N, 4) rad by which knees and elbows bend the wrong way, beyond what is allowed."""
    out = []
    for joint in _HINGED:
        axis = hinges.HINGES[joint].axis
        bend = 2 * np.arctan2(turned[:, joint, 1:] @ axis, turned[:, joint, 0])
        out.append(np.minimum(rot.wrapped(bend) + _BEND, 0.0))
    return np.stack(out, 1)
