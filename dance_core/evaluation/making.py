"""Dances made for measuring: the way of the app without a server, each kept as soon as it is made."""

from __future__ import annotations

import functools
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.generators.base import Generator
from dance_core.longform.dance import Dance
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import ASSETS, ROOT, Settings

# What a dance depends on; the other rooms may change without a dance becoming another.
_ROOMS = ("motion", "corpus/studio", "longform")


@dataclass(frozen=True, eq=False)
class Made:
    """A dance and how it was made.

    Attributes:
        motion: the dance.
        seams: frames (start, stop) that were blended; start = stop where nothing needed to be.
        seconds: how long making it took, features known. first: until its first frames were final.
    """

    motion: Motion
    seams: tuple[tuple[int, int], ...]
    seconds: float
    first: float


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be danced: see longform.dance.Dance."""

    features: Features
    beats: Beats
    style: str
    reference: Motion
    seed: int


def make(generator: Generator, wish: Wish, settings: Settings) -> Made:
    """Dance through a piece of music, segment after segment, as an engine would do it for one visitor."""
    begun = time.perf_counter()
    first = None
    dance = Dance(wish.features, wish.beats, generator.needs, wish.style, wish.reference, settings, wish.seed)
    while not dance.complete:
        ready = dance.ready()
        answers = generator.generate([request for _, request in ready])
        for (index, _), answer in zip(ready, answers, strict=True):
            if dance.accept(index, answer) is not None and first is None:
                first = time.perf_counter() - begun
    seconds = time.perf_counter() - begun
    seams = tuple((s.start, s.stop) for s in dance.seams())
    return Made(dance.motion(), seams, seconds, seconds if first is None else first)


def pace(made: Sequence[Made]) -> float:
    """Seconds of dance made per second."""
    return sum(m.motion.duration for m in made) / max(sum(m.seconds for m in made), 1e-9)


class Kept:
    """Dances in a folder, by name, so that an evaluation that was stopped goes on where it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str) -> Made | None:
        """The dance of that name; None if it is not there whole."""
        try:
            about = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
            motion = load_npz(self.folder / f"{name}.npz")
            seams = tuple((int(a), int(b)) for a, b in about["seams"])
            return Made(motion, seams, float(about["seconds"]), float(about["first"]))
        except (OSError, ValueError, KeyError, TypeError, UserError):
            return None

    def put(self, name: str, made: Made) -> None:
        """Keep a dance; the JSON comes last, so that a half-written one is none."""
        save_npz(self.folder / f"{name}.npz", made.motion)
        about = {"seams": made.seams, "seconds": made.seconds, "first": made.first}
        with replacing(self.folder / f"{name}.json") as part:
            part.write_text(json.dumps(about) + "\n", encoding="utf-8")

    def made(self, name: str, generator: Generator, wish: Wish, settings: Settings) -> Made:
        """The dance of that name, made if it is not there yet."""
        found = self.get(name)
        if found is None or len(found.motion) != len(wish.features):
            made = make(generator, wish, settings)
            self.put(name, made)
            found = self.get(name) or made  # as it will be read next time, rounding included
        return found


@functools.cache
def making_digest(name: str) -> str:
    """`code_digest` of what a generator's dances depend on; the other generators' own rooms left out."""
    others = {other for other in registry() if other != name}
    rooms = sorted(p.name for p in (ROOT / "dance_core" / "generators").iterdir()
                   if p.name not in others and not p.name.startswith("_"))
    return code_digest((*_ROOMS, *(f"generators/{room}" for room in rooms)))


def code_digest(rooms: tuple[str, ...]) -> str:
    """12 hex digits of the source of the given rooms: two runs with the same digest ran the same code."""
    h = hashlib.sha256()
    for room in rooms:
        whole = ROOT / "dance_core" / room
        for path in [whole] if whole.is_file() else sorted(whole.rglob("*.py")):
            h.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return h.hexdigest()[:12]


def weights_digest(name: str) -> str:
    """12 hex digits of a generator's weights and config in assets/weights/NAME; "" where there are none."""
    folder = ASSETS / "weights" / name
    kinds = {".safetensors", ".json"}
    files = sorted(p for p in folder.rglob("*") if p.suffix in kinds) if folder.is_dir() else []
    h = hashlib.sha256()
    for path in files:
        h.update(path.name.encode() + b"\0" + path.read_bytes())
    return h.hexdigest()[:12] if files else ""
