"""Codes of a whole dance found with care: by what the dance is made of again, not only by what is nearest.

`Codec.encode` rounds level by level, takes each time the nearest code, and never looks back. Three things are
lost by that, and are not lost here:

- What is near in the numbers of a code vector need not be near in metres. So it is asked of the decoder how
  far each joint moves with each number of each moment's vector, and codes are searched that are near in that
  (`closely_search.near`), for a vector that the dance would be made of exactly.
- What a code is off by, its neighbours could make up for: a moment's vector is heard in thirteen moments. So
  some of the moments are taken out again and again, at random, and found anew beside the others as they are.
- What the turn of a moment is off by stays for all that follow: the heading of a dance is what its turns add
  up to. So of each moment's candidates, all nearly as near, the chain is taken whose heading stays
  (`closely_search.chain`).

It takes a hundred times as long as `Codec.encode` and needs what comes later, so it is for dances that are
there, not for one that is being made. The codes are of the same books, and the decoder does not know the
difference.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.soulnet.closely_search import chain, near, root_of
from dance_core.generators.soulnet.codec import PARTS, Codec
from dance_core.settings import MOTION_FPS

CANDIDATES = 64  # a moment
ROUNDS = 10
SHARE = 0.25  # of the moments, that are found anew in a round
FIRST, AGAIN = 120, 12  # steps of descent towards the vector that a dance is made of: of all, of a round's
RATES = 0.03, 0.04  # of them
# metres that an m/s of the root, a rad/s of the heading and a whole contact count for in a frame, beside the
# 22 joints' own. What turns and ways add up to comes to it below
CONTACT = 0.08
FELT = {pc.VELOCITY.start: 0.22, pc.VELOCITY.start + 1: 0.22, pc.TURN: 0.12,
        **dict.fromkeys(range(pc.CONTACTS.start, pc.CONTACTS.stop), CONTACT)}
LEVER = 2.0  # m²: what a frame's rad² of wrong heading costs, the squares of the joints' ways to the axis
WAY = 0.5  # of a m² that the pelvis went wrong: half as much as of a joint
# frames over which headings and ways go wrong while vectors are sought: a whole dance's would drown the rest
SPAN = 75
REACH, PLACES = 0.2, 81  # rad that the chain knows of, and in how many steps
NUDGE = 0.05, 0.01  # of vectors and rows, to see what moves with them


def code_closely(codec: Codec, rows: Tensor, seed: int = 0) -> Tensor:
    """Codes (1, 3, T / frames, LEVELS) of a dance's rows (1, T, ROW).

    The body's are searched; hands and face hear them and are rounded as by `Codec.encode`, which is also the
    answer for a dance that is shorter than what the decoder hears at once.

    Raises:
        ValueError: as `Codec.encode`; a codec whose parts have no codes of their own.
    """
    if codec.config.streams != PARTS:
        raise ValueError("only a codec with codes of the body alone is searched")
    streams = codec.streams(rows)
    plain, vectors, _, _ = codec.rounded(streams, codec.nearest)
    if plain.shape[2] <= codec.back + codec.ahead:
        return plain
    body = _Body(codec, rows, vectors.sum(3)).found(plain[0, 0], torch.Generator().manual_seed(seed))

    def pick(stream: int, level: int, x: Tensor) -> tuple[Tensor, Tensor]:
        if stream:
            return codec.nearest(stream, level, x)
        codes = body[None, :, level]
        return codes, codec.books[0, level][codes]

    return codec.rounded(streams, pick)[0]


class _Body:
    """The search for the body's codes of one dance.

    Args:
        rows: (1, T, ROW).
        sums: (1, 3, N, D) sums of code vectors to begin with.
    """

    def __init__(self, codec: Codec, rows: Tensor, sums: Tensor) -> None:
        self.codec, self.rows, self.others = codec, rows, sums[:, 1:]
        self.frames, self.books = codec.config.frames, codec.books[0]
        self.goal = fk.places(rows)
        self.way = _way(rows, self.goal)
        told = self._spread(sums)
        self.roots = root_of(self._metrics(sums, told))
        self.turns = self._turns(told)

    def found(self, codes: Tensor, random: torch.Generator) -> Tensor:
        """Codes (N, LEVELS) that nothing is more wrong with than with those given."""
        best, least = codes, float(self._cost(self._sum(codes)))
        for turn in range(1 + ROUNDS):
            steps, rate = (AGAIN, RATES[1]) if turn else (FIRST, RATES[0])
            anew = torch.rand(len(codes), generator=random) < (SHARE if turn else 1.0)
            if not anew.any():
                continue
            tried = self._round(best, self._wanted(self._sum(best), anew, steps, rate), anew)
            cost = float(self._cost(self._sum(tried)))
            if cost < least:
                best, least = tried, cost
        return best

    def _sum(self, codes: Tensor) -> Tensor:
        return sum(self.books[k][codes[..., k]] for k in range(codes.shape[-1]))

    def _made(self, body: Tensor) -> Tensor:
        """Rows (1, T, ROW) of the body's vectors (N, D)."""
        return self.codec.decode_soft(torch.cat([body[None, None], self.others], 1))

    def _cost(self, body: Tensor) -> Tensor:
        """What is wrong a frame, m²."""
        made = self._made(body)
        at = fk.places(made)
        off = (at - self.goal).square().sum((-1, -2)).mean()
        stands = CONTACT**2 * (made - self.rows)[..., pc.CONTACTS].square().sum(-1).mean()
        turned = (made - self.rows)[..., pc.TURN].cumsum(1) / MOTION_FPS
        went = _way(made, at) - self.way
        return off + stands + LEVER * _wandered(turned[..., None]) + WAY * _wandered(went)

    def _wanted(self, body: Tensor, anew: Tensor, steps: int, rate: float) -> Tensor:
        """Vectors (N, D), where `anew` says so those that the dance would best be made of."""
        with torch.enable_grad():
            fixed = body.clone()
            free = fixed.clone().requires_grad_(True)
            descent = torch.optim.Adam([free], rate)
            for _ in range(steps):
                descent.zero_grad()
                self._cost(torch.where(anew[:, None], free, fixed)).backward()
                descent.step()
        return torch.where(anew[:, None], free.detach(), fixed)

    def _round(self, codes: Tensor, wanted: Tensor, anew: Tensor) -> Tensor:
        """Codes (N, LEVELS) for vectors (N, D), other ones only of moments that are found anew."""
        listed, off = near(self.books, wanted[anew], self.roots[anew], CANDIDATES)
        costs = torch.full((len(codes), off.shape[1]), torch.inf)
        costs[:, 0] = 0.0
        costs[anew] = off
        options = codes[:, None].repeat(1, off.shape[1], 1)
        options[anew] = listed
        steps = (self._sum(options) - wanted[:, None]) @ self.turns
        drift = (self._made(wanted) - self.rows)[0, :, pc.TURN].unflatten(0, (-1, self.frames)).sum(1)
        steps = steps + drift[:, None] / MOTION_FPS
        chosen = chain(costs, steps, LEVER, REACH, PLACES)
        return options[torch.arange(len(codes)), chosen]

    # --- what moves with what ---

    def _spread(self, sums: Tensor) -> Tensor:
        """(D, reach, L): how the decoder's latents change around a moment with each number of the body's
        vector. Moments apart enough are nudged together; it is their mean.
        """
        c = self.codec
        reach = c.back + c.ahead + 1
        at = torch.arange(c.ahead, sums.shape[2] - c.back, reach)
        still = c.decoder(sums)[0]
        changes = []
        for d in range(sums.shape[3]):
            nudged = sums.clone()
            nudged[:, 0, at, d] += NUDGE[0]
            change = (c.decoder(nudged)[0] - still) / NUDGE[0]
            changes.append(torch.stack([change[at + o].mean(0) for o in range(-c.ahead, c.back + 1)]))
        return torch.stack(changes)

    def _metrics(self, sums: Tensor, told: Tensor) -> Tensor:
        """(N, D, D): half the second derivatives of what is wrong by each moment's vector, a frame of it.

        What latents make of joints is taken of each frame, for it depends on the pose; what vectors make of
        latents is a mean.
        """
        c, body = self.codec, self.codec.config.patch_latents[0]
        told = told[..., :body]
        moved = self._moved(c.decode_soft(sums))  # (columns, N, frames, felt)
        each = torch.eye(body, sum(c.config.patch_latents))[:, None]
        shapes = (c.rows_of(each) - c.rows_of(torch.zeros_like(each)))[..., :len(moved)]
        felt = torch.einsum("bfc,cnfo->nbfo", shapes, moved).flatten(2)
        felt = F.pad(felt, (0, 0, 0, 0, c.ahead, c.back))
        metrics = []
        for n in range(sums.shape[2]):
            change = torch.einsum("dsb,sbo->dso", told, felt[n:n + told.shape[1]]).flatten(1)
            metrics.append(change @ change.T / self.frames)
        return torch.stack(metrics)

    def _moved(self, rows: Tensor) -> Tensor:
        """(columns, N, frames, felt): what is felt of each frame, by each column of its row."""
        still = _felt(rows)
        moved = []
        for k in range(pc.CONTACTS.stop):
            nudged = rows.clone()
            nudged[..., k] += NUDGE[1]
            moved.append((_felt(nudged) - still)[0] / NUDGE[1])
        return torch.stack(moved).unflatten(1, (-1, self.frames))

    def _turns(self, told: Tensor) -> Tensor:
        """(D,) rad that all headings after a moment change with its vector."""
        rows = self.codec.rows_of(told) - self.codec.rows_of(torch.zeros_like(told[:1]))
        return rows[..., pc.TURN].sum(1) / MOTION_FPS


def _way(rows: Tensor, at: Tensor) -> Tensor:
    """(1, T, 3) m, the pelvis' on the stage."""
    return fk.on_stage(rows, at[..., :1, :])[..., 0, :]


def _wandered(drift: Tensor) -> Tensor:
    """Mean square of how far a drift (1, T, K) goes in `SPAN` frames, or in all where there are fewer."""
    span = min(SPAN, drift.shape[1] - 1)
    return (drift[:, span:] - drift[:, :-span]).square().sum(-1).mean()


def _felt(rows: Tensor) -> Tensor:
    """(1, T, felt) of rows: places of the joints, and what else is felt."""
    return torch.cat([fk.places(rows).flatten(2), *(w * rows[..., k, None] for k, w in FELT.items())], -1)
