"""The third stage: the decoder learns to do in a few steps, each one pass, what it did in many of two passes.

A copy of the trained decoder is the teacher. The pupil goes its own way from noise up to one of its few
times; from there the teacher takes several small steps, each guess led away from the one without music as
strongly as the pupil is told; the pupil learns to guess the end of the straight line that arrives where the
teacher did. That is progressive distillation (Salimans and Ho, 2022) with the guidance in it (Meng et al.,
2023), on the pupil's own paths. Music and steps of the pupil are then all that a window costs.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.jepa.decoder import Decoder
from dance_core.generators.jepa.decoder_loss import HEARD, DecoderLoss
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.nets import flow
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances

SUBSTEPS = 3  # of the teacher for one of the pupil
WEAKEST, STRONGEST = 1.0, 3.5  # guidance that the pupil is told
METRES_SHARE = 0.5  # of the losses in metres: the teacher's guess is followed, not the dance


class SwiftLoss(DecoderLoss):
    """Loss and judgement of the decoder's third stage. The teacher is the decoder as it is now."""

    def __init__(self, whole: Whole, dances: Dances, held_out: Dances) -> None:
        super().__init__(whole, dances, held_out, "")
        self.teacher = copy.deepcopy(whole.decoder).requires_grad_(False).eval()

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        batch = self.batch(self.dances, rng, count)
        drawn = rng.uniform(WEAKEST, STRONGEST, count).astype(np.float32)
        strength = torch.from_numpy(drawn).to(batch["x"].device)
        step = int(rng.integers(self.c.swift))
        guess, target = self._lesson(model, batch, strength, step)
        numbers = {"latent": (guess - target).square().mean()}
        aimed = {**batch, "rows": self._as_rows(batch["rows"], target)}
        body, parts = self._body_loss(guess, aimed, torch.ones_like(strength))
        numbers |= {n: v for n, v in parts.items() if n != "stance"}
        heard = self.heard_loss(guess, batch, torch.ones_like(strength))
        loss = numbers["latent"] + METRES_SHARE * body + HEARD * heard
        return loss, {n: float(torch.as_tensor(v).detach()) for n, v in {**numbers, "heard": heard}.items()}

    def _lesson(self, model: nn.Module, batch: dict[str, Tensor], strength: Tensor, step: int
                ) -> tuple[Tensor, Tensor]:
        """The pupil's guess at its `step` and the teacher's, both (B, tokens, L)."""
        pupil, times = _pupil(model, batch, strength), self._times
        with torch.no_grad():
            x = flow.walk(pupil, torch.randn_like(batch["x"]), times[:step + 1])
            with torch.autocast(x.device.type, torch.bfloat16):  # as the pupil computes
                target = teach(self.teacher, x, _given(batch), strength, times[step], times[step + 1])
        return pupil(x, torch.full_like(strength, times[step])), target

    @property
    def _times(self) -> list[float]:
        """Where the pupil's steps begin, and 1."""
        return [k / self.c.swift for k in range(self.c.swift + 1)]

    def _as_rows(self, rows: Tensor, target: Tensor) -> Tensor:
        """Rows whose new window is the target. Guidance carries contacts past 0 and 1: they are cut off."""
        window = self.whole.patches.decode(target)
        window[..., pc.CONTACTS] = window[..., pc.CONTACTS].clamp(0.0, 1.0)
        return torch.cat([rows[:, :self.c.context], window], 1)

    def judge(self, model: nn.Module) -> dict[str, float]:
        """How far the pupil's way ends from the teacher's, beside the teacher's own from other noise."""
        rng = np.random.default_rng(7)
        torch.manual_seed(7)
        batch = self.batch(self.held_out, rng, 64)
        strength = torch.full((64,), self.c.guidance, device=batch["x"].device)
        noise, other = torch.randn_like(batch["x"]), torch.randn_like(batch["x"])
        theirs, another = (teach(self.teacher, n, _given(batch), strength, 0.0, 1.0, SUBSTEPS * self.c.swift)
                           for n in (noise, other))
        x = flow.walk(_pupil(model, batch, strength), noise, self._times)
        return {"val from teacher": float((x - theirs).square().mean()),
                "val between noises": float((another - theirs).square().mean())}


def _given(batch: dict[str, Tensor]) -> list[Tensor]:
    """What the decoder hears of a batch before it has seen any of the window."""
    return [batch[n] for n in ("context", "states", "music", "style")]


def _pupil(model: nn.Module, batch: dict[str, Tensor], strength: Tensor) -> flow.Predict:
    """The pupil's guesses, with guidance in them."""
    return lambda x, t: model(x, t, *_given(batch), None, strength).float()


def teach(teacher: Decoder, x: Tensor, given: list[Tensor], strength: Tensor, now: float, then: float,
          substeps: int = SUBSTEPS) -> Tensor:
    """What must be guessed at `now` to arrive where the teacher's guided steps lead from x until `then`.

    Args:
        x: (B, tokens, L) at the time `now`, 0 = noise.
        given: context, states, music and style, as Decoder.listen takes them.
        strength: (B,) of the guidance; 1 = as trained.

    Returns:
        (B, tokens, L): x̂ of a straight line from x through that place.
    """
    times = np.linspace(now, then, substeps + 1).tolist()
    at = flow.walk(teacher.guided(given, strength), x, times)
    return x + (at - x) * ((1.0 - now) / (then - now))
