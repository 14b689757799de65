"""The world model without one of its parts, trained shortly and judged alike: a table for the card."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.generators.jepa.config import CONFIGS
from dance_core.generators.jepa.train import ABLATIONS, SCHEDULES, train
from dance_core.generators.nets.ablating import ablated
from dance_core.generators.nets.training import Progress

STEPS = 500


def ablate(corpus: Corpus, name: str, folder: Path, *, seed: int = 0,
           progress: Progress = lambda *told: None, devices: str = "auto", threads: int = 0,
           steps: int = STEPS) -> str:
    """Train the world model whole and without each part, `steps` steps each; FOLDER/ablations.md is returned.

    Interrupted and started again, it goes on where it was.
    """
    planned = SCHEDULES[name]
    world = dataclasses.replace(planned.world, steps=min(steps, planned.world.steps))

    def one(change: str, own: Path, told: Progress) -> None:
        train(corpus, name, own, seed=seed, devices=devices, threads=threads, stages=("world",),
              schedule=dataclasses.replace(planned, world=world, ablation=change), progress=told)

    found = ablated(folder, ABLATIONS, one, ("world",), progress)
    text = table(found, world.steps, CONFIGS[name].latent)
    with replacing(folder / "ablations.md") as partial:
        partial.write_text(text, encoding="utf-8")
    return text


def table(found: dict[str, dict[str, float]], steps: int, latent: int) -> str:
    """Markdown: a row for each training."""
    lines = [
        f"World models of {steps} steps each on the same stretches, judged on held-out dances. Errors are by "
        "the variance of the state, so that the mean state has 1. Each has states of its own: one that has "
        "collapsed, or tells only what changes slowly, is easy to predict, so read errors beside that of the "
        "last state again, and beside rank, spread and what is untold: the share of the metre, and of the "
        "limbs' speeds, that the states don't tell. Cost of other or no music: how much the rollout's error "
        "grows. The music-blind one is judged without music, as it was trained.",
        "",
        "| | rollout | copy last | cost of other music | cost of no music | effective rank of "
        f"{latent} | spread, least to most | metre untold | speeds untold |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for part, n in found.items():
        blind = part == "music-blind"
        ahead = n["val rollout deaf" if blind else "val rollout"]
        cost = ["" if blind else f"{100 * (n[k] / ahead - 1):+.1f} %"
                for k in ("val rollout shuffled music", "val rollout deaf")]
        lines.append(
            f"| {part} | {ahead:.3f} | {n['val copy last']:.3f} | {cost[0]} | {cost[1]} "
            f"| {n['effective rank']:.1f} | {n['least spread']:.2f} to {n['most spread']:.2f} "
            f"| {n['val metre unheard']:.2f} | {n['val pulse untold']:.2f} |")
    return "\n".join(lines) + "\n"
