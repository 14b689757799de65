"""What feet do on the floor: physical foot contact, skating, slides of low feet."""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.places import at_rate
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import LEFT_ANKLE, LEFT_FOOT, RIGHT_ANKLE, RIGHT_FOOT
from dance_core.motion.soles import BALL, CONTACT_HEIGHT, CONTACT_SPEED, UNDER_ANKLE, sole_points

FPS = 30.0  # displacements per frame are part of two definitions, so the rate is too
_FEET = (LEFT_ANKLE, LEFT_FOOT, RIGHT_ANKLE, RIGHT_FOOT)
_PUSH = 0.1  # m/s²: less than this is rounding (files keep 0.06 mm), and is not blown up to 1
_ANKLE_LOW, _TOE_LOW, _SLIDES = 0.08, 0.05, 0.01  # m; the last per frame


def physical_foot_contact(motion: Motion) -> float:
    """PFC of EDGE (Tseng et al., 2023), × 10 000: is the body pushed while no foot stands? Lower is better.

    At 30 frames a second: the size of the root's acceleration (its downward part left out), over the largest
    of the clip, × the horizontal way per frame (m, not per second) of the slower of ankle and toe of the left
    foot × the same of the right, averaged over frames. A frozen dancer has 0; so has one who never
    accelerates. nan for fewer than 3 frames.
    """
    joints = kin.joints(at_rate(motion, FPS), 12)
    if len(joints) < 3:
        return float("nan")
    push = np.diff(joints[:, 0], n=2, axis=0) * FPS**2
    push[:, 1] = np.maximum(push[:, 1], 0.0)
    size = np.linalg.norm(push, axis=-1)
    if size.max() <= _PUSH:
        return 0.0
    way = np.linalg.norm(np.diff(joints[:, _FEET][..., [0, 2]], axis=0)[1:], axis=-1)
    left, right = way[:, :2].min(-1), way[:, 2:].min(-1)
    return float((left * right * size / size.max()).mean() * 10_000)


def foot_skating(motion: Motion) -> float:
    """Foot skating ratio of Lodge (Li et al., 2024): sliding frames of all contact frames, mean of both feet.

    At 30 frames a second; the ground is the toes' height in frame 0; contact: ankle at most 8 cm and toe at
    most 5 cm above it; sliding: ankle or toe goes more than 1 cm along the floor from one frame to the
    next. A foot without contact has 0. 0 to 1; depends on how frame 0 stands (see `low_foot_slides`).
    """
    joints = kin.joints(at_rate(motion, FPS), 12)
    ratios = []
    for ankle, toe in ((LEFT_ANKLE, LEFT_FOOT), (RIGHT_ANKLE, RIGHT_FOOT)):
        ground = joints[0, [LEFT_FOOT, RIGHT_FOOT], 1].min()
        low = (joints[:-1, ankle, 1] - ground <= _ANKLE_LOW) & (joints[:-1, toe, 1] - ground <= _TOE_LOW)
        way = np.linalg.norm(np.diff(joints[:, [ankle, toe]][..., [0, 2]], axis=0), axis=-1).max(-1)
        ratios.append(float((low & (way > _SLIDES)).sum() / max(low.sum(), 1)))
    return float(np.mean(ratios))


def low_foot_slides(motion: Motion) -> float:
    """Share (0 to 1) of low-foot frames that move faster than 0.3 m/s: low-foot skating, as on data.md's
    dances (.02 to .29 there). nan if no foot is ever low.

    A foot is low while a point of its sole (under the ankle, the ball) is less than 4.5 cm above the floor;
    its speed is that of the slower of its low points' joints, along the floor, m/s, at 30 frames a second.
    """
    motion = at_rate(motion, FPS)
    if len(motion) < 2:
        return float("nan")
    heights = sole_points(motion)[:, :, [UNDER_ANKLE, BALL], 1]
    joints = kin.joints(motion, 12)[:, _FEET].reshape(len(motion), 2, 2, 3)
    speed = np.linalg.norm(np.gradient(joints[..., [0, 2]], 1 / motion.fps, axis=0), axis=-1)
    low = heights < CONTACT_HEIGHT
    slowest = np.where(low, speed, np.inf).min(-1)
    any_low = low.any(-1)
    return float((slowest[any_low] > CONTACT_SPEED).mean()) if any_low.any() else float("nan")
