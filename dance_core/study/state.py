"""Who has which place of a study, and how far they are: a small SQLite database beside the record.

Safe between threads and between processes. The CSV is the record of judgments; this says only who may
give which. A person is known here by a salted hash alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

from dance_core.errors import UserError

Row = sqlite3.Row
_WAIT_S = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS raters(
  rater TEXT PRIMARY KEY, nonce TEXT NOT NULL, token TEXT NOT NULL, place INTEGER, consent TEXT,
  joined REAL NOT NULL, seen REAL NOT NULL, phones_try INTEGER NOT NULL DEFAULT 0,
  phones_done INTEGER NOT NULL DEFAULT 0, phones_right INTEGER NOT NULL DEFAULT 0,
  phones TEXT, misses INTEGER NOT NULL DEFAULT 0, excluded TEXT NOT NULL DEFAULT '',
  marked INTEGER NOT NULL DEFAULT 1, done REAL, gone TEXT, active REAL, moves INTEGER NOT NULL DEFAULT 0,
  secret TEXT NOT NULL DEFAULT '', session TEXT NOT NULL DEFAULT '', platform TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '', lang TEXT NOT NULL DEFAULT '', closed REAL);
CREATE UNIQUE INDEX IF NOT EXISTS one_rater_a_place ON raters(place) WHERE place IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS by_token ON raters(token);
CREATE TABLE IF NOT EXISTS trials(
  key TEXT PRIMARY KEY, rater TEXT NOT NULL, number INTEGER NOT NULL, shown REAL NOT NULL, submission TEXT,
  answered REAL, UNIQUE(rater, number));
"""


class State:
    """The database and the salt of a study.

    Args:
        path: of the database; made (0600) if missing.
        salt: of the file with the salt; made (0600) if missing.
    """

    def __init__(self, path: Path, salt: Path) -> None:
        self.path = path
        self._salt = _read_salt(salt)
        self._lock = threading.RLock()
        _touch(path)
        self._db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        with self._lock:
            # WAL: readers never wait; what is committed survives a killed process, and with FULL a power cut.
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.executescript(_TABLES)
        self._renew()

    def _renew(self) -> None:
        """Give a database of the first version the columns that came later."""
        with self.change(durable=True) as db:
            there = {row["name"] for row in db.execute("PRAGMA table_info(raters)")}
            for name in ("secret", "session", "platform", "address", "lang"):
                if name not in there:
                    db.execute(f"ALTER TABLE raters ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
            if "closed" not in there:
                db.execute("ALTER TABLE raters ADD COLUMN closed REAL")
            if "active" not in there:
                db.execute("ALTER TABLE raters ADD COLUMN active REAL")
                db.execute("ALTER TABLE raters ADD COLUMN moves INTEGER NOT NULL DEFAULT 0")
                db.execute("UPDATE raters SET active = seen")

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def hash(self, study: str, person: str) -> str:
        """The person within this study, 32 hex digits: HMAC-SHA256 with a salt that stays on the server."""
        return hmac.new(self._salt, f"{study}\0{person}".encode(), hashlib.sha256).hexdigest()[:32]

    @contextlib.contextmanager
    def change(self, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes in; all of it happens or nothing.

        durable: on the disk when it ends, so that a power cut can't undo it. Raises UserError when busy.
        """
        with self._lock:
            try:
                self._db.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise UserError("The server is busy; please try again in a moment.") from error
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def all(self, query: str, *values: object) -> list[Row]:
        """Rows of a query."""
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or None."""
        with self._lock:
            return self._db.execute(query, values).fetchone()

    def note(self, rater: str, now: float, **values: object) -> None:
        """Set columns of a rater, who was seen just now. The names are never anybody's text."""
        names = ", ".join(f"{name} = ?" for name in values)
        with self.change() as db:
            db.execute(f"UPDATE raters SET {names}, seen = ? WHERE rater = ?", (*values.values(), now, rater))

    def forget(self, rater: str) -> None:
        """Delete all that is known of a rater, from the file's pages and its log too."""
        with self.change(durable=True) as db:
            db.execute("DELETE FROM trials WHERE rater = ?", (rater,))
            db.execute("DELETE FROM raters WHERE rater = ?", (rater,))
        with self._lock, contextlib.suppress(sqlite3.OperationalError):  # a reader is in the way: next time
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def new_nonce() -> str:
    """What a rater's ids of trials are made from; random."""
    return str(uuid.uuid4())


def new_token() -> str:
    """What a page shows to act for a rater."""
    return secrets.token_urlsafe(18)


def _read_salt(path: Path) -> bytes:
    if not path.exists():
        part = path.with_name(f".salt-{secrets.token_hex(6)}")
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(fd)
        with contextlib.suppress(FileExistsError):
            os.link(part, path)  # whoever is first; a file that is there is never replaced
        part.unlink()
    salt = path.read_bytes()
    if len(salt) != 64:
        raise UserError("The study's salt is damaged: without it nobody can go on where they were.")
    return salt


def _touch(path: Path) -> None:
    """Only the owner may read it; SQLite gives its log the same rights."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    os.chmod(path, 0o600)
