"""What goes on inside of a generator, as curves: closed forms, and what the shipped ones tell of a dance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.generators import registry
from dance_core.generators.inner import Inside, in_use
from tests.evaluation.measured_motions import held, rocking


@given(st.integers(1, 9), st.integers(1, 6))
def test_codes_that_take_turns_are_all_in_use(kinds: int, turns: int) -> None:
    codes = np.tile(np.arange(kinds), turns)
    assert in_use(codes, kinds) == pytest.approx(np.full(len(codes), kinds))
    assert in_use(np.zeros(len(codes), int), 5) == pytest.approx(np.ones(len(codes)))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.integers(1, 50))
def test_no_more_codes_are_in_use_than_there_are(codes: list[int], span: int) -> None:
    found = in_use(np.array(codes), span)
    assert len(found) == len(codes)
    assert (found >= 1 - 1e-9).all() and (found <= len(set(codes)) + 1e-9).all()


@pytest.mark.parametrize("name", ["soulnet", "jepa"])
def test_shipped_generators_tell_of_a_dance_over_all_of_it(name: str) -> None:
    generator = registry().get(name)
    if generator is None:
        pytest.skip(f"{name} has no weights here")
    assert isinstance(generator, Inside)
    still = held(10.0)
    curves = generator.inside(still)
    assert curves and all(len(c.times) == len(c.values) and np.isfinite(c.values).all() for c in curves)
    assert all(0 < c.times[0] and (np.diff(c.times) > 0).all() and c.times[-1] < 10 for c in curves)
    assert generator.inside(still.slice(0, 3)) == ()


def test_a_body_that_stands_still_uses_few_codes_and_one_that_dances_more() -> None:
    soulnet = registry().get("soulnet")
    if not isinstance(soulnet, Inside):
        pytest.skip("SoulNet has no weights here")
    still, dancing = (soulnet.inside(m)[0] for m in (held(10.0), rocking(seconds=10.0)))
    assert still.name == dancing.name == "body"
    assert np.median(still.values) < 3 < np.median(dancing.values)
