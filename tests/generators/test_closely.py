"""Codes of a dance found with care: never worse than the nearest by level, and the heading stays."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from dance_core.generators.nets import pose_code as pc
from dance_core.generators.soulnet.closely import SPAN, code_closely, search, wandering
from dance_core.generators.soulnet.codec import Codec
from dance_core.generators.soulnet.config import CONFIGS

TINY = CONFIGS["tiny"]


def sums(books: torch.Tensor, codes: torch.Tensor) -> torch.Tensor:
    return sum(book[codes[:, k]] for k, book in enumerate(books))


def nearest(books: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Codes (N, LEVELS), level by level."""
    codes, left = [], x
    for book in books:
        codes.append(torch.cdist(left, book).argmin(-1))
        left = left - book[codes[-1]]
    return torch.stack(codes, 1)


@given(st.integers(0, 10_000))
def test_one_candidate_is_the_nearest_each_time_and_all_of_them_are_the_best_there_is(seed: int) -> None:
    random = torch.Generator().manual_seed(seed)
    books = torch.randn(2, 5, 3, generator=random, dtype=torch.float64)
    x = torch.randn(4, 3, generator=random, dtype=torch.float64)
    assert torch.equal(search(books, x, 1), nearest(books, x))
    every = (books[0][:, None] + books[1]).flatten(0, 1)
    best = torch.cdist(x, every).amin(-1)
    torch.testing.assert_close((x - sums(books, search(books, x, 25))).norm(dim=-1), best)


def test_wandering_is_how_far_a_heading_goes_in_a_while() -> None:
    steady = torch.linspace(0.0, 4.0, 4 * SPAN + 1)[None]  # 1 in each span
    assert wandering(steady) == pytest.approx(1.0)
    assert wandering(steady + 3.0) == pytest.approx(1.0), "where it begins is all one"
    assert wandering(steady[:, :SPAN // 5 + 1]) == pytest.approx(0.2), "a short one: from end to end"


class Tells(Codec):
    """A codec whose first book tells turns in steps of half a radian a second, always a little too fast."""

    STEP, FAST = 0.5, 0.2

    def streams(self, rows: torch.Tensor) -> list[torch.Tensor]:
        turn = rows[..., pc.TURN].unflatten(1, (-1, self.config.frames)).mean(-1)
        first = torch.zeros(*turn.shape, self.config.vector)
        first[..., 0] = turn
        return [first, torch.zeros_like(first), torch.zeros_like(first)]

    def decode(self, codes: torch.Tensor, levels: int | None = None) -> torch.Tensor:
        turn = self.books[0, 0, codes[:, 0, :, 0], 0] + self.FAST
        rows = torch.zeros(*codes.shape[:1], codes.shape[2] * self.config.frames, pc.ROW)
        rows[..., pc.TURN] = turn.repeat_interleave(self.config.frames, 1)
        return rows


def test_a_heading_that_would_drift_is_kept() -> None:
    codec = Tells(dataclasses.replace(TINY))
    codec.books.zero_()
    codec.books[0, 0, :, 0] = Tells.STEP * (torch.arange(TINY.book) - TINY.book // 2)
    rows = torch.zeros(1, 1200, pc.ROW)
    rows[..., pc.TURN] = 0.3 * torch.sin(torch.arange(1200) / 40.0)

    def drifts(codes: torch.Tensor) -> float:
        return wandering((codec.decode(codes)[..., pc.TURN] - rows[..., pc.TURN]).cumsum(1) / 30.0)

    with torch.inference_mode():
        plain, closely = drifts(codec.encode(rows)), drifts(code_closely(codec, rows))
    assert plain > 0.4, "2.5 s of .2 rad/s too fast"
    assert closely < 0.4 * plain
