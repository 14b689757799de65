"""Thirty odd small studies; `python tests/study/analysis/random_studies.py` is the large round."""

from __future__ import annotations

import pytest
from random_studies import FILES, run

pytest.importorskip("pandas", reason="pandas comes with Gradio; some of the studies are saved by it")


def test_results_never_fail_and_never_tell_what_cannot_be_known() -> None:
    report = run(first=2000, studies=30)
    assert not report.wrong, "\n".join(report.wrong)
    made = {kind.removeprefix("file: ") for kind in report.kinds if kind.startswith("file: ")}
    assert made == set(FILES), "every way to save a file is among them"
