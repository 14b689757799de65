"""What the transformer learns from: the clean numbers of a segment, and what they mean.

In metres, by points.py: errors of the points, of their speed, and of feet that truly stand. And how badly the
metre of the music is heard from them, by ear.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.hotdance import reference as ref
from dance_core.generators.hotdance.coded import Coded
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.hotdance.dit import Given, parts_of
from dance_core.generators.hotdance.dit_config import PATCH, SHORTEST, DitConfig
from dance_core.generators.hotdance.ear import Ear, metre_of
from dance_core.generators.hotdance.image_codec import ImageCodec
from dance_core.generators.hotdance.points import points_for
from dance_core.generators.hotdance.whole import FlatWhole, Whole
from dance_core.generators.nets import flow
from dance_core.motion import skeleton as sk
from dance_core.settings import MOTION_FPS

# weights of errors in m², (m/s)², and of standing feet's (m/s)², and after which share of the stage they join
# in: from the start and ten times as heavy, their noise kept the network at the linear guess for 1,500 steps
METRES, SPEED, STANCE, METRES_FROM = 0.4, 0.025, 0.05, 0.6
HEARD = 0.3  # weight of what is heard of beat and bar
DETAILS = 0.3  # weight of hands and face against the body, number by number
FEET = (sk.LEFT_ANKLE, sk.LEFT_FOOT, sk.RIGHT_ANKLE, sk.RIGHT_FOOT)  # points, in the order of the contacts
LEAST_LEFT = 0.2  # of the way, so much and less of it left weighs alike
NEAR = 8.0  # weight from which on errors in metres count whole: far from the end nobody knows where a foot is
JUDGED = 96  # held-out segments


@dataclass(frozen=True, eq=False)
class Batch:
    """Segments to learn from: numbers (B, C, N), what is known of them, contacts (B, T, 4)."""

    numbers: Tensor
    given: Given
    contacts: Tensor


class DitLoss:
    """Loss and judgement of the transformer.

    heed: it is to be understood by the ear. deaf: nothing is heard.
    """

    def __init__(self, whole: Whole | FlatWhole, codec: ImageCodec, coded: Coded, held_out: Coded,
                 ear: Ear | None = None, *, heed: bool = True, deaf: bool = False) -> None:
        self.whole, self.c, self.coded, self.held_out = whole, whole.config, coded, held_out
        self.ear, self.heed, self.deaf = ear, heed, deaf
        self.device = whole.gain.device
        self.points = points_for(codec, whole)
        weight = torch.ones(self.c.numbers, device=self.device)
        weight[self.c.body:] = DETAILS
        self.weight = (weight / weight.mean())[:, None]

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        c = self.c
        batch = self.batch(self.coded, rng, count)
        t = flow.draw_times(count, None, self.device)
        hear = torch.from_numpy((rng.random(count) >= c.drop_music) & (not self.deaf)).to(self.device)
        guess = self.guess(model, batch, t, hear)
        weight = weight_of(t, c)
        # what is known costs nothing; and it is true, so that the seam is
        guess = torch.where(batch.given.known(c), batch.numbers, guess)
        latent = ((guess - batch.numbers).square() * self.weight).mean((1, 2))
        loss = (latent * weight).mean()
        told = {"latent": float(loss.detach())}
        some = -(-count // 2)  # of half of them: metres take a sixth of a step
        near = weight[:some].clamp_max(NEAR) / NEAR
        if share >= METRES_FROM:
            parts = self.metres(guess[:some], Batch(batch.numbers[:some], batch.given, batch.contacts[:some]))
            for name, scale in (("metres", METRES), ("speed", SPEED), ("stance", STANCE)):
                loss = loss + scale * (near * parts[name]).mean()
                told[name] = float(parts[name].mean().detach())
        if self.ear is not None and self.heed:
            heard = self.less_heard(guess[:some], batch.numbers[:some], batch.given.music[:some])
            near = near * hear[:some]  # what is made without music has no beat to be on
            heard = (heard * near).sum() / near.sum().clamp_min(1e-6)
            loss, told["heard"] = loss + HEARD * heard, float(heard.detach())
        return loss, told

    def guess(self, model: nn.Module, batch: Batch, t: Tensor, hear: Tensor) -> Tensor:
        """What the network makes of noisy segments."""
        noise = torch.randn_like(batch.numbers)
        return model(flow.mixed(batch.numbers, noise, t), t, batch.given, hear).float()

    def metres(self, guess: Tensor, batch: Batch) -> dict[str, Tensor]:
        """(B,) each: mean square errors of points, m², of their speed, (m/s)², of feet that stand."""
        off, true = self.points.errors(guess, batch.numbers)
        change = off.diff(dim=1) * MOTION_FPS
        feet = change[:, :, FEET, ::2] + true[:, :, FEET, ::2].diff(dim=1) * MOTION_FPS
        stands = batch.contacts[:, 1:].minimum(batch.contacts[:, :-1])
        return {"metres": off.square().sum(-1).mean((1, 2)), "speed": change.square().sum(-1).mean((1, 2)),
                "stance": (feet.square().sum(-1) * stands).sum((1, 2)) / stands.sum((1, 2)).clamp_min(1.0)}

    def less_heard(self, guess: Tensor, true: Tensor, music: Tensor) -> Tensor:
        """(B,) how much worse the metre is heard in guesses than in the dances they stand for, at least 0.

        To be heard better is not asked for: an ear can be pleased by a trembling that nobody sees.
        """
        with torch.no_grad():
            clear = self.unheard(true, music).mean((1, 2))
        return (self.unheard(guess, music).mean((1, 2)) - clear).clamp_min(0.0)

    def unheard(self, guess: Tensor, music: Tensor) -> Tensor:
        """(B, T, M) square errors of the metre that the ear hears in numbers (B, C, N), with their music."""
        points = self.points.of(guess)
        with torch.autocast(guess.device.type, torch.bfloat16):
            told = self.ear(points)
        return (told.float() - metre_of(music, points.shape[1], self.c)).square()

    def batch(self, coded: Coded, rng: np.random.Generator, count: int, *, plain: bool = False) -> Batch:
        """Some segments. plain: whole, and none of their parts kept."""
        c = self.c
        columns = SEGMENT // PATCH
        at = rng.integers(len(coded), size=count)
        if not plain and rng.random() < c.shorter:
            columns = int(rng.integers(SHORTEST, columns + 1))
        frames = columns * PATCH
        numbers = coded.numbers[at, :, :columns].float()
        shown = coded.reference[at, :, :columns].float()
        known = coded.known[at, :frames].bool()[:, None].repeat(1, 3, 1)  # of body, hands and face
        told = torch.from_numpy(rng.random(count) < (1.0 if plain else c.told))  # in which manner
        if not plain:
            for i in np.flatnonzero(rng.random(count) < c.kept):
                for part in rng.permutation(3)[:int(rng.integers(1, 3))]:
                    known[i, part] = True
                    where = parts_of(c)[part]
                    shown[i, where] = numbers[i, where]
            level = c.context_noise * torch.from_numpy(rng.random((count, 1, 1)).astype(np.float32))
            here = known[:, 0].unflatten(1, (columns, PATCH)).any(-1)[:, None]
            shown = shown + here * level * torch.randn(shown.shape)
        given = Given(shown, ref.mask_of(known[:, 0], c.heights), ref.details_mask(known[:, 1], known[:, 2]),
                      coded.music[at, :frames + c.music_ahead].float(), coded.style[at].long(),
                      torch.where(told[:, None], coded.manner[at], torch.nan))
        given = Given(*(x.to(self.device) for x in given))
        return Batch(numbers.to(self.device), given, coded.contacts[at, :frames].float().to(self.device))

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Errors of guesses on held-out segments: from noise, with their music, another's, and none."""
        rng, numbers = np.random.default_rng(7), {}
        batch = self.batch(self.held_out, rng, min(JUDGED, len(self.held_out)), plain=True)
        count = len(batch.numbers)
        hear = torch.ones(count, dtype=torch.bool, device=self.device)
        given = batch.given
        other = given._replace(music=given.music.roll(1, 0))
        untold = given._replace(manner=torch.full_like(given.manner, torch.nan))
        free = ~batch.given.mask[:, :, 0].bool().any(1)[:, None]  # (B, 1, N) columns without known frames
        for name, at, told, heard in (("t=0", 0.0, given, hear), ("t=0 other music", 0.0, other, hear),
                                      ("t=0 no music", 0.0, given, ~hear), ("t=0.5", 0.5, given, hear),
                                      *[("t=0 no manner", 0.0, untold, hear)] * (self.c.dancers > 0),
                                      ("t=0.5 other music", 0.5, other, hear), ("t=0.9", 0.9, given, hear)):
            torch.manual_seed(7)
            t = torch.full((count,), at, device=self.device)
            guess = self.guess(model, Batch(batch.numbers, told, batch.contacts), t, heard)
            error = (guess - batch.numbers)[:, :self.c.image].square()
            numbers[f"val {name}"] = float((error * free).sum() / (free.sum() * self.c.image))
            if self.ear is not None and " no " not in name:
                unheard = self.unheard(guess, given.music).mean((0, 1))
                numbers[f"val unheard {name}"] = float(unheard.mean())
            if name == "t=0.9":
                off, _ = self.points.errors(guess, batch.numbers)
                numbers["val t=0.9 cm"] = 100 * float(off.norm(dim=-1).mean())
                numbers["val t=0.9 cm a frame"] = 100 * float(off.diff(dim=1).norm(dim=-1).mean())
        return numbers


def weight_of(t: Tensor, c: DitConfig) -> Tensor:
    """(B,) of the squared error of the clean numbers: that of the path's velocity, within a limit."""
    return (1.0 - t).clamp_min(1e-2 if c.target == "velocity" else LEAST_LEFT) ** -2.0


