"""Runs worker.py on an open file and collects what it sends, under a clock and a cap."""

from __future__ import annotations

import json
import math
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from dance_core.errors import UserError
from dance_core.music.sniff import Header
from dance_core.settings import PLAYBACK_RATE, Settings

WORKER = Path(__file__).with_name("worker.py")
SAME = 1e-4  # channels that differ less are one: -80 dB, what joint coding of two leaves
MAX_MESSAGE = 1 << 24  # bytes; a block of the worker has some 2 MB at most
# Each decoding may take the settings' memory: no more at a time than there are cores.
_PLACES = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


@dataclass(frozen=True, eq=False)
class Decoded:
    """What came out of a file.

    Attributes:
        samples: (N,) float32 mono at PLAYBACK_RATE, not yet conditioned.
        stereo: (N, 2) float32, whose mean they are; None where there is one channel, or both are the same.
        seconds: decoded, counted at the file's own rate.
        missing: seconds that the file's structure promises beyond them.
        lost: seconds in parts that couldn't be decoded.
        cut: the file breaks off, and nothing tells how much is missing.
        exact: no coder's padding can be at the end.
        title: from the file's tags, raw, or None.
        track: which track of sound was taken, from 0.
        passed: of each track why it wasn't: "" (taken, or as good), "unreadable", "silent" or "less";
            () where there is only one.
        channel: which channel was taken instead of the mean, from 0; None for the mean.
    """

    samples: np.ndarray
    seconds: float
    missing: float
    lost: float
    cut: bool
    exact: bool
    title: str | None
    track: int = 0
    passed: tuple[str, ...] = ()
    channel: int | None = None
    stereo: np.ndarray | None = None


def decode_file(file: BinaryIO, header: Header, settings: Settings,
                check: Callable[[Header], None]) -> Decoded:
    """Decode an open, regular file in a process of its own; the file's position moves.

    check: called with the decoder's reading of each part's header before its samples are taken; raises to
    refuse. Raises UserError for a file that can't be decoded within settings.decode_timeout_s and
    settings.decode_memory_mb. The process is gone when this returns, however it returns.
    """
    command = [sys.executable, "-I", "-B", str(WORKER), header.kind, str(header.start), str(PLAYBACK_RATE),
               str(settings.max_seconds), str(settings.decode_memory_mb),
               str(math.ceil(settings.decode_timeout_s))]
    # A clean start: none of our secrets, no threads whose stacks would eat up the address space.
    keep = {k: os.environ[k] for k in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if k in os.environ}
    env = keep | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with _PLACES:
        process = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   env=env)
        late = threading.Event()
        clock = threading.Timer(settings.decode_timeout_s, lambda: (late.set(), process.kill()))
        clock.daemon = True
        clock.start()
        try:
            return _collect(process.stdout, settings, check, late)
        except UserError:
            raise
        except (KeyError, TypeError, ValueError, OverflowError):  # messages that make no sense
            raise UserError("The song is damaged: its decoder said nothing sensible after 0 s.") from None
        finally:
            clock.cancel()
            process.kill()
            process.wait()
            process.stdout.close()


def _collect(pipe: BinaryIO, settings: Settings, check: Callable[[Header], None],
             late: threading.Event) -> Decoded:
    """Read messages up to the last one. Trusts nothing: the process may have been taken over."""
    parts: list[np.ndarray] = []
    samples, info = 0, None
    most = (settings.max_seconds + 2) * PLAYBACK_RATE
    while True:
        letter, payload = _message(pipe)
        if letter == b"I":
            said = json.loads(payload)
            check(Header("", None, said["sample_rate"], said["channels"]))
            info = info or said  # the first part's title
        elif letter in (b"S", b"T") and info is not None and samples <= most:
            part = np.frombuffer(payload, "<f4")
            parts.append(part if letter == b"S" else part.reshape(-1, 2))
            samples += len(parts[-1])
        elif letter == b"A":
            samples = min(samples, max(0, int(json.loads(payload)["keep"])))
            parts = _first(parts, samples)
        elif letter == b"E" and info is not None:
            end = json.loads(payload)
            if not all(np.isfinite(part).all() for part in parts):
                raise UserError("The song is damaged: it holds a sample that is not a number.")
            return _decoded(parts, info, end)
        elif letter == b"X":
            raise _given_up(json.loads(payload), settings)
        else:  # the end of the pipe: stopped by a limit, or crashed
            if late.is_set():
                raise UserError(f"The song is damaged: decoding it takes more than "
                                f"{settings.decode_timeout_s:g} s.")
            raise UserError("The song is damaged: its decoder gave up after "
                            f"{samples / PLAYBACK_RATE:.1f} s.")


def _first(parts: list[np.ndarray], count: int) -> list[np.ndarray]:
    """The parts up to so many samples."""
    kept = []
    for part in parts:
        kept.append(part[:count])
        count -= len(kept[-1])
    return kept


def _decoded(parts: list[np.ndarray], info: dict[str, Any], end: dict[str, Any]) -> Decoded:
    passed = tuple(str(why) for why in end["passed"][:64])
    channel, seconds = end["channel"], float(end["seconds"])
    mono = _joined([part if part.ndim == 1 else part.mean(1) for part in parts], np.zeros(0, np.float32))
    stereo = None
    if any(part.ndim == 2 and np.ptp(part, axis=1).max(initial=0.0) > SAME for part in parts):
        both = [part if part.ndim == 2 else np.repeat(part[:, None], 2, axis=1) for part in parts]
        stereo = _fit(_joined(both, np.zeros((0, 2), np.float32)), seconds)
    return Decoded(_fit(mono, seconds), seconds, float(end["missing"]), float(end["lost"]), bool(end["cut"]),
                   bool(end["exact"]), info["title"], int(end["track"]), passed,
                   None if channel is None else int(channel), stereo)


def _joined(parts: list[np.ndarray], nothing: np.ndarray) -> np.ndarray:
    return np.concatenate(parts).astype(np.float32, copy=False) if parts else nothing


def _message(pipe: BinaryIO) -> tuple[bytes, bytes]:
    """The next letter and payload; (b"", b"") at the end, early or not."""
    head = pipe.read(5)
    if len(head) < 5:
        return b"", b""
    length = struct.unpack("<I", head[1:])[0]
    payload = pipe.read(length) if length <= MAX_MESSAGE else b""
    return (head[:1], payload) if len(payload) == length else (b"", b"")


def _fit(samples: np.ndarray, seconds: float) -> np.ndarray:
    """Exactly as many samples as the time asks for: resampling in blocks may end one off."""
    count = round(seconds * PLAYBACK_RATE)
    if len(samples) >= count:
        return samples[:count]
    lacking = np.zeros((min(count - len(samples), 4096), *samples.shape[1:]), np.float32)
    return np.concatenate([samples, lacking])


def _given_up(reason: dict[str, Any], settings: Settings) -> UserError:
    at = f"{float(reason['at']):.1f} s"
    why = {
        "nan": f"The song is damaged: the sample at {at} is not a number (NaN or infinity).",
        "wild": f"The song is damaged: a sample near {at} is more than 10,000,000,000 times full scale.",
        "tracks": "There is no sound in this file: it has 0 audio tracks.",
        "memory": "The song is damaged: decoding it takes more than "
                  f"{settings.decode_memory_mb:,} MB of memory.",
        "unreadable": "The song is damaged: its sound can't be decoded, not even the first 0.1 s.",
    }
    return UserError(why.get(reason["why"], f"The song is damaged: it can't be decoded beyond {at}."))
