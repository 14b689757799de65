"""Stress tests: covers, seeds and limbs of dancers of whom the answer is known, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from measured_motions import held, rocking
from practice import Swayer, Walker, features_for, steady_beats
from resting import resting_on

from dance_core.cli import main
from dance_core.cli.stress import stress_of
from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation.alignment import moved_beats
from dance_core.evaluation.covers import (
    RATES,
    USUAL,
    at_usual_speed,
    cover,
    rest_rate,
    slope,
    step_rate,
    warped,
)
from dance_core.evaluation.limbs import LIMBS, Boned, lengths, limbs
from dance_core.evaluation.making import Kept
from dance_core.evaluation.movement import mean_joint_speed
from dance_core.evaluation.stress import Asked, StressTest
from dance_core.evaluation.stress_report import criteria, markdown, write
from dance_core.evaluation.unlike import KINDS, apart, own_places, unlike
from dance_core.generators.base import Generator, Request
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion
from dance_core.settings import Settings

SECONDS = 20.0


def walked(pace: float, seconds: float = SECONDS) -> Motion:
    """A walk of `pace` steps a second."""
    beats = steady_beats(120.0, seconds)
    features = features_for(beats, seconds)
    walker = Walker(pace)
    return walker.make(Request(features, beats, 0, len(features), "gHO", held(1.0).slice(0, 1)))


# --- covers ----------------------------------------------------------------------------------------

def test_steps_and_motion_beats_are_counted():
    assert step_rate(walked(2.0)) == pytest.approx(2.0, abs=0.3)
    assert step_rate(held(4.0)) == rest_rate(held(4.0)) == 0.0, "who stands already does not come to stand"
    assert rest_rate(resting_on(steady_beats(120.0, SECONDS).times, SECONDS)) == pytest.approx(2.0, abs=0.11)


@pytest.mark.parametrize("rate", [step_rate, rest_rate])
def test_a_dance_warped_in_time_has_slope_1(rate: Callable[[Motion], float]):
    """Small quick moves too, of which fixed speeds and times see fewer the faster they are."""
    for dances in ([walked(1.6), walked(2.1)], [walked(4.0), walked(4.4)]):
        follows = slope(RATES, [[rate(warped(m, r)) for r in RATES] for m in dances])
        assert follows.slope == pytest.approx(1.0, abs=0.12) and follows.songs == 2


def test_a_dance_is_played_as_fast_as_people_move():
    usual = at_usual_speed(walked(1.0))
    assert mean_joint_speed(usual) == pytest.approx(USUAL, rel=0.02)
    assert at_usual_speed(held(2.0)).fps == 60.0


def test_songs_have_levels_of_their_own_and_one_slope():
    found = slope(RATES, [[level * r**0.8 for r in RATES] for level in (0.5, 2.0, 3.0)])
    assert (found.slope, found.low, found.high) == pytest.approx((0.8, 0.8, 0.8))
    assert found.at_one == pytest.approx(5.5 / 3)
    half = slope((0.5, 1.0), [(1.0, 2.0), (1.0, 1.0)])  # slopes 1 and 0
    assert half.slope == pytest.approx(0.5) and (half.low, half.high) == pytest.approx((0.0, 1.0))


def test_who_never_steps_has_no_slope():
    none = slope(RATES, [[0.0] * len(RATES)])
    assert np.isnan(none.slope) and none.songs == 0
    some = slope((0.5, 1.0, 2.0), [(0.0, 1.0, 2.0), (0.0, 0.0, 3.0)])
    assert some.slope == pytest.approx(1.0) and some.songs == 1


def test_a_cover_has_the_songs_beats_at_its_own_speed():
    made = write_song("gHO", 0, 8.0, 120.0)
    slow = cover(made.song, made.beats, 0.75)
    assert slow.beats.times == pytest.approx(made.beats.times / 0.75)
    assert slow.beats.tempo == pytest.approx(90.0)
    assert len(slow.features) == pytest.approx(8.0 / 0.75 * 30, abs=1)
    # onsets are where the beats are said to be
    onset = slow.features.column("onset_envelope")
    on, off = (onset[np.rint((slow.beats.times[:-1] + d) * 30).astype(int)].mean() for d in (0.0, 0.22))
    assert on > 2 * off
    same = cover(made.song, made.beats, 1.0)
    assert same.beats is made.beats


# --- seeds -----------------------------------------------------------------------------------------

def test_the_same_dance_elsewhere_and_facing_another_way_is_the_same_dance():
    dance = rocking(seconds=4.0)
    away = Motion(dance.fps, dance.rotations, dance.translation + np.float32([3.0, 0.0, -1.0]), dance.face)
    assert apart(own_places(dance), own_places(away)) == pytest.approx(0.0, abs=1e-4)
    higher = Motion(dance.fps, dance.rotations, dance.translation + np.float32([0.0, 0.1, 0.0]), dance.face)
    assert apart(own_places(dance), own_places(higher)) == pytest.approx(10.0, rel=1e-3)


def test_seeds_are_set_beside_songs_and_a_repeat():
    a, b, c, d = (walked(p, 6.0) for p in (1.5, 1.6, 2.0, 2.6))
    dances = {("gHO", 0, 0): a, ("gHO", 0, 1): b, ("gHO", 1, 0): c, ("gBR", 0, 2): d}
    rows = {r.name: r for r in unlike(dances, {("gHO", 0, 0): a})}
    assert [rows[k].pairs for k in KINDS] == [1, 1, 1, 1, 3]
    assert rows[KINDS[0]].cm == rows[KINDS[0]].features == 0.0
    assert 0.0 < rows[KINDS[1]].features < rows[KINDS[2]].features < rows[KINDS[4]].features
    alone = {r.name: r for r in unlike({("gHO", 0, 0): a}, {})}
    assert np.isnan(alone[KINDS[1]].cm)


# --- limbs -----------------------------------------------------------------------------------------

def joints_of(scale: np.ndarray) -> np.ndarray:
    """(T, 22, 3): at rest, (T, 22) times as long links."""
    links = sk.REST_JOINTS[:sk.BODY] - sk.REST_JOINTS[[0, *sk.PARENTS[1:sk.BODY]]]
    links = links * scale[..., None]
    out = np.zeros_like(links)
    for j in range(1, sk.BODY):
        out[:, j] = out[:, sk.PARENTS[j]] + links[:, j]
    return out


def test_limbs_of_the_right_length_and_one_too_long():
    right = limbs("we", joints_of(np.ones((900, sk.BODY))), sk.REST_JOINTS, 30.0)
    assert (right.off, right.frames, right.drift) == pytest.approx((0.0, 0.0, 0.0)) and right.seconds == 30.0
    scale = np.ones((900, sk.BODY))
    scale[:, [sk.LEFT_ELBOW, sk.RIGHT_ELBOW]] = 1.05
    found = limbs("long arms", joints_of(scale), sk.REST_JOINTS, 30.0)
    assert found.limb == "upper arms" and found.off == pytest.approx(0.05)
    assert found.drift == pytest.approx(0.0, abs=1e-12)
    assert lengths(joints_of(scale)).shape == (900, len(LIMBS))


def test_a_dancer_who_grows_drifts():
    scale = np.linspace(1.0, 1.06, 900)[:, None] * np.ones(sk.BODY)
    found = limbs("grows", joints_of(scale), sk.REST_JOINTS, 30.0)
    assert found.drift == pytest.approx(0.04 / 1.01, rel=0.01), "thirds: mean sizes 1.01, 1.03, 1.05"
    assert found.off == pytest.approx(0.03, rel=0.01)
    with pytest.raises(ValueError, match="no frame"):
        limbs("none", np.zeros((0, 22, 3)), sk.REST_JOINTS, 30.0)


# --- all of it ---------------------------------------------------------------------------------------

class Painter(Swayer):
    """Sways, at rest on the beats, and tells points that are 2 % too long."""

    def __init__(self, told: Callable[[np.ndarray], None] | None = None) -> None:
        super().__init__(styles=("gHO",))
        self.told = told

    def make(self, request: Request) -> Motion:
        if self.told is not None:
            self.told(joints_of(np.full((request.frames, sk.BODY), 1.02)))
        # a Swayer rests between the beats it is given
        beats = replace(request.beats, times=moved_beats(request.beats, 0.5))
        return super().make(replace(request, beats=beats))

    def subjects(self) -> dict[str, np.ndarray]:
        return {"we": sk.REST_JOINTS}

    def telling_points(self, subject: str, told: Callable[[np.ndarray], None]) -> Generator:
        return Painter(told)


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory):
    asked = Asked(seeds=1, seconds=14.0, styles=("gHO",), jumps=((90.0, 140.0),), rates=(0.75, 1.0, 1.33),
                  long_seconds=14.0)
    kept = Kept(tmp_path_factory.mktemp("stress"))
    return StressTest(Painter(), asked, Settings(), kept, people=[walked(2.0, 14.0)]).run()


def test_a_dancer_who_is_a_function_of_the_beat_passes(tested):
    (jump,) = tested.jumps
    assert jump.frames == 0.0 and jump.ignoring == float("inf")
    name, steps, rests = tested.slopes[0]
    assert name == "practice" and rests.slope == pytest.approx(1.0, abs=0.1)
    assert np.isnan(steps.slope), "its feet never leave the floor"
    frozen, own, people = tested.slopes[1:]
    assert own[2].slope == pytest.approx(1.0, abs=0.15) and abs(frozen[2].slope) < 0.15
    assert people[1].slope == pytest.approx(1.0, abs=0.15)
    assert tested.seeds[0].cm == 0.0 and tested.seeds[0].pairs == 1
    assert isinstance(Painter(), Boned) and not isinstance(Walker(), Boned)
    (we,) = tested.limbs
    assert we.off == pytest.approx(0.02) and we.seconds >= 14.0
    held_ = {c.name: c.held for c in criteria(tested)}
    assert held_["slow and fast covers: slope of step rate to tempo"] is None
    assert all(value for name, value in held_.items() if "step rate" not in name)


def test_the_tables_are_for_people_and_programs(tested, tmp_path: Path):
    path, text = write(tmp_path / "out", tested)
    assert path.read_text() == text == markdown(tested)
    assert text.startswith("# Practice: stress tests") and "| 90 → 140 BPM | 1 | 0 [0, 0] |" in text
    told = json.loads((tmp_path / "out" / "stress.json").read_text())
    assert told["jumps"][0]["ignoring"] == "never" and told["slopes"][0]["steps"]["slope"] is None


def test_the_command_and_the_card(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                  monkeypatch: pytest.MonkeyPatch):
    asked = ["evaluate", "stress", "--generator", "choreographer"]
    assert main([*asked, "--seconds", "4"]) == 2
    assert "4 s long, but 12 to 60" in capsys.readouterr().err
    file = tmp_path / "file"
    file.write_text("")
    assert main([*asked, "--out", str(file)]) == 2
    assert "is a file" in capsys.readouterr().err
    monkeypatch.setattr("dance_core.evaluation.stress.StressTest.jumps", lambda self: [])
    monkeypatch.setattr("dance_core.evaluation.stress.StressTest.covers", lambda self: ([], {}))
    monkeypatch.setattr("dance_core.evaluation.stress.StressTest.seeds", lambda self, plain: [])
    card = tmp_path / "weights" / "stress.md"
    assert main([*asked, "--out", str(tmp_path / "out"), "--card", str(card)]) == 0
    assert card.read_text() == (tmp_path / "out" / "stress.md").read_text()
    assert stress_of(card.parent, "choreographer") == card.read_text()
    assert stress_of(card.parent, "soulnet") == "", "of other weights"
    assert stress_of(tmp_path, "choreographer") == ""
