"""How channels become one: their mean, or, where that would lose something, the channel that holds most.

A voice that is upside down in one channel is heard in both and gone in the mean: all of a song, or its drums
alone, or one band. So what the mean holds is compared with what all channels hold, by band and moment: how
loud it is (sones go about with power to 0.3), and how much louder it becomes, for beats are made of that.
"""

from __future__ import annotations

from typing import Any

import numpy as np

FRAME_S = 0.024  # of a short-time spectrum, at most
EDGES = (40.0, 100.0, 160.0, 250.0, 400.0, 630.0, 1000.0, 1600.0, 2500.0, 4000.0, 6300.0, 10_000.0, 16_000.0)
LOUDNESS = 0.3
FLOOR_DB = -60.0  # below the loudest moment of a band: not listened to
CLOSELY_S = 60.0  # so much of a song is listened to whole
DEEP = 0.25  # of the power that channels without any relation would leave in the mean: less is a loss
# How much more a channel must hold than the mean does, loudness and its rises (0 to 1 each) together. On 33
# stereo songs it is 0.02 at most, where something cancels 0.1 and more.
MARGIN = 0.08


class Listener:
    """Listens to blocks of one number of channels and says at the end which mix is best."""

    def __init__(self, channels: int, rate: int) -> None:
        self.channels, self.rate = channels, rate
        self.count = self.blocks = 0  # samples and blocks so far
        self.size = 1 << int(np.log2(max(64, FRAME_S * rate)))
        bins = np.fft.rfftfreq(self.size, 1 / rate)
        edges = np.searchsorted(bins, [e for e in EDGES if e < 0.9 * rate / 2])
        self.edges = np.unique(np.maximum(edges, 1))
        self.window = np.hanning(self.size + 1)[:-1].astype(np.float32)
        self.rest = np.zeros((0, channels), np.float32)
        self.power: list[Any] = []  # (frames, bands, channels + 1): each channel, then the mean

    def hear(self, block: Any) -> None:
        """Take the next (n, channels) float32. After a minute every third block tells as much as all."""
        self.count += len(block)
        self.blocks += 1
        if self.count > CLOSELY_S * self.rate and self.blocks % 3:
            self.rest = self.rest[:0]
            return
        block = np.concatenate([self.rest, block]) if len(self.rest) else block
        frames = len(block) // self.size
        self.rest = block[frames * self.size:].copy()
        if not frames:
            return
        cut = block[:frames * self.size].reshape(frames, self.size, self.channels).transpose(0, 2, 1)
        spectra = np.fft.rfft(cut * self.window, axis=2)
        spectra = np.concatenate([spectra, spectra.mean(1, keepdims=True)], axis=1)
        power = (spectra.real ** 2 + spectra.imag ** 2)[:, :, :int(self.edges[-1])]
        bands = np.add.reduceat(power, self.edges[:-1], axis=2)
        self.power.append(bands.transpose(0, 2, 1).astype(np.float32))

    def best(self) -> int | None:
        """The channel to take instead of the mean; None where the mean is right."""
        if self.channels < 2 or not self.power:
            return None
        power = np.concatenate(self.power).astype(np.float64)
        each, mean = power[:, :, :-1], power[:, :, -1]
        total = each.sum(2)
        if not total.max(initial=0.0) > 0:
            return None
        alone = total / self.channels ** 2  # in the mean, if nothing had to do with anything else
        floor = alone.max() * 10 ** (FLOOR_DB / 10)
        kept = [sum(_kept(p, alone, floor)) for p in (mean, *np.moveaxis(each / self.channels, 2, 0))]
        best = int(np.argmax(kept[1:]))
        return best if kept[1 + best] > kept[0] + MARGIN else None


def _kept(power: Any, alone: Any, floor: float) -> tuple[float, float]:
    """Shares, 0 to 1, of loudness and of its rises that a mix with this (frames, bands) power keeps."""
    wanted = np.where(alone > floor, DEEP * alone, 0.0) ** LOUDNESS
    there = np.minimum(np.where(alone > floor, power, 0.0), DEEP * alone) ** LOUDNESS
    full = np.maximum(alone, floor) ** LOUDNESS
    heard = np.maximum(power, floor) ** LOUDNESS
    rises, risen = (np.maximum(0.0, np.diff(x, axis=0)) for x in (full, heard))
    return (float(there.sum() / max(wanted.sum(), 1e-30)),
            float(np.minimum(risen, rises).sum() / max(rises.sum(), 1e-30)))
