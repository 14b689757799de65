"""From what the rating panel sent to a row in the vote book."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dance_core.errors import UserError
from dance_core.longform.take import Take, is_take_id, load_take
from dance_core.settings import Settings
from dance_core.study.book import VoteBook
from dance_core.study.vote import RATINGS, Vote

log = logging.getLogger(__name__)
_OURS = "Not saved: something went wrong here. Your answer is still on this page; please try again."


def take_of(settings: Settings, name: object) -> Take:
    """A kept take by its id, which came from a browser. Raises UserError."""
    return load_take(folder_of(settings, name))


def folder_of(settings: Settings, name: object) -> Path:
    """The folder of a kept take by its id, which came from a browser. Raises UserError."""
    if not isinstance(name, str) or not is_take_id(name):
        raise UserError("This dance has no valid name, so it can't be found.")
    if not (settings.takes_dir / name).is_dir():
        raise UserError("This dance is no longer kept: dances are deleted after "
                        f"{settings.keep_hours:g} hours.")
    return settings.takes_dir / name


def rate(sent: Mapping[str, Any], settings: Settings, book: VoteBook) -> dict[str, Any]:
    """Write a vote. Answers {"saved": bool, "text": one sentence}, whatever happens.

    Args:
        sent: what the browser sent: vote_id, take, session (random, new for every load of the page), the
            four ratings, comment, watched (s). Not trusted.
        settings, book: where takes are kept, and the votes.
    """
    try:
        take = take_of(settings, sent.get("take"))
        vote = Vote.make(
            vote_id=_text(sent.get("vote_id")), take_id=take.id, song=take.song_digest,
            generator=take.generator, style=take.style, seed=take.seed, session=_text(sent.get("session")),
            comment=_text(sent.get("comment")), watched_seconds=_number(sent.get("watched")), page="dance",
            settings=settings,
            **{key: sent.get(key) for key in RATINGS})
        receipt = book.append(vote)
    except UserError as error:
        text, saved = str(error), False
    except Exception:  # the answer must reach the visitor, whatever went wrong here
        log.exception("a vote was not saved")
        text, saved = _OURS, False
    else:
        saved = True
        text = f"Thank you, saved as vote {receipt.key[:8]}."
        if receipt.already:
            text = f"Thank you, vote {receipt.key[:8]} was saved already and counts once."
    return {"saved": saved, "text": text}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float:
    """Seconds watched are a courtesy of the browser: nonsense becomes 0, more than a day a day."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
        return 0.0
    return float(min(value, 86_400.0))  # in this order: a whole number can be too large for a float
