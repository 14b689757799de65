"""Whether a generator keeps the contract: for who writes one of their own (README.md says how)."""

from __future__ import annotations

import argparse

from dance_core.cli import inputs
from dance_core.cli.terminal import printable
from dance_core.settings import Settings

NAME = "contract"


def options(parser: argparse.ArgumentParser) -> None:
    """See `python -m dance_core contract --help`."""
    parser.add_argument("generator", metavar="G", help="its name")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Look at all that is asked; 0 if everything is kept, else 1."""
    from dance_core.evaluation.contract import keeps_contract

    broken = 0
    for told in keeps_contract(inputs.generator(args.generator), settings):
        broken += not told.kept
        print(f"{'kept  ' if told.kept else 'BROKEN'}  {told.asked}: {printable(told.said)}", flush=True)
    print(f"\n{'All is kept.' if not broken else f'{broken} of it not kept.'}")
    return 1 if broken else 0
