"""A study's CSV through other programs and back: every row passes its checksum, or is refused by its number.

R (Debian: r-base-core) and LibreOffice (libreoffice-calc-nogui) are not among what the tests install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from simulated import whole_study

from dance_core.study.analysis.table import Table, read_tables
from dance_core.study.judgments import JUDGMENTS, Judgment

COMMENTS = ("good, really; yes", "=1+1", "None", "NA", "7", "1.5", "ä “ö” |", "two\nlines\tand a tab", "-x",
            "a \"quoted\" one", "2026-11-10", "TRUE", "1e5", "0007", "1,5", "10:30", "")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    rows = [replace(j, comment=COMMENTS[k % len(COMMENTS)], watched_seconds=20.123456 + k)
            for k, j in enumerate(whole_study(raters=4))]
    path = tmp_path / "judgments.csv"
    path.write_bytes(JUDGMENTS.header + b"".join(JUDGMENTS.line(j.row()) for j in rows))
    return path


def told(path: Path) -> Table:
    return read_tables(path)["spring"]


def rounded(j: Judgment) -> Judgment:
    """Numbers count with 12 digits: R and spreadsheets keep 15."""
    return replace(j, watched_seconds=float(f"{j.watched_seconds:.12g}"),
                   response_seconds=float(f"{j.response_seconds:.12g}"))


def same(path: Path, record: Path) -> None:
    found, own = told(path), told(record)
    assert found.checksums and not found.bad, found.refused
    for part in ("kept", "excluded", "checks", "consented"):
        assert [rounded(j) for j in getattr(found, part)] == [rounded(j) for j in getattr(own, part)]


@pytest.mark.parametrize("options", [{}, {"sep": ";", "decimal": ","}, {"sep": "\t", "encoding": "utf-16"}])
def test_pandas(record: Path, options: dict[str, str]) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with Gradio")
    pandas.read_csv(record).to_csv(record.with_name("saved.csv"), index=False, **options)
    same(record.with_name("saved.csv"), record)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R (Debian: r-base-core) is not installed")
@pytest.mark.parametrize(("save", "lost"), [
    ("write.csv(d, 'saved.csv', row.names = FALSE)", False),
    ("write.csv2(d, 'saved.csv', row.names = FALSE)", False),
    ("write.table(d, 'saved.csv', sep = '\\t', row.names = FALSE, qmethod = 'double', "
     "fileEncoding = 'UTF-16LE')", False),
    ("write.table(d, 'saved.csv', sep = '\\t', row.names = FALSE)", True),  # quotes after backslashes
])
def test_r(record: Path, save: str, lost: bool) -> None:
    script = record.with_name("save.R")
    script.write_text(f"d <- read.csv('judgments.csv', check.names = FALSE)\n{save}\n")
    subprocess.run(["Rscript", str(script)], cwd=record.parent, check=True, capture_output=True)
    path = record.with_name("saved.csv")
    if not lost:
        return same(path, record)
    found, own = told(path), told(record)
    quoted = sum('"' in j.comment for j in (*own.kept, *own.excluded, *own.checks, *own.consented))
    assert len(found.bad) == quoted > 0 and f"{quoted} of" in found.refused, "refused, and said so"


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (Debian: libreoffice-calc-nogui) is not installed")
@pytest.mark.parametrize("kind", ["44,34,76", "59,34,76", "9,34,65535", "59,34,76,1,,1031,false,true,false"])
def test_libreoffice(record: Path, kind: str) -> None:
    """Commas, semicolons, tabs in UTF-16, and semicolons in a German locale."""
    out = record.parent / "out"
    subprocess.run([str(OFFICE), "--headless", "--infilter=CSV:44,34,76", "--convert-to",
                    f"csv:Text - txt - csv (StarCalc):{kind}", "--outdir", str(out), str(record)],
                   check=True, capture_output=True, timeout=180,
                   env={**os.environ, "HOME": str(record.parent)})
    same(out / "judgments.csv", record)
