"""Small components beside the player; like it, static templates that the bundle fills with text."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dance_core.pages.player.component import Scripted, file


class Notice(Scripted):
    """One sentence for the visitor, empty at first. Value: `notice_value(…)`."""

    def __init__(self, **more: Any) -> None:
        super().__init__("notice", '<div class="nt" data-notice hidden></div>', **more)


def notice_value(text: str = "", kind: str = "note") -> dict[str, Any]:
    """kind: "note" or "error". Any text is safe."""
    return {"text": text, "kind": kind}


class Facts(Scripted):
    """Tiles of label, value and a note. Value: `facts_value(…)`; without facts nothing is shown."""

    def __init__(self, **more: Any) -> None:
        super().__init__("facts", '<dl class="fx" data-facts hidden></dl>', **more)


def facts_value(facts: Sequence[tuple[str, str, str]] = ()) -> dict[str, Any]:
    """facts: (label, value, note) in order; the note may be empty."""
    return {"facts": [{"label": a, "value": b, "note": c} for a, b, c in facts]}


class PosePicker(Scripted):
    """Reference poses as pictures, one of them chosen. Triggers `select`; as an input it gives the name."""

    def __init__(self, poses: Sequence[tuple[str, str, Path]], selected: str, **more: Any) -> None:
        """poses: (name, title, picture) in order; the pictures must lie in a static folder."""
        value = {"poses": [{"name": n, "title": t, "image": file(p)} for n, t, p in poses],
                 "selected": selected}
        super().__init__("poses", '<div class="pp" data-poses></div>', value, **more)

    def preprocess(self, payload: Mapping[str, Any] | None) -> str:
        """The name that the browser says is chosen: to be checked before use."""
        return str((payload or {}).get("selected", ""))


class RatingPanel(Scripted):
    """Scales 1 to 5, a comment, a button. Triggers `submit` with the answers. Value: `rating_value(…)`."""

    def __init__(self, scales: Mapping[str, str], max_comment: int, **more: Any) -> None:
        self.fixed = {"scales": [{"key": k, "title": t[:1].upper() + t[1:]} for k, t in scales.items()],
                      "max_comment": max_comment}
        super().__init__("rating", '<div class="rt" data-rating hidden></div>', rating_value(), **more)

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any]:
        """Adds what never changes: the scales and the longest comment."""
        return super().postprocess({**self.fixed, **(value or {})})


def rating_value(take: str | None = None, run: str = "",
                 answer: tuple[str, bool, str] | None = None) -> dict[str, Any]:
    """A value for RatingPanel.

    Args:
        take: id of the finished dance to rate; None hides the panel.
        run: the name under which the player shows it (tells how long it was watched).
        answer: (vote id, saved, one sentence) about a vote that was sent.
    """
    told = None
    if answer is not None:
        told = {"vote_id": answer[0], "saved": answer[1], "text": answer[2], "nonce": secrets.token_hex(6)}
    return {"take": take, "run": run, "answer": told}
