"""The masked transformer with one part changed, trained shortly and judged alike: a table for the card."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.generators.nets.ablating import ablated
from dance_core.generators.nets.training import Progress
from dance_core.generators.soulnet.codec import NAME as CODEC
from dance_core.generators.soulnet.masked_train import ABLATIONS
from dance_core.generators.soulnet.mmr import NAME as MMR
from dance_core.generators.soulnet.stages import SCHEDULES, train

STEPS = 300  # 6 minutes of one core


def ablate(corpus: Corpus, name: str, folder: Path, *, weights: Path, seed: int = 0,
           progress: Progress = lambda *told: None, devices: str = "auto", threads: int = 0,
           steps: int = STEPS) -> str:
    """Train both transformers as they are and with each part changed, `steps` and half as many; a table.

    It is written to FOLDER/masked.md too, and each variant's weights lie in a folder of its own, to be danced
    with. Interrupted and started again, it goes on where it was.

    Args:
        weights: folder of the trained codec and retrieval module, which all share.
    """
    planned = SCHEDULES[name].masked
    masked = dataclasses.replace(
        planned, passes=1, base=dataclasses.replace(planned.base, steps=min(steps, planned.base.steps)),
        levels=dataclasses.replace(planned.levels, steps=min(steps // 2, planned.levels.steps)))

    def one(change: str, own: Path, told: Progress) -> None:
        train(corpus, name, own, seed=seed, schedule=dataclasses.replace(SCHEDULES[name], masked=masked),
              devices=devices, threads=threads, stages=("base", "levels"), ablation=change, progress=told)

    shared = [weights / f"{file}.{kind}" for file in (CODEC, MMR) for kind in ("json", "safetensors")]
    found = ablated(folder, ABLATIONS, one, ("base", "levels"), progress, shared)
    text = table(found, masked.base.steps)
    with replacing(folder / "masked.md") as partial:
        partial.write_text(text, encoding="utf-8")
    return text


def table(found: dict[str, dict[str, float]], steps: int) -> str:
    """Markdown: a row for each training."""
    lines = [
        f"Masked transformers of {steps} steps each on the same windows, judged on held-out dances. Bits a "
        "base code, all masked and half of them; how many more where the music is another window's; the "
        "deeper levels' bits a code, mean.", "",
        "| | all masked | half masked | other music | deeper levels |", "|---|---:|---:|---:|---:|"]
    for part, n in found.items():
        levels = [v for k, v in n.items() if k.startswith("val level ")]
        bits = [v / math.log(2) for v in (n["val all masked"], n["val half masked"],
                                          n["val other music"] - n["val all masked"],
                                          sum(levels) / len(levels))]
        lines.append(f"| {part} | {bits[0]:.3f} | {bits[1]:.3f} | {bits[2]:+.3f} | {bits[3]:.3f} |")
    return "\n".join(lines) + "\n"
