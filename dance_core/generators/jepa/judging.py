"""What the world model is worth on held-out dances, and whether its states have collapsed."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.jepa.losses import effective_rank, spread_range
from dance_core.generators.jepa.stretches import Stretches
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.jepa.world import WorldModel
from dance_core.generators.nets.dances import Dances

FAR = 8  # windows that `judge_far` goes on alone


@torch.no_grad()
def judge_world(model: WorldModel, stretches: Stretches, held_out: Dances, count: int = 192,
                seed: int = 5) -> dict[str, float]:
    """Prediction against what must be beaten, and signs of collapse.

    Errors are mean squares by the mean variance of a number of the state: the mean state has 1. "shuffled
    music" is another stretch's, "deaf" the same model without music; "unheard" and "untold" are the shares
    of the metre and of the limbs' speeds that the states do not tell.
    """
    c = stretches.c
    rows, music, style = stretches.draw(held_out, np.random.default_rng(seed), count, still=0)
    z = model.encode(stretches.latents(rows))
    coming = torch.stack([stretches.music_of(music, k) for k in range(1, stretches.windows)], 1)
    truth, scale = z[:, 1:], z.flatten(0, 2).var(0).mean()

    def error(guess: Tensor) -> float:
        return float((guess - truth).square().mean() / scale)

    deaf = torch.zeros(count, dtype=torch.bool, device=z.device)
    memory = model.listen(coming)
    one = torch.stack([model.predictor(z[:, max(0, k - c.history):k], memory[k - 1], style)
                       for k in range(1, stretches.windows)], 1)
    hearing = model.predictor.music
    sound = ((coming[:, :, :c.window] - hearing.mean) / hearing.spread)[..., c.metre]
    metre, speeds = model.heard(z[:, :-1], z[:, 1:]), stretches.pulses(rows)
    flat = z.flatten(0, 2)
    low, mid, high = spread_range(flat)
    return {
        "val one step": error(one),
        "val rollout": error(model.rollout(z[:, :1], coming, style)),
        "val rollout shuffled music": error(model.rollout(z[:, :1], coming.roll(1, 0), style)),
        "val rollout deaf": error(model.rollout(z[:, :1], coming, style, deaf)),
        "val copy last": error(z[:, :1].expand_as(truth)),
        "val mean": error(flat.mean(0).expand_as(truth)),
        "val metre unheard": float((metre - sound).square().mean() / sound.var()),
        "val pulse untold": float((model.told(z) - speeds).square().mean() / speeds.var()),
        "effective rank": effective_rank(flat),
        "least spread": low, "mean spread": mid, "most spread": high}


@torch.no_grad()
def judge_far(whole: Whole, held_out: Dances, count: int = 192, seed: int = 6) -> list[float]:
    """Errors at step 1 to `FAR` of a rollout from a true past of `history` windows.

    Fewer steps where no held-out dance is as long.
    """
    c, model = whole.config, whole.world.eval()
    room = (int(held_out.lengths.max()) - c.music_ahead) // c.window - c.history
    steps = max(1, min(FAR, room))
    far = Stretches(whole, c.history + steps)
    rows, music, style = far.draw(held_out, np.random.default_rng(seed), count, still=-1)
    z = model.encode(far.latents(rows))
    coming = torch.stack([far.music_of(music, k) for k in range(c.history, far.windows)], 1)
    ahead = model.rollout(z[:, :c.history], coming, style)
    scale = z.flatten(0, 2).var(0).mean()
    return ((ahead - z[:, c.history:]).square().mean((0, 2, 3)) / scale).tolist()
