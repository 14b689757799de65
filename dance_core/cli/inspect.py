"""Find what is wrong in dances, and when: every fault with its seconds, joint and size.

DIR is a dance as the command dance keeps it, or a folder of such. Measured anew from the motion.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import printable, progress, table, whole_file
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.evaluation.faults import Fault, Hint

NAME = "inspect"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", metavar="DIR", type=Path, nargs="+",
                        help="dances, as the commands dance and import keep them, or folders of them")
    parser.add_argument("--json", action="store_true", help="one object; a list where there are several")
    parser.add_argument("--worst", metavar="N", type=inputs.count,
                        help="only the N worst of each dance, the worst first")
    parser.add_argument("--report", metavar="FILE", type=Path,
                        help="also one HTML file: faults by system and style, and pictures of the worst")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.evaluation.faults import Dance, find_faults, find_hints, worst_first
    from dance_core.longform.take import load_take, take_folders

    folders = [take for folder in args.folders for take in take_folders(folder)]
    if args.report is not None:
        return _report(folders, args.report)
    told = []
    for k, folder in enumerate(folders):
        take = load_take(folder)
        dance = Dance.of_take(take)
        found, hints = find_faults(dance), find_hints(dance)
        shown = found if args.worst is None else worst_first(found)[:args.worst]
        if args.json:
            told.append({"dance": folder.name, "song": take.title, "style": take.style, "seed": take.seed,
                         "generator": take.generator, "seconds": round(take.motion.duration, 3),
                         "found": len(found), "severe": sum(f.severe for f in found),
                         "faults": [f.record() for f in shown], "hints": [h.record() for h in hints]})
        else:
            print(("\n" if k else "") + _said(folder.name, take.title, found, shown, hints))
    if args.json:
        print(json.dumps(told[0] if len(told) == 1 and len(args.folders) == 1 else told, ensure_ascii=False,
                         indent=1))
    return 0


def _report(folders: list[Path], path: Path) -> int:
    from dance_core.body.fault_report import Inspected, fault_report
    from dance_core.evaluation.faults import Dance, find_faults
    from dance_core.longform.take import load_take

    def inspected() -> Iterator[Inspected]:
        with progress("Looking for faults", "dances") as bar:
            for k, folder in enumerate(folders):
                bar.update(k, len(folders))
                take = load_take(folder)
                yield Inspected(folder.name, take, find_faults(Dance.of_take(take)))

    text = fault_report(inspected())
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8")
    print(f"Written: {printable(str(path))}, about {len(folders)} dances.")
    return 0


def _said(name: str, title: str, found: list[Fault], shown: list[Fault], hints: list[Hint]) -> str:
    severe = sum(f.severe for f in found)
    head = printable(f"{name} ({title}): {len(found)} faults, {severe} of them severe")
    rows = [(f.kind, f"{f.start_s:.2f}", f"{f.stop_s:.2f}", f"{f.severity:.2f}") for f in shown]
    last = [hint.sentence for hint in hints]
    if not rows:
        return "\n".join([head, *last])
    lines = table([("kind", "from s", "to s", "severity"), *rows]).splitlines()
    return "\n".join([head, lines[0], *(f"{line}  {f.sentence}" for line, f in zip(lines[1:], shown,
                                                                                 strict=True)), *last])
