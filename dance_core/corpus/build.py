"""Builds a corpus: plans its pairs from hours and a seed, makes them song by song, writes index and card.

The plan is made first and depends on nothing but its arguments, the clips and this code; every pair is then a
function of its line of the plan alone. So a build that was killed goes on where it stopped and ends with the
same bytes, and it does not matter how many processes work on it.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import dance_core
from dance_core.atomic import replacing
from dance_core.corpus.arranger import arrange
from dance_core.corpus.library import Library
from dance_core.corpus.pairs import PAIRS, Pair, Row, load_pair, pair_path, row_of, save_index, save_pair
from dance_core.corpus.plan import Line, Order, load_clips, plan, shelves
from dance_core.corpus.processes import check_jobs, each
from dance_core.corpus.songs import SongOrder, Sung, sing
from dance_core.corpus.splits import check_parted
from dance_core.errors import UserError
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import MOTION_FPS, Settings

# (features, beats, style, seed) of a whole song -> the Studio's dance to all of it
StudioDancer = Callable[[Features, Beats, str, int], Motion]

_PLAN = "plan.json"


def build(out: str | Path, order: Order, dancer: StudioDancer, settings: Settings, jobs: int = 1,
          progress: Callable[[int, int], None] | None = None) -> list[Row]:
    """Build, or finish, the corpus in `out`; returns its index rows. The card is not written here.

    dancer: performs Studio dances (a function of a module, so that other processes can have it).
    progress: called with pairs done and pairs in all.

    Raises UserError for hours or jobs out of range, or a folder that holds another corpus.
    """
    check(order, jobs)
    out = Path(out)
    clips = load_clips(order)
    lines = plan(order, clips)
    (out / PAIRS).mkdir(parents=True, exist_ok=True)
    _claim(out, order)
    songs: dict[SongOrder, list[Line]] = defaultdict(list)
    for line in lines:
        songs[line.song].append(line)
    rows: dict[str, Row] = {}
    make = functools.partial(make_group, out, order, dancer, settings)
    for done in each(make, list(songs.values()), jobs):
        rows |= {row.id: row for row in done}
        if progress:
            progress(len(rows), len(lines))
    ordered = [rows[line.id] for line in lines]
    used = {name for row in ordered for name in row.dances}
    known = {c.name: c for c in clips.clips}
    check_parted((row.split, known[name]) for row in ordered for name in row.dances if name in known)
    save_index(out, ordered, seed=order.seed, hours=order.hours, code=code_version(),
               licences=sorted({c.licence for c in clips.clips if c.name in used}))
    return ordered


def check(order: Order, jobs: int) -> None:
    """Raises UserError for hours or jobs out of range."""
    if not 0 < order.hours <= 1000:
        raise UserError(f"{order.hours:g} hours were asked for; more than 0 and at most 1000 can be built.")
    check_jobs(jobs)


def make_group(out: Path, order: Order, dancer: StudioDancer, settings: Settings, group: Sequence[Line]
               ) -> list[Row]:
    """Make the pairs of one song that are not there yet."""
    rows, sung = [], None
    for line in group:
        path = pair_path(out, line.id)
        kept = _kept(path, line)
        if kept is None:
            sung = sung or sing(line.song, settings, order.features)
            kept = make_pair(line, sung, order, dancer)
            save_pair(path, kept)
        rows.append(row_of(kept))
    return rows


def make_pair(line: Line, sung: Sung, order: Order, dancer: StudioDancer) -> Pair:
    """The pair that a line of the plan describes."""
    first = round(line.start * MOTION_FPS)
    stop = min(first + round(line.seconds * MOTION_FPS), len(sung.features))
    features = Features(sung.features.values[first:stop].copy(), sung.features.names, sung.features.fps)
    # one beat more on both sides, so that the phase is right at the ends
    beats = sung.beats.shifted(-first / MOTION_FPS)
    if line.family:
        arranged = arrange(_library(order, line.split, line.family), features, beats, line.style,
                           line.seed)
        motion, dances = arranged.motion, list(arranged.dances)
        clips = [c for c in load_clips(order).clips if c.name in dances]
        licences = sorted({c.licence for c in clips})
        lines = sorted({c.attribution for c in clips})
        marks = sorted({m for c in clips for m in c.marks})
    else:
        whole = dancer(sung.features, sung.beats, line.style, line.seed)
        motion = whole.slice(first, stop)
        dances, licences, lines, marks = [f"studio/{line.style}-{line.seed}"], [], [], []
    inside = beats.between(0.0, len(features) / MOTION_FPS)
    told = {"song": line.song.name, "song_kind": line.song.kind, "song_seed": line.song.seed,
            "metre": line.song.metre if line.song.kind == "studio" else "", "song_start": line.start,
            "song_licence": sung.licence, "tempo_change": line.song.tempo_change,
            "dance_kind": "real" if line.family else "studio", "dances": dances, "licences": licences,
            "attribution": lines, "marks": marks, "hands_and_face": "laid on by rule", "seed": line.seed,
            "features": order.features, "plan": fingerprint(line), "code": code_version()}
    return Pair(line.id, line.split, line.style, features, inside, motion, told)


@functools.lru_cache(maxsize=16)
def _library(order: Order, split: str, family: str) -> Library:
    return Library(shelves(load_clips(order).clips)[split, family])


def _kept(path: Path, line: Line) -> Pair | None:
    """The pair that lies there, if it is whole and of this very line and code."""
    try:
        pair = load_pair(path)
    except UserError:
        return None
    return pair if pair.provenance.get("plan") == fingerprint(line) else None


def fingerprint(line: Line) -> str:
    """Names a line of the plan together with the code that makes it."""
    told = json.dumps(asdict(line), sort_keys=True) + code_version()
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@functools.cache
def code_version() -> str:
    """Version of the package and a hash of the code of the rooms that a pair comes from."""
    root = Path(dance_core.__file__).parent
    digest = hashlib.sha256()
    for room in ("music", "motion", "corpus", "generators/choreographer"):
        for path in sorted((root / room).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{dance_core.__version__}-{digest.hexdigest()[:12]}"


def _claim(out: Path, order: Order) -> None:
    """Write down what is built here; refuse a folder in which something else was begun."""
    told = {"hours": order.hours, "seed": order.seed, "code": code_version(), "debian": order.debian,
            "features": order.features,
            "real": [bool(order.dances), bool(order.aistpp), bool(order.mocap)]}
    path = out / _PLAN
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        there = told
    except ValueError:
        there = None
    if there != told:
        raise UserError(f"{out.name!r} holds another corpus (or one of another version of the code); "
                        "choose an empty folder, or remove it.")
    with replacing(path) as part:
        part.write_text(json.dumps(told) + "\n", encoding="utf-8")

