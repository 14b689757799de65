"""Where on the stage a dancer is, and which way it faces: a network hears and feels, and knows neither."""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from dance_core.generators.nets import pose_code as pc

CENTRE_FREE, CENTRE_PULL = 0.6, 0.3  # m from the centre that nobody minds; share of the rest, per second
HOME_PULL, HOME_MOST = 1.0, 0.35  # share per second of the way back to the very centre; m/s at most
EDGE, EDGE_PULL = 1.2, 1.5  # m from the centre where the stage ends; share of what is beyond, per second
FRONT_FREE, FRONT_PULL, FRONT_MOST = 0.7, 1.2, 1.2  # rad from the front that nobody minds; rad/s a rad; rad/s
MEAN_S = 2.0  # s, standard deviation of the time over which a heading's mean is taken …
MEAN_FREE, MEAN_PULL, MEAN_MOST = 0.15, 1.2, 0.7  # … and the same three numbers of that
TURNS, KEEPS = 0.6, 0.9  # length of the mean of headings' unit vectors: below, one turns; above, one stays
SPIN = 1.0  # rad/s: faster turns are the dance's own, and at twice that nothing is added
PIVOT = 0.5  # share of that turn while both feet stand: on the balls of the feet, and in small steps


def turned_to_front(rows: np.ndarray, heading: float, past: np.ndarray | None = None) -> np.ndarray:
    """Rows that come round again to who watches (heading 0), with the steps they take anyway.

    A network that hears and feels knows nothing of an audience, and its heading wanders. Who is far turned
    away is turned back at once; who stays turned a little, slowly: what counts there is the heading's mean
    over some bars, so that a look to the side stays one. Where both feet stand it is turned more slowly: the
    soles turn on their balls, and a foot that would have to slide takes a small step (`plant_feet`).

    Args:
        rows: (T, ROW); heading: rad, of the first. past: (P,) rad, headings of the frames before it.
    """
    past = np.zeros(0) if past is None else past
    out, angle = rows.copy(), heading
    own = np.abs(ndimage.gaussian_filter1d(rows[:, pc.TURN], 5.0, mode="nearest"))
    willing = np.clip(2.0 - own / SPIN, 0.0, 1.0)  # who spins comes round without help
    feet = rows[:, pc.CONTACTS].reshape(-1, 2, 2).max(2)  # left, right
    steps = ndimage.gaussian_filter1d(1.0 - np.clip(feet.min(1), 0.0, 1.0), 2.0)
    most = (PIVOT + (1.0 - PIVOT) * steps) * willing
    yaw = pc.headings(rows, heading)
    mean, steady = (values[len(past):] for values in _mean_heading(np.concatenate([past, yaw])))
    pulls = MEAN_PULL * steady
    turns, turned = out[:, pc.TURN].tolist(), 0.0  # plain numbers: one after another they are quicker
    lists = (values[:-1].tolist() for values in (most, mean, pulls))
    for i, (share, usual, pull) in enumerate(zip(*lists, strict=True)):
        away = (angle + math.pi) % (2.0 * math.pi) - math.pi
        rate = math.copysign(min(FRONT_PULL * max(0.0, abs(away) - FRONT_FREE), FRONT_MOST), away)
        away = (usual + turned + math.pi) % (2.0 * math.pi) - math.pi
        slow = math.copysign(min(pull * max(0.0, abs(away) - MEAN_FREE), MEAN_MOST), away)
        rate = (slow if abs(slow) > abs(rate) else rate) * share
        turned -= rate / 30.0
        turns[i] -= rate
        angle += turns[i] / 30.0
    out[:, pc.TURN] = turns
    return out


def kept_near(rows: np.ndarray, heading: float, place: tuple[float, float], home: bool = False) -> np.ndarray:
    """Rows that drift back towards x = z = 0 where they would leave the middle of the stage.

    home: all the way back, wherever they are. In two waves the ways that segments go add up.
    """
    x, z = place
    yaw = pc.headings(rows, heading)
    velocity = rows[:, pc.VELOCITY].tolist()  # plain numbers: one after another they are quicker
    for v, c, s in zip(velocity, np.cos(yaw).tolist(), np.sin(yaw).tolist(), strict=True):
        far = math.hypot(x, z)
        back = min(HOME_PULL * far, HOME_MOST) if home else CENTRE_PULL * max(0.0, far - CENTRE_FREE)
        pull = -back - EDGE_PULL * max(0.0, far - EDGE)
        back_x, back_z = pull * x / max(far, 1e-6), pull * z / max(far, 1e-6)
        v[0] += c * back_x - s * back_z
        v[1] += s * back_x + c * back_z
        x, z = x + (c * v[0] + s * v[1]) / 30.0, z + (-s * v[0] + c * v[1]) / 30.0
    out = rows.copy()
    out[:, pc.VELOCITY] = velocity
    return out


def _mean_heading(yaw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of headings (T,) rad: (their mean direction (T,) over some bars around each frame; how much it means).

    Who turns on and on, as in a waltz, has none: that share is 1 where headings keep together, and 0 where
    they are spread.
    """
    east, north = (ndimage.gaussian_filter1d(f(yaw), MEAN_S * 30.0, mode="nearest", truncate=3.0)
                   for f in (np.sin, np.cos))
    return np.arctan2(east, north), np.clip((np.hypot(east, north) - TURNS) / (KEEPS - TURNS), 0.0, 1.0)
