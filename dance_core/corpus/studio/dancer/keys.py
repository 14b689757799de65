"""Key-framed channels over counts: how a value gets from one key to the next.

A key is reached *on* its count: the channel rests on the key before, then moves during the last
`attack` counts. Short attacks are hits, attacks as long as the gap are legato. That is how a dancer
arrives on the beat, and it makes the beat a moment of rest of the joint, which is also what the
field calls a kinematic beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.easing import minimum_jerk, smoothstep


def ease(u: np.ndarray, flow: np.ndarray | float = 0.0) -> np.ndarray:
    """Minimum-jerk step of u in 0..1, mixed with a softer one by flow 0..1."""
    quintic = minimum_jerk(u)
    return quintic + flow * (smoothstep(u) - quintic)


def bump(u: np.ndarray) -> np.ndarray:
    """0 at u = 0 and 1, 1 in the middle, flat at both ends."""
    u = np.clip(u, 0.0, 1.0)
    return 16 * u * u * (1 - u) * (1 - u)


@dataclass(frozen=True, eq=False)
class Keys:
    """Keys of one channel, sorted by count.

    Attributes:
        counts: (K,) when each key is reached.
        values: (K, …) scalars, vectors or quaternions.
        attack: (K,) counts that the move into the key takes (at most the gap before it).
    """

    counts: np.ndarray
    values: np.ndarray
    attack: np.ndarray

    @classmethod
    def of(cls, keys: list[tuple[float, object, float]]) -> "Keys":
        """From (count, value, attack) in any order; of two on one count the later in the list stays."""
        last = {round(c, 4): (v, a) for c, v, a in keys}
        counts = sorted(last)
        return cls(
            np.array(counts),
            np.array([last[c][0] for c in counts], np.float64),
            np.array([last[c][1] for c in counts], np.float64),
        )

    def stretched(self, part: float, longest: float = 1.0) -> "Keys":
        """The same keys, their attacks taking `part` more of the gap before (at most `longest` counts).

        What was a rest between two hits becomes their preparation.
        """
        gap = np.minimum(np.diff(self.counts, prepend=self.counts[0] - longest), longest)
        return Keys(self.counts, self.values, self.attack + part * np.maximum(gap - self.attack, 0.0))

    def place(self, count: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For counts (T,): index of the key left, of the key headed for, and how far between, 0..1."""
        to = np.clip(np.searchsorted(self.counts, count, side="left"), 0, len(self.counts) - 1)
        frm = np.maximum(to - 1, 0)
        gap = np.where(to > frm, self.counts[to] - self.counts[frm], 1.0)
        attack = np.maximum(np.minimum(self.attack[to], gap), 1e-3)
        u = np.where(to > frm, 1 - (self.counts[to] - count) / attack, 1.0)
        return frm, to, np.clip(u, 0.0, 1.0)

    def at(self, count: np.ndarray, flow: float = 0.0, snap: float = 1.0) -> np.ndarray:
        """Values (T, …) at counts (T,). snap > 1: slow to start, quick to arrive."""
        frm, to, u = self.place(count)
        w = ease(u**snap, flow).reshape(-1, *([1] * (self.values.ndim - 1)))
        return self.values[frm] * (1 - w) + self.values[to] * w

    def turned_at(self, count: np.ndarray, flow: float = 0.0, snap: float = 1.0) -> np.ndarray:
        """The same for quaternion keys: (T, 4) along the shortest turn."""
        frm, to, u = self.place(count)
        return rot.slerp(self.values[frm], self.values[to], ease(u**snap, flow))


def smooth(values: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian low-pass over the first axis, `sigma` in frames; ends are held."""
    if sigma <= 0.05:
        return values
    reach = int(np.ceil(3.5 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    flat = values.reshape(len(values), -1)
    padded = np.concatenate([np.repeat(flat[:1], reach, 0), flat, np.repeat(flat[-1:], reach, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=0)
    return (windows @ kernel).reshape(values.shape)


def smooth_turns(quaternions: np.ndarray, sigma: float) -> np.ndarray:
    """The same for (T, 4) or (T, J, 4) quaternions."""
    q = smooth(rot.unroll(quaternions), sigma)
    return q / np.linalg.norm(q, axis=-1, keepdims=True)
