"""The Take noun: a finished dance with everything that belongs to it, kept as one folder.

A folder holds `take.json` (all but the motion), `motion.npz` (the motion in the field's layout) and,
where asked for, `song.flac` (what is played; its mean is what the model heard).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dance_core.errors import UserError
from dance_core.longform.segment import Segment
from dance_core.longform.source import Source, read_source
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.motion import Motion
from dance_core.motion.shape import build_words
from dance_core.music.beatfile import record
from dance_core.music.beats import Beats
from dance_core.music.byhand import ByHand, read_by_hand
from dance_core.music.playback import write_playback
from dance_core.music.song import Song

VERSION = 1
SONG = "song.flac"  # of a Take's folder
_JSON, _MOTION = "take.json", "motion.npz"
_MAX_JSON = 16 * 2**20  # bytes; a 10-minute dance needs about 0.3 MB
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Fault:
    """A stretch of a dance that breaks a physical limit.

    Attributes:
        kind: "speed", "hinge", "slide", "floor", "seam", "reference" (see evaluation.limits).
        start_s, stop_s: seconds from the dance's first frame.
        value, limit: the worst value in the stretch and what is allowed, both in `unit`.
        joint: SMPL-X name of the joint, or "".
        unit: of the two ("m/s", "deg", "cm", "x").
    """

    kind: str
    start_s: float
    stop_s: float
    value: float
    limit: float
    joint: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Jump:
    """The largest jumps from one frame to the next within some frames, over the 22 body joints; where the
    body is kept, over the hands' joints as their wrists see them, and 0 where they are kept too.

    Attributes:
        position: m, length of a joint's way from one frame to the next.
        velocity: m/s, length of the change of its velocity. Times the frame rate it is the joint's
            acceleration, which the limit of a seam is about.
        acceleration: m/s², length of the change of its acceleration.
    """

    position: float
    velocity: float
    acceleration: float


@dataclass(frozen=True)
class Seam:
    """How two segments were joined.

    Attributes:
        index: of the segment that begins here (1, 2, …).
        start, stop: frames that were blended, stop not included (none where a seam was kept); from `stop`
            on the new segment is alone.
        fps: frame rate.
        method: "kept" (the two sides agreed: nothing was changed), "cosine" or "inertial".
        turn_degrees: how far the new segment was turned about Y to carry the heading on.
        shift_metres: how far its pelvis was moved along the floor to carry the place on.
        steps: how many small steps were laid in so that no planted foot has to slide.
        before: jumps that a hard cut at `stop` would have, heading and place already carried on.
        after: jumps within the finished seam.
        elsewhere: 95th percentile of the same jumps over the dance's frames outside of all seams.
        ratio: peak acceleration in the seam / 95th percentile of the acceleration elsewhere.
    """

    index: int
    start: int
    stop: int
    fps: float
    method: str
    turn_degrees: float
    shift_metres: float
    steps: int
    before: Jump
    after: Jump
    elsewhere: Jump
    ratio: float

    @property
    def seconds(self) -> float:
        """Where the new segment takes over, seconds from the dance's first frame."""
        return self.stop / self.fps


def new_take_id() -> str:
    """A new opaque id: 128 random bits as 22 characters that are safe in an address and a file name."""
    return secrets.token_urlsafe(16)


def is_take_id(text: str) -> bool:
    """Whether `text` could be an id of `new_take_id`: no path, no surprise."""
    return bool(_ID.fullmatch(text))


def utc_now() -> str:
    """The time as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, eq=False)
class Take:
    """A finished dance.

    Attributes:
        id: opaque (`new_take_id`).
        title: of the song; user text.
        song_digest: SHA-256 of the song (or excerpt), 64 hex digits.
        duration: seconds of the song; the motion may end up to a frame before.
        beats: of the song, times from the dance's first frame.
        motion: the dance.
        segments, seams: how it was cut and joined; one seam fewer than segments.
        generator, generator_title: key, and what people read.
        style, pose: keys; seed: of the whole dance; guidance, energy: see
            generators.base.Request.
        timings: seconds: "analysis" (where known), "waiting" (for a free place), "first_segment"
            (asked to first piece), "generation" (model at work, waiting for it included), "total".
        faults: where it breaks a physical limit.
        alignment: numbers of evaluation.alignment.
        reference_error: "degrees" (largest over the joints) and "centimetres" of frame 0.
        by_hand: how the beats were set by hand; None: they are as they were found.
        found: the tracked beats, where others were set by hand.
        source: the file that an imported dance was read from; None: it was made here.
        parent: id of the dance that this one was mended from; "": of none. change: what was mended, in words.
        created: ISO 8601, UTC.
        version: of this layout.
    """

    id: str
    title: str
    song_digest: str
    duration: float
    beats: Beats
    motion: Motion
    segments: tuple[Segment, ...]
    seams: tuple[Seam, ...]
    generator: str
    generator_title: str
    style: str
    pose: str
    seed: int
    guidance: float = 1.0
    energy: float | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    alignment: Mapping[str, float] = field(default_factory=dict)
    reference_error: Mapping[str, float] = field(default_factory=dict)
    by_hand: ByHand | None = None
    found: Beats | None = None
    source: Source | None = None
    parent: str = ""
    change: str = ""
    created: str = field(default_factory=utc_now)
    version: int = VERSION

    def __post_init__(self) -> None:
        if not is_take_id(self.id):
            raise ValueError("Take.id must be made by new_take_id()")
        if not re.fullmatch(r"[0-9a-f]{64}", self.song_digest):
            raise ValueError("Take.song_digest must be 64 hex digits")
        if not self.segments or self.segments[0].start or self.segments[-1].stop != len(self.motion):
            raise ValueError("Take.segments must begin and end where its motion does")
        if [s.index for s in self.segments] != list(range(len(self.segments))):
            raise ValueError("Take.segments must be numbered 0, 1, 2, …")
        if not 0 <= self.seed < 2**63:
            raise ValueError(f"Take.seed is {self.seed}, expected 0 to 2**63 - 1")
        if not (math.isfinite(self.duration) and self.duration > 0):
            raise ValueError(f"Take.duration is {self.duration}, expected more than 0")
        for name in _MAPPINGS:
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __reduce__(self) -> tuple[Any, ...]:
        """As another process gets it: made anew, for a mapping that nobody can change can't be pickled."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return partial(Take, **values | {name: dict(values[name]) for name in _MAPPINGS}), ()


_MAPPINGS = ("timings", "alignment", "reference_error")


def save_take(take: Take, folder: str | Path, song: Song | None = None) -> Path:
    """Write a take as a folder, whole or not at all, and return the folder.

    A new (or empty) folder appears at once by renaming. In a folder that holds other files, only the
    take's own files are replaced, `take.json` last; it names the digest of its motion, so that a
    half-replaced take is noticed when loaded.

    Args:
        take: what to keep.
        folder: where; its parent is made if missing.
        song: if given, `song.flac` is written too.

    Raises:
        UserError: `folder` is a file. OSError: disk full and the like; nothing is left behind.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise UserError(f"{target.name!r} is a file, but a dance is kept as a folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent / f".{target.name[:80]}.part-{secrets.token_hex(6)}"
    part.mkdir(mode=0o755)
    try:
        save_npz(part / _MOTION, take.motion)
        if song is not None:
            write_playback(song, part / SONG)
        data = _to_json(take, _digest(part / _MOTION))
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        (part / _JSON).write_text(text, encoding="utf-8")
        for name in os.listdir(part):
            _flush(part / name)
        if target.exists() and any(target.iterdir()):
            for name in (SONG, _MOTION, _JSON):  # take.json last: it vouches for the others
                if (part / name).exists():
                    os.replace(part / name, target / name)
        else:
            os.rename(part, target)  # POSIX: an empty target is replaced
        _flush(target.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def take_folders(folder: str | Path) -> list[Path]:
    """The folder itself where a dance is kept in it, or else those in it that hold one, by name.

    Raises UserError where there is none.
    """
    source = Path(folder)
    if (source / _JSON).is_file():
        return [source]
    found = sorted(p.parent for p in source.glob(f"*/{_JSON}") if not p.parent.name.startswith("."))
    if not found:
        raise UserError(f"The folder {source.name!r} holds no dance: {_JSON} was expected in it, or in the "
                        "folders that it holds.")
    return found


def load_take(folder: str | Path) -> Take:
    """Read a folder that `save_take` wrote. Raises UserError: no take there, damaged, or too new."""
    source = Path(folder)
    data = read_description(source)
    if data.get("motion_sha256") != _digest(source / _MOTION):
        raise UserError(f"{_MOTION} is damaged or belongs to another dance: its digest does not fit {_JSON}.")
    motion = load_npz(source / _MOTION)
    try:
        return _from_json(data, motion)
    except UserError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UserError(f"{_JSON} is damaged: one of its values is missing or can't be right.") from error


def read_description(folder: str | Path) -> dict[str, Any]:
    """What take.json of a kept dance says, unchecked but for the version. Raises as `load_take`."""
    source = Path(folder)
    path = source / _JSON
    if not path.is_file() or not (source / _MOTION).is_file():
        raise UserError(f"The folder {source.name!r} holds no dance: {_JSON} and {_MOTION} were expected.")
    if path.stat().st_size > _MAX_JSON:
        raise UserError(f"{_JSON} is {path.stat().st_size / 2**20:.0f} MB long, at most {_MAX_JSON >> 20} "
                        "are read.")
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
        version = data["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UserError(f"{_JSON} is damaged: it is not the description of a dance.") from None
    if version != VERSION:
        raise UserError(f"This dance has format version {version}, but this program reads version {VERSION}.")
    return data


def _to_json(take: Take, motion_sha256: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for f in dataclasses.fields(take):
        value = getattr(take, f.name)
        if f.name == "motion":
            continue
        if f.name in ("segments", "seams", "faults"):
            value = [dataclasses.asdict(v) for v in value]
        elif isinstance(value, Beats):
            value = record(value)
        elif isinstance(value, ByHand | Source):
            value = value.record()
        elif isinstance(value, Mapping):
            value = {str(k): float(v) for k, v in value.items()}
        data[f.name] = value
    data["parts"] = sorted(take.motion.parts)
    data["build"] = build_words(take.motion.betas)  # for who reads it: the betas are the motion's
    data["motion_sha256"] = motion_sha256
    return data


def _from_json(data: dict[str, Any], motion: Motion) -> Take:
    motion = dataclasses.replace(motion, parts=frozenset(data["parts"]))
    # dances from before beats could be set by hand, others imported, stretches mended, and energy asked for
    data = {"energy": None, "by_hand": None, "found": None, "source": None, "parent": "", "change": "",
            **data}
    values: dict[str, Any] = {f.name: data[f.name] for f in dataclasses.fields(Take) if f.name != "motion"}
    for name in ("id", "title", "song_digest", "generator", "generator_title", "style", "pose", "created",
                 "parent", "change"):
        if not isinstance(values[name], str):
            raise TypeError(name)
    if not isinstance(values["seed"], int) or isinstance(values["seed"], bool):
        raise TypeError("seed")
    for name in ("timings", "alignment", "reference_error"):
        values[name] = {str(k): float(v) for k, v in values[name].items()}
    for name in ("duration", "guidance"):
        values[name] = float(values[name])
    values["energy"] = None if data["energy"] is None else float(data["energy"])
    values["beats"] = Beats(**data["beats"])
    values["found"] = None if data["found"] is None else Beats(**data["found"])
    values["by_hand"] = None if data["by_hand"] is None else read_by_hand(data["by_hand"])
    values["source"] = None if data["source"] is None else read_source(data["source"])
    for name, kind in (("segments", Segment), ("seams", Seam), ("faults", Fault)):
        values[name] = tuple(_record(kind, row) for row in data[name])
    return Take(motion=motion, **values)


def _record(kind: type, row: dict[str, Any]) -> Any:
    """A Segment, Seam, Jump or Fault from its JSON, every value of the type that it should have."""
    expected = {f.name: f.type for f in dataclasses.fields(kind)}
    if set(row) != set(expected):
        raise KeyError(kind.__name__)
    made: dict[str, Any] = {}
    for name, value in row.items():
        if expected[name] == "Jump":
            value = _record(Jump, value)
        elif expected[name] == "float" and isinstance(value, int | float) and not isinstance(value, bool):
            value = float(value)
        elif type(value).__name__ != expected[name]:
            raise TypeError(name)
        made[name] = value
    return kind(**made)


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no JSON")


def _digest(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
