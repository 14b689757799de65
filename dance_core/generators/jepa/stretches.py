"""Stretches of windows as the world model and the decoder learn from them."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.jepa.whole import Whole
from dance_core.generators.jepa.world import limb_speeds
from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances

JUMPED = 0.3  # share of stretches that jump, where they may
HELD = 0.12  # share of stretches that begin with a held pose


def held(rows: Tensor, frames: int) -> Tensor:
    """(B, frames, ROW): the first of some rows, standing still."""
    still = rows[:, :1].repeat(1, frames, 1)
    still[..., pc.VELOCITY] = 0.0
    still[..., pc.TURN] = 0.0
    return still


class Stretches:
    """Draws stretches of windows, some of which begin with a held pose.

    Args:
        whole: the system, for its patches.
        windows: of a stretch.
        jump: the past of some stretches is up to so many frames too early: 0 for none.
    """

    def __init__(self, whole: Whole, windows: int, jump: int = 0) -> None:
        self.c, self.whole, self.windows, self.jump = whole.config, whole, windows, jump
        self.frames = jump + windows * self.c.window + self.c.music_ahead

    def draw(self, dances: Dances, rng: np.random.Generator, count: int, still: int, varied: bool = False
             ) -> tuple[Tensor, Tensor, Tensor]:
        """rows (B, W·window, ROW), music (B, frames, F), style (B,); windows up to `still` held in some.

        varied: at other tempos too, see Dances.draw.
        """
        drawn, music, style = (x.to(self.whole.hand_mean.device)
                               for x in dances.draw(rng, count, self.frames, varied))
        music = music[:, self.jump:]
        rows = drawn[:, self.jump:self.jump + self.windows * self.c.window].clone()
        if self.jump:  # a past of another phase: only the music tells where the beat is now
            for i in np.flatnonzero(rng.random(count) < JUMPED):
                early = int(rng.integers(self.jump))
                rows[i, :self.c.window] = drawn[i, early:early + self.c.window]
        begins = torch.from_numpy(rng.random(count) < HELD).to(rows.device)
        lead = (still + 1) * self.c.window
        rows[begins, :lead] = held(rows[begins, lead:], lead)
        return rows, music, style

    def latents(self, rows: Tensor) -> Tensor:
        """(B, W, tokens, L)."""
        return self.whole.patches.encode(rows).unflatten(1, (-1, self.c.tokens))

    def music_of(self, music: Tensor, window: int, before: int = 0) -> Tensor:
        """The music of a window, `before` frames earlier until music_ahead frames later."""
        a = window * self.c.window
        return music[:, a - before:a + self.c.window + self.c.music_ahead]

    def coming(self, music: Tensor, first: int) -> Tensor:
        """(B, W - first, window + music_ahead, F): the music of each window from the `first` on."""
        return torch.stack([self.music_of(music, k) for k in range(first, self.windows)], 1)

    @torch.no_grad()
    def pulses(self, rows: Tensor) -> Tensor:
        """(B, W, window / PULSE_EVERY, LIMBS) what the states shall tell of some rows (B, W·window, ROW)."""
        with torch.autocast(rows.device.type, enabled=False):
            speed = fk.velocities(rows, fk.places(rows))
        return limb_speeds(torch.cat([speed, speed[:, -1:]], 1)).unflatten(1, (self.windows, -1))
