"""Small dances to learn from: the Choreographer's, to songs that are only their beats; what came of it."""

from __future__ import annotations

import csv
from pathlib import Path

from practice import features_for, stance, steady_beats

from dance_core.corpus.pairs import Corpus, Pair, pair_path, row_of, save_index, save_pair
from dance_core.generators.base import Request
from dance_core.generators.choreographer import Choreographer
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features


def danced(style: str, seed: int, seconds: float) -> tuple[Features, Beats, Motion]:
    beats = steady_beats(95.0 + 7.0 * (seed % 5), seconds)
    features = features_for(beats, seconds)
    request = Request(features, beats, 0, len(features), style, stance(), seed=seed)
    return features, beats, Choreographer().generate([request])[0]


def corpus_in(folder: Path, seconds: float = 16.0, styles: tuple[str, ...] = ("gHO", "gLO")) -> Corpus:
    """Of each style four dances to learn from, two held out. Songs of a style have tempos of their own."""
    (folder / "pairs").mkdir(parents=True)
    rows = []
    for style in styles:
        for seed in range(6):
            features, beats, motion = danced(style, seed, seconds)
            pair = Pair(f"{style}-{seed}", "train" if seed < 4 else "val", style, features, beats, motion,
                        {"song": f"song-{style}-{seed}", "dances": [f"dance-{seed}"]})
            save_pair(pair_path(folder, pair.id), pair)
            rows.append(row_of(pair))
    save_index(folder, rows)
    return Corpus.open(folder)


def log_of(folder: Path, stage: str) -> dict[str, list[float]]:
    """Every number of a stage's log, from the first to the last."""
    numbers: dict[str, list[float]] = {}
    with (folder / f"{stage}.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            numbers.setdefault(row["name"], []).append(float(row["value"]))
    return numbers
