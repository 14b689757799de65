"""Beat alignment as three released scorers compute it, frame by frame.

One dance to one song has three scores that may not be compared: the scorers differ in frame rate, joints,
filter, in what a rest is and in whose beats they average over. `alignment` has this project's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.ndimage import gaussian_filter1d
from scipy.signal import argrelextrema

from dance_core.evaluation.places import at_rate
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import SMPL24
from dance_core.music.beats import Beats


@dataclass(frozen=True)
class Scorer:
    """What a scorer counts with.

    Attributes:
        fps: frames a second that its numbers are meant for.
        joints: SMPL-X numbers of the joints whose mean speed is taken.
        smoothing: frames, standard deviation of the Gaussian on that speed, mirrored at the ends (scipy's
            default, `reflect`); 0: none.
        order: a rest is strictly slower than so many frames on each side.
        sigma: frames, tolerance.
        over: whose beats the score is the mean over, "music" or "motion".
        late: whether a speed belongs to the later of its two frames; else to the earlier.
    """

    fps: float
    joints: tuple[int, ...]
    smoothing: float
    order: int
    sigma: float
    over: str
    late: bool = False


# Siyao et al., "Bailando", 2022: σ 50 ms, filter 83 ms.
BAILANDO = Scorer(60.0, SMPL24, 5, 1, 3, "music")
# The same at 30 frames a second with the kernels kept in seconds.
BAILANDO_30 = Scorer(30.0, SMPL24, 2.5, 1, 1.5, "music")
# Li et al., "Lodge", 2024: Bailando's numbers of frames at 30 a second (σ 100 ms, filter 167 ms), and the
# first 24 joints of SMPL-X, of which two are the jaw and the left eye where SMPL has hands.
LODGE = Scorer(30.0, tuple(range(24)), 5, 1, 3, "music")
# Li et al., "AI Choreographer" (AIST++), 2021, as mint scores it: no filter, rests at least 10 frames apart.
AISTPP = Scorer(60.0, SMPL24, 0, 10, 3, "motion", late=True)


def rests(places: np.ndarray, scorer: Scorer) -> np.ndarray:
    """(R,) frames at which the scorer sees a motion beat in joint places (T, J, 3) m at its frame rate.

    J: the scorer's joints alone, in any order.
    """
    speed = _speed(places, scorer)
    return argrelextrema(speed, np.less, order=scorer.order)[0] if len(speed) else np.zeros(0, np.int64)


def _speed(places: np.ndarray, scorer: Scorer) -> np.ndarray:
    """(T-1,) m a frame, or (T,) with a 0 in front where speeds belong to the later frame."""
    p = np.asarray(places, np.float64)
    speed = np.linalg.norm(np.diff(p, axis=0), axis=-1).mean(-1)
    if scorer.smoothing and len(speed):
        speed = gaussian_filter1d(speed, scorer.smoothing, mode="reflect")
    return np.concatenate([[0.0], speed]) if scorer.late else speed


def beat_score(music: ArrayLike, motion: ArrayLike, scorer: Scorer) -> float:
    """Mean of exp(-d² / 2σ²) over one side's beats, d to the nearest of the other; frames (M,) and (R,).

    0 where a side has none (Bailando's scorer stops there, mint's says 0).
    """
    a, b = np.asarray(music, np.float64), np.asarray(motion, np.float64)
    if not len(a) or not len(b):
        return 0.0
    if scorer.over == "motion":
        a, b = b, a
    near = np.abs(a[:, None] - b[None]).min(1)
    return float(np.exp(-(near**2) / (2 * scorer.sigma**2)).mean())


def published_bas(motion: Motion, beats: Beats, scorer: Scorer) -> float:
    """A dance (any frame rate) on its beats (times from its first frame), as the scorer has it: 0 to 1.

    Beats are put on the nearest frame, as the scorers' one-hot columns have them; those after the last
    speed are left out.
    """
    moved = at_rate(motion, scorer.fps)
    places = kin.joints(moved, max(scorer.joints) + 1)[:, list(scorer.joints)]
    frames = np.rint(beats.times * scorer.fps).astype(int)
    inside = (frames >= 0) & (frames < len(_speed(places, scorer)))
    return beat_score(frames[inside], rests(places, scorer), scorer)
