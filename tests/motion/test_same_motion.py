"""Whether two motions are the same, to the bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dance_core.motion.motion import Motion


@pytest.mark.parametrize("name", ["rotations", "translation", "face"])
def test_the_smallest_difference_of_one_number_is_one(name: str) -> None:
    rng = np.random.default_rng(0)
    one = Motion(30, rng.normal(size=(4, 55, 3)), rng.normal(size=(4, 3)), rng.uniform(size=(4, 52)))
    assert one.same_as(replace(one)) and not one.same_as(one.slice(0, 3))
    values = getattr(one, name).copy()
    values.flat[7] = np.nextafter(values.flat[7], np.float32(9))
    other = replace(one, **{name: values})
    assert not one.same_as(other) and not other.same_as(one)
