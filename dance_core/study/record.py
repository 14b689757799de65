"""The record of a study: its CSV of judgments, with exclusions and withdrawals.

Two things change rows that are there, each in one step (a new file takes the old one's place, see
`VoteBook.rewrite`), and each leaves a row that says so:

* An *exclusion* writes the reason into the column `excluded` of all rows of that person. Nothing is
  deleted; who analyses the record decides.
* A *withdrawal* ("delete my data") takes all rows of that person out of the file, and out of the torn rests
  that a crash may have left beside it. What stays is one row with the number of rows deleted and the time,
  without the person's hash: the gap in the record is documented, and nobody can tell whose it is. (Copies
  of the CSV that were made before are not in our hands: take a fresh one before you publish.)
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from pathlib import Path

from dance_core import __version__
from dance_core.study.book import Receipt, VoteBook, refusal
from dance_core.study.judgments import JUDGMENTS, RESULTS, Judgment, read_judgments
from dance_core.study.schema import BadLine
from dance_core.study.vote import utc_now

log = logging.getLogger(__name__)
LAST, SHARE = 50, 0.2  # the alarm: more than this share of the last so many judgments is excluded


class Record:
    """A study's CSV. Safe between threads and processes.

    Args:
        path: the CSV; made by the first row.
        study: its id, which stands in every row.
    """

    def __init__(self, path: str | Path, study: str) -> None:
        self.path = Path(path)
        self.study = study
        self._book = VoteBook(self.path, JUDGMENTS)

    def append(self, judgments: Sequence[Judgment]) -> list[Receipt]:
        """Put judgments on the disk, in one write. Returns once they are there; raises NotSaved."""
        return self._book.append_all([j.row() for j in judgments])

    def holds(self, ids: Sequence[str]) -> bool:
        """Whether judgments of all of these ids are there."""
        return self._book.holds(ids)

    def exclude(self, rater: str, reason: str) -> None:
        """Write the reason into all rows of this person that have none, and add a row that says so."""
        def change(lines: list[bytes]) -> list[bytes]:
            made, touched = [], 0
            for line in lines:
                row = _row(line)
                if row is not None and row["rater"] == rater and not row["excluded"]:
                    line = JUDGMENTS.line({**row, "excluded": reason}).rstrip(b"\n")
                    touched += 1
                made.append(line)
            if touched:
                made.append(self._event("exclusion", rater, 1, reason))
            return made

        self._book.rewrite(change)
        if sentence := self.alarm():
            log.warning("%s", sentence)

    def withdraw(self, rater: str) -> int:
        """Delete all rows of this person; how many they were."""
        deleted = 0

        def change(lines: list[bytes]) -> list[bytes]:
            nonlocal deleted
            made = [line for line in lines if not _mentions(line, rater)]
            deleted = len(lines) - len(made)
            return [*made, self._event("withdrawal", "", deleted, "")] if deleted else made

        self._book.rewrite(change)
        for rest in self.path.parent.glob(f"{self.path.name}.torn-*"):
            if rater.encode() in rest.read_bytes():
                rest.unlink(missing_ok=True)
        return deleted

    def misses(self, rater: str) -> int:
        """How many attention checks this person missed."""
        return sum(j.rater == rater and j.kind == "check" and j.question == "attention" and j.answer == 0
                   for j in read_judgments(self.path)[0])

    def refused(self) -> str:
        """A sentence where lines of the record are damaged or were changed, and so do not count; else ""."""
        judgments, bad = read_judgments(self.path)
        return refusal(len(judgments), bad)

    def alarm(self) -> str | None:
        """A sentence where more than 20 % of the last 50 judgments are excluded, else None."""
        last = [j for j in read_judgments(self.path)[0] if j.kind in RESULTS][-LAST:]
        out = [j for j in last if j.excluded]
        if len(out) <= SHARE * len(last):
            return None
        reasons = ", ".join(sorted({j.excluded.split(":")[0] for j in out}))
        people = len({j.rater for j in out})
        return (f"Study {self.study}: {len(out)} of the last {len(last)} judgments, of {people} raters, are "
                f"excluded ({reasons}); that is more than {SHARE:.0%}. Look whether the checks are fair.")

    def _event(self, kind: str, rater: str, answer: int, reason: str) -> bytes:
        made = Judgment(str(uuid.uuid4()), utc_now(), self.study, rater, 0, kind, "", answer=answer,
                        excluded=reason, code_version=__version__)
        return JUDGMENTS.line(made.row()).rstrip(b"\n")


def _row(line: bytes) -> dict[str, object] | None:
    try:
        return JUDGMENTS.parse(line)
    except BadLine:
        return None


def _mentions(line: bytes, rater: str) -> bool:
    """Whether a line is this person's; of a line that can't be read, whether the hash stands in it."""
    row = _row(line)
    return row["rater"] == rater if row is not None else rater.encode() in line
