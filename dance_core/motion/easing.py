"""Ways from 0 to 1: how a value gets from one rest to the next."""

from __future__ import annotations

import numpy as np


def smoothstep(u: np.ndarray) -> np.ndarray:
    """Cubic step 3u² - 2u³: 0 below 0, 1 above 1, without speed at both ends."""
    u = np.clip(u, 0.0, 1.0)
    return u * u * (3 - 2 * u)


def minimum_jerk(u: np.ndarray) -> np.ndarray:
    """Quintic step 10u³ - 15u⁴ + 6u⁵: 0 below 0, 1 above 1, without speed and acceleration at both ends.

    The way that a hand takes from rest to rest (Flash and Hogan, 1985).
    """
    u = np.clip(u, 0.0, 1.0)
    return u * u * u * (10 - 15 * u + 6 * u * u)
