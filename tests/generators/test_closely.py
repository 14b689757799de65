"""Codes of a dance found with care: candidates, the chain among them, and what a dance is made of by both."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from learning import danced

from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.soulnet.closely import code_closely
from dance_core.generators.soulnet.closely_search import chain, near, root_of
from dance_core.generators.soulnet.codec import Codec
from dance_core.generators.soulnet.config import CONFIGS

TINY = CONFIGS["tiny"]


@pytest.fixture(scope="module", autouse=True)
def one_core() -> Iterator[None]:
    with one_thread():
        yield


def sums(books: torch.Tensor, codes: torch.Tensor) -> torch.Tensor:
    return sum(book[codes[..., k]] for k, book in enumerate(books))


def plainly(books: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Codes (N, LEVELS), level by level the nearest."""
    codes, left = [], x
    for book in books:
        codes.append(torch.cdist(left, book).argmin(-1))
        left = left - book[codes[-1]]
    return torch.stack(codes, 1)


@given(st.integers(0, 10_000))
def test_one_candidate_is_the_nearest_each_time_and_of_all_of_them_the_first_is_the_best_there_is(
        seed: int) -> None:
    random = torch.Generator().manual_seed(seed)
    books = torch.randn(2, 5, 3, generator=random, dtype=torch.float64)
    x = torch.randn(4, 3, generator=random, dtype=torch.float64)
    as_it_is = torch.eye(3, dtype=torch.float64).expand(4, 3, 3)
    assert torch.equal(near(books, x, as_it_is, 1)[0][:, 0], plainly(books, x))

    roots = torch.randn(4, 3, 3, generator=random, dtype=torch.float64)
    codes, off = near(books, x, roots, 25)
    every = (books[0][:, None] + books[1]).flatten(0, 1)
    felt = ((x[:, None] - every) @ roots).square().sum(-1)
    torch.testing.assert_close(off, felt.sort(-1).values)
    torch.testing.assert_close(off, ((x[:, None] - sums(books, codes)) @ roots).square().sum(-1))


def test_a_root_squared_is_what_it_is_the_root_of() -> None:
    half = torch.randn(6, 4, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    metric = half @ half.mT
    root = root_of(metric)
    torch.testing.assert_close(root @ root.mT, metric, rtol=1e-3, atol=1e-2)
    nothing = root_of(torch.zeros(1, 4, 4, dtype=torch.float64))
    assert not nothing.any()


@given(st.integers(0, 10_000))
def test_the_chain_is_the_best_of_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    costs = torch.from_numpy(random.random((5, 3)))
    costs[2, 1:] = torch.inf  # a moment with one candidate
    steps = torch.from_numpy(random.integers(-3, 4, (5, 3)) * 0.1)  # ways from place to place
    price = float(random.uniform(0.0, 20.0))

    def whole(chosen: tuple[int, ...]) -> float:
        at = torch.arange(5)
        place = steps[at, torch.tensor(chosen)].cumsum(0)
        return float(costs[at, torch.tensor(chosen)].sum() + price * place.square().sum())

    found = chain(costs, steps, price, 1.5, 31)
    least = min(map(whole, itertools.product(range(3), repeat=5)))
    assert whole(tuple(found.tolist())) == pytest.approx(least)


@pytest.fixture(scope="module")
def learned() -> tuple[Codec, torch.Tensor]:
    """A codec as it begins, with the leading directions of a dance and books drawn from it; another dance."""
    rows = []
    for seed in (1, 2):
        motion = danced("gHO", seed, 14.0)[2]
        code = pc.PoseCode.fit([motion])
        rows.append(code.encode(motion.slice(0, len(motion) // 4 * 4)))
    torch.manual_seed(0)
    codec = Codec(dataclasses.replace(TINY)).eval().requires_grad_(False)
    codec.fit(rows[:1])
    left = codec.streams(torch.from_numpy(rows[0])[None])
    for level in range(TINY.levels):
        for part, x in enumerate(left):
            some = torch.randperm(x.shape[1])[:TINY.book]
            codec.books[part, level] = 0.9 * x[0, some]
            left[part] = x - codec.nearest(part, level, x)[1]
    return codec, torch.from_numpy(rows[1][:240])[None]


def test_what_is_made_of_codes_that_were_searched_is_nearer_and_its_heading_stays(
        learned: tuple[Codec, torch.Tensor]) -> None:
    codec, rows = learned
    far, drifts = [], []
    for codes in (codec.encode(rows), code_closely(codec, rows)):
        made = codec.decode(codes)
        far.append(float((fk.places(made) - fk.places(rows)).norm(dim=-1).mean()))
        drifts.append(float((made - rows)[..., pc.TURN].cumsum(1).abs().mean() / 30.0))
    assert far[1] < 0.9 * far[0]
    assert drifts[1] < 0.5 * drifts[0]


def test_the_same_seed_finds_the_same_codes_and_hands_and_face_hear_the_bodys(
        learned: tuple[Codec, torch.Tensor]) -> None:
    codec, rows = learned[0], learned[1][:, :80]
    codes = code_closely(codec, rows)
    assert torch.equal(codes, code_closely(codec, rows))
    assert codes.shape == codec.encode(rows).shape

    def pick(stream: int, level: int, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return (codes[:, 0, :, level], codec.books[0, level][codes[:, 0, :, level]]) if stream == 0 \
            else codec.nearest(stream, level, x)

    assert torch.equal(codes, codec.rounded(codec.streams(rows), pick)[0])


def test_a_dance_that_is_shorter_than_what_the_decoder_hears_is_coded_as_always(
        learned: tuple[Codec, torch.Tensor]) -> None:
    codec, rows = learned
    rows = rows[:, :(codec.back + codec.ahead) * codec.config.frames]
    assert torch.equal(code_closely(codec, rows), codec.encode(rows))


def test_only_a_codec_with_codes_of_the_body_alone_is_searched() -> None:
    codec = Codec(dataclasses.replace(TINY, kind="rvq"))
    with pytest.raises(ValueError, match="only a codec with codes of the body alone"):
        code_closely(codec, torch.zeros(1, 40, pc.ROW))
