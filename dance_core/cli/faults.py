"""How well faults are found: part of the command evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli.terminal import Stages, whole_file
from dance_core.settings import ROOT, Settings

if TYPE_CHECKING:
    from dance_core.evaluation.faults.bench import Score

MOTIONS = ROOT.parent / "shared" / "data" / "motion"


def evaluate_faults(settings: Settings, motions: Path, count: int, seconds: float,
                    card: Path | None) -> int:
    """Put faults of each kind into `count` dances, half of them recorded, find them, print the table.

    The others are the Choreographer's, of which there are more than that: not each can take each kind.
    seconds: how long each is at most.

    motions: folder of recorded dances; without it the Choreographer's are used alone. card: for the table.
    """
    import contextlib

    from dance_core.evaluation.faults.bench import bench
    from dance_core.evaluation.faults.material import TUNED_SONGS, danced, recorded, severe_in_ten_seconds

    with contextlib.closing(Stages()) as shown:
        clips = recorded(motions, count // 2, seconds) if motions.is_dir() else []
        people = len(clips)
        more = count + count // 2
        clips += danced(more, seconds, settings, lambda done: shown("Dancing", done, more, "dances"),
                        TUNED_SONGS)
        scores = bench(clips, count,
                       report=lambda done, total: shown("Finding faults", done, total, "kinds"))
        clean = severe_in_ten_seconds(motions) if motions.is_dir() else (float("nan"), 0.0)
    text = card_of(scores, people, len(clips) - people, clean)
    print(text)
    if card is not None:
        with whole_file(card) as part:
            part.write_text(text, encoding="utf-8")
    return 0


def card_of(scores: dict[str, Score], people: int, made: int, clean: tuple[float, float]) -> str:
    """The table with its words; people, made: how many dances there were to put faults into."""
    from dance_core.evaluation.faults.bench import CONSEQUENCES, lines

    head, *rows = lines(scores)
    body = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    body += [f"| {' | '.join(row)} |" for row in rows]
    after = [f"- {key}: {', '.join(sorted(words))}" for key, words in CONSEQUENCES.items() if words]
    real = f"{clean[0]:.2f} severe faults in 10 s, over {clean[1]:,.0f} s of recorded dance as it is." \
        if clean[1] else "No recorded dances were there."
    return "\n".join([
        "# How well faults are found", "",
        f"Put at known places into dances (of {people} recorded ones and {made} of the Choreographer's "
        "those that can take the kind), in three strengths, at 30 and 60 frames a second, and looked for "
        "again: six times a dance. None of these dances was looked at when limits and measures were "
        "chosen. Found: a fault of the kind that begins and ends where the injection fades in and out, 0.2 s "
        "let go. Found "
        "wrongly: all else that the clean dance does not have, but for what an injection brings with it by "
        "itself (below).", "", *body, "", real, "", "What injections bring with them:", "", *after, "",
        "Written by `python -m dance_core evaluate faults --card FILE`.", ""])
