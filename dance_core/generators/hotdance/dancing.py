"""How the trained HOT-dance dances: a segment from noise, read back from its images.

    context, arrival, or one pose → reference clip, mask ┐
    music of the segment                                 ├→ latents → images → points → motion → finished
    noise of the seed                                    ┘
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance import readback
from dance_core.generators.hotdance import reference as ref
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.hotdance.dit import Given
from dance_core.generators.hotdance.dit_config import PATCH, SHORTEST, DitConfig
from dance_core.generators.hotdance.ear import NAME as EAR_NAME
from dance_core.generators.hotdance.ear import load_ear, metre_of
from dance_core.generators.hotdance.image_codec import NAME as CODEC_NAME
from dance_core.generators.hotdance.image_codec import load_image_codec
from dance_core.generators.hotdance.pacing import Clock, as_long
from dance_core.generators.hotdance.points import Points
from dance_core.generators.hotdance.whole import NAME, Whole
from dance_core.generators.nets import flow
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.answering import answer
from dance_core.generators.nets.calming import Calm
from dance_core.generators.nets.manner import NUMBERS, Manner, at_pace
from dance_core.generators.nets.one_thread import lay_out, one_thread
from dance_core.generators.nets.quick import compiled, quickly
from dance_core.generators.nets.segments import chances_of, temper
from dance_core.generators.nets.weights import load_weights
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import PARTS, Motion
from dance_core.motion.shape import bone_factors
from dance_core.settings import MOTION_FPS


class Dancer:
    """The image codec and the transformer, with their weights from one folder.

    Args:
        folder: of the weights.
        config: sizes of the transformer.
        build: (K,) lengths of the dancer's links by ours, see markers.build; None: ours.
        told: is given the joints (T, 22, 3) m of every answer's new frames, as they were painted, before
            they are made to fit bones.
    """

    def __init__(self, folder: Path, config: DitConfig, build: np.ndarray | None = None,
                 told: Callable[[np.ndarray], None] | None = None) -> None:
        self.config, self.build, self.told = config, build, told
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.codec = load_image_codec(folder).to(self.device)
        self.whole = Whole(config)
        load_weights(folder, NAME, self.whole)
        self.whole.requires_grad_(False).eval().to(self.device)
        if self.device.type == "cpu":
            lay_out(self.whole.dit.blocks, self.whole.dit.music)
        self.whole.dit.guess = compiled(self.whole.dit.guess, self.device)
        self.points = Points(self.codec, self.whole)
        self.ear = load_ear(folder, config) if config.tries > 1 else None
        if self.ear is not None:
            self.ear.to(self.device)
        self.code = self.whole.code()

    def modules(self) -> tuple[tuple[str, torch.nn.Module], ...]:
        """Name of the file of weights, and the module that they are in."""
        ear = () if self.ear is None else ((EAR_NAME, self.ear),)
        return (CODEC_NAME, self.codec), (NAME, self.whole), *ear

    def dance(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""
        with one_thread(), torch.inference_mode():
            dancers = self.whole.dit.manner
            dances = [_Dancing(r, self.config, self.code, self.build, dancers) for r in requests]
            asked = sorted((d for d in dances if d.wanted), key=lambda d: d.frames)
            # one by one on a CPU: together they would take as long, and the last bits of a sum would depend
            # on who else is there
            groups = [[d] for d in asked] if self.device.type == "cpu" else \
                [list(alike) for _, alike in itertools.groupby(asked, key=lambda d: d.frames)]
            for group in groups:
                for d, rows in zip(group, self._rows(group), strict=True):
                    d.rows = rows
            return [self._finished(d) for d in dances]

    def _rows(self, dances: "list[_Dancing]") -> list[np.ndarray]:
        """Pose code rows (wanted, ROW) of the new frames of some dances, of equal frames."""
        c = self.config
        given = self._given(dances)
        noise = torch.cat([d.noise() for d in dances]).to(self.device)  # (B · tries, C, N)
        given = Given(*(x.repeat_interleave(c.tries, 0) for x in given))
        strength = torch.tensor([d.guidance for d in dances], device=self.device).repeat_interleave(c.tries)
        with quickly(self.device):
            guided = self.whole.dit.guided(given, strength, c.beyond)
        predict = self._built(lambda x, t: self._quickly(guided, x, t), dances)
        numbers = flow.sample(predict, noise, c.steps)
        numbers = self._best(numbers.unflatten(0, (-1, c.tries)), dances)
        if c.bones:
            numbers = self.points.fitted(numbers, self._lengths(dances))
        details = self.whole.details(numbers).cpu().numpy()
        links = self.codec.decode_points(self.whole.latents(numbers))[0].cpu().numpy()
        if self.told is not None:
            for d, one in zip(dances, links, strict=True):
                self.told(mk.summed(d.clock.leave_links(one, d.lead, d.lead + d.wanted))[:, :sk.BODY])
        return [d.read(*one) for d, *one in zip(dances, links, details, strict=True)]

    def _quickly(self, predict: flow.Predict, x: Tensor, t: Tensor) -> Tensor:
        with quickly(self.device):
            return predict(x, t)

    def _built(self, predict: flow.Predict, dances: "list[_Dancing]") -> flow.Predict:
        """Guesses whose links are as long as the dancer's, at every step: what a pose hardly tells it."""
        if not self.config.bones:
            return predict
        lengths = self._lengths(dances).repeat_interleave(self.config.tries, 0)
        return lambda x, t: self.points.built(predict(x, t), lengths)

    def _lengths(self, dances: "list[_Dancing]") -> Tensor:
        """(B, K) m of the dancers' links."""
        long = np.stack([np.linalg.norm(mk.offsets(d.rest), axis=-1) for d in dances]).astype(np.float32)
        return torch.from_numpy(long).to(self.device)

    def _given(self, dances: "list[_Dancing]") -> Given:
        """What the transformer is told of some dances."""
        c = self.config

        def joined(values: "Sequence[np.ndarray | np.generic]") -> Tensor:
            return torch.from_numpy(np.stack(values)).to(self.device)

        clip = joined([d.clip for d in dances])
        rows = joined([d.clip_rows for d in dances])
        known = joined([d.known for d in dances])  # (B, 3, T)
        latents = torch.stack([ref.encoded(self.codec, *one) for one in zip(clip, known[:, 0], strict=True)])
        reference = torch.cat([self.whole.body_numbers(latents), self.whole.detail_numbers(rows)], 1)
        music = joined([d.music for d in dances])
        style = joined([np.int64(d.style) for d in dances])
        masks = ref.mask_of(known[:, 0], c.heights), ref.details_mask(known[:, 1], known[:, 2])
        return Given(reference, *masks, music, style, joined([d.manner for d in dances]))

    def _best(self, tries: Tensor, dances: "list[_Dancing]") -> Tensor:
        """(B, C, N) of (B, tries, C, N): those in whose new frames the ear hears the music's metre best."""
        if self.ear is None:
            return tries[:, 0]
        points = self.points.of(tries.flatten(0, 1))
        heard = self.ear(points).unflatten(0, tries.shape[:2])
        music = torch.from_numpy(np.stack([d.music for d in dances])).to(self.device)
        off = (heard - metre_of(music, points.shape[1], self.config)[:, None]).square().mean(-1).cpu()
        best = [int(one[:, int(d.known[0].argmin()):d.clock.frames(d.lead + d.wanted)].mean(-1).argmin())
                for d, one in zip(dances, off, strict=True)]
        return tries[torch.arange(len(best)), best]

    def _finished(self, d: "_Dancing") -> Motion:
        if not d.wanted:
            return d.before
        c = self.config
        calm = Calm(trunk=c.trunk_hz, arms=c.arms_hz, fingers=c.hands_hz)
        return answer(d.request, d.rows, d.before, self.code, calm)


class _Dancing:
    """One request on its way: its reference clip, what is known of it, what is heard.

    `clip` (T, K, 3) links of its own build, `clip_rows` (T, ROW) the same frames as pose code, `known`
    (3, T) bool of body, hands and face: T whole columns, as many as the segment needs on its clock, but no
    fewer than it learned from.
    """

    def __init__(self, request: Request, c: DitConfig, code: pc.PoseCode,
                 build: np.ndarray | None = None, dancers: Manner | None = None) -> None:
        if request.style not in c.styles:
            raise UserError(f"HOT-dance has no style {request.style!r}; it has {', '.join(c.styles)}.")
        self.c, self.request, self.code = c, request, code
        if build is None and request.betas.any():
            build = np.ones(mk.POINTS)
            build[:sk.BODY] = bone_factors(request.betas)[:sk.BODY]
        # of another build: what is told of a dancer is, and what is painted is read back, on those bones
        self.scale = np.ones((mk.POINTS, 1)) if build is None else np.asarray(build)[:, None]
        self.rest = sk.REST_JOINTS if build is None else mk.rest_of(build)
        self.style = c.styles.index(request.style)
        self.guidance = c.guidance * request.guidance * temper(request, c.temper, covers=True)
        self.verve = temper(request, c.verve, "verve", covers=True)
        self.before = request.context
        if self.before is None and request.start == 0:
            # the reference may lack parts that the network makes; a dance has all from its first frame
            self.before = replace(request.reference, parts=PARTS)
        past = len(self.before) if self.before is not None else 0
        self.wanted = request.frames - past
        self.clock = Clock.of(request.beats, request.start + past, self.wanted, c.even, SEGMENT,
                              min(past, 2 * c.context))
        # of a long context the last frames are enough
        self.lead = min(past, self.clock.own(c.context))
        self.frames = max(SHORTEST, -(-self.clock.frames(self.lead + self.wanted) // PATCH)) * PATCH
        self.first = request.start + past - self.lead  # of the song, where the segment begins
        self.random = chances_of(request)
        self.manner = np.full(NUMBERS, np.nan, np.float32)
        if dancers is not None:
            drawn = dancers.drawn(request.seed, request.beats, self.style, request.energy, c.own)
            # it is of the stage, to which the clock's dance comes `pace` times as fast
            self.manner = at_pace(drawn, c.more * self.clock.pace**-c.paced)
        self.rows = np.zeros((0, pc.ROW), np.float32)
        if self.wanted:
            self._tell()

    def _tell(self) -> None:
        request, code = self.request, self.code
        pose = self.before.slice(0, 1) if self.lead == 1 else request.reference
        still = ref.still_pose(pose) * self.scale
        self.clip = np.repeat(still[None], self.frames, 0).astype(np.float32)
        self.clip_rows = np.repeat(code.encode(pose), self.frames, 0)
        self.known = np.zeros((len(PARTS), self.frames), bool)
        self.anchor = mk.Anchor()
        pieces: list[tuple[int, Motion, tuple[int, ...], int]] = []  # frame, motion, parts, the clock's end
        past = []
        if self.lead:
            past = [self.before.slice(len(self.before) - self.lead, len(self.before))]
            self.anchor = mk.Anchor.of(past[0])
            # no part of a column more than it learned to go on from
            pieces.append((0, past[0], (0, 1, 2), self.c.context))
        if request.keep:
            given = request.given.slice(request.frames - self.wanted, request.frames)
            if not self.lead and "body" in request.keep:
                self.anchor = mk.Anchor.of(given)
            parts = tuple(i for i, part in enumerate(("body", "hands", "face")) if part in request.keep)
            # of one piece: a frame of the clock lies between the past and what follows
            pieces.append((0, Motion.join([*past, given]), parts, self.frames))
        if request.arrive is not None:
            end = self.lead + self.wanted
            pieces.append((end - len(request.arrive), request.arrive, (0, 1, 2), self.frames))
        for piece in pieces:
            self._put(*piece)

    def _put(self, first: int, motion: Motion, parts: tuple[int, ...], stop: int) -> None:
        """Some parts of a motion are known from a frame on; not beyond frame `stop` of the clock."""
        here, rows = self.clock.enter(self.code.encode(motion), first, stop)
        rows[:, pc.CONTACTS] = rows[:, pc.CONTACTS].clip(0.0, 1.0)  # a cubic goes beyond
        for part, columns in ((0, pc.CONTACTS), (1, pc.HANDS), (2, pc.FACES)):
            if part in parts:
                self.clip_rows[here, columns] = rows[:, columns]
        if 0 in parts:
            links = self.anchor.enter(mk.links_of(motion)) * self.scale
            there = self.clock.enter(links, first, stop)[1]
            self.clip[here] = as_long(there, np.linalg.norm(links[0, 1:], axis=-1))
        for part in parts:
            self.known[part, here] = True

    @property
    def music(self) -> np.ndarray:
        """(T + ahead, F) of the segment, `lead` frames early; after the end the last bar again."""
        return self.clock.music(self.request.features.values, self.first + self.c.lead,
                                self.frames + self.c.music_ahead, self.request.beats)

    def noise(self) -> Tensor:
        """(tries, C, N)."""
        noise = torch.randn(self.c.tries, self.c.numbers, self.frames // PATCH, generator=self.random)
        noise[:, :self.c.body] *= self.verve
        noise[:, self.c.body:] *= self.c.calm
        return noise

    def read(self, links: np.ndarray, details: np.ndarray) -> np.ndarray:
        """Pose code rows (wanted, ROW) of links (T, K, 3); details (T, 26) are their last columns."""
        stop = self.lead + self.wanted
        first = max(0, self.lead - 1)  # a speed is from a frame to the next
        own = self.clock.leave_links(links.astype(np.float64), first, stop)
        motion = readback.motion_of(mk.summed(own), float(MOTION_FPS), self.rest)
        rows = self.code.encode(motion)[self.lead - first:]
        rows[:, pc.CONTACTS.start:] = self.clock.leave(details, self.lead, stop)
        rows[:, pc.CONTACTS] = rows[:, pc.CONTACTS].clip(0.0, 1.0)
        return rows
