"""How many more votes until a difference shows.

Planning by the usual formula for a mean (two-sided test of size 5 %, power 80 %), with the standard error
that the study itself showed for its raters: raters needed = R · ((1.960 + 0.842) · se / difference)². The
rater is the unit, so that what one rater's votes share is paid for. It says what to plan, not whether a
difference is there: taken at the difference that was seen, it is only another way to write the p-value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

SIZE, POWER = 0.05, 0.80
WORTH = (0.55, 0.60, 0.65)  # shares of decided answers for the better one that a study may want to see


@dataclass(frozen=True)
class Need:
    """What it takes to show one difference.

    Attributes:
        difference: in log-odds.
        raters: needed in all, at the present number of votes each; None if that can't be told.
        more_raters, more_votes: on top of those that there are; 0 where there are enough.
    """

    difference: float
    raters: int | None
    more_raters: int | None
    more_votes: int | None


def need(difference: float, se: float, raters: int, votes_each: float) -> Need:
    """Raters needed for `difference`, where `raters` of `votes_each` votes gave the standard error `se`.

    Nothing can be planned with a standard error of 0: it means that all raters answered alike.
    """
    if not (math.isfinite(difference) and math.isfinite(se)) or difference == 0 or se <= 0 or raters < 2:
        return Need(difference, None, None, None)
    reach = stats.norm.ppf(1 - SIZE / 2) + stats.norm.ppf(POWER)
    wanted = raters * (reach * se / difference) ** 2
    if wanted > 1e7:
        return Need(difference, None, None, None)
    total = max(2, math.ceil(wanted - 1e-9))
    more = max(0, total - raters)
    return Need(difference, total, more, math.ceil(more * votes_each))


def power(difference: float, se: float, raters: int, planned: int) -> float:
    """Chance that a study of `planned` raters shows `difference`, if it is true (normal approximation).

    NaN where `se` is 0 or NaN.
    """
    if not se > 0:
        return math.nan
    scale = se * math.sqrt(raters / planned)
    edge = stats.norm.ppf(1 - SIZE / 2)
    far = abs(difference) / scale
    return float(stats.norm.cdf(far - edge) + stats.norm.cdf(-far - edge))
