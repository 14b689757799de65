"""A Song as a file for the player: the very samples that the model heard."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import soundfile

from dance_core.atomic import replacing
from dance_core.music.seek_table import add_seek_table
from dance_core.music.song import Song

log = logging.getLogger(__name__)

FULL_SCALE = 32_767  # 16 bit
SHORT = 0.25  # of 1: the hardest that libFLAC compresses with frames of 1152 samples, see seek_table.py
BLOCK = 1 << 16  # samples a write: libsndfile can die on one very long write


def write_playback(song: Song, path: str | Path) -> Path:
    """Write the song as FLAC, mono, 16 bit, at its own sample rate, and return the path.

    Lossless, so the player hears what the analysis heard, sample for sample (rounded to 16 bit, at
    most half a step = 1.5e-5 off); samples beyond -1 to 1 are clipped. It has a seek table, so that a browser
    finds every moment of it. The file appears whole or not at all. Raises OSError where the folder can't be
    written.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with replacing(path) as part:
            with soundfile.SoundFile(part, "w", song.sample_rate, channels=1, format="FLAC",
                                     subtype="PCM_16", compression_level=SHORT) as file:
                for start in range(0, len(song.samples), BLOCK):
                    block = np.clip(song.samples[start:start + BLOCK], -1.0, 1.0)
                    file.write(np.rint(block * FULL_SCALE).astype(np.int16))
            try:
                add_seek_table(part)
            except ValueError as error:  # the music is whole, though a browser may miss a moment of it
                log.warning("%s has no seek table: %s", path.name, error)
    except soundfile.LibsndfileError as error:  # a full disk, most likely
        raise OSError(f"could not write {path.name}: {error}") from error
    return path
