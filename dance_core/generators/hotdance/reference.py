"""The reference clip of a segment, and the mask that says which of its frames are the segment's own.

A clip has as many frames as the segment. Those that are known stand where they belong: the frames that it
goes on from, the first pose of a dance, the frames that it must arrive at. Everywhere else one pose is held,
which only says what the dancer is like: limbs, shoulders, size. The mask tells one from the other frame by
frame, although a column of latents covers 8 of them:

    M[p, :, j] = 1  where frame 8 j + p is known

So of N known frames at the beginning, q = N // 8 whole columns are 1, and of the next the first N mod 8
phases. N = 0: the clip is a build alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dit_config import PATCH, DitConfig
from dance_core.generators.hotdance.image_codec import ImageCodec
from dance_core.motion.motion import Motion

FEWEST, MOST = 2, 32  # frames known at the beginning, where it is neither one nor the overlap
ARRIVES = (8, 40)  # frames known at the end, fewest and most
MIDDLE = 0.5  # share of such ends that lie before the segment's own: what follows is danced as well
SOONEST = 12  # columns before such an end, at least


def mask_of(known: Tensor, heights: int) -> Tensor:
    """(…, 8, R, N) of known frames (…, T) bool; T must be whole columns."""
    phases = known.unflatten(-1, (-1, PATCH)).transpose(-1, -2)
    return phases.unsqueeze(-2).expand(*phases.shape[:-1], heights, -1).float()


def first_known(count: int, frames: int) -> Tensor:
    """(T,) bool: the first `count`, at most all."""
    return torch.arange(frames) < count


def details_mask(hands: Tensor, face: Tensor) -> Tensor:
    """(…, 16, N): phases of the frames (…, T) bool whose hands, and whose face, are known."""
    return torch.cat([mask_of(known, 1).squeeze(-2) for known in (hands, face)], -2)


def clip_of(links: np.ndarray, known: np.ndarray, still: np.ndarray) -> np.ndarray:
    """(T, K, 3): links where known (T,) bool, elsewhere the pose `still` (K, 3)."""
    return np.where(known[:, None, None], links, still)


def encoded(codec: ImageCodec, clip: Tensor, known: Tensor) -> Tensor:
    """Latents (Z, R, N) of a clip (T, K, 3) of links whose frames known (T,) bool are not the held pose.

    Where nothing but that pose is in reach of the codec it is coded once: it looks the same everywhere.
    """
    reach = codec.config.blocks + codec.config.column_blocks  # columns that a column's latents look at
    columns = len(known) // PATCH
    last = int(known.nonzero()[-1]) // PATCH + 1 if bool(known.any()) else 0
    calm = last + reach  # a column that sees neither known frames nor the end
    if calm + reach >= columns:
        return codec.encode_points(clip[None])[0]
    told = codec.encode_points(clip[None, :(calm + reach + 1) * PATCH])[0, ..., :calm + 1]
    return torch.cat([told, told[..., calm:].expand(*told.shape[:2], columns - calm - 1)], -1)


def still_pose(pose: Motion) -> np.ndarray:
    """(K, 3) links of a frame that stands for a build: over the origin, facing +Z."""
    return mk.Anchor.of(pose).enter(mk.links_of(pose.slice(0, 1)))[0]


# --- what a segment is told when it learns ---

@dataclass(frozen=True)
class Drawn:
    """Which frames (T,) bool are known, and whether the held pose is the first frame itself."""

    known: np.ndarray
    own: bool


def draw_known(rng: np.random.Generator, frames: int, c: DitConfig) -> Drawn:
    """Frames replaced at random: none, the first, an overlap's or other numbers of them; some ends too."""
    known = np.zeros(frames, bool)
    lot = rng.random()
    if lot < c.alone:
        count = 0
    elif lot < c.alone + c.first:
        count = 1
    elif lot < c.alone + c.first + c.overlap:
        count = c.context
    else:
        count = int(rng.integers(FEWEST, MOST + 1))
    known[:count] = True
    if rng.random() < c.ends:
        stop = frames - int(rng.integers(0, PATCH))
        if rng.random() < MIDDLE and frames > (SOONEST + 1) * PATCH + ARRIVES[1]:
            stop = int(rng.integers(SOONEST * PATCH + ARRIVES[1], stop))
        known[max(0, stop - int(rng.integers(ARRIVES[0], ARRIVES[1] + 1))):stop] = True
    return Drawn(known, count == 1)
