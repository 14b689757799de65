"""All of HOT-dance trained in stages: the image codec, then, with it frozen, an ear and the transformer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from lightning_fabric import Fabric

from dance_core import __version__
from dance_core.corpus.pairs import Corpus
from dance_core.generators.hotdance.coded import Coded
from dance_core.generators.hotdance.dances import LinkDances
from dance_core.generators.hotdance.dit_config import DIT_CONFIGS, DitConfig
from dance_core.generators.hotdance.dit_loss import DitLoss
from dance_core.generators.hotdance.ear import EAR_STAGES, EarLoss, trained_ear
from dance_core.generators.hotdance.image_codec import NAME as CODEC
from dance_core.generators.hotdance.image_codec import ImageCodec, load_image_codec
from dance_core.generators.hotdance.image_codec_train import IMAGE_STAGES, train_image_codec
from dance_core.generators.hotdance.points import Points
from dance_core.generators.hotdance.raw_codec import RawCodec
from dance_core.generators.hotdance.whole import NAME, Whole, shapes_of
from dance_core.generators.nets.dances import MOTIONS_FOR_SHAPES, feature_names, fit_shapes
from dance_core.generators.nets.manner import manner_in
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights

STAGES = ("codec", "dit")
FITTED = 2_000  # segments that the linear guess is fitted on
# music on an axis of its own; none at all; the path's velocity predicted; two tokens a column; coordinates in
# place of images; nothing shown of the dancer or of the frames before; no ear heeded
ABLATIONS = ("caption-clock", "no-music", "velocity", "half-columns", "raw", "no-reference", "no-ear")


@dataclass(frozen=True)
class Schedule:
    """The stages, and how often the corpus is coded for the second."""

    codec: Stage
    ear: Stage
    dit: Stage
    passes: int


SCHEDULES: dict[str, Schedule] = {
    "small": Schedule(IMAGE_STAGES["small"], EAR_STAGES["small"],
                      Stage(NAME, 6_500, 32, 1e-3, decay=0.02, average=0.998, judge_every=500), 6),
    "paper": Schedule(IMAGE_STAGES["paper"], EAR_STAGES["paper"],
                      Stage(NAME, 300_000, 256, 1e-4, decay=0.01, average=0.9999), 8),
    "tiny": Schedule(IMAGE_STAGES["tiny"], EAR_STAGES["tiny"],
                     Stage(NAME, 100, 8, 3e-3, average=0.9, judge_every=100), 1),
}


def train(corpus: Corpus, name: str, folder: Path, *, seed: int = 0,
          progress: Progress = lambda *told: None, schedule: Schedule | None = None, devices: str = "auto",
          stages: tuple[str, ...] = STAGES, threads: int = 0, ablation: str = "", coded: Path | None = None
          ) -> None:
    """Train a config on a corpus, the given stages in the order of `STAGES`.

    FOLDER gets checkpoints, logs, coded segments and the weights of each stage; what is not trained is taken
    from there. Interrupted and started again, it goes on from the last checkpoint.

    Args:
        ablation: one of ABLATIONS: what of the transformer is another.
        coded: where coded segments are kept; None: in FOLDER.

    Raises:
        ValueError: stages or an ablation that are none. UserError: what FOLDER should have is missing.
    """
    if not set(stages) <= set(STAGES) or ablation not in ("", *ABLATIONS):
        raise ValueError(f"stages {stages} and ablation {ablation!r}; there are {STAGES} and {ABLATIONS}")
    if threads:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    schedule = schedule or SCHEDULES[name]
    if "codec" in stages:
        train_image_codec(corpus, name, folder, seed=seed, progress=progress, stage=schedule.codec,
                          devices=devices)
    if "dit" not in stages:
        return
    fabric = start_fabric(devices)
    fabric.barrier()  # the codec is there for all
    whole = _train_dit(fabric, corpus, name, folder, coded or folder / "coded", seed, schedule, progress,
                       ablation)
    if fabric.is_global_zero:
        seconds = {s: round(corpus.seconds(s)) for s in ("train", "val", "test")}
        save_weights(folder, NAME, whole, {
            "config": whole.config.as_dict(), "name": name, "seed": seed, "code_version": __version__,
            "corpus": {"seconds": seconds, "styles": list(corpus.styles)}, "ablation": ablation,
            "stages": {s.name: dataclasses.asdict(s) for s in (schedule.codec, schedule.ear, schedule.dit)},
            "command": f"python -m dance_core train hotdance --corpus DIR --config {name} --seed {seed}"})


def _train_dit(fabric: Fabric, corpus: Corpus, name: str, folder: Path, kept: Path, seed: int,
               schedule: Schedule, progress: Progress, ablation: str) -> Whole:
    codec = load_image_codec(folder)
    if ablation == "raw":
        codec = RawCodec().fit(LinkDances.read(corpus, "train"), seed)
        save_weights(folder, CODEC, codec, {"config": codec.config.as_dict(), "name": "raw", "seed": seed})
    codec = codec.to(fabric.device)
    whole = prepared(corpus, DIT_CONFIGS[name], codec, seed, ablation).to(fabric.device)
    coded, held_out = (
        Coded.read(corpus, split, codec, whole, n, kept, varied=split == "train", seed=seed,
                   progress=lambda done, total, what=what: progress(what, done, total, {}))
        for split, n, what in (("train", schedule.passes, "coding"), ("val", 1, "coding val")))
    heard = coded.music.flatten(0, 1).float()
    music = whole.dit.music
    music.mean.copy_(heard.mean(0))
    music.spread.copy_(heard.std(0) + 1e-3)
    whole.dit.first.fit(coded.numbers[::max(1, len(coded) // FITTED)])
    ear = None
    if whole.config.metre:
        told = EarLoss(Points(codec, whole), whole.config, coded, held_out)
        ear = trained_ear(fabric, schedule.ear, told, folder, seed, progress)
    worker = DitLoss(whole, codec, coded, held_out, ear, heed=ablation != "no-ear",
                     deaf=ablation == "no-music")
    train_stage(fabric, schedule.dit, whole.dit, folder, seed, worker.loss, worker.judge, progress)
    return whole.requires_grad_(False).eval()


def prepared(corpus: Corpus, config: DitConfig, codec: ImageCodec, seed: int, ablation: str = "") -> Whole:
    """The untrained transformer of a codec and a corpus, with all that is fitted rather than trained."""
    heights = codec.config.heights
    ids = [r.id for r in corpus.rows if r.split == "train"]
    config = dataclasses.replace(
        config, dancers=len(ids), latents=codec.config.latents, heights=heights, styles=corpus.styles,
        rows=heights // 2 if ablation == "half-columns" else config.rows, features=feature_names(corpus),
        shown=ablation != "no-reference", clock="caption" if ablation == "caption-clock" else config.clock,
        target="velocity" if ablation == "velocity" else config.target)
    code = fit_shapes(corpus, seed)
    picked = np.random.default_rng(seed).permutation(len(ids))[:MOTIONS_FOR_SHAPES // 2]
    rows = [code.encode(corpus.pair(ids[i]).motion) for i in sorted(picked)]
    torch.manual_seed(seed)
    whole = Whole(config, code, shapes_of(rows, config), codec.counts.cpu())
    whole.dit.manner.fit(*dancers_of(corpus, code))
    return whole


def dancers_of(corpus: Corpus, code: PoseCode) -> tuple[np.ndarray, np.ndarray]:
    """Manners (D, NUMBERS) and styles (D,) of a corpus' training dances."""
    found = [(manner_in(code.encode(pair.motion)), corpus.styles.index(pair.style))
             for pair in (corpus.pair(r.id) for r in corpus.rows if r.split == "train")]
    manners, styles = zip(*found, strict=True)
    return np.stack(manners), np.array(styles)
