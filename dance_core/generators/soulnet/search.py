"""Music search, the by-product of the retrieval module: dances for a song, and how well a dance fits its own.

What is compared are the vectors of clips, in both spaces at once. Vectors of one net agree with the net's
opinion, not with anybody's eye: what comes out is therefore an order, or a rank among songs, and no grade.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.corpus.mocap import at_rate
from dance_core.errors import UserError
from dance_core.generators.soulnet.mmr import WEIGHTS, Mmr, load_mmr, motion_vectors, music_vectors
from dance_core.motion.motion import Motion
from dance_core.music.features import Features

CLIPS = 4  # in a row, at most, that a dance is known by: 19 s
SONGS = "songs.safetensors"  # beside the weights: vectors of songs that the module has not learned from
SAME = 0.93  # mean similarity above which two songs are one: different ones come to 0.87 at most
STEP = 3  # frames: how finely a dance is moved along a song


def available(folder: Path = WEIGHTS) -> bool:
    """Whether there is a trained module."""
    return (folder / "mmr.json").is_file() and (folder / "mmr.safetensors").is_file()


def dance_clips(mmr: Mmr, motion: Motion, most: int = CLIPS) -> np.ndarray:
    """(K, 2, D): the first clips of a dance, one after another, K <= most; none if it is shorter than one."""
    motion = at_rate(motion)
    count = min(most, len(motion) // mmr.clip)
    if not count:
        return np.zeros((0, 2, mmr.config.vector), np.float32)
    rows = mmr.code().encode(motion.slice(0, count * mmr.clip))
    return motion_vectors(mmr, rows, mmr.clip * np.arange(count))


def song_clips(mmr: Mmr, features: Features, most: int = CLIPS) -> np.ndarray:
    """(K, 2, D): the first clips of a song, one after another, K <= most."""
    count = min(most, len(features) // mmr.clip)
    return music_vectors(mmr, _heard(mmr, features), mmr.clip * np.arange(count))


def _heard(mmr: Mmr, features: Features) -> np.ndarray:
    """(T, F) the columns that the module knows."""
    return np.stack([features.column(name) for name in mmr.config.features], 1)


@dataclass(frozen=True, eq=False)
class Known:
    """Songs by their vectors.

    Attributes:
        names: what to call each.
        digests: of the whole song, "" where it is not known.
        clips: (N, K, 2, D) unit vectors of the first K clips of each.
    """

    names: tuple[str, ...]
    digests: tuple[str, ...]
    clips: np.ndarray

    def __len__(self) -> int:
        return len(self.names)

    def without(self, name: str, digest: str) -> "Known":
        """All but the song of that name or digest; "" is no song's."""
        own = {name, digest} - {""}
        return self._only([i for i in range(len(self)) if not own & {self.names[i], self.digests[i]}])

    def unlike(self, own: np.ndarray) -> "Known":
        """All but the songs whose first clips are those of `own` (K, 2, D) to the module."""
        alike = np.einsum("kzd,nkzd->n", own, self.clips[:, :len(own)]) / (2.0 * len(own))
        return self._only(np.flatnonzero(alike < SAME))

    def _only(self, keep: "Sequence[int] | np.ndarray") -> "Known":
        return Known(tuple(self.names[i] for i in keep), tuple(self.digests[i] for i in keep),
                     self.clips[keep])

    def save(self, path: Path) -> None:
        """Write one safetensors file, vectors in half precision."""
        from safetensors.numpy import save

        with replacing(path) as part:
            # `save_file` of safetensors 0.8 would let nobody else read it
            part.write_bytes(save({"clips": np.ascontiguousarray(self.clips, np.float16)},
                                  {"songs": json.dumps([self.names, self.digests])}))

    @classmethod
    def load(cls, path: Path) -> "Known":
        """Read it. UserError where it is missing or damaged."""
        from safetensors import SafetensorError, safe_open

        if not path.is_file():
            raise UserError(f"The songs to compare with are missing ({path.name}): train the module again.")
        try:
            with safe_open(os.fspath(path), "np") as file:
                names, digests = json.loads(file.metadata()["songs"])
                clips = file.get_tensor("clips").astype(np.float32)
            if not len(names) == len(digests) == len(clips) or clips.ndim != 4:
                raise ValueError
        except (SafetensorError, ValueError, KeyError, TypeError):
            raise UserError(f"The songs to compare with are damaged ({path.name}): train the module again."
                            ) from None
        return cls(tuple(map(str, names)), tuple(map(str, digests)), clips)


@functools.lru_cache(maxsize=2)
def known_songs(folder: Path = WEIGHTS) -> Known:
    """The songs that are shipped beside the weights."""
    return Known.load(folder / SONGS)


@dataclass(frozen=True)
class Fit:
    """How well a dance fits its own song: rank 1 = of all `of` songs its own is nearest.

    Attributes:
        seconds: of the dance that were compared.
        nearest: name of the nearest other song.
    """

    rank: int
    of: int
    seconds: float
    nearest: str


def fit(mmr: Mmr, motion: Motion, features: Features, others: Known) -> Fit | None:
    """The rank of a dance's own song among others, each from its beginning. None where a clip is too short.

    Args:
        features: of the very song (or excerpt) that was danced to.
        others: see `Known.without`. A song that sounds as good as the same to the module is the own one
            under another name, and is left out too.
    """
    dance, own = dance_clips(mmr, motion), song_clips(mmr, features)
    count = min(len(dance), len(own), others.clips.shape[1])
    if not count:
        return None
    dance, own = dance[:count], own[:count]
    others = others.unlike(own)
    if not len(others):
        return None
    mine = float((dance * own).sum())
    theirs = np.einsum("kzd,nkzd->n", dance, others.clips[:, :count])
    rank = 1 + int((~(theirs < mine)).sum())
    return Fit(rank, 1 + len(others), count * mmr.clip / 30.0, others.names[int(np.argmax(theirs))])


def fit_shipped(motion: Motion, features: Features, name: str, digest: str, folder: Path = WEIGHTS
                ) -> Fit | None:
    """The same by the shipped weights among the shipped songs; None also where there are no weights.

    On as many threads as torch has: dances may be made beside it, and the number is everybody's.
    """
    if not available(folder) or not (folder / SONGS).is_file():
        return None
    return fit(load_mmr(folder), motion, features, known_songs(folder).without(name, digest))


@dataclass(frozen=True, eq=False)
class Candidate:
    """A dance that may be found: its name, what it was made for, its clips (K, 2, D)."""

    name: str
    about: str
    clips: np.ndarray


@dataclass(frozen=True)
class Hit:
    """A dance that was found.

    Attributes:
        name, about: of the candidate.
        start: second of the song at which the dance is best begun.
        similarity: mean over its clips and both spaces, -1 to 1; good for an order only.
    """

    name: str
    about: str
    start: float
    similarity: float


def nearest(mmr: Mmr, features: Features, dances: Sequence[Candidate]) -> list[Hit]:
    """All dances, those first that fit a song best; each is laid on the song at every moment.

    So that none has more to choose from or less to show than another, all are known by equally many clips:
    as many as the shortest of them has, and the song. UserError if the song is shorter than a clip.
    """
    if len(features) < mmr.clip:
        raise UserError(f"The song has {len(features) / 30.0:.1f} s, but to search by it takes "
                        f"{mmr.clip / 30.0:g} s.")
    if not dances:
        return []
    count = min([len(d.clips) for d in dances] + [len(features) // mmr.clip])
    starts = np.arange(0, len(features) - mmr.clip + 1, STEP)
    song = music_vectors(mmr, _heard(mmr, features), starts)
    apart = mmr.clip // STEP
    room = len(starts) - (count - 1) * apart
    known = np.stack([d.clips[:count] for d in dances])
    table = sum(np.einsum("nzd,tzd->nt", known[:, k], song[k * apart:k * apart + room], optimize=True)
                for k in range(count)) / (2 * count)
    best = table.argmax(1)
    order = np.argsort(-table.max(1), kind="stable")
    return [Hit(dances[i].name, dances[i].about, float(best[i]) * STEP / 30.0, float(table[i, best[i]]))
            for i in order]


def gather(mmr: Mmr, found: Iterable[tuple[str, str, Motion]]) -> tuple[list[Candidate], list[str]]:
    """Candidates of (name, about, motion), and the names of those that are shorter than a clip."""
    kept, short = [], []
    for name, about, motion in found:
        clips = dance_clips(mmr, motion)
        if len(clips):
            kept.append(Candidate(name, about, clips))
        else:
            short.append(name)
    return kept, short
