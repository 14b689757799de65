"""corpus video: dance videos -> clips of 2-D poses, with what is heard meanwhile."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dance_core.cli.recorded import BROKEN
from dance_core.cli.terminal import Stages, printable, table
from dance_core.errors import UserError
from dance_core.settings import MOTION_FPS, Settings

_LEAST, _MOST = 2, 100_000  # frames that a clip may be asked to have


def options(parser: argparse.ArgumentParser) -> None:
    """See `python -m dance_core corpus video --help`."""
    parser.add_argument("videos", metavar="FILE", type=Path, nargs="+", help="mp4, webm, mov, mkv, …")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True,
                        help="clips (npz) and index.csv; what is there already stays in the index")
    parser.add_argument("--least", metavar="N", type=int,
                        help="frames of a clip at least (default: of 9.1 s, which HOT-dance learns from)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Read them all; 0, or 3 where some file could not be read."""
    from dance_core.corpus.videos import LEAST, Made, take_video, write_index

    least = args.least
    if least is not None and not _LEAST <= least <= _MOST:
        raise UserError(f"--least is {least}, but {_LEAST} to {_MOST:,} frames are allowed.")
    if args.out.is_file():
        raise UserError(f"--out {args.out.name!r} is a file, and a folder is to be made.")
    args.out.mkdir(parents=True, exist_ok=True)
    made: list[tuple[str, Made]] = []
    broken: list[str] = []
    stages = Stages()
    try:
        for path in args.videos:
            def bar(done: int, total: int, title: str = printable(path.name)) -> None:
                stages(title, done, total, "frames")

            try:
                made.append((path.name, take_video(path, args.out, least, settings, bar)))
            except UserError as error:
                broken.append(str(error))
    finally:
        stages.close()
    index = write_index(args.out, [clip for _, one in made for clip in one.clips])
    shortest = f"{LEAST / MOTION_FPS:.1f} s" if least is None else f"{least} frames"
    rows = [("video", "frames", "clips", "frames in clips")]
    rows += [(name, str(one.frames), str(len(one.clips)), str(sum(c.frames for c in one.clips)))
             for name, one in made]
    print("\n".join(map(printable, table(rows).splitlines())))
    print(printable(f"{index}: {sum(len(one.clips) for _, one in made)} clips of at least {shortest}"))
    for name, one in made:
        if one.said:
            print(printable(f"{name}: {one.said}"), file=sys.stderr)
    for sentence in broken:
        print(printable(sentence), file=sys.stderr)
    if broken:
        print(f"{len(broken)} of {len(args.videos)} videos could not be taken.", file=sys.stderr)
    return BROKEN if broken else 0
