"""Write a dance for other programs: npz (AMASS, smplx), BVH, GLB (the body, animated) or mp4 (with music)."""

from __future__ import annotations

import argparse
from pathlib import Path

from dance_core.cli.terminal import printable, progress, whole_file
from dance_core.settings import Settings

NAME = "export"
FORMATS = ("npz", "bvh", "glb", "mp4")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="a dance, as the command dance keeps it")
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--out", metavar="FILE", type=Path,
                        help="default: beside the folder, of the same name")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.body.exports import export_take
    from dance_core.longform.take import SONG, load_take

    take = load_take(args.folder)
    folder = args.folder.resolve()
    target = args.out or folder.with_name(f"{folder.name}.{args.format}")
    with whole_file(target) as part, progress("Drawing", "frames") as bar:
        song = folder / SONG
        export_take(take, args.format, part, settings, song if song.is_file() else None, bar.update)
    print(printable(str(target)))
    return 0
