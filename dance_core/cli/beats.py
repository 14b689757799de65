"""Find the beats of a song, or set them by hand, and print or keep them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from dance_core.cli import beatoptions, inputs
from dance_core.cli.terminal import printable, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

NAME = "beats"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("song", metavar="SONG", help="a file, or the title of a demo song")
    parser.add_argument("--json", action="store_true",
                        help="print JSON: duration, tempo_bpm, beats and downbeats (seconds), meter (beats a "
                             "bar; beats_per_bar is the same), confidence and meter_confidence (0 to 1)")
    parser.add_argument("--out", metavar="FILE", type=Path,
                        help="keep them for --beats: .json as above, or .txt, a label track of Audacity")
    beatoptions.options(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.out and args.out.suffix.lower() not in (".json", ".txt"):
        raise UserError(f"Beats are kept as .json or .txt, not as {args.out.suffix!r}.")
    song = inputs.song(args.song, settings)
    from dance_core.music.beatfile import as_json, as_labels

    analysis, by_hand, _ = beatoptions.analysed(args, song, settings)
    beats = analysis.beats
    if args.out:
        with whole_file(args.out) as part:
            labels = args.out.suffix.lower() == ".txt"
            part.write_text(as_labels(beats) if labels else json.dumps(as_json(beats)) + "\n",
                            encoding="utf-8")
    if args.json:
        print(json.dumps({"duration": round(song.duration, 4), **as_json(beats)}))
        return 0
    print(f"{printable(song.title)}: {song.duration:.1f} s, {beats.tempo:.1f} BPM, {len(beats.times)} beats, "
          f"{len(beats.downbeats)} bars of {beats.beats_per_bar}, "
          f"{beatoptions.how_known(beats, by_hand)}")
    if args.out:
        print(f"Kept in {printable(str(args.out))}")
        return 0
    line: list[str] = []
    for time, position in zip(beats.times, beats.bar_position, strict=True):
        if position == 1 and line:  # a bar a line, the pickup on a line of its own
            print("  ".join(line))
            line = []
        line.append(f"{time:8.3f}")
    if line:
        print("  ".join(line))
    return 0
