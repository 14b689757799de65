"""Motion of another skeleton (a BVH's, a robot's) on ours.

Joints are found by name. World rotations are carried over; where a limb's bone points elsewhere at rest than
ours (arms that hang at 45° in an A-pose), the difference is taken out, so that limbs point as they do in the
file.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.bvh import Bvh, read_bvh
from dance_core.motion.figure import Figure
from dance_core.motion.motion import Motion
from dance_core.motion.soles import sole_points

# our joint -> names of others, without side; the first that is there and not yet taken is it. The order
# counts: "LeftShoulder" is the collar bone where there is a "LeftArm", and "left_foot" the toes where there
# is an ankle.
_SIDED: dict[str, tuple[str, ...]] = {
    "hip": ("upleg", "thigh", "upperleg", "hip", "femur"),
    "knee": ("knee", "leg", "shin", "calf", "lowerleg", "tibia"),
    "ankle": ("ankle", "foot"),
    "foot": ("toebase", "toe", "toes", "toe0", "ball", "foot"),
    "shoulder": ("arm", "upperarm", "uparm", "humerus", "shoulder"),
    "collar": ("collar", "clavicle", "shoulder"),
    "elbow": ("elbow", "forearm", "lowerarm", "lowarm", "radius"),
    "wrist": ("wrist", "hand"),
}
_SIDED |= {f"{finger}{n}": (f"hand{finger}{n}", f"{finger}{n}", f"{finger}0{n}", f"f{finger}0{n}")
           for finger in ("index", "middle", "ring", "thumb") for n in (1, 2, 3)}
_SIDED |= {f"pinky{n}": tuple(f"{before}{name}{n}" for before in ("hand", "") for name in ("pinky", "little"))
           for n in (1, 2, 3)}
_MIDDLE: dict[str, tuple[str, ...]] = {
    "pelvis": ("pelvis", "hips", "hip", "root"),
    "neck": ("neck", "neck1", "neck01"),
    "head": ("head",),
}
_NEEDED = ("pelvis", "head", *(f"{s}_{j}" for s in ("left", "right")
                               for j in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")))


def load_bvh(path: str | Path) -> Motion:
    """Read a BVH as a motion of body and, where it has fingers, hands; the face is at rest.

    Our own files come back as they were. Others are mapped by their joints' names (Mixamo, CMU, Blender, SMPL
    and many like them), scaled by the length of the leg, turned to Y up and set on the floor.

    Raises:
        UserError: not a BVH, damaged, too big, a frame rate outside 1 to 240, values that are no number, or
            joints that can't be told from their names or rest pose.
    """
    return motion_from_bvh(read_bvh(path))


def motion_from_bvh(bvh: Bvh) -> Motion:
    """Carry a BVH over to our skeleton. Raises UserError if its joints can't be told or it doesn't stand."""
    return motion_from_figure(Figure.of_bvh(bvh))


def motion_from_figure(figure: Figure) -> Motion:
    """Carry any figure over to our skeleton. Raises UserError as `motion_from_bvh` does."""
    index = _index(figure)
    axes, scale = _axes_and_scale(figure, index)
    rest = figure.rest() @ axes.T * scale
    to_ours = rot.quaternion_from_matrix(axes)
    world = rot.multiply(rot.multiply(to_ours, figure.world()), rot.inverse(to_ours))
    ours = np.empty((len(figure), sk.REST_JOINTS.shape[0], 4))
    turn = _corrections(rest, index)
    ours[:, 0] = world[:, index[0]]
    for j in range(1, ours.shape[1]):
        if j in (sk.SPINE1, sk.SPINE2, sk.SPINE3):
            ours[:, j] = _along_spine(figure, world, index, (sk.SPINE1, sk.SPINE2, sk.SPINE3).index(j))
        elif j in index:
            ours[:, j] = rot.multiply(world[:, index[j]], turn.get(j, np.array([1.0, 0.0, 0.0, 0.0])))
        else:  # what it does not have follows its parent
            ours[:, j] = ours[:, sk.PARENTS[j]]
    rotations = rot.axis_angle_from_quaternion(kin.local_rotations(ours))
    root = _pelvis_places(figure, world, index[0], axes) * scale
    fingers = np.abs(rotations[:, 25:]).max() > 1e-6  # they may be in the file and never move
    parts = frozenset({"body", "hands"} if fingers else {"body"})
    motion = Motion(figure.fps, rotations, root, np.zeros((len(root), 52)), parts=parts)
    if _is_ours(rest, index):
        return motion
    root[:, 1] -= np.percentile(sole_points(motion)[..., 1].min((1, 2)), 5)
    return Motion(figure.fps, motion.rotations, root, motion.face, parts=parts)


def metres_per_unit(figure: Figure) -> float:
    """What its places are multiplied by on our skeleton: our leg against its own. UserError as above."""
    return _axes_and_scale(figure, _index(figure))[1]


def _index(figure: Figure) -> dict[int, int]:
    """Our joint -> its joint. Raises UserError if one that is needed can't be told."""
    found = match_names(figure.names)
    missing = [n for n in _NEEDED if n not in found]
    if missing:
        raise UserError(f"None of the {len(figure.names)} joints of this BVH has a name that says it is the "
                        f"{missing[0].replace('_', ' ')}.")
    return {sk.joint(name): j for name, j in found.items()}


def match_names(names: tuple[str, ...]) -> dict[str, int]:
    """Our joint names -> index among other joints' names, for all that can be told."""
    if set(sk.JOINT_NAMES) <= set(names):
        return {n: names.index(n) for n in sk.JOINT_NAMES}
    plain: dict[str, int] = {}
    for j, name in enumerate(names):
        short = re.sub(r"[^a-z0-9]", "", name.lower().rsplit(":", 1)[-1])
        plain.setdefault(short, j)
    taken: set[int] = set()
    found: dict[str, int] = {}

    def claim(ours: str, candidates: list[str]) -> None:
        for c in candidates:
            if c in plain and plain[c] not in taken:
                found[ours] = plain[c]
                taken.add(plain[c])
                return

    for ours, others in _MIDDLE.items():
        claim(ours, list(others))
    for ours, others in _SIDED.items():
        for side in ("left", "right"):
            s = side[0]
            claim(f"{side}_{ours}", [v for o in others for v in (side + o, s + o, o + s, o + side)])
    return found


def _axes_and_scale(figure: Figure, index: dict[int, int]) -> tuple[np.ndarray, float]:
    """Matrix (3, 3) that turns the file's axes to ours (rows: its left, up, front), and metres per unit."""
    rest = figure.rest()
    up = rest[index[sk.HEAD]] - rest[index[0]]
    left = rest[index[sk.LEFT_HIP]] - rest[index[sk.RIGHT_HIP]]

    def snapped(v: np.ndarray) -> np.ndarray:
        axis = np.argmax(np.abs(v))
        return np.eye(3)[axis] * np.sign(v[axis])

    x, y = snapped(left), snapped(up)
    bones = [(a, b) for a, b in ((sk.LEFT_HIP, sk.LEFT_KNEE), (sk.LEFT_KNEE, sk.LEFT_ANKLE))]
    length = sum(float(np.linalg.norm(rest[index[b]] - rest[index[a]])) for a, b in bones)
    leg = rest[index[sk.LEFT_ANKLE]] - rest[index[sk.LEFT_HIP]]
    size = float(np.linalg.norm(leg))
    if length <= 0 or size <= 0 or abs(x @ y) > 0.5 or leg @ y > -0.5 * size:
        raise UserError("The rest pose of this BVH is not a person who stands, so it can't be understood.")
    return np.stack([x, y, np.cross(x, y)]), sk.LEG / length


def _pelvis_places(figure: Figure, world: np.ndarray, pelvis: int, axes: np.ndarray) -> np.ndarray:
    """Pelvis (T, 3) in our axes and the file's unit; it need not be the file's root."""
    path = [pelvis]
    while figure.parents[path[-1]] >= 0:
        path.append(figure.parents[path[-1]])
    out = figure.place(path[-1]) @ axes.T
    for parent, j in zip(path[:0:-1], path[-2::-1], strict=True):
        out = out + rot.rotate(world[:, parent], figure.place(j) @ axes.T)
    return out


def _along_spine(figure: Figure, world: np.ndarray, index: dict[int, int], step: int) -> np.ndarray:
    """World rotation (T, 4) of our spine joint 0, 1 or 2: a third, two thirds, all of the way up theirs."""
    chain = [figure.parents[index.get(sk.NECK, index[sk.HEAD])]]
    while chain[-1] not in (index[0], -1):
        chain.append(figure.parents[chain[-1]])
    chain = [index[0], *chain[-2::-1]]  # pelvis … the parent of neck or head
    place = (len(chain) - 1) * (step + 1) / 3
    low = min(int(place + 1e-9), len(chain) - 1)
    high = min(low + 1, len(chain) - 1)
    return rot.slerp(world[:, chain[low]], world[:, chain[high]], np.full(len(world), place - low))


def _corrections(rest: np.ndarray, index: dict[int, int]) -> dict[int, np.ndarray]:
    """For limbs: the shortest turn (4,) of our bone at rest onto theirs."""
    out: dict[int, np.ndarray] = {}
    for i in (0, 1):
        for a, b in ((sk.LEFT_HIP, sk.LEFT_KNEE), (sk.LEFT_KNEE, sk.LEFT_ANKLE),
                     (sk.LEFT_SHOULDER, sk.LEFT_ELBOW), (sk.LEFT_ELBOW, sk.LEFT_WRIST)):
            out[a + i] = _arc(sk.BONES[b + i], rest[index[b + i]] - rest[index[a + i]])
        hand = range(25, 40) if i == 0 else range(40, 55)
        for j in (sk.LEFT_WRIST + i, *hand):  # hands lie along the forearm at rest
            out[j] = out[sk.LEFT_ELBOW + i]
        ankle, toe = sk.LEFT_ANKLE + i, sk.LEFT_FOOT + i
        if toe in index:
            theirs = rest[index[toe]] - rest[index[ankle]]
            flat = np.array([1.0, 0.0, 1.0])  # feet lie flat at rest, however high the ankle: only about y
            if np.linalg.norm(theirs * flat) < 0.3 * np.linalg.norm(theirs):
                flat = np.ones(3)  # but these point down
            out[ankle] = out[toe] = _arc(sk.BONES[toe] * flat, theirs * flat)
    return out


def _arc(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """The shortest turn (4,) of one bone (3,) onto another; lengths do not count."""
    return rot.shortest_arc(*(v / max(float(np.linalg.norm(v)), 1e-9) for v in (start, stop)))


def _is_ours(rest: np.ndarray, index: dict[int, int]) -> bool:
    """Whether the rest pose is ours, to a millimetre: then nothing needs to be set on the floor."""
    places = sk.REST_JOINTS[list(index)] - sk.REST_JOINTS[0]
    theirs = rest[list(index.values())] - rest[index[0]]
    return len(index) == len(sk.REST_JOINTS) and bool(np.abs(places - theirs).max() < 1e-3)
