"""Measure a dance against the physical limits; exit code 1 if it breaks one.

Measured anew from the motion, not read from take.json.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli.terminal import table
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.longform.take import Take
    from dance_core.motion.motion import Motion

NAME = "check"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="a dance, as the command dance keeps it")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dance_core.evaluation.alignment import beat_alignment, motion_beats
    from dance_core.evaluation.limits import Limits, check
    from dance_core.longform.take import load_take

    take, limits = load_take(args.folder), Limits()
    reference = _reference(take)
    report = check(take.motion, take.seams, reference, limits)
    rows = [("", "measured", "allowed", "")]
    rows += [(name, f"{value:.2f}", f"{limit:g}", unit) for name, value, limit, unit in (
        ("fastest joint", report.speed, limits.speed, "m/s"),
        ("knee or elbow the wrong way", report.backwards, limits.backwards, "degrees"),
        (f"longest slide of {report.stances} steps", report.slide, limits.slide, "cm"),
        ("deepest below the floor", report.depth, limits.depth, "cm"),
        (f"roughest of {len(take.seams)} seams", report.seam, limits.seam, "× the rest"),
    )]
    if reference is not None:
        rows.append(("frame 0 from its pose", f"{report.reference_degrees:.2f}", f"{limits.reference:g}",
                     "degrees"))
    print(table(rows))
    found = beat_alignment(motion_beats(take.motion), take.beats)
    print(f"\nbeat alignment {found.music_to_motion:.3f} (music to motion), {found.motion_to_music:.3f} "
          f"(motion to music); to beats that are moved away {found.control:.3f}")
    if reference is None:
        degrees = take.reference_error.get("degrees", float("nan"))
        print(f"the pose {take.pose!r} is not in the gallery; when the dance was made, frame 0 was "
              f"{degrees:.2f} degrees from it")
    for f in report.faults:
        where = f" {f.joint}" if f.joint else ""
        print(f"fault: {f.start_s:.2f} to {f.stop_s:.2f} s: {f.kind}{where} {f.value:.2f} {f.unit}, "
              f"allowed {f.limit:g}")
    print(f"{len(report.faults)} faults" if report.faults else "all limits held")
    return 1 if report.faults else 0


def _reference(take: Take) -> Motion | None:
    """The pose that the dance began in, if it is one of the gallery's."""
    from dance_core.corpus.studio.gallery import gallery

    kind, _, name = take.pose.partition(":")
    there = gallery()
    return there[name].motion if kind == "preset" and name in there else None
