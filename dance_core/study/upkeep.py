"""What must hold of a study whatever dies in the middle: answers that are written count, exclusions are
marked, whoever took their data back is forgotten.

State and record are two files. Each step here may be done twice, and what a server that died had begun is
done by the next one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from dance_core.study import answers
from dance_core.study.folder import Study
from dance_core.study.record import Record
from dance_core.study.state import Row, State


class Upkeep:
    """Keeps state and record of a study at one. clock: seconds since 1970."""

    def __init__(self, study: Study, state: State, record: Record, clock: Callable[[], float]) -> None:
        self._study, self._design = study, study.design
        self._state, self._record, self._clock = state, record, clock

    def answered(self, db: sqlite3.Connection, rater: Row, key: str, missed: bool) -> None:
        """Note that a trial is done; the last one ends the study for this person."""
        name, now = rater["rater"], self._clock()
        fresh = db.execute("UPDATE trials SET answered = ? WHERE key = ? AND answered IS NULL", (now, key))
        db.execute("UPDATE raters SET active = ? WHERE rater = ?", (now, name))
        if fresh.rowcount and missed:
            db.execute("UPDATE raters SET misses = misses + 1 WHERE rater = ?", (name,))
            self._judge(db, name)
        self._end(db, name)

    def _judge(self, db: sqlite3.Connection, name: str) -> None:
        """Exclude who missed more checks than may be missed."""
        misses = db.execute("SELECT misses FROM raters WHERE rater = ?", (name,)).fetchone()["misses"]
        if misses > self._design.allowed_misses:
            db.execute("UPDATE raters SET excluded = ?, marked = 0 WHERE rater = ? AND excluded = ''",
                       (f"attention: missed {misses} of {self._design.checks} checks", name))

    def _end(self, db: sqlite3.Connection, name: str) -> None:
        """Whoever has answered all is done; the place of an excluded one is free again."""
        count = db.execute("SELECT COUNT(*) AS n FROM trials WHERE rater = ? AND number > 0 "
                           "AND answered IS NOT NULL", (name,)).fetchone()["n"]
        if count >= self._design.trials:
            db.execute("UPDATE raters SET done = COALESCE(done, ?), place = CASE excluded WHEN '' THEN place "
                       "ELSE NULL END WHERE rater = ?", (self._clock(), name))

    def heal(self, rater: str) -> None:
        """What the record holds counts as answered: the server may have died between the two."""
        while True:
            row = self._state.one("SELECT t.*, r.place FROM trials t JOIN raters r USING(rater) "
                                  "WHERE rater = ? AND answered IS NULL AND submission IS NOT NULL "
                                  "AND place IS NOT NULL AND number > 0", rater)
            if row is None:
                return
            trial = self._study.plan[row["place"]].trials[row["number"] - 1]
            if not self._record.holds(answers.ids(row["key"], trial, self._design)):
                with self._state.change() as db:  # never acknowledged: asked again
                    db.execute("UPDATE trials SET submission = NULL WHERE key = ?", (row["key"],))
                continue
            with self._state.change() as db:
                db.execute("UPDATE trials SET answered = ? WHERE key = ? AND answered IS NULL",
                           (self._clock(), row["key"]))
                db.execute("UPDATE raters SET misses = ? WHERE rater = ?",
                           (self._record.misses(rater), rater))
                self._judge(db, rater)
                self._end(db, rater)
            self.mark_excluded()

    def mark_excluded(self) -> None:
        """Write exclusions into the record that are decided but not yet there."""
        for row in self._state.all("SELECT rater, excluded FROM raters WHERE marked = 0"):
            self._record.exclude(row["rater"], row["excluded"])
            self._state.note(row["rater"], self._clock(), marked=1)

    def withdraw(self, rater: str) -> int:
        """Delete a person's data: first from the record, at last the knowledge of who they were."""
        self._state.note(rater, self._clock(), gone="withdrawn")
        rows = self._record.withdraw(rater)
        self._state.forget(rater)
        return rows

    def finish(self) -> None:
        """What a server that died had begun."""
        for row in self._state.all("SELECT rater FROM raters WHERE gone = 'withdrawn'"):
            self.withdraw(row["rater"])
        self.mark_excluded()
