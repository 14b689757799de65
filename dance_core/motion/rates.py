"""Frames a second: as a file says them, within the digits in which it does, or as somebody gives them."""

from __future__ import annotations

import re

from dance_core.errors import UserError

SLOWEST, FASTEST = 1.0, 240.0
# what cameras, capture systems and programs run at, the likelier first where two are as near
COMMON = (30.0, 60.0, 120.0, 24.0, 25.0, 50.0, 100.0, 240.0, 20.0, 40.0, 48.0, 72.0, 90.0, 15.0, 12.5, 10.0,
          12.0, 80.0, 150.0, 180.0, 200.0)
NTSC = (30000 / 1001, 60000 / 1001, 24000 / 1001, 120000 / 1001)


class NoRate(UserError):
    """A file that does not say how many frames a second it has, where no such file has a usual number."""


def rate_of_step(text: str) -> float:
    """Frames a second of a frame time in seconds, as it is written: 0.033 is 30, 0.033367 is 29.97.

    The time is known to half its last digit; a usual rate within that is taken, a whole one before those of
    television. Raises UserError for a time that is none, or outside 1 to 240 frames a second.
    """
    try:
        step = float(text)
    except ValueError:
        raise UserError("The BVH does not say its number of frames and frame time.") from None
    if not 1e-3 < step < 10:
        raise UserError(f"The BVH's frame time is {step:g} s, but 1 to 240 frames a second are allowed.")
    half = _half(text, step)
    fps = _rate_near(1 / step, 1 / (step + half), 1 / (step - half))
    if not SLOWEST <= fps <= FASTEST:
        raise UserError(f"The BVH's frame time is {step:g} s, but 1 to 240 frames a second are allowed.")
    return fps


def _rate_near(plain: float, low: float, high: float) -> float:
    """A usual rate from low to high, or else a whole one, or else what is written."""
    low, high = low * (1 - 1e-9), high * (1 + 1e-9)
    whole = float(round(plain))
    if whole in COMMON and abs(plain - whole) < 1e-6 * plain:
        return whole
    for rates in (COMMON, NTSC):
        inside = [r for r in rates if low <= r <= high]
        if inside:
            return round(min(inside, key=lambda r: (round(abs(r - plain) / plain, 2), rates.index(r))), 4)
    # a whole one, also where it is written with more digits than they are worth: 0.0333338
    return whole if low <= whole <= high or abs(plain - whole) < 5e-4 * plain else round(plain, 4)


def _half(text: str, step: float) -> float:
    """Half of the last digit's worth, at most a quarter of the time itself."""
    match = re.fullmatch(r"\s*[+]?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?\s*", text)
    digits = len(match[2]) - int(match[3] or 0) if match else 9
    return min(0.5 * 10.0**-digits, 0.25 * step)


def checked_rate(fps: float) -> float:
    """The same; UserError where it is outside 1 to 240."""
    if not SLOWEST <= fps <= FASTEST:
        raise UserError(f"The frame rate is {fps:g}, but 1 to 240 frames a second are allowed.")
    return fps
