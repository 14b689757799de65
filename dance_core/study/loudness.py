"""How loud a song is (ITU-R BS.1770-4), so that all songs of a study can be equally loud."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

_BLOCK_S, _STEP_S = 0.4, 0.1
_ABSOLUTE, _RELATIVE = -70.0, -10.0


def loudness(samples: np.ndarray, rate: int) -> float:
    """Integrated loudness in LUFS of (N,) or (N, 2) samples, a loudspeaker; -inf where nothing is heard.

    A loudspeaker: the power of two channels is averaged, not added up, so that music in mono, which both
    loudspeakers play, and the same in two equal channels are equally loud. BS.1770 says 3.01 LU more of both.

    K-weighting (the filters of BS.1770-4, derived anew for `rate`), blocks of 400 ms that overlap by 75 %,
    gates at -70 LUFS and 10 LU below what passes the first.
    """
    heard = np.asarray(samples, np.float64)
    for b, a in (_shelf(rate), _high_pass(rate)):
        heard = lfilter(b, a, heard, axis=0)
    power = heard**2 if heard.ndim == 1 else (heard**2).mean(1)
    size, step = round(_BLOCK_S * rate), round(_STEP_S * rate)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    starts = np.arange(0, max(1, len(heard) - size + 1), step)
    power = (sums[np.minimum(starts + size, len(heard))] - sums[starts]) / min(size, len(heard))
    with np.errstate(divide="ignore"):
        level = -0.691 + 10 * np.log10(power)
        kept = power[level > _ABSOLUTE]
        if not len(kept):
            return float("-inf")
        gate = -0.691 + 10 * np.log10(kept.mean()) + _RELATIVE
        return float(-0.691 + 10 * np.log10(power[(level > _ABSOLUTE) & (level > gate)].mean()))


def _shelf(rate: int) -> tuple[np.ndarray, np.ndarray]:
    """The head: +4 dB above about 1.7 kHz."""
    gain, q, centre = 10 ** (3.999843853973347 / 20), 0.7071752369554196, 1681.974450955533
    k = np.tan(np.pi * centre / rate)
    band = gain ** 0.4996667741545416
    a0 = 1 + k / q + k * k
    b = np.array([gain + band * k / q + k * k, 2 * (k * k - gain), gain - band * k / q + k * k]) / a0
    return b, np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])


def _high_pass(rate: int) -> tuple[np.ndarray, np.ndarray]:
    """What is below about 38 Hz counts little."""
    q, centre = 0.5003270373238773, 38.13547087602444
    k = np.tan(np.pi * centre / rate)
    a0 = 1 + k / q + k * k
    return np.array([1.0, -2.0, 1.0]), np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])
