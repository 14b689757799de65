"""Decodes one song in a process of its own. Run as a script by process.py, never imported by the app.

    python -I -B worker.py KIND START RATE MAX_SECONDS MEMORY_MB CPU_SECONDS < song > messages

The song is standard input, already open, its sound begins at byte START: no path, no network, no file is
opened here, and the limits are set before the first byte is read. It needs numpy, soundfile and soxr (PyAV
only where libsndfile doesn't do) and the folder reading/, nothing else of the project, so that it starts in a
tenth of a second.

Messages on standard output: one letter, four bytes little-endian length, payload.

    I  JSON: sample_rate, channels, title (or null); for each part, before its samples
    S  float32 little-endian, mono at RATE
    T  the same of two channels, left and right in turn: to be played so, and their mean is danced to
    A  JSON: keep; forget all samples but so many: the rest comes again, decoded or mixed in another way
    E  JSON: seconds decoded, missing (seconds that its structure promises and that are not there), lost
       (seconds in parts that can't be read), cut, exact, track, passed, channel; the end
    X  JSON: why ("unreadable", "broken", "nan", "wild", "memory", "tracks") and at (seconds); given up
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

sys.path.append(str(Path(__file__).resolve().parents[2]))  # isolated, Python knows installed packages only

WILD = 1e10  # louder than any integer format written as float: not sound
MAPPED = 1 << 28  # bytes of a file that is mapped into memory; films may be longer
SHORT = 0.25  # seconds that a decoder may stay behind what the packets add up to: coders' delays


def limit(memory_mb: int, cpu_seconds: int) -> None:
    """No more memory than this, no more CPU time, no file written, no core dump (POSIX only)."""
    try:
        import resource
    except ImportError:  # Windows: the wall-clock limit and the caps remain
        return
    memory = memory_mb << 20
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds),
                       (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # lower than we ask already, or unknown here
            resource.setrlimit(what, (most, most))


class Sender:
    """Writes messages, and the samples resampled to one rate."""

    def __init__(self, out: BinaryIO, rate: int) -> None:
        self.out, self.rate, self.sent = out, rate, 0
        self._resampler: Any = None
        self._from = (0, 0)  # rate and channels of what comes in

    def message(self, letter: bytes, payload: bytes = b"") -> None:
        self.out.write(letter + struct.pack("<I", len(payload)) + payload)

    def json(self, letter: bytes, content: dict[str, Any]) -> None:
        self.message(letter, json.dumps(content).encode())

    def forget(self, keep: int) -> None:
        """Have all samples but the first so many come again."""
        self._resampler, self._from, self.sent = None, (0, 0), keep
        self.json(b"A", {"keep": keep})

    def samples(self, block: Any, rate: int) -> None:
        """Send the next samples, (n,) or (n, 2). Rate and channels may change from call to call; flush() at
        the end of a part."""
        import numpy as np
        import soxr

        now = rate, block.ndim
        if now != self._from:
            self.flush()
            if rate != self.rate:
                self._resampler = soxr.ResampleStream(rate, self.rate, block.ndim, dtype="float32")
            self._from = now
        self._send(self._resampler.resample_chunk(np.ascontiguousarray(block)) if self._resampler else block)

    def flush(self) -> None:
        """Send what the resampler still holds."""
        import numpy as np

        if self._resampler:
            nothing = np.zeros((0, 2)[:self._from[1]], np.float32)
            self._send(self._resampler.resample_chunk(nothing, last=True))
        self._resampler, self._from = None, (0, 0)

    def _send(self, block: Any) -> None:
        if len(block):
            self.message(b"S" if block.ndim == 1 else b"T", block.astype("<f4").tobytes())
            self.sent += len(block)


class Reader:
    """Decodes the parts of a file in order and counts what came of them."""

    def __init__(self, data: Any, sender: Sender, max_seconds: float) -> None:
        self.data, self.sender, self.max_seconds = data, sender, max_seconds
        self.seconds = self.missing = self.lost = 0.0
        self.cut, self.exact, self.told = False, True, 0
        self.choice: Any = None
        self.channel: int | None = None

    @property
    def full(self) -> bool:
        """Whether more than the limit has come: enough to refuse the song."""
        return self.seconds > self.max_seconds + 1

    def read(self, part: Any) -> None:
        """Send a part. Raises GivenUp."""
        from dance_core.music.reading import libs

        source, track = self._track(part)
        promised = 0.0
        if source.kind == "flac":
            source, promised = libs.flac_of_true_length(source, self.data)
        wanted = source.seconds
        if source.kind == "ogg":
            wanted = libs.counted(source, self.data)[0]
        openers: list[Callable[[], Any]] = [partial(libs.open_soundfile, source, self.data)]
        by_av = partial(libs.open_av, source, self.data, track)
        openers = [by_av] if source.kind in libs.BY_AV else [*openers, by_av]
        opened, seconds = self._best(openers, wanted)
        promised = max(promised, seconds, (opened.promised or 0.0) if source.kind == "mp4" else 0.0)
        self.seconds += seconds
        self.missing += promised - seconds + (source.lost if source.kind != "ogg" else 0.0)
        self.lost += opened.lost + (source.lost if source.kind == "ogg" else 0.0)
        if wanted is not None and not self.full:
            self.lost = max(self.lost, wanted - seconds)
        self.cut |= source.cut
        self.exact &= source.exact

    def _track(self, part: Any) -> tuple[Any, int]:
        """The source and the track within it that has the music: chosen once, and kept from part to part."""
        from dance_core.music.reading import libs, tracks

        sources, most = part.tracks, self.max_seconds
        if len(sources) > 1:  # Ogg: a file for each
            if self.choice is None:
                self.choice = tracks.choose([partial(libs.open_av, s, self.data) for s in sources],
                                            [False] * len(sources), most)
            return sources[min(self.choice.track, len(sources) - 1)], 0
        source = sources[0]
        if source.kind not in ("mp4", "matroska"):
            return source, 0
        there = libs.av_tracks(source, self.data)
        if not there:
            raise libs.GivenUp("tracks", 0.0)
        if len(there) > 1 and self.choice is None:
            self.choice = tracks.choose([partial(libs.open_av, source, self.data, k) for k, _ in there],
                                        [default for _, default in there], most)
        return source, min(self.choice.track if self.choice else 0, len(there) - 1)

    def _best(self, openers: list[Callable[[], Any]], wanted: float | None) -> tuple[Any, float]:
        """Send what the first opener that reads all of it gives, else what the one that reads most does."""
        from dance_core.music.reading.libs import GivenUp

        keep, failed, best = self.sender.sent, None, None
        for number, opener in enumerate(openers):
            if number:
                self.sender.forget(keep)
            try:
                opened, seconds = self._mixed(opener, keep)
            except GivenUp as error:
                if error.args[0] in ("nan", "wild"):
                    raise
                failed = max(failed or error, error, key=lambda e: e.args[1])
                continue
            if wanted is None or seconds >= wanted - SHORT:
                return opened, seconds
            if best is None or seconds > best[1]:
                best = (number, seconds)
        if best is None:
            why, at = failed.args if failed is not None else ("unreadable", 0.0)
            raise GivenUp("broken" if self.seconds else why, self.seconds + at)
        if best[0] < len(openers) - 1 or failed is not None:
            self.sender.forget(keep)
            return self._mixed(openers[best[0]], keep)
        return opened, seconds

    def _mixed(self, opener: Callable[[], Any], keep: int) -> tuple[Any, float]:
        """Send a part as two channels or the mean of more, or again as the channel that holds most."""
        opened, seconds, listeners = self._stream(opener(), {}, True)
        chosen = {n: k for n, listener in listeners.items() if (k := listener.best()) is not None}
        if not chosen:
            return opened, seconds
        self.channel = next(iter(chosen.values()))
        self.sender.forget(keep)
        opened, seconds, _ = self._stream(opener(), chosen, False)
        return opened, seconds

    def _stream(self, opened: Any, chosen: dict[int, int], listen: bool) -> tuple[Any, float, dict[int, Any]]:
        """Send all blocks. chosen: number of channels → which one to take; by default both of two, and the
        mean of more."""
        import numpy as np

        from dance_core.music.reading.libs import GivenUp
        from dance_core.music.reading.mix import Listener

        if self.told < 64:  # the limits on rate and channels are checked for each part
            self.sender.json(b"I", {"sample_rate": opened.sample_rate, "channels": opened.channels,
                                    "title": opened.title})
            self.told += 1
        seconds, listeners = 0.0, {}
        for block, rate in opened.blocks:
            block = block[:max(0, round((self.max_seconds + 1.5 - self.seconds - seconds) * rate))]
            at = self.seconds + seconds
            if not len(block):
                break
            if not np.isfinite(block).all():
                raise GivenUp("nan", at + int(np.argmin(np.isfinite(block).all(1))) / rate)
            if np.abs(block).max() > WILD:
                raise GivenUp("wild", at)
            channels = block.shape[1]
            if listen and channels > 1:
                key = channels * 1_000_000 + rate
                if key not in listeners:
                    listeners[key] = Listener(channels, rate)
                listeners[key].hear(block)
            channel = chosen.get(channels * 1_000_000 + rate)
            whole = block if channels == 2 else block.mean(1)
            self.sender.samples(whole if channel is None else block[:, channel], rate)
            seconds += len(block) / rate
        self.sender.flush()
        return opened, seconds, listeners


def decode(kind: str, start: int, sender: Sender, max_seconds: float) -> None:
    """Decode standard input; every way out but a crash sends E or X."""
    from dance_core.music.reading.libs import GivenUp
    from dance_core.music.reading.parts import find_parts
    from dance_core.music.reading.view import OnDisk

    try:
        size = os.fstat(0).st_size
        data = OnDisk(0, size) if size > MAPPED else mmap.mmap(0, 0, access=mmap.ACCESS_READ)
        reader = Reader(data, sender, max_seconds)
        for part in find_parts(kind, data, start):
            reader.read(part)
            if reader.full:
                break
        choice = reader.choice
        sender.json(b"E", {"seconds": reader.seconds, "missing": reader.missing, "lost": reader.lost,
                           "cut": reader.cut, "exact": reader.exact, "channel": reader.channel,
                           "track": choice.track if choice else 0,
                           "passed": list(choice.passed) if choice else []})
    except GivenUp as error:
        sender.json(b"X", {"why": error.args[0], "at": error.args[1]})
    except (MemoryError, OSError):  # OSError: no room to map the file
        sender.json(b"X", {"why": "memory", "at": 0.0})


def main(arguments: list[str]) -> None:
    kind, start, rate, max_seconds, memory_mb, cpu_seconds = arguments
    limit(int(memory_mb), int(cpu_seconds))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # C libraries that print mustn't print into the messages
    with out:
        decode(kind, int(start), Sender(out, int(rate)), float(max_seconds))


if __name__ == "__main__":
    main(sys.argv[1:])
