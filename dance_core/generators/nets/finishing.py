"""From the raw rows of a network to a dance that goes on from what was danced.

    rows → drawn onto the frames before → calmed → turned to the front → root led by the feet that stand →
    kept near → Motion → no knee or elbow the wrong way → no snaps → what flies slowed → nobody in the air for
    longer than a leap → feet planted → hands out of the body
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from scipy import ndimage

from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.calming import USUAL, Calm
from dance_core.generators.nets.footing import gone_on, led_by_feet
from dance_core.generators.nets.landing import landed
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.generators.nets.slowing import unhurried
from dance_core.generators.nets.staging import kept_near, turned_to_front
from dance_core.motion import rotations as rot
from dance_core.motion.centre import headings_of
from dance_core.motion.clearing import hands_cleared
from dance_core.motion.contacts import plant_feet, stances
from dance_core.motion.easing import minimum_jerk, smoothstep
from dance_core.motion.hinges import hinges_kept
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY
from dance_core.motion.soles import runs
from dance_core.motion.stepping import DRIFT

FADE, FADE_A_METRE = 10, 25  # frames over which the difference at the joint fades, and more where it is far
FLUNG = 11.7  # m/s: what may fly in the end, where 12 is the limit of dancers
BACKWARDS = 4.9, 4.5  # degrees: knees and elbows are bent the wrong way at most; and left alone
SNAP, SPREAD = 22.0, 3  # rad/s, which dancers' shoulders reach once in a thousand frames; frames
PLANTED = 3  # times: feet that stand only because they were planted are planted the next time
STEPPED = 6  # times at most, where a foot still drifts by DRIFT (m) while it stands


def finish(rows: np.ndarray, before: Motion, code: PoseCode, plant: bool = True, calm: Calm = USUAL,
           home: bool = False) -> Motion:
    """The dance so far and what the network added to it.

    Args:
        rows: (N, ROW) new frames, raw.
        before: at least one frame at 30 fps; it stays bit for bit.
        code: the network's pose code.
        calm: what is faster is taken from the rows.
        home: see staging.kept_near.

    Returns:
        len(before) + N frames.
    """
    if not len(rows):
        return before
    past = code.encode(before)
    new = _gone_on_calmly(past, rows, calm)
    headings = np.unwrap(headings_of(before))
    yaw = float(headings[-1])
    x, _, z = before.translation[-1].astype(float)
    led = np.concatenate([past[-1:], new])
    led[0, pc.VELOCITY], led[0, pc.TURN] = new[0, pc.VELOCITY], new[0, pc.TURN]
    led = led_by_feet(turned_to_front(led, yaw, headings[:-1]))
    led[:, pc.VELOCITY] += gone_on(past[-2:-1, pc.VELOCITY], led[:, pc.VELOCITY])
    led = kept_near(led, yaw, (x, z), home)
    danced = hinges_kept(code.decode(led, before.fps, yaw, (x, z)).slice(1, len(led)))
    whole = Motion.join([before, replace(danced, betas=before.betas, parts=before.parts | danced.parts)])
    whole = landed(unhurried(unsnapped(whole, len(before)), len(before)), len(before))
    whole = hands_cleared(planted(whole, len(before)) if plant else whole, len(before))
    slower = unhurried(whole, len(before), FLUNG)  # a hand that had to go round something
    if plant and slower is not whole:
        slower = planted(slower, len(before))
    # half-way between two elbows that bend the right way, spread or slowed, one may bend the wrong way
    new = slower.slice(len(before), len(slower))
    right = hinges_kept(new, *BACKWARDS)
    return slower if right is new else Motion.join([before, right])


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
    for k in range(PLANTED):
        motion = plant_feet(motion, frozen=frozen, steps=k == PLANTED - 1, arrived=arrived)
    for _ in range(STEPPED - 1):
        if max((s.slide for s in stances(motion) if s.stop > frozen), default=0.0) < DRIFT:
            break
        motion = plant_feet(motion, frozen=frozen, steps=True, arrived=arrived)
    return motion


def unsnapped(motion: Motion, frozen: int) -> Motion:
    """The motion without joints of the body that turn faster than SNAP.

    Where the six numbers of a rotation pass near zero, a small step of theirs is half a turn. Such a step is
    spread over SPREAD frames before and after it, the short way round. The first `frozen` frames stay.
    """
    first = max(0, frozen - 1)
    q = rot.quaternion_from_axis_angle(motion.rotations[first:])
    fast = rot.geodesic(q[:-1, 1:BODY], q[1:, 1:BODY]) * motion.fps > SNAP
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
