"""All measures of one dance together: stable over frame rates, and each control caught by some."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from measured_motions import held, rocking
from practice import stance, steady_beats

from dance_core.evaluation.controls import frozen, jittered
from dance_core.evaluation.copying import Learned
from dance_core.evaluation.measures import FEATURES, Shape, body, rhythm
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion
from dance_core.motion.resample import resample

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion"
BEATS = steady_beats(120, 20.0)
SCORES = ("bas", "bas_reverse", "bas_control", "bas_gain", "bas_half", "bas_bailando", "bas_lodge",
          "bas_aistpp")


def assert_alike(slow: dict[str, float], fast: dict[str, float], room: dict[str, float]) -> None:
    """Within 2 %, or within `room` where that is more."""
    assert slow.keys() == fast.keys()
    for name in slow:
        assert slow[name] == pytest.approx(fast[name], rel=0.02, abs=room.get(name, 1e-3)), name


def test_all_of_them_agree_at_30_and_60():
    # it bobs once in 15 frames exactly, so a share of frames is known to 1/15 only
    room = {"nearest": 0.1, "depth": 0.01, "reference_cm": 0.01, "below": 0.04}
    bank = Learned([rocking(seconds=4.0), held(3.0)])
    slow, fast = (body(rocking(fps), (), stance(), bank) for fps in (30.0, 60.0))
    assert_alike(slow, fast, room)
    assert_alike(rhythm(rocking(30.0), BEATS), rhythm(rocking(60.0), BEATS),
                 dict.fromkeys(SCORES, 0.01))


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
@pytest.mark.parametrize("clip", ["g1_moves/J_Dance5_Hype", "cmu_salsa/61_02"])
def test_a_real_dance_measures_the_same_at_60(clip):
    slow = load_npz(REAL / f"{clip}.npz").slice(0, 450)
    fast = resample(slow, 60.0, smooth=True)
    assert_alike(body(slow), body(fast), {"below": 0.01, "depth": 0.02})
    assert_alike(rhythm(slow, BEATS), rhythm(fast, BEATS), dict.fromkeys(SCORES, 0.01))


def test_bas_of_a_dance_on_the_beat_and_half_a_beat_off():
    t = np.arange(600) / 30
    one = stance()

    def bobbing(late: float) -> Motion:
        place = np.repeat(one.translation, 600, 0)
        place[:, 1] += 0.1 * np.cos(2 * np.pi * (t - late))
        return Motion(30.0, np.repeat(one.rotations, 600, 0), place, np.zeros((600, 52)))

    on, off = rhythm(bobbing(0.011), BEATS), rhythm(bobbing(0.261), BEATS)
    assert on["bas"] > 0.9 and on["bas_half"] < 0.05 and on["bas_gain"] > 0.6
    assert off["bas"] < 0.05 and off["bas_half"] > 0.9 and off["bas"] < off["bas_control"]
    assert on["rests"] == pytest.approx(2.0, abs=0.1)


def test_a_dance_without_rests_or_beats_has_zero_not_nothing():
    for found in (rhythm(held(5.0), BEATS), rhythm(rocking(), BEATS.between(90, 91))):
        assert found["bas"] == found["bas_gain"] == found["bas_bailando"] == 0.0


def test_what_is_not_asked_is_not_told():
    found = body(rocking(seconds=4.0))
    assert not {"seam", "seam_held", "reference_deg", "nearest"} & set(found)
    more = body(rocking(seconds=4.0), [(50, 60)], stance(), Learned([held(2.0)]))
    assert set(more) - set(found) == {"seam", "seam_held", "reference_deg", "reference_cm", "nearest"}


def test_every_control_is_caught_by_something():
    dance = rocking()
    truth, tremble, still = body(dance), body(jittered(dance)), body(frozen(dance))
    standing = held(10.0)
    assert body(jittered(standing))["faults"] > 10 > body(standing)["faults"] == 0.0
    assert body(standing)["seconds"] == 10.0
    assert tremble["jerk_raw"] > 5 * truth["jerk_raw"] and tremble["floor_gap"] > truth["floor_gap"]
    assert still["still"] == 1.0 and still["magnitude"] == 0.0
    # and the published measures of feet praise the frozen one: why they never stand alone
    assert still["pfc"] == 0.0 < truth["pfc"]


def test_a_shape_has_both_kinds_in_both_flavours():
    shape = Shape.of(rocking(seconds=4.0))
    assert tuple(shape.features) == FEATURES
    assert [len(shape.features[name]) for name in FEATURES] == [72, 32, 72, 32, 66]
    assert not np.allclose(shape.features["kinetic"], shape.features["kinetic_fixed"])
