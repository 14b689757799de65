"""What is wrong in a study's dances, in seconds of what raters saw."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dance_core.longform.take import Take, save_take
from dance_core.motion.shape import build_named, reshaped
from dance_core.study import clip_faults
from dance_core.study.clip_faults import FILE, faults_within, keep_faults, read_faults
from dance_core.study.folder import TAKES, Study
from tests.pages.making import small_take
from tests.study.studies import study_of


def frozen(start_s: float, stop_s: float) -> Take:
    """A dance that stands still for a while."""
    take = small_take()
    motion, (a, b) = take.motion, (round(30 * t) for t in (start_s, stop_s))
    held = np.arange(len(motion))
    held[a:b] = a
    still = replace(motion, rotations=motion.rotations[held], translation=motion.translation[held],
                    face=motion.face[held])
    return replace(take, motion=still)


def freezes(take: Take, start_s: float, seconds: float) -> list[tuple[float, float]]:
    return [(f.start_s, f.stop_s) for f in faults_within(take, start_s, seconds)
            if f.kind == "freeze" and f.joint == "body"]


def test_seconds_are_those_of_the_clip_and_end_with_it() -> None:
    take = frozen(2.0, 5.0)
    (whole,) = freezes(take, 0.0, take.motion.duration)
    assert whole == pytest.approx((2.0, 5.0), abs=0.2)
    (part,) = freezes(take, 1.0, 3.0)  # shown from second 1 to 4
    assert part == pytest.approx((whole[0] - 1.0, 3.0))
    assert freezes(take, 5.3, 2.0) == [] and freezes(take, 0.0, 1.5) == []


def test_another_body_is_looked_at_as_it_is_shown() -> None:
    take = frozen(2.0, 5.0)
    tall = replace(take, motion=reshaped(take.motion, build_named("tall")))
    assert [f.kind for f in faults_within(tall, 0, 6)] == [f.kind for f in faults_within(take, 0, 6)]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Four clips whose Takes lie there; dances of the first system stand still."""
    made = study_of(tmp_path / "tiny")
    clips = {}
    for (system, material), shown in made.clips.items():
        take = frozen(2.0, 5.0) if system == 0 else small_take()
        save_take(take, made.folder / TAKES / f"{system}-{material}")
        clips[system, material] = replace(shown, take=take.id)
    return replace(made, clips=clips)


def test_all_clips_are_measured_once(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_faults(study)
    assert found.missing == 0 and len(found.clips) == len(study.clips)
    for (system, material), shown in study.clips.items():
        clip = found.clips[Path(shown.name).stem]
        assert (clip.system, clip.take) == (study.design.systems[system].name, shown.take)
        assert (clip.song, clip.style) == (study.design.materials[material].key,
                                           study.design.materials[material].style)
        assert any(f.kind == "freeze" and f.joint == "body" for f in clip.faults) == (system == 0)
    shutil.rmtree(study.folder / TAKES)  # what was found is kept
    assert read_faults(study) == found
    monkeypatch.setattr(clip_faults, "code_digest", lambda: "other")  # but not by other code
    assert read_faults(study).missing == len(study.clips)


def test_what_is_missing_is_counted_and_what_is_damaged_is_measured_anew(study: Study) -> None:
    whole = read_faults(study)
    shutil.rmtree(study.folder / TAKES / "0-0")
    odd = json.dumps({"code": clip_faults.code_digest(), "clips": {"x": [{}]}})
    for text in ("{", "[]", '{"code": 1}', odd):
        (study.folder / FILE).write_text(text)
        found = read_faults(study)
        assert found.missing == 1 and set(found.clips.values()) < set(whole.clips.values())


def test_nothing_of_it_is_a_file_that_browsers_get(study: Study) -> None:
    keep_faults(study.folder, {})
    assert (study.folder / FILE).is_file() and study.files not in (study.folder / FILE).parents
