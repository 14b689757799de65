"""How well faults are found: part of the command evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli.terminal import Stages, whole_file
from dance_core.settings import ROOT, Settings

if TYPE_CHECKING:
    from dance_core.evaluation.faults.bench import Clean, Score

MOTIONS = ROOT.parent / "shared" / "data" / "motion"


def evaluate_faults(settings: Settings, motions: Path, count: int, seconds: float,
                    card: Path | None) -> int:
    """Put faults into `count` recorded dances and `count` of the Choreographer's, find them, print the table.

    motions: folder of recorded dances; without it the Choreographer's are used alone. card: for the table.
    """
    import contextlib

    from dance_core.evaluation.faults.bench import bench
    from dance_core.evaluation.faults.material import danced, recorded, severe_in_ten_seconds

    with contextlib.closing(Stages()) as shown:
        clips = recorded(motions, count) if motions.is_dir() else []
        people = len(clips)
        clips += danced(count, seconds, settings,
                        lambda done: shown("Dancing", done, count, "dances"))
        scores = bench(clips, count,
                       report=lambda done, total: shown("Finding faults", done, total, "kinds"))
        clean = severe_in_ten_seconds(motions) if motions.is_dir() else (float("nan"), 0.0)
    text = _card(scores, clips, people, clean)
    print(text)
    if card is not None:
        with whole_file(card) as part:
            part.write_text(text, encoding="utf-8")
    return 0


def _card(scores: dict[str, Score], clips: list[Clean], people: int, clean: tuple[float, float]) -> str:
    from dance_core.evaluation.faults.bench import CONSEQUENCES, lines

    head, *rows = lines(scores)
    body = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    body += [f"| {' | '.join(row)} |" for row in rows]
    after = [f"- {key}: {', '.join(sorted(words))}" for key, words in CONSEQUENCES.items() if words]
    real = f"{clean[0]:.2f} severe faults in 10 s, over {clean[1]:,.0f} s of recorded dance as it is." \
        if clean[1] else "No recorded dances were there."
    return "\n".join([
        "# How well faults are found", "",
        f"Put at known places into {people} recorded dances and {len(clips) - people} of the "
        "Choreographer's, in three strengths, at 30 and 60 frames a second, and looked for again. Found: a "
        "fault of the kind that begins and ends where the injection fades in and out, 0.2 s let go. Found "
        "wrongly: all else that the clean dance does not have, but for what an injection brings with it by "
        "itself (below).", "", *body, "", real, "", "What injections bring with them:", "", *after, "",
        "Written by `python -m dance_core evaluate faults --card FILE`.", ""])
