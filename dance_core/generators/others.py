"""Generators of other people: packages that are installed and name one in the group `dance_core.generators`.

    [project.entry-points."dance_core.generators"]
    sway = "my_package:Sway"          # a class or function that takes nothing and gives a Generator

One that can't be had is left out, and the log says why: a broken package shall not stop the app.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from importlib.metadata import entry_points

from dance_core.generators.base import Generator, Needs
from dance_core.motion.motion import PARTS

GROUP = "dance_core.generators"
NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
log = logging.getLogger(__name__)


def installed(taken: Collection[str]) -> list[Generator]:
    """Those of installed packages, by name. taken: names that they can't have."""
    found: dict[str, Generator] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        try:
            generator = entry.load()()
            wrong = what_is_wrong(generator.needs)
        except Exception as error:  # other people's code may throw anything
            wrong = f"{type(error).__name__}: {error}"
        if wrong is None and (generator.needs.name in taken or generator.needs.name in found):
            wrong = f"there is a generator {generator.needs.name!r} already"
        if wrong is None:
            found[generator.needs.name] = generator
        else:
            log.warning("the generator %r of %s is left out: %s", entry.name, entry.value, wrong)
    return list(found.values())


def what_is_wrong(needs: Needs) -> str | None:
    """What a generator may not say of itself, in a sentence; None where all is well."""
    shortest, longest = needs.segment_seconds
    if not NAME.fullmatch(needs.name):
        return f"its name is {needs.name!r}, expected a to z, 0 to 9, - and _, at most 40"
    if not (needs.title.strip() and needs.about.strip()):
        return "it has no title, or says nothing about itself"
    if not 0 < shortest <= longest:
        return f"its segments are {shortest} to {longest} s long"
    if not needs.parts or not needs.parts <= PARTS:
        return f"its parts are {sorted(needs.parts)}, expected some of {sorted(PARTS)}"
    if needs.context_frames < 0:
        return f"it wants {needs.context_frames} frames of context"
    return None if needs.styles else "it knows no style"
