"""Labels of recordings that say none themselves: given now, kept from before, or those for want of any.

A dance that lies in a folder already keeps the labels that it was given there, as long as its file is the
same to the byte; another file of its name is another dance, and inherits no terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from dance_core.corpus.terms import UNKNOWN

_LONGEST, _SHOWN = 60, 5  # characters of a label, and changes, that are shown


@dataclass(frozen=True)
class Labels:
    """Style key, licence and line to quote; None where nothing says it."""

    style: str | None = None
    licence: str | None = None
    attribution: str | None = None

    def or_else(self, other: Labels) -> Labels:
        """These, and the other's where these say nothing."""
        mine, theirs = asdict(self), asdict(other)
        return Labels(**{k: theirs[k] if v is None else v for k, v in mine.items()})


DEFAULTS = Labels("modern", UNKNOWN, "")


@dataclass(frozen=True)
class Labelled:
    """The labels of a recording, and of what lies under its name, None where nothing does.

    kept: whether some of them are those that it had before, which nobody gave now.
    """

    labels: Labels
    before: Labels | None
    kept: bool


def said_of(labelled: Sequence[Labelled]) -> tuple[str, ...]:
    """A sentence on the dances that keep labels, and one on those that get other ones than they had."""
    said = []
    if kept := [one for one in labelled if one.kept]:
        styles = _named(one.labels.style for one in kept)
        licences = _named(one.labels.licence for one in kept)
        said.append(f"--mocap: {_dances(len(kept))} keep{'s' * (len(kept) == 1)} labels of before "
                    f"(style {styles}; licence {licences}).")
    changes = [(which, old, new) for one in labelled if one.before
               for (which, old), new in zip(asdict(one.before).items(), asdict(one.labels).values(),
                                            strict=True) if old != new]
    if changes:
        many = sum(one.before is not None and one.before != one.labels for one in labelled)
        often = Counter(changes)
        told = [f"{which} {_shown(new)} instead of {_shown(old)}"
                for (which, old, new), _ in often.most_common(_SHOWN)]
        more = f"; and {len(often) - _SHOWN} other changes" if len(often) > _SHOWN else ""
        said.append(f"--mocap: {_dances(many)} {'is' if many == 1 else 'are'} relabelled: "
                    f"{'; '.join(told)}{more}.")
    return tuple(said)


def _dances(count: int) -> str:
    return f"{count} dance{'s' * (count != 1)}"


def _named(labels: Iterable[str | None]) -> str:
    often = Counter(labels).most_common()
    more = f" and {len(often) - _SHOWN} more" if len(often) > _SHOWN else ""
    return ", ".join(_shown(label) for label, _ in often[:_SHOWN]) + more


def _shown(label: str | None) -> str:
    return repr((label or "")[:_LONGEST])
