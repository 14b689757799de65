"""Landmarks of a person -> rotations of our body: upright on the floor, hands and face at rest.

Trunk and head turn as the frames of hips, shoulders and face do. Arms and legs point where their landmarks
point, on bones of our own length, through the same solvers as the dancer's (motion/ik.py): elbows and knees
are hinges, hands and feet stay within what joints can.
"""

from __future__ import annotations

import numpy as np

from dance_core.motion import hinges, ik
from dance_core.motion import kinematics as kin
from dance_core.motion import openpose as op
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.easing import smoothstep
from dance_core.motion.motion import Motion
from dance_core.motion.soles import sole_points, soles_from
from dance_core.motion.vectors import cross
from dance_core.sight.landmarks import AT, Landmarks
from dance_core.sight.refine import refine

FPS = 30.0  # of the one frame; it says nothing
_PELVIS_SHARE = 0.5  # of the trunk's lean against the vertical, that the pelvis takes
_SPINE = (1 / 3, 2 / 3, 1.0)  # of the turn from pelvis to chest, at spine1, 2 and 3
_NECK_SHARE = 0.5  # of the turn from chest to head
_HEEL_LOW = np.radians(16.0)  # a flat foot's toes lie so far below its heel, as the network sees heels
_FLAT = np.radians(25.0)  # a foot nearer to flat than this is flat
_NEARLY_M, _FADE_M = 0.08, 0.08  # m above the floor up to which a foot stands on it, and then less and less
_LIFTED_M = 0.06  # m: a sole so high carries little
_MOST = np.radians(20.0)  # the most that a body is turned about the picture's width to stand upright
# shares of the body's mass, carried by joints
_MASSES = {sk.PELVIS: 0.14, sk.SPINE1: 0.14, sk.SPINE2: 0.15, sk.SPINE3: 0.15, sk.HEAD: 0.08,
           sk.LEFT_SHOULDER: 0.03, sk.RIGHT_SHOULDER: 0.03, sk.LEFT_ELBOW: 0.02, sk.RIGHT_ELBOW: 0.02,
           sk.LEFT_WRIST: 0.02, sk.RIGHT_WRIST: 0.02, sk.LEFT_KNEE: 0.08, sk.RIGHT_KNEE: 0.08,
           sk.LEFT_ANKLE: 0.03, sk.RIGHT_ANKLE: 0.03}
_MASS = np.array(list(_MASSES.values())) / sum(_MASSES.values())
_HANGS = np.array([0.12, -0.98, 0.10])  # the left arm of somebody who is not seen there


def fit_pose(found: Landmarks, guessed: frozenset[str] = frozenset()) -> Motion:
    """One frame of a Motion, the lowest sole on y = 0 and the pelvis over x = z = 0.

    guessed: limbs ("left_arm", "right_leg", …) whose landmarks say
    nothing: they hang or stand as at rest.
    """
    p = {name: found.world[i] for name, i in AT.items()}
    turns = np.tile(rot.IDENTITY, (sk.BODY, 1))  # in the world, then local
    _trunk(p, turns)
    local = kin.local_rotations(turns)
    places = kin.positions(turns, np.zeros(3))
    for side in hinges.SIDES:
        _arm(p, side, turns, places, local, f"{side}_arm" in guessed)
        _leg(p, side, turns, places, local, f"{side}_leg" in guessed)
    local = refine(local, found.xy, found.world, _weights(found, guessed))
    rotations = np.zeros((1, 55, 3))
    righting = _righting(local)
    local[0] = rot.multiply(righting, local[0])
    _feet(local, {name: rot.rotate(righting, v) for name, v in p.items()}, guessed)
    _plant(local)
    rotations[0, :sk.BODY] = rot.axis_angle_from_quaternion(local)
    motion = Motion(FPS, rotations, np.zeros((1, 3)), np.zeros((1, 52)), parts=frozenset({"body"}))
    low = float(sole_points(motion)[..., 1].min())
    return Motion(FPS, rotations, np.array([[0.0, -low, 0.0]]), motion.face, parts=motion.parts)


def _weights(found: Landmarks, guessed: frozenset[str]) -> np.ndarray:
    """(33,) how much each landmark counts: those that are hidden a little, those of guessed limbs nothing."""
    out = 0.15 + 0.85 * found.visibility
    for name, i in AT.items():
        side = name.partition("_")[0]
        limb = f"{side}_arm" if name.endswith(("elbow", "wrist")) else f"{side}_leg"
        if limb in guessed and name.endswith(("elbow", "wrist", "knee", "ankle")):
            out[i] = 0.0
    return out


def _trunk(p: dict[str, np.ndarray], turns: np.ndarray) -> None:
    """World rotations of pelvis, spine, collars, neck and head."""
    hips = 0.5 * (p["left_hip"] + p["right_hip"])
    shoulders = 0.5 * (p["left_shoulder"] + p["right_shoulder"])
    up = _unit(shoulders - hips)
    chest = _turned(p["left_shoulder"] - p["right_shoulder"], up)
    upright = _unit(_PELVIS_SHARE * up + (1 - _PELVIS_SHARE) * np.array([0.0, 1.0, 0.0]))
    pelvis = _turned(p["left_hip"] - p["right_hip"], upright)
    turns[sk.PELVIS] = pelvis
    for joint, share in zip((sk.SPINE1, sk.SPINE2, sk.SPINE3), _SPINE, strict=True):
        turns[joint] = rot.slerp(pelvis, chest, share)
    turns[[sk.LEFT_COLLAR, sk.RIGHT_COLLAR]] = chest
    middle = 0.5 * (p["left_ear"] + p["right_ear"])
    # at rest the nose lies below the ears: this is how the same triangle stands on our head
    own_middle = op.FACE_OFFSETS[3:].mean(0)
    own = _facing(op.FACE_OFFSETS[4] - op.FACE_OFFSETS[3], op.FACE_OFFSETS[0] - own_middle)
    head = rot.quaternion_from_matrix(_facing(p["left_ear"] - p["right_ear"], p["nose"] - middle) @ own.T)
    turns[sk.HEAD] = head
    turns[sk.NECK] = rot.slerp(chest, head, _NECK_SHARE)


def _righting(local: np.ndarray) -> np.ndarray:
    """The turn (4,) that stands a body upright: a picture doesn't say how its camera was tilted, and the
    network's depth leans people forward. Somebody who stands has the middle of the mass over the feet, as far
    as it is seen least: along the camera's view. Across the picture a lean is seen, and stays."""
    world = kin.global_rotations(local)
    places = kin.positions(world, np.zeros(3))
    soles = soles_from(world, places).reshape(-1, 3)
    height = soles[:, 1] - soles[:, 1].min()
    weights = np.exp(-height / _LIFTED_M)
    feet = weights @ soles / weights.sum()
    _, high, near = _MASS @ places[list(_MASSES)] - feet
    return rot.quaternion_about("x", -float(np.clip(np.arctan2(near, high), -_MOST, _MOST)))


def _arm(p: dict[str, np.ndarray], side: str, turns: np.ndarray, places: np.ndarray, local: np.ndarray,
         guessed: bool) -> None:
    """Local rotations of shoulder, elbow and wrist."""
    k = hinges.SIDES.index(side)
    collar, shoulder = turns[sk.LEFT_COLLAR + k], places[sk.LEFT_SHOULDER + k]
    limb = hinges.ARMS[side]
    if guessed:
        way = rot.rotate(collar, _HANGS * [1 - 2 * k, 1, 1])
        arm = ik.solve_arm(collar, shoulder, side, shoulder + 0.97 * way * _length(limb))
    else:
        upper = _unit(p[f"{side}_elbow"] - p[f"{side}_shoulder"]) * np.linalg.norm(limb.upper)
        lower = _unit(p[f"{side}_wrist"] - p[f"{side}_elbow"]) * np.linalg.norm(limb.lower)
        arm = ik.solve_arm(collar, shoulder, side, shoulder + upper + lower, _hint(upper, lower),
                           _hand(p, side), soft=0.002)
    for joint, turn in zip((sk.LEFT_SHOULDER, sk.LEFT_ELBOW, sk.LEFT_WRIST),
                           (arm.shoulder, arm.elbow, arm.wrist), strict=True):
        local[joint + k] = turn


def _hand(p: dict[str, np.ndarray], side: str) -> np.ndarray:
    """World rotation of a hand: its fingers' way, and from the little finger to the index."""
    out = _unit(0.5 * (p[f"{side}_index"] + p[f"{side}_pinky"]) - p[f"{side}_wrist"])
    thumb = p[f"{side}_index"] - p[f"{side}_pinky"]
    along = np.array([1.0, 0.0, 0.0]) if side == "left" else np.array([-1.0, 0.0, 0.0])
    rest = _square(along, np.array([0.0, 0.0, 1.0]))  # palms down: the index lies before the little finger
    return rot.quaternion_from_matrix(_square(out, thumb) @ rest.T)


def _leg(p: dict[str, np.ndarray], side: str, turns: np.ndarray, places: np.ndarray, local: np.ndarray,
         guessed: bool) -> None:
    """Local rotations of hip and knee; straight down where they are not seen. `_feet` turns the ankles."""
    k = hinges.SIDES.index(side)
    limb, pelvis = hinges.LEGS[side], turns[sk.PELVIS]
    hip = places[sk.LEFT_HIP + k]
    way = {"hip": [0, 1, 0], "knee": [0, 0, 0], "ankle": [0, -1, 0]} if guessed else \
        {name: p[f"{side}_{name}"] for name in ("hip", "knee", "ankle")}
    upper = _unit(np.subtract(way["knee"], way["hip"])) * np.linalg.norm(limb.upper)
    lower = _unit(np.subtract(way["ankle"], way["knee"])) * np.linalg.norm(limb.lower)
    leg = ik.solve_leg(pelvis, places[0], side, hip + upper + lower, _hint(upper, lower), soft=0.002)
    for joint, turn in zip((sk.LEFT_HIP, sk.LEFT_KNEE, sk.LEFT_ANKLE), (leg.hip, leg.knee, leg.ankle),
                           strict=True):
        local[joint + k] = turn


def _feet(local: np.ndarray, p: dict[str, np.ndarray], guessed: frozenset[str]) -> None:
    """Turn the ankles as heels and toes say, and what stands flat on the floor. local: (22, 4), changed."""
    turns = kin.global_rotations(local)
    places = kin.positions(turns, np.zeros(3))
    for k, side in enumerate(hinges.SIDES):
        hip, knee, ankle = (places[j + k] for j in (sk.LEFT_HIP, sk.LEFT_KNEE, sk.LEFT_ANKLE))
        if f"{side}_leg" in guessed:
            _stand(local, turns, places, side)
            continue
        front = p[f"{side}_toes"] - p[f"{side}_heel"]
        level = float(np.hypot(front[0], front[2]))
        down = float(np.arctan2(-front[1], level)) - _HEEL_LOW
        down = np.sign(down) * max(0.0, abs(down) - _FLAT)  # what is nearly flat stands flat
        ahead = rot.rotate(turns[sk.PELVIS], [0.0, 0.0, 1.0])
        known = level > 0.3 * np.linalg.norm(front) and front @ (ahead * [1, 0, 1]) > 0  # no foot points back
        x, _, z = front if known else ahead
        foot = rot.multiply(rot.quaternion_about("y", np.arctan2(x, z)), rot.quaternion_about("x", down))
        leg = ik.solve_leg(turns[sk.PELVIS], places[0], side, ankle, _hint(knee - hip, ankle - knee), foot,
                           soft=0.002)
        for joint, turn in zip((sk.LEFT_HIP, sk.LEFT_KNEE, sk.LEFT_ANKLE), (leg.hip, leg.knee, leg.ankle),
                               strict=True):
            local[joint + k] = turn


def _plant(local: np.ndarray) -> None:
    """Bring the higher foot to the floor, if it is nearly there. local: (22, 4), changed."""
    turns = kin.global_rotations(local)
    places = kin.positions(turns, np.zeros(3))
    low = soles_from(turns, places)[..., 1].min(1)
    k = int(low.argmax())
    gap = float(low[k] - low.min())
    down = gap * (1 - float(smoothstep(np.array((gap - _NEARLY_M) / _FADE_M))))
    hip, knee, ankle = (places[j + k] for j in (sk.LEFT_HIP, sk.LEFT_KNEE, sk.LEFT_ANKLE))
    leg = ik.solve_leg(turns[sk.PELVIS], places[0], hinges.SIDES[k], ankle - [0.0, down, 0.0],
                       _hint(knee - hip, ankle - knee), turns[sk.LEFT_ANKLE + k], soft=0.002)
    local[[sk.LEFT_HIP + k, sk.LEFT_KNEE + k, sk.LEFT_ANKLE + k]] = leg.hip, leg.knee, leg.ankle


def _stand(local: np.ndarray, turns: np.ndarray, places: np.ndarray, side: str) -> None:
    """Set a leg that is not seen straight under its hip, both feet at one height. local: (22, 4), changed."""
    k = hinges.SIDES.index(side)
    ankle = places[sk.LEFT_HIP + k].copy()
    ankle[1] = places[[sk.LEFT_HIP, sk.RIGHT_HIP], 1].max() - _length(hinges.LEGS[side])
    flat = rot.quaternion_about("y", rot.yaw_of(turns[sk.PELVIS]))
    leg = ik.solve_leg(turns[sk.PELVIS], places[0], side, ankle, None, flat)
    local[[sk.LEFT_HIP + k, sk.LEFT_KNEE + k, sk.LEFT_ANKLE + k]] = leg.hip, leg.knee, leg.ankle


def _hint(upper: np.ndarray, lower: np.ndarray) -> np.ndarray | None:
    """Which way the middle joint points; None where the limb is too straight to tell."""
    line = _unit(upper + lower)
    off = upper - (upper @ line) * line
    return off if np.linalg.norm(off) > 0.06 * np.linalg.norm(upper) else None


def _length(limb: hinges.Limb) -> float:
    return float(limb.reach(limb.straightest))


def _turned(left: np.ndarray, up: np.ndarray) -> np.ndarray:
    """The rotation (4,) whose up is `up` and whose left is as near to `left` as that allows."""
    side = _unit(left - (left @ up) * up)
    return rot.quaternion_from_matrix(np.stack([side, up, cross(side, up)], 1))


def _facing(left: np.ndarray, front: np.ndarray) -> np.ndarray:
    """Matrix (3, 3) with columns left, up, front; front exactly as given."""
    z = _unit(front)
    x = _unit(left - (left @ z) * z)
    return np.stack([x, cross(z, x), z], 1)


def _square(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Matrix (3, 3) of columns: `first`, `second` made square to it, their cross product."""
    x = _unit(first)
    y = _unit(second - (second @ x) * x)
    return np.stack([x, y, cross(x, y)], 1)


def _unit(v: np.ndarray) -> np.ndarray:
    return v / max(float(np.linalg.norm(v)), 1e-9)
