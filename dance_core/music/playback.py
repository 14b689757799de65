"""A Song as files for the player: as it was brought, without loss, and small."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import soundfile

from dance_core.atomic import replacing
from dance_core.music.seek_table import add_seek_table
from dance_core.music.song import FULL_SCALE, Song

log = logging.getLogger(__name__)

SHORT = 0.25  # of 1: the hardest that libFLAC compresses with frames of 1152 samples, see seek_table.py
SMALL = 56_000  # bit/s a channel of the small file: .84 MB a minute of two
BLOCK = 1 << 16  # samples a write: libsndfile can die on one very long write


def write_playback(song: Song, path: str | Path) -> Path:
    """Write what is played of the song as FLAC, 16 bit, at its own sample rate, and return the path.

    Lossless: `Song.played`, whose mean is what the analysis heard, sample for sample (rounded to 16 bit, at
    most half a step = 1.5e-5 off). It has a seek table, so that a browser finds every moment of it. The file
    appears whole or not at all. Raises OSError where the folder can't be written.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    played = song.played
    try:
        with replacing(path) as part:
            with soundfile.SoundFile(part, "w", song.sample_rate, channels=played.shape[1], format="FLAC",
                                     subtype="PCM_16", compression_level=SHORT) as file:
                for start in range(0, len(played), BLOCK):
                    file.write(played[start:start + BLOCK])
            try:
                add_seek_table(part)
            except ValueError as error:  # the music is whole, though a browser may miss a moment of it
                log.warning("%s has no seek table: %s", path.name, error)
    except soundfile.LibsndfileError as error:  # a full disk, most likely
        raise OSError(f"could not write {path.name}: {error}") from error
    return path


def write_small(song: Song, path: str | Path) -> Path:
    """Write what is played of the song as AAC in MP4, a fifth of the FLAC or less, and return the path.

    AAC because it is heard when the browser says that it is. Where an audio element stands was compared with
    what could be heard (tests/browser/measure_heard.py), from the song's start and after going to 7.3 s, in
    Chromium 156 and Firefox 153: FLAC -2 to 5 ms, AAC in MP4 0 to 4; Opus in Ogg 12 to 46, in WebM 6 to 14,
    in MP4 -14 to 7; MP3 -10 to 29; Vorbis -22 to 3. The file appears whole or not at all. Raises OSError
    where the folder can't be written.
    """
    import av  # ffmpeg is loaded where it is wanted

    from dance_core.music.aac import Aac

    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    played = song.played
    try:
        with replacing(path) as part, av.open(str(part), "w", format="mp4",
                                              options={"movflags": "faststart"}) as file:
            Aac(file, played / np.float32(FULL_SCALE), song.sample_rate, SMALL * played.shape[1]).close()
    except av.FFmpegError as error:
        raise OSError(f"could not write {path.name}: {error}") from error
    return path
