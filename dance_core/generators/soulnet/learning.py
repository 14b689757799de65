"""How the codec learns: codebooks by moving averages, rows in their spread and in metres.

The codebooks are `vector-quantize-pytorch`'s while they learn, one module for each stream and level. What is
relied on, and what is not:

- It is given vectors without gradient. The way back past the rounding is ours, once for the sum of all
  levels: the library's residual quantiser multiplies the gradient by the number of levels.
- It runs in float32, and only in training. Judged and danced is with the codec's own copy of the books
  (`settle`), so nothing is started or moved by looking.
- Its threshold for dead codes is in vectors a batch, so it is worked out from the size of the batch.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from vector_quantize_pytorch import VectorQuantize

from dance_core.generators.nets import fk
from dance_core.generators.nets.dances import Dances
from dance_core.generators.nets.in_metres import body_errors, stage_errors
from dance_core.generators.soulnet.codec import PARTS, Codec

WINDOW = 64  # frames of a stretch that is learned from
# weights of errors in m², (m/s)² and of standing feet's (m/s)²; the latents' mean square error has 1. What
# heading and way add up to over a stretch counts by itself: frame by frame such errors are too small to see
SCALE = {"metres": 10.0, "turned": 30.0, "way": 5.0, "speed": 0.4, "stance": 2.0}
FIRST = 24  # batches that the books are begun from


class Learner(nn.Module):
    """A codec and the books that it learns.

    Args:
        tokens: codes of each stream in a batch.
    """

    def __init__(self, codec: Codec, tokens: int) -> None:
        super().__init__()
        c = codec.config
        self.codec = codec
        self.quantisers = nn.ModuleList(
            nn.ModuleList(VectorQuantize(
                dim=c.vector, codebook_size=c.book, decay=c.decay, kmeans_init=True, commitment_weight=0.0,
                rotation_trick=False, threshold_ema_dead_code=c.dead * tokens / c.book)
                for _ in range(c.depth)) for _ in range(c.streams))

    @property
    def begun(self) -> bool:
        """Whether the books have been begun."""
        return bool(self.quantisers[0][0]._codebook.initted)

    def forward(self, rows: Tensor, kept: Tensor) -> tuple[Tensor, Tensor]:
        """Rows made of rows (B, T, ROW), and how far the streams are from their codes.

        Args:
            kept: (B,) levels that each stretch is made from.
        """
        streams = self.codec.streams(rows)
        _, vectors, aims, rest = self.codec.rounded(streams, self._learned)
        far = F.mse_loss(aims, vectors)
        level = torch.arange(vectors.shape[3], device=rows.device)
        has = (level < kept[:, None]).to(vectors)[:, None, None, :, None]
        last = (level == kept[:, None] - 1).to(vectors)[:, None, None, :, None]
        left = (rest * last).sum(3)  # after the last level that is kept
        vectors = (vectors * has).sum(3) + left - left.detach()
        return self.codec.decode_soft(vectors), far

    @torch.no_grad()
    def begin(self, rows: Tensor) -> None:
        """Begin the books by k-means on many rows (B, T, ROW)."""
        self.codec.rounded(self.codec.streams(rows), self._learned)

    @torch.no_grad()
    def settle(self) -> None:
        """Give the codec the books as they stand."""
        if self.begun:
            self.codec.books.copy_(torch.stack([torch.stack([q.codebook for q in of])
                                                for of in self.quantisers]))

    def _learned(self, stream: int, level: int, x: Tensor) -> tuple[Tensor, Tensor]:
        vectors, codes, _ = self.quantisers[stream][level](x.detach())
        return codes, vectors.detach()


class CodecLoss:
    """Loss and judgement of the codec's stage."""

    def __init__(self, learner: Learner, dances: Dances, held_out: Dances) -> None:
        self.learner, self.c, self.dances, self.held_out = learner, learner.codec.config, dances, held_out

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        device = self.learner.codec.books.device
        rows = self.dances.draw(rng, count, WINDOW, varied=True)[0].to(device)
        if not self.learner.begun:
            self.learner.begin(self.dances.draw(rng, FIRST * count, WINDOW)[0].to(device))
        kept = np.full(count, self.c.depth)
        fewer = rng.random(count) < self.c.drop_levels
        kept[fewer] = rng.integers(1, self.c.depth + 1, int(fewer.sum()))
        made, far = model(rows, torch.from_numpy(kept).to(device))
        row = sum(self.learner.codec.off(made, rows)) / PARTS
        body, told = body_loss(made, rows, SCALE)
        numbers = {"rows": float(row.detach()), "far": float(far.detach())}
        return row + self.c.commit * far + body, numbers | told

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Errors on held-out dances, through the codes, and how many codes are in use (perplexity)."""
        self.learner.settle()
        return judged(self.learner.codec, self.held_out)[0] if self.learner.begun else {}


def body_loss(made: Tensor, rows: Tensor, scale: Mapping[str, float]) -> tuple[Tensor, dict[str, float]]:
    """Errors of the body and of where it goes, weighted by name, of rows (B, T, ROW); and each, to log."""
    errors = {name: value.mean() for name, value in
              (body_errors(made, rows) | stage_errors(made, rows)).items()}
    return (sum(scale[name] * value for name, value in errors.items()),
            {name: float(value.detach()) for name, value in errors.items()})


def judged(codec: Codec, held_out: Dances) -> tuple[dict[str, float], Tensor, Tensor]:
    """Errors through the codes, how many codes are in use (perplexity); rows made and true, (B, T, ROW)."""
    c = codec.config
    rows = held_out.draw(np.random.default_rng(7), 256, WINDOW)[0].to(codec.books.device)
    codes = codec.encode(rows)
    made = codec.decode(codes)
    body = body_errors(made, rows) | stage_errors(made, rows)
    off = codec.off(made, rows)
    used = [perplexity(codes[:, s, :, v], c.book) for s in range(c.streams) for v in range(c.depth)]
    return {"val cm": 100.0 * float((fk.places(made) - fk.places(rows)).norm(dim=-1).mean()),
            "val turned": float(body["turned"].mean()), "val way": float(body["way"].mean()),
            "val stance": float(body["stance"].mean()),
            "val body": float(off[0]), "val hands": float(off[1]), "val face": float(off[2]),
            "least perplexity": min(used), "mean perplexity": float(np.mean(used))}, made, rows


def perplexity(codes: Tensor, book: int) -> float:
    """e to the entropy of how often each code is used: `book` where all are used alike, 1 where one is."""
    share = torch.bincount(codes.flatten(), minlength=book).double()
    share = share / share.sum()
    return float(torch.exp(-(share * share.clamp_min(1e-12).log()).sum()))
