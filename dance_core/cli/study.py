"""Make a preference study from a YAML file, look how it goes, analyse its answers.

    study make study.yaml         builds dances, music and the plan; then `python app.py` serves it
    study preview|report ID       every trial as raters see it; how the plan is balanced
    study open|pause|close ID     study add ID --raters N     study texts ID study.yaml
    study links|allow|people ID   who may come, what became of them
    study power                   raters and trials that it takes
    study status ID               places taken, answers, exclusions
    study export judgments.csv    a row a rater and a row an answer, labels for R and SPSS, a data dictionary
    study results judgments.csv   strengths, intervals, agreement, charts and a summary, from the CSV alone;
                                  where the study lies beside it, also which faults votes go by

Exit code 3: rows of the record were refused because they are damaged or were changed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from dance_core.cli import study_steps
from dance_core.cli.terminal import printable, progress, table
from dance_core.errors import UserError
from dance_core.settings import Settings
from dance_core.study.analysis import command

NAME = "study"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    make = steps.add_parser("make", help="build a study from a YAML file")
    make.add_argument("design", metavar="STUDY.yaml", type=Path, help="see assets/studies/example.yaml")
    make.add_argument("--out", metavar="DIR", type=Path,
                      help="where (default: where the app looks for it, data/studies/ID)")
    make.set_defaults(step_run=_make)
    status = steps.add_parser("status", help="how a study goes")
    status.add_argument("study", metavar="ID", help="id of a study, or its folder")
    status.set_defaults(step_run=_status)
    results = steps.add_parser("results", help="what a study found, from its CSV alone")
    command.options(results)
    results.set_defaults(step_run=command.run)
    study_steps.options(steps)
    export = steps.add_parser("export", help="tables, labels and a data dictionary for other programs")
    command.export_options(export)
    export.set_defaults(step_run=command.export)


def run(args: argparse.Namespace, settings: Settings) -> int:
    return args.step_run(args, settings)


def _make(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.design import read_design

    design = read_design(args.design)
    out = args.out or settings.studies_dir / design.id
    if out.exists() and not out.is_dir():
        raise UserError(f"{out.name!r} is a file, but a study is a folder.")

    from dance_core.cli import inputs
    from dance_core.pages.wire import pack_motion
    from dance_core.study.make import make_study
    from dance_core.study.plan import foils_in_another_style

    with progress("Making dances", "dances") as bar, inputs.engine(settings) as engine:
        text = args.design.read_text(encoding="utf-8")
        study = make_study(design, text, out, engine, settings, pack_motion, bar.update)
    print(table([("Study", study.id), ("Dances", str(len(study.clips))), ("Places", str(design.raters)),
                 ("Trials each", str(design.trials)), ("Minutes each", f"about {design.minutes}")]))
    if foils := foils_in_another_style(design):
        print(f"Mismatched dances to {', '.join(foils)} are of another style, because no other song of the "
              "study has theirs: style alone gives them away.")
    link = settings.link(f"rate?study={study.id}&{design.parameter}=…")
    print(f"Kept in {printable(str(out))}\nOpen    {link}")
    if out.resolve() != (settings.studies_dir / design.id).resolve():
        print("The app looks for it in DANCE_DATA_DIR/studies; move the folder there to open it.")
    return 0


def _status(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.study.control import read_control

    desk = study_steps.desk_of(args.study, settings)
    control = read_control(desk.study.folder)
    print(table([*desk.status(), ("State", f"{control['state']}, texts {control['texts']}")]))
    if alarm := desk.record.alarm():
        print(printable(alarm))
    refused = desk.record.refused()
    return command.say_refused(printable(refused)) if refused else 0
