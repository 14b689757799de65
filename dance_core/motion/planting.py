"""Feet that stay where they stand: small, smooth corrections of legs, toes and pelvis.

For each foot a displacement c(t) is sought that cancels the way of the sole while it stands, fades between
the stances, and is as smooth as it can be. It minimises, over all frames,

    W · |c' - d|²  (in contact; d = minus the velocity of the point that stands)
    + U · |c - y|²  (heights: the floor, where the sole floats over it or sinks into it)
    + |c|² + τ⁶ · |c'''|²

which is one banded linear system. Where nothing slides, d = y = 0 and so c = 0: a planted motion stays as
it is. Frames that were already given out are no unknowns but known values: the curve goes on from them
smoothly.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy import linalg

from dance_core.motion import ik, soles
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

LOCK = 3_000.0  # W, s²: 5 cm of drift in 5 s leaks less than a millimetre
FADE = 0.10  # τ, s: corrections fade over about twice this
PELVIS_FADE = 0.15  # s
STAND = 100.0  # U in a stance; ten times this where the sole is in the floor
STILL = 0.002  # m: a stance that slides less than this in all is left alone
LEVEL = 0.003  # m: so is one this near the floor
STRAIGHT = 0.995  # of the reach: from here on the pelvis comes down rather than the knee straightening more
TOES_UP = np.radians(60.0)  # how far toes bend to stay out of the floor
SLOW = 0.02  # m/s: of two points that are slower than this both stand
DRIFT = 0.015  # m: a stance that drifts further had better be two
STEP_S, STEP_HEIGHT = 0.27, 0.07  # s and m of a step; a lower one would look like a slide
MOST_STEPS = 3  # in one stance
ALOFT = 0.1  # m of drift that are better than a step while the other foot is in the air too
_THIRD = (-1.0, 3.0, -3.0, 1.0)  # third difference
NOTHING = 2e-5  # m: corrections below this are none, and the frame stays bit for bit


@dataclass(frozen=True, eq=False)
class Corrections:
    """Displacements in metres: feet (T, 2, 3) and pelvis (T, 3)."""

    feet: np.ndarray
    pelvis: np.ndarray

    def __len__(self) -> int:
        return len(self.feet)

    def slice(self, start: int, stop: int) -> "Corrections":
        """Frames start to stop, stop not included."""
        return Corrections(self.feet[start:stop], self.pelvis[start:stop])

    @classmethod
    def none(cls, frames: int) -> "Corrections":
        """Nothing to correct in so many frames."""
        return cls(np.zeros((frames, 2, 3)), np.zeros((frames, 3)))


def smoothest(frames: int, fps: float, fade: float, known: np.ndarray, *, values: np.ndarray | None = None,
              value_weights: np.ndarray | None = None, rates: np.ndarray | None = None,
              rate_weights: np.ndarray | None = None) -> np.ndarray:
    """The curve (frames, N) that minimises the sum in this module's docstring.

    Args:
        fade: τ in s. known: (n, N), the first n frames, taken as they are.
        values, value_weights: (frames, N) and (frames,); y and U. rates, rate_weights: (frames-1, N) a second
            and (frames-1,), between neighbours; d and W.
    """
    n, width = len(known), known.shape[1]
    if n >= frames:
        return known[:frames].copy()
    upper = np.zeros((4, frames))  # of the symmetric system: element (i, j) stands at [3 + i - j, j]
    upper[3] = 1.0
    right = np.zeros((frames, width))
    if frames > 3:
        for i, j in itertools.combinations_with_replacement(range(4), 2):
            upper[3 + i - j, j:j + frames - 3] += fade**6 * fps**6 * _THIRD[i] * _THIRD[j]
    if value_weights is not None:
        upper[3] += value_weights
        right += value_weights[:, None] * values
    if rate_weights is not None and frames > 1:
        held = rate_weights * fps**2
        upper[3, :-1] += held
        upper[3, 1:] += held
        upper[2, 1:] -= held
        push = fps * rate_weights[:, None] * rates
        right[:-1] -= push
        right[1:] += push
    for far in range(1, 4):  # what is known goes to the other side
        for i in range(max(0, n - far), min(n, frames - far)):
            right[i + far] -= upper[3 - far, i + far] * known[i]
    return np.concatenate([known, linalg.solveh_banded(upper[:, n:], right[n:], check_finite=False)])


def _slowest(points: np.ndarray, on: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a foot moves from frame to frame while it stands: (T-1, 2), and whether it stands (T-1,).

    Points (T, 2, 2), contacts (T, 2). Who stands? The slower point, decidedly: a foot that turns on its ball
    is held there.
    """
    both = on[1:] & on[:-1]
    steps = np.diff(points, axis=0)
    slow = 1.0 / (np.square(steps).sum(-1) + SLOW**2) ** 3 * both
    share = slow / np.maximum(slow.sum(-1, keepdims=True), 1e-9)
    return (share[..., None] * steps).sum(1), both.any(-1)


def _locked(points: np.ndarray, on: np.ndarray, fps: float, limit: float, held: np.ndarray) -> np.ndarray:
    """Displacement (T, 2) m over the floor of one foot, whose points are (T, 2, 2) m with contacts (T, 2)."""
    moves, both = _slowest(points * fps, on)
    rates, weights = -moves, LOCK * both
    stands = soles.runs(weights > 0)
    for a, b in stands:
        way = np.cumsum(rates[a:b], 0) / fps
        if np.ptp(way, axis=0).max() < STILL and a >= len(held):
            rates[a:b] = 0.0
    out = smoothest(len(points), fps, FADE, held, rates=rates, rate_weights=weights)
    slides = False
    for a, b in stands:  # what would need more than the limit was a slide on purpose: hold it only in part
        most = np.linalg.norm(out[a:b + 1], axis=-1).max()
        if most > limit:
            rates[a:b] *= limit / most
            slides = True
    if slides:
        out = smoothest(len(points), fps, FADE, held, rates=rates, rate_weights=weights)
    size = np.linalg.norm(out, axis=-1, keepdims=True)
    kept = ik.soft_limit(size, -np.inf, limit * 1.25, limit * 0.25)
    out[len(held):] *= (kept / np.maximum(size, 1e-12))[len(held):]
    return out


def _stepping(points: np.ndarray, on: np.ndarray, other: np.ndarray, fps: float, first: int) -> np.ndarray:
    """When a foot that drifts while it stands had better step: (T,) share of a step's height, mostly 0.

    Takes those frames out of the contacts `on`. A step is where least drift is left before and after it, and
    where the other foot stands.

    Args:
        points: (T, 2, 2) m over the floor. on: (T, 2) contacts, changed.
        other: (T,) whether the other foot stands.
        first: no frame before it is touched.
    """
    frames = round(STEP_S * fps)
    u = (np.arange(frames) + 1) / (frames + 1)
    share = np.zeros(len(on))
    for _ in range(MOST_STEPS):
        moves, both = _slowest(points * fps, on)
        stepped = False
        for a, b in soles.runs(both):
            way = np.concatenate([np.zeros((1, 2)), np.cumsum(moves[a:b], 0) / fps])  # frames a to b
            starts = np.arange(max(a, first), b - frames + 2)
            if _drift(way) <= DRIFT or not len(starts):
                continue
            cost = [max(_drift(way[:k - a + 1]), _drift(way[k - a + frames - 1:]))
                    + ALOFT * float((~other[k:k + frames]).mean()) for k in starts]
            k = int(starts[np.argmin(cost)])
            if min(cost) > _drift(way) - STILL:
                continue
            on[k:k + frames] = False
            share[k:k + frames] = 64 * (u * (1 - u)) ** 3  # without speed or acceleration at both ends
            stepped = True
        if not stepped:
            break
    return share


def _drift(way: np.ndarray) -> float:
    """How far (N, 2) places ever get from the first, m."""
    return float(np.linalg.norm(way - way[:1], axis=-1).max(initial=0.0))


def _raised(low: np.ndarray, on: np.ndarray, fps: float, limit: float, held: np.ndarray) -> np.ndarray:
    """Displacement (T,) m upwards of one foot, from the height of its lowest point (T,) m over the floor."""
    target, weight = np.zeros(len(low)), np.zeros(len(low))
    for a, b in soles.runs(on):
        height = np.percentile(low[a:b], 20)  # rolling on and off the sole raises it; standing is lower
        height = np.sign(height) * max(0.0, abs(height) - LEVEL)
        target[a:b], weight[a:b] = -np.clip(height, -limit, limit), STAND
    out = held[:, 0]
    sunk = np.zeros(len(low), bool)
    for _ in range(4):
        now = np.where(sunk, -low - LEVEL / 2, target)[:, None]
        out = smoothest(len(low), fps, FADE, held, values=now,
                        value_weights=np.where(sunk, 10 * STAND, weight))[:, 0]
        more = (low + out < -LEVEL) & ~sunk
        if not more.any():
            break
        sunk |= more
    out = out + _lift(-(low + out), LEVEL)
    out[:len(held)] = held[:, 0]
    return out


def _lift(depth: np.ndarray, rest: float) -> np.ndarray:
    """How much to raise what is `depth` m deep so that at most `rest` m remain; its slope has no step.

    Nothing at all down to half of `rest`: noise of a planted motion is left alone.
    """
    d = np.maximum(depth - rest / 2, 0.0)
    return np.where(d < rest, d * d / (2 * rest), d - rest / 2)


def plan(motion: Motion, contacts: np.ndarray, floor: float, max_correction: float,
         held: Corrections, steps: bool = False) -> Corrections:
    """What to add to feet and pelvis; the first len(held) frames are as given. Contacts (T, 4) bool.

    steps: a foot that drifts while it stands takes a step, if it can.
    """
    world, places = _posed(motion)
    points = soles.soles_from(world, places)
    on = np.array(contacts, bool).reshape(len(motion), 2, 2)
    feet = np.zeros((len(motion), 2, 3))
    for i in (0, 1):
        over = points[:, i][:, [soles.UNDER_ANKLE, soles.BALL]][..., ::2]
        step = np.zeros(len(motion))
        if steps:
            step = _stepping(over, on[:, i], on[:, 1 - i].any(-1), motion.fps, len(held) + 1)
        feet[:, i, ::2] = _locked(over, on[:, i], motion.fps, max_correction, held.feet[:, i, ::2])
        tip = _tip_height(world, places, i, np.full(len(motion), np.inf))[1]
        low = np.minimum(points[:, i, [soles.HEEL, soles.BALL], 1].min(-1), tip) - floor
        raised = _raised(low, on[:, i].any(-1), motion.fps, max_correction, held.feet[:, i, 1:2])
        feet[:, i, 1] = raised + step * np.maximum(STEP_HEIGHT - np.maximum(low + raised, 0.0), 0.0)
    pelvis = _lowered(places, feet, motion.fps, max_correction / 2, held.pelvis)
    return Corrections(feet, pelvis)


def _posed(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """World rotations (T, 12, 4) and places (T, 12, 3) of the pelvis, the legs and what lies between."""
    world = kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[:, :12]))
    return world, kin.positions(world, motion.translation)


def _lowered(places: np.ndarray, feet: np.ndarray, fps: float, limit: float, held: np.ndarray) -> np.ndarray:
    """Displacement (T, 3) m of the pelvis that keeps both legs long enough for their feet."""
    out = np.concatenate([held, np.zeros((len(places) - len(held), 3))])
    touched = np.abs(feet).max(-1) > NOTHING  # (T, 2): a leg that is not corrected pulls nothing
    aim, weight = np.zeros((len(places), 3)), np.zeros(len(places))
    for _ in range(4):
        pull = np.zeros((len(places), 3))
        for i in (0, 1):
            hip, ankle = places[:, sk.LEFT_HIP + i], places[:, sk.LEFT_ANKLE + i]
            line = ankle + feet[:, i] - hip - out
            far = np.linalg.norm(line, axis=-1)
            most = np.maximum(np.linalg.norm(ankle - hip, axis=-1), STRAIGHT * sk.LEG)
            need = np.where(touched[:, i], np.maximum(far - most, 0.0), 0.0)
            pull += (need / far)[:, None] * line
        if np.abs(pull).max(initial=0.0) < 1e-4:
            break
        active = (np.abs(pull).max(-1) > 0) | (weight > 0)
        aim, weight = np.where(active[:, None], out + pull, aim), np.where(active, STAND, 0.0)
        out = smoothest(len(places), fps, PELVIS_FADE, held, values=aim, value_weights=weight)
    size = np.linalg.norm(out, axis=-1, keepdims=True)
    out[len(held):] *= (ik.soft_limit(size, -np.inf, limit, limit / 2) / np.maximum(size, 1e-12))[len(held):]
    return out


def _tip_height(world: np.ndarray, places: np.ndarray, i: int,
                wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bend toes up so that their tip reaches a height.

    Returns (turn (T,) radians about the foot's own x, between -TOES_UP and 0; height (T,) m of the tip then).
    `wanted` (T,) m may be out of reach.
    """
    foot, toe = world[:, sk.LEFT_ANKLE + i], world[:, sk.LEFT_FOOT + i]
    tip = rot.rotate(rot.multiply(rot.inverse(foot), toe), [0.0, -sk.TOE_HEIGHT, soles.TOE_TIP])
    up = rot.rotate(rot.inverse(foot), [0.0, 1.0, 0.0])
    # height = c + a cos ψ + b sin ψ, highest at ψ = top
    c = places[:, sk.LEFT_FOOT + i, 1] + up[:, 0] * tip[:, 0]
    a = up[:, 1] * tip[:, 1] + up[:, 2] * tip[:, 2]
    b = up[:, 2] * tip[:, 1] - up[:, 1] * tip[:, 2]
    size, top = np.hypot(a, b), np.arctan2(b, a)
    turn = top + np.arccos(np.clip((wanted - c) / np.maximum(size, 1e-9), -1.0, 1.0))
    turn = np.where((top < 0) & (wanted > c + a), np.clip(turn, -TOES_UP, 0.0), 0.0)
    return turn, c + a * np.cos(turn) + b * np.sin(turn)


def apply(motion: Motion, corrections: Corrections, floor: float, start: int = 0) -> Motion:
    """The motion with feet and pelvis moved; untouched frames and those before `start` stay bit for bit."""
    world, places = _posed(motion)
    rotations, translation = motion.rotations.copy(), motion.translation.copy()
    shifted = np.abs(corrections.pelvis).max(-1) > NOTHING
    shifted[:start] = False
    translation[shifted] = (motion.translation + corrections.pelvis)[shifted]
    for i in (0, 1):
        moved = shifted | (np.abs(corrections.feet[:, i]).max(-1) > NOTHING)
        moved[:start] = False
        hip, knee, ankle, toe = sk.LEFT_HIP + i, sk.LEFT_KNEE + i, sk.LEFT_ANKLE + i, sk.LEFT_FOOT + i
        target = places[:, ankle] + corrections.feet[:, i]
        root = places[:, hip] + corrections.pelvis
        before = np.linalg.norm(places[:, ankle] - places[:, hip], axis=-1)
        upper, bent = _bent(world[:, hip], rot.quaternion_from_axis_angle(motion.rotations[:, knee]),
                            ik.SIDES[i], root, target, before)
        local = {hip: rot.multiply(rot.inverse(world[:, 0]), upper), knee: bent,
                 ankle: rot.multiply(rot.inverse(rot.multiply(upper, bent)), world[:, ankle])}
        for j, q in local.items():
            rotations[moved, j] = rot.axis_angle_from_quaternion(q)[moved]
        _free_toes(motion, world, places, corrections.feet[:, i, 1], i, floor, start, rotations[:, toe])
    return Motion(motion.fps, rotations, translation, motion.face, motion.betas, motion.parts)


def _free_toes(motion: Motion, world: np.ndarray, places: np.ndarray, rise: np.ndarray, i: int, floor: float,
               start: int, out: np.ndarray) -> None:
    """Bend the toes of one foot up where their tip is in the floor; writes axis-angles into out (T, 3)."""
    height = _tip_height(world, places, i, np.full(len(places), -np.inf))[1]
    over = height + rise - floor
    turn, _ = _tip_height(world, places, i, height + _lift(-over, LEVEL))
    bend = turn < -1e-4
    bend[:start] = False
    q = rot.quaternion_from_axis_angle(motion.rotations[:, sk.LEFT_FOOT + i])
    out[bend] = rot.axis_angle_from_quaternion(rot.multiply(rot.quaternion_about("x", turn), q))[bend]


def _bent(upper: np.ndarray, knee: np.ndarray, side: str, root: np.ndarray, target: np.ndarray,
          before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least change of thigh (world, (T, 4)) and knee (local, (T, 4)) that brings the ankle to its target.

    The knee turns about its hinge axis on top of what it did, the thigh follows by the shortest arc, so a leg
    that is on its target already stays as it is, whatever its style. `before` (T,) m: hip to ankle as it was.
    """
    limb = ik.LEGS[side]
    a, k = limb.upper, limb.axis
    v = rot.rotate(knee, limb.lower)
    a_flat, v_flat = a - np.dot(a, k) * k, v - (v @ k)[:, None] * k
    swing = 2 * np.linalg.norm(a_flat) * np.maximum(np.linalg.norm(v_flat, axis=-1), 1e-6)
    rest = np.dot(a, a) + np.dot(limb.lower, limb.lower) + 2 * np.dot(a, k) * (v @ k)
    now = np.arctan2(np.cross(a_flat, v_flat) @ k, v_flat @ a_flat)
    longest = np.sqrt(rest + swing)
    line = target - root
    far = np.linalg.norm(line, axis=-1)
    edge = np.minimum(np.maximum(before, STRAIGHT * longest), longest - 1e-5)
    # beyond the edge what is left of the reach is used up softly
    far_soft = np.where(far > edge, edge - (longest - edge) * np.expm1(-np.maximum(far - edge, 0) /
                                                                      (longest - edge)), far)
    far_soft = np.maximum(far_soft, limb.reach(np.radians(ik.MAX_FLEXION)) * 0.9)
    bend = np.arccos(np.clip((far_soft**2 - rest) / swing, -1.0, 1.0))
    change = limb.hinge(bend - now)
    end = rot.rotate(upper, a + rot.rotate(change, v))
    arc = rot.shortest_arc(end / np.linalg.norm(end, axis=-1, keepdims=True), line / far[:, None])
    return rot.multiply(arc, upper), rot.multiply(change, knee)
