"""What is asked of a generator: each criterion held by a good result and broken by a bad one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dance_core.evaluation.criteria import compared, criteria
from dance_core.evaluation.phaselock import Lock
from dance_core.evaluation.protocol import Asked, Entry, Result, Row

REAL = {"speed": 0.6, "jerk": 70.0, "pfc": 0.5, "low_foot": 0.2, "div_k": 10.0, "nearest": 8.0,
        "hands_through": 0.02, "seconds_per_fault": 40.0, "hands_speed": 1.0, "face_speed": 0.1,
        "body_hands": 0.5, "body_face": 0.4}
GOOD = {"bas_gain": 0.2, "speed": 0.6, "jerk": 90.0, "pfc": 0.6, "low_foot": 0.25, "div_k": 9.0, "style": 0.9,
        "still": 0.01, "seam": 1.2, "on_time": 0.95, "nearest": 7.0, "hands_through": 0.04,
        "seconds_per_fault": 50.0, "hands_speed": 0.8, "face_speed": 0.12, "body_hands": 0.45,
        "body_face": 0.3}
NAN = float("nan")


def result(angle: float = 1.0, after: float = 1.0, weakest: float = 0.3, tired: float = 1.1, far: float = 1.0,
           pace: float = 30.0, first: float = 0.4, real: int = 6) -> Result:
    clips = [SimpleNamespace(id=str(i), kind="real" if i < real else "studio") for i in range(10)]
    own = tuple(Entry(i, 0, {"reference_deg": angle if i == 3 else 0.5}) for i in range(10))
    truth = tuple(Entry(i, 0, {}) for i in range(10))
    rows = [Row("ground truth", truth), Row("ground truth (real)", truth[:real]), Row("jepa", own),
            Row("jepa (clips of real)", own[:real])]
    locks = [Lock("80 BPM", 6, 0.4, NAN, 0.0, NAN, NAN), Lock("160 BPM", 6, weakest, NAN, 0.0, NAN, NAN),
             Lock("90 → 140 BPM", 6, 0.3, 0.3, 0.0, after, 0.0)]
    long = [{"seconds": 180.0, "last_against_first": tired, "farthest": far}]
    return Result(Asked(), "jepa", "JEPA", clips, rows, {}, {}, {"jepa": locks}, {"jepa": long},
                  {"jepa": {"pace": pace, "first": first, "first_worst": first}}, [])


def means(**own: float) -> dict[str, dict[str, float]]:
    mine = {**GOOD, **own}
    return {"ground truth": REAL, "ground truth (real)": REAL, "jepa": mine, "jepa (clips of real)": mine,
            "jepa, other music": {"bas_gain": mine.get("other", 0.01)},
            "jepa, parts swapped": {"body_hands": mine.get("swapped", 0.1), "body_face": 0.1},
            "jepa, music half a beat off": {"bas": mine.get("off", 0.1), "bas_control": 0.2}}


def test_a_good_result_holds_everything():
    assert [c.name for c in criteria(result(), means()) if c.held is not True] == []


@pytest.mark.parametrize("name,changed", [
    ("on the beat", {"bas_gain": 0.11}), ("other music", {"other": 0.1}),
    ("music half a beat off", {"off": 0.25}), ("mean joint speed", {"speed": 0.8}),
    ("mean joint speed", {"speed": 0.4}), ("jerk", {"jerk": 110.0}), ("PFC", {"pfc": 1.1}),
    ("low-foot skating", {"low_foot": 0.27}), ("Div_k", {"div_k": 7.0}),
    ("on time", {"on_time": 0.9}), ("style recognised", {"style": 0.6}),
    ("still frames", {"still": 0.06}), ("seams (mean)", {"seam": 1.6}),
    ("nearest learned second", {"nearest": 5.0}), ("hands through the body", {"hands_through": 0.06}),
    ("seconds per fault", {"seconds_per_fault": 30.0}),
    ("movement of the hands", {"hands_speed": 0.5}), ("movement of the hands", {"hands_speed": 1.6}),
    ("movement of the face", {"face_speed": 0.2}),
    ("hands: swelling with the body", {"body_hands": 0.3}),
    ("face: swelling with the body", {"body_face": 0.2}),
    ("hands of another dance", {"swapped": 0.5}),
])
def test_each_number_can_break_its_own_criterion_only(name, changed):
    assert [c.name for c in criteria(result(), means(**changed)) if not c.held] == [name]


@pytest.mark.parametrize("name,changed", [
    ("frame 0 (worst dance)", {"angle": 5.5}), ("locked again, 90 → 140 BPM", {"after": 2.5}),
    ("locked again, 90 → 140 BPM", {"after": float("inf")}), ("locks at every tempo", {"weakest": 0.15}),
    ("over 180 s: speed of the end / the beginning (worst)", {"tired": 0.7}),
    ("over 180 s: farthest from the start (worst)", {"far": 1.6}), ("speed", {"pace": 9.0}),
    ("first segment (median)", {"first": 1.1}),
])
def test_so_can_each_of_the_rest(name, changed):
    assert [c.name for c in criteria(result(**changed), means()) if not c.held] == [name]


def test_what_was_not_measured_is_neither_held_nor_broken():
    told = means()
    del told["jepa"]["style"]
    found = {c.name: c for c in criteria(result(), told)}
    assert found["style recognised"].held is None and found["style recognised"].measured == ""


def test_a_dance_without_faults_holds_whatever_the_truth_has():
    found = {c.name: c for c in criteria(result(), means(seconds_per_fault=float("inf")))}
    assert found["seconds per fault"].held is True
    assert found["seconds per fault"].measured == "none against 40.0 s"


def test_movement_is_compared_on_the_same_clips():
    assert compared(result()) == ("jepa (clips of real)", "ground truth (real)")
    assert compared(result(real=3)) == ("jepa", "ground truth")
