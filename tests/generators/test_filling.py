"""Masked codes found: what is known stays, the rest is complete, and the same chances make the same codes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from dance_core.generators.soulnet.base_codes import BaseCodes
from dance_core.generators.soulnet.filling import Chances, deepen, drawn, fill, worn
from dance_core.generators.soulnet.level_codes import LevelCodes, vectors_of
from dance_core.generators.soulnet.masked_config import MASKED_CONFIGS, MaskedConfig

C = dataclasses.replace(MASKED_CONFIGS["tiny"], codes=40, levels=4, dim=6, vector=5, tries=3,
                        styles=("gHO", "gLO"))


def heard(base: BaseCodes, hear: bool = True) -> torch.Tensor:
    """(1, window, width): some music."""
    c, g = base.config, torch.Generator().manual_seed(5)
    music = torch.randn(1, c.window * c.patch + c.music_ahead, len(c.features), generator=g)
    vectors = torch.randn(1, 2, c.vector, generator=g)
    style = torch.zeros(1, dtype=torch.long)
    return base.listen(music, vectors, style, torch.tensor([hear]))


@pytest.fixture(scope="module", params=[1, 3], ids=["one token a moment", "a token a part"])
def base(request: pytest.FixtureRequest) -> BaseCodes:
    torch.manual_seed(1)
    net = BaseCodes(dataclasses.replace(C, tokens=request.param))
    torch.nn.init.normal_(net.stack.modulate[1].weight, std=0.3)  # as after training: the music counts
    return net.requires_grad_(False).eval()


def window(c: MaskedConfig) -> torch.Tensor:
    """(1, 3, window): a context, and the end of the hands, are known."""
    codes = torch.randint(c.codes, (1, 3, c.window), generator=torch.Generator().manual_seed(2))
    codes[:, :, c.context:] = c.mask
    codes[:, 1, -3:] = 7
    return codes


def filled(base: BaseCodes, seed: int = 3, guidance: float = 1.0) -> torch.Tensor:
    c = base.config
    chances = Chances.draw(c, c.window, torch.Generator().manual_seed(seed))
    return fill(base, window(c), heard(base), heard(base, False), torch.full((1,), guidance), chances)


def test_all_is_found_and_what_was_known_stays(base: BaseCodes) -> None:
    known = (window(C) != C.mask).expand(C.tries, -1, -1)
    found = filled(base)
    assert int(found.max()) < C.codes and torch.equal(found[known], window(C).expand_as(found)[known])


def test_tries_together_are_as_each_alone(base: BaseCodes) -> None:
    c = base.config
    chances = Chances.draw(c, c.window, torch.Generator().manual_seed(3))
    for i, found in enumerate(filled(base)):
        alone = Chances(chances.codes[i:i + 1], chances.kept[i:i + 1], chances.levels)
        again = fill(base, window(c), heard(base), heard(base, False), torch.ones(1), alone)
        assert float((again[0] == found).float().mean()) > 0.9, "up to rounding"


def test_the_same_chances_make_the_same_codes_and_others_do_not(base: BaseCodes) -> None:
    assert torch.equal(filled(base), filled(base))
    assert not torch.equal(filled(base), filled(base, seed=4))
    tries = filled(base)
    assert not torch.equal(tries[0], tries[1])


def test_guidance_and_music_change_what_is_found(base: BaseCodes) -> None:
    assert not torch.equal(filled(base), filled(base, guidance=4.0))
    codes, music = window(C), heard(base)
    told = base.guess(codes, base.stack.tune(music))
    deaf = base.guess(codes, base.stack.tune(heard(base, False)))
    assert float((told - deaf).abs().max()) > 0.01


def test_only_the_body_is_guided(base: BaseCodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "config", dataclasses.replace(base.config, iterations=1, guided=1))
    plain, guided = filled(base), filled(base, guidance=4.0)
    assert not torch.equal(guided[:, 0], plain[:, 0]) and torch.equal(guided[:, 1:], plain[:, 1:])


def test_a_code_that_fills_a_window_is_worn() -> None:
    codes = torch.full((1, 20), C.mask)
    codes[0, :8], codes[0, 8:10], codes[0, 10] = 3, 5, C.nothing
    worn_ = worn(codes, dataclasses.replace(C, often=0.1))
    assert worn_.shape == (1, 1, C.codes)
    assert worn_[0, 0, 3] == pytest.approx(np.log(0.4 / 0.1)) and worn_.count_nonzero() == 1


def test_a_weary_dancer_draws_more_codes(base: BaseCodes) -> None:
    """On average: the body's; and the other parts are heard as they were."""
    def kinds(weary: float) -> float:
        net = BaseCodes(dataclasses.replace(base.config, weary=weary, often=0.05))
        net.load_state_dict(base.state_dict())
        with torch.no_grad():
            net.out[0].bias[:3] += 4.0  # a body that likes to repeat itself
        found = [filled(net.requires_grad_(False).eval(), seed)[:, 0, C.context:] for seed in range(6)]
        return float(np.mean([len(window.unique()) for windows in found for window in windows]))

    assert kinds(6.0) > 1.3 * kinds(0.0)


def test_a_code_is_drawn_as_often_as_it_is_likely() -> None:
    logits = torch.log(torch.tensor([0.5, 0.3, 0.15, 0.05])).expand(40_000, -1)
    chance = torch.rand(40_000, generator=torch.Generator().manual_seed(0))
    found, sure = drawn(logits, chance, 1.0, 0.0)
    share = torch.bincount(found, minlength=4) / len(found)
    assert torch.allclose(share, torch.tensor([0.5, 0.3, 0.15, 0.05]), atol=0.01)
    assert torch.allclose(sure.exp(), logits[0].exp()[found], atol=1e-5)
    few, _ = drawn(logits, chance, 1.0, 0.5)
    assert set(few.tolist()) == {0, 1}
    assert set(drawn(logits, chance, 0.0, 0.0)[0].tolist()) == {0}


def test_deeper_levels_are_found_and_known_ones_stay() -> None:
    torch.manual_seed(4)
    base, levels = (net(C).requires_grad_(False).eval() for net in (BaseCodes, LevelCodes))
    books = torch.randn(C.levels, 3, C.codes, C.dim)
    codes = torch.randint(C.codes, (1, 3, C.window, C.levels))
    known = torch.zeros(1, 3, C.window, dtype=torch.bool)
    known[..., :C.context], known[:, 2] = True, True
    one = heard(base)
    chances = torch.rand(1, C.levels - 1, 3, C.window)
    found = deepen(levels, codes, known, one, books, chances)
    assert torch.equal(found[..., 0], codes[..., 0]) and torch.equal(found[known], codes[known])
    assert int(found.max()) < C.codes and not torch.equal(found, codes)


def test_vectors_of_codes_that_are_none_are_zero() -> None:
    books = torch.randn(3, 5, 2)
    codes = torch.tensor([[[0, 4], [1, 5], [6, 2]]])
    found = vectors_of(books, codes)
    assert torch.equal(found[0, 0], books[0, [0, 4]]) and torch.equal(found[0, 1, 0], books[1, 1])
    assert not found[0, 1, 1].any() and not found[0, 2, 0].any()
