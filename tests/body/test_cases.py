"""A case holds all that it takes to see its fault again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from dance_core.body.cases import bundle_case, keep_case, read_cases
from dance_core.cli import main
from dance_core.errors import UserError
from dance_core.evaluation.faults import Dance, find_faults
from dance_core.longform.take import load_take
from dance_core.motion.files import load_npz
from dance_core.music.decode import load_song
from tests.pages.injected import SHAKES, shaken_take


def test_its_bundle_shows_the_same_fault_again(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = shaken_take(tmp_path / "takes")
    take, song = load_take(folder), load_song(folder / "song.flac")
    faults = find_faults(Dance.of_take(take))
    case = keep_case(tmp_path / "cases", take, song, faults, *SHAKES, " shakes ", "A note")
    assert case.tag == "shakes" and "jitter" in {f["kind"] for f in case.faults}
    assert [c.id for c in read_cases(tmp_path / "cases")] == [case.id]

    bundle = bundle_case(tmp_path / "cases", case.id, tmp_path / "out")
    with zipfile.ZipFile(bundle) as pack:
        pack.extractall(tmp_path / "unpacked")
    inside = next((tmp_path / "unpacked").iterdir())
    assert {p.name for p in inside.iterdir()} == {"case.json", "README.txt", "excerpt", "picture.png", "take"}
    assert main(["inspect", str(inside / "take"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["faults"]
    there = [f for f in told if f["start_s"] < SHAKES[1] and f["stop_s"] > SHAKES[0]]
    assert there == list(case.faults) and "jitter" in {f["kind"] for f in there}
    assert load_npz(inside / "excerpt" / "motion.npz").duration == pytest.approx(
        SHAKES[1] - SHAKES[0] + 2.0, abs=0.05)
    assert (inside / "picture.png").stat().st_size > 5_000
    assert case.tag in (inside / "README.txt").read_text()


@pytest.mark.parametrize(("start", "stop", "tag", "note", "said"), [
    (3.0, 2.0, "t", "", "from 3 to 2 s"), (0.0, 99.0, "t", "", "0 to 99 s"),
    (1.0, 2.0, "  ", "", "0 characters"),
    (1.0, 2.0, "t" * 41, "", "41 characters"), (1.0, 2.0, "t", "n" * 2001, "2001 characters")])
def test_what_can_not_be_kept_gets_a_sentence_and_leaves_nothing(
        tmp_path: Path, start: float, stop: float, tag: str, note: str, said: str) -> None:
    take = load_take(shaken_take(tmp_path / "takes"))
    with pytest.raises(UserError, match=said):
        keep_case(tmp_path / "cases", take, None, (), start, stop, tag, note)
    assert not list((tmp_path / "cases").glob("*")) and read_cases(tmp_path / "cases") == []


def test_a_case_that_is_not_there_is_no_path(tmp_path: Path) -> None:
    for name in ("../takes", "", None, "x" * 22):
        with pytest.raises(UserError, match="not there any more"):
            bundle_case(tmp_path, name, tmp_path / "out")
