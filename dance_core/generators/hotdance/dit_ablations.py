"""The transformer without one of its parts, trained shortly and judged alike: a table for the card."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.generators.hotdance.dit_danced import danced
from dance_core.generators.hotdance.dit_train import ABLATIONS, SCHEDULES, train
from dance_core.generators.hotdance.ear import NAME as EAR
from dance_core.generators.hotdance.image_codec import NAME as CODEC
from dance_core.generators.hotdance.whole import NAME
from dance_core.generators.nets.ablating import ablated
from dance_core.generators.nets.training import Progress

STEPS = 800  # ten minutes of one core


def ablate(corpus: Corpus, name: str, folder: Path, *, weights: Path, seed: int = 0,
           progress: Progress = lambda *told: None, devices: str = "auto", threads: int = 0,
           steps: int = STEPS) -> str:
    """Train the transformer whole and in each other way, `steps` each; a table is returned.

    It is written to FOLDER/dit.md too, and each variant's weights lie in a folder of its own, to be danced
    with. Interrupted and started again, it goes on where it was.

    Args:
        weights: folder of the trained image codec, and maybe of the ear's checkpoint, which all share;
            UserError where the codec isn't there.
    """
    planned = SCHEDULES[name]
    schedule = dataclasses.replace(planned, passes=1, dit=dataclasses.replace(
        planned.dit, steps=min(steps, planned.dit.steps)))

    def one(change: str, own: Path, told: Progress) -> None:
        train(corpus, name, own, seed=seed, schedule=schedule, devices=devices, threads=threads,
              stages=("dit",), ablation=change, coded=folder / "coded", progress=told)

    shared = [weights / name for name in (f"{CODEC}.json", f"{CODEC}.safetensors", f"{EAR}.ckpt")]
    found = ablated(folder, ABLATIONS, one, (NAME,), progress, shared)
    for part, numbers in found.items():
        numbers |= danced(corpus, folder / part, folder / "coded", seed)
    text = table(found, schedule.dit.steps)
    with replacing(folder / "dit.md") as partial:
        partial.write_text(text, encoding="utf-8")
    return text


def table(found: dict[str, dict[str, float]], steps: int) -> str:
    """Markdown: a row for each training."""
    lines = [
        f"Transformers of {steps} steps each on the same segments, judged on held-out dances: mean square "
        "error of what nobody knows of a segment, guessed from noise and half-way to the dance (1: the mean "
        "would be as good; raw coordinates are other numbers); how far the ear is off in beat and bar (sine "
        "and cosine; .5: it hears nothing) in what is guessed half-way with the segment's music, and with "
        "another's; cm that points are off near the end of the way, and cm from frame to frame. Then of "
        "segments danced from noise, which go on from 16 true frames: the joints' mean acceleration in m/s² "
        "(in brackets true dances'), the same at the seam, and % that limbs are too long or too short. "
        "Nothing is finished, no bone put right.", "",
        "| | from noise | half-way | heard | other music | cm | cm a frame | shake | seam | limbs |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for part, n in found.items():
        lines.append(f"| {part} | {n['val t=0']:.4f} | {n['val t=0.5']:.4f} | "
                     f"{n.get('val unheard t=0.5', math.nan):.3f} | "
                     f"{n.get('val unheard t=0.5 other music', math.nan):.3f} | {n['val t=0.9 cm']:.2f} | "
                     f"{n['val t=0.9 cm a frame']:.2f} | {n['shake']:.1f} ({n['true shake']:.1f}) | "
                     f"{n['seam']:.1f} | {n['limbs']:.1f} |")
    return "\n".join(lines) + "\n"
