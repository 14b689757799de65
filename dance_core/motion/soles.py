"""Where the soles are, when they stand on the floor, and how far they slide while they do.

A foot has four points: under the ankle, the back of the heel and the ball (fixed to the SMPL-X "ankle"
joint's frame), and the tip of the toes (fixed to the "foot" joint, which bends the toes). Contacts are told
from the point under the ankle and from the ball.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import shape
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion
from dance_core.motion.vectors import length

HEEL_BACK = 0.045  # m, the heel's end behind the ankle joint
TOE_TIP = 0.050  # m, the toes' end before the toe joint
UNDER_ANKLE, HEEL, BALL, TIP = range(4)
_ON_FOOT = np.array([[[0.0, -sk.ANKLE_HEIGHT, 0.0], [0.0, -sk.ANKLE_HEIGHT, -HEEL_BACK],
                      sk.BONES[foot] - [0.0, sk.TOE_HEIGHT, 0.0]]
                     for foot in (sk.LEFT_FOOT, sk.RIGHT_FOOT)])  # m from the ankle: all but the tip

CONTACT_HEIGHT = 0.045  # m: a contact begins below this …
CONTACT_SPEED = 0.3  # m/s: … and slower than this,
LEAVE_HEIGHT = 0.055  # m: and ends above this …
LEAVE_SPEED = 0.4  # m/s: … or faster than this
SHORT_GAP = 0.1  # s: gaps up to this long are closed if the point stays low
SHORT_CONTACT = 0.05  # s: contacts shorter than this are none


@dataclass(frozen=True, eq=False)
class Legs:
    """Pelvis, legs and feet of T frames, and what of the spine lies between by its numbers: 12 joints.

    own (T, 12, 4) rotations relative to the parents; world (T, 12, 4) in the world; places (T, 12, 3) m;
    scale: how many times as long as ours legs and feet are.
    """

    own: np.ndarray
    world: np.ndarray
    places: np.ndarray
    scale: float = 1.0

    @classmethod
    def of(cls, motion: Motion) -> Legs:
        """Those of a motion."""
        own = rot.quaternion_from_axis_angle(motion.rotations[:, :12])
        world = kin.global_rotations(own)
        return cls(own, world, kin.positions(world, motion.translation, shape.bones(motion.betas)),
                   shape.leg_factor(motion.betas))

    def soles(self) -> np.ndarray:
        """As `sole_points`."""
        return soles_from(self.world, self.places, self.scale)

    def feet(self) -> np.ndarray:
        """Places (T, 4, 3) m of left ankle and foot joint, right ankle and foot joint."""
        return self.places[:, [sk.LEFT_ANKLE, sk.LEFT_FOOT, sk.RIGHT_ANKLE, sk.RIGHT_FOOT]]


def sole_points(motion: Motion) -> np.ndarray:
    """World places (T, 2, 4, 3) in metres: left and right; under the ankle, heel, ball, tip of the toes."""
    return _soles_and_feet(motion)[0]


def _soles_and_feet(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """As `Legs.soles` and `Legs.feet`, a block of frames after another."""
    soles, feet = np.empty((len(motion), 2, 4, 3)), np.empty((len(motion), 4, 3))
    for start, block in motion.blocks():
        legs = Legs.of(block)
        soles[start:start + len(block)], feet[start:start + len(block)] = legs.soles(), legs.feet()
    return soles, feet


def soles_from(world: ArrayLike, places: ArrayLike, scale: float = 1.0) -> np.ndarray:
    """As `sole_points`, from world rotations (…, J, 4) and joint places (…, J, 3) m of at least 12 joints.

    scale: how many times as large as ours the feet are (`shape.leg_factor`).
    """
    g, p = np.asarray(world, np.float64), np.asarray(places, np.float64)
    out = np.empty((*g.shape[:-2], 2, 4, 3))
    out[..., :TIP, :] = p[..., sk.ANKLES, None, :] + rot.rotate(g[..., sk.ANKLES, None, :], scale * _ON_FOOT)
    tip = scale * np.array([0.0, -sk.TOE_HEIGHT, TOE_TIP])
    out[..., TIP, :] = p[..., sk.FEET, :] + rot.rotate(g[..., sk.FEET, :], tip)
    return out


def detect_contacts(motion: Motion, floor: float = 0.0) -> np.ndarray:
    """Which feet stand: (T, 4) bool, left ankle, left toe, right ankle, right toe.

    A contact begins when the point of the sole is below 4.5 cm over the floor (y in metres) and its joint is
    slower than 0.3 m/s (the definition of the project's recorded dances), and ends above 5.5 cm or 0.4 m/s,
    so that it does not flicker. Gaps up to 0.1 s in which the point stays low are closed; a contact of less
    than 0.05 s is none. For legs of another length all of these are times as much: the same steps are steps.
    """
    return contacts_of(*_soles_and_feet(motion), motion.fps, floor, shape.leg_factor(motion.betas))


def contacts_of(soles: np.ndarray, feet: np.ndarray, fps: float, floor: float = 0.0,
                scale: float = 1.0) -> np.ndarray:
    """As `detect_contacts`, from `Legs.soles`, `Legs.feet` and `Legs.scale`."""
    height = (soles[:, :, [UNDER_ANKLE, BALL], 1].reshape(-1, 4) - floor) / scale
    if len(height) < 2:
        return height < CONTACT_HEIGHT
    return contacts_from(height, length(np.gradient(feet, 1 / fps, axis=0)) / scale, fps)


def contacts_from(height: np.ndarray, speed: np.ndarray, fps: float) -> np.ndarray:
    """Hysteresis of `detect_contacts` on heights over the floor (T, N) m and speeds (T, N) m/s."""
    begin = (height < CONTACT_HEIGHT) & (speed < CONTACT_SPEED)
    stay = (height < LEAVE_HEIGHT) & (speed < LEAVE_SPEED)
    # on: where a contact began later than one last ended, whichever is the last of each
    t = np.arange(1, len(begin) + 1)[:, None]
    began, ended = (np.maximum.accumulate(np.where(when, t, 0)) for when in (begin, ~(begin | stay)))
    on = began > ended
    for n in range(on.shape[1]):
        # a gap: low all along, and with contact at both ends
        for start, stop in runs(~on[:, n]):
            inside = start > 0 and stop < len(on)
            if inside and (stop - start) <= SHORT_GAP * fps and (height[start:stop, n] < LEAVE_HEIGHT).all():
                on[start:stop, n] = True
        for start, stop in runs(on[:, n]):
            at_edge = start == 0 or stop == len(on)  # cut off by the excerpt, not short
            if stop - start < SHORT_CONTACT * fps and not at_edge:
                on[start:stop, n] = False
    return on


def runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """Stretches (start, stop), stop not included, in which (T,) booleans are true."""
    padded = np.concatenate([[False], np.asarray(flags, bool), [False]])
    return [(int(a), int(b)) for a, b in np.flatnonzero(padded[1:] != padded[:-1]).reshape(-1, 2)]


@dataclass(frozen=True)
class Stance:
    """One stance of one foot: from its first to its last contact without a break.

    `slide` in metres: from frame to frame take the step, along the floor, of the point in contact that moves
    least, add the steps up as vectors, and see how far that ever gets from where it began. So a foot that
    turns on its ball or rolls from heel to toe does not slide, and noise to and fro does not add up.
    """

    side: str
    start: int  # frame
    stop: int  # frame, not included
    slide: float


def stances(motion: Motion, contacts: np.ndarray | None = None, floor: float = 0.0) -> list[Stance]:
    """Every stance of both feet with its slide, in order of time. `contacts` as from `detect_contacts`."""
    soles, feet = _soles_and_feet(motion)
    scale = shape.leg_factor(motion.betas)
    if contacts is None:
        contacts = contacts_of(soles, feet, motion.fps, floor, scale)
    on = np.asarray(contacts, bool).reshape(-1, 2, 2)
    points = soles[:, :, [UNDER_ANKLE, BALL]][..., [0, 2]]
    steps = np.diff(points, axis=0)  # (T-1, side, point, xz)
    held = on[1:] & on[:-1]
    slowest = np.where(held, length(steps), np.inf).argmin(-1)[..., None, None]
    least = np.take_along_axis(steps, slowest, -2)[..., 0, :] * held.any(-1, keepdims=True)
    found = []
    for i, side in enumerate(("left", "right")):
        for a, b in runs(on[:, i].any(-1)):
            way = length(np.cumsum(least[a:b - 1, i], 0))
            found.append(Stance(side, a, b, float(way.max(initial=0.0))))
    return sorted(found, key=lambda s: (s.start, s.side))
