"""A researcher who knows the README alone: made, piloted, changed, answered by twelve, told, exported."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from dance_core.cli import main
from dance_core.study import preview
from dance_core.study.folder import load_study
from dance_core.study.judgments import read_judgments
from dance_core.study.sessions import Desk
from tests.study.studies import Clock, Rater, text

YAML = text(
    id="story", clip_seconds="3", lead_in="0.5", raters="10", attention="{checks: 1}",
    songs="[{song: Sunday Lights, styles: [House], start: 4}, "
          "{song: Golden Handshake, styles: [House], start: 4}]",
    closing="[{key: dances, ask: Do you dance, options: [never, often]}]",
    completion="{code: C0DE, attention: {code: CHECK}}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("story")


def step(home: Path, *words: str, code: int = 0) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANCE_DATA_DIR", str(home / "data"))
        assert main(["study", *words]) == code


def answers(desk: Desk, clock: Clock, name: str, order: int = 0) -> Rater:
    """Beta is liked better; who it stands for is in no word that the rater gets."""
    rater = Rater(desk, name, clock).agree()
    while rater.step["step"] == "trial":
        place = desk.study.plan[desk.state.one("SELECT place FROM raters WHERE rater = ?",
                                               desk.state.hash("story", name))["place"]]
        trial = place.trials[rater.step["number"] - 1]
        likes = 0 if trial.right is None or trial.left[0] == trial.right[0] else 1 if trial.right[0] else -1
        assert "refused" not in rater.answer(likes or (-1) ** (order + rater.step["number"]))
    return rater


def test_a_whole_study(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "story.yaml"
    file.write_text(YAML)
    step(home, "power", "--share", "0.7")
    step(home, "make", str(file))
    folder = home / "data" / "studies" / "story"
    said = capsys.readouterr().out
    assert re.search(r"Trials each +6\n", said), said
    assert "another style" not in said

    step(home, "preview", "story")
    key = re.search(r"preview=(\S+)", capsys.readouterr().out)[1]  # type: ignore[index]
    assert preview.opens(folder, key) and not (folder / "judgments.csv").exists()
    step(home, "report", "story")
    assert "10 raters see 2 trials on overall preference" in capsys.readouterr().out

    file.write_text(YAML + "seed: 5\n")
    step(home, "make", str(file))  # nobody agreed yet: it is made anew
    assert load_study(folder).design.seed == 5

    clock = Clock()
    desk = Desk(load_study(folder), clock)
    for k in range(4):
        assert answers(desk, clock, f"person-{k}", k).step["step"] == "closing"
    step(home, "pause", "story")
    assert Rater(desk, "early", clock).agree().step["step"] == "paused"
    changed = home / "changed.yaml"
    changed.write_text(file.read_text().replace("title: Which dance?", "title: Which of these dances?"))
    step(home, "texts", "story", str(changed))
    step(home, "add", "story", "--raters", "4")
    step(home, "open", "story")
    file.write_text(YAML + "seed: 6\n")
    step(home, "make", str(file), code=2)
    assert "seed can't change" in capsys.readouterr().err

    desk = Desk(load_study(folder), clock)
    assert desk.design.title == "Which of these dances?" and len(desk.study.plan) == 14
    for k in range(4, 12):
        rater = answers(desk, clock, f"person-{k}", k)
        assert rater.do("closing", answers={"dances": "often"})["code"] == "C0DE"
    half = Rater(desk, "half", clock).agree()
    half.answer()

    step(home, "results", "story")
    summary = (folder / "results-story" / "summary.md").read_text()
    assert "Of 13 people who agreed, 12 answered all 6 trials, 1 left halfway or is under way" in summary
    assert "1 of 1 difference is shown (p adjusted by Holm): beta over alpha" in summary
    assert "| beta | " in summary and "left: did not finish" in summary
    step(home, "export", "story")
    with open(folder / "export-story" / "raters.csv", newline="") as table:
        raters = list(csv.DictReader(table))
    assert len(raters) == 13 and sum(r["finished"] == "1" for r in raters) == 12
    assert sum(r["about_dances"] == "often" for r in raters) == 8
    versions = {j.page_version for j in read_judgments(folder / "judgments.csv")[0] if j.kind == "pair"}
    assert versions == {"rate-2", "rate-2:texts-2"}
    assert json.loads((folder / "export-story" / "dictionary.json").read_text())["study"] == "story"

    ids = home / "ids.txt"
    ids.write_text("\n".join(f"person-{k}" for k in range(12)) + "\nhalf\nnobody-else\n")
    capsys.readouterr()
    step(home, "people", "story", "--ids", str(ids))
    told = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [r["advice"] for r in told] == ["pay"] * 12 + ["look", "look"]
