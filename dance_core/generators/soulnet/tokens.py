"""A corpus as codes, and windows drawn from it: what the two transformers learn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import PACE, Dances
from dance_core.generators.soulnet.bearing import bearing_of, measured
from dance_core.generators.soulnet.masked_config import MaskedConfig

LEADS = 0.05  # share of the moments that are coded as held poses too; and of those where a past is broken off
HOLD = 8  # moments that a pose is held for then; the middle one's codes are kept
PAST = 2  # contexts of a past that are coded for one: what lies before has a say in its codes
_AT_ONCE = 64  # held poses, pasts


class Encoder(Protocol):
    """What is asked of the codec here."""

    def encode(self, rows: Tensor) -> Tensor:
        """Rows (B, T, ROW) -> codes (B, 3, T / 4, levels)."""


class Ear(Protocol):
    """What makes vectors of music: `mmr.Mmr`."""

    sharpness: Tensor  # where its numbers lie

    @property
    def clip(self) -> int:
        """Frames of music that it hears at once."""

    def music(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Features (B, clip, F) -> vectors (B, vector) of rhythm and of mood."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows drawn to learn from.

    Attributes:
        codes: (B, 3, T, levels), T <= window; before a dance begins `MaskedConfig.nothing`.
        known: (B, 3, T) bool: given, or nothing; the others are asked for.
        music: (B, T · patch + music_ahead, F). vectors: (B, 2, vector), or None.
        style: (B,). song: (B,) a number for each song.
        bearing: (B, BEARING) of what is asked for.
    """

    codes: Tensor
    known: Tensor
    music: Tensor
    vectors: Tensor | None
    style: Tensor
    song: Tensor
    bearing: Tensor

    def to(self, device: torch.device) -> "Windows":
        """The same, elsewhere."""
        vectors = None if self.vectors is None else self.vectors.to(device)
        return Windows(self.codes.to(device), self.known.to(device), self.music.to(device), vectors,
                       self.style.to(device), self.song.to(device), self.bearing.to(device))


@dataclass(frozen=True, eq=False)
class Tokens:
    """Coded dances, one after another, some of them at several tempi.

    Attributes:
        config: sizes.
        codes: (N, 3, levels) int16. music: (N · patch, F) float16 of the same moments.
        measures: (N, MEASURES) float32, headings: (N,) rad: see bearing.measured.
        starts, lengths: (D,) moments of each dance. style, song: (D,).
        leads: (M, context, 3, levels) int16, codes as they stand before a window when it is danced: of a
            pose that is held, or of a past whose future is not known, which the codec codes a little
            otherwise. Each stands before moment lead_at (M,) of the dance lead_of (M,); held (M,): which.
        ear: what hears the vectors of a window's music from the first moment on that is asked for, or None.
    """

    config: MaskedConfig
    codes: np.ndarray
    music: np.ndarray
    measures: np.ndarray
    headings: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    style: np.ndarray
    song: np.ndarray
    leads: np.ndarray
    lead_of: np.ndarray
    lead_at: np.ndarray
    held: np.ndarray
    ear: Ear | None = None

    @classmethod
    @torch.no_grad()
    def read(cls, dances: Dances, songs: Sequence[str], codec: Encoder, c: MaskedConfig, passes: int, *,
             ear: Ear | None = None, device: torch.device | str = "cpu", seed: int = 0,
             progress: Callable[[int, int], None] = lambda done, total: None) -> "Tokens":
        """Code all dances, as they are and then `passes` - 1 times at other tempi and other frames.

        Args:
            songs: of each dance.
            ear: the retrieval module; None: without vectors.
        """
        rng = np.random.default_rng([seed, 77])
        names = {name: i for i, name in enumerate(sorted(set(songs)))}
        made: dict[str, list[np.ndarray]] = {
            k: [] for k in ("codes", "music", "measures", "headings", "leads", "of", "at", "held")}
        of: list[int] = []
        total = passes * len(dances.lengths)
        for i in range(total):
            dance = i % len(dances.lengths)
            varied = i >= len(dances.lengths)
            rows, music, heading = _stretch(dances, dance, rng, varied, c.patch)
            progress(i + 1, total)
            if len(rows) < c.patch * c.context:
                continue
            told = torch.from_numpy(rows).to(device)
            codes = codec.encode(told[None])[0].transpose(0, 1)  # (T / patch, 3, levels)
            made["codes"].append(codes.to("cpu", torch.int16).numpy())
            made["music"].append(music.astype(np.float16))
            for kind, values in zip(("measures", "headings"), measured(rows, heading, c.patch), strict=True):
                made[kind].append(values)
            poses = np.flatnonzero(rng.random(len(codes)) < LEADS)
            breaks = np.flatnonzero(rng.random(len(codes)) < LEADS)
            breaks = breaks[breaks >= PAST * c.context]
            made["leads"] += [_held(codec, told[poses * c.patch], c), _broken_off(codec, told, breaks, c)]
            made["at"] += [poses, breaks]
            made["held"].append(np.arange(len(poses) + len(breaks)) < len(poses))
            made["of"].append(np.full(len(poses) + len(breaks), len(of)))
            of.append(dance)
        lengths = np.array([len(x) for x in made["codes"]])
        joined = {k: np.concatenate(v) for k, v in made.items() if v}
        song = np.array([names[songs[d]] for d in of])
        return cls(c, joined["codes"], joined["music"], joined["measures"], joined["headings"],
                   _firsts(lengths), lengths, dances.style[of], song, joined["leads"], joined["of"],
                   joined["at"], joined["held"], ear)

    def draw(self, rng: np.random.Generator, count: int, plain: bool = False) -> Windows:
        """`count` windows, every moment equally often the first that is asked for.

        plain: all go on from a dance so far (what there is of it) and are asked for whole; for judging.
        """
        c = self.config
        new = min(c.window - c.context, int(self.lengths.max()))
        if not plain and rng.random() < c.shorter:
            new = int(rng.integers(min(c.context, new), new + 1))
        window = c.context + new
        room = np.maximum(self.lengths - new + 1, 0)
        dance = rng.choice(len(room), count, p=room / room.sum())
        first = (rng.random(count) * room[dance]).astype(int)  # moment of the dance that is asked for first
        lot = rng.random(count) if not plain else np.ones(count)
        alone = (lot >= c.held) & (lot < c.held + c.no_past)
        begins = lot < c.held
        led = {True: begins, False: ~begins & ~alone & (rng.random(count) < c.broken_off) & (not plain)}
        lead = np.full(count, -1)
        for held, wanted in led.items():
            fits = np.flatnonzero((self.held == held) & (self.lead_at < room[self.lead_of]))
            if len(fits) and wanted.any():
                lead[wanted] = rng.choice(fits, int(wanted.sum()))
        given = lead >= 0
        dance[given], first[given] = self.lead_of[lead[given]], self.lead_at[lead[given]]
        at = first[:, None] - c.context + np.arange(window)
        codes = self.codes[self.starts[dance][:, None] + np.maximum(at, 0)]
        codes = np.where((at >= 0)[..., None, None], codes, c.nothing)
        codes[given, :c.context] = self.leads[lead[given]]
        codes[alone, :c.context] = c.nothing
        codes = torch.from_numpy(codes.astype(np.int64)).permute(0, 2, 1, 3)
        known = torch.zeros(codes.shape[:3], dtype=torch.bool)
        known[..., :c.context] = True
        if not plain:
            self._given(rng, known)
        known |= codes[..., 0] == c.nothing
        return Windows(codes, known, self._music(dance, first, window), self._vectors(dance, first),
                       torch.from_numpy(self.style[dance]), torch.from_numpy(self.song[dance]),
                       self._bearing(dance, first, new))

    def _given(self, rng: np.random.Generator, known: Tensor) -> None:
        """Some windows' ends, and in some one or two parts throughout, are known."""
        c = self.config
        most = min(c.context, known.shape[2] - c.context - 1)
        for i in np.flatnonzero(rng.random(len(known)) < c.ends):
            known[i, :, -int(rng.integers(1, most + 1)):] = True
        for i in np.flatnonzero(rng.random(len(known)) < c.by_part):
            known[i, rng.permutation(3)[:int(rng.integers(1, 3))]] = True

    def _bearing(self, dance: np.ndarray, first: np.ndarray, new: int) -> Tensor:
        at = self.starts[dance][:, None] + first[:, None] + np.arange(new)
        return torch.from_numpy(bearing_of(self.measures[at].mean(1), self.headings[at[:, 0]]))

    def _music(self, dance: np.ndarray, first: np.ndarray, window: int) -> Tensor:
        c = self.config
        return self._heard(dance, first - c.context, window * c.patch + c.music_ahead)

    def _heard(self, dance: np.ndarray, first: np.ndarray, frames: int) -> Tensor:
        """(B, frames, F) from moments (B,) of dances on; before and after them the end is held."""
        patch = self.config.patch
        at = first[:, None] * patch + np.arange(frames)
        at = np.clip(at, 0, self.lengths[dance][:, None] * patch - 1)
        return torch.from_numpy(self.music[self.starts[dance][:, None] * patch + at].astype(np.float32))

    @torch.no_grad()
    def _vectors(self, dance: np.ndarray, first: np.ndarray) -> Tensor | None:
        """(B, 2, vector), heard anew for each window: what began a little earlier would be another rhythm."""
        if self.ear is None:
            return None
        clips = self._heard(dance, first, self.ear.clip)
        return torch.stack(self.ear.music(clips.to(self.ear.sharpness.device)), 1)


def _firsts(lengths: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths)[:-1]])


def _stretch(dances: Dances, dance: int, rng: np.random.Generator, varied: bool, patch: int
             ) -> tuple[np.ndarray, np.ndarray, float]:
    """rows (T, ROW), music (T, F) and first heading of a dance, T whole patches.

    varied: from another frame, at a pace.
    """
    n, a = int(dances.lengths[dance]), int(dances.starts[dance])
    heading = 0.0 if dances.headings is None else float(dances.headings[dance])
    if not varied:
        stop = a + n // patch * patch
        return dances.rows[a:stop], dances.music[a:stop], heading
    pace = PACE ** rng.uniform(-1.0, 1.0)
    frames = max(0, int((n - 1 - patch) / pace)) // patch * patch
    if frames < patch:
        return dances.rows[:0], dances.music[:0], heading
    where = rng.random()
    begins = where * (n - 1 - (frames - 1) * pace)  # as `at_pace` has it
    headings = pc.headings(dances.rows[a:a + n], heading)
    return (*dances.at_pace(dance, where, frames, pace), float(np.interp(begins, range(n), headings)))


def _held(codec: Encoder, poses: Tensor, c: MaskedConfig) -> np.ndarray:
    """(M, context, 3, levels) int16: the codes of poses (M, ROW) that are held."""
    still = poses.clone()
    still[:, pc.VELOCITY], still[:, pc.TURN] = 0.0, 0.0
    codes = _coded(codec, still[:, None].expand(-1, HOLD * c.patch, -1), c)[:, HOLD // 2]
    return np.repeat(codes[:, None], c.context, axis=1)


def _broken_off(codec: Encoder, rows: Tensor, at: np.ndarray, c: MaskedConfig) -> np.ndarray:
    """(M, context, 3, levels) int16: codes of the rows (T, ROW) before moments (M,), and of nothing after."""
    past = PAST * c.context * c.patch
    pasts = torch.from_numpy(at * c.patch)[:, None] - past + torch.arange(past)
    return _coded(codec, rows[pasts.to(rows.device)], c)[:, -c.context:]


def _coded(codec: Encoder, rows: Tensor, c: MaskedConfig) -> np.ndarray:
    """Rows (M, T, ROW) -> (M, T / patch, 3, levels) int16."""
    found = [codec.encode(rows[a:a + _AT_ONCE]).transpose(1, 2).to("cpu", torch.int16).numpy()
             for a in range(0, len(rows), _AT_ONCE)]
    return np.concatenate([np.zeros((0, rows.shape[1] // c.patch, 3, c.levels), np.int16), *found])
