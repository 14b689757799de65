"""Legs between a pelvis and its feet: how high the hips can be, and the bends that bring the ankles there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from dance_core.corpus.studio.dancer.feet import SIDES, Foot, ahead, ankle_of, foot_turn
from dance_core.corpus.studio.dancer.keys import smooth
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.ik import solve_leg

_REACH = 0.984 * sk.LEG  # m; legs are never quite straight: a knee bends 20° at least
_TOO_SHORT = 0.988 * sk.LEG  # m from hip to ankle: beyond, the heel rises
_SOFT = 0.008  # of a leg's length: where inverse kinematics begins to give way
_PIVOT = 0.95  # rad that a planted foot may be turned against the body


def pelvis_height(
    wanted: np.ndarray, ground: np.ndarray, turn: np.ndarray, feet: Mapping[str, Foot], share: np.ndarray
) -> np.ndarray:
    """The wanted height (T,) m, or what the standing legs can reach.

    Args:
        ground: (T, 3) m, pelvis over the floor at y = 0. turn: (T, 4), its world rotation.
        feet: by side, "L" and "R".
        share: (T,) of the weight on the left foot; a leg without weight may raise its heel.
    """
    highest = np.full(len(wanted), np.inf)
    for s, side, sign in SIDES:
        hip = rot.rotate(turn, sk.BONES[sk.joint(f"{side}_hip")])
        ankle = ankle_of(feet[s], sign, feet[s].pitch)
        flat = np.hypot(*(ankle - ground - hip)[:, [0, 2]].T)
        up = np.sqrt(np.maximum(_REACH**2 - flat**2, 0.25))
        weight = share if s == "L" else 1 - share
        slack = 0.09 * np.clip(1 - 2 * weight, 0, 1) + 0.10 * feet[s].air
        highest = np.minimum(highest, ankle[:, 1] + up - hip[:, 1] + slack)
    over = wanted - highest  # soft minimum: 1 cm wide
    room = np.where(over > 0.05, over, 0.01 * np.log1p(np.exp(np.minimum(over, 0.05) / 0.01)))
    return smooth(wanted - room, 1.2)


def bend_legs(
    local: np.ndarray, pelvis: np.ndarray, feet: Mapping[str, Foot], knees: Mapping[str, np.ndarray]
) -> None:
    """Write hips, knees, ankles and toes into local quaternions (T, 55, 4) whose pelvis is set.

    Args:
        pelvis: (T, 3) m. feet: by side.
        knees: (T,) degrees by side that the knee points further out than the toes.
    """
    body_yaw = np.unwrap(rot.yaw_of(local[:, 0]))
    for s, side, sign in SIDES:
        foot = feet[s]
        # a planted foot pivots on its ball when the body turns
        yaw = body_yaw + np.clip(rot.wrapped(foot.yaw - body_yaw), -_PIVOT, _PIVOT)
        foot = replace(foot, yaw=smooth(yaw, 0.8))
        pitch = _heel_rise(foot, sign, local[:, 0], pelvis, side)
        knee = 0.35 * body_yaw + 0.65 * foot.yaw + sign * np.radians(knees[s])
        leg = solve_leg(
            local[:, 0],
            pelvis,
            side,
            ankle_of(foot, sign, pitch),
            ahead(knee),
            foot_turn(foot.yaw, pitch),
            heel_rises=True,
            soft=_SOFT,
        )
        local[:, sk.joint(f"{side}_hip")] = leg.hip
        local[:, sk.joint(f"{side}_knee")] = leg.knee
        local[:, sk.joint(f"{side}_ankle")] = leg.ankle
        near = 1 - np.clip(foot.ball[:, 1] / 0.05, 0, 1)  # toes lie flat as long as the floor is near
        flat = np.where(pitch > 0, -np.clip(pitch, 0, 0.95), 0.0) * near
        local[:, sk.joint(f"{side}_foot")] = rot.multiply(leg.toe, rot.quaternion_about("x", flat))


def _heel_rise(foot: Foot, sign: float, turn: np.ndarray, pelvis: np.ndarray, side: str) -> np.ndarray:
    """The foot's pitch, more of it where the leg would be too short for a flat foot."""
    hip = pelvis + rot.rotate(turn, sk.BONES[sk.joint(f"{side}_hip")])
    best = foot.pitch.copy()
    need = np.linalg.norm(ankle_of(foot, sign, best) - hip, axis=-1)
    for extra in np.radians(np.arange(4, 57, 4)):
        pitch = np.maximum(foot.pitch, 0) + extra
        far = np.linalg.norm(ankle_of(foot, sign, pitch) - hip, axis=-1)
        better = (need > _TOO_SHORT) & (far < need) & (foot.pitch > -0.02)
        best, need = np.where(better, pitch, best), np.where(better, far, need)
    extra = best - foot.pitch
    wide = np.max(np.lib.stride_tricks.sliding_window_view(np.pad(extra, 1, mode="edge"), 3), -1)
    return foot.pitch + np.maximum(smooth(wide, 1.0), 0.0)
