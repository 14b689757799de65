"""A few rows of a dance as one short latent vector, by a weighted PCA, and back.

A network that works on single frames spends itself on what hardly changes between them. Four frames at
once, reduced to their principal directions, are a tenth of the numbers. What counts as principal is
weighed in metres: a rotation counts by the reach of the chain that hangs on its joint, so that feet, which
must not slide, are kept exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.nets import pose_code as pc
from dance_core.motion.skeleton import BODY, PARENTS, REST_JOINTS

WHITENING = 0.5  # 1: all latents have unit spread; 0: their own. Half: the large lead, the small are heard
MOST_ROWS = 200_000  # rows looked at when fitting


def row_weights() -> np.ndarray:
    """(ROW,) about how many metres of the body a unit of each column moves."""
    reach = np.zeros(BODY)
    for j in range(BODY - 1, -1, -1):
        below = [k for k in range(BODY) if PARENTS[k] == j]
        reach[j] = max((reach[k] + np.linalg.norm(REST_JOINTS[k] - REST_JOINTS[j]) for k in below),
                       default=0.15)
    reach[0] = reach[1] + 0.3  # the pelvis turns everything: its legs count, its arms too
    weights = np.ones(pc.ROW)
    weights[pc.SIX] = np.repeat(reach, 6)
    weights[pc.HEIGHT] = 1.5
    weights[pc.VELOCITY] = 0.3  # a third of a second of drift
    weights[pc.TURN] = 0.2
    weights[pc.CONTACTS] = 0.06
    weights[pc.HANDS] = 0.06
    weights[pc.FACES] = 0.15
    return weights


@dataclass(frozen=True, eq=False)
class PatchStatistics:
    """What a `Patches` needs: mean (P·C,), to_latent (P·C, L), from_latent (L, P·C), of C columns."""

    mean: np.ndarray
    to_latent: np.ndarray
    from_latent: np.ndarray

    @classmethod
    def fit(cls, rows: list[np.ndarray], patch: int, latents: int, seed: int = 0,
            columns: slice = slice(0, pc.ROW), whitening: float = WHITENING,
            weights: np.ndarray | None = None) -> "PatchStatistics":
        """From rows (T, ROW) of many dances, patches beginning at any frame; of some columns only.

        weights: (ROW,) what a unit of each column counts; None: `row_weights`.
        """
        rng = np.random.default_rng(seed)
        windows = [np.lib.stride_tricks.sliding_window_view(r[:, columns], patch, axis=0)
                   for r in rows if len(r) >= patch]
        share = min(1.0, MOST_ROWS / max(1, sum(map(len, windows))))
        picked = [w[rng.random(len(w)) < share] for w in windows]
        x = np.concatenate([p.transpose(0, 2, 1).reshape(len(p), -1) for p in picked]).astype(np.float64)
        weight = np.tile((row_weights() if weights is None else weights)[columns], patch)
        mean = x.mean(axis=0)
        x = (x - mean) * weight
        values, vectors = np.linalg.eigh(x.T @ x / len(x))
        order = np.argsort(values)[::-1][:latents]
        spread, basis = np.sqrt(np.maximum(values[order], 1e-12)), vectors[:, order]
        scale = spread**-whitening
        scale /= np.sqrt(((spread * scale) ** 2).mean())  # unit spread on average, as the noise has
        return cls(mean.astype(np.float32), (weight[:, None] * basis * scale).astype(np.float32),
                   ((basis / scale).T / weight).astype(np.float32))

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays by name, as `PatchStatistics(**arrays)` takes them."""
        return {"mean": self.mean, "to_latent": self.to_latent, "from_latent": self.from_latent}


class Patches(nn.Module):
    """Rows ↔ latents, as fixed linear maps.

    Args:
        patch: P, rows in a patch.
        latents: L.
        columns: C, of the rows that it is given.
        statistics: None leaves zeros, to be filled from a file.
    """

    def __init__(self, patch: int, latents: int, statistics: PatchStatistics | None = None,
                 columns: int = pc.ROW) -> None:
        super().__init__()
        self.patch, self.latents, self.columns = patch, latents, columns
        width = patch * columns
        shapes = {"mean": (width,), "to_latent": (width, latents), "from_latent": (latents, width)}
        for name, shape in shapes.items():
            value = torch.zeros(shape) if statistics is None else torch.from_numpy(getattr(statistics, name))
            self.register_buffer(name, value)

    def encode(self, rows: Tensor) -> Tensor:
        """(B, N·P, C) -> (B, N, L), float32 whatever the autocast."""
        with torch.autocast(rows.device.type, enabled=False):
            flat = rows.float().reshape(len(rows), -1, self.mean.numel())
            return (flat - self.mean) @ self.to_latent

    def decode(self, latents: Tensor) -> Tensor:
        """(B, N, L) -> (B, N·P, C)."""
        with torch.autocast(latents.device.type, enabled=False):
            return (latents.float() @ self.from_latent + self.mean).reshape(len(latents), -1, self.columns)
