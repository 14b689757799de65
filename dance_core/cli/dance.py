"""Make a dance to a song, and keep it as a folder.

The folder holds take.json (all about the dance), motion.npz (poses, trans, face, mocap_frame_rate, as AMASS
and smplx have them) and song.flac (the song that was danced to, without loss).

With --from DIR --remake hands,face the body of a dance that is kept there stays bit for bit as it is, and the
rest is made anew to its song.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import beatoptions, inputs
from dance_core.cli.terminal import printable, progress
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.generators.base import Needs
    from dance_core.longform.take import Take
    from dance_core.motion.motion import Motion
    from dance_core.music.analysis import Analysis
    from dance_core.music.song import Song
    from dance_core.serving.engine import Job

NAME = "dance"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("song", metavar="SONG", nargs="?",
                        help="wav, flac, ogg, opus, mp3, aiff, m4a, mp4, webm; or the title of a demo song")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the dance is kept")
    parser.add_argument("--style", metavar="S", help="key or title of a style (see below)")
    pose_options(parser)
    parser.add_argument("--generator", metavar="G",
                        help="what makes the dance (see below; default: the first of them, with --from the "
                        "first that can keep parts)")
    parser.add_argument("--seed", metavar="N", type=inputs.whole_number,
                        help="same seed, same dance (default: a new one)")
    energy_option(parser)
    parser.add_argument("--schedule", choices=["stream", "waves"],
                        help="stream: one segment after another; waves: every other segment at once, then "
                             "those between (default: as DANCE_SCHEDULE says)")
    parser.add_argument("--engine", metavar="E",
                        help="where generators run: local, or http://host:port of a host that the command "
                             "serve started (default: as DANCE_ENGINE says)")
    parser.add_argument("--from", dest="given", metavar="DIR", type=Path,
                        help="instead of SONG: a dance that is kept there, to its own song")
    parser.add_argument("--remake", metavar="PARTS", type=inputs.parts,
                        help="with --from: what is made anew, of body, hands and face (such as hands,face)")
    parser.add_argument("--start", metavar="S", type=inputs.seconds, default=0.0,
                        help="dance from this second on")
    parser.add_argument("--seconds", metavar="S", type=inputs.seconds, help="dance for so long")
    beatoptions.options(parser)


def energy_option(parser: argparse.ArgumentParser) -> None:
    """How lively the dance is."""
    parser.add_argument("--energy", metavar="E", type=inputs.energy,
                        help="how lively among the dancers of the style: calm, usual, lively, or 0 to 1 "
                             "(default: as the seed has it; not every generator can be told)")


def pose_options(parser: argparse.ArgumentParser) -> None:
    """How a dance begins, and who dances it; `first_pose` reads them."""
    parser.add_argument("--pose", metavar="P",
                        help="name of a reference pose (see below), or FILE.npz[:FRAME]")
    parser.add_argument("--photo", metavar="FILE", type=Path,
                        help="instead of --pose: begin as somebody stands in this photo (JPEG, PNG, WebP, …)")
    parser.add_argument("--mirrored", action="store_true", help="with --photo: exchange left and right")
    parser.add_argument("--build", metavar="B",
                        help="of the dancer: a name (see below), or betas between commas: size, legs, arms, "
                             "trunk, shoulders, each -3 to 3 (default: as the pose's file says, or average)")


def more_help() -> str:
    """The styles, poses, builds, generators and demo songs that there are."""
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.generators import registry
    from dance_core.motion.shape import BUILDS

    def listed(title: str, names: dict[str, str]) -> str:
        width = max(map(len, names), default=0)
        lines = [f"  {name.ljust(width)}  {about}".rstrip() for name, about in names.items()]
        return "\n".join([f"{title}:", *lines])

    there = registry()
    known = dict.fromkeys(s for g in there.values() for s in g.needs.styles)
    return "\n\n".join([
        listed("styles", inputs.style_titles(known)),
        listed("poses", {name: p.title for name, p in gallery().items()}),
        listed("builds", dict.fromkeys(BUILDS, "")),
        listed("generators", {name: g.needs.title for name, g in there.items()}),
        listed("demo songs", {demo.title: "" for demo in inputs.demo_songs()}),
    ])


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.out.exists() and not args.out.is_dir():
        raise UserError(f"{args.out.name!r} is a file, but a dance is kept as a folder.")
    begun = time.monotonic()
    changed = {"schedule": args.schedule, "engine": args.engine}
    settings = dataclasses.replace(settings, **{k: v for k, v in changed.items() if v is not None})

    from dance_core.longform.take import save_take
    from dance_core.serving.local import make_take

    with inputs.engine(settings) as engine:
        needs = inputs.chosen(engine.generators(), args.generator, remakes=args.given is not None)
        if args.schedule == "waves" and not needs.fills_between:
            raise UserError(f"{needs.title} can't dance in two waves: it makes one segment after another.")
        job, analysis = (remade if args.given else anew)(args, needs, settings)
        with progress("Dancing", "segments") as bar:
            take = make_take(engine, job, lambda piece: bar.update(piece.done, piece.total))
    save_take(take, args.out, job.song)
    print(report(take, job.song, analysis, args.out, time.monotonic() - begun))
    return 0


def anew(args: argparse.Namespace, needs: Needs, settings: Settings) -> tuple[Job, Analysis]:
    """A dance from nothing, and what is known of its music. Raises UserError."""
    if args.song is None:
        raise UserError("What shall be danced to? Name a SONG, or a dance to go by with --from DIR.")
    if args.remake:
        raise UserError("--remake needs the dance whose other parts are kept: --from DIR.")
    style = inputs.style(args.style, needs.styles, args.song)
    pose_name, reference = first_pose(args)
    whole = inputs.song(args.song, settings)
    song = cut(whole, args.start, args.seconds, settings.min_seconds)

    from dance_core.serving.engine import Job

    started = time.monotonic()
    analysis, by_hand, found = beatoptions.analysed(args, song, settings, args.start, whole.duration)
    seconds = time.monotonic() - started
    how = {"by_hand": by_hand, "found": found} if by_hand.changes else {}
    return Job(song, analysis.beats, analysis.features, needs.name, style, pose_name, reference,
               seed_of(args), energy=args.energy, analysis_seconds=seconds, **how), analysis


def first_pose(args: argparse.Namespace) -> tuple[str, Motion]:
    """What goes into the Take, and the first pose, in the build that is asked for. Raises UserError."""
    betas = inputs.build(args.build)
    name, pose = _pose_of_somebody(args)
    if betas is None:
        return name, pose

    from dance_core.motion.shape import reshaped

    return name, reshaped(pose, betas)


def _pose_of_somebody(args: argparse.Namespace) -> tuple[str, Motion]:
    """The first pose: by name, of a file or of a photo. Raises UserError."""
    if not args.photo:
        if args.mirrored:
            raise UserError("--mirrored belongs to --photo FILE.")
        return inputs.pose(args.pose)
    if args.pose:
        raise UserError("--pose and --photo both say how the dance begins: please give one of them.")
    name, motion, said = inputs.photo(args.photo, args.mirrored)
    if said:
        print(printable(said), file=sys.stderr)
    return name, motion


def remade(args: argparse.Namespace, needs: Needs, settings: Settings) -> tuple[Job, Analysis]:
    """Some parts of a kept dance anew, and what is known of its music. Raises UserError."""
    if not args.remake:
        raise UserError("--from needs what is made anew: --remake hands,face for instance.")
    given = args.song, args.pose, args.photo, args.build, args.seconds
    if args.start or any(value is not None for value in given):
        raise UserError("With --from the song and its excerpt, pose and build are those of the kept dance.")
    if beatoptions.given(args):
        raise UserError("With --from the beats are those of the kept dance.")

    from dance_core.serving.remaking import known

    found = known(args.given, args.remake, needs, settings)
    style = inputs.style(args.style or found.take.style, needs.styles)
    return found.job(needs, style, seed_of(args), args.remake, args.energy), found.analysis


def seed_of(args: argparse.Namespace) -> int:
    """What --seed says, or a new one."""
    return random.SystemRandom().randrange(2**31) if args.seed is None else args.seed


def cut(song: Song, start: float, length: float | None, shortest: float) -> Song:
    """The excerpt that is asked for; the song itself if that is all of it. Raises UserError."""
    from dance_core.music.decode import excerpt

    part = excerpt(song, start, song.duration if length is None else start + length)
    if part.duration < shortest:
        raise UserError(f"The excerpt is {part.duration:.2f} s long; a dance needs at least {shortest:g} s.")
    return part


def _body(take: Take) -> str:
    """The build, where it is not the average one."""
    from dance_core.motion.shape import build_words

    return f"body {build_words(take.motion.betas)}, " if take.motion.betas.any() else ""


def report(take: Take, song: Song, analysis: Analysis, folder: Path, seconds: float) -> str:
    """What was made, for people."""
    beats = analysis.beats
    style = inputs.style_titles([take.style])[take.style]
    first = take.timings.get("first_segment")
    rows = [
        ("Song", f"{printable(take.title)}, {song.duration:.1f} s"),
        ("Music", f"{beats.tempo:.1f} BPM, {len(beats.times)} beats, "
                  f"{beatoptions.how_known(beats, take.by_hand)}"),
        ("Dance", f"{take.generator_title}, {style}, {take.pose}, {_body(take)}seed {take.seed}"),
        ("Segments", f"{len(take.segments)}, on bars"),
        ("Limits", "all held" if not take.faults else f"{len(take.faults)} faults (see the command check)"),
        ("Time", f"{seconds:.1f} s" + (f", first segment after {first:.1f} s" if first is not None else "")),
        ("Kept in", printable(str(folder))),
    ]
    if "music_to_motion" in take.alignment:
        rows.insert(4, ("On the beat", f"{take.alignment['music_to_motion']:.2f} of 1, "
                                       f"{take.alignment.get('control', float('nan')):.2f} to moved beats"))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name.ljust(width)}  {text}" for name, text in rows)
