"""The Vote noun: what one visitor thought of one dance."""

from __future__ import annotations

import dataclasses
import math
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from dance_core import __version__
from dance_core.errors import UserError
from dance_core.settings import Settings
from dance_core.study.schema import Column, Schema

RATINGS = {"overall": "overall", "on_beat": "on the beat", "natural": "natural",
           "harmony": "whole body in harmony"}
_DAY_S = 86_400.0
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:\-]{0,79}")
_TAKE_ID = re.compile(r"[A-Za-z0-9_\-]{1,80}")  # url-safe base64: it may begin with a hyphen

VOTES = Schema("vote", 1, (
    Column("vote_id", about="uuid4 made by the browser; a retry of the same vote is no second vote"),
    Column("created", about="when the server got it: UTC, ISO 8601, milliseconds"),
    Column("take_id", about="the dance that was rated"),
    Column("song", about="SHA-256 of the song's file (never its title)"),
    Column("generator", about="what made the dance"),
    Column("style", about="the style that was asked for"),
    Column("seed", int, about="the seed of the dance"),
    Column("session", about="random, new for every load of the page; says nothing about the person"),
    Column("overall", int, about="1 (bad) to 5 (excellent)"),
    Column("on_beat", int, about="1 to 5"),
    Column("natural", int, about="1 to 5"),
    Column("harmony", int, about="1 to 5: whole body in harmony"),
    Column("comment", free=True, about="free text, escaped: see dance_core.study.cells"),
    Column("watched_seconds", float, about="how long the dance was really played"),
    Column("page", about="the page the vote came from"),
    Column("code_version", about="version of dance_core that took the vote"),
))


@dataclass(frozen=True)
class Vote:
    """One rating of one dance. Holds no personal data. Bad values raise UserError.

    Attributes: as the columns of `VOTES`, whose `about` texts explain them.
    """

    vote_id: str
    created: str
    take_id: str
    song: str
    generator: str
    style: str
    seed: int
    session: str
    overall: int
    on_beat: int
    natural: int
    harmony: int
    comment: str
    watched_seconds: float
    page: str
    code_version: str

    def __post_init__(self) -> None:
        _check_uuid4(self.vote_id)
        try:
            if datetime.fromisoformat(self.created).utcoffset() is None:
                raise ValueError
        except (TypeError, ValueError):
            raise UserError(f"The vote's time {_short(self.created)} is no UTC time.") from None
        for name in ("take_id", "generator", "style", "session", "page", "code_version"):
            value = getattr(self, name)
            known = _TAKE_ID if name == "take_id" else _NAME
            if not isinstance(value, str) or not known.fullmatch(value):
                raise UserError(f"The vote's {name.replace('_', ' ')} can't be {_short(value)}.")
        if not isinstance(self.song, str) or not re.fullmatch(r"[0-9a-f]{64}", self.song):
            raise UserError(f"The vote's song can't be {_short(self.song)}.")
        if not _is_int(self.seed) or not 0 <= self.seed < 2**63:
            raise UserError(f"The vote's seed can't be {_short(self.seed)}: expected a whole number.")
        for name, title in RATINGS.items():
            value = getattr(self, name)
            if value is None:
                raise UserError(f"Please rate “{title}” as well: 1 to 5.")
            if not _is_int(value) or not 1 <= value <= 5:
                raise UserError(f"The rating “{title}” is {_short(value)}, expected 1 to 5.")
        if not isinstance(self.comment, str):
            raise UserError("The comment is no text.")
        seconds = self.watched_seconds
        if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) \
                or not math.isfinite(seconds) or not 0 <= seconds <= _DAY_S:
            raise UserError(f"The time watched is {_short(seconds)}, expected 0 to {_DAY_S:.0f} seconds.")
        object.__setattr__(self, "watched_seconds", float(seconds))

    @classmethod
    def make(cls, *, vote_id: str, take_id: str, song: str, generator: str, style: str, seed: int,
             session: str, overall: int | None, on_beat: int | None, natural: int | None,
             harmony: int | None, comment: str = "", watched_seconds: float = 0.0, page: str = "dance",
             settings: Settings | None = None) -> "Vote":
        """A vote of now, by this version of the code. Raises UserError; `None` is a rating not given yet."""
        limit = (settings or Settings()).max_comment
        if isinstance(watched_seconds, float):
            watched_seconds = round(watched_seconds, 3)  # nobody can tell more
        if isinstance(comment, str) and len(comment) > limit:
            raise UserError(f"The comment has {len(comment)} characters, at most {limit} are kept.")
        return cls(vote_id, utc_now(), take_id, song, generator, style, seed, session,
                   overall, on_beat, natural, harmony,  # type: ignore[arg-type]
                   comment, watched_seconds, page, __version__)

    def row(self) -> dict[str, object]:
        """The values by column name, as `VOTES.line` takes them."""
        return dataclasses.asdict(self)


def utc_now() -> str:
    """Now, as "2026-11-21T10:12:13.456Z"."""
    now = datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def _check_uuid4(text: object) -> None:
    try:
        number = uuid.UUID(text) if isinstance(text, str) else None
    except ValueError:
        number = None
    if number is None or number.version != 4 or str(number) != text:
        raise UserError(f"The vote's id can't be {_short(text)}: a uuid4 is expected.")


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _short(value: object) -> str:
    text = ascii(value)
    return text if len(text) <= 40 else text[:37] + "…"
