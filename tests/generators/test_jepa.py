"""JEPA: a tiny one really learns in seconds, and keeps the contract of generators."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from learning import corpus_in, danced, log_of
from practice import stance

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.generators.jepa.ablations import ablate
from dance_core.generators.jepa.config import CONFIGS, JepaConfig
from dance_core.generators.jepa.decoder import Heard
from dance_core.generators.jepa.decoder_loss import DecoderLoss
from dance_core.generators.jepa.generator import Jepa
from dance_core.generators.jepa.judging import judge_far, judge_world
from dance_core.generators.jepa.losses import effective_rank, moving_loss, shared_loss, spread_loss
from dance_core.generators.jepa.stretches import Stretches, held
from dance_core.generators.jepa.swift import SwiftLoss
from dance_core.generators.jepa.train import SCHEDULES, train
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.jepa.world import limb_speeds
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances
from dance_core.generators.nets.segments import temper
from dance_core.generators.nets.training import last_numbers


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("corpus") / "c")


@pytest.fixture(scope="module")
def trained(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    train(corpus, "tiny", folder, seed=1)
    torch.set_num_threads(threads)
    return folder


# --- losses: closed forms ------------------------------------------------------------------------

def test_white_latents_cost_nothing_and_collapsed_ones_do() -> None:
    torch.manual_seed(0)
    white = torch.randn(20_000, 8)
    assert float(spread_loss(white)) < 0.02
    assert float(shared_loss(white)) < 0.01
    assert float(spread_loss(torch.ones(100, 8))) == pytest.approx(0.99, abs=1e-3)
    still = torch.randn(50, 1, 8).repeat(1, 10, 1)
    assert float(moving_loss(still)) == pytest.approx(0.99, abs=1e-3), "who dances is no state of a dance"
    same = torch.randn(20_000, 1).repeat(1, 8)
    assert float(shared_loss(same)) == pytest.approx(7.0, rel=0.05), "56 covariances of 1, by 8"


@given(st.integers(1, 12))
def test_the_effective_rank_counts_directions(rank: int) -> None:
    torch.manual_seed(rank)
    basis = torch.linalg.qr(torch.randn(12, 12)).Q[:rank]
    assert effective_rank(torch.randn(30_000, rank) @ basis) == pytest.approx(rank, rel=0.01)


# --- sizes ---------------------------------------------------------------------------------------

def test_windows_are_whole_patches() -> None:
    with pytest.raises(ValueError, match="window 62"):
        JepaConfig(window=62)
    for config in CONFIGS.values():
        assert JepaConfig.from_dict(config.as_dict()) == config
    for passes in ((0.1, 0.5), (0.0, 0.6, 0.4), (0.0, 0.5, 0.5), (0.0, 1.0)):
        with pytest.raises(ValueError, match="passes at"):
            JepaConfig(swift=passes)
    with pytest.raises(ValueError, match="no such sizes: depth"):
        JepaConfig.from_dict({"depth": 3})


def test_the_shipped_size_fits_and_the_published_one_is_as_large_as_it_was() -> None:
    def millions(name: str) -> float:
        whole = Whole(dataclasses.replace(CONFIGS[name], styles=("gHO",)))
        return sum(p.numel() for p in whole.parameters()) / 1e6

    assert millions("small") * 2 + 2 < 30, "MB in half precision, with the patches' tables"
    assert 40 < millions("paper") < 90


# --- learning ------------------------------------------------------------------------------------

def test_it_learns(corpus: Corpus, trained: Path) -> None:
    world, decoder = log_of(trained, "world"), log_of(trained, "decoder")
    assert 0.4 < world["mean spread"][-1] < 1.6, "the state has not collapsed"
    assert world["loss"][-1] < 0.85 * world["loss"][0]
    whole = Jepa(trained).dancer().whole
    seen = Dances.read(corpus, "train", whole.code(), whole.config.styles, mirrored=True)
    numbers = judge_world(whole.world, Stretches(whole, whole.config.rollout + 1, 40), seen)
    for baseline in ("val copy last", "val mean"):
        assert numbers["val rollout"] < 0.98 * numbers[baseline], baseline
    assert decoder["val latent t=0.9"][-1] < decoder["val latent t=0.0"][-1], "it reads the noisy window"
    assert decoder["loss"][-1] < 0.8 * decoder["loss"][0]


def test_a_guess_can_follow_what_the_world_model_hears(corpus: Corpus, trained: Path) -> None:
    """The frozen f and its head say where a guess should go; guesses without music stay."""
    whole = Jepa(trained).dancer().whole
    held_out = Dances.read(corpus, "val", whole.code(), whole.config.styles, mirrored=False)
    worker = DecoderLoss(whole, held_out, held_out, "")
    batch = worker.batch(held_out, np.random.default_rng(0), 8)
    weight = torch.ones(8)
    weight[:3] = 0.0
    guess = batch["x"].clone().requires_grad_()
    before = worker.heard_loss(guess, batch, weight)
    for _ in range(30):
        (slope,) = torch.autograd.grad(worker.heard_loss(guess, batch, weight), guess)
        guess = (guess - 0.05 * slope.sign()).detach().requires_grad_()
    assert worker.heard_loss(guess, batch, weight).item() < 0.98 * before.item()
    assert torch.equal(guess[:3], batch["x"][:3])


@pytest.mark.parametrize(("dropped", "ablation"), [(0.0, ""), (0.5, ""), (1.0, ""), (0.0, "music-blind")])
def test_nobody_is_asked_for_the_beat_of_music_that_was_dropped(
        corpus: Corpus, trained: Path, monkeypatch: pytest.MonkeyPatch, dropped: float, ablation: str
) -> None:
    """What the decoder heard, and where the weight of hearing beat and bar back from its guess lies."""
    whole = Jepa(trained).dancer().whole
    held_out = Dances.read(corpus, "val", whole.code(), whole.config.styles, mirrored=False)
    worker = DecoderLoss(whole, held_out, held_out, ablation)
    worker.c = dataclasses.replace(worker.c, drop_music=dropped)
    heard, weights = [], []
    listen, heard_loss = whole.decoder.listen, worker.heard_loss

    def listening(*given: torch.Tensor) -> Heard:
        heard.append(given[4])
        return listen(*given)

    def weighing(guess: torch.Tensor, batch: dict[str, torch.Tensor], weight: torch.Tensor) -> torch.Tensor:
        weights.append(weight)
        return heard_loss(guess, batch, weight)

    monkeypatch.setattr(whole.decoder, "listen", listening)
    monkeypatch.setattr(worker, "heard_loss", weighing)
    _, numbers = worker.loss(whole.decoder, np.random.default_rng(1), 16, 0.0)
    assert torch.equal(weights[0] > 0, heard[0])
    deaf = dropped == 1.0 or ablation == "music-blind"
    assert heard[0].any() != deaf and (numbers["heard"] == 0.0) == deaf
    worker.judge(whole.decoder)
    assert all(bool(h.any()) != (ablation == "music-blind") for h in heard[1:]) and len(heard) > 1


def test_far_rollouts_are_judged_step_by_step(corpus: Corpus, trained: Path) -> None:
    whole = Jepa(trained).dancer().whole
    held_out = Dances.read(corpus, "val", whole.code(), whole.config.styles, mirrored=False)
    errors = judge_far(whole, held_out, count=16)
    assert 1 <= len(errors) <= 8 and all(0 < e < 5 for e in errors)


def test_training_goes_on_where_it_was_cut_off(corpus: Corpus, tmp_path: Path,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    from dance_core.generators.nets import training

    monkeypatch.setattr(training, "SAVE_EVERY", 4)
    monkeypatch.setattr(training, "LOG_EVERY", 2)
    schedule = dataclasses.replace(SCHEDULES["tiny"], world=dataclasses.replace(
        SCHEDULES["tiny"].world, steps=8, batch=4))
    torch.set_num_threads(1)

    def cut(stage: str, done: int, total: int, numbers: dict[str, float]) -> None:
        if stage == "world" and done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(corpus, "tiny", tmp_path / "cut", schedule=schedule, stages=("world",), progress=cut)
    again = train(corpus, "tiny", tmp_path / "cut", schedule=schedule, stages=("world",))
    whole = train(corpus, "tiny", tmp_path / "whole", schedule=schedule, stages=("world",))
    for name, value in whole.world.state_dict().items():
        assert torch.allclose(value, again.world.state_dict()[name], atol=1e-6), name
    assert "mean state" in (tmp_path / "whole" / "judged.md").read_text()
    assert log_of(tmp_path / "cut", "world")["loss"] == log_of(tmp_path / "whole", "world")["loss"]


def test_a_held_pose_stands_still() -> None:
    rows = torch.randn(2, 5, pc.ROW)
    still = held(rows, 9)
    assert torch.equal(still[:, 4, :132], rows[:, 0, :132])
    assert not still[..., pc.VELOCITY].any() and not still[..., pc.TURN].any()


def test_limb_speeds_are_on_a_scale_of_ratios() -> None:
    velocities = torch.zeros(3, 8, 22, 3)
    velocities[0, ..., 1] = 0.9
    velocities[1, :, 20, 0] = 3 * 0.9  # the left wrist, one of three joints of its limb
    told = limb_speeds(velocities)
    assert told.shape == (3, 4, 5)
    assert torch.allclose(told[0], torch.ones(4, 5)), "log(0.9 + 0.1) + 1"
    still = float(torch.log(torch.tensor(0.1))) + 1
    assert torch.allclose(told[1], torch.tensor([still, 1.0, still, still, still]).expand(4, 5))
    assert torch.allclose(told[2], torch.full((4, 5), still))


def test_a_part_is_missed_when_it_is_left_out(corpus: Corpus, tmp_path: Path) -> None:
    torch.set_num_threads(1)
    told = ablate(corpus, "tiny", tmp_path, seed=1, steps=60)
    assert told == (tmp_path / "ablations.md").read_text()
    found = {part: last_numbers(tmp_path / part / "world.csv")
             for part in ("whole", "no-vicreg", "no-rollout", "no-recall", "music-blind")}
    assert all(f"| {part} |" in told for part in found)
    whole = found["whole"]
    assert found["no-vicreg"]["mean spread"] < 0.6 * whole["mean spread"], "states shrink to be predicted"
    assert found["no-recall"]["val pulse untold"] > whole["val pulse untold"] + 0.05
    assert found["music-blind"]["val rollout"] != whole["val rollout"]


# --- the contract --------------------------------------------------------------------------------

def request_of(seconds: float = 8.0, seed: int = 5, **changes: object) -> Request:
    features, beats, motion = danced("gHO", 2, seconds)
    told = {"start": 0, "stop": len(features), "style": "gHO", "reference": stance(), "seed": seed} | changes
    return Request(features, beats, **told)  # type: ignore[arg-type]


def test_the_dance_begins_in_the_reference_pose(trained: Path) -> None:
    request = request_of()
    made = Jepa(trained).generate([request])[0]
    assert len(made) == request.frames
    assert np.array_equal(made.rotations[0], request.reference.rotations[0])
    assert np.array_equal(made.translation[0], request.reference.translation[0])
    assert made.parts == {"body", "hands", "face"}


def test_it_goes_on_from_the_context_bit_for_bit(trained: Path) -> None:
    generator = Jepa(trained)
    first = generator.generate([request_of(stop=150)])[0]
    context = first.slice(150 - generator.needs.context_frames, 150)
    made = generator.generate([request_of(start=150 - len(context), stop=240, context=context)])[0]
    assert len(made) == 90 + len(context)
    assert np.array_equal(made.rotations[:len(context)], context.rotations)
    assert np.array_equal(made.translation[:len(context)], context.translation)


def test_same_request_same_dance_and_neighbours_do_not_matter(trained: Path) -> None:
    generator = Jepa(trained)
    alone = generator.generate([request_of()])[0]
    long, short = generator.generate([request_of(), request_of(stop=100, seed=9)])
    assert np.array_equal(alone.rotations, long.rotations)
    assert len(short) == 100
    again = Jepa(trained).generate([request_of()])[0]
    assert np.array_equal(alone.rotations, again.rotations)
    other = generator.generate([request_of(seed=6)])[0]
    assert np.abs(alone.rotations - other.rotations).max() > 0.05


def test_windows_music_and_states_are_read_once_a_window_not_once_a_step(trained: Path) -> None:
    dancer = Jepa(trained).dancer()
    decoder, read = dancer.whole.decoder, []
    parts = [decoder.music, decoder.state, *(block.cross.kv for block in decoder.blocks)]
    hooks = [part.register_forward_hook(lambda part, *_: read.append(part)) for part in parts]
    seen: list[int] = []  # windows of the dance that f reads at once
    hooks.append(dancer.whole.world.encoder.into.register_forward_hook(lambda _, x, y: seen.append(len(y))))
    dancer.dance([request_of(stop=1 + 2 * dancer.config.window)])
    for hook in hooks:
        hook.remove()
    windows = 2
    assert seen == [1] * windows
    assert [sum(one is part for one in read) for part in parts] == [windows] * len(parts)
    assert len(dancer.config.swift) > 1


def test_it_learns_to_need_few_passes(trained: Path) -> None:
    """The pupil's way ends near the teacher's, and nearer than the teacher's own from other noise."""
    swift = log_of(trained, "swift")
    assert swift["val from teacher"][-1] < 0.7 * swift["val between noises"][-1]
    assert swift["val between own"][-1] > 0.5 * swift["val between noises"][-1], "it has not lost its variety"


def test_the_pupil_is_taught_the_guided_guess_where_it_stands(corpus: Corpus, trained: Path) -> None:
    """Two passes by hand, at noise and at the place where the pupil's first pass led."""
    whole = Jepa(trained).dancer().whole
    held_out = Dances.read(corpus, "val", whole.code(), whole.config.styles, mirrored=False)
    worker = SwiftLoss(whole, held_out, held_out)
    batch = worker.batch(held_out, np.random.default_rng(0), 4)
    given = [batch[n] for n in ("context", "states", "music", "style")]
    strength = torch.tensor([1.0, 1.5, 2.0, 3.0])
    with torch.no_grad():
        torch.manual_seed(3)
        x = torch.randn_like(batch["x"])
        first = whole.decoder(x, torch.zeros(4), *given, None, strength)
        second = whole.config.swift[1]
        for step, place in enumerate((x, x + second * (first - x))):
            torch.manual_seed(3)
            guess, target = worker._lesson(whole.decoder, batch, strength, step)
            t = torch.full((4,), whole.config.swift[step])
            heard, deaf = (whole.decoder(place, t, *given, torch.full((4,), h)) for h in (True, False))
            by_hand = deaf + strength[:, None, None] * (heard - deaf)
            assert (target - by_hand).square().mean() < 1e-3 * by_hand.square().mean(), "bf16 is as exact"
            assert torch.allclose(guess, whole.decoder(place, t, *given, None, strength), atol=1e-4)


def test_guidance_is_told_to_a_decoder_that_needs_few_passes(trained: Path) -> None:
    generator = Jepa(trained)
    assert generator.config.swift
    calm, strong = (generator.generate([request_of(guidance=g)])[0] for g in (0.6, 1.4))
    assert np.abs(calm.rotations - strong.rotations).max() > 0.02


def test_each_dance_has_a_temper_of_its_own() -> None:
    """Within its bounds, one for all segments of a dance, another for other seeds and songs."""
    first, later = request_of(), dataclasses.replace(request_of(), start=120)
    assert temper(first, 0.5) == temper(later, 0.5)
    assert temper(first, 0.0) == 1.0
    assert temper(first, 0.5) != temper(first, 0.5, "verve") == temper(later, 0.5, "verve")
    other = dataclasses.replace(first, beats=first.beats.shifted(0.2))
    assert len({temper(r, 0.5) for r in (first, other, dataclasses.replace(first, seed=6))}) == 3
    many = np.log([temper(dataclasses.replace(first, seed=n), 0.5) for n in range(400)])
    assert np.abs(many).max() <= 0.5
    assert abs(many.mean()) < 0.06
    assert many.std() == pytest.approx(1 / np.sqrt(12), rel=0.1)


def test_slow_and_fast_covers_may_have_one_temper() -> None:
    first = request_of()
    beats = first.beats
    fast = dataclasses.replace(first, beats=dataclasses.replace(beats, times=beats.times / 1.31,
                                                                tempo=beats.tempo * 1.31))
    assert temper(first, 0.5, covers=True) == temper(fast, 0.5, covers=True)
    assert temper(first, 0.5) != temper(fast, 0.5)
    other = dataclasses.replace(first, beats=beats.shifted(0.2))
    assert temper(first, 0.5, covers=True) != temper(other, 0.5, covers=True)


def test_what_it_does_not_know_it_says(trained: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no style 'gKR'; it has gHO, gLO"):
        Jepa(trained).generate([request_of(style="gKR")])
    with pytest.raises(UserError, match="missing"):
        Jepa(tmp_path)
