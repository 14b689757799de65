"""A study on the disk: what was designed, planned and made, as one folder.

    study.yaml       the design, as it was written
    study.json       the plan, and which file shows which dance
    files/           what browsers fetch: dances, music, tones, all under names of chance
    takes/           the Takes that the dances were cut from
    faults.json      what is wrong in the dances as they are shown (see clip_faults)
    judgments.csv    the record (0600)
    control.json     whether it is open, and which version of its texts holds (see control); study-2.yaml …
    state.sqlite     who has which place (0600); salt (0600): without it no hash leads to a person
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dance_core.errors import UserError
from dance_core.study.design import Design, parse_design
from dance_core.study.plan import Clip, Place, Trial

VERSION = 1
YAML, JSON, FILES, TAKES, CSV = "study.yaml", "study.json", "files", "takes", "judgments.csv"
STATE, SALT, CONTROL = "state.sqlite", "salt", "control.json"


@dataclass(frozen=True)
class Shown:
    """A dance as raters get it: its opaque name, which is its file's too, and the Take that it shows."""

    name: str
    take: str


@dataclass(frozen=True)
class Study:
    """A study that was made. `clips` and `music` by the numbers that the plan uses.

    Attributes:
        folder: where it lies.
        design, plan: see there.
        clips: (system, material) → Shown.
        music: material → file.
        silence: file that is played where there is to be no sound: as long as a clip.
        tones: the headphone check: files, and which of three tones is the quiet one (1 to 3).
    """

    folder: Path
    design: Design
    plan: tuple[Place, ...]
    clips: dict[Clip, Shown]
    music: dict[int, str]
    silence: str
    tones: tuple[tuple[str, int], ...]

    @property
    def id(self) -> str:
        """As in the address and the CSV."""
        return self.design.id

    @property
    def files(self) -> Path:
        """What browsers may fetch."""
        return self.folder / FILES

    @property
    def csv(self) -> Path:
        """The record."""
        return self.folder / CSV

    def to_json(self) -> str:
        """What `load_study` reads beside the design."""
        return json.dumps({
            "version": VERSION,
            "clips": [[s, m, c.name, c.take] for (s, m), c in self.clips.items()],
            "music": list(self.music.items()), "silence": self.silence, "tones": self.tones,
            "plan": [[[_row(t) for t in p.trials], _row(p.practice) if p.practice else None]
                     for p in self.plan]}, separators=(",", ":")) + "\n"


def texts_file(folder: Path) -> Path:
    """The YAML whose texts hold now: the last that was given."""
    later = sorted(folder.glob("study-*.yaml"), key=lambda p: (len(p.name), p.name))
    return later[-1] if later else folder / YAML


def stamp(folder: Path) -> tuple[int, ...]:
    """Changes when the study was changed: a running server then reads it again."""
    found = [folder / JSON, folder / CONTROL]
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in found)


def load_study(folder: str | Path) -> Study:
    """A study that was made. Raises UserError where there is none, or a damaged one."""
    folder = Path(folder)
    if not (folder / JSON).is_file() or not (folder / YAML).is_file():
        raise UserError(f"There is no study in the folder {folder.name!r}: make it first.")
    design = parse_design(texts_file(folder).read_text(encoding="utf-8"), folder)
    try:
        data = json.loads((folder / JSON).read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise UserError(f"The study {design.id!r} was made by another version of this program.")
        return Study(
            folder, design,
            tuple(Place(tuple(_trial(t) for t in trials), _trial(practice) if practice else None)
                  for trials, practice in data["plan"]),
            {(s, m): Shown(name, take) for s, m, name, take in data["clips"]},
            dict(data["music"]), data["silence"],
            tuple((name, answer) for name, answer in data["tones"]))
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        raise UserError(f"The study {design.id!r} is damaged: its {JSON} can't be read.") from None


def _row(trial: Trial) -> list[object]:
    return [trial.kind, trial.left, trial.right, trial.material, trial.expect]


def _trial(row: list) -> Trial:
    kind, left, right, material, expect = row
    return Trial(kind, tuple(left), tuple(right) if right is not None else None, material, expect)
