"""Weights on disk: safetensors with a JSON config beside them, no pickle."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.atomic import replacing
from dance_core.errors import UserError

if TYPE_CHECKING:  # who reads a config only must not wait for torch
    from torch import nn


def save_weights(folder: Path, name: str, model: nn.Module, config: dict[str, object], *,
                 half: bool = True) -> None:
    """Write NAME.safetensors and NAME.json. half: parameters as float16 (buffers stay float32)."""
    from safetensors.torch import save

    folder.mkdir(parents=True, exist_ok=True)
    parameters = {n for n, _ in model.named_parameters()}
    tensors = {n: (t.half() if half and n in parameters else t).detach().cpu().contiguous()
               for n, t in model.state_dict().items()}
    with replacing(folder / f"{name}.safetensors") as part:
        Path(part).write_bytes(save(tensors))  # save_file of safetensors 0.8 lets nobody else read it
    with replacing(folder / f"{name}.json") as part:
        Path(part).write_text(json.dumps(config, indent=1) + "\n")


def read_config(folder: Path, name: str) -> dict[str, object]:
    """The config of some weights. UserError if they are not there."""
    path = folder / f"{name}.json"
    if not path.exists():
        raise UserError(f"The weights {name} are missing ({path.parent}): train them first.")
    return json.loads(path.read_text())


def compare_weights(folder: Path, name: str, model: nn.Module) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(tensors of the model that the file lacks, tensors of the file that the model has no place for)."""
    from safetensors import safe_open

    with safe_open(os.fspath(folder / f"{name}.safetensors"), "pt") as file:
        there = set(file.keys())
    wanted = set(model.state_dict())
    return tuple(sorted(wanted - there)), tuple(sorted(there - wanted))


def load_weights(folder: Path, name: str, model: nn.Module) -> None:
    """Fill a model. UserError where file and model differ, with the first name that does."""
    import torch
    from safetensors.torch import load_file

    path = folder / f"{name}.safetensors"
    if not path.exists():
        raise UserError(f"The weights {name} are missing ({path.parent}): train them first.")
    tensors = load_file(os.fspath(path))
    wanted = model.state_dict()
    for key in sorted(sum(compare_weights(folder, name, model), ())):
        raise UserError(f"The weights {name} do not fit this version: {key} is in one of them only.")
    for key, value in tensors.items():
        if value.shape != wanted[key].shape:
            raise UserError(f"The weights {name} do not fit this version: {key} has shape "
                            f"{tuple(value.shape)}, expected {tuple(wanted[key].shape)}.")
    with torch.no_grad():
        model.load_state_dict({k: v.to(wanted[k].dtype) for k, v in tensors.items()})
