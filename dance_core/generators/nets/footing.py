"""A root that moves as the feet allow: led by those that stand, without a jump where others lead."""

from __future__ import annotations

import numpy as np
import torch
from scipy import ndimage

from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.motion import skeleton as sk
from dance_core.motion.easing import minimum_jerk

FEET = (7, 10, 8, 11)  # joints of the four contacts: left ankle, left foot, right ankle, right foot
SOLES = np.array([sk.ANKLE_HEIGHT, sk.TOE_HEIGHT] * 2)  # m that they are over the floor where a foot stands
LEAN = 0.55  # contact above which a foot counts as standing
RUNS, FLEES = 1.5, 2.5  # m/s of foot and root: what is this fast is believed less to stand, and not at all
LOW, ALOFT = 0.03, 0.06  # m over the floor: so low a point stands, and above nothing does
AROUND = 31  # frames in which the lowest point tells how high the floor seems to be, up to LOW
EVEN, SLOW = 0.015, 0.2  # m and m/s: what is so much higher, or faster, bears less
CROUCHED = (0.35, 0.50)  # m of the pelvis: below, others than the feet bear the weight
HURRY = 0.4  # m/s: a foot that would push the root more than this does not stand but is moved
ABRUPT, ABRUPT_FADE = 0.4, 7  # m/s that the root's velocity may jump; frames over which the rest fades


def led_by_feet(rows: np.ndarray) -> np.ndarray:
    """Rows whose root moves so that the feet that stand do not.

    The network's own root velocity is kept where nobody stands, and half-way while a stance begins or ends.
    A contact is not believed of a foot that flies, which would take the body along: one wrong frame at a
    dance's end threw it 11 cm. Nor is it believed that nothing stands while the body glides with its feet on
    the floor: bodies were moved half a metre so within a third of a second.
    """
    with torch.inference_mode():
        r = torch.from_numpy(rows).float()[None]
        at = fk.places(r)
        speed = fk.velocities(r, at)[0, :, FEET, ::2].numpy().astype(np.float64)  # (T-1, 4, 2)
        height = at[0, :-1, FEET, 1].numpy() - SOLES
    own = rows[:-1, None, pc.VELOCITY]
    world = np.linalg.norm(speed, axis=-1)
    led = np.linalg.norm(own - speed, axis=-1)  # how fast the root would be, if that point stood
    weight = np.clip((rows[:-1, pc.CONTACTS] - LEAN) / (1.0 - LEAN), 0.0, 1.0)
    believed = np.clip((FLEES - np.minimum(world, led)) / (FLEES - RUNS), 0.0, 1.0)
    weight *= believed
    lacks = np.clip(1.0 - weight.sum(1, keepdims=True), 0.0, 1.0)
    weight += lacks * _bearing(rows[:-1], height, world, led - np.linalg.norm(own, axis=-1))
    weight = ndimage.gaussian_filter1d(weight, 1.0, axis=0) * believed
    total = weight.sum(1, keepdims=True)
    slide = (weight[:, :, None] * speed).sum(1) / np.maximum(total, 1e-6)
    out = rows.copy()
    slide = ndimage.gaussian_filter1d(slide * np.minimum(total, 1.0), 0.7, axis=0)
    out[:-1, pc.VELOCITY] -= slide
    out[-1, pc.VELOCITY] = out[-2, pc.VELOCITY]
    return out


def gone_on(before: np.ndarray, velocity: np.ndarray) -> np.ndarray:
    """What to add to the root's velocity (T, 2) m/s so that it does not jump from `before`, (1, 2) or (0, 2).

    Where another foot leads than before, it would: what is more than ABRUPT fades.
    """
    if not len(before):
        return np.zeros_like(velocity)
    gap = before[0] - velocity[0]
    size = float(np.linalg.norm(gap))
    share = max(0.0, size - ABRUPT) / max(size, 1e-9)
    return share * gap * (1.0 - minimum_jerk((np.arange(len(velocity)) + 1.0) / ABRUPT_FADE))[:, None]


def _bearing(rows: np.ndarray, height: np.ndarray, speed: np.ndarray, hurry: np.ndarray) -> np.ndarray:
    """(T, 4) shares, at most 1 in all, of the weight that points of the feet bear where no contact says so.

    Who is not in the air stands on something: on what is low and slow.

    Args:
        height: (T, 4) m of the points over the floor. speed: (T, 4) m/s of theirs along it.
        hurry: (T, 4) m/s by which the root would be faster than it is told, if that point stood.
    """
    lowest = height.min(1)
    floor = np.clip(ndimage.minimum_filter1d(lowest, AROUND), 0.0, LOW)
    grounded = np.clip((ALOFT - (lowest - floor)) / (ALOFT - LOW), 0.0, 1.0)
    grounded *= np.clip((rows[:, pc.HEIGHT] - CROUCHED[0]) / (CROUCHED[1] - CROUCHED[0]), 0.0, 1.0)
    share = np.exp(-(height - lowest[:, None]) / EVEN) * (0.15 + rows[:, pc.CONTACTS].clip(0.0, 1.0))
    share /= speed**2 + SLOW**2
    share /= share.sum(1, keepdims=True)
    return grounded[:, None] * share * np.clip(1.0 - (hurry - HURRY) / HURRY, 0.0, 1.0)
