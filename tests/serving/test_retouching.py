"""Mending: the stretch changes, the rest stays bit for bit, and the fault goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from practice import Swayer, features_for, same

from dance_core.corpus.studio.songwriter import write_song
from dance_core.errors import UserError
from dance_core.evaluation.faults import Dance, find_faults
from dance_core.generators import registry
from dance_core.longform.take import Take, load_take
from dance_core.motion.motion import PARTS, Motion
from dance_core.music.analysis import Analysis
from dance_core.music.extract import extract_features
from dance_core.serving.retouching import Stretch, fills_in, kept, remade, smoothed
from tests.pages.injected import SHAKES, shaken_take

BODY = frozenset({"body"})


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Take:
    return load_take(shaken_take(tmp_path_factory.mktemp("takes")))


def outside_is_the_same(a: Motion, b: Motion, start: float, stop: float) -> bool:
    first, last = round(start * a.fps), round(stop * a.fps)
    return same(a.slice(0, first), b.slice(0, first)) and same(a.slice(last, len(a)), b.slice(last, len(b)))


def test_smoothing_takes_the_trembling_away_and_leaves_the_rest(take: Take) -> None:
    start, stop = SHAKES[0] - 0.3, SHAKES[1] + 0.4

    def told(motion: Motion) -> set[str]:
        return {f.kind for f in find_faults(Dance.of(motion))
                if f.start_s < SHAKES[1] and f.stop_s > SHAKES[0]}

    assert "jitter" in told(take.motion)
    mended = smoothed(take.motion, Stretch(start, stop, BODY))
    assert "jitter" not in told(mended)
    assert outside_is_the_same(take.motion, mended, start, stop)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_only_the_parts_that_are_named_change(take: Take, part: str) -> None:
    rng = np.random.default_rng(0)
    noisy = replace(take.motion, rotations=take.motion.rotations + rng.normal(
        0, 0.05, take.motion.rotations.shape), face=rng.random(take.motion.face.shape), parts=PARTS)
    mended = smoothed(noisy, Stretch(2.0, 4.0, frozenset({part})))
    assert not same(mended, noisy)
    assert same(mended.with_parts_of(noisy, frozenset({part})), noisy)


@pytest.mark.parametrize(("start", "stop", "parts", "said"), [
    (4.0, 3.0, BODY, "from 4 to 3 s"), (1.0, 99.0, BODY, "from 1 to 99 s"), (1.0, 1.1, BODY, "0.10 s long"),
    (1.0, 2.0, frozenset(), "choose what"), (float("nan"), 2.0, BODY, "from nan"),
    (1.0, 2.0, frozenset({"wings"}), "choose what")])
def test_a_stretch_that_is_none_gets_a_sentence(take: Take, start: float, stop: float, parts: frozenset[str],
                                                said: str) -> None:
    with pytest.raises(UserError, match=said):
        smoothed(take.motion, Stretch(start, stop, parts))


def test_a_mended_dance_names_its_parent(take: Take) -> None:
    done = kept(take, take.motion, "nothing")
    assert done.parent == take.id and done.id != take.id and done.change == "nothing"


@pytest.mark.parametrize("name", [n for n, g in registry().items() if fills_in(g.needs)])
@pytest.mark.parametrize("parts", [PARTS, frozenset({"hands"})])
def test_a_generator_fills_in_between(take: Take, name: str, parts: frozenset[str]) -> None:
    generator = registry()[name]
    generator.load()
    song = write_song("gHO", 4, take.duration).song
    analysis = Analysis(take.beats, extract_features(song, take.beats).fitted(len(take.motion)))
    start, stop = 2.8, 4.8
    mended = remade(take, analysis, generator, Stretch(start, stop, parts), generator.needs.styles[0], 3)
    assert outside_is_the_same(take.motion, mended, start, stop)
    assert not same(mended, take.motion)
    assert same(mended, remade(take, analysis, generator, Stretch(start, stop, parts),
                               generator.needs.styles[0], 3))
    if parts == PARTS:  # it goes over into what was danced without a jump
        jumps = np.linalg.norm(np.diff(mended.translation, axis=0), axis=-1)
        assert jumps[round(start * 30) - 1] < 0.08 and jumps[round(stop * 30) - 1] < 0.08
    else:
        assert same(mended.with_parts_of(take.motion, parts), take.motion)


def test_who_can_not_fill_in_says_so(take: Take) -> None:
    analysis = Analysis(take.beats, features_for(take.beats, take.duration).fitted(len(take.motion)))
    with pytest.raises(UserError, match="can't fill in between"):
        remade(take, analysis, Swayer(), Stretch(2.0, 4.0, BODY), "gHO", 1)


def test_the_kept_folder_holds_who_it_came_from(take: Take, tmp_path: Path) -> None:
    from dance_core.longform.take import save_take

    done = kept(take, smoothed(take.motion, Stretch(3.0, 4.0, BODY)), "body smoothed")
    back = load_take(save_take(done, tmp_path / "mended"))
    assert back.parent == take.id and back.change == "body smoothed"
