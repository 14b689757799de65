"""The contract: what a request may ask for, and how a generator refuses what it can't do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from practice import Walker, job_for, stance

from dance_core.corpus.studio.songwriter import write_song
from dance_core.errors import UserError
from dance_core.evaluation.movement import mean_joint_speed
from dance_core.generators import registry
from dance_core.generators.base import Request, in_words
from dance_core.motion.motion import Motion
from dance_core.music.extract import extract_features


def request(**rest: object) -> Request:
    job = job_for(Walker(), 5.0)
    return Request(job.features, job.beats, 0, 90, "gHO", job.reference, **rest)


@pytest.mark.parametrize("wish, told", [
    ({"keep": frozenset({"feet"}), "given": Motion.join([stance()] * 90)}, "expected some of"),
    ({"keep": frozenset({"body", "hands", "face"}), "given": Motion.join([stance()] * 90)}, "not all"),
    ({"keep": frozenset({"body"})}, "come together"),
    ({"given": Motion.join([stance()] * 90)}, "come together"),
    ({"energy": 1.5}, "energy is 1.5, expected 0 to 1"),
    ({"energy": float("nan")}, "energy is nan, expected 0 to 1"),
    ({"keep": frozenset({"body"}), "given": Motion.join([stance()] * 80)}, "80 frames, expected 90"),
])
def test_a_request_is_checked_when_made(wish: dict, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        request(**wish)


@pytest.mark.parametrize("name", registry())
def test_a_generator_refuses_what_it_cannot_do_with_one_sentence(name: str) -> None:
    generator = registry()[name]
    if not generator.needs.remakes_parts:
        wish = request(keep=frozenset({"body"}), given=Motion.join([stance()] * 90))
        with pytest.raises(UserError, match="makes whole dances: it can't keep the body and make the rest"):
            generator.generate([wish])
    if not generator.needs.fills_between:
        with pytest.raises(UserError, match="can't arrive at given frames"):
            generator.generate([replace(request(), arrive=Motion.join([stance()] * 10))])
    if not generator.needs.uses_energy:
        with pytest.raises(UserError, match="can't be told how lively to dance"):
            generator.generate([request(energy=0.5)])


@pytest.mark.parametrize("name", [n for n, g in registry().items() if g.needs.uses_energy])
def test_as_it_ships_it_dances_faster_when_asked_to_be_lively(name: str) -> None:
    song = write_song("gHO", 901, seconds=10.0)
    asked = Request(extract_features(song.song, song.beats), song.beats, 0, 200, "gHO", stance())
    speed = {energy: np.mean([mean_joint_speed(m) for m in registry()[name].generate(
        [replace(asked, seed=seed, energy=energy) for seed in range(3)])]) for energy in (0.0, 1.0)}
    assert speed[1.0] > 1.15 * speed[0.0]


def test_parts_in_words() -> None:
    assert in_words(frozenset({"face"})) == "face"
    assert in_words(frozenset({"face", "body"})) == "body and face"
    assert in_words(frozenset({"face", "body", "hands"})) == "body, hands and face"
