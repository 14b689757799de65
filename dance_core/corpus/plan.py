"""What a corpus will be made of: a line for each of its pairs, from hours, a seed and the clips there are."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.aistpp import aistpp_clips
from dance_core.corpus.clips import Clip, Clips, Refusal
from dance_core.corpus.mocap import folder_clips, uniform_clips
from dance_core.corpus.songs import DEBIAN, SongOrder
from dance_core.corpus.splits import check_parted, settled, share_out
from dance_core.corpus.studio.song_styles import SONG_STYLES, song_style, styles_in
from dance_core.settings import MOTION_FPS

SHARES = {"train": 0.80, "val": 0.08, "test": 0.12}
SECONDS = (20.0, 60.0)  # length of a pair
DEBIAN_SHARE = 0.15  # of the seconds, where those songs are installed
TEMPI = (75.0, 165.0)  # BPM
ANY_TEMPO = 0.65  # of the Studio's songs have one of TEMPI; the others one that is usual in their style
# of the seconds of a split; the Studio alone dances to them, because recorded dances are danced in four
THREES = {"3/4": 0.06, "6/8": 0.04}
TEMPI_IN_THREE = {"3/4": (80.0, 180.0), "6/8": (44.0, 100.0)}  # BPM; a beat of 6/8 is a dotted quarter
_HALF_A_SONG = 40.0  # s: a song in three is due when so much is missing
TEMPO_CHANGES = 0.12  # of the Studio's songs
AT_START = 0.25  # of the pairs begin where the song begins
STUDIO_SECONDS = (62.0, 90.0)  # length of a Studio song
_REPLACED = "AIST++ itself was given, and takes its place"
FAMILY_POWER = 0.7  # how much more is danced from larger families


@dataclass(frozen=True)
class Order:
    """What is to be built.

    Attributes:
        hours: of pairs in all. seed: another one, another corpus.
        dances: folder of uniform real dances, "" for none (see mocap.uniform_clips).
        aistpp: folder of AIST++ in its official layout, "" for none.
        mocap: folder of npz and BVH files, "" for none.
        debian: whether Debian's songs are used where they are installed.
        features: whose the 35 standard columns of the music are, "own" or "librosa".
    """

    hours: float
    seed: int
    dances: str = ""
    aistpp: str = ""
    mocap: str = ""
    debian: bool = True
    features: str = "own"

    @property
    def has_real(self) -> bool:
        """Whether any folder of real dances is named."""
        return bool(self.dances or self.aistpp or self.mocap)


@dataclass(frozen=True)
class Line:
    """One pair of the plan. family is "" for the Studio's dancer; start in s, into the song."""

    id: str
    split: str
    style: str
    family: str
    song: SongOrder
    start: float
    seconds: float
    seed: int


def load_clips(order: Order) -> Clips:
    """All real dances of an order. Whole AIST++ takes the place of the few sequences of the uniform files."""
    return _clips(order.dances, order.aistpp, order.mocap)


@functools.lru_cache(maxsize=4)
def _clips(dances: str, aistpp: str, mocap: str) -> Clips:
    parts = []
    if dances:
        uniform = uniform_clips(dances)
        gone = [c for c in uniform.clips if aistpp and c.family.startswith("aistpp")]
        kept = tuple(c for c in uniform.clips if c not in gone)
        parts.append(Clips(kept, (*uniform.refused, *(Refusal(c.name, _REPLACED) for c in gone))))
    if aistpp:
        parts.append(aistpp_clips(aistpp))
    if mocap:
        parts.append(folder_clips(mocap))
    found = Clips.of(parts)
    return Clips(tuple(settled(found.clips)), found.refused)


def shelves(clips: Sequence[Clip]) -> dict[tuple[str, str], list[Clip]]:
    """The clips that dances are arranged of, by split and family. UserError as `check_parted` has it."""
    clips = [c for c in clips if c.arrangeable]
    splits = share_out(clips)
    found: dict[tuple[str, str], list[Clip]] = defaultdict(list)
    for clip in clips:
        found[splits[clip.group], clip.family].append(clip)
    check_parted((split, c) for (split, _), held in found.items() for c in held)
    return dict(found)


def plan(order: Order, clips: Clips) -> list[Line]:
    """Every pair of the corpus, in order. Songs and dances of different splits are different ones.

    Each song is danced twice, by a recorded dancer and by the Studio's (by the Studio's alone where there is
    no real dance). Within a split, whatever lacks most of its share comes next: styles of the Studio evenly,
    families of real dances by how much there is of them.
    """
    planner = _Planner(order, clips)
    while any(s > 0 for s in planner.left.values()):
        planner.add_song(max(planner.left, key=lambda s: planner.left[s] / SHARES[s]))
    return planner.lines


class _Planner:
    """The lines so far, and who has had how much."""

    def __init__(self, order: Order, clips: Clips) -> None:
        self.rng = np.random.default_rng([order.seed, 1])
        self.shelves = shelves(clips.clips)
        self.found = [s for s in DEBIAN if order.debian and s.path.is_file()]
        self.left = {split: share * order.hours * 3600.0 for split, share in SHARES.items()}
        self.lines: list[Line] = []
        self.had: dict[Hashable, float] = defaultdict(float)  # s, by split and what it is
        self.songs = 0

    def add_song(self, split: str) -> None:
        """A song of this split and the pairs that are danced to it."""
        song = self._in_three(split)
        if song is not None:
            return self._add_in_three(split, song)
        song = self._song(split)
        families = {f: sum(c.motion.duration for c in held) ** FAMILY_POWER
                    for (s, f), held in self.shelves.items() if s == split}
        if families:
            family = self._lacking(families, split, "family")
            self._line(split, self.shelves[split, family][0].style, family, song)
        even = dict.fromkeys(styles_in("4/4"), 1.0)
        for _ in range(1 if families else 2):
            self._line(split, song.style or self._lacking(even, split, "style"), "", song)

    def _in_three(self, split: str) -> SongOrder | None:
        """A Studio song in 3/4 or 6/8 where one of them is due."""
        had = sum(seconds for (s, what, _), seconds in self.had.items() if (s, what) == (split, "kind"))
        for metre, share in THREES.items():
            if share * had - self.had[split, "metre", metre] >= _HALF_A_SONG:
                self.songs += 1
                style = self._lacking(dict.fromkeys(styles_in(metre), 1.0), split, f"style in {metre}")
                self.had[split, f"style in {metre}", style] += 1.0
                return self._studio_song(style, TEMPI_IN_THREE[metre], song_style(style, metre).tempo, metre)
        return None

    def _add_in_three(self, split: str, song: SongOrder) -> None:
        """A waltz to it, and a dance in its own style, or in one that lacks most where that is the waltz."""
        even = dict.fromkeys(styles_in("4/4"), 1.0)
        other = song.style if song.style in even else self._lacking(even, split, "style")
        for style in ("waltz", other):
            before = self.left[split]
            self._line(split, style, "", song)
            self.had[split, "metre", song.metre] += before - self.left[split]

    def _line(self, split: str, style: str, family: str, song: SongOrder) -> None:
        rng = self.rng
        seconds = float(np.round(rng.uniform(*SECONDS), 1))
        seconds = min(seconds, song.seconds - 0.5, max(self.left[split], SECONDS[0]))
        frames = int((song.seconds - seconds) * MOTION_FPS)
        start = 0.0 if rng.random() < AT_START else float(rng.integers(0, frames + 1)) / MOTION_FPS
        self.lines.append(Line(f"{len(self.lines):05d}-{split}-{style}", split, style, family, song, start,
                               seconds, int(rng.integers(2**31))))
        self.left[split] -= seconds
        self.had[split, "family" if family else "style", family or style] += seconds
        self.had[split, "kind", song.kind] += seconds

    def _lacking(self, weights: Mapping[str, float], split: str, what: str) -> str:
        """Of things with weights, the one that has had least for its weight."""
        tie = self.rng.permutation(len(weights))
        names = [list(weights)[i] for i in tie]
        return min(names, key=lambda n: self.had[split, what, n] / weights[n])

    def _song(self, split: str) -> SongOrder:
        """The next song of a split."""
        found = {s.name: s.seconds for s in self.found if s.split == split}
        self.songs += 1
        kinds = {"studio": 1 - DEBIAN_SHARE} | ({"debian": DEBIAN_SHARE} if found else {})
        if self._lacking(kinds, split, "kind") == "debian":
            name = self._lacking(found, split, "song")
            self.had[split, "song", name] += 1.0
            return SongOrder("debian", name, "", 0, found[name])
        style = self._lacking(dict.fromkeys(styles_in("4/4"), 1.0), split, "style")
        return self._studio_song(style, TEMPI, SONG_STYLES[style].tempo)

    def _studio_song(self, style: str, wide: tuple[float, float], usual: tuple[float, float],
                     metre: str = "4/4") -> SongOrder:
        """A song at a tempo (BPM) of a wide range, or of the one that is usual in its style."""
        rng = self.rng
        low, high = wide if rng.random() < ANY_TEMPO else usual
        seed = int(rng.integers(2**20)) * 100_000 + self.songs  # no two alike, in any split
        return SongOrder("studio", f"studio/{style}-{seed}", style, seed,
                         float(np.round(rng.uniform(*STUDIO_SECONDS), 1)),
                         float(np.round(rng.uniform(low, high), 1)), bool(rng.random() < TEMPO_CHANGES),
                         metre)
