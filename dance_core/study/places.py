"""Whose is which place of the plan, and when it may be given to somebody else.

A place belongs to one person, from the consent on. Two clocks run:

* Whoever has answered keeps it for `hold_hours` after they were last seen. Then it may go to somebody else;
  what happens to the answers of who did not finish is one rule of the study (`unfinished`), whether or not
  somebody takes the place.
* Whoever has not answered yet keeps it for `first_answer_minutes` after their last step forward: the consent,
  a tone of the headphone check, the try. To load the page again is no step, and there are only so many steps:
  who invents ids and does nothing with them blocks the study for that long, and no longer. They lose nothing
  but the place. When they come back they get the next one that is free, or whose owner ran out of time and
  has not come back; it stays theirs until somebody new needs it or, from their next step on, for as long as
  anybody's.

All functions work within the transaction of the `db` that they are given.
"""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass

from dance_core.study.design import Design
from dance_core.study.judgments import LEFT
from dance_core.study.state import Row

# An answer that is being written counts as given.
_HELD = """
SELECT * FROM (
  SELECT raters.*, EXISTS(SELECT 1 FROM trials WHERE trials.rater = raters.rater AND number > 0
                          AND (answered IS NOT NULL OR submission IS NOT NULL)) AS answers
  FROM raters WHERE place IS NOT NULL AND done IS NULL)
WHERE CASE WHEN answers THEN seen < :now - :hold ELSE active < :now - :first END
  AND (answers OR moves = 0 OR :all)
ORDER BY answers, moves > 0, CASE WHEN answers THEN seen ELSE active END
"""


@dataclass(frozen=True)
class Holds:
    """Seconds that a place is kept: with an answer, and without one (never longer than with one)."""

    hold: float
    first: float
    count: bool = False  # answers of those who left halfway

    @classmethod
    def of(cls, design: Design) -> "Holds":
        hold = 3600 * design.hold_hours
        return cls(hold, min(60 * design.first_answer_minutes, hold), design.unfinished == "count")


def take(db: sqlite3.Connection, places: int, holds: Holds, name: str, now: float) -> bool:
    """Give the rater a place: one that nobody has, else one of somebody who ran out of time.

    False where there is none. Nothing happens if they have one.
    """
    mine = db.execute("SELECT place, moves FROM raters WHERE rater = ?", (name,)).fetchone()
    if mine is None or mine["place"] is not None:
        return mine is not None
    taken = {r["place"] for r in db.execute("SELECT place FROM raters WHERE place IS NOT NULL")}
    place = next((p for p in range(places) if p not in taken), None)
    if place is None:
        left = next(iter(run_out(db, holds, now, for_new=mine["moves"] == 0)), None)
        if left is None:
            return False
        place = left["place"]
        _give_up(db, left, holds.count)
    db.execute("UPDATE raters SET place = ?, seen = ?, active = CASE moves WHEN 0 THEN ? ELSE active END "
               "WHERE rater = ?", (place, now, now, name))
    return True


def run_out(db: sqlite3.Connection, holds: Holds, now: float, for_new: bool = True) -> list[Row]:
    """Raters whose place may go to somebody else, those first who lose least.

    for_new: to somebody who never lost a place. Those who did can't take one from each other, for ever.
    """
    values = {"now": now, "hold": holds.hold, "first": holds.first, "all": for_new}
    return db.execute(_HELD, values).fetchall()


def _give_up(db: sqlite3.Connection, rater: Row, count: bool) -> None:
    if rater["answers"]:
        reason = "" if count else LEFT
        db.execute("UPDATE raters SET place = NULL, gone = 'expired', marked = marked AND ?, excluded = "
                   "CASE excluded WHEN '' THEN ? ELSE excluded END WHERE rater = ?",
                   (count, reason, rater["rater"]))
    else:
        db.execute("UPDATE raters SET place = NULL, moves = moves + 1 WHERE rater = ?", (rater["rater"],))
        db.execute("DELETE FROM trials WHERE rater = ? AND answered IS NULL", (rater["rater"],))


def lost(rater: Row, consent_version: str) -> bool:
    """Whether this person's place was given away and they may have another one."""
    return (rater["place"] is None and rater["moves"] > 0 and rater["consent"] == consent_version
            and not rater["gone"] and not rater["done"])


def trial_key(rater: Row, number: int, moves: int | None = None) -> str:
    """Id of a trial of the place that the rater has now, or had after so many moves."""
    moves = rater["moves"] if moves is None else moves
    name = f"trial/{moves}/{number}" if moves else f"trial/{number}"
    return str(uuid.uuid5(uuid.UUID(rater["nonce"]), name))


def was_mine(rater: Row, key: str, trials: int) -> bool:
    """Whether this is a trial of a place that the rater had before."""
    return any(key == trial_key(rater, number, moves) for moves in range(rater["moves"])
               for number in range(trials + 1))
