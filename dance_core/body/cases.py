"""Cases: a moment of a dance that somebody marked, kept with everything that it takes to see it again.

A case is a folder:

    case.json     tag, note, seconds, whose dance, its settings, and the faults of the stretch
    take/         the whole dance as it was then: `python -m dance_core inspect take` finds the same faults
    excerpt/      motion.npz and song.flac of the stretch alone, a second more on either side
    picture.png   nine moments of it
    README.txt    how to see, measure and make it again
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dance_core.atomic import replacing
from dance_core.body.sheet import strip
from dance_core.errors import UserError
from dance_core.evaluation.faults import Fault
from dance_core.longform.take import SONG, Take, new_take_id, save_take, utc_now
from dance_core.motion.files import save_npz
from dance_core.music.decode import excerpt
from dance_core.music.playback import write_playback
from dance_core.music.song import Song

MOST_NOTE = 2_000  # characters
MOST_TAG = 40
_AROUND_S = 1.0
_MOMENTS = 9
_CELL = (150, 220)
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Case:
    """Attributes:
        id: opaque. created: ISO 8601, UTC.
        take, title, style, system, generator, seed: of the dance.
        start_s, stop_s: the stretch. tag, note: what somebody wrote.
        faults: those that lie in the stretch, as records.
    """

    id: str
    created: str
    take: str
    title: str
    style: str
    system: str
    generator: str
    seed: int
    start_s: float
    stop_s: float
    tag: str
    note: str
    faults: tuple[dict[str, Any], ...]


def keep_case(folder: Path, take: Take, song: Song | None, faults: Sequence[Fault], start_s: float,
              stop_s: float, tag: str, note: str) -> Case:
    """Mark a moment: a new folder below `folder`, whole or not at all.

    Raises UserError for a stretch or a text that can't be.
    """
    if not 0 <= start_s < stop_s <= take.motion.duration + 1e-3:
        raise UserError(f"The moment goes from {start_s:g} to {stop_s:g} s, but the dance from 0 to "
                        f"{take.motion.duration:.2f} s.")
    tag, note = tag.strip(), note.strip()
    if not tag or len(tag) > MOST_TAG:
        raise UserError(f"The tag has {len(tag)} characters, 1 to {MOST_TAG} were expected.")
    if len(note) > MOST_NOTE:
        raise UserError(f"The note has {len(note)} characters, at most {MOST_NOTE} are kept.")
    inside = tuple(f.record() for f in faults if f.start_s < stop_s and f.stop_s > start_s)
    case = Case(new_take_id(), utc_now(), take.id, take.title, take.style, take.generator_title,
                take.generator, take.seed, round(start_s, 3), round(stop_s, 3), tag, note, inside)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{case.id}.part-{secrets.token_hex(4)}"
    part.mkdir()
    try:
        save_take(take, part / "take", song)
        _excerpt(part / "excerpt", take, song, start_s, stop_s)
        picture = strip(take.motion, max(0.0, start_s - 0.2), stop_s - start_s + 0.4, _MOMENTS, cell=_CELL,
                        columns=_MOMENTS)
        picture.save(part / "picture.png")
        (part / "README.txt").write_text(_readme(case), encoding="utf-8")
        text = json.dumps(asdict(case), ensure_ascii=False, indent=1)
        (part / "case.json").write_text(text + "\n", encoding="utf-8")
        part.rename(folder / case.id)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return case


def read_cases(folder: Path) -> list[Case]:
    """All cases, the newest first; folders that hold none, or are damaged, are passed over."""
    found = []
    for path in folder.glob("*/case.json") if folder.is_dir() else ():
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            found.append(Case(**{**data, "faults": tuple(data["faults"])}))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return sorted(found, key=lambda c: c.created, reverse=True)


def bundle_case(folder: Path, case_id: object, out: Path) -> Path:
    """A case as a zip in the folder `out`. Raises UserError for one that is not there."""
    known = isinstance(case_id, str) and _ID.fullmatch(case_id) is not None
    if not known or not (folder / str(case_id) / "case.json").is_file():
        raise UserError("This case is not there any more.")
    name = f"case-{str(case_id)[:8]}"
    source, path = folder / str(case_id), out / f"{name}.zip"
    out.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
        for file in sorted(p for p in source.rglob("*") if p.is_file()):
            pack.write(file, f"{name}/{file.relative_to(source).as_posix()}")
    return path


def _excerpt(folder: Path, take: Take, song: Song | None, start_s: float, stop_s: float) -> None:
    first, last = max(0.0, start_s - _AROUND_S), min(take.motion.duration, stop_s + _AROUND_S)
    folder.mkdir()
    a, b = round(first * take.motion.fps), round(last * take.motion.fps)
    save_npz(folder / "motion.npz", take.motion.slice(a, max(b, a + 1)))
    if song is not None and first < song.duration:
        write_playback(excerpt(song, first, last), folder / SONG)


def _readme(case: Case) -> str:
    rows = [f"  {f['start_s']:.2f} to {f['stop_s']:.2f} s, severity {f['severity']:.2f}: {f['sentence']}"
            for f in case.faults]
    found = "\n".join(rows) or "  none was found"
    again = (f"python -m dance_core dance take/{SONG} --beats take --generator {case.generator} "
             f"--style {case.style} --seed {case.seed} --out again")
    return f"""A moment of a dance, {case.start_s:.2f} to {case.stop_s:.2f} s: {case.tag}

{case.note}

Faults in it:
{found}

See the same faults again:
  python -m dance_core inspect take
A dance of this kind is made by
  {again}
which gives the same one where generator, weights and first pose (take/take.json has its name: --pose) are the
same. A dance that was imported or mended can't be made again so; it is in take/.
"""
