"""The Judgment noun: one answer of one person in a study, and the columns of a study's CSV.

A study's record is one CSV, a row a judgment, written when it is given. What a row says stands in `JUDGMENTS`
below; read a file with `read_judgments`, which leaves no bad line out silently.

Kinds of rows, and what `question` and `answer` mean in them:

    kind        question                       answer
    pair        preference                     −2 … 2: left much better, better, same, right better, much
                quality (seen without sound)   as above
                match (to the music)           as above
    match       mismatch                       as above; one side dances to another song than the one that is
                                               heard: that whose left_song or right_song is not `song`
    single      overall, on_beat, natural,     1 (bad) … 5 (excellent); the dance is on the left,
                hands, face, harmony           all columns of the right are empty
    check       attention                      1 passed, 0 missed; `reasons` says what was asked and chosen:
                                               asked_left_much;chose_same
                headphones                     right answers of six
    consent     version of the consent text    1
    exclusion   (empty)                        1; `excluded` is the reason, which stands in all rows of the
                                               same person, also in those written before
    withdrawal  (empty)                        how many rows were deleted; rater is empty: nobody can tell who
    about       key of a closing question      of a choice its number from 1, of a number the number;
                                               `comment` has the words
    page        muted                          1: the sound was off in this trial, which has music
                phone                          1: a phone or tablet, 0: a computer; `trial` is 0
    setting     trials                         of a rater, checks included: who answered all has finished
                unfinished                     answers of those who have not: 1 count, 0 are kept apart

Only `pair`, `match` and `single` rows with an empty `excluded` are results.
"""

from __future__ import annotations

import dataclasses
import math
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dance_core.errors import UserError
from dance_core.study.book import BadRow, read_as
from dance_core.study.schema import Column, Schema, is_uuid

PAIR_QUESTIONS = ("preference", "quality", "match")
SINGLE_QUESTIONS = ("overall", "on_beat", "natural", "hands", "face", "harmony")
REASONS = ("on_beat", "natural", "varied", "style", "hands", "face", "feet", "jerky", "frozen", "impossible")
RESULTS = ("pair", "match", "single")
LEFT = "left: did not finish"  # why the answers of somebody who left don't count, where they don't

JUDGMENTS = Schema("judgment", 1, (
    Column("judgment_id", about="uuid of this trial and question; a retry is no second judgment"),
    Column("created", about="when the server got it: UTC, ISO 8601, milliseconds"),
    Column("study", about="id of the study"),
    Column("rater", about="salted hash of the person's id within this study; empty in withdrawals"),
    Column("trial", int, about="place in the person's own order, from 1; 0 for what is no trial"),
    Column("kind", about="pair, match, single, check, consent, exclusion, withdrawal, setting, about, page"),
    Column("question", about="what was asked: see the module's table"),
    Column("left", about="opaque name under which the left dance was shown; empty where none was"),
    Column("right", about="the same of the right dance; empty for single dances"),
    Column("left_generator", about="name of the system whose dance was on the left"),
    Column("right_generator", about="the same of the right dance"),
    Column("left_take", about="id of the Take on the left"),
    Column("right_take", about="id of the Take on the right"),
    Column("left_song", about="key of the song that the left dance was made to"),
    Column("right_song", about="key of the song that the right dance was made to"),
    Column("song", about="key of the song of this trial: heard, except where the question is quality"),
    Column("style", about="key of the style"),
    Column("answer", int, about="pairs −2 (left much better) to 2; singles 1 to 5; see the module's table"),
    Column("reasons", about="keys of the ticked reasons, or of what was asked and chosen, joined by ';'"),
    Column("comment", free=True, about="free text, escaped: see dance_core.study.cells"),
    Column("watched_seconds", float, about="how long the dances were really played, as the page reports"),
    Column("replays", int, about="how often they were played again from before"),
    Column("response_seconds", float, about="from shown to answered, by the server's clock"),
    Column("excluded", about="why it does not count; empty where it counts"),
    Column("page_version", about="version of the page that asked"),
    Column("code_version", about="version of dance_core that took the answer"),
))

KINDS: dict[str, tuple[int, int]] = {  # smallest and largest answer
    "pair": (-2, 2), "match": (-2, 2), "single": (1, 5), "check": (0, 6), "consent": (1, 1),
    "exclusion": (1, 1), "withdrawal": (0, 1_000_000), "setting": (0, 100_000),
    "about": (0, 1_000_000), "page": (0, 1),
}
_QUESTIONS = {"pair": PAIR_QUESTIONS, "match": ("mismatch",), "single": SINGLE_QUESTIONS,
              "check": ("attention", "headphones"), "exclusion": ("",), "withdrawal": ("",),
              "setting": ("trials", "unfinished"), "page": ("muted", "phone")}
CHOICES = ("left_much", "left_some", "same", "right_some", "right_much")  # answers -2 to 2
_CHECKED = {f"{what}_{choice}" for what in ("asked", "chose") for choice in CHOICES}
_WORD = re.compile(r"[A-Za-z0-9_.:\-]{0,80}")
_NAMES = ("study", "rater", "left", "right", "left_generator", "right_generator", "left_take", "right_take",
          "left_song", "right_song", "song", "style", "page_version", "code_version")


@dataclass(frozen=True)
class Judgment:
    """One row. Holds no id of a person, only a salted hash. Bad values raise UserError.

    Attributes: as the columns of `JUDGMENTS`, whose `about` texts explain them.
    """

    judgment_id: str
    created: str
    study: str
    rater: str
    trial: int
    kind: str
    question: str
    left: str = ""
    right: str = ""
    left_generator: str = ""
    right_generator: str = ""
    left_take: str = ""
    right_take: str = ""
    left_song: str = ""
    right_song: str = ""
    song: str = ""
    style: str = ""
    answer: int = 0
    reasons: str = ""
    comment: str = ""
    watched_seconds: float = 0.0
    replays: int = 0
    response_seconds: float = 0.0
    excluded: str = ""
    page_version: str = ""
    code_version: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.judgment_id, str) or not is_uuid(self.judgment_id):
            raise UserError(f"The judgment's id can't be {_short(self.judgment_id)}: a uuid is expected.")
        try:
            if datetime.fromisoformat(self.created).utcoffset() is None:
                raise ValueError
        except (TypeError, ValueError):
            raise UserError(f"The judgment's time {_short(self.created)} is no UTC time.") from None
        for name in _NAMES:
            value = getattr(self, name)
            if not isinstance(value, str) or not _WORD.fullmatch(value):
                raise UserError(f"The judgment's {name} can't be {_short(value)}.")
        if self.kind not in KINDS:
            raise UserError(f"The judgment's kind can't be {_short(self.kind)}: one of {', '.join(KINDS)}.")
        self._check_answer()
        for name in ("watched_seconds", "response_seconds"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) \
                    or value < 0:
                raise UserError(f"The judgment's {name} is {_short(value)}, expected 0 or more.")
            object.__setattr__(self, name, float(value))
        for name in ("trial", "replays"):
            if not _is_int(getattr(self, name)) or getattr(self, name) < 0:
                raise UserError(f"The judgment's {name} is {_short(getattr(self, name))}, expected 0, 1, 2 …")
        if not isinstance(self.comment, str) or not isinstance(self.excluded, str):
            raise UserError("The judgment's comment or exclusion is no text.")

    def _check_answer(self) -> None:
        known = _QUESTIONS.get(self.kind)
        if not isinstance(self.question, str) or (known is not None and self.question not in known):
            raise UserError(f"A judgment of kind {self.kind} can't be asked {_short(self.question)}.")
        low, high = KINDS[self.kind]
        if not _is_int(self.answer) or not low <= self.answer <= high:
            raise UserError(f"The answer is {_short(self.answer)}, expected {low} to {high}.")
        ticked = self.reasons.split(";") if isinstance(self.reasons, str) and self.reasons else []
        allowed = _CHECKED if self.kind == "check" else set(REASONS)
        if not isinstance(self.reasons, str) or not set(ticked) <= allowed:
            raise UserError(f"The reasons can't be {_short(self.reasons)}.")

    @property
    def counts(self) -> bool:
        """Whether it is a result: an answer about dances by somebody who is not excluded."""
        return self.kind in RESULTS and not self.excluded

    def row(self) -> dict[str, object]:
        """The values by column name, as `JUDGMENTS.line` takes them."""
        return dataclasses.asdict(self)


def read_judgments(path: str | Path) -> tuple[list[Judgment], list[BadRow]]:
    """All judgments of a study's CSV in order, and the lines that are none, with the reason.

    Excluded ones are among them: ask `Judgment.counts`. A line whose values were changed since it was written
    (its checksum is another) is reported, not read; see `book.read_book` and `book.refusal`.
    """
    return read_as(path, JUDGMENTS, lambda row: Judgment(**row))  # type: ignore[arg-type]


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _short(value: object) -> str:
    text = ascii(value)
    return text if len(text) <= 40 else text[:37] + "…"
