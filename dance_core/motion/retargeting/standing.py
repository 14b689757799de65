"""Constants of a figure whose rest pose is somebody who stands: arms at any height, feet pitched, palms
turned.
"""

from __future__ import annotations

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.retargeting import limbs
from dance_core.motion.retargeting.theirs import NEXT, Constants, Theirs
from dance_core.motion.upright import snapped

_UPRIGHT = 0.55  # cosine to up that legs and trunk have at least
_PARALLEL, _CURVED = 0.8, 0.3  # cosines: of shoulders to hips, of each link of the spine to up
_AHEAD = 0.2  # cosine to ahead from which on a foot points somewhere
_NEAR_AXIS = np.cos(np.radians(10.0))  # a rest pose turned by less is not turned
_HAND_OFF = np.radians(25.0)  # a hand that lies otherwise than its forearm by less lies like it
_BENDS_OFF = np.radians(50.0)  # knees and elbows that bend elsewhere than ours by less bend like ours
Said = dict[str, dict[str, float]]  # limb → side → degrees
_HOW = {"upper arm": "twisted by {:.0f} degrees, by how elbows bend",
        "thigh": "twisted by {:.0f} degrees, by how "
        "knees bend", "palm": "turned by {:.0f} degrees from facing down",
        "foot": "pitched by {:.0f} degrees against how feet stand in the motion"}
_PITCH_OFF = 12.0  # degrees between a foot at rest and a flat one, from which on it is pitched at rest


def rest_axes(theirs: Theirs) -> np.ndarray | None:
    """Matrix (3, 3) whose rows are left, up and front of the rest pose; None where nobody stands in it."""
    rest, index = theirs.rest, theirs.index
    at = {j: rest[k] for j, k in index.items()}
    hips = at[sk.LEFT_HIP] - at[sk.RIGHT_HIP]
    legs = [at[sk.LEFT_ANKLE + i] - at[sk.LEFT_HIP + i] for i in (0, 1)]
    thighs = [at[sk.LEFT_KNEE + i] - at[sk.LEFT_HIP + i] for i in (0, 1)]
    trunk = at[sk.HEAD] - at[sk.PELVIS]
    if min(map(float, map(np.linalg.norm, [hips, trunk, *legs, *thighs]))) < 1e-9:
        return None
    up = snapped(trunk - legs[0] - legs[1])
    if min(limbs.unit(v) @ up for v in [trunk, *(-v for v in (*legs, *thighs))]) < _UPRIGHT:
        return None
    if abs(limbs.unit(hips) @ up) > 0.5:
        return None
    left = limbs.unit(hips - (hips @ up) * up)
    if not _is_together(theirs, at, left, up):
        return None
    near = snapped(left)
    if near @ left > _NEAR_AXIS:
        left = near
    return np.stack([left, up, np.cross(left, up)])


def _is_together(theirs: Theirs, at: dict[int, np.ndarray], left: np.ndarray, up: np.ndarray) -> bool:
    """Whether the parts of a body that might stand fit each other: shoulders over hips, shins under thighs, a
    spine that goes up, feet on one side. Frames that mean nothing at rest can look like legs by chance."""
    shins = [at[sk.LEFT_ANKLE + i] - at[sk.LEFT_KNEE + i] for i in (0, 1)]
    spine = [theirs.rest[k] for k in (*theirs.spine, theirs.top, theirs.index[sk.HEAD])]
    links = [b - a for a, b in zip(spine, spine[1:], strict=False) if np.linalg.norm(b - a) > 1e-9]
    shoulders = limbs.unit(at[sk.LEFT_SHOULDER] - at[sk.RIGHT_SHOULDER])
    feet = [at[sk.LEFT_FOOT + i] - at[sk.LEFT_ANKLE + i] for i in (0, 1) if sk.LEFT_FOOT + i in at]
    ahead = np.cross(left, up)
    sides = {bool(foot @ ahead > 0) for foot in feet if abs(limbs.unit(foot) @ ahead) > _AHEAD}
    return (min(limbs.unit(-s) @ up for s in shins) > _UPRIGHT and shoulders @ left > _PARALLEL
            and min((limbs.unit(v) @ up for v in links), default=1.0) > _CURVED and len(sides) < 2)


def plain(theirs: Theirs, axes: np.ndarray) -> Constants:
    """Constants of a rest pose that is ours."""
    to_rest = rot.inverse(rot.quaternion_from_matrix(axes))
    return Constants(*(dict.fromkeys(some, to_rest) for some in (theirs.index, theirs.spine, theirs.neck)))


def constants(theirs: Theirs, axes: np.ndarray, up: np.ndarray) -> Constants:
    """axes: of `rest_axes`. up: (3,) in the motion's world."""
    before = plain(theirs, axes)
    out = before.joints
    said: Said = {}
    for i in (0, 1):
        for upper in (sk.LEFT_HIP + i, sk.LEFT_SHOULDER + i):
            for j in (upper, limbs.MIDDLES[upper]):
                way = theirs.bone(j)
                if way is not None:
                    out[j] = _pointing(out[j], j, way)
            _twist_by_bend(theirs, upper, out, said)
        _hand(theirs, i, out, said)
        _foot(theirs, i, out, up, said)
    return Constants(out, before.spine, before.neck, _in_words(said))


def _pointing(base: np.ndarray, j: int, way: np.ndarray) -> np.ndarray:
    """The constant by which our bone points where theirs does, by the shortest turn."""
    bone = sk.BONES[NEXT[j]]
    return rot.multiply(limbs.arc(rot.rotate(base, bone), way), base)


def _twist_by_bend(theirs: Theirs, upper: int, out: dict[int, np.ndarray], said: Said) -> None:
    """A limb that bends elsewhere than ours would is twisted at rest: from its upper bone down."""
    found, along = limbs.bend(theirs, upper), theirs.bone(upper)
    if not found.sure or along is None:
        return
    off = limbs.angle_about(along, rot.rotate(out[upper], limbs.our_front(upper)), found.way)
    middle = limbs.MIDDLES[upper]
    palm = _palm_off(theirs, middle, out) if middle >= sk.LEFT_ELBOW else 0.0
    agrees = abs(palm) > _HAND_OFF and abs(rot.wrapped(off - palm)) < _HAND_OFF
    if abs(off) < _BENDS_OFF and not agrees:
        return
    off = palm if agrees else off
    for j in (upper, middle):
        way = theirs.bone(j)
        if way is not None:
            out[j] = rot.multiply(limbs.about(way, off), out[j])
    said.setdefault("upper arm" if middle >= sk.LEFT_ELBOW else "thigh", {})[_side(upper)] = np.degrees(off)


def _palm_off(theirs: Theirs, elbow: int, out: dict[int, np.ndarray]) -> float:
    """Radians by which a palm is turned about its forearm against ours, at rest; 0 where no fingers tell."""
    found, along = limbs.hand(theirs, elbow - sk.LEFT_ELBOW), theirs.bone(elbow)
    if found is None or along is None:
        return 0.0
    palm = np.array([0.0, 0.0, 1.0])
    return limbs.angle_about(along, rot.rotate(out[elbow], palm), rot.rotate(found, palm))


def _hand(theirs: Theirs, i: int, out: dict[int, np.ndarray], said: Said) -> None:
    """Hand and fingers: by where the fingers begin; without them the hand lies as the forearm does."""
    wrist, elbow = sk.LEFT_WRIST + i, sk.LEFT_ELBOW + i
    out[wrist] = out[elbow]
    found = limbs.hand(theirs, i)
    if found is not None and float(rot.geodesic(found, out[elbow])) > _HAND_OFF:
        out[wrist] = found
        along = theirs.bone(elbow)
        if along is not None:  # the forearm lies at rest as its hand does
            off = _palm_off(theirs, elbow, out)
            out[elbow] = rot.multiply(limbs.about(along, off), out[elbow])
            said.setdefault("palm", {})[_side(wrist)] = np.degrees(off)
    first = (sk.LEFT_HAND, sk.RIGHT_HAND)[i].start
    for j in range(first, first + 15):
        if j not in theirs.index:
            continue
        out[j] = out[wrist] if (j - first) % 3 == 0 else out.get(j - 1, out[wrist])
        way = theirs.bone(j)
        if way is not None:
            out[j] = _pointing(out[j], j, way)


def _foot(theirs: Theirs, i: int, out: dict[int, np.ndarray], up: np.ndarray, said: Said) -> None:
    """A foot lies flat at rest, however high its ankle is; unless the motion's flat feet say otherwise."""
    ankle, toe = sk.LEFT_ANKLE + i, sk.LEFT_FOOT + i
    way = theirs.bone(ankle)
    if way is None:
        return
    here = rot.rotate(rot.inverse(out[ankle]), way)  # as our axes have it
    down = float(np.degrees(np.arctan2(-here[1], np.hypot(here[0], here[2]))))
    flat = limbs.flat_foot(theirs, i, up)
    # toes that point up at rest, or deeper down than they do on the floor; deeper on the floor: on tiptoe
    wrong = flat is not None and (down - flat.degrees > _PITCH_OFF or (down < 0.0 and flat.plausible))
    pitched = _pitch(here, flat.degrees) if flat is not None and wrong else 0.0
    pitch = rot.quaternion_about("x", np.radians(pitched))
    here = rot.rotate(rot.inverse(pitch), here)
    level = np.array([1.0, 0.0, 1.0]) if abs(here[1]) < 2 * np.hypot(here[0], here[2]) else np.ones(3)
    turn = rot.multiply(pitch, limbs.arc(sk.BONES[toe] * level, here * level))
    if pitched:
        said.setdefault("foot", {})[_side(ankle)] = pitched
    out[ankle] = rot.multiply(out[ankle], turn)
    if toe in out:
        out[toe] = out[ankle]


def _pitch(way: np.ndarray, degrees: float) -> float:
    """The smallest turn about X in degrees after which a way (3,) lies so many degrees below level."""
    size = np.hypot(way[1], way[2])
    low = -np.linalg.norm(way) * np.sin(np.radians(degrees))
    at, off = np.arctan2(way[2], way[1]), np.arccos(np.clip(low / max(size, 1e-9), -1, 1))
    return float(np.degrees(min((rot.wrapped(at + off), rot.wrapped(at - off)), key=abs)))


def _side(j: int) -> str:
    return sk.JOINT_NAMES[j].partition("_")[0]


def _in_words(said: Said) -> tuple[str, ...]:
    """A sentence for each kind of limb, both sides in one."""
    out = []
    for what, sides in said.items():
        who = f"the {next(iter(sides))} {what} is"
        if len(sides) == 2:
            who = f"both {'feet' if what == 'foot' else what + 's'} are"
        degrees = np.mean(np.abs(list(sides.values())))
        out.append(f"In the rest pose {who} {_HOW[what].format(degrees)}; that was taken out.")
    return tuple(out)
