"""A result written down: table.md for people, table.json for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from dance_core import __version__
from dance_core.atomic import replacing
from dance_core.evaluation import anchors
from dance_core.evaluation.columns import COLUMNS, SETS
from dance_core.evaluation.criteria import criteria
from dance_core.evaluation.criterion import Criterion
from dance_core.evaluation.making import code_digest
from dance_core.evaluation.phaselock import Lock
from dance_core.evaluation.protocol import Result, Row, aggregate
from dance_core.evaluation.written import criteria_table, finite, line

TABLE_JSON, TABLE_MD = "table.json", "table.md"
VERSION = 1
_DRAWS = 1000  # bootstrap


def summary(row: Row, result: Result) -> dict[str, dict[str, float]]:
    """By column: mean over seeds, sd over seeds, and for means over clips the bootstrap's 95 % interval."""
    found = {}
    for name, by_seed in aggregate(row, result).items():
        one = {"mean": float(np.mean(by_seed)), "sd_seeds": float(np.std(by_seed)), "seeds": len(by_seed)}
        by_clip: dict[int, list[float]] = {}
        for e in row.entries:
            if math.isfinite(e.values.get(name, math.nan)):
                by_clip.setdefault(e.clip, []).append(e.values[name])
        if len(by_clip) > 1:
            values = np.array([np.mean(v) for v in by_clip.values()])
            draws = np.random.default_rng(0).integers(len(values), size=(_DRAWS, len(values)))
            low, high = np.percentile(values[draws].mean(-1), [2.5, 97.5])
            one |= {"low": float(low), "high": float(high), "clips": len(values)}
        found[name] = one
    if any("faults" in e.values for e in row.entries):
        found["seconds_per_fault"] = _per_fault(row)
    return found


def _per_fault(row: Row) -> dict[str, float]:
    """Seconds of a row's dances over the faults in them; infinite without any. The interval is over clips."""
    clips = sorted({e.clip for e in row.entries})
    sums = np.array([[sum(e.values[name] for e in row.entries if e.clip == c)
                      for name in ("seconds", "faults")] for c in clips])
    draws = np.random.default_rng(0).integers(len(clips), size=(_DRAWS, len(clips)))
    with np.errstate(divide="ignore"):
        every = np.concatenate([[sums.sum(0)], sums[draws].sum(1)])
        mean, *drawn = every[:, 0] / every[:, 1]
    low, high = np.percentile(drawn, [2.5, 97.5], method="nearest")
    interval = {"low": float(low), "high": float(high), "clips": len(clips)} if np.isfinite(high) else {}
    return {"mean": float(mean), "seeds": len(row.seeds), **interval}


def as_dict(result: Result, corpus: Mapping[str, object]) -> dict[str, object]:
    """All of a result as JSON values."""
    rows = {row.name: summary(row, result) for row in result.rows}
    held = criteria(result, {n: {k: v["mean"] for k, v in one.items()} for n, one in rows.items()})
    return {
        "version": VERSION, "generator": result.generator, "title": result.title,
        "asked": asdict(result.asked), "clips": [c.id for c in result.clips],
        "chosen": result.chosen,
        "songs": len({c.song for c in result.clips}), "corpus": dict(corpus),
        "code": {"dance_core": __version__, "evaluation": code_digest(("evaluation",)), **result.made_by},
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "pools": {"corpus": _rows(result.reference), "training": _rows(result.learned)},
        "judged": bool(result.music), "judge_learned_from": result.judge_learned_from,
        "rows": [{"name": row.name, "control": row.control, "dances": len(row.entries),
                  "clips": len({e.clip for e in row.entries}),
                  "values": rows[row.name]} for row in result.rows],
        "locks": {name: [asdict(lock) for lock in locks] for name, locks in result.locks.items()},
        "long": result.long, "pace": result.pace, "criteria": [asdict(c) for c in held],
        "verified": [asdict(c) for c in result.verified],
    }


def _rows(features: Mapping[str, np.ndarray]) -> int:
    """How many dances a pool of features holds."""
    return min((len(f) for f in features.values()), default=0)


def markdown(told: Mapping[str, object]) -> str:
    """The table for people, from what `as_dict` gives."""
    asked, rows = told["asked"], told["rows"]
    clips = len(told["clips"])  # type: ignore[arg-type]
    lines = [f"# {told['title']}, evaluated", "",
             f"{clips} clips of {asked['seconds']:g} s from {told['songs']} held-out songs, "  # type: ignore[index]
             f"{asked['seeds']} seeds; made {told['made']}. "  # type: ignore[index]
             f"± is half of the 95 % interval over clips. {told['chosen']}".rstrip(), ""]
    corpus = told["corpus"].get("index", "")  # type: ignore[union-attr]
    if told["judged"] and corpus and told["judge_learned_from"] != corpus:
        lines += ["The evaluator was trained on another corpus: it may have learned from songs and dances "
                  "that are held out here (`evaluate train-evaluator` trains it anew).", ""]
    for title, columns in COLUMNS:
        used = [c for c in columns if any(c.key in row["values"] for row in rows)]  # type: ignore[union-attr]
        if not used:
            continue
        lines += [f"## {title}", "", line(["", *(c.heading for c in used)]),
                  line(["---", *("---:" for _ in used)])]
        for row in rows:  # type: ignore[union-attr]
            if any(c.key in row["values"] for c in used):
                name = f"{row['name']} ({row['clips']} clips)" if title == SETS else row["name"]
                lines.append(line([name, *(_cell(row["values"].get(c.key), c.form) for c in used)]))
        lines += ["", *(f"- {c.heading}: {c.about}" for c in used), ""]
        if title == SETS:
            lines += _pools(told)
    lines += _passes(rows)  # type: ignore[arg-type]
    lines += _locks(told["locks"]) + _long(told["long"], told["pace"])  # type: ignore[arg-type]
    lines += criteria_table("What is asked", _held(told["criteria"]))  # type: ignore[arg-type]
    if told["verified"]:
        lines += ["", *criteria_table("Verification", _held(told["verified"]))]  # type: ignore[arg-type]
    code = ", ".join(f"{k} {v}" for k, v in told["code"].items())  # type: ignore[union-attr]
    lines += ["", f"Corpus: {_corpus(told['corpus'])}. Code: {code}.", ""]  # type: ignore[arg-type]
    return "\n".join(lines)


def _pools(told: Mapping[str, object]) -> list[str]:
    """What FID compares with here, and what published FIDs were compared with."""
    pools, seconds = told["pools"], told["asked"]["seconds"]  # type: ignore[index]
    here, training = pools["corpus"], pools["training"]  # type: ignore[index]
    return [f"The pool here: {here} excerpts of {seconds:g} s of this corpus, all splits; for the corrected "
            f"ones {training} of its training split. Published FID and Div have another pool, and none of "
            "these may stand beside them.", "", *(f"- {line}" for line in anchors.LINES), ""]


def _passes(rows: list[Mapping[str, object]]) -> list[str]:
    """Which controls look as good as the truth, and to which measures: what those measures can't see."""
    truth = next(row["values"] for row in rows if row["name"] == "ground truth")
    columns = [c for _, group in COLUMNS for c in group if c.better]
    lines = ["## What the controls get away with", "",
             "Measures to which a dance that must fail is as good as the real one, within the interval:", ""]
    for row in rows:
        if row["control"]:
            blind = [c.heading for c in columns if c.key in row["values"] and c.key in truth  # type: ignore
                     and _as_good(row["values"][c.key], truth[c.key], c.better)]  # type: ignore[index]
            lines.append(f"- {row['name']}: {', '.join(blind) or 'none'}")
    return [*lines, ""]


def _as_good(one: Mapping[str, float], truth: Mapping[str, float], better: str) -> bool:
    mean, true = _number(one["mean"]), _number(truth["mean"])
    slack = (truth["high"] - truth["low"]) / 2 if "low" in truth else 0.05 * abs(true)
    slack = slack if math.isfinite(slack) else 0.0
    return mean >= true - slack if better == "high" else mean <= true + slack


def _number(value: float | str) -> float:
    """As it was before it was written to JSON, see `written.finite`."""
    return math.inf if value == "never" else float(value)


def _cell(value: Mapping[str, float] | None, form: str) -> str:
    if value is None:
        return ""
    mean = _number(value["mean"])
    text = "∞" if math.isinf(mean) else format(mean, form)
    if "low" not in value:
        return text
    return f"{text} ±{format((value['high'] - value['low']) / 2, form.lstrip('+'))}"


def _locks(by_generator: Mapping[str, list[Mapping[str, float]]]) -> list[str]:
    lines: list[str] = []
    for name, locks in by_generator.items():
        if not locks:
            continue
        lines += [f"## Phase lock: {name}", "", line(["song", "dances", "lock", "before", "locked after, s",
                                                      "after the jump, s", "old grid"]),
                  line(["---", *["---:"] * 6])]
        for one in locks:
            lock = Lock(**one)  # type: ignore[arg-type]
            lines.append(line([lock.name, str(lock.dances),
                                *(_plain(v) for v in (lock.lock, lock.before, lock.first, lock.after,
                                                      lock.old_grid))]))
        lines.append("")
    if lines:
        lines += ["Lock: BAS minus its mean over other phases in windows of 2 s, beats given exactly. "
                  "Locked: from that window on at least half of what it comes to.", ""]
    return lines


def _plain(value: float | None) -> str:
    if value is None or math.isnan(value):
        return ""
    return "never" if math.isinf(value) else f"{value:.2f}"


def _long(by_generator: Mapping[str, list[Mapping[str, float]]],
          pace: Mapping[str, Mapping[str, float]]) -> list[str]:
    rows = [(name, one) for name, dances in by_generator.items() for one in dances]
    lines: list[str] = []
    if rows:
        lines = ["## Long dances", "", line(["", "seconds", "last third or minute / first", "farthest, m",
                                              "still"]), line(["---", *["---:"] * 4])]
        lines += [line([name, f"{one['seconds']:.0f}", f"{one['last_against_first']:.2f}",
                         f"{one['farthest']:.2f}", f"{one['still']:.1%}"]) for name, one in rows] + [""]
    for name, one in pace.items():
        if one:
            lines.append(f"{name}: {one['pace']:.0f} s of dance per second here, first frames after "
                         f"{one['first']:.2f} s (median; worst {one['first_worst']:.2f}).")
    return [*lines, ""] if lines else []


def _held(rows: list[Mapping[str, object]]) -> list[Criterion]:
    return [Criterion(**one) for one in rows]  # type: ignore[arg-type]


def _corpus(about: Mapping[str, object]) -> str:
    return ", ".join(f"{k} {v}" for k, v in about.items()) or "not said"


def write(folder: Path, result: Result, corpus: Mapping[str, object]) -> tuple[Path, str]:
    """Write both tables into a folder; the path of the readable one, and its text."""
    told = as_dict(result, corpus)
    text = json.dumps(finite(told), indent=1, ensure_ascii=False)
    folder.mkdir(parents=True, exist_ok=True)
    shown = markdown(told)
    for name, content in ((TABLE_JSON, text + "\n"), (TABLE_MD, shown)):
        with replacing(folder / name) as part:
            part.write_text(content, encoding="utf-8")
    return folder / TABLE_MD, shown

