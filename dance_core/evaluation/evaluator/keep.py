"""The trained evaluator's folder: weights, config, and a card that says how good it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from safetensors.torch import save as as_bytes

from dance_core import __version__
from dance_core.atomic import replacing
from dance_core.evaluation.evaluator.judge import CARD, CONFIG, WEIGHTS
from dance_core.evaluation.evaluator.network import Evaluator
from dance_core.evaluation.evaluator.train import Training

_COMMAND = "python -m dance_core evaluate train-evaluator --corpus DIR"


def save(folder: Path, network: Evaluator, training: Training, losses: Mapping[str, float],
         told: Mapping[str, Mapping[str, float]], corpus: Mapping[str, object],
         credits: Sequence[str] = ()) -> str:
    """Write all three files; the card's text. credits: the lines to quote for what was learned from."""
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / WEIGHTS) as part:
        part.write_bytes(as_bytes({k: v.contiguous() for k, v in network.state_dict().items()}))
    about = {"network": network.config.as_dict(), "training": asdict(training), "losses": dict(losses),
             "held_out": {k: dict(v) for k, v in told.items()}, "corpus": dict(corpus),
             "credits": list(credits), "command": _COMMAND, "code": __version__}
    text = _card(network, about)
    for name, content in ((CONFIG, json.dumps(about, indent=1) + "\n"), (CARD, text)):
        with replacing(folder / name) as part:
            part.write_text(content, encoding="utf-8")
    return text


def _card(network: Evaluator, about: Mapping[str, Any]) -> str:
    count = sum(p.numel() for p in network.parameters())
    corpus = about["corpus"]
    lines = [
        "# The evaluator", "",
        f"Two convolutional encoders ({count / 1e6:.2f} M parameters) that judge dances: which style (one of "
        f"{len(network.config.styles)}), and which music belongs to it at this very moment. It is used by "
        "`evaluate` only and was trained apart from all generators, on the training split; it hears onsets, "
        "timbre, harmony and loudness, but no beats that a tracker found.", "",
        f"Made by `{about['command']}` on a corpus of {corpus.get('pairs')} pairs "
        f"({corpus.get('train_minutes')} min to train on, index {corpus.get('index')}), "
        f"{about['losses']['steps']:.0f} steps of {about['training']['batch']} windows of "
        f"{about['training']['window_s']:g} s.", "",
        "On true pairs, excerpts of 20 s; R@k is the share of dances whose own music is among the k nearest "
        "of the pool; on time: the true timing fits better than half a beat off, either way.", "",
        "| split | excerpts (pool) | style | R@1 | R@5 | R@10 | on time |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for split, one in about["held_out"].items():
        if one:
            lines.append(f"| {split} | {one['pool']:.0f} | {one['style']:.0%} | {one['recall_1']:.0%} | "
                         f"{one['recall_5']:.0%} | {one['recall_10']:.0%} | {one['on_time']:.0%} |")
    lines += ["", "By chance R@k is k / pool. Other excerpts of the same song in the pool count as wrong.",
              "",
              "Styles: " + ", ".join(network.config.styles) + ".", "",
              "Licence: the project's own.", *(f"Learned from: {line}" for line in about["credits"]), ""]
    return "\n".join(lines)
