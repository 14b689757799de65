"""A few raters at a real server, killed in the middle; `python tests/study/load.py` is the large load."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.study.load import run


def test_a_killed_server_loses_doubles_and_mixes_up_nothing(tmp_path: Path) -> None:
    found = asyncio.run(run(raters=5, trials=2, servers=1, kill=True, spread=1.0, data=tmp_path))
    assert found["finished"] == 5 and found["acknowledged"] == 25 > found["killed after"] > 5
    assert found["lost"] == found["doubled"] == found["misassigned"] == found["places given twice"] == 0
    assert found["bad lines"] == 0 and found["judgments"] == 5 * (2 + 2 * 2)
    least, most = found["pairs seen, least and most often"]
    assert most - least <= 1 and found["left minus right, largest"] <= 1
    assert len(found["seen"].sizes["dance"]) == 1, "every dance has as many bytes"
