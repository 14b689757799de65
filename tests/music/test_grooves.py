"""Grooves on which trackers go wrong: a hit on sample 0, loud off-beats, one drop, fast, not in four."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import mir_eval
import numpy as np
import pytest

from dance_core.music.beats import Beats
from dance_core.music.song import Song
from dance_core.music.tracker import track_beats

RATE = 44_100
HANDED = Path(__file__).parents[3] / "shared" / "cases" / "songs" / "rhythms.py"
Hit = tuple[float, str, float, tuple[int, ...] | None]  # place in the beat, sound, gain, beats (None: all)
BACKBEAT: list[Hit] = [(0, "kick", 1, (0, 2)), (0, "snare", 0.8, (1, 3)), (0, "hat", 0.4, None),
                       (0.5, "hat", 0.4, None)]
# name: BPM, beats a bar, first beat at s, hits
GROOVES: dict[str, tuple[float, int, float, list[Hit]]] = {
    "first sample 104": (104, 4, 0.0, BACKBEAT),
    "first sample, bare 128": (128, 4, 0.0, [(0, "kick", 1, None), (0.5, "hat", 0.6, None)]),
    "loud off-beat bass 126": (126, 4, 0.3, [(0, "kick", 1, None), (0.5, "bass", 1, None),
                                             (0.5, "hat", 0.8, None)]),
    "one drop 70": (70, 4, 0.2, [(0, "kick", 1, (2,)), (0, "snare", 0.6, (2,)), (0.5, "skank", 0.9, None),
                                 (0, "hat", 0.4, None), (0.5, "hat", 0.3, None), (0, "chord", 1, (0,))]),
    "four on the floor 174": (174, 4, 0.4, [(0, "kick", 1, None), (0.5, "hat", 0.6, None)]),
    "backbeat 190": (190, 4, 0.1, BACKBEAT),
    "waltz 112": (112, 3, 0.6, [(0, "kick", 1, (0,)), (0, "snare", 0.5, (1, 2)), (0, "hat", 0.3, None)]),
    "five 120": (120, 5, 0.2, [(0, "kick", 1, (0, 3)), (0, "snare", 0.8, (2, 4)), (0, "hat", 0.5, None)]),
    "six eighths 64": (64, 2, 0.5, [(0, "kick", 1, (0,)), (0, "snare", 0.8, (1,)), (0, "hat", 0.5, None),
                                    (1 / 3, "hat", 0.4, None), (2 / 3, "hat", 0.4, None)]),
    "shuffle 118": (118, 4, 0.3, [(0, "kick", 1, (0, 2)), (0, "snare", 0.8, (1, 3)), (0, "hat", 0.6, None),
                                  (2 / 3, "hat", 0.6, None)]),
}


def sounds() -> dict[str, np.ndarray]:
    rng, t = np.random.default_rng(5), np.arange(int(0.25 * RATE)) / RATE
    long = np.arange(3 * RATE) / RATE

    def tone(hertz: float, time: np.ndarray, fade: float) -> np.ndarray:
        wave = sum(np.sin(2 * np.pi * hertz * k * time) / k for k in range(1, 6))
        return wave * np.exp(-fade * time) * np.minimum(1.0, time / 0.004)

    noise = rng.standard_normal(len(t))
    return {
        "kick": np.sin(2 * np.pi * (52 * t + 2.5 * (1 - np.exp(-t * 38)))) * np.exp(-15 * t),
        "snare": (0.6 * noise + 0.4 * np.sin(2 * np.pi * 205 * t)) * np.exp(-24 * t),
        "hat": 0.3 * np.diff(noise, prepend=0.0) * np.exp(-75 * t),
        "bass": tone(58.0, t, 9.0),
        "skank": 0.25 * sum(tone(f, t, 22.0) for f in (392.0, 494.0, 587.0)),
        "chord": 0.08 * sum(tone(f, long, 1.2) for f in (196.0, 247.0, 294.0)),
    }


def played(tempo: float, per_bar: int, first: float, hits: list[Hit],
           seconds: float = 32.0) -> tuple[Song, np.ndarray]:
    """A groove and the times of its beats, of which the first is a "one"."""
    kit = sounds()
    beats = np.arange(first, seconds - 0.3, 60.0 / tempo)
    out = np.zeros(int((seconds + 4.0) * RATE))
    for k, beat in enumerate(beats):
        for place, name, gain, where in hits:
            if where is None or k % per_bar in where:
                start = round((beat + place * 60.0 / tempo) * RATE)
                out[start:start + len(kit[name])] += gain * kit[name]
    return as_song(0.7 * out[:int(seconds * RATE)] / np.abs(out).max()), beats


def as_song(samples: np.ndarray) -> Song:
    samples = samples.astype(np.float32)
    return Song(samples, RATE, hashlib.sha256(samples.tobytes()).hexdigest(), "a groove")


def assert_right(found: Beats, beats: np.ndarray, per_bar: int, repeats: int | None = None) -> None:
    """repeats: beats after which the groove repeats; if two, bars of two and of four are both right."""
    f: Callable[[np.ndarray, np.ndarray], float] = mir_eval.beat.f_measure
    tempo = 60.0 / float(np.median(np.diff(beats)))
    assert found.tempo == pytest.approx(tempo, rel=0.02)
    assert f(beats, found.times) >= 0.95
    assert np.abs(found.times[0] - beats[0]) <= 0.03 or beats[0] > 0.05, "the first beat is a beat"
    if repeats == 2:
        assert found.beats_per_bar in (2, 4)
        assert np.abs(found.downbeats[:, None] - beats[::2]).min(axis=1).max() <= 0.05
    else:
        assert found.beats_per_bar == per_bar
        assert f(beats[::per_bar], found.downbeats) >= 0.9


@pytest.mark.parametrize("name", GROOVES)
def test_every_groove_is_told(name: str) -> None:
    tempo, per_bar, first, hits = GROOVES[name]
    song, beats = played(tempo, per_bar, first, hits)
    two = hits == BACKBEAT or name in ("six eighths 64", "shuffle 118")
    assert_right(track_beats(song), beats, per_bar, 2 if two else None)


def handed() -> ModuleType | None:
    if not HANDED.is_file():
        return None
    spec = importlib.util.spec_from_file_location("rhythms", HANDED)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def handed_grooves() -> Iterator[tuple]:
    module = handed()
    yield from module.GROOVES.items() if module else []


@pytest.mark.skipif(not HANDED.is_file(), reason="../shared/cases/songs/rhythms.py is not there")
@pytest.mark.parametrize("groove", handed_grooves(), ids=lambda g: g[0])
def test_every_handed_groove_is_told(groove: tuple) -> None:
    module = handed()
    assert module is not None
    _, (tempo, seconds, hits, per_bar, first) = groove
    samples, beats = module.groove(tempo, seconds, hits, per_bar, first)
    assert_right(track_beats(as_song(samples)), beats, per_bar)
