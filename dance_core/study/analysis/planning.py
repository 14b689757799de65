"""How many raters a study needs, before there is one.

A rater r decides for A over B with log-odds Δ + u, u ~ N(0, 2σ²): two tastes of sd σ each. With m decided
answers about the pair, the variance of that rater's own estimate is 2σ² + 1/(m p (1 − p)). In a balanced
round robin of k systems the strengths of a pair also gain from its comparisons with the k − 2 others: a
contrast of two strengths has k/2 times the information of the pair alone (David 1988). The number of raters
is that of the usual formula for a mean (see `power`).
"""

from __future__ import annotations

import math

from scipy import stats

from dance_core.study.analysis.power import POWER, SIZE

TASTE_SD = 0.8  # log-odds; of one system's strength between raters
TRIALS = (4, 8, 12, 20, 30, 40)
FEWEST = 4  # below this no test of raters can reach 5 %


def raters_needed(share: float, systems: int, trials: int, ties: float = 0.2,
                  taste_sd: float = TASTE_SD) -> int:
    """Raters to show that one of two systems gets `share` of the decided answers.

    trials: pairs that each rater sees, of all systems together. ties: share of answers that decide nothing.
    """
    gap = math.log(share / (1 - share))
    pairs = systems * (systems - 1) / 2
    decided = trials * (1 - ties) / pairs * systems / 2
    variance = 2 * taste_sd**2 + 1 / (decided * share * (1 - share))
    reach = stats.norm.ppf(1 - SIZE / 2) + stats.norm.ppf(POWER)
    return max(FEWEST, math.ceil(variance * (reach / gap) ** 2))
