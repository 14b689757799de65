"""What `serve` and `batch` may be told of a Ray cluster."""

from __future__ import annotations

import argparse

from dance_core.errors import UserError

CLUSTER = "cluster"


def options(parser: argparse.ArgumentParser) -> None:
    """--gpus and --address."""
    parser.add_argument("--gpus", metavar="G", type=float,
                        help="with --engine cluster: GPUs of each, .5 for half of one (default: 0)")
    parser.add_argument("--address", metavar="H:P",
                        help="with --engine cluster: of a Ray cluster that runs (default: one is started on "
                             "this machine, and ends with this command)")


def check(args: argparse.Namespace, engine: str, *others: str) -> None:
    """Raises UserError for options of a cluster where the engine is none. others: more of them, by name."""
    for name in ("gpus", "address", *others):
        if getattr(args, name) is not None and engine != CLUSTER:
            raise UserError(f"--{name} is for --engine cluster; the engine is {engine}.")
