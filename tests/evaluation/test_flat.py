"""What is measured of 2D dances, and the table of them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from practice import Walker, stance, steady_beats
from small_corpus import build

from dance_core.cli import main
from dance_core.cli.flat import shown
from dance_core.evaluation import flat
from dance_core.evaluation.flat_table import TRUTH, FlatEvaluation, markdown
from dance_core.motion.openpose import Seen
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import Settings

SIZE = (200, 100)


def swinging(period: float, seconds: float = 6.0, fps: float = 30.0, far: float = 10.0) -> Seen:
    """All keypoints go to and fro, `far` pixels to either side; they rest every half period, at 0 first."""
    t = np.arange(int(seconds * fps)) / fps
    xy = np.zeros((len(t), 18, 2)) + (100.0, 50.0)
    xy[..., 0] += far * np.cos(2 * np.pi * t / period)[:, None]
    return Seen(fps, SIZE, xy, np.ones((len(t), 18)))


def test_rests_on_the_beat_score_and_those_between_do_not():
    beats = steady_beats(120.0, 6.0)
    on, off = (flat.measured(swinging(1.0), steady_beats(120.0, 6.0, first=f)).values for f in (0.0, 0.25))
    assert on["bas"] > 0.9 and off["bas"] < 0.01 and on["bas_gain"] > 0.5
    assert on["precision"] > 0.95 and off["precision"] == 0
    assert on["rests"] == pytest.approx(2.0, abs=0.2)
    assert flat.measured(swinging(1.0, fps=50.0), beats).values["bas"] > 0.9, "at any rate of the film"


def test_speeds_are_in_heights_of_the_picture_whatever_its_size():
    seen = swinging(1.0)
    large = dataclasses.replace(seen, size=(400, 200), xy=2 * seen.xy)
    a, b = (flat.measured(s, steady_beats(120.0, 6.0)) for s in (seen, large))
    np.testing.assert_allclose(a.features, b.features)
    assert a.values == pytest.approx(b.values)
    assert a.values["speed"] == pytest.approx(4 * 0.1, rel=0.02)  # there and back, .2 heights each, in 1 s
    assert flat.features(flat.joined(seen))[1::3] == pytest.approx(0.0), "nothing goes up or down"


def test_a_point_that_is_lost_goes_straight_to_where_it_is_seen_again():
    xy = np.zeros((5, 18, 2)) + np.arange(5.0)[:, None, None] ** 2
    confidence = np.ones((5, 18))
    confidence[1:4, 0] = 0.1
    confidence[:, 1] = 0.0
    found = flat.joined(Seen(30.0, (4, 2), xy, confidence))
    np.testing.assert_allclose(found[:, 0, 0], [0, 2, 4, 6, 8])
    np.testing.assert_allclose(found[:, 2, 0], np.arange(5) ** 2 / 2)
    np.testing.assert_allclose(found[:, 1], np.delete(found, 1, 1).mean(1)), "never seen: as the others"


class Still:
    """Paints the first pose, all along."""

    styles = ()

    def dance(self, features: Features, beats: Beats, style: str, pose: Seen, seed: int) -> Seen:
        n = len(features)
        return dataclasses.replace(pose, xy=np.repeat(pose.xy, n, 0),
                                   confidence=np.repeat(pose.confidence, n, 0))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return build(tmp_path_factory.mktemp("corpus"), 12.0)


def test_a_table_of_people_controls_and_systems(corpus, tmp_path):
    def run():
        return FlatEvaluation(corpus, [Walker()], {"still": Still()}, clips=3, seeds=2, seconds=6.0,
                              settings=Settings(), kept=tmp_path).run()

    result = run()
    rows = {r.name: r for r in result.rows}
    assert list(rows) == [TRUTH, f"{TRUTH}, other music", "jittered", "frozen", "practice",
                          "practice, other music", "still", "still, other music"]
    assert [r.control for r in result.rows] == [False, True, True, True, False, True, False, True]
    truth, trembling, frozen = (rows[name].values for name in (TRUTH, "jittered", "frozen"))
    assert truth["bas_gain"] > 0.1, "the Choreographer, on exact beats"
    assert truth["fid_test"] < min(trembling["fid_test"], frozen["fid_test"])
    assert trembling["shake"] > 3 * truth["shake"] and frozen["shake"] == frozen["div"] == 0
    assert rows["still"].values["speed"] == 0 and rows["still"].values["fid_train"] > truth["fid_train"]
    assert "fid_test" not in rows["practice, other music"].values
    assert set(result.filmed) == {TRUTH, "practice", "still"} and len(result.filmed["practice"]) == 6
    lines = shown(result).splitlines()
    assert len(lines) == 9 and lines[1].startswith(TRUTH)
    assert "| *frozen* |" in markdown(result)
    assert [r.values for r in run().rows] == [r.values for r in result.rows], "from what was kept"


def test_a_dance_is_seen_from_the_front_of_its_first_frame():
    seen = flat.filmed(stance(heading=2.0))
    assert np.abs(seen.xy[0, :, 0].mean() - seen.size[0] / 2) < 3 and (seen.confidence > 0.3).all()


def test_the_command_writes_the_table(corpus, tmp_path, capsys):
    told = ["evaluate", "flat", "--corpus", str(corpus.folder), "--generator", "choreographer"]
    assert main([*told, "--clips", "2", "--seeds", "1", "--seconds", "5", "--out", str(tmp_path)]) == 0
    assert "FID test" in capsys.readouterr().out
    assert (tmp_path / "flat.md").read_text().startswith("# Dances in two dimensions")
    for wrong, said in ((["--seconds", "0"], "0 s long"), (["--seconds", "90"], "90 s long")):
        assert main([*told, *wrong]) == 2
        assert said in capsys.readouterr().err
    assert main(["evaluate", "settings", "--flat", "x", "--set", "tries=1"]) == 2
    assert "'x' is measured by `evaluate flat" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert main([*told, "--out", str(tmp_path / "file")]) == 2
    assert "is a file" in capsys.readouterr().err
