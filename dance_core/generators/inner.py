"""What goes on inside of a generator while a dance is danced: which codes it uses, how its state moves.

A generator that has such numbers for a dance, whoever made it, has the method of `Inside`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from dance_core.motion.motion import Motion


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve.

    Attributes:
        chart: what it measures, with its unit; curves of one chart are drawn together.
        name: of the curve in its chart; "" where it is alone.
        times: (N,) s from the dance's first frame. values: (N,).
    """

    chart: str
    name: str
    times: np.ndarray
    values: np.ndarray


@runtime_checkable
class Inside(Protocol):
    """A generator that tells what goes on inside of it."""

    def inside(self, motion: Motion) -> tuple[Curve, ...]:
        """Curves of a dance at 30 frames a second; none of one that is too short."""


def in_use(codes: np.ndarray, span: int) -> np.ndarray:
    """(N,) how many codes of (N,) are in use about each place: e to the entropy of those within `span` of it.

    1 where one code stays, K where K take turns alike. At the ends the window is as far in as it goes.
    """
    count = len(codes)
    span = min(span, count)
    out = np.empty(count)
    for t in range(count):
        first = min(max(t - span // 2, 0), count - span)
        share = np.unique(codes[first:first + span], return_counts=True)[1] / span
        out[t] = np.exp(-(share * np.log(share)).sum())
    return out
