"""The two lists of the page: dances in a table, faults of the dance on the stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dance_core.evaluation.faults import Fault, worst_first
from dance_core.evaluation.faults.shelf import Entry
from dance_core.pages.player.component import Scripted, fault_value

# key, title, whether a number, whether one chooses among its values, tooltip
COLUMNS = (
    ("song", "Song", False, False, ""), ("system", "System", False, True, "what made the dance"),
    ("style", "Style", False, True, ""), ("seed", "Seed", True, False, ""),
    ("seconds", "Length, s", True, False, ""),
    ("on_beat", "On the beat", True, False, "0 to 1: how well the dancer's rests lie on the music's beats"),
    ("votes", "Votes", True, False, "how many people rated it"),
    ("rated", "Rated", True, False, "their mean, 1 to 5"), ("faults", "Faults", True, False, ""),
    ("severe", "Severe", True, False, "faults that nobody can miss"),
    ("rate", "Severe in 10 s", True, False, "recorded dances have 1 at most"),
    ("worst", "Worst", False, True, "the kind of its worst fault"), ("made", "Made", False, False, "UTC"),
)


class TakeTable(Scripted):
    """All dances, to search, filter and sort. Triggers `select` with {"id", "beside"}."""

    def __init__(self, **more: Any) -> None:
        super().__init__("takes", '<div class="tk" data-takes hidden></div>', **more)


class FaultList(Scripted):
    """The faults of the dance on the stage, the worst first. Triggers `select` with {"start", "stop", …}."""

    def __init__(self, **more: Any) -> None:
        super().__init__("faults", '<div class="fl" data-faults hidden></div>', **more)


class Charts(Scripted):
    """Makes the charts beside it go with the player: a line where it is, and a click goes there."""

    def __init__(self, **more: Any) -> None:
        super().__init__("charts", '<div data-charts hidden></div>', **more)


def row(entry: Entry, title: str, votes: tuple[int, float] | None) -> dict[str, Any]:
    """A dance in the table. title: of the worst fault's kind; votes: how many, and their mean."""
    about = entry.about
    return {"id": entry.key, "song": str(about.get("title") or "–")[:120],
            "system": str(about.get("generator_title") or about.get("generator") or "–")[:80]
            + (", mended" if about.get("parent") else ""),
            "style": str(about.get("style") or "–")[:40], "seed": about.get("seed"),
            "seconds": round(entry.seconds, 1), "on_beat": _rounded(about.get("on_beat")),
            "votes": votes[0] if votes else 0, "rated": _rounded(votes[1]) if votes else None,
            "faults": None if entry.faults is None else len(entry.faults), "severe": entry.severe,
            "rate": None if entry.severe is None else _rounded(10 * entry.severe / max(entry.seconds, 0.1)),
            "worst": title, "made": str(about.get("created") or "")[:16].replace("T", " ")}


def table_value(rows: Sequence[dict[str, Any]], open_: str = "", beside: str = "") -> dict[str, Any]:
    """open_, beside: ids of the dances on the stage."""
    return {"columns": [{"key": k, "title": t, "number": n, "filter": f, "about": a}
                        for k, t, n, f, a in COLUMNS], "rows": list(rows), "open": open_, "beside": beside}


def faults_value(take: str, panes: Sequence[Sequence[Fault]] = ()) -> dict[str, Any]:
    """take: id of the dance on the stage; "": nothing is shown. panes: the faults of each dancer."""
    told = [{**fault_value(f), "pane": k} for k, faults in enumerate(panes) for f in worst_first(faults)]
    return {"take": take, "two": len(panes) > 1, "faults": sorted(told, key=lambda f: -f["severity"])}


def _rounded(value: object) -> float | None:
    return round(float(value), 2) if isinstance(value, int | float) else None
