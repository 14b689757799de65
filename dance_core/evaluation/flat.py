"""What is measured of 2D dances: 18 keypoints in a picture, whoever made them and whatever camera saw them.

As HOT-dance's authors say it: FID and diversity on kinetic features "recomputed on 2D keypoints", and the
beat alignment score with dance beats found in the 2D poses. What they leave open is settled here: lengths are
in heights of the picture; features are those of `kinetic.py` (without the slip) with the picture's x for the
horizontal and its y for the vertical; rests are those of `alignment.py`, of the mean speed of all keypoints.
A keypoint that is not seen is where a straight way from where it was last seen leads, as in the paper.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from dance_core.evaluation import kinetic, measures
from dance_core.evaluation.alignment import SMOOTHING_S, rests
from dance_core.motion.motion import Motion
from dance_core.motion.openpose import DRAWN, Seen, keypoints, project
from dance_core.motion.sights import at_rate, filled
from dance_core.motion.views import CALIBRATED, PICTURE, View
from dance_core.music.beats import Beats

NUMBERS = ("bas", "bas_control", "bas_gain", "precision", "recall", "rests")  # of `on_beats`


def filmed(motion: Motion, view: View = CALIBRATED, size: tuple[int, int] = PICTURE) -> Seen:
    """A dance as a camera sees it that stays where it stands, before the dancer of the first frame."""
    points = keypoints(motion)
    return project(points, [view.camera(points[0])], size, motion.fps)


def joined(seen: Seen) -> np.ndarray:
    """(T, 18, 2) heights of the picture: every keypoint, seen or not, in every frame."""
    return filled(np.asarray(seen.xy, np.float64) / seen.size[1], seen.confidence)


def features(places: np.ndarray) -> np.ndarray:
    """(54,) kinetic features of places (T, 18, 2) at 60 a second: [x, y, acceleration] of each keypoint."""
    flat = np.concatenate([places, np.zeros_like(places[..., :1])], -1)
    return kinetic.kinetic_from(flat, fixed=True)


@dataclass(frozen=True, eq=False)
class Flat:
    """What one 2D dance comes to.

    Attributes:
        features: (54,).
        values: NUMBERS of its rests on the beats; `seen`, share of the keypoints; `speed`, heights of the
            picture a second; `shake`, mean acceleration, heights/s².
    """

    features: np.ndarray
    values: dict[str, float]


def measured(seen: Seen, beats: Beats) -> Flat:
    """Measure a dance on beats (s from its first frame). ValueError for fewer than 3 frames."""
    own = joined(seen)
    places = at_rate(own, seen.fps, kinetic.FPS)
    speed = np.linalg.norm(np.diff(places, axis=0), axis=-1).mean(-1) * kinetic.FPS
    smooth = gaussian_filter1d(speed, SMOOTHING_S * kinetic.FPS, mode="nearest")
    told = measures.on_beats(rests(smooth, kinetic.FPS), beats, len(places) / kinetic.FPS)
    # at its own rate: curves laid through frames of trembling have other accelerations
    shake = np.linalg.norm(np.diff(own, n=2, axis=0), axis=-1).mean() * seen.fps**2
    return Flat(features(places), {name: told[name] for name in NUMBERS} | {
        "seen": float((seen.confidence >= DRAWN).mean()), "speed": float(speed.mean()),
        "shake": float(shake)})
