"""How fast: a curve of the beat period over the song, resolved among its multiples.

Each window of the song is compared with itself at many lags (autocorrelation). A tempo is
believed when the song repeats at its beat, its double beat, its bar and two bars, and not at
thirds of them: a song in fours repeats after 4 and 8 beats, while a wrong 3:2 reading of it does
not. The tempo then moves through the windows along the path of least change (Viterbi).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.fft
import scipy.ndimage

from dance_core.music.metre_weights import TEMPO_WEIGHTS
from dance_core.music.onsets import FPS, Onsets

MIN_TEMPO, MAX_TEMPO = 60.0, 200.0
STEPS = 60  # tempi an octave, 1.2 % apart
TEMPI = MIN_TEMPO * 2.0 ** (np.arange(int(np.log2(MAX_TEMPO / MIN_TEMPO) * STEPS) + 1) / STEPS)
PRIOR_TEMPO, PRIOR_WIDTH = 125.0, 0.4  # BPM, octaves: where people dance and tap (McKinney & Moelants 2006)
WINDOW, HOP = 16 * FPS, 4 * FPS  # two bars at 60 BPM fit into a window twice
TRUST = 2.0  # weight of a window's evidence against the costs of change
STEP_COST, JUMP_COST = 0.15, 6.0  # of one tempo step between windows; of a jump to another tempo
FAR, FAR_COST = 27, 20.0  # steps (half an octave): a jump further than that is a misreading, not a change

# Which curve (0 all bands, 1 low against mid, 2 low, 3 high) is looked at after how many beats.
EVIDENCE: tuple[tuple[int, float], ...] = (
    *((0, m) for m in (1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 4 / 3, 3 / 2, 2, 3, 4, 6, 8)),
    *((1, m) for m in (1 / 2, 1, 2, 4)),
    *((2, m) for m in (1 / 2, 1, 2)),
    *((3, m) for m in (1 / 4, 1 / 2, 1, 2)),
)


def tempo_prior(tempo: np.ndarray | float) -> np.ndarray:
    """Log prior of a tempo in BPM, a bell over its logarithm."""
    return -0.5 * (np.log2(np.asarray(tempo) / PRIOR_TEMPO) / PRIOR_WIDTH) ** 2


@dataclass(frozen=True, eq=False)
class TempoCurve:
    """The tempo along a song.

    Attributes:
        period: (T,) float64, frames of a beat at each frame, possibly off by a factor of two.
        repetition: what the song's repetition says for 0.5, 1 and 2 times this tempo.
        repeats: how well the song repeats after 1, 2 and 4 beats, about 0 (not at all) to 1 (exactly).
    """

    period: np.ndarray
    repetition: dict[float, float]
    repeats: float


def tempo_curve(onsets: Onsets) -> TempoCurve:
    """The likeliest tempo at each moment of a song."""
    features, centres = tempogram(onsets)
    scores = features @ TEMPO_WEIGHTS
    path = _smoothest_path((scores + tempo_prior(TEMPI)) * TRUST)
    period = np.interp(np.arange(len(onsets)), centres, 60.0 * FPS / TEMPI[path])
    repeats = np.mean([along(features[:, :, EVIDENCE.index((0, m))], path, 1.0) for m in (1, 2, 4)])
    return TempoCurve(period, {f: along(scores, path, f) for f in (0.5, 1.0, 2.0)}, float(repeats))


def along(scores: np.ndarray, path: np.ndarray, factor: float) -> float:
    """Mean of scores (W, K) along `factor` times the tempi of path (W,), give or take 2 %."""
    shifted = path + round(STEPS * float(np.log2(factor)))
    near = np.clip(shifted[:, None] + np.arange(-2, 3), 0, scores.shape[1] - 1)
    return float(scores[np.arange(len(path))[:, None], near].max(axis=1).mean())


def tempogram(onsets: Onsets) -> tuple[np.ndarray, np.ndarray]:
    """(W, K, F) evidence for each of the K `TEMPI` in W windows, and the windows' centres in frames.

    F = 24: how well the song repeats after certain multiples of the beat (see `metre_weights`).
    """
    low, _, mid, high = onsets.bands.T
    curves = np.column_stack([onsets.bands.sum(axis=1), low - mid, low, high])
    curves = scipy.ndimage.gaussian_filter1d(curves, 1.0, axis=0)
    repeats, centres = _autocorrelation(curves)
    power = repeats[:, 0].mean(axis=0) + 1e-9
    repeats /= 0.5 * repeats[:, :1] + 0.5 * power  # quiet windows count less
    period = 60.0 * FPS / TEMPI
    columns = [_at_lag(repeats[:, :, curve], period * multiple) for curve, multiple in EVIDENCE]
    return np.stack(columns, axis=-1), centres


def _autocorrelation(curves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(W, L, C) of each window, corrected for the shrinking overlap; (W,) centres."""
    size = min(WINDOW, len(curves))
    starts = list(range(0, len(curves) - size + 1, HOP))
    if starts[-1] + size < len(curves):
        starts.append(len(curves) - size)
    length = scipy.fft.next_fast_len(2 * size, real=True)
    overlap = (size / np.maximum(size - np.arange(size), 0.25 * size))[:, None]
    out = []
    for a in starts:
        x = curves[a:a + size]
        spectrum = scipy.fft.rfft(x - x.mean(axis=0), length, axis=0)
        out.append(scipy.fft.irfft(np.abs(spectrum) ** 2, length, axis=0)[:size] * overlap)
    return np.stack(out), np.asarray(starts) + size / 2


def _at_lag(repeats: np.ndarray, lag: np.ndarray) -> np.ndarray:
    """(W, K) the best of repeats (W, L) within 1 % of each lag (K,), in frames."""
    best = None
    for factor in (0.99, 1.0, 1.01):
        at = np.clip(lag * factor, 0, repeats.shape[1] - 2)
        i = at.astype(int)
        value = repeats[:, i] * (1.0 - (at - i)) + repeats[:, i + 1] * (at - i)
        best = value if best is None else np.maximum(best, value)
    return best


def _smoothest_path(scores: np.ndarray) -> np.ndarray:
    """(W,) best index per window of scores (W, K): small moves cost by their size, jumps a fixed sum."""
    k = np.arange(scores.shape[1])
    distance = np.abs(k[:, None] - k)
    cost = np.where(distance < FAR, np.minimum(STEP_COST * distance, JUMP_COST), FAR_COST)
    best, back = scores[0], []
    for score in scores[1:]:
        reach = best - cost
        back.append(reach.argmax(axis=1))
        best = reach[k, back[-1]] + score
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1])
