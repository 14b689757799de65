"""OpenPose's 18 body keypoints of a Motion: in space, and as a camera sees them.

This is OpenPose's COCO model (18 points), not BODY_25: nose, neck, arms, legs, eyes, ears, right before left.
As in the data that OpenPose learned from, the neck is the middle of the shoulders. Shoulders, elbows, wrists,
hips, knees and ankles are our joints; nose, eyes and ears lie on the skin of the head and move with it.

Confidence is what a detector of 2D poses would say of a good picture of the same body: 1 where a point is in
plain view, HIDDEN where a part of the body stands before it (such points are guessed well), 0 outside the
picture; a nose, an eye or an ear on the far side of the head fades to 0. It comes from the 18 points alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion import kinematics, shape
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.camera import Camera, through
from dance_core.motion.capsules import nearest
from dance_core.motion.easing import smoothstep
from dance_core.motion.motion import BLOCK, Motion
from dance_core.motion.vectors import cross, dot, length

KEYPOINTS: tuple[str, ...] = (
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow",
    "left_wrist", "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle",
    "right_eye", "left_eye", "right_ear", "left_ear",
)
(NOSE, NECK, RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST, LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST, RIGHT_HIP,
 RIGHT_KNEE, RIGHT_ANKLE, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE, RIGHT_EYE, LEFT_EYE, RIGHT_EAR,
 LEFT_EAR) = range(18)
FACE = (NOSE, RIGHT_EYE, LEFT_EYE, RIGHT_EAR, LEFT_EAR)
# pairs of keypoints, in the order in which drawings lay the limbs over each other; limb i has colour i
LIMBS: tuple[tuple[int, int], ...] = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13),
    (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
)
# RGB of the keypoints: once round the circle of hues in steps of 20 degrees
COLOURS: tuple[tuple[int, int, int], ...] = (
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0),
    (0, 255, 85), (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255),
    (170, 0, 255), (255, 0, 255), (255, 0, 170), (255, 0, 85),
)
DRAWN = 0.3  # points of less confidence are not drawn, nor their limbs (DWPose's own limit)
HIDDEN = 0.4  # confidence of a body's point behind another part of the body

# m from the head joint at rest: vertices 9120, 9929, 9448, 616 and 6 of the body's mesh, as smplx has them
FACE_OFFSETS = np.array([
    (0.0, 0.0019, 0.1174), (-0.0300, 0.0378, 0.0890), (0.0300, 0.0378, 0.0890),
    (-0.0799, 0.0387, 0.0), (0.0799, 0.0387, 0.0),
])
FACE_OFFSETS.setflags(write=False)
# the joints of the keypoints that are some
JOINTS = {RIGHT_SHOULDER: sk.RIGHT_SHOULDER, RIGHT_ELBOW: sk.RIGHT_ELBOW,
          RIGHT_WRIST: sk.RIGHT_WRIST, LEFT_SHOULDER: sk.LEFT_SHOULDER, LEFT_ELBOW: sk.LEFT_ELBOW,
          LEFT_WRIST: sk.LEFT_WRIST, RIGHT_HIP: sk.RIGHT_HIP, RIGHT_KNEE: sk.RIGHT_KNEE,
          RIGHT_ANKLE: sk.RIGHT_ANKLE, LEFT_HIP: sk.LEFT_HIP, LEFT_KNEE: sk.LEFT_KNEE,
          LEFT_ANKLE: sk.LEFT_ANKLE}
# Which way the skin looks at the points of FACE, along the axes of `_faced` (left, up, from ears to nose,
# which is 17 degrees below straight ahead); and the cosines at which it is lost to the eye, and fully there.
LOOKS = np.array([(0.0, 0.30, 0.95), (-0.34, 0.28, 0.90), (0.34, 0.28, 0.90), (-1.0, 0.0, 0.0),
                   (1.0, 0.0, 0.0)])
FADES = np.array([(-0.25, 0.05), (-0.25, 0.05), (-0.25, 0.05), (-0.50, -0.15), (-0.50, -0.15)])
# what hides: limbs as thick lines (m), besides the trunk and the head
_SOLIDS: tuple[tuple[int, int, float], ...] = (
    (RIGHT_SHOULDER, RIGHT_ELBOW, 0.045), (RIGHT_ELBOW, RIGHT_WRIST, 0.035),
    (LEFT_SHOULDER, LEFT_ELBOW, 0.045), (LEFT_ELBOW, LEFT_WRIST, 0.035),
    (RIGHT_HIP, RIGHT_KNEE, 0.07), (RIGHT_KNEE, RIGHT_ANKLE, 0.05),
    (LEFT_HIP, LEFT_KNEE, 0.07), (LEFT_KNEE, LEFT_ANKLE, 0.05),
)
_TRUNK, _TRUNK_SIDE, _HEAD = 0.115, 0.05, 0.085  # m: radius, half the distance of its two lines, radius
_SOFT = 0.03  # m over which something at an edge is half hidden
_CLEAR = 0.02  # m: what hides a point lies at least so far in front of it


@dataclass(frozen=True, eq=False)
class Seen:
    """18 keypoints over time as a camera sees them.

    Attributes:
        fps: frames a second.
        size: (w, h) of the picture in pixels.
        xy: (T, 18, 2) pixels, x right, y down; meaningless where the confidence is 0.
        confidence: (T, 18), 0 to 1.
    """

    fps: float
    size: tuple[int, int]
    xy: np.ndarray
    confidence: np.ndarray

    def __len__(self) -> int:
        return len(self.xy)


def in_picture(seen: Seen, size: tuple[int, int]) -> Seen:
    """The same in a picture of another size (w, h): as high as before, its middle the middle.

    What comes to lie outside is not seen.
    """
    middle = np.array(seen.size) / 2
    xy = (seen.xy - middle) * (size[1] / seen.size[1]) + np.array(size) / 2
    inside = (xy >= 0).all(-1) & (xy < size).all(-1)
    return Seen(seen.fps, size, xy, np.where(inside, seen.confidence, 0.0))


def keypoints(motion: Motion) -> np.ndarray:
    """World places (T, 18, 3) in metres of a motion's keypoints, of a body of its betas."""
    bones, face = shape.bones(motion.betas), FACE_OFFSETS * shape.flesh_factors(motion.betas)[sk.HEAD]
    out = np.empty((len(motion), len(KEYPOINTS), 3))
    for start, block in motion.blocks():
        world = kinematics.global_rotations(rot.quaternion_from_axis_angle(block.rotations[:, :sk.BODY]))
        places = kinematics.positions(world, block.translation, bones)
        part = out[start:start + len(block)]
        part[:, list(JOINTS)] = places[:, list(JOINTS.values())]
        part[:, NECK] = 0.5 * (part[:, RIGHT_SHOULDER] + part[:, LEFT_SHOULDER])
        part[:, FACE] = places[:, None, sk.HEAD] + rot.rotate(world[:, None, sk.HEAD], face)
    return out


def see(motion: Motion, cameras: Sequence[Camera], size: tuple[int, int]) -> Seen:
    """A motion's keypoints in a picture of `size` (w, h); one camera for each frame, or one for all."""
    return project(keypoints(motion), cameras, size, motion.fps)


def project(points: ArrayLike, cameras: Sequence[Camera], size: tuple[int, int], fps: float) -> Seen:
    """Keypoints (T, 18, 3) m in a picture of `size` (w, h); one camera for each frame, or one for all."""
    p = np.asarray(points, np.float64)
    xy, depth = through(cameras, p, size)
    inside = (depth > 0) & (xy >= 0).all(-1) & (xy < size).all(-1)
    eyes = np.array([c.eye for c in cameras], np.float64)
    eyes = np.broadcast_to(eyes, (len(p), 3))
    confidence = np.concatenate([_plain(p[a:a + BLOCK], eyes[a:a + BLOCK]) for a in range(0, len(p), BLOCK)])
    return Seen(fps, size, xy, np.where(inside, confidence, 0.0))


def _plain(p: np.ndarray, eyes: np.ndarray) -> np.ndarray:
    """(T, 18) how plainly points (T, 18, 3) m are seen from eyes (T, 3) m."""
    starts, stops, radii = _solids(p)
    rays = np.stack([p, np.broadcast_to(eyes[:, None], p.shape)], 2)  # (T, 18, 2, 3)
    lines = np.stack([starts, stops], 2)  # (T, S, 2, 3)
    along, _, far = nearest(rays[:, :, None], lines[:, None])
    before = along * length(eyes[:, None] - p)[..., None] > radii + _CLEAR
    hidden = np.where(before, np.clip((radii - far) / _SOFT + 0.5, 0.0, 1.0), 0.0).max(-1)
    out = 1.0 - (1.0 - HIDDEN) * hidden
    out[:, FACE] = np.minimum(out[:, FACE], _faced(p, eyes))
    return out


def _faced(p: np.ndarray, eyes: np.ndarray) -> np.ndarray:
    """(T, 5) 1 where the skin at the points of FACE looks at the eye, fading to 0 on the head's far side."""
    middle = 0.5 * (p[:, RIGHT_EAR] + p[:, LEFT_EAR])
    left = _unit(p[:, LEFT_EAR] - p[:, RIGHT_EAR])
    up = _unit(cross(p[:, NOSE] - middle, left))
    axes = np.stack([left, up, cross(left, up)], 1)  # (T, 3, 3)
    cosines = dot(_unit(eyes[:, None] - p[:, FACE]), LOOKS @ axes)
    low, high = FADES.T
    return smoothstep(np.clip((cosines - low) / (high - low), 0.0, 1.0))


def _solids(p: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Starts and stops (T, S, 3) m of the body's lines, and radii (S,) m."""
    ends = [(p[:, a], p[:, b], r) for a, b, r in _SOLIDS]
    hips = 0.5 * (p[:, RIGHT_HIP] + p[:, LEFT_HIP])
    across = _unit(p[:, LEFT_SHOULDER] - p[:, RIGHT_SHOULDER]) * _TRUNK_SIDE
    ends += [(p[:, NECK] + s * across, hips + s * across, _TRUNK) for s in (-1.0, 1.0)]
    head = 0.5 * (p[:, RIGHT_EAR] + p[:, LEFT_EAR])
    top = head + 0.5 * (head - p[:, NECK])
    ends.append((head, top, _HEAD))
    starts, stops, radii = zip(*ends, strict=True)
    return np.stack(starts, 1), np.stack(stops, 1), np.array(radii)


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.maximum(length(v), 1e-9)[..., None]
