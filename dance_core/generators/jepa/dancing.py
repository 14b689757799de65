"""How the trained JEPA system dances: window after window, each state predicted from the music."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.generators.jepa.config import JepaConfig
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.nets import flow
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.finishing import finish
from dance_core.generators.nets.one_thread import each_alone, lay_out, one_thread
from dance_core.generators.nets.resting import mean_speed, most_on_the_beat
from dance_core.generators.nets.segments import bar_of, chances_of, lead_of, music_from, temper
from dance_core.generators.nets.weights import load_weights
from dance_core.motion.motion import PARTS, Motion
from dance_core.settings import MOTION_FPS


class Dancer:
    """f reads the dance so far, g predicts the state that the music leads to, d dances it.

    Args:
        folder: of the weights.
        config: their sizes.
    """

    def __init__(self, folder: Path, config: JepaConfig) -> None:
        self.config = config
        self.whole = Whole(config)
        load_weights(folder, "jepa", self.whole)
        self.whole.requires_grad_(False).eval()
        if torch.cuda.is_available():
            self.whole.to("cuda")
        else:
            d, f, g = self.whole.decoder, self.whole.world.encoder, self.whole.world.predictor
            lay_out(d.blocks, d.modulate, d.music, f.blocks, g.music)
        self._code = self.whole.code()

    def modules(self) -> tuple[tuple[str, torch.nn.Module], ...]:
        """Name of the file of weights, and the module that they are in."""
        return (("jepa", self.whole),)

    def dance(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""
        dances = [_Dancing(r, self.config, self._code) for r in requests]
        with one_thread():
            for dance, rows in zip(dances, self._rows(self.whole, dances), strict=True):
                dance.rows = rows
            return [finish(d.rows[:d.wanted], d.before, self._code) for d in dances]

    @torch.inference_mode()
    def _rows(self, whole: Whole, dances: "list[_Dancing]") -> list[np.ndarray]:
        """(N, ROW) new frames for each dance; dances that need fewer windows leave the batch early."""
        made: list[list[np.ndarray]] = [[] for _ in dances]
        newest = [d.past for d in dances]  # window of rows of each
        read: list[list[Tensor]] = [[] for _ in dances]  # what f read of each window so far
        for k in range(max(d.windows for d in dances)):
            going = [i for i, d in enumerate(dances) if d.windows > k]
            rows = self._next(whole, [dances[i] for i in going], np.stack([newest[i] for i in going]),
                              [read[i] for i in going], k)
            for i, window in zip(going, rows, strict=True):
                made[i].append(window)
                newest[i] = window
        return [np.concatenate(m) if m else np.zeros((0, pc.ROW), np.float32) for m in made]

    def _next(self, whole: Whole, dances: "list[_Dancing]", newest: np.ndarray, read: list[list[Tensor]],
              k: int) -> np.ndarray:
        """(B, window, ROW) the k-th new window of some dances, from their newest one, of that shape too.

        read: what f read of the windows before the newest; of that, it is added.
        """
        c, device = self.config, whole.hand_mean.device
        past = torch.from_numpy(newest).to(device)
        latents = whole.patches.encode(past)  # (B, tokens, L)
        for known, new in zip(read, whole.world.encoder.read(latents), strict=True):
            known.append(new)
        z = each_alone(whole.world.encoder.tell,
                       torch.stack([torch.stack(known[-c.history:]) for known in read]))
        music = torch.from_numpy(np.stack([d.music(k) for d in dances])).to(device)
        style = torch.tensor([d.style for d in dances], device=device)
        memory = whole.world.predictor.listen(music[:, c.context:])
        ahead = each_alone(whole.world.predictor, z, memory, style)
        states = torch.cat([z[:, -1], ahead], 1)
        context = latents[:, -c.context_tokens:]
        noise = torch.cat([d.noise() for d in dances]).to(device)  # (B·tries, tokens, L)
        strength = torch.tensor([d.guidance for d in dances], device=device)
        given = [context, states, music, style]
        if c.swift:
            heard = whole.decoder.listen(*given, strength=strength, windows=c.tries)
            window = flow.walk(lambda x, t: whole.decoder.guess(x, t, heard), noise, (*c.swift, 1.0))
        else:
            given = [x.repeat_interleave(c.tries, 0) for x in given]
            predict = whole.decoder.guided(given, strength.repeat_interleave(c.tries))
            window = flow.sample(predict, noise, c.steps)
        rows = whole.patches.decode(window).unflatten(0, (-1, c.tries))  # (B, tries, window, ROW)
        if c.tries > 1:
            lead = past[:, None, -c.context:].expand(-1, c.tries, -1, -1)
            speed = mean_speed(torch.cat([lead, rows], 2).flatten(0, 1)).unflatten(0, (-1, c.tries))
            best = [most_on_the_beat(s, d.first + k * c.window - c.context, c.context, d.beats)
                    for d, s in zip(dances, speed.cpu().numpy(), strict=True)]
            rows = torch.stack([r[b] for r, b in zip(rows, best, strict=True)])
        else:
            rows = rows[:, 0]
        return rows.cpu().numpy()


class _Dancing:
    """One request on its way: what was danced, what is heard, which noise comes next."""

    def __init__(self, request: Request, c: JepaConfig, code: pc.PoseCode) -> None:
        if request.style not in c.styles:
            raise UserError(f"JEPA has no style {request.style!r}; it has {', '.join(c.styles)}.")
        self.c = c
        self.style = c.styles.index(request.style)
        # the reference may lack parts that the network makes; a dance has all from its first frame
        self.before = request.context or replace(request.reference, parts=PARTS)
        self.wanted = request.frames - len(self.before)
        self.windows = -(-self.wanted // c.window)
        self.first = request.start + len(self.before)  # first new frame
        self.rows = np.zeros((0, pc.ROW), np.float32)
        self.guidance = c.guidance * request.guidance * temper(request, c.temper)
        self._values, self._bar = request.features.values, bar_of(request.beats)
        self.beats = request.beats.times * MOTION_FPS
        self._random = chances_of(request)
        danced = self.before.slice(max(0, len(self.before) - c.window), len(self.before))
        self.past = lead_of(code.encode(danced), c.window)

    def music(self, k: int) -> np.ndarray:
        """(context + window + music_ahead, F) of the k-th new window, `lead` frames early.

        After the end the last bar again.
        """
        a = self.first + k * self.c.window - self.c.context + self.c.lead
        return music_from(self._values, a, self.c.context + self.c.window + self.c.music_ahead,
                          self._bar)

    def noise(self) -> Tensor:
        """(tries, tokens, patch_latents) for the next window."""
        return torch.randn(self.c.tries, self.c.tokens, self.c.patch_latents, generator=self._random)
