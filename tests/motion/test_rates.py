"""Frame times are known to half of their last digit: a usual rate within that is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.motion.rates import COMMON, rate_of_step


@pytest.mark.parametrize(("text", "fps"), [
    ("0.033", 30), ("0.0333", 30), ("0.033333", 30), ("0.0333333333", 30), ("0.03", 30), ("0.04", 25),
    ("0.04167", 24),
    ("0.0417", 24), ("0.0167", 60), ("0.017", 60), ("0.016667", 60), ("0.008333", 120), ("0.0083", 120),
    ("0.008", 120), ("0.01", 100), ("0.02", 50), ("0.05", 20), ("0.1", 10), ("0.004167", 240), ("0.033367",
                                                                                                29.97),
    ("0.0333667", 29.97), ("0.0166833", 59.9401), ("0.0417083", 23.976), ("3.33333e-2", 30), ("0.0111111",
                                                                                              90),
    ("1", 1), ("0.0285714", 35), ("0.033333338", 30)])
def test_rates_as_they_are_written(text: str, fps: float) -> None:
    assert rate_of_step(text) == pytest.approx(fps, abs=2e-3)


@given(st.sampled_from(COMMON), st.integers(3, 9))
def test_every_usual_rate_survives_its_rounding(fps: float, digits: int) -> None:
    """However few digits a time is written with, the rate is the usual one, or one as near to what is
    written.
    """
    text = f"{1 / fps:.{digits}f}"
    found = rate_of_step(text)
    half = 0.5 * 10.0**-digits
    assert abs(1 / found - float(text)) <= half * (1 + 1e-6) + 1e-12
    if digits >= 6:
        assert found == fps


@pytest.mark.parametrize("text", ["0", "-0.03", "nan", "inf", "30", "0.001", "x", ""])
def test_what_is_no_frame_time(text: str) -> None:
    with pytest.raises(UserError):
        rate_of_step(text)
