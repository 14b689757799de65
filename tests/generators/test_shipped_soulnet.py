"""The shipped SoulNet weights: small enough, and they hear how lively to dance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dance_core.corpus.studio.gallery import gallery
from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation.movement import mean_joint_speed
from dance_core.generators.base import Request
from dance_core.generators.soulnet.generator import WEIGHTS, SoulNet
from dance_core.music.extract import extract_features

STYLES = ("gHO", "gMH", "gLH")


@pytest.fixture(scope="module")
def soulnet() -> SoulNet:
    return SoulNet()


@pytest.fixture(scope="module")
def requests() -> list[Request]:
    poses = list(gallery().values())
    found = []
    for number, style in enumerate(STYLES):
        song = write_song("gHO", 700 + number, seconds=10.0)
        features = extract_features(song.song, song.beats)
        found.append(Request(features, song.beats, 0, len(features), style, poses[number].motion,
                             seed=number))
    return found


def test_all_of_it_is_smaller_than_40_mb() -> None:
    assert sum(p.stat().st_size for p in WEIGHTS.iterdir()) < 40e6
    assert (WEIGHTS / "card.md").read_text().count("|") > 100, "measured numbers lie beside the weights"


def test_lively_is_faster_than_calm(soulnet: SoulNet, requests: list[Request]) -> None:
    def speed(energy: float) -> float:
        made = soulnet.generate([replace(r, energy=energy) for r in requests])
        return float(np.mean([mean_joint_speed(m) for m in made]))

    assert speed(1.0) > 1.25 * speed(0.0)
