"""Many dances with what is wrong in them, quickly: faults are measured once and kept beside the data.

What is kept goes by the digest of the motion and by the code that finds faults, so nothing stale is shown.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import SEVERE, Fault
from dance_core.evaluation.faults.registry import find_faults
from dance_core.longform.take import Take, read_description

_ABOUT = ("id", "title", "style", "generator", "generator_title", "seed", "pose", "created", "duration",
          "parent", "song_digest", "motion_sha256")  # of take.json
_INDEX = "dances.json"


@functools.cache
def code_digest() -> str:
    """Of the code that finds faults: a change of it makes what was found before worthless."""
    here = Path(__file__).parent
    parts = sorted(here.glob("*.py")) + [here.parent / "limits.py"]
    return hashlib.sha256(b"".join(p.read_bytes() for p in parts)).hexdigest()[:16]


@dataclass(frozen=True)
class Entry:
    """A kept dance on the shelf.

    Attributes:
        key: names it among all on the shelf; says nothing of where it lies.
        folder: where it lies.
        about: of its take.json: id, title, style, generator, generator_title, seed, …; and "on_beat", how
            well it lies on the beats, where that was measured.
        faults: what is wrong in it; None: not measured yet.
    """

    key: str
    folder: Path
    about: dict[str, Any]
    faults: tuple[Fault, ...] | None

    @property
    def seconds(self) -> float:
        """How long it is."""
        return float(self.about.get("duration") or 0.0)

    @property
    def severe(self) -> int | None:
        """How many severe faults; None: not measured yet."""
        return None if self.faults is None else sum(f.severity >= SEVERE for f in self.faults)


class Shelf:
    """The dances of some folders.

    Args:
        folders: of dances, or of folders of dances (one a system, say), or dances themselves; those that are
            not there are passed over.
        cache: where descriptions and faults are kept.
    """

    def __init__(self, folders: Sequence[Path], cache: Path) -> None:
        self.folders, self.cache = tuple(folders), cache
        self._entries: dict[str, Entry] = {}

    def read(self) -> list[Entry]:
        """All dances, those that were measured with their faults. What is damaged is passed over."""
        known = _read_json(self.cache / _INDEX)
        index: dict[str, Any] = {}
        entries: dict[str, Entry] = {}
        for folder in self._places():
            key = hashlib.sha256(str(folder).encode()).hexdigest()[:20]
            try:
                state = (folder / "take.json").stat()
                stamp = [state.st_mtime_ns, state.st_size]
                told = known.get(key)
                about = told["about"] if told and told["stamp"] == stamp else _about(folder)
            except (OSError, UserError, KeyError, TypeError):
                continue
            index[key] = {"stamp": stamp, "about": about}
            faults = self._kept(about["motion_sha256"], key)
            entries[key] = Entry(key, folder, about, faults)
        if index != known:
            self.cache.mkdir(parents=True, exist_ok=True)
            with replacing(self.cache / _INDEX) as part:
                part.write_text(json.dumps(index), encoding="utf-8")
        self._entries = entries
        return list(entries.values())

    def entry(self, key: object) -> Entry:
        """One of those that `read` told last. Raises UserError for a key that is none."""
        if not isinstance(key, str) or key not in self._entries:
            raise UserError("This dance is not there any more. Please read the list again.")
        return self._entries[key]

    def measure(self, entry: Entry, take: Take) -> Entry:
        """Find the faults of a dance that was loaded, and keep them."""
        found = tuple(find_faults(Dance.of_take(take)))
        path = self._path(entry.about["motion_sha256"])
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            part.write_text(json.dumps({"faults": [f.record() for f in found]}), encoding="utf-8")
        made = Entry(entry.key, entry.folder, entry.about, found)
        self._entries[entry.key] = made
        return made

    def _places(self) -> list[Path]:
        found: list[Path] = []
        for folder in self.folders:
            found += [p.parent.resolve() for how in ("", "*/", "*/*/")
                      for p in sorted(folder.glob(f"{how}take.json")) if not p.parent.name.startswith(".")]
        return list(dict.fromkeys(found))

    def _path(self, digest: str) -> Path:
        return self.cache / code_digest() / f"{digest}.json"

    def _kept(self, digest: str, key: str) -> tuple[Fault, ...] | None:
        old = self._entries.get(key)
        if old is not None and old.faults is not None and old.about["motion_sha256"] == digest:
            return old.faults
        try:
            rows = _read_json(self._path(digest))["faults"]
            return tuple(Fault(**row) for row in rows)
        except (KeyError, TypeError):
            return None


def _about(folder: Path) -> dict[str, Any]:
    data = read_description(folder)
    about = {name: data.get(name) for name in _ABOUT}
    if not isinstance(about["motion_sha256"], str) or not about["motion_sha256"].isalnum():
        raise UserError("take.json names no motion.")
    score = (data.get("alignment") or {}).get("music_to_motion")
    return about | {"on_beat": score if isinstance(score, int | float) else None,
                    "beats": len((data.get("beats") or {}).get("times") or ())}


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
