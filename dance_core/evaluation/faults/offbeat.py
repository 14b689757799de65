"""Off the beat: for a while the dancer comes to rest beside the beats, always by about as much."""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.alignment import SMOOTHING_S, rests
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault
from dance_core.motion.soles import runs

FEWEST = 4  # rests in a row
_NEIGHBOURS = 2  # rests on either side whose phases are averaged
_TOGETHER = 0.6  # length of the mean of phases on a circle: below this the dancer keeps to no beat


def phases(dance: Dance) -> tuple[np.ndarray, np.ndarray]:
    """(times (N,) s of the dancer's rests, how far (N,) each is from its nearest beat: -0.5 to 0.5 beats)."""
    if dance.beats is None or len(dance.beats.times) < 2:
        return np.zeros(0), np.zeros(0)
    times = rests(_speed(dance), dance.fps)
    t = dance.beats.times
    times = times[(times >= t[0] - 0.1) & (times <= t[-1] + 0.1)]
    count = dance.beats.phase(times)
    return times, count - np.round(count)


def _speed(dance: Dance) -> np.ndarray:
    """As alignment.motion_speed, from the places that are there."""
    from scipy.ndimage import gaussian_filter1d

    from dance_core.motion.skeleton import SMPL24
    way = np.linalg.norm(np.diff(dance.places[:, list(SMPL24)], axis=0), axis=-1).mean(-1) * dance.fps
    return gaussian_filter1d(way, SMOOTHING_S * dance.fps, mode="nearest") if len(way) else way


def find(dance: Dance) -> list[Fault]:
    """Stretches of FEWEST rests and more that keep together, beside the beat by more than the limit."""
    times, off = phases(dance)
    if len(times) < FEWEST or dance.beats is None:
        return []
    turned = np.exp(2j * np.pi * off)
    window = 2 * _NEIGHBOURS + 1
    mean = np.convolve(np.pad(turned, _NEIGHBOURS, mode="edge"), np.ones(window) / window, "valid")
    period = float(np.median(np.diff(dance.beats.times)))
    late = np.angle(mean) / (2 * np.pi) * period
    found = []
    for a, b in runs((np.abs(late) > KIND.limit) & (np.abs(mean) > _TOGETHER)):
        if b - a < FEWEST:
            continue
        value = float(np.median(np.abs(late[a:b])))
        how = "late" if np.median(late[a:b]) > 0 else "early"
        start, stop = (round(float(t) * dance.fps) for t in (times[a], times[b - 1]))
        found.append(fault(KIND, dance, start, stop + 1, value, "body", lambda v, *_, how=how:
                           f"The dancer is {1000 * v:.0f} ms {how}, beat after beat."))
    return found


KIND = Kind("offbeat", "Off the beat", "s", 0.1, 0.18,
            "how far the dancer's rests are from the beats, mean of five on the circle of a beat",
            "rests as alignment.motion_beats; 70 ms are still on the beat (mir_eval)", find)
