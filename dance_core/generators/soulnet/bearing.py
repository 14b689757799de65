"""Who dances, and where they look: what the masked transformer is told beside the music.

The manner is that of nets/manner.py. Beside it stands the heading at the first moment that is asked for, and
how much of the stretch is danced to the front: rows know only how a heading changes, and a network that never
hears its own stands turned away as gladly as not.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.nets import manner as mn
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances

MEASURES = mn.NUMBERS + 1  # of each moment: those of a manner, and cos of the heading
BEARING = MEASURES + 2  # manner, mean cos of the heading; cos and sin of it at the first moment
LOOKS = BEARING - mn.NUMBERS


class Bearing(nn.Module):
    """Tells a network a bearing, and has the book of manners to draw from.

    Args:
        width: of what is told.
        dancers: manners in the book.
    """

    def __init__(self, width: int, dancers: int) -> None:
        super().__init__()
        self.manner = mn.Manner(width, dancers)
        self.looks = nn.Sequential(nn.Linear(LOOKS, width), nn.SiLU(), nn.Linear(width, width))
        self.anywhere = nn.Parameter(torch.zeros(width))
        nn.init.zeros_(self.looks[2].weight)
        nn.init.zeros_(self.looks[2].bias)

    def forward(self, bearing: Tensor, say: Tensor) -> Tensor:
        """(B, width) of bearings (B, BEARING); say (B, 2) bool: the manner, where they look."""
        looks = self.looks(bearing[:, mn.NUMBERS:])
        return (self.manner(bearing[:, :mn.NUMBERS], say[:, 0])
                + torch.where(say[:, 1, None], looks, self.anywhere.to(looks.dtype)))


def measured(rows: np.ndarray, heading: float, patch: int) -> tuple[np.ndarray, np.ndarray]:
    """MEASURES of each moment (T / patch, MEASURES), and the heading (T / patch,) rad of its first frame.

    Args:
        rows: (T, ROW), T whole patches.
        heading: rad, of the first row.
    """
    yaw = pc.headings(rows, heading)
    each = np.concatenate([mn.measured(rows), np.cos(yaw)[:, None]], 1)
    return each.reshape(-1, patch, MEASURES).mean(1).astype(np.float32), yaw[::patch].astype(np.float32)


def bearing_of(measures: np.ndarray, heading: np.ndarray) -> np.ndarray:
    """(…, BEARING) float32 of mean measures (…, MEASURES) of a stretch and its first heading (…) in rad."""
    manner = mn.manner_of(measures[..., :mn.NUMBERS])
    looks = np.stack([measures[..., mn.NUMBERS], np.cos(heading), np.sin(heading)], -1)
    return np.concatenate([manner, looks], -1).astype(np.float32)


def book_of(dances: Dances) -> tuple[np.ndarray, np.ndarray]:
    """Manners (D, NUMBERS) and styles (D,) of all dances that are no mirror images."""
    own = [i for i, name in enumerate(dances.ids) if not name.startswith("~")]
    rows = (dances.rows[dances.starts[i]:dances.starts[i] + dances.lengths[i]] for i in own)
    return np.stack([mn.manner_in(r) for r in rows]), dances.style[own].astype(np.int64)
