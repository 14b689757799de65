"""A result written down: table.md for people, table.json for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from dance_core import __version__
from dance_core.atomic import replacing
from dance_core.evaluation.criteria import Criterion, criteria
from dance_core.evaluation.making import code_digest
from dance_core.evaluation.phaselock import Lock
from dance_core.evaluation.protocol import Asked, Result, Row, aggregate

TABLE_JSON, TABLE_MD = "table.json", "table.md"
VERSION = 1
_DRAWS = 1000  # bootstrap


@dataclass(frozen=True)
class Column:
    """A number of the table: its key, heading, how it is written, and what it means."""

    key: str
    heading: str
    form: str
    about: str


COLUMNS: tuple[tuple[str, tuple[Column, ...]], ...] = (
    ("Rhythm", (
        Column("bas", "BAS", ".3f", "beat alignment, mean over music beats, σ 0.05 s"),
        Column("bas_control", "chance", ".3f", "the same against beats moved by parts of a beat, averaged"),
        Column("bas_gain", "gain", "+.3f", "BAS minus chance: what is danced on the beat"),
        Column("bas_half", "BAS ½", ".3f", "against the beats moved by half a beat"),
        Column("bas_reverse", "BAS rev.", ".3f", "mean over motion beats (AIST++ paper)"),
        Column("bas_field", "BAS field", ".3f", "as the published scorers have it (60 Hz, not centred)"),
        Column("rests", "rests/s", ".2f", "motion beats per second: trembling has many"),
    )),
    ("Style and music, by the evaluator", (
        Column("style", "style", ".0%", "style recognised"),
        Column("recall_1", "R@1", ".0%", "own music ranked first among the music of all clips"),
        Column("recall_5", "R@5", ".0%", "own music among the first 5"),
        Column("recall_10", "R@10", ".0%", "own music among the first 10"),
    )),
    ("Movement", (
        Column("speed", "speed", ".2f", "mean joint speed, m/s"),
        Column("magnitude", "magnitude", ".2f", "the same relative to the pelvis, m/s"),
        Column("jerk", "jerk", ".0f", "m/s³ after a 5 Hz low-pass"),
        Column("jerk_raw", "jerk raw", ".0f", "m/s³ without the low-pass: trembling shows here"),
        Column("still", "still", ".1%", "frames of standing still for half a second and more"),
        Column("roams", "roams", ".2f", "largest distance from where it began, m"),
        Column("seam", "seam", ".2f", "peak acceleration at seams / 95th percentile elsewhere"),
        Column("seam_held", "seams ≤ 1.5", ".0%", "seams that keep the limit"),
        Column("reference_deg", "frame 0", ".2f", "largest angle from the reference pose, degrees"),
        Column("reference_cm", "cm", ".2f", "largest distance from it, cm"),
        Column("nearest", "nearest", ".1f", "median distance of a second to the nearest learned one, cm"),
    )),
    ("Feet and floor", (
        Column("pfc", "PFC", ".2f", "physical foot contact of EDGE × 10 000, lower is better; 0 if frozen"),
        Column("fsr", "FSR", ".1%", "foot skating ratio of Lodge"),
        Column("low_foot", "low-foot", ".1%", "low feet that move faster than 0.3 m/s"),
        Column("depth", "depth", ".2f", "mean depth of the lowest sole point below the floor, cm"),
        Column("below", "below", ".1%", "frames with a sole more than 1 cm below the floor"),
        Column("floor_gap", "gap", ".2f", "mean distance of the lowest sole point from the floor, cm"),
    )),
    ("Distances between sets", (
        Column("fid_k", "FID_k", ".1f", "kinetic features, the field's form (against the whole corpus)"),
        Column("fid_g", "FID_g", ".1f", "geometric features, the field's form"),
        Column("div_k", "Div_k", ".2f", "mean distance between dances, kinetic"),
        Column("div_g", "Div_g", ".2f", "mean distance between dances, geometric"),
        Column("fid_k_fixed", "FID_k corr.", ".1f", "without the scorers' slips, against the training split"),
        Column("fid_g_fixed", "FID_g corr.", ".1f", "the same, geometric"),
        Column("div_k_fixed", "Div_k corr.", ".2f", "without the slips"),
        Column("div_g_fixed", "Div_g corr.", ".2f", "without the slips"),
    )),
)


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
    return found


def as_dict(result: Result, corpus: Mapping[str, object]) -> dict[str, object]:
    """All of a result as JSON values."""
    rows = {row.name: summary(row, result) for row in result.rows}
    held = criteria(result, {n: {k: v["mean"] for k, v in one.items()} for n, one in rows.items()})
    return {
        "version": VERSION, "generator": result.generator, "title": result.title,
        "asked": asdict(result.asked), "clips": [c.id for c in result.clips],
        "songs": len({c.song for c in result.clips}), "corpus": dict(corpus),
        "code": {"dance_core": __version__, "evaluation": code_digest(("evaluation",)), **result.made_by},
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "judged": bool(result.music),
        "rows": [{"name": row.name, "control": row.control, "dances": len(row.entries),
                  "values": rows[row.name]} for row in result.rows],
        "locks": {name: [asdict(lock) for lock in locks] for name, locks in result.locks.items()},
        "long": result.long, "pace": result.pace, "criteria": [asdict(c) for c in held],
    }


def markdown(told: Mapping[str, object]) -> str:
    """The table for people, from what `as_dict` gives."""
    asked, rows = told["asked"], told["rows"]
    clips = len(told["clips"])  # type: ignore[arg-type]
    lines = [f"# {told['title']}, evaluated", "",
             f"{clips} clips of {asked['seconds']:g} s from {told['songs']} held-out songs, "  # type: ignore[index]
             f"{asked['seeds']} seeds; made {told['made']}. "  # type: ignore[index]
             "± is half of the 95 % interval over clips.", ""]
    for title, columns in COLUMNS:
        used = [c for c in columns if any(c.key in row["values"] for row in rows)]  # type: ignore[union-attr]
        if not used:
            continue
        lines += [f"## {title}", "", _line(["", *(c.heading for c in used)]),
                  _line(["---", *("---:" for _ in used)])]
        for row in rows:  # type: ignore[union-attr]
            if any(c.key in row["values"] for c in used):
                lines.append(_line([row["name"], *(_cell(row["values"].get(c.key), c.form) for c in used)]))
        lines += ["", *(f"- {c.heading}: {c.about}" for c in used), ""]
    lines += _locks(told["locks"]) + _long(told["long"], told["pace"])  # type: ignore[arg-type]
    lines += _criteria(told["criteria"])  # type: ignore[arg-type]
    code = ", ".join(f"{k} {v}" for k, v in told["code"].items())  # type: ignore[union-attr]
    lines += ["", f"Corpus: {_corpus(told['corpus'])}. Code: {code}.", ""]  # type: ignore[arg-type]
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: Mapping[str, float] | None, form: str) -> str:
    if value is None:
        return ""
    text = format(value["mean"], form)
    if "low" not in value:
        return text
    return f"{text} ±{format((value['high'] - value['low']) / 2, form.lstrip('+'))}"


def _locks(by_generator: Mapping[str, list[Mapping[str, float]]]) -> list[str]:
    lines: list[str] = []
    for name, locks in by_generator.items():
        if not locks:
            continue
        lines += [f"## Phase lock: {name}", "", _line(["song", "dances", "lock", "before", "locked after, s",
                                                      "after the jump, s", "old grid"]),
                  _line(["---", *["---:"] * 6])]
        for one in locks:
            lock = Lock(**one)  # type: ignore[arg-type]
            lines.append(_line([lock.name, str(lock.dances),
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
        lines = ["## Long dances", "", _line(["", "seconds", "last third or minute / first", "farthest, m",
                                              "still"]), _line(["---", *["---:"] * 4])]
        lines += [_line([name, f"{one['seconds']:.0f}", f"{one['last_against_first']:.2f}",
                         f"{one['farthest']:.2f}", f"{one['still']:.1%}"]) for name, one in rows] + [""]
    for name, one in pace.items():
        if one:
            lines.append(f"{name}: {one['pace']:.0f} s of dance per second here, first frames after at most "
                         f"{one['first']:.2f} s.")
    return [*lines, ""] if lines else []


def _criteria(held: list[Mapping[str, object]]) -> list[str]:
    lines = ["## What is asked", "", _line(["", "asked", "measured", "held"]),
             _line(["---", "---", "---:", "---"])]
    for one in held:
        c = Criterion(**one)  # type: ignore[arg-type]
        lines.append(_line([c.name, c.asked, c.measured, {True: "yes", False: "no", None: "–"}[c.held]]))
    return lines


def _corpus(about: Mapping[str, object]) -> str:
    return ", ".join(f"{k} {v}" for k, v in about.items()) or "not said"


def write(folder: Path, result: Result, corpus: Mapping[str, object]) -> tuple[Path, str]:
    """Write both tables into a folder; the path of the readable one, and its text."""
    told = as_dict(result, corpus)
    # one way for numbers that are none: JSON has no nan and no infinity
    text = json.dumps(_finite(told), indent=1, ensure_ascii=False)
    folder.mkdir(parents=True, exist_ok=True)
    shown = markdown(told)
    for name, content in ((TABLE_JSON, text + "\n"), (TABLE_MD, shown)):
        with replacing(folder / name) as part:
            part.write_text(content, encoding="utf-8")
    return folder / TABLE_MD, shown


def _finite(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(k): _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "never" if math.isinf(value) else None
    return value


__all__ = ["COLUMNS", "Asked", "as_dict", "markdown", "write"]
