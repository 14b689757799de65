"""How much one visitor may ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.pages.rates import Rate, visitor_of

HOME = "203.0.113.7"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_as_many_as_fit_then_the_seconds_until_there_is_room():
    clock = Clock()
    rate = Rate(3, 60.0, clock)
    assert [rate.wait(HOME) for _ in range(4)] == [0, 0, 0, 20]
    assert rate.wait("203.0.113.8") == 0, "others have a bucket of their own"
    clock.now = 19.0
    assert rate.wait(HOME) == 1
    clock.now = 20.0
    assert [rate.wait(HOME) for _ in range(2)] == [0, 20]


def test_amounts_and_what_is_larger_than_the_whole():
    clock = Clock()
    rate = Rate(100.0, 10.0, clock)
    assert rate.wait(HOME, 250.0) == 0, "an upload that is allowed by itself is not refused for ever"
    assert rate.wait(HOME, 50.0) == 20
    clock.now = 20.0
    assert rate.wait(HOME, 50.0) == 0


@given(st.integers(1, 20), st.lists(st.floats(0.0, 30.0), max_size=60))
def test_never_more_than_twice_the_most_in_a_window(most, gaps):
    clock, taken = Clock(), []
    rate = Rate(most, 60.0, clock)
    for gap in gaps:
        clock.now += gap
        if rate.wait(HOME) == 0:
            taken.append(clock.now)
    for start in taken:
        assert sum(start <= t < start + 60.0 for t in taken) <= 2 * most


@pytest.mark.parametrize("address, whose", [
    ("127.0.0.1", None), ("::1", None), ("", None), ("unix", None), (HOME, HOME),
    ("2001:db8::1", "2001:db8::/64"), ("2001:db8::ffff:1", "2001:db8::/64"),
    ("2001:db8:0:1::1", "2001:db8:0:1::/64")])
def test_whom_an_address_is_counted_as(address, whose):
    assert visitor_of(address) == whose


def test_no_limit():
    assert not any(Rate(0, 60.0).wait(HOME) for _ in range(1000))
