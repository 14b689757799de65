"""All of SoulNet trained in stages: codec, its decoder, retrieval module, base codes, deeper levels.

Each stage leaves its own files of weights, so that the next begins from them as they will be danced with.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import torch
from lightning_fabric import Fabric

from dance_core import __version__
from dance_core.corpus.pairs import Corpus
from dance_core.generators.nets.dances import Dances, feature_names, fit_shapes
from dance_core.generators.nets.training import Progress, Stage, start_fabric
from dance_core.generators.nets.weights import save_weights
from dance_core.generators.soulnet.codec import NAME as CODEC
from dance_core.generators.soulnet.codec import load_codec
from dance_core.generators.soulnet.codec_train import CODEC_STAGES, train_codec
from dance_core.generators.soulnet.config import CONFIGS
from dance_core.generators.soulnet.decoder_train import DECODER_STAGES, train_decoder
from dance_core.generators.soulnet.masked import NAME as MASKED
from dance_core.generators.soulnet.masked import Masked
from dance_core.generators.soulnet.masked_config import MASKED_CONFIGS
from dance_core.generators.soulnet.masked_train import MASKED_SCHEDULES, MaskedSchedule, fitted, train_masked
from dance_core.generators.soulnet.mmr import load_mmr
from dance_core.generators.soulnet.mmr_config import MMR_CONFIGS
from dance_core.generators.soulnet.mmr_train import MMR_STAGES, songs_of, train_mmr

STAGES = ("codec", "decoder", "mmr", "base", "levels")


@dataclass(frozen=True)
class Schedule:
    """All stages."""

    codec: Stage
    decoder: Stage
    mmr: Stage
    masked: MaskedSchedule


SCHEDULES: dict[str, Schedule] = {name: Schedule(CODEC_STAGES[name], DECODER_STAGES[name], MMR_STAGES[name],
                                                masked)
                                  for name, masked in MASKED_SCHEDULES.items()}


def train(corpus: Corpus, name: str, folder: Path, *, seed: int = 0,
          progress: Progress = lambda *told: None, schedule: Schedule | None = None, devices: str = "auto",
          stages: tuple[str, ...] = STAGES, threads: int = 0, ablation: str = "") -> None:
    """Train a config on a corpus, the given stages in the order of `STAGES`.

    FOLDER gets checkpoints, logs, and of each stage its weights (of "base" and "levels" once both are there);
    what is not trained is taken from there.
    Interrupted and started again, it goes on from the last checkpoint.

    Args:
        ablation: one of masked_train.ABLATIONS.

    Raises:
        ValueError: stages or an ablation that are none; levels without base. UserError: what FOLDER should
            have is missing.
    """
    if not set(stages) <= set(STAGES):
        raise ValueError(f"no such stages: {', '.join(sorted(set(stages) - set(STAGES)))}")
    if "levels" in stages and "base" not in stages:
        raise ValueError("levels are learned beside the base codes: name both")
    if threads:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    schedule = schedule or SCHEDULES[name]
    code = fit_shapes(corpus, seed)
    dances = Dances.read(corpus, "train", code, corpus.styles, mirrored=True,
                         progress=lambda done, total: progress("reading", done, total, {}))
    held_out = Dances.read(corpus, "val", code, corpus.styles, mirrored=False)
    fabric = start_fabric(devices)
    told = _Told(name, seed, corpus)
    if "codec" in stages:
        codec = train_codec(fabric, CONFIGS[name], code, dances, held_out, folder, seed, schedule.codec,
                            progress)
        if fabric.is_global_zero:
            save_weights(folder, CODEC, codec, told.of(codec.config.as_dict(), schedule.codec))
    if "decoder" in stages:
        fabric.barrier()
        codec = train_decoder(fabric, load_codec(folder), dances, held_out, folder, seed, schedule.decoder,
                              progress)
        if fabric.is_global_zero:
            save_weights(folder, CODEC, codec, told.of(codec.config.as_dict(), schedule.codec,
                                                       schedule.decoder))
    if "mmr" in stages:
        train_mmr(corpus, MMR_CONFIGS[name], folder, seed, progress, stage=schedule.mmr, code=code,
                  dances=dances, fabric=fabric, demos=name != "tiny")
    fabric.barrier()  # the files that come next are there for all
    if "base" in stages or "levels" in stages:
        net = _masked(fabric, name, corpus, (dances, held_out), folder, seed, schedule.masked, progress,
                      stages, ablation)
        if fabric.is_global_zero and "levels" in stages:
            save_weights(folder, MASKED, net, told.of(net.config.as_dict(), schedule.masked.base,
                                                      schedule.masked.levels) | {"ablation": ablation})


@dataclass(frozen=True)
class _Told:
    """What stands beside the weights of a stage."""

    name: str
    seed: int
    corpus: Corpus

    def of(self, config: dict[str, object], *stages: Stage) -> dict[str, object]:
        seconds = {s: round(self.corpus.seconds(s)) for s in ("train", "val", "test")}
        return {"config": config, "name": self.name, "seed": self.seed, "code_version": __version__,
                "corpus": {"seconds": seconds, "styles": list(self.corpus.styles)},
                "stages": {stage.name: dataclasses.asdict(stage) for stage in stages},
                "command": f"python -m dance_core train soulnet --corpus DIR --config {self.name} "
                           f"--seed {self.seed}"}


def _masked(fabric: Fabric, name: str, corpus: Corpus, dances: tuple[Dances, Dances], folder: Path,
            seed: int, schedule: MaskedSchedule, progress: Progress, stages: tuple[str, ...], ablation: str
            ) -> Masked:
    """Both transformers, by the codec and the retrieval module as they stand in FOLDER."""
    load_mmr.cache_clear()  # it may have been trained anew
    codec, mmr = load_codec(folder).to(fabric.device), load_mmr(folder).to(fabric.device)
    dancers = sum(not name.startswith("~") for name in dances[0].ids)
    config = fitted(MASKED_CONFIGS[name], codec, mmr, corpus.styles, feature_names(corpus), dancers, ablation)
    train, val = ((d, songs_of(corpus, d)) for d in dances)
    return train_masked(fabric, config, schedule, codec, mmr, train, val, folder, seed, progress, stages)
