"""Nearest learned second: copies are found, turned, moved and mirrored ones too."""

from __future__ import annotations

import numpy as np
import pytest
from measured_motions import carried, held, rocking

from dance_core.evaluation.copying import Learned, windows
from dance_core.longform.carry import Placing
from dance_core.motion.mirror import mirror


def test_a_window_is_a_second_of_ten_poses():
    assert windows(held(3.0)).shape == (5, 660)
    assert windows(held(0.5)).shape == (0, 660)
    assert windows(rocking(60.0, 4.0)) == pytest.approx(windows(rocking(30.0, 4.0)), abs=2e-3)


def test_a_copy_is_at_distance_zero_however_it_is_placed():
    dance = rocking(seconds=6.0)
    bank = Learned([dance], step_s=0.1)
    for copied in (dance, Placing(1.3, np.array([2.0, -1.0])).apply(dance), mirror(dance)):
        assert bank.nearest(copied) < 0.15  # cm


def test_the_distance_is_what_a_pose_differs_by():
    # the same pose 3 cm higher: every joint is 3 cm away
    bank = Learned([held(2.0)])
    assert bank.nearest(carried(2.0, lambda t: np.stack([0 * t, 0.03 + 0 * t, 0 * t], -1))) == pytest.approx(
        3.0, abs=0.6)  # the mirrored pose may be a little nearer
    assert bank.nearest(rocking(seconds=4.0)) > 3.0


def test_a_large_bank_is_thinned_and_an_empty_one_says_nothing():
    assert len(Learned([rocking()], step_s=0.1, most=50).bank) == 50
    assert np.isnan(Learned([]).nearest(held(2.0)))
    assert np.isnan(Learned([rocking()]).nearest(held(0.5)))
