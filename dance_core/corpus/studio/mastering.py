"""The last steps of a recording: loudness (ITU-R BS.1770-4), limiter, soft clipping.

Mono float32 at `RATE`.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage, signal

from dance_core.corpus.studio.synth import RATE, band

LOUDNESS = -14.0  # LUFS of a finished song
CEILING = 10 ** (-1.0 / 20)  # highest sample of a finished song, −1 dBFS


def _k_weighting() -> np.ndarray:
    """(2, 6) second-order sections of BS.1770's K weighting for `RATE`.

    The standard lists coefficients for 48 kHz only; these come from the analogue shelf (+4 dB above
    1.7 kHz) and high-pass (38 Hz) that those stand for, by the bilinear transform.
    """
    f, gain, q = 1681.974450955533, 10 ** (3.999843853973347 / 20), 0.7071752369554196
    k = np.tan(np.pi * f / RATE)
    middle, a0 = gain**0.4996667741545416, 1 + k / q + k * k
    shelf = [(gain + middle * k / q + k * k) / a0, 2 * (k * k - gain) / a0,
             (gain - middle * k / q + k * k) / a0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
    f, q = 38.13547087602444, 0.5003270373238773
    k = np.tan(np.pi * f / RATE)
    a0 = 1 + k / q + k * k
    return np.array([shelf, [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]])


_K = _k_weighting()


def loudness(x: np.ndarray) -> float:
    """Integrated loudness in LUFS of (n,) mono samples, gated; −inf for silence."""
    y = signal.sosfilt(_K, x)
    hop = RATE // 10
    blocks = (y[: len(y) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1)
    power = np.convolve(blocks, np.ones(4) / 4, "valid") if len(blocks) >= 4 else blocks
    power = power[power > 10 ** ((-70 + 0.691) / 10)]
    if not len(power):
        return float("-inf")
    power = power[power > power.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(power.mean()))


def limit(x: np.ndarray, ceiling: float, release: float = 0.09) -> np.ndarray:
    """(n,) with no sample above `ceiling`: gain falls 3 ms ahead of a peak, comes back over `release` s."""
    hop = 64
    n = -(-len(x) // hop)
    peaks = np.abs(np.pad(x, (0, n * hop - len(x)))).reshape(n, hop).max(axis=1)
    need = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    ahead = ndimage.minimum_filter1d(need, 5)  # two blocks, 2.9 ms, to each side
    back = float(np.exp(-hop / (release * RATE)))
    gains, g = np.empty(n), 1.0
    for i, wanted in enumerate(ahead.tolist()):
        g = wanted if wanted < g else 1.0 - (1.0 - g) * back
        g = min(g, wanted)
        gains[i] = g
    gains = ndimage.uniform_filter1d(gains, 3)
    smooth = np.interp(np.arange(len(x)), (np.arange(n) + 0.5) * hop, gains)
    return np.clip(x * smooth, -ceiling, ceiling).astype(np.float32)


def soft_clip(x: np.ndarray, knee: float) -> np.ndarray:
    """Samples under `knee` untouched, those above bent towards 1, which none reaches."""
    low, room = np.float32(knee), np.float32(1.0 - knee)
    over = np.maximum(np.abs(x) - low, 0.0)
    return (np.sign(x) * (np.minimum(np.abs(x), low) + room * np.tanh(over / room))).astype(np.float32)


def master(x: np.ndarray, target: float = LOUDNESS) -> np.ndarray:
    """(n,) at `target` LUFS, no sample above `CEILING`; silence stays silence.

    A rumble filter, then a limiter that takes the tall peaks and a soft clipper that takes the
    last 2 dB. Both cost a little loudness, so the gain is set twice.
    """
    x = band(x, 28.0, None)
    if not np.isfinite(loudness(x)):
        return np.zeros_like(x)
    gain = target - loudness(x)
    for _ in range(3):
        y = limit(x * np.float32(10 ** (gain / 20)), 1.25 * CEILING)
        y = soft_clip(y / np.float32(CEILING), 0.75) * np.float32(CEILING)
        gain += target - loudness(y)
    return y
