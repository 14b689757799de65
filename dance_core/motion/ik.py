"""Inverse kinematics of legs and arms: where the ankle or wrist should be -> how the joints turn.

Each limb is two bones and a hinge (hinges.py). Everything takes any number of leading dimensions and computes
in float64; angles of the limits are in degrees, all others in radians.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.easing import smoothstep
from dance_core.motion.hinges import ARMS, LEGS, MAX_FLEXION, SIDES, Limb
from dance_core.motion.vectors import cross, dot, length

SOFT = 0.03  # of the reach: within (1 - SOFT) of it the target is hit exactly

# degrees about x, y, z of the joint's rest frame: how far a foot, toes and a hand may turn on the left side;
# the right side's y and z are the mirror image. Ankle: x < 0 lifts the toes (dorsiflexion).
ANKLE_LIMITS = ((-35.0, 50.0), (-35.0, 35.0), (-30.0, 30.0))
TOE_LIMITS = ((-60.0, 30.0), (-5.0, 5.0), (-5.0, 5.0))
FOREARM_TWIST = (-110.0, 110.0)  # about the forearm's own axis, before it is shared with the wrist
WRIST_LIMITS = ((-25.0, 35.0), (-75.0, 75.0))  # y: to the thumb or little finger; z: to the palm or back
_STRAIGHTISH = 0.15  # sine of the flexion about which the hinge comes to say how an elbow bends
_STIFF = 0.3  # sine of the flexion below which an arm turns as one rather than bending
_MARGIN = np.radians(5.0)  # the limits above are approached softly over this much


def soft_limit(value: ArrayLike, low: float, high: float, margin: float) -> np.ndarray:
    """Limit (…) to low…high: unchanged until `margin` before a limit, then nearing it exponentially.

    Its slope is continuous, so a value that runs over the limit slows down instead of stopping dead.
    """
    x = np.asarray(value, np.float64)
    if margin <= 1e-12:
        return np.clip(x, low, high)
    over = np.maximum(x - (high - margin), 0.0)
    under = np.maximum((low + margin) - x, 0.0)
    inside = np.clip(x, low + margin, high - margin)
    with np.errstate(over="ignore"):  # a tiny margin makes the exponent infinite, which is right
        return inside - margin * np.expm1(-over / margin) + margin * np.expm1(-under / margin)


def _unit(v: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """Direction of (…, 3); where it has no length, that of `otherwise`."""
    size = length(v)[..., None]
    return np.where(size > 1e-9, v / np.maximum(size, 1e-9), otherwise)


def _across(direction: np.ndarray) -> np.ndarray:
    """Some unit vector (…, 3) at right angles to a unit direction (…, 3)."""
    least = np.eye(3)[np.argmin(np.abs(direction), -1)]
    v = np.cross(direction, least)
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def _flattened(v: np.ndarray, direction: np.ndarray) -> np.ndarray:
    return v - dot(v, direction)[..., None] * direction


def _pole(limb: Limb, parent: np.ndarray, direction: np.ndarray, hint: ArrayLike | None) -> np.ndarray:
    """Unit (…, 3) at right angles to the limb's direction, towards the hint.

    A hint along the limb says nothing (a kick to the front with the hint "front"): near that it gives way to
    the rest pole, carried along by the shortest turn of the limb from rest, which is what a body does. So it
    does where the hint would have the joint point the other way round (the kick goes on, above the hint).
    """
    rest = limb.end(limb.straightest)
    rest = rot.rotate(parent, rest / np.linalg.norm(rest))
    pole = rot.rotate(parent, np.broadcast_to(limb.pole, rest.shape))
    carried = rot.rotate(rot.shortest_arc(rest, direction), pole)
    carried = _unit(_flattened(carried, direction), _across(direction))
    if hint is None:
        return carried
    given = _unit(np.broadcast_to(np.asarray(hint, np.float64), direction.shape), carried)
    flat = _flattened(given, direction)
    sine = np.linalg.norm(flat, axis=-1, keepdims=True)
    flat = _unit(flat, carried)
    agreement = (flat * carried).sum(-1, keepdims=True)  # 1 = as the body would have it, -1 = opposite
    weight = smoothstep((sine - 0.05) / 0.25) * smoothstep((agreement + 0.8) / 0.5)
    mixed = weight * flat + (1 - weight) * carried
    return _unit(_flattened(mixed, direction), carried)


def _frame(direction: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """Matrix (…, 3, 3) with columns: the direction, the axis made square to it, their cross product."""
    k = _flattened(axis, direction)
    k = k / np.linalg.norm(k, axis=-1, keepdims=True)
    return np.stack([direction, k, np.cross(direction, k)], -1)


def solve_limb(limb: Limb, parent: ArrayLike, root: ArrayLike, target: ArrayLike,
               hint: ArrayLike | None = None, soft: float = SOFT,
               max_flexion: float = MAX_FLEXION) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Turn a hinged limb so that its end is on the target.

    Args:
        parent: (…, 4) world rotation of what the limb hangs on. root, target: (…, 3) m in the world.
        hint: (…, 3) world direction in which the middle joint should point; None: the natural one.
        soft: share of the reach over which the end lags behind a target that leaves it (0 = a hard stop). The
            middle joint's speed stays finite there, which it does not with a hard stop.
        max_flexion: degrees; a target nearer than this bend allows is kept away likewise.

    Returns:
        (world rotation of the upper bone (…, 4), flexion (…) radians, reached end (…, 3) m). The hinge axis
        is square to the hint and to the line to the target; the middle joint leaves the hint's plane a
        little because the thigh is 3° off square to the knee's axis at rest.
    """
    parent, root, target = (np.asarray(v, np.float64) for v in (parent, root, target))
    shape = np.broadcast_shapes(parent.shape[:-1], root.shape[:-1], target.shape[:-1])
    parent = np.broadcast_to(parent, (*shape, 4))
    root, target = np.broadcast_to(root, (*shape, 3)), np.broadcast_to(target, (*shape, 3))
    longest = float(limb.reach(limb.straightest))
    shortest = float(limb.reach(np.radians(max_flexion)))
    line = target - root
    distance = soft_limit(np.linalg.norm(line, axis=-1), shortest, longest, soft * longest)
    flexion = np.minimum(limb.flexion_for(distance), np.radians(max_flexion))
    rest = limb.end(limb.straightest)
    direction = _unit(line, rot.rotate(parent, rest / np.linalg.norm(rest)))
    axis = np.cross(_pole(limb, parent, direction, hint), direction)
    end = limb.end(flexion)
    far = length(end)[..., None]
    own = _frame(end / far, np.broadcast_to(limb.axis, end.shape))
    upper = rot.quaternion_from_matrix(_frame(direction, axis) @ np.swapaxes(own, -1, -2))
    return upper, flexion, root + far * direction


def _swing_twist(quaternion: np.ndarray, axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """q = swing * twist: (swing axis-angle (…, 3), square to the axis, twist angle (…) radians about it)."""
    along = (quaternion[..., 1:] * axis).sum(-1)
    angle = 2 * np.arctan2(along, quaternion[..., 0])
    angle = rot.wrapped(angle)
    half = angle[..., None] / 2
    twist = np.concatenate([np.cos(half), np.sin(half) * axis], -1)
    return rot.axis_angle_from_quaternion(rot.multiply(quaternion, rot.inverse(twist))), angle


def _limited(quaternion: np.ndarray, limits: tuple[tuple[float, float], ...], side: str) -> np.ndarray:
    """Limit a joint's turn about x (twist part) and about y and z (swing part), softly."""
    swing, angle = _swing_twist(quaternion, np.array([1.0, 0.0, 0.0]))
    mirror = 1.0 if side == "left" else -1.0
    lows, highs = np.radians(np.array(limits)).T
    angle = soft_limit(angle, lows[0], highs[0], _MARGIN)
    y, z = (mirror * soft_limit(mirror * swing[..., i], lows[i], highs[i], min(_MARGIN, highs[i]))
            for i in (1, 2))
    swing = np.stack([np.zeros_like(y), y, z], -1)
    return rot.multiply(rot.quaternion_from_axis_angle(swing), rot.quaternion_about("x", angle))


@dataclass(frozen=True, eq=False)
class Leg:
    """A solved leg: local quaternions (…, 4) of its joints, the flexion in radians, and places (…, 3) m.

    `toe` is the SMPL-X "foot" joint; it is at rest unless the heel had to rise.
    """

    hip: np.ndarray
    knee: np.ndarray
    ankle: np.ndarray
    toe: np.ndarray
    flexion: np.ndarray
    knee_position: np.ndarray
    ankle_position: np.ndarray


def solve_leg(pelvis: ArrayLike, pelvis_position: ArrayLike, side: str, ankle: ArrayLike,
              knee_hint: ArrayLike | None = None, foot: ArrayLike | None = None, *, heel_rises: bool = False,
              soft: float = SOFT) -> Leg:
    """Bring an ankle to a place: hip, knee (a pure hinge, 0 to 150°) and ankle.

    Args:
        pelvis: (…, 4) world rotation of the pelvis. pelvis_position: (…, 3) m.
        side: "left" or "right" (ValueError otherwise).
        ankle: (…, 3) m, where the ankle joint should be.
        knee_hint: (…, 3) world direction of the knee; None, or a hint along the leg: as the hip swings it.
        foot: (…, 4) world rotation of the foot (identity = flat, facing +Z); None: the ankle stays at rest.
            Limited to what an ankle can (ANKLE_LIMITS), softly over the last 5°.
        heel_rises: where the shin leans too far for a flat foot, keep the ball of the foot in place and raise
            the heel about it, the toes staying as asked. The ankle is then not where it was asked to be.
        soft: see `solve_limb`.
    """
    limb, number = LEGS[_side(side)], SIDES.index(side)
    pelvis = np.asarray(pelvis, np.float64)
    root = np.asarray(pelvis_position, np.float64) + rot.rotate(pelvis, sk.BONES[sk.LEFT_HIP + number])
    target = np.asarray(ankle, np.float64)
    foot_bone = sk.BONES[sk.LEFT_FOOT + number]
    rounds = 8 if heel_rises and foot is not None else 1
    for _ in range(rounds):
        upper, flexion, end = solve_limb(limb, pelvis, root, target, knee_hint, soft)
        knee = limb.hinge(flexion)
        shin = rot.multiply(upper, knee)
        if foot is None:
            local = np.broadcast_to(rot.IDENTITY, shin.shape).copy()
        else:
            local = _limited(rot.multiply(rot.inverse(shin), foot), ANKLE_LIMITS, side)
        if rounds > 1:
            # the ball of the foot stays where the asked-for ankle and foot put it
            ball = np.asarray(ankle, np.float64) + rot.rotate(foot, foot_bone)
            target = ball - rot.rotate(rot.multiply(shin, local), foot_bone)
    toe = np.broadcast_to(rot.IDENTITY, shin.shape).copy()
    if rounds > 1:
        toe = _limited(rot.multiply(rot.inverse(rot.multiply(shin, local)), foot), TOE_LIMITS, side)
    hip = rot.multiply(rot.inverse(pelvis), upper)
    return Leg(hip, knee, local, toe, flexion, root + rot.rotate(upper, limb.upper), end)


@dataclass(frozen=True, eq=False)
class Arm:
    """A solved arm: local quaternions (…, 4) of its joints, the flexion in radians, and places (…, 3) m."""

    shoulder: np.ndarray
    elbow: np.ndarray
    wrist: np.ndarray
    flexion: np.ndarray
    elbow_position: np.ndarray
    wrist_position: np.ndarray


def solve_arm(collar: ArrayLike, shoulder_position: ArrayLike, side: str, wrist: ArrayLike,
              elbow_hint: ArrayLike | None = None, hand: ArrayLike | None = None, *, twist_share: float = 0.5,
              soft: float = SOFT) -> Arm:
    """Bring a wrist to a place: shoulder, elbow (a hinge, 0 to 150°) and wrist.

    Args:
        collar: (…, 4) world rotation of what the shoulder hangs on (the collar; the chest if collars rest).
        shoulder_position: (…, 3) m, the shoulder joint.
        side: "left" or "right" (ValueError otherwise).
        wrist: (…, 3) m, where the wrist joint should be.
        elbow_hint: (…, 3) world direction of the elbow; None, or along the arm: as the shoulder swings it.
        hand: (…, 4) world rotation of the hand (identity = rest: palm down, fingers out to its side); None:
            in line with the forearm. Limited to what forearm and wrist can, softly.
        twist_share: share of the turn about the forearm's own axis that the elbow joint takes, 0 to 1; the
            wrist takes the rest. The elbow's quaternion is its hinge times that twist: where the forearm
            points is the hinge's doing alone.
        soft: see `solve_limb`.
    """
    limb = ARMS[_side(side)]
    collar = np.asarray(collar, np.float64)
    root = np.asarray(shoulder_position, np.float64)
    upper, flexion, end = solve_limb(limb, collar, root, wrist, elbow_hint, soft)
    elbow = limb.hinge(flexion)
    local = np.broadcast_to(rot.IDENTITY, elbow.shape).copy()
    if hand is not None:
        axis = limb.lower / np.linalg.norm(limb.lower)
        relative = rot.multiply(rot.inverse(rot.multiply(upper, elbow)), hand)
        swing, twist = _swing_twist(relative, axis)
        mirror = 1.0 if side == "left" else -1.0
        twist = mirror * soft_limit(mirror * twist, *np.radians(FOREARM_TWIST), _MARGIN)
        low, high = np.radians(np.array(WRIST_LIMITS)).T
        y, z = (mirror * soft_limit(mirror * swing[..., 1 + i], low[i], high[i], _MARGIN) for i in (0, 1))
        swing = np.stack([-(y * axis[1] + z * axis[2]) / axis[0], y, z], -1)  # square to the forearm
        own, rest = (_about(axis, twist * share) for share in (twist_share, 1 - twist_share))
        elbow = rot.multiply(elbow, own)
        # swing happens in the hinge's frame, before the elbow's share of the twist: undo that share around it
        swing = rot.multiply(rot.inverse(own), rot.multiply(rot.quaternion_from_axis_angle(swing), own))
        local = rot.multiply(swing, rest)
    shoulder = rot.multiply(rot.inverse(collar), upper)
    return Arm(shoulder, elbow, local, flexion, root + rot.rotate(upper, limb.upper), end)


def arm_reaching(side: str, upper: ArrayLike, elbow: ArrayLike, line: ArrayLike
                 ) -> tuple[np.ndarray, np.ndarray]:
    """The least change of an arm, whatever its style, that brings its wrist to another place.

    The elbow turns about the line across upper arm and forearm (its hinge where they are nearly straight),
    the upper arm follows by the shortest arc: an arm whose wrist is there already stays as it is.

    Args:
        side: "left" or "right" (ValueError otherwise).
        upper: (T, 4) world rotation of the upper arm. elbow: (T, 4), relative to it.
        line: (T, 3) m in the world, from the shoulder to where the wrist should be.

    Returns:
        The same two, changed. A wrist out of reach, or nearer than a bent elbow allows, stops before; and so,
        by a few millimetres, does that of an arm that is nearly straight.
    """
    limb = ARMS[_side(side)]
    upper, elbow, line = (np.asarray(v, np.float64) for v in (upper, elbow, line))
    a, v = limb.upper, rot.rotate(elbow, limb.lower)
    sizes = np.linalg.norm(a) * np.linalg.norm(limb.lower)
    axis = cross(a, v) / sizes + _STRAIGHTISH * limb.axis
    axis /= np.maximum(length(axis)[..., None], 1e-9)
    a_flat, v_flat = a - (axis @ a)[:, None] * axis, _flattened(v, axis)
    rest = a @ a + limb.lower @ limb.lower + 2 * (axis @ a) * dot(axis, v)
    swing = 2 * length(a_flat) * length(v_flat)
    now = np.arctan2(dot(cross(a_flat, v_flat), axis), dot(a_flat, v_flat))
    far = np.maximum(length(line), np.minimum(
        np.sqrt(np.maximum(rest + swing * np.cos(now), 0.0)), limb.shortest))
    bend = np.arccos(np.clip((far**2 - rest) / swing, -1.0, 1.0))
    # near straight a hair's breadth of reach is much of bend: there the elbow gives up following
    sine = np.sin((bend + np.abs(now)) / 2) ** 4
    change = (bend - np.abs(now)) * sine / (sine + _STIFF**4)
    change = np.maximum(change, -np.maximum(now, 0.0))  # no further past straight than it was
    change = rot.quaternion_from_axis_angle(axis * change[:, None])
    end = rot.rotate(upper, a + rot.rotate(change, v))
    arc = rot.shortest_arc(_unit(end, end), _unit(line, end))
    return rot.multiply(arc, upper), rot.multiply(change, elbow)


def _about(axis: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return rot.quaternion_from_axis_angle(axis * np.asarray(angle)[..., None])


def _side(side: str) -> str:
    if side not in SIDES:
        raise ValueError(f'side is {side!r}, expected "left" or "right"')
    return side
