"""Places: so many inside, so many waiting, first come first served, and nobody keeps a place that left."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.serving.places import STEP, Places, Standing
from tests.waiting import PATIENCE


def test_first_come_first_served():
    places = Places(1, 2)
    a, b, c = (places.take() for _ in range(3))
    assert (a.done(), b.done(), c.done()) == (True, False, False)
    with pytest.raises(UserError, match="1 dances are being made and 2 are waiting"):
        places.take()
    places.leave(a)
    assert b.done() and not c.done()
    places.leave(b)
    assert c.done()


def test_one_who_leaves_the_queue_makes_room_in_it():
    places = Places(1, 1)
    a, b = places.take(), places.take()
    places.leave(b)
    c = places.take()
    places.leave(a)
    assert b.cancelled() and c.done() and not c.cancelled()


def test_leaving_twice_frees_one_place_only():
    places = Places(1, 2)
    a, b, c = (places.take() for _ in range(3))
    places.leave(a)
    places.leave(a)
    assert b.done() and not c.done()


def test_closing_tells_those_who_wait():
    places = Places(1, 1)
    a, b = places.take(), places.take()
    places.close()
    with pytest.raises(UserError, match="shutting down"):
        b.result(0)
    with pytest.raises(UserError, match="shutting down"):
        places.take()
    places.leave(a)
    places.leave(b)


MOVES = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=60)


@given(st.integers(1, 4), st.integers(0, 4), MOVES)
def test_never_more_inside_than_there_are_places(running, waiting, moves):
    places, held = Places(running, waiting), []
    for comes, which in moves:
        if comes:
            try:
                held.append(places.take())
            except UserError:
                assert len(held) == running + waiting
        elif held:
            places.leave(held.pop(which % len(held)))
        inside = sum(p.done() for p in held)
        assert inside == min(running, len(held))


def test_many_threads():
    places, inside, most, lock = Places(3, 100), [0], [0], threading.Lock()

    def visit():
        for _ in range(50):
            place = places.take()
            place.result(PATIENCE)
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            with lock:
                inside[0] -= 1
            places.leave(place)

    threads = [threading.Thread(target=visit) for _ in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(PATIENCE)
    assert not any(t.is_alive() for t in threads) and most[0] <= 3


@pytest.mark.parametrize("running, waiting", [(0, 1), (1, -1)])
def test_impossible_rooms(running, waiting):
    with pytest.raises(ValueError):
        Places(running, waiting)


def test_a_visitor_who_asks_for_many_does_not_keep_the_others_waiting():
    places = Places(1, 9)
    first = places.take("eager")
    eager = [places.take("eager") for _ in range(3)]
    calm = [places.take("calm") for _ in range(2)]
    stranger = places.take()
    served, inside = [], first
    names = {f: f"eager {i}" for i, f in enumerate(eager)} | {f: f"calm {i}" for i, f in enumerate(calm)}
    names[stranger] = "stranger"
    while len(served) < len(names):
        places.leave(inside)
        inside = next(f for f in names if f.done() and f not in served)
        served.append(inside)
    assert [names[f] for f in served] == ["calm 0", "stranger", "eager 0", "calm 1", "eager 1", "eager 2"]


def test_who_asks_for_many_is_not_kept_waiting_for_ever_by_new_visitors():
    places = Places(1, 9)
    inside, second = places.take("eager"), places.take("eager")
    passed = 0
    while not second.done():  # a new visitor comes whenever there is a place
        new = places.take(f"visitor {passed}")
        places.leave(inside)
        inside, passed = new, passed + new.done()
        assert passed <= STEP
    assert passed > 0


def test_the_place_in_line_and_when_it_should_be_its_turn():
    now = [0.0]
    places = Places(2, 5, lambda: now[0])
    a, b = places.take(), places.take()
    waiting = [places.take() for _ in range(4)]
    assert places.standing(a) is None
    assert [places.standing(w) for w in waiting] == [Standing(k, None) for k in (1, 2, 3, 4)]
    now[0] = 10.0
    places.leave(a, complete=True)  # 10 s: the first who waited goes in
    now[0] = 14.0
    # b should have been done by now, the other one will be in 6 s: then 10 s each, two at a time
    assert [places.standing(w) for w in waiting] == [
        None, Standing(1, 0.0), Standing(2, 6.0), Standing(3, 10.0)]
    places.leave(waiting[1])
    assert places.standing(waiting[1]) is None and places.standing(waiting[2]) == Standing(1, 0.0)
    places.leave(b)  # given up: its time tells nothing
    now[0] = 16.0
    assert places.standing(waiting[3]) == Standing(1, 4.0)
