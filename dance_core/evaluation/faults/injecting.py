"""Faults put into clean dances at known places: what the bench of `bench` finds again.

Every injection changes a dance within a window only (a slide stays where it slid to), fades in and out, and
comes in three strengths, mild to gross. Times are seconds: 30 and 60 frames a second get the same fault.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dance_core.evaluation.faults.changes import (
    Inject,
    Injected,
    bump,
    changed,
    direction,
    local,
    moved,
    times_of,
    turned,
)
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.leaning import balance
from dance_core.evaluation.faults.stage import DRIFT
from dance_core.motion import hinges, ik, shape
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.capsules import LEGS, LIMB_PAIRS, limb_depths
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.resample import sample


def skating(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """The whole body glides 15, 30 or 60 cm within 0.6 s, and goes on from there."""
    size, seconds = (0.15, 0.30, 0.60)[strength], 0.6
    way = size * minimum_jerk((times_of(dance) - at) / seconds)[:, None] * direction(rng)
    return Injected(moved(dance, way), at + 0.2, at + seconds - 0.2, 0.2)


def floating(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """The body is lifted by 8, 15 or 30 cm for 1.2 s."""
    seconds, fade = 1.2, 0.25
    lift = (0.08, 0.15, 0.30)[strength] * bump(times_of(dance), at, at + seconds, fade)
    return Injected(moved(dance, lift[:, None] * np.array([0.0, 1.0, 0.0])), at, at + seconds, fade)


def floor(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """The body sinks by 3, 6 or 12 cm for 0.8 s."""
    seconds, fade = 0.8, 0.2
    sink = -(0.03, 0.06, 0.12)[strength] * bump(times_of(dance), at, at + seconds, fade)
    return Injected(moved(dance, sink[:, None] * np.array([0.0, 1.0, 0.0])), at, at + seconds, fade)


def inside(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """A wrist goes to a place in the belly, 6, 9 or 12 cm under the skin, for 0.8 s.

    Every other time it is a leg that goes into the other one, 5, 6 or 7 cm deep, where it can.
    """
    seconds, fade, side, leg = 0.8, 0.4, ("left", "right")[rng.integers(2)], bool(rng.integers(2))
    w = bump(times_of(dance), at, at + seconds, fade)
    legs = _legs_crossed(dance, round((at + seconds / 2) * dance.fps), side, (0.05, 0.06, 0.07)[strength])
    if leg and legs is not None:
        turns = {j: rot.slerp(local(dance, j), q[None], w) for j, q in legs.items()}
        return Injected(turned(dance, turns), at, at + seconds, fade)
    shoulder, elbow, wrist = (sk.joint(f"{side}_{name}") for name in ("shoulder", "elbow", "wrist"))
    collar = sk.PARENTS[shoulder]
    belly = dance.places[:, sk.SPINE1] - np.array([0.0, dance.shift, 0.0])
    middle = belly + rot.rotate(dance.world[:, sk.SPINE1], np.array([0.0, 0.09, 0.05]))
    out = 0.13 - (0.06, 0.09, 0.12)[strength]
    target = middle + rot.rotate(dance.world[:, sk.SPINE1], np.array([0.0, 0.0, out]))
    arm = ik.solve_arm(dance.world[:, collar], dance.places[:, shoulder], side,
                       target + np.array([0.0, dance.shift, 0.0]))
    turns = {j: rot.slerp(local(dance, j), q, w) for j, q in
             ((shoulder, arm.shoulder), (elbow, arm.elbow), (wrist, arm.wrist))}
    return Injected(turned(dance, turns), at, at + seconds, fade)


def _legs_crossed(dance: Dance, frame: int, side: str, deep: float) -> dict[int, np.ndarray] | None:
    """The legs of a frame, one of them turned in at the hip until it is so deep (m) in the other: local (4,).

    None where 70 degrees do not do it.
    """
    turns = rot.quaternion_about("z", np.radians(np.arange(70.0)) * (-1.0 if side == "left" else 1.0))
    local = np.repeat(rot.quaternion_from_axis_angle(dance.motion.rotations[frame, None, :sk.BODY]), 70, 0)
    hip = sk.joint(f"{side}_hip")
    local[:, hip] = rot.multiply(turns, local[:, hip])
    world = kin.global_rotations(local)
    places = kin.positions(world, np.zeros((70, 3)), shape.bones(dance.motion.betas))
    of_legs = [k for k, (one, _) in enumerate(LIMB_PAIRS) if one in LEGS]
    found = limb_depths(world, places, shape.flesh_factors(dance.motion.betas))[:, of_legs].max(1)
    enough = np.flatnonzero(found >= deep)
    if not len(enough):
        return None
    return {j: local[enough[0], j] for j in (1, 2, 4, 5, 7, 8)}


def jitter(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """For 2 s each joint trembles by 0.7, 1.5 or 3 degrees (standard deviation), anew every 1/30 s."""
    seconds, size = 2.0, np.radians((0.7, 1.5, 3.0)[strength])
    knots = rng.normal(0.0, size, (int(dance.motion.duration * 30) + 2, sk.BODY, 3))
    place = times_of(dance) * 30
    low = place.astype(int)
    noise = knots[low] + (place - low)[:, None, None] * (knots[low + 1] - knots[low])
    t = times_of(dance)
    noise *= ((t >= at) & (t < at + seconds))[:, None, None]
    noise[:, 0] *= 0.3  # the pelvis carries all
    q = rot.quaternion_from_axis_angle(dance.motion.rotations[:, :sk.BODY])
    q = rot.multiply(q, rot.quaternion_from_axis_angle(noise))
    return Injected(turned(dance, {j: q[:, j] for j in range(sk.BODY)}), at, at + seconds)


def pop(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """A shoulder or hip turns by 15, 30 or 60 degrees from one frame to the next, and back within 0.8 s."""
    joint = (sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER, sk.LEFT_HIP, sk.RIGHT_HIP)[rng.integers(4)]
    t = times_of(dance)
    angle = np.radians((15, 30, 60)[strength]) * (t >= at) * (1 - minimum_jerk((t - at) / 0.8))
    axis = direction(rng)[[0, 2, 1]]  # about x and y: no axis of an arm alone
    turn = rot.quaternion_from_axis_angle(angle[:, None] * axis)
    return Injected(turned(dance, {joint: rot.multiply(turn, local(dance, joint))}), at, at + 1 / 30)


def freeze(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """The body stops within 0.3 s, stands for 2, 3 or 5 s, and is where it should be 0.5 s later.

    Every other time it is legs or arms alone, which stand for 4, 6 or 8 s.
    """
    part = ("body", "legs", "body", "arms")[rng.integers(4)]
    seconds = (2.0, 3.0, 5.0)[strength] if part == "body" else (4.0, 6.0, 8.0)[strength]
    seconds = min(seconds, dance.motion.duration - at - 1.0)
    t, slow = times_of(dance), 0.3
    u = np.clip((t - at) / slow, 0.0, 1.0)
    stopping = at + slow * (u - u**3 + u**4 / 2)  # the integral of 1 - 3u² + 2u³: speed fades to 0
    held = sample(dance.motion, np.where(t < at, t, stopping), dance.fps, smooth=True)
    back = minimum_jerk((t - at - slow - seconds) / 0.5)
    joints = {"body": range(55), "legs": (1, 2, 4, 5, 7, 8, 10, 11), "arms": (13, 14, *range(16, 22))}[part]
    turns = {j: rot.slerp(rot.quaternion_from_axis_angle(held.rotations[:, j]), local(dance, j), back)
             for j in joints}
    out = turned(dance, turns)
    if part == "body":
        w = back[:, None]
        out = changed(out, translation=(held.translation * (1 - w) + dance.motion.translation * w
                                      ).astype(np.float32),
                    face=held.face * (1 - w) + dance.motion.face * w)
    return Injected(out, at + slow, at + slow + seconds, slow)


def burst(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """Both arms are flung up and down by 75, 105 or 140 degrees three times a second, for 1 s."""
    seconds, t = 1.0, times_of(dance)
    size = np.radians((75, 105, 140)[strength]) * bump(t, at + 0.15, at + 0.85, 0.15)
    angle = size * np.sin(2 * np.pi * 3 * (t - at))
    turns = {joint: rot.multiply(rot.quaternion_about("z", sign * angle), local(dance, joint))
             for joint, sign in ((sk.LEFT_SHOULDER, 1.0), (sk.RIGHT_SHOULDER, -1.0))}
    return Injected(turned(dance, turns), at + 0.2, at + seconds - 0.2, 0.2)


def seam(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """At a seam nine joints are turned by 8, 15 or 30 degrees at once; they are back after half a second."""
    t = times_of(dance)
    at = min((s for s, _ in dance.seams), key=lambda s: abs(s - at))
    stop = next(b for a, b in dance.seams if a == at)
    when = min(at + 0.1, stop)
    angle = np.radians((8, 15, 30)[strength]) * (t >= when) * (1 - minimum_jerk((t - when) / 0.5))
    turn = rot.quaternion_from_axis_angle(angle[:, None] * direction(rng)[[0, 2, 1]])
    joints = (sk.SPINE1, sk.SPINE3, sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER, sk.LEFT_ELBOW, sk.RIGHT_ELBOW,
              sk.LEFT_HIP, sk.RIGHT_HIP, sk.HEAD)
    return Injected(turned(dance, {j: rot.multiply(turn, local(dance, j)) for j in joints}), at, stop, 0.1)


def offbeat(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """For 12 beats the dance comes 0.3, 0.37 or 0.45 beats late, and takes a beat to fall behind."""
    assert dance.beats is not None
    beats, t = dance.beats.times, times_of(dance)
    first = int(np.searchsorted(beats, at))
    last = min(first + 12, len(beats) - 1)
    period = float(np.median(np.diff(beats)))
    late = (0.3, 0.37, 0.45)[strength] * period * bump(t, beats[first], beats[last], period)
    moved = sample(dance.motion, t - late, dance.fps, smooth=True)
    # a dancer rests once in a beat: one more goes by until it shows
    return Injected(replace(dance, motion=moved), float(beats[first]), float(beats[last]), 2 * period)


def joints(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """A knee or an elbow is bent 12, 25 or 45 degrees the wrong way for 0.8 s."""
    seconds, fade = 0.8, 0.3
    joint, limb = list(hinges.HINGES.items())[rng.integers(len(hinges.HINGES))]
    w = bump(times_of(dance), at, at + seconds, fade)
    # over the stretched limb: the shortest way between two bends may be another one in each frame
    stretched = rot.slerp(local(dance, joint), limb.hinge(np.zeros(len(dance))), w)
    bent = rot.multiply(limb.hinge(-w * np.radians((12, 25, 45)[strength])), stretched)
    return Injected(turned(dance, {joint: bent}), at, at + seconds, fade)


def hands(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """All fingers stop for 6, 8 or 11 s."""
    seconds, fade, t = (6.0, 8.0, 11.0)[strength], 0.3, times_of(dance)
    pose = dance.motion.rotations[round(at * dance.fps), 25:]
    w = bump(t, at, at + seconds, fade)
    q = {25 + k: rot.slerp(local(dance, 25 + k), rot.quaternion_from_axis_angle(pose[k])[None], w)
         for k in range(30)}
    return Injected(turned(dance, q), at, at + seconds, fade)


def face(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """The face stops for 7, 9 or 12 s."""
    seconds, fade, t = (7.0, 9.0, 12.0)[strength], 0.3, times_of(dance)
    w = bump(t, at, at + seconds, fade)[:, None]
    still = dance.motion.face[round(at * dance.fps)]
    return Injected(changed(dance, face=dance.motion.face * (1 - w) + still * w), at, at + seconds, fade)


def drift(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """The dancer walks off, 4, 5.5 or 7 m further than the dance goes, and comes back after 4 s."""
    t, fade = times_of(dance), 3.0
    own = dance.motion.translation[:, ::2] - dance.motion.translation[0, ::2]
    there = own[round((at + 2.0) * dance.fps)]
    angle = np.arctan2(there[1], there[0])
    away = np.array([np.cos(angle), 0.0, np.sin(angle)])
    out = moved(dance, (4.0, 5.5, 7.0)[strength] * bump(t, at, at + 4.0, fade)[:, None] * away)
    way = np.linalg.norm((out.motion.translation - out.motion.translation[:1])[:, ::2], axis=-1)
    off = np.flatnonzero(way > DRIFT.limit)
    return Injected(out, off[0] / dance.fps, (off[-1] + 1) / dance.fps, around_s=2 * fade)


def away(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected:
    """The dancer turns round, and dances with the back to the front for 6, 8 or 11 s."""
    seconds, fade = (6.0, 8.0, 11.0)[strength], 0.8
    turn = rot.quaternion_about("y", np.pi * bump(times_of(dance), at, at + seconds, fade))
    feet = dance.motion.translation[round(at * dance.fps)] * np.array([1.0, 0.0, 1.0])
    place = feet + rot.rotate(turn, dance.motion.translation - feet)
    return Injected(changed(turned(dance, {0: rot.multiply(turn, local(dance, 0))}),
                          translation=place.astype(np.float32)), at, at + seconds, fade)


INJECTIONS: dict[str, Inject] = {f.__name__: f for f in (
    skating, floating, floor, inside, jitter, pop, freeze, burst, seam, offbeat, joints, balance, hands, face,
    drift, away)}
LENGTHS = {  # s that an injection takes at most, fading included
    "skating": 1.0, "floating": 2.0, "floor": 1.5, "inside": 2.0, "jitter": 2.5, "pop": 1.5, "freeze": 9.5,
    "burst": 1.5, "seam": 1.5, "offbeat": 9.0, "joints": 2.0, "balance": 3.0, "hands": 12.0, "face": 13.0,
    "drift": 8.0, "away": 13.0}
