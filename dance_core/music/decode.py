"""A file → Song: looked at, refused in one sentence or decoded in a limited process."""

from __future__ import annotations

import hashlib
import math
import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import BinaryIO

import numpy as np

from dance_core.errors import UserError
from dance_core.music.process import Decoded, decode_file
from dance_core.music.sniff import Header, read_header
from dance_core.music.song import Song, as_int16
from dance_core.settings import PLAYBACK_RATE, Settings

# as names of songs end; what a file is, its content tells
SONG_ENDINGS = (".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff", ".m4a", ".mp4", ".webm",
                ".wave", ".rf64", ".bw64", ".w64", ".aifc", ".mp2", ".aac", ".mov", ".mka", ".mkv", ".ogv")
KINDS = "WAV, FLAC, OGG, Opus, MP3, AIFF, M4A, MP4 or WebM"
MISSING_SECONDS = 0.5  # this much less than the header promises still counts as whole
PADDING_SECONDS = 0.25  # coders fill up their last block, and begin before the sound
MAX_TITLE = 120
UNTITLED = "Untitled song"
LOUDEST_WINDOW_S = 0.05  # silence is judged on the loudest 50 ms


def load_song(path: str | Path, title: str | None = None, settings: Settings | None = None) -> Song:
    """Read, check and decode a song: mono (mean of the channels) float32 at PLAYBACK_RATE (44.1 kHz).

    The kind is told by content, never by name. The header is checked first, in plain Python;
    only then a separate process with limits on memory, CPU and wall time decodes, and is stopped
    when more comes than the settings allow. It reads all parts of a file, whatever its header says
    (reading/__init__.py has the table), from the track that has the music. A constant offset is taken
    out, a song louder than full scale is turned down as a whole, and where channels cancel out in the
    mean, the one that has most is taken. Song.notes says so. Song.stereo keeps two channels as they are, for
    the player; more than two are played as they are danced to, in mono. Nothing is written.

    title: what to show people; by default the file's own tags, else its name without the ending.
    Raises UserError, one sentence with the number that was wrong, for all that is not a whole song within
    the limits: also one that breaks off in the middle, since half a song is not what was meant.
    """
    settings = settings or Settings.from_env()
    name = Path(path).name
    with _open(path, name) as file:
        size = os.fstat(file.fileno()).st_size
        _check_size(size, settings)
        header = read_header(file, size)
        if header is None:
            raise UserError(f"This is no song that can be read: its {size:,} bytes are none of {KINDS}.")
        _check_promise(header, settings)
        digest = _sha256(file)
        decoded = decode_file(file, header, settings, check=lambda h: _check_promise(h, settings))
    _check_whole(header, decoded)
    samples, stereo = decoded.samples, decoded.stereo
    most = round(settings.max_seconds * PLAYBACK_RATE)
    if not decoded.exact and most < len(samples) <= most + PADDING_SECONDS * PLAYBACK_RATE:
        samples, stereo = samples[:most], None if stereo is None else stereo[:most]
    _check_length(len(samples) / PLAYBACK_RATE, settings)
    samples = _tamed(samples)
    _check_heard(samples, settings)
    return Song(samples, PLAYBACK_RATE, digest, _title(title, decoded.title, name), _notes(decoded),
                None if stereo is None else as_int16(_tamed(stereo)))


def excerpt(song: Song, start_s: float, stop_s: float) -> Song:
    """The part of a song from start_s to stop_s seconds, as a Song with a digest of its own.

    Times are cut to the song and to whole samples. The digest is SHA-256 of the song's digest and both times,
    so the same cut has the same name. Raises UserError where nothing would be left.
    """
    if not (math.isfinite(start_s) and math.isfinite(stop_s)):
        raise UserError(f"An excerpt from {start_s} to {stop_s} s is no part of a song.")
    first = min(max(0, round(start_s * song.sample_rate)), len(song.samples))
    last = min(max(0, round(stop_s * song.sample_rate)), len(song.samples))
    if last <= first:
        raise UserError(f"There is no music from {start_s:g} s to {stop_s:g} s: "
                        f"the song is {song.duration:.1f} s long.")
    if first == 0 and last == len(song.samples):
        return song
    digest = hashlib.sha256(f"{song.digest} {first} {last} {song.sample_rate}".encode()).hexdigest()
    return Song(song.samples[first:last].copy(), song.sample_rate, digest, song.title, song.notes,
                None if song.stereo is None else song.stereo[first:last].copy())


def clean_title(text: str) -> str:
    """User text made fit to show: one line of at most 120 characters, "" if nothing is left.

    Control, format (bidirectional overrides among them), private and unpaired code points go, except
    the joiner that holds emoji together; runs of white space become one space, steps up
    in folders ("../") vanish, and no character keeps more than four marks above or below it.
    """
    text = unicodedata.normalize("NFC", text[:4000])
    kept = "".join(" " if c.isspace() else c for c in text
                   if c.isspace() or c == "\u200d" or unicodedata.category(c)[0] != "C")
    kept = re.sub(r"\.\.+[/\\]+", "", kept)
    out, marks = [], 0
    for c in kept:
        marks = marks + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        if marks <= 4:
            out.append(c)
    line = " ".join("".join(out).split()).strip("\u200d ")
    return line if len(line) <= MAX_TITLE else line[:MAX_TITLE - 1].rstrip() + "…"


def _title(given: str | None, tagged: str | None, name: str) -> str:
    """The first of these that leaves something to read: what was given, the tags, the file's name."""
    stem = re.split(r"[/\\]", name)[-1]
    stem = re.sub(r"\.\w{1,5}$", "", stem).replace("_", " ").strip(". ")
    for candidate in (given, tagged, stem):
        title = clean_title(candidate or "")
        if any(unicodedata.category(c)[0] in "LNS" for c in title):
            return title
    return UNTITLED


def _notes(decoded: Decoded) -> tuple[str, ...]:
    """What people should know of how the file was read, a sentence each."""
    notes = []
    if len(decoded.passed) > 1:
        about = [f"track {k + 1} {_PASSED[why]}" for k, why in enumerate(decoded.passed)
                 if why in _PASSED and k != decoded.track]
        why = f": {', '.join(about[:4])}." if about else "."
        notes.append(f"The file has {len(decoded.passed)} tracks of sound, and track {decoded.track + 1} is "
                     f"danced to{why}")
    if decoded.channel is not None:
        which = ("left channel", "right channel")[decoded.channel] if decoded.channel < 2 else (
            f"channel {decoded.channel + 1}")
        notes.append("The channels cancel each other out when they are mixed: "
                     f"the {which} alone is danced to.")
    return tuple(notes)


_PASSED = {"silent": "is silent", "unreadable": "can't be decoded", "less": "has less to be heard"}


def _open(path: str | Path, name: str) -> BinaryIO:
    """The file, if it is one. A pipe or a device would keep us waiting: refused unread."""
    shown = clean_title(name) or "that name"
    try:
        # Without O_NONBLOCK the opening of a pipe would already wait for a writer.
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"There is no file “{shown}”.") from None
    except IsADirectoryError:
        raise UserError(f"“{shown}” is a folder, not a song.") from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not valid"
        raise UserError(f"“{shown}” can't be opened: {reason.lower()}.") from None
    mode = os.fstat(fd).st_mode
    if not stat.S_ISREG(mode):
        os.close(fd)
        what = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
        raise UserError(f"“{shown}” is {what}, not a song.")
    return os.fdopen(fd, "rb")


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _check_size(size: int, settings: Settings) -> None:
    if size == 0:
        raise UserError("The file is empty: it has 0 bytes.")
    megabytes = size / 1e6
    if megabytes > settings.max_upload_mb:
        raise UserError(f"The file is too big: it has {megabytes:.1f} MB, and at most "
                        f"{settings.max_upload_mb:g} MB are taken.")


def _check_promise(header: Header, settings: Settings) -> None:
    """Refuse what the header alone rules out. Too short is judged on what was really decoded."""
    # A header may count the coder's padding, some 50 ms: what is really there is counted later.
    if header.seconds is not None and header.seconds > settings.max_seconds + MISSING_SECONDS:
        raise _too_long(header.seconds, settings)
    rate = header.sample_rate
    if rate is not None and not settings.min_sample_rate <= rate <= settings.max_sample_rate:
        raise UserError(f"The sample rate is {rate:,} Hz, and it must lie between "
                        f"{settings.min_sample_rate:,} and {settings.max_sample_rate:,} Hz.")
    if header.channels is not None and not 1 <= header.channels <= settings.max_channels:
        raise UserError(f"The song has {header.channels} channels, and it must have 1 to "
                        f"{settings.max_channels}.")


def _check_whole(header: Header, decoded: Decoded) -> None:
    if decoded.missing > MISSING_SECONDS:
        raise UserError(f"The song is damaged: its header promises "
                        f"{_length(decoded.seconds + decoded.missing)}, but only "
                        f"{_length(decoded.seconds)} can be read.")
    if decoded.lost > MISSING_SECONDS:
        raise UserError(f"The song is damaged: {_length(decoded.lost)} of it can't be read.")
    if header.cut or decoded.cut:
        raise UserError(f"The song is damaged: the file breaks off after {_length(decoded.seconds)}.")


def _check_length(seconds: float, settings: Settings) -> None:
    if seconds < settings.min_seconds:
        raise UserError(f"The song is too short: it lasts {_length(seconds)}, and at least "
                        f"{_length(settings.min_seconds)} are needed.")
    if seconds > settings.max_seconds:
        raise _too_long(seconds, settings)


def _too_long(seconds: float, settings: Settings) -> UserError:
    return UserError(f"The song is too long: it lasts {_length(seconds)}, and at most "
                     f"{_length(settings.max_seconds)} are taken.")


def _length(seconds: float) -> str:
    """Seconds as people say them: 0.2 s, 43.5 s, 14 min 3 s, 3 h. Never rounded onto a limit."""
    if seconds < 60:
        scale = 1000 if seconds < 10 else 10
        return f"{math.floor(seconds * scale + 1e-6) / scale:g} s"
    whole = math.ceil(seconds - 1e-6)
    parts = ((whole // 3600, "h"), (whole // 60 % 60, "min"), (whole % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _tamed(samples: np.ndarray) -> np.ndarray:
    """(N,) or (N, channels) without constant offset and within -1 to 1, float32."""
    offset = samples.mean(0, dtype=np.float64)
    if np.abs(offset).max(initial=0.0) > 1e-3:  # -60 dBFS; less is nothing to hear or to see in the features
        samples = samples - offset.astype(np.float32)
    peak = float(np.abs(samples).max(initial=0.0))
    if peak > 1.0:  # an overshoot of the coding, or numbers on another scale: turn it down, don't clip
        samples = samples / np.float32(peak)
    return np.ascontiguousarray(samples, np.float32)


def _check_heard(samples: np.ndarray, settings: Settings) -> None:
    """Refuse (N,) samples that are silent."""
    if not samples.any():
        raise UserError("The song is silent: the loudest of its samples is 0.")
    window = round(LOUDEST_WINDOW_S * PLAYBACK_RATE)
    blocks = samples[:len(samples) // window * window].reshape(-1, window)
    power = float(np.einsum("bn,bn->b", blocks, blocks).max(initial=0.0)) / window
    level = 10 * math.log10(max(power, 1e-30))
    if level < settings.silence_dbfs:
        raise UserError(f"The song is silent: its loudest moment has {level:.0f} dBFS, and at least "
                        f"{settings.silence_dbfs:g} dBFS are needed.")
