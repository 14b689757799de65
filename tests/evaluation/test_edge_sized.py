"""The denoiser that generators are timed beside: its size, and that every input reaches what comes out."""

from __future__ import annotations

import pytest
import torch

from dance_core.evaluation.edge_sized import EdgeSized, EdgeSizes, time_step

TINY = EdgeSizes(frames=12, overlap=6, motion=5, music=3, width=16, inner=24, layers=2, music_layers=1,
                 heads=2)


def test_it_has_the_published_size() -> None:
    assert 46.0 < EdgeSized().parameters_m < 48.0


@pytest.mark.parametrize(("frames", "windows"), [(20, 1), (150, 1), (151, 2), (225, 2), (900, 11)])
def test_windows_overlap_by_half(frames: int, windows: int) -> None:
    assert EdgeSizes().windows(frames) == windows


def test_every_input_is_heard() -> None:
    torch.manual_seed(0)
    network = EdgeSized(TINY).eval()
    given = [torch.randn(2, 12, 5), torch.randn(2, 12, 3), torch.randn(2, 16)]
    with torch.inference_mode():
        out = network(*given)
        assert out.shape == (2, 12, 5)
        for i in range(3):
            other = [x.flip(0) if k == i else x for k, x in enumerate(given)]
            assert not torch.allclose(network(*other), out, atol=1e-4)


def test_a_step_is_timed() -> None:
    assert time_step(EdgeSized(TINY).eval(), 30) > 0.0
