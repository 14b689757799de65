"""Constants of a figure whose rest pose tells nothing (all bones along x, all joints in one place).

Directions of bones come from the bones in their own frames, which every file has; their twist from how knees
and elbows bend, and what is left from where joints are on average. Frames that are nearly a rig's own axes
are taken to be these.
"""

from __future__ import annotations

import itertools

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.retargeting import limbs
from dance_core.motion.retargeting.theirs import NEXT, Constants, Theirs

_SAME = 0.01  # m, or
_SHARE = 0.03  # of its length, that bones of a skeleton like ours differ from ours at most
_NEAR_RIG = np.radians(25.0)  # a frame so near to the rig's axes is along them
# a hand that is off its forearm by less, on average, has its zero where it is straight
_STRAIGHT = np.radians(50.0)
_KNEE = np.radians(25.0)  # a shin that is twisted against its thigh by less is not


def _axis_turns() -> np.ndarray:
    """The 24 turns (24, 4) that bring axes onto axes."""
    found = []
    for order in itertools.permutations(range(3)):
        for signs in itertools.product((1.0, -1.0), repeat=3):
            m = np.zeros((3, 3))
            m[range(3), order] = signs
            if np.linalg.det(m) > 0:
                found.append(rot.quaternion_from_matrix(m))
    return np.array(found)


_AXIS_TURNS = _axis_turns()


def constants(theirs: Theirs, up: np.ndarray) -> Constants:
    """As `standing.constants`. up: (3,) in the motion's world."""
    alike = _alike(theirs, sk.LEG / theirs.leg)
    chest = theirs.spine[-1]
    out: dict[int, np.ndarray] = {}
    out[sk.PELVIS] = _body(theirs, sk.PELVIS, (sk.LEFT_HIP, sk.RIGHT_HIP), alike)
    out[sk.SPINE3] = _body(theirs, sk.SPINE3, (sk.LEFT_COLLAR, sk.RIGHT_COLLAR), alike)
    for i in (0, 1):
        for upper in (sk.LEFT_HIP + i, sk.LEFT_SHOULDER + i):
            _limb(theirs, upper, out)
        _hand(theirs, i, out)
    _trunk(theirs, out, chest, alike)
    for i in (0, 1):
        _foot(theirs, i, out, up, alike)
    said = ("The rest pose is nobody who stands; how bones are twisted, and the head is held, was taken from "
            "the "
            "motion.",)
    return Constants(out, _spine(theirs, out, alike), _neck(theirs, out, alike), said)


def _alike(theirs: Theirs, scale: float) -> bool:
    """Whether its bones are as long as ours, all of them: then bones of the trunk point as ours do, too."""
    for a, b in NEXT.items():
        way = theirs.bone(a)
        if way is not None:
            ours = float(np.linalg.norm(sk.BONES[b]))
            if abs(float(np.linalg.norm(way)) * scale - ours) > max(_SAME, _SHARE * ours):
                return False
    return True


def _body(theirs: Theirs, joint: int, sides: tuple[int, int], alike: bool) -> np.ndarray:
    """Pelvis or chest: by its own bones to both sides and up."""
    if joint == sk.PELVIS:
        carrier, top = theirs.index[sk.PELVIS], theirs.places[:, (*theirs.spine, theirs.top)[1]]
        ours_top = sk.REST_JOINTS[sk.SPINE1]
    else:
        carrier, top = theirs.spine[-1], theirs.places[:, theirs.top]
        ours_top = sk.REST_JOINTS[sk.NECK]
        if sides[0] not in theirs.index or sides[1] not in theirs.index:
            sides = (sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER)
    turn = theirs.turns[:, carrier]

    def inside(v: np.ndarray) -> np.ndarray:
        return rot.rotate(rot.inverse(turn), v).mean(0)

    left, right = theirs.place(sides[0]), theirs.place(sides[1])
    middle = 0.5 * (left + right)
    our_middle = 0.5 * (sk.REST_JOINTS[sides[0]] + sk.REST_JOINTS[sides[1]])
    across, high = inside(left - right), inside(top - middle)
    if np.linalg.norm(high) < 1e-6 * theirs.leg:
        high = inside(theirs.place(sk.HEAD) - middle)
    # a frame of the line across and of what of "up" is square to it
    found = rot.quaternion_from_matrix(_square(across, high) @ _square(
        sk.REST_JOINTS[sides[0]] - sk.REST_JOINTS[sides[1]], ours_top - our_middle).T)
    return found if alike else _to_rig(found)


def _square(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Matrix (3, 3) with columns: x, y made square to it, and their product."""
    x = limbs.unit(x)
    y = limbs.unit(y - (y @ x) * x)
    return np.stack([x, y, np.cross(x, y)], -1)


def _to_rig(found: np.ndarray) -> np.ndarray:
    """The turn of axes onto axes that is near; itself where none is."""
    off = rot.geodesic(_AXIS_TURNS, found)
    return _AXIS_TURNS[off.argmin()] if off.min() < _NEAR_RIG else found


def _limb(theirs: Theirs, upper: int, out: dict[int, np.ndarray]) -> None:
    """Upper and lower bone: direction by the bone, twist by the hinge, else as the limb hangs on average."""
    middle = limbs.MIDDLES[upper]
    along, below = theirs.bone(upper), theirs.bone(middle)
    if along is None or below is None:
        return
    base = limbs.arc(sk.BONES[middle], along)
    found = limbs.bend(theirs, upper)
    if found.sure:
        off = limbs.angle_about(along, rot.rotate(base, limbs.our_front(upper)), found.way)
    else:
        off = _hanging(theirs, upper, base, out)
    out[upper] = rot.multiply(limbs.about(along, off), base)
    # zero of the middle joint is straight, and so is our rest: the lower bone is twisted like the upper one
    guess = rot.multiply(limbs.arc(rot.rotate(out[upper], sk.BONES[limbs.ik_end(middle)]), below), out[upper])
    seen = limbs.bend(theirs, upper, seen_from_below=True)
    if seen.sure:  # unless it is seen to be twisted against it
        off = limbs.angle_about(below, rot.rotate(guess, limbs.our_origin(upper)), seen.way)
        most = _KNEE if upper < sk.SPINE2 else _STRAIGHT  # forearms are twisted on the way
        guess = rot.multiply(limbs.about(below, off), guess) if abs(off) > most else guess
    out[middle] = guess


def _hanging(theirs: Theirs, upper: int, base: np.ndarray, out: dict[int, np.ndarray]) -> float:
    """Radians of twist by which a limb, on average, comes from its trunk by the shortest turn."""
    trunk = sk.PELVIS if upper < sk.SPINE2 else sk.SPINE3
    carrier = theirs.spine[0 if trunk == sk.PELVIS else -1]
    body = rot.multiply(theirs.turns[:, carrier], out[trunk])
    bone = sk.BONES[limbs.MIDDLES[upper]]
    way = theirs.place(limbs.MIDDLES[upper]) - theirs.place(upper)
    way = way / np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-9)
    natural = rot.multiply(rot.shortest_arc(rot.rotate(body, limbs.unit(bone)), way), body)
    has = rot.multiply(theirs.turn(upper), base)
    twist = limbs.mean_turn(rot.multiply(rot.inverse(has), natural))
    return limbs.angle_about(rot.rotate(base, bone), rot.rotate(base, limbs.our_front(upper)),
                             rot.rotate(rot.multiply(base, twist), limbs.our_front(upper)))


def _hand(theirs: Theirs, i: int, out: dict[int, np.ndarray]) -> None:
    wrist, elbow = sk.LEFT_WRIST + i, sk.LEFT_ELBOW + i
    if elbow not in out:
        return
    found = limbs.hand(theirs, i)
    if found is None:
        # its zero is where it is straight, unless it is never near that
        mean = _as_before(theirs, wrist, elbow, out)
        found = out[elbow] if rot.geodesic(out[elbow], mean) < _STRAIGHT else mean
    out[wrist] = found
    first = (sk.LEFT_HAND, sk.RIGHT_HAND)[i].start
    for j in range(first, first + 15):
        if j not in theirs.index:
            continue
        before = wrist if (j - first) % 3 == 0 or j - 1 not in out else j - 1
        way = theirs.bone(j)
        out[j] = mean = _as_before(theirs, j, before, out)
        if way is not None:
            out[j] = rot.multiply(limbs.arc(rot.rotate(mean, sk.BONES[NEXT[j]]), way), mean)


def _as_before(theirs: Theirs, j: int, before: int, out: dict[int, np.ndarray]) -> np.ndarray:
    """The constant of joint j by which, on average, it is turned as the joint before it is."""
    turned = rot.multiply(theirs.turn(before), out[before])
    return limbs.mean_turn(rot.multiply(rot.inverse(theirs.turn(j)), turned))


def _spine(theirs: Theirs, out: dict[int, np.ndarray], alike: bool) -> dict[int, np.ndarray]:
    """Joints between pelvis and chest: on average they are turned between the two, by how far up they are."""
    pelvis, chest = (rot.multiply(theirs.turns[:, theirs.spine[k]], out[j])
                     for k, j in ((0, sk.PELVIS), (-1, sk.SPINE3)))
    found = {theirs.spine[0]: out[sk.PELVIS], theirs.spine[-1]: out[sk.SPINE3]}
    count = len(theirs.spine) - 1
    for k, j in enumerate(theirs.spine[1:-1], 1):
        between = rot.slerp(pelvis, chest, np.full(len(pelvis), k / count))
        mean = limbs.mean_turn(rot.multiply(rot.inverse(theirs.turns[:, j]), between))
        if alike and count == 3:
            way = theirs.figure.offsets[theirs.spine[k + 1]]
            bone = sk.BONES[(sk.SPINE2, sk.SPINE3)[k - 1]]
            mean = rot.multiply(limbs.arc(rot.rotate(mean, bone), way), mean)
        elif not alike:
            mean = _to_rig(mean)
        found[j] = mean
    return found


def _neck(theirs: Theirs, out: dict[int, np.ndarray], alike: bool) -> dict[int, np.ndarray]:
    """Joints of the neck above its first: on average they turn as it does."""
    found = {}
    for j in theirs.neck:
        neck = rot.multiply(theirs.turns[:, theirs.top], out[sk.NECK])
        mean = limbs.mean_turn(rot.multiply(rot.inverse(theirs.turns[:, j]), neck))
        found[j] = out[sk.NECK] if j == theirs.top else mean if alike else _to_rig(mean)
    return found


def _trunk(theirs: Theirs, out: dict[int, np.ndarray], chest: int, alike: bool) -> None:
    """Collars, neck and head: on average they are turned as the chest is."""
    body = rot.multiply(theirs.turns[:, chest], out[sk.SPINE3])
    for j in (sk.LEFT_COLLAR, sk.RIGHT_COLLAR, sk.NECK, sk.HEAD):
        if j not in theirs.index:
            continue
        mean = limbs.mean_turn(rot.multiply(rot.inverse(theirs.turn(j)), body))
        way = theirs.bone(j)
        if alike and way is not None:
            mean = rot.multiply(limbs.arc(rot.rotate(mean, sk.BONES[NEXT[j]]), way), mean)
        elif not alike:
            mean = _to_rig(mean)
        out[j] = mean


def _foot(theirs: Theirs, i: int, out: dict[int, np.ndarray], up: np.ndarray, alike: bool) -> None:
    ankle, toe, knee = sk.LEFT_ANKLE + i, sk.LEFT_FOOT + i, sk.LEFT_KNEE + i
    way = theirs.bone(ankle)
    if knee not in out:
        return
    if way is None:
        out[ankle] = _as_before(theirs, ankle, knee, out)
        return
    flat = limbs.flat_foot(theirs, i, up)
    if flat is None or not flat.plausible:
        mean = _as_before(theirs, ankle, knee, out)
        out[ankle] = rot.multiply(limbs.arc(rot.rotate(mean, sk.BONES[toe]), way), mean)
    else:
        # the sole looks down when it stands: up and the way of the toes, square to it
        ahead = way - (way @ flat.up) * flat.up
        frame = _square(limbs.unit(ahead), flat.up)
        bone = sk.BONES[toe] * [1, 0, 1]
        out[ankle] = rot.quaternion_from_matrix(frame @ _square(bone, np.array([0.0, 1.0, 0.0])).T)
        if alike:
            out[ankle] = rot.multiply(limbs.arc(rot.rotate(out[ankle], sk.BONES[toe]), way), out[ankle])
    if toe in theirs.index:
        out[toe] = _as_before(theirs, toe, ankle, out)
