"""The way from a song to a dance without a browser: one module a command, `main` to choose among them.

Exit codes: 0 all well; 1 the answer is no (a dance outside its limits), or something could not be
written; 2 bad input, with one sentence on stderr; 3 done, but rows of a study's record or files were
refused, which the output says too; 130 interrupted. Results go to stdout, progress and sentences to
stderr.

A module of a command has NAME, `options(parser)`, which declares its arguments, and `run(args, settings)`,
which returns the exit code; its docstring's first line is its help. One that has `more_help()` shows more
where help is asked for. What is slow to import is imported in `run`, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from dance_core import __version__
from dance_core.cli import (
    batch,
    beats,
    bench,
    check,
    contract,
    corpus,
    dance,
    evaluate,
    export,
    imports,
    inspect,
    paint,
    search,
    serve,
    sheet,
    study,
    train,
)
from dance_core.cli.terminal import printable
from dance_core.errors import UserError
from dance_core.settings import Settings

COMMANDS = (dance, paint, beats, sheet, imports, export, check, inspect, evaluate, corpus, train, search,
            batch, bench, study, serve, contract)


class _Parser(argparse.ArgumentParser):
    """Bad arguments are one sentence too; help that costs time to know is asked for only when shown."""

    more: Callable[[], str] | None = None

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> None:
        raise UserError(f"{message[:1].upper()}{message[1:]} (see {self.prog} --help).")

    def format_help(self) -> str:
        if self.more is not None:
            self.epilog = self.more()
        return super().format_help()


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = _Parser(prog="python -m dance_core", description="From a song to a dance, without a browser.",
                  epilog="Settings are environment variables, DANCE_…: see README.md.")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for command in COMMANDS:
        about = (command.__doc__ or "").splitlines()[0]
        sub = commands.add_parser(command.NAME, help=about, description=about,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        sub.more = getattr(command, "more_help", None)
        command.options(sub)
        sub.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Never a traceback for what a person typed or gave."""
    try:
        args = parser().parse_args(argv)
        code = args.run(args, Settings.from_env())
        sys.stdout.flush()
        return code
    except UserError as error:
        return _say(str(error), 2)
    except KeyboardInterrupt:
        return _say("Interrupted.", 130)
    except BrokenPipeError:
        # Whoever read our output (`| head`) has enough. Python would complain once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        name = f" ({os.path.basename(os.fsdecode(error.filename))})" if error.filename else ""
        return _say(f"{error.strerror or error}{name}.", 1)


def _say(sentence: str, code: int) -> int:
    print(printable(sentence), file=sys.stderr)
    return code
