"""Motions that are places of joints and no turns: Bailando's, HumanML3D's, and bare arrays of joints.

Bones point where they point in the file; how they are twisted is not in it. It is put back the way bodies
are: knees and elbows bend one way, what is straight hangs as it comes from the trunk. So places are true and
twist is a guess, which is said.
"""

from __future__ import annotations

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import hinges
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.easing import smoothstep
from dance_core.motion.floor import floor_of
from dance_core.motion.measures import LIMBS, Measures
from dance_core.motion.motion import Motion
from dance_core.motion.rates import checked_rate
from dance_core.motion.reading.found import Found
from dance_core.motion.upright import judge
from dance_core.motion.vectors import cross, length

TWIST_LOST = "It holds places of joints, which are true; how limbs are twisted about themselves is a guess."
COUNTS = (22, 24, 52, 55, 127, 144)  # joints of SMPL, SMPL-H and SMPL-X; the first 22 are the same in all
HUMANML = 263
_STEADY = 0.12  # of its mean, that a bone's length may vary (mean over bones of the standard deviation)
_BENT = (0.08, 0.30)  # sine of a bend from which on it begins to say, and says alone, how its limb is twisted
# SMPL's own trunk at rest (degrees from upright, backwards positive): hips to spine1, collars to neck
_SMPL_PELVIS, _SMPL_CHEST = 6.2, 7.1


def looks_like_places(a: np.ndarray) -> bool:
    """Whether rows (T, 66 or 72) are places of joints and not turns: bones keep their length, legs are
    legs.
    """
    places = a.reshape(len(a), -1, 3)[:, :sk.BODY]
    return _unsteady(places) < _STEADY


def of_places(places: np.ndarray, fps: float, kind: str, skeleton: str = "SMPL", said: tuple[str, ...] = ()
              ) -> Found:
    """A motion from places (T, J, 3) of SMPL's joints (22, 24, 52 or 55), in any unit and axes.

    Raises UserError if bones change their length: then they are other joints, or another order.
    """
    checked_rate(fps)
    body = places[:, :sk.BODY].astype(np.float64)
    if (off := _unsteady(body)) > _STEADY:
        raise UserError(f"These may be places of joints, but as SMPL's joints their bones would change their "
                        f"length by {100 * off:.0f} %: another skeleton, or another order.")
    ankles = 0.5 * (body[:, sk.LEFT_ANKLE] + body[:, sk.RIGHT_ANKLE])
    up = judge(body, body[:, sk.HEAD], ankles)
    body = rot.rotate(up.turn(), body)
    leg = _leg(body)
    body = body * (sk.LEG / leg)
    world = _turns(body)
    rotations = np.zeros((len(body), 55, 3))
    rotations[:, :sk.BODY] = rot.axis_angle_from_quaternion(kin.local_rotations(world))
    hips = 0.5 * (body[:, sk.LEFT_HIP] + body[:, sk.RIGHT_HIP])
    root = hips - rot.rotate(world[:, 0], 0.5 * (sk.BONES[1] + sk.BONES[2]))
    motion = Motion(fps, rotations, root, np.zeros((len(body), 52)), parts=frozenset({"body"}))
    low = np.float32([0, floor_of(motion), 0])
    motion = Motion(fps, rotations, motion.translation - low, motion.face, parts=motion.parts)
    sentences = (TWIST_LOST, *said, *([up.said] if up.said else []))
    bones = length(places[:, 1:sk.BODY] - places[:, list(sk.PARENTS[1:sk.BODY])]).mean(0)
    all_bones = {j: float(v) for j, v in enumerate(bones, 1)}
    measures = Measures({j: all_bones[j] for j in LIMBS}, whole=all_bones)
    return Found(motion, kind, skeleton, sentences, measures=measures)


def of_humanml(a: np.ndarray, fps: float | None) -> Found:
    """(T, 263) features of HumanML3D: root velocities, height, 21 places, 6-D turns, velocities, contacts.

    Only root and places are read: the turns in them come from inverse kinematics and have lost their twist.
    """
    contacts = a[:, -4:]
    if not np.isin(np.round(contacts, 3), (0.0, 1.0)).mean() > 0.95:
        raise UserError("The 263 numbers a frame look like HumanML3D's features, but their foot contacts are "
                        "not 0 "
                        "or 1: they are normalized, and only with their own mean and deviation can they be "
                        "read.")
    half = np.concatenate([[0.0], np.cumsum(a[:-1, 0])])  # of the heading
    back = rot.quaternion_about("y", -2 * half)
    step = np.zeros((len(a), 3))
    step[1:, [0, 2]] = a[:-1, 1:3]
    root = np.cumsum(rot.rotate(back, step), 0)
    root[:, 1] = a[:, 3]
    places = rot.rotate(back[:, None], a[:, 4:67].reshape(len(a), 21, 3))
    places[..., [0, 2]] += root[:, None, [0, 2]]
    said = () if fps is not None else ("The file does not say its frame rate; 20 were taken, as such files "
                                       "have.",)
    return of_places(np.concatenate([root[:, None], places], 1), 20.0 if fps is None else fps,
                     "HumanML3D's features", said=said)


def _unsteady(places: np.ndarray) -> float:
    """By what share of its mean the length of a bone of SMPL's varies, on average over the body's bones; 1
    where there are none, or nobody has such legs."""
    bones = length(places[:, 1:] - places[:, list(sk.PARENTS[1:sk.BODY])])
    mean = bones.mean(0)
    if not mean.min() > 0 or len(places) < 1:
        return 1.0
    thigh, shin = mean[[3, 4]].mean(), mean[[6, 7]].mean()
    if not (0.6 < thigh / shin < 1.7 and mean[[3, 4]].min() > 0.75 * mean[[3, 4]].max()
            and thigh > 1.2 * mean[[0, 1]].mean()):
        return 1.0
    return float((bones.std(0) / mean).mean())


def _leg(places: np.ndarray) -> float:
    bones = length(places[:, 1:] - places[:, list(sk.PARENTS[1:sk.BODY])]).mean(0)
    return float((bones[3] + bones[4] + bones[6] + bones[7]) / 2)


def _turns(p: np.ndarray) -> np.ndarray:
    """World rotations (T, 22, 4) of our joints from places (T, 22, 3), Y up, metres."""
    world = np.tile(rot.IDENTITY, (len(p), sk.BODY, 1))
    ours = _is_ours(p)
    hips = p[:, sk.LEFT_HIP] - p[:, sk.RIGHT_HIP]
    world[:, 0] = _frame(hips, p[:, sk.SPINE1] - 0.5 * (p[:, sk.LEFT_HIP] + p[:, sk.RIGHT_HIP]),
                         sk.REST_JOINTS[sk.SPINE1] - 0.5 * (sk.REST_JOINTS[1] + sk.REST_JOINTS[2]),
                         None if ours else _SMPL_PELVIS)
    collars = p[:, sk.LEFT_COLLAR] - p[:, sk.RIGHT_COLLAR]
    across = collars if ours else p[:, sk.LEFT_SHOULDER] - p[:, sk.RIGHT_SHOULDER]
    world[:, sk.SPINE3] = _frame(across, p[:, sk.NECK] - 0.5 * (p[:, sk.LEFT_COLLAR] + p[:, sk.RIGHT_COLLAR]),
                                 sk.REST_JOINTS[sk.NECK] - 0.5 * (sk.REST_JOINTS[sk.LEFT_COLLAR]
                                                                  + sk.REST_JOINTS[sk.RIGHT_COLLAR]),
                                 None if ours else _SMPL_CHEST)
    for j, child, share in ((sk.SPINE1, sk.SPINE2, 1 / 3), (sk.SPINE2, sk.SPINE3, 2 / 3)):
        base = rot.slerp(world[:, 0], world[:, sk.SPINE3], np.full(len(p), share))
        world[:, j] = _pointing(base, sk.BONES[child], p[:, child] - p[:, j])
    world[:, sk.NECK] = _pointing(world[:, sk.SPINE3], sk.BONES[sk.HEAD], p[:, sk.HEAD] - p[:, sk.NECK])
    world[:, sk.HEAD] = world[:, sk.NECK]
    for i in (0, 1):
        collar, shoulder = sk.LEFT_COLLAR + i, sk.LEFT_SHOULDER + i
        world[:, collar] = _pointing(world[:, sk.SPINE3], sk.BONES[shoulder], p[:, shoulder] - p[:, collar])
        _limb(p, world, sk.LEFT_HIP + i, sk.LEFT_KNEE + i, sk.LEFT_ANKLE + i, world[:, 0])
        _limb(p, world, shoulder, sk.LEFT_ELBOW + i, sk.LEFT_WRIST + i, world[:, sk.SPINE3])
        ankle, toe = sk.LEFT_ANKLE + i, sk.LEFT_FOOT + i
        world[:, ankle] = _pointing(world[:, sk.LEFT_KNEE + i], sk.BONES[toe], p[:, toe] - p[:, ankle])
        world[:, toe] = world[:, ankle]
        world[:, sk.LEFT_WRIST + i] = world[:, sk.LEFT_ELBOW + i]
    return world


def _is_ours(p: np.ndarray) -> bool:
    """Whether all bones are as long as ours, to a centimetre."""
    bones = length(p[:, 1:] - p[:, list(sk.PARENTS[1:sk.BODY])]).mean(0)
    return bool(np.abs(bones - np.linalg.norm(sk.BONES[1:sk.BODY], axis=-1)).max() < 0.01)


def _frame(left: np.ndarray, high: np.ndarray, our_high: np.ndarray, slant: float | None) -> np.ndarray:
    """World rotation (T, 4) of a trunk's bone whose left and upward lines (T, 3) are known.

    our_high: (3,) the same line of ours at rest. slant: degrees by which theirs leans back at rest; None: as
    ours.
    """
    if slant is not None:
        our_high = np.array([0.0, np.cos(np.radians(slant)), -np.sin(np.radians(slant))])
    x = _unit(left)
    y = _unit(high - (high * x).sum(-1, keepdims=True) * x)
    theirs = np.stack([x, y, cross(x, y)], -1)
    flat = our_high * [0, 1, 1]
    flat = flat / np.linalg.norm(flat)
    ours = np.stack([np.array([1.0, 0, 0]), flat, np.cross([1.0, 0, 0], flat)], -1)
    return rot.quaternion_from_matrix(theirs @ ours.T)


def _pointing(base: np.ndarray, bone: np.ndarray, way: np.ndarray) -> np.ndarray:
    """`base` (T, 4), turned by as little as it takes for our bone (3,) to point along (T, 3)."""
    arc = rot.shortest_arc(rot.rotate(base, bone / np.linalg.norm(bone)), _unit(way))
    return rot.multiply(arc, base)


def _limb(p: np.ndarray, world: np.ndarray, upper: int, middle: int, end: int, trunk: np.ndarray) -> None:
    """Upper and lower bone, twisted so that the middle joint bends its way as far as it is bent at all."""
    limb = hinges.HINGES[middle]
    along, below = _unit(p[:, middle] - p[:, upper]), _unit(p[:, end] - p[:, middle])
    base = _pointing(trunk, limb.upper, along)
    off = below - (below * along).sum(-1, keepdims=True) * along
    sine = length(off)
    front = rot.rotate(base, np.cross(limb.axis, limb.upper / np.linalg.norm(limb.upper)))
    angle = np.arctan2((cross(front, off) * along).sum(-1), (front * off).sum(-1))
    low, high = _BENT
    says = smoothstep((sine - low) / (high - low))
    angle = _held(angle, says)
    half = angle[:, None] / 2
    world[:, upper] = rot.multiply(np.concatenate([np.cos(half), np.sin(half) * along], -1), base)
    world[:, middle] = _pointing(world[:, upper], limb.lower, below)


def _held(angle: np.ndarray, says: np.ndarray) -> np.ndarray:
    """Angles (T,) where they are told (says 1); between, the way from one to the next; none told: 0."""
    told = np.flatnonzero(says > 0.5)
    if not len(told):
        return says * angle
    known = np.unwrap(angle[told])
    between = np.interp(np.arange(len(angle)), told, known)
    return between


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.maximum(length(v)[..., None], 1e-9)
