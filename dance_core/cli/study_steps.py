"""What a researcher does with a study beside making it and reading it: before, while it runs, after."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import Any

from dance_core.cli.terminal import printable, table
from dance_core.errors import UserError
from dance_core.settings import Settings


def options(steps: Any) -> None:
    """Declare the steps. steps: what `add_subparsers` gave."""
    def step(name: str, about: str, run: Any) -> argparse.ArgumentParser:
        made = steps.add_parser(name, help=about)
        made.set_defaults(step_run=run)
        if run is not _power:
            made.add_argument("study", metavar="ID", help="id of a study, or its folder")
        return made

    step("preview", "an address on which every trial can be seen; no place is taken", _preview)
    step("report", "how the plan is balanced, and a paragraph for a pre-registration", _report)
    for state, about in (("open", "raters may begin"), ("pause", "nobody begins, whoever has begun goes on"),
                         ("close", "no more answers are taken")):
        becomes = {"pause": "paused", "close": "closed"}.get(state, state)
        step(state, about, _state).set_defaults(state=becomes)
    add = step("add", "more places", _add)
    add.add_argument("--raters", metavar="N", type=int, required=True, help="how many more")
    texts = step("texts", "other texts for a study that was made", _texts)
    texts.add_argument("design", metavar="STUDY.yaml", type=Path, help="the study's file with other texts")
    links = step("links", "signed addresses (people.allow: signed)", _links)
    links.add_argument("--count", metavar="N", type=int, default=0, help="for new ids")
    links.add_argument("--ids", metavar="FILE", type=Path, help="for these ids, one a line")
    allow = step("allow", "more ids for the list (people.allow: list)", _allow)
    allow.add_argument("--ids", metavar="FILE", type=Path, required=True, help="one a line")
    people = step("people", "finished, excluded why, pay or return: for ids of the platform", _people)
    people.add_argument("--ids", metavar="FILE", type=Path, required=True,
                        help="one id a line, or the platform's export")
    people.add_argument("--out", metavar="CSV", type=Path, help="write it there (default: print it)")
    people.add_argument("--returned", action="store_true",
                        help="take submissions that the export calls returned or timed out as left")
    people.add_argument("--delete", action="store_true", help="delete all data of these people")
    power = step("power", "raters and trials that it takes to show a difference", _power)
    power.add_argument("--share", metavar="P", type=float, default=0.6,
                       help="of decided answers for the better system (default 0.6)")
    power.add_argument("--systems", metavar="N", type=int, default=2, help="that are compared (default 2)")
    power.add_argument("--ties", metavar="P", type=float, default=0.2, help="share of ties (default 0.2)")


def desk_of(study: str, settings: Settings) -> Any:
    """The desk of a study by its id or folder. Raises UserError."""
    from dance_core.study.folder import load_study
    from dance_core.study.sessions import Desk

    return Desk(load_study(folder_of(study, settings)))


def folder_of(study: str, settings: Settings) -> Path:
    """A study's folder by its id, or as it was given."""
    return Path(study) if Path(study).is_dir() else settings.studies_dir / Path(study).name


def _preview(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study import preview
    from dance_core.study.folder import load_study

    study = load_study(folder_of(args.study, settings))
    key = preview.new_key(study.folder)
    print(f"Open    {settings.link(f'rate?study={study.id}&preview={key}')}")
    print("It opens for 24 hours, takes no place and writes no row. Keep it secret.")
    return 0


def _report(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.analysis.registration import paragraph
    from dance_core.study.control import balance
    from dance_core.study.folder import load_study

    study = load_study(folder_of(args.study, settings))
    found = balance(study)
    rows = [("Places", str(found["places"])), ("Different orders", str(found["orders"])),
            ("Checks that ask for left, right", f"{found['checks']['left']}, {found['checks']['right']}")]
    for kind, items in found["seen"].items():
        rows.append((f"{kind}: an item is seen", f"{min(items.values())} to {max(items.values())} times"))
    rows += [(pair, f"{n} times") for pair, n in sorted(found["left"].items())]
    print(table(rows))
    print(f"\n{printable(paragraph(study.design, found['places']))}")
    return 0


def _state(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.control import set_state
    from dance_core.study.folder import load_study

    study = load_study(folder_of(args.study, settings))
    set_state(study.folder, args.state)
    print(f"The study {study.id} is {args.state}.")
    return 0


def _add(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.control import add_places
    from dance_core.study.folder import load_study

    study = add_places(load_study(folder_of(args.study, settings)), args.raters)
    print(f"The study {study.id} has {len(study.plan)} places now.")
    return 0


def _texts(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.control import change_texts
    from dance_core.study.folder import load_study

    study = load_study(folder_of(args.study, settings))
    if not args.design.is_file():
        raise UserError(f"There is no study file {args.design.name!r}.")
    version = change_texts(study, args.design.read_text(encoding="utf-8"))
    print(f"The study {study.id} has texts {version} now; rows say which ones they were asked with.")
    return 0


def _links(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.entry import links, read_ids

    desk = desk_of(args.study, settings)
    if not 0 <= args.count <= 10_000 or bool(args.count) == bool(args.ids):
        raise UserError("Either --count from 1 to 10000 or --ids is needed.")
    if desk.design.allow != "signed":
        raise UserError(f"The study {desk.study.id!r} has people.allow: {desk.design.allow}; signed links "
                        "are for signed.")
    people = read_ids(args.ids) if args.ids else []
    print("\n".join(links(desk.state, desk.study.id, settings.link("rate"), desk.design.parameter, people,
                          args.count)))
    return 0


def _allow(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.entry import allow, read_ids

    desk = desk_of(args.study, settings)
    if desk.design.allow != "list":
        raise UserError(f"The study {desk.study.id!r} has people.allow: {desk.design.allow}, not list.")
    there = allow(desk.state, desk.study.id, desk.study.folder, read_ids(args.ids))
    print(f"{there} people may come in.")
    return 0


def _people(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study import people

    desk = desk_of(args.study, settings)
    listed = people.read_list(args.ids)
    if args.delete:
        rows = [desk.forget(p.person) for p in listed]
        print(f"{sum(rows)} rows of {sum(map(bool, rows))} people were deleted.")
        return 0
    if args.returned:
        print(f"{people.import_returned(desk, listed)} of them count as left now.", file=sys.stderr)
    head = ["id", "submission", "status", "state", "trials", "excluded", "advice", "note"]
    body = [[f.listed.person, f.listed.submission, f.listed.status, f.state, f.answered, f.excluded, f.advice,
             f.note] for f in people.fates(desk, listed)]
    if args.out:
        with open(args.out, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *body])
        print(f"Written: {printable(str(args.out))}")
    else:
        csv.writer(sys.stdout, lineterminator="\n").writerows([head, *body])
    return 0


def _power(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.analysis.planning import TRIALS, raters_needed

    if not 0.5 < args.share < 1 or not 0 <= args.ties < 1 or not 2 <= args.systems <= 20:
        raise UserError("--share must lie between 0.5 and 1, --ties between 0 and 1, --systems from 2 to 20.")
    rows = [(f"{trials} trials each", f"{raters_needed(args.share, args.systems, trials, args.ties)} raters")
            for trials in TRIALS]
    print(table([("To show", f"{args.share:.0%} of decided answers (two-sided 5 %, power 80 %)"),
                 ("Systems", str(args.systems)), ("Ties", f"{args.ties:.0%}"), *rows]))
    print("Raters are taken to differ in taste by 0.8 log-odds a system, as in the project's simulations; "
          "adjusted for many pairs (Holm) it takes more. Ask your pilot what your raters differ by.")
    return 0
