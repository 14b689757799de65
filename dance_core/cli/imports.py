"""Read any motion file as a dance to a song, and keep it like one that was danced here.

What the file is, is told from what is inside: npz, npy and pickles of SMPL's poses (AMASS, smplx, EDGE,
AIST++, FineDance, Motion-X), joint places (Bailando, HumanML3D), BVH and glTF of many skeletons. README.md
has the table. What had to be guessed goes to stderr and is kept in take.json.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import printable
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.longform.take import Take

NAME = "import"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the motion")
    parser.add_argument("--song", metavar="SONG", required=True,
                        help="what it was danced to, from the same moment on; a file, or the title of a demo "
                             "song")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the dance is kept")
    parser.add_argument("--fps", metavar="N", type=inputs.seconds,
                        help="frames a second, where the file does not say them or is wrong")
    parser.add_argument("--system", metavar="NAME", default="", help="whose dance it is, for lists and "
                                                                     "studies")
    parser.add_argument("--body", choices=("own", "average"), default="own",
                        help="own: with the limbs that the file has, where it tells (default); average: of "
                             "all "
                             "systems alike, as in a study")
    parser.add_argument("--style", metavar="S", help="key or title of a style (default: as its name tells)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.out.exists() and not args.out.is_dir():
        raise UserError(f"{args.out.name!r} is a file, but a dance is kept as a folder.")
    if not args.file.is_file():
        raise UserError(f"There is no motion file {args.file.name!r}.")

    from dance_core.longform.take import save_take
    from dance_core.music.analysis import analyse
    from dance_core.serving.importing import import_take

    style, guess = _style(args)
    song = inputs.song(args.song, settings)
    take = import_take(args.file, song, analyse(song, settings), style, args.system, args.fps,
                       args.body == "own", settings)
    save_take(take, args.out, song)
    for sentence in (*(take.source.said if take.source else ()), *guess):
        print(printable(sentence), file=sys.stderr)
    print(report(take, args.out))
    return 0


def _style(args: argparse.Namespace) -> tuple[str, list[str]]:
    """The style's key, and what is to be said of it. Raises UserError."""
    from dance_core.generators import registry
    from dance_core.serving.importing import style_told

    known = dict.fromkeys(s for g in registry().values() for s in g.needs.styles)
    if args.style is None and (told := style_told(args.file, known)):
        return told, []
    style = inputs.style(args.style, known, args.song)
    title = inputs.style_titles([style])[style]
    return style, [] if args.style else [f"Nothing tells the style; it is kept as {title} (--style)."]


def report(take: Take, folder: Path) -> str:
    """What was read, for people."""
    source = take.source
    rows = [
        ("Song", f"{printable(take.title)}, {take.duration:.1f} s, {take.beats.tempo:.1f} BPM"),
        ("Motion", f"{source.kind}" + (f", joints of {source.skeleton}" if source.skeleton else "")
         + f", {source.frames} frames at {source.fps:g} a second" if source else ""),
        ("Dance", f"{printable(take.generator_title)}, {take.motion.duration:.1f} s, "
                  f"{', '.join(sorted(take.motion.parts))}"),
        ("On the beat", f"{take.alignment['music_to_motion']:.2f} of 1, "
                        f"{take.alignment.get('control', float('nan')):.2f} to moved beats"),
        ("Limits", "all held" if not take.faults else f"{len(take.faults)} faults (see the command check)"),
        ("Kept in", printable(str(folder))),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name.ljust(width)}  {text}" for name, text in rows)
