"""The tables of bench and bench load: every row is there, and what is said of it adds up."""

from __future__ import annotations

import re

import pytest

from dance_core.cli import main


@pytest.fixture
def rows(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture) -> list[list[str]]:
    assert main(request.param) == 0
    return [re.split(r" {2,}", line.strip()) for line in capsys.readouterr().out.splitlines() if line.strip()]


@pytest.mark.parametrize("rows", [["bench", "--quick", "--generator", "choreographer"]], indirect=True)
def test_one_table_of_all(rows):
    by_name = {}
    for row in rows:
        by_name.setdefault(row[0], []).append(row)
    alone, four = by_name["Choreographer (rule-based baseline)"]
    assert alone[1:4] == ["30 s", "1", "CPU"] and four[1:4] == ["30 s", "4", "CPU"]
    for row, dances in ((alone, 1), (four, 4)):
        seconds, rate = float(row[4]), float(row[5])
        assert abs(rate - dances * 30 / seconds) <= 1 + 0.06 * rate
        assert 0 < float(row[6]) <= seconds
    assert float(alone[8]) > 1, "times a denoiser of EDGE's size"
    assert {"analysis", "page: the body, once", "page: the player, once"} <= set(by_name)
    assert any(name.startswith("engine behind http") for name in by_name)


@pytest.mark.parametrize("rows", [["bench", "load", "--generator", "choreographer", "--visitors", "2",
                                   "--seconds", "8", "--runs", "1"]], indirect=True)
def test_visitors_at_once_have_the_bits_of_one_alone(rows):
    assert rows[-1] == ["Every dance has the bits of the same dance alone."]
    at_once = next(row for row in rows if row[0].startswith("2 at once"))
    alone = next(row for row in rows if row[0].startswith("one alone"))
    ratio = float(at_once[2].split()[0])
    assert ratio == pytest.approx(2 * float(alone[1]) / float(at_once[1]), rel=0.2)
