"""What a codec keeps of a dance: nothing is off where everything is kept, and known errors are found."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from small_corpus import studio_pair

from dance_core.corpus.pairs import PAIRS, Corpus, pair_path, row_of, save_index, save_pair
from dance_core.errors import UserError
from dance_core.evaluation.reconstruction import CLIP, Reconstruction, reconstruct, told
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.soulnet.codec import Codec
from dance_core.generators.soulnet.config import CONFIGS

SECONDS = 12.0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("reconstruction")
    (folder / PAIRS).mkdir(exist_ok=True)
    pair = studio_pair("gHO", 1, "val", SECONDS)
    save_pair(pair_path(folder, pair.id), pair)
    save_index(folder, [row_of(pair)])
    return Corpus.open(folder)


class Keeps(Codec):
    """A codec that keeps everything, and then does to the rows what it is told."""

    def __init__(self, corpus: Corpus, change: dict[int | slice, float]) -> None:
        super().__init__(CONFIGS["tiny"], pc.PoseCode.fit([pair.motion for pair in corpus.pairs()]))
        self.change = change

    def encode(self, rows: torch.Tensor) -> torch.Tensor:
        self.rows = rows.clone()
        for columns, by in self.change.items():
            self.rows[..., columns] += by
        return torch.arange(rows.shape[1] // 4).remainder(8)[None, None, :, None].expand(1, 3, -1, 3)

    def decode(self, codes: torch.Tensor, levels: int | None = None) -> torch.Tensor:
        return self.rows


def test_a_codec_that_keeps_everything_is_off_by_what_the_pose_code_leaves_out(corpus: Corpus) -> None:
    kept = reconstruct(Keeps(corpus, {}), corpus, "val")
    assert kept.aligned["body"] < 0.1 and kept.own["body"] < 0.5
    assert kept.fingers < 5.0 and kept.face < 0.02
    assert kept.slides == pytest.approx(kept.real_slides, abs=0.01)
    assert (kept.clips, kept.dances) == (int(SECONDS * 30) // CLIP, 1)
    assert kept.used.shape == (3, 3) and kept.used == pytest.approx(8.0, rel=0.01)


def test_a_root_that_drifts_shows_in_its_own_place_and_on_the_floor_only(corpus: Corpus) -> None:
    kept = reconstruct(Keeps(corpus, {}), corpus, "val")
    drifts = reconstruct(Keeps(corpus, {pc.VELOCITY.start: 0.5}), corpus, "val")
    assert drifts.aligned["all"] == pytest.approx(kept.aligned["all"], abs=1e-3)
    expected = 1000 * 0.5 * np.arange(CLIP).mean() / 30  # mm, if it never turned
    assert 0.5 * expected < drifts.own["body"] <= 1.01 * expected
    assert drifts.slides > kept.slides + 0.3


def test_a_raised_pelvis_is_off_by_as_much(corpus: Corpus) -> None:
    raised = reconstruct(Keeps(corpus, {pc.HEIGHT: 0.03}), corpus, "val")
    assert raised.own["body"] == pytest.approx(30.0, abs=0.5)
    assert raised.aligned["body"] < 0.1


def test_every_codec_has_a_row_and_its_books(corpus: Corpus) -> None:
    kept = reconstruct(Keeps(corpus, {}), corpus, "val")
    text = told({"HRVQ": kept, "other": kept}, "val")
    assert "1 dances, 2 clips of 5 s" in text and text.count("\n| HRVQ |") == text.count("\n| other |") == 1
    assert "- HRVQ, hands: 8, 8, 8" in text and "8 of 32 (25%)" in text
    assert isinstance(kept, Reconstruction)


def test_a_split_without_long_dances_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UserError, match="No test dance of the corpus has 150 frames"):
        reconstruct(Keeps(corpus, {}), corpus, "test")
