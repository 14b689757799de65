"""The whole evaluation on a small corpus: tables, controls that fail, and going on where it was stopped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from practice import Walker
from small_corpus import build, studio_pair

from dance_core.cli import main
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.evaluation import making, report
from dance_core.evaluation.clips import choose_clips, cut, other_music
from dance_core.evaluation.protocol import Asked, Evaluation, aggregate
from dance_core.generators import registry

ASKED = Asked(clips=6, seeds=2, seconds=10.0, long_dances=1, long_seconds=24.0, lock_seconds=12.0,
              verified=2, lock_seeds=1, lock_styles=("gHO",), lock_tempos=(100.0,))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Corpus:
    return build(tmp_path_factory.mktemp("corpus"), 12.0)


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def result(corpus, out):
    from dance_core.settings import Settings

    return Evaluation(registry()["choreographer"], corpus, out, ASKED, Settings()).run()


@pytest.fixture(scope="module")
def told(result, out) -> dict:
    report.write(out, result, {"pairs": 15})
    return json.loads((out / "table.json").read_text(encoding="utf-8"))


def values(told: dict, row: str) -> dict[str, float]:
    return {k: v["mean"] for r in told["rows"] if r["name"] == row for k, v in r["values"].items()}


def test_clips_take_styles_in_turn_and_are_cut_to_the_frame(corpus):
    clips = choose_clips(corpus, 6, 10.0)
    assert [c.style for c in clips] == ["gHO", "gJB", "gKR"] * 2 or len({c.style for c in clips[:3]}) == 3
    assert all(len(c.features) == len(c.motion) == 300 for c in clips)
    assert len({c.id for c in clips}) == 6
    with pytest.raises(UserError, match="no pair of 50 s"):
        choose_clips(corpus, 6, 50.0)


def test_a_clip_of_the_middle_counts_from_its_own_start():
    pair = studio_pair("gHO", 1, "test", 12.0)
    clip = cut(pair, 60, 240)
    assert np.array_equal(clip.motion.translation, pair.motion.translation[60:300])
    inside = pair.beats.times[(pair.beats.times >= 2) & (pair.beats.times < 10)]
    assert clip.beats.times == pytest.approx(inside - 2)
    features, beats = clip.early
    ahead = round(30 / pair.beats.tempo * 30)
    assert np.array_equal(features.values, pair.features.values[60 + ahead:300 + ahead])
    later = clip.beats.times[clip.beats.times > 1]
    period = 60 / pair.beats.tempo
    off = np.abs(later[:, None] - beats.times[None]).min(1)
    assert off[:-1] == pytest.approx(period / 2, abs=0.02)  # half a beat off everywhere
    with pytest.raises(ValueError, match="of 360"):
        cut(pair, 200, 240)


def test_shuffled_music_is_of_another_song(corpus):
    clips = choose_clips(corpus, 6, 10.0)
    assert all(clips[i].song != clips[j].song for i, j in enumerate(other_music(clips)))
    with pytest.raises(UserError, match="one song"):
        other_music([clips[0], clips[0]])


def test_every_control_is_in_the_table_and_fails_where_it_should(told):
    names = [r["name"] for r in told["rows"]]
    assert names == ["ground truth", "ground truth (real)", "ground truth (studio)",
                     "ground truth, other music", "ground truth, parts swapped", "jittered", "frozen",
                     "choreographer", "choreographer (clips of real)", "choreographer, other music",
                     "choreographer, parts swapped", "choreographer, music half a beat off"]
    truth, tremble, still = (values(told, n) for n in ("ground truth", "jittered", "frozen"))
    own, other = values(told, "choreographer"), values(told, "choreographer, other music")
    assert own["bas_gain"] > 0.1 > other["bas_gain"]
    assert tremble["rests"] > truth["rests"] and tremble["jerk_raw"] > 3 * truth["jerk_raw"]
    assert tremble["low_foot"] > truth["low_foot"] + 0.3 and tremble["fsr"] > truth["fsr"] + 0.3
    assert tremble["skating"] > truth["skating"] + 0.3
    assert still["still"] == 1.0 and still["bas"] == 0.0 and still["pfc"] == 0.0 and still["speed"] == 0.0
    assert still["div_k"] < 0.5 * truth["div_k"] and still["fid_k_fixed"] > truth["fid_k_fixed"]
    assert own["reference_deg"] < 0.1 and "reference_deg" not in truth
    assert "speed" not in other  # only what has to do with music
    assert own["recall"] > other["recall"] and still["precision"] == still["recall"] == 0.0
    assert truth["seconds_per_fault"] == "never" and tremble["seconds_per_fault"] < 2.0  # no fault, many
    assert 0.0 <= own["hands_through"] < 0.2
    assert still["structure"] == 0.0 and {"structure", "structure_chance", "structure_gain"} <= set(other)


def test_the_table_says_which_measures_a_control_deceives(out, told):
    text = (out / "table.md").read_text(encoding="utf-8")
    lines = (line[2:].partition(": ") for line in text.splitlines() if line.startswith("- "))
    deceived = {name: measures for name, _, measures in lines}
    assert "PFC" in deceived["frozen"] and "BAS" not in deceived["frozen"]
    assert "jerk raw" not in deceived["jittered"] and "gain" not in deceived["choreographer, other music"]


def test_a_judge_of_another_corpus_is_told(told):
    stranger = {**told, "judged": True, "judge_learned_from": "abc", "corpus": {"index": "def"}}
    assert "trained on another corpus" in report.markdown(stranger)
    assert "trained on another corpus" not in report.markdown({**stranger, "corpus": {"index": "abc"}})


def test_the_table_says_how_it_was_asked_and_what_is_held(told, out):
    assert told["asked"]["clips"] == 6 and told["songs"] == 6 and told["corpus"] == {"pairs": 15}
    assert {"dance_core", "evaluation", "choreographer"} <= set(told["code"])
    by_name = {c["name"]: c for c in told["criteria"]}
    assert by_name["frame 0 (worst dance)"]["held"] is True
    assert by_name["on the beat"]["measured"].startswith("0.")
    assert len(by_name) == len(told["criteria"]) >= 15
    text = (out / "table.md").read_text(encoding="utf-8")
    pools = told["pools"]
    assert pools["corpus"] > pools["training"] > 1
    for part in ("## Rhythm", "## Phase lock: choreographer", "## What is asked", "| frozen |", "FID_k",
                 f"{pools['corpus']} excerpts of 10 s", f"{pools['training']} of its training", "1,320"):
        assert part in text
    assert "nan" not in text


def test_locks_and_long_dances_are_measured(result):
    locks = result.locks["choreographer"]
    assert len(locks) == 2 and all(lock.dances == 1 for lock in locks)
    assert locks[-1].name == "90 → 140 BPM" and np.isfinite(locks[-1].after)
    (true,) = result.locks["ground truth"]
    assert true.name == "100 BPM ± 8%" and true.dances >= 1 and true.lock > 0.1
    (long,) = result.long["choreographer"]
    assert long["seconds"] == pytest.approx(24.0, abs=0.1) and 0.3 < long["last_against_first"] < 3


def test_a_row_is_the_mean_over_clips_then_seeds(result, told):
    row = next(r for r in result.rows if r.name == "choreographer")
    by_seed = aggregate(row, result)["speed"]
    assert len(by_seed) == 2 and len(row.entries) == 12
    first = [e.values["speed"] for e in row.entries if e.seed == 0]
    assert by_seed[0] == pytest.approx(np.mean(first))
    kept = next(r for r in told["rows"] if r["name"] == "choreographer")["values"]["speed"]
    assert kept["mean"] == pytest.approx(np.mean(by_seed)) and kept["low"] <= kept["mean"] <= kept["high"]


def test_what_was_made_is_not_made_again(result, corpus, out, settings, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("a dance was made again")

    monkeypatch.setattr(making, "make", never)
    less = replace(ASKED, lock_seeds=0, long_dances=0, verified=0)  # to be quick: the same dances otherwise
    again = Evaluation(registry()["choreographer"], corpus, out, less, settings).run()
    assert [aggregate(r, again) for r in again.rows] == [aggregate(r, result) for r in result.rows]
    # one dance torn in two: it alone is made again
    monkeypatch.undo()
    torn = next((out / "made").rglob(f"{result.clips[0].id}-*-s1.npz"))
    torn.write_bytes(torn.read_bytes()[:100])
    made: list[object] = []
    real = making.make
    monkeypatch.setattr(making, "make", lambda *a: made.append(a) or real(*a))
    Evaluation(registry()["choreographer"], corpus, out, replace(less, clips=3), settings).run()
    assert len(made) == 1


def test_a_generator_with_seams_stands_beside_the_baseline(corpus, tmp_path, settings):
    walker = Walker(context_frames=10)
    asked = replace(ASKED, clips=3, seeds=1, lock_seeds=0, long_dances=0, verified=0)
    result = Evaluation(walker, corpus, tmp_path, asked, settings, registry()["choreographer"]).run()
    told = report.as_dict(result, {})
    rows = {r["name"]: r["values"] for r in told["rows"]}
    assert {"practice", "practice, other music", "choreographer", "choreographer, other music"} <= set(rows)
    # where the walker's dances are joined there is a seam, and the truth is asked at the same frames
    assert rows["practice"]["seam"]["mean"] > 0 and rows["ground truth"]["seam"]["mean"] > 0
    held = {c["name"]: c["held"] for c in told["criteria"]}
    assert held["on the beat"] is False  # it walks at its own pace
    assert walker.loads == 1 and all(r.style in walker.needs.styles for r in walker.requests)
    assert {"practice", "choreographer"} <= set(told["code"])


def test_the_command_writes_both_tables(corpus, tmp_path, capsys):
    (tmp_path / "about.md").write_text("# How it was trained\n", encoding="utf-8")
    (tmp_path / "stress.md").write_text("# Stress\n", encoding="utf-8")
    code = main(["evaluate", "--generator", "choreographer", "--corpus", str(corpus.folder), "--out",
                 str(tmp_path / "t"), "--clips", "3", "--seeds", "1", "--seconds", "8", "--quick", "--card",
                 str(tmp_path / "card.md")])
    out, _ = capsys.readouterr()
    assert code == 0 and "# Choreographer" in out
    card = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert card.startswith("# How it was trained\n\n# Chor") and card.endswith("\n\n# Stress\n")
    assert (tmp_path / "t" / "table.md").is_file() and (tmp_path / "t" / "table.json").is_file()


@pytest.mark.parametrize("arguments,says", [
    ([], "A corpus is needed"),
    (["--corpus", "nowhere", "--out", "x"], "There is no corpus"),
    (["train-evaluator"], "A corpus is needed"),
    (["aistpp", "--motions", "nowhere"], "no npz with beat_times"),
    (["--clips", "0"], "no number from 1"),
])
def test_bad_input_is_one_sentence(arguments, says, capsys):
    assert main(["evaluate", *arguments]) == 2
    assert says in capsys.readouterr().err
