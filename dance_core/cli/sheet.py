"""Draw a dance as a contact sheet: moments on the beat, front and side, beat numbers under them."""

from __future__ import annotations

import argparse
from pathlib import Path

from dance_core.cli import inputs
from dance_core.cli.terminal import printable, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

NAME = "sheet"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="a dance, as the command dance keeps it")
    parser.add_argument("--out", metavar="PNG", type=Path, required=True)
    parser.add_argument("--moments", metavar="N", type=inputs.count, default=16, help="how many (default 16)")
    parser.add_argument("--start", metavar="S", type=inputs.seconds, default=0.0, help="from this second on")
    parser.add_argument("--seconds", metavar="S", type=inputs.seconds, help="of so many seconds")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.body.sheet import contact_sheet
    from dance_core.longform.take import load_take

    if args.out.suffix.lower() != ".png":
        raise UserError(f"The sheet is a PNG, so its name should end in .png, not {args.out.suffix!r}.")
    take = load_take(args.folder)
    stop = None if args.seconds is None else args.start + args.seconds
    image = contact_sheet(take.motion, take.beats, args.moments, start_s=args.start, stop_s=stop,
                          style=inputs.style_titles([take.style])[take.style], seed=take.seed)
    with whole_file(args.out) as part:
        image.save(part)
    print(printable(str(args.out)))
    return 0
