"""How the trained SoulNet dances: window after window of codes, decoded as one."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.answering import answer
from dance_core.generators.nets.calming import Calm
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.resting import mean_speed, most_on_the_beat
from dance_core.generators.nets.retiming import read_at, rested
from dance_core.generators.nets.segments import bar_of, chances_of, lead_of, music_from, temper
from dance_core.generators.nets.weights import load_weights
from dance_core.generators.soulnet.codec import NAME as CODEC_NAME
from dance_core.generators.soulnet.codec import PART_NAMES, Codec, load_codec
from dance_core.generators.soulnet.filling import Chances, deepen, fill
from dance_core.generators.soulnet.level_codes import vectors_of
from dance_core.generators.soulnet.masked import NAME, Masked
from dance_core.generators.soulnet.masked_config import MaskedConfig
from dance_core.generators.soulnet.mmr import NAME as MMR_NAME
from dance_core.generators.soulnet.mmr import load_mmr
from dance_core.generators.soulnet.tokens import PAST
from dance_core.motion.centre import heading_of
from dance_core.motion.motion import PARTS, Motion
from dance_core.settings import MOTION_FPS


class Dancer:
    """Codec, retrieval module and the two transformers, with their weights from one folder.

    Args:
        folder: of the weights.
        config: sizes of the transformers.
    """

    def __init__(self, folder: Path, config: MaskedConfig) -> None:
        self.config = config
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.codec: Codec = load_codec(folder).to(self.device)
        self.mmr = copy.deepcopy(load_mmr(folder)).to(self.device) if config.vector else None
        self.net = Masked(config)
        load_weights(folder, NAME, self.net)
        self.net.requires_grad_(False).eval().to(self.device)
        self.books = self.codec.books.transpose(0, 1)
        self.code = self.codec.code()

    def modules(self) -> tuple[tuple[str, torch.nn.Module], ...]:
        """Name of the file of weights, and the module that they are in."""
        mmr = () if self.mmr is None else ((MMR_NAME, self.mmr),)
        return (CODEC_NAME, self.codec), *mmr, (NAME, self.net)

    def dance(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""
        with one_thread(), torch.inference_mode():
            dances = [_Dancing(r, self.config, self.code, self._encoded, self.codec.ahead) for r in requests]
            if self.config.dancers:
                for d in dances:
                    d.manner = self.net.base.bearing.manner.drawn(d.request.seed, d.request.beats, d.style,
                                                                  d.request.energy, self.config.own)
            # one by one: together the last bits of a sum, which can decide about a code, would depend on who
            # else is there
            for d in dances:
                for k in range(d.windows):
                    self._window(d, k)
            return [self._finished(d) for d in dances]

    def _encoded(self, rows: np.ndarray) -> np.ndarray:
        """Rows (T, ROW) -> (3, T / patch, levels)."""
        told = torch.from_numpy(np.ascontiguousarray(rows, np.float32))[None]
        return self.codec.encode(told.to(self.device))[0].cpu().numpy()

    def _window(self, d: "_Dancing", k: int) -> None:
        """Find what is asked for in the k-th window of a dance."""
        c, net = self.config, self.net
        moments = d.length_of(k)
        codes, known = self._one(d.codes_of(k)), self._one(d.known_of(k))  # (1, 3, T, levels), (1, 3, T)
        music = self._one(d.music(d.first_of(k), moments * c.patch + c.music_ahead))
        style = self._one(np.int64(d.style))
        vectors = self._vectors(d, k)
        heard = net.base.listen(music, vectors, style, None, *self._bearing(d, k))
        guidance = self._one(np.float32(d.guidance))
        deaf = None
        if c.guided and d.guidance != 1.0:
            deaf = net.base.listen(music, vectors, style, torch.zeros_like(style, dtype=torch.bool))
        drawn = Chances.draw(c, moments, d.random)
        chances = Chances(*(getattr(drawn, n).to(self.device) for n in ("codes", "kept", "levels")))
        masked = torch.where(known, codes[..., 0], c.mask)
        filled = fill(net.base, masked, heard, deaf, guidance, chances)
        codes[..., 0] = self._best(filled, codes, known, d, k)
        codes = deepen(net.levels, codes, known, heard, self.books, chances.levels)
        d.take(k, codes[0].cpu().numpy())

    def _one(self, value: "np.ndarray | np.generic") -> Tensor:
        """(1, …), a batch of one."""
        return torch.from_numpy(np.asarray(value)[None]).to(self.device)

    def _vectors(self, d: "_Dancing", k: int) -> Tensor | None:
        """(1, 2, vector): what the retrieval module hears where the codes begin that are asked for."""
        if self.mmr is None:
            return None
        return torch.stack(self.mmr.music(self._one(d.music(d.frame_of(d.asked_of(k)), self.mmr.clip))), 1)

    def _bearing(self, d: "_Dancing", k: int) -> tuple[Tensor, Tensor] | tuple[None, None]:
        """What is told of who dances and where they look, and whether: see `BaseCodes.listen`."""
        if not self.config.dancers:
            return None, None
        free = "body" not in d.request.keep
        heading = d.heading
        if k and free:
            rows = self.codec.decode(self._one(d.found_before(k)))[0, d.past.shape[1] * self.config.patch:]
            heading += float(rows[:, pc.TURN].sum()) / MOTION_FPS
        looks = [self.config.facing, np.cos(heading), np.sin(heading)]
        return (self._one(np.concatenate([d.manner, looks]).astype(np.float32)),
                self._one(np.array([free, free])))

    def _best(self, tries: Tensor, codes: Tensor, known: Tensor, d: "_Dancing", k: int) -> Tensor:
        """(1, 3, T) of base codes (tries, 3, T): those that rest most on the beats."""
        c = self.config
        if c.tries == 1:
            return tries
        deep = sum(vectors_of(self.books[i], codes[..., i]) for i in range(1, c.levels)) * known[..., None]
        vectors = vectors_of(self.books[0], tries) + deep.repeat_interleave(c.tries, 0)
        speed = mean_speed(self.codec.decode_soft(vectors)).cpu().numpy()
        best = most_on_the_beat(speed, d.first_of(k), d.known_frames(k), d.beats)
        return tries[best:best + 1]

    def _finished(self, d: "_Dancing") -> Motion:
        if not d.wanted:
            return d.before
        c = self.config
        codes = np.concatenate([d.past, d.codes[:, c.context:]], 1)
        rows = self.codec.decode(torch.from_numpy(codes)[None].to(self.device)).float()
        known = d.past.shape[1] * c.patch
        at = np.arange(d.wanted)
        if c.moved and "body" not in d.request.keep:
            at = at + d.moves(mean_speed(rows)[0].cpu().numpy()[known:])
        rows = read_at(rows[0, known:].cpu().numpy(), at)
        calm = Calm(trunk=c.trunk_hz, arms=c.arms_hz, fingers=c.hands_hz)
        return answer(d.request, rows, d.before, self.code, calm)


class _Dancing:
    """One request on its way: all its moments, what is known of them, what is heard.

    `codes` (3, context + moments, levels) and `known` (3, context + moments) begin with the context, which is
    `nothing` where there is no dance so far; `past` (3, P, levels), what is decoded before the new ones, is
    longer, or empty then.

    Args:
        encoded: rows (T, ROW) -> codes (3, T / patch, levels).
        ahead: moments after a frame that it is decoded with: so many more are found.
    """

    def __init__(self, request: Request, c: MaskedConfig, code: pc.PoseCode,
                 encoded: Callable[[np.ndarray], np.ndarray], ahead: int) -> None:
        if request.style not in c.styles:
            raise UserError(f"SoulNet has no style {request.style!r}; it has {', '.join(c.styles)}.")
        self.c, self.request, self.style = c, request, c.styles.index(request.style)
        self.guidance = c.guidance * request.guidance * temper(request, c.temper, covers=True)
        self.beats = request.beats.times * MOTION_FPS
        self.random = chances_of(request)
        self._values, self._bar = request.features.values, bar_of(request.beats)
        self.before = request.context
        if self.before is None and request.start == 0:
            # the reference may lack parts that the network makes; a dance has all from its first frame
            self.before = replace(request.reference, parts=PARTS)
        self.context = self.before is not None
        past = len(self.before) if self.context else 0
        self.wanted = request.frames - past
        self.first = request.start + past  # first new frame
        self.manner: np.ndarray | None = None
        # rad, where it goes on; what begins by itself has a front of its own, until it is put somewhere
        self.heading = heading_of(self.before, -1) if self.context else 0.0
        self.moments = -(-self.wanted // c.patch) + ahead
        self.codes = np.full((len(PART_NAMES), c.context + self.moments, c.levels), c.nothing, np.int64)
        self.known = np.zeros(self.codes.shape[:2], bool)
        self.known[:, :c.context] = True
        self.past = self.codes[:, :0]
        if self.context:
            self.past = encoded(lead_of(code.encode(self.before), PAST * c.context * c.patch))
            self.codes[:, :c.context] = self.past[:, -c.context:]
        if request.keep and self.wanted:
            self._keep(code, encoded, past)
        if request.arrive is not None and self.wanted:
            self._arrive(code.encode(request.arrive), encoded)
        new = c.window - c.context
        self.windows = -(-self.moments // new) if self.wanted else 0
        self._ends = np.round(np.linspace(0, self.moments, self.windows + 1)).astype(int)[1:] + c.context

    def _keep(self, code: pc.PoseCode, encoded: Callable[[np.ndarray], np.ndarray], past: int) -> None:
        """The codes of the parts that are kept, throughout."""
        c = self.c
        rows = code.encode(self.request.given)[past:]
        beyond = np.repeat(rows[-1:], self.moments * c.patch - len(rows), axis=0)
        whole = encoded(np.concatenate([rows, beyond]))
        for i, part in enumerate(PART_NAMES):
            if part in self.request.keep:
                self.codes[i, c.context:], self.known[i, c.context:] = whole[i], True

    def _arrive(self, rows: np.ndarray, encoded: Callable[[np.ndarray], np.ndarray]) -> None:
        """The codes of the frames at the end, from the first whole moment of them on."""
        c = self.c
        free = self.wanted - len(rows)
        skip = -free % c.patch
        count = (len(rows) - skip) // c.patch
        if free < 0 or count <= 0:
            return
        a = c.context + (free + skip) // c.patch
        self.codes[:, a:a + count] = encoded(rows[skip:skip + count * c.patch])
        self.known[:, a:a + count] = True

    def asked_of(self, k: int) -> int:
        """The first moment, counted from the context's first, that window k asks for."""
        return int(self._ends[k - 1]) if k else self.c.context

    def frame_of(self, moment: int) -> int:
        """The frame of the music at which a moment begins, counted from the context's first."""
        return self.first + (moment - self.c.context) * self.c.patch

    def start_of(self, k: int) -> int:
        """The moment, counted from the context's first, at which window k begins: with a past of its own."""
        return max(0, self.asked_of(k) - PAST * self.c.context, int(self._ends[k]) - self.c.window)

    def first_of(self, k: int) -> int:
        """The frame of the music at which window k begins."""
        return self.frame_of(self.start_of(k))

    def length_of(self, k: int) -> int:
        """Moments of window k."""
        return int(self._ends[k]) - self.start_of(k)

    def found_before(self, k: int) -> np.ndarray:
        """(3, T, levels): the past, and what was found before the first moment that window k asks for."""
        return np.concatenate([self.past, self.codes[:, self.c.context:self.asked_of(k)]], 1)

    def codes_of(self, k: int) -> np.ndarray:
        """(3, T, levels) of window k, as far as they are known."""
        return self.codes[:, self.start_of(k):self._ends[k]]

    def known_of(self, k: int) -> np.ndarray:
        """(3, T) bool of window k."""
        return self.known[:, self.start_of(k):self._ends[k]]

    def known_frames(self, k: int) -> int:
        """Frames at the beginning of window k of which all is known."""
        asked = np.flatnonzero(~self.known_of(k).all(0))
        return (int(asked[0]) if len(asked) else self.length_of(k)) * self.c.patch

    def music(self, first: int, frames: int) -> np.ndarray:
        """(frames, F) from a frame on, `lead` frames early; after the end its last bar again."""
        return music_from(self._values, first + self.c.lead, frames, self._bar)

    def moves(self, speed: np.ndarray) -> np.ndarray:
        """(wanted,) frames by which each new frame is read later, so that the dance rests on the beats.

        speed: (T - 1,) m/s, of the body from the first new frame on.
        """
        stop = self.wanted - (0 if self.request.arrive is None else len(self.request.arrive))
        beats = self.beats - self.first + self.c.after
        move = rested(speed, beats, -1.0 if self.context else 0.0, stop, self.c.moved,
                      self.c.stiff, free=self.request.arrive is None)
        frames = np.arange(self.wanted)
        return np.zeros(self.wanted) if move is None else np.where(frames < stop, move(frames), 0.0)

    def take(self, k: int, codes: np.ndarray) -> None:
        """Codes (3, T, levels) that were found."""
        a, stop = self.start_of(k), int(self._ends[k])
        self.codes[:, a:stop], self.known[:, a:stop] = codes, True
