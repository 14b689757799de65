"""Which mix of the channels keeps the music: their mean as a rule, one of them where they cancel."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.music.reading.mix import Listener

RATE, SECONDS = 22_050, 6
N = np.arange(SECONDS * RATE)
DICE = np.random.default_rng(5)


def hits(every: float, hertz: float, fade_s: float, noise: float, first: float = 0.1) -> np.ndarray:
    """(N,): a decaying sound every so many seconds."""
    out, k = np.zeros(len(N)), np.arange(RATE // 5)
    for time in np.arange(first, SECONDS - 0.3, every):
        at = round(time * RATE)
        out[at:at + len(k)] += (np.sin(2 * np.pi * hertz * k / RATE) * np.exp(-k / (fade_s * RATE))
                                + noise * DICE.standard_normal(len(k)) * np.exp(-k / (0.02 * RATE)))
    return out


PAD = 0.15 * sum(np.sin(2 * np.pi * f * N / RATE) for f in (220.0, 277.2, 329.6))
KICK, HAT = 0.5 * hits(0.5, 60, 0.06, 0.1), 0.2 * hits(0.25, 7000, 0.01, 1)
BASS = 0.4 * hits(0.5, 90, 0.1, 0, 0.35)  # between the kicks
KEYS = 0.2 * hits(0.75, 415, 0.3, 0.02)
WIDE = 0.05 * DICE.standard_normal((2, len(N)))


def chosen(*channels: np.ndarray) -> int | None:
    listener = Listener(len(channels), RATE)
    samples = np.stack(channels, 1).astype(np.float32)
    for start in range(0, len(samples), 10_000):
        listener.hear(samples[start:start + 10_000])
    return listener.best()


@pytest.mark.parametrize("channels", [
    (KICK + PAD, KICK + PAD), (KICK + HAT, KEYS + PAD), (KICK + WIDE[0] + HAT, KICK + WIDE[1] + HAT),
    (KICK + PAD, 0 * PAD), (KICK + HAT, np.roll(KICK + HAT, 250)), (KICK + 0.2 * KEYS, 0.5 * KICK + KEYS),
    (KICK + PAD, 0.9 * KICK + PAD, HAT, 0.3 * KICK, *WIDE), (0 * PAD, 0 * PAD), (PAD,)],
    ids=["one sound", "apart", "wide", "one silent", "late", "panned", "six", "silence", "mono"])
def test_music_that_does_not_cancel_is_mixed(channels):
    assert chosen(*channels) is None


@pytest.mark.parametrize("channels", [
    (KICK + PAD, -KICK - PAD), (KICK + PAD, -0.7 * KICK - 0.7 * PAD), (PAD + 0.3 * KICK, PAD - 0.3 * KICK),
    (HAT + PAD + KICK, HAT + PAD - KICK), (KICK + 2 * PAD, KICK - 2 * PAD), (KICK + HAT, KICK - HAT),
    (KICK + BASS + HAT, KICK - BASS + HAT), (KEYS + KICK + HAT, PAD - KICK - HAT),
    (np.round(KICK * 40 + PAD * 40), -np.round(KICK * 40 + PAD * 40 + 0.3)),
    (KICK + PAD, np.where(N < 3 * RATE, -1, 1) * (KICK + PAD))],
    ids=["all", "unlike", "drums under a pad", "kick", "pad", "hat", "bass", "two players", "coded", "half"])
def test_what_cancels_in_the_mean_is_kept_in_the_channel_that_has_most(channels):
    best = chosen(*channels)
    assert best is not None
    if np.sum(channels[0] ** 2) > 1.5 * np.sum(channels[1] ** 2):
        assert best == 0


def test_a_long_song_is_judged_as_a_short_one():
    drums = np.tile(KICK + HAT, 15)
    assert chosen(drums, drums) is None
    assert chosen(drums + np.tile(PAD, 15), np.tile(PAD, 15) - drums) is not None
    late = np.where(np.arange(len(drums)) < 45 * RATE, 1, -1)  # the second half cancels
    assert chosen(drums, late * drums) is not None
