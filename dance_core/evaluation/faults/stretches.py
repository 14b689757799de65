"""From a value in every frame to faults: stretches over a limit, joined and cut to what is really over it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.motion.soles import runs

Sentence = Callable[[float, str, float], str]  # value, joint, seconds -> what one sees


def joined(stretches: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Stretches of frames that are at most `gap` frames apart become one."""
    out: list[tuple[int, int]] = []
    for a, b in stretches:
        if out and a - out[-1][1] <= gap:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def fault(kind: Kind, dance: Dance, a: int, b: int, value: float, joint: str, sentence: Sentence,
          limit: float | None = None) -> Fault:
    """A fault of frames a to b, b not included."""
    return Fault(kind.key, a / dance.fps, b / dance.fps, kind.severity(value, limit), joint, float(value),
                 kind.limit if limit is None else float(limit), kind.unit,
                 sentence(value, joint.replace("_", " "), (b - a) / dance.fps))


def over(kind: Kind, dance: Dance, values: np.ndarray, name: Callable[[int, int], str], sentence: Sentence, *,
         gap_s: float = 0.2, least_s: float = 0.0, edge: float = 1.0,
         share: float = 0.0, cut_s: float = 0.0, limit: float | None = None) -> list[Fault]:
    """One fault for each stretch of frames over the limit.

    Args:
        values: (T,) or (T, N), in the kind's unit; of N columns the largest counts.
        name: joint of a frame and column.
        gap_s: stretches that are nearer to each other are one. least_s: shorter ones are none.
        edge: a stretch goes on while the value is above that share of the limit.
        share: it lasts from the first to the last frame with so much of its worst value. What is averaged
            over a while swells before it is there; this cuts the swelling off.
        cut_s: so much is taken off either end: of an average over twice that, which is there so long before.
        limit: another one than the kind's.
    """
    columns = values if values.ndim == 2 else values[:, None]
    worst = columns.max(-1)
    most, found = kind.limit if limit is None else limit, []
    for a, b in joined(runs(worst > edge * most), round(gap_s * dance.fps)):
        if worst[a:b].max() <= most or (b - a) / dance.fps < least_s:
            continue
        most_of_it = np.flatnonzero(worst[a:b] >= share * worst[a:b].max())
        a, b = a + int(most_of_it[0]), a + int(most_of_it[-1]) + 1
        at = a + int(worst[a:b].argmax())
        a, b = a + round(cut_s * dance.fps), b - round(cut_s * dance.fps)
        if b <= a:
            continue
        joint = name(at, int(columns[at].argmax()))
        found.append(fault(kind, dance, a, b, worst[at], joint, sentence, limit))
    return found
