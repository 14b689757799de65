"""HOT-dance's parts: the mask case by case, a clock that knows differences only, points without images."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from learning import danced
from practice import stance, steady_beats

from dance_core.generators.base import Request
from dance_core.generators.hotdance import dit_config, image_config, rotary
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance import reference as ref
from dance_core.generators.hotdance.dancing import _Dancing
from dance_core.generators.hotdance.dit import Dit, Given, parts_of
from dance_core.generators.hotdance.dit_config import DIT_CONFIGS, DitConfig
from dance_core.generators.hotdance.image_codec import ImageCodec
from dance_core.generators.hotdance.image_config import IMAGE_CONFIGS
from dance_core.generators.hotdance.points import Points
from dance_core.generators.hotdance.whole import Whole, gain_of
from dance_core.generators.hotdance.wiener import Wiener
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.manner import unsaid
from dance_core.motion.motion import Motion
from dance_core.music.features import Features

TINY = dataclasses.replace(DIT_CONFIGS["tiny"], styles=("gHO",), features=("onset_envelope", "loudness"))


# --- the mask ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("count, columns", [
    (0, [0, 0, 0, 0]),  # a build alone
    (1, [1, 0, 0, 0]),  # a first pose: one phase of the first column
    (7, [7, 0, 0, 0]),
    (8, [8, 0, 0, 0]),
    (11, [8, 3, 0, 0]),
    (16, [8, 8, 0, 0]),  # the overlap: q = 2, r = 0
    (32, [8, 8, 8, 8]),
    (99, [8, 8, 8, 8]),  # clamped
])
def test_the_mask_of_n_frames(count: int, columns: list[int]) -> None:
    mask = ref.mask_of(ref.first_known(count, 32), heights=3)
    assert mask.shape == (8, 3, 4)
    for j, phases in enumerate(columns):
        assert (mask[:phases, :, j] == 1).all() and (mask[phases:, :, j] == 0).all()


def test_frames_known_at_the_end_keep_their_phase() -> None:
    known = torch.zeros(24, dtype=torch.bool)
    known[13:22] = True
    mask = ref.mask_of(known, heights=1)[:, 0]
    assert mask[:, 0].sum() == 0
    assert mask[:, 1].tolist() == [0, 0, 0, 0, 0, 1, 1, 1] and mask[:, 2].tolist() == [1, 1, 1, 1, 1, 1, 0, 0]


def test_hands_and_face_have_masks_of_their_own() -> None:
    mask = ref.details_mask(ref.first_known(3, 16), ref.first_known(9, 16))
    assert mask.shape == (16, 2)
    assert mask[:8, 0].tolist() == [1, 1, 1, 0, 0, 0, 0, 0] and mask[:8, 1].sum() == 0
    assert mask[8:, 0].sum() == 8 and mask[8:, 1].tolist() == [1, 0, 0, 0, 0, 0, 0, 0]


def test_a_clip_holds_the_pose_where_nothing_is_known() -> None:
    links = np.random.default_rng(0).normal(size=(10, mk.POINTS, 3))
    still = np.ones((mk.POINTS, 3))
    clip = ref.clip_of(links, np.arange(10) < 4, still)
    assert np.array_equal(clip[:4], links[:4]) and (clip[4:] == 1).all()


def test_the_pose_that_is_held_says_a_build_not_a_place() -> None:
    pose = stance()
    away = mk.Anchor(1.2, 3.0, -2.0).place(pose)
    assert np.allclose(ref.still_pose(pose), ref.still_pose(away), atol=1e-5)
    assert np.allclose(ref.still_pose(away)[0, ::2], 0, atol=1e-5)


@pytest.fixture(scope="module")
def dance() -> tuple[Motion, pc.PoseCode]:
    motion = danced("gHO", 1, 8.0)[2]
    return motion, pc.PoseCode.fit([motion])


def told_of(tempo: float, motion: Motion, code: pc.PoseCode, past: int = 0, **also: object) -> _Dancing:
    """A request for as many frames as a dance has, to music of that tempo; `past` of them were danced."""
    beats = steady_beats(tempo, 20.0)
    features = Features(np.zeros((600, 2), np.float32), TINY.features)
    context = {"context": motion.slice(0, past)} if past else {}
    request = Request(features, beats, 30 if past else 0, len(motion) + (30 if past else 0), "gHO", stance(),
                      **context, **also)  # type: ignore[arg-type]
    return _Dancing(request, dataclasses.replace(TINY, even=1.0), code)


@pytest.mark.parametrize("tempo", [90.0, 125.0, 140.0, 160.0, 175.0])
@pytest.mark.parametrize("past", [0, 16, 30])
@pytest.mark.parametrize("keep", [{"body"}, {"hands"}, {"body", "face"}])
def test_of_parts_that_are_kept_every_frame_is_known(dance: tuple[Motion, pc.PoseCode], tempo: float,
                                                     past: int, keep: set[str]) -> None:
    """Also that which lies on the clock between the past and what goes on from it."""
    motion, code = dance[0].slice(0, 150), dance[1]
    told = told_of(tempo, motion, code, past, keep=frozenset(keep), given=motion)
    there = int((told.lead + told.wanted - 1) * told.clock.pace + 1e-6) + 1
    for i, part in enumerate(("body", "hands", "face")):
        assert told.known[i, :there].all() == (part in keep)


def test_which_feet_stand_stays_a_share_between_two_frames(dance: tuple[Motion, pc.PoseCode]) -> None:
    motion, code = dance[0].slice(0, 150), dance[1]
    told = told_of(160.0, motion, code, 30, keep=frozenset({"body"}), given=motion)
    feet = told.clip_rows[:, pc.CONTACTS]
    assert feet.min() >= 0.0 and feet.max() <= 1.0 and len(np.unique(feet)) > 2


@pytest.mark.parametrize("frames, columns", [(75, 12), (90, 12), (200, 16)])
def test_no_segment_is_shorter_than_those_it_learned_from(dance: tuple[Motion, pc.PoseCode], frames: int,
                                                          columns: int) -> None:
    told = told_of(78.0, dance[0].slice(0, frames), dance[1])
    assert told.frames == 8 * columns == len(told.clip) == told.noise().shape[-1] * 8 == told.known.shape[1]
    assert len(told.music) == told.frames + TINY.music_ahead


def test_what_is_known_is_drawn_as_the_config_says() -> None:
    c, rng = DitConfig(ends=0.25), np.random.default_rng(0)
    drawn = [ref.draw_known(rng, 256, c) for _ in range(4000)]
    leads = np.array([np.argmin(np.append(d.known, False)) for d in drawn])
    for count, share in ((0, c.alone), (1, c.first), (16, c.overlap)):
        assert abs((leads == count).mean() - share) < 0.04
    assert leads[leads != 16].max() <= ref.MOST
    assert all(d.own == (lead == 1) for d, lead in zip(drawn, leads, strict=True))
    ended = np.array([d.known[ref.MOST + 8:].any() for d in drawn])
    assert abs(ended.mean() - 0.25) < 0.03
    assert len({int(np.flatnonzero(d.known)[-1]) % 8 for d in drawn if d.known[40:].any()}) == 8, "any phase"


def test_a_held_pose_is_coded_alike_wherever_it_is_held() -> None:
    torch.manual_seed(0)
    codec = ImageCodec(IMAGE_CONFIGS["tiny"]).eval()
    torch.nn.init.normal_(codec.encoder.out.weight, std=0.1)  # as it is when it has learned something
    pose = torch.from_numpy(ref.still_pose(stance()).astype(np.float32))
    clip = pose.repeat(96, 1, 1)
    clip[:9, 1:] *= -1.0
    with torch.inference_mode():
        short = ref.encoded(codec, clip, ref.first_known(9, 96))
        whole = codec.encode_points(clip[None])[0]
    reach = codec.config.blocks + codec.config.column_blocks
    assert short.shape == whole.shape
    assert torch.allclose(short[..., :-reach], whole[..., :-reach], atol=1e-4), "but next to the end"
    assert torch.equal(short[..., 2 + reach], short[..., -1])


# --- positions ------------------------------------------------------------------------------------

@given(st.floats(0, 8), st.floats(0, 8), st.floats(0, 20), st.integers(0, 7))
def test_attention_knows_differences_of_time_only(a: float, b: float, later: float, bin_: int) -> None:
    rng = torch.Generator().manual_seed(1)
    q, k = torch.randn(2, 1, 32, generator=rng)

    def product(t: float, u: float) -> float:
        places = torch.tensor([[0.0, bin_, t], [0.0, 0.0, u]], dtype=torch.float64)
        angle = rotary.angles(places, 32, 8 / 30)
        return float((rotary.turned(q, angle[:1]) * rotary.turned(k, angle[1:])).sum())

    assert product(a, b) == pytest.approx(product(a + later, b + later), abs=2e-3)


def test_pose_and_music_share_a_clock_or_do_not() -> None:
    long = 8 / 30
    pose, music = rotary.pose_places(2, 3, long), rotary.music_places(4, long)
    assert pose.tolist() == [[0, g, pytest.approx(j * long)] for g in (0, 1) for j in (0, 1, 2)]
    assert music[:3, 2].tolist() == pose[:3, 2].tolist() and not music[:, :2].any()
    words = rotary.music_places(4, long, caption=True)
    assert words[:, 0].tolist() == music[:, 2].tolist() and not words[:, 1:].any()


def given_of(c: DitConfig, columns: int, seed: int = 0, count: int = 2) -> Given:
    rng = torch.Generator().manual_seed(seed)
    known = ref.first_known(9, columns * 8).expand(count, -1)
    return Given(torch.randn(count, c.numbers, columns, generator=rng), ref.mask_of(known, c.heights),
                 ref.details_mask(known, known),
                 torch.randn(count, columns * 8 + c.music_ahead, len(c.features), generator=rng),
                 torch.zeros(count, dtype=torch.long), unsaid(count))


@pytest.mark.parametrize("rows", [1, 2, 4])
@pytest.mark.parametrize("target", dit_config.TARGETS)
def test_any_length_and_any_rows_a_token(rows: int, target: str) -> None:
    c = dataclasses.replace(TINY, rows=rows, target=target)
    torch.manual_seed(0)
    dit = Dit(c).eval()
    torch.nn.init.normal_(dit.out.weight, std=0.1)
    for columns in (3, 32):
        told = given_of(c, columns)
        noisy = torch.randn(2, c.numbers, columns)
        with torch.inference_mode():
            out = dit(noisy, torch.tensor([0.2, 0.9]), told)
            alone = dit(noisy[1:], torch.tensor([0.9]), Given(*(x[1:] for x in told)))
        assert out.shape == noisy.shape and torch.isfinite(out).all()
        assert torch.allclose(out[1:], alone, atol=1e-4), "whoever else is there"


def test_rows_come_back_where_they_were() -> None:
    dit = Dit(dataclasses.replace(TINY, rows=2))
    x = torch.randn(2, TINY.latents, TINY.heights, 5)
    assert torch.equal(dit._spread(dit._grouped(x)), x.flatten(1, 2))


def test_music_is_heard_at_its_time_from_the_beginning() -> None:
    """Before anything is learned a pose token looks most at the music that sounds while it lasts."""
    torch.manual_seed(0)
    dit = Dit(TINY).eval()
    attend = dit.blocks[0].attend
    angle, music_angle = dit.angles(32, 34, torch.device("cpu"))
    x, music = torch.randn(1, 32, TINY.width), torch.randn(1, 34, TINY.width)
    q = attend.q(x).view(1, 32, attend.heads, -1).transpose(1, 2)
    q = rotary.turned(torch.nn.functional.layer_norm(q, q.shape[-1:]) * attend.gain, angle)
    k, _ = attend.keep(music, music_angle)
    share = torch.softmax(q @ k.transpose(-1, -2), -1).mean((0, 1))
    assert (share.argmax(-1) == torch.arange(32)).float().mean() > 0.8
    assert share.diagonal().mean() > 5 / 34


def test_who_is_deaf_hears_no_music_and_guidance_leads_away_from_that() -> None:
    torch.manual_seed(0)
    dit = Dit(TINY).eval()
    for layer in (dit.out, dit.details_out):
        torch.nn.init.normal_(layer.weight, std=0.1)
    told, noisy, t = given_of(TINY, 6), torch.randn(2, TINY.numbers, 6), torch.tensor([0.3, 0.3])
    other = told._replace(music=torch.randn_like(told.music))
    deaf = torch.zeros(2, dtype=torch.bool)
    with torch.inference_mode():
        none = dit(noisy, t, told, deaf)
        assert torch.equal(none, dit(noisy, t, other, deaf))
        heard = dit(noisy, t, told)
        assert not torch.allclose(heard, dit(noisy, t, other))
        led = dit.guided(told, torch.tensor([2.0, 3.0]))(noisy, t)
    body = parts_of(TINY)[0]
    free = ~told.known(TINY)
    expected = none[:, body] + torch.tensor([2.0, 3.0])[:, None, None] * (heard - none)[:, body]
    assert torch.allclose((led[:, body] - expected)[free[:, body]], torch.zeros(1), atol=1e-5)
    assert torch.allclose(led[:, body.stop:], heard[:, body.stop:], atol=1e-5), "hands and face as trained"


def test_what_is_known_stays_and_untaught_it_guesses_linearly() -> None:
    dit = Dit(TINY).eval()
    dit.first.fit(torch.randn(40, TINY.numbers, 12))
    told, noisy, t = given_of(TINY, 6), torch.randn(2, TINY.numbers, 6), torch.tensor([0.2, 0.6])
    with torch.inference_mode():
        guess = dit(noisy, t, told)
        known = told.known(TINY)
        first, _ = dit.first(torch.where(known, told.reference * t[:, None, None], noisy), t)
    assert torch.equal(known, (torch.arange(6) < 1).expand_as(known)), "nine frames are one whole column"
    assert torch.equal(guess[known], told.reference[known])
    assert torch.equal(guess[~known], first[~known])


# --- the linear guess -------------------------------------------------------------------------------

def walks(count: int, generator: torch.Generator) -> torch.Tensor:
    """(count, 3, 10) numbers that change slowly from column to column, the second much larger."""
    x = torch.randn(count, 3, 14, generator=generator)
    x = torch.nn.functional.avg_pool1d(x, 5, 1) * 5**0.5
    return x * torch.tensor([1.0, 4.0, 0.3])[:, None] + torch.tensor([0.0, 2.0, -1.0])[:, None]


@pytest.mark.parametrize("t", [0.05, 0.5, 0.9])
def test_no_linear_guess_from_three_columns_is_better(t: float) -> None:
    rng = torch.Generator().manual_seed(0)
    wiener, x, other = Wiener(3), walks(4000, rng), walks(4000, rng)
    wiener.fit(x)
    errors = {}
    times = torch.full((4000,), t)
    noisy, new = (t * v + (1 - t) * torch.randn(v.shape, generator=rng) for v in (x, other))
    guess, spread = wiener(new, times)
    off = (guess - other)[..., 1:-1]
    errors["ours"] = off.square().mean((0, 2))
    design = [torch.cat([v[:, :, i:i + 8] for i in range(3)], 1).transpose(1, 2).flatten(0, 1)
              for v in (noisy, new)]
    design = [torch.cat([d, torch.ones(len(d), 1)], 1) for d in design]
    rows = [v[:, :, 1:-1].transpose(1, 2).flatten(0, 1) for v in (x, other)]
    solved = torch.linalg.lstsq(design[0], rows[0]).solution
    errors["solved"] = (design[1] @ solved - rows[1]).square().mean(0)
    assert torch.allclose(errors["ours"], errors["solved"], rtol=0.03)
    assert torch.allclose(spread[0, :, 0].square(), errors["ours"], rtol=0.05), "and knows how far it is off"


def test_of_noise_alone_the_guess_is_the_mean_and_of_clean_numbers_themselves() -> None:
    rng = torch.Generator().manual_seed(0)
    wiener, x = Wiener(3), walks(500, rng)
    wiener.fit(x)
    guess, _ = wiener(torch.randn(2, 3, 10, generator=rng), torch.zeros(2))
    assert torch.allclose(guess, wiener.mean[None, :, None].expand_as(guess), atol=1e-5)
    guess, spread = wiener(x[:2], torch.ones(2))
    assert torch.allclose(guess, x[:2], atol=1e-3) and spread.max() < 0.02


@pytest.mark.parametrize("change, told", [
    ({"rows": 3}, "3 rows a token do not divide"), ({"music_ahead": 12}, "music_ahead is 12"),
    ({"heads": 5}, "width 48 in 5 heads"), ({"target": "noise"}, "target 'noise'")])
def test_sizes_that_do_not_fit_are_refused(change: dict, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        dataclasses.replace(TINY, **change)


def test_a_column_is_as_long_as_the_codec_has_it() -> None:
    assert dit_config.PATCH == image_config.PATCH


# --- numbers and points ----------------------------------------------------------------------------

def test_latents_that_move_more_are_larger_and_come_back() -> None:
    counts = torch.tensor([[9.0, 4.0], [1.0, 0.0]])
    gain = gain_of(counts)
    assert gain[0] / gain[1] == pytest.approx(1.5) and gain.square().mean() == pytest.approx(1.0)
    assert gain[3] > 0
    whole = Whole(TINY, counts=torch.rand(TINY.latents, TINY.heights) + 0.1)
    latents = torch.randn(2, TINY.latents, TINY.heights, 5)
    assert torch.allclose(whole.latents(whole.body_numbers(latents)), latents, atol=1e-5)


def _linear_codec(links: np.ndarray) -> ImageCodec:
    """A codec that has learned nothing but the leading directions of some links (B, T, K, 3)."""
    codec = ImageCodec(IMAGE_CONFIGS["tiny"])
    x = torch.from_numpy(links)
    codec.lead.fit(np.concatenate([codec.lead.of_links(x[:, a:a + 8]).numpy()
                                   for a in range(x.shape[1] - 7)]))
    return codec.eval()


def test_points_and_their_errors_without_images(motion: Motion) -> None:
    anchored = mk.Anchor.of(motion).enter(mk.links_of(motion)).astype(np.float32)
    codec = _linear_codec(anchored[None, :240])
    whole = Whole(TINY)
    points = Points(codec, whole)
    links = torch.from_numpy(anchored[None, :64])
    raw = codec.lead.first(codec.lead.numbers_of(codec.lead.of_links(links)))
    numbers = torch.cat([raw, torch.zeros(1, TINY.details, 8)], 1)
    true = torch.from_numpy(mk.SUMMING.astype(np.float32)) @ links
    assert float((points.of(numbers) - true).norm(dim=-1).mean()) < 0.05, "48 numbers for 8 frames"
    other = numbers + 0.02 * torch.randn_like(numbers)
    off, there = points.errors(other, numbers)
    assert torch.allclose(there, points.of(numbers), atol=1e-5)
    assert torch.allclose(off, points.of(other) - there, atol=2e-3)


@pytest.fixture(scope="module")
def motion() -> Motion:
    from learning import danced

    return danced("gHO", 3, 10.0)[2]
