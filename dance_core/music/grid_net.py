"""A second small network that hears a song in beats, not in seconds: is this grid the beat, which is "one"?

It goes along a grid of beats, one row a beat, whatever the tempo, so that bars of a fast song look to it like
those of a slow one. Trained by `dance_core.beatnet.grid_train` on right grids and on their wrong relatives.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.music.beat_inputs import HITS, NET_FPS, TIMBRE, TONES
from dance_core.music.beat_net import METRES, WEIGHTS, blocks, convolved, leaky, mixed, softmax, weights_of
from dance_core.music.onsets import BANDS, FPS, PITCHES

GRID_WEIGHTS = WEIGHTS.with_name("grids.safetensors")
PARTS = 12  # of a beat: halves, thirds and quarters all begin on one
EARLY = 0.05  # of a beat by which its notes may begin before it
GRID_INPUTS = 4 * PARTS + 2 * (PITCHES + BANDS) + 1
# What a grid can be: right; twice as many beats; every other one; between the beats; anything else.
VERDICTS = 5
LEAST, MOST = 1e-3, 6.0  # a chance counts no less, log odds of a downbeat no more


@dataclass(frozen=True, eq=False)
class GridHeard:
    """What the network says of a grid.

    Attributes:
        verdict: (B, 5) float32, log chances of what the grid is, see `VERDICTS`.
        down: (B,) float32, log odds that a beat is a downbeat if the grid is right.
        metre: (B, 6) float32, log chances of `METRES`.
    """

    verdict: np.ndarray
    down: np.ndarray
    metre: np.ndarray


class Sums:
    """Running sums of a song's inputs (T, 164), so that many grids can be laid over it."""

    def __init__(self, inputs: np.ndarray) -> None:
        rows = len(inputs)
        timbre = inputs[:, TIMBRE].reshape(rows, 2, BANDS).mean(axis=1)
        sound = np.concatenate([inputs[:, TONES], timbre], axis=1)
        self.total = np.zeros((rows + 1, sound.shape[1]))
        np.cumsum(sound, axis=0, out=self.total[1:])
        self.hits = np.ascontiguousarray(inputs[:, HITS], np.float32).reshape(2 * rows, -1)

    def means(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """(N, 108) mean sound between times in s; silence outside of the song."""
        last = len(self.total) - 1
        a = np.clip(np.floor(start * NET_FPS), 0, last).astype(int)
        b = np.clip(np.floor(stop * NET_FPS), 0, last).astype(int)
        return (self.total[np.maximum(b, a)] - self.total[a]) / np.maximum(b - a, 1)[:, None]


def grid_inputs(sums: Sums, times: np.ndarray) -> np.ndarray:
    """(B, 265) float32: hits in twelfths of each beat from half a twelfth before it, notes and sound of its
    halves, log pace. times: (B,) s, at least two."""
    count = np.arange(len(times))
    after = 2.0 * times[-1] - times[-2]
    longer = np.append(times, after)
    edges = np.interp((np.arange(PARTS * len(times) + 1)) / PARTS, np.arange(len(longer)), longer)
    step = np.diff(longer) / PARTS
    edges = edges - 0.5 * np.append(np.repeat(step, PARTS), step[-1])
    frame = np.clip(np.round(edges * FPS).astype(int), 0, len(sums.hits) - 1)
    start = np.minimum(frame[:-1], len(sums.hits) - 1)
    hits = np.maximum.reduceat(sums.hits, start, axis=0)
    # reduceat goes to the next start; the last part must not run to the song's end
    hits[-1] = sums.hits[start[-1]:max(frame[-1], start[-1] + 1)].max(axis=0)
    early = EARLY * np.diff(longer)
    middle = np.interp(count + 0.5, np.arange(len(longer)), longer)
    first = sums.means(times - early, middle - early)
    second = sums.means(middle - early, longer[1:] - early)
    pace = np.log(np.diff(longer) * 2.0)[:, None]  # 0 at 120 BPM
    return np.concatenate([hits.reshape(len(times), -1), first, second, pace], axis=1, dtype=np.float32)


def hear_grid(x: np.ndarray, weights: Path = GRID_WEIGHTS) -> GridHeard:
    """Run the network on `grid_inputs` (B, 265)."""
    return run_grid_net(weights_of(weights), x)


def run_grid_net(net: dict[str, np.ndarray], x: np.ndarray) -> GridHeard:
    """The network with the given weights; see `beatnet/grid_net.py` for their names."""
    x = leaky(convolved(x, net["first.weight"], net["first.bias"], 1))
    out = mixed(leaky(blocks(x, net, "blocks")), net, "heads")
    return GridHeard(np.log(softmax(out[:, 1:1 + VERDICTS]) + LEAST), np.clip(out[:, 0], -MOST, MOST),
                     np.log(softmax(out[:, 1 + VERDICTS:1 + VERDICTS + len(METRES)]) + LEAST))
