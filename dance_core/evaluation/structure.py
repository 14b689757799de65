"""Does a dance come back where its music comes back? Bars of music are alike or not; so are bars of a dance.

Both sides become a matrix, bar by bar: how alike are bars a and b? Of the music it is what librosa's
recurrence matrix says of their beats: timbre, chords and loudness together. Of the dance it is how near poses
and speeds are, beat by beat, seen from the dancer; a bar that is danced again on the other side is the same
bar. The two matrices are correlated over all pairs of bars. Chance is not 0, since neighbours are alike on
both sides: what counts is how much more a dance agrees with its own song than with other songs.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.evaluator.inputs import FPS, mirrored, motion_input
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY
from dance_core.music.beats import Beats
from dance_core.music.features import Features

FEWEST = 4  # whole bars: 6 pairs
_HEARD = ("mfcc_", "chroma_", "loudness")  # groups of columns, of one weight each
_SAME = 1e-9
_MOVES = 1e-3  # m, m/s: a dance whose joints and speeds vary by less stands still, but for rounding


def music_bars(features: Features, beats: Beats) -> np.ndarray:
    """(B, B) how alike the whole bars of a piece of music are, 0 to 1; zeros where all of it is the same.

    features: 30 rows a second, columns as music.extract names them. beats: times from its first row.
    """
    import librosa  # its first import takes seconds: nobody waits for it who does not evaluate

    groups = [[i for i, n in enumerate(features.names) if n.startswith(g)] for g in _HEARD]
    rows = features.values.astype(np.float64)
    spread = rows.std(0)
    rows = np.where(spread > _SAME, (rows - rows.mean(0)) / np.maximum(spread, _SAME), 0.0)
    heard = np.concatenate([rows[:, g] / np.sqrt(max(len(g), 1)) for g in groups], 1)
    starts, edges = _bars(beats, len(rows) / features.fps)
    if len(starts) < FEWEST:
        return np.zeros((len(starts),) * 2)
    frames = np.clip(np.rint(edges * features.fps).astype(int), 0, len(rows))
    of_beats = librosa.util.sync(heard.T, frames, aggregate=np.mean, pad=False)
    try:
        alike = librosa.segment.recurrence_matrix(of_beats, mode="affinity", metric="euclidean", full=True,
                                                  sym=True, self=True)
    except librosa.ParameterError:  # its kernel has no width: nothing ever changes
        return np.zeros((len(starts),) * 2)
    places = starts[:, None] + np.arange(beats.beats_per_bar)
    return alike[places[:, None], places[None]].mean(-1)


def dance_bars(motion: Motion, beats: Beats) -> np.ndarray:
    """(B, B) how alike the whole bars of a dance are, 0 to 1; zeros where all of it is the same.

    beats: of the music it is danced to, times from its first frame.
    """
    rows = motion_input(motion).astype(np.float64)
    starts, edges = _bars(beats, len(rows) / FPS)
    frames = np.minimum(np.rint(edges * FPS).astype(int), len(rows))
    sides = [_of_bars(_posture(r), starts, frames, beats.beats_per_bar) for r in (rows, mirrored(rows))]
    far = np.minimum(*(np.sqrt(((sides[0][:, None] - side) ** 2).sum(-1)) for side in sides))
    typical = np.median(far[np.triu_indices(len(far), 1)]) if len(far) > 1 else 0.0
    return np.exp(-far / typical) if typical > 0.01 else np.zeros_like(far)


def agreement(dance: np.ndarray, music: np.ndarray) -> float:
    """Correlation, -1 to 1, of two matrices (B, B) over all pairs of bars; of the first bars that both have.

    0 where the dance is the same all along; nan for music that is, and for fewer than FEWEST bars.
    """
    bars = min(len(dance), len(music))
    pairs = np.triu_indices(bars, 1)
    a, b = dance[pairs], music[pairs]
    if bars < FEWEST or b.std() < _SAME:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > _SAME else 0.0


def _bars(beats: Beats, seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """(B,) numbers of the beats that begin a bar which is whole, (N + 1,) times of all beats and the end."""
    times = beats.times
    if len(times) < 2:
        return np.zeros(0, int), np.append(times, times + 0.5)
    edges = np.append(times, times[-1] + np.median(np.diff(times)))
    begin = np.flatnonzero(beats.bar_position == 1)
    begin = begin[begin + beats.beats_per_bar < len(edges)]
    return begin[edges[begin + beats.beats_per_bar] <= seconds + 1 / FPS], edges


def _posture(rows: np.ndarray) -> np.ndarray:
    """(T, 88) places and speeds of the body's joints, seen from the dancer; both sides weigh the same."""
    places = rows[:, :3 * BODY]
    speeds = np.linalg.norm(rows[:, 3 * BODY:].reshape(-1, BODY, 3), axis=-1)
    return np.concatenate([part / (np.sqrt(part.shape[1]) * max(part.std(0).mean(), _MOVES))
                           for part in (places, speeds)], 1)


def _of_bars(rows: np.ndarray, starts: np.ndarray, frames: np.ndarray, per_bar: int) -> np.ndarray:
    """(B, per_bar · D) means over each beat of each bar."""
    total = np.concatenate([np.zeros_like(rows[:1]), np.cumsum(rows, 0)])
    beat = starts[:, None] + np.arange(per_bar)
    first, last = frames[beat], frames[beat + 1]
    means = (total[last] - total[first]) / np.maximum(last - first, 1)[..., None]
    return means.reshape(len(starts), per_bar * rows.shape[1])
