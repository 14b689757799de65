"""Small honest generators that the tests of longform and serving make dances with.

They really move: the Walker's feet stand and swing, the Poser takes a new pose every beat, the Swayer is a
function of the song's time alone. Each can be as difficult as a learned generator may be: another heading
and place for every segment, another phase, another pose.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from dance_core.generators.base import Needs, Request
from dance_core.longform.dance import at_centre
from dance_core.motion import hinges, ik
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import FACE, PARTS, Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.music.song import Song
from dance_core.serving.engine import Job
from tests.waiting import PATIENCE

FPS = 30


def steady_beats(tempo: float = 120.0, seconds: float = 20.0, first: float = 0.0, in_bar: int = 1,
                 per_bar: int = 4) -> Beats:
    """Beats at one tempo; the first, at `first` seconds, has the place `in_bar` in its bar."""
    times = np.arange(first, seconds, 60.0 / tempo)
    return Beats(times, (np.arange(len(times)) + in_bar - 1) % per_bar + 1, tempo, 1.0, per_bar)


def features_for(beats: Beats, seconds: float) -> Features:
    """Onset, loudness and beat phase of a song that is only its beats."""
    frames = int(seconds * FPS)
    phase = beats.phase(np.arange(frames) / FPS) % 1.0
    values = np.stack([np.exp(-4 * phase), np.full(frames, 0.6), np.sin(2 * np.pi * phase),
                       np.cos(2 * np.pi * phase)], -1)
    names = ("onset_envelope", "loudness", "beat_phase_sin", "beat_phase_cos")
    return Features(values.astype(np.float32), names)


def stance(heading: float = 0.0) -> Motion:
    """One frame: standing at ease over x = z = 0, arms hanging, feet on the floor."""
    return _walk(np.zeros(1), np.zeros(1), heading=heading).slice(0, 1)


def _walk(phase: np.ndarray, size: np.ndarray, heading: float = 0.0, stride: float = 0.5,
          bob: float = 0.02) -> Motion:
    """Walk along +Z, then turned by `heading`. phase (T,): steps taken; size (T,): swing of arms and hips.

    A foot stands at its place from step to step and does not slide. At phase 0 both stand side by side.
    """
    n = len(phase)
    pelvis = np.zeros((n, 3))
    pelvis[:, 2] = phase * stride
    pelvis[:, 1] = sk.PELVIS_HEIGHT - 0.05 + bob * np.cos(2 * np.pi * phase) * size - bob * size
    q = np.zeros((n, 55, 4))
    q[..., 0] = 1.0
    sway = 0.06 * np.sin(np.pi * phase) * size
    q[:, sk.PELVIS] = rot.quaternion_about("z", -sway)
    for i, side in enumerate(hinges.SIDES):
        # each foot swings every second step, between two places two strides apart
        turn = (phase + i) / 2
        swing = np.clip((turn % 1.0) * 2, 0, 1)  # moves in the first half of its turn, then stands
        ease = swing * swing * (3 - 2 * swing)
        ankle = np.zeros((n, 3))
        ankle[:, 0] = (0.10, -0.10)[i]
        landings = [(np.floor(turn) + k) * 2 - 0.5 - i for k in (0, 1)]
        places = [np.where(p > 0.5, p, 0.0) * stride for p in landings]  # the first step is half a stride
        ankle[:, 2] = places[0] + (places[1] - places[0]) * ease
        ankle[:, 1] = sk.ANKLE_HEIGHT + 0.09 * np.sin(np.pi * swing)
        leg = ik.solve_leg(q[:, 0], pelvis, side, ankle, foot=rot.quaternion_about("y", np.zeros(n)))
        for j, local in zip((1, 4, 7), (leg.hip, leg.knee, leg.ankle), strict=True):
            q[:, j + i] = local
        arm = 0.5 * np.sin(np.pi * (phase + i)) * size
        down = rot.quaternion_about("z", np.full(n, (-1.3, 1.3)[i]))
        q[:, sk.LEFT_SHOULDER + i] = rot.multiply(rot.quaternion_about("x", arm), down)
        q[:, sk.LEFT_ELBOW + i] = rot.quaternion_about("y", (-1, 1)[i] * (0.3 + 0.3 * size))
    turned = rot.quaternion_about("y", heading)
    q[:, 0] = rot.multiply(turned, q[:, 0])
    return Motion(float(FPS), rot.axis_angle_from_quaternion(q), rot.rotate(turned, pelvis),
                  np.zeros((n, FACE)))


class Practice:
    """What the generators here share: they count their calls, and work only while their gate is open."""

    def __init__(self, gated: bool = False, **needs: object) -> None:
        given = {"name": "practice", "title": "Practice", "about": "A generator of the tests.",
                 "segment_seconds": (1.0, 30.0), "context_frames": 0, "parts": PARTS,
                 "styles": ("gHO", "gBR")}
        self.needs = Needs(**{**given, **needs})
        self.gate = threading.Event()
        if not gated:
            self.gate.set()
        self.batches: list[int] = []  # sizes
        self.requests: list[Request] = []
        self.loads = 0

    def load(self) -> None:
        self.loads += 1

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        self.batches.append(len(requests))
        self.requests += requests
        assert self.gate.wait(PATIENCE)
        return [self.make(r) for r in requests]

    def make(self, request: Request) -> Motion:
        raise NotImplementedError

    @staticmethod
    def random(request: Request) -> np.random.Generator:
        return np.random.default_rng([request.seed, request.start])


class Walker(Practice):
    """Walks; every segment in a place, a heading and a phase of its own. Knows nothing of the one before."""

    def __init__(self, pace: float = 2.0, size: float = 1.0, **rest: object) -> None:
        super().__init__(**rest)
        self.pace, self.size = pace, size

    def make(self, request: Request) -> Motion:
        rng = self.random(request)
        t = np.arange(request.frames) / FPS
        if request.start == 0:
            size = np.clip((t - 0.3) / 1.5, 0, 1)
            motion = _walk(np.cumsum(self.pace * size) / FPS, self.size * size * size * (3 - 2 * size))
            heading = 0.0
        else:
            heading = float(rng.uniform(-np.pi, np.pi))
            motion = _walk(rng.uniform(0, 2) + self.pace * t, np.full(len(t), self.size), heading)
        if request.start:
            place = motion.translation + rng.uniform(-5, 5, 3) * (1, 0, 1)
            motion = Motion(motion.fps, motion.rotations, place, motion.face)
        return motion


class Poser(Practice):
    """Stands and throws its arms and chest into a new pose on every beat; feet stay, knees pulse."""

    def __init__(self, size: float = 1.0, **rest: object) -> None:
        super().__init__(**rest)
        self.size = size

    def make(self, request: Request) -> Motion:
        rng = self.random(request)
        beat = request.beats.phase(np.arange(request.start, request.stop) / FPS)
        count = int(np.ceil(beat[-1] - np.floor(beat[0]))) + 2
        aims = rng.normal(0, 0.5 * self.size, (count, 8))
        if request.start == 0:
            aims[:1] = 0
        inside = beat - np.floor(beat[0])
        k, part = np.floor(inside).astype(int), inside % 1.0
        ease = 0.5 - 0.5 * np.cos(np.pi * np.clip(part / 0.7, 0, 1))
        aim = aims[k] + (aims[k + 1] - aims[k]) * ease[:, None]
        dip = 0.04 * self.size * np.sin(np.pi * part) ** 2
        if request.start == 0:
            return _stood(aim, dip * (inside > 1), 0.0, 0.0)
        return _stood(aim, dip, rng.uniform(-np.pi, np.pi), rng.uniform(0.0, 0.06))


def _stood(aim: np.ndarray, dip: np.ndarray, heading: float, wider: float) -> Motion:
    n = len(aim)
    pelvis = np.zeros((n, 3))
    pelvis[:, 1] = sk.PELVIS_HEIGHT - 0.05 - dip
    q = np.zeros((n, 55, 4))
    q[..., 0] = 1.0
    q[:, sk.SPINE2] = rot.quaternion_about("y", 0.4 * aim[:, 0])
    for i, side in enumerate(hinges.SIDES):
        ankle = np.tile([(0.10 + wider) * (1, -1)[i], sk.ANKLE_HEIGHT, -0.0], (n, 1))
        leg = ik.solve_leg(q[:, 0], pelvis, side, ankle, foot=rot.quaternion_about("y", np.zeros(n)))
        for j, local in zip((1, 4, 7), (leg.hip, leg.knee, leg.ankle), strict=True):
            q[:, j + i] = local
        swing = rot.multiply(rot.quaternion_about("x", aim[:, 1 + 3 * i]),
                             rot.quaternion_about("z", (-1.3, 1.3)[i] + 0.6 * aim[:, 2 + 3 * i]))
        q[:, sk.LEFT_SHOULDER + i] = swing
        bend = 0.3 + 0.8 * np.abs(aim[:, 3 + 3 * i])
        q[:, sk.LEFT_ELBOW + i] = rot.quaternion_about("y", (-1, 1)[i] * bend)
    turned = rot.quaternion_about("y", heading)
    q[:, 0] = rot.multiply(turned, q[:, 0])
    return Motion(float(FPS), rot.axis_angle_from_quaternion(q), rot.rotate(turned, pelvis),
                  np.zeros((n, FACE)))


class Swayer(Practice):
    """A function of the song's time alone: its segments fit together by themselves."""

    def make(self, request: Request) -> Motion:
        beat = request.beats.phase(np.arange(request.start, request.stop) / FPS)
        grown = np.clip((np.arange(request.start, request.stop)) / FPS, 0, 1)
        wave = np.sin(np.pi * beat)[:, None] * grown[:, None] * np.linspace(0.2, 0.8, 8)
        return _stood(wave, 0.03 * np.sin(np.pi * beat) ** 2 * grown, 0.0, 0.0)


class Gesturer(Swayer):
    """Sways with hands and a face that its seed decides, and can leave any part of a dance as it is."""

    def __init__(self, **rest: object) -> None:
        super().__init__(**{"fills_between": True, "remakes_parts": True, "context_frames": 10, **rest})

    def make(self, request: Request) -> Motion:
        body = super().make(request)
        beat = request.beats.phase(np.arange(request.start, request.stop) / FPS)
        size = np.random.default_rng(request.seed).uniform(0.2, 0.9, 31)
        wave = 0.5 - 0.5 * np.cos(np.pi * beat)[:, None]
        rotations, face = body.rotations.copy(), body.face.copy()
        rotations[:, 25:, 2] = wave * size[:30]
        face[:, 24] = wave[:, 0] * size[30]
        own = Motion(body.fps, rotations, body.translation, face)
        return own.with_parts_of(request.given, request.keep) if request.keep else own


class Failing(Walker):
    """Raises where `fails(request)` says so."""

    def __init__(self, fails, **rest: object) -> None:
        super().__init__(**rest)
        self.fails = fails

    def make(self, request: Request) -> Motion:
        if self.fails(request):
            raise RuntimeError("out of step")
        return super().make(request)


class Between(Poser):
    """Fills in between: leaves from its context and arrives where it must, easing over a second each time."""

    def __init__(self, **rest: object) -> None:
        super().__init__(**{"fills_between": True, "context_frames": 10, **rest})

    def make(self, request: Request) -> Motion:
        own = super().make(request)
        q, place = rot.quaternion_from_axis_angle(own.rotations), own.translation.astype(np.float64)
        t = np.arange(len(own))
        for frames, edge in ((request.context, 0), (request.arrive, len(own))):
            if frames is None:
                continue
            held = t < len(frames) if edge == 0 else t >= edge - len(frames)
            away = t - len(frames) + 1 if edge == 0 else edge - len(frames) - t
            ease = np.clip(away / FPS, 0, 1)
            ease = ease * ease * (3 - 2 * ease)
            shown = np.clip(t if edge == 0 else t - (edge - len(frames)), 0, len(frames) - 1)
            there = rot.quaternion_from_axis_angle(frames.rotations)[shown]
            q = np.where(held[:, None, None], there, rot.slerp(there, q, ease[:, None]))
            place = np.where(held[:, None], frames.translation[shown],
                             place * ease[:, None] + frames.translation[shown] * (1 - ease[:, None]))
        return Motion(own.fps, rot.axis_angle_from_quaternion(q), place, own.face)


def job_for(generator: Practice, seconds: float = 20.0, seed: int = 1, tempo: float = 120.0,
            style: str = "gHO") -> Job:
    """A job on a song of clicks' worth of beats."""
    beats = steady_beats(tempo, seconds)
    samples = np.zeros(int(seconds * 8000), np.float32)
    samples[::4000] = 0.5
    song = Song(samples, 8000, f"{seed:064x}", "Clicks")
    return Job(song, beats, features_for(beats, seconds), generator.needs.name, style, "preset:stance",
               at_centre(stance()), seed)


def same(a: Motion, b: Motion) -> bool:
    """Bit for bit the same."""
    return a.same_as(b)


def speed(motion: Motion) -> np.ndarray:
    """(T-1,) m/s of the fastest body joint."""
    return np.linalg.norm(np.diff(kin.joints(motion, 22), axis=0), axis=-1).max(-1) * motion.fps
