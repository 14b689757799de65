"""All dances of a corpus split as one long array, and stretches drawn from it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.nets.pose_code import CONTACTS, RATES, PoseCode
from dance_core.motion.centre import heading_of
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.motion.resample import cubic

MOTIONS_FOR_SHAPES = 120  # dances that the hands' and faces' shapes are fitted on
PACE, VARIED = 1.2, 0.6  # most that a stretch is sped up, or slowed down; share of the stretches that are


@dataclass(frozen=True, eq=False)
class Dances:
    """Coded dances, one after another.

    Attributes:
        rows: (N, ROW) float32, pose codes.
        music: (N, F) float32, features of the same frames.
        starts: (D,) first row of each dance; lengths: (D,) frames.
        style: (D,) index into `styles`.
        styles: style keys.
        ids: of the pairs, mirrored ones with "~" before.
        headings: (D,) rad, of each dance's first frame; rows know only how it changes. None: 0.
    """

    rows: np.ndarray
    music: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    style: np.ndarray
    styles: tuple[str, ...]
    ids: tuple[str, ...]
    headings: np.ndarray | None = None

    @classmethod
    def read(cls, corpus: Corpus, split: str, code: PoseCode, styles: tuple[str, ...], *, mirrored: bool,
             progress: Callable[[int, int], None] = lambda done, total: None) -> "Dances":
        """Every pair of a split, and its mirror image. UserError if the split is empty."""
        chosen = [r for r in corpus.rows if r.split == split and r.style in styles]
        if not chosen:
            raise UserError(f"The corpus has no {split} pairs: build a longer one.")
        rows, music, style, ids, headings = [], [], [], [], []
        for i, row in enumerate(chosen):
            pair = corpus.pair(row.id)
            for flipped in (False, True)[:1 + mirrored]:
                motion = mirror(pair.motion) if flipped else pair.motion
                rows.append(code.encode(motion))
                music.append(pair.features.values)
                style.append(styles.index(pair.style))
                ids.append("~" * flipped + pair.id)
                headings.append(heading_of(motion))
            progress(i + 1, len(chosen))
        lengths = np.array([len(r) for r in rows])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        return cls(np.concatenate(rows), np.concatenate(music), starts, lengths, np.array(style), styles,
                   tuple(ids), np.array(headings))

    def __len__(self) -> int:
        return len(self.rows)

    def draw(self, rng: np.random.Generator, count: int, frames: int, varied: bool = False,
             of: np.ndarray | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """`count` stretches of `frames` frames, every moment equally often.

        Args:
            varied: some stretches, dance and music together, are up to `PACE` times faster or slower:
                few dances, each at every tempo near its own.
            of: (count,) the dance of each, long enough; None: any.

        Returns rows (count, frames, ROW), music (count, frames, F), style (count,).
        UserError if no dance is that long.
        """
        room = np.maximum(self.lengths - frames + 1, 0)
        if not room.any():
            raise UserError(f"No dance of the corpus has {frames} frames; the longest has "
                            f"{self.lengths.max()}.")
        dance = rng.choice(len(room), count, p=room / room.sum()) if of is None else of
        where = rng.random(count)
        first = self.starts[dance] + (where * room[dance]).astype(int)
        at = first[:, None] + np.arange(frames)
        rows, music = self.rows[at], self.music[at]
        if varied:
            pace = PACE ** rng.uniform(-1.0, 1.0, count)
            fits = np.ceil((frames - 1) * pace) + 2 <= self.lengths[dance]
            for i in np.flatnonzero(fits & (rng.random(count) < VARIED)):
                rows[i], music[i] = self.at_pace(dance[i], where[i], frames, pace[i])
        return torch.from_numpy(rows), torch.from_numpy(music), torch.from_numpy(self.style[dance])

    def at_pace(self, dance: int, where: float, frames: int, pace: float) -> tuple[np.ndarray, np.ndarray]:
        """rows (frames, ROW), music (frames, F) from a place 0…1 of a dance, `pace` times as fast."""
        a, n = self.starts[dance], self.lengths[dance]
        times = where * (n - 1 - (frames - 1) * pace) + pace * np.arange(frames)
        low = max(0, int(times[0]) - 3)
        piece = slice(a + low, a + min(n, int(times[-1]) + 5))
        rows = cubic(self.rows[piece], times - low)
        rows[:, RATES] *= pace
        rows[:, CONTACTS] = rows[:, CONTACTS].clip(0.0, 1.0)
        music = heard_at(self.music[piece], times - low, self.events)
        return rows, music

    @functools.cached_property
    def events(self) -> np.ndarray:
        """Columns of the music that mark moments: 1 there and 0 elsewhere."""
        return events_of(self.music)


def events_of(music: np.ndarray) -> np.ndarray:
    """Columns of music (N, F) that mark moments: 1 there and 0 elsewhere."""
    return np.flatnonzero(((music == 0.0) | (music == 1.0)).all(0) & music.any(0))


def heard_at(music: np.ndarray, times: np.ndarray, events: np.ndarray) -> np.ndarray:
    """Music (N, F) at fractional frames (T,), evenly spaced, as (T, F); a moment stays one frame of 1."""
    out = cubic(music, times)
    pace = times[1] - times[0] if len(times) > 1 else 1.0
    moment, column = np.nonzero(music[:, events])
    moment = np.round((moment - times[0]) / pace).astype(int)
    seen = (moment >= 0) & (moment < len(times))
    out[:, events] = 0.0
    out[moment[seen], events[column[seen]]] = 1.0
    return out


def feature_names(corpus: Corpus) -> tuple[str, ...]:
    """The columns of the corpus' music. UserError if it has no pairs."""
    for pair in corpus.pairs():
        return pair.features.names
    raise UserError("The corpus has no pairs: build a longer one.")


def fit_shapes(corpus: Corpus, seed: int = 0) -> PoseCode:
    """The pose code's hand and face shapes, from some training pairs and their mirror images."""
    train = [r for r in corpus.rows if r.split == "train"]
    if not train:
        raise UserError("The corpus has no train pairs: build a longer one.")
    picked = np.random.default_rng(seed).permutation(len(train))[:MOTIONS_FOR_SHAPES]
    motions: list[Motion] = []
    for i in sorted(picked):
        motion = corpus.pair(train[i].id).motion
        motions += [motion, mirror(motion)]
    return PoseCode.fit(motions)
