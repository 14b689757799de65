"""Some parts of a kept dance made anew: what is known of it and of its music, checked."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from dance_core.errors import UserError
from dance_core.generators.base import Needs, cannot_keep, in_words
from dance_core.longform.take import SONG, Take, load_take
from dance_core.motion.motion import PARTS
from dance_core.music.analysis import Analysis, analyse
from dance_core.music.decode import load_song
from dance_core.music.extract import with_beats
from dance_core.music.song import Song
from dance_core.serving.engine import Job
from dance_core.settings import Settings

_ROUNDING = 2  # frames that a dance and its song may differ by


@dataclass(frozen=True, eq=False)
class Known:
    """A kept dance and its music; the analysis has the dance's own beats, and as many frames as it has."""

    take: Take
    song: Song
    analysis: Analysis
    seconds: float  # that the analysis took

    def job(self, needs: Needs, style: str, seed: int, remade: frozenset[str], energy: float | None = None
            ) -> Job:
        """What an engine is asked for: `remade` anew, the rest bit for bit."""
        take = self.take
        return Job(self.song, self.analysis.beats, self.analysis.features, needs.name, style, take.pose,
                   take.motion.slice(0, 1), seed, energy=energy, keep=PARTS - remade, given=take.motion,
                   given_by=take.generator_title, by_hand=take.by_hand, found=take.found,
                   analysis_seconds=self.seconds)


def known(folder: Path, remade: frozenset[str], needs: Needs, settings: Settings, name: str = "") -> Known:
    """The dance that is kept in a folder, where its other parts can be kept.

    Args:
        remade: parts that shall be made anew. name: what the dance is called to the user; "": by its folder.

    Raises:
        UserError: the generator can't keep parts, or the dance lacks them, its song or some of its frames.
    """
    keep, name = PARTS - remade, name or f"The dance in {folder.name!r}"
    take = load_take(folder)
    if not needs.remakes_parts:
        raise UserError(cannot_keep(needs, keep))
    if lacking := keep - take.motion.parts:
        raise UserError(f"{name} has no {in_words(lacking)} that could be kept.")
    return heard(folder, take, settings, name)


def heard(folder: Path, take: Take, settings: Settings, name: str = "") -> Known:
    """A kept dance with its song and what is known of that. `name` as in `known`.

    Raises UserError where its song is missing, or some of its frames.
    """
    name = name or f"The dance in {folder.name!r}"
    if not (folder / SONG).is_file():
        raise UserError(f"{name} was kept without its song: there is no {SONG}.")
    song = load_song(folder / SONG, title=take.title, settings=settings)
    began = time.monotonic()
    found = analyse(song, settings)
    seconds = time.monotonic() - began
    if abs(len(found.features) - len(take.motion)) > _ROUNDING:
        raise UserError(f"{name} has {len(take.motion)} frames, but its song {len(found.features)}.")
    features = with_beats(found.features, take.beats) if take.by_hand else found.features
    analysis = replace(found, beats=take.beats, features=features.fitted(len(take.motion)))
    return Known(take, replace(song, digest=take.song_digest), analysis, seconds)
