"""Music-motion retrieval: clips of dance and music as vectors, near each other where they belong together.

Two spaces, a pair of encoders each:

    rhythm   body (contacts and the pelvis' way too; no hands, no face)  ↔  onsets, beats, place in the bar
    mood     body, hands and face                                       ↔  all that is heard

Trained by InfoNCE both ways (van den Oord et al. 2018; Radford et al., CLIP, 2021) on aligned clips. The
published module is a variational pair with a decoder (Petrovich et al., TMR, 2023); a vector that is only
compared needs neither. Gradients go through `motion` to the rows, so that a generator can be led by it.

Apart from the judge of `evaluation/`: other inputs (joint rotations, contacts, hands and face against joint
places and velocities; beats and phases, which the judge does not hear), another architecture and time scale
(a transformer, one vector for 4.8 s whose moments have 0.27 s, against convolutions with fifteen rows a
second), other draws, no wrong answers moved by half a beat, no style labels. Shared with it: the
corpus' train split, some columns of the music, and that moments are compared at the same time. Neither has
seen val or test.
"""

from __future__ import annotations

import functools
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.blocks import Block
from dance_core.generators.nets.coded import Coded
from dance_core.generators.nets.weights import load_weights, read_config
from dance_core.generators.soulnet.mmr_config import MmrConfig
from dance_core.settings import ASSETS

WEIGHTS = ASSETS / "weights" / "soulnet"
NAME = "mmr"  # of its files there
BODY = tuple(range(pc.CONTACTS.stop))
SPEEDS = tuple(range(pc.ROW, pc.ROW + pc.SIX.stop // 6))  # the columns that `with_speeds` adds
_STILL = 1e-5  # squared 6D numbers a frame, added to a speed's: the slope of a root is endless at 0
_AT_ONCE = 64  # clips


def with_speeds(rows: Tensor) -> Tensor:
    """Rows (B, T, ROW) and how fast each body joint turns (6D numbers a frame): (B, T, ROW + 22).

    What happens when, which a linear map of the rows can't say; differentiable everywhere.
    """
    turned = rows[:, 1:, pc.SIX].float() - rows[:, :-1, pc.SIX].float()
    speed = (turned.unflatten(-1, (-1, 6)).square().sum(-1) + _STILL).sqrt()
    return torch.cat([rows.float(), torch.cat([speed[:, :1], speed], 1)], -1)


class ClipEncoder(nn.Module):
    """Some columns of a clip -> one vector of unit length.

    Args:
        columns: which are looked at; they are brought to zero mean and unit spread by `mean` and `spread`.
    """

    def __init__(self, columns: tuple[int, ...], c: MmrConfig) -> None:
        super().__init__()
        self.c = c
        self.register_buffer("columns", torch.tensor(columns), persistent=False)
        self.register_buffer("mean", torch.zeros(len(columns)))
        self.register_buffer("spread", torch.ones(len(columns)))
        self.into = nn.Sequential(nn.Linear(c.patch * len(columns), c.width), nn.GELU(),
                                  nn.Linear(c.width, c.width))
        self.place = nn.Parameter(0.02 * torch.randn(c.tokens, c.width))
        self.blocks = nn.ModuleList(Block(c.width, c.heads) for _ in range(c.layers))
        self.norm = nn.LayerNorm(c.width)
        self.moments, self.overall = nn.Linear(c.width, c.moment), nn.Linear(c.width, c.overall)

    def fit(self, values: np.ndarray) -> None:
        """Take mean and spread from (N, all columns)."""
        chosen = values[:, self.columns.cpu().numpy()].astype(np.float64)
        self.mean.copy_(torch.from_numpy(chosen.mean(0)))
        self.spread.copy_(torch.from_numpy(np.maximum(chosen.std(0), 0.02)))

    def standard(self, x: Tensor) -> Tensor:
        """(B, clip, all columns) -> (B, clip, its columns), with zero mean and unit spread."""
        return ((x[..., self.columns] - self.mean) / self.spread).clamp(-6.0, 6.0)

    def forward(self, x: Tensor) -> Tensor:
        """What `standard` made -> (B, vector). ValueError for another length."""
        if x.shape[1] != self.c.clip:
            raise ValueError(f"a clip has {self.c.clip} frames, not {x.shape[1]}")
        if self.training and self.c.noise:
            x = x + self.c.noise * torch.randn_like(x)
        x = self.into(x.reshape(len(x), self.c.tokens, -1))
        if self.training and self.c.hidden:
            x = x * (torch.rand(x.shape[:2], device=x.device) >= self.c.hidden)[..., None]
        x = x + self.place
        for block in self.blocks:
            x = block(x)
        x = self.norm(x).unflatten(1, (self.c.chunks, -1)).mean(2)
        told = torch.cat([self.moments(x).flatten(1), self.overall(x.mean(1))], 1)
        return F.normalize(told.float(), dim=-1)


class Mmr(Coded):
    """Both spaces; see the module."""

    def __init__(self, c: MmrConfig, code: pc.PoseCode | None = None) -> None:
        super().__init__(code)
        self.config = c
        everything = tuple(range(len(c.features)))
        self.music_rhythm, self.music_mood = ClipEncoder(c.rhythm, c), ClipEncoder(everything, c)
        self.body, self.whole = ClipEncoder(BODY + SPEEDS, c), ClipEncoder((*range(pc.ROW), *SPEEDS), c)
        self.sharpness = nn.Parameter(torch.full((2,), -math.log(c.temperature)))  # of rhythm, of mood
        colourful = torch.tensor([i in c.colour for i in everything])
        self.register_buffer("colourful", colourful, persistent=False)

    @property
    def clip(self) -> int:
        """Frames of a clip, which becomes one vector."""
        return self.config.clip

    def fit(self, rows: np.ndarray, music: np.ndarray) -> None:
        """Take all means and spreads from rows (N, ROW), frame by frame, and features (N, F)."""
        rows = with_speeds(torch.from_numpy(rows)[None])[0].numpy()
        self.body.fit(rows)
        self.whole.fit(rows)
        self.music_rhythm.fit(music)
        self.music_mood.fit(music)

    def music(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Features (B, clip, F) -> vectors (B, vector) in the spaces of rhythm and of mood."""
        rhythm, mood = self.heard(features)
        return self.music_rhythm(rhythm), self.music_mood(mood)

    def motion(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Pose-code rows (B, clip, ROW) -> vectors (B, vector) in the spaces of rhythm and of mood.

        The rows must be in single precision all the way: rounded further they hide how fast joints turn.
        """
        body, whole = self.seen(rows)
        return self.body(body), self.whole(whole)

    def seen(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """What the two encoders of motion are given of rows."""
        rows = with_speeds(rows)
        return self.body.standard(rows), self.whole.standard(rows)

    def heard(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """What the two encoders of music are given of features."""
        return self.music_rhythm.standard(features), self.music_mood.standard(features)

    def forward(self, body: Tensor, whole: Tensor, rhythm: Tensor, mood: Tensor) -> tuple[Tensor, ...]:
        """Of what `seen` and `heard` made: the dance's rhythm and mood, the music's; and `sharp`.

        In training these are made outside of it: whoever trains may round what comes in to half precision,
        and of two rounded rows one can't tell how fast a joint turns.
        """
        if self.training:  # some clips without timbre and harmony: the rest must do
            grey = torch.rand(len(mood), 1, 1, device=mood.device) < self.config.grey
            mood = torch.where(grey & self.colourful, torch.zeros_like(mood), mood)
        told = self.body(body), self.whole(whole), self.music_rhythm(rhythm), self.music_mood(mood)
        return *told, self.sharp()

    def sharp(self) -> Tensor:
        """(2,) what similarities of rhythm and of mood are multiplied with in training."""
        return self.sharpness.clamp(max=-math.log(self.config.sharpest)).exp()


def matching(dance: Tensor, music: Tensor, songs: Tensor, sharp: Tensor) -> Tensor:
    """InfoNCE both ways; other clips of the same song are nobody's wrong answer.

    Args:
        dance, music: (B, D) unit vectors, row i of both belonging together.
        songs: (B,) a number for each song.
        sharp: one over the temperature.
    """
    b = len(songs)
    alike = (songs[:, None] == songs[None]) & ~torch.eye(b, dtype=torch.bool, device=songs.device)
    table = (sharp * dance.float() @ music.float().T).masked_fill(alike, -torch.inf)
    answer = torch.arange(b, device=table.device)
    return 0.5 * (F.cross_entropy(table, answer) + F.cross_entropy(table.T, answer))


@torch.no_grad()
def music_vectors(mmr: Mmr, features: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """(N, 2, D) float32: rhythm and mood of the clips of features (T, F) that begin at frames (N,)."""
    return _vectors(mmr, mmr.music, features, starts)


@torch.no_grad()
def motion_vectors(mmr: Mmr, rows: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The same of pose-code rows (T, ROW)."""
    return _vectors(mmr, mmr.motion, rows, starts)


def _vectors(mmr: Mmr, encode, values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    found = [np.zeros((0, 2, mmr.config.vector), np.float32)]
    device = mmr.sharpness.device
    for a in range(0, len(starts), _AT_ONCE):
        at = np.asarray(starts[a:a + _AT_ONCE])[:, None] + np.arange(mmr.clip)
        both = encode(torch.from_numpy(np.ascontiguousarray(values[at], np.float32)).to(device))
        found.append(torch.stack(both, 1).cpu().numpy())
    return np.concatenate(found)


@functools.lru_cache(maxsize=2)
def load_mmr(folder: Path = WEIGHTS) -> Mmr:
    """The trained module, for reading only. UserError where it is missing or does not fit."""
    told = read_config(folder, NAME)
    mmr = Mmr(MmrConfig.from_dict(told["config"]))  # type: ignore[arg-type]
    load_weights(folder, NAME, mmr)
    return mmr.requires_grad_(False).eval()
