"""The dances of a corpus as links, and stretches of them drawn to learn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.hotdance import markers as mk
from dance_core.motion.centre import headings_of

SEGMENT = 256  # frames of the longest segment: a stretch may lie anywhere in one
TURNED, BUILT = 0.5, 0.7  # shares of the stretches that are turned at random, and of bodies of another build


@dataclass(frozen=True, eq=False)
class LinkDances:
    """Dances one after another.

    Rows follow the order of the corpus' index, so features read in that order have the same.

    Attributes:
        links: (N, K, 3) float32 m, in the world.
        heading: (N,) float32 rad, of the pelvis about +Y.
        starts, lengths: (D,) first row and frames of each dance.
    """

    links: np.ndarray
    heading: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def read(cls, corpus: Corpus, split: str,
             progress: Callable[[int, int], None] = lambda done, total: None) -> "LinkDances":
        """Every pair of a split. UserError if there is none."""
        ids = [row.id for row in corpus.rows if row.split == split]
        if not ids:
            raise UserError(f"The corpus has no {split} pairs: build a longer one.")
        links, heading = [], []
        for i, name in enumerate(ids):
            motion = corpus.pair(name).motion
            links.append(mk.links_of(motion).astype(np.float32))
            heading.append(headings_of(motion))
            progress(i + 1, len(ids))
        lengths = np.array([len(x) for x in links])
        return cls(np.concatenate(links), np.concatenate(heading).astype(np.float32),
                   np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)

    def draw(self, rng: np.random.Generator, count: int, frames: int, *, varied: bool = True) -> np.ndarray:
        """`count` stretches (count, frames, K, 3) float32, every moment equally often, told from an anchor.

        A stretch lies somewhere in a segment of `SEGMENT` frames that is told from its first: so it may begin
        away from the middle of the stage and face anywhere.

        Args:
            varied: half are mirrored, half turned at random, most are of bodies of other builds.

        Raises:
            UserError: no dance is that long.
        """
        room = np.maximum(self.lengths - frames + 1, 0)
        if not room.any():
            raise UserError(f"No dance of the corpus has {frames} frames; the longest has "
                            f"{self.lengths.max()}.")
        dance = rng.choice(len(room), count, p=room / room.sum())
        first = (rng.random(count) * room[dance]).astype(int)
        back = (rng.random(count) * np.minimum(first, SEGMENT - frames).clip(0)).astype(int)
        first += self.starts[dance]
        if not varied:
            return self.told(first, frames, first - back)
        turn = np.where(rng.random(count) < TURNED, rng.uniform(-np.pi, np.pi, count), 0.0)
        flipped, built = rng.random(count) < 0.5, rng.random(count) < BUILT
        builds = np.stack([mk.random_build(rng) if b else np.ones(mk.POINTS) for b in built])
        return self.told(first, frames, first - back, turn, flipped, builds)

    def told(self, first: np.ndarray, frames: int, anchor: np.ndarray | None = None,
             turn: np.ndarray | None = None, flipped: np.ndarray | None = None,
             builds: np.ndarray | None = None) -> np.ndarray:
        """Chosen stretches (B, frames, K, 3) float32.

        Args:
            first: (B,) their first rows; each must lie in one dance.
            anchor: (B,) rows from which they are told, None: their first.
            turn: (B,) rad that they are turned about +Y then. flipped: (B,) bool, mirrored, after that.
            builds: (B, K) factors of the bodies that dance them.
        """
        anchor = first if anchor is None else anchor
        out = self.links[first[:, None] + np.arange(frames)]
        out[..., 0, ::2] -= self.links[anchor, 0, ::2][:, None]
        out = turned(out, (0.0 if turn is None else turn) - self.heading[anchor])
        if flipped is not None:
            out[flipped] = mk.mirrored(out[flipped])
        if builds is not None:
            out *= builds[:, None, :, None].astype(out.dtype)
        return out

    def segments(self, frames: int = SEGMENT) -> np.ndarray:
        """All whole segments (S, frames, K, 3) float32 one after another, each told from its first frame.

        UserError if no dance is that long.
        """
        first = np.concatenate([start + np.arange(0, n - frames + 1, frames)
                                for start, n in zip(self.starts, self.lengths, strict=True)]).astype(int)
        if not len(first):
            raise UserError(f"No dance of the corpus has {frames} frames; the longest has "
                            f"{self.lengths.max()}.")
        return self.told(first, frames)


def turned(links: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Links (B, T, K, 3) turned about +Y by angles (B,) rad."""
    c, s = (f(angle).astype(links.dtype)[:, None, None] for f in (np.cos, np.sin))
    x, y, z = links[..., 0], links[..., 1], links[..., 2]
    return np.stack([c * x + s * z, y, c * z - s * x], -1)
