"""A Song as a small OGG file, for songs that the app ships."""

from __future__ import annotations

from pathlib import Path

import soundfile

from dance_core.music.song import Song

BLOCK = 1 << 16  # samples a write: libsndfile's Vorbis encoder overflows its stack on a whole song
HEADROOM = 0.85  # Vorbis overshoots the peaks that it is given by up to 1.1 dB


def write_ogg(song: Song, path: Path | str, compression: float = 0.72) -> Path:
    """Write the song as OGG Vorbis, mono, at its own sample rate, 1.4 dB softer; returns the path.

    compression: 0 (best) to 1 (smallest); 0.72 comes to about 70 kbit/s. Raises OSError where the
    file can't be written.
    """
    path = Path(path)
    try:
        with soundfile.SoundFile(path, "w", song.sample_rate, 1, format="OGG", subtype="VORBIS",
                                 compression_level=compression) as out:
            for start in range(0, len(song.samples), BLOCK):
                out.write(song.samples[start: start + BLOCK] * HEADROOM)
    except soundfile.LibsndfileError as error:
        raise OSError(f"could not write {path.name}: {error}") from error
    return path
