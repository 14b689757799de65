"""Recorded dances from folders: the project's uniform files, any motion files."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

from dance_core.corpus.clips import (
    FLOOR_TAG,
    FLOOR_WORK,
    KNOWN_DANCE,
    KNOWN_TAG,
    Clip,
    Clips,
    Refusal,
    faults_of,
)
from dance_core.corpus.folders import there
from dance_core.corpus.origins import origin_of
from dance_core.corpus.terms import UNKNOWN
from dance_core.corpus.uniform import INDEX, read_index
from dance_core.errors import UserError
from dance_core.motion.files import load_npz
from dance_core.motion.filters import low_pass
from dance_core.motion.floor import on_floor
from dance_core.motion.motion import Motion
from dance_core.motion.reading import AISTPP, ENDINGS, read_motion
from dance_core.motion.resample import resample
from dance_core.settings import MOTION_FPS

KNOWN_DANCES = {"g1_unitree/gangnam_style"}
_NEEDED = ("source", "clip", "file", "tempo_bpm", "beat_confidence")  # columns of the index
KNOWN_TEMPO = 0.5  # confidence from which on a tempo in the index counts as known
_LOW_PASS = 12.0  # Hz, before going down to 30 frames a second


def uniform_clips(folder: str | Path) -> Clips:
    """The clips of a folder with an index.csv (`../shared/data/motion` and its README).

    Style, group and split are those that names tell, before those of the index (`origins.origin_of`). Raises
    UserError if the folder is missing or has no index; a file that is missing or no use, or whose style
    nothing tells, is refused with its reason.
    """
    folder = there(folder)
    rows = read_index(folder)
    missing = [c for c in _NEEDED if c not in (rows.fieldnames or ())]
    if missing:
        raise UserError(f"{INDEX} in {folder.name!r} lacks {len(missing)} columns: {', '.join(missing)}.")
    clips, refused = [], []
    for row in rows:
        try:
            clips.append(_uniform(folder, row))
        except UserError as error:
            refused.append(Refusal(f"{row['source']}/{row['clip']}", str(error)))
    return Clips(tuple(clips), tuple(refused))


def _uniform(folder: Path, row: dict[str, str]) -> Clip:
    """The clip of a row of the index. Raises UserError with the reason if it is no use."""
    source, clip = row["source"], row["clip"]
    name, note = f"{source}/{clip}", row.get("beat_note") or ""
    origin = origin_of(source, clip, row.get("style") or "", row.get("split") or "", note)
    if not origin.style:
        raise UserError(f"nothing tells its style: the source {source[:40]!r} is not known, and the index "
                        "has no style for it")
    motion = load_npz(folder / row["file"])
    licence, attribution = terms_of(folder / row["file"])
    _refuse_faults(motion)
    known = name in KNOWN_DANCES or KNOWN_TAG in note
    marks = (*([FLOOR_WORK] if FLOOR_TAG in note else []), *([KNOWN_DANCE] if known else []))
    return origin.clip(name, motion, licence, attribution, tempo_in(row), marks)


def tempo_in(row: dict[str, str]) -> float:
    """The tempo in BPM of a row of the index, 0 where unknown. UserError if it is no number."""
    told = {}
    for column in ("tempo_bpm", "beat_confidence"):
        try:
            told[column] = float(row.get(column) or 0.0)
        except ValueError:
            raise UserError(f"its {column} in {INDEX} is {row[column][:20]!r}, which is no number") from None
    return told["tempo_bpm"] if told["beat_confidence"] >= KNOWN_TEMPO else 0.0


def folder_clips(folder: str | Path, style: str = "modern", licence: str = UNKNOWN,
                 attribution: str = "") -> Clips:
    """Every motion file under a folder (`motion.reading`), at 30 frames a second and set on the floor.

    style: the key of all whose name tells none. Files that can't be read, or are no use, are refused with
    the reason; so are pickles of AIST++. Raises UserError if the folder is missing.
    """
    folder = there(folder)
    clips, refused = [], []
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS)
    stems = Counter(p.with_suffix("") for p in paths)
    for path in paths:
        inside = path.relative_to(folder)
        clip = (inside if stems[path.with_suffix("")] > 1 else inside.with_suffix("")).as_posix()
        name = f"{folder.name}/{clip}"
        try:
            motion = on_floor(at_rate(load_any(path)))
            _refuse_faults(motion)
        except UserError as error:
            refused.append(Refusal(name, str(error)))
            continue
        origin = origin_of(folder.name, inside.with_suffix("").as_posix(), style)
        clips.append(origin.clip(name, motion, licence, attribution))
    return Clips(tuple(clips), tuple(refused))


def load_any(path: Path) -> Motion:
    """A motion of any file that says where the dancer is and how fast it goes. UserError with the reason."""
    found = read_motion(path)
    if found.kind == AISTPP:
        raise UserError("it is a pickle of AIST++; corpus recorded --mocap reads those")
    if not found.placed:
        raise UserError("it does not say where the dancer is")
    return found.motion


def _refuse_faults(motion: Motion) -> None:
    """UserError with the reason if a motion is no use."""
    reason = faults_of(motion)
    if reason:
        raise UserError(reason)


def at_rate(motion: Motion, fps: float = float(MOTION_FPS)) -> Motion:
    """At 30 frames a second, low-passed before going down so that nothing folds back."""
    if motion.fps >= 1.5 * fps and motion.fps > 2 * _LOW_PASS and len(motion) > 12:
        motion = low_pass(motion, _LOW_PASS)
    return resample(motion, fps)


def terms_of(path: Path) -> tuple[str, str]:
    """The licence and the line that an npz says itself; UNKNOWN and "" where it says none."""
    try:
        with np.load(path, allow_pickle=False) as told:
            return (str(told["licence"]) if "licence" in told else UNKNOWN,
                    str(told["attribution"]) if "attribution" in told else "")
    except (OSError, ValueError, KeyError, EOFError, TypeError, AttributeError, zipfile.BadZipFile):
        return UNKNOWN, ""
