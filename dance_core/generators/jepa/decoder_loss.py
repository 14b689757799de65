"""What the decoder d learns from: the clean window in latents, in metres, and as the world model hears it."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.jepa.stretches import Stretches
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.nets import flow
from dance_core.generators.nets.dances import Dances
from dance_core.generators.nets.in_metres import SCALE, body_errors

CONTEXT_NOISE = 0.08  # most noise on the decoder's context: what it gets when it dances is its own work
BODY_FROM = 0.35  # share of the decoder's stage after which losses in metres join in
HEARD = 0.4  # weight of what the world model hears of beat and bar in what is danced


class DecoderLoss(Stretches):
    """Loss and judgement of d."""

    def __init__(self, whole: Whole, dances: Dances, held_out: Dances, ablation: str) -> None:
        super().__init__(whole, 4)
        self.dances, self.held_out, self.ablation = dances, held_out, ablation

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        batch = self.batch(self.dances, rng, count)
        t = flow.draw_times(count, None, batch["x"].device)
        hear = self.hearing(rng.random(count) >= self.c.drop_music, t.device)
        guess = self._guess(model, batch, t, hear)
        weight = flow.weight(t)
        numbers = {}
        loss = ((guess - batch["x"]).square().mean((1, 2)) * weight).mean()
        numbers["latent"] = float(loss.detach())
        if share >= BODY_FROM:
            body, parts = self._body_loss(guess, batch, weight / flow.MOST_WEIGHT)
            loss, numbers = loss + body, numbers | parts
        heard = self.heard_loss(guess, batch, weight / flow.MOST_WEIGHT * hear)
        numbers["heard"] = float(heard.detach())
        return loss + HEARD * heard, numbers

    def hearing(self, wanted: np.ndarray, device: torch.device) -> Tensor:
        """(B,) bool: whose guess is made with music; nobody's where the music is left out altogether."""
        return torch.from_numpy(wanted & (self.ablation != "music-blind")).to(device)

    def heard_loss(self, guess: Tensor, batch: dict[str, Tensor], weight: Tensor) -> Tensor:
        """How badly the world model hears beat and bar back from the dance so far and the guess.

        A guess that is nearly right in every number may still rest beside the beat, and that is what is seen.
        weight (B,): 0 for guesses made without music, which have no beat to be on; the loss is 0 if all are.
        """
        world = self.whole.world
        with torch.autocast(guess.device.type, torch.bfloat16):
            after = world.encode(guess[:, None])
            told = world.heard(batch["states"][:, None, :self.c.chunks], after)
        error = (told.float() - batch["metre"]).square().mean((1, 2, 3))
        return (error * weight).sum() / weight.sum().clamp_min(1e-6)

    def _guess(self, model: nn.Module, batch: dict[str, Tensor], t: Tensor, hear: Tensor) -> Tensor:
        noise = torch.randn_like(batch["x"])
        out = model(flow.mixed(batch["x"], noise, t), t, batch["context"], batch["states"], batch["music"],
                    batch["style"], hear)
        return out.float()

    @torch.no_grad()
    def batch(self, dances: Dances, rng: np.random.Generator, count: int) -> dict[str, Tensor]:
        c, world = self.c, self.whole.world
        varied = dances is self.dances
        rows, music, style = self.draw(dances, rng, count, still=self.windows - 2, varied=varied)
        latents = self.latents(rows)  # (B, 4, tokens, L)
        z = world.encode(latents)
        steps = int(rng.integers(0, self.windows))  # windows that g went on alone; 0: the true state
        start = self.windows - steps
        if steps:
            coming = self.coming(music, start)
            ahead = world.rollout(z[:, :start], coming, style)[:, -1]
        else:
            ahead = z[:, -1]
        context = latents[:, -2, -c.context_tokens:]
        level = CONTEXT_NOISE * torch.rand(count, 1, 1, device=rows.device)
        context = context + level * torch.randn_like(context)
        return {"x": latents[:, -1], "rows": rows[:, -c.window - c.context:], "context": context,
                "states": torch.cat([z[:, -2], ahead], 1), "style": style,
                "metre": world.metre(self.music_of(music, self.windows - 1)[:, None]),
                "music": self.music_of(music, self.windows - 1, c.context)}

    def _body_loss(self, guess: Tensor, batch: dict[str, Tensor], weight: Tensor
                   ) -> tuple[Tensor, dict[str, float]]:
        """Errors in metres and m/s, one patch of the context included so that the way on is smooth."""
        p = self.c.patch
        true = batch["rows"][:, self.c.context - p:]
        made = torch.cat([true[:, :p], self.whole.patches.decode(guess)], 1)
        parts = body_errors(made, true)
        loss = sum(SCALE[n] * (weight * v).mean() for n, v in parts.items())
        return loss, {n: float(v.mean().detach()) for n, v in parts.items()}

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Error of the guess on held-out dances, half-way and near the end of the path."""
        rng, numbers = np.random.default_rng(7), {}
        torch.manual_seed(7)
        batch = self.batch(self.held_out, rng, 128)
        hear = self.hearing(np.ones(128, bool), batch["x"].device)
        for at in (0.0, 0.5, 0.9):
            t = torch.full((128,), at, device=hear.device)
            guess = self._guess(model, batch, t, hear)
            numbers[f"val latent t={at}"] = float((guess - batch["x"]).square().mean())
            shuffled = {**batch, "music": batch["music"].roll(1, 0), "states": batch["states"].roll(1, 0)}
            if at == 0.0:
                numbers["val latent t=0 other music"] = float(
                    (self._guess(model, shuffled, t, hear) - batch["x"]).square().mean())
        return numbers
