"""The desk where raters are received: who may see what, and which answers are taken.

The page is not trusted. It sends what was done, and gets back what to show next (a plain dict, the "step").
Every rule is kept here: consent first, one place for each person and one person for each place, one trial at
a time, no answer before the clip was played, none twice, none for somebody else. A refusal is
{"refused": reason, "text": sentence}, with the step that holds now under "now" where it changed.

Reasons: "replayed" (answered already), "foreign" (not this person's trial), "early" (not watched), "expired"
(the place was given away), "moved" (the same, before the first answer: here is another one), "elsewhere"
(another tab took over), "incomplete", "consent", "closed" (the study), "browser" (deleting takes
the one that began), "busy" (not saved).
"""

from __future__ import annotations

import hmac
import logging
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from dance_core.errors import UserError
from dance_core.study import answers, phones, places
from dance_core.study.answers import Given, Refused
from dance_core.study.book import NotSaved
from dance_core.study.control import read_control
from dance_core.study.entry import Visit, invited, placeholder, read_id
from dance_core.study.folder import SALT, STATE, Study
from dance_core.study.plan import Trial
from dance_core.study.record import Record
from dance_core.study.scribe import Scribe
from dance_core.study.state import Row, State, new_nonce, new_token
from dance_core.study.steps import Step, Steps
from dance_core.study.texts import fill
from dance_core.study.upkeep import Upkeep

log = logging.getLogger(__name__)
PAGE_VERSION = "rate-2"


class Desk:
    """Receives the raters of one study. Safe between threads and processes.

    Args:
        study: the study.
        clock: seconds since 1970; of the server, never the page's.
        max_comment: longest comment in characters.
    """

    def __init__(self, study: Study, clock: Callable[[], float] = time.time,
                 max_comment: int = 2_000) -> None:
        self.study = study
        self.design = study.design
        self.texts = study.design.texts
        self.record = Record(study.csv, study.id)
        self.state = State(study.folder / STATE, study.folder / SALT)
        self.clock = clock
        self.max_comment = max_comment
        version = read_control(study.folder)["texts"]
        page = PAGE_VERSION if version == 1 else f"{PAGE_VERSION}:texts-{version}"
        self.scribe = Scribe(study, self.state, page)
        self.holds = places.Holds.of(self.design)
        self.upkeep = Upkeep(study, self.state, self.record, clock)
        self.steps = Steps(study, self.state, self._placed, clock)
        self.upkeep.finish()

    # --- what the page asks for -----------------------------------------------------------------------------

    def enter(self, visit: Visit | str) -> Step:
        """Come in, or come back. The step, with "token", which all else must show.

        visit: what the address says; its ids are hashed here and kept nowhere.
        """
        visit = visit if isinstance(visit, Visit) else Visit(visit)
        person = read_id(visit.person)
        if not person:
            empty = not visit.person.strip() or placeholder(visit.person)
            return {"step": "nobody" if empty else "badid"}
        rater = self.state.hash(self.study.id, person)
        if not invited(self.state, self.study.id, self.study.folder, self.design.allow, visit, rater):
            return {"step": "uninvited"}
        token, now = new_token(), self.clock()
        found = self.state.one("SELECT * FROM raters WHERE rater = ?", rater)
        if found is not None and found["gone"] == "withdrawn":
            self.upkeep.withdraw(rater)  # it was cut off in the middle
            found = None
        with self.state.change() as db:
            if found is None:
                db.execute("INSERT OR IGNORE INTO raters(rater, nonce, token, joined, seen, secret, address) "
                           "VALUES (?,?,?,?,?,?,?)", (rater, new_nonce(), token, now, now,
                                                      self._hidden("secret", visit.secret),
                                                      self._hidden("address", visit.address)))
            db.execute("UPDATE raters SET lang = ? WHERE rater = ? AND (lang = '' OR ?)",
                       (self.design.language(visit.lang), rater, bool(visit.lang)))
            db.execute("UPDATE raters SET token = ?, seen = ?, session = COALESCE(NULLIF(?, ''), session), "
                       "platform = COALESCE(NULLIF(?, ''), platform) WHERE rater = ?",
                       (token, now, self._hidden("session", read_id(visit.session)),
                        self._hidden("platform", read_id(visit.platform)), rater))
        self.upkeep.heal(rater)
        return {**self.steps.step(rater), "token": token, "lang": self._lang(rater)}

    def act(self, token: object, sent: Mapping[str, Any]) -> Step:
        """Do what the page asks for: {"do": "consent" | "tone" | "answer" | "show" | "delete", …}."""
        verbs = {"consent": self._consent, "tone": self._tone, "answer": self._answer, "show": self._show,
                 "delete": self._delete, "closing": self._closing}
        try:
            verb = verbs.get(str(sent.get("do")))
            if verb is None:
                raise Refused("foreign")
            return verb(self._placed(self._who(token)), sent)
        except Refused as refused:
            return self._refusal(refused, token)
        except NotSaved as error:
            return {"refused": "busy", "text": str(error)}
        except (UserError, sqlite3.Error) as error:
            log.warning("a step of study %s failed: %s", self.study.id, error)
            return {"refused": "busy", "text": self.texts["refused_busy"]}

    def forget(self, person: str) -> int:
        """Delete a person's data on request, by the id; how many rows they were."""
        rater = self.state.hash(self.study.id, person.strip())
        there = self.state.one("SELECT 1 FROM raters WHERE rater = ?", rater)
        return self.upkeep.withdraw(rater) if there else 0

    def left(self, person: str, reason: str) -> bool:
        """Take somebody as left, for a reason from outside: the place is free. False if nothing changes."""
        rater = self.state.hash(self.study.id, person.strip())
        with self.state.change(durable=True) as db:
            made = db.execute("UPDATE raters SET place = NULL, gone = 'expired', excluded = ?, marked = 0 "
                              "WHERE rater = ? AND gone IS NULL AND excluded = ''", (reason, rater))
        self.upkeep.mark_excluded()
        return bool(made.rowcount)

    def status(self) -> list[tuple[str, str]]:
        """How the study goes, for the researcher."""
        rows = self.state.all("SELECT * FROM raters")
        done = [r for r in rows if r["done"]]
        active = [r for r in rows if r["place"] is not None and not r["done"]]
        with self.state.change() as db:
            left = len(places.run_out(db, self.holds, self.clock()))
        answered = self.state.one("SELECT COUNT(*) AS n FROM trials WHERE number > 0 "
                                  "AND answered IS NOT NULL")
        return [("Places", str(len(self.study.plan))), ("Finished", str(len(done))),
                ("Under way", str(len(active) - left)), ("Left, place not yet taken", str(left)),
                ("Excluded", str(sum(bool(r["excluded"]) for r in rows))),
                ("Trials answered", str(answered["n"] if answered else 0))]

    def _lang(self, rater: str) -> str:
        row = self.state.one("SELECT lang FROM raters WHERE rater = ?", rater)
        return row["lang"] if row is not None and row["lang"] else self.design.lang

    def _hidden(self, what: str, text: str) -> str:
        """A secret or an id of the platform as it is kept: hashed with the study's salt; "" for nothing."""
        return self.state.hash(f"{what}\0{self.study.id}", text) if text else ""

    # --- verbs ----------------------------------------------------------------------------------------------

    def _show(self, rater: Row, sent: Mapping[str, Any]) -> Step:
        return self.steps.step(rater["rater"])

    def _consent(self, rater: Row, sent: Mapping[str, Any]) -> Step:
        if sent.get("agreed") is not True:
            raise Refused("consent")
        name = rater["rater"]
        if rater["gone"] or rater["done"]:
            return self.steps.step(name)
        if self.design.devices == "computer" and sent.get("device") == "phone":
            return self.steps.end({"step": "device"}, "screened")
        if rater["place"] is None:
            if read_control(self.study.folder)["state"] != "open":
                return {"step": "paused"}
            if self._crowded(rater):
                return {"step": "crowded"}
            if not self._take_place(name):
                return self.steps.end({"step": "full"}, "full")
        version = self.design.consent_version
        consent = uuid.uuid5(uuid.UUID(rater["nonce"]), f"consent/{version}")
        self.record.append([*self.scribe.settings(),
                            self.scribe.judgment(rater, consent, "consent", version, answer=1),
                            *self.scribe.device(rater, sent.get("device"))])
        with self.state.change() as db:
            db.execute("UPDATE raters SET consent = ? WHERE rater = ?", (version, name))
        return self.steps.step(name)

    def _take_place(self, name: str) -> bool:
        """Give the rater a place if there is one; see `places`."""
        with self.state.change(durable=True) as db:
            found = places.take(db, len(self.study.plan), self.holds, name, self.clock())
        self.upkeep.mark_excluded()
        return found

    def _placed(self, rater: Row) -> Row:
        """The rater, with another place if theirs was given away and there is one."""
        if places.lost(rater, self.design.consent_version) and self._take_place(rater["rater"]):
            return self.state.one("SELECT * FROM raters WHERE rater = ?", rater["rater"]) or rater
        return rater

    def _tone(self, rater: Row, sent: Mapping[str, Any]) -> Step:
        """An answer of the headphone check. Repeats of an old one change nothing."""
        name = rater["rater"]
        if self.steps.name(rater) != "headphones" or sent.get("sound") != phones.sound(rater):
            return self.steps.step(name)
        heard = phones.hear(rater, sent.get("tone"), self.study.tones, self.design.headphones)
        if heard.right is not None:
            key = uuid.uuid5(uuid.UUID(rater["nonce"]), f"headphones/{rater['phones_try']}")
            self.record.append([self.scribe.judgment(rater, key, "check", "headphones", answer=heard.right)])
        self.state.note(name, self.clock(), **heard.changes, active=self.clock())
        self.upkeep.mark_excluded()
        step = self.steps.step(name)
        return {**step, "again": True} if heard.again else step

    def _answer(self, rater: Row, sent: Mapping[str, Any]) -> Step:
        name, now = rater["rater"], self.clock()
        with self.state.change() as db:
            if read_control(self.study.folder)["state"] == "closed":
                raise Refused("closed", now=True)
            row, trial = self._asked(db, rater, sent)
            if row["answered"] is not None:
                if row["submission"] == sent.get("submission"):
                    return self.steps.step(name, db)  # the answer to it was lost on the way: it counts once
                raise Refused("replayed", now=True)
            given = answers.read(sent, trial, self.design, now - row["shown"], self.max_comment)
            if row["submission"] not in (None, given.submission):
                raise Refused("replayed", now=True)  # another answer to it is on its way
            db.execute("UPDATE trials SET submission = ? WHERE key = ?", (given.submission, row["key"]))
        if trial.kind != "practice":
            self._write(rater, row, trial, given, muted=sent.get("muted") is True and trial.kind != "quality")
        missed = trial.kind == "check" and given.values.get("preference") != trial.expect
        with self.state.change() as db:
            self.upkeep.answered(db, rater, row["key"], missed)
            step = self.steps.step(name, db)
        self.upkeep.mark_excluded()
        return step

    def _write(self, rater: Row, row: Row, trial: Trial, given: Given, muted: bool) -> None:
        """Put an answer into the record; whatever happened to its person meanwhile happens to it too."""
        name = rater["rater"]
        ids = answers.ids(row["key"], trial, self.design)
        rows = self.scribe.answer(rater, row["number"], trial, given, ids)
        if muted:
            rows.append(self.scribe.muted(rater, row["key"], row["number"]))
        receipts = self.record.append(rows)
        there = self.state.one("SELECT excluded, gone FROM raters WHERE rater = ?", name)
        if there is None or there["gone"] == "withdrawn":
            self.record.withdraw(name)
            raise Refused("foreign")
        if there["excluded"] and not rows[0].excluded:
            self.record.exclude(name, there["excluded"])
        if row["submission"] is None and all(r.already for r in receipts):
            raise Refused("replayed", now=True)  # an older page of the same person was first

    def _closing(self, rater: Row, sent: Mapping[str, Any]) -> Step:
        """The questions about the person; what is left out is no row."""
        name = rater["rater"]
        if self.steps.name(rater) == "closing":
            given = sent.get("answers")
            rows = [self.scribe.about(rater, c.key, number, text)
                    for c in self.design.closing
                    if (found := answers.about(c, given.get(c.key) if isinstance(given, Mapping) else None,
                                               self.max_comment)) is not None
                    for number, text in [found]]
            if rows:
                self.record.append(rows)
            self.state.note(name, self.clock(), closed=self.clock())
        return self.steps.step(name)

    def _crowded(self, rater: Row) -> bool:
        """Whether as many people as may come from one address have a place already."""
        most = self.design.per_address
        if not most or not rater["address"]:
            return False
        there = self.state.one("SELECT COUNT(*) AS n FROM raters WHERE (place IS NOT NULL OR done IS NOT "
                               "NULL) AND address = ? AND rater != ?", rater["address"], rater["rater"])
        return there is not None and there["n"] >= most

    def _delete(self, rater: Row, sent: Mapping[str, Any]) -> Step:
        """Whoever knows the id alone can't delete: it takes the secret of the browser that came first."""
        if sent.get("sure") is not True:
            raise Refused("incomplete")
        secret = sent.get("secret")
        known = self._hidden("secret", secret) if isinstance(secret, str) else ""
        if not known or not hmac.compare_digest(known, rater["secret"]):
            raise Refused("browser")
        return {"step": "deleted", "rows": self.upkeep.withdraw(rater["rater"])}

    # --- rules ----------------------------------------------------------------------------------------------

    def _who(self, token: object) -> Row:
        known = isinstance(token, str)
        rater = self.state.one("SELECT * FROM raters WHERE token = ?", token) if known else None
        if rater is None or rater["gone"] == "withdrawn":
            raise Refused("elsewhere")
        return rater

    def _asked(self, db: sqlite3.Connection, rater: Row, sent: Mapping[str, Any]) -> tuple[Row, Trial]:
        """The trial that is answered, as the state has it and as it was planned."""
        key = str(sent.get("trial"))
        row = db.execute("SELECT * FROM trials WHERE key = ?", (key,)).fetchone()
        if row is None and places.was_mine(rater, key, self.design.trials):
            raise Refused("moved", now=True, minutes=f"{self.holds.first / 60:g}")
        if row is None or row["rater"] != rater["rater"]:
            raise Refused("foreign", now=True)
        fresh = db.execute("SELECT place, gone FROM raters WHERE rater = ?", (rater["rater"],)).fetchone()
        if fresh is None or fresh["gone"] or fresh["place"] is None:
            if row["answered"] is not None and fresh is not None and not fresh["gone"]:
                raise Refused("replayed", now=True)
            raise Refused("expired", now=True)
        place = self.study.plan[fresh["place"]]
        trial = place.practice if row["number"] == 0 else place.trials[row["number"] - 1]
        if trial is None:
            raise Refused("foreign", now=True)
        db.execute("UPDATE raters SET seen = ? WHERE rater = ?", (self.clock(), rater["rater"]))
        return row, trial

    def _refusal(self, refused: Refused, token: object) -> Step:
        found = self.state.one("SELECT lang FROM raters WHERE token = ?", str(token))
        words = self.design.words(found["lang"] if found is not None else "")
        text = fill(words[f"refused_{refused.reason}"], hours=f"{self.design.hold_hours:g}",
                    **refused.words)
        step: Step = {"refused": refused.reason, "text": text}
        if refused.now:
            try:
                step["now"] = self.steps.step(self._who(token)["rater"])
            except Refused:
                pass
        return step
