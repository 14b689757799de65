"""Beats by hand on the command line: options that every command which tracks a song's beats takes."""

from __future__ import annotations

import argparse
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:  # numpy and what hangs on it are loaded by the commands that need them
    from dance_core.music.analysis import Analysis
    from dance_core.music.beats import Beats
    from dance_core.music.byhand import ByHand
    from dance_core.music.song import Song


def options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("beats by hand", "in place of those that are found, or about them")
    group.add_argument("--beats", metavar="FILE", type=Path,
                       help="beats of your own: JSON as the command beats --json prints it, a label track of "
                            "Audacity, a time a line (s), a MIDI's tempo map; or a kept dance")
    group.add_argument("--taps", metavar="FILE", type=Path,
                       help="times at which you tapped along for a while (s, one a line)")
    group.add_argument("--tempo-scale", metavar="X",
                       help="2: twice as many beats; 0.5: half of them; also 2/3, 1.5, … from 1/4 to 4")
    group.add_argument("--one", metavar="B",
                       help="the beat that is “one”, counted in the beats that were found from 1; "
                            "3.5 lies half a beat after the third")
    group.add_argument("--meter", metavar="N", type=_meter, help="beats a bar, 2 to 7")
    group.add_argument("--nudge", metavar="MS", type=_milliseconds, default=0,
                       help="all beats so many milliseconds later; with -: earlier")


def given(args: argparse.Namespace) -> bool:
    """Whether one of the options is used."""
    return any((args.beats, args.taps, args.tempo_scale, args.one, args.meter, args.nudge))


def how_known(beats: Beats, by_hand: ByHand | None) -> str:
    """How the beats are known, in words; and that they may be wrong."""
    if by_hand is not None and by_hand.changes:
        return f"by hand ({by_hand.in_words()})"
    return f"confidence {beats.confidence:.2f}" + (": these beats may be wrong" if beats.doubtful else "")


def _meter(text: str) -> int:
    if not re.fullmatch(r"[2-7]", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of beats a bar from 2 to 7")
    return int(text)


def _milliseconds(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,4}", text) or abs(int(text)) > 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of milliseconds from -1000 to 1000")
    return int(text)


def analysed(args: argparse.Namespace, song: Song, settings: Settings, start: float = 0.0,
             whole: float | None = None) -> tuple[Analysis, ByHand, Beats]:
    """What is known of a song, with the beats that the options say; how they were set; those that were found.

    Args:
        song: what is danced to; `start`: where it begins in the song that was named, whose times the files
            have (s); `whole`: length of that one (s). A kept dance has the times of its own excerpt.

    Raises:
        UserError: a file or a number that can't be.
    """
    from dance_core.music.analysis import analyse, set_by_hand
    from dance_core.music.beatfile import read_taps
    from dance_core.music.byhand import FILE, FOUND, TAPS, ByHand, scale_from

    if args.beats and args.taps:
        raise UserError("--beats and --taps both say where the beats are: please give one of them.")
    taps = tuple(t - start for t in read_taps(args.taps)) if args.taps else ()
    if args.taps and not taps:
        raise UserError(f"{args.taps.name!r} has 0 taps.")
    source = FILE if args.beats else TAPS if args.taps else FOUND
    scale = scale_from(args.tempo_scale) if args.tempo_scale else Fraction(1)
    by_hand = ByHand(source, taps, scale, _one(args.one), args.meter, args.nudge)
    base = _of_file(args, song, start, whole) if args.beats else None
    found = analyse(song, settings)
    return (set_by_hand(song, found, by_hand, base) if by_hand.changes else found), by_hand, found.beats


def _of_file(args: argparse.Namespace, song: Song, start: float, whole: float | None) -> Beats:
    from dance_core.music.beatfile import read_beats

    if args.beats.is_dir() or args.beats.name == "take.json":
        return read_beats(args.beats, song.duration, args.meter)
    beats = read_beats(args.beats, song.duration if whole is None else whole, args.meter)
    part = beats.shifted(-start).between(0.0, song.duration)
    if len(part.times) < 2:
        raise UserError(f"{args.beats.name!r} has {len(part.times)} beats in the excerpt; at least 2 are "
                        "needed.")
    return part


def _one(text: str | None) -> Fraction | None:
    from dance_core.music.byhand import fraction_from

    if text is None:
        return None
    number = fraction_from(text)
    if number is None:
        raise UserError(f"--one is {text[:40]!r}, but the number of a beat was expected, such as 3 or 3.5.")
    return number.limit_denominator(48)
