"""Pairs of music and dance, and the folder that they lie in: what a corpus is, and how it is read.

A corpus is a folder with `index.json` (one row a pair), `card.md` (what it is made of, for people) and
`pairs/<id>.npz`, one file a pair: the features, the beats, the motion, and where all that came from. Nothing
here ever unpickles.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features

SPLITS = ("train", "val", "test")
FORMAT = 1  # of the files; a corpus of another format is refused
INDEX, CARD, PAIRS = "index.json", "card.md", "pairs"
_GRAIN = 2.0**14  # rotations and places are kept to 1/16384 rad or m: 0.06 mm


@dataclass(frozen=True, eq=False)
class Pair:
    """A stretch of a song and a dance to it, frame by frame.

    Attributes:
        id: names it within its corpus (letters, digits, - and _).
        split: "train", "val" or "test". No song and no source dance is in two of them.
        style: style key: one of the ten AIST++ genres, or "waltz", "salsa", "party", "modern".
        features: (T, F) at 30 Hz, cut out of those of the whole song.
        beats: in seconds from the pair's first frame.
        motion: T frames at 30 a second, with hands and face.
        provenance: song, song_kind ("studio", "debian"), dance_kind ("studio", "real"), dances (the source
            clips), licences, attribution, marks (of the source clips), code, seed … (JSON values).
    """

    id: str
    split: str
    style: str
    features: Features
    beats: Beats
    motion: Motion
    provenance: Mapping[str, object]

    def __post_init__(self) -> None:
        if self.split not in SPLITS:
            raise ValueError(f"Pair.split is {self.split!r}, expected one of {SPLITS}")
        if not self.id or not all(c.isalnum() or c in "-_" for c in self.id):
            raise ValueError(f"Pair.id is {self.id!r}, expected letters, digits, - and _")
        if len(self.motion) != len(self.features) or self.motion.fps != self.features.fps:
            raise ValueError(f"Pair: {len(self.motion)} frames at {self.motion.fps} of motion against "
                             f"{len(self.features)} at {self.features.fps} of music")

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.motion.duration


@dataclass(frozen=True)
class Row:
    """What the index says about a pair: seconds, the song and the source dances by name."""

    id: str
    split: str
    style: str
    seconds: float
    song: str
    dances: tuple[str, ...]
    song_kind: str = ""
    dance_kind: str = ""


def row_of(pair: Pair) -> Row:
    """The index row of a pair."""
    told = pair.provenance
    return Row(pair.id, pair.split, pair.style, round(pair.seconds, 3), str(told.get("song", "")),
               tuple(str(d) for d in told.get("dances", ())),  # type: ignore[union-attr]
               str(told.get("song_kind", "")), str(told.get("dance_kind", "")))


def save_pair(path: str | Path, pair: Pair) -> None:
    """Write one pair; the same pair gives the same bytes. A file of that name is replaced in one step."""
    motion, beats = pair.motion, pair.beats
    arrays = {
        "features": pair.features.values,
        "rotations": _rounded(motion.rotations), "translation": _rounded(motion.translation),
        "face": np.rint(motion.face * 255).astype(np.uint8), "betas": motion.betas,
        "beat_times": beats.times, "bar_position": beats.bar_position.astype(np.int16),
        "tempo": np.float64(beats.tempo), "confidence": np.float64(beats.confidence),
        "beats_per_bar": np.int64(beats.beats_per_bar), "fps": np.float64(motion.fps),
        "about": np.str_(json.dumps({
            "format": FORMAT, "id": pair.id, "split": pair.split, "style": pair.style,
            "feature_names": pair.features.names, "parts": sorted(motion.parts),
            "provenance": dict(pair.provenance)}, sort_keys=True)),
    }
    with replacing(path) as part:
        with open(part, "xb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)


def load_pair(path: str | Path) -> Pair:
    """Read one pair. Raises UserError where the file is missing, damaged or of another format."""
    name = Path(path).name
    try:
        with np.load(path, allow_pickle=False) as a:
            about = json.loads(str(a["about"]))
            if about["format"] != FORMAT:
                raise UserError(f"The pair {name} has format {about['format']}, but {FORMAT} was expected; "
                                "build the corpus again.")
            fps = float(a["fps"])
            beats = Beats(a["beat_times"], a["bar_position"], float(a["tempo"]), float(a["confidence"]),
                          int(a["beats_per_bar"]))
            motion = Motion(fps, a["rotations"], a["translation"], a["face"].astype(np.float32) / 255,
                            a["betas"], frozenset(about["parts"]))
            features = Features(a["features"], tuple(about["feature_names"]), fps)
        return Pair(about["id"], about["split"], about["style"], features, beats, motion, about["provenance"])
    except UserError:
        raise
    except FileNotFoundError:
        raise UserError(f"The pair {name} is missing from the corpus.") from None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zipfile.LargeZipFile):
        raise UserError(f"The pair {name} is damaged; build the corpus again.") from None


def _rounded(values: np.ndarray) -> np.ndarray:
    return (np.rint(values * _GRAIN) / _GRAIN).astype(np.float32)


class Corpus:
    """A folder of pairs. Pairs are read when asked for; only the index is kept in memory."""

    def __init__(self, folder: Path, rows: tuple[Row, ...]) -> None:
        self.folder, self.rows = folder, rows
        self._known = {row.id: row for row in rows}

    @classmethod
    def open(cls, folder: str | Path) -> "Corpus":
        """The corpus in a folder. Raises UserError where there is none, or its index is damaged."""
        folder = Path(folder)
        try:
            told = json.loads((folder / INDEX).read_text(encoding="utf-8"))
            if told["format"] != FORMAT:
                raise UserError(f"The corpus has format {told['format']}, but {FORMAT} was expected; "
                                "build it again.")
            rows = tuple(Row(**{**row, "dances": tuple(row["dances"])}) for row in told["pairs"])
        except UserError:
            raise
        except (FileNotFoundError, NotADirectoryError):
            raise UserError(f"There is no corpus in {folder.name!r}: {INDEX} is missing "
                            "(python -m dance_core corpus build --out DIR makes one).") from None
        except (ValueError, KeyError, TypeError):
            raise UserError(f"The index of the corpus in {folder.name!r} is damaged; "
                            "build it again.") from None
        return cls(folder, rows)

    @property
    def styles(self) -> tuple[str, ...]:
        """The style keys that occur, sorted."""
        return tuple(sorted({row.style for row in self.rows}))

    @property
    def card(self) -> str:
        """The card as Markdown; empty if there is none."""
        path = self.folder / CARD
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def licences(self) -> list[str]:
        """The terms of all recorded dances in it, sorted; an older index leaves that to the pairs."""
        told = json.loads((self.folder / INDEX).read_text(encoding="utf-8")).get("licences")
        if not isinstance(told, list):
            told = [name for pair in self.pairs() for name in pair.provenance.get("licences", ())]
        return sorted({str(name) for name in told})

    def seconds(self, split: str | None = None, style: str | None = None) -> float:
        """How long all the pairs of a split and style are together."""
        return sum(row.seconds for row in self._chosen(split, style))

    def pairs(self, split: str | None = None, style: str | None = None) -> Iterator[Pair]:
        """Read the pairs of a split and style (None: all), one after another in the order of the index."""
        for row in self._chosen(split, style):
            yield self.pair(row.id)

    def pair(self, id: str) -> Pair:
        """Read one pair. Raises UserError for an id that is not in the index."""
        if id not in self._known:
            raise UserError(f"There is no pair {id[:40]!r} among the {len(self.rows)} of this corpus.")
        return load_pair(pair_path(self.folder, id))

    def _chosen(self, split: str | None, style: str | None) -> list[Row]:
        if split is not None and split not in SPLITS:
            raise UserError(f"There is no split {split[:20]!r}; there are {', '.join(SPLITS)}.")
        return [r for r in self.rows if split in (None, r.split) and style in (None, r.style)]


def pair_path(folder: str | Path, id: str) -> Path:
    """Where the pair with this id lies."""
    return Path(folder) / PAIRS / f"{id}.npz"


def save_index(folder: str | Path, rows: list[Row], **about: object) -> None:
    """Write index.json, which makes the folder a corpus. `about`: more to keep at its top (JSON values)."""
    told = {"format": FORMAT, **about,
            "pairs": [{**vars(row), "dances": list(row.dances)} for row in rows]}
    with replacing(Path(folder) / INDEX) as part:
        part.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
