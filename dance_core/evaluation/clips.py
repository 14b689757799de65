"""Held-out clips: what a generator is asked to dance to, and what people danced there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dance_core.corpus.pairs import Corpus, Pair, Row
from dance_core.errors import UserError
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features


@dataclass(frozen=True, eq=False)
class Clip:
    """An excerpt of a pair. Times count from its own first frame.

    Attributes:
        id: the pair's id and the second that the excerpt begins at.
        pair, start: the pair's id, and the frame of it that the excerpt begins with.
        song, style, kind: of the pair; kind is what the dance is made of ("real", "studio" or "").
        features, beats, motion: of the excerpt.
        early: features and beats of the music as it would be if it were half a beat ahead; a dance made to
            these misses the beats of this clip by half a beat. None where the pair ends too soon.
    """

    id: str
    pair: str
    start: int
    song: str
    style: str
    kind: str
    features: Features
    beats: Beats
    motion: Motion
    early: tuple[Features, Beats] | None


def choose_clips(corpus: Corpus, count: int, seconds: float, split: str = "test") -> list[Clip]:
    """`count` excerpts of a split, styles in turn, and within a style the pairs in turn; the same each time.

    Fewer where the split has not so many. Raises UserError where it has none of that length.
    """
    frames = round(seconds * 30)
    places: dict[str, list[tuple[int, str]]] = {}
    for row in corpus.rows:
        if row.split == split:
            starts = range(0, int(row.seconds * 30 + 1e-6) - frames + 1, frames)
            places.setdefault(row.style, []).extend((n, row.id) for n in range(len(starts)))
    in_turn = _in_turn(sorted(excerpts) for _, excerpts in sorted(places.items()))
    chosen = in_turn[:count]
    if not chosen:
        raise UserError(f"The corpus has no pair of {seconds:g} s or more in its {split} split.")
    return [cut(corpus.pair(id), n * frames, frames) for n, id in chosen]


def _in_turn(lists: Iterable[list[tuple[int, str]]]) -> list[tuple[int, str]]:
    """The first of each list, then the second of each, and so on."""
    waiting = [list(one) for one in lists]
    found = []
    while any(waiting):
        found += [one.pop(0) for one in waiting if one]
    return found


def spread_out(rows: Sequence[Row], frames: int, most: int) -> list[tuple[Row, int]]:
    """At most so many excerpts of `frames` frames, evenly over all that rows hold: (row, its n-th)."""
    every = [(row, n) for row in rows for n in range(int(row.seconds * 30 + 1e-6) // frames)]
    return [every[i] for i in np.unique(np.linspace(0, len(every) - 1, most).astype(int))]


def cut(pair: Pair, start: int, frames: int) -> Clip:
    """Frames start to start + frames of a pair as a clip. Raises ValueError if they are not all there."""
    if not 0 <= start <= len(pair.motion) - frames:
        raise ValueError(f"frames {start} to {start + frames} of {len(pair.motion)}")
    period = 60.0 / (pair.beats.tempo or 120.0)
    ahead = round(period / 2 * pair.features.fps)
    early = None
    if start + ahead + frames <= len(pair.features):
        early = music(pair.features, pair.beats, start + ahead, frames)
    features, beats = music(pair.features, pair.beats, start, frames)
    told = pair.provenance
    return Clip(f"{pair.id}-{start // 30:03d}", pair.id, start, str(told.get("song", pair.id)), pair.style,
                str(told.get("dance_kind", "")), features, beats,
                pair.motion.slice(start, start + frames), early)


def music(features: Features, beats: Beats, start: int, frames: int) -> tuple[Features, Beats]:
    """The music of frames start to start + frames, times counted from there."""
    part = replace(features, values=np.ascontiguousarray(features.values[start:start + frames]))
    first, last = start / features.fps, (start + frames) / features.fps
    return part, beats.between(first, last).shifted(-first)


def other_music(clips: list[Clip]) -> list[int]:
    """For each clip the index of another one of another song: shuffled music. Deterministic.

    Raises UserError if there is but one song.
    """
    n = len(clips)
    found = []
    for i, clip in enumerate(clips):
        others = [(i + n // 2 + k) % n for k in range(n)]
        other = next((j for j in others if clips[j].song != clip.song), None)
        if other is None:
            raise UserError("All clips are of one song, but shuffled music needs two.")
        found.append(other)
    return found
