"""On what terms recorded dances may be used, and whether weights that learned from them may be shipped."""

from __future__ import annotations

from collections.abc import Iterable

AIST_PLUS = "CC BY 4.0"
G1_MOVES = "CC BY 4.0"
CMU = "CMU Graphics Lab Motion Capture Database terms (free for all uses; no resale of the data itself)"
CMU_LINE = ("The data used in this project was obtained from mocap.cs.cmu.edu. The database was created with "
            "funding from NSF EIA-0196217.")
G1_LINE = ("G1 Moves by Mitch Chaiet / experiential.tech (2026), dancers Jasmine Coro and Mitch Chaiet, "
           "CC BY 4.0; retargeted here ")
UNKNOWN = "unknown"
# Weights that learned under these may be shipped. Whatever is not here (non-commercial ones, unknown ones) is
# for the research of whoever has it.
SHIPPABLE = frozenset({AIST_PLUS, G1_MOVES, CMU, "CC0-1.0", "Apache-2.0", "BSD-3-Clause", "MIT"})


def not_shippable(licences: Iterable[str]) -> list[str]:
    """Those of some licences under which no weights are shipped, sorted."""
    return sorted({name for name in licences if name not in SHIPPABLE})
