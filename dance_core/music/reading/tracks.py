"""Which of several tracks has the music: the file's own first, unless another one is heard for longer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dance_core.music.reading.libs import GivenUp, Opened

WINDOW_S = 0.05
QUIET_DB = -60.0  # full scale: silence, whatever the other tracks hold
BELOW_DB = 40.0  # below the loudest moment of all tracks: nobody hears that beside them
NEARLY = 0.8  # of the most seconds: then the file's own choice holds


@dataclass(frozen=True)
class Choice:
    """Which track is taken, and why the others are not.

    Attributes:
        track: from 0.
        passed: for each track "" (taken, or as good), "unreadable", "silent" or "less" (less of it is heard).
    """

    track: int
    passed: tuple[str, ...]


def choose(openers: Sequence[Callable[[], Opened]], defaults: Sequence[bool], max_seconds: float) -> Choice:
    """Decode each track once and choose. Raises GivenUp("unreadable", 0) if none can be decoded."""
    heard = [_levels(opener, max_seconds) for opener in openers]
    if all(levels is None for levels in heard):
        raise GivenUp("unreadable", 0.0)
    loudest = max(float(levels.max(initial=-np.inf)) for levels in heard if levels is not None)
    bar = max(QUIET_DB, loudest - BELOW_DB)
    seconds = [-1.0 if levels is None else WINDOW_S * int((levels > bar).sum()) for levels in heard]
    good = [k for k, s in enumerate(seconds) if s >= max(0.0, NEARLY * max(seconds))]
    track = next((k for k in good if defaults[k]), good[0])
    why = ("unreadable" if levels is None else "" if k in good else "silent" if s <= 0 else "less"
           for k, (levels, s) in enumerate(zip(heard, seconds, strict=True)))
    return Choice(track, tuple(why))


def _levels(opener: Callable[[], Opened], max_seconds: float) -> Any:
    """dBFS of each 50 ms (the loudest channel's), as far as it can be decoded; None where nothing can."""
    out, done, rest = [], 0.0, None
    try:
        for block, rate in opener().blocks:
            power = np.square(block, dtype=np.float32).max(1)
            power = power if rest is None or not len(rest) else np.concatenate([rest, power])
            window = max(1, round(WINDOW_S * rate))
            whole = len(power) // window
            out.append(power[:whole * window].reshape(whole, window).mean(1))
            rest, done = power[whole * window:], done + len(block) / rate
            if done > max_seconds:
                break
    except GivenUp:
        if not out:
            return None
    levels = np.concatenate(out) if out else np.zeros(0)
    return 10 * np.log10(np.maximum(np.nan_to_num(levels, posinf=1.0), 1e-30))
