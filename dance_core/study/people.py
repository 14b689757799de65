"""From the platform's list of ids to what is known of each person: finished, why not, and whether to pay.

A list is a file with one id a line, or Prolific's own export, which names columns ("Participant id",
"Submission id", "Status"). Ids are hashed with the study's salt; nothing that is written here holds more than
the list that was given.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dance_core.errors import UserError
from dance_core.study.entry import read_id, read_ids
from dance_core.study.sessions import Desk
from dance_core.study.state import Row

PAY, RETURN, SCREENED, LOOK = "pay", "ask to return", "screen-out payment", "look"
_PERSON, _SUBMISSION, _STATUS = "participant id", "submission id", "status"
RETURNED = ("RETURNED", "TIMED-OUT", "TIMED OUT")


@dataclass(frozen=True)
class Listed:
    """A line of the platform's list; "" where the list does not say."""

    person: str
    submission: str = ""
    status: str = ""


@dataclass(frozen=True)
class Fate:
    """What is known of one person.

    Attributes:
        listed: as the platform has them.
        state: finished, under way, left, screened, agreed, came, unknown.
        answered: trials with an answer.
        excluded: why answers don't count; "".
        advice: PAY, RETURN, SCREENED, LOOK: by Prolific's rules, see the README.
        note: what does not fit: another submission than the one that came with the page.
    """

    listed: Listed
    state: str
    answered: int
    excluded: str
    advice: str
    note: str


def read_list(path: Path) -> list[Listed]:
    """The people of a file. Raises UserError."""
    if not path.is_file():
        raise UserError(f"There is no file {path.name!r}.")
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        text = file.read(1 << 24)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    if _PERSON not in names:
        return [Listed(person) for person in read_ids(path)]
    found = []
    for row in reader:
        cells = {key: (row.get(names[key]) or "").strip() for key in (_PERSON, _SUBMISSION, _STATUS)
                 if key in names}
        if read_id(cells[_PERSON]):
            found.append(Listed(cells[_PERSON], cells.get(_SUBMISSION, ""), cells.get(_STATUS, "").upper()))
    if not found:
        raise UserError(f"The file {path.name!r} holds no id in its column {names[_PERSON]!r}.")
    return found


def fates(desk: Desk, people: Sequence[Listed]) -> list[Fate]:
    """What became of each of these."""
    return [_fate(desk, listed) for listed in people]


def import_returned(desk: Desk, people: Sequence[Listed]) -> int:
    """Whoever gave a submission back counts as left: answers are kept apart, the place is free. How many."""
    returned = [p for p in people if p.status in RETURNED]
    return sum(desk.left(p.person, f"left: {p.status.lower()} on the platform") for p in returned)


def _fate(desk: Desk, listed: Listed) -> Fate:
    row = desk.state.one("SELECT raters.*, (SELECT COUNT(*) FROM trials WHERE trials.rater = raters.rater "
                         "AND number > 0 AND answered IS NOT NULL) AS answers FROM raters WHERE rater = ?",
                         desk.state.hash(desk.study.id, listed.person))
    if row is None:
        return Fate(listed, "unknown", 0, "", LOOK, "nobody came with this id, or the data was deleted")
    state, advice = _judged(row)
    session = desk.state.hash(f"session\0{desk.study.id}", listed.submission) if listed.submission else ""
    other = bool(session and row["session"] and session != row["session"])
    return Fate(listed, state, row["answers"], row["excluded"], LOOK if other else advice,
                "came with another submission" if other else "")


def _judged(row: Row) -> tuple[str, str]:
    """State and advice. One missed check never costs the pay: an exclusion takes more than one."""
    if row["gone"] == "screened":
        return "screened", SCREENED
    if row["done"] and row["excluded"].startswith("attention"):
        return "finished", LOOK
    if row["done"]:
        return "finished", PAY
    if row["gone"] or row["excluded"]:
        return "left", RETURN
    if row["answers"]:
        return "under way", LOOK
    return ("agreed" if row["consent"] else "came"), RETURN
