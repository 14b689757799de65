"""Labels of `corpus recorded --mocap`: given once, they stay, and are changed knowingly."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from public import POP, dancer, files, write_aistpp, write_amass

from dance_core.cli import main
from dance_core.corpus import collections
from dance_core.corpus.labels import Labelled, Labels, said_of
from dance_core.corpus.recorded import convert_all

SALSA = ("salsa", "CC0-1.0", "Danced by Me")
GIVEN = ("--mocap-style", SALSA[0], "--mocap-licence", SALSA[1], "--mocap-line", SALSA[2])
NONE = ("modern", "unknown", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one dance, a, that was converted into out with the labels SALSA."""
    write_amass(tmp_path / "in" / "a.npz", dancer(5.0))
    assert run(tmp_path, *GIVEN) == {"a": SALSA}
    return tmp_path


def run(folder: Path, *more: str, source: str = "in") -> dict[str, tuple[str, ...]]:
    """Convert; the labels in the index by clip, which must be those in the files."""
    out = folder / "out"
    assert main(["corpus", "recorded", "--out", str(out), "--mocap", str(folder / source), *more]) == 0
    with open(out / "index.csv", newline="", encoding="utf-8") as file:
        rows = {r["clip"]: (r["file"], r["style"], r["licence"], r["attribution"])
                for r in csv.DictReader(file)}
    for file, _, *terms in rows.values():
        with np.load(out / file) as told:
            assert [str(told["licence"]), str(told["attribution"])] == terms
    return {clip: labels[1:] for clip, labels in rows.items()}


def test_called_again_without_them_what_is_kept_keeps_its_labels(folder: Path,
                                                                 capsys: pytest.CaptureFixture[str]) -> None:
    before = files(folder / "out")
    capsys.readouterr()
    assert run(folder) == {"a": SALSA} and files(folder / "out") == before
    said = capsys.readouterr().out
    assert "--mocap: 1 dance keeps labels of before (style 'salsa'; licence 'CC0-1.0')." in said
    assert "relabelled" not in said
    write_amass(folder / "in" / "b.npz", dancer(5.0, seed=1))  # what is new has none of them
    assert run(folder) == {"a": SALSA, "b": NONE}


def test_an_option_given_anew_relabels_and_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(folder, "--mocap-licence", "unknown") == {"a": ("salsa", "unknown", SALSA[2])}
    said = capsys.readouterr().out
    assert "--mocap: 1 dance is relabelled: licence 'unknown' instead of 'CC0-1.0'." in said
    assert run(folder, "--mocap-style", "party", "--mocap-line", "") == {"a": ("party", "unknown", "")}
    assert "style 'party' instead of 'salsa'; attribution '' instead of" in capsys.readouterr().out
    assert run(folder) == {"a": ("party", "unknown", "")}
    assert "relabelled" not in capsys.readouterr().out


def test_labels_outlast_a_file_that_was_lost_and_a_run_that_was_killed(
        folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "out" / "mocap_in" / "a.npz").unlink()
    assert run(folder) == {"a": SALSA}

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("dance_core.corpus.recorded._code", lambda: "another version")
        patch.setattr("dance_core.corpus.recorded.read", killed)
        with pytest.raises(KeyboardInterrupt):
            convert_all(folder / "out", collections.any_folder(folder / "in", out=folder / "out").recordings)
    assert not (folder / "out" / "mocap_in" / "a.npz").exists()
    assert run(folder) == {"a": SALSA}


def test_another_dance_of_the_same_name_inherits_no_terms(folder: Path, capsys: pytest.CaptureFixture[str]
                                                          ) -> None:
    write_amass(folder / "elsewhere" / "in" / "a.npz", dancer(5.0, seed=3))
    assert run(folder, source="elsewhere/in") == {"a": NONE}
    said = capsys.readouterr().out
    assert "1 dance is relabelled: style 'modern' instead of 'salsa'; licence 'unknown' instead of" in said


def test_what_a_file_or_its_name_says_goes_before_what_was_given(tmp_path: Path) -> None:
    write_amass(tmp_path / "in" / "a.npz", dancer(5.0), licence="MIT", attribution="Them")
    write_aistpp(tmp_path / "in", POP, dancer(5.0))
    expected = {"a": ("salsa", "MIT", "Them"), f"motions__{POP}": ("gPO", *SALSA[1:])}
    assert run(tmp_path, *GIVEN) == expected and run(tmp_path) == expected


def test_many_changes_are_counted_and_long_labels_cut() -> None:
    some = [Labelled(Labels("modern", f"terms {n} " + "x" * 200, ""), Labels("modern", "MIT", ""), False)
            for n in range(8)]
    (said,) = said_of(some)
    assert said.startswith("--mocap: 8 dances are relabelled: licence 'terms 0 xxx")
    assert said.endswith("; and 3 other changes.") and "x" * 61 not in said
    assert said_of([Labelled(Labels("modern", "MIT", ""), None, False)]) == ()
