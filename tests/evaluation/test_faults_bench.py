"""Faults put into clean dances at known places are found there, and hardly anything else is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measured_motions import carried

from dance_core.evaluation.faults import KINDS, Dance, Fault, find_faults
from dance_core.evaluation.faults.bench import CONSEQUENCES, bench, lines
from dance_core.evaluation.faults.changes import STRENGTHS
from dance_core.evaluation.faults.injecting import INJECTIONS
from dance_core.evaluation.faults.jitter import trembling
from dance_core.evaluation.faults.material import danced
from dance_core.evaluation.places import at_rate
from dance_core.settings import Settings


@pytest.fixture(scope="module")
def clips():
    return danced(1, 30.0, Settings())


def test_every_kind_can_be_injected() -> None:
    assert set(INJECTIONS) == set(KINDS) == set(CONSEQUENCES)
    assert all(words <= set(KINDS) for words in CONSEQUENCES.values())


def test_what_is_put_in_is_found_where_it_is(clips) -> None:
    scores = bench(clips, 1)
    sure = [s for key, s in scores.items() if key not in ("offbeat", "hands", "face")]
    injected, found, wrong = (sum(getattr(s, n) for s in sure) for n in ("injected", "found", "wrong"))
    assert injected >= 8 * STRENGTHS * 2
    assert found / injected > 0.8
    assert found / (found + wrong) > 0.75
    assert len(list(lines(scores))) == len(KINDS) + 2


@pytest.mark.parametrize("key", ["skating", "floating", "floor", "pop", "freeze", "joints", "burst"])
def test_an_injection_is_the_same_at_both_rates(clips, key: str) -> None:
    """The value within 2 %, or a stretch within two frames, of one dance at 30 and 60 frames a second."""
    made = INJECTIONS[key](clips[0].dances[0], 12.0, 2, np.random.default_rng(3))
    fast = Dance.of(at_rate(made.dance.motion, 60.0))
    worst = [_worst(dance, key, made.start_s, made.stop_s)
             for dance in (Dance.of(at_rate(fast.motion, 30.0)), fast)]
    assert worst[0].value == pytest.approx(worst[1].value, rel=0.02, abs=0.07 if key == "freeze" else 0.0)
    assert worst[0].start_s == pytest.approx(worst[1].start_s, abs=0.1)
    assert worst[0].stop_s == pytest.approx(worst[1].stop_s, abs=0.1)


@settings(max_examples=40)
@given(st.floats(8.2, 12.0), st.floats(0.0, 2 * np.pi))
def test_a_tremor_has_one_size_at_both_rates(hertz: float, phase: float) -> None:
    sizes = []
    for fps in (30.0, 60.0):
        shaken = carried(3.0, lambda t: (0.05 * np.sin(2 * np.pi * hertz * t + phase)
                                         )[:, None] * [1.0, 0.0, 0.0], fps)
        sizes.append(trembling(Dance.of(shaken))[round(fps):-round(fps), 0].max())
    assert sizes[0] > 1.0 and sizes[0] == pytest.approx(sizes[1], rel=0.02)


def test_a_joint_that_flickers_from_frame_to_frame_trembles() -> None:
    shaken = carried(4.0, lambda t: 0.005 * ((-1.0) ** np.arange(len(t)))[:, None] * [1.0, 0.0, 0.0])
    assert _worst(Dance.of(shaken), "jitter", 0.5, 3.5).value > 3.0


def test_one_step_aside_is_no_trembling() -> None:
    once = carried(4.0, lambda t: 0.1 * (t > 2.0)[:, None] * [1.0, 0.0, 0.0])
    assert {f.kind for f in find_faults(Dance.of(once), ["jitter", "pop"])} == {"pop"}


def _worst(dance: Dance, key: str, start: float, stop: float) -> Fault:
    near = [f for f in find_faults(dance, [key]) if f.stop_s > start - 0.5 and f.start_s < stop + 0.5]
    return max(near, key=lambda f: f.value)
