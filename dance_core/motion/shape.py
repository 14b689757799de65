"""What betas do to the body: each of the first five makes some bones longer or shorter, with their flesh.

A bone's length, and the flesh around a joint, grow by a share of what they are, added up over the betas:

    bone j   ×  1 + Σ_k betas[k] · BONE_GROWTH[k, j]             from its parent to joint j
    flesh j  ×  1 + Σ_k betas[k] · FLESH_GROWTH[k, j]            along x, y and z, as seen from joint j

So the joints at rest are linear in the betas, as in SMPL (Loper et al. 2015), and `shapedirs` of the bundled
body are these tables worked out for each of its vertices. The directions are ours: the licensed SMPL-X has
others, whose betas mean other things.

Hips, legs and feet all grow by one factor. So a dance with the same rotations, and its way scaled by that
factor, has its feet where they were, times the factor: what stood still stands, and on the floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from dance_core.errors import UserError
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import BETAS, Motion

DIRECTIONS = ("size", "legs", "arms", "trunk", "shoulders")  # what betas[0], betas[1], … are
MOST = 3.0  # of each beta, either way
LONGEST, SHORTEST = 1.25, 0.8  # times as long as at rest that a bone may be
_UNIT = 0.04  # how much one beta is
_AVERAGE = 0.04  # share by which a bone of the average body may differ
_CALM = 0.02  # weight of small betas against bones that fit
_LEGS = [sk.joint(f"{side}_{name}") for side in ("left", "right")
         for name in ("hip", "knee", "ankle", "foot")]
_SPINE = [sk.SPINE1, sk.SPINE2, sk.SPINE3]


def _grow() -> tuple[np.ndarray, np.ndarray]:
    bones, flesh = np.zeros((len(DIRECTIONS), 55)), np.zeros((len(DIRECTIONS), 55, 3))
    size, legs, arms, trunk, shoulders = range(len(DIRECTIONS))
    bones[size], flesh[size] = 1.0, 1.0
    bones[legs, _LEGS], flesh[legs, [sk.PELVIS, *_LEGS]] = 1.0, 1.0
    # a long thigh is not as much thicker; but feet are of one piece, or soles would not lie on the floor
    flesh[legs, [sk.LEFT_HIP, sk.RIGHT_HIP, sk.LEFT_KNEE, sk.RIGHT_KNEE]] = 0.5, 1.0, 0.5
    bones[arms, [sk.LEFT_ELBOW, sk.RIGHT_ELBOW, sk.LEFT_WRIST, sk.RIGHT_WRIST]] = 1.0
    flesh[arms, [sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER, sk.LEFT_ELBOW, sk.RIGHT_ELBOW]] = 1.0, 0.3, 0.3
    bones[trunk, [*_SPINE, sk.NECK, sk.LEFT_COLLAR, sk.RIGHT_COLLAR]] = 1.0  # the last three: the chest's top
    flesh[trunk, _SPINE] = 0.3, 1.0, 0.3
    bones[shoulders, [sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER]] = 1.0
    flesh[shoulders, sk.SPINE3] = 0.5, 0.0, 0.2
    flesh[shoulders, [sk.LEFT_COLLAR, sk.RIGHT_COLLAR]] = 1.0, 0.0, 0.3
    for table in (bones, flesh):
        table *= _UNIT
        table.setflags(write=False)
    return bones, flesh


BONE_GROWTH, FLESH_GROWTH = _grow()  # (5, 55) and (5, 55, 3), shares a beta

BUILDS: Mapping[str, tuple[float, ...]] = MappingProxyType({  # name -> betas, as many as it needs
    "average": (),
    "tall": (2.0, 1.0),
    "short": (-2.0, -1.0),
    "long-armed": (0.0, 0.0, 3.0),
    "long-legged": (0.0, 3.0, 0.0, -1.5),
    "broad": (0.5, 0.0, 0.0, 0.5, 3.0),
})


def checked(betas: ArrayLike) -> np.ndarray:
    """Betas (at most 10 numbers) as (10,) float32, what is missing 0.

    Raises UserError for what is no build: a beta beyond MOST, a bone beyond LONGEST or SHORTEST.
    """
    given = np.asarray(betas, np.float64).ravel()
    if len(given) > BETAS and np.any(given[BETAS:]):
        raise UserError(f"{len(given)} betas were given, but a body has {BETAS}.")
    out = np.zeros(BETAS)
    out[:min(len(given), BETAS)] = given[:BETAS]
    if not np.isfinite(out).all():
        raise UserError("The betas hold values that are no number.")
    worst = int(np.abs(out).argmax())
    if abs(out[worst]) > MOST:
        raise UserError(f"betas[{worst}] is {out[worst]:g}, but -{MOST:g} to {MOST:g} are allowed.")
    factors = bone_factors(out)
    j = int(np.abs(np.log(factors)).argmax())
    if not SHORTEST - 1e-6 <= factors[j] <= LONGEST + 1e-6:
        raise UserError(f"With these betas the bone to the {sk.JOINT_NAMES[j].replace('_', ' ')} would be "
                        f"{factors[j]:.2f} times as long, but {SHORTEST:g} to {LONGEST:g} are allowed.")
    return out.astype(np.float32)


def exactly(lengths: Mapping[int, float]) -> np.ndarray | None:
    """Betas (10,) of our own body if these bones (joint → m, from its parent) are its, to 2 mm in a metre;
    else None. Every bone of the body (joints 1 to 21) must be told."""
    joints = list(range(1, sk.BODY))
    if not set(joints) <= set(lengths):
        return None
    share = np.array([lengths[j] / float(np.linalg.norm(sk.BONES[j])) - 1.0 for j in joints])
    growth = BONE_GROWTH[:, joints].T
    found = np.linalg.lstsq(growth, share, rcond=None)[0]
    if np.abs(growth @ found - share).max() > 2e-3 or np.abs(found).max() > MOST + 0.01:
        return None
    out = np.zeros(BETAS, np.float32)
    out[:len(found)] = np.round(found, 3)
    return out


def fitted(lengths: Mapping[int, float]) -> np.ndarray:
    """Betas (10,) of the body whose bones are nearest to these, in shares of their length.

    lengths: joint → m of the bone from its parent. Directions of which no bone is told stay 0; a body whose
    bones are all within 4 % of the average one's is that one. Shapes stay within what `checked` allows.
    """
    joints = [j for j in lengths if j > 0 and lengths[j] > 0]
    out = np.zeros(BETAS, np.float32)
    share = np.array([lengths[j] / float(np.linalg.norm(sk.BONES[j])) - 1.0 for j in joints])
    if not joints or np.abs(share).max() < _AVERAGE:
        return out
    growth = BONE_GROWTH[:, joints]
    told = np.abs(growth).max(1) > 0
    rows = np.concatenate([growth[told].T, np.sqrt(_CALM) * _UNIT * np.eye(int(told.sum()))])
    found = np.linalg.lstsq(rows, np.concatenate([share, np.zeros(int(told.sum()))]), rcond=None)[0]
    out[np.flatnonzero(told)] = np.round(np.clip(found, -MOST, MOST), 2)
    factors = bone_factors(out)
    most = float(max((factors.max() - 1) / (LONGEST - 1), (1 - factors.min()) / (1 - SHORTEST)))
    return (out / most).astype(np.float32) if most > 1 else out


def build_named(name: str) -> np.ndarray:
    """Betas (10,) of a build. Raises UserError for a name that is none."""
    if not isinstance(name, str) or name not in BUILDS:  # browsers may send anything
        raise UserError(f"There is no build {name!r}; there are {', '.join(BUILDS)}.")
    return checked(BUILDS[name])


def build_words(betas: ArrayLike) -> str:
    """The name of the build with these betas; of others the betas between commas, as `--build` reads them."""
    given = np.trim_zeros(np.asarray(betas, np.float32).ravel(), "b")
    for name, known in BUILDS.items():
        if np.array_equal(given, np.asarray(known, np.float32)):
            return name
    return ",".join(f"{b:.6g}" for b in given.tolist())


def bone_factors(betas: ArrayLike) -> np.ndarray:
    """(55,): how many times as long as ours each joint's bone is, from its parent; the pelvis': the legs'."""
    b = np.asarray(betas, np.float64)[:len(DIRECTIONS)]
    out = 1.0 + b @ BONE_GROWTH[:len(b)]
    out[0] = out[sk.LEFT_HIP]
    return out


def flesh_factors(betas: ArrayLike) -> np.ndarray:
    """(55, 3): how many times as far as at rest, along x, y and z, the flesh is from each joint."""
    b = np.asarray(betas, np.float64)[:len(DIRECTIONS)]
    return 1.0 + np.tensordot(b, FLESH_GROWTH[:len(b)], 1)


def leg_factor(betas: ArrayLike) -> float:
    """How many times as long as ours the legs are, and as high the pelvis; exactly 1 for zeros."""
    return float(bone_factors(betas)[0])


def bones(betas: ArrayLike) -> np.ndarray:
    """(55, 3) m: each joint from its parent, at rest. For zeros the very array `skeleton.BONES`."""
    return _shaped(np.asarray(betas, np.float32).tobytes())[0]


def rest_joints(betas: ArrayLike) -> np.ndarray:
    """(55, 3) m, joints at rest; the pelvis stays where it is. For zeros the very array `REST_JOINTS`."""
    return _shaped(np.asarray(betas, np.float32).tobytes())[1]


@lru_cache(maxsize=64)
def _shaped(betas: bytes) -> tuple[np.ndarray, np.ndarray]:
    b = np.frombuffer(betas, np.float32)
    if not b[:len(DIRECTIONS)].any():
        return sk.BONES, sk.REST_JOINTS
    offsets = sk.BONES * bone_factors(b)[:, None]
    rest = sk.REST_JOINTS.copy()
    for j in range(1, len(rest)):
        rest[j] = rest[sk.PARENTS[j]] + offsets[j]
    for table in (offsets, rest):
        table.setflags(write=False)
    return offsets, rest


def directions(vertices: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(V, 3, 10) m a beta: how far vertices of the body at rest move; what smplx calls shape directions.

    vertices: (V, 3) m. weights: (V, 55) of the skin, rows summing to 1.
    """
    out = np.zeros((len(vertices), 3, BETAS))
    for k in range(len(DIRECTIONS)):
        moved = joint_directions()[k]
        for j in range(55):
            near = weights[:, j] > 0
            grown = moved[j] + FLESH_GROWTH[k, j] * (vertices[near] - sk.REST_JOINTS[j])
            out[near, :, k] += weights[near, j, None] * grown
    return out


def joint_directions() -> np.ndarray:
    """(5, 55, 3) m a beta: how far the joints at rest move."""
    out = np.zeros((len(DIRECTIONS), 55, 3))
    for j in range(1, 55):
        out[:, j] = out[:, sk.PARENTS[j]] + BONE_GROWTH[:, j, None] * sk.BONES[j]
    return out


def reshaped(motion: Motion, betas: ArrayLike) -> Motion:
    """The same dance by a body of other betas: rotations kept, its way scaled by the legs' length.

    Feet that stand stay where they stand, and soles on the floor stay on it, with no correction.
    """
    betas = np.asarray(betas, np.float32)
    if np.array_equal(betas, motion.betas):
        return motion
    factor = leg_factor(betas) / leg_factor(motion.betas)
    place = motion.translation if factor == 1.0 else motion.translation.astype(np.float64) * factor
    return replace(motion, translation=place, betas=betas)
