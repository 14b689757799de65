"""What the command line shows and writes: clean text, files that appear whole, numbers that are checked."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.cli import inputs, main
from dance_core.cli.terminal import printable, table, whole_file
from dance_core.errors import UserError
from dance_core.motion.shape import build_named, checked


@given(st.text(st.characters()))
def test_a_file_name_cannot_drive_the_terminal(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert shown.splitlines() in ([shown], [])
    assert not set(shown) & set("\x1b\x07\x08\x9b\u202e\ud800")


def test_ordinary_names_are_shown_as_they_are() -> None:
    assert printable("Ça va? 👩‍🎤 (remix).mp3") == "Ça va? 👩‍🎤 (remix).mp3"


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "a.txt"
    with whole_file(target) as part:
        part.write_text("one")
        assert not target.exists()
        assert part.suffix == ".txt"
    assert target.read_text() == "one"

    def fail() -> None:
        with whole_file(target) as part:
            part.write_text("tw")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert target.read_text() == "one"
    assert [p.name for p in target.parent.iterdir()] == ["a.txt"]


def test_columns_line_up() -> None:
    assert table([("", "a"), ("name", "12"), ("x", "3")]).split("\n") == ["       a", "name  12", "x      3"]


@pytest.mark.parametrize("read, good", [
    (inputs.whole_number, {"0": 0, "007": 7, str(2**63 - 1): 2**63 - 1}),
    (inputs.seconds, {"0": 0.0, "1.5": 1.5, ".5": 0.5, "12.": 12.0}),
    (inputs.count, {"1": 1, "1000": 1000}),
])
def test_numbers_are_read(read, good: dict[str, float]) -> None:
    assert {text: read(text) for text in good} == good
    for bad in ("-1", "1e3", "nan", "inf", "", " 1", "1 ", "½", "٣", "0x1", "1.2.3", "9" * 20):
        with pytest.raises(argparse.ArgumentTypeError, match="is no"):
            read(bad)


def test_a_build_is_a_name_or_betas() -> None:
    assert inputs.build(None) is None
    assert np.array_equal(inputs.build("Tall"), build_named("tall"))
    assert np.array_equal(inputs.build("1, -2.5,.5"), checked([1, -2.5, 0.5]))
    assert not inputs.build("average").any()
    for bad, says in (("tal", "Did you mean tall"), ("1,,2", "'' is no number"), ("9", r"betas\[0\] is 9"),
                      ("1,2,3,4,5,6,7,8,9,10,11", "betas"), ("1e3", "no build")):
        with pytest.raises(UserError, match=says):
            inputs.build(bad)


@pytest.mark.parametrize("text, key", [("gBR", "gBR"), ("gbr", "gBR"), ("BREAK", "gBR"), ("House", "gHO")])
def test_a_style_has_two_names(text: str, key: str) -> None:
    assert inputs.style(text, ["gPO", "gBR", "gHO"]) == key


def test_an_unknown_style_is_answered_with_all_there_are() -> None:
    with pytest.raises(UserError, match=r"Did you mean gHO\? There are: gPO \(Pop\), gHO \(House\)\."):
        inputs.style("Hause", ["gPO", "gHO"])


@pytest.mark.parametrize("arguments, says", [
    ([], "required: COMMAND"),
    (["fly"], "invalid choice: 'fly'"),
    (["dance", "x.wav"], "required: --out"),
    (["dance", "x.wav", "--out", "d", "--seed", "-1"], "'-1' is no whole number"),
    (["dance", "x.wav", "--out", "d", "--seconds", "nan"], "'nan' is no number of seconds"),
    (["dance", "x.wav", "--out", "d", "--genre", "x"], "Unrecognized arguments: --genre x"),
    (["export", "d", "--format", "fbx"], "invalid choice: 'fbx'"),
    (["sheet", "d"], "required: --out"),
    (["corpus"], "required: build|recorded|video|songs|demos|poses"),
    (["beats", "x.wav", "--jso"], "Unrecognized arguments: --jso"),
])
def test_bad_arguments_are_one_sentence(arguments: list[str], says: str,
                                              capsys: pytest.CaptureFixture) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setenv("DANCE_MAX_SECONDS", "long")
    assert main(["beats", "x.wav"]) == 2
    assert capsys.readouterr().err == "DANCE_MAX_SECONDS is 'long', but a number was expected.\n"
