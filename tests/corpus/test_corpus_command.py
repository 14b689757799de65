"""`python -m dance_core corpus build`: a corpus from a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from dance_core.cli import main
from dance_core.corpus.pairs import Corpus


def test_a_corpus_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dance_core.corpus.plan.STUDIO_SECONDS", (22.0, 24.0))
    out = tmp_path / "corpus"
    words = ["corpus", "build", "--out", str(out), "--hours", "0.01", "--seed", "3", "--studio-only",
             "--no-debian"]
    assert main(words) == 0
    said = capsys.readouterr().out
    corpus = Corpus.open(out)
    assert f"{len(corpus.rows)} pairs" in said and "card.md" in said
    assert "BAS gain" in corpus.card and "the Studio alone" in corpus.card
    before = {p.name: p.stat().st_mtime_ns for p in (out / "pairs").iterdir()}
    assert main(words) == 0  # again: everything is there
    assert {p.name: p.stat().st_mtime_ns for p in (out / "pairs").iterdir()} == before


@pytest.mark.parametrize(("words", "said"), [
    (["--hours", "0"], "0"), (["--studio-only", "--mocap", "x"], "--studio-only"),
    *((["--" + option, "/no/where"], "no folder '/no/where'") for option in ("dances", "aistpp", "mocap")),
    (["--dances", str(Path(__file__).parent)], "index.csv"),
    (["--jobs", "-3"], "-3")])
def test_bad_orders_get_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                   monkeypatch: pytest.MonkeyPatch, words: list[str], said: str) -> None:
    monkeypatch.setattr("dance_core.cli.corpus.DANCES", tmp_path / "none")  # as on a stranger's machine
    assert main(["corpus", "build", "--out", str(tmp_path / "c"), *words]) == 2
    told = capsys.readouterr().err.strip()
    assert said in told and "\n" not in told
    assert not (tmp_path / "c").exists()
