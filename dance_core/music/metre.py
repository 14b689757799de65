"""Which pulse is the beat and which beat is the first of the bar.

The pulse is cut into half beats and each is heard in turn: how hard each band sets in, and how
much harmony, bass and sound change there. A linear model says how well that fits each of the
eight half beats of a bar in four: kick on 1 and 3, snare on 2 and 4, new chords on 1. Folded over
the whole song at half, once and twice the tempo it tells the octave; along the song, as a hidden
Markov model whose state moves on by one place each half beat, it tells where the bars begin.
"""

from __future__ import annotations

import numpy as np
import scipy.ndimage

from dance_core.music.metre_weights import BAR_WEIGHTS, LEVEL_WEIGHTS
from dance_core.music.onsets import FPS, PITCH_FPS, Onsets
from dance_core.music.tempo import MAX_TEMPO, MIN_TEMPO, tempo_prior

SLOTS = 8  # half beats of a bar
NEAR = 7  # frames around a slot in which its onset may lie
BASS = 17  # lowest semitones: up to 140 Hz
PEAK_REACH = 3  # slots
EMPTY = 0.1  # beats with less than this share of the others' onsets are no beats
EMPTY_COST = 6.0  # of a tempo at which every other beat is empty
EMPTY_SLOT = 1.0  # gained by each half beat when all the onsets fall on the beats
RHYTHM = 4  # leading columns of the features: the onset bands
BAR_SCALE = 1.0  # weight of a bar's evidence against a slip
BEAT_SLIP, HALF_SLIP = 40.0, 60.0  # cost of a bar that is whole beats, or a half beat, short or long
AT_CHANGE = 0.25  # share of that cost where the tempo changes, and the pulse may have lost its place
STEP = 0.05  # change of the pulse within two beats that counts as one


def subdivided(times: np.ndarray, parts: int) -> np.ndarray:
    """(N,) each interval cut into equal parts, the last time included."""
    count = np.arange(len(times))
    return np.interp(np.arange(parts * (len(times) - 1) + 1) / parts, count, times)


def slot_features(onsets: Onsets, slots: np.ndarray) -> np.ndarray:
    """(N, 19) what is heard at each slot time; all but the first four of zero mean and unit deviation.

    0-3 strength of the onset bands; 4-8 change of chord over a beat and over two, of bass over a beat, of
    sound over a bar and over a beat; 9-12 the peaks alone of columns 4, 5, 7, 8; 13-15 low, middle and high
    notes that begin and stay; 16-18 rise of loudness over a half beat, a beat and a bar.
    """
    bands = scipy.ndimage.gaussian_filter1d(onsets.bands, 1.0, axis=0)
    near = scipy.ndimage.maximum_filter1d(bands, NEAR, axis=0)
    frame = np.clip(np.round(slots * FPS).astype(int), 0, len(near) - 1)
    timbre, pitches, loudness = onsets.timbre, onsets.pitches, np.log(onsets.loudness + 1e-3)[:, None]
    step = np.diff(slots, append=2.0 * slots[-1] - slots[-2])
    chord, sound = _Means(pitches, PITCH_FPS), _Means(timbre, FPS)
    change = np.column_stack([
        _turn(chord, slots, step, 2), _turn(chord, slots, step, 4),
        _turn(_Means(pitches[:, :BASS], PITCH_FPS), slots, step, 2),
        _turn(_Means(timbre - timbre.mean(axis=0), FPS), slots, step, 8), _turn(sound, slots, step, 2)])
    change = _standard(change)
    peaks = np.stack([_peaks(change[:, c]) for c in (0, 1, 3, 4)], axis=1)
    rise = np.maximum(0.0, chord(slots, slots + 2 * step) - chord(slots - step, slots))
    notes = np.stack([part.sum(axis=1) for part in np.split(rise, (BASS, 36), axis=1)], axis=1)
    level = _Means(loudness, FPS)
    louder = np.column_stack([level(slots, slots + n * step) - level(slots - n * step, slots)
                              for n in (1, 2, 8)])
    hits = np.clip(near[frame], -1.0, 4.0)
    return np.column_stack([hits, change, peaks, _standard(notes), _standard(louder)])


class _Means:
    """Means of spectra (T, F) between any two times, from running sums."""

    def __init__(self, spectra: np.ndarray, fps: int) -> None:
        self.total = np.zeros((len(spectra) + 1, spectra.shape[1]))
        np.cumsum(spectra, axis=0, out=self.total[1:])
        self.fps = fps

    def __call__(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """(N, F) means from start (N,) to stop (N,), in s."""
        a, b = (np.clip(np.round(x * self.fps), 0, len(self.total) - 1).astype(int) for x in (start, stop))
        return (self.total[b] - self.total[a]) / np.maximum(b - a, 1)[:, None]


def _turn(spectra: _Means, slots: np.ndarray, step: np.ndarray, reach: int) -> np.ndarray:
    """(N,) how far the mean spectrum of `reach` slots after each slot points away from that before it."""
    before, after = spectra(slots - reach * step, slots), spectra(slots + 0.1 * step, slots + reach * step)
    norm = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1) + 1e-6
    return np.sqrt(np.maximum(0.0, 1.0 - (before * after).sum(axis=1) / norm))


def _peaks(x: np.ndarray) -> np.ndarray:
    """x where it is positive and the highest within PEAK_REACH slots, else 0."""
    highest = scipy.ndimage.maximum_filter1d(x, 2 * PEAK_REACH + 1)
    return np.where(x >= highest, np.maximum(x, 0.0), 0.0)


def _standard(x: np.ndarray) -> np.ndarray:
    return (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-6)


def folded(features: np.ndarray) -> np.ndarray:
    """(SLOTS, F) mean of the features at each place in the bar, less their mean over all places."""
    return np.stack([features[s::SLOTS].mean(axis=0) for s in range(SLOTS)]) - features.mean(axis=0)


def level_evidence(features: np.ndarray) -> np.ndarray:
    """(SLOTS, 36) what `LEVEL_WEIGHTS` weigh, a row for each place that slot 0 could have in the bar."""
    rhythm = features[:, :RHYTHM]
    pattern = folded(rhythm)
    return np.stack([np.concatenate([np.roll(pattern, -s, axis=0).ravel(), rhythm.mean(axis=0)])
                     for s in range(SLOTS)])


def beat_level(onsets: Onsets, times: np.ndarray, repetition: dict[float, float]) -> float:
    """The factor 0.5, 1 or 2 by which the tempo of this pulse should be multiplied.

    repetition: evidence for each factor from the tempogram.
    """
    tempo = 60.0 / float(np.median(np.diff(times)))
    scores = {}
    for factor, parts in ((0.5, 1), (1.0, 2), (2.0, 4)):
        grid = subdivided(times, parts)
        if MIN_TEMPO <= tempo * factor <= MAX_TEMPO and len(grid) > SLOTS:
            features = slot_features(onsets, grid)
            evidence = level_evidence(features) @ LEVEL_WEIGHTS[:-1]
            on_beats = max((features[p::2, :RHYTHM] for p in (0, 1)), key=lambda x: x.sum())
            scores[factor] = float(np.logaddexp.reduce(evidence) + LEVEL_WEIGHTS[-1] * repetition[factor]
                                   + tempo_prior(tempo * factor) - EMPTY_COST * abs(_one_sided(on_beats)))
    return max(scores, key=scores.__getitem__) if scores else 1.0


def _one_sided(rhythm: np.ndarray) -> float:
    """1 if all onsets of rhythm (N, 4) fall on even rows, -1 if all on odd ones, 0 if both have some."""
    force = np.maximum(rhythm.sum(axis=1), 0.0)
    even, odd = float(force[::2].mean()), float(force[1::2].mean())
    share = min(even, odd) / max(even, odd, 1e-9)
    return float(np.sign(even - odd)) * max(0.0, 1.0 - share / EMPTY)


def bar_slots(onsets: Onsets, slots: np.ndarray) -> np.ndarray:
    """(N,) place of each half beat in its bar, 0 = downbeat, even = beats (Viterbi)."""
    features = slot_features(onsets, slots)
    heard = (features - features.mean(axis=0)) @ BAR_WEIGHTS.T * BAR_SCALE  # (N, SLOTS)
    place = np.arange(SLOTS)
    same = (np.arange(len(slots))[:, None] + place) % 2 == 0
    heard += EMPTY_SLOT * _one_sided(features[:, :RHYTHM]) * np.where(same, 0.5, -0.5)
    slip = (place[:, None] - place[None] - 1) % SLOTS  # to, from: 0 = goes on as it should
    cost = np.where(slip == 0, 0.0, np.where(slip % 2 == 0, BEAT_SLIP, HALF_SLIP))
    at_change = np.where(_tempo_steps(slots), AT_CHANGE, 1.0)
    best, back = heard[0], []
    for row, share in zip(heard[1:], at_change[1:], strict=True):
        reach = best - cost * share
        back.append(reach.argmax(axis=1))
        best = reach[place, back[-1]] + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1])


def _tempo_steps(slots: np.ndarray) -> np.ndarray:
    """(N,) whether the pulse changes its pace by more than STEP within two beats of each half beat."""
    log = np.log(np.diff(slots, prepend=2.0 * slots[0] - slots[1]))
    spread = scipy.ndimage.maximum_filter1d(log, 9) - scipy.ndimage.minimum_filter1d(log, 9)
    return spread > STEP
