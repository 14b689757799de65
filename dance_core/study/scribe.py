"""The rows that a study's desk writes: who, what, with which version of the page."""

from __future__ import annotations

import uuid
from typing import Any

from dance_core import __version__
from dance_core.study import answers
from dance_core.study.answers import Given
from dance_core.study.folder import Study
from dance_core.study.judgments import Judgment
from dance_core.study.plan import Trial
from dance_core.study.state import Row, State
from dance_core.study.vote import utc_now


class Scribe:
    """Makes judgments of what a rater did; whether and when they are written is the desk's."""

    def __init__(self, study: Study, state: State, page_version: str) -> None:
        self._study, self._state, self.page_version = study, state, page_version

    def judgment(self, rater: Row, key: uuid.UUID | str, kind: str, question: str, **more: Any) -> Judgment:
        """A row of this rater; whatever excludes them stands in it."""
        fresh = self._state.one("SELECT excluded FROM raters WHERE rater = ?", rater["rater"])
        return Judgment(str(key), utc_now(), self._study.id, rater["rater"], more.pop("trial", 0), kind,
                        question, excluded=fresh["excluded"] if fresh else "", page_version=self.page_version,
                        code_version=__version__, **more)

    def device(self, rater: Row, device: object) -> list[Judgment]:
        """On what the page runs, as it says; nothing where it does not say."""
        if device not in ("phone", "computer"):
            return []
        key = uuid.uuid5(uuid.UUID(rater["nonce"]), "page/phone")
        return [self.judgment(rater, key, "page", "phone", answer=int(device == "phone"))]

    def settings(self) -> list[Judgment]:
        """What the record must say of the design, so that it can be analysed alone: once each."""
        design = self._study.design
        values = {"trials": design.trials, "unfinished": int(design.unfinished == "count")}
        keys = {q: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{design.id}/{q}/{v}")) for q, v in values.items()}
        return [Judgment(keys[question], utc_now(), self._study.id, "", 0, "setting", question, answer=value,
                         page_version=self.page_version, code_version=__version__)
                for question, value in values.items()]

    def answer(self, rater: Row, number: int, trial: Trial, given: Given, ids: list[str]) -> list[Judgment]:
        """The rows of an answered trial, one a question."""
        shown = answers.columns(trial, self._study)
        made = []
        for key, (question, value) in zip(ids, answers.questions(trial, given), strict=True):
            made.append(self.judgment(
                rater, key, answers.ROW_KIND[trial.kind], question, trial=number, answer=value,
                reasons=";".join(given.reasons), comment=given.comment if key == ids[0] else "",
                watched_seconds=given.watched, replays=given.replays, response_seconds=given.seconds,
                **shown))
        return made

    def muted(self, rater: Row, key: str, number: int) -> Judgment:
        """That the sound was off in a trial."""
        own = uuid.uuid5(uuid.UUID(key), "muted")
        return self.judgment(rater, own, "page", "muted", trial=number, answer=1)

    def about(self, rater: Row, question: str, number: int, text: str) -> Judgment:
        """An answer to a closing question."""
        own = uuid.uuid5(uuid.UUID(rater["nonce"]), f"closing/{question}")
        return self.judgment(rater, own, "about", question, answer=number, comment=text)
