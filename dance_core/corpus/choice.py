"""Chooses the phrases of a dance: natural to join, fitting the music, not the same ones over and over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.corpus.library import EIGHT, FOUR, Library, turned
from dance_core.motion import rotations as rot

WARP = (0.75, 1.33)  # dance seconds in a music second
ROOM = 0.9  # m from the start that phrases may lead to without cost
_EIGHTS = 0.6  # of the phrases are looked for with eight counts
# what things cost; a join of two poses that are 10 cm apart on average costs _JOIN + 0.1 * _APART
_JOIN, _APART = 0.6, 5.0
_RUN = 0.2  # for each phrase that the same clip has gone on, after the first two
_OUTSIDE, _WARPED, _LOCAL = 3.0, 1.2, 4.0
_CLEAR = 1.6
_ENERGY, _SWING = 0.9, 0.45  # how strongly a phrase's speed must suit; how much faster full energy is danced
_IDLE, _LEAST = 0.8, 0.5  # for phrases slower than half the usual speed
_USED = 0.25  # for each time that about this second was danced before, mirrored or not
_FAR, _AWAY = 3.0, 0.2  # a metre out of the room; a radian away from the viewer
_TASTE, _WHIM = 0.35, 0.06  # each dance likes some takes more than others; and chance


@dataclass(frozen=True)
class Phrase:
    """`counts` counts of a take from count `first` of one of its tracks, laid on the music's count `on`."""

    take: int
    track: int
    first: int
    counts: int
    on: int


def choose(library: Library, times: np.ndarray, place: int, energy: np.ndarray,
           rng: np.random.Generator) -> list[Phrase]:
    """Phrases that cover all of the music's counts, joined on its bars.

    times: (C,) s of the counts. place: of the first count in its bar, 0 to 3. energy: (C,) -1 to 1.
    """
    chooser = _Chooser(library, rng)
    on, phrases = 0, []
    while on < len(times) - 1:
        counts = EIGHT if rng.random() < _EIGHTS else FOUR
        skip = place if on == 0 else 0  # come in so that the phrase ends with the music's bar
        stop = min(on + counts - skip, len(times) - 1)
        seconds = (times[stop] - times[on]) * counts / (stop - on)
        k = chooser.next(counts, seconds, float(energy[on:stop + 1].mean()))
        phrases.append(Phrase(int(library.take[k]), int(library.track[k]), int(library.first[k]) + skip,
                              counts - skip, on))
        on += counts - skip
    return phrases


class _Chooser:
    """Where the dancer is, and what was danced so far."""

    def __init__(self, library: Library, rng: np.random.Generator) -> None:
        self.lib, self.rng = library, rng
        longest = max(len(t.motion) for t in library.takes) // 30 + 2
        self.used = np.zeros((len(library.takes) // 2, longest))  # a take and its mirror image are one
        self.taste = rng.normal(0.0, _TASTE, len(library.takes))[library.take]
        self.at, self.heading = np.zeros(2), 0.0
        self.last: int | None = None
        self.run = 0

    def next(self, counts: int, seconds: float, energy: float) -> int:
        """The cheapest phrase of so many counts for so many seconds of music."""
        lib = self.lib
        goal = self.at + turned(lib.way, self.heading)
        turn = rot.wrapped(self.heading + lib.turn)
        cost = np.where(lib.counts == counts, 0.0, np.inf) + self._fit(counts, seconds, energy)
        cost += self.taste + self.rng.gumbel(0.0, _WHIM, len(lib.take))
        cost += _USED * self.used[lib.take // 2, (lib.start + lib.stop) // 60]
        cost += _FAR * np.maximum(np.linalg.norm(goal, axis=-1) - ROOM, 0.0).max(-1) + _AWAY * np.abs(turn)
        going_on = np.zeros(len(lib.take), bool)
        if self.last is not None:
            k = self.last
            apart = np.linalg.norm(lib.posture - lib.takes[lib.take[k]].posture[lib.stop[k]], axis=1)
            going_on = ((lib.take == lib.take[k]) & (lib.track == lib.track[k])
                        & (lib.first == lib.first[k] + lib.counts[k]))
            cost += np.where(going_on, _RUN * max(0, self.run - 1) - self.taste, _JOIN + _APART * apart)
        best = int(np.argmin(cost))
        self.run = self.run + 1 if going_on[best] else 1
        self.used[lib.take[best] // 2, lib.start[best] // 30:lib.stop[best] // 30 + 1] += 1
        self.at, self.heading, self.last = goal[best, 1], float(turn[best]), best
        return best

    def _fit(self, counts: int, seconds: float, energy: float) -> np.ndarray:
        """(N,) how badly each phrase suits the music's pace and energy."""
        lib = self.lib
        ratio = lib.seconds / seconds
        short, long = lib.shortest * counts / seconds, lib.longest * counts / seconds
        cost = np.where((ratio >= WARP[0]) & (ratio <= WARP[1]), 0.0, _OUTSIDE + 8 * np.abs(np.log(ratio)))
        cost += _WARPED * np.log(ratio) ** 2 - _CLEAR * lib.strength
        cost += _LOCAL * (np.maximum(np.log(WARP[0] / short), 0) + np.maximum(np.log(long / WARP[1]), 0))
        speed = lib.speed * ratio
        cost += _ENERGY * np.abs(np.log((speed + 0.02) / lib.pace) - _SWING * energy)
        return cost + _IDLE * (speed < _LEAST * lib.pace)
