"""Small studies of every odd kind through `study results`: it never fails, nor says what can't be known.

    python tests/study/analysis/random_studies.py --studies 1000

Makes seeded studies of 1 to 8 raters and 2 to 4 systems: ties only, systems that never win, systems that were
never compared, raters who are all alike or opposed, one side only, everybody excluded, nothing but consents;
as the server writes them, as pandas saves them, as a plain table, with damaged rows. Each goes the way of the
command line. What it writes is held against counts that are made here from the rows themselves. Prints what
was made and what was wrong; exit code 1 if anything was.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import re
import sys
import tempfile
import time
import uuid
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3]))

from sentences import Summary

from dance_core.cli import main as command_line
from dance_core.study.analysis.table import UNKNOWN_TIME
from dance_core.study.judgments import JUDGMENTS, Judgment

HABITS = ("own", "own", "ties", "one wins", "left", "alike", "opposed", "one voice")
GRAPHS = ("all", "all", "all", "two halves", "star", "one pair", "fixed sides", "one rater's system",
          "itself")
FILES = ("own", "own", "own", "pandas", "plain", "bare", "damaged", "all damaged")
_PYTHON = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Warning)\b|Traceback|NoneType|\bnan\b|\binf\b|"
                     r"\bNone\b(?! of)|could not convert|invalid literal|unexpected keyword|out of range")
_FAILED = ("could not be computed", "could not be drawn")
_NAMES = ("choreographer", "jepa", "soulnet", "hotdance")


@dataclass(frozen=True)
class Study:
    """Rows, and how they were made. damaged: how many rows of the file can't be read."""

    seed: int
    raters: int
    systems: int
    habit: str
    graph: str
    file: str
    rows: tuple[Judgment, ...]
    damaged: int = 0


@dataclass
class Report:
    """What all studies came to."""

    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def make(seed: int) -> Study:
    """The study of a seed."""
    rng = np.random.default_rng(seed)
    raters, systems = int(rng.integers(1, 9)), int(rng.integers(2, 5))
    habit, graph, file = (str(rng.choice(kinds)) for kinds in (HABITS, GRAPHS, FILES))
    rows = list(_rows(rng, raters, systems, habit, graph))
    if rng.random() < 0.15:  # one question alone
        asked = sorted({j.question for j in rows if j.kind in ("pair", "single", "match")})
        one = rng.choice(asked)
        rows = [j for j in rows if j.kind not in ("pair", "single", "match") or j.question == one]
    share = rng.choice([0, 0, 0.3, 1])
    out = {f"{i:02d}" + "e" * 30 for i in range(raters) if rng.random() < share}
    rows = [replace(j, excluded="attention: missed 2 of 2 checks") if j.rater in out else j for j in rows]
    if rng.random() < 0.05:
        rows = [j for j in rows if j.kind == "consent"]
    return Study(seed, raters, systems, habit, graph, file, tuple(rows))


def _rows(rng: np.random.Generator, raters: int, systems: int, habit: str, graph: str) -> Iterator[Judgment]:
    names = _NAMES[:systems]
    questions = ("preference", "quality", "match")[:int(rng.integers(1, 4))]
    trials = int(rng.integers(1, 7))
    pairs = _pairs(names, graph)
    taste, side = rng.normal(0, 1.2, systems), rng.normal(0, 0.5)
    script = [(pairs[int(rng.integers(len(pairs)))], int(rng.integers(-2, 3))) for _ in range(trials)]
    for r in range(raters):
        made = Maker(rng, f"{r:02d}" + "e" * 30)
        yield made.row(0, "consent", "1", 1)
        for trial in range(1, trials + 1):
            (left, right), answer = script[trial - 1]
            if habit not in ("alike", "opposed"):
                allowed = pairs if graph != "one rater's system" or r == 0 or systems == 2 else \
                    [p for p in pairs if names[-1] not in p]
                left, right = allowed[int(rng.integers(len(allowed)))]
                answer = _answer(rng, habit, taste[names.index(right)] - taste[names.index(left)] - side,
                                 left, right)
            elif habit == "opposed" and r % 2:
                answer = -answer
            for question in questions:
                yield made.pair(trial, question, left, right, answer)
        for name in names if rng.random() < 0.4 else ():
            for question in ("overall", "hands"):
                score = 3 if habit == "ties" else int(rng.integers(1, 6))
                yield made.row(trials + 1, "single", question, score, left_generator=name, song="s1",
                               left_take=f"{name}-s1", style="gHO")
            yield made.row(trials + 2, "match", "mismatch", int(rng.integers(-2, 3)), left_generator=name,
                           right_generator=name, left_song="s1", right_song="s2", song="s1")
        if rng.random() < 0.5:
            yield made.row(trials + 3, "check", "attention", int(rng.integers(0, 2)))
            yield made.row(0, "check", "headphones", int(rng.integers(0, 7)))


def _pairs(names: tuple[str, ...], graph: str) -> list[tuple[str, str]]:
    every = [(a, b) for a in names for b in names if a != b]
    if graph == "two halves" and len(names) == 4:
        return [(a, b) for a, b in every if (a in names[:2]) == (b in names[:2])]
    if graph == "star":
        return [(a, b) for a, b in every if names[0] in (a, b)]
    if graph == "one pair":
        return [(names[0], names[1]), (names[1], names[0])]
    if graph == "fixed sides":
        return [(a, b) for a, b in every if a < b]
    return [*every, (names[0], names[0])] if graph == "itself" else every


def _answer(rng: np.random.Generator, habit: str, latent: float, left: str, right: str) -> int:
    if habit == "ties":
        return 0
    if habit == "one wins" and _NAMES[0] in (left, right):
        return -2 if left == _NAMES[0] else 2
    if habit == "left":
        return -1
    if habit == "one voice":
        return -1 if left < right else 1
    return int(np.digitize(latent + rng.logistic(), [-1.6, -0.4, 0.4, 1.6])) - 2


@dataclass(frozen=True)
class Maker:
    """Rows of one rater."""

    rng: np.random.Generator
    rater: str

    def row(self, trial: int, kind: str, question: str, answer: int, **more: Any) -> Judgment:
        key = str(uuid.UUID(int=int.from_bytes(self.rng.bytes(16)), version=4))
        comment = str(self.rng.choice(["", "", "None", "good, really", "=1+1", "7"]))
        return Judgment(key, f"2026-11-10T10:{trial:02d}:00.000Z", "small", self.rater, trial, kind, question,
                        answer=answer, comment=comment, watched_seconds=20.5,
                        response_seconds=round(float(self.rng.lognormal(2.5, 0.5)), 3), page_version="1",
                        code_version="0.1.0", **more)

    def pair(self, trial: int, question: str, left: str, right: str, answer: int) -> Judgment:
        song, style = f"s{self.rng.integers(1, 3)}", str(self.rng.choice(["gHO", "gBR"]))
        return self.row(trial, "pair", question, answer, left_generator=left, right_generator=right,
                        left_take=f"{left}-{song}-{style}", right_take=f"{right}-{song}-{style}",
                        left_song=song, right_song=song, song=song, style=style,
                        reasons="feet" if answer else "")


# --- the file -------------------------------------------------------------------------------------


def write(study: Study, path: Path) -> Study:
    """Write its file; the study as it can be read from there."""
    lines = [JUDGMENTS.line(j.row()) for j in study.rows]
    if study.file in ("plain", "bare"):
        return _write_plain(study, path)
    if study.file == "all damaged":
        lines = [line.replace(b"small", b"smell") for line in lines]
        path.write_bytes(JUDGMENTS.header + b"".join(lines))
        return replace(study, rows=(), damaged=len(lines))
    if study.file == "damaged":
        lines = [line.replace(b"small", b"smell") if i % 3 == 1 else line for i, line in enumerate(lines)]
        path.write_bytes(JUDGMENTS.header + b"".join(lines))
        kept = tuple(j for i, j in enumerate(study.rows) if i % 3 != 1)
        return replace(study, rows=kept, damaged=len(lines) - len(kept))
    path.write_bytes(JUDGMENTS.header + b"".join(lines))
    if study.file == "pandas":
        import pandas  # comes with Gradio

        pandas.read_csv(path).to_csv(path, index=False)
    return study


def _write_plain(study: Study, path: Path) -> Study:
    """A table as another program would write it; "bare": without times, with cells that are no numbers."""
    left_out = {"judgment_id", "comment"} | ({"created", "response_seconds", "left_take", "right_take"}
                                             if study.file == "bare" else set())
    names = [c.name for c in JUDGMENTS.columns if c.name not in left_out]
    unsaid: dict[str, Any] = {} if study.file == "plain" else {
        "created": UNKNOWN_TIME, "response_seconds": 0.0, "left_take": "", "right_take": ""}
    kept = []
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, names, extrasaction="ignore")
        out.writeheader()
        for i, j in enumerate(study.rows):
            bad = study.file == "bare" and i % 7 == 3
            cells = {"answer": ("nan", "inf", "", "much", "1e999", "0.5")[i % 6]} if bad else {}
            out.writerow({**j.row(), **cells})
            kept += [] if bad else [replace(j, **unsaid)]
    return replace(study, rows=tuple(kept), damaged=len(study.rows) - len(kept))


# --- what must hold -------------------------------------------------------------------------------


def check(study: Study, folder: Path) -> Iterator[str]:
    """Run `study results` on a study; a sentence for everything that is wrong."""
    path, out = folder / "judgments.csv", folder / "out"
    study = write(study, path)
    said, loud = io.StringIO(), io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(loud):
        warnings.simplefilter("error")
        code = command_line(["study", "results", str(path), "--out", str(out), "--resamples", "100"])
    if code != (3 if study.damaged else 0):
        yield f"exit code {code}: {loud.getvalue()[:300]}"
    were = "was" if study.damaged == 1 else "were"
    refused = f"{study.damaged:,} of {len(study.rows) + study.damaged:,} rows of the file {were} refused"
    if (refused in loud.getvalue()) != bool(study.damaged):
        yield f"{study.damaged} damaged rows, but stderr says {loud.getvalue()[:200]!r}"
    if not study.rows:
        return
    files = {p.name: p.read_text() for p in out.iterdir()} if out.is_dir() else {}
    if set(files) != {"summary.md", "results.json", "plots.html"}:
        yield f"written: {sorted(files)}"
        return
    text = files["summary.md"]
    page = files["plots.html"].rsplit("</script><main>", 1)[1]
    page = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    if found := _PYTHON.search(text + page):
        yield f"the text holds {found[0]!r}"
    if any(sentence in text + page for sentence in _FAILED):
        yield "a part or a chart failed"
    if (refused in text) != bool(study.damaged) or (study.damaged and "No answer is excluded" in text):
        yield "the summary says otherwise about refused rows"
    data = json.loads(files["results.json"])
    yield from _counts(study, text, data)
    for p in data["preferences"]:
        yield from _question(study, text, p)
    yield from _intervals(data)
    yield from Summary(text, study.rows, data).wrong()


def _counts(study: Study, text: str, data: dict[str, Any]) -> Iterator[str]:
    results = [j for j in study.rows if j.kind in ("pair", "match", "single")]
    kept = [j for j in results if not j.excluded]
    raters = len({j.rater for j in kept})
    if not kept:
        if "No answer counts" not in text or data["preferences"] or data["scales"]:
            yield "nothing counts, but something is told"
    elif f"{_many(len(kept), 'answer')} of {_many(raters, 'rater')} count" not in text:
        yield f"{len(kept)} answers of {raters} raters are not in the summary"
    gone = len(results) - len(kept)
    if gone and f"{_many(gone, 'answer')} (" not in text or (not gone and "%) are excluded" in text):
        yield f"{gone} answers are excluded, and the summary says otherwise"


def _many(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'s' * (n != 1)}"


def _question(study: Study, text: str, p: dict[str, Any]) -> Iterator[str]:
    rows = [j for j in study.rows if j.kind == "pair" and j.question == p["question"] and not j.excluded
            and j.left_generator != j.right_generator]
    wins = Counter((a, b) if j.answer < 0 else (b, a) for j in rows if j.answer
                   for a, b in [(j.left_generator, j.right_generator)])
    m = p["matrix"]
    for i, a in enumerate(m["systems"]):
        for k, b in enumerate(m["systems"]):
            if i != k and m["wins"][i][k] != wins[a, b]:
                yield f"{p['question']}: {a} won {wins[a, b]} times against {b}, told {m['wins'][i][k]}"
    raters = len({j.rater for j in rows})
    if (p["votes"], p["raters"]) != (len(rows), raters):
        yield f"{p['question']}: {len(rows)} votes of {raters} raters, told {p['votes']} of {p['raters']}"
    if (p["strengths"] is not None) != _joined(rows):
        yield f"{p['question']}: strengths are there or not, but the comparisons say otherwise"
    if p["strengths"] is None:
        return
    ranks = {tuple(rank) for rank in p["strengths"]["ranks"]}
    if raters == 1 and (any(e["low"] is not None for e in p["strengths"]["strengths"]) or p["worth"]
                        or ranks != {(1, len(m["systems"]))}):
        yield "one rater, but intervals, ranks or power are told"
    for d in p["strengths"]["differences"]:
        who = {j.rater for j in rows if {j.left_generator, j.right_generator} & {d["first"], d["second"]}}
        shown = d["p_holm"] is not None and d["p_holm"] < 0.05
        if shown and len(who) < 4:
            yield f"{d['first']} over {d['second']} is shown by {len(who)} raters"
        if shown and len(m["systems"]) == 2 and len(set(wins.values())) == 1 and len(wins) == 2:
            yield f"{d['first']} and {d['second']} won equally often, but a difference is shown"
        if (d["gap"]["low"] is None) != bool(d["gap"]["why"]):
            yield "an interval is missing without a reason, or there with one"
    opposed = study.habit == "opposed" and study.raters % 2 == 0 and not study.damaged
    nothing = not wins or (opposed and raters == study.raters)
    section = text.split("a clear preference")[1]
    if nothing and ("are shown (p" in section or "is shown (p" in section):
        yield "the answers are symmetric, but a difference is shown"


def _joined(rows: list[Judgment]) -> bool:
    """Whether the comparisons lead from every system to every other one."""
    pairs = [{j.left_generator, j.right_generator} for j in rows]
    reached = set(pairs[0]) if pairs else set()
    for _ in pairs:
        for pair in pairs:
            reached |= pair if reached & pair else set()
    return bool(pairs) and reached == set().union(*pairs)


def _intervals(value: Any) -> Iterator[str]:
    """No number is told with an interval of no width, and none lies outside of its own."""
    if isinstance(value, dict):
        low, high, at = (value.get(key) for key in ("low", "high", "value"))
        if isinstance(low, float) and isinstance(high, float) and not (low < high and low <= at <= high):
            yield f"an interval from {low} to {high} around {at}"
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _intervals(part)


def run(first: int, studies: int) -> Report:
    """Make and check studies of the seeds from `first` on."""
    report = Report()
    for seed in range(first, first + studies):
        study = make(seed)
        report.kinds.update([f"{study.raters} raters", f"{study.systems} systems", f"answers: {study.habit}",
                             f"pairs: {study.graph}", f"file: {study.file}"])
        with tempfile.TemporaryDirectory() as folder:
            try:
                wrong = list(check(study, Path(folder)))
            except Exception as error:  # the very thing that must not happen
                wrong = [f"{type(error).__name__}: {error}"]
        name = f"{study.raters} raters, {study.systems} systems, {study.habit}, {study.graph}, {study.file}"
        report.wrong += [f"seed {seed} ({name}): {sentence}" for sentence in wrong]
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    args = parser.parse_args()
    begun = time.perf_counter()
    report = run(args.first, args.studies)
    print("\n".join(f"{n:6d} {kind}" for kind, n in sorted(report.kinds.items())))
    print("\n".join(report.wrong))
    failed = len({line.split(" (")[0] for line in report.wrong})
    print(f"{args.studies} studies, {time.perf_counter() - begun:.0f} s: {failed} with something wrong")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
