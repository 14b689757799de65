"""`study results votes.csv`: what a study found, from its CSV alone.

Exit code 3 where rows of the file were refused: the text says so at its top, and a line on stderr. 1 where a
part could not be computed: the text says which.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.study.clip_faults import StudyFaults

MOST_RESAMPLES = 100_000
REFUSED = 3  # exit code: rows of a file were refused


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("csv", metavar="VOTES.csv", type=Path,
                        help="a study's record (data/studies/ID/judgments.csv), or the id of a study here")
    parser.add_argument("--out", metavar="DIR", type=Path,
                        help="for summary.md, results.json, plots.html (default: results-ID beside the CSV)")
    parser.add_argument("--study", metavar="ID", help="which study, where the file has several")
    parser.add_argument("--resamples", metavar="N", type=_resamples, default=2000,
                        help="of the raters, for the intervals (default 2000)")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of the resamples (default 0)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Analyse and write; the text goes to stdout too. The exit code. Raises UserError."""
    from dance_core.study.analysis.estimates import Sure
    from dance_core.study.analysis.findings import analyse
    from dance_core.study.analysis.report import write_report
    from dance_core.study.analysis.summary import summary
    from dance_core.study.analysis.table import NothingRead, choose, read_tables

    if args.seed < 0:
        raise UserError(f"The seed is {args.seed}, expected 0 or more.")
    record = _record(args.csv, settings)
    try:
        table = choose(read_tables(record), args.study)
    except NothingRead as refused:
        return say_refused(str(refused))
    out = _folder(args.out or record.parent / f"results-{table.study}")
    found = analyse(table, Sure(resamples=args.resamples, seed=args.seed), faults_beside(record, table.study))
    paths = write_report(found, out)
    print(summary(found))
    print("Written: " + ", ".join(str(path) for path in paths))
    return say_refused(table.refused) if table.refused else 1 if found.left_out else 0


def export_options(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `study export`."""
    parser.add_argument("csv", metavar="VOTES.csv", type=Path,
                        help="a study's record (data/studies/ID/judgments.csv), or the id of a study here")
    parser.add_argument("--out", metavar="DIR", type=Path,
                        help="for the tables and the dictionary (default: export-ID beside the CSV)")
    parser.add_argument("--study", metavar="ID", help="which study, where the file has several")


def export(args: argparse.Namespace, settings: Settings) -> int:
    """Write tables for other programs; the exit code. Raises UserError."""
    from dance_core.study.analysis.export import write_export
    from dance_core.study.analysis.table import NothingRead, choose, read_tables

    record = _record(args.csv, settings)
    try:
        table = choose(read_tables(record), args.study)
    except NothingRead as refused:
        return say_refused(str(refused))
    out = _folder(args.out or record.parent / f"export-{table.study}")
    paths = write_export(table, out)
    print(f"{len(table.kept) + len(table.excluded):,} answers of {len(table.people.took_part):,} people.")
    print("Written: " + ", ".join(str(path) for path in paths))
    return say_refused(table.refused) if table.refused else 0


def faults_beside(record: Path, study: str) -> StudyFaults | None:
    """What is wrong in the dances of a record's study, where it lies in that study's folder; else None."""
    from dance_core.study.clip_faults import read_faults
    from dance_core.study.folder import CSV, JSON, load_study

    if record.name != CSV or not (record.parent / JSON).is_file():
        return None
    made = load_study(record.parent)
    return read_faults(made) if made.id == study else None


def _record(given: Path, settings: Settings) -> Path:
    """The CSV that is meant: a file, or the record of the study of that id."""
    from dance_core.study.folder import CSV

    here = settings.studies_dir / given.name / CSV
    return here if not given.exists() and given.name == str(given) and here.is_file() else given


def _folder(out: Path) -> Path:
    if out.exists() and not out.is_dir():
        raise UserError(f"{out.name!r} is a file, but a folder is to be written.")
    return out


def say_refused(sentence: str) -> int:
    """Say on stderr that rows were refused; the exit code."""
    print(f"WARNING: {sentence}", file=sys.stderr)
    return REFUSED


def _resamples(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 100 <= number <= MOST_RESAMPLES:
        raise argparse.ArgumentTypeError(f"{text[:20]!r}, expected 100 to {MOST_RESAMPLES}")
    return number
