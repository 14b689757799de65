"""Which pairs there will be: splits of dances and of songs, shares, and nothing by chance of the day."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import numpy as np
import pytest
from dances import clip
from hypothesis import given
from hypothesis import strategies as st

from dance_core.corpus.clips import Clip, Clips
from dance_core.corpus.plan import SECONDS, SHARES, THREES, Order, plan, shelves
from dance_core.corpus.songs import DEBIAN
from dance_core.corpus.splits import share_out
from dance_core.corpus.studio.song_styles import styles_in
from dance_core.motion.motion import Motion


def lying(name: str, seconds: float, family: str = "f", group: str = "", split: str = "") -> Clip:
    """A clip that is only as long as it says."""
    frames = max(1, round(seconds * 30))
    motion = Motion(30, np.zeros((frames, 55, 3)), np.zeros((frames, 3)), np.zeros((frames, 52)))
    return Clip(name, family, "party", group or name, motion, "", "", split=split)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9), st.sampled_from("ab")), max_size=30))
def test_every_dance_is_in_one_split_whole(given_clips: list[tuple[int, int, str]]) -> None:
    clips = [lying(f"{f}{i}", s, f, f"{f}-{g}") for i, (s, g, f) in enumerate(given_clips)]
    splits = share_out(clips)
    assert set(splits) == {c.group for c in clips}
    assert set(splits.values()) <= {"train", "val", "test"}
    for family in {c.family for c in clips}:  # there is always something to learn from
        assert "train" in {splits[c.group] for c in clips if c.family == family}


def test_shares_are_about_what_they_should_be() -> None:
    clips = [lying(f"c{i}", 20 + i % 7) for i in range(60)]
    splits = share_out(clips)
    seconds: dict[str, float] = defaultdict(float)
    for c in clips:
        seconds[splits[c.group]] += c.motion.duration
    for split, share in SHARES.items():
        assert seconds[split] / sum(seconds.values()) == pytest.approx(share, abs=0.03)
    assert share_out(clips[::-1]) == splits


def test_small_families_are_not_cut_up_and_a_source_s_own_split_stays() -> None:
    assert set(share_out([lying("a", 10), lying("b", 10)]).values()) == {"train"}
    told = share_out([lying(f"x{i}", 10, split="test") for i in range(3)] + [lying("y", 10)])
    assert [told[f"x{i}"] for i in range(3)] == ["test"] * 3 and told["y"] == "train"


@cache
def some_clips() -> Clips:
    return Clips(tuple(clip(f"{i}", 0.5, 8.0, i, family) for family in ("salsa", "disco") for i in range(8)))


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_no_song_and_no_dance_is_in_two_splits(seed: int) -> None:
    lines = plan(Order(1.0, seed), some_clips())
    where: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        where[line.song.name].add(line.split)
        where[f"studio dance {line.seed}"].add(line.split)
    assert all(len(splits) == 1 for splits in where.values())
    held = shelves(some_clips().clips)
    assert all((line.split, line.family) in held for line in lines if line.family)
    found = {s.name: s.split for s in DEBIAN}
    assert all(found[line.song.name] == line.split for line in lines if line.song.kind == "debian")


def test_hours_shares_and_lengths_are_kept() -> None:
    lines = plan(Order(3.0, 4), some_clips())
    seconds: dict[str, float] = defaultdict(float)
    for line in lines:
        seconds[line.split] += line.seconds
        assert SECONDS[0] - 0.01 <= line.seconds <= SECONDS[1] or line.song.seconds < 60
        assert 0 <= line.start and line.start + line.seconds <= line.song.seconds + 1 / 30
    for split, share in SHARES.items():
        assert seconds[split] == pytest.approx(share * 3 * 3600, abs=90)
    real = sum(line.seconds for line in lines if line.family)
    assert real / sum(seconds.values()) == pytest.approx(0.45, abs=0.06)
    assert len({line.id for line in lines}) == len(lines)


def test_all_styles_are_danced_about_as_much_in_every_split() -> None:
    lines = plan(Order(8.0, 2), Clips())
    for split in SHARES:
        had: dict[str, float] = defaultdict(float)
        for line in lines:
            if line.split == split:
                had[line.style] += line.seconds
        assert set(had) == {*styles_in("4/4"), "waltz"}
        ten = [had[style] for style in styles_in("4/4")]
        assert max(ten) - min(ten) < 260
    tempi = [line.song.tempo for line in lines if line.song.kind == "studio" and line.song.metre == "4/4"]
    assert min(tempi) < 82 and max(tempi) > 158 and np.std(tempi) > 15


def test_a_small_share_is_in_three_and_danced_by_the_studio_alone() -> None:
    lines = plan(Order(6.0, 5), some_clips())
    for split in SHARES:
        whole = sum(line.seconds for line in lines if line.split == split)
        for metre, share in THREES.items():
            there = [line for line in lines if line.split == split and line.song.metre == metre]
            # no nearer than a song, which is danced twice
            assert abs(sum(line.seconds for line in there) - share * whole) < 2 * SECONDS[1]
            assert there and {line.family for line in there} == {""}
            assert {line.song.style for line in there} <= set(styles_in(metre))
            songs = {line.song.name for line in there}
            assert sum(line.style == "waltz" for line in there) == len(songs) == len(there) / 2
    assert {line.style for line in lines if line.song.metre == "4/4"}.isdisjoint({"waltz"})


def test_the_plan_depends_on_the_order_alone() -> None:
    assert plan(Order(0.5, 3), some_clips()) == plan(Order(0.5, 3), some_clips())
    assert plan(Order(0.5, 3), some_clips()) != plan(Order(0.5, 4), some_clips())


def test_without_real_dances_the_studio_dances_everything() -> None:
    lines = plan(Order(0.5, 3, debian=False), Clips())
    assert {line.family for line in lines} == {""} and {line.song.kind for line in lines} == {"studio"}
