"""How well what belongs together is found: ranks, R@k, the median rank, and chance beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def ranks(table: np.ndarray, songs: np.ndarray) -> np.ndarray:
    """(N,) the rank, 1 = best, of column i in row i.

    Args:
        table: (N, N) similarities of asker i to answer j.
        songs: (N,) names; other answers of the asker's own song are neither right nor wrong and left out.

    Ties count against the right answer, and so does what is not a number.
    """
    own = np.diag(table)[:, None]
    others = songs[:, None] != songs[None]
    return 1 + (others & ~(table < own)).sum(1)


@dataclass(frozen=True)
class Found:
    """One way of asking.

    Attributes:
        pool: mean number of answers to choose from.
        r1, r5: share of askers whose own answer is first, or among the first five.
        median: rank.
        chance1, chance5: what r1 and r5 are for a guess.
    """

    pool: float
    r1: float
    r5: float
    median: float
    chance1: float
    chance5: float

    @classmethod
    def of(cls, table: np.ndarray, songs: np.ndarray, who: np.ndarray | None = None) -> "Found":
        """Of a table as `ranks` takes it; who: (N,) bool, the askers that count. ValueError for none."""
        who = np.ones(len(table), bool) if who is None else who
        if not who.any():
            raise ValueError("nothing to look for: 0 pairs")
        rank = ranks(table, songs)[who]
        pool = (1 + (songs[:, None] != songs[None]).sum(1))[who]
        return cls(float(pool.mean()), float((rank == 1).mean()), float((rank <= 5).mean()),
                   float(np.median(rank)), float((1 / pool).mean()),
                   float((np.minimum(5, pool) / pool).mean()))


SPACES = ("rhythm", "mood", "both")


def tables(dances: np.ndarray, music: np.ndarray) -> dict[str, np.ndarray]:
    """Similarities (N, N) of dances to music in each space and by the mean of both.

    dances, music: (N, K, 2, D) unit vectors of K clips one after another; clip k meets clip k.
    """
    each = np.einsum("ikzd,jkzd->zij", dances, music, optimize=True) / dances.shape[1]
    return {"rhythm": each[0], "mood": each[1], "both": each.mean(0)}


def asked(dances: np.ndarray, music: np.ndarray, songs: np.ndarray, who: np.ndarray | None = None
          ) -> dict[tuple[str, str], Found]:
    """By space and direction ("to music": a dance looks for its music; "to dance"); who: see `Found.of`."""
    out = {}
    for space, table in tables(dances, music).items():
        out[space, "to music"] = Found.of(table, songs, who)
        out[space, "to dance"] = Found.of(table.T, songs, who)
    return out


def told(found: dict[tuple[str, str], Found]) -> list[str]:
    """Rows of a Markdown table, with its head."""
    lines = ["| space | asked | R@1 | chance | × chance | R@5 | chance | MedR | pool |",
             "|---|---|---:|---:|---:|---:|---:|---:|---:|"]
    for (space, way), f in found.items():
        asker = "dance → music" if way == "to music" else "music → dance"
        lines.append(f"| {space} | {asker} | {f.r1:.1%} | {f.chance1:.2%} | {f.r1 / f.chance1:.1f} "
                     f"| {f.r5:.1%} | {f.chance5:.1%} | {f.median:g} | {f.pool:.0f} |")
    return lines
