"""Write a dance for other programs: the motion, the body, a video with the music, or OpenPose's keypoints.

npz (AMASS, smplx) and BVH hold the motion, GLB and USD the animated body, mp4 a video; a bundle is a zip of
npz, BVH, GLB, the music, the beats, and a text on how Blender, Godot and Unreal read them. openpose is
OpenPose's JSON, a file for each frame, of the COCO model's 18 points: the format can't say so, and
OpenPose's own default are 25 (BODY_25), so tell whatever reads it. pose-mp4 is the same skeleton, drawn as
pose-to-video models want it.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import printable, progress, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.body.exports import Picture

NAME = "export"
FORMATS = ("npz", "bvh", "glb", "usd", "bundle", "mp4", "openpose", "pose-mp4")
FLAT = ("openpose", "pose-mp4")
_SMALLEST, _LARGEST = 64, 4096  # pixels a side


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="a dance, as the command dance keeps it")
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--out", metavar="FILE", type=Path,
                        help="default: beside the folder, of the same name. For openpose a .zip, or else a "
                             "folder that is made")
    parser.add_argument("--names", choices=("smplx", "mixamo"),
                        help="of the joints in bvh and bundle (default smplx)")
    parser.add_argument("--units", choices=("cm", "m"), help="of bvh and bundle (default cm)")
    parser.add_argument("--camera", metavar="C",
                        help="of openpose and pose-mp4: front (stands still, sees all; the default), follow "
                             "(goes along), or X,Y,Z,X,Y,Z,ANGLE: where it stands and what it looks at (m; "
                             "the dancer begins near 0,0,0 and faces +Z), and degrees from bottom to top")
    parser.add_argument("--size", metavar="WxH", help="of openpose and pose-mp4, pixels (default 512x768)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.body.exports import ENDINGS, export_take
    from dance_core.longform.take import SONG, load_take

    folder = args.folder.resolve()
    target = args.out or folder.with_name(f"{folder.name}{ENDINGS[args.format]}")
    picture = _picture(args, re.sub(r"[^\w.-]", "_", target.stem) or "dance")
    if args.format == "openpose" and target.suffix.lower() != ".zip" and target.exists():
        raise UserError(f"{target.name!r} is there already, and a folder is to be made.")
    bvh = {k: v for k, v in (("names", args.names), ("units", args.units)) if v}
    if bvh and args.format not in ("bvh", "bundle"):
        raise UserError(f"--{next(iter(bvh))} belongs to bvh and bundle, not to {args.format}.")
    take = load_take(args.folder)
    with whole_file(target) as part, progress("Drawing", "frames") as bar:
        song = folder / SONG
        export_take(take, args.format, part, settings, song if song.is_file() else None, bar.update,
                    picture=picture, **bvh)
    print(printable(str(target)))
    return 0


def _picture(args: argparse.Namespace, name: str) -> Picture | None:
    """What --camera and --size say. Raises UserError."""
    if args.format not in FLAT:
        if args.camera or args.size:
            raise UserError(f"--camera and --size belong to {' and '.join(FLAT)}, not to {args.format}.")
        return None

    from dance_core.body.exports import Picture

    asked = size(args.size) if args.size else Picture().size
    return Picture(inputs.camera(args.camera or "front"), asked, name)


def size(text: str) -> tuple[int, int]:
    """Width and height of a picture in pixels, as --size says. Raises UserError."""
    match = re.fullmatch(r"([0-9]{1,5})[xX×]([0-9]{1,5})", text)
    if not match:
        raise UserError(f"--size {text!r} is not WIDTHxHEIGHT in pixels, such as 512x768.")
    found = int(match[1]), int(match[2])
    if not _SMALLEST <= min(found) <= max(found) <= _LARGEST:
        raise UserError(f"--size is {found[0]} x {found[1]} pixels, but {_SMALLEST} to {_LARGEST} are "
                        "allowed.")
    return found
