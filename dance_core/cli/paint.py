"""Paint a dance to a song in two dimensions: OpenPose's keypoints in a picture, by HOT-dance's 2D system.

It paints 18 points of the COCO model, with how sure it is of each, and nothing else: no body, no hands, no
face, and nothing that could be seen from another side. Whoever wants that asks for a dance (the command
dance), and exports it as seen by a camera (export --format openpose).

FILE.mp4 is the drawn skeleton with the music, as pose-to-video models want it; FILE.zip, or a folder, is
OpenPose's JSON, a file for each frame.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import beatoptions, inputs
from dance_core.cli.dance import cut, first_pose, pose_options, seed_of
from dance_core.cli.export import size
from dance_core.cli.terminal import printable, progress, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.motion.openpose import Seen
    from dance_core.music.song import Song

NAME = "paint"
FILM = ".mp4"
AWAY_M = 6.0  # of the camera: arms held out to both sides fill an upright picture of 2 to 3


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("song", metavar="SONG", help="a file, or the title of a demo song")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True,
                        help="an .mp4, a .zip, or else a folder that is made")
    parser.add_argument("--style", metavar="S", help="key or title of a style that it learned")
    pose_options(parser)
    parser.add_argument("--seed", metavar="N", type=inputs.whole_number,
                        help="same seed, same dance (default: a new one)")
    parser.add_argument("--size", metavar="WxH", help="of the picture in pixels (default 512x768)")
    parser.add_argument("--weights", metavar="DIR", type=Path,
                        help="made by `train hotdance --flat` (default: the shipped ones)")
    parser.add_argument("--start", metavar="S", type=inputs.seconds, default=0.0,
                        help="dance from this second on")
    parser.add_argument("--seconds", metavar="S", type=inputs.seconds, help="dance for so long")
    beatoptions.options(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Paint; 0 when the file is written."""
    from dance_core.body.openpose_files import SIZE
    from dance_core.generators.hotdance.generator import FLAT_WEIGHTS

    film, archive = (args.out.suffix.lower() == end for end in (FILM, ".zip"))
    if args.out.exists() and not film and not archive:
        raise UserError(f"{args.out.name!r} is there already, and a folder is to be made.")
    picture = size(args.size) if args.size else SIZE
    weights = args.weights or FLAT_WEIGHTS
    if not weights.is_dir():
        raise UserError(f"There is no folder of weights {weights.name!r}; `train hotdance --flat` makes one.")
    begun = time.monotonic()

    from dance_core.evaluation.flat import filmed
    from dance_core.generators.hotdance.flat_dancing import FlatDancer
    from dance_core.motion.openpose import in_picture
    from dance_core.motion.views import View

    dancer = FlatDancer(weights)
    # who learned from videos alone knows no style, and dances as none in particular
    style = inputs.style(args.style, dancer.styles, args.song) if dancer.styles else ""
    _, pose = first_pose(args)
    whole = inputs.song(args.song, settings)
    song = cut(whole, args.start, args.seconds, settings.min_seconds)
    analysis, _, _ = beatoptions.analysed(args, song, settings, args.start, whole.duration)
    seed = seed_of(args)
    seen = dancer.dance(analysis.features, analysis.beats, style, filmed(pose, View(AWAY_M)), seed)
    _write(in_picture(seen, picture), song, args.out, film)
    told = f"{inputs.style_titles([style])[style]}, " if style else ""
    print(f"{printable(str(args.out))}: {len(seen)} frames at {seen.fps:g} a second, {told}seed {seed}, "
          f"{time.monotonic() - begun:.1f} s")
    return 0


def _write(seen: Seen, song: Song, out: Path, film: bool) -> None:
    from dance_core.body.openpose_files import write_film, write_json
    from dance_core.music.playback import write_playback

    with whole_file(out) as part:
        if not film:
            write_json(seen, re.sub(r"[^\w.-]", "_", out.stem) or "dance", part)
            return
        with tempfile.TemporaryDirectory() as folder, progress("Drawing", "frames") as bar:
            write_film(seen, write_playback(song, Path(folder) / "song.flac"), part, bar.update)
