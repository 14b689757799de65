"""The evaluator: it learns what can be learned, refuses what cannot, and its ranks are honest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from measured_motions import rocking
from small_corpus import build, studio_pair

from dance_core.errors import UserError
from dance_core.evaluation.evaluator.inputs import HEARD, mirrored, motion_input, music_input
from dance_core.evaluation.evaluator.judge import (
    CARD,
    FOLDER,
    Heard,
    Judge,
    load_judge,
    on_time,
    ranks,
    recall,
)
from dance_core.evaluation.evaluator.keep import save
from dance_core.evaluation.evaluator.network import Config, Evaluator
from dance_core.evaluation.evaluator.train import Seen, Training, _matching, held_out, train
from dance_core.longform.carry import Placing
from dance_core.motion.mirror import mirror

QUICK = Training(steps=25, batch=12, window_s=3.0)


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict[str, list[Seen]]:
    corpus = build(tmp_path_factory.mktemp("corpus"), 12.0)
    return {split: [Seen.of(p) for p in corpus.pairs(split)] for split in ("train", "val", "test")}


@pytest.fixture(scope="module")
def trained(seen) -> tuple[Evaluator, dict[str, float]]:
    return train(seen["train"], QUICK)


def test_where_and_which_way_somebody_dances_is_not_seen():
    dance = rocking(seconds=3.0)
    moved = Placing(2.0, np.array([3.0, 1.0])).apply(dance)
    assert motion_input(moved) == pytest.approx(motion_input(dance), abs=2e-3)
    assert motion_input(dance).shape == (90, 132)


def test_mirrored_input_is_the_input_of_the_mirrored_dance():
    dance = rocking(seconds=3.0)
    assert mirrored(motion_input(dance)) == pytest.approx(motion_input(mirror(dance)), abs=2e-3)


def test_the_judge_hears_no_beats_that_a_tracker_found(seen):
    assert not {n for n in HEARD if "phase" in n or n == "beat"}
    assert seen["train"][0].music.shape[1] == len(HEARD) == 35


def test_it_learns_songs_and_styles(trained, seen):
    network, losses = trained
    assert losses["match"] < 1.0 and np.isfinite(losses["style"])
    told = held_out(network, seen["train"], seconds=10.0)
    assert told["style"] > 0.6 and told["recall_1"] > 0.6


def test_training_is_deterministic(trained, seen):
    again, _ = train(seen["train"], QUICK)
    for a, b in zip(trained[0].state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(a, b)


def test_one_style_or_one_song_is_not_enough(seen):
    with pytest.raises(UserError, match="1 styles"):
        train([s for s in seen["train"] if s.style == "gHO"], QUICK)
    with pytest.raises(UserError, match="0 styles"):
        train([replace(s, dance=s.dance[:10], music=s.music[:10]) for s in seen["train"]], QUICK)


def test_ranks_and_recall_by_hand():
    axes = np.eye(4)
    music = [Heard(np.repeat(axes[i][None], 5, 0)) for i in range(4)]
    dances = [Heard(np.repeat(v[None], 5, 0)) for v in (axes[0], 0.9 * axes[1] + axes[2], axes[2], axes[0])]
    found = ranks(dances, music)
    assert found.tolist() == [1, 2, 1, 4]  # the last: another is better, two tie with it
    assert recall(found, 1) == 0.5 and recall(found, 2) == 0.75 and np.isnan(recall(found[:0], 1))
    with pytest.raises(ValueError, match="1 dances for 4"):
        ranks(dances[:1], music)


def test_on_time_by_hand():
    rng = np.random.default_rng(0)
    music = Heard(rng.normal(size=(150, 8)))
    assert on_time(music, music, 120.0)
    assert not on_time(Heard(np.roll(music.rows, round(15 * 0.25), 0)), music, 120.0)  # half a beat late
    assert not on_time(Heard(music.rows[:2]), music, 60.0)  # too short to say
    chance = np.mean([on_time(Heard(rng.normal(size=(60, 8))), music, 120.0) for _ in range(300)])
    assert 0.23 < chance < 0.43


def test_a_network_that_gives_nan_is_last():
    broken = [Heard(np.full((5, 3), np.nan))] * 3
    assert ranks(broken, broken).tolist() == [3, 3, 3]


def test_half_a_beat_off_is_a_wrong_answer_and_the_same_song_is_none():
    rng = torch.Generator().manual_seed(0)
    rows = torch.nn.functional.normalize(torch.randn(4, 40, 8, generator=rng), dim=-1)
    none, all_ = torch.zeros(4, 4, dtype=torch.bool), torch.ones(4, 4, dtype=torch.bool)
    sharp = torch.tensor(20.0)
    on_time = _matching(rows, rows, none, [4] * 4, sharp)
    off = _matching(rows, rows.roll(4, 1), none, [4] * 4, sharp)
    assert on_time < 0.01 < 1.0 < off
    # the dances of one song, whose music fits all: only the timing is left to tell
    same = rows[:1].repeat(4, 1, 1)
    assert _matching(same, same, all_, [4] * 4, sharp) < 0.01 < _matching(same, same, none, [4] * 4, sharp)


def test_it_is_kept_and_comes_back(trained, seen, tmp_path):
    network, losses = trained
    told = {"test": held_out(network, seen["test"], 10.0)}
    card = save(tmp_path, network, QUICK, losses, told, {"pairs": 15})
    assert "| test | 6 |" in card and (tmp_path / CARD).read_text() == card
    judge = load_judge(tmp_path)
    rows = seen["test"][0].dance
    assert np.array_equal(judge.dance_input(rows)[1], Judge(network).dance_input(rows)[1])
    (tmp_path / "config.json").write_text("{}")
    load_judge.cache_clear()
    with pytest.raises(UserError, match="damaged"):
        load_judge(tmp_path)
    assert load_judge(tmp_path / "nowhere") is None


def test_the_shipped_evaluator_loads_and_is_small():
    judge = load_judge()
    if judge is None:
        pytest.skip("assets/weights/evaluator is not there")
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) <= 3 * 2**20
    heard, chances = judge.dance(rocking(seconds=5.0))
    assert heard.rows.shape == (75, judge.network.config.shared)
    assert np.linalg.norm(heard.rows, axis=-1) == pytest.approx(1.0, abs=1e-5)
    assert chances.sum() == pytest.approx(1.0) and judge.style(chances) in judge.known
    assert isinstance(judge.network.config, Config)


def test_music_input_keeps_the_columns():
    pair = studio_pair("gHO", 1, "val", 6.0)
    assert music_input(pair.features)[:, 0] == pytest.approx(pair.features.column("onset_envelope"))
