"""bfloat16 and compiled graphs: what a GPU may be asked for, tried out on a processor."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from dance_core.cli.memory import wish_of
from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.generators.hotdance.generator import WEIGHTS
from dance_core.generators.nets import quick
from dance_core.longform.dance import Dance
from dance_core.motion import kinematics as kin
from dance_core.settings import Settings

CPU = torch.device("cpu")
WITHIN_M = 0.01  # on average; a joint may be further off for a moment


@pytest.fixture
def on_cpu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(quick, "DEVICES", {"cpu"})
    yield
    quick.use(False, False)


def test_a_processor_computes_as_ever_whatever_is_wanted() -> None:
    quick.use(True, True)
    try:
        with quick.quickly(CPU):
            assert (torch.ones(4, 4) @ torch.ones(4, 4)).dtype is torch.float32
        assert quick.compiled(len, CPU) is len
    finally:
        quick.use(False, False)


@pytest.mark.usefixtures("on_cpu")
def test_products_are_made_in_bfloat16_where_that_is_wanted() -> None:
    a = torch.ones(4, 4)
    with quick.quickly(CPU):
        assert (a @ a).dtype is torch.float32, "nobody asked"
    quick.use(True, False)
    with quick.quickly(CPU):
        assert (a @ a).dtype is torch.bfloat16


@pytest.mark.skipif(not (WEIGHTS / "dit.json").exists(), reason="HOT-dance has no weights here")
@pytest.mark.usefixtures("on_cpu")
def test_hotdance_in_bfloat16_stays_within_a_centimetre_on_average() -> None:
    generator, wish = registry()["hotdance"], wish_of("gHO")
    dance = Dance(wish.features, wish.beats, generator.needs, wish.style, wish.reference, Settings(), 3)
    for _ in range(2):  # from a pose, and from where it was
        (index, request), = dance.ready()
        exact, = generator.generate([request])
        dance.accept(index, exact)
    quick.use(True, False)
    rough, = generator.generate([request])
    apart = np.linalg.norm(kin.joints(exact) - kin.joints(rough), axis=-1)
    assert 0 < apart.mean() < WITHIN_M


@pytest.mark.usefixtures("on_cpu")
def test_what_is_compiled_is_the_call_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "compile", lambda call, backend: (call, backend))
    assert quick.compiled(len, CPU) is len, "nobody asked"
    quick.use(False, True)
    assert quick.compiled(len, CPU) == (len, "inductor")


def test_settings_that_are_none_are_refused() -> None:
    with pytest.raises(UserError, match="is 'half', but one of float32, bfloat16"):
        Settings.from_env({"DANCE_PRECISION": "half"})
    with pytest.raises(UserError, match="is 2, but 0 or 1"):
        Settings.from_env({"DANCE_COMPILE": "2"})
    assert Settings.from_env({"DANCE_PRECISION": "bfloat16", "DANCE_COMPILE": "1"}).compile == 1
