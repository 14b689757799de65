"""Fits the weights of the beat tracker on made songs and writes dance_core/music/metre_weights.py.

    PYTHONPATH=. .venv/bin/python tests/music/fit_tracker.py [CACHE]

Not a test. Takes about five minutes on two cores; CACHE keeps what was heard for the next run.
Another fit is another draw: the weights in the repository and a second fit differ by about 0.1, and
score .996 and .938 on the Debian songs (mean beat F), both with all 17 tempi right.
Songs: 24 of each practice style, 26 metronomes, 6 of each Studio style. The Debian songs, on
which the tracker is judged, take no part. Each weight vector maximises the (penalised) likelihood
of the true answer among all the answers: a tempo among all tempi; an octave and a place in the bar
among three and eight; a place in the bar among eight.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from practice_songs import RATE, STYLES, metronome, practice_song
from scipy.optimize import minimize

from dance_core.music import metre, tempo
from dance_core.music.onsets import Onsets, hear
from dance_core.music.song import Song

TARGET = Path(tempo.__file__).with_name("metre_weights.py")
STUDIO = ("gBR", "gPO", "gLO", "gMH", "gLH", "gHO", "gWA", "gKR", "gJS", "gJB")
PENALTY = {"tempo": 0.05, "level": 0.1, "bar": 0.1}  # on the squared weights
GRID_ERROR = (-0.008, 0.012)  # s by which a tracked grid may miss the true one


@dataclass(frozen=True, eq=False)
class Example:
    """What is heard of a song, its true beats (beat 0 a downbeat) and its tempo in BPM."""

    onsets: Onsets
    beats: np.ndarray
    tempo: float


@dataclass(frozen=True, eq=False)
class Choice:
    """Evidence (C, F) for each possible answer, which are right (C,), and their log prior (C,)."""

    evidence: np.ndarray
    right: np.ndarray
    prior: np.ndarray


def make(job: tuple[str, str, int]) -> Example:
    kind, style, seed = job
    if kind == "studio":
        from dance_core.corpus.studio.songwriter import write_song

        made = write_song(style, seed, seconds=45.0)
        return Example(hear(made.song), made.beats.times, made.beats.tempo)
    song = metronome(seed) if kind == "metronome" else practice_song(style, seed)
    return Example(hear(Song(song.samples, RATE, "0" * 64, style)), song.beats, song.tempo)


def examples() -> list[Example]:
    jobs = [("practice", s, seed) for s in STYLES for seed in range(1, 25)]
    jobs += [("metronome", "", seed) for seed in range(1, 27)]
    jobs += [("studio", s, seed) for s in STUDIO for seed in range(1, 7)]
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(make, jobs, chunksize=4))


def tempo_choice(example: Example) -> Choice:
    evidence = tempo.tempogram(example.onsets)[0].mean(axis=0)
    near = np.abs(np.log2(tempo.TEMPI / example.tempo)) < 0.03
    return Choice(evidence, near, tempo.tempo_prior(tempo.TEMPI))


def _grid(example: Example, seed: int) -> np.ndarray:
    error = np.random.default_rng(seed).uniform(*GRID_ERROR)
    return example.beats[example.beats < example.onsets.duration - 0.05] + error


def level_choice(example: Example, seed: int, tempo_weights: np.ndarray) -> Choice:
    beats, rows, right, prior = _grid(example, seed), [], [], []
    repetition = tempo.tempogram(example.onsets)[0].mean(axis=0) @ tempo_weights
    at = int(np.abs(np.log2(tempo.TEMPI / example.tempo)).argmin())
    for factor, parts in ((0.5, 1), (1.0, 2), (2.0, 4)):
        if not tempo.MIN_TEMPO * 0.97 < example.tempo * factor < tempo.MAX_TEMPO * 1.03:
            continue
        evidence = metre.level_evidence(metre.slot_features(example.onsets, metre.subdivided(beats, parts)))
        support = tempo.along(repetition[None], np.array([at]), factor)
        rows.append(np.column_stack([evidence, np.full(metre.SLOTS, support)]))
        right += [factor == 1.0 and place == 0 for place in range(metre.SLOTS)]
        prior += [float(tempo.tempo_prior(example.tempo * factor))] * metre.SLOTS
    return Choice(np.concatenate(rows), np.array(right), np.array(prior))


def bar_choice(example: Example, seed: int) -> Choice:
    pattern = metre.folded(metre.slot_features(example.onsets, metre.subdivided(_grid(example, seed), 2)))
    rows = [np.roll(pattern, -place, axis=0).ravel() for place in range(metre.SLOTS)]
    return Choice(np.stack(rows), np.arange(metre.SLOTS) == 0, np.zeros(metre.SLOTS))


def fit(choices: list[Choice], penalty: float) -> np.ndarray:
    """Weights of the softmax model that makes the right answers likeliest."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = 0.5 * penalty * float(w @ w), penalty * w
        for c in choices:
            score = c.evidence @ w + c.prior
            p = np.exp(score - score.max())
            p /= p.sum()
            right = p * c.right
            total = right.sum() + 1e-300
            value -= np.log(total) / len(choices)
            slope = slope + (p - right / total) @ c.evidence / len(choices)
        return value, slope

    return minimize(loss, np.zeros(choices[0].evidence.shape[1]), jac=True, method="L-BFGS-B").x


def share_right(choices: Iterable[Choice], w: np.ndarray) -> float:
    return float(np.mean([c.right[(c.evidence @ w + c.prior).argmax()] for c in choices]))


def _table(name: str, comment: str, values: np.ndarray) -> str:
    rows = np.atleast_2d(values.reshape(-1, values.shape[-1]))
    lines = []
    for row in rows:
        cells = [f"{x:.2f}" for x in row]
        parts = [", ".join(cells[i:i + 12]) for i in range(0, len(cells), 12)]
        body = (",\n     " if values.ndim > 1 else ",\n    ").join(parts)
        lines.append(f"    [{body}]," if values.ndim > 1 else f"    {body},")
    return f"# {comment}\n{name} = np.array([\n" + "\n".join(lines) + "\n])\n"


def main() -> None:
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if cache and cache.exists():
        heard = pickle.loads(cache.read_bytes())
    else:
        heard = examples()
        if cache:
            cache.write_bytes(pickle.dumps(heard))

    def fitted(name: str, choose: Callable[[int, Example], Choice]) -> np.ndarray:
        choices = [choose(i, e) for i, e in enumerate(heard)]
        w = fit(choices, PENALTY[name])
        print(f"{name}: {share_right(choices, w):.3f} of {len(choices)} right")
        return w

    tempo_weights = fitted("tempo", lambda i, e: tempo_choice(e))
    level_weights = fitted("level", lambda i, e: level_choice(e, i, tempo_weights))
    bar_weights = fitted("bar", lambda i, e: bar_choice(e, i)).reshape(metre.SLOTS, -1)
    TARGET.write_text(
        '"""Weights of the tempo and metre models, fitted on made songs by tests/music/fit_tracker.py."""\n\n'
        "import numpy as np\n\n"
        + _table("TEMPO_WEIGHTS", "For the evidence of `tempo.EVIDENCE`, in its order.", tempo_weights) + "\n"
        + _table("LEVEL_WEIGHTS", "Four bands at each of eight half beats, their means, and the tempogram.",
                 level_weights) + "\n"
        + _table("BAR_WEIGHTS", "A row for each half beat of the bar, a column for each of `slot_features`.",
                 bar_weights))


if __name__ == "__main__":
    main()
