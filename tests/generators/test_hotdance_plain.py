"""HOT-dance without what makes it HOT-dance: coordinates in place of images, nothing shown of the dancer."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from learning import corpus_in

from dance_core.generators.hotdance.dances import LinkDances
from dance_core.generators.hotdance.dit import Dit, Given
from dance_core.generators.hotdance.dit_config import DIT_CONFIGS
from dance_core.generators.hotdance.image_codec import NAME, load_image_codec
from dance_core.generators.hotdance.points import Points
from dance_core.generators.hotdance.raw_codec import RawCodec
from dance_core.generators.hotdance.whole import Whole
from dance_core.generators.nets.manner import unsaid
from dance_core.generators.nets.weights import save_weights

TINY = dataclasses.replace(DIT_CONFIGS["tiny"], styles=("gHO",), features=("onset_envelope", "loudness"))


@pytest.fixture(scope="module")
def dances(tmp_path_factory: pytest.TempPathFactory) -> LinkDances:
    return LinkDances.read(corpus_in(tmp_path_factory.mktemp("raw") / "c", styles=("gHO",)), "train")


def test_coordinates_come_back_exactly_and_have_unit_spread(dances: LinkDances, tmp_path: Path) -> None:
    codec = RawCodec().fit(dances, 0)
    links = torch.from_numpy(dances.draw(np.random.default_rng(3), 200, 64))
    latents = codec.encode_points(links)
    assert latents.shape == (200, codec.config.latents, 8, 8)
    spread = latents.std((0, 2, 3))
    assert 0.8 < float(spread.median()) < 1.2
    found, sure = codec.decode_points(latents)
    assert float((found - links).abs().max()) < 1e-4 and bool((sure == 1).all())
    save_weights(tmp_path, NAME, codec, {"config": codec.config.as_dict()})
    again = load_image_codec(tmp_path)
    assert isinstance(again, RawCodec)
    torch.testing.assert_close(again.encode_points(links[:2]), latents[:2])


def test_what_a_coordinate_counts_is_how_far_points_move_with_it(dances: LinkDances) -> None:
    codec = RawCodec().fit(dances, 0)
    c = dataclasses.replace(TINY, latents=codec.config.latents, heights=8, rows=8)
    whole = Whole(c, counts=codec.counts)
    links = torch.from_numpy(dances.draw(np.random.default_rng(3), 1, 8))
    latents = codec.encode_points(links)
    points = Points(codec, whole)
    numbers = torch.cat([whole.body_numbers(latents), torch.zeros(1, c.details, 1)], 1)
    torch.testing.assert_close(points.of(numbers), points.summing @ links, atol=1e-4, rtol=0)
    one = latents.clone()
    one[0, 7, 2] += 1.0
    moved = (points.summing @ (codec.decode_points(one)[0] - links))[0, 2].norm(dim=-1)
    assert 100 * float(moved.square().mean().sqrt()) == pytest.approx(float(codec.counts[7, 2]), rel=0.01)


def test_without_a_reference_nothing_of_it_is_seen() -> None:
    torch.manual_seed(0)
    columns, seen = 4, {}
    for shown in (True, False):
        c = dataclasses.replace(TINY, shown=shown)
        dit = Dit(c).eval()
        torch.nn.init.normal_(dit.out.weight)
        noisy, music = torch.randn(1, c.numbers, columns), torch.randn(1, columns * 8 + c.music_ahead, 2)
        mask = torch.zeros(1, 8, c.heights, columns)
        mask[..., :2] = 1.0
        told = [Given(torch.randn(1, c.numbers, columns), mask, torch.zeros(1, 16, columns), music,
                      torch.zeros(1, dtype=torch.long), unsaid(1)) for _ in range(2)]
        with torch.no_grad():
            made = [dit(noisy, torch.full((1,), 0.5), one) for one in told]
        seen[shown] = not torch.equal(*made)
        assert bool(told[0].known(c)[:, :c.body, :2].all()) is shown
    assert seen == {True: True, False: False}
