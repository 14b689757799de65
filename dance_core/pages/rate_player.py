"""The stage of the Rate page: one or two dances on one music, with nothing on it that tells who made them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dance_core.pages.player import component


def stage_value(name: str, music: Path, dances: Mapping[str, Path], seconds: float) -> dict[str, Any]:
    """What the player shows. `name` tells how it was watched (`DanceCore.watched(name)` on the page).

    dances: label → DNC1 file, one or two, from the left.
    """
    panes = [component.Pane(pieces=[path], label=label) for label, path in dances.items()]
    value = component.player_value(name, audio=music, duration=seconds, panes=panes,
                                   options=component.Options.blind())
    if component.BODY.is_file():
        component.serve(component.BODY)
        value["body"] = component.file(component.BODY)
    return value
