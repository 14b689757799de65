"""The neutral body: MakeHuman's average young adult, brought from its own stance to the project's T-pose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.body.build.source import Source
from dance_core.body.build.weights import bone_weights, joint_of
from dance_core.motion import rotations as rot
from dance_core.motion.skeleton import REST_JOINTS, joint

RACES = ("african", "asian", "caucasian")


@dataclass(frozen=True)
class Shape:
    """What MakeHuman calls macro details, 0 to 1 each. A trained dancer, between the sexes."""

    male: float = 0.72
    muscle: float = 0.62
    weight: float = 0.45
    height: float = 0.5
    proportions: float = 0.5


def sculpt(source: Source, shape: Shape) -> np.ndarray:
    """Vertices (N, 3) m of a shape in MakeHuman's stance."""
    v = source.base[0].copy()
    for sex, part in (("female", 1 - shape.male), ("male", shape.male)):
        for race in RACES:
            v += part / 3 * source.target(f"macrodetails/{race}-{sex}-young")
        for muscle, m in _levels("muscle", shape.muscle):
            for weight, w in _levels("weight", shape.weight):
                stem = f"{sex}-young-{muscle}-{weight}"
                v += part * m * w * source.target(f"macrodetails/universal-{stem}")
                for folder, kinds, value in (("height", ("minheight", "maxheight"), shape.height),
                                             ("proportions", ("uncommonproportions", "idealproportions"),
                                              shape.proportions)):
                    kind, amount = kinds[int(value > 0.5)], abs(2 * value - 1)
                    if amount > 0:
                        v += part * m * w * amount * source.target(f"macrodetails/{folder}/{stem}-{kind}")
    return v


def _levels(name: str, value: float) -> list[tuple[str, float]]:
    """Names and shares of the two of min, average and max that a value lies between."""
    shares = {"min": max(0.0, 1 - 2 * value), "average": 1 - abs(2 * value - 1),
              "max": max(0.0, 2 * value - 1)}
    return [(k + name, s) for k, s in shares.items() if s > 0]


def joints_in(source: Source, v: np.ndarray) -> np.ndarray:
    """Places (55, 3) m of the SMPL-X joints inside a body in MakeHuman's stance."""
    def cube(name: str) -> np.ndarray:
        return v[source.groups[f"joint-{name}"]].mean(0)

    out = np.full((55, 3), np.nan)
    for name, cube_name in (("spine1", "spine-4"), ("spine2", "spine-2"), ("spine3", "spine-1"),
                            ("neck", "neck"), ("head", "head"), ("jaw", "mouth")):
        out[joint(name)] = cube(cube_name)
    for side, s in (("left_", "l-"), ("right_", "r-")):
        for name, cube_name in (("hip", "upper-leg"), ("knee", "knee"), ("ankle", "ankle"),
                                ("collar", "clavicle"), ("shoulder", "shoulder"), ("elbow", "elbow"),
                                ("wrist", "hand"), ("eye_smplhf", "eye")):
            out[joint(side + name)] = cube(s + cube_name)
        out[joint(side + "foot")] = np.mean([cube(f"{s}toe-{i}-1") for i in range(1, 6)], 0)
        for i, finger in enumerate(("thumb", "index", "middle", "ring", "pinky")):
            for k in (1, 2, 3):
                out[joint(f"{side}{finger}{k}")] = cube(f"{s}finger-{i + 1}-{k}")
    # the rig has no joint of its own where SMPL-X has its pelvis: between spine and hips, as at rest
    hips = out[[1, 2]].mean(0) - REST_JOINTS[[1, 2]].mean(0)
    spine = out[3] - REST_JOINTS[3]
    out[0] = REST_JOINTS[0] + 0.5 * (hips + spine)
    return out


def turns_to_rest(places: np.ndarray) -> np.ndarray:
    """World rotations (55, 3, 3) that bring each bone of `places` (55, 3) to its direction in REST_JOINTS."""
    turn = np.tile(np.eye(3), (55, 1, 1))
    for side, x in (("left_", 1.0), ("right_", -1.0)):
        def at(name: str, side: str = side) -> int:
            return joint(side + name)

        def bone(a: str, b: str, of: np.ndarray, at=at) -> np.ndarray:
            return of[at(b)] - of[at(a)]

        for upper, lower in (("hip", "knee"), ("knee", "ankle")):
            turn[at(upper)] = _swing(bone(upper, lower, places), bone(upper, lower, REST_JOINTS))
        flat = np.array([1.0, 0.0, 1.0])
        turn[at("ankle")] = turn[at("foot")] = _swing(bone("ankle", "foot", places) * flat,
                                                      bone("ankle", "foot", REST_JOINTS) * flat)
        # the plane that an elbow bends in lies level in the T-pose, so that it bends forwards
        hinge = np.cross(bone("shoulder", "elbow", places), bone("elbow", "wrist", places))
        down = np.array([0.0, -x, 0.0])
        for upper, lower in (("shoulder", "elbow"), ("elbow", "wrist")):
            turn[at(upper)] = _frame(bone(upper, lower, REST_JOINTS), down) \
                @ _frame(bone(upper, lower, places), hinge).T
        palm = [_frame(bone("wrist", "middle1", of), bone("pinky1", "index1", of))
                for of in (places, REST_JOINTS)]
        turn[at("wrist")] = palm[1] @ palm[0].T
        for finger in ("thumb", "index", "middle", "ring", "pinky"):
            before = turn[at("wrist")]
            for k in (1, 2):
                names = f"{finger}{k}", f"{finger}{k + 1}"
                before = _swing(before @ bone(*names, places), bone(*names, REST_JOINTS)) @ before
                turn[at(names[0])] = before
            turn[at(f"{finger}3")] = before
    return turn


def _swing(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    return rot.matrix_from_quaternion(rot.shortest_arc(start, stop))


def _frame(along: np.ndarray, about: np.ndarray) -> np.ndarray:
    """Rotation whose columns are `along`, `about` (made square to it) and their cross product."""
    x = along / np.linalg.norm(along)
    y = about - (about @ x) * x
    y /= np.linalg.norm(y)
    return np.stack([x, y, np.cross(x, y)], 1)


def bake(source: Source, v: np.ndarray) -> np.ndarray:
    """Vertices (N, 3) of the T-pose; the joints inside are REST_JOINTS.

    Each bone carries its vertices from its joint's place and direction to those of REST_JOINTS. Forearms
    share the turn between elbow and wrist out along their length.
    """
    places = joints_in(source, v)
    turn = turns_to_rest(places)
    names, table = bone_weights(source)
    out = np.zeros_like(v)
    for b, name in enumerate(names):
        j = joint_of(name)
        r = turn[j]
        stem, _, side = name.partition(".")
        if stem == "lowerarm02":  # half of the way that the wrist is twisted against the elbow
            wrist = turn[joint(("left_" if side == "L" else "right_") + "wrist")]
            half = rot.slerp(*(rot.quaternion_from_matrix(m) for m in (r, wrist)), 0.5)
            along = rot.matrix_from_quaternion(half)
            bone = REST_JOINTS[joint(("left_" if side == "L" else "right_") + "wrist")] - REST_JOINTS[j]
            r = _swing(along @ r.T @ bone, bone) @ along
        used = table[:, b] > 0
        out[used] += table[used, b, None] * ((v[used] - places[j]) @ r.T + REST_JOINTS[j])
    return out


def face_units(source: Source, names: tuple[str, ...]) -> np.ndarray:
    """Offsets (52, N, 3) m: the head doesn't turn between the two stances, so they hold as they are."""
    return np.stack([source.face_unit(name) for name in names])
