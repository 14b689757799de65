"""What is shown in a trial, and what may be answered to it."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dance_core.study.design import Closing, Design
from dance_core.study.folder import Study
from dance_core.study.judgments import CHOICES, REASONS
from dance_core.study.plan import Trial
from dance_core.study.schema import is_uuid
from dance_core.study.texts import fill

ROW_KIND = {"preference": "pair", "quality": "pair", "match": "pair", "mismatch": "match", "single": "single",
            "check": "check"}
SLACK_S = 0.35  # the page counts in pictures of its own
_DAY_S = 86_400.0


class Refused(Exception):
    """An answer that is not taken. `now`: the page should show what holds now."""

    def __init__(self, reason: str, now: bool = False, **words: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.now = now
        self.words = words


@dataclass(frozen=True)
class Given:
    """A checked answer: its id, value by question, reasons, comment, seconds watched and taken, replays."""

    submission: str
    values: Mapping[str, int]
    reasons: tuple[str, ...]
    comment: str
    watched: float
    replays: int
    seconds: float


def asked(trial: Trial, design: Design) -> tuple[str, ...]:
    """The questions of a trial: the scales of a single dance, or one."""
    if trial.kind == "single":
        return next(b.ask for b in design.blocks if b.kind == "single")
    return ("preference",)


def shown(trial: Trial, study: Study, texts: Mapping[str, str]) -> dict[str, Any]:
    """What the page gets to see of a trial: opaque files, sentences, nothing about who made what."""
    design = study.design
    muted = trial.kind == "quality"
    kind = "preference" if trial.kind == "practice" else trial.kind
    ask = texts.get(f"ask_{kind}", texts["ask_preference"])
    if trial.kind == "check":
        wanted = texts[CHOICES[(trial.expect or 0) + 2]]
        ask = fill(texts["ask_attention"], answer=wanted)
    step = {
        "practice": trial.kind == "practice", "ask": ask, "muted": muted, "seconds": design.clip_seconds,
        "need": needed(design),
        "music": str(study.files / (study.silence if muted else study.music[trial.material])),
        "left": str(study.files / study.clips[trial.left].name), "comment": design.comments,
        "sides": (texts["left"], texts["right"]),
        "reasons": [], "scales": [],
    }
    if trial.right is None:
        return {**step, "right": None, "scales": [[key, texts[key]] for key in asked(trial, design)]}
    ticks = [[key, texts[f"reason_{key}"]] for key in reasons_of(trial)] if design.reasons else []
    return {**step, "right": str(study.files / study.clips[trial.right].name), "reasons": ticks}


def reasons_of(trial: Trial) -> tuple[str, ...]:
    """Reasons that fit a trial: without sound nobody can tell what fits the music."""
    return tuple(r for r in REASONS if trial.kind != "quality" or r not in ("on_beat", "style"))


def needed(design: Design) -> float:
    """Seconds of a clip that must have been played."""
    return round(design.watch_fraction * design.clip_seconds, 2)


def read(sent: Mapping[str, Any], trial: Trial, design: Design, seconds: float, max_comment: int) -> Given:
    """Check what the page sent; `seconds`: since it was shown, by the server's clock. Raises Refused."""
    submission = sent.get("submission")
    if not isinstance(submission, str) or not is_uuid(submission):
        raise Refused("incomplete")
    need = needed(design)
    played = _seconds(sent.get("covered"))
    missing = max(need - seconds, need - SLACK_S - played)
    if missing > 0:
        raise Refused("early", seconds=max(1, math.ceil(missing)))
    values = sent.get("values")
    low, high = (1, 5) if trial.kind == "single" else (-2, 2)
    checked = {}
    for question in asked(trial, design):
        value = values.get(question) if isinstance(values, Mapping) else None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Refused("incomplete")
        checked[question] = value
    ticked = sent.get("reasons")
    ticked = ticked if isinstance(ticked, list) and design.reasons else []
    reasons = [r for r in reasons_of(trial) if r in ticked]
    comment = sent.get("comment")
    comment = comment[:max_comment] if isinstance(comment, str) and design.comments else ""
    if trial.kind == "check":
        reasons = [f"asked_{CHOICES[(trial.expect or 0) + 2]}", f"chose_{CHOICES[checked['preference'] + 2]}"]
    replays = sent.get("replays")
    replays = min(max(replays, 0), 10_000) if type(replays) is int else 0
    # Nobody can have watched for longer than the trial was there.
    watched = min(max(_seconds(sent.get("watched")), played), seconds)
    return Given(submission, checked, tuple(reasons) if trial.right is not None else (), comment.strip(),
                 round(watched, 2), replays, round(min(seconds, 365 * _DAY_S), 3))


def questions(trial: Trial, given: Given) -> list[tuple[str, int]]:
    """(question, answer) of each row, as the CSV has them."""
    if trial.kind == "single":
        return list(given.values.items())
    value = given.values["preference"]
    if trial.kind == "check":
        return [("attention", int(value == trial.expect))]
    return [(trial.kind, value)]


def ids(key: str, trial: Trial, design: Design) -> list[str]:
    """The ids of a trial's rows: the same for the same trial, so that nothing can count twice."""
    return [str(uuid.uuid5(uuid.UUID(key), question)) for question in asked(trial, design)]


def columns(trial: Trial, study: Study) -> dict[str, str]:
    """What the CSV says about what was shown."""
    design = study.design
    material = design.materials[trial.material]
    found = {"song": material.key, "style": material.style}
    for side, clip in (("left", trial.left), ("right", trial.right)):
        if clip is not None:
            dance = study.clips[clip]
            found |= {side: dance.name.split(".")[0], f"{side}_take": dance.take,
                      f"{side}_generator": design.systems[clip[0]].name,
                      f"{side}_song": design.materials[clip[1]].key}
    return found


def about(question: Closing, value: object, longest: int) -> tuple[int, str] | None:
    """(number, text) of an answer about the person, None where none was given. Raises Refused.

    A choice is its number from 1 and its words, a number is told as text too, so that no digit is lost.
    """
    if value is None or value == "":
        return None
    if question.kind == "choice":
        if value not in question.options:
            raise Refused("incomplete")
        return question.options.index(str(value)) + 1, str(value)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise Refused("incomplete")
    text = str(value).strip()[:longest]
    if question.kind == "number":
        number = _number(text)
        return None if not text else (min(max(round(number), 0), 1_000_000), text)
    return (0, text) if text else None


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", ".") or "0")
    except ValueError:
        raise Refused("incomplete") from None
    if not math.isfinite(number):
        raise Refused("incomplete")
    return number


def _seconds(value: object) -> float:
    """Seconds that a page reports; nonsense is 0."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _DAY_S:
        return 0.0
    return float(value)
