"""The learned part of the tracker: where beats and downbeats may be, how fast, and how many beats a bar.

A temporal convolutional network as in Davies and Böck (EUSIPCO 2019) and Böck and Davies (ISMIR 2020):
residual blocks of dilated convolutions over the whole song, seen from both sides, with one head for each
question. Most of its blocks are wide and slow, a row for each 80 ms; what they say is added to the narrow
ones of 20 ms, which know where exactly. Its weights are trained by `dance_core.beatnet`; here it is a few
matrix products in numpy.
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
SLOW = 4  # rows that become one slow row
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
    rows = len(inputs)
    x = np.pad(inputs, ((0, -rows % SLOW), (0, 0)))
    x = blocks(leaky(convolved(x, net["first.weight"], net["first.bias"], 1)), net, "before")
    y = x.reshape(len(x) // SLOW, -1) @ _rows_first(net["down.weight"]).T + net["down.bias"]
    y = leaky(blocks(y, net, "slow"))
    x = x + mixed(y, net, "up").reshape(x.shape)
    places = mixed(leaky(blocks(x, net, "after")), net, "places")[:rows]
    kinds = np.repeat(mixed(y, net, "kinds"), SLOW, axis=0)[:rows]
    return Heard(_sigmoid(places[:, 0]), _sigmoid(places[:, 1]), softmax(kinds[:, :TEMPO_BINS]),
                 softmax(kinds[:, TEMPO_BINS:]), inputs)


def blocks(x: np.ndarray, net: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Through the blocks NAME.0, NAME.1, … with dilations 1, 2, …"""
    i = 0
    while f"{name}.{i}.wide.weight" in net:
        y = leaky(convolved(x, net[f"{name}.{i}.wide.weight"], net[f"{name}.{i}.wide.bias"], 2**i))
        x = x + mixed(y, net, f"{name}.{i}.point")
        i += 1
    return x


def mixed(x: np.ndarray, net: dict[str, np.ndarray], name: str) -> np.ndarray:
    """(T, O): each row (T, I) by itself."""
    return x @ net[f"{name}.weight"][:, :, 0].T + net[f"{name}.bias"]


def _rows_first(weight: np.ndarray) -> np.ndarray:
    """(O, I, K) as (O, K * I), for rows laid end to end."""
    return weight.transpose(0, 2, 1).reshape(len(weight), -1)


def convolved(x: np.ndarray, weight: np.ndarray, bias: np.ndarray, dilation: int) -> np.ndarray:
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


def leaky(x: np.ndarray) -> np.ndarray:
    """The leaky rectifier."""
    return np.maximum(x, np.float32(SLOPE) * x)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))


def softmax(x: np.ndarray) -> np.ndarray:
    """Chances of each row (T, C)."""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@lru_cache(maxsize=2)
def weights_of(path: Path) -> dict[str, np.ndarray]:
    """The weights of a file, as `run_net` takes them."""
    return {name: array.astype(np.float32) for name, array in load_file(path).items()}
