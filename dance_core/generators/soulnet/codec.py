"""The codec: rows of a pose code as hierarchical codes of body, hands and face, and back.

Every 4 frames become one code of each of six levels, for body, hands and face. A level rounds what the
levels before it have left. At every level the hands' stream first hears which code the body was given,
and the face's which the hands were:

    body    x = left of the body                       → code → left = x - code vector
    hands   x = left of the hands + heard(body's code)  → code → left = x - code vector
    face    x = left of the face + heard(hands' code)   → code → left = x - code vector

so what is left is always that of the stream that was rounded, and the sum of a part's code vectors is all
that the decoder gets of it. One decoder makes the frames of all parts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.coded import Coded
from dance_core.generators.nets.patches import Patches, PatchStatistics, row_weights
from dance_core.generators.nets.weights import load_weights, read_config
from dance_core.generators.soulnet.config import SoulNetConfig

NAME = "codec"  # of its weights
PART_NAMES = ("body", "hands", "face")
PARTS = len(PART_NAMES)
COLUMNS = (slice(0, pc.HANDS.start), pc.HANDS, pc.FACES)  # of a row, for each part
# of each part's patches. The body's lead by their metres; of hands and face, which mostly rest, the small
# movements are heard too, or few of the codes would be used
WHITENING = (0.25, 0.75, 0.75)
DRIFTS = 2.5  # times that turn and velocity count: what a code is off by stays for all that follow
Pick = Callable[[int, int, Tensor], tuple[Tensor, Tensor]]  # stream, level, x -> codes, vectors: see rounded


class Block(nn.Module):
    """A residual block over codes: three taps, `dilation` apart, the last of them `ahead` codes ahead."""

    def __init__(self, width: int, dilation: int, ahead: int) -> None:
        super().__init__()
        self.pad = (2 * dilation - ahead, ahead)
        self.taps, self.mix = nn.Conv1d(width, width, 3, dilation=dilation), nn.Conv1d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, W, N) -> (B, W, N)."""
        return x + self.mix(F.gelu(self.taps(F.pad(F.gelu(x), self.pad))))


class Heard(nn.Module):
    """What a part hears of the code that the part before it was given, beside what it was itself to say.

    Bounded however large both are: six levels on end each add it to what is left, and what grows with that
    (a GELU here) blew up, after 800 steps, by a factor of a million.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mix, self.out = nn.Linear(2 * width, width), nn.Linear(width, width)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, code: Tensor, own: Tensor) -> Tensor:
        """(B, N, D), (B, N, D) -> (B, N, D)."""
        return self.out(torch.tanh(self.mix(torch.cat([code, own], -1))))


class Encoder(nn.Module):
    """Latents of the patches of a stream -> vectors to be rounded.

    It begins as the leading latents themselves, so there is something worth rounding from the first step.
    """

    def __init__(self, tops: tuple[tuple[int, int], ...], width: int, c: SoulNetConfig) -> None:
        super().__init__()
        self.into = nn.Conv1d(sum(latents for _, latents in tops), width, 1)
        self.blocks = nn.Sequential(*(Block(width, d, d) for d in c.encoder_dilations))
        self.out = nn.Conv1d(width, c.vector, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.tops = tops

    def forward(self, latents: Tensor) -> Tensor:
        """(B, N, latents of the stream's parts) -> (B, N, D)."""
        parts = latents.split([count for _, count in self.tops], -1)
        top = torch.cat([p[..., :n] for p, (n, _) in zip(parts, self.tops, strict=True)], -1)
        more = self.out(self.blocks(self.into(latents.transpose(1, 2)))).transpose(1, 2)
        return F.pad(top, (0, more.shape[-1] - top.shape[-1])) + more


class Decoder(nn.Module):
    """Sums of code vectors of all streams -> latents of all parts; it begins as `Encoder`'s inverse."""

    def __init__(self, tops: tuple[tuple[tuple[int, int], ...], ...], c: SoulNetConfig) -> None:
        super().__init__()
        self.into = nn.Conv1d(c.streams * c.vector, c.decoder_width, 3, padding=1)
        self.blocks = nn.Sequential(*(Block(c.decoder_width, *b) for b in c.decoder_blocks))
        self.out = nn.Conv1d(c.decoder_width, sum(c.patch_latents), 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.tops = tops

    def forward(self, vectors: Tensor) -> Tensor:
        """(B, S, N, D) -> (B, N, latents of all parts)."""
        x = vectors.transpose(2, 3).flatten(1, 2)
        more = self.out(self.blocks(self.into(x))).transpose(1, 2)
        top = []
        for stream, tops in zip(vectors.unbind(1), self.tops, strict=True):
            at = 0
            for n, latents in tops:
                top.append(F.pad(stream[..., at:at + n], (0, latents - n)))
                at += n
        return torch.cat(top, -1) + more


class Codec(Coded):
    """Rows <-> codes. S is the number of streams: 3 (body, hands, face), or 1 in the kinds for comparison.

    The networks see and make patches of 4 frames as their leading directions (`Patches`), of each part by
    itself. The codebooks are a buffer, `books` (S, LEVELS, BOOK, D), so nothing but torch is needed to dance.
    Codes are found and added up in float32 whatever the autocast: half precision picks other codes.

    Where windows end. Frame t of `decode` depends on codes t // 4 - `back` to t // 4 + `ahead`; what lies
    beyond the ends of the codes given counts as nothing. So the frames of the last `ahead` codes change a
    little once further codes follow: who decodes a dance in pieces keeps at least `back` codes of the past
    beside the new ones, decodes them together, and gives out the frames of the last `ahead` codes with the
    next piece. Code k of `encode` depends on frames 4 (k - `sees`) to 4 (k + `sees`) + 3.
    """

    def __init__(self, c: SoulNetConfig, code: pc.PoseCode | None = None) -> None:
        super().__init__(code)
        self.config = c
        self.patches = nn.ModuleList(Patches(c.frames, n, columns=k.stop - k.start)
                                     for n, k in zip(c.patch_latents, COLUMNS, strict=True))
        self.of = tuple((s,) for s in range(PARTS)) if c.streams == PARTS else (tuple(range(PARTS)),)
        # one stream has an encoder as heavy as the three together
        widths = c.encoder_widths if c.streams == PARTS else (
            round(sum(w * w for w in c.encoder_widths) ** 0.5),)
        tops = tuple(tuple((min(c.dim, c.patch_latents[p]), c.patch_latents[p]) for p in parts)
                     for parts in self.of)
        self.encoders = nn.ModuleList(Encoder(top, w, c) for top, w in zip(tops, widths, strict=True))
        # of each level: how the hands hear of the body's code, and the face of the hands'
        self.heard = nn.ModuleList(nn.ModuleList(Heard(c.vector) for _ in range(c.depth))
                                   for _ in range(c.streams - 1))
        self.decoder = Decoder(tops, c)
        self.register_buffer("books", torch.zeros(c.streams, c.depth, c.book, c.vector))

    @property
    def back(self) -> int:
        """Codes before its own that a decoded frame depends on."""
        return 1 + sum(block.pad[0] for block in self.decoder.blocks)

    @property
    def ahead(self) -> int:
        """Codes after its own that a decoded frame depends on."""
        return 1 + sum(block.pad[1] for block in self.decoder.blocks)

    @property
    def sees(self) -> int:
        """Codes' worth of frames, before and after its own, that a code depends on."""
        return sum(self.config.encoder_dilations)

    def fit(self, rows: list[np.ndarray], seed: int = 0) -> None:
        """Take the leading directions of patches from rows (T, ROW) of many dances."""
        weights = row_weights()
        weights[pc.TURN] *= DRIFTS
        weights[pc.VELOCITY] *= DRIFTS
        for patches, columns, whitening in zip(self.patches, COLUMNS, WHITENING, strict=True):
            found = PatchStatistics.fit(rows, patches.patch, patches.latents, seed, columns, whitening,
                                        weights)
            for name, value in found.arrays().items():
                getattr(patches, name).copy_(torch.from_numpy(value))

    def latents(self, rows: Tensor) -> list[Tensor]:
        """Of each part the latents (B, N, L) of rows (B, N · frames, ROW). ValueError for other shapes."""
        frames = self.config.frames
        if rows.ndim != 3 or rows.shape[-1] != pc.ROW or rows.shape[1] % frames or not rows.shape[1]:
            raise ValueError(f"rows have shape {tuple(rows.shape)}, expected (B, T, {pc.ROW}) with T a "
                             f"multiple of {frames}")
        return [p.encode(rows[..., k]) for p, k in zip(self.patches, COLUMNS, strict=True)]

    # --- rows -> codes ---

    def encode(self, rows: Tensor) -> Tensor:
        """Codes (B, S, T / frames, LEVELS) int64 of rows (B, T, ROW). ValueError for other shapes."""
        codes, _, _, _ = self.rounded(self.streams(rows), self.nearest)
        return codes

    def streams(self, rows: Tensor) -> list[Tensor]:
        """What the encoders make of rows (B, T, ROW): for each stream (B, T / frames, D), float32."""
        latents = self.latents(rows)
        return [encoder(torch.cat([latents[p] for p in parts], -1)).float()
                for encoder, parts in zip(self.encoders, self.of, strict=True)]

    def rounded(self, streams: list[Tensor], pick: Pick) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Round streams level by level.

        Args:
            streams: as from `streams`.
            pick: (stream, level, x (B, N, D)) -> codes (B, N) and their vectors (B, N, D).

        Returns:
            codes (B, S, N, LEVELS); the code vectors (B, S, N, LEVELS, D), without gradient; and, with
            gradient, what was to be rounded and what was left, of the same shape.
        """
        with torch.autocast(streams[0].device.type, enabled=False):
            left = list(streams)
            levels = []
            for level in range(self.config.depth):
                told: list[tuple[Tensor, ...]] = []
                for s in range(len(left)):
                    x = left[s]
                    if s:
                        x = x + self.heard[s - 1][level](told[-1][1], x)
                    codes, vectors = pick(s, level, x)
                    left[s] = x - vectors
                    told.append((codes, vectors, x, left[s]))
                levels.append([torch.stack(values, 1) for values in zip(*told, strict=True)])
        codes, vectors, aims, rest = (torch.stack(values, 3) for values in zip(*levels, strict=True))
        return codes, vectors, aims, rest

    def nearest(self, stream: int, level: int, x: Tensor) -> tuple[Tensor, Tensor]:
        """The nearest codes to x (B, N, D) and their vectors."""
        book = self.books[stream, level]
        codes = (book.square().sum(-1) - 2.0 * x @ book.T).argmin(-1)
        return codes, book[codes]

    # --- codes -> rows ---

    def embed(self, codes: Tensor, levels: int | None = None) -> Tensor:
        """Sums of code vectors (B, S, N, D) of codes (B, S, N, L), L at most LEVELS.

        Args:
            levels: only so many first levels; None: all that are given.

        Raises:
            ValueError: for other shapes, and codes outside the books.
        """
        c = self.config
        if codes.ndim != 4 or codes.shape[1] != c.streams or not 1 <= codes.shape[3] <= c.depth:
            raise ValueError(f"codes have shape {tuple(codes.shape)}, expected (B, {c.streams}, N, 1 to "
                             f"{c.depth})")
        if codes.numel() and not 0 <= int(codes.min()) <= int(codes.max()) < c.book:
            raise ValueError(f"codes are {int(codes.min())} to {int(codes.max())}, expected 0 to "
                             f"{c.book - 1}")
        used = codes.shape[3] if levels is None else levels
        if not 1 <= used <= codes.shape[3]:
            raise ValueError(f"levels is {levels}, expected 1 to {codes.shape[3]}")
        stream = torch.arange(c.streams, device=codes.device)[:, None]
        return sum(self.books[stream, v, codes[..., v]] for v in range(used))

    def decode(self, codes: Tensor, levels: int | None = None) -> Tensor:
        """Rows (B, N · frames, ROW) of codes as `embed` takes them."""
        return self.decode_soft(self.embed(codes, levels))

    def decode_soft(self, vectors: Tensor) -> Tensor:
        """Rows (B, N · frames, ROW) of sums of code vectors (B, S, N, D), with gradient: also of mixtures."""
        return self.rows_of(self.decoder(vectors))

    def rows_of(self, latents: Tensor) -> Tensor:
        """Rows (B, N · frames, ROW) of all parts' latents (B, N, L), as the decoder makes them."""
        parts = latents.float().split(self.config.patch_latents, -1)
        return torch.cat([p.decode(x) for p, x in zip(self.patches, parts, strict=True)], -1)

    def off(self, made: Tensor, rows: Tensor) -> list[Tensor]:
        """Mean square errors of the latents of body, hands and face; their mean square is 1 in training."""
        return [F.mse_loss(a, b) for a, b in zip(self.latents(made), self.latents(rows), strict=True)]


def load_codec(folder: Path) -> Codec:
    """The codec of a folder, ready to use. UserError where it is missing or does not fit."""
    told = read_config(folder, NAME)
    codec = Codec(SoulNetConfig.from_dict(told["config"]))  # type: ignore[arg-type]
    load_weights(folder, NAME, codec)
    return codec.requires_grad_(False).eval()
