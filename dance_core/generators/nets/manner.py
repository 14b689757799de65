"""How a dancer dances, in a few numbers: wild or tame, on one spot or all over the stage, hands low or high.

Two dances of one style to one song differ in this more than in anything else, and no music tells it. A
network that is not told dances as the mean of all dancers, each time. One that is told dances like one of
them: it is shown a stretch's own manner while it learns, and for each new dance that of a dancer of the
style, drawn by the dance's seed and song.

It is of the body alone: what hands and face do goes with it.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.segments import lot_of
from dance_core.music.beats import Beats

# means over a stretch. Speeds, turns: their logarithm, of that plus the least that is told apart
NAMES = ("joints, m/s", "pelvis along the floor, m/s", "wrists seen from the pelvis, m/s", "ankles, m/s",
         "turn, rad/s",
         "wrists above the pelvis, m", "wrists beside the spine, m", "pelvis above the floor, m")
NUMBERS = len(NAMES)
LEAST = (0.02, 0.02, 0.05, 0.02, 0.1)  # of the first five
_PELVIS, _SPINE, _ANKLES, _WRISTS = 0, 9, (7, 8), (20, 21)
ALIKE = 0.2  # share of a style's dancers who are about as lively as is asked for
_AT_ONCE = 1024  # frames: places take 22 joints of memory each


@torch.no_grad()
def measured(rows: np.ndarray) -> np.ndarray:
    """(T, NUMBERS) float32 of rows (T, ROW), T > 1: to be averaged over a stretch; then `manner_of`."""
    out = np.empty((len(rows), NUMBERS), np.float32)
    for a in range(0, len(rows), _AT_ONCE):
        piece = torch.from_numpy(rows[a:a + _AT_ONCE + 1]).float()[None]
        at = fk.places(piece)
        count = min(len(rows) - a, _AT_ONCE)
        if piece.shape[1] > 1:
            out[a:a + count] = _measured(piece, at)[:count]
        else:  # the last frame alone
            out[a:] = out[a - 1]
    return out


def _measured(rows: Tensor, at: Tensor) -> np.ndarray:
    speed = fk.velocities(rows, at).norm(dim=-1)[0]
    wrists = at[0, :, _WRISTS] - at[0, :, _PELVIS, None]
    beside = (at[0, :, _WRISTS, ::2] - at[0, :, _SPINE, None, ::2]).norm(dim=-1)
    moved = torch.stack([speed.mean(-1), rows[0, :-1, pc.VELOCITY].norm(dim=-1),
                         wrists.diff(dim=0).norm(dim=-1).mean(-1) * 30.0, speed[:, _ANKLES].mean(-1),
                         rows[0, :-1, pc.TURN].abs()], -1)
    moved = torch.cat([moved, moved[-1:]])
    held = torch.stack([wrists[..., 1].mean(-1), beside.mean(-1), rows[0, :, pc.HEIGHT]], -1)
    return torch.cat([moved, held], -1).numpy()


def manner_of(means: np.ndarray) -> np.ndarray:
    """(…, NUMBERS) float32 of means (…, NUMBERS) of what is `measured`."""
    out = np.array(means, np.float32)
    out[..., :len(LEAST)] = np.log(np.maximum(out[..., :len(LEAST)], 0.0) + LEAST)
    return out


def manner_in(rows: np.ndarray) -> np.ndarray:
    """(NUMBERS,) float32 of a stretch of rows (T, ROW), T > 1."""
    return manner_of(measured(rows).mean(0))


def unsaid(count: int) -> Tensor:
    """(count, NUMBERS) NaN: manners that nobody says."""
    return torch.full((count, NUMBERS), torch.nan)


def at_pace(manner: np.ndarray, pace: float) -> np.ndarray:
    """(…, NUMBERS) of the same dances `pace` times as fast."""
    out = np.array(manner, np.float32)
    fast = out[..., :len(LEAST)]
    fast[:] = np.log((np.exp(fast) - LEAST).clip(0.0) * pace + LEAST)
    return out


class Manner(nn.Module):
    """Tells a network a manner, and knows those of the dancers that it learned from.

    Args:
        width: of what is told.
        dancers: how many manners it knows.
    """

    def __init__(self, width: int, dancers: int) -> None:
        super().__init__()
        self.register_buffer("book", torch.zeros(dancers, NUMBERS))
        self.register_buffer("style", torch.zeros(dancers, dtype=torch.int64))
        self.register_buffer("mean", torch.zeros(NUMBERS))
        self.register_buffer("spread", torch.ones(NUMBERS))
        self.told = nn.Sequential(nn.Linear(NUMBERS, width), nn.SiLU(), nn.Linear(width, width))
        self.unsaid = nn.Parameter(torch.zeros(width))
        nn.init.zeros_(self.told[2].weight)
        nn.init.zeros_(self.told[2].bias)

    def fit(self, book: np.ndarray, style: np.ndarray) -> None:
        """Manners (dancers, NUMBERS) and the styles (dancers,) that they were danced in."""
        self.book.copy_(torch.from_numpy(book))
        self.style.copy_(torch.from_numpy(style))
        self.mean.copy_(self.book.mean(0))
        self.spread.copy_(self.book.std(0, correction=0) + 1e-3)

    def forward(self, manner: Tensor, say: Tensor | None = None) -> Tensor:
        """Manners (B, NUMBERS) -> (B, width). say: (B,) bool; False: any."""
        told = self.told((manner - self.mean) / self.spread)
        return told if say is None else torch.where(say[:, None], told, self.unsaid.to(told.dtype))

    def drawn(self, seed: int, beats: Beats, style: int, energy: float | None = None, own: float = 1.0
              ) -> np.ndarray:
        """(NUMBERS,) of a dancer of the style, or of any where none has it.

        The same for a whole dance, and to slow and fast covers of its song.

        Args:
            energy: one of those who are about so lively: 0 = the calmest, 1 = the liveliest; None: any.
            own: how far it is that dancer's; 0: the mean of those of the style.
        """
        book, styles = self.book.cpu().numpy(), self.style.cpu().numpy()
        having = np.flatnonzero(styles == style)
        having = having if len(having) else np.arange(len(book))
        mean = book[having].mean(0)
        if energy is not None:
            ranked = having[np.argsort(book[having, 0], kind="stable")]
            count = max(1, round(len(ranked) * ALIKE))
            first = round(energy * (len(ranked) - count))
            having = ranked[first:first + count]
        one = book[having[lot_of(seed, beats, "manner", covers=True).integers(len(having))]]
        return mean + np.float32(own) * (one - mean)
