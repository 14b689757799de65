"""The shipped JEPA weights: small enough; what they dance to unknown songs is dance, and on the beat."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dance_core.corpus.studio.gallery import gallery
from dance_core.corpus.studio.songwriter import write_song
from dance_core.errors import UserError
from dance_core.evaluation.alignment import motion_beats, offset_curve
from dance_core.evaluation.movement import mean_joint_speed, penetration, still_frames
from dance_core.generators import registry, starting_with
from dance_core.generators.base import Request
from dance_core.generators.jepa.generator import WEIGHTS, Jepa
from dance_core.motion.motion import PARTS, Motion
from dance_core.music.beats import Beats
from dance_core.music.extract import extract_features

SECONDS = 16.0
SONGS = ("gHO", "gPO", "gMH", "gLO")  # for styles that the songwriter has no songs of


@pytest.fixture(scope="module")
def jepa() -> Jepa:
    return Jepa()


def request(number: int, style: str) -> Request:
    poses = list(gallery().values())
    song = write_song(style if style.startswith("g") else SONGS[number % len(SONGS)], 900 + number,
                      seconds=SECONDS)
    features = extract_features(song.song, song.beats)
    pose = poses[number % len(poses)].motion
    return Request(features, song.beats, 0, len(features), style, pose, seed=number)


@pytest.fixture(scope="module")
def danced(jepa: Jepa) -> dict[str, tuple[Motion, Beats, Motion]]:
    """Dance, beats and reference pose by style: each to another song, from another pose."""
    requests = {style: request(number, style) for number, style in enumerate(jepa.needs.styles)}
    made = jepa.generate(list(requests.values()))
    return {style: (motion, request.beats, request.reference)
            for (style, request), motion in zip(requests.items(), made, strict=True)}


def test_all_of_it_is_smaller_than_30_mb() -> None:
    assert sum(p.stat().st_size for p in WEIGHTS.iterdir()) < 30e6
    assert (WEIGHTS / "card.md").read_text().count("|") > 100, "measured numbers lie beside the weights"


def test_it_moves_like_a_dancer(danced: dict[str, tuple[Motion, Beats, Motion]]) -> None:
    for style, (motion, _, reference) in danced.items():
        assert motion.parts == PARTS
        assert np.array_equal(motion.rotations[0], reference.rotations[0]), style
        assert 0.15 < mean_joint_speed(motion) < 1.5, style
        assert still_frames(motion) < 0.2, style
        assert penetration(motion)[0] < 0.5, style  # cm
        assert np.ptp(motion.face, axis=0).max() > 0.2 and np.isfinite(motion.rotations).all(), style


def test_it_is_on_the_beat(danced: dict[str, tuple[Motion, Beats, Motion]]) -> None:
    curves = [offset_curve(motion_beats(motion), beats) for motion, beats, _ in danced.values()]
    gains = [curve[0] - np.mean(curve[1:]) for curve in curves]
    print({style: round(float(gain), 3) for style, gain in zip(danced, gains, strict=True)})
    assert np.mean(gains) > 0.05, gains


def test_neighbours_do_not_matter(jepa: Jepa, danced: dict[str, tuple[Motion, Beats, Motion]]) -> None:
    alone = jepa.generate([request(2, jepa.needs.styles[2])])[0]
    among = danced[jepa.needs.styles[2]][0]
    assert np.array_equal(alone.rotations, among.rotations)
    assert np.array_equal(alone.translation, among.translation)


def test_the_same_bits_however_many_threads_there_are(jepa: Jepa) -> None:
    asked, before = request(3, jepa.needs.styles[0]), torch.get_num_threads()
    made = []
    for threads in (1, 2, 3):
        torch.set_num_threads(threads)
        made.append(jepa.generate([asked])[0])
        assert torch.get_num_threads() == threads, "whoever trains beside keeps its threads"
    torch.set_num_threads(before)
    for other in made[1:]:
        assert np.array_equal(other.rotations, made[0].rotations)
        assert np.array_equal(other.translation, made[0].translation)


def test_another_generator_can_be_chosen_at_first() -> None:
    there = list(registry())
    assert list(starting_with("")) == there and there[0] == "jepa"
    others = [name for name in there if name != "choreographer"]
    assert list(starting_with("choreographer")) == ["choreographer", *others]
    with pytest.raises(UserError, match="no generator 'magic'"):
        starting_with("magic")
