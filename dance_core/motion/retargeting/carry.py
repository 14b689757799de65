"""A figure's motion on our skeleton: constants applied, spine shared out, pelvis placed, feet on the
floor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.figure import Figure
from dance_core.motion.floor import floor_of
from dance_core.motion.measures import LIMBS, Measures, at_rest
from dance_core.motion.motion import Motion
from dance_core.motion.retargeting import local, standing
from dance_core.motion.retargeting.theirs import Constants, Theirs
from dance_core.motion.upright import Up, judge, snapped

_SPINE = (sk.SPINE1, sk.SPINE2, sk.SPINE3)
_OURS = 1e-3  # m: a rest pose so near to ours is ours
_SHARE = 0.15  # of a bone of our spine that one of theirs lies beside, below which it says nothing of it
_BLOCK = 2000  # frames that are carried over at once


@dataclass(frozen=True, eq=False)
class Carried:
    """A motion that was carried over.

    Attributes:
        motion: on our skeleton, at the file's own rate.
        scale: metres in one unit of the file.
        up: the axis that was up in the file.
        said: sentences on what had to be guessed.
        measures: of the file's own body, in its unit.
        ours: whether it is a skeleton of ours, at rest as ours is; then nothing was moved.
    """

    motion: Motion
    scale: float
    up: Up
    said: tuple[str, ...]
    ours: bool = False
    measures: Measures | None = None


def motion_from_figure(figure: Figure) -> Motion:
    """Any figure on our skeleton. Raises UserError as `carry` does."""
    return carry(figure).motion


def metres_per_unit(figure: Figure) -> float:
    """What its places are multiplied by on our skeleton: our leg against its own. UserError as `carry`."""
    return sk.LEG / Theirs.of(figure).leg


def carry(figure: Figure) -> Carried:
    """Any figure on our skeleton: as it is where it is ours, else turned to Y up, scaled by the leg and set
    on the floor.

    Raises UserError if one of its joints can't be told, or it has no legs.
    """
    theirs = Theirs.of(figure)
    up = _up(theirs, None)
    mirrored = theirs.is_mirrored(up.axis)
    if mirrored:
        figure = figure.mirrored()
        theirs = Theirs.of(figure)
    axes = standing.rest_axes(theirs)
    scale = sk.LEG / theirs.leg
    alike = axes is not None and _is_alike(theirs, axes, scale)
    up = _up(theirs, axes)
    alike &= axes is not None and np.array_equal(up.axis, axes[1])
    ours = alike and len(theirs.index) == len(sk.REST_JOINTS)
    said = [up.said] if up.said and not ours else []
    if mirrored:
        said.append("Its left and right are exchanged (toes point behind), as in files of left-handed "
                    "programs; "
                    "it was mirrored.")
    if axes is None:
        constants = local.constants(theirs, up.axis)
    elif alike:
        constants = standing.plain(theirs, axes)
    else:
        constants = standing.constants(theirs, axes, up.axis)
        if np.abs(axes[1] - up.axis).max() > 1e-6:
            said.append(f"The rest pose stands along {Up(axes[1]).name}, the motion along {up.name}; the "
                        "motion was believed.")
    said += constants.said
    turn = _to_world(axes, up)
    parts = [_carried(theirs, block, constants, turn, scale, ours)
             for block in (figure.slice(a, a + _BLOCK) for a in range(0, len(figure), _BLOCK))]
    rotations, root = (np.concatenate(some) for some in zip(*parts, strict=True))
    fingers = np.abs(rotations[:, 25:]).max() > 1e-6  # they may be in the file and never move
    motion = Motion(figure.fps, rotations, root, np.zeros((len(root), 52)),
                    parts=frozenset({"body", "hands"} if fingers else {"body"}))
    if not ours:
        motion = replace(motion, translation=motion.translation - np.float32([0, floor_of(motion), 0]))
    return Carried(motion, scale, up, tuple(said), ours, _measures(theirs, axes is not None))


def _measures(theirs: Theirs, stands: bool) -> Measures:
    """Of its rest pose; where nobody stands in that, of its limbs alone."""
    if stands:
        spine = dict(zip((sk.PELVIS, *_SPINE), theirs.spine, strict=False)) if len(theirs.spine) == 4 else {}
        return at_rest({j: theirs.rest[k] for j, k in (spine | theirs.index).items()})
    bones = {j: theirs.bone(parent, j) for j, parent in LIMBS.items()}
    return Measures({j: float(np.linalg.norm(b)) for j, b in bones.items() if b is not None})


def _up(theirs: Theirs, axes: np.ndarray | None) -> Up:
    return judge(theirs.places[:, list(theirs.index.values())], theirs.place(sk.HEAD), theirs.ankles,
                 None if axes is None else axes[1], "it is in the rest pose")


def _to_world(axes: np.ndarray | None, up: Up) -> np.ndarray:
    """Quaternion (4,) from the file's world to ours: a rest pose that stands along the same axis faces +Z."""
    if axes is None or np.abs(axes[1] - up.axis).max() > 1e-6:
        return up.turn()
    left = snapped(axes[0])
    return rot.quaternion_from_matrix(np.stack([left, up.axis, np.cross(left, up.axis)]))


def _carried(theirs: Theirs, block: Figure, constants: Constants, turn: np.ndarray, scale: float,
             exact: bool) -> tuple[np.ndarray, np.ndarray]:
    """Rotations (T, 55, 3) and places of the pelvis (T, 3) of some frames; exact: it is our skeleton."""
    world = block.world()
    ours = np.empty((len(block), 55, 4))
    spine = _Spine.of(theirs)
    head = float(np.linalg.norm(theirs.figure.offsets[theirs.index[sk.HEAD]]))
    for j in range(55):
        if j in _SPINE:
            ours[:, j] = spine.turn(_SPINE.index(j), world, constants.spine, turn)
        elif j == sk.NECK and theirs.neck:
            lengths = [float(np.linalg.norm(theirs.figure.offsets[k])) for k in theirs.neck[1:]]
            ours[:, j] = _mixed([rot.multiply(rot.multiply(turn, world[:, k]), constants.neck[k])
                                 for k in theirs.neck], [*lengths, head])
        elif j in theirs.index and j in constants.joints:
            ours[:, j] = rot.multiply(rot.multiply(turn, world[:, theirs.carrier[j]]), constants.joints[j])
        else:  # what it does not have follows its parent
            ours[:, j] = ours[:, sk.PARENTS[j]]
    rotations = rot.axis_angle_from_quaternion(kin.local_rotations(ours))
    if exact and theirs.figure.parents[theirs.index[sk.PELVIS]] < 0:
        return rotations, rot.rotate(turn, block.place(theirs.index[sk.PELVIS])) * scale
    # hips where theirs are: what is called the pelvis lies here or there between them and the spine
    places = block.places(world)
    hips = 0.5 * (places[:, theirs.index[sk.LEFT_HIP]] + places[:, theirs.index[sk.RIGHT_HIP]])
    root = rot.rotate(turn, hips) * scale - rot.rotate(ours[:, 0], 0.5 * (sk.BONES[1] + sk.BONES[2]))
    return rotations, root


def _mixed(turns: list[np.ndarray], weights: list[float]) -> np.ndarray:
    """The weighted mean (T, 4) of rotations that are near each other."""
    total = np.zeros_like(turns[0])
    for q, w in zip(turns, weights, strict=True):
        total += w * np.where((q * turns[0]).sum(-1, keepdims=True) < 0, -q, q)
    return total / np.maximum(np.linalg.norm(total, axis=-1, keepdims=True), 1e-12)


@dataclass(frozen=True, eq=False)
class _Spine:
    """Their joints from the pelvis to what the neck hangs on, and how far up the trunk each begins (0 to
    1).
    """

    chain: tuple[int, ...]
    begins: np.ndarray

    @classmethod
    def of(cls, theirs: Theirs) -> _Spine:
        joints = [*theirs.spine, theirs.top]
        way = [0.0]
        for a, b in zip(joints, joints[1:], strict=False):
            bone = theirs.places[:, b] - theirs.places[:, a]
            way.append(way[-1] + float(np.linalg.norm(bone, axis=-1).mean()))
        return cls(theirs.spine, np.array(way) / max(way[-1], 1e-9))

    def turn(self, step: int, world: np.ndarray, constants: dict[int, np.ndarray], turn: np.ndarray
             ) -> np.ndarray:
        """World rotation (T, 4) of our spine joint 0, 1 or 2."""
        def ours(place: int) -> np.ndarray:
            j = self.chain[place]
            return rot.multiply(rot.multiply(turn, world[:, j]), constants[j])

        last = len(self.chain) - 1
        if step == 2:
            return ours(last)
        if last < 3:  # a short spine: its turn is shared out
            place = last * (step + 1) / 3
            low = min(int(place + 1e-9), last)
            return rot.slerp(ours(low), ours(min(low + 1, last)), np.full(len(world), place - low))
        # the mean of what lies beside ours, by length
        start, stop = _BEGINS[step], _BEGINS[step + 1]
        over = np.minimum(self.begins[1:], stop) - np.maximum(self.begins[:-1], start)
        over[0] = 0.0  # the pelvis is no spine
        used = np.flatnonzero(over > _SHARE * (stop - start))
        if not len(used):
            used = np.array([1 + step])
            over[used] = 1.0
        return _mixed([ours(int(i)) for i in used], [float(over[i]) for i in used])


def _our_spine() -> np.ndarray:
    joints = [sk.PELVIS, *_SPINE, sk.NECK]
    way = np.cumsum([0.0, *(float(np.linalg.norm(sk.BONES[j])) for j in joints[1:])])
    return (way / way[-1])[1:]


_BEGINS = _our_spine()  # how far up our trunk spine1, spine2, spine3 and the neck begin


def _is_alike(theirs: Theirs, axes: np.ndarray, scale: float) -> bool:
    """Whether the rest pose is ours, to a millimetre, in all joints that it has: then nothing is guessed."""
    rest = (theirs.rest - theirs.rest[theirs.index[0]]) @ axes.T * scale
    index = dict(zip((sk.PELVIS, *_SPINE), theirs.spine, strict=False)) | theirs.index
    if len(theirs.spine) != 4 or not set(range(sk.BODY)) <= set(index):
        return False
    places = sk.REST_JOINTS[list(index)] - sk.REST_JOINTS[0]
    return bool(np.abs(places - rest[list(index.values())]).max() < _OURS)
