"""Public collections of recorded dance, each in its own layout -> a folder of uniform files.

A collection gives Recordings: which file becomes which clip, on what terms. Every recording is a function of
its own file, its Recording and this code; what came of it is written down in made/<source>/<clip>.json when
its files are there. So a conversion that was killed goes on where it stopped, and what has changed is made
again. The index is written from all that was ever made in the folder.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import dance_core
from dance_core.atomic import replacing
from dance_core.corpus import terms
from dance_core.corpus.aistpp import ROOT_SCALE, is_sequence, load_sequence, to_motion, usable_parts
from dance_core.corpus.clips import SHORTEST_S, faults_of, must_stand
from dance_core.corpus.cmu import load_cmu
from dance_core.corpus.g1_moves import load_clip
from dance_core.corpus.labels import Labels
from dance_core.corpus.mocap import at_rate, load_any, tempo_in
from dance_core.corpus.processes import each
from dance_core.corpus.uniform import row_of, save_uniform, write_index
from dance_core.errors import UserError
from dance_core.motion.contacts import plant_feet
from dance_core.motion.files import load_npz
from dance_core.motion.filters import joint_speed
from dance_core.motion.floor import on_floor
from dance_core.motion.motion import Motion
from dance_core.settings import MOTION_FPS

MADE, TERMS = "made", "TERMS.md"
_IDLE, _BEFORE = 0.12, 0.5  # m/s mean of the joints: stands about; s of that which stay at both ends
_PULSE = 0.25  # s over which that mean is taken


@dataclass(frozen=True)
class Recording:
    """A file of a collection, and the clip that it becomes.

    Attributes:
        source, clip: the clip will be source/clip. path: of the file.
        kind: how it is read: "aistpp" (its pickles), "cmu", "g1", "any" (any motion file) or "uniform".
        style: "" where the source or the name tells it. split: one that the collection gives, or "".
        tempo: BPM, 0 where unknown. note: for the index; may hold a tag.
        whole: whether what stands about at both ends stays (it does where beats count from the first frame).
        row: the index row of a uniform file, which stays as it is.
    """

    source: str
    clip: str
    path: str
    kind: str
    licence: str
    attribution: str
    style: str = ""
    split: str = ""
    tempo: float = 0.0
    note: str = ""
    whole: bool = False
    row: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Source and clip."""
        return f"{self.source}/{self.clip}"


@dataclass(frozen=True)
class Collected:
    """What a folder holds: recordings, files that are left out with the reason, and sentences about it."""

    recordings: tuple[Recording, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    said: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """What came of a recording: index rows, why parts are left out, or why the file is refused (broken)."""

    name: str
    rows: tuple[dict[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    broken: str = ""


def convert_all(out: Path, recordings: Sequence[Recording], jobs: int = 1,
                progress: Callable[[int, int], None] | None = None) -> list[Made]:
    """Make the uniform files of all recordings that are not there yet, the index and TERMS.md.

    jobs: processes. progress: called with recordings done and in all. A file that can't be read is told in
    its Made, and the others go on; the index is written even where this is interrupted.
    """
    made: dict[str, Made] = {}
    out.mkdir(parents=True, exist_ok=True)
    try:
        for one in each(functools.partial(convert, out), recordings, jobs):
            made[one.name] = one
            if progress:
                progress(len(made), len(recordings))
    finally:
        rows = _all_rows(out)
        write_index(out, rows)
        _write_terms(out, rows)
    return [made[r.name] for r in recordings]


def convert(out: Path, recording: Recording) -> Made:
    """Make one recording's uniform files, unless they are there. A file that can't be read, or in which
    nobody stands, is `broken`.

    What another version of the file or of this code made under its name goes.
    """
    content = content_of(Path(recording.path))
    mark = fingerprint(recording, content)
    record = out / MADE / recording.source / f"{recording.clip}.json"
    kept = _kept(out, record, mark)
    if kept is not None:
        return Made(recording.name, *kept)
    old = _record(record)
    if old:  # its labels are known even if this is killed
        _write_record(record, old | {"mark": ""})
    for row in old["rows"] if old else ():
        (out / row["file"]).unlink(missing_ok=True)
    try:
        rows, left_out = (_taken_over if recording.kind == "uniform" else _made)(out, recording)
    except UserError as error:
        record.unlink(missing_ok=True)
        return Made(recording.name, broken=str(error))
    _write_record(record, {"mark": mark, "content": content, "rows": rows,
                           "left_out": left_out})
    return Made(recording.name, tuple(rows), tuple(left_out))


def _made(out: Path, recording: Recording) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    motion, scale, origin = read(recording)
    must_stand(motion)
    parts, reason = usable_parts(motion)
    if reason:
        return [], [(recording.name, reason)]
    rows, left_out = [], []
    for i, (a, b) in enumerate(parts):
        a, b = (a, b) if recording.whole else awake(motion, a, b)
        part = on_floor(motion.slice(a, b))
        name = recording.name + (f"_p{i}" if len(parts) > 1 else "")
        reason = faults_of(part) if b > a else f"it stands about; less than {SHORTEST_S:g} s are danced"
        if reason:
            left_out.append((name, reason))
            continue
        save_uniform(out / f"{name}.npz", part, source=name, licence=recording.licence,
                     attribution=recording.attribution, tempo=recording.tempo, root_scale=scale,
                     start=a / MOTION_FPS, origin=origin + motion.translation[a] * [1.0, 0.0, 1.0])
        rows.append(row_of(f"{name}.npz", part, style=recording.style, split=recording.split,
                           tempo=recording.tempo, note=recording.note, licence=recording.licence,
                           attribution=recording.attribution))
    return rows, left_out


def _taken_over(out: Path, recording: Recording) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """A uniform file goes on as it is, to the byte; it is read once to see that it can be."""
    motion = load_npz(recording.path)
    must_stand(motion)
    row = dict(recording.row)
    target = out / f"{recording.name}.npz"
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as part:
        part.write_bytes(Path(recording.path).read_bytes())
    new = row_of(f"{recording.name}.npz", motion, style=recording.style, split=recording.split,
                 tempo=tempo_in(row),
                 note=recording.note, licence=recording.licence, attribution=recording.attribution)
    return [new | {"beat_confidence": row.get("beat_confidence") or "0"}], []


def read(recording: Recording) -> tuple[Motion, float, np.ndarray]:
    """The dance at 30 frames a second, on the floor and planted; metres in one unit of its source; and (3,) m
    where its frame 0 was.

    Raises UserError for a file that can't be read.
    """
    path = Path(recording.path)
    if recording.kind == "aistpp" or (recording.kind == "any" and is_sequence(path)):
        poses, trans = load_sequence(path)
        return to_motion(poses, trans), ROOT_SCALE, trans[0] * ROOT_SCALE * [1.0, 0.0, 1.0]
    if recording.kind == "any":
        motion, scale = load_any(path), 1.0
    else:
        motion, scale = {"cmu": load_cmu, "g1": load_clip}[recording.kind](path)
    return plant_feet(on_floor(at_rate(motion))), scale, motion.translation[0] * [1.0, 0.0, 1.0]


def awake(motion: Motion, start: int, stop: int) -> tuple[int, int]:
    """Of frames start to stop those from half a second before to half a second behind what is danced.

    (start, start) where less than four seconds are.
    """
    if stop - start < 2:
        return start, start
    speed = joint_speed(motion.slice(start, stop)).mean(-1)
    width = max(1, round(_PULSE * motion.fps))
    speed = np.convolve(speed, np.full(width, 1 / width), mode="same")
    moving = np.flatnonzero(speed > _IDLE)
    if not len(moving):
        return start, start
    margin = round(_BEFORE * motion.fps)
    a, b = start + max(0, int(moving[0]) - margin), start + min(stop - start, int(moving[-1]) + margin + 1)
    return (a, b) if b - a >= SHORTEST_S * motion.fps else (start, start)


def fingerprint(recording: Recording, content: str) -> str:
    """Names a recording together with its file's content (`content_of`) and the code that converts it."""
    told = asdict(recording)
    told.pop("path")
    return hashlib.sha256((json.dumps(told, sort_keys=True) + _code() + content).encode()).hexdigest()[:24]


@functools.cache
def _code() -> str:
    root = Path(dance_core.__file__).parent
    digest = hashlib.sha256(f"{dance_core.__version__}".encode())
    names = ("recorded", "uniform", "aistpp", "mocap", "cmu", "g1_moves", "clips", "library")
    for path in [*sorted((root / "motion").rglob("*.py")), *(root / "corpus" / f"{n}.py" for n in names)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _kept(out: Path, record: Path, mark: str) -> tuple[tuple[dict[str, str], ...], tuple] | None:
    """Rows and what was left out, if this very thing was made before and all of its files are there."""
    told = _record(record)
    if told is None or told["mark"] != mark or not all((out / r["file"]).is_file() for r in told["rows"]):
        return None
    return tuple(told["rows"]), tuple((name, why) for name, why in told["left_out"])


def _record(path: Path) -> dict | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return told if {"mark", "rows", "left_out"} <= set(told) else None
    except (OSError, ValueError, TypeError):
        return None


def _write_record(path: Path, told: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(json.dumps(told) + "\n", encoding="utf-8")


def labels_there(out: Path, source: str, clip: str, path: Path) -> tuple[Labels, bool] | None:
    """The labels of what was made under a name, and whether it was made of this file as it is now.

    None where nothing was made.
    """
    told = _record(out / MADE / source / f"{clip}.json")
    if told is None or not told["rows"]:
        return None
    row = told["rows"][0]
    return (Labels(row["style"], row["licence"], row["attribution"]),
            told.get("content") == content_of(path))


def content_of(path: Path) -> str:
    """Names the content of a file; "missing" where it can't be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "missing"


def _all_rows(out: Path) -> list[dict[str, str]]:
    """The rows of everything that was made in this folder and is still there."""
    told = [_record(path) for path in sorted((out / MADE).rglob("*.json"))]
    return [row for one in told if one for row in one["rows"] if (out / row["file"]).is_file()]


def _write_terms(out: Path, rows: list[dict[str, str]]) -> None:
    lines = ["# Terms of these dances", "",
             "Converted from public collections; every file says its licence and line too.", ""]
    for licence, line in sorted({(r["licence"], r["attribution"]) for r in rows}):
        mine = [r for r in rows if (r["licence"], r["attribution"]) == (licence, line)]
        sources = ", ".join(sorted({r["source"] for r in mine}))
        minutes = sum(float(r["seconds"]) for r in mine) / 60
        may = "may be shipped" if licence in terms.SHIPPABLE else "may NOT be shipped"
        lines += [f"- {licence}: {sources} ({len(mine)} clips, {minutes:.1f} minutes). Weights that learned "
                  f"from them {may}.", f"  Line to quote: {line or '(none is given)'}"]
    with replacing(out / TERMS) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")
