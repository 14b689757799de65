"""Songs that nobody prepared: what is said of each dance, and of all of them."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dance_core.cli import main
from dance_core.corpus.studio.gallery import gallery
from dance_core.evaluation.making import Kept, Wish, make
from dance_core.evaluation.songs import Danced, Total, Unprepared, dance_to, judged, written
from dance_core.generators import registry
from dance_core.longform.take import Fault
from dance_core.motion.motion import Motion
from dance_core.settings import Settings
from dance_core.study.cells import decode


@pytest.fixture(scope="module")
def song() -> Unprepared:
    return next(written(1, 8.0))


@pytest.fixture(scope="module")
def dance(song: Unprepared, tmp_path_factory: pytest.TempPathFactory) -> Motion:
    pose = next(iter(gallery().values())).motion
    wish = Wish(song.features, song.beats, "gHO", pose, seed=0)
    return make(registry()["choreographer"], wish, Settings(data_dir=tmp_path_factory.mktemp("data"))).motion


def test_songs_are_of_every_style_in_turn_and_the_same_each_time(song: Unprepared) -> None:
    first, second = written(2, 8.0)
    assert first.name == song.name != second.name
    assert np.array_equal(first.features.values, song.features.values)
    assert first.beats.times[-1] < 8.5


def test_a_dance_a_song_each_with_the_next_style(song: Unprepared, settings: Settings) -> None:
    generator = registry()["choreographer"]
    told: list[int] = []
    found = dance_to(generator, [song, song], settings, told.append)
    assert [d.style for d in found] == list(generator.needs.styles[:2])
    assert told == [0, 1]
    assert all(d.slides and not d.faults for d in found)


def test_what_no_body_does_is_found(song: Unprepared, dance: Motion) -> None:
    """The same dance: as it is, carried along the floor, turned round, and with a jump at a seam."""
    pose = next(iter(gallery().values())).motion
    assert not judged(song, "gHO", dance, [], pose).faults

    carried = dance.translation.copy()
    carried[:, 0] += np.linspace(0.0, 1.0, len(dance), dtype=np.float32)
    slid = judged(song, "gHO", dataclasses.replace(dance, translation=carried), [], pose)
    assert "slide" in {f.kind for f in slid.faults}
    assert max(slid.slides) > 2.0

    jumped = dance.translation.copy()
    jumped[100:, 1] += 0.12
    rough = judged(song, "gHO", dataclasses.replace(dance, translation=jumped), [(98, 102)], pose)
    seam = next(f for f in rough.faults if f.kind == "seam")
    assert seam.start_s == pytest.approx(98 / 30)
    assert seam.value > seam.limit

    other = list(gallery().values())[1].motion
    assert "reference" in {f.kind for f in judged(song, "gHO", dance, [], other).faults}


def test_totals_are_counted_over_dances_and_stances() -> None:
    fault = Fault("slide", 1.0, 2.0, 3.0, 2.0, "left_foot", "cm")
    one = Danced("a", "gHO", (), (0.1, 1.9), 0.0, 0.02, 100.0, 0.3)
    two = Danced("b", "gBR", (fault,), (0.5, 3.0, 2.1), 0.1, 0.0, 200.0, 0.1)
    total = Total.of_all([one, two])
    assert (total.held, total.of, total.stances, total.slid, total.worst) == (1, 2, 5, 2, 3.0)
    assert (total.away, total.through, total.jerk, total.gain) == pytest.approx((0.05, 0.01, 150.0, 0.2))


def test_the_command_prints_each_song_and_the_whole(capsys: pytest.CaptureFixture) -> None:
    assert main(["evaluate", "songs", "--generator", "choreographer", "--clips", "1", "--seconds", "6"]) == 0
    out = capsys.readouterr().out
    assert "(written)" in out
    assert "1 of 1" in out
    assert main(["evaluate", "songs", "--seconds", "4"]) != 0
    assert "4 s long" in capsys.readouterr().err
    assert main(["evaluate", "--generator", "choreographer", "--songs", "song.wav"]) != 0
    assert "evaluate songs" in capsys.readouterr().err


def test_the_dances_and_their_table_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "=1+1, ünï.wav"
    sample = np.arange(22_050 * 7)
    soundfile.write(file, np.sin(sample / 30) * (sample % 11_025 < 2000), 22_050)  # a beep each half second
    out = tmp_path / "new" / "out"
    asked = ["evaluate", "songs", "--generator", "choreographer", "--clips", "2", "--seconds", "6"]
    assert main([*asked, "--songs", str(file), "--out", str(out)]) == 0
    assert str(out / "songs.csv") in capsys.readouterr().out
    assert sorted(p.name for p in (out / "dances").iterdir()) == ["00.json", "00.npz", "01.json", "01.npz"]
    with (out / "songs.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [r["dance"] for r in rows] == ["00", "01"]
    assert rows[0]["song"] == r"\=1+1, ünï" and decode(rows[0]["song"]) == "=1+1, ünï"
    assert "(written)" in rows[1]["song"]
    kept = Kept(out / "dances").get("01")
    assert kept is not None
    assert len(kept.motion) == 180
    pose = list(gallery().values())[1].motion
    again = judged(list(written(1, 6.0))[0], rows[1]["style"], kept.motion, kept.seams, pose)
    assert float(rows[1]["bas_gain"]) == pytest.approx(again.gain, abs=1e-3)
    assert int(rows[1]["stances"]) == len(again.slides) and int(rows[1]["faults"]) == len(again.faults)

    assert main([*asked, "--out", str(file)]) == 2
    assert "is a file" in capsys.readouterr().err
