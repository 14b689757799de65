"""Lays recorded dances on a song's beats: phrases chosen one after another, warped in time, joined, planted.

A phrase is 4 or 8 counts of a clip, from one low of the body's speed to another (see `phrases`). Its counts
are warped onto the music's by a smooth monotone curve, never by more than WARP. The next phrase is the one
whose first pose and velocity are most like the last ones of the phrase before (motion graphs: Kovar et al.,
2002), weighed against how well its energy suits the music, how often it was used, and where it would lead the
dancer; going on in the same clip costs nothing and needs no join. At a join both phrases go on for a moment
and are blended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from dance_core.corpus.clips import Clip
from dance_core.corpus.phrases import Track, count_tracks
from dance_core.corpus.touches import with_touches
from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import plant_feet
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.motion.resample import sample
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import MOTION_FPS

WARP = (0.75, 1.33)  # dance seconds in a music second, over a phrase
BLEND_S = 0.28  # each side of a join
ROOM = 1.1  # m from the start that phrases may lead to without cost
EIGHT, FOUR = 8, 4
_FEET_WEIGHT = 2.0  # a foot that lands elsewhere is seen more than a hand
_VELOCITY_S = 0.12  # m/s against m
_FAST_BEAT, _SLOW_BEAT = 0.36, 0.86  # s: counts shorter or longer than this are not danced


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


@dataclass(frozen=True)
class Phrase:
    """`counts` counts of a take from count `first` of one of its tracks, laid on the music's count `on`."""

    take: int
    track: int
    first: int
    counts: int
    on: int


@dataclass(frozen=True, eq=False)
class Arranged:
    """A dance that was laid on music: the motion, and the phrases it is made of."""

    motion: Motion
    phrases: tuple[Phrase, ...]
    dances: tuple[str, ...]


def facing_of(places: np.ndarray) -> np.ndarray:
    """(T,) rad: where hips and shoulders face, from joint places (T, 22, 3). 0 = +Z, left positive."""
    across = (places[:, sk.LEFT_HIP] - places[:, sk.RIGHT_HIP]
              + places[:, sk.LEFT_SHOULDER] - places[:, sk.RIGHT_SHOULDER])
    return np.arctan2(-across[:, 2], across[:, 0])


def prepare(clip: Clip, mirrored: bool = False) -> Take:
    """A clip made ready for choosing."""
    motion = mirror(clip.motion) if mirrored else clip.motion
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
    return Take(clip, mirrored, motion, count_tracks(motion, clip.tempo), posture.astype(np.float32),
                facing, places[:, 0, [0, 2]], speed)


class Library:
    """Takes of one family of clips, mirrored ones too, from which dances are arranged."""

    def __init__(self, clips: Sequence[Clip]) -> None:
        if not clips:
            raise UserError("There are 0 dances to arrange, and at least one is needed.")
        self.takes = [prepare(c, m) for c in clips for m in (False, True)]
        rows = []
        for k, take in enumerate(self.takes):
            for j, track in enumerate(take.tracks):
                for i in range(len(track.times) - FOUR):
                    for counts in (EIGHT, FOUR):
                        if i + counts < len(track.times):
                            rows.append(self._row(k, j, i, counts))
        if not rows:
            raise UserError("None of the dances has a phrase of 4 counts.")
        table = np.array(rows, np.float64)
        self.take, self.track, self.first, self.counts = table[:, :4].astype(int).T
        self.seconds, self.uneven, self.strength, self.speed, self.turn = table[:, 4:9].T
        self.way = table[:, 9:11]
        self.start, self.stop = table[:, 11:13].astype(int).T
        self.posture = np.stack([self.takes[k].posture[f]
                                 for k, f in zip(self.take, self.start, strict=True)])
        self.pace = np.median(self.speed)

    def _row(self, k: int, j: int, i: int, counts: int) -> list[float]:
        take, track = self.takes[k], self.takes[k].tracks[j]
        times = track.times[i:i + counts + 1]
        last = len(take.motion) - 1
        a, b = (min(round(float(t) * MOTION_FPS), last) for t in (times[0], times[-1]))
        gaps = np.diff(times)
        way = _turned(take.ground[b] - take.ground[a], -take.facing[a])
        return [k, j, i, counts, times[-1] - times[0], float(np.abs(np.log(gaps / gaps.mean())).max()),
                track.strength, float(take.speed[a:b].mean()), take.facing[b] - take.facing[a], *way, a, b]


def _turned(way: np.ndarray, angle: float) -> np.ndarray:
    """x and z turned by an angle about +Y."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([c * way[0] + s * way[1], -s * way[0] + c * way[1]])


def music_counts(beats: Beats, frames: int, per_beat: float = 1.0) -> tuple[np.ndarray, int]:
    """Times in s of the counts to dance on, from before the first frame to behind the last, and the place
    of the first in its bar of four (0 to 3).

    per_beat: 1; 0.5 where a count is two beats, 2 where a beat is two counts.
    """
    end = frames / MOTION_FPS
    low, high = np.floor(beats.phase(np.array([0.0]))[0]) - 1, np.ceil(beats.phase(np.array([end]))[0]) + 1
    ones = np.flatnonzero(beats.bar_position == 1)
    one = float(ones[0]) if len(ones) else 0.0
    counts = np.arange(np.floor((low - one) * per_beat), np.ceil((high - one) * per_beat) + 1)
    return beat_time(beats, counts / per_beat + one), int(counts[0]) % FOUR


def beat_time(beats: Beats, count: np.ndarray) -> np.ndarray:
    """Inverse of Beats.phase: times in s of running beat counts."""
    b = beats.times
    if len(b) < 2:
        return (b[0] if len(b) else 0.0) + np.asarray(count) / 2.0
    t = np.interp(count, np.arange(len(b)), b)
    t = np.where(count < 0, b[0] + count * (b[1] - b[0]), t)
    return np.where(count > len(b) - 1, b[-1] + (count - len(b) + 1) * (b[-1] - b[-2]), t)


def counts_per_beat(tempo: float, rng: np.random.Generator) -> float:
    """How a dancer counts music of this tempo: each beat, now and then every second or twice a beat."""
    beat = 60.0 / max(tempo, 1.0)
    if beat < _FAST_BEAT:
        return 0.5
    if beat > _SLOW_BEAT:
        return 2.0
    if beat < 0.41 and rng.random() < 0.3:
        return 0.5
    return 1.0


def arrange(library: Library, features: Features, beats: Beats, style: str, seed: int) -> Arranged:
    """A dance of real phrases to a stretch of music; the same arguments give the same dance.

    features, beats: of the stretch, times from its first frame. style: for hands and face.
    """
    rng = np.random.default_rng([seed, 5])
    per_beat = counts_per_beat(beats.tempo, rng)
    times, place = music_counts(beats, len(features), per_beat)
    energy = _energy(features, times)
    phrases = _choose(library, times, place, energy, rng)
    motion = plant_feet(_centred(_joined(library, phrases, times, len(features))))
    motion = with_touches(motion, times, place, energy, style, seed)
    used = sorted({library.takes[p.take].clip.name for p in phrases})
    return Arranged(motion, tuple(phrases), tuple(used))


def _energy(features: Features, times: np.ndarray) -> np.ndarray:
    """(C,) -1 to 1: how loud and busy the music is around each count, against the rest of the stretch."""
    loud = features.column("loudness").astype(np.float64)
    busy = features.column("onset_envelope").astype(np.float64)
    curve = (loud - loud.mean()) / (loud.std() + 0.03) + 0.5 * (busy - busy.mean()) / (busy.std() + 0.1)
    width = int(features.fps)
    smooth = np.convolve(np.pad(curve, width, mode="edge"), np.hanning(2 * width + 1) / width, mode="valid")
    return np.clip(np.interp(times, np.arange(len(curve)) / features.fps, smooth), -1, 1)


def _choose(lib: Library, times: np.ndarray, place: int, energy: np.ndarray,
            rng: np.random.Generator) -> list[Phrase]:
    """Phrases that cover all of the music's counts, joined on downbeats."""
    used = np.zeros(len(lib.takes) * 10_000)
    chosen: list[Phrase] = []
    at, heading, run = np.zeros(2), 0.0, 0
    on, last = 0, None
    while on < len(times) - 1:
        counts = EIGHT if rng.random() < 0.6 else FOUR
        if on == 0 and place:
            counts = FOUR
        span = min(on + counts, len(times) - 1)
        seconds = (times[span] - times[on]) * counts / max(span - on, 1)
        cost = rng.gumbel(0.0, 0.06, len(lib.take))
        ratio = np.log(lib.seconds / seconds)
        cost += np.where(lib.counts == counts, 0.0, np.inf)
        inside = (lib.seconds / seconds >= WARP[0]) & (lib.seconds / seconds <= WARP[1])
        cost += np.where(inside, 0.0, 3.0 + 8 * np.abs(ratio)) + 1.2 * ratio**2 + 0.5 * lib.uneven
        cost -= 0.9 * lib.strength
        wanted = np.log(lib.pace) + 0.35 * energy[on:span + 1].mean()
        cost += 0.25 * np.abs(np.log(lib.speed * np.exp(ratio) + 0.02) - wanted)
        cost += 0.25 * used[lib.take * 10_000 // 2 + lib.start // 30]
        if last is not None:
            end = lib.takes[lib.take[last]].posture[lib.stop[last]]
            away = np.linalg.norm(lib.posture - end, axis=1)
            same = ((lib.take == lib.take[last]) & (lib.track == lib.track[last])
                    & (lib.first == lib.first[last] + lib.counts[last]))
            cost += np.where(same, 0.12 * max(0, run - 1), 0.25 + 5.0 * away)
        goal = at + np.stack([np.cos(heading) * lib.way[:, 0] + np.sin(heading) * lib.way[:, 1],
                              -np.sin(heading) * lib.way[:, 0] + np.cos(heading) * lib.way[:, 1]], -1)
        cost += 2.5 * np.maximum(np.linalg.norm(goal, axis=1) - ROOM, 0.0)
        turned = rot.wrapped(heading + lib.turn)
        cost += 0.12 * np.abs(turned)
        pick = int(np.argmin(cost))
        first = lib.first[pick]
        if on == 0 and place:  # come in so that the phrase ends with the music's bar
            shift = place
            chosen.append(Phrase(int(lib.take[pick]), int(lib.track[pick]), int(first) + shift,
                                 counts - shift, 0))
            step = counts - shift
        else:
            chosen.append(Phrase(int(lib.take[pick]), int(lib.track[pick]), int(first), counts, on))
            step = counts
        going_on = last is not None and bool(same[pick])
        run = run + 1 if going_on else 1
        used[lib.take[pick] * 10_000 // 2 + lib.start[pick] // 30: lib.take[pick] * 10_000 // 2
             + lib.stop[pick] // 30 + 1] += 1
        at, heading, last = goal[pick], float(turned[pick]), pick
        on += step
    return chosen


@dataclass(frozen=True, eq=False)
class _Run:
    """Phrases of one take one after another, as one stretch of music counts."""

    take: int
    track: int
    first: int
    on: int
    counts: int


def _runs(phrases: Sequence[Phrase]) -> list[_Run]:
    runs: list[_Run] = []
    for p in phrases:
        r = runs[-1] if runs else None
        if r and (r.take, r.track, r.first + r.counts) == (p.take, p.track, p.first):
            runs[-1] = _Run(r.take, r.track, r.first, r.on, r.counts + p.counts)
        else:
            runs.append(_Run(p.take, p.track, p.first, p.on, p.counts))
    return runs


def time_map(music: np.ndarray, dance: np.ndarray) -> PchipInterpolator:
    """Smooth monotone curve from music times (N,) s to dance times (N,) s through all given pairs.

    Beyond both ends it goes on at the pace of the last interval.
    """
    m, d = np.asarray(music, np.float64), np.asarray(dance, np.float64)
    before, after = (d[1] - d[0]) / (m[1] - m[0]), (d[-1] - d[-2]) / (m[-1] - m[-2])
    far = np.array([2.0, 1.0])
    m, d = (np.concatenate([m[0] - far, m, m[-1] + far[::-1]]),
            np.concatenate([d[0] - far * before, d, d[-1] + far[::-1] * after]))
    return PchipInterpolator(m, d, extrapolate=True)


def _joined(lib: Library, phrases: Sequence[Phrase], times: np.ndarray, frames: int) -> Motion:
    """All runs sampled on the music's frames, each placed where the one before leaves it, and blended."""
    out: Motion | None = None
    clock = np.arange(frames) / MOTION_FPS
    for run in _runs(phrases):
        take = lib.takes[run.take]
        stop = min(run.on + run.counts, len(times) - 1)
        n = max(stop - run.on, 1)
        curve = time_map(times[run.on:run.on + n + 1],
                         take.tracks[run.track].times[run.first:run.first + n + 1])
        a = max(0, int(np.ceil((times[run.on] - BLEND_S) * MOTION_FPS)))
        b = min(frames, int(np.floor((times[stop] + BLEND_S) * MOTION_FPS)) + 1)
        if b <= a:
            continue
        piece = sample(take.motion, curve(clock[a:b]), float(MOTION_FPS), smooth=True)
        if out is None:
            out = _at_start(piece) if a == 0 else piece
            continue
        join = int(np.clip(round(times[run.on] * MOTION_FPS), a, len(out) - 1))
        piece = _placed(piece, join - a, out, join)
        out = _blended(out, piece, a)
    assert out is not None and len(out) == frames
    return out


def _moved(motion: Motion, yaw: float, about: np.ndarray, to: np.ndarray) -> Motion:
    """Turned by yaw about the vertical through `about` (3,), which then comes to `to` (heights stay)."""
    turn = rot.quaternion_about("y", np.float64(yaw))
    pelvis = rot.multiply(turn, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    rotations = motion.rotations.copy()
    rotations[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    flat = np.array([1.0, 0.0, 1.0])
    place = rot.rotate(turn, motion.translation - about * flat) + to * flat
    return Motion(motion.fps, rotations, place, motion.face, motion.betas, motion.parts)


def _at_start(piece: Motion) -> Motion:
    """First frame over x = z = 0, facing +Z."""
    places = kin.joints(piece.slice(0, 1), 22)
    return _moved(piece, -float(facing_of(places)[0]), places[0, 0], np.zeros(3))


def _placed(piece: Motion, here: int, before: Motion, there: int) -> Motion:
    """The piece turned and moved so that its frame `here` stands where `before` stands in frame `there`.

    What must agree is what touches the floor: the ankles count by how low they are, the pelvis a little.
    """
    mine = kin.joints(piece.slice(here, here + 1), 22)
    theirs = kin.joints(before.slice(there, there + 1), 22)
    yaw = float(rot.wrapped(facing_of(theirs) - facing_of(mine))[0])
    anchors = [0, sk.LEFT_ANKLE, sk.RIGHT_ANKLE]
    height = np.maximum(mine[0, anchors[1:], 1], theirs[0, anchors[1:], 1]) - sk.ANKLE_HEIGHT
    weight = np.concatenate([[0.4], np.exp(-np.maximum(height, 0) / 0.04)])
    weight = (weight / weight.sum())[:, None]
    return _moved(piece, yaw, (weight * mine[0, anchors]).sum(0), (weight * theirs[0, anchors]).sum(0))


def _blended(before: Motion, after: Motion, start: int) -> Motion:
    """`before`, then `after` from frame `start` on, blended over the frames that both have."""
    n = len(before) - start
    if n <= 0:
        return Motion.join([before, after])
    n = min(n, len(after))
    w = minimum_jerk((np.arange(n) + 0.5) / n)
    q = rot.slerp(rot.quaternion_from_axis_angle(before.rotations[start:start + n]),
                  rot.quaternion_from_axis_angle(after.rotations[:n]), w[:, None])
    w = w[:, None]
    mixed = Motion(before.fps, rot.axis_angle_from_quaternion(q),
                   before.translation[start:start + n] * (1 - w) + after.translation[:n] * w,
                   before.face[start:start + n] * (1 - w) + after.face[:n] * w, before.betas, before.parts)
    return Motion.join([before.slice(0, start), mixed, after.slice(n, len(after))])


def _centred(motion: Motion, limit: float = 1.3, speed: float = 0.08) -> Motion:
    """Brought back slowly, at most `speed` m/s, where the dancer went more than `limit` m from the start."""
    place = motion.translation[:, [0, 2]].astype(np.float64)
    move = np.zeros((len(place), 2))
    now = np.zeros(2)
    for t in range(len(place)):
        at = place[t] + now
        far = float(np.linalg.norm(at))
        if far > limit:
            now = now - at / far * min(speed / motion.fps, far - limit)
        move[t] = now
    out = motion.translation.copy()
    out[:, [0, 2]] += move
    return Motion(motion.fps, motion.rotations, out, motion.face, motion.betas, motion.parts)
