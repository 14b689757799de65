"""What the world model is worth on held-out dances, and whether its states have collapsed."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.jepa.losses import effective_rank, spread_range
from dance_core.generators.jepa.stretches import JUMPED, Stretches
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.jepa.world import WorldModel
from dance_core.generators.nets.dances import Dances

FAR = 8  # windows that `judge_far` goes on alone
JUMP = 40  # frames that the past of some stretches is too early, at most: then the music alone tells the beat


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
    coming = stretches.coming(music, 1)
    truth, scale = z[:, 1:], z.flatten(0, 2).var(0).mean()

    def error(guess: Tensor) -> float:
        return float((guess - truth).square().mean() / scale)

    deaf = torch.zeros(count, dtype=torch.bool, device=z.device)
    memory = model.listen(coming)
    one = torch.stack([model.predictor(z[:, max(0, k - c.history):k], memory[k - 1], style)
                       for k in range(1, stretches.windows)], 1)
    sound = model.metre(coming)
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
    coming = far.coming(music, c.history)
    ahead = model.rollout(z[:, :c.history], coming, style)
    scale = z.flatten(0, 2).var(0).mean()
    return ((ahead - z[:, c.history:]).square().mean((0, 2, 3)) / scale).tolist()


def judged(whole: Whole, held_out: Dances, count: int = 512) -> str:
    """Markdown: what the world model is worth on held-out dances, beside what must be beaten."""
    stretches = Stretches(whole, whole.config.rollout + 1, JUMP)
    n = judge_world(whole.world.eval(), stretches, held_out, count)
    far = judge_far(whole, held_out, count)
    ahead = n["val rollout"]
    rows = [("the same, other music", n["val rollout shuffled music"]),
            ("the same, no music", n["val rollout deaf"]), ("the last state again", n["val copy last"]),
            ("the mean state", n["val mean"])]
    return "\n".join([
        f"Rollouts of {whole.config.rollout} windows on {count} held-out stretches (validation songs and "
        f"dances), the past of {JUMPED:.0%} of them up to {JUMP} frames out of step with the music. Mean "
        "square errors of the state, by its variance.", "",
        "| | error | against the world model |", "|---|---:|---:|",
        f"| the world model | {ahead:.3f} | |",
        *(f"| {name} | {error:.3f} | {100 * (error / ahead - 1):+.1f} % |" for name, error in rows), "",
        f"Alone for {len(far)} windows: error {far[0]:.3f} at the first, {far[-1]:.3f} at the last "
        f"({far[-1] / far[0]:.2f} ×). Effective rank of the state {n['effective rank']:.1f} of "
        f"{whole.config.latent}; spread of its numbers {n['least spread']:.2f} to {n['most spread']:.2f}. "
        f"From the states one reads {1 - n['val metre unheard']:.0%} of the variance of the place in beat "
        f"and bar, and {1 - n['val pulse untold']:.0%} of that of the limbs' speeds.", ""])
