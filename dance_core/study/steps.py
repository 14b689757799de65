"""Which step comes next for a rater, and what the page is given to show it."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable
from typing import Any

from dance_core.study import answers, phones, places
from dance_core.study.control import read_control
from dance_core.study.folder import Study
from dance_core.study.state import Row, State
from dance_core.study.texts import fill

Step = dict[str, Any]


class Steps:
    """The steps of one study.

    Args:
        study, state: whose.
        placed: gives the rater another place where theirs was given away, as they are then.
        clock: seconds since 1970.
    """

    def __init__(self, study: Study, state: State, placed: Callable[[Row], Row],
                 clock: Callable[[], float]) -> None:
        self._study, self._design, self._state = study, study.design, state
        self._placed, self._clock = placed, clock

    def name(self, rater: Row) -> str:
        """What the page is to show: consent, headphones, trial, closing, thanks, or an end."""
        if rater["gone"] in ("expired", "screened"):
            return str(rater["gone"])
        if rater["done"]:
            left = self._design.closing and rater["closed"] is None and not rater["excluded"]
            return "closing" if left else "thanks"
        if read_control(self._study.folder)["state"] == "closed":
            return "closed"
        if rater["consent"] != self._design.consent_version:
            return "consent"
        if rater["place"] is None:
            return "full"  # it was given away, and there is no other
        if self._design.headphones != "off" and rater["phones"] is None:
            return "headphones"
        return "trial"

    def step(self, name: str, db: sqlite3.Connection | None = None) -> Step:
        """What this person is to see now; marks a trial as shown at this moment."""
        rater = self._state.one("SELECT * FROM raters WHERE rater = ?", name)
        if rater is None:
            return {"step": "consent"}
        rater = self._placed(rater) if db is None else rater
        step = self.name(rater)
        if step == "trial":
            if db is not None:
                return self._trial(db, rater)
            with self._state.change() as own:
                fresh = own.execute("SELECT * FROM raters WHERE rater = ?", (name,)).fetchone()
                if fresh is not None and fresh["place"] is not None:
                    return self._trial(own, fresh)
            return self.end({"step": "full"}, "full")  # it was given away this very moment
        if step == "headphones":
            file = phones.order(rater, self._study.tones)[rater["phones_done"]][0]
            return {"step": step, "sound": phones.sound(rater), "number": rater["phones_done"] + 1,
                    "total": len(self._study.tones), "file": str(self._study.files / file)}
        if step == "thanks":
            missed = rater["excluded"].startswith("attention")
            return self.end({"step": step}, "attention" if missed else "")
        if step == "closing":
            return {"step": step, "questions": [dataclasses.asdict(c) for c in self._design.closing]}
        if step == "consent":
            words = self._design.words(rater["lang"])
            return {"step": step, "consent": words["consent"],
                    "about": fill(words["consent_about"], minutes=self._design.minutes,
                                  trials=self._design.trials)}
        if step == "expired":
            told = {"step": step, "text": fill(self._design.words(rater["lang"])["refused_expired"],
                                               hours=f"{self._design.hold_hours:g}")}
            return self.end(told, step)
        return self.end({"step": step}, step)

    def end(self, step: Step, outcome: str) -> Step:
        """A step that ends the study, with what is shown then: of this outcome, or of the whole study."""
        if step["step"] == "thanks":
            code, url = self._design.ends.get(outcome, (self._design.code, self._design.url))
        elif outcome in self._design.ends:
            code, url = self._design.ends[outcome]
        else:
            return step
        return {**step, "code": code, "url": url}

    def _trial(self, db: sqlite3.Connection, rater: Row) -> Step:
        place = self._study.plan[rater["place"]]
        answered = {r["number"] for r in db.execute(
            "SELECT number FROM trials WHERE rater = ? AND answered IS NOT NULL", (rater["rater"],))}
        first = 0 if place.practice is not None else 1
        number = next(n for n in range(first, len(place.trials) + 1) if n not in answered)
        trial = place.trials[number - 1] if number else place.practice
        assert trial is not None
        key = places.trial_key(rater, number)
        db.execute("INSERT INTO trials(key, rater, number, shown) VALUES (?,?,?,?) "
                   "ON CONFLICT(key) DO UPDATE SET shown = excluded.shown",
                   (key, rater["rater"], number, self._clock()))
        return {"step": "trial", "trial": key, "number": number, "total": len(place.trials),
                **answers.shown(trial, self._study, self._design.words(rater["lang"]))}
