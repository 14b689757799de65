"""Training of the pose-image codec: what it learns from, its stage, and how its latents are scaled."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dance_core import __version__
from dance_core.corpus.pairs import Corpus
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dances import LinkDances
from dance_core.generators.hotdance.image_codec import NAME, ImageCodec
from dance_core.generators.hotdance.image_config import IMAGE_CONFIGS, PATCH, ImageCodecConfig
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights

WINDOW = 64  # frames that it learns from at once; it codes any multiple of 8
PATCHES = 24_000  # stretches of 8 frames that the leading directions are found on
HELD_OUT = 12  # segments that it is judged on
MEASURED = 64  # segments that the spread of the latents is measured on
IMAGE_STAGES: dict[str, Stage] = {
    "small": Stage(NAME, 2_000, 12, 5e-4, decay=1e-4, average=0.998, judge_every=250),
    "paper": Stage(NAME, 200_000, 128, 3e-4, decay=1e-4, average=0.9999),
    "tiny": Stage(NAME, 60, 4, 2e-3, decay=0.0, judge_every=60),
}


def train_image_codec(corpus: Corpus, name: str, folder: Path, *, seed: int = 0,
                      progress: Progress = lambda *told: None, stage: Stage | None = None,
                      config: ImageCodecConfig | None = None, devices: str = "auto") -> ImageCodec:
    """Train a 3D config on a corpus; FOLDER gets checkpoint, log and weights.

    Interrupted and started again, it goes on from the last checkpoint. UserError without train or val pairs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    config, stage = config or IMAGE_CONFIGS[name], stage or IMAGE_STAGES[name]
    dances = LinkDances.read(corpus, "train",
                             progress=lambda done, total: progress("reading", done, total, {}))
    held_out = LinkDances.read(corpus, "val")
    fabric = start_fabric(devices)
    torch.manual_seed(seed)
    codec = started(config, dances, seed)
    worker = ImageLoss(codec, dances, held_out)
    train_stage(fabric, stage, codec, folder, seed, worker.loss, worker.judge, progress)
    settle(codec, dances, seed)
    if fabric.is_global_zero:
        seconds = {s: round(corpus.seconds(s)) for s in ("train", "val", "test")}
        save_weights(folder, NAME, codec, {
            "config": config.as_dict(), "name": name, "seed": seed, "code_version": __version__,
            "corpus": {"seconds": seconds}, "stages": {stage.name: dataclasses.asdict(stage)},
            "command": f"python -m dance_core train hotdance --corpus DIR --config {name} --seed {seed}"})
    return codec.requires_grad_(False).eval()


def started(config: ImageCodecConfig, dances: LinkDances, seed: int) -> ImageCodec:
    """A codec that begins as the linear code of its dances."""
    codec = ImageCodec(config)
    rng = np.random.default_rng([seed, 1])
    found = []
    for _ in range(PATCHES // 1000):
        links = torch.from_numpy(dances.draw(rng, 1000, PATCH))
        found.append(codec.lead.of_links(links).numpy())
    codec.lead.fit(np.concatenate(found))
    return codec


class ImageLoss:
    """The loss of a batch, and the numbers of held-out segments."""

    def __init__(self, codec: ImageCodec, dances: LinkDances, held_out: LinkDances) -> None:
        self.codec, self.dances = codec, dances
        some = held_out.segments()
        self.held_out = torch.from_numpy(some[np.linspace(0, len(some) - 1, HELD_OUT).round().astype(int)])
        self.summing = torch.from_numpy(mk.SUMMING.astype(np.float32))

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        """Of `count` stretches of other builds, headings and places."""
        device = self.codec.shift.device
        links = torch.from_numpy(self.dances.draw(rng, count, WINDOW)).to(device)
        c = self.codec.config
        images = self.codec.rows.draw(links)
        noise = c.noise * torch.rand(count, 1, 1, 1, device=device) ** 3
        least = torch.where(torch.rand(count, device=device) < c.dropped, c.latents // 4, c.latents)
        most = least + (c.latents + 1 - least) * torch.rand(count, device=device)
        kept = torch.arange(c.latents, device=device) < most.int()[:, None]
        raw, logits, _ = model(images, noise, kept[:, :, None, None])
        chances = F.log_softmax(logits.float(), 2).clamp_min(-30.0)  # a chance so small has no slope
        wanted = images / images.sum(2, keepdim=True)
        # the divergence from the true spot: cross-entropy less a Gaussian's own
        own = 0.5 + math.log(self.codec.rows.sigma * math.sqrt(math.tau))
        image = -(wanted * chances).sum(2).mean() - own
        off = self.summing.to(device) @ (self.links(chances.exp(), links) - links)
        metres = off.abs().mean()
        speed = (off[:, 1:] - off[:, :-1]).abs().mean()
        tame = (raw.float().square().mean((0, 3)) - 1.0).clamp_min(0.0).mean()  # latents keep to their spread
        total = image + c.metres * metres + c.speed * speed + 0.1 * tame
        return total, {"image": float(image.detach()), "cm": 100 * float(off.detach().norm(dim=-1).mean()),
                       "speed": 100 * float(speed.detach())}

    def links(self, chances: Tensor, near: Tensor) -> Tensor:
        """Mean links (B, T, K, 3) of the bins' chances; of fine rows those nearest to true links `near`."""
        lead, rows = self.codec.lead, self.codec.rows
        means, _ = lead.means(chances)
        coarse = means[:, :3 * mk.POINTS, 0].transpose(1, 2).unflatten(2, (mk.POINTS, 3))
        middle, reach = (torch.as_tensor(v, dtype=coarse.dtype, device=coarse.device)
                         for v in (rows.middle, rows.reach))
        links = coarse * reach + middle
        if not lead.turns:
            return links
        turn = torch.remainder(near[..., 0, :] / rows.fine, 1.0).transpose(1, 2) * (2 * np.pi)
        cosine, sine = means[:, lead.straight:, 1], means[:, lead.straight:, 2]
        off = torch.atan2(sine * turn.cos() - cosine * turn.sin(), sine * turn.sin() + cosine * turn.cos())
        pelvis = near[..., 0, :] + (off * (rows.fine / (2 * np.pi))).transpose(1, 2)
        return torch.cat([pelvis.unsqueeze(2), links[..., 1:, :]], 2)

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Of held-out segments, through images: cm and bins that points are off, cm from frame to frame."""
        codec, rows = self.codec, self.codec.rows
        links = self.held_out.to(codec.shift.device)
        numbers = []
        for some in links.split(2):
            found, _ = codec.decode_points(codec.encode(rows.draw(some)))
            off = self.summing.to(links.device) @ (found - some)
            bins = (rows.places(found) - rows.places(some))[:, :3 * mk.POINTS].abs()
            numbers.append((100 * off.norm(dim=-1).mean(),
                            100 * (off - off[..., :1, :]).norm(dim=-1).mean(), bins.mean(),
                            100 * off.diff(dim=1).norm(dim=-1).mean()))
        mean = torch.tensor(numbers).mean(0).tolist()
        return dict(zip(("val cm", "val cm by pelvis", "val bins", "val cm a frame"), mean, strict=True))


@one_thread()
@torch.no_grad()
def settle(codec: ImageCodec, dances: LinkDances, seed: int) -> None:
    """Measure the latents of training dances: shift and scale of each channel, and what each counts.

    On one thread: started again it must find the same bits, or the corpus would be coded anew.
    """
    codec.eval()
    rng = np.random.default_rng([seed, 2])
    found = []
    for _ in range(MEASURED // 4):
        links = torch.from_numpy(dances.draw(rng, 4, 256, varied=True)).to(codec.shift.device)
        found.append(codec.raw(codec.rows.draw(links)))
    raw = torch.cat(found)
    codec.shift.copy_(raw.mean((0, 2, 3))[:, None, None])
    codec.scale.copy_(raw.std((0, 2, 3))[:, None, None])
    codec.counts.copy_(codec.lead.moves.reshape(codec.counts.shape) * codec.scale[:, :, 0])
