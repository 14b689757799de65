"""A number as it is reported: with its interval, or with the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dance_core.study.analysis.intervals import LEVEL, RESAMPLES, Intervals, unknown


@dataclass(frozen=True)
class Sure:
    """How confidence is made: resamples of the raters, level of the intervals, seed."""

    resamples: int = RESAMPLES
    level: float = LEVEL
    seed: int = 0


USUAL = Sure()


@dataclass(frozen=True)
class Estimate:
    """A number with its interval; NaN where there is none. p: of "it is zero" (of a share: ½).

    why: the reason where value or interval can't be known; "" where they are.
    """

    value: float
    low: float = float("nan")
    high: float = float("nan")
    se: float = float("nan")
    p: float = float("nan")
    why: str = ""

    @classmethod
    def all(cls, found: Intervals, raters: Sequence[float] | NDArray[Any]) -> tuple["Estimate", ...]:
        """One for each quantity. `raters`: how many each one rests on."""
        numbers = zip(found.value, found.low, found.high, found.se, found.p, strict=True)
        return tuple(cls(*map(float, row), why) for row, why in
                     zip(numbers, unknown(found, np.asarray(raters, dtype=float)), strict=True))

    @property
    def known(self) -> bool:
        """Whether it has an interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def map(self, to: Callable[[float], float]) -> "Estimate":
        """Value and ends through a rising function; the standard error does not go through it."""
        return Estimate(to(self.value), to(self.low), to(self.high), p=self.p, why=self.why)

    def turned(self) -> "Estimate":
        """Of the difference the other way round."""
        return Estimate(-self.value, -self.high, -self.low, self.se, self.p, self.why)
