"""Feet in the room: where the sole, the heel and the ankle are, from a routine's keys or from a pose.

Metres and radians, Y up, floor at y = 0. The ball of a foot is the sole under its toe joint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.dancer.keys import bump, ease
from dance_core.corpus.studio.dancer.routine import FootState, FootTrack
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.kinematics import global_rotations, joints
from dance_core.motion.motion import Motion

SIDES = (("L", "left", 1.0), ("R", "right", -1.0))  # key, in joint names, sign of x
_TOE_TO_ANKLE = -sk.BONES[sk.LEFT_FOOT] * np.array([0.0, 1.0, 1.0])  # m, in the foot's frame, without x
_HEEL_FROM_TOE = np.array([0.0, -sk.TOE_HEIGHT, -0.18])  # m, the heel's underside


@dataclass(frozen=True, eq=False)
class Foot:
    """One foot over time.

    Attributes:
        ball: (T, 3) m, y = height of the sole.
        yaw: (T,) radians, where the toes point; pitch: (T,) radians, + heel raised, - toes raised.
        air: (T,) 0 on the floor to 1 in the midst of a swing.
    """

    ball: np.ndarray
    yaw: np.ndarray
    pitch: np.ndarray
    air: np.ndarray


def ahead(yaw: np.ndarray) -> np.ndarray:
    """Unit direction (T, 3) along the floor that a heading (T,) in radians faces."""
    return np.stack([np.sin(yaw), np.zeros_like(yaw), np.cos(yaw)], -1)


def foot_at(track: FootTrack, count: np.ndarray) -> Foot:
    """A foot of a routine at counts (T,)."""
    frm, to, u = track.keys.place(count)
    v = track.keys.values
    # a foot leaves the floor before it travels and has arrived before it is down
    along, rest = ease((u - 0.13) / 0.76), ease(u)
    w = np.stack([along, rest, along, rest, rest], -1)
    row = v[frm] * (1 - w) + v[to] * w
    moving = (u > 0) & (u < 1) & (frm != to)
    lift = np.where(moving, track.lift[to], 0.0)
    height = row[:, 1] + lift * bump(u) ** 0.75
    far = np.linalg.norm((v[to] - v[frm])[:, [0, 2]], axis=-1)
    push = np.radians(32) * np.clip(far / 0.3, 0.25, 1.0) * bump(np.clip(u * 1.6, 0, 1)) * (lift > 0.01)
    ball = np.stack([row[:, 0], height, row[:, 2]], -1)
    air = np.where(moving & (lift > 0.005), bump(np.clip(u, 0.03, 0.97)) ** 0.5, 0.0)
    air = np.maximum(air, np.clip(row[:, 1] / 0.03, 0, 1))
    return Foot(ball, row[:, 3], row[:, 4] + push, air)


def ankle_of(foot: Foot, sign: float, pitch: np.ndarray) -> np.ndarray:
    """Ankle (T, 3) of a foot whose heel is raised about the ball (+) or whose toes are about the heel (-).

    sign: +1 for the left foot, -1 for the right; pitch: (T,) radians in place of the foot's own.
    """
    q = foot_turn(foot.yaw, pitch)
    offset = _TOE_TO_ANKLE.copy()
    offset[0] = -sk.BONES[sk.LEFT_FOOT][0] * sign
    toe = foot.ball + np.array([0.0, sk.TOE_HEIGHT, 0.0])
    flat = rot.quaternion_about("y", foot.yaw)
    heel = toe + rot.rotate(flat, _HEEL_FROM_TOE)
    # a raised heel rolls over the ball: half of the roll moves the joint on, half the sole under it back
    toe = toe + rot.rotate(flat, _roll(pitch))
    toe = np.where((pitch < 0)[:, None], heel - rot.rotate(q, _HEEL_FROM_TOE), toe)
    return toe + rot.rotate(q, offset)


def foot_turn(yaw: np.ndarray, pitch: np.ndarray) -> np.ndarray:
    """World rotation (T, 4) of a foot."""
    return rot.multiply(rot.quaternion_about("y", yaw), rot.quaternion_about("x", pitch))


def _roll(pitch: np.ndarray | float) -> np.ndarray:
    """How far (…, 3) m the toe joint is ahead of the ball, seen from the foot, at a heel raised by pitch."""
    forward = 0.5 * sk.TOE_HEIGHT * np.sin(np.maximum(pitch, 0.0))
    return np.stack([np.zeros_like(forward), np.zeros_like(forward), forward], -1)


def standing_feet(pose: Motion) -> dict[str, FootState]:
    """Where the feet of a one-frame pose are: balls, yaw and pitch, as a routine's starting point."""
    place = joints(pose, 12)[0]
    world = global_rotations(rot.quaternion_from_axis_angle(pose.rotations[0, :12]))
    feet = {}
    for s, side, _ in SIDES:
        ankle, toe = sk.joint(f"{side}_ankle"), sk.joint(f"{side}_foot")
        front = rot.rotate(world[ankle], np.array([0.0, 0.0, 1.0]))
        yaw = float(np.arctan2(front[0], front[2]))
        pitch = float(-np.arcsin(np.clip(front[1], -1, 1)))
        flat = rot.quaternion_about("y", yaw)
        ball = place[toe] - np.array([0.0, sk.TOE_HEIGHT, 0.0])
        ball = ball - rot.rotate(flat, _roll(pitch))
        if pitch < 0:
            turned = rot.multiply(flat, rot.quaternion_about("x", pitch))
            heel = place[toe] + rot.rotate(turned, _HEEL_FROM_TOE)
            ball = heel - rot.rotate(flat, _HEEL_FROM_TOE) - np.array([0.0, sk.TOE_HEIGHT, 0.0])
        height = max(float(ball[1]), 0.0)
        feet[s] = FootState((float(ball[0]), 0.0 if height < 0.015 else height, float(ball[2])), yaw, pitch)
    return feet
