"""SoulNet: a tiny one really learns in seconds, and keeps the contract, with parts kept and ends given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from filling_contract import FillingContract, made
from learning import corpus_in, danced, log_of
from practice import stance

from dance_core.cli import main
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.evaluation.alignment import SMOOTHING_S, motion_speed
from dance_core.generators.base import Request
from dance_core.generators.soulnet.generator import SoulNet
from dance_core.generators.soulnet.masked_ablations import ablate
from dance_core.generators.soulnet.masked_train import ABLATIONS, ALIGNMENT


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("corpus") / "c")


@pytest.fixture(scope="module")
def trained(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    threads = torch.get_num_threads()
    assert main(["train", "soulnet", "--corpus", str(corpus.folder), "--config", "tiny", "--seed", "1",
                 "--threads", "1", "--out", str(folder)]) == 0
    torch.set_num_threads(threads)
    return folder


@pytest.fixture(scope="module")
def soulnet(trained: Path) -> SoulNet:
    return SoulNet(trained)


@pytest.fixture(scope="module")
def generator(soulnet: SoulNet) -> SoulNet:
    """For the tests of filling_contract."""
    return soulnet


@pytest.fixture(scope="module")
def request_(soulnet: SoulNet) -> Request:
    features, beats, _ = danced("gHO", 3, 9.0)
    return Request(features, beats, 0, 120, "gHO", stance(), seed=5)


# --- learning ------------------------------------------------------------------------------------

def test_both_transformers_learn(trained: Path) -> None:
    base, levels = log_of(trained, "base"), log_of(trained, "levels")
    guess = np.log(32)
    assert base["val all masked"][-1] < 0.9 * guess
    assert base["val half masked"][-1] < base["val all masked"][-1], "codes tell about codes"
    assert base["val all masked"][-1] < base["val any bearing"][-1] - 0.1, "who dances is heard"
    assert levels["val level 1"][-1] < 0.97 * guess
    assert base["alignment"] and np.isfinite(base["alignment"]).all()


def test_it_knows_the_dancers_that_it_learned_from(soulnet: SoulNet) -> None:
    known = soulnet.dancer().net.base.bearing.manner
    assert known.style.tolist() == [0, 0, 0, 0, 1, 1, 1, 1], "mirrored they are the same"
    assert len(known.book.unique(dim=0)) == 8


# --- the contract ---------------------------------------------------------------------------------

class TestContract(FillingContract):
    """In filling_contract."""


def test_a_segment_without_a_past_begins_by_itself(soulnet: SoulNet, request_: Request) -> None:
    motion = made(soulnet, request_, start=60, stop=160)
    assert len(motion) == 100 and np.isfinite(motion.rotations).all()


def test_a_style_that_was_not_learned_is_one_sentence(soulnet: SoulNet, request_: Request) -> None:
    with pytest.raises(UserError, match="SoulNet has no style 'gBR'; it has gHO, gLO"):
        made(soulnet, request_, style="gBR")


def test_a_dance_moved_in_time_is_slower_at_the_beats(soulnet: SoulNet, request_: Request) -> None:
    beats = request_.beats.times[(request_.beats.times > 0.5) & (request_.beats.times < 3.5)]

    def at_beats(moved: float) -> float:
        """Against the mean speed, of some dances."""
        dancer, shares = soulnet.with_sampling(moved=moved, tries=1), []
        for seed in range(8):
            speed = motion_speed(made(dancer, request_, style="gLO", seed=seed), SMOOTHING_S)
            shares.append(np.interp(beats * 30.0, np.arange(len(speed)) + 0.5, speed).mean() / speed.mean())
        return float(np.mean(shares))

    assert at_beats(3.0) < 0.99 * at_beats(0.0)


# --- verification ------------------------------------------------------------------------------------

def test_every_tensor_comes_from_the_files_and_choice_can_be_left_out(soulnet: SoulNet, request_: Request
                                                                      ) -> None:
    count, missing, left = soulnet.tensors()
    assert count > 100 and missing == () and left == ()
    plain = soulnet.without_choice()
    assert plain.config.tries == 1 and plain.without_choice() is plain
    assert len(made(plain, request_)) == 120


def test_ablations_share_codec_and_retrieval_module(corpus: Corpus, trained: Path, tmp_path: Path) -> None:
    text = ablate(corpus, "tiny", tmp_path, weights=trained, steps=10, threads=1)
    assert text == (tmp_path / "masked.md").read_text()
    rows = [line.split(" | ")[0].strip("| ") for line in text.splitlines()[4:]]
    assert rows == ["whole", *ABLATIONS]
    for part in rows:
        assert (tmp_path / part / "codec.safetensors").read_bytes() == (
            trained / "codec.safetensors").read_bytes()
    made = {part: SoulNet(tmp_path / part).config for part in rows}
    assert made["alignment"].alignment == ALIGNMENT and made["no-vectors"].vector == 0
    assert made["whole"].moments and not made["no-music"].moments
