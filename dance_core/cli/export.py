"""Write a dance's motion for other programs: npz (AMASS, smplx) or BVH (Blender, game engines)."""

from __future__ import annotations

import argparse
from pathlib import Path

from dance_core.cli.terminal import printable, whole_file
from dance_core.settings import Settings

NAME = "export"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="a dance, as the command dance keeps it")
    parser.add_argument("--format", choices=("npz", "bvh"), required=True)
    parser.add_argument("--out", metavar="FILE", type=Path,
                        help="default: beside the folder, of the same name")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.longform.take import load_take
    from dance_core.motion.files import save_bvh, save_npz

    motion = load_take(args.folder).motion
    folder = args.folder.resolve()
    target = args.out or folder.with_name(f"{folder.name}.{args.format}")
    with whole_file(target) as part:
        (save_npz if args.format == "npz" else save_bvh)(part, motion)
    print(printable(str(target)))
    return 0
