"""Test clips that stay what they are while the corpus grows."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import small_corpus

from dance_core.corpus.pairs import Corpus, pair_path, row_of, save_index, save_pair
from dance_core.errors import UserError
from dance_core.evaluation.clips import choose_clips
from dance_core.evaluation.frozen import FROZEN, freeze, held_out


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return small_corpus.build(tmp_path / "corpus", 12.0)


@pytest.fixture
def frozen(corpus: Corpus, tmp_path: Path) -> Path:
    path = tmp_path / "clips.json"
    assert freeze(corpus, 6, 6.0, path) == 6
    return path


def test_they_are_those_that_were_chosen(corpus: Corpus, frozen: Path) -> None:
    clips, told = held_out(corpus, 6, 6.0, frozen)
    assert [c.id for c in clips] == [c.id for c in choose_clips(corpus, 6, 6.0)]
    assert told == "The 6 clips that are frozen in clips.json."
    first, told = held_out(corpus, 2, 6.0, frozen)
    assert [c.id for c in first] == [c.id for c in clips[:2]]
    assert "2 clips" in told


def test_a_corpus_that_grows_changes_none(corpus: Corpus, frozen: Path) -> None:
    before = [c.id for c in held_out(corpus, 6, 6.0, frozen)[0]]
    more = dataclasses.replace(small_corpus.studio_pair("gBR", 9, "test", 12.0), id="00000-test-gBR")
    save_pair(pair_path(corpus.folder, more.id), more)
    save_index(corpus.folder, [row_of(more), *corpus.rows])
    grown = Corpus.open(corpus.folder)
    assert [c.id for c in choose_clips(grown, 6, 6.0)] != before
    assert [c.id for c in held_out(grown, 6, 6.0, frozen)[0]] == before


def test_a_corpus_without_them_says_so(corpus: Corpus, frozen: Path) -> None:
    told = json.loads(frozen.read_text())
    for clip in told["clips"][:2]:
        clip["pair"] += "-gone"
    frozen.write_text(json.dumps(told))
    clips, words = held_out(corpus, 6, 6.0, frozen)
    assert len(clips) == 6
    assert words == "Clips chosen from this corpus: its test split lacks 2 of the 6 that are frozen."


def test_a_clip_that_holds_something_else_is_told(corpus: Corpus, frozen: Path) -> None:
    clip = held_out(corpus, 6, 6.0, frozen)[0][0]
    pair = corpus.pair(clip.pair)
    still = dataclasses.replace(pair.motion, translation=pair.motion.translation * 3)
    save_pair(pair_path(corpus.folder, pair.id), dataclasses.replace(pair, motion=still))
    words = held_out(Corpus.open(corpus.folder), 6, 6.0, frozen)[1]
    same = sum(c.pair == clip.pair for c in held_out(corpus, 6, 6.0, frozen)[0])
    assert f"but {same} hold other music or another dance" in words


def test_other_lengths_and_more_clips_are_chosen_anew(corpus: Corpus, frozen: Path) -> None:
    assert held_out(corpus, 6, 5.0, frozen)[1] == "Clips chosen from this corpus: frozen are 6 of 6 s."
    assert len(held_out(corpus, 9, 6.0, frozen)[0]) == 9
    with pytest.raises(UserError, match="has 12 test clips of 6 s; 99 were expected"):
        freeze(corpus, 99, 6.0, frozen)


def test_those_of_the_project_are_forty_of_twenty_seconds() -> None:
    told = json.loads(FROZEN.read_text(encoding="utf-8"))
    assert told["seconds"] == 20.0
    assert len({(c["pair"], c["start"]) for c in told["clips"]}) == 40
    assert all("-test-" in c["pair"] for c in told["clips"])
