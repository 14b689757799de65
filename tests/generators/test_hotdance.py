"""HOT-dance: a tiny one really learns in seconds, and keeps the contract, with parts kept and ends given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from filling_contract import FillingContract, made
from learning import corpus_in, danced, log_of
from practice import same, stance

from dance_core.cli import main
from dance_core.cli.tuning import shown
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.evaluation.limbs import Boned, lengths
from dance_core.evaluation.tuning import combinations, compare
from dance_core.generators.base import Request
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dancing import _Dancing
from dance_core.generators.hotdance.dit_ablations import ablate
from dance_core.generators.hotdance.dit_train import ABLATIONS
from dance_core.generators.hotdance.ear import metre_of
from dance_core.generators.hotdance.generator import HotDance
from dance_core.generators.nets.segments import temper
from dance_core.motion.shape import bones, build_named
from dance_core.motion.skeleton import BODY
from dance_core.settings import Settings


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("corpus") / "c")


@pytest.fixture(scope="module")
def trained(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    threads = torch.get_num_threads()
    assert main(["train", "hotdance", "--corpus", str(corpus.folder), "--config", "tiny", "--seed", "1",
                 "--threads", "1", "--out", str(folder)]) == 0
    torch.set_num_threads(threads)
    return folder


@pytest.fixture(scope="module")
def hotdance(trained: Path) -> HotDance:
    return HotDance(trained)


@pytest.fixture(scope="module")
def generator(hotdance: HotDance) -> HotDance:
    """For the tests of filling_contract."""
    return hotdance


@pytest.fixture(scope="module")
def request_(hotdance: HotDance) -> Request:
    features, beats, _ = danced("gHO", 3, 11.0)
    return Request(features, beats, 0, 120, "gHO", stance(), seed=5)


def test_a_folder_with_the_checkpoints_of_another_training_is_refused(
        corpus: Corpus, trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (trained / "dit.safetensors").read_bytes()
    assert main(["train", "hotdance", "--corpus", str(corpus.folder), "--config", "tiny", "--seed", "2",
                 "--threads", "1", "--out", str(trained)]) == 2
    said = capsys.readouterr().err
    assert "another training (seed 1 instead of 2)" in said and "*.ckpt" in said
    assert (trained / "dit.safetensors").read_bytes() == before


# --- proportions ---------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["tall", "long-armed"])
def test_the_reference_clip_has_the_limbs_of_the_build(hotdance: HotDance, request_: Request,
                                                       name: str) -> None:
    betas = build_named(name)
    wanted = np.linalg.norm(bones(betas)[1:BODY], axis=-1)
    first = replace(request_, betas=betas)
    dancer = hotdance.dancer()
    for request in (first, replace(first, context=made(hotdance, first).slice(0, 20))):
        told = _Dancing(request, dancer.config, dancer.code)
        there = np.linalg.norm(told.clip[:, 1:BODY], axis=-1)
        assert np.abs(there - wanted).max() < 1e-6  # m, also where its clock lies between the song's frames


def test_what_is_danced_with_other_limbs_is_read_back_onto_ours(hotdance: HotDance,
                                                                request_: Request) -> None:
    tall = made(hotdance, replace(request_, betas=build_named("tall")))
    assert not tall.betas.any() and same(tall.slice(0, 1), made(hotdance, request_).slice(0, 1))
    assert not same(tall, made(hotdance, request_))


# --- learning ------------------------------------------------------------------------------------

def test_the_transformer_learns(trained: Path) -> None:
    numbers = log_of(trained, "dit")
    assert numbers["val t=0"][-1] < 0.9, "numbers have unit spread: 1 is what the mean would be off by"
    assert numbers["val t=0.9"][-1] < 0.8 * numbers["val t=0"][-1], "what is nearly clean tells more"


def test_the_command_says_what_the_codec_keeps(trained: Path) -> None:
    assert "| tiny |" in (trained / "image_codec.md").read_text()


def test_ablations_share_codec_and_segments(corpus: Corpus, trained: Path, tmp_path: Path) -> None:
    text = ablate(corpus, "tiny", tmp_path, weights=trained, steps=4, threads=1)
    assert text == (tmp_path / "dit.md").read_text()
    rows = [line.split(" | ")[0].strip("| ") for line in text.splitlines()[4:]]
    assert rows == ["whole", *ABLATIONS]
    for part in rows:
        shared = (tmp_path / part / "image_codec.safetensors").read_bytes() == (
            trained / "image_codec.safetensors").read_bytes()
        assert shared == (part != "raw"), "raw coordinates have no image codec"
    assert len(list((tmp_path / "coded").iterdir())) == 4, "train and val, once, and once as raw coordinates"
    assert all(line.count("|") == 11 for line in text.splitlines()[2:])
    made = {part: HotDance(tmp_path / part).config for part in rows}
    assert made["caption-clock"].clock == "caption" and made["velocity"].target == "velocity"
    assert made["half-columns"].rows == 2 and made["whole"].rows == 4
    assert made["whole"].shown and not made["no-reference"].shown
    assert made["raw"].numbers > 3 * made["whole"].numbers


# --- the contract ---------------------------------------------------------------------------------

class TestContract(FillingContract):
    """In filling_contract."""

    def test_lively_is_faster_than_calm(self, generator: HotDance, request_: Request) -> None:
        """A hundred steps teach it too little to heed it, as the shipped weights do (test_contract)."""
        dancer = generator.dancer()
        asked = [replace(request_, style="gLO", energy=energy) for energy in (0.0, 1.0)]
        calm, lively = (_Dancing(one, dancer.config, dancer.code, dancers=dancer.whole.dit.manner).manner
                        for one in asked)
        assert lively[0] > calm[0]
        assert not same(*(made(generator, one) for one in asked))


def test_a_segment_without_a_past_begins_by_itself(hotdance: HotDance, request_: Request) -> None:
    motion = made(hotdance, request_, start=60, stop=316)
    assert len(motion) == 256 and np.isfinite(motion.rotations).all()


def test_choosing_among_tries_takes_one_of_them(hotdance: HotDance, request_: Request) -> None:
    chooses = hotdance.with_sampling(tries=3)
    assert same(made(chooses, request_), made(chooses, request_))
    assert len(made(chooses, request_)) == 120
    assert chooses.without_choice().config.tries == 1


def test_of_the_tries_that_is_danced_whose_metre_the_ear_hears(hotdance: HotDance, request_: Request) -> None:
    dancer = hotdance.with_sampling(tries=3).dancer()
    assert dancer.modules()[2][0] == "ear"
    told = _Dancing(request_, dancer.config, dancer.code)
    tries = torch.randn(1, 3, dancer.config.numbers, told.frames // 8)
    metre = metre_of(torch.from_numpy(told.music)[None], told.frames, dancer.config)
    new = int(told.known[0].argmin())  # of what is known no try is guilty
    for heard in range(3):
        off = torch.ones(3, 1, 1).expand(3, *metre.shape[1:]).clone()
        off[heard, new:] = 0.5
        dancer.ear = lambda points, off=off: metre + off
        assert torch.equal(dancer._best(tries, [told]), tries[:, heard])


def test_hands_that_begin_calmer_move_less(hotdance: HotDance, request_: Request) -> None:
    calm, lively = (made(hotdance.with_sampling(calm=noise), request_) for noise in (0.0, 2.0))
    moved = [np.abs(np.diff(m.rotations[:, 25:], axis=0)).mean() for m in (calm, lively)]
    assert moved[0] < 0.8 * moved[1]


def test_a_dancer_of_more_verve_begins_as_more_noise(hotdance: HotDance, request_: Request) -> None:
    """Its body; each dance has its own verve, the same in all of its segments."""
    code = hotdance.dancer().code
    tame, wild = (_Dancing(request_, hotdance.config.sampling(verve=v), code) for v in (0.0, 0.8))
    ratio, body = wild.noise() / tame.noise(), hotdance.config.body
    verve = torch.tensor(temper(request_, 0.8, "verve", covers=True))
    assert torch.allclose(ratio[:, :body], verve, rtol=1e-5)
    assert torch.equal(ratio[:, body:], torch.ones_like(ratio[:, body:]))


def test_a_style_that_was_not_learned_is_one_sentence(hotdance: HotDance, request_: Request) -> None:
    with pytest.raises(UserError, match="HOT-dance has no style 'gBR'; it has gHO, gLO"):
        made(hotdance, request_, style="gBR")


def test_fewer_and_more_steps_side_by_side(corpus: Corpus, hotdance: HotDance) -> None:
    rows = compare(hotdance, combinations({"steps": (2, 4)}), corpus, 3, 12.0, Settings(), None)
    assert [row.name for row in rows[1:]] == ["steps 2", "steps 4"]
    fewer, more = (row.values for row in rows[1:])
    for key in ("bas_gain", "jerk", "seam", "fid_k_fixed"):
        assert np.isfinite([fewer[key], more[key]]).all() and fewer[key] != more[key], key
    head = shown(rows).splitlines()[0]
    assert all(heading in head for heading in ("gain", "FID_k corr.", "jerk", "seam", "pace"))


# --- points, before bones are made to fit ------------------------------------------------------------

def test_as_another_subject_it_is_told_and_reads_its_own_limbs(hotdance: HotDance,
                                                              request_: Request) -> None:
    assert isinstance(hotdance, Boned)
    ours = made(hotdance, request_)
    size = {}
    for name in hotdance.subjects():
        told: list[np.ndarray] = []
        motion = made(hotdance.telling_points(name, told.append), request_)
        (joints,) = told
        assert joints.shape == (119, 22, 3), "frame 0 is given, the rest is painted"
        assert len(motion) == 120 and np.isfinite(motion.rotations).all()
        assert same(motion, ours) == (name == "our body")
        size[name] = lengths(joints).sum(-1).mean()
    assert size["tall"] > size["our body"] > size["short"]


def test_links_of_guesses_are_as_long_as_the_dancers(hotdance: HotDance, request_: Request) -> None:
    """Few seconds of learning do not make limbs right to a per cent; the guesses' lengths do."""
    off = {}
    for kept in (0, 1):
        dancer = hotdance.with_sampling(bones=kept)
        for name, rest in dancer.subjects().items():
            told: list[np.ndarray] = []
            made(dancer.telling_points(name, told.append), request_)
            off[kept, name] = abs(np.median(lengths(told[0]) / lengths(rest[None]), axis=0) - 1.0).max()
    assert max(off[1, name] for name in hotdance.subjects()) < 0.08
    assert off[1, "long arms"] < 0.5 * off[0, "long arms"]


def test_what_the_codec_decodes_is_fitted_not_its_linear_part_alone(hotdance: HotDance) -> None:
    dancer = hotdance.dancer()
    torch.manual_seed(0)
    rest = hotdance.subjects()["short"]
    long = torch.from_numpy(np.linalg.norm(mk.offsets(rest), axis=-1).astype(np.float32))[None]
    numbers = torch.zeros(1, dancer.config.numbers, 8)
    built = dancer.points.built(numbers, long)
    off = {}
    for name, x in (("built", built), ("fitted", dancer.points.fitted(built, long))):
        links = dancer.codec.decode_points(dancer.whole.latents(x))[0][0, :, 1:BODY].norm(dim=-1)
        off[name] = float((links / long[:, 1:BODY] - 1.0).abs().mean())
    assert off["fitted"] < 0.5 * off["built"]


# --- verification ------------------------------------------------------------------------------------

def test_every_tensor_comes_from_the_files_and_choice_can_be_left_out(hotdance: HotDance) -> None:
    count, missing, left = hotdance.tensors()
    assert count > 60 and missing == () and left == ()
    assert hotdance.config.tries == 1 and hotdance.without_choice() is hotdance
