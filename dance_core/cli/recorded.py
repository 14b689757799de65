"""corpus recorded: public collections of recorded dance, as downloaded -> a folder for corpus build."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import printable, progress, table, whole_file
from dance_core.corpus.aist_names import GENRES
from dance_core.errors import UserError

if TYPE_CHECKING:
    from dance_core.corpus.recorded import Collected, Made, Recording

STYLES = (*(f"g{genre}" for genre in GENRES), "salsa", "party", "modern")  # of recorded dances
BROKEN = 3  # exit code: done, but some files could not be read or taken


def options(parser: argparse.ArgumentParser) -> None:
    """See `python -m dance_core corpus recorded --help`."""
    parser.add_argument("--out", metavar="DIR", type=Path, required=True,
                        help="uniform files, index.csv and TERMS.md; what is there already is kept")
    parser.add_argument("--aistpp", metavar="DIR", type=Path,
                        help="AIST++ in its official layout: motions/*.pkl, splits/, ignore_list.txt")
    parser.add_argument("--g1", metavar="DIR", type=Path, help="G1 Moves: a checkout of its repository")
    parser.add_argument("--cmu", metavar="DIR", type=Path, help="CMU in cgspeed's BVH (2010)")
    parser.add_argument("--mocap", metavar="DIR", type=Path,
                        help="any folder of motion files (npz, npy, pkl, BVH, GLB), or of uniform files")
    parser.add_argument("--mocap-style", metavar="S", choices=STYLES,
                        help=f"style of those that say none: {', '.join(STYLES)} (default: what they have "
                             "there already, or modern)")
    parser.add_argument("--mocap-licence", metavar="TEXT",
                        help="their terms where they say none (default: what they have there already, or "
                             "unknown: no weights may be shipped)")
    parser.add_argument("--mocap-line", metavar="TEXT",
                        help="the line to quote for them (default: as for the licence, or none)")
    parser.add_argument("--jobs", metavar="N", type=inputs.count, default=1, help="processes (default 1)")


def run(args: argparse.Namespace) -> int:
    """Convert; 0, or 3 where some file could not be read, or nobody stands in it."""
    from dance_core.corpus.collections import terms_said
    from dance_core.corpus.processes import check_jobs
    from dance_core.corpus.recorded import convert_all

    check_jobs(args.jobs)
    if args.out.is_file():
        raise UserError(f"--out {args.out.name!r} is a file, and a folder is to be made.")
    collected = _collected(args)
    recordings = [r for one in collected.values() for r in one.recordings]
    with progress("Dances", "files") as bar:
        made = convert_all(args.out, recordings, args.jobs, bar.update)
    for option, one in collected.items():
        for line in one.said:
            print(printable(line))
        if one.missing:
            _write(args.out / f"missing-{option}.txt", one.missing, "names")
    left_out = [*(pair for one in collected.values() for pair in one.left_out),
                *(pair for one in made for pair in one.left_out)]
    said = terms_said(recordings, made)
    if said:
        print(printable(said))
    if left_out:
        _write(args.out / "left-out.txt", [f"{name}: {reason}" for name, reason in left_out],
               "clips left out, with the reason")
    return _report(args.out, recordings, made)


def _write(path: Path, lines: Sequence[str], what: str) -> None:
    with whole_file(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(printable(f"{path}: {len(lines)} {what}"))


def _collected(args: argparse.Namespace) -> dict[str, Collected]:
    """What each named folder holds, by its option."""
    from dance_core.corpus import collections

    found = {}
    readers = {"aistpp": collections.aistpp, "g1": collections.g1_moves, "cmu": collections.cmu,
               "mocap": lambda folder: collections.any_folder(folder, args.mocap_style,
                                                              args.mocap_licence, args.mocap_line,
                                                              args.out)}
    for option, read in readers.items():
        folder = getattr(args, option)
        if folder is not None:
            if folder.resolve() == args.out.resolve():
                raise UserError(f"--{option} and --out are the same folder, {folder.name!r}.")
            found[option] = read(folder)
    if not found:
        raise UserError("0 folders of recorded dances were named: --aistpp, --g1, --cmu or --mocap.")
    return collections.without_doubles(found)


def told_apart(paths: Iterable[str]) -> dict[str, str]:
    """The end of each path that no other of them has: the file's name alone, where that will do."""
    names: dict[str, str] = {}
    left, k = {p: Path(p).parts for p in paths}, 1
    while left:
        ends = {p: "/".join(parts[-k:]) for p, parts in left.items()}
        often = Counter(ends.values())
        done = {p: end for p, end in ends.items() if often[end] == 1 or k >= len(left[p])}
        names |= done
        left = {p: parts for p, parts in left.items() if p not in done}
        k += 1
    return names


def _report(out: Path, recordings: list[Recording], made: list[Made]) -> int:
    """Print a table by source, and on stderr what was refused; the exit code."""
    from dance_core.corpus.terms import SHIPPABLE

    rows = [("source", "files", "clips", "minutes", "weights may be shipped")]
    by: dict[str, list[tuple[Recording, Made]]] = defaultdict(list)
    for recording, one in zip(recordings, made, strict=True):
        by[recording.source].append((recording, one))
    for source, some in by.items():
        clips = [row for _, one in some for row in one.rows]
        minutes = sum(float(row["seconds"]) for row in clips) / 60
        may = all(recording.licence in SHIPPABLE for recording, _ in some)
        rows.append((source, str(len(some)), str(len(clips)), f"{minutes:.1f}", "yes" if may else "no"))
    print("\n".join(map(printable, table(rows).splitlines())))
    broken = [(r, one) for r, one in zip(recordings, made, strict=True) if one.broken]
    names = told_apart(r.path for r in recordings)
    for recording, one in broken:
        print(printable(f"{names[recording.path]}: {one.broken}"), file=sys.stderr)
    if broken:
        print(f"{len(broken)} of {len(made)} files could not be taken.", file=sys.stderr)
    print(printable(f"{out}: corpus build --dances takes it; the terms are in {out / 'TERMS.md'}"))
    return BROKEN if broken else 0
