"""Tiny corpora built whole: the same bytes whether killed, continued or made by two processes."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest
from dances import clip, write_folder

from dance_core.cli.corpus import studio_dance
from dance_core.corpus import clips as corpus_clips
from dance_core.corpus.build import build, make_pair
from dance_core.corpus.card import write_card
from dance_core.corpus.pairs import Corpus
from dance_core.corpus.plan import Line, Order, load_clips, plan
from dance_core.corpus.songs import SongOrder, sing
from dance_core.errors import UserError
from dance_core.settings import Settings

HOURS = 0.02  # 72 s: one song for each split


@pytest.fixture(scope="module")
def dances(tmp_path_factory: pytest.TempPathFactory) -> str:
    clips = [clip(f"d{i}", (0.45, 0.5, 0.6)[i % 3], 10.0, i) for i in range(6)] + [clip("spin", 0.5, 10.0, 6)]
    notes = {"practice/spin": "break, FLOOR WORK"}
    return str(write_folder(tmp_path_factory.mktemp("dances"), clips, notes))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One cache of songs for all builds of this file: writing them is what takes time."""
    return Settings(data_dir=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, dances: str, cache: Settings) -> Path:
    out = tmp_path_factory.mktemp("built") / "corpus"
    order = Order(HOURS, 1, dances, debian=False)
    seen: list[tuple[int, int]] = []
    build(out, order, studio_dance, cache, progress=lambda *x: seen.append(x))
    assert seen[-1][0] == seen[-1][1] == len(Corpus.open(out).rows)
    write_card(out, order)
    return out


def bytes_of(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def test_pairs_are_whole(built: Path) -> None:
    corpus = Corpus.open(built)
    assert {r.split for r in corpus.rows} == {"train", "val", "test"}
    assert {r.dance_kind for r in corpus.rows} == {"real", "studio"}
    for pair, row in zip(corpus.pairs(), corpus.rows, strict=True):
        assert pair.motion.parts == {"body", "hands", "face"}
        assert pair.seconds == pytest.approx(row.seconds, abs=1e-3)
        assert pair.beats.times.min() >= 0 and pair.beats.times.max() < pair.seconds
        assert pair.features.column("loudness").max() > 0.3
        # the features are those of the whole song, cut out: their beats are the pair's
        marked = np.flatnonzero(pair.features.column("beat")) / 30
        assert np.abs(marked[:, None] - pair.beats.times).min(1).max() <= 1 / 30
        told = pair.provenance
        assert told["song_kind"] == "studio" and told["code"] and told["song_licence"]
        if row.dance_kind == "real":
            assert told["licences"] == ["CC0-1.0"] and told["attribution"] == ["Made by a test."]
            assert all(d.startswith("practice/d") for d in row.dances) and told["marks"] == []


def test_no_dance_is_in_two_splits(built: Path) -> None:
    rows = Corpus.open(built).rows
    for what in (lambda r: {r.song}, lambda r: set(r.dances)):
        held = [set().union(*(what(r) for r in rows if r.split == s)) for s in ("train", "val", "test")]
        assert not (held[0] & held[1] or held[0] & held[2] or held[1] & held[2])


def test_a_killed_build_goes_on_and_ends_with_the_same_bytes(built: Path, tmp_path: Path, dances: str,
                                                            cache: Settings) -> None:
    again = tmp_path / "corpus"
    shutil.copytree(built, again)
    (again / "index.json").unlink()
    files = sorted((again / "pairs").glob("*.npz"))
    files[0].unlink()
    files[1].write_bytes(files[1].read_bytes()[:1000])  # half written by something else
    order = Order(HOURS, 1, dances, debian=False)
    build(again, order, studio_dance, cache)
    write_card(again, order)
    assert bytes_of(again) == bytes_of(built)


def test_two_processes_make_the_same_bytes(built: Path, tmp_path: Path, dances: str, cache: Settings) -> None:
    order = Order(HOURS, 1, dances, debian=False)
    build(tmp_path / "corpus", order, studio_dance, cache, jobs=2)
    write_card(tmp_path / "corpus", order)
    assert bytes_of(tmp_path / "corpus") == bytes_of(built)


def test_another_corpus_is_not_mixed_in(built: Path, dances: str, cache: Settings) -> None:
    before = bytes_of(built)
    for other in (Order(HOURS, 2, dances, debian=False), Order(HOURS, 1, "", debian=False)):
        with pytest.raises(UserError, match="another corpus"):
            build(built, other, studio_dance, cache)
    assert bytes_of(built) == before


@pytest.mark.parametrize(("hours", "jobs", "said"), [(0, 1, "0 hours"), (-1, 1, "-1 hours"),
                                                     (2000, 1, "2000 hours"), (1, 0, "0 jobs")])
def test_orders_out_of_range_are_refused(tmp_path: Path, cache: Settings, hours: float, jobs: int,
                                         said: str) -> None:
    with pytest.raises(UserError, match=said):
        build(tmp_path / "c", Order(hours, 1), studio_dance, cache, jobs)
    assert not (tmp_path / "c").exists()


def test_the_card_says_what_is_real_and_on_what_terms(built: Path) -> None:
    card = Corpus.open(built).card
    for words in ("Made by a test.", "CC0-1.0", "laid on by rule", "## Measured", "recorded: party",
                  "pairs, real: party", "pairs, studio", "## Held out",
                  "6% in 3/4 and 4% in 6/8", "0.0 minutes in 6/8"):
        assert words in card
    assert "Studio alone" not in card


def test_floor_work_is_in_no_dance_and_its_mark_goes_with_it(built: Path, dances: str, cache: Settings,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    card = Corpus.open(built).card
    assert "| practice/spin | 10.0 | floor work |" in card
    # as soon as such clips may be arranged, the pairs say so
    monkeypatch.setattr(corpus_clips, "NOT_ARRANGED", frozenset())
    order = Order(0.1, 2, dances, debian=False)
    made = (make_pair(line, sing(line.song, cache), order, studio_dance)
            for line in plan(order, load_clips(order)) if line.family and line.split == "train")
    marked = next(pair for pair in made if "practice/spin" in pair.provenance["dances"])
    assert marked.provenance["marks"] == ["floor work"]


def test_without_real_dances_the_card_says_so(tmp_path: Path, cache: Settings,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dance_core.corpus.plan.STUDIO_SECONDS", (22.0, 24.0))
    order = Order(0.01, 5, debian=False)
    rows = build(tmp_path / "c", order, studio_dance, cache)
    write_card(tmp_path / "c", order)
    assert {r.dance_kind for r in rows} == {"studio"}
    assert "the Studio alone is this corpus" in Corpus.open(tmp_path / "c").card


def test_an_excerpt_of_a_studio_dance_is_a_slice_of_the_whole(cache: Settings) -> None:
    order = Order(HOURS, 1, debian=False)
    line = plan(order, load_clips(order))[0]
    sung = sing(line.song, cache)
    pair = make_pair(line, sung, order, studio_dance)
    first = round(line.start * 30)
    whole = studio_dance(sung.features, sung.beats, line.style, line.seed)
    assert np.array_equal(pair.motion.rotations, whole.rotations[first:first + len(pair.motion)])
    assert np.array_equal(pair.features.values, sung.features.values[first:first + len(pair.features)])
    assert pair.beats.tempo == pytest.approx(line.song.tempo, rel=0.2)


def test_a_waltz_stays_one_in_the_cache_and_in_its_pair(tmp_path: Path) -> None:
    song = SongOrder("studio", "studio/waltz-5", "waltz", 5, 22.0, 60.0, metre="6/8")
    order, settings = Order(HOURS, 1, debian=False), Settings(data_dir=tmp_path)
    line = Line("00000-train-waltz", "train", "waltz", "", song, 0.0, 21.0, 3)
    for _ in range(2):  # written, then read
        beats = sing(song, settings).beats
        assert beats.beats_per_bar == 2 and beats.tempo == pytest.approx(60.0)
        assert set(beats.bar_position) == {1, 2}
    pair = make_pair(line, sing(song, settings), order, studio_dance)
    assert pair.beats.beats_per_bar == 2 and pair.provenance["metre"] == "6/8" and pair.style == "waltz"


def test_a_song_from_the_cache_is_the_song(cache: Settings, tmp_path: Path) -> None:
    order = Order(HOURS, 1, debian=False)
    song = plan(order, load_clips(order))[0].song
    kept = sing(song, cache)
    shutil.copytree(cache.cache_dir / "songs", tmp_path / "cache" / "songs")
    for path in (tmp_path / "cache" / "songs").glob("*.npz"):
        path.write_bytes(b"broken")
    written = sing(song, Settings(data_dir=tmp_path))  # again, because nothing of use is there
    assert np.array_equal(kept.features.values, written.features.values)
    assert np.array_equal(kept.beats.times, written.beats.times)
