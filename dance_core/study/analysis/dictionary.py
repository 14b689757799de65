"""The data dictionary of what `study export` writes: every column, what it holds, its unit and its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dance_core.study.analysis.words import QUESTIONS, REASONS
from dance_core.study.judgments import SINGLE_QUESTIONS

PREFERENCE = {-2: "left much better", -1: "left a little better", 0: "about the same",
              1: "right a little better", 2: "right much better"}
SCORE = {1: "bad", 2: "poor", 3: "fair", 4: "good", 5: "excellent"}
YES = {0: "no", 1: "yes"}


@dataclass(frozen=True)
class Variable:
    """One column. kind: "text", "whole number" or "number". values: what codes stand for; {} for none."""

    name: str
    label: str
    kind: str = "text"
    unit: str = ""
    values: Mapping[int, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.name, "label": self.label, "kind": self.kind, "unit": self.unit,
                "missing": "empty", "values": {str(k): v for k, v in self.values.items()}}


ANSWERS: tuple[Variable, ...] = (
    Variable("judgment_id", "id of this answer"),
    Variable("created", "when the server got it", unit="UTC, ISO 8601"),
    Variable("study", "id of the study"),
    Variable("rater", "the person: a salted hash within this study"),
    Variable("counts", "whether the answer counts", "whole number", values=YES),
    Variable("excluded", "why it does not count; empty where it counts"),
    Variable("trial", "place in the person's own order, from 1", "whole number", "trials"),
    Variable("question", f"what was asked: {', '.join(QUESTIONS)}, mismatch"),
    Variable("left_system", "system whose dance was on the left; of single dances, the system"),
    Variable("right_system", "system whose dance was on the right; empty for single dances"),
    Variable("left_take", "id of the dance on the left"),
    Variable("right_take", "id of the dance on the right"),
    Variable("left_song", "song that the left dance was made to"),
    Variable("right_song", "song that the right dance was made to"),
    Variable("song", "song of this trial: heard, except where the question is quality"),
    Variable("style", "key of the style"),
    Variable("preference", "answer to a pair, from left to right", "whole number", values=PREFERENCE),
    Variable("score", "answer about a single dance", "whole number", "points", SCORE),
    *(Variable(f"reason_{key}", f"reason ticked: {what}", "whole number", values=YES)
      for key, what in REASONS.items()),
    Variable("comment", "free text; a line end is a blank, and an apostrophe stands before what a "
                        "spreadsheet would take for a formula"),
    Variable("watched_seconds", "how long the dances were played, as the page reports", "number", "seconds"),
    Variable("replays", "how often they were played again", "whole number", "times"),
    Variable("response_seconds", "from shown to answered, by the server's clock", "number", "seconds"),
    Variable("muted", "the sound was off, as the page reports, in a trial that has music", "whole number",
             values=YES),
    Variable("page_version", "version of the page that asked"),
    Variable("code_version", "version of dance_core that took the answer"),
)

_RATER_HEAD: tuple[Variable, ...] = (
    Variable("rater", "the person: a salted hash within this study"),
    Variable("counts", "whether any answer of this person counts", "whole number", values=YES),
    Variable("excluded", "why answers don't count; empty where they do"),
    Variable("finished", "answered all trials; empty where the file does not say how many there were",
             "whole number", values=YES),
    Variable("consent_version", "version of the text that was agreed to; the last one"),
    Variable("first", "first row of this person", unit="UTC, ISO 8601"),
    Variable("last", "last row of this person", unit="UTC, ISO 8601"),
    Variable("trials", "trials with an answer, attention checks left out", "whole number", "trials"),
    Variable("attention_checks", "attention checks shown", "whole number", "checks"),
    Variable("attention_passed", "attention checks passed", "whole number", "checks"),
    Variable("headphones_right", "right answers of the last headphone check; empty if there was none",
             "whole number", "of 6"),
    Variable("phone", "on a phone or tablet, as the page reports; empty where it did not", "whole number",
             values=YES),
    Variable("median_response_seconds", "median time of an answer", "number", "seconds"),
)


def rater_variables(trials: Sequence[int], asked: Mapping[int, Sequence[str]],
                    about: Sequence[str] = ()) -> tuple[Variable, ...]:
    """Columns of the table with one row a rater. asked: trial → questions that anybody answered there."""
    made = [*_RATER_HEAD, *(Variable(f"about_{key}", f"closing question {key}, in words") for key in about)]
    for n in trials:
        at = f"trial {n}"
        made += [Variable(f"t{n}_left", f"{at}: system on the left, or alone"),
                 Variable(f"t{n}_right", f"{at}: system on the right"), Variable(f"t{n}_song", f"{at}: song"),
                 Variable(f"t{n}_style", f"{at}: style"),
                 Variable(f"t{n}_seconds", f"{at}: from shown to answered", "number", "seconds")]
        for question in asked[n]:
            values, unit = (SCORE, "points") if question in SINGLE_QUESTIONS else (PREFERENCE, "")
            made.append(Variable(f"t{n}_{question}", f"{at}: {QUESTIONS.get(question, question)}",
                                 "whole number", unit, values))
    return tuple(made)


def as_text(tables: Mapping[str, Sequence[Variable]], study: str) -> str:
    """The dictionary as plain text, a paragraph a column."""
    out = [f"Data dictionary of study {study}", "",
           "Files are UTF-8, commas between cells, a point in decimals. An empty cell, and nothing else,",
           "is a missing value: in pandas read_csv(…, keep_default_na=False, na_values=[\"\"])."]
    for file, variables in tables.items():
        out += ["", file, "=" * len(file)]
        for v in variables:
            unit = f", {v.unit}" if v.unit else ""
            out += ["", f"{v.name} ({v.kind}{unit})", f"    {v.label}"]
            out += [f"    {str(code).replace('-', '−'):>3} = {what}" for code, what in v.values.items()]
    return "\n".join(out) + "\n"


def as_json(tables: Mapping[str, Sequence[Variable]], study: str) -> dict[str, Any]:
    """The dictionary as plain values."""
    return {"study": study, "encoding": "UTF-8", "separator": ",", "decimal": ".", "missing": "empty",
            "files": {file: [v.as_json() for v in variables] for file, variables in tables.items()}}
