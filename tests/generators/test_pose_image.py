"""Pose images: what is drawn is read again, to half a bin; what is not seen is empty."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from learning import corpus_in, danced

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dances import LinkDances, turned
from dance_core.generators.hotdance.pose_image import FlatRows, HotRows, PoseRows
from dance_core.motion.camera import Camera
from dance_core.motion.openpose import see

ROWS = {"64": PoseRows(), "512": PoseRows(bins=512, fine=0.0)}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from((24, 64, 512)), st.floats(0.7, 2.0), st.data())
def test_places_come_back_to_half_a_bin_with_their_confidence(bins, sigma, data) -> None:
    rows = HotRows(bins, np.array([False, False, True]), sigma)
    places = data.draw(arrays(np.float64, (3, 5), elements=st.floats(0, bins - 1)))
    sure = data.draw(arrays(np.float64, (3, 5), elements=st.floats(0.1, 1)))
    found, confidence = rows.read(rows.draw(torch.from_numpy(places), torch.from_numpy(sure)))
    off = np.abs(found.numpy() - places)
    off[2] = np.minimum(off[2], bins - off[2])  # the last row goes round
    assert off.max() <= 0.5
    assert np.abs(confidence.numpy() - sure).max() < 1e-6


def test_away_from_the_ends_a_place_comes_back_to_a_hundredth_of_a_bin() -> None:
    rows = HotRows(64, np.zeros(1, bool))
    places = torch.linspace(4, 59, 400, dtype=torch.float64)[None]
    assert (rows.read(rows.draw(places))[0] - places).abs().max() < 0.01


def test_a_row_that_goes_round_has_no_ends() -> None:
    rows = HotRows(64, np.ones(1, bool))
    places = torch.tensor([[0.0, 63.7, 0.3, 31.0]])
    found, _ = rows.read(rows.draw(places))
    assert torch.allclose(found, places, atol=0.01)


def test_a_column_has_one_hot_spot_as_high_as_it_is_sure() -> None:
    image = HotRows(64, np.zeros(1, bool)).draw(torch.tensor([[20.0]]), torch.tensor([[0.6]]))
    assert float(image.max()) == pytest.approx(0.6)
    assert int((image > 0.6 * 0.01).sum()) == 7
    empty = HotRows(64, np.zeros(1, bool)).draw(torch.tensor([[float("nan")]]))
    assert not empty.any()


# 3D

@pytest.fixture(scope="module")
def links() -> np.ndarray:
    motion = danced("gHO", 1, 6.0)[2]
    return mk.Anchor.of(motion).enter(mk.links_of(motion))


@pytest.mark.parametrize("name", ROWS)
def test_a_dance_comes_back_from_its_image(name, links) -> None:
    rows = ROWS[name]
    image = rows.draw(torch.from_numpy(links)[None])
    assert image.shape == (1, rows.channels, rows.bins, len(links))
    found, confidence = rows.read(image)
    assert np.abs(mk.summed(found[0].numpy()) - mk.summed(links)).max() < 1e-3
    assert confidence.min() > 0.99


def test_the_pelvis_is_told_finer_than_its_coarse_bins(links) -> None:
    rows = PoseRows()
    coarse = PoseRows(fine=0.0)
    assert rows.metres[0] > 0.05
    blurred = torch.from_numpy(links)[None]
    places = rows.places(blurred)
    places[:, :3] += 3.0  # a quarter of a metre wrong in the coarse rows
    places[:, :3, 20:40] += 20.0  # some of them two metres
    assert (rows.links(places)[..., 0, :] - blurred[..., 0, :]).abs().max() < 1e-6
    assert (coarse.links(places[:, :-3])[..., 0, :] - blurred[..., 0, :]).abs().min() > 0.05


@pytest.mark.parametrize("seed", range(3))
def test_no_pose_of_any_build_leaves_its_rows(seed) -> None:
    rng = np.random.default_rng(seed)
    world = rng.normal(size=(200, 22, 4))
    world /= np.linalg.norm(world, axis=-1, keepdims=True)
    links = mk.turned_links(world, np.tile([0.0, 0.9, 0.0], (200, 1)))
    for factors in (mk.random_build(rng), np.r_[1.0, np.full(21, mk.MOST), np.ones(mk.POINTS - 22)]):
        assert not PoseRows().clipped(torch.from_numpy(links * factors[:, None])).any()


def test_who_leaves_the_stage_is_said_to_be_clipped(links) -> None:
    rows, away = PoseRows(), torch.from_numpy(links.copy())
    away[10:, 0, 0] += 4.0
    clipped = rows.clipped(away)
    assert clipped.nonzero().tolist() == [[t, 0] for t in range(10, len(links))]
    assert (rows.read(rows.draw(away))[0][10:, 0, 0] < rows.stage + rows.fine).all()


def test_confidence_of_a_point_is_that_of_its_rows(links) -> None:
    rows = PoseRows()
    sure = torch.ones(len(links), mk.POINTS)
    sure[:, 5] = 0.5
    _, confidence = rows.read(rows.draw(torch.from_numpy(links), sure))
    assert torch.allclose(confidence, sure.to(confidence.dtype), atol=1e-6)


# 2D

def test_keypoints_seen_by_a_camera_come_back_from_their_image() -> None:
    seen = see(danced("gHO", 1, 2.0)[2], [Camera((0.0, 1.2, 4.0), (0.0, 0.9, 0.0))], (480, 640))
    rows = FlatRows()
    share, sure = torch.from_numpy(seen.xy / seen.size), torch.from_numpy(seen.confidence)
    image = rows.draw(share, sure)
    assert image.shape == (36, 512, len(seen))
    found, confidence = rows.read(image)
    there = sure > 0
    assert float((found - share)[there].abs().max()) * rows.bins < 0.5
    assert torch.allclose(confidence, sure, atol=1e-6)


def test_the_bin_of_a_share_is_that_of_the_picture_and_outside_there_is_none() -> None:
    rows = FlatRows(keypoints=2)
    image = rows.draw(torch.tensor([[[0.477, 0.808], [0.5, 1.2]]]), torch.ones(1, 2))
    assert image[0, :, 0].argmax() == 244
    assert image[1, :, 0].argmax() == 414
    assert not image[2:].any()


# stretches to learn from

@pytest.fixture(scope="module")
def dances(tmp_path_factory: pytest.TempPathFactory) -> LinkDances:
    return LinkDances.read(corpus_in(tmp_path_factory.mktemp("links") / "corpus", styles=("gHO",)), "train")


def test_stretches_are_the_same_for_the_same_seed_and_of_many_builds(dances) -> None:
    a, b = (dances.draw(np.random.default_rng(5), 32, 16) for _ in range(2))
    assert np.array_equal(a, b)
    thighs = np.linalg.norm(a[:, 0, mk.point("left_knee")], axis=-1)
    assert np.ptp(thighs) > 0.05
    marker = np.linalg.norm(a[:, :, mk.point("left_toes")], axis=-1)
    assert np.ptp(marker) < 1e-4


def test_segments_begin_in_the_middle_facing_ahead(dances) -> None:
    segments = dances.segments(64)
    assert np.abs(segments[:, 0, 0, ::2]).max() < 1e-6
    hips = segments[:, 0, mk.point("left_hip")] - segments[:, 0, mk.point("right_hip")]
    assert (hips[:, 0] > 0.1).all()
    drawn = dances.draw(np.random.default_rng(0), 40, 64, varied=False)
    assert np.abs(drawn[:, 0, 0, ::2]).max() > 0.05  # these lie anywhere in a segment


def test_a_chosen_stretch_is_told_as_it_was_asked_for(dances) -> None:
    first = np.array([30, 500])
    plain = dances.told(first, 32)
    assert plain.dtype == np.float32
    assert np.abs(plain[:, 0, 0, ::2]).max() < 1e-6
    assert np.allclose(dances.told(first, 32, flipped=np.array([True, False]))[0], mk.mirrored(plain[0]))
    builds = np.stack([mk.build(legs=1.1), mk.build(neck=0.9)])
    assert np.allclose(dances.told(first, 32, builds=builds), plain * builds[:, None, :, None], atol=1e-6)
    later = dances.told(first, 32, anchor=first - 20)
    assert np.abs(later[:, 0, 0, ::2]).max() > 0.01
    assert np.allclose(np.linalg.norm(later[..., 1:, :], axis=-1), np.linalg.norm(plain[..., 1:, :], axis=-1),
                       atol=1e-5)


def test_links_turned_left_go_to_the_left() -> None:
    ahead = np.zeros((1, 1, mk.POINTS, 3))
    ahead[..., 2] = 1.0
    assert np.allclose(turned(ahead, np.array([np.pi / 2]))[0, 0, 0], [1, 0, 0])


def test_dances_too_short_or_missing_are_said(dances, tmp_path) -> None:
    with pytest.raises(UserError, match="10000 frames"):
        dances.draw(np.random.default_rng(0), 1, 10_000)
    with pytest.raises(UserError, match="10000 frames"):
        dances.segments(10_000)
    with pytest.raises(UserError, match="no test pairs"):
        LinkDances.read(Corpus(tmp_path, ()), "test")
