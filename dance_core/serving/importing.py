"""A motion file and a song → a Take, like one that was danced here: played, exported, scored and rated."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from dance_core.body.model import load_body
from dance_core.corpus.aist_names import read_name
from dance_core.errors import UserError
from dance_core.evaluation.alignment import beat_alignment, motion_beats
from dance_core.evaluation.limits import check
from dance_core.longform.segment import Segment
from dance_core.longform.source import Source
from dance_core.longform.take import Take, new_take_id
from dance_core.motion.measures import at_rest
from dance_core.motion.motion import Motion
from dance_core.motion.reading import Found, read_motion
from dance_core.motion.resample import resample
from dance_core.motion.shape import DIRECTIONS, exactly, fitted, reshaped
from dance_core.music.analysis import Analysis
from dance_core.music.song import Song
from dance_core.settings import MOTION_FPS, Settings

IMPORTED = "imported"  # the system, where nobody names it
POSE = "import"  # what stands for the first pose
_SHORTEST_S = 0.5
_OFF_S = 0.5  # by which motion and song may differ in length before it is said
_NAME_MOST = 80


def import_take(path: str | Path, song: Song, analysis: Analysis, style: str, system: str = "",
                fps: float | None = None, own: bool = True, settings: Settings | None = None) -> Take:
    """Read a motion as a Take of a song. Both begin at once; what is behind the song's end is left out.

    The dance is at 30 frames a second. One that this program did not write stands on the floor and begins
    over x = z = 0.

    Args:
        path: of the motion file.
        song, analysis: the music, and its beats.
        style: key of a style.
        system: whose dance it is, for people.
        fps: frames a second, where the file does not say them or is wrong.
        own: whether the dance is shown by a body of the subject's own measures, where they are known.
        settings: where a licensed SMPL-X file lies, if there is one.

    Raises:
        UserError: as `motion.reading.read_motion` does; a motion of less than half a second.
    """
    begun = time.perf_counter()
    path, settings = Path(path), settings or Settings.from_env()
    found, said = own_body(read_motion(path, fps), settings) if own else (read_motion(path, fps), "")
    found = replace(found, said=(*found.said, *([said] if said else [])))
    return take_of(found, path, song, analysis, style, system, begun)


def style_told(path: str | Path, known: Iterable[str]) -> str:
    """Key of the style that a file's name tells, as those of AIST++ do; "" where it tells none of `known`."""
    told = read_name(Path(path).stem)
    return told.genre if told is not None and told.genre in known else ""


def own_body(found: Found, settings: Settings) -> tuple[Found, str]:
    """The dance by a body of the subject's own measures, as far as our body's shapes go; and what is to be
    said.

    Bones tell them; betas of SMPL's do where the user's own licensed file (DANCE_SMPLX) says what they mean.
    """
    bones: dict[int, float] = {}
    if found.own:
        return found, ""
    if found.measures is not None:
        bones = found.measures.bones()
    elif found.betas is not None:
        body = load_body(settings.smplx)
        if body.ours:
            return found, (f"Its {len(found.betas)} betas are those of another body, which only a licensed "
                           "SMPL-X "
                           "file explains (DANCE_SMPLX); the average body dances.")
        rest = body.joints_at(found.betas)
        bones = at_rest(dict(enumerate(rest))).bones()
        if found.gender not in ("", "neutral"):
            found = replace(found, said=(*found.said, f"Its betas are for a {found.gender[:20]} body; they "
                                                      "were "
                                                      "read as those of the file that DANCE_SMPLX names."))
    exact = exactly(found.measures.all_bones()) if found.measures is not None else None
    betas = fitted(bones) if exact is None else exact
    if not betas.any():
        return found, ""
    told = ", ".join(f"{name} {betas[k]:+.1f}" for k, name in enumerate(DIRECTIONS) if abs(betas[k]) >= 0.05)
    shown = replace(found, motion=reshaped(found.motion, betas))
    return shown, f"The body is the subject's own by its bones: {told}."


def take_of(found: Found, path: Path, song: Song, analysis: Analysis, style: str, system: str, begun: float
            ) -> Take:
    """As `import_take`, of a motion that was read (begun: time.perf_counter() when)."""
    source = Source(path.name[-200:], _digest(path), found.kind, found.skeleton, found.motion.fps,
                    len(found.motion), found.said)
    motion, more = _on_the_song(found, song.duration)
    title = system.strip()[:_NAME_MOST]
    key = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or IMPORTED
    report = check(motion)
    whole = Segment(0, 0, len(motion), 0, -1 if not len(analysis.beats.downbeats) else 0,
                    max(len(analysis.beats.downbeats) - 1, -1), float(MOTION_FPS))
    return Take(
        id=new_take_id(), title=song.title, song_digest=song.digest, duration=song.duration,
        beats=analysis.beats, motion=motion, segments=(whole,), seams=(), generator=key,
        generator_title=title or f"Imported {found.kind}", style=style, pose=POSE, seed=0,
        timings={"total": time.perf_counter() - begun}, faults=report.faults,
        alignment=beat_alignment(motion_beats(motion), analysis.beats).as_dict(),
        source=replace(source, said=(*source.said, *more)))


def _on_the_song(found: Found, duration: float) -> tuple[Motion, list[str]]:
    """At 30 frames a second, no longer than the song, on the middle of the stage; and what is to be said."""
    motion, said = found.motion, []
    if motion.duration < _SHORTEST_S:
        raise UserError(f"The motion is {motion.duration:.2f} s long ({len(motion)} frames at {motion.fps:g} "
                        "a "
                        f"second); a dance needs at least {_SHORTEST_S:g} s.")
    if motion.fps != MOTION_FPS:
        said.append(f"It has {motion.fps:g} frames a second, and was brought to {MOTION_FPS}.")
        motion = resample(motion, float(MOTION_FPS))
    most = max(1, int(np.ceil(duration * MOTION_FPS - 1e-6)))
    if motion.duration - duration > _OFF_S:
        said.append(f"The motion is {motion.duration:.1f} s long and the song {duration:.1f} s; what is "
                    "behind "
                    "the song's end was left out.")
    elif duration - motion.duration > _OFF_S:
        said.append(f"The song is {duration:.1f} s long and the motion {motion.duration:.1f} s; the rest of "
                    "the "
                    "song has no dance.")
    motion = motion.slice(0, min(most, len(motion)))
    if not found.own:
        place = motion.translation.copy()
        place[:, [0, 2]] -= place[0, [0, 2]]
        motion = replace(motion, translation=place)
    return motion, said


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
