"""Other numbers in how a generator dances, side by side on val."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice import Walker
from small_corpus import build

from dance_core.cli import main
from dance_core.cli.tuning import numbers, shown
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.evaluation.tuning import PEOPLE, combinations, compare
from dance_core.generators.jepa.config import CONFIGS
from dance_core.generators.soulnet.masked_config import MASKED_CONFIGS
from dance_core.settings import Settings


class Pacing(Walker):
    """Walks at a pace that can be chosen."""

    def with_sampling(self, **changed: float) -> Pacing:
        if changed.keys() - {"seed"}:
            raise ValueError("pace can't be changed")
        return Pacing()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Corpus:
    return build(tmp_path_factory.mktemp("corpus"), 12.0)


def test_every_combination_is_tried_once():
    assert combinations({"a": (1, 2), "b": (3.0, 4.0)}) == [
        {"a": 1, "b": 3.0}, {"a": 1, "b": 4.0}, {"a": 2, "b": 3.0}, {"a": 2, "b": 4.0}]
    assert combinations({}) == [{}]


def test_a_row_for_people_and_one_for_each_setting(corpus):
    told = []
    rows = compare(Pacing(), combinations({"seed": (1, 2)}), corpus, 3, 10.0, Settings(), None,
                   report=lambda title, done, total: told.append(title))
    assert [r.name for r in rows] == [PEOPLE, "seed 1", "seed 2"]
    assert rows[0].values["bas_gain"] > 0.1  # the Choreographer's, on exact beats
    assert {"pace", "seam"}.isdisjoint(rows[0].values), "nobody joined people's dances"
    assert rows[1].values["pace"] > 0 and rows[1].values["seam"] > 0
    assert rows[1].values["fid_k_fixed"] == pytest.approx(rows[2].values["fid_k_fixed"])
    assert set(told) == {"Reading the corpus", "Dancing"}
    lines = shown(rows).splitlines()
    assert lines[0].endswith("pace") and lines[1].startswith(PEOPLE) and len(lines) == 4


def test_what_is_fixed_by_training_is_refused(corpus):
    with pytest.raises(ValueError, match="can't be changed"):
        compare(Pacing(), [{"width": 3}], corpus, 3, 10.0, Settings(), None)
    with pytest.raises(ValueError, match="no numbers"):
        compare(Walker(), [{}], corpus, 3, 10.0, Settings(), None)
    for config in (CONFIGS["small"], MASKED_CONFIGS["small"]):
        assert config.sampling(tries=1).tries == 1 and config.sampling() == config
        with pytest.raises(ValueError, match="guidance"):  # it says what can be
            config.sampling(heads=2)


@pytest.mark.parametrize("text,found", [("iterations=4,8", ("iterations", (4, 8))),
                                        ("guidance=2.5", ("guidance", (2.5,)))])
def test_numbers_are_read_as_they_are_written(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize("text", ["iterations", "iterations=", "=3", "a b=3", "guidance=much", "x=1,,2"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(UserError, match="NAME=NUMBER"):
        numbers(text)


def test_the_command_says_what_is_wrong(corpus, capsys):
    assert main(["evaluate", "settings", "--generator", "choreographer", "--corpus", str(corpus.folder),
                 "--set", "tries=1,2"]) == 2
    assert "Choreographer has no numbers" in capsys.readouterr().err
    assert main(["evaluate", "--set", "tries=1", "--corpus", str(Path("nowhere"))]) == 2
    assert "only" in capsys.readouterr().err
