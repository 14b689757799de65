"""What is wrong in the dances of a study, and when: faults of every clip as raters saw it.

Faults are found in the whole Take, on the body that raters see, so that a dance is held against its own
habits; what lies within the clip counts, in seconds of the clip. `make` keeps them beside the study
(`faults.json`); what is missing, or was found by other code, is measured when it is asked for, as long as the
Take is there.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.evaluation.faults import Dance, Fault, find_faults
from dance_core.evaluation.faults.shelf import code_digest
from dance_core.longform.take import Take, load_take, read_description
from dance_core.motion.motion import BETAS
from dance_core.motion.shape import reshaped
from dance_core.study.folder import TAKES, Study

FILE = "faults.json"
LEAST_S = 0.1  # less of a fault than this within the clip is not seen
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ClipFaults:
    """A clip and what is wrong in it.

    Attributes:
        clip: its opaque name, as in the columns `left` and `right` of the record.
        take: id of its Take. system, song, style: as in the record.
        seconds: how long it is.
        faults: in order of time; seconds from the clip's first frame, cut to the clip.
    """

    clip: str
    take: str
    system: str
    song: str
    style: str
    seconds: float
    faults: tuple[Fault, ...]

    def worst(self, kind: str) -> float:
        """Severity of the worst fault of a kind, 0 where there is none."""
        return max((f.severity for f in self.faults if f.kind == kind), default=0.0)


@dataclass(frozen=True)
class StudyFaults:
    """The clips of a study by name. missing: how many could not be measured: their Takes are not there."""

    clips: Mapping[str, ClipFaults]
    missing: int = 0


def faults_within(take: Take, start_s: float, seconds: float) -> list[Fault]:
    """Faults of a Take in the stretch that is shown, times from its first frame."""
    motion = reshaped(take.motion, np.zeros(BETAS))
    found = []
    for fault in find_faults(Dance.of_take(dataclasses.replace(take, motion=motion))):
        start, stop = max(fault.start_s - start_s, 0.0), min(fault.stop_s - start_s, seconds)
        whole = fault.stop_s - fault.start_s
        if stop - start >= min(LEAST_S, whole) and stop >= start:
            cut = dataclasses.replace(fault, start_s=start, stop_s=stop)
            found.append(Fault(**cut.record()))  # rounded as it is kept: the same when it is read again
    return found


def keep_faults(folder: Path, found: Mapping[str, list[Fault]]) -> None:
    """Keep the faults of clips (file name → faults) beside a study."""
    with replacing(folder / FILE) as part:
        part.write_text(json.dumps({"code": code_digest(), "clips": {
            name: [f.record() for f in faults] for name, faults in found.items()}}), encoding="utf-8")


def read_faults(study: Study) -> StudyFaults:
    """The faults of all clips of a study: those that are kept, and what is missing measured now and kept."""
    kept = _kept(study.folder)
    lacking = [clip for clip, shown in study.clips.items() if shown.name not in kept]
    places = _places(study) if lacking else {}
    for system, material in lacking:
        shown = study.clips[system, material]
        start = _start(study, system, material)
        try:
            kept[shown.name] = faults_within(load_take(places[shown.take]), start, study.design.clip_seconds)
        except KeyError:
            continue
        except UserError as error:
            log.warning("study %s: no faults of %s: %s", study.id, shown.take, error)
    if lacking and len(kept) > len(study.clips) - len(lacking):
        keep_faults(study.folder, kept)
    clips = {}
    for (system, material), shown in study.clips.items():
        if shown.name in kept:
            m, name = study.design.materials[material], Path(shown.name).stem
            clips[name] = ClipFaults(name, shown.take, study.design.systems[system].name, m.key, m.style,
                                     study.design.clip_seconds, tuple(kept[shown.name]))
    return StudyFaults(clips, len(study.clips) - len(clips))


def _start(study: Study, system: int, material: int) -> float:
    """Second of its Take at which a clip begins: see make."""
    design = study.design
    start = design.materials[material].start
    return start if design.systems[system].takes is not None else min(design.lead_in, start)


def _places(study: Study) -> dict[str, Path]:
    """Take id → its folder, of all that the study was made from and that are there."""
    found: dict[str, Path] = {}
    for folder in (study.folder / TAKES, *filter(None, (s.takes for s in study.design.systems))):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            try:
                found[str(read_description(path)["id"])] = path
            except (UserError, OSError, KeyError):
                continue
    return found


def _kept(folder: Path) -> dict[str, list[Fault]]:
    """What was found before by the same code; nothing where the file is missing, old or damaged."""
    try:
        data: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if data["code"] != code_digest():
            return {}
        return {name: [Fault(**row) for row in rows] for name, rows in data["clips"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
