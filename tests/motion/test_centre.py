"""Where frames face, and by how much one must be turned to face as another does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.motion import rotations as rot
from dance_core.motion.centre import heading_between


@given(st.floats(-3.1, 3.1), st.floats(-1.5, 1.5), st.floats(-3, 3))
def test_heading_between_undoes_a_turn_however_the_body_lies(turn, lean, roll):
    body = rot.multiply(rot.quaternion_about("x", lean), rot.quaternion_about("z", roll))
    there = rot.multiply(rot.quaternion_about("y", turn), body)
    assert heading_between(there, body) == pytest.approx(turn, abs=1e-9)
    assert heading_between(-there, body) == pytest.approx(turn, abs=1e-9)
