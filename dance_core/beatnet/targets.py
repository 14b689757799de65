"""From a piece to a stretch that the network learns from: cut, stretched, transposed, and what is right."""

from __future__ import annotations

import numpy as np

from dance_core.beatnet.material import Piece
from dance_core.music.beat_inputs import HITS, INPUTS, NET_FPS, TIMBRE, TONES
from dance_core.music.beat_net import FASTEST, METRES, SLOWEST, TEMPO_BINS
from dance_core.music.onsets import BANDS

BESIDE = 0.3  # what the rows beside a beat's own count
UNKNOWN = -1.0  # in a target: not asked


def stretch(piece: Piece, rows: int, rng: np.random.Generator | None) -> tuple[np.ndarray, np.ndarray]:
    """(rows, 164) inputs and (rows, 4) targets: beat, downbeat, tempo bin, index into METRES.

    Targets are `UNKNOWN` where nothing is asked. With rng, a random place, pace (0.84 to 1.19 of its own, as
    far as it can be tracked), transposition and level; without, the beginning.
    """
    factor, shift, level, tilt = 1.0, 0, 1.0, 0
    if rng is not None:
        factor = float(np.exp(rng.uniform(-0.17, 0.17))) if rng.random() < 0.6 else 1.0
        shift, level, tilt = (
            int(rng.integers(-6, 7)),
            float(np.exp(rng.uniform(-0.35, 0.25))),
            int(rng.integers(-2, 3)),
        )
    if len(piece.beats) > 2:
        tempo = 60.0 / float(np.median(np.diff(piece.beats)))
        factor = float(np.clip(factor, min(1.0, 1.04 * SLOWEST / tempo), max(1.0, 0.97 * FASTEST / tempo)))
    length = int(len(piece.inputs) / factor)
    start = int(rng.integers(0, length - rows + 1)) if rng is not None and length > rows else 0
    count = min(rows, length - start)
    x = np.zeros((rows, INPUTS), np.float32)
    if factor == 1.0:
        x[:count] = piece.inputs[start:start + count]
    else:
        at = np.minimum((start + np.arange(count)) * factor, len(piece.inputs) - 1.001)
        low = at.astype(int)
        part = (at - low).astype(np.float32)[:, None]
        x[:count] = piece.inputs[low] * (1 - part) + piece.inputs[low + 1] * part
    if rng is not None:
        augment(x, shift, level, tilt, rng)
    return x, _targets(piece, factor, start, rows, count)


def augment(x: np.ndarray, shift: int, level: float, tilt: int, rng: np.random.Generator) -> None:
    """Another key (semitones), level, timbre (bands higher) and colour for inputs (T, 164), in place."""
    x[:, TONES] = np.roll(x[:, TONES], shift, axis=1) * level
    timbre = x[:, TIMBRE].reshape(len(x), 2, BANDS)
    if tilt:
        timbre = np.roll(timbre, tilt, axis=2)
    colour = np.exp(np.interp(np.arange(BANDS), [0, BANDS // 2, BANDS - 1], rng.normal(0, 0.2, 3))).astype(
        np.float32
    )
    x[:, TIMBRE] = (timbre * (level * colour)).reshape(len(x), -1)
    x[:, HITS] *= np.float32(np.exp(rng.normal(0, 0.15)))


def _targets(piece: Piece, factor: float, start: int, rows: int, count: int) -> np.ndarray:
    y = np.zeros((rows, 4), np.float32)
    y[:, 2:] = UNKNOWN
    beats = piece.beats / factor - start / NET_FPS
    for column, times in ((0, beats), (1, beats[piece.positions == 1])):
        # A row covers the frames 2i and 2i + 1; its middle is half a frame of 10 ms later than its time.
        row = np.round(times * NET_FPS - 0.25).astype(int)
        for offset, value in ((-1, BESIDE), (1, BESIDE), (0, 1.0)):
            inside = row + offset
            inside = inside[(inside >= 0) & (inside < count)]
            y[inside, column] = np.maximum(y[inside, column], value)
    if len(piece.beats) and not piece.positions.any():
        y[:, 1] = UNKNOWN
    if len(beats) > 2:
        pace = np.diff(beats)
        middle = (beats[1:] + beats[:-1]) / 2
        t = np.arange(count) / NET_FPS
        tempo = 60.0 / np.exp(np.interp(t, middle, np.log(pace)))
        place = np.log(tempo / SLOWEST) / np.log(FASTEST / SLOWEST) * TEMPO_BINS
        y[:count, 2] = np.clip(place, 0, TEMPO_BINS - 1)
        if piece.metre in METRES and piece.positions.any():
            y[:count, 3] = METRES.index(piece.metre)
    return y
