"""Faults by the second: each is named, placed and sized, and the same at 30 and at 60 frames a second."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured_motions import held, rocking
from practice import Swayer, job_for

from dance_core.cli import main
from dance_core.evaluation.faults import KINDS, SEVERE, Dance, find_faults, hints, worst_first
from dance_core.evaluation.faults.offbeat import second_place
from dance_core.longform.take import save_take
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion
from dance_core.serving.local import LocalEngine, make_take
from dance_core.settings import ROOT, Settings

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion"


def kinds(motion: Motion) -> set[str]:
    return {f.kind for f in find_faults(Dance.of(motion))}


@pytest.mark.parametrize("fps", [30.0, 60.0, 24.0, 120.0])
def test_a_frozen_dance_is_named_so(fps):
    found = find_faults(Dance.of(held(8.0, fps)))
    assert [f.kind for f in found] == ["freeze"]
    assert found[0].joint == "body" and found[0].value == pytest.approx(8.0, abs=0.1) and found[0].severe


def test_a_shivering_dance_is_named_so():
    still = held(6.0)
    noise = np.random.default_rng(0).normal(0.0, 0.01, still.translation.shape).astype(np.float32)
    assert "jitter" in kinds(replace(still, translation=still.translation + noise))


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_a_floating_dance_is_named_so_wherever_it_floats(fps):
    dance = rocking(fps)
    up = replace(dance, translation=dance.translation + np.float32([0.0, 0.3, 0.0]))
    found = [f for f in find_faults(Dance.of(up)) if f.kind == "floating"]
    assert found and found[0].severe and found[0].value > 25.0
    assert found[-1].stop_s > 19.0


def test_another_sole_is_one_shift_of_the_whole_clip():
    """Two centimetres higher all the time is another shoe, no fault, and nothing is moved frame by frame."""
    dance = held(4.0)
    raised = Dance.of(replace(dance, translation=dance.translation + np.float32([0.0, 0.02, 0.0])))
    assert raised.shift == pytest.approx(-0.02, abs=0.002)
    assert kinds(raised.motion) == {"freeze"}


def test_severity_is_linear_from_the_limit():
    for kind in KINDS.values():
        assert kind.severity(kind.limit) == 0.0
        assert kind.severity(kind.severe) == pytest.approx(SEVERE)
        assert kind.severity(1000 * kind.severe) == 1.0
        assert kind.measure and kind.source and kind.title


def test_two_frames_are_looked_at_and_one_has_no_fault():
    assert find_faults(Dance.of(held(1 / 30))) == []
    assert isinstance(find_faults(Dance.of(held(2 / 30))), list)


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_a_leg_that_goes_through_the_other_is_named_with_it(fps):
    dance = held(4.0, fps)
    rotations = dance.rotations.copy()
    t = np.arange(len(dance)) / fps
    swing = np.radians(24) * np.exp(-(((t - 2.0) / 0.4) ** 2))
    for joint, sign in ((1, -1.0), (2, 1.0)):  # both hips, inwards
        rotations[:, joint, 2] += sign * swing
    found = find_faults(Dance.of(replace(dance, rotations=rotations)), ["inside"])
    assert len(found) == 1 and found[0].severe and 1.3 < found[0].start_s < 2.0 < found[0].stop_s < 2.7
    assert "left" in found[0].sentence and "right" in found[0].sentence and found[0].limit == 3.0


@given(st.floats(-0.5, 0.5), st.integers(0, 20))
def test_a_second_place_in_the_beat_is_as_usual_as_it_is(first, more):
    """Twenty rests in one place, some half a beat on."""
    off = np.concatenate([np.full(20, first), np.full(more, first + 0.5)])
    assert second_place(off) == pytest.approx(more / 20, abs=0.01)


def test_the_worst_come_first():
    found = worst_first(find_faults(Dance.of(rocking())))
    assert [f.severity for f in found] == sorted((f.severity for f in found), reverse=True)


def test_recorded_dances_have_less_than_one_severe_fault_in_ten_seconds():
    files = sorted(REAL.glob("*/*.npz"))
    if not files:
        pytest.skip("the recorded dances of ../shared/data/motion are not there")
    severe, seconds = 0, 0.0
    for path in files[::4]:
        motion = load_npz(path)
        severe += sum(f.severe for f in find_faults(Dance.of(motion)))
        seconds += motion.duration
    assert severe / seconds < 0.1


def test_the_command_prints_what_is_found(kept_dance: Path, capsys: pytest.CaptureFixture,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["inspect", str(kept_dance), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["found"] >= len(told["faults"])
    for fault in told["faults"]:
        assert set(fault) == {"kind", "start_s", "stop_s", "severity", "joint", "value", "limit", "unit",
                              "sentence"}
        assert 0.0 <= fault["start_s"] < fault["stop_s"] and 0.0 <= fault["severity"] <= 1.0
    assert main(["inspect", str(kept_dance), str(kept_dance), "--worst", "1"]) == 0
    out = capsys.readouterr().out
    assert out.count("dance (Clicks): ") == 2
    assert told["hints"] == [] and "one pose" not in out
    monkeypatch.setattr(hints, "LONG_S", 2.0)
    monkeypatch.setattr(hints, "SMALL", 5.0)  # m: anything is one pose
    assert main(["inspect", str(kept_dance)]) == 0
    assert capsys.readouterr().out.count("Hardly leaves one pose from 0 to") == 1
    assert main(["inspect", str(kept_dance / "nothing")]) == 2
    assert "holds no dance" in capsys.readouterr().err


@pytest.fixture
def kept_dance(tmp_path: Path) -> Path:
    """A kept dance."""
    with LocalEngine({"practice": Swayer()}, Settings(data_dir=tmp_path)) as engine:
        take = make_take(engine, job_for(Swayer(), 8.0))
    return save_take(take, tmp_path / "dance")


def test_the_readme_tells_what_is_let_go() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for k in KINDS.values():
        assert (f"| {k.title} (`{k.key}`) | {k.measure} | {k.limit:g} {k.unit} | {k.severe:g} {k.unit} |"
                in text), k.key
