"""Small components beside the player; like it, static templates that the bundle fills with text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


class Downloads(Scripted):
    """Files of a dance: some are there, some are made when asked for. Value: `downloads_value(…)`.

    Triggers `select` with {"kind": …} when a file has to be made, and `stop` when the visitor gives it up.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__("downloads", '<div class="dl" data-downloads hidden></div>', **more)


@dataclass(frozen=True)
class Download:
    """One file that can be had.

    Attributes:
        kind: key, of `body.exports.FORMATS`.
        label: what people read.
        path: the file, if it is there.
        progress: 0 to 1 while it is made; None: it is not.
        problem: a sentence, if it could not be made.
        note: what it is good for, as a tooltip.
    """

    kind: str
    label: str
    path: Path | None = None
    progress: float | None = None
    problem: str = ""
    note: str = ""


def downloads_value(files: Sequence[Download] = (), save: str = "") -> dict[str, Any]:
    """The files in order; the browser saves them under their own names. Without files nothing is shown.

    save: kind of a file that was asked for and is ready now: the browser saves it at once.
    """
    return {"save": save, "files": [
        {"kind": d.kind, "label": d.label, "name": d.path.name if d.path else "", "note": d.note,
         "file": file(d.path) if d.path else None, "progress": d.progress, "problem": d.problem}
        for d in files]}


class PosePicker(Scripted):
    """Reference poses as pictures, one of them chosen. Triggers `select`; as an input it gives the name."""

    def __init__(self, poses: Sequence[tuple[str, str, Path]], selected: str, **more: Any) -> None:
        """poses: (name, title, picture) in order; the pictures must lie in a static folder."""
        super().__init__("poses", '<div class="pp" data-poses></div>', poses_value(poses, selected), **more)

    def preprocess(self, payload: Mapping[str, Any] | None) -> str:
        """The name that the browser says is chosen: to be checked before use."""
        return str((payload or {}).get("selected", ""))


class PhotoPicker(Scripted):
    """Takes a photo to `photos.PATH`. Triggers `select` with {"token": …} once its pose has been read."""

    def __init__(self, **more: Any) -> None:
        super().__init__("photo", '<div class="ph" data-photo></div>', **more)


def poses_value(poses: Sequence[tuple[str, str, Path]], selected: str) -> dict[str, Any]:
    """A value for PosePicker."""
    return {"poses": [{"name": n, "title": t, "image": file(p)} for n, t, p in poses], "selected": selected}


class Compare(Scripted):
    """Keeps the dance on the stage for a comparison. Value: `compare_value(…)`. Triggers `select` to keep
    it and `clear` to let it go."""

    def __init__(self, **more: Any) -> None:
        super().__init__("compare", '<div class="cp" data-compare hidden></div>', **more)


class BeatsPanel(Scripted):
    """Corrects the beats of the song on the stage. Value: `mending.panel_value(…)`; without one it is hidden.

    Triggers `select` to dance anew. As an input it gives {"song": name, "by_hand": corrections}, or None.
    """

    def __init__(self, press: Callable[[Mapping[str, Any]], Mapping[str, Any]], **more: Any) -> None:
        """press: called with what the browser sent (not trusted), see `mending.press`; never raises."""
        def mend(data: Any) -> dict[str, Any]:
            sent = data[0] if isinstance(data, list) and data else data
            return dict(press(sent if isinstance(sent, Mapping) else {}))

        super().__init__("beats", '<div class="bt" data-beats hidden></div>', server_functions=[mend], **more)

    def preprocess(self, payload: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """What the browser says: to be checked before use."""
        payload = payload if isinstance(payload, Mapping) else {}
        return {k: payload.get(k) for k in ("song", "by_hand")} if payload.get("song") else None


def compare_value(offered: bool = False, kept: str = "") -> dict[str, Any]:
    """offered: there is a dance that could be kept. kept: what people read of the one that is; "" = none."""
    return {"offered": offered, "kept": kept}


class RatingPanel(Scripted):
    """Scales 1 to 5, a comment, a button. Value: `rating_value(…)`."""

    def __init__(self, scales: Mapping[str, str], max_comment: int,
                 vote: Callable[[Mapping[str, Any]], Mapping[str, Any]], **more: Any) -> None:
        """
        Args:
            scales: key and title of each.
            max_comment: longest comment in characters.
            vote: called with what the browser sent (not trusted): the scales by key, and comment, vote_id,
                take, session, watched. Answers {"saved": bool, "text": one sentence} and never raises.
        """
        def ask(data: Any) -> dict[str, Any]:
            # Gradio hands the arguments over as one list
            sent = data[0] if isinstance(data, list) and data else data
            return dict(vote(sent if isinstance(sent, Mapping) else {}))

        ask.__name__ = "vote"
        self.fixed = {"scales": [{"key": k, "title": t[:1].upper() + t[1:]} for k, t in scales.items()],
                      "max_comment": max_comment}
        super().__init__("rating", '<div class="rt" data-rating hidden></div>', rating_value(),
                         server_functions=[ask], **more)

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any]:
        """Adds what never changes: the scales and the longest comment."""
        return super().postprocess({**self.fixed, **(value or {})})


def rating_value(take: str | None = None, run: str = "", question: str = "") -> dict[str, Any]:
    """A value for RatingPanel.

    Args:
        take: id of the finished dance to rate; None hides the panel.
        run: the name under which the player shows it (tells how long it was watched).
        question: over the scales; "" = "How was it?".
    """
    return {"take": take, "run": run, "question": question}
