"""The Verification table: each row holds for a generator that is as it should be, and falls with a fault."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from practice import Swayer, Walker, stance

from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation import verification
from dance_core.evaluation.clips import Clip
from dance_core.evaluation.criterion import Criterion
from dance_core.evaluation.making import Wish, make
from dance_core.evaluation.verification import digest, verify
from dance_core.generators.base import Generator
from dance_core.generators.jepa.generator import WEIGHTS, Jepa
from dance_core.motion.motion import Motion
from dance_core.music.extract import extract_features
from dance_core.settings import Settings

MADE = write_song("gHO", 1, 8.0)
BEATS, FEATURES = MADE.beats, extract_features(MADE.song, MADE.beats)


def clip(number: int, motion: Motion) -> Clip:
    return Clip(f"clip{number}", f"pair{number}", 0, f"song{number}", "gHO", "real", FEATURES, BEATS,
                motion, None)


def danced(generator: Generator, i: int, seed: int = 0) -> Motion:
    style = generator.needs.styles[i % len(generator.needs.styles)]
    return make(generator, Wish(FEATURES, BEATS, style, stance(), seed), Settings()).motion


def verified(generator: Generator, made: dict[tuple[int, int], Motion], count: int = 2
             ) -> dict[str, Criterion]:
    clips = [clip(i, m) for (i, seed), m in made.items() if seed == 0]
    others = [(i + 1) % len(clips) for i in range(len(clips))]
    return {c.name: c for c in verify(generator, made, clips, others, danced, count)}


def test_a_walker_keeps_its_bones_and_its_bits_but_knows_no_seeds() -> None:
    swayer = Swayer()
    found = verified(swayer, {(i, s): danced(swayer, i) for i in range(2) for s in range(2)})
    assert found["bones: drift of their lengths"].held
    assert found["the same seed, the same bits"].measured == "2 of 2"
    seeds = found["different dances to one clip with different seeds"]
    assert not seeds.held and seeds.measured == "2 of 4"
    assert not any("tries" in name or "tensors" in name for name in found)


def test_dances_that_change_from_time_to_time_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    walker, drawn = Walker(), iter(range(100))
    one = danced(walker, 0)

    def restless(generator: Generator, i: int) -> Motion:
        return replace(one, translation=one.translation + np.float32(1e-6 * next(drawn)))

    found = verify(walker, {(0, 0): one}, [clip(0, one)], [0], restless, 1)
    assert next(c for c in found if c.name == "the same seed, the same bits").held is False


def test_a_bone_that_grows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    walker = Walker()
    one = danced(walker, 0)
    real = verification.kin.joints

    def grown(motion: Motion) -> np.ndarray:
        places = real(motion)
        places[:, 20] += [0.0, 0.0, 1e-4]  # the left wrist, 0.1 mm off
        return places

    monkeypatch.setattr(verification.kin, "joints", grown)
    assert verification._bones([one]).held is False


@pytest.mark.skipif(not (WEIGHTS / "jepa.json").exists(), reason="the weights are not there")
def test_the_shipped_jepa_is_as_its_card_says() -> None:
    jepa = Jepa()
    made = {(i, s): danced(jepa, i, s) for i, s in ((0, 0), (0, 1), (1, 0))}
    found = verified(jepa, made, 1)
    assert all(c.held is not False for c in found.values()), found
    assert found["tensors missing, and left over"].measured == "0 and 0"
    chosen = [n for n in found if n.startswith(("BAS gain", "precision, recall"))]
    assert len(chosen) == 4 and all("to other music" in found[n].measured for n in chosen)
    alone = jepa.without_choice()
    assert alone.config.tries == 1 and alone.without_choice() is alone
    assert digest(danced(alone, 0)) != digest(made[0, 0])
