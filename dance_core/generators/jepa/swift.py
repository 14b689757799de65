"""The third stage: the decoder learns to guess in one pass what guidance took two for.

A copy of the trained decoder is the teacher. The pupil is told how strongly to follow the music, goes its
own way from noise up to one of the few times at which it will be asked, and learns the guess that the
teacher, led away from its guess without music, makes there: guidance distillation (Meng et al., "On
Distillation of Guided Diffusion Models", 2023), here on the pupil's own paths. It learns nothing else: with
the end of several of the teacher's steps for a target, dances came out more alike.
"""

from __future__ import annotations

import copy
import math

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.jepa.decoder_loss import DecoderLoss
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.nets import flow
from dance_core.generators.nets.dances import Dances

WEAKEST, STRONGEST = 0.7, 4.5  # guidance that the pupil is told, every ratio as often


class SwiftLoss(DecoderLoss):
    """Loss and judgement of the decoder's third stage. The teacher is the decoder as it is now."""

    def __init__(self, whole: Whole, dances: Dances, held_out: Dances) -> None:
        super().__init__(whole, dances, held_out, "")
        self.teacher = copy.deepcopy(whole.decoder).requires_grad_(False).eval()
        self.times = (*self.c.swift, 1.0)

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        batch = self.batch(self.dances, rng, count)
        drawn = np.exp(rng.uniform(math.log(WEAKEST), math.log(STRONGEST), count)).astype(np.float32)
        strength = torch.from_numpy(drawn).to(batch["x"].device)
        step = int(rng.integers(len(self.c.swift)))
        guess, target = self._lesson(model, batch, strength, step)
        loss = (guess - target).square().mean()
        return loss, {f"latent t={self.times[step]:g}": float(loss.detach())}

    def _lesson(self, model: nn.Module, batch: dict[str, Tensor], strength: Tensor, step: int
                ) -> tuple[Tensor, Tensor]:
        """The pupil's guess on its `step` and the teacher's at the same place, both (B, tokens, L)."""
        pupil = _pupil(model, batch, strength)
        with torch.no_grad():
            x = flow.walk(pupil, torch.randn_like(batch["x"]), self.times[:step + 1])
            now = torch.full_like(strength, self.times[step])
            with torch.autocast(x.device.type, torch.bfloat16):  # as the pupil computes
                target = self.teacher.guided(_given(batch), strength)(x, now)
        return pupil(x, now), target

    def judge(self, model: nn.Module) -> dict[str, float]:
        """How far the pupil's way ends from the teacher's, beside the teacher's own from other noise; and how
        far what each makes of that other noise lies from what it makes of the first."""
        rng = np.random.default_rng(7)
        torch.manual_seed(7)
        batch = self.batch(self.held_out, rng, 64)
        strength = torch.full((64,), self.c.guidance, device=batch["x"].device)
        noises = torch.randn_like(batch["x"]), torch.randn_like(batch["x"])
        theirs = [flow.walk(self.teacher.guided(_given(batch), strength), n, self.times) for n in noises]
        ours = [flow.walk(_pupil(model, batch, strength), n, self.times) for n in noises]
        return {"val from teacher": _apart(ours[0], theirs[0]), "val between noises": _apart(*theirs),
                "val between own": _apart(*ours)}


def _apart(a: Tensor, b: Tensor) -> float:
    return float((a - b).square().mean())


def _given(batch: dict[str, Tensor]) -> list[Tensor]:
    """What the decoder hears of a batch before it has seen any of the window."""
    return [batch[n] for n in ("context", "states", "music", "style")]


def _pupil(model: nn.Module, batch: dict[str, Tensor], strength: Tensor) -> flow.Predict:
    """The pupil's guesses, with guidance in them."""
    return lambda x, t: model(x, t, *_given(batch), None, strength).float()
