"""Off the beat: for a while the dancer comes to rest elsewhere in the beat than in the rest of the dance.

Dancers rest on beats, between them, or a little after, each in their own way; so it is the dance's own
habit that a stretch is held against: where in the beat its rests lie. A habit that is itself beside the
beat is a fault of the whole dance. Told to a beat, by where the whole body comes to rest; who rests in two
places of the beat anyway can't be seen to go from one to the other.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from dance_core.evaluation.alignment import SMOOTHING_S, rests
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault
from dance_core.motion.skeleton import SMPL24
from dance_core.motion.soles import runs

FEWEST = 4  # rests in a row
_WIDTH = 0.07  # of a beat: how exactly a habit is kept
_PARTS = 24  # delays that are told apart in a beat
_SELDOM = 0.08  # how likely a rest is that fits no habit, beside one that fits best
_CHANGE = 3.0  # nats: what it takes to believe that the dancer's delay changes
_SELDOM_LATE = 0.2  # nats a rest that a delay has to make up for
_SURE = 0.7  # nats a rest by which a stretch must be likelier with its delay than without
_FINE = 96  # places in the beat for which the habit is told
APART_S = 6.0  # s: only what is further away tells the habit that a rest is held against
_ALL_LATE = 0.14  # s: a habit further from the beat is off it
_KEPT = 0.7  # length of the mean of all rests on the circle of a beat, from which on there is one habit


def phases(dance: Dance) -> tuple[np.ndarray, np.ndarray]:
    """(times (N,) s of the dancer's rests, how far (N,) each is from its nearest beat: -0.5 to 0.5 beats)."""
    if dance.beats is None or len(dance.beats.times) < 2:
        return np.zeros(0), np.zeros(0)
    way = np.linalg.norm(np.diff(dance.places[:, list(SMPL24)], axis=0), axis=-1).mean(-1) * dance.fps
    speed = gaussian_filter1d(way, SMOOTHING_S * dance.fps, mode="nearest") if len(way) else way
    times, t = rests(speed, dance.fps), dance.beats.times
    times = times[(times >= t[0] - 0.1) & (times <= t[-1] + 0.1)]
    count = dance.beats.phase(times)
    return times, count - np.round(count)


def delays(times: np.ndarray, off: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much later than the dance's habit each rest's stretch is.

    Returns:
        ((N,) beats, -0.5 to 0.5, 0 where the habit is kept; (N,) nats by which the rest is likelier so than
        without a delay).

    The likeliest course (Viterbi, 1967) of a delay that seldom changes. A rest is the likelier the more of
    those further than APART_S from it lie at that place in the beat, the delay taken off.

    Args:
        times: (N,) s of the rests. off: (N,) beats, as `phases`.
    """
    grid = np.arange(_PARTS) / _PARTS
    habit = _habits(times, off)
    place = np.rint((off[:, None] - grid) * _FINE).astype(int) % _FINE
    told = np.log(np.take_along_axis(habit, place, 1) + _SELDOM)
    course = _likeliest(told - _SELDOM_LATE * (np.arange(_PARTS) > 0))
    found = grid[course]
    return np.where(found > 0.5, found - 1.0, found), told[np.arange(len(off)), course] - told[:, 0]


def _habits(times: np.ndarray, off: np.ndarray) -> np.ndarray:
    """(N, _FINE): how usual each place in the beat is, 1 = the most usual, as those far away tell."""
    fine = np.arange(_FINE) / _FINE
    far = (fine[:, None] - off + 0.5) % 1.0 - 0.5
    kernel = np.exp(-0.5 * (far / _WIDTH) ** 2)  # (fine, N)
    counts = (np.abs(times[:, None] - times) > APART_S).astype(np.float64)
    habit = counts @ kernel.T
    return habit / np.maximum(habit.max(1, keepdims=True), 1e-9)


def spread(times: np.ndarray, off: np.ndarray) -> float:
    """How much of the beat the dance rests in, 0 to 1: a small share where it keeps to one place."""
    return float(_habits(times, off).mean())


def second_place(off: np.ndarray) -> float:
    """How usual any place is that is over a quarter of a beat from the most usual one, 0 to 1 (as usual)."""
    fine = np.arange(_FINE) / _FINE
    usual = np.exp(-0.5 * (((fine[:, None] - off + 0.5) % 1.0 - 0.5) / _WIDTH) ** 2).sum(1)
    far = np.abs((fine - fine[usual.argmax()] + 0.5) % 1.0 - 0.5) > 0.25
    return float(usual[far].max() / max(usual.max(), 1e-9))


def usualness(times: np.ndarray, off: np.ndarray) -> np.ndarray:
    """(N,) how usual the place of each rest in the beat is, 1 = the most usual. Arguments as of `delays`."""
    place = np.rint(off * _FINE).astype(int) % _FINE
    return _habits(times, off)[np.arange(len(off)), place]


def _likeliest(told: np.ndarray) -> np.ndarray:
    """The course (N,) of states whose log likelihood (N, S) is largest; a change of state costs _CHANGE."""
    n, count = told.shape
    best, before = told[0] - _CHANGE * (np.arange(count) > 0), np.zeros((n, count), int)
    for i in range(1, n):
        jump = int(best.argmax())
        stay = best >= best[jump] - _CHANGE
        before[i] = np.where(stay, np.arange(count), jump)
        best = np.where(stay, best, best[jump] - _CHANGE) + told[i]
    course = np.zeros(n, int)
    course[-1] = int(best.argmax())
    for i in range(n - 1, 0, -1):
        course[i - 1] = before[i, course[i]]
    return course


def find(dance: Dance) -> list[Fault]:
    """Stretches of FEWEST rests and more whose delay is over the limit; or the whole dance."""
    times, off = phases(dance)
    if len(times) < 2 * FEWEST or dance.beats is None:
        return []
    period = float(np.median(np.diff(dance.beats.times)))
    mean = np.exp(2j * np.pi * off).mean()
    late = float(np.angle(mean)) / (2 * np.pi) * period
    if abs(mean) > _KEPT and abs(late) > _ALL_LATE:
        return [_fault(dance, 0, len(dance), late, "all along")]
    delay, likelier = delays(times, off)
    delay *= period
    found = []
    for a, b in runs(np.abs(delay) > KIND.limit):
        if b - a >= FEWEST and likelier[a:b].mean() > _SURE:
            start = times[a] if a == 0 else (times[a - 1] + times[a]) / 2  # it began between two rests
            stop = times[b - 1] if b == len(times) else (times[b - 1] + times[b]) / 2
            ends = (round(float(t) * dance.fps) for t in (start, stop))
            found.append(_fault(dance, *ends, float(np.median(delay[a:b])), "than elsewhere"))
    return found


def _fault(dance: Dance, a: int, b: int, late: float, than: str) -> Fault:
    how = "later" if late > 0 else "earlier"
    size = f"{1000 * abs(late):.0f} ms"
    said = f"The dancer is {size} {'late' if late > 0 else 'early'}, {than}." if than == "all along" else \
        f"The dancer comes to rest {size} {how} in the beat {than}."
    return fault(KIND, dance, a, b, abs(late), "body", lambda *_: said)


KIND = Kind("offbeat", "Off the beat", "s", 0.11, 0.18,
            "delay of the dancer's rests in the beat against those of the whole dance, or of all of them "
            "against the beats",
            "rests as alignment.motion_beats; 70 ms are still on the beat (mir_eval)", find)
