"""The learned part of the tracker: where beats and downbeats may be, how fast, and how many beats a bar.

A temporal convolutional network as in Davies and Böck (EUSIPCO 2019) and Böck and Davies (ISMIR 2020):
residual blocks of dilated convolutions over the whole song, seen from both sides, with one head for each
question. Its weights are trained by `dance_core.beatnet`; here it is a few matrix products in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from dance_core.music.beat_inputs import net_inputs
from dance_core.music.onsets import Onsets
from dance_core.settings import ASSETS

WEIGHTS = ASSETS / "weights" / "beats" / "beats.safetensors"
KERNEL = 5  # rows that each convolution looks at, `dilation` apart
SLOPE = 0.1  # of the leaky rectifier
METRES = (2, 3, 4, 5, 6, 7)
TEMPO_BINS = 40  # of the tempo head, evenly spaced in log tempo
SLOWEST, FASTEST = 44.0, 222.0  # BPM, the edges of the bins
_BLOCK = 4096  # rows that are convolved at once: stays in the cache


@dataclass(frozen=True, eq=False)
class Heard:
    """What the network says of each row of a song (`beat_inputs.NET_FPS` a second).

    Attributes:
        beat, downbeat: (T,) float32, probability 0 to 1 that one lies here.
        tempo: (T, 40) float32, probabilities of `tempo_bins()`.
        metre: (T, 6) float32, probabilities of `METRES`.
        inputs: (T, 164) float32, what it heard that in.
    """

    beat: np.ndarray
    downbeat: np.ndarray
    tempo: np.ndarray
    metre: np.ndarray
    inputs: np.ndarray


def tempo_bins() -> np.ndarray:
    """(40,) BPM in the middle of each bin."""
    edges = np.linspace(np.log(SLOWEST), np.log(FASTEST), TEMPO_BINS + 1)
    return np.exp((edges[:-1] + edges[1:]) / 2)


def hear_beats(onsets: Onsets, weights: Path = WEIGHTS) -> Heard:
    """Run the network on a song. The same bits for the same song on the same machine."""
    return run_net(weights_of(weights), net_inputs(onsets))


def run_net(net: dict[str, np.ndarray], inputs: np.ndarray) -> Heard:
    """The network with the given weights on inputs (T, 164); see `beatnet/net.py` for their names."""
    x = _leaky(_convolved(inputs, net["first.weight"], net["first.bias"], 1))
    for i in range(int(net["dilations"].size)):
        y = _leaky(_convolved(x, net[f"blocks.{i}.wide.weight"], net[f"blocks.{i}.wide.bias"],
                              int(net["dilations"][i])))
        x = x + y @ net[f"blocks.{i}.point.weight"][:, :, 0].T + net[f"blocks.{i}.point.bias"]
    out = _leaky(x) @ net["heads.weight"][:, :, 0].T + net["heads.bias"]
    return Heard(_sigmoid(out[:, 0]), _sigmoid(out[:, 1]), _softmax(out[:, 2:2 + TEMPO_BINS]),
                 _softmax(out[:, 2 + TEMPO_BINS:]), inputs)


def _convolved(x: np.ndarray, weight: np.ndarray, bias: np.ndarray, dilation: int) -> np.ndarray:
    """(T, O): x (T, I) with weight (O, I, K), K odd, silence around the song."""
    size = weight.shape[2]
    reach = dilation * (size // 2)
    padded = np.pad(x, ((reach, reach), (0, 0)))
    out = np.empty((len(x), len(weight)), np.float32)
    for a in range(0, len(x), _BLOCK):
        n = min(_BLOCK, len(x) - a)
        part = np.repeat(bias[None], n, axis=0)
        for k in range(size):
            part += padded[a + k * dilation:a + k * dilation + n] @ weight[:, :, k].T
        out[a:a + n] = part
    return out


def _leaky(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, np.float32(SLOPE) * x)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@lru_cache(maxsize=2)
def weights_of(path: Path) -> dict[str, np.ndarray]:
    """The weights of a file, as `run_net` takes them."""
    return {name: array if name == "dilations" else array.astype(np.float32)
            for name, array in load_file(path).items()}
