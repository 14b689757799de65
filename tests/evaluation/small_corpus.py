"""A corpus for tests: Studio songs, danced by the Choreographer. Three styles, two songs of each a split."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from practice import stance

from dance_core.corpus.pairs import PAIRS, Corpus, Pair, pair_path, row_of, save_index, save_pair
from dance_core.corpus.studio.songwriter import compose
from dance_core.generators import registry
from dance_core.generators.base import Request
from dance_core.music.beats import Beats
from dance_core.music.extract import FEATURE_NAMES, beat_phases
from dance_core.music.features import Features

STYLES = ("gHO", "gKR", "gJB")


def studio_pair(style: str, seed: int, split: str, seconds: float) -> Pair:
    """A song of the Studio on paper and a dance of the Choreographer to it: nothing is played."""
    times = compose(style, seed, seconds).grid.times
    beats = Beats(times, np.arange(len(times)) % 4 + 1, 60 / float(np.median(np.diff(times))), 1.0)
    frames = int(seconds * 30)
    features = quick_features(beats, frames, seed)
    request = Request(features, beats, 0, frames, style, stance(), seed=seed)
    motion = registry()["choreographer"].generate([request])[0]
    told = {"song": f"{style}-{seed}", "song_kind": "studio", "dance_kind": ("real", "studio")[seed % 2],
            "dances": [f"dance-{split}-{seed}"], "seed": seed}
    return Pair(f"{style}-{seed}", split, style, features, beats, motion, told)


def quick_features(beats: Beats, frames: int, seed: int) -> Features:
    """Features with all of the columns, made from the beats and a colour of sound that is the song's own."""
    rng = np.random.default_rng(seed)
    values = np.zeros((frames, len(FEATURE_NAMES)), np.float32)
    phases = beat_phases(beats, np.arange(frames) / 30)
    values[:, 1:33] = rng.normal(0, 1, 32) + 0.05 * rng.normal(0, 1, (frames, 32))
    values[:, 0] = np.exp(3 * (phases[:, 1] - 1))
    index = np.rint(beats.times * 30).astype(int)
    values[index[index < frames], 33:35] = 1.0
    values[:, 35:39] = phases
    values[:, 39] = 0.7
    return Features(values, FEATURE_NAMES)


def build(folder: Path, seconds: float = 16.0) -> Corpus:
    """Write it and open it."""
    (folder / PAIRS).mkdir(parents=True, exist_ok=True)
    rows = []
    for n, split in enumerate(("train", "train", "val", "test", "test")):
        for style in STYLES:
            pair = studio_pair(style, n + 1, split, seconds)
            save_pair(pair_path(folder, pair.id), pair)
            rows.append(row_of(pair))
    save_index(folder, rows)
    return Corpus.open(folder)
