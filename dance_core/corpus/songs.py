"""The songs of a corpus: the Studio's, whose beats are known, and Debian's, which are tracked."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

import dance_core
from dance_core.atomic import replacing
from dance_core.corpus.librosa_features import librosa_features
from dance_core.corpus.studio.songwriter import write_song
from dance_core.errors import UserError
from dance_core.music.analysis import analyse
from dance_core.music.analysis import code_version as analysis_version
from dance_core.music.beats import Beats
from dance_core.music.decode import load_song
from dance_core.music.extract import FEATURE_NAMES, extract_features
from dance_core.music.features import Features
from dance_core.music.song import Song
from dance_core.settings import MOTION_FPS, Settings

STUDIO_LICENCE = "written by this project's songwriter (Apache-2.0, or CC0-1.0)"
DEBIAN_LICENCE = "Kenta Cho (ABA Games), BSD-2-Clause"
GAMES = Path("/usr/share/games")


@dataclass(frozen=True)
class FoundSong:
    """A song of a Debian package: its name, where it lies, its length in s, its split (for good)."""

    name: str
    path: Path
    seconds: float
    split: str


def _found(folder: str, songs: dict[str, tuple[float, str]]) -> tuple[FoundSong, ...]:
    sounds = GAMES / folder / "sounds"
    return tuple(FoundSong(f"debian/{folder}/{name}", sounds / f"{name}.ogg", seconds, split)
                 for name, (seconds, split) in songs.items())


DEBIAN: tuple[FoundSong, ...] = (
    *_found("parsec47", {"ptn0": (60.0, "train"), "ptn1": (60.0, "train"), "ptn2": (72.0, "test"),
                         "ptn3": (60.0, "train")}),
    *_found("rrootage", {"stg_a": (66.2, "train"), "stg_b": (37.2, "val"), "stg_c": (77.4, "test")}),
    *_found("tumiki-fighters", {
        "battle_over_the_junk_city": (38.4, "train"), "here_comes_a_gigantic_toy": (38.4, "train"),
        "just_over_the_horizon": (59.1, "train"), "panic_on_meadow": (44.3, "val"),
        "return_to_home": (22.2, "train"), "we_are_tumiki_fighters": (73.8, "test")}),
)


@dataclass(frozen=True)
class SongOrder:
    """A song by what it is made from. kind "studio" or "debian"; seconds: its length.

    metre: that a Studio song is written in.
    """

    kind: str
    name: str
    style: str
    seed: int
    seconds: float
    tempo: float = 0.0
    tempo_change: bool = False
    metre: str = "4/4"


@dataclass(frozen=True, eq=False)
class Sung:
    """What a pair needs of a song: beats and features of the whole of it."""

    beats: Beats
    features: Features
    licence: str


def sing(order: SongOrder, settings: Settings, standard: str = "own") -> Sung:
    """Write or read a song and analyse it; kept in the cache folder under its order and the code's version.

    standard: whose the 35 standard columns are, "own" or "librosa" (see librosa_features). A Studio song has
    its exact beats, a Debian one those of the tracker, as a visitor's would. Raises UserError where a Debian
    song is not installed.
    """
    if order.kind == "debian":
        found = next(s for s in DEBIAN if s.name == order.name)
        if not found.path.is_file():
            raise UserError(f"The song {found.path.name} is not installed.")
        song = load_song(found.path, settings=settings)
        known = analyse(song, settings)
        return Sung(known.beats, _as_asked(song, known.features, standard), DEBIAN_LICENCE)
    key = hashlib.sha256(f"{asdict(order)} {standard} {studio_version()}".encode()).hexdigest()[:32]
    path = settings.cache_dir / "songs" / f"{key}.npz"
    kept = _read(path)
    if kept is None:
        made = write_song(order.style, order.seed, order.seconds, order.tempo or None, order.tempo_change,
                          order.metre)
        features = _as_asked(made.song, extract_features(made.song, made.beats), standard)
        kept = Sung(made.beats, features, STUDIO_LICENCE)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            np.savez(part, times=kept.beats.times, bar_position=kept.beats.bar_position,
                     tempo=np.float64(kept.beats.tempo),
                     beats_per_bar=np.int64(kept.beats.beats_per_bar), features=kept.features.values)
    return kept


def _as_asked(song: Song, features: Features, standard: str) -> Features:
    return librosa_features(song, features) if standard == "librosa" else features


@cache
def studio_version() -> str:
    """Names the code that writes and analyses songs."""
    folder = Path(dance_core.__file__).parent / "corpus" / "studio"
    digest = hashlib.sha256(analysis_version().encode())
    for path in sorted(folder.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _read(path: Path) -> Sung | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            beats = Beats(kept["times"], kept["bar_position"], float(kept["tempo"]), 1.0,
                          int(kept["beats_per_bar"]))
            return Sung(beats, Features(kept["features"], FEATURE_NAMES, float(MOTION_FPS)), STUDIO_LICENCE)
    except Exception:  # missing or damaged in any way: it is written again
        return None
