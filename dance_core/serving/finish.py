"""From the answers of a generator to Pieces, and from a complete dance to a Take: measured, timed, signed."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from dance_core.evaluation.alignment import beat_alignment, motion_beats
from dance_core.evaluation.limits import check
from dance_core.generators.base import in_words
from dance_core.longform.dance import Dance, Finished
from dance_core.longform.take import Take, new_take_id
from dance_core.motion.motion import PARTS
from dance_core.serving.engine import Job, Piece


class Course:
    """One dance from when it is asked for, on whatever engine: its times, its Pieces, at last its Take.

    Args:
        off_loop: calls what takes long in another thread, and waits for it.
    """

    def __init__(self, job: Job, off_loop: Callable[..., Awaitable[Any]]) -> None:
        self._job, self._off_loop = job, off_loop
        self._asked = self._began = time.perf_counter()
        self._timings: dict[str, float] = {}

    def begins(self) -> None:
        """It has a place, and is being made from now on."""
        self._began = time.perf_counter()
        self._timings["waiting"] = self._began - self._asked

    async def piece(self, dance: Dance, finished: Finished | None) -> Piece | None:
        """What an answer finished, if anything; the last with the Take."""
        if dance.complete:
            self._timings["generation"] = time.perf_counter() - self._began
        if finished is None:
            return None
        self._timings.setdefault("first_segment", time.perf_counter() - self._asked)
        take = None
        if dance.complete:
            take = await self._off_loop(finish, self._job, dance, self._timings, self._asked)
        return Piece(finished.motion, finished.start, finished.segment, finished.done, finished.total, take)


def finish(job: Job, dance: Dance, timings: Mapping[str, float], asked: float) -> Take:
    """Measure the finished dance and write everything that is known of it into a Take.

    asked: time.perf_counter() when the job came; "total" counts from there, plus the analysis where known.
    """
    motion, seams = dance.motion(), dance.seams()
    report = check(motion, seams, dance.reference)
    alignment = beat_alignment(motion_beats(motion), job.beats)
    known = dict(timings)
    if job.analysis_seconds is not None:
        known["analysis"] = job.analysis_seconds
    known["total"] = time.perf_counter() - asked + known.get("analysis", 0.0)
    return Take(
        id=new_take_id(), title=job.song.title, song_digest=job.song.digest, duration=job.song.duration,
        beats=job.beats, motion=motion, segments=dance.segments, seams=seams, generator=dance.needs.name,
        generator_title=_title(job, dance), style=job.style, pose=job.pose, seed=job.seed,
        guidance=job.guidance, energy=job.energy, by_hand=job.by_hand, found=job.found, timings=known,
        faults=report.faults, alignment=alignment.as_dict(),
        reference_error={"degrees": report.reference_degrees, "centimetres": report.reference_cm})


def _title(job: Job, dance: Dance) -> str:
    """Who made it; of a dance that was remade in part, who made what."""
    if not job.keep:
        return dance.needs.title
    return (f"{dance.needs.title}: {in_words(PARTS - job.keep)}; "
            f"{job.given_by or 'another'}: {in_words(job.keep)}")
