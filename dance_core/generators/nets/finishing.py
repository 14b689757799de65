"""From the raw rows of a network to a dance that goes on from what was danced.

    rows → drawn onto the frames before → calmed → turned to the front → root led by the feet that stand →
    kept near → Motion → no knee or elbow the wrong way → no snaps → feet planted →
    hands out of the body
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import torch
from scipy import ndimage

from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.calming import USUAL, Calm
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.clearing import hands_cleared
from dance_core.motion.contacts import plant_feet, stances
from dance_core.motion.easing import minimum_jerk, smoothstep
from dance_core.motion.hinges import hinges_kept
from dance_core.motion.motion import Motion
from dance_core.motion.planting import DRIFT
from dance_core.motion.skeleton import BODY, LEFT_HAND, RIGHT_HAND
from dance_core.motion.soles import runs
from dance_core.motion.vectors import length

FADE, FADE_A_METRE = 10, 25  # frames over which the difference at the joint fades, and more where it is far
LEAN = 0.55  # contact above which a foot counts as standing
RUNS, FLEES = 1.5, 2.5  # m/s: a foot this fast is believed less and less to stand, and not at all
CENTRE_FREE, CENTRE_PULL = 0.6, 0.3  # m from the centre that nobody minds; share of the rest, per second
EDGE, EDGE_PULL = 1.2, 1.5  # m from the centre where the stage ends; share of what is beyond, per second
FRONT_FREE, FRONT_PULL, FRONT_MOST = 0.7, 1.2, 1.2  # rad from the front that nobody minds; rad/s a rad; rad/s
SPIN = 1.0  # rad/s: faster turns are the dance's own, and at twice that nothing is added
PIVOT = 0.5  # share of that turn while both feet stand: on the balls of the feet, and in small steps
FLING = 11.0  # m/s, as fast as the fastest kick of the recorded dances
FINGERS = tuple(tuple(range(hand.start, hand.stop)) for hand in (LEFT_HAND, RIGHT_HAND))  # fly farthest out
LIMBS = (((1, 4), (7, 10)), ((2, 5), (8, 11)),  # joints of legs and arms; the ends that fly
         ((16, 18, 20), (18, 20, *FINGERS[0])), ((17, 19, 21), (19, 21, *FINGERS[1])))
SNAP, SPREAD = 22.0, 3  # rad/s, which dancers' shoulders reach once in a thousand frames; frames
PLANTED = 3  # times: feet that stand only because they were planted are planted the next time
STEPPED = 3  # times at most, where a foot still drifts by DRIFT (m) while it stands
ABRUPT, ABRUPT_FADE = 0.4, 7  # m/s that the root's velocity may jump; frames over which the rest fades
FEET = (7, 10, 8, 11)  # joints of the four contacts: left ankle, left foot, right ankle, right foot


def finish(rows: np.ndarray, before: Motion, code: PoseCode, plant: bool = True, calm: Calm = USUAL
           ) -> Motion:
    """The dance so far and what the network added to it.

    Args:
        rows: (N, ROW) new frames, raw.
        before: at least one frame at 30 fps; it stays bit for bit.
        code: the network's pose code.
        calm: what is faster is taken from the rows.

    Returns:
        len(before) + N frames.
    """
    if not len(rows):
        return before
    past = code.encode(before)
    if len(before) == 1:  # a pose that is held: nothing moves yet
        past[:, pc.VELOCITY], past[:, pc.TURN] = 0.0, 0.0
    new = _gone_on_calmly(past, rows, calm)
    yaw = float(rot.yaw_of(rot.quaternion_from_axis_angle(before.rotations[-1, 0])))
    x, _, z = before.translation[-1].astype(float)
    led = np.concatenate([past[-1:], new])
    led[0, pc.VELOCITY], led[0, pc.TURN] = new[0, pc.VELOCITY], new[0, pc.TURN]
    led = _led_by_feet(turned_to_front(led, yaw))
    led[:, pc.VELOCITY] += gone_on(past[-2:-1, pc.VELOCITY], led[:, pc.VELOCITY])
    led = _kept_near(led, yaw, (x, z))
    danced = hinges_kept(code.decode(led, before.fps, yaw, (x, z)).slice(1, len(led)))
    whole = Motion.join([before, replace(danced, betas=before.betas, parts=before.parts | danced.parts)])
    whole = unsnapped(whole, len(before))
    return hands_cleared(planted(whole, len(before)) if plant else whole, len(before))


def parts_finished(rows: np.ndarray, before: Motion, given: Motion, keep: frozenset[str], code: PoseCode,
                   calm: Calm = USUAL) -> Motion:
    """The dance so far, and after it some parts of a given dance bit for bit with the network's others.

    Args:
        rows: (N, ROW) new frames, raw. before: at least one frame. given: N frames. keep: body among them.
        calm: see `finish`.
    """
    past = code.encode(before)
    new = _gone_on_calmly(past, rows, calm)
    return Motion.join([before, code.decode(new, before.fps).with_parts_of(given, keep)])


def planted(motion: Motion, frozen: int, arrived: int = 0) -> Motion:
    """The motion with feet that stand where they stand, and step where they would drift.

    Args:
        frozen, arrived: so many first and last frames stay bit for bit.
    """
    for _ in range(PLANTED):
        motion = plant_feet(motion, frozen=frozen, arrived=arrived)
    for _ in range(STEPPED):
        if max((s.slide for s in stances(motion) if s.stop > frozen), default=0.0) < DRIFT:
            break
        motion = plant_feet(motion, frozen=frozen, steps=True, arrived=arrived)
    return motion


def unsnapped(motion: Motion, frozen: int) -> Motion:
    """The motion without joints of the body that turn faster than SNAP, or fly faster than FLING.

    Where the six numbers of a rotation pass near zero, a small step of theirs is half a turn. Such a step is
    spread over SPREAD frames before and after it, the short way round; so are the steps of a limb whose end
    flies. The first `frozen` frames stay.
    """
    first = max(0, frozen - 1)
    q = rot.quaternion_from_axis_angle(motion.rotations[first:])
    fast = rot.geodesic(q[:-1, 1:BODY], q[1:, 1:BODY]) * motion.fps > SNAP
    places = kin.positions(kin.global_rotations(q), motion.translation[first:])
    flies = length(np.diff(places, axis=0)) * motion.fps > FLING
    for limb, ends in LIMBS:
        fast[:, [j - 1 for j in limb]] |= flies[:, ends].any(-1, keepdims=True)
    if not fast.any():
        return motion
    rotations = motion.rotations.copy()
    for joint in np.flatnonzero(fast.any(0)):
        wide = ndimage.binary_dilation(fast[:, joint], iterations=SPREAD)
        for a, b in runs(wide):  # steps a to b - 1 lie between frames a and b, counted from the first
            share = smoothstep(np.arange(1, b - a) / (b - a))
            path = rot.slerp(q[a, joint + 1], q[b, joint + 1], share)
            rotations[first + a + 1:first + b, joint + 1] = rot.axis_angle_from_quaternion(path)
    return replace(motion, rotations=rotations)


def _gone_on_calmly(past: np.ndarray, rows: np.ndarray, calm: Calm) -> np.ndarray:
    """Raw rows (N, ROW) drawn onto the past, and calmed."""
    # drawn on first, or the filter rings at the step; and again, because it moves the first frames a little
    return _drawn_onto(past, calm.of(past, _drawn_onto(past, rows.astype(np.float64))))


def _drawn_onto(past: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Rows that go on from the past as the past was moving; the difference fades, the slower the larger.

    Both the place and the speed of every number go on: the fades are Hermite's quintics, of value 1 and of
    slope 1 at the joint, without curvature there, and nothing left at the end.
    """
    pace = past[-1] - past[-2] if len(past) > 1 else np.zeros_like(past[-1])
    ahead = past[-1] + pace
    gap = ahead - rows[0]
    drift = pace - (rows[1] - rows[0]) if len(rows) > 1 else np.zeros_like(gap)
    for change in (gap, drift):
        change[pc.CONTACTS], change[pc.RATES] = 0.0, 0.0
    with torch.inference_mode():
        at = fk.places(torch.from_numpy(np.stack([ahead, rows[0]])).float()[None])[0]
    far = float((at[0] - at[1]).norm(dim=-1).max())
    frames = min(FADE + FADE_A_METRE * far, len(rows))
    u = np.clip(np.arange(len(rows)) / frames, 0.0, 1.0)[:, None]
    slope = u - u**3 * (6.0 - 8.0 * u + 3.0 * u**2)
    return rows + (1.0 - minimum_jerk(u)) * gap + slope * frames * drift


def _led_by_feet(rows: np.ndarray) -> np.ndarray:
    """Rows whose root moves so that the feet that stand do not.

    The network's own root velocity is kept where nobody stands, and half-way while a stance begins or ends.
    A contact is not believed of a foot that flies: one wrong frame at a dance's end threw the body 11 cm.
    """
    with torch.inference_mode():
        r = torch.from_numpy(rows).float()[None]
        at = fk.places(r)
        speed = fk.velocities(r, at)[0, :, FEET, ::2].numpy()  # (T-1, 4, 2)
    weight = np.clip((rows[:-1, pc.CONTACTS] - LEAN) / (1.0 - LEAN), 0.0, 1.0)
    weight *= np.clip((FLEES - np.linalg.norm(speed, axis=-1)) / (FLEES - RUNS), 0.0, 1.0)
    weight = ndimage.gaussian_filter1d(weight, 1.0, axis=0)
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


def turned_to_front(rows: np.ndarray, heading: float) -> np.ndarray:
    """Rows that come round again to who watches (heading 0), with the steps they take anyway.

    A network that hears and feels knows nothing of an audience, and its heading wanders. Where both feet
    stand it is turned more slowly: the soles turn on their balls, and a foot that would have to slide takes a
    small step (`plant_feet`).
    """
    out, angle = rows.copy(), heading
    own = np.abs(ndimage.gaussian_filter1d(rows[:, pc.TURN], 5.0, mode="nearest"))
    willing = np.clip(2.0 - own / SPIN, 0.0, 1.0)  # who spins comes round without help
    feet = rows[:, pc.CONTACTS].reshape(-1, 2, 2).max(2)  # left, right
    steps = ndimage.gaussian_filter1d(1.0 - np.clip(feet.min(1), 0.0, 1.0), 2.0)
    most = (PIVOT + (1.0 - PIVOT) * steps) * willing
    turns = out[:, pc.TURN].tolist()  # plain numbers: one after another they are quicker
    for i, share in enumerate(most[:-1].tolist()):
        away = (angle + math.pi) % (2.0 * math.pi) - math.pi
        rate = min(FRONT_PULL * max(0.0, abs(away) - FRONT_FREE), FRONT_MOST) * share
        turns[i] -= math.copysign(rate, away)
        angle += turns[i] / 30.0
    out[:, pc.TURN] = turns
    return out


def _kept_near(rows: np.ndarray, heading: float, place: tuple[float, float]) -> np.ndarray:
    """Rows that drift back towards x = z = 0 where they would leave the middle of the stage."""
    x, z = place
    yaw = heading + np.concatenate([[0.0], np.cumsum(rows[:-1, pc.TURN])]) / 30.0
    velocity = rows[:, pc.VELOCITY].tolist()  # plain numbers: one after another they are quicker
    for v, c, s in zip(velocity, np.cos(yaw).tolist(), np.sin(yaw).tolist(), strict=True):
        far = math.hypot(x, z)
        pull = -CENTRE_PULL * max(0.0, far - CENTRE_FREE) - EDGE_PULL * max(0.0, far - EDGE)
        back_x, back_z = pull * x / max(far, 1e-6), pull * z / max(far, 1e-6)
        v[0] += c * back_x - s * back_z
        v[1] += s * back_x + c * back_z
        x, z = x + (c * v[0] + s * v[1]) / 30.0, z + (-s * v[0] + c * v[1]) / 30.0
    out = rows.copy()
    out[:, pc.VELOCITY] = velocity
    return out
