"""A pair and the folder of pairs: what is written comes back, and what is not whole is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dance_core.corpus.pairs import Corpus, Pair, load_pair, pair_path, row_of, save_index, save_pair
from dance_core.errors import UserError
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features


def a_pair(id: str = "a-1", split: str = "train", style: str = "gHO", frames: int = 60) -> Pair:
    rng = np.random.default_rng(len(id))
    motion = Motion(30, rng.normal(0, 1, (frames, 55, 3)), rng.normal(0, 1, (frames, 3)),
                    rng.uniform(0, 1, (frames, 52)), parts=frozenset({"body", "face"}))
    features = Features(rng.normal(0, 1, (frames, 2)).astype(np.float32), ("loudness", "beat"))
    beats = Beats(np.array([0.25, 0.75, 1.5]), np.array([3, 4, 1]), 100.0, 0.75)
    told = {"song": "studio/x", "song_kind": "studio", "dance_kind": "real", "dances": ["b", "c"], "seed": 3}
    return Pair(id, split, style, features, beats, motion, told)


def a_corpus(folder: Path) -> Corpus:
    (folder / "pairs").mkdir()
    pairs = [a_pair("a", "train", "gHO"), a_pair("b", "train", "salsa", 90), a_pair("c", "test", "gHO")]
    for pair in pairs:
        save_pair(pair_path(folder, pair.id), pair)
    save_index(folder, [row_of(p) for p in pairs], seed=1)
    return Corpus.open(folder)


def test_a_pair_comes_back_as_it_was(tmp_path: Path) -> None:
    pair = a_pair()
    save_pair(tmp_path / "a.npz", pair)
    back = load_pair(tmp_path / "a.npz")
    assert (back.id, back.split, back.style, dict(back.provenance)) == \
        (pair.id, pair.split, pair.style, dict(pair.provenance))
    assert np.array_equal(back.features.values, pair.features.values)
    assert back.features.names == pair.features.names
    assert np.array_equal(back.beats.times, pair.beats.times)
    assert np.array_equal(back.beats.bar_position, pair.beats.bar_position)
    assert (back.beats.tempo, back.beats.confidence) == (100.0, 0.75)
    assert back.motion.parts == pair.motion.parts
    # kept to 1/16384 rad and m, and the face to 1/255
    assert np.abs(back.motion.rotations - pair.motion.rotations).max() <= 0.5 / 2**14 + 1e-6
    assert np.abs(back.motion.translation - pair.motion.translation).max() <= 0.5 / 2**14 + 1e-6
    assert np.abs(back.motion.face - pair.motion.face).max() <= 0.5 / 255 + 1e-6


def test_the_same_pair_gives_the_same_bytes(tmp_path: Path) -> None:
    save_pair(tmp_path / "a.npz", a_pair())
    save_pair(tmp_path / "b.npz", load_pair(tmp_path / "a.npz"))  # reading and writing changes nothing either
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_motion_and_music_are_equally_long() -> None:
    pair = a_pair()
    with pytest.raises(ValueError, match="59 frames"):
        Pair("x", "train", "gHO", pair.features, pair.beats, pair.motion.slice(0, 59), {})


@pytest.mark.parametrize("per_bar", [2, 3, 7])
def test_a_pair_keeps_its_beats_a_bar(tmp_path: Path, per_bar: int) -> None:
    times = np.arange(0.1, 1.9, 0.2)
    beats = Beats(times, np.arange(len(times)) % per_bar + 1, 100.0, 1.0, per_bar)
    pair = replace(a_pair(), beats=beats)
    save_pair(tmp_path / "a.npz", pair)
    back = load_pair(tmp_path / "a.npz").beats
    assert back.beats_per_bar == per_bar and np.array_equal(back.bar_position, beats.bar_position)


@pytest.mark.parametrize("id", ["", "../a", "a b", "a.npz"])
def test_an_id_is_no_path(id: str) -> None:
    pair = a_pair()
    with pytest.raises(ValueError, match="Pair.id"):
        Pair(id, "train", "gHO", pair.features, pair.beats, pair.motion, {})


def test_a_corpus_is_read_by_split_and_style(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    assert corpus.styles == ("gHO", "salsa")
    assert [p.id for p in corpus.pairs()] == ["a", "b", "c"]
    assert [p.id for p in corpus.pairs(split="train")] == ["a", "b"]
    assert [p.id for p in corpus.pairs(style="gHO")] == ["a", "c"]
    assert [p.id for p in corpus.pairs("val")] == []
    assert corpus.seconds("train") == pytest.approx(5.0)
    assert corpus.rows[0].dances == ("b", "c") and corpus.rows[0].song == "studio/x"
    assert corpus.pair("c").split == "test"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    with pytest.raises(UserError, match="no pair 'zz' among the 3"):
        corpus.pair("zz")
    with pytest.raises(UserError, match="no split 'dev'"):
        list(corpus.pairs("dev"))
    with pytest.raises(UserError, match="no corpus"):
        Corpus.open(tmp_path / "nowhere")
    pair_path(tmp_path, "a").unlink()
    with pytest.raises(UserError, match="missing"):
        corpus.pair("a")


def test_damage_is_said(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    path = pair_path(tmp_path, "a")
    whole = path.read_bytes()
    for broken in (b"", whole[:200], whole[:-500], b"PK\x03\x04" + b"\0" * 100):
        path.write_bytes(broken)
        with pytest.raises(UserError, match="damaged"):
            corpus.pair("a")
    np.savez(path, about=np.array([{"a": 1}], dtype=object), allow_pickle=True)  # a pickle is never opened
    with pytest.raises(UserError, match="damaged"):
        corpus.pair("a")
    told = json.loads((tmp_path / "index.json").read_text())
    (tmp_path / "index.json").write_text(json.dumps({**told, "format": 99}))
    with pytest.raises(UserError, match="format 99"):
        Corpus.open(tmp_path)
    (tmp_path / "index.json").write_text("{")
    with pytest.raises(UserError, match="damaged"):
        Corpus.open(tmp_path)
