"""A balanced plan: every item equally often, sides even, no rater sees a thing twice, the same for a seed."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.study.design import Block, Design, Material, System
from dance_core.study.plan import make_plan


def design_of(systems: int, songs: int, raters: int, blocks: list[tuple[str, int]], seed: int = 1,
              checks: int = 2, styles: int = 1) -> Design:
    return Design("abc", "Title", "Consent", "1", tuple(System(f"s{i}", "x") for i in range(systems)),
                  tuple(Material(f"song-{i}", f"Song {i}", f"g{j}")
                        for i in range(songs) for j in range(styles)),
                  tuple(Block(kind, n, ("overall",) if kind == "single" else ()) for kind, n in blocks),
                  raters, seed=seed, checks=checks)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    systems, songs = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    styles = draw(st.integers(1, 2))
    pairs, clips = systems * (systems - 1) // 2 * songs * styles, systems * songs * styles
    blocks = [(kind, draw(st.integers(1, most))) for kind, most in
              (("preference", pairs), ("quality", pairs), ("mismatch", clips), ("single", clips))
              if draw(st.booleans()) or kind == "preference"]
    return design_of(systems, songs, draw(st.integers(1, 25)), blocks, draw(st.integers(0, 99)),
                     draw(st.integers(0, 3)), styles)


@settings(max_examples=80, deadline=None)
@given(designs())
def test_counts_and_sides_are_even(design: Design) -> None:
    shown: dict[str, Counter] = defaultdict(Counter)
    pair_sides: dict[tuple, int] = Counter()
    item_sides: dict[tuple, int] = Counter()
    system_sides: dict[tuple, int] = Counter()
    wanted = {b.kind: b.trials for b in design.blocks}
    plan = make_plan(design)
    assert len(plan) == design.raters
    for place in plan:
        assert len(place.trials) == design.trials
        assert Counter(t.kind for t in place.trials if t.kind != "check") == wanted
        seen = Counter((t.kind, frozenset([t.left, t.right]), t.material) for t in place.trials
                       if t.kind != "check")
        assert max(seen.values()) == 1, "nobody sees a thing twice"
        for t in place.trials:
            if t.kind == "check":
                continue
            item = (t.kind, frozenset([t.left, t.right]), t.material)
            shown[t.kind][item] += 1
            if t.right is None:
                continue
            sign = 1 if t.left < t.right else -1
            if t.kind == "mismatch":
                assert t.left[0] == t.right[0]
                keys = [design.materials[c[1]].key for c in (t.left, t.right)]
                assert keys[0] != keys[1] and t.material in (t.left[1], t.right[1])
                sign = 1 if t.left[1] == t.material else -1  # the dance to this very music is on the left
                pair_sides[t.kind] += sign
            else:
                assert t.left[1] == t.right[1] == t.material
                pair_sides[t.kind, frozenset([t.left[0], t.right[0]])] += sign
                system_sides[t.kind, t.left[0]] += 1
                system_sides[t.kind, t.right[0]] -= 1
            item_sides[item] += sign
    for kind, counts in shown.items():
        n = len(design.systems)
        there = {"mismatch": n, "single": n}.get(kind, n * (n - 1) // 2) * len(design.materials)
        every = [*counts.values(), *[0] * (there - len(counts))]
        assert max(every) - min(every) <= 1, "seen equally often"
        assert sum(every) == design.raters * wanted[kind]
    for sides in (item_sides, pair_sides):
        assert all(abs(d) <= 1 for d in sides.values()), "left as often as right, or once more"
    for (kind, system), d in system_sides.items():
        assert abs(d) <= 1, (kind, system)


def test_whole_rounds_are_exactly_balanced() -> None:
    plan = make_plan(design_of(3, 4, 24, [("preference", 12)]))
    sides = Counter((t.left, t.right) for p in plan for t in p.trials if t.kind == "preference")
    assert len(sides) == 24 and set(sides.values()) == {12}


def test_the_same_seed_gives_the_same_plan_and_raters_different_orders() -> None:
    a, b = (make_plan(design_of(3, 3, 10, [("preference", 9)], seed=5)) for _ in range(2))
    assert a == b != make_plan(design_of(3, 3, 10, [("preference", 9)], seed=6))
    assert len({p.trials for p in a}) == 10


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(1, 9), st.integers(1, 30))
def test_checks_never_come_first_and_ask_for_both_ends(checks: int, trials: int, raters: int) -> None:
    plan = make_plan(design_of(3, 3, raters, [("preference", trials)], checks=checks))
    asked = Counter()
    for place in plan:
        assert place.trials[0].kind != "check"
        asked.update(t.expect for t in place.trials if t.kind == "check")
        assert all((t.expect in (-2, 2)) == (t.kind == "check") for t in place.trials)
    assert abs(asked[-2] - asked[2]) <= 1


def test_the_practice_shows_dances_that_do_not_come_again_where_there_are_such() -> None:
    for place in make_plan(design_of(2, 6, 20, [("preference", 3)], checks=0)):
        used = {c for t in place.trials for c in (t.left, t.right)}
        assert not {place.practice.left, place.practice.right} & used


def test_systems_are_spread_over_every_rater() -> None:
    # 6 pairs of systems, 6 trials each: whoever takes part sees every pair of systems, or nearly
    for place in make_plan(design_of(4, 5, 40, [("preference", 6)], checks=0)):
        pairs = Counter(frozenset([t.left[0], t.right[0]]) for t in place.trials)
        assert max(pairs.values()) <= 2 and len(pairs) >= 5
