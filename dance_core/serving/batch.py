"""Many songs, a dance each: kept under a key, so that what is there is never made again.

A Take's folder gets its name when it is complete; whoever is killed leaves whole Takes and nothing else that
counts. Rows do not depend on each other, so that processes may share them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from dance_core.corpus.processes import each
from dance_core.corpus.studio.gallery import gallery
from dance_core.errors import UserError
from dance_core.evaluation.faults import Dance, find_faults, worst_first
from dance_core.evaluation.making import weights_digest
from dance_core.longform.take import Take, load_take, save_take
from dance_core.music.analysis import analyse
from dance_core.music.decode import excerpt, load_song
from dance_core.serving.engine import Job
from dance_core.serving.local import LocalEngine, make_take
from dance_core.serving.opening import open_engine
from dance_core.serving.remote import RemoteEngine
from dance_core.settings import Settings


@dataclass(frozen=True)
class Row:
    """One dance that is wanted.

    Attributes:
        song: the file. name: what it is called in the table.
        generator, style, pose: keys; pose of the gallery.
        seed: of the dance.
        start, seconds: the excerpt; None: to the end.
        energy: how lively; None: as the seed has it.
    """

    song: Path
    name: str
    generator: str
    style: str
    pose: str
    seed: int = 0
    start: float = 0.0
    seconds: float | None = None
    energy: float | None = None


@dataclass(frozen=True)
class Result:
    """What became of a row. Numbers are None where it failed.

    Attributes:
        name, generator, style, pose, seed, start, seconds, energy: the row's.
        key: of the Take: the name of its folder. state: "made", "there" (made earlier) or "failed".
        error: one sentence, where it failed.
        duration: s of music. tempo: BPM; confidence: of the beats.
        bas: beat alignment. faults, severe: how many (evaluation.faults); worst: the kind of the worst one.
        took: s, analysis and dance, when it was made.
    """

    name: str
    generator: str
    style: str
    pose: str
    seed: int
    start: float = 0.0
    seconds: float | None = None
    energy: float | None = None
    key: str = ""
    state: str = "failed"
    error: str = ""
    title: str = ""
    digest: str = ""
    duration: float | None = None
    tempo: float | None = None
    confidence: float | None = None
    bas: float | None = None
    faults: int | None = None
    severe: int | None = None
    worst: str = ""
    took: float | None = None


@dataclass(frozen=True)
class Batch:
    """Where dances are kept, and how they are made; can be sent to another process.

    Attributes:
        out: folder of the Takes.
        settings: `engine` says where generators run.
        weights: names those of each generator, by its name.
    """

    out: Path
    settings: Settings
    weights: dict[str, str] = field(default_factory=dict)

    def run(self, rows: Sequence[Row], jobs: int, on_result: Callable[[Result], None] = lambda result: None,
            each: Callable[..., Iterator[tuple[int, Result]]] = each) -> list[Result]:
        """Make what is not there; results in the order of the rows. Leftovers of a killed run are cleared.

        each: shares the rows among processes, as `corpus.processes.each` does among those of this machine.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        for half in self.out.glob(".*.part-*"):
            shutil.rmtree(half, ignore_errors=True)
        found: dict[int, Result] = {}
        for index, result in each(functools.partial(_numbered, self), list(enumerate(rows)), jobs):
            found[index] = result
            on_result(result)
        return [found[i] for i in range(len(rows))]

    def make(self, row: Row) -> Result:
        """One row, in this process. Whatever is wrong with its song, or goes wrong, is in the result."""
        about = {part.name: getattr(row, part.name) for part in fields(Row) if part.name != "song"}
        try:
            return self._make(row, about)
        except UserError as error:
            return Result(**about, error=str(error))
        except OSError as error:
            return Result(**about, error=f"It could not be kept: {error.strerror or type(error).__name__}.")

    def _make(self, row: Row, about: dict) -> Result:
        begun = time.perf_counter()
        whole = load_song(row.song, settings=self.settings)
        stop = whole.duration if row.seconds is None else row.start + row.seconds
        song = excerpt(whole, row.start, stop)
        key = self.key(row, song.digest)
        folder = self.out / key
        state = "there"
        try:
            take = load_take(folder)
        except UserError:  # not there, or damaged: made (again)
            state, poses = "made", gallery()
            if row.pose not in poses:
                raise UserError(f"There is no pose {row.pose!r} in the gallery.") from None
            found = analyse(song, self.settings)
            job = Job(song, found.beats, found.features, row.generator, row.style, f"preset:{row.pose}",
                      poses[row.pose].motion, row.seed, energy=row.energy,
                      analysis_seconds=time.perf_counter() - begun)
            take = make_take(_engine(self.settings), job)
            save_take(take, folder, song)
        return _told(about, key, state, take)

    def key(self, row: Row, digest: str) -> str:
        """20 hex digits of all that makes the dance what it is. digest: of the song or excerpt."""
        what = [digest, row.generator, self.weights.get(row.generator, ""), row.style, row.pose, row.seed]
        what += [] if row.energy is None else [row.energy]
        return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:20]


def batch_of(out: Path, settings: Settings, engine: LocalEngine | RemoteEngine) -> Batch:
    """A Batch whose keys name the weights here, or the host's code and weights."""
    names = [n.name for n in engine.generators()]
    at_host = isinstance(engine, RemoteEngine)
    return Batch(out, settings, {n: engine.build if at_host else weights_digest(n) for n in names})


def columns() -> tuple[str, ...]:
    """The names of a table of results."""
    return tuple(Result.__dataclass_fields__)


def cells(result: Result) -> list[object]:
    """A result as a row of the table; floats with as many digits as say something."""
    return ["" if v is None else f"{v:.4f}" if isinstance(v, float) else v for v in asdict(result).values()]


def _told(about: dict, key: str, state: str, take: Take) -> Result:
    faults = find_faults(Dance.of_take(take))
    worst = worst_first(faults)
    return Result(**about, key=key, state=state, title=take.title, digest=take.song_digest,
                  duration=take.duration, tempo=float(take.beats.tempo),
                  confidence=float(take.beats.confidence), bas=float(take.alignment["music_to_motion"]),
                  faults=len(faults), severe=sum(f.severe for f in faults),
                  worst=worst[0].kind if worst else "", took=float(take.timings.get("total", 0.0)))


def _numbered(batch: Batch, item: tuple[int, Row]) -> tuple[int, Result]:
    return item[0], batch.make(item[1])


@functools.lru_cache(maxsize=1)
def _engine(settings: Settings) -> LocalEngine | RemoteEngine:
    """One for all rows of a process: weights are read once."""
    from dance_core.generators import registry

    return open_engine(settings, registry)

