"""Feet across a seam: they stand where the old segment had them, and step to where the new one wants them.

Blending two poses moves every foot that stands in different places before and after: it would glide. Here
each foot follows the old segment until it lifts and the new one from when it comes down; in between it makes
a small step. When each foot steps is chosen so that it uses a swing that either segment has there anyway, so
that one foot stays on the floor, and so that no step is hastier than the dance is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.longform.blend import Track
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.motion import Motion
from dance_core.motion.planting import Corrections, apply
from dance_core.motion.soles import LEAVE_HEIGHT, LEAVE_SPEED, Legs

SAME_PLACE = 0.006  # m: a standing foot that is this near is where it should be
SAME_TURN = np.radians(15.0)  # and turned by less than this may turn on its ball
SHORTEST = 6  # frames of a step
LIFT = (0.06, 0.09)  # m, of a small and of a large step: lower would look like a slide, and be told as one
STRAIGHT = 0.98  # of the leg's length, or as straight as it was: then the pelvis comes down
# what is bad in a step, in units of one frame in which a foot that both sides have on the floor is in the air
_ONE_SIDE, _BOTH_FEET, _HASTE, _SLIDE = 0.3, 3.0, 20.0, 400.0
_KEPT = 20  # options of one foot that are paired with the other's


@dataclass(frozen=True, eq=False)
class Feet:
    """Both feet over time.

    ball (T, 2, 3) m, the toe joint; turn (T, 2, 4) of the foot in the world; toes (T, 2, 4) local; straight
    (T, 2) m, from hip to ankle.
    """

    ball: np.ndarray
    turn: np.ndarray
    toes: np.ndarray
    straight: np.ndarray

    @classmethod
    def of(cls, track: Track) -> Feet:
        """The feet of a track."""
        world = kin.global_rotations(track.rotations[:, :12])
        places = kin.positions(world, track.pelvis)
        return cls(places[:, sk.FEET], world[:, sk.ANKLES], track.rotations[:, sk.FEET],
                   np.linalg.norm(places[:, sk.ANKLES] - places[:, sk.HIPS], axis=-1))

    def ankles(self) -> np.ndarray:
        """(T, 2, 3) m."""
        return self.ball - rot.rotate(self.turn, sk.BONES[sk.FEET])

    def slice(self, start: int, stop: int) -> Feet:
        """Frames start to stop, stop not included; the arrays are shared."""
        return Feet(self.ball[start:stop], self.turn[start:stop], self.toes[start:stop],
                    self.straight[start:stop])


@dataclass(frozen=True)
class Step:
    """One foot's way over: follows the old segment before frame `lift`, the new one from frame `land` on.

    A step that is `flat` is none: the foot is where it should be, and is only eased over.
    """

    lift: int
    land: int
    flat: bool

    def weight(self, frames: int) -> tuple[np.ndarray, np.ndarray]:
        """(frames,) share of the step's time, and of its way: a quintic ease, at rest at both ends."""
        u = np.clip((np.arange(frames) - self.lift + 1) / (self.land - self.lift + 1), 0.0, 1.0)
        return u, minimum_jerk(u)


def plan_steps(old: Feet, new: Feet, old_stands: np.ndarray, new_stands: np.ndarray, fps: float, calm: float,
               count: int = 1) -> list[tuple[Step, Step]]:
    """The best `count` ways for both feet, the best first.

    Args:
        old, new: the feet of the old and of the new segment in the same T frames, T >= 2.
        old_stands, new_stands: (T, 2) bool, whether each foot stands in each segment.
        calm: m/s², an acceleration that is nothing special in this dance.
    """
    options = [_options(old, new, old_stands, new_stands, i, fps, calm) for i in (0, 1)]
    pairs = [(cost_0 + cost_1 + _BOTH_FEET * float((air_0 & air_1).sum()), step_0, step_1)
             for cost_0, air_0, step_0 in options[0] for cost_1, air_1, step_1 in options[1]]
    pairs.sort(key=lambda pair: pair[0])
    return [(left, right) for _, left, right in pairs[:count]]


def _options(old: Feet, new: Feet, old_stands: np.ndarray, new_stands: np.ndarray, i: int, fps: float,
             calm: float) -> list[tuple[float, np.ndarray, Step]]:
    """What one foot could do: (cost, frames in the air (T,), step); never empty."""
    n = len(old.ball)
    stands_a, stands_b = old_stands[:, i], new_stands[:, i]
    held = stands_a | stands_b
    apart = np.linalg.norm((old.ball - new.ball)[:, i, ::2], axis=-1)
    turned = rot.geodesic(old.turn[:, i], new.turn[:, i])
    if not held.any() or (apart[held].max() < SAME_PLACE and turned[held].max() < SAME_TURN):
        return [(0.0, ~held, Step(0, n, True))]
    t = np.arange(n)
    shortest = min(SHORTEST, n)
    made = []
    for lift in range(n - shortest + 1):
        for land in range(lift + shortest, n + 1):
            step = Step(lift, land, False)
            path = _ball(old, new, i, step)
            around = np.concatenate([old.ball[:lift, i][-2:], path[lift:land], new.ball[land:, i][:2]])
            haste = np.linalg.norm(np.diff(around, 2, axis=0), axis=-1).max(initial=0.0) * fps**2
            slid = _slid(path, lift, land, fps)
            pressed = stands_a[lift:land].astype(int) + stands_b[lift:land]
            cost = float((pressed == 2).sum() + _ONE_SIDE * (pressed == 1).sum())
            cost += _HASTE * max(0.0, haste / calm - 0.7) ** 2 + _SLIDE * max(0.0, slid - 0.01)
            air = np.where(t < lift, ~stands_a, np.where(t >= land, ~stands_b, True))
            made.append((cost, air, step))
    made.sort(key=lambda option: option[0])
    return made[:_KEPT]


def _slid(path: np.ndarray, lift: int, land: int, fps: float) -> float:
    """Metres that a step goes along the floor before it is off it, or after it is on it again; the longer."""
    moves = np.diff(path[max(0, lift - 1):land + 1], axis=0)
    low = path[max(0, lift - 1):land + 1, 1][1:] - sk.TOE_HEIGHT < LEAVE_HEIGHT
    stands = low & (np.linalg.norm(moves, axis=-1) * fps < LEAVE_SPEED)
    way = np.linalg.norm(moves[:, ::2], axis=-1)
    free = np.flatnonzero(~stands)
    if not len(free):
        return float(way.sum())
    return float(max(way[:free[0]].sum(), way[free[-1] + 1:].sum()))


def _ball(old: Feet, new: Feet, i: int, step: Step) -> np.ndarray:
    """(T, 3) m: where the ball of foot i goes."""
    u, w = step.weight(len(old.ball))
    a, b = old.ball[:, i], new.ball[:, i]
    mixed = (1 - w)[:, None] * a + w[:, None] * b
    if not step.flat:
        way = np.linalg.norm((a[step.lift] - b[step.land - 1])[::2])
        lift = np.clip(0.25 * way, *LIFT)
        above = np.clip((mixed[:, 1] - sk.TOE_HEIGHT) / lift, 0.0, 1.0)
        mixed[:, 1] += lift * np.sin(np.pi * u) ** 2 * (1 - above)
    return mixed


def stepped(old: Feet, new: Feet, steps: tuple[Step, Step]) -> Feet:
    """The feet that take the steps."""
    ball, turn, toes, straight = (np.empty_like(v) for v in (old.ball, old.turn, old.toes, old.straight))
    for i, step in enumerate(steps):
        _, w = step.weight(len(ball))
        ball[:, i] = _ball(old, new, i, step)
        turn[:, i] = rot.slerp(old.turn[:, i], new.turn[:, i], w)
        toes[:, i] = rot.slerp(old.toes[:, i], new.toes[:, i], w)
        straight[:, i] = (1 - w) * old.straight[:, i] + w * new.straight[:, i]
    return Feet(ball, turn, toes, straight)


def put_feet(track: Track, feet: Feet, fps: float) -> Track:
    """The track with legs bent so that the feet are there; the pelvis comes down where a leg is too short."""
    rotations = track.rotations.copy()
    world = kin.global_rotations(rotations[:, :12])
    places = kin.positions(world, track.pelvis)
    for i in (0, 1):
        shin = world[:, sk.LEFT_KNEE + i]
        rotations[:, sk.LEFT_ANKLE + i] = rot.multiply(rot.inverse(shin), feet.turn[:, i])
        rotations[:, sk.LEFT_FOOT + i] = feet.toes[:, i]
    ankles = feet.ankles()
    down = np.zeros_like(track.pelvis)
    down[:, 1] = -_too_short(places[:, sk.HIPS], ankles, np.maximum(feet.straight, STRAIGHT * sk.LEG))
    moves = Corrections(ankles - places[:, sk.ANKLES], down)
    like = Motion(fps, rot.axis_angle_from_quaternion(rotations), track.pelvis,
                  np.zeros((len(track.pelvis), track.face.shape[1])))
    put = apply(like, Legs.of(like), moves, floor=-100.0)  # the toes stay as they are
    for joints in (sk.HIPS, sk.KNEES, sk.ANKLES):
        rotations[:, joints] = rot.quaternion_from_axis_angle(put.rotations[:, joints])
    return Track(rotations, put.translation.astype(np.float64), track.face)


def _too_short(hips: np.ndarray, ankles: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """(T,) m that the pelvis must come down so that no leg, hip to ankle, is longer than `reach` (T, 2)."""
    line = hips - ankles
    flat = np.square(line[..., ::2]).sum(-1)
    need = np.maximum(line[..., 1] - np.sqrt(np.maximum(reach**2 - flat, 0.05**2)), 0.0).max(-1)
    if not need.any():
        return need
    # widened, then smoothed: at least what is needed, without a jolt; nothing outside of the seam
    wide = np.array([need[max(0, t - 2):t + 3].max() for t in range(len(need))])
    kernel = np.hanning(7)[1:-1]
    return np.convolve(np.pad(wide, 2), kernel / kernel.sum(), mode="valid")
