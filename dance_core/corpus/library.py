"""Recorded dances made ready for choosing: every phrase of every take, and how it begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.clips import Clip
from dance_core.corpus.phrases import Track, count_tracks
from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.settings import MOTION_FPS

EIGHT, FOUR = 8, 4  # counts of a phrase
_FEET_WEIGHT = 2.0  # a foot that lands elsewhere is seen more than a hand
_VELOCITY_S = 0.12  # m/s against m


@dataclass(frozen=True, eq=False)
class Take:
    """One clip, as it is or mirrored, with everything about it that choosing needs.

    Attributes:
        motion: at 30 frames a second. tracks: ways to count it.
        posture: (T, D) pose and velocity seen from the dancer, weighted metres.
        facing: (T,) rad. ground: (T, 2) m, x and z of the pelvis. speed: (T,) m/s mean of the joints.
    """

    clip: Clip
    mirrored: bool
    motion: Motion
    tracks: tuple[Track, ...]
    posture: np.ndarray
    facing: np.ndarray
    ground: np.ndarray
    speed: np.ndarray

    @property
    def name(self) -> str:
        """The clip's name, marked where mirrored."""
        return self.clip.name + (" (mirrored)" if self.mirrored else "")


def facing_of(places: np.ndarray) -> np.ndarray:
    """(T,) rad: where hips and shoulders face, from joint places (T, 22, 3). 0 = +Z, left positive."""
    across = (places[:, sk.LEFT_HIP] - places[:, sk.RIGHT_HIP]
              + places[:, sk.LEFT_SHOULDER] - places[:, sk.RIGHT_SHOULDER])
    return np.arctan2(-across[:, 2], across[:, 0])


def prepare(clip: Clip, mirrored: bool = False, tracks: tuple[Track, ...] | None = None) -> Take:
    """A clip made ready for choosing. tracks: where known already; a mirror changes no count."""
    motion = mirror(clip.motion) if mirrored else clip.motion
    tracks = count_tracks(clip.motion, clip.tempo) if tracks is None else tracks
    places = kin.joints(motion, 22)
    facing = np.unwrap(facing_of(places))
    seen = places - places[:, :1] * np.array([1.0, 0.0, 1.0])
    back = rot.quaternion_about("y", -facing)[:, None]
    seen = rot.rotate(back, seen)
    velocity = np.gradient(places, 1 / motion.fps, axis=0)
    weight = np.ones(22)
    weight[[7, 8, 10, 11]] = _FEET_WEIGHT
    weight = (weight / np.sqrt((weight**2).sum()))[:, None]
    moving = rot.rotate(back, velocity) * _VELOCITY_S
    posture = np.concatenate([(v * weight).reshape(len(motion), -1) for v in (seen, moving)], 1)
    speed = np.linalg.norm(velocity, axis=-1).mean(-1)
    return Take(clip, mirrored, motion, tracks, posture.astype(np.float32), facing,
                places[:, 0, [0, 2]], speed)


class Library:
    """Takes of one family of clips, mirrored ones too, and a table of all of their phrases.

    Attributes:
        takes: clips, each as it is and mirrored.
        take, track, first, counts: (N,) which counts of which take a phrase is.
        seconds: (N,) its length; shortest, longest: (N,) s of its counts.
        strength: (N,) how clearly the body comes to rest on its counts, against what its take usually does.
        speed: (N,) m/s. turn: (N,) rad from its start to its end.
        way: (N, 2, 2) m to the left and ahead (x, z), to its middle and to its end, seen from its start.
        start, stop: (N,) frames. posture: (N, D) at its start.
        pace: m/s, median of speed.

    Raises UserError where no clip is given, or none has a phrase of four counts.
    """

    def __init__(self, clips: Sequence[Clip]) -> None:
        if not clips:
            raise UserError("There are 0 dances to arrange, and at least one is needed.")
        self.takes = []
        for clip in clips:
            take = prepare(clip)
            self.takes += [take, prepare(clip, True, take.tracks)]
        rows = []
        for k, take in enumerate(self.takes):
            for j, track in enumerate(take.tracks):
                rows += [self._row(k, j, i, counts) for counts in (EIGHT, FOUR)
                         for i in range(len(track.times) - counts)]
        if not rows:
            raise UserError(f"None of the {len(clips)} dances has a phrase of {FOUR} counts.")
        table = np.array(rows, np.float64)
        self.take, self.track, self.first, self.counts, self.start, self.stop = table[:, :6].astype(int).T
        self.seconds, self.shortest, self.longest, self.strength, self.speed, self.turn = table[:, 6:12].T
        self.way = table[:, 12:16].reshape(-1, 2, 2)
        self.posture = np.stack([self.takes[k].posture[f]
                                 for k, f in zip(self.take, self.start, strict=True)])
        self.pace = float(np.median(self.speed))

    def _row(self, k: int, j: int, i: int, counts: int) -> list[float]:
        take, track = self.takes[k], self.takes[k].tracks[j]
        times = track.times[i:i + counts + 1]
        last = len(take.motion) - 1
        a, half, b = (min(round(float(t) * MOTION_FPS), last)
                      for t in (times[0], times[counts // 2], times[-1]))
        gaps = np.diff(times)
        ways = [turned(take.ground[f] - take.ground[a], -take.facing[a]) for f in (half, b)]
        usual = np.mean([t.strength for t in take.tracks])
        clear = 0.5 * (track.strength + track.depth[i:i + counts + 1].mean()) - 0.7 * usual
        return [k, j, i, counts, a, b, times[-1] - times[0], gaps.min(), gaps.max(), clear,
                float(take.speed[a:b].mean()), take.facing[b] - take.facing[a], *ways[0], *ways[1]]


def turned(way: np.ndarray, angle: float) -> np.ndarray:
    """x and z (…, 2) turned by an angle in rad about +Y."""
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([c * way[..., 0] + s * way[..., 1], -s * way[..., 0] + c * way[..., 1]], -1)
