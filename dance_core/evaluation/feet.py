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
_LEVEL = 0.02  # m: toes that differ by less than this stand on one ground


def physical_foot_contact(motion: Motion) -> float:
    """PFC of EDGE (Tseng et al., 2023), × 10 000: is the body pushed while no foot stands? Lower is better.

    At 30 frames a second: the size of the root's acceleration (its downward part left out), over the largest
    of the clip, × the horizontal way per frame (m, not per second) of the slower of ankle and toe of the left
    foot × the same of the right, averaged over frames. A frozen dancer has 0; so has one who never
    accelerates. nan for fewer than 3 frames.
    """
    return pfc_from(kin.joints(at_rate(motion, FPS), 12))


def pfc_from(joints: np.ndarray) -> float:
    """`physical_foot_contact` of joint places (T, 12 or more, 3) m at 30 frames a second, Y up."""
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
    """Sliding frames of all contact frames, mean of both feet: 0 to 1. How far a foot goes, whichever way.

    At 30 frames a second. The ground is the height of the toes' joints in frame 0 (their mean where they
    differ by less than 2 cm, else the lower); contact: ankle at most 8 cm and toe at most 5 cm above it;
    sliding: ankle or toe goes more than 1 cm along the floor to the next frame. A foot without contact does
    not count; nan where neither has any. Depends on how frame 0 stands: `low_foot_slides` does not.
    """
    return skating_from(kin.joints(at_rate(motion, FPS), 12))


def foot_skating_compat(motion: Motion) -> float:
    """Foot skating ratio (FSR) as Lodge's code has it (Li et al., 2024), for comparison with its tables.

    As `foot_skating`, but a foot slides where |vx + vz| / 2, not its way, is more than 1 cm a frame: unseen
    it may go 2 cm along x or z, 1.4 cm along one diagonal of the floor, and any distance along the other.
    The same dance turned round has another ratio.
    """
    return skating_from(kin.joints(at_rate(motion, FPS), 12), compat=True)


def skating_from(joints: np.ndarray, compat: bool = False) -> float:
    """Either ratio, of joint places (T, 12 or more, 3) m at 30 frames a second, Y up."""
    toes = joints[0, [LEFT_FOOT, RIGHT_FOOT], 1]
    ground = toes.mean() if abs(toes[0] - toes[1]) < _LEVEL else toes.min()
    ratios = []
    for ankle, toe in ((LEFT_ANKLE, LEFT_FOOT), (RIGHT_ANKLE, RIGHT_FOOT)):
        low = (joints[:, ankle, 1] - ground <= _ANKLE_LOW) & (joints[:, toe, 1] - ground <= _TOE_LOW)
        step = np.diff(joints[:, [ankle, toe]][..., [0, 2]], axis=0)
        way = np.abs(step.mean(-1)) if compat else np.linalg.norm(step, axis=-1)
        slides = low[:-1] & (way.max(-1) > _SLIDES)
        stands = low if compat else low[:-1]  # Lodge's code counts the last frame too, which has no next
        if stands.any():
            ratios.append(float(slides.sum() / stands.sum()))
    return float(np.mean(ratios)) if ratios else float("nan")


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
