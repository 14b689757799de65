"""Make what there is to learn from: pairs of music and dance; and the Studio's songs and poses."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs, recorded, videos
from dance_core.cli.terminal import printable, progress, whole_file
from dance_core.errors import UserError
from dance_core.settings import ROOT, Settings

if TYPE_CHECKING:
    from dance_core.motion.motion import Motion
    from dance_core.music.beats import Beats
    from dance_core.music.features import Features

NAME = "corpus"
DANCES = ROOT.parent / "shared" / "data" / "motion"


def options(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True,
                                  metavar="build|recorded|video|songs|demos|poses")
    build = kinds.add_parser("build", help="a corpus: pairs of music and dance, an index, and a card")
    build.add_argument("--out", metavar="DIR", type=Path, required=True)
    build.add_argument("--hours", metavar="H", type=inputs.seconds, default=5.0, help="default 5")
    build.add_argument("--seed", metavar="N", type=inputs.whole_number, default=0)
    build.add_argument("--jobs", metavar="N", type=inputs.count, default=1, help="processes (default 1)")
    build.add_argument("--dances", metavar="DIR", type=Path,
                       help=f"folder of real dances with its index.csv (default {DANCES}, if there)")
    build.add_argument("--aistpp", metavar="DIR", type=Path,
                       help="AIST++ in its official layout: motions/*.pkl, splits/, ignore_list.txt")
    build.add_argument("--mocap", metavar="DIR", type=Path, help="any folder of motion files")
    build.add_argument("--studio-only", action="store_true", help="no real dances, even if there are some")
    build.add_argument("--no-debian", action="store_true", help="no songs of Debian's packages")
    build.add_argument("--features", choices=("own", "librosa"), default="own",
                       help="whose the 35 standard columns of the music are (librosa: as published systems)")
    recorded.options(kinds.add_parser("recorded", help="a folder for --dances, from public collections"))
    videos.options(kinds.add_parser("video", help="clips of 2-D poses, from videos of people who dance"))
    songs = kinds.add_parser("songs", help="FLAC files, with the truth about each in a JSON of the same name")
    songs.add_argument("--out", metavar="DIR", type=Path, required=True)
    songs.add_argument("--style", metavar="S", help="key or title of a style (default: each in turn)")
    songs.add_argument("--count", metavar="N", type=inputs.count, default=1, help="how many (default 1)")
    songs.add_argument("--seed", metavar="N", type=inputs.whole_number, default=0, help="of the first one")
    songs.add_argument("--seconds", metavar="S", type=inputs.seconds, help="length (default 60 to 100 s)")
    songs.add_argument("--tempo", metavar="BPM", type=inputs.seconds, help="default: one of the style's")
    songs.add_argument("--metre", metavar="M", help="4/4, 3/4 or 6/8 (default: the style's own)")
    songs.add_argument("--tempo-change", action="store_true", help="the tempo moves near the middle")
    demos = kinds.add_parser("demos", help="the demo songs that the app ships, and their songs.json")
    demos.add_argument("--out", metavar="DIR", type=Path, required=True)
    poses = kinds.add_parser("poses", help="the gallery's npz files, from their words")
    poses.add_argument("--out", metavar="DIR", type=Path, required=True)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.kind == "build":
        return _build(args, settings)
    if args.kind == "recorded":
        return recorded.run(args)
    if args.kind == "video":
        return videos.run(args, settings)
    return {"songs": _songs, "demos": _demos, "poses": _poses}[args.kind](args)


def _build(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.corpus.build import build, check
    from dance_core.corpus.card import write_card
    from dance_core.corpus.plan import Order

    if args.studio_only and (args.dances or args.aistpp or args.mocap):
        raise UserError("--studio-only was given together with a folder of real dances; choose one of them.")
    order = Order(args.hours, args.seed, _dances(args), *(str(p or "") for p in (args.aistpp, args.mocap)),
                  not args.no_debian, args.features)
    check(order, args.jobs)
    if not order.has_real and not args.studio_only:
        print(f"There are no real dances in {DANCES}: the Studio alone dances.", file=sys.stderr)
    with progress("Pairs", "pairs") as bar:
        rows = build(args.out, order, studio_dance, settings, args.jobs, bar.update)
    card = write_card(args.out, order, bas_gain)
    hours = sum(row.seconds for row in rows) / 3600
    print(printable(f"{args.out}: {len(rows)} pairs, {hours:.2f} h; the card is {card}"))
    return 0


def _dances(args: argparse.Namespace) -> str:
    if args.studio_only:
        return ""
    if args.dances is not None:
        return str(args.dances)
    return str(DANCES) if (DANCES / "index.csv").is_file() else ""


def bas_gain(motion: Motion, beats: Beats) -> float:
    """Beat alignment above chance, as the evaluation defines it."""
    from dance_core.evaluation.alignment import beat_alignment, motion_beats

    return beat_alignment(motion_beats(motion), beats).gain


def studio_dance(features: Features, beats: Beats, style: str, seed: int) -> Motion:
    """What the Studio's dancer does to a whole song, from a reference pose chosen by the seed."""
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.generators.base import Request
    from dance_core.generators.choreographer.generator import choreograph

    poses = list(gallery().values())
    pose = poses[seed % len(poses)].motion
    return choreograph(Request(features, beats, 0, len(features), style, pose, seed=seed)
                       ).frames(0, len(features))


def _songs(args: argparse.Namespace) -> int:
    from dance_core.corpus.studio.song_styles import SONG_STYLES, styles_in
    from dance_core.corpus.studio.songwriter import write_song
    from dance_core.music.playback import write_playback

    if args.style is not None:
        styles = [inputs.style(args.style, SONG_STYLES)]
    else:
        styles = list(SONG_STYLES if args.metre is None else styles_in(args.metre))
    args.out.mkdir(parents=True, exist_ok=True)
    with progress("Writing songs", "songs") as bar:
        for i in range(args.count):
            bar.update(i, args.count)
            made = write_song(styles[i % len(styles)], args.seed + i, args.seconds, args.tempo,
                              args.tempo_change, args.metre)
            metre = made.composition.metre.key
            other = "" if metre == SONG_STYLES[made.style].metre.key else "_" + metre.replace("/", "-")
            path = args.out / f"{made.style}_{made.seed}{other}.flac"
            write_playback(made.song, path)
            truth = {
                "title": made.song.title, "style": made.style, "seed": made.seed,
                "seconds": round(made.song.duration, 3), "tempo_bpm": round(float(made.beats.tempo), 4),
                "metre": metre, "beats_per_bar": made.beats.beats_per_bar,
                "beats": [round(float(t), 6) for t in made.beats.times],
                "downbeats": [round(float(t), 6) for t in made.beats.downbeats],
                "sections": [{"name": n, "start": round(float(a), 4), "stop": round(float(b), 4),
                              "energy": round(float(e), 3)} for n, a, b, e in made.sections],
            }
            with whole_file(path.with_suffix(".json")) as part:
                part.write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
            about = f"{made.song.title}, {made.song.duration:.1f} s, {made.beats.tempo:.1f} BPM, {metre}"
            print(printable(f"{path}: {about}"), flush=True)
    return 0


def _demos(args: argparse.Namespace) -> int:
    from dance_core.corpus.studio.demo import write_demo_songs

    with progress("Writing songs", "songs") as bar:
        paths = write_demo_songs(args.out, lambda done, total, _: bar.update(done, total))
    for path in paths:
        print(printable(str(path)))
    return 0


def _poses(args: argparse.Namespace) -> int:
    from dance_core.corpus.studio.gallery import write_gallery

    for path in write_gallery(args.out):
        print(printable(str(path)))
    return 0
