"""Music search: what is found is what brute force finds, and a dance's own song is ranked among others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from learning import danced

from dance_core.errors import UserError
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.soulnet import search
from dance_core.generators.soulnet.mmr import Mmr, motion_vectors, music_vectors
from dance_core.generators.soulnet.mmr_config import MMR_CONFIGS
from dance_core.generators.soulnet.search import Candidate, Fit, Known, dance_clips, fit, gather, nearest
from dance_core.music.features import Features

TINY = MMR_CONFIGS["tiny"]


@pytest.fixture(scope="module")
def mmr() -> Iterator[Mmr]:
    torch.manual_seed(4)
    with one_thread():
        yield Mmr(TINY).requires_grad_(False).eval()


def music(rng: np.random.Generator, frames: int) -> Features:
    values = rng.normal(size=(frames, len(TINY.features))).astype(np.float32)
    return Features(values, TINY.features)


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray:
    v = rng.normal(size=(*shape, TINY.vector))
    return (v / np.linalg.norm(v, axis=-1, keepdims=True)).astype(np.float32)


def test_the_nearest_dances_are_those_of_brute_force(mmr: Mmr) -> None:
    rng = np.random.default_rng(0)
    song = music(rng, 3 * TINY.clip + 50)
    dances = [Candidate(f"d{i}", "", unit(rng, 2 + i % 2, 2)) for i in range(7)]
    best = {}
    for d in dances:
        for start in range(0, len(song) - 2 * TINY.clip + 1, search.STEP):
            heard = music_vectors(mmr, song.values, np.array([start, start + TINY.clip]))
            near = float((d.clips[:2] * heard).sum()) / 4
            if near > best.get(d.name, (-2.0, 0))[0]:
                best[d.name] = near, start
    hits = nearest(mmr, song, dances)
    assert [h.name for h in hits] == sorted(best, key=lambda name: -best[name][0])
    for h in hits:
        assert h.similarity == pytest.approx(best[h.name][0], abs=1e-5)
        assert h.start == pytest.approx(best[h.name][1] / 30)


def test_a_dance_that_is_the_song_itself_is_found_where_it_lies(mmr: Mmr) -> None:
    rng = np.random.default_rng(1)
    song = music(rng, 500)
    inside = music_vectors(mmr, song.values, np.array([120, 120 + TINY.clip]))
    hits = nearest(mmr, song, [Candidate("other", "", unit(rng, 2, 2)), Candidate("own", "x", inside)])
    assert (hits[0].name, hits[0].about, hits[0].start) == ("own", "x", 4.0)
    assert hits[0].similarity == pytest.approx(1.0, abs=1e-5)


def test_a_song_shorter_than_a_clip_is_refused_with_its_length(mmr: Mmr) -> None:
    with pytest.raises(UserError, match=r"The song has 2.0 s, but to search by it takes 3.2 s"):
        nearest(mmr, music(np.random.default_rng(2), 60), [])


def test_the_rank_counts_the_songs_that_are_nearer(mmr: Mmr) -> None:
    rng = np.random.default_rng(3)
    _, _, motion = danced("gHO", 3, 8.0)
    own = music(rng, len(motion))
    clips = dance_clips(mmr, motion)
    assert clips.shape == (2, 2, TINY.vector)
    rows = mmr.code().encode(motion)
    np.testing.assert_allclose(clips[0], motion_vectors(mmr, rows, np.array([0]))[0], atol=2e-3)
    others = unit(rng, 30, 4, 2)
    others[5] = others[11] = np.concatenate([clips, clips])  # two songs that fit perfectly
    mine = float((clips * search.song_clips(mmr, own)[:2]).sum())
    nearer = sum(float((clips * other[:2]).sum()) >= mine for other in others)
    found = fit(mmr, motion, own, Known(tuple(map(str, range(30))), ("",) * 30, others))
    assert found == Fit(1 + nearer, 31, 6.4, "5")


def test_too_short_a_dance_has_no_rank_and_is_not_searched(mmr: Mmr) -> None:
    rng = np.random.default_rng(5)
    _, _, motion = danced("gLO", 1, 8.0)
    short = motion.slice(0, TINY.clip - 1)
    others = Known(("a",), ("",), unit(rng, 1, 4, 2))
    assert fit(mmr, short, music(rng, 200), others) is None
    kept, left_out = gather(mmr, [("long", "", motion), ("short", "", short)])
    assert [d.name for d in kept] == ["long"] and left_out == ["short"]


def test_known_songs_go_through_their_file_and_the_own_is_left_out(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    known = Known(("A song", "Ünder <b>", "third"), ("d1", "", "d3"), unit(rng, 3, 4, 2))
    known.save(tmp_path / search.SONGS)
    again = Known.load(tmp_path / search.SONGS)
    assert (again.names, again.digests) == (known.names, known.digests)
    np.testing.assert_allclose(again.clips, known.clips, atol=1e-3)
    assert again.without("third", "d1").names == ("Ünder <b>",)
    assert len(again.without("none", "none")) == len(again.without("", "")) == 3


@pytest.mark.parametrize("content", [b"", b"not a safetensors file", b"\x08" + b"\0" * 7 + b"{}      "])
def test_damaged_songs_are_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / search.SONGS).write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        Known.load(tmp_path / search.SONGS)
    with pytest.raises(UserError, match="missing"):
        Known.load(tmp_path / "elsewhere" / search.SONGS)


def test_the_own_song_under_another_name_is_no_other(mmr: Mmr) -> None:
    rng = np.random.default_rng(3)
    _, _, motion = danced("gHO", 3, 8.0)
    features = music(rng, len(motion))
    own = search.song_clips(mmr, features)
    others = np.concatenate([own[None], unit(rng, 4, len(own), 2)])
    found = fit(mmr, motion, features, Known(("renamed", "a", "b", "c", "d"), ("",) * 5, others))
    assert found.of == 5 and found.nearest in "abcd"
    assert fit(mmr, motion, features, Known(("renamed",), ("",), own[None])) is None
