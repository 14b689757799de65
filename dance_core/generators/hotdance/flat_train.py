"""HOT-dance in two dimensions, trained in stages as in three: the image codec, an ear, the transformer.

It learns from a corpus as cameras see it, from clips of dance videos, or both (flat_dances.py).
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from dance_core import __version__
from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.hotdance import reference as ref
from dance_core.generators.hotdance.coded import AT_ONCE, Coded
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.hotdance.dit_config import FLAT_CONFIGS, DitConfig
from dance_core.generators.hotdance.dit_loss import DitLoss
from dance_core.generators.hotdance.dit_train import FITTED
from dance_core.generators.hotdance.ear import EAR_STAGES, EarLoss, trained_ear
from dance_core.generators.hotdance.flat_codec_train import FLAT_IMAGE_STAGES, FlatImageLoss, settle, started
from dance_core.generators.hotdance.flat_dances import FlatDances, clip_files
from dance_core.generators.hotdance.image_codec import NAME as CODEC
from dance_core.generators.hotdance.image_codec import ImageCodec
from dance_core.generators.hotdance.image_config import FLAT_IMAGE_CONFIGS
from dance_core.generators.hotdance.points import points_for
from dance_core.generators.hotdance.whole import NAME, FlatWhole
from dance_core.generators.nets.dances import feature_names
from dance_core.generators.nets.manner import unsaid
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights


@dataclass(frozen=True)
class FlatSchedule:
    """The stages, and how often the dances are filmed for the last two, by other cameras each time."""

    codec: Stage
    ear: Stage
    dit: Stage
    passes: int


FLAT_SCHEDULES: dict[str, FlatSchedule] = {
    "small": FlatSchedule(FLAT_IMAGE_STAGES["small"], EAR_STAGES["small"],
                          Stage(NAME, 3_600, 32, 8e-4, decay=0.02, average=0.995, judge_every=500), 2),
    "paper": FlatSchedule(FLAT_IMAGE_STAGES["paper"], EAR_STAGES["paper"],
                          Stage(NAME, 300_000, 256, 1e-4, decay=0.01, average=0.9999), 8),
    "tiny": FlatSchedule(FLAT_IMAGE_STAGES["tiny"], EAR_STAGES["tiny"],
                         Stage(NAME, 60, 8, 3e-3, average=0.9, judge_every=60), 1),
}


def train_flat(corpus: Corpus | None, clips: Path | None, name: str, folder: Path, *, seed: int = 0,
               progress: Progress = lambda *told: None, schedule: FlatSchedule | None = None,
               devices: str = "auto", threads: int = 0) -> tuple[str, ...]:
    """Train a config of two dimensions; FOLDER gets checkpoints, logs, coded segments and weights.

    Returns the names of the clips that gave nothing to learn from: too short, or without sound.

    Interrupted and started again, it goes on from the last checkpoint. UserError where there is nothing to
    learn from, or nothing held out.

    Args:
        corpus, clips: what it learns from, one of them at least; clips is a folder of `corpus video`.
    """
    if corpus is None and clips is None:
        raise UserError("There is nothing to learn from: a corpus, or clips of videos, are needed.")
    if threads:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    schedule = schedule or FLAT_SCHEDULES[name]
    config = dataclasses.replace(
        FLAT_CONFIGS[name], styles=corpus.styles if corpus else (),
        features=feature_names(corpus) if corpus else _heard(clips))
    fabric = start_fabric(devices)

    def film(split: str, turn: int) -> FlatDances:
        return FlatDances.read(corpus, clips, split, config.features, config.music_ahead, config.styles,
                               seed=seed + turn, varied=split == "train",
                               progress=lambda done, total: progress(f"filming {split}", done, total, {}))

    dances, held_out = film("train", 0), film("val", 0)
    torch.manual_seed(seed)
    codec = started(FLAT_IMAGE_CONFIGS[name], dances, seed)
    worker = FlatImageLoss(codec, dances, held_out)
    train_stage(fabric, schedule.codec, codec, folder, seed, worker.loss, worker.judge, progress)
    settle(codec, dances, seed)
    codec.requires_grad_(False).eval()
    told = {"name": name, "seed": seed, "code_version": __version__,
            "corpus": {"segments": {"train": len(dances), "val": len(held_out)},
                       "styles": list(config.styles)},
            "stages": {s.name: dataclasses.asdict(s) for s in (schedule.codec, schedule.ear, schedule.dit)},
            "command": f"python -m dance_core train hotdance --flat --config {name} --seed {seed}"}
    if fabric.is_global_zero:
        save_weights(folder, CODEC, codec, {"config": codec.config.as_dict(), **told})
    torch.manual_seed(seed)
    whole = FlatWhole(config, codec.counts.cpu()).to(fabric.device)
    names = [r.id for r in corpus.rows] if corpus else []
    names += [p.name for split in ("train", "val") for p in clip_files(clips, split)] if clips else []
    kept = _Kept(film, names, codec, whole, folder / "coded", seed, progress)
    coded = kept.all("train", schedule.passes)
    heard = coded.music.flatten(0, 1).float()
    music = whole.dit.music
    music.mean.copy_(heard.mean(0))
    music.spread.copy_(heard.std(0) + 1e-3)
    whole.dit.first.fit(coded.numbers[::max(1, len(coded) // FITTED)])
    coded_val, ear = kept.all("val", 1), None
    if config.metre:
        told_by = EarLoss(points_for(codec, whole), config, coded, coded_val)
        ear = trained_ear(fabric, schedule.ear, told_by, folder, seed, progress, dances.keypoints.shape[2])
    learning = DitLoss(whole, codec, coded, coded_val, ear)
    train_stage(fabric, schedule.dit, whole.dit, folder, seed, learning.loss, learning.judge, progress)
    whole.requires_grad_(False).eval()
    if fabric.is_global_zero:
        save_weights(folder, NAME, whole, {"config": whole.config.as_dict(), **told})
    return dances.unused + held_out.unused


def _heard(clips: Path) -> tuple[str, ...]:
    """Columns of the music of the first clip that has sound."""
    for path in clip_files(clips, "train"):
        with np.load(path, allow_pickle=False) as a:
            if len(a["feature_names"]):
                return tuple(str(n) for n in a["feature_names"])
    raise UserError(f"No clip in {clips.name!r} has sound, and dances are learned with their music.")


# --- coding ---

class _Kept:
    """Segments in numbers, in FOLDER where they have been coded before.

    film: (split, turn) -> dances, by other cameras each turn. names: of all dances and clips.
    """

    def __init__(self, film: Callable[[str, int], FlatDances], names: list[str], codec: ImageCodec,
                 whole: FlatWhole, folder: Path, seed: int, progress: Progress) -> None:
        self.film, self.codec, self.whole, self.folder = film, codec, whole, folder
        self.seed, self.progress = seed, progress
        self.mark = hashlib.sha256(repr((seed, names, whole.config)).encode())
        for value in codec.state_dict().values():
            self.mark.update(np.ascontiguousarray(value.cpu().float().numpy()))
        folder.mkdir(parents=True, exist_ok=True)

    def all(self, split: str, turns: int) -> Coded:
        """So many turns, one after another."""
        coded = [self._one(split, turn) for turn in range(turns)]
        return Coded(*(torch.cat([getattr(c, name) for c in coded]) for name in Coded.__dataclass_fields__))

    def _one(self, split: str, turn: int) -> Coded:
        path = self.folder / f"{split}-{turn}-{self.mark.hexdigest()[:12]}.safetensors"
        if not path.exists():
            rng = np.random.default_rng([self.seed, turn, 9])
            made = coded_of(self.film(split, turn), self.codec, self.whole, rng, self.progress)
            with replacing(path) as part:
                save_file(vars(made), os.fspath(part))
        return Coded(**load_file(os.fspath(path)))


@torch.no_grad()
def coded_of(dances: FlatDances, codec: ImageCodec, whole: FlatWhole, rng: np.random.Generator,
             progress: Progress = lambda *told: None) -> Coded:
    """Segments in numbers, each with its reference clip: which frames are known is drawn anew."""
    c: DitConfig = whole.config
    made: dict[str, list[torch.Tensor]] = {name: [] for name in ("numbers", "reference", "known")}
    device = codec.shift.device
    for first in range(0, len(dances), AT_ONCE):
        points = dances.keypoints[first:first + AT_ONCE]
        drawn = [ref.draw_known(rng, SEGMENT, c) for _ in points]
        clips = [ref.clip_of(own, d.known, own[0] if d.own else still) for own, still, d in
                 zip(points, dances.still[first:first + AT_ONCE], drawn, strict=True)]
        known = [torch.from_numpy(d.known) for d in drawn]
        latents = codec.encode_points(torch.from_numpy(points).to(device))
        shown = torch.stack([ref.encoded(codec, torch.from_numpy(clip).to(device), k)
                             for clip, k in zip(clips, known, strict=True)])
        made["numbers"].append(whole.body_numbers(latents).half().cpu())
        made["reference"].append(whole.body_numbers(shown).half().cpu())
        made["known"].append(torch.stack(known))
        progress("coding segments", min(first + AT_ONCE, len(dances)), len(dances), {})
    return Coded(**{name: torch.cat(v) for name, v in made.items()},
                 contacts=torch.zeros(len(dances), SEGMENT, 4, dtype=torch.uint8),
                 music=torch.from_numpy(dances.music).half(), style=torch.from_numpy(dances.style),
                 manner=unsaid(len(dances)))
