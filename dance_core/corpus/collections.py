"""What public collections hold: which files become which clips, on what terms, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dance_core.corpus import terms
from dance_core.corpus.aist_names import DANCES, IGNORED, basic_dances, read_name
from dance_core.corpus.aistpp import ATTRIBUTION, LICENCE, names_in, sequences
from dance_core.corpus.clips import TEST_TAG
from dance_core.corpus.cmu import trials
from dance_core.corpus.folders import there
from dance_core.corpus.g1_moves import CLIPS, find_clips
from dance_core.corpus.labels import DEFAULTS, Labelled, Labels, said_of
from dance_core.corpus.mocap import terms_of
from dance_core.corpus.origins import origin_of, whole_clip
from dance_core.corpus.recorded import Collected, Made, Recording, labels_there
from dance_core.corpus.uniform import INDEX, read_index
from dance_core.errors import UserError
from dance_core.motion.reading import ENDINGS

# AMASS keeps each subject's body beside its motions
_NO_DANCE = re.compile(r"(.*_)?(shape|stagei)", re.IGNORECASE)
_SHOWN = 5


def aistpp(folder: Path) -> Collected:
    """AIST++ in its official layout, whole or in part. UserError if it has no pickle, or is not there."""
    recordings, left_out = [], []
    found = sequences(folder)
    for sequence in found:
        name = sequence.path.stem
        told = read_name(name)
        reason = sequence.left_out or ("" if told and told.sequence else "its name is not one of AIST++'s")
        if reason or told is None:
            left_out.append((f"aistpp/{name}", reason))
            continue
        note = "nominal BPM from the name, beat 0 = frame 0" if told.tempo else ""
        if sequence.split == "test" or told.official_test:
            note = f"{TEST_TAG}; {note}"
        split = origin_of("aistpp", name, split=sequence.split).split
        recordings.append(Recording("aistpp", name, str(sequence.path), "aistpp", LICENCE, ATTRIBUTION,
                                    told.genre, split, told.tempo, note, whole=True))
    names = (read_name(s.path.stem) for s in found)
    missing, said = _missing(folder, {told.sequence for told in names if told})
    return Collected(tuple(recordings), tuple(left_out), said, missing)


def _missing(folder: Path, there: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names that are not there, and what to say: exact where the folder's lists name all 1,320."""
    ignored = set(names_in(folder / "ignore_list.txt")) or IGNORED
    listed = {n for path in sorted((folder / "splits").glob("*.txt")) for n in names_in(path)} - ignored
    here = len(there - ignored - {""})
    if len(listed) >= DANCES:
        missing, exact = sorted(listed - there), "all of them by name"
    else:
        missing = sorted((set(basic_dances()) | listed) - ignored - there)
        exact = "by name those that the rule of the names or a list tells, some of which were never fitted"
    lacking = max(0, DANCES - here)
    said = f"AIST++: {here} of {DANCES:,} dances are here, {lacking:,} are missing"
    return tuple(missing), (f"{said} ({exact})." if lacking else f"{said}.",)


def g1_moves(folder: Path) -> Collected:
    """G1 Moves, whole or in part. UserError if none of its dances is there."""
    found = find_clips(there(folder))
    if not found:
        raise UserError(f"There are 0 of the {len(CLIPS)} dances of G1 Moves in {str(folder)!r} "
                        "(J_Dance2_Salsa.bvh or .csv …).")
    recordings = []
    for clip, path in found.items():
        what = "from Unitree G1 joint angles" if path.suffix.lower() == ".csv" else "from the dancer's BVH"
        recordings.append(Recording("g1_moves", clip, str(path), "g1", terms.G1_MOVES,
                                    f"{terms.G1_LINE}{what} to an SMPL-X style skeleton."))
    robots = sum(r.path.lower().endswith(".csv") for r in recordings)
    missing = tuple(c for c in CLIPS if c not in found)
    said = _count("G1 Moves", len(found), missing)
    if robots:
        said += (f"G1 Moves: {robots} of them are the robot's joints, without head, spine and hands; the BVH "
                 "beside them is better.",)
    return Collected(tuple(recordings), said=said, missing=missing)


def cmu(folder: Path) -> Collected:
    """The dances of CMU in cgspeed's BVH, whole or in part. UserError if none of them is there."""
    paths = {p.stem: p for p in sorted(there(folder).rglob("*")) if p.suffix.lower() == ".bvh"}
    recordings = [Recording(some.source, name, str(paths[name]), "cmu", terms.CMU, terms.CMU_LINE,
                            note=some.about) for name, some in trials() if name in paths]
    missing = tuple(name for name, _ in trials() if name not in paths)
    if not recordings:
        raise UserError(f"There are 0 of the {len(missing)} dances of CMU in {str(folder)!r} "
                        "(60_01.bvh …).")
    return Collected(tuple(recordings), said=_count("CMU", len(recordings), missing), missing=missing)


def any_folder(folder: Path, style: str | None = None, licence: str | None = None,
               attribution: str | None = None, out: Path | None = None) -> Collected:
    """Any folder of motion files (`motion.reading`), AIST++'s pickles among them; or of uniform files with
    their index, which stay as they are.

    style, licence, attribution: of files that don't say their own, nor is it known by their names; where one
    is None, a file that was converted into the folder `out` before keeps what it has there, and others get
    labels.DEFAULTS. UserError if there is nothing.
    """
    folder = there(folder)
    if (folder / INDEX).is_file():
        return _uniform(folder)
    source = "mocap_" + (re.sub(r"[^A-Za-z0-9]+", "-", folder.resolve().name).strip("-") or "folder")
    given = Labels(style, licence, attribution)
    recordings, labelled = [], []
    files = (p for p in sorted(folder.rglob("*"))
             if p.suffix.lower() in ENDINGS and p.is_file())
    for path in files:
        if _NO_DANCE.fullmatch(path.stem):
            continue
        inside = path.relative_to(folder).with_suffix("")
        clip = re.sub(r"[^A-Za-z0-9_.-]+", "-", "__".join(inside.parts)).strip(".") or "dance"
        taken = sum(r.clip.split("~")[0] == clip for r in recordings)
        origin, own = origin_of(source, clip), clip + (f"~{taken}" if taken else "")
        one = _labelled(path, origin.style, given, labels_there(out, source, own, path) if out else None)
        labelled.append(one)
        recordings.append(Recording(source, own, str(path),
                                    "any",
                                    one.labels.licence or "", one.labels.attribution or "",
                                    one.labels.style or "", origin.split,
                                    note=TEST_TAG if origin.official_test else ""))
    if not recordings:
        raise UserError(f"There are 0 motion files in {str(folder)!r} ({', '.join(ENDINGS)}).")
    return Collected(tuple(recordings), said=said_of(labelled))


def _labelled(path: Path, style: str, given: Labels, there: tuple[Labels, bool] | None) -> Labelled:
    """What labels a file gets. style: that its name tells, or ""; there: what lies under its name already,
    and whether that is of this very file."""
    own = terms_of(path) if path.suffix.lower() == ".npz" else (terms.UNKNOWN, "")
    told = Labels(style or None, *(own if own[0] != terms.UNKNOWN else (None, None))).or_else(given)
    before, same = there or (None, False)
    fresh = told.or_else(DEFAULTS)
    labels = told.or_else(before).or_else(DEFAULTS) if before and same else fresh
    return Labelled(labels, before, labels != fresh)


def terms_said(recordings: Sequence[Recording], made: Sequence[Made]) -> str:
    """How many files that were read are under terms under which no weights are shipped; "" for none."""
    bad = [r.licence for r, one in zip(recordings, made, strict=True)
           if not one.broken and r.licence not in terms.SHIPPABLE]
    if not bad:
        return ""
    named = ", ".join(dict.fromkeys(licence[:60] for licence in bad))
    return (f"The terms of {len(bad)} file{'s' * (len(bad) > 1)} ({named}) are none under which weights are "
            "shipped.")


def _uniform(folder: Path) -> Collected:
    recordings = []
    for n, row in enumerate(read_index(folder), 1):
        source, clip, file = (row.get(k) or "" for k in ("source", "clip", "file"))
        if not re.fullmatch(r"\w[\w.-]*/\w[\w.~-]*\.npz", file) or file != f"{source}/{clip}.npz":
            raise UserError(f"Row {n} of {INDEX} names the file {file[:60]!r}; <source>/<clip>.npz was "
                            "expected.")
        licence, line = terms_of(folder / file)
        style, split, note = (row.get(k) or "" for k in ("style", "split", "beat_note"))
        try:
            origin = origin_of(source, clip, style, split, note)
        except UserError as error:
            raise UserError(f"Row {n} of {INDEX}, {file[:60]!r}: {error}.") from None
        if origin.dance:  # AIST++'s: the name is right where an older index is not
            style, split = origin.style, origin.split
        recordings.append(Recording(source, clip, str(folder / file), "uniform", licence, line, style, split,
                                    note=note, row=tuple(sorted(row.items()))))
    return Collected(tuple(recordings))


def without_doubles(found: dict[str, Collected]) -> dict[str, Collected]:
    """Of recordings that become the same clips, or parts of the same, those of the first folder alone."""
    first: dict[str, str] = {}
    out = {}
    for option, one in found.items():
        kept = []
        for recording in one.recordings:
            name = f"{recording.source}/{whole_clip(recording.clip)}"
            if first.setdefault(name, option) == option:
                kept.append(recording)
        gone = len(one.recordings) - len(kept)
        said = (f"--{option}: {gone} of its dances are in another folder too, and are taken from there.",)
        out[option] = replace(one, recordings=tuple(kept), said=one.said + said * bool(gone))
    return out


def _count(title: str, here: int, missing: tuple[str, ...]) -> tuple[str]:
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    names = f" ({', '.join(missing[:_SHOWN])}{more})" if missing else ""
    return (f"{title}: {here} of {here + len(missing)} dances are here, {len(missing)} are missing{names}.",)
