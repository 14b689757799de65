"""Feet that stay where they stand: small, smooth corrections of legs, toes and pelvis.

For each foot a displacement c(t) is sought that cancels the way of the sole while it stands, fades between
the stances, and is as smooth as it can be. It minimises, over all frames,

    W · |c' - d|²  (in contact; d = minus the velocity of the point that stands)
    + U · |c - y|²  (heights: the floor, where the sole floats over it or sinks into it)
    + |c|² + τ⁶ · |c'''|²

which is one banded linear system. Where nothing slides, d = y = 0 and so c = 0: a planted motion stays as
it is. Frames that were already given out are no unknowns but known values: the curve goes on from them
smoothly. So are last frames that stay as they are: it arrives at them, and what a foot is too far off there
it slides by while it stands, as slowly as it can, or steps.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy import linalg

from dance_core.motion import hinges, ik, soles
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion
from dance_core.motion.soles import Legs
from dance_core.motion.stepping import STEP_HEIGHT, STILL, lifting, slowest, stepping
from dance_core.motion.vectors import cross, dot, length

LOCK = 3_000.0  # W, s²: 5 cm of drift in 5 s leaks less than a millimetre
FADE = 0.10  # τ, s: corrections fade over about twice this
PELVIS_FADE = 0.15  # s
STAND = 100.0  # U in a stance; ten times this where the sole is in the floor
LEVEL = 0.003  # m: a stance this near the floor is left alone
STRAIGHT = 0.995  # of the reach: from here on the pelvis comes down rather than the knee straightening more
HASTE = 3.0  # m/s²: where it has little time t, a foot gets HASTE · t² off its way; min-jerk peaks at 17 m/s²
PIN = 1e7  # U of such a place: it outweighs a lock of seconds
TOES_UP = np.radians(60.0)  # how far toes bend to stay out of the floor
UPRIGHT = 0.45  # m of the pelvis over the floor: who is lower than that drags feet as it likes
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
              rate_weights: np.ndarray | None = None, arrived: int = 0) -> np.ndarray:
    """The curve (frames, N) that minimises the sum in this module's docstring.

    Args:
        fade: τ in s. known: (n, N), the first n frames, taken as they are.
        values, value_weights: (frames, N) and (frames,); y and U. rates, rate_weights: (frames-1, N) a second
            and (frames-1,), between neighbours; d and W.
        arrived: so many last frames are 0.
    """
    n, width = len(known), known.shape[1]
    stop = frames - arrived
    if n >= stop:
        return np.concatenate([known, np.zeros((max(0, frames - n), width))])[:frames]
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
    found = linalg.solveh_banded(upper[:, n:stop], right[n:stop], check_finite=False)
    return np.concatenate([known, found, np.zeros((arrived, width))])


def _locked(points: np.ndarray, on: np.ndarray, fps: float, limit: float, held: np.ndarray,
            arrived: int) -> np.ndarray:
    """Displacement (T, 2) m over the floor of one foot, whose points are (T, 2, 2) m with contacts (T, 2)."""
    moves, both = slowest(points * fps, on)
    rates, weights = -moves, LOCK * both
    stands = soles.runs(weights > 0)
    for a, b in stands:
        way = np.cumsum(rates[a:b], 0) / fps
        if np.ptp(way, axis=0).max() < STILL and len(held) <= a and b < len(points) - arrived:
            rates[a:b] = 0.0
    out = smoothest(len(points), fps, FADE, held, rates=rates, rate_weights=weights, arrived=arrived)
    pins = _hurried(out, stands, fps, len(held), arrived)
    slides = bool(pins[1].any())
    for a, b in stands:  # what would need more than the limit was a slide on purpose: hold it only in part
        most = length(out[a:b + 1]).max()
        if most > limit:
            rates[a:b] *= limit / most
            slides = True
    if slides:
        out = smoothest(len(points), fps, FADE, held, values=pins[0], value_weights=pins[1], rates=rates,
                        rate_weights=weights, arrived=arrived)
    size = length(out)[..., None]
    kept = ik.soft_limit(size, -np.inf, limit * 1.25, limit * 0.25)
    out[len(held):] *= (kept / np.maximum(size, 1e-12))[len(held):]
    return out


def _hurried(out: np.ndarray, stands: list[tuple[int, int]], fps: float, held: int, arrived: int
             ) -> tuple[np.ndarray, np.ndarray]:
    """Where displacements (T, 2) of stances should be instead (T, 2), and U (T,), mostly 0.

    A stance that begins just after the first `held` frames, or ends just before the last `arrived`, is not
    far from where it would be without: the foot can't get there so fast. What is left it slides, or steps.
    """
    weights = np.zeros(len(out))
    aim, end = out.copy(), len(out) - arrived
    for a, b in stands:
        for at, frames, from_ in ((a, a + 1 - held, out[held - 1] if held else None),
                                  (b, end - b, np.zeros(2) if arrived else None)):
            if from_ is None or frames < 1 or at >= end:
                continue
            off, most = float(length(out[at] - from_)), HASTE * (frames / fps) ** 2
            if off > most:
                aim[at], weights[at] = from_ + (out[at] - from_) * most / off, PIN
    return aim, weights


def _raised(low: np.ndarray, on: np.ndarray, fps: float, limit: float, held: np.ndarray,
            arrived: int) -> np.ndarray:
    """Displacement (T,) m upwards of one foot, from the height of its lowest point (T,) m over the floor."""
    target, weight = np.zeros(len(low)), np.zeros(len(low))
    for a, b in soles.runs(on):
        height = _low_fifth(low[a:b])  # rolling on and off the sole raises it; standing is lower
        height = np.sign(height) * max(0.0, abs(height) - LEVEL)
        target[a:b], weight[a:b] = -np.clip(height, -limit, limit), STAND
    out = held[:, 0]
    sunk = np.zeros(len(low), bool)
    for _ in range(4):
        now = np.where(sunk, -low - LEVEL / 2, target)[:, None]
        out = smoothest(len(low), fps, FADE, held, values=now,
                        value_weights=np.where(sunk, 10 * STAND, weight), arrived=arrived)[:, 0]
        more = (low + out < -LEVEL) & ~sunk
        if not more.any():
            break
        sunk |= more
    out = out + _lift(-(low + out), LEVEL)
    out[:len(held)], out[len(low) - arrived:] = held[:, 0], 0.0
    return out


def _low_fifth(values: np.ndarray) -> float:
    """What a fifth of (N,) values lie below: np.percentile's number in a tenth of its time."""
    ordered = np.sort(values)
    whole, part = divmod(0.2 * (len(ordered) - 1), 1.0)
    low, high = ordered[int(whole)], ordered[min(int(whole) + 1, len(ordered) - 1)]
    return float(low + part * (high - low) if part < 0.5 else high - (1.0 - part) * (high - low))


def _lift(depth: np.ndarray, rest: float) -> np.ndarray:
    """How much to raise what is `depth` m deep so that at most `rest` m remain; its slope has no step.

    Nothing at all down to half of `rest`: noise of a planted motion is left alone.
    """
    d = np.maximum(depth - rest / 2, 0.0)
    return np.where(d < rest, d * d / (2 * rest), d - rest / 2)


def plan(legs: Legs, contacts: np.ndarray | None, fps: float, floor: float, max_correction: float,
         held: Corrections, steps: bool = False, arrived: int = 0) -> Corrections:
    """What to add to feet and pelvis; the first len(held) frames are as given, the last `arrived` are 0.

    Args:
        contacts: (T, 4) bool; None: detected.
        steps: a foot that drifts while it stands, or is dragged, takes a step, if it can.
    """
    points, frames = legs.soles(), len(legs.places)
    if contacts is None:
        contacts = soles.contacts_of(points, legs.feet(), fps, floor, legs.scale)
    on = np.array(contacts, bool).reshape(frames, 2, 2)
    tips = _tip_heights(legs, np.full((frames, 2), np.inf))[1]
    lows = np.minimum(points[:, :, [soles.HEEL, soles.BALL], 1].min(-1), tips) - floor
    upright = legs.places[:, 0, 1] - floor > UPRIGHT * legs.scale
    feet = np.zeros((frames, 2, 3))
    for i in (0, 1):
        over = points[:, i][:, [soles.UNDER_ANKLE, soles.BALL]][..., ::2]
        step, low = np.zeros(frames), lows[:, i]
        if steps:
            span = len(held) + 1, frames - arrived - (arrived > 0)
            step = stepping(over, on[:, i], on[:, 1 - i].any(-1), fps, *span)
            step = np.maximum(step, lifting(over, low, on[:, i], upright, fps, *span))
        feet[:, i, ::2] = _locked(over, on[:, i], fps, max_correction, held.feet[:, i, ::2], arrived)
        raised = _raised(low, on[:, i].any(-1), fps, max_correction, held.feet[:, i, 1:2], arrived)
        feet[:, i, 1] = raised + step * np.maximum(STEP_HEIGHT - np.maximum(low + raised, 0.0), 0.0)
    pelvis = _lowered(legs, feet, fps, max_correction / 2, held.pelvis, arrived)
    return Corrections(feet, pelvis)


def _lowered(legs: Legs, feet: np.ndarray, fps: float, limit: float, held: np.ndarray,
             arrived: int) -> np.ndarray:
    """Displacement (T, 3) m of the pelvis that keeps both legs long enough for their feet."""
    places, straight = legs.places, STRAIGHT * sk.LEG * legs.scale
    out = np.concatenate([held, np.zeros((len(places) - len(held), 3))])
    touched = np.abs(feet).max(-1) > NOTHING  # (T, 2): a leg that is not corrected pulls nothing
    aim, weight = np.zeros((len(places), 3)), np.zeros(len(places))
    for _ in range(4):
        pull = np.zeros((len(places), 3))
        for i in (0, 1):
            hip, ankle = places[:, sk.LEFT_HIP + i], places[:, sk.LEFT_ANKLE + i]
            line = ankle + feet[:, i] - hip - out
            far = length(line)
            most = np.maximum(length(ankle - hip), straight)
            need = np.where(touched[:, i], np.maximum(far - most, 0.0), 0.0)
            pull += (need / far)[:, None] * line
        if np.abs(pull).max(initial=0.0) < 1e-4:
            break
        active = (np.abs(pull).max(-1) > 0) | (weight > 0)
        aim, weight = np.where(active[:, None], out + pull, aim), np.where(active, STAND, 0.0)
        out = smoothest(len(places), fps, PELVIS_FADE, held, values=aim, value_weights=weight,
                        arrived=arrived)
    size = length(out)[..., None]
    out[len(held):] *= (ik.soft_limit(size, -np.inf, limit, limit / 2) / np.maximum(size, 1e-12))[len(held):]
    return out


def _tip_heights(legs: Legs, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bend toes up so that their tips reach a height.

    Returns (turns (T, 2) radians about each foot's own x, between -TOES_UP and 0; heights (T, 2) m of the
    tips then). `wanted` (T, 2) m may be out of reach.
    """
    foot = rot.inverse(legs.world[:, sk.ANKLES])
    tip = legs.scale * np.array([0.0, -sk.TOE_HEIGHT, soles.TOE_TIP])
    tip = rot.rotate(rot.multiply(foot, legs.world[:, sk.FEET]), tip)
    up = rot.rotate(foot, [0.0, 1.0, 0.0])
    # height = c + a cos ψ + b sin ψ, highest at ψ = top
    c = legs.places[:, sk.FEET, 1] + up[..., 0] * tip[..., 0]
    a = up[..., 1] * tip[..., 1] + up[..., 2] * tip[..., 2]
    b = up[..., 2] * tip[..., 1] - up[..., 1] * tip[..., 2]
    size, top = np.hypot(a, b), np.arctan2(b, a)
    turn = top + np.arccos(np.clip((wanted - c) / np.maximum(size, 1e-9), -1.0, 1.0))
    turn = np.where((top < 0) & (wanted > c + a), np.clip(turn, -TOES_UP, 0.0), 0.0)
    return turn, c + a * np.cos(turn) + b * np.sin(turn)


def apply(motion: Motion, legs: Legs, corrections: Corrections, floor: float, start: int = 0,
          arrived: int = 0) -> Motion:
    """The motion with feet and pelvis moved. Untouched frames stay bit for bit, and so do those before
    `start` and the last `arrived`.

    legs: of the motion.
    """
    rotations, translation = motion.rotations.copy(), motion.translation.copy()
    shifted = np.abs(corrections.pelvis).max(-1) > NOTHING
    stays = np.zeros(len(motion), bool)
    stays[:start] = stays[len(motion) - arrived:] = True
    shifted[stays] = False
    translation[shifted] = (motion.translation + corrections.pelvis)[shifted]
    for i in (0, 1):
        moved = shifted | (np.abs(corrections.feet[:, i]).max(-1) > NOTHING)
        moved[stays] = False
        hip, knee, ankle = sk.LEFT_HIP + i, sk.LEFT_KNEE + i, sk.LEFT_ANKLE + i
        world, places = legs.world[moved], legs.places[moved]
        target = places[:, ankle] + corrections.feet[moved, i]
        root = places[:, hip] + corrections.pelvis[moved]
        before = length(places[:, ankle] - places[:, hip])
        limb = hinges.LEGS[hinges.SIDES[i]].scaled(legs.scale)
        upper, bent = _bent(world[:, hip], legs.own[moved, knee], limb, root, target, before)
        local = {hip: rot.multiply(rot.inverse(world[:, 0]), upper), knee: bent,
                 ankle: rot.multiply(rot.inverse(rot.multiply(upper, bent)), world[:, ankle])}
        for j, q in local.items():
            rotations[moved, j] = rot.axis_angle_from_quaternion(q)
    _free_toes(legs, corrections.feet[..., 1], floor, stays, rotations[:, sk.FEET])
    return Motion(motion.fps, rotations, translation, motion.face, motion.betas, motion.parts)


def _free_toes(legs: Legs, rise: np.ndarray, floor: float, stays: np.ndarray, out: np.ndarray) -> None:
    """Bend toes up where their tips are in the floor; writes axis-angles into out (T, 2, 3)."""
    height = _tip_heights(legs, np.full(rise.shape, -np.inf))[1]
    over = height + rise - floor
    turn, _ = _tip_heights(legs, height + _lift(-over, LEVEL))
    bend = turn < -1e-4
    bend[stays] = False
    q = rot.multiply(rot.quaternion_about("x", turn[bend]), legs.own[:, sk.FEET][bend])
    out[bend] = rot.axis_angle_from_quaternion(q)


def _bent(upper: np.ndarray, knee: np.ndarray, limb: hinges.Limb, root: np.ndarray, target: np.ndarray,
          before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least change of thigh (world, (T, 4)) and knee (local, (T, 4)) that brings the ankle to its target.

    The knee turns about its hinge axis on top of what it did, the thigh follows by the shortest arc, so a leg
    that is on its target already stays as it is, whatever its style. `before` (T,) m: hip to ankle as it was.
    """
    a, k = limb.upper, limb.axis
    v = rot.rotate(knee, limb.lower)
    along = dot(v, k)
    a_flat, v_flat = a - np.dot(a, k) * k, v - along[:, None] * k
    swing = 2 * np.linalg.norm(a_flat) * np.maximum(length(v_flat), 1e-6)
    rest = np.dot(a, a) + np.dot(limb.lower, limb.lower) + 2 * np.dot(a, k) * along
    now = np.arctan2(dot(cross(a_flat, v_flat), k), dot(v_flat, a_flat))
    longest = np.sqrt(rest + swing)
    line = target - root
    far = length(line)
    edge = np.minimum(np.maximum(before, STRAIGHT * longest), longest - 1e-5)
    # beyond the edge what is left of the reach is used up softly
    far_soft = np.where(far > edge, edge - (longest - edge) * np.expm1(-np.maximum(far - edge, 0) /
                                                                      (longest - edge)), far)
    far_soft = np.maximum(far_soft, limb.shortest * 0.9)
    bend = np.arccos(np.clip((far_soft**2 - rest) / swing, -1.0, 1.0))
    change = limb.hinge(bend - now)
    end = rot.rotate(upper, a + rot.rotate(change, v))
    arc = rot.shortest_arc(end / length(end)[..., None], line / far[:, None])
    return rot.multiply(arc, upper), rot.multiply(change, knee)
