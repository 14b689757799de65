"""Codes of a whole dance found with care: what the dance is made of again, not only what is nearest.

`Codec.encode` rounds level by level, takes each time the nearest code, and never looks back. Two things are
lost by that. A code that is not the nearest may leave less for the levels below; so the first stream's codes
are searched with several candidates kept a moment (a beam; Babenko and Lempitsky, Additive quantization,
2014, search so too). And what the turn of a moment is off by stays for all that follow: the heading of a
dance is what its turns add up to. So the dance is coded, made again, and where its heading drifted away the
turn that is asked for is moved the other way, slowly, a few times over; the pass that wanders least is kept.

It takes ten times as long as `Codec.encode` and needs what comes later, so it is for dances that are there,
not for one that is being made. The codes are of the same books, and the decoder does not know the difference.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from dance_core.generators.nets import pose_code as pc
from dance_core.generators.soulnet.codec import Codec
from dance_core.settings import MOTION_FPS

CANDIDATES = 8  # kept a moment and level
PASSES = 10
GAIN = 0.7  # share of the drift that a pass takes back
SLOW = 16  # frames, standard deviation of what of a drift is taken back: quicker ones come and go
SPAN = 75  # frames over which wandering is measured


def code_closely(codec: Codec, rows: Tensor) -> Tensor:
    """Codes (1, S, T / frames, LEVELS) of a dance's rows (1, T, ROW). ValueError as `Codec.encode`."""
    asked, best, least = rows, None, torch.inf
    for _ in range(PASSES):
        codes = _searched(codec, asked)
        drift = (codec.decode(codes)[..., pc.TURN] - rows[..., pc.TURN]).cumsum(1) / MOTION_FPS
        wandered = wandering(drift)
        if best is None or wandered < least:
            best, least = codes, wandered
        slow = _smooth(drift)
        asked = asked.clone()
        asked[..., pc.TURN] -= GAIN * MOTION_FPS * slow.diff(dim=1, append=slow[:, -1:])
    return best


def wandering(drift: Tensor) -> float:
    """Mean change (rad) of a drift (1, T) over `SPAN` frames, or over all where there are fewer."""
    span = min(SPAN, drift.shape[1] - 1)
    return float((drift[:, span:] - drift[:, :drift.shape[1] - span]).abs().mean())


def search(books: Tensor, x: Tensor, candidates: int = CANDIDATES) -> Tensor:
    """Codes (N, LEVELS) whose vectors of books (LEVELS, BOOK, D) add up to nearly x (N, D), by a beam."""
    left = x[:, None]
    codes = torch.zeros((len(x), 1, 0), dtype=torch.long, device=x.device)
    for book in books:
        far = left.square().sum(-1, keepdim=True) + book.square().sum(-1) - 2.0 * left @ book.T
        best = far.flatten(1).topk(min(candidates, far[0].numel()), largest=False).indices
        of, code = best // len(book), best % len(book)
        codes = torch.cat([_of(codes, of), code[..., None]], -1)
        left = _of(left, of) - book[code]
    return codes[:, 0]


def _of(values: Tensor, at: Tensor) -> Tensor:
    """Values (N, M, D) of candidates at (N, K)."""
    return values.gather(1, at[..., None].expand(-1, -1, values.shape[-1]))


def _searched(codec: Codec, rows: Tensor) -> Tensor:
    """As `Codec.encode`, the first stream by `search`; the others hear its codes and are rounded as there."""
    streams = codec.streams(rows)
    first = search(codec.books[0], streams[0].flatten(0, 1)).unflatten(0, streams[0].shape[:2])

    def pick(stream: int, level: int, x: Tensor) -> tuple[Tensor, Tensor]:
        if stream:
            return codec.nearest(stream, level, x)
        return first[..., level], codec.books[0, level][first[..., level]]

    return codec.rounded(streams, pick)[0]


def _smooth(x: Tensor) -> Tensor:
    """(1, T), a Gaussian's mean of `SLOW` frames; the ends are held."""
    reach = 3 * SLOW
    bell = torch.exp(-0.5 * (torch.arange(-reach, reach + 1, device=x.device) / SLOW).square())
    held = torch.cat([x[:, :1].expand(-1, reach), x, x[:, -1:].expand(-1, reach)], 1)
    return F.conv1d(held[:, None], (bell / bell.sum())[None, None].to(x))[:, 0]
