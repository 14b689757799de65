"""How many dances are made at once where the app may take only so much memory (DANCE_MEMORY_MB).

What one needs was measured, and counted with the longest song that may come (DANCE_MAX_SECONDS): how long a
song is, is known when its samples are in memory already. More dances wait in line, as beyond any other limit.
"""

from __future__ import annotations

from dataclasses import replace

from dance_core.errors import UserError
from dance_core.serving.local import processes, worker_count
from dance_core.settings import Settings

# MB, pages of its own and its part of shared ones; measured with JEPA and stereo songs of 30 and 600 s
APP_MB = 450.0  # the app, once a dance has been made
PROCESS_MB = 500.0  # each process that makes dances, with all weights; without one the app has them itself
DANCE_MB = 60.0  # a dance in the making, of any length
SECOND_MB = 0.8  # and for each second of the song: its samples, twice; its analysis; what browsers get


def need_mb(seconds: float) -> float:
    """What a dance to a song of so many seconds takes while it is made."""
    return DANCE_MB + SECOND_MB * seconds


def within_memory(settings: Settings) -> Settings:
    """The settings with as many dances at once (`max_running`), and processes (`workers`, where they are left
    to us), as `memory_mb` has room for. Raises UserError where it has none for one."""
    if not settings.memory_mb:
        return settings
    here = settings.engine == "local"
    each = need_mb(settings.max_seconds)
    wished = worker_count(settings) if here else 0
    for workers in range(wished, -1 if settings.workers < 0 else wished - 1, -1):
        running = int((settings.memory_mb - _at_rest(workers, here)) / each)
        if running >= 1:
            return replace(settings, max_running=min(running, settings.max_running),
                           workers=workers if here else settings.workers)
    least = _at_rest(0 if settings.workers < 0 else wished, here) + each
    raise UserError(f"DANCE_MEMORY_MB is {settings.memory_mb:g}, but one dance to a song of "
                    f"{settings.max_seconds:g} s (DANCE_MAX_SECONDS), and the app beside it, take about "
                    f"{least:.0f} MB.")


def _at_rest(workers: int, here: bool) -> float:
    return APP_MB + (PROCESS_MB * max(1, processes(workers)) if here else 0.0)
