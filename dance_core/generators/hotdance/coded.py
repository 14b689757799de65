"""A corpus as the transformer learns it: segments in numbers, each with its reference clip and its music.

Coding a segment takes longer than learning from it once, so it is done beforehand, several times over: each
pass lays other segments over every dance, at other tempi, of other builds, seen in a mirror or not, and draws
anew which of their frames are known.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance import reference as ref
from dance_core.generators.hotdance.dances import SEGMENT, turned
from dance_core.generators.hotdance.image_codec import ImageCodec
from dance_core.generators.hotdance.whole import Whole
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import PACE, VARIED
from dance_core.generators.nets.dances import Dances as Rows
from dance_core.generators.nets.manner import NAMES, manner_in
from dance_core.motion.centre import headings_of
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion

BUILT = 0.4  # share of the segments that bodies of another build dance
AT_ONCE = 8  # segments that are coded together
# columns of a stretch: pose code, links, cosine and sine of the heading
_LINKS = slice(pc.ROW, pc.ROW + 3 * mk.POINTS)
_HEADING = slice(_LINKS.stop, _LINKS.stop + 2)


@dataclass(frozen=True, eq=False)
class Coded:
    """Segments of `SEGMENT` frames, N columns.

    Attributes:
        numbers: (S, C, N) float16. reference: (S, C, N) float16, of the reference clip.
        known: (S, T) bool, frames of that clip that are the segment's own.
        contacts: (S, T, 4) uint8, 1 where a foot stands (left ankle, left toes, right ankle, right toes).
        music: (S, T + ahead, F) float16. style: (S,) indices.
        manner: (S, NUMBERS) float32, at the pace at which it is coded; NaN: not measured.
    """

    numbers: Tensor
    reference: Tensor
    known: Tensor
    contacts: Tensor
    music: Tensor
    style: Tensor
    manner: Tensor

    def __len__(self) -> int:
        return len(self.style)

    @classmethod
    def read(cls, corpus: Corpus, split: str, codec: ImageCodec, whole: Whole, passes: int, folder: Path, *,
             varied: bool = True, seed: int = 0,
             progress: Callable[[int, int], None] = lambda done, total: None) -> "Coded":
        """Code a split `passes` times; each pass is kept in FOLDER, and read from there the next time.

        varied: other tempi, builds and mirror images too. UserError if no dance is long enough.
        """
        rows = [r for r in corpus.rows if r.split == split]
        folder.mkdir(parents=True, exist_ok=True)
        made, total = [], passes * len(rows)
        mark = _mark(codec, whole, [r.id for r in rows], varied, seed)
        for k in range(passes):
            path = folder / f"{split}-{k}-{mark}.safetensors"
            if not path.exists():
                coder = _Coder(codec, whole, varied)
                one = coder.code(corpus, [r.id for r in rows], np.random.default_rng([seed, k]),
                                 lambda done, k=k: progress(k * len(rows) + done, total))
                with replacing(path) as part:
                    save_file(vars(one), os.fspath(part))
            made.append(cls(**load_file(os.fspath(path))))
            progress((k + 1) * len(rows), total)
        if not sum(map(len, made)):
            raise UserError(f"No {split} dance of the corpus has the {SEGMENT} frames of a segment.")
        return cls(*(torch.cat([getattr(m, name) for m in made]) for name in cls.__dataclass_fields__))


class _Coder:
    """One pass over some pairs."""

    def __init__(self, codec: ImageCodec, whole: Whole, varied: bool) -> None:
        self.codec, self.whole, self.varied = codec, whole, varied
        self.c = whole.config
        self.code_ = whole.code()
        self.frames = SEGMENT + self.c.music_ahead

    def code(self, corpus: Corpus, ids: list[str], rng: np.random.Generator, progress: Callable[[int], None]
             ) -> Coded:
        """All segments of the pass."""
        made: dict[str, list[Tensor]] = {name: [] for name in Coded.__dataclass_fields__}
        waiting: list[_Segment] = []
        for i, name in enumerate(ids):
            pair = corpus.pair(name)
            style = self.c.styles.index(pair.style)
            waiting += self._segments(pair.motion, pair.features.values, style, rng)
            while len(waiting) >= AT_ONCE or (waiting and i + 1 == len(ids)):
                self._take(waiting[:AT_ONCE], made)
                waiting = waiting[AT_ONCE:]
            progress(i + 1)
        if not made["style"]:
            return Coded(*(torch.zeros(0) for _ in made))
        return Coded(**{k: torch.cat(v) for k, v in made.items()})

    def _segments(self, motion: Motion, music: np.ndarray, style: int, rng: np.random.Generator
                  ) -> Iterator["_Segment"]:
        """Segments that together cover a dance about once."""
        if len(motion) < self.frames:
            return
        if self.varied and rng.random() < 0.5:
            motion = mirror(motion)
        yaw = headings_of(motion)
        links = mk.links_of(motion).astype(np.float32)
        rows = np.concatenate([self.code_.encode(motion), links.reshape(len(links), -1),
                               np.stack([np.cos(yaw), np.sin(yaw)], -1).astype(np.float32)], 1)
        dance = Rows(rows, music, np.array([0]), np.array([len(rows)]), np.array([style]), (), ("",))
        count = max(1, round(len(motion) / SEGMENT))
        for k in range(count):
            pace = PACE ** rng.uniform(-1.0, 1.0) if self.varied and rng.random() < VARIED else 1.0
            if np.ceil((self.frames - 1) * pace) + 2 > len(motion):
                pace = 1.0
            where = (k + rng.random()) / count if self.varied else (k + 0.5) / count
            told, heard = dance.at_pace(0, where, self.frames, pace) if pace != 1.0 else \
                _plain(dance, where, self.frames)
            drawn = ref.draw_known(rng, SEGMENT, self.c)
            build = mk.random_build(rng) if self.varied and rng.random() < BUILT else np.ones(mk.POINTS)
            yield _segment(told, heard, style, drawn, build, _WholeDance(links, rows[:, :pc.ROW], yaw), rng)

    @torch.no_grad()
    def _take(self, segments: list["_Segment"], made: dict[str, list[Tensor]]) -> None:
        device = self.codec.shift.device

        def joined(name: str) -> Tensor:
            return torch.from_numpy(np.stack([getattr(s, name) for s in segments]).astype(np.float32))

        known = torch.from_numpy(np.stack([s.drawn.known for s in segments]))
        clips = joined("clip").to(device)
        latents = {"numbers": self.codec.encode_points(joined("links").to(device)),
                   "reference": torch.stack([ref.encoded(self.codec, *one)
                                             for one in zip(clips, known, strict=True)])}
        for name, rows in (("numbers", "rows"), ("reference", "clip_rows")):
            details = self.whole.detail_numbers(joined(rows).to(device))
            made[name].append(torch.cat([self.whole.body_numbers(latents[name]), details], 1).half().cpu())
        made["known"].append(known)
        made["contacts"].append((joined("rows")[..., pc.CONTACTS] > 0.5).to(torch.uint8))
        made["music"].append(joined("music").half())
        made["style"].append(torch.tensor([s.style for s in segments]))
        made["manner"].append(joined("manner"))


@dataclass(frozen=True, eq=False)
class _Segment:
    """links, clip (T, K, 3); rows, clip_rows (T, ROW); music (T + ahead, F); manner (NUMBERS,)."""

    links: np.ndarray
    rows: np.ndarray
    clip: np.ndarray
    clip_rows: np.ndarray
    music: np.ndarray
    style: int
    manner: np.ndarray
    drawn: ref.Drawn


@dataclass(frozen=True, eq=False)
class _WholeDance:
    """The dance of a segment: links (N, K, 3), rows (N, ROW), headings (N,)."""

    links: np.ndarray
    rows: np.ndarray
    yaw: np.ndarray


def _segment(told: np.ndarray, music: np.ndarray, style: int, drawn: ref.Drawn, build: np.ndarray,
             whole: _WholeDance, rng: np.random.Generator) -> _Segment:
    """A stretch told from its first frame, with a reference clip that holds another moment of the dance."""
    links, rows = told[:SEGMENT, _LINKS].reshape(SEGMENT, mk.POINTS, 3), told[:SEGMENT, :pc.ROW]
    cosine, sine = told[0, _HEADING]
    links = _from_front(links, float(np.arctan2(sine, cosine)))
    if drawn.own:
        still, still_row = links[0], rows[0]
    else:
        at = int(rng.integers(len(whole.rows)))
        still = _from_front(whole.links[at:at + 1], float(whole.yaw[at]))[0]
        still_row = whole.rows[at]  # hands and face of the same moment: a held pose is of one
    links, still = links * build[:, None], still * build[:, None]
    clip_rows = np.where(drawn.known[:, None], rows, still_row)
    # of our body's rows: a tall dancer is not wild for being tall
    manner = manner_in(rows)
    clip = ref.clip_of(links, drawn.known, still)
    return _Segment(links, rows, clip, clip_rows, music, style, manner, drawn)


def _from_front(links: np.ndarray, heading: float) -> np.ndarray:
    """Links (T, K, 3) as told from their first frame: over the origin, facing +Z."""
    out = links.copy()
    out[:, 0, ::2] -= links[0, 0, ::2]
    return turned(out[None], np.array([-heading]))[0]


def _plain(dance: Rows, where: float, frames: int) -> tuple[np.ndarray, np.ndarray]:
    """rows and music (frames, …) from a place 0…1 of a dance."""
    first = int(where * (len(dance.rows) - frames + 1))
    return dance.rows[first:first + frames], dance.music[first:first + frames]


def _mark(codec: ImageCodec, whole: Whole, ids: list[str], varied: bool, seed: int) -> str:
    """Tells coded segments of another codec, or of other dances, from these."""
    c = whole.config
    h = hashlib.sha256(repr((ids, varied, seed, c.styles, c.features, c.music_ahead, c.alone, c.first,
                             c.overlap, c.context, c.ends, NAMES)).encode())
    for module in (codec, whole.contacts, whole.hands, whole.face):  # the codec says what the body's gain is
        for name, value in module.state_dict().items():
            h.update(name.encode())
            h.update(np.ascontiguousarray(value.detach().cpu().float().numpy()))
    return h.hexdigest()[:12]
