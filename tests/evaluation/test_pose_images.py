"""What pose images keep of a dance: nothing is off where everything is kept, and known errors are found."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from small_corpus import studio_pair

from dance_core.corpus.pairs import PAIRS, Corpus, pair_path, row_of, save_index, save_pair
from dance_core.errors import UserError
from dance_core.evaluation.pose_images import PLACES, TURNS, images_told, kept_by_images, through_images, told
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.image_codec import NAME, ImageCodec
from dance_core.generators.hotdance.image_config import IMAGE_CONFIGS
from dance_core.generators.nets.weights import save_weights

SECONDS = 12.0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("images")
    (folder / PAIRS).mkdir(exist_ok=True)
    pair = studio_pair("gHO", 1, "val", SECONDS)
    save_pair(pair_path(folder, pair.id), pair)
    save_index(folder, [row_of(pair)])
    return Corpus.open(folder)


class Keeps(ImageCodec):
    """A codec whose latents are the image, and which moves a point by so many cm to the dancer's left."""

    def __init__(self, moves: dict[str, float] | None = None, shakes: bool = False) -> None:
        super().__init__(IMAGE_CONFIGS["small"])
        self.moves, self.shakes = moves or {}, shakes

    def encode(self, images: torch.Tensor) -> torch.Tensor:
        return images

    def decode(self, latents: torch.Tensor) -> torch.Tensor:
        links, _ = self.rows.read(latents)
        for name, cm in self.moves.items():
            sign = torch.ones(links.shape[1])
            if self.shakes:
                sign[::2] = -1.0
            links[..., mk.point(name), 0] += cm / 100 * sign
        return self.rows.draw(links)


def test_a_codec_that_keeps_everything_is_off_by_what_reading_an_image_costs(corpus: Corpus) -> None:
    kept = kept_by_images(Keeps(), corpus, "val")
    assert kept.bins < 0.01
    assert max(*kept.raw.values(), *kept.cm.values()) < 0.05  # cm
    assert all(mean < 0.3 for mean, _ in list(kept.degrees.values())[:3])
    assert kept.slides == pytest.approx(kept.real_slides, abs=0.02)
    assert kept.shake == pytest.approx(kept.real_shake, rel=0.1)
    assert kept.clipped == 0.0
    assert (kept.dances, kept.segments) == (1, 2)
    assert set(kept.cm) == set(PLACES) and set(kept.degrees) == set(TURNS)


def test_a_dance_that_is_moved_is_off_on_the_stage_only(corpus: Corpus) -> None:
    kept = kept_by_images(Keeps({"pelvis": 3.0}), corpus, "val")
    assert kept.cm["all points"] == pytest.approx(3.0, abs=0.05)
    assert kept.by_pelvis["all points"] < 0.05
    # the pelvis' rows, two of 123, are 0.3 bins and 3 fine ones further; the fine ones are not counted
    assert kept.bins < 0.02


def test_a_marker_that_is_moved_turns_its_part(corpus: Corpus) -> None:
    kept = kept_by_images(Keeps({"nose": 8.0}), corpus, "val")
    assert kept.degrees["head"][0] > 5
    assert kept.degrees["feet"][0] < 0.5
    assert kept.cm["head"] > 10 * kept.cm["feet"]


def test_a_pelvis_that_trembles_is_jitter(corpus: Corpus) -> None:
    kept = kept_by_images(Keeps({"pelvis": 0.5}, shakes=True), corpus, "val")
    assert kept.jitter == pytest.approx(1.0, abs=0.05)
    assert kept.shake > kept.real_shake + 10


def test_a_dance_comes_out_where_it_was_its_last_frames_cut(corpus: Corpus) -> None:
    motion = next(corpus.pairs("val")).motion
    motion = motion.slice(40, 340)
    links, _, _ = through_images(Keeps(), motion)
    assert len(links) == 296
    assert np.abs(mk.summed(links) - mk.points_of(motion)[:len(links)]).max() < 0.005


def test_every_codec_has_a_row_in_every_split_that_there_is(corpus: Corpus, tmp_path) -> None:
    kept = kept_by_images(Keeps(), corpus, "val")
    text = told({"one": kept, "two": kept}, "val")
    assert "1 dances, 2 segments" in text and text.count("\n| one |") == text.count("\n| two |") == 1
    torch.manual_seed(0)
    save_weights(tmp_path, NAME, ImageCodec(IMAGE_CONFIGS["tiny"]),
                 {"config": IMAGE_CONFIGS["tiny"].as_dict()})
    text = images_told({"untrained": tmp_path}, corpus)
    assert text.count("\n| untrained |") == text.count("\n| untrained, its linear start |") == 1
    assert "test:" not in text


def test_a_split_without_dances_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UserError, match="No test dance of the corpus has 64 frames"):
        kept_by_images(Keeps(), corpus, "test")
