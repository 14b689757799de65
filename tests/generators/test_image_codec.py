"""HOT-dance's pose-image codec: what goes in comes out, in windows of any length; and it learns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from learning import corpus_in

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.hotdance import flat_codec_train, image_codec_train
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dances import LinkDances
from dance_core.generators.hotdance.image_codec import NAME, ImageCodec, load_image_codec
from dance_core.generators.hotdance.image_codec_train import (
    IMAGE_STAGES,
    ImageLoss,
    settle,
    started,
    train_image_codec,
)
from dance_core.generators.hotdance.image_config import IMAGE_CONFIGS, ImageCodecConfig
from dance_core.generators.nets import training
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.training import last_numbers

TINY = IMAGE_CONFIGS["tiny"]


@pytest.fixture(scope="module", autouse=True)
def one_core() -> Iterator[None]:
    with one_thread(), torch.no_grad(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(image_codec_train, "PATCHES", 3000)
        patch.setattr(image_codec_train, "MEASURED", 8)
        yield


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("images") / "corpus", styles=("gHO",))


@pytest.fixture(scope="module")
def dances(corpus: Corpus) -> LinkDances:
    return LinkDances.read(corpus, "train")


@pytest.fixture(scope="module")
def codec(dances: LinkDances) -> ImageCodec:
    """As it begins: the linear code of its dances."""
    torch.manual_seed(0)
    codec = started(TINY, dances, 0).eval()
    settle(codec, dances, 0)
    return codec


@pytest.mark.parametrize("settles", [settle, flat_codec_train.settle])
def test_latents_are_measured_on_one_thread_however_many_there_are(settles) -> None:
    """Else their last bits would change with the machine, and with them the name of what is coded."""
    threads, seen = torch.get_num_threads(), []

    def raw(images: torch.Tensor) -> torch.Tensor:
        seen.append(torch.get_num_threads())
        return images.reshape(-1, 2, 3, 8) + torch.arange(2.0).reshape(2, 1, 1)

    stub = SimpleNamespace(shift=torch.ones(2, 1, 1), scale=torch.zeros(2, 1, 1), counts=torch.zeros(2, 1),
                           eval=lambda: None, raw=raw, rows=SimpleNamespace(draw=lambda links: links),
                           lead=SimpleNamespace(moves=torch.ones(2)))
    rng = np.random.default_rng(0)
    some = SimpleNamespace(keypoints=np.zeros((1, 8)), draw=lambda rng_, count, frames, **how: rng.normal(
        size=(count, 2, 3, 8)).astype(np.float32))
    try:
        torch.set_num_threads(2)
        settles(stub, some, 0)
    finally:
        torch.set_num_threads(threads)
    assert seen and set(seen) == {1}
    assert stub.shift[1] - stub.shift[0] == pytest.approx(1.0, abs=0.3) and (stub.counts > 0.7).all()


def awake(config: ImageCodecConfig) -> ImageCodec:
    """A codec whose every weight does something."""
    torch.manual_seed(1)
    codec = ImageCodec(config).eval()
    for value in (*codec.parameters(), *codec.lead.buffers()):
        if not value.any():
            torch.nn.init.normal_(value, std=0.05)
    return codec


def off(codec: ImageCodec, links: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
    """(B, T, K) m between the points of links and of latents."""
    found, _ = codec.decode_points(latents)
    return torch.from_numpy(np.linalg.norm(mk.summed((found - links).numpy()), axis=-1))


@pytest.mark.parametrize("frames", [8, 64, 256])
def test_latents_are_an_eighth_of_the_image_both_ways(codec, dances, frames) -> None:
    links = torch.from_numpy(dances.draw(np.random.default_rng(0), 2, frames))
    images = codec.rows.draw(links)
    latents = codec.encode(images)
    assert latents.shape == (2, TINY.latents, TINY.bins // 8, frames // 8)
    made = codec.decode(latents)
    assert made.shape == images.shape
    assert 0.0 <= float(made.min()) <= float(made.max()) <= 1.0


@pytest.mark.parametrize("name", IMAGE_CONFIGS)
def test_every_size_codes_its_images(name) -> None:
    config = IMAGE_CONFIGS[name]
    codec = awake(config)
    latents = codec.encode(torch.rand(1, codec.rows.channels, config.bins, 16))
    assert latents.shape == (1, config.latents, config.bins // 8, 2)
    assert latents.std() > 0
    assert codec.decode(latents).shape == (1, codec.rows.channels, config.bins, 16)


def test_it_begins_as_a_linear_code_that_is_good_already(codec, dances) -> None:
    links = torch.from_numpy(dances.draw(np.random.default_rng(3), 6, 64))
    assert float(off(codec, links, codec.encode_points(links)).mean()) < 0.06
    found, confidence = codec.decode_points(codec.encode_points(links))
    assert found.shape == links.shape
    assert float(confidence.min()) > 0.8


def test_latents_have_mean_nought_and_spread_one(codec, dances) -> None:
    latents = codec.encode_points(torch.from_numpy(dances.draw(np.random.default_rng(4), 40, 128)))
    assert latents.mean((0, 2, 3)).abs().max() < 0.4
    assert latents.std((0, 2, 3)).min() > 0.6
    assert latents.std((0, 2, 3)).max() < 1.5


def test_what_a_latent_counts_is_what_it_moves(codec, dances) -> None:
    links = torch.from_numpy(dances.draw(np.random.default_rng(5), 4, 64))
    latents = codec.encode_points(links)
    counts = codec.counts.flatten()
    assert counts[:8].min() > counts[-8:].max()  # most weight first
    before, _ = codec.decode_points(latents)
    for i in (2, 9, 30):
        other = latents.clone()
        other[:, i // codec.config.heights, i % codec.config.heights] += 0.5
        moved = mk.summed((codec.decode_points(other)[0] - before).numpy())
        moved[..., 1:, :] -= moved[..., :1, :]
        size = 100 * np.sqrt(np.square(moved).sum(-1).mean()) / 0.5
        assert 0.3 * float(counts[i]) < size < 3 * float(counts[i])


def test_the_first_channels_alone_are_a_coarser_code(codec, dances) -> None:
    links = torch.from_numpy(dances.draw(np.random.default_rng(6), 6, 64))
    latents = codec.encode_points(links)
    errors = [float(off(codec, links, latents[:, :n]).mean()) for n in (2, 6, TINY.latents)]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > 2 * errors[-1]


def test_the_middle_of_a_dance_is_coded_alike_in_windows_of_any_length() -> None:
    codec = awake(TINY)
    links = torch.randn(1, 128, mk.POINTS, 3, generator=torch.Generator().manual_seed(0)) * 0.2
    whole, part = codec.encode_points(links), codec.encode_points(links[:, 32:96])
    assert torch.allclose(whole[..., 7:9], part[..., 3:5], atol=1e-4)
    assert torch.allclose(codec.decode(whole)[..., 56:72], codec.decode(whole[..., 4:12])[..., 24:40],
                          atol=1e-4)


def test_images_and_latents_of_other_shapes_are_refused(codec) -> None:
    rows = codec.rows
    for shape in ((1, rows.channels, TINY.bins, 12), (1, rows.channels, TINY.bins, 0),
                  (1, rows.channels - 1, TINY.bins, 8), (rows.channels, TINY.bins, 8)):
        with pytest.raises(ValueError, match="multiple of 8"):
            codec.encode(torch.zeros(shape))
    for shape in ((1, TINY.latents + 1, TINY.heights, 2), (1, TINY.latents, 1, 2), (1, 2)):
        with pytest.raises(ValueError, match="latents have shape"):
            codec.decode(torch.zeros(shape))
    with pytest.raises(ValueError, match="bins is 60"):
        ImageCodecConfig(bins=60)


def test_a_2d_image_goes_through_with_its_confidence() -> None:
    config = dataclasses.replace(TINY, flat=True, latents=36)
    codec = ImageCodec(config).eval()
    rng = np.random.default_rng(0)
    way = np.cumsum(rng.normal(size=(1200, 8, 18, 2)) * 0.01, axis=1)
    way += rng.uniform(0.2, 0.8, (1200, 1, 18, 2))
    keypoints = torch.from_numpy(way).float()
    sure = torch.from_numpy(rng.uniform(0.3, 1.0, (1200, 1, 18))).float().expand(-1, 8, -1)
    images = codec.rows.draw(keypoints, sure)
    codec.lead.fit(codec.lead.features(images).numpy())
    found, confidence = codec.decode_points(codec.encode(images[:50]))
    inside = ((keypoints[:50] > 0.05) & (keypoints[:50] < 0.95)).all(-1)
    assert float((found - keypoints[:50]).abs()[inside].mean()) * config.bins < 1.0
    seen = confidence[inside] / sure[:50][inside]
    assert float((seen - 1).abs().mean()) < 0.15


def test_the_loss_is_least_where_the_dance_is_met(codec, dances) -> None:
    loss = ImageLoss(codec, dances, dances)
    links = torch.from_numpy(dances.draw(np.random.default_rng(7), 2, 64))
    chances = codec.rows.draw(links)
    chances = chances / chances.sum(2, keepdim=True)
    inner = (loss.links(chances, links) - links).abs()
    assert float(inner.max()) < 0.002  # m


# learning

def test_it_learns_and_begins_again_where_it_was(corpus, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(training, "LOG_EVERY", 4)
    monkeypatch.setattr(training, "SAVE_EVERY", 4)
    stage = dataclasses.replace(IMAGE_STAGES["tiny"], steps=12, judge_every=12)
    with torch.enable_grad():
        whole = train_image_codec(corpus, "tiny", tmp_path / "whole", stage=stage)

        def stops(name: str, done: int, total: int, numbers: dict[str, float]) -> None:
            if name == NAME and done == 8:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            train_image_codec(corpus, "tiny", tmp_path / "halved", stage=stage, progress=stops)
        halved = train_image_codec(corpus, "tiny", tmp_path / "halved", stage=stage)
    for (name, a), b in zip(whole.state_dict().items(), halved.state_dict().values(), strict=True):
        assert torch.equal(a, b), name
    numbers = last_numbers(tmp_path / "whole" / f"{NAME}.csv")
    assert 0 < numbers["val cm by pelvis"] < 5
    assert numbers["val bins"] < 1
    loaded = load_image_codec(tmp_path / "whole")
    links = torch.from_numpy(LinkDances.read(corpus, "val").segments(64)[:2])
    assert torch.allclose(loaded.encode_points(links), whole.encode_points(links), atol=0.05)  # halves


def test_what_it_sees_again_and_again_it_comes_to_code_better(dances) -> None:
    learner = started(dataclasses.replace(TINY, noise=0.0, dropped=0.0), dances, 0)
    loss = ImageLoss(learner, dances, dances)
    optimiser = torch.optim.AdamW(learner.parameters(), 2e-3)
    values = []
    with torch.enable_grad():
        for _ in range(12):
            value, numbers = loss.loss(learner, np.random.default_rng(0), 2, 0.0)
            value.backward()
            optimiser.step()
            optimiser.zero_grad()
            values.append(float(value.detach()))
    assert values[-1] < 0.9 * values[0]
    assert set(numbers) == {"image", "cm", "speed"}


def test_the_linear_code_that_it_began_as_can_be_had_again(codec, dances) -> None:
    links = torch.from_numpy(dances.draw(np.random.default_rng(8), 2, 32))
    other = awake(TINY)
    other.lead.load_state_dict(codec.lead.state_dict())
    other.shift, other.scale = codec.shift, codec.scale
    assert not torch.allclose(other.encode_points(links), codec.encode_points(links), atol=1e-3)
    assert torch.equal(other.linear().encode_points(links), codec.encode_points(links))


def test_a_codec_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="train them first"):
        load_image_codec(tmp_path)
