"""The evaluation of a generator on held-out clips, with controls beside it.

    clips      the frozen ones, or excerpts of a corpus' test split (frozen, clips)
    dances     of the generator and of the Choreographer, for every clip and seed (making)
    rows       those, the real dances, and dances that must fail, all measured the same way
    long       three minutes in one go: does it tire, does it wander off?
    locks      phase-lock table (phaselock)

Nothing here prints; report.py makes the tables, criteria.py says what holds.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dance_core.corpus.pairs import Corpus
from dance_core.corpus.studio.gallery import Pose, gallery
from dance_core.corpus.studio.song_styles import SONG_STYLES
from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation import measures, movement
from dance_core.evaluation.clips import Clip, other_music, spread_out
from dance_core.evaluation.controls import frozen, jittered
from dance_core.evaluation.copying import Learned
from dance_core.evaluation.criterion import Criterion
from dance_core.evaluation.distances import diversity, fid
from dance_core.evaluation.evaluator.judge import Heard, Judge, load_judge, on_time, ranks, recall
from dance_core.evaluation.frozen import held_out
from dance_core.evaluation.making import Kept, Made, Wish, make, making_digest, pace, weights_digest
from dance_core.evaluation.parts import hands_and_face, swapped
from dance_core.evaluation.phaselock import TEMPOS, Lock, Track, lock_of, spliced_track, steady_track
from dance_core.evaluation.structure import agreement, dance_bars, music_bars
from dance_core.evaluation.verification import verify
from dance_core.generators.base import Generator
from dance_core.motion.motion import Motion
from dance_core.music.extract import extract_features
from dance_core.settings import Settings

CHOREOGRAPHER = "choreographer"
NEAR_TEMPO = 0.08  # share by which a dance of the corpus may be off a tempo that it is counted for
Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What an evaluation does; the same values give the same table."""

    clips: int = 40
    seeds: int = 3
    seconds: float = 20.0
    long_dances: int = 3
    long_seconds: float = 180.0
    lock_seconds: float = 24.0
    lock_seeds: int = 2  # songs at each tempo: this many for each of the lock styles
    verified: int = 6  # clips that are danced to anew for the Verification table
    reference_windows: int = 500  # dances that FID compares with, at the most
    lock_styles: tuple[str, ...] = ("gHO", "gMH", "gLO")
    lock_tempos: tuple[float, ...] = TEMPOS  # BPM; a song that jumps from 90 to 140 comes after them


@dataclass(frozen=True, eq=False)
class Entry:
    """One dance of a row: of which clip, seed; its numbers, features and what the judge heard."""

    clip: int
    seed: int
    values: dict[str, float]
    shape: measures.Shape | None = None
    heard: Heard | None = None
    music: int = -1  # which clip's music it is matched with
    bars: np.ndarray | None = None  # how alike its bars are (structure)


@dataclass(frozen=True, eq=False)
class Row:
    """Dances of one origin. control: one that must fail."""

    name: str
    entries: tuple[Entry, ...]
    control: bool = False

    @property
    def seeds(self) -> list[int]:
        """Seeds that occur."""
        return sorted({e.seed for e in self.entries})


@dataclass(frozen=True, eq=False)
class Result:
    """All that was measured: see report.py for how it is written down."""

    asked: Asked
    generator: str
    title: str
    clips: list[Clip]
    rows: list[Row]
    reference: dict[str, np.ndarray]  # features of the corpus, all splits; by name
    learned: dict[str, np.ndarray]  # of its training split alone
    locks: dict[str, list[Lock]]  # by generator, and of the corpus' own dances
    long: dict[str, list[dict[str, float]]]  # by generator
    pace: dict[str, dict[str, float]]  # by generator: seconds of dance per second, and until the first
    music: list[Heard]  # the clips' music as the judge heard it; empty without a judge
    made_by: dict[str, str] = field(default_factory=dict)
    judge_learned_from: str = ""
    verified: list[Criterion] = field(default_factory=list)  # see verification.py
    chosen: str = ""  # where the clips are from, in a sentence


class Evaluation:
    """Runs it. `report(title, done, total)` is told of every step."""

    def __init__(self, generator: Generator, corpus: Corpus, out: Path, asked: Asked, settings: Settings,
                 baseline: Generator | None = None, judge: Judge | None = None,
                 report: Report = lambda *_: None) -> None:
        self.generator, self.corpus, self.out, self.asked = generator, corpus, out, asked
        self.settings, self.report = settings, report
        self.judge = judge if judge is not None else load_judge()
        self.systems = [generator]
        if baseline is not None and baseline.needs.name != generator.needs.name:
            self.systems.append(baseline)
        self._poses = list(gallery().values())

    def run(self) -> Result:
        """Everything. What was made before, by the same code for the same question, is not made again."""
        a = self.asked
        self.clips, chosen = held_out(self.corpus, a.clips, a.seconds)
        self.others = other_music(self.clips)
        self.music = [self.judge.music(c.features) for c in self.clips] if self.judge else []
        self.forms = [music_bars(c.features, c.beats) for c in self.clips]
        self.learned, reference, train = self._corpus()
        made = {g.needs.name: self._dances(g) for g in self.systems}
        rows = self._truth_rows(made[self.generator.needs.name])
        for g in self.systems:
            rows += self._system_rows(g.needs.name, made[g.needs.name])
        locks = {g.needs.name: self._locks(g) for g in self.systems} | {"ground truth": self._true_locks()}
        long = {g.needs.name: self._long(g) for g in self.systems}
        pace = {name: _pace(list(dances.values())) for name, dances in made.items()}
        verified = self._verified(made[self.generator.needs.name])
        made_by = {g.needs.name: f"{making_digest(g.needs.name)} {weights_digest(g.needs.name)}".strip()
                   for g in self.systems}
        return Result(a, self.generator.needs.name, self.generator.needs.title, self.clips, rows, reference,
                      train, locks, long, pace, self.music, made_by,
                      self.judge.learned_from if self.judge else "", verified, chosen)

    # --- what the corpus holds ---

    def _corpus(self) -> tuple[Learned, dict[str, np.ndarray], dict[str, np.ndarray]]:
        frames = round(self.asked.seconds * 30)
        chosen: dict[str, list[int]] = {}
        for row, n in spread_out(self.corpus.rows, frames, self.asked.reference_windows):
            chosen.setdefault(row.id, []).append(n)
        shapes: dict[str, list[measures.Shape]] = {"train": [], "all": []}
        dances: list[Motion] = []
        for i, row in enumerate(self.corpus.rows):
            self.report("Reading the corpus", i, len(self.corpus.rows))
            if row.id not in chosen and row.split != "train":
                continue
            motion = self.corpus.pair(row.id).motion
            if row.split == "train":
                dances.append(motion)
            for n in chosen.get(row.id, ()):
                shape = measures.Shape.of(motion.slice(n * frames, (n + 1) * frames))
                shapes["all"].append(shape)
                if row.split == "train":
                    shapes["train"].append(shape)
        stacked = [{name: np.stack([s.features[name] for s in shapes[k]]) if shapes[k] else np.zeros((0, 1))
                    for name in measures.FEATURES} for k in ("all", "train")]
        return Learned(dances), stacked[0], stacked[1]

    # --- dances ---

    def _kept(self, generator: Generator) -> Kept:
        name = generator.needs.name
        key = f"{making_digest(name)}{weights_digest(name)}"
        return Kept(self.out / "made" / f"{name}-{key}")

    def _style(self, generator: Generator, clip: Clip) -> str:
        styles = generator.needs.styles
        return clip.style if clip.style in styles else styles[zlib.crc32(clip.id.encode()) % len(styles)]

    def _pose(self, index: int) -> Pose:
        return self._poses[index % len(self._poses)]

    def _dances(self, generator: Generator) -> dict[tuple[int, int, bool], Made]:
        """By (clip, seed, whether its music is half a beat early); early ones for the first seed only."""
        wanted = [(i, s, early) for i, c in enumerate(self.clips) for s in range(self.asked.seeds)
                  for early in ((False, True) if s == 0 and c.early else (False,))]
        kept, found = self._kept(generator), {}
        generator.load()
        for n, (i, seed, early) in enumerate(wanted):
            self.report(f"Dancing ({generator.needs.name})", n, len(wanted))
            clip = self.clips[i]
            features, beats = clip.early if early and clip.early else (clip.features, clip.beats)
            wish = Wish(features, beats, self._style(generator, clip), self._pose(i).motion, seed)
            name = f"{clip.id}-{len(features)}-{self._pose(i).name}-s{seed}{'-early' if early else ''}"
            found[i, seed, early] = kept.made(name, generator, wish, self.settings)
        return found

    def _verified(self, made: dict[tuple[int, int, bool], Made]) -> list[Criterion]:
        """The Verification table of the generator."""
        plain = {(i, s): m.motion for (i, s, early), m in made.items() if not early}

        def dance(generator: Generator, i: int) -> Motion:
            self.report("Verifying", i, self.asked.verified)
            clip = self.clips[i]
            return make(generator, Wish(clip.features, clip.beats, self._style(generator, clip),
                                        self._pose(i).motion, 0), self.settings).motion

        return verify(self.generator, plain, self.clips, self.others, dance, self.asked.verified)

    # --- rows ---

    def _truth_rows(self, made: dict[tuple[int, int, bool], Made]) -> list[Row]:
        """What people danced, and what must fail. Seams: where the generator's dance to the clip has them."""
        truth, tremble, still = [], [], []
        for i, clip in enumerate(self.clips):
            self.report("Measuring (controls)", i, len(self.clips))
            seams = made[i, 0, False].seams
            for entries, motion in ((truth, clip.motion), (tremble, jittered(clip.motion, i)),
                                    (still, frozen(clip.motion))):
                entries.append(self._entry(i, 0, motion, clip.style, seams))
        rows = [Row("ground truth", tuple(truth))]
        kinds = sorted({c.kind for c in self.clips} - {""})
        if len(kinds) > 1:
            rows += [Row(f"ground truth ({kind})", tuple(e for e in truth if self.clips[e.clip].kind == kind))
                     for kind in kinds]
        motions = {(i, 0): c.motion for i, c in enumerate(self.clips)}
        return [*rows, Row("ground truth, other music", self._shuffled(truth, motions), True),
                Row("ground truth, parts swapped", self._swapped(motions), True),
                Row("jittered", tuple(tremble), True), Row("frozen", tuple(still), True)]

    def _system_rows(self, name: str, made: dict[tuple[int, int, bool], Made]) -> list[Row]:
        generator = next(g for g in self.systems if g.needs.name == name)
        plain = {(i, s): m for (i, s, early), m in made.items() if not early}
        entries = []
        for n, ((i, seed), m) in enumerate(plain.items()):
            self.report(f"Measuring ({name})", n, len(plain))
            style = self._style(generator, self.clips[i])
            entries.append(self._entry(i, seed, m.motion, style, m.seams, self._pose(i).motion))
        rows = [Row(name, tuple(entries))]
        real = tuple(e for e in entries if self.clips[e.clip].kind == "real")
        if 0 < len(real) < len(entries):
            rows.append(Row(f"{name} (clips of real)", real))
        motions = {k: m.motion for k, m in plain.items()}
        rows += [Row(f"{name}, other music", self._shuffled(entries, motions), True),
                 Row(f"{name}, parts swapped", self._swapped(motions), True)]
        off = []
        for (i, seed, early), m in made.items():
            if early:
                heard = self.judge.dance(m.motion)[0] if self.judge else None
                values = measures.rhythm(m.motion, self.clips[i].beats) | self._timed(heard, i)
                off.append(Entry(i, seed, values))
        return [*rows, Row(f"{name}, music half a beat off", tuple(off), True)] if off else rows

    def _entry(self, i: int, seed: int, motion: Motion, style: str, seams: tuple[tuple[int, int], ...],
               reference: Motion | None = None) -> Entry:
        values = measures.body(motion, seams, reference, self.learned)
        bars = dance_bars(motion, self.clips[i].beats)
        values |= measures.rhythm(motion, self.clips[i].beats) | self._formed(bars, i)
        heard = None
        if self.judge:
            heard, chances = self.judge.dance(motion)
            values |= self._timed(heard, i)
            if style in self.judge.known:
                values["style"] = float(self.judge.style(chances) == style)
        return Entry(i, seed, values, measures.Shape.of(motion), heard, i, bars)

    def _shuffled(self, entries: list[Entry], motions: dict[tuple[int, int], Motion]) -> tuple[Entry, ...]:
        """The same dances against the music of other clips: only what has to do with music is measured."""
        found = []
        for e in entries:
            other = self.others[e.clip]
            values = measures.rhythm(motions[e.clip, e.seed], self.clips[other].beats)
            if e.bars is not None:
                values |= self._formed(e.bars, other)
            found.append(Entry(e.clip, e.seed, values | self._timed(e.heard, other), None, e.heard, other))
        return tuple(found)

    def _swapped(self, motions: dict[tuple[int, int], Motion]) -> tuple[Entry, ...]:
        """Bodies with the hands and the faces of other dances: only how these belong together is measured."""
        return tuple(Entry(i, seed, hands_and_face(swapped(motion, motions[self.others[i], seed])))
                     for (i, seed), motion in motions.items())

    def _formed(self, bars: np.ndarray, i: int) -> dict[str, float]:
        """How a dance's bars agree with those of clip i's music, and with the music of all other songs."""
        own = agreement(bars, self.forms[i])
        others = [agreement(bars, form) for clip, form in zip(self.clips, self.forms, strict=True)
                  if clip.song != self.clips[i].song]
        if np.isnan(own) or np.isnan(others).all():
            return {}
        chance = float(np.nanmean(others))
        return {"structure": own, "structure_chance": chance, "structure_gain": own - chance}

    def _timed(self, heard: Heard | None, i: int) -> dict[str, float]:
        """Whether the judge finds the music of clip i best where it is, not half a beat off."""
        if heard is None:
            return {}
        return {"on_time": float(on_time(heard, self.music[i], self.clips[i].beats.tempo or 120.0))}

    # --- long dances and locks ---

    def _locks(self, generator: Generator) -> list[Lock]:
        a = self.asked
        if a.lock_seeds < 1:
            return []
        styles = [s for s in a.lock_styles if s in generator.needs.styles] or list(generator.needs.styles[:1])
        kept, found = self._kept(generator), []
        songs = [(style, seed) for style in styles for seed in range(a.lock_seeds)]
        for n, tempo in enumerate((*a.lock_tempos, None)):
            dances: list[tuple[Motion, Track]] = []
            for k, (style, seed) in enumerate(songs):
                self.report(f"Locking ({generator.needs.name})", n * len(songs) + k,
                            (len(a.lock_tempos) + 1) * len(songs))
                song = _song_style(style)
                track = spliced_track(song, seed, a.lock_seconds) if tempo is None \
                    else steady_track(song, seed, tempo, a.lock_seconds)
                wish = Wish(track.features, track.beats, style, self._pose(k).motion, seed)
                name = f"lock-{style}-{seed}-{tempo or 'splice'}-{a.lock_seconds:g}-{self._pose(k).name}"
                dances.append((kept.made(name, generator, wish, self.settings).motion, track))
            found.append(lock_of(dances[0][1].name, dances))
        return found

    def _true_locks(self) -> list[Lock]:
        """How the corpus' own dances lock at these tempos: how alike a dancer is at all of them.

        Recorded dances where there are some, of every split, to Studio songs, whose beats are exact.
        """
        a, frames = self.asked, round(self.asked.lock_seconds * 30)
        rows = [r for r in self.corpus.rows if r.seconds >= a.lock_seconds and r.song_kind != "debian"]
        rows = [r for r in rows if r.dance_kind == "real"] or rows
        found: dict[float, list[tuple[Motion, Track]]] = {}
        for i, row in enumerate(rows if a.lock_seeds else ()):
            self.report("Locking (ground truth)", i, len(rows))
            pair = self.corpus.pair(row.id)
            beats = pair.beats.between(0.0, a.lock_seconds)
            steps = np.diff(beats.times)
            if len(steps) < 2 or np.ptp(steps) > 0.02:  # s: its tempo changes
                continue
            tempo = 60.0 / float(steps.mean())
            near = min(a.lock_tempos, key=lambda t: abs(t - tempo))
            if abs(tempo / near - 1.0) <= NEAR_TEMPO:
                track = Track(f"{near:g} BPM ± {NEAR_TEMPO:.0%}", pair.features, beats)
                found.setdefault(near, []).append((pair.motion.slice(0, frames), track))
        return [lock_of(dances[0][1].name, dances) for _, dances in sorted(found.items())]

    def _long(self, generator: Generator) -> list[dict[str, float]]:
        a, kept, found = self.asked, self._kept(generator), []
        for n in range(a.long_dances):
            self.report(f"Long dances ({generator.needs.name})", n, a.long_dances)
            style = generator.needs.styles[n * 3 % len(generator.needs.styles)]
            made = write_song(_song_style(style), 900 + n, a.long_seconds)
            features = extract_features(made.song, made.beats)
            wish = Wish(features, made.beats, style, self._pose(n).motion, n)
            name = f"long-{style}-{n}-{a.long_seconds:g}-{self._pose(n).name}"
            dance = kept.made(name, generator, wish, self.settings)
            far, last = movement.roaming(dance.motion)
            ratio = movement.last_against_first(dance.motion, min(60.0, a.long_seconds / 3))
            found.append({"last_against_first": ratio, "farthest": far, "ends": last,
                          "still": movement.still_frames(dance.motion), "seconds": dance.motion.duration,
                          "pace": pace([dance]), "first": dance.first})
        return found


def _song_style(style: str) -> str:
    """The style of a Studio song for a dance of this style: its own, or house for those that have none."""
    return style if style in SONG_STYLES else "gHO"


def _pace(made: list[Made]) -> dict[str, float]:
    """Seconds of dance made per second, and seconds until the first frames were final (median, worst)."""
    if not made:
        return {}
    return {"pace": pace(made),
            "first": float(np.median([m.first for m in made])), "first_worst": max(m.first for m in made)}


def aggregate(row: Row, result: Result) -> dict[str, list[float]]:
    """Every number of a row, one for each seed: means over its dances, distances and recalls over its set."""
    found: dict[str, list[float]] = {}
    for seed in row.seeds:
        entries = [e for e in row.entries if e.seed == seed]
        names = dict.fromkeys(n for e in entries for n in e.values)
        for name in names:
            values = [e.values[name] for e in entries if np.isfinite(e.values.get(name, np.nan))]
            if values:
                found.setdefault(name, []).append(float(np.mean(values)))
        shapes = [e.shape for e in entries if e.shape is not None]
        if len(shapes) > 1:
            for name, value in _distances(shapes, result).items():
                found.setdefault(name, []).append(value)
        heard = [e for e in entries if e.heard is not None]
        if result.music and len(heard) > 1:
            place = ranks([e.heard for e in heard if e.heard], [result.music[e.music] for e in heard])
            for k in (1, 5, 10):
                found.setdefault(f"recall_{k}", []).append(recall(place, k))
    return found


# column ending, feature, whether against the training split alone
_SETS = (("k", "kinetic", False), ("g", "geometric", False), ("k_lodge", "kinetic_lodge", False),
         ("k_fixed", "kinetic_fixed", True), ("g_fixed", "geometric_fixed", True))


def _distances(shapes: list[measures.Shape], result: Result) -> dict[str, float]:
    """FID and Div as Bailando and Lodge have them (slips and all, against every dance of the corpus) and
    corrected (the features that were meant, against the training split, in which none of these clips is)."""
    found = {}
    for ending, name, training in _SETS:
        pool = (result.learned if training else result.reference)[name]
        if len(pool) > 1:
            here = np.stack([s.features[name] for s in shapes])
            found[f"fid_{ending}"], found[f"div_{ending}"] = fid(here, pool), diversity(here, pool)
    return found
