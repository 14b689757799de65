"""Find the beats of a song."""

from __future__ import annotations

import argparse
import json

from dance_core.cli import inputs
from dance_core.cli.terminal import printable
from dance_core.settings import Settings

NAME = "beats"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("song", metavar="SONG", help="a file, or the title of a demo song")
    parser.add_argument("--json", action="store_true",
                        help="print JSON: tempo_bpm, beats and downbeats (seconds), beats_per_bar, "
                             "confidence (0 to 1)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    song = inputs.song(args.song, settings)
    from dance_core.music.analysis import analyse

    beats = analyse(song, settings).beats
    if args.json:
        print(json.dumps({
            "tempo_bpm": round(float(beats.tempo), 3),
            "beats": [round(float(t), 4) for t in beats.times],
            "downbeats": [round(float(t), 4) for t in beats.downbeats],
            "beats_per_bar": beats.beats_per_bar,
            "confidence": round(float(beats.confidence), 3),
        }))
        return 0
    print(f"{printable(song.title)}: {song.duration:.1f} s, {beats.tempo:.1f} BPM, {len(beats.times)} beats, "
          f"{len(beats.downbeats)} bars of {beats.beats_per_bar}, confidence {beats.confidence:.2f}")
    line: list[str] = []
    for time, position in zip(beats.times, beats.bar_position, strict=True):
        if position == 1 and line:  # a bar a line, the pickup on a line of its own
            print("  ".join(line))
            line = []
        line.append(f"{time:8.3f}")
    if line:
        print("  ".join(line))
    return 0
