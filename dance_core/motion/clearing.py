"""Hands that stay out of the body: small, smooth displacements of wrists.

Where a palm or the lower half of a forearm is deeper in trunk, head, thigh or the other arm than its skin
gives way, the wrist is to move out along the shortest way. As with feet (`planting.smoothest`) a displacement
curve is sought that does so, is nothing elsewhere, and is as smooth as it can be; it begins before the
touch and fades after it. The curve is told in the chest's frame, so that who turns takes it along. An arm
that holds out already stays as it is, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from dance_core.motion import hinges, ik
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.capsules import ARMS, TRUNK_AND_HEAD, lines_from, nearest, thickness
from dance_core.motion.easing import minimum_jerk, smoothstep
from dance_core.motion.motion import Motion
from dance_core.motion.planting import NOTHING, smoothest
from dance_core.motion.soles import runs
from dance_core.motion.vectors import dot, length

GIVES = 0.025  # m: capsules are as exact as this, and skin and cloth give way
FADE = 0.12  # τ of the curve, s: little of it is above 3 Hz
BESIDE = 0.4  # s: so far beside a touch the curve runs free; at twice that it has come to nothing
TOGETHER = 0.07  # s: frames as near as this go out the same way
OUT = 100.0  # weight of a displacement that is needed, against 1 for none
ENOUGH = 0.005  # m more are let pass, rather than another round
ROUNDS = 6  # times at most: what is pushed out of one capsule may come into the next
FAR = 0.15  # m: a hand that would need more is meant to be elsewhere, and comes only so far
HURRY, HALVED = 2.5, 5  # m/s that a displacement may add to a wrist; times at most that it is halved
LOW, SLOW = 0.10, 0.25  # m, m/s: a wrist this low and slow bears weight and stays where it is
FLOOR = 0.20  # m: hands lower than this are no longer pushed down


@dataclass(frozen=True, eq=False)
class _Body:
    """What stays as it is while wrists move: world rotations (T, 22, 4), places (T, 22, 3) m, the elbows' own
    rotations (T, 2, 4), and the lines (T, 8, 2, 3) m of TRUNK_AND_HEAD."""

    world: np.ndarray
    places: np.ndarray
    elbows: np.ndarray
    lines: np.ndarray

    @classmethod
    def of(cls, motion: Motion) -> "_Body":
        q = rot.quaternion_from_axis_angle(motion.rotations[:, :sk.BODY])
        world = kin.global_rotations(q)
        places = kin.positions(world, motion.translation)
        return cls(world, places, q[:, [sk.LEFT_ELBOW, sk.RIGHT_ELBOW]],
                   lines_from(world, places, TRUNK_AND_HEAD))

    def at(self, frames: np.ndarray) -> "_Body":
        return _Body(self.world[frames], self.places[frames], self.elbows[frames], self.lines[frames])

    def arm(self, i: int, shift: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Left (0) or right (1) arm with its wrist moved by shift (T, 3) m in the world.

        Returns the upper arm's world rotation and the elbow's own, (T, 4) each, and the lines
        (T, 2, 2, 3) m of forearm and palm.
        """
        shoulder, wrist = sk.LEFT_SHOULDER + i, sk.LEFT_WRIST + i
        root = self.places[:, shoulder]
        upper, elbow = ik.arm_reaching(hinges.SIDES[i], self.world[:, shoulder], self.elbows[:, i],
                                       self.places[:, wrist] + shift - root)
        limb = hinges.ARMS[hinges.SIDES[i]]
        middle = root + rot.rotate(upper, limb.upper)
        lower = rot.multiply(upper, elbow)
        out = np.empty((len(root), 2, 2, 3))
        for k, (at, turned) in enumerate(((middle, lower), (middle + rot.rotate(lower, limb.lower),
                                                            self.world[:, wrist]))):
            ends = np.array((ARMS[2 * k + i].start, ARMS[2 * k + i].stop))
            out[:, k] = at[:, None] + rot.rotate(turned[:, None], ends)
        return upper, elbow, out


def hands_cleared(motion: Motion, frozen: int = 0) -> Motion:
    """The motion with palms and forearms out of trunk, head, thighs and each other.

    At most about GIVES stays inside, wherever FAR is enough and the arm need not hurry. Elbows turn about
    the line that they bend about anyway, shoulders follow by the shortest arc, hands keep their orientation
    in the world. Hands that bear weight on the floor stay there.

    Args:
        motion: two frames at least, or it stays as it is: how fast a hand moves cannot be told.
        frozen: so many first frames stay bit for bit as they are; the displacement grows out of them.

    Raises:
        ValueError: frozen outside 0…T.
    """
    if not 0 <= frozen <= len(motion):
        raise ValueError(f"frozen is {frozen}, expected 0 to {len(motion)}")
    first = max(0, frozen - 3)  # three known frames say how a curve goes on
    if len(motion) == frozen or len(motion) - first < 2:
        return motion
    body = _Body.of(motion.slice(first, len(motion)))
    shifts = _shifts(body, motion.fps, frozen - first)
    if not shifts.any():
        return motion
    rotations = motion.rotations.copy()
    for i in (0, 1):
        moved = np.flatnonzero(length(shifts[:, i]) > NOTHING)
        there = body.at(moved)
        upper, elbow, _ = there.arm(i, shifts[moved, i])
        elbow = hinges.hinge_kept(hinges.ARMS[hinges.SIDES[i]], elbow)
        collar, hand = there.world[:, sk.LEFT_COLLAR + i], there.world[:, sk.LEFT_WRIST + i]
        for joint, q in ((sk.LEFT_SHOULDER, rot.multiply(rot.inverse(collar), upper)), (sk.LEFT_ELBOW, elbow),
                         (sk.LEFT_WRIST, rot.multiply(rot.inverse(rot.multiply(upper, elbow)), hand))):
            rotations[first + moved, joint + i] = rot.axis_angle_from_quaternion(q)
    return replace(motion, rotations=rotations)


def _shifts(body: _Body, fps: float, frozen: int) -> np.ndarray:
    """(T, 2, 3) m in the world, by how much each wrist moves; all 0 where nothing is to be done."""
    frames, chest = len(body.world), body.world[:, sk.SPINE3]
    shifts = np.zeros((frames, 2, 3))
    aims, needed = np.zeros((frames, 2, 3)), np.zeros((frames, 2), bool)  # aims: in the chest's frame
    held = _bearing(body, fps)
    lines = np.stack([body.arm(i, shifts[:, i])[2] for i in (0, 1)], 1)  # (T, side, forearm and palm, 2, 3)
    live = np.ones(frames, bool)  # where arms have moved since they were last asked
    for _ in range(ROUNDS):
        pulls = np.zeros((frames, 2, 3))
        pulls[live] = _pulls(lines[live], body.at(live), fps)
        pulls[held] = 0.0
        pulls[:frozen] = 0.0
        deep = pulls.any(-1)
        if not deep.any():
            break
        live[:] = False
        for i in np.flatnonzero(deep.any(0)):
            now = deep[:, i]
            aims[now, i] = rot.rotate(rot.inverse(chest[now]), shifts[now, i] + pulls[now, i])
            needed[:, i] |= now
            weights = OUT * needed[:, i] + 10.0 * OUT * held[:, i]
            curve = smoothest(frames, fps, FADE, np.zeros((frozen, 3)), values=aims[:, i],
                              value_weights=weights)
            size = length(curve)[..., None]
            curve *= ik.soft_limit(size, -np.inf, FAR, FAR / 3) / np.maximum(size, 1e-12)
            away = ndimage.distance_transform_edt(~needed[:, i])[:, None] / fps
            curve *= 1.0 - minimum_jerk((away - BESIDE) / BESIDE)
            shifts[:, i] = rot.rotate(chest, curve)
            near = away[:, 0] < 2.0 * BESIDE
            live |= near
            lines[near, i] = body.at(near).arm(i, shifts[near, i])[2]
    for i in (0, 1):
        _unhurried(shifts[:, i], body, i, fps)
    return shifts


def _unhurried(shifts: np.ndarray, body: _Body, i: int, fps: float) -> None:
    """Halve those displacements (T, 3) m of one wrist, from nothing to nothing, that hurry it by over HURRY.

    A wrist next to its own shoulder has not the way that was asked for: the arm would swing round it.
    """
    wrists = body.places[:, sk.LEFT_WRIST + i]
    for a, b in runs(shifts.any(-1)):
        frames = np.arange(max(a - 1, 0), min(b + 1, len(shifts)))
        there = body.at(frames)
        for _ in range(HALVED):
            moved = there.arm(i, shifts[frames])[2][:, 0, 1] - wrists[frames]
            if length(np.diff(moved, axis=0)).max(initial=0.0) * fps < HURRY:
                break
            shifts[a:b] /= 2.0


def _bearing(body: _Body, fps: float) -> np.ndarray:
    """(T, 2): whether a hand lies low and slow, as one that bears weight does."""
    wrists = body.places[:, [sk.LEFT_WRIST, sk.RIGHT_WRIST]]
    speed = length(np.gradient(wrists, 1.0 / fps, axis=0))
    return (wrists[..., 1] < LOW) & (speed < SLOW)


def _ways(away: np.ndarray, deep: np.ndarray, frames: int, fps: float, front: np.ndarray) -> np.ndarray:
    """(N, 3) unit, the way out at frames `deep` (N,), of what lies `away` (N, 3) m from a capsule's line.

    What goes through a capsule has the shortest way out in front of it at first and behind it at last: the
    frames around have a say, and it goes round. front: (N, 3), where there is none.
    """
    size = length(away)[..., None]
    found = np.zeros((frames, 3))
    found[deep] = np.where(size > 1e-6, away / np.maximum(size, 1e-6), front)
    found = ndimage.gaussian_filter1d(found, TOGETHER * fps, axis=0, mode="constant")[deep]
    size = length(found)[..., None]
    return np.where(size > 1e-6, found / np.maximum(size, 1e-6), front)


_FIRST = np.array([ARMS[k].radii for k in (0, 2)])  # forearm and palm, the same on both sides
_SECOND = np.array([c.radii for c in TRUNK_AND_HEAD])


def _pulls(lines: np.ndarray, body: _Body, fps: float) -> np.ndarray:
    """(T, 2, 3) m in the world: how each wrist has to move to bring what is deepest of its arm out, if it is
    deeper than GIVES and ENOUGH; else 0. Of two arms each gives way by half. lines: (T, 2, 2, 2, 3) m."""
    out = np.zeros((len(lines), 2, 3))
    for i in (0, 1):
        others = np.concatenate([body.lines, lines[:, 1 - i]], 1)[:, None]
        radii = np.concatenate([_SECOND, _FIRST])
        s, t, far = nearest(lines[:, i, :, None], others)  # (T, 2, 10)
        depth = thickness(_FIRST, s, 1) + thickness(radii, t, 2) - far - GIVES
        depth[..., len(_SECOND):] /= 2.0
        flat = depth.reshape(len(lines), -1)
        worst = flat.argmax(1)
        deep = np.flatnonzero(flat[np.arange(len(flat)), worst] > ENOUGH)
        part, other = np.divmod(worst[deep], len(radii))
        one, two = lines[deep, i, part], others[deep, 0, other]
        along, across = s[deep, part, other][:, None], t[deep, part, other][:, None]
        away = one[:, 0] + along * (one[:, 1] - one[:, 0]) - two[:, 0] - across * (two[:, 1] - two[:, 0])
        far = length(away)
        room = far + depth[deep, part, other]
        front = rot.rotate(body.world[deep, sk.SPINE3], [0.0, 0.0, 1.0])
        front[(other >= len(_SECOND)) & (i == 1)] *= -1.0  # of two arms one goes before the other
        way = _ways(away, deep, len(lines), fps, front)
        level = dot(away, way)
        out_of_it = np.sqrt(np.maximum(level**2 + room**2 - far**2, 0.0)) - level
        # the middle of the forearm moves half as far as the wrist does
        lever = np.where(part == 0, 0.5 + 0.5 * along[:, 0], 1.0)
        pull = way * (out_of_it / lever)[:, None]
        free = smoothstep((lines[deep, i, 1, :, 1].min(-1) - LOW / 2) / (FLOOR - LOW / 2))
        pull[:, 1] = np.where(pull[:, 1] < 0.0, free * pull[:, 1], pull[:, 1])
        out[deep, i] = pull
    return out
