"""The points that say a pose: the 22 body joints, and markers fixed to them that tell their twist.

Every point but the pelvis hangs on another by a link, a vector in the world: a joint on its parent, a marker
on the joint beside its name. Links are what the pose image shows: they hold the pose, their lengths the
build of the dancer, and a longer bone is a longer link in the same direction. The pelvis' own row of links is
its place.

Markers are not on the skin. They stand 12 to 19 cm off their joint, so that half a centimetre of noise on
one is two or three degrees of twist. Those of elbow, wrist and knee turn with the bone above: they tell the
twist of a straight arm or leg, and how a forearm shares in a hand's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.centre import heading_of
from dance_core.motion.motion import Motion

# name of the left or middle one, joint it hangs on, joint it turns with, offset in m; right ones mirror left
_MARKERS: tuple[tuple[str, str, str, tuple[float, float, float]], ...] = (
    ("pelvis_front", "pelvis", "pelvis", (0.0, 0.0, 0.16)),
    ("chest_front", "spine3", "spine3", (0.0, 0.0, 0.18)),
    ("nose", "head", "head", (0.0, 0.04, 0.16)),
    ("left_ear", "head", "head", (0.15, 0.04, 0.0)),
    ("left_elbow_up", "left_elbow", "left_shoulder", (0.0, 0.15, 0.0)),
    ("left_wrist_up", "left_wrist", "left_elbow", (0.0, 0.15, 0.0)),
    ("left_thumb_side", "left_wrist", "left_wrist", (0.14, 0.0, 0.09)),
    ("left_little_side", "left_wrist", "left_wrist", (0.14, 0.0, -0.09)),
    ("left_knee_front", "left_knee", "left_hip", (0.0, 0.0, 0.15)),
    ("left_foot_side", "left_ankle", "left_ankle", (0.15, 0.0, 0.0)),
    ("left_toes", "left_foot", "left_foot", (0.0, 0.0, 0.12)),
)


def _both_sides() -> list[tuple[str, int, int, tuple[float, float, float]]]:
    out = []
    for name, on, by, (x, y, z) in _MARKERS:
        out.append((name, sk.joint(on), sk.joint(by), (x, y, z)))
        if name.startswith("left"):
            right = [n.replace("left", "right") for n in (name, on, by)]
            side = (right[1], right[2]) if on != "head" else (on, by)
            out.append((right[0], sk.joint(side[0]), sk.joint(side[1]), (-x, y, z)))
    return out


_ALL = _both_sides()
POINT_NAMES: tuple[str, ...] = (*sk.JOINT_NAMES[:sk.BODY], *(row[0] for row in _ALL))
POINTS = len(POINT_NAMES)  # K
HANGS_ON: tuple[int, ...] = (*sk.PARENTS[:sk.BODY], *(row[1] for row in _ALL))  # a point; -1: the pelvis
TURNS_WITH: tuple[int, ...] = (-1, *sk.PARENTS[1:sk.BODY], *(row[2] for row in _ALL))  # a joint
MIRRORED: tuple[int, ...] = tuple(
    POINT_NAMES.index(n.replace("left", "@").replace("right", "left").replace("@", "right"))
    for n in POINT_NAMES)
_OFFSETS = np.array([row[3] for row in _ALL])


def point(name: str) -> int:
    """Index of a point by its name. ValueError for a name that is none."""
    return POINT_NAMES.index(name)


def _summing() -> np.ndarray:
    out = np.eye(POINTS)
    for k in range(1, POINTS):
        out[k] += out[HANGS_ON[k]]
    out.setflags(write=False)
    return out


SUMMING = _summing()  # (K, K): 1 where a point's place has a link in its sum
PARTS: dict[str, tuple[int, ...]] = {  # points by the part of the body that they tell
    "joints": tuple(range(sk.BODY)),
    "head": tuple(point(n) for n in ("head", "nose", "left_ear", "right_ear")),
    "hands": tuple(point(f"{s}_{n}") for s in ("left", "right")
                   for n in ("wrist", "thumb_side", "little_side")),
    "feet": tuple(point(f"{s}_{n}") for s in ("left", "right")
                  for n in ("ankle", "foot", "foot_side", "toes")),
}


def offsets(rest: np.ndarray = sk.REST_JOINTS) -> np.ndarray:
    """(K, 3) m, every link of a body at rest; the pelvis' is zero.

    Args:
        rest: (55, 3) or at least (22, 3) m, where its joints are at rest. ValueError for fewer.
    """
    rest = np.asarray(rest, np.float64)
    if rest.ndim != 2 or len(rest) < sk.BODY or rest.shape[1] != 3:
        raise ValueError(f"a rest skeleton has shape {rest.shape}, expected (55, 3)")
    bones = rest[:sk.BODY] - rest[[0, *sk.PARENTS[1:sk.BODY]]]
    return np.concatenate([bones, _OFFSETS])


def turned_links(world: np.ndarray, pelvis: np.ndarray, rest: np.ndarray = sk.REST_JOINTS) -> np.ndarray:
    """Links (…, K, 3) m of a body at rest `rest`.

    world (…, 22 or more, 4) rotations of its joints in the world, pelvis (…, 3) m.
    """
    out = np.empty((*world.shape[:-2], POINTS, 3))
    out[..., 0, :] = pelvis
    out[..., 1:, :] = rot.rotate(world[..., list(TURNS_WITH[1:]), :], offsets(rest)[1:])
    return out


def links_of(motion: Motion, rest: np.ndarray = sk.REST_JOINTS) -> np.ndarray:
    """Links (T, K, 3) m of a motion."""
    local = rot.quaternion_from_axis_angle(motion.rotations[:, :sk.BODY])
    return turned_links(kin.global_rotations(local), motion.translation.astype(np.float64), rest)


def summed(links: np.ndarray) -> np.ndarray:
    """Links (…, K, 3) -> places (…, K, 3) m."""
    return SUMMING @ links


def unsummed(points: np.ndarray) -> np.ndarray:
    """Places (…, K, 3) -> links (…, K, 3) m."""
    out = np.array(points, np.float64)
    out[..., 1:, :] -= np.asarray(points)[..., list(HANGS_ON[1:]), :]
    return out


def points_of(motion: Motion, rest: np.ndarray = sk.REST_JOINTS) -> np.ndarray:
    """Places (T, K, 3) m of a motion's points."""
    return summed(links_of(motion, rest))


def mirrored(links: np.ndarray) -> np.ndarray:
    """Links or places (…, K, 3) seen in a mirror at x = 0."""
    return links[..., list(MIRRORED), :] * np.array([-1.0, 1.0, 1.0], links.dtype)


# --- where a segment begins ---

@dataclass(frozen=True)
class Anchor:
    """The frame that a segment is told in: a place (x, z) in m over the floor, a heading in rad about +Y."""

    heading: float = 0.0
    x: float = 0.0
    z: float = 0.0

    @classmethod
    def of(cls, motion: Motion) -> "Anchor":
        """Under the pelvis of a motion's first frame, facing as it does."""
        x, _, z = map(float, motion.translation[0])
        return cls(heading_of(motion), x, z)

    def enter(self, links: np.ndarray) -> np.ndarray:
        """Links (…, K, 3) of the world as they are told in this frame."""
        out = np.array(links, np.float64)
        out[..., 0, :] -= (self.x, 0.0, self.z)
        return rot.rotate(rot.quaternion_about("y", -self.heading), out)

    def leave(self, links: np.ndarray) -> np.ndarray:
        """The inverse of `enter`."""
        out = rot.rotate(rot.quaternion_about("y", self.heading), links)
        out[..., 0, :] += (self.x, 0.0, self.z)
        return out

    def place(self, motion: Motion) -> Motion:
        """A motion told in this frame, put where it is in the world."""
        turn = rot.quaternion_about("y", self.heading)
        rotations = motion.rotations.copy()
        root = rot.multiply(turn, rot.quaternion_from_axis_angle(rotations[:, 0]))
        rotations[:, 0] = rot.axis_angle_from_quaternion(root)
        return replace(motion, rotations=rotations,
                       translation=rot.rotate(turn, motion.translation) + (self.x, 0.0, self.z))


# --- builds ---

MOST = 1.25  # times as long as ours that a bone may be in a pose image; 1 / MOST times as short


def build(legs: float = 1.0, trunk: float = 1.0, shoulders: float = 1.0, upper_arms: float = 1.0,
          forearms: float = 1.0, neck: float = 1.0) -> np.ndarray:
    """(K,) lengths of another body's links by ours: factors, left and right alike.

    All of a leg has one factor, which is the pelvis' too: then the feet stand where they stood, times that
    factor, and none of them slides that stood. Markers are as far off as ever.
    """
    out = np.ones(POINTS)
    limbs = {("hip", "knee", "ankle", "foot"): legs, ("collar", "shoulder"): shoulders,
             ("elbow",): upper_arms, ("wrist",): forearms}
    for names, factor in limbs.items():
        for name in names:
            out[[point(f"{side}_{name}") for side in ("left", "right")]] = factor
    out[[sk.SPINE1, sk.SPINE2, sk.SPINE3]] = trunk
    out[[sk.NECK, sk.HEAD]] = neck
    out[0] = legs
    return out


def random_build(rng: np.random.Generator) -> np.ndarray:
    """(K,) factors of someone tall or short, wide or slender, of long or short legs and arms."""
    size = rng.uniform(0.88, 1.14)

    def about(most: float) -> float:
        return float(np.clip(size * rng.uniform(1 - most, 1 + most), 1 / MOST, MOST))

    return build(about(0.07), about(0.08), about(0.1), about(0.08), about(0.08), about(0.06))


def rest_of(factors: np.ndarray) -> np.ndarray:
    """(55, 3) m, the rest skeleton of a build (K,), pelvis where ours is; hands and face are ours."""
    bones = sk.BONES.copy()
    bones[1:sk.BODY] *= np.asarray(factors)[1:sk.BODY, None]
    rest = sk.REST_JOINTS.copy()
    for j in range(1, len(rest)):
        rest[j] = rest[sk.PARENTS[j]] + bones[j]
    return rest
