"""The ear: it hears the metre of what moves in time, and none in what stands still."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dance_core.generators.hotdance.ear import Ear
from dance_core.motion import skeleton as sk
from dance_core.settings import MOTION_FPS

BATCH, FRAMES = 16, 96


def rests(rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Points (B, T, K, 3) m that rest once a beat, in directions of their own, and the place in the beat."""
    beat = rng.uniform(0.4, 0.7, (BATCH, 1))
    phase = 2 * np.pi * (np.arange(FRAMES) / MOTION_FPS / beat + rng.random((BATCH, 1)))
    speed = (1 - np.cos(phase))[..., None, None] * rng.normal(size=(BATCH, 1, sk.BODY, 3))
    points = np.cumsum(speed, 1) * 0.5 / MOTION_FPS
    metre = np.stack([np.sin(phase), np.cos(phase)], -1)
    return torch.from_numpy(points).float(), torch.from_numpy(metre).float()


@pytest.fixture(scope="module")
def ear() -> Ear:
    torch.manual_seed(0)
    rng, made = np.random.default_rng(0), Ear(2, width=32)
    optimiser = torch.optim.AdamW(made.parameters(), 5e-3)
    for _ in range(60):
        points, metre = rests(rng)
        loss = (made(points) - metre).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return made.eval()


def test_it_hears_beats_in_rests(ear: Ear) -> None:
    points, metre = rests(np.random.default_rng(1))
    with torch.inference_mode():
        assert float((ear(points) - metre).square().mean() / metre.square().mean()) < 0.2


def test_where_and_which_way_it_is_danced_is_all_one(ear: Ear) -> None:
    points, _ = rests(np.random.default_rng(2))
    flipped = (points + torch.tensor([3.0, 0.0, -2.0])) * torch.tensor([-1.0, 1.0, 1.0])
    with torch.inference_mode():
        torch.testing.assert_close(ear(points), ear(flipped), atol=1e-3, rtol=1e-3)


def test_stillness_tells_no_phase(ear: Ear) -> None:
    with torch.inference_mode():
        told = ear(torch.ones(1, 200, sk.BODY, 3))[:, 70:-70]  # it sees the ends from 64
    assert float((told - told.mean(1, keepdim=True)).abs().max()) < 1e-3
