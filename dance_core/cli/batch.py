"""Dance to many songs, a Take each; what is there is not made again, so it may be interrupted or killed.

SOURCE is a folder (its songs and those of the folders in it) or a CSV with a column `song` (paths from the
CSV on) and, where wanted, `style`, `generator`, `pose`, `seed`, `energy`, `start` and `seconds`. The folder
--out gets a folder a Take and results.csv: a row a song with scores and faults; songs that can't be read or
danced to are in it with a sentence.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import functools
import io
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import cluster, inputs
from dance_core.cli.dance import energy_option
from dance_core.cli.terminal import printable, progress, table, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.generators.base import Needs
    from dance_core.serving.batch import Result, Row

NAME = "batch"
TABLE = "results.csv"
COLUMNS = ("song", "style", "generator", "pose", "seed", "energy", "start", "seconds")
_SHOWN = 10  # sentences on the screen; all are in the table


def options(parser: argparse.ArgumentParser) -> None:
    """See `python -m dance_core batch --help`."""
    parser.add_argument("source", metavar="SOURCE", type=Path, help="a folder of songs, or a CSV")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the dances are kept")
    parser.add_argument("--generator", metavar="G", help="what makes the dances (default: the first)")
    parser.add_argument("--style", metavar="S", help="key or title (default: the generator's styles in turn)")
    parser.add_argument("--pose", metavar="P", help="first pose, of the gallery (default: the first)")
    parser.add_argument("--seed", metavar="N", type=inputs.whole_number, default=0, help="default: 0")
    energy_option(parser)
    parser.add_argument("--jobs", metavar="N", type=inputs.count,
                        help="processes (default: as many as there are cores that nobody else keeps busy)")
    parser.add_argument("--engine", metavar="E",
                        help="where generators run: local, http://host:port, or cluster: the processes are "
                             "those of a Ray cluster (default: DANCE_ENGINE)")
    cluster.options(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Make the dances; 0, or 3 where some songs could not be danced to."""
    if args.out.exists() and not args.out.is_dir():
        raise UserError(f"{args.out.name!r} is a file, but dances are kept in a folder.")
    engine = args.engine or settings.engine
    cluster.check(args, engine)
    on_cluster = engine == cluster.CLUSTER
    settings = dataclasses.replace(settings, max_running=1, engine="local" if on_cluster else engine)

    from dance_core.corpus.processes import check_jobs, each
    from dance_core.serving.batch import batch_of
    from dance_core.threads import free_cores

    jobs = args.jobs or free_cores()
    check_jobs(jobs)
    with inputs.engine(settings) as engine:
        rows = wanted(args, engine.generators())
        batch = batch_of(args.out.absolute(), settings, engine)
    results: list[Result] = []
    begun = time.monotonic()

    def told(result: Result) -> None:
        results.append(result)
        bar.update(len(results), len(rows))

    jobs = min(jobs, len(rows))
    with _processes(args, jobs) if on_cluster else nullcontext(each) as shared, \
            progress("Dancing", "songs") as bar:
        found = batch.run(rows, jobs, told, shared)
    write_results(args.out / TABLE, found)
    print(report(found, args.out, time.monotonic() - begun))
    return 3 if any(r.state == "failed" for r in found) else 0


@contextmanager
def _processes(args: argparse.Namespace, jobs: int) -> Iterator[Callable[..., Iterator]]:
    """What shares work among that many processes on Ray."""
    from dance_core.serving.cluster_start import on_ray

    with on_ray(args.address or "", jobs, args.gpus or 0.0):
        from dance_core.serving.cluster_batch import each  # imports Ray: not before it is set up

        yield functools.partial(each, folder=args.out.absolute(), gpus=args.gpus or 0.0)


def wanted(args: argparse.Namespace, there: Sequence[Needs]) -> list[Row]:
    """The dances that are asked for. Raises UserError, with the CSV's line where it is one's fault."""
    from dance_core.music.decode import SONG_ENDINGS

    if args.source.is_dir():
        songs = sorted(p for p in args.source.rglob("*") if p.suffix.lower() in SONG_ENDINGS and p.is_file()
                       and not any(part.startswith(".") for part in p.relative_to(args.source).parts))
        if not songs:
            raise UserError(f"There is no song in the folder {args.source.name!r}: a name that ends in "
                            f"{', '.join(SONG_ENDINGS[:6])} or the like was expected.")
        asked = [({"song": str(p.relative_to(args.source))}, "") for p in songs]
        folder = args.source
    elif args.source.is_file():
        asked, folder = list_of(args.source), args.source.parent
    else:
        raise UserError(f"There is no folder or list {str(args.source)!r}.")
    return [_row(args, there, folder, cells, where, k) for k, (cells, where) in enumerate(asked)]


def list_of(path: Path) -> list[tuple[dict[str, str], str]]:
    """The rows of a CSV, cells by column, and where each stands. Raises UserError."""
    from dance_core.study.analysis.csv_text import read_csv_text

    try:
        found = read_csv_text(path, COLUMNS)
        rows = list(csv.DictReader(io.StringIO(found.text), delimiter=found.separator, skipinitialspace=True))
    except (OSError, csv.Error) as error:
        raise UserError(f"The list {path.name!r} can't be read ({error}).") from None
    names = [name.strip() for name in found.header]
    if "song" not in names:
        raise UserError(f"The list {path.name!r} has no column song; it has {', '.join(names[:10])}.")
    asked = []
    for line, row in enumerate(rows, 2 + found.skipped):
        cells = {k.strip(): v.strip() for k, v in row.items() if k and isinstance(v, str) and v.strip()}
        if cells.get("song"):
            asked.append((cells, f"{path.name} line {line}: "))
        elif cells:
            raise UserError(f"{path.name} line {line} names no song.")
    if not asked:
        raise UserError(f"The list {path.name!r} has 0 songs.")
    return asked


def _row(args: argparse.Namespace, there: Sequence[Needs], folder: Path, cells: dict[str, str], where: str,
         number: int) -> Row:
    from dance_core.serving.batch import Row

    try:
        needs = inputs.chosen(there, cells.get("generator") or args.generator)
        style = cells.get("style") or args.style
        key = inputs.style(style, needs.styles) if style else needs.styles[number % len(needs.styles)]
        pose = inputs.pose_key(cells.get("pose") or args.pose)
        seed = inputs.whole_number(cells["seed"]) if "seed" in cells else args.seed
        energy = inputs.energy(cells["energy"]) if "energy" in cells else args.energy
        start = inputs.seconds(cells["start"]) if "start" in cells else 0.0
        length = inputs.seconds(cells["seconds"]) if "seconds" in cells else None
    except (UserError, argparse.ArgumentTypeError) as error:
        raise UserError(f"{where}{error}") from None
    return Row(folder / cells["song"], cells["song"], needs.name, key, pose, seed, start, length, energy)


def write_results(path: Path, results: Sequence[Result]) -> None:
    """The table, whole or not at all; text of users stands in cells as study.cells writes it."""
    from dance_core.serving.batch import cells, columns
    from dance_core.study.cells import encode

    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns())
        for result in results:
            rows.writerow([encode(c) if isinstance(c, str) and name in ("name", "title", "error") else c
                           for name, c in zip(columns(), cells(result), strict=True)])


def report(results: Sequence[Result], out: Path, seconds: float) -> str:
    """What became of the songs, for people."""
    made = [r for r in results if r.state == "made"]
    there = [r for r in results if r.state == "there"]
    failed = [r for r in results if r.state == "failed"]
    danced = sum(r.duration or 0.0 for r in made)
    keys = {r.key for r in made + there}
    rows = [("Made", f"{len(made)} dances, {danced:.0f} s in {seconds:.0f} s"),
            ("There before", str(len(there))),
            ("Failed", str(len(failed)))]
    if twice := len(made) + len(there) - len(keys):
        rows.append(("Asked for twice", str(twice)))
    severe = sum(r.severe or 0 for r in made + there)
    rows.append(("Severe faults", f"{severe} in {sum(bool(r.severe) for r in made + there)} dances"))
    rows.append(("Kept in", printable(str(out))))
    lines = [table(rows)]
    lines += [printable(f"{r.name}: {r.error}") for r in failed[:_SHOWN]]
    if len(failed) > _SHOWN:
        lines.append(f"… and {len(failed) - _SHOWN} more: see {TABLE}.")
    return "\n".join(lines)
