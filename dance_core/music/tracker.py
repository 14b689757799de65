"""Song → Beats: what begins when (onsets), a pulse by repetition, and the networks that choose and count."""

from __future__ import annotations

import numpy as np

from dance_core.music.beats import Beats
from dance_core.music.heard_beats import heard_beats
from dance_core.music.onsets import hear
from dance_core.music.pulse_beats import pulse_beats
from dance_core.music.song import Song

SHORTEST = 1.0  # s; less holds no beats to speak of


def track_beats(song: Song) -> Beats:
    """Beats, bars of 2 to 7 beats, tempo and confidence of a song of any length.

    Follows changes of tempo. Beats lie within the song and reach from its first to its last sound,
    passages without onsets included. Where there is no beat, the times are a guess with a confidence
    near 0; in less than a second of sound there are none. Never raises for a valid Song. The same song gives
    the same bits on the same machine.
    """
    if song.duration < SHORTEST:
        return Beats(np.zeros(0), np.zeros(0, np.int64), 0.0, 0.0, 4, 0.0)
    onsets = hear(song)
    return heard_beats(onsets, pulse_beats(onsets))
