"""What can be heard on this machine, and when: a PulseAudio sink that plays to nobody, and an ear on it.

Times are those of CLOCK_MONOTONIC (`time.monotonic`). PulseAudio says of each sample when it is heard; the
sink has a clock of its own that runs evenly, so that a straight line through what it says is good to 1 ms.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p
from pathlib import Path
from typing import Any

import numpy as np

RATE = 48_000
_READY = {"context": 4, "stream": 2}
_FLAGS = 0x0002 | 0x0008 | 0x2000  # times between the server's own, asked for automatically; small pieces
_S16LE = 3
_FUNCTIONS = {
    "pa_threaded_mainloop_new": (c_void_p, []), "pa_threaded_mainloop_get_api": (c_void_p, [c_void_p]),
    "pa_threaded_mainloop_start": (c_int, [c_void_p]), "pa_threaded_mainloop_stop": (None, [c_void_p]),
    "pa_threaded_mainloop_lock": (None, [c_void_p]), "pa_threaded_mainloop_unlock": (None, [c_void_p]),
    "pa_context_new": (c_void_p, [c_void_p, c_char_p]), "pa_context_get_state": (c_int, [c_void_p]),
    "pa_context_connect": (c_int, [c_void_p, c_char_p, c_int, c_void_p]),
    "pa_context_disconnect": (None, [c_void_p]),
    "pa_stream_new": (c_void_p, [c_void_p, c_char_p, c_void_p, c_void_p]),
    "pa_stream_connect_record": (c_int, [c_void_p, c_char_p, c_void_p, c_int]),
    "pa_stream_get_state": (c_int, [c_void_p]), "pa_stream_readable_size": (c_size_t, [c_void_p]),
    "pa_stream_peek": (c_int, [c_void_p, POINTER(c_void_p), POINTER(c_size_t)]),
    "pa_stream_drop": (c_int, [c_void_p]),
    "pa_stream_get_latency": (c_int, [c_void_p, POINTER(c_uint64), POINTER(c_int)]),
}


class _Spec(ctypes.Structure):
    _fields_ = [("format", c_int), ("rate", c_uint32), ("channels", c_uint8)]


class _Buffers(ctypes.Structure):
    _fields_ = [(name, c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize")]


def missing() -> str | None:
    """What this machine lacks for it, in a sentence; None if nothing."""
    if not shutil.which("pulseaudio"):
        return "there is no PulseAudio (apt-get install pulseaudio gstreamer1.0-pulseaudio)"
    return None


@contextlib.contextmanager
def null_sink(folder: Path) -> Iterator[str]:
    """A PulseAudio server of its own, with a sink that plays to nobody; its address, for PULSE_SERVER."""
    folder.mkdir(parents=True, exist_ok=True)
    socket = folder / "pulse.sock"
    environ = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    with (folder / "pulse.log").open("w") as out:
        process = subprocess.Popen(
            ["pulseaudio", "-n", "--exit-idle-time=-1", "--realtime=no", "--high-priority=no",
             "--disable-shm=yes",  # shared memory is taken back under a slow reader
             "--log-target=stderr", "-L", f"module-null-sink sink_name=nobody rate={RATE}",
             "-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"],
            env=environ, stdout=out, stderr=out)
    try:
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.1)
        yield f"unix:{socket}"
    finally:
        process.terminate()
        process.wait()


class Ear:
    """Records what the sink of `null_sink` plays, until `stop`."""

    def __init__(self, server: str) -> None:
        self._pa: Any = ctypes.CDLL(ctypes.util.find_library("pulse") or "libpulse.so.0")
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(self._pa, name)
            function.restype, function.argtypes = result, arguments
        self._pieces: list[bytes] = []
        self._said: list[tuple[float, int]] = []  # s at which the sample of this number is heard
        self._loop = self._pa.pa_threaded_mainloop_new()
        self._pa.pa_threaded_mainloop_start(self._loop)
        with self._held():
            api = self._pa.pa_threaded_mainloop_get_api(self._loop)
            self._context = self._pa.pa_context_new(api, b"ear")
            self._pa.pa_context_connect(self._context, server.encode(), 0, None)
        self._until("context", lambda: self._pa.pa_context_get_state(self._context))
        unset = 0xFFFFFFFF
        spec, buffers = _Spec(_S16LE, RATE, 1), _Buffers(unset, unset, unset, unset, RATE * 2 // 100)
        with self._held():
            self._stream = self._pa.pa_stream_new(self._context, b"ear", byref(spec), None)
            self._pa.pa_stream_connect_record(self._stream, b"nobody.monitor", byref(buffers), _FLAGS)
        self._until("stream", lambda: self._pa.pa_stream_get_state(self._stream))
        self._listening = True
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def stop(self) -> tuple[np.ndarray, np.ndarray]:
        """Samples (N,) from -1 to 1, and a line (2,): sample i is heard at i × line[0] + line[1] seconds."""
        self._listening = False
        self._thread.join()
        with self._held():
            self._pa.pa_context_disconnect(self._context)
        self._pa.pa_threaded_mainloop_stop(self._loop)
        samples = np.frombuffer(b"".join(self._pieces), np.int16).astype(np.float32) / 32_768
        times, numbers = np.array(self._said).T
        line = np.polyfit(numbers, times, 1)
        off = np.abs(times - np.polyval(line, numbers))
        near = off <= 3 * np.median(off) + 1e-4  # a late answer of the server says nothing
        return samples, np.polyfit(numbers[near], times[near], 1)

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        self._pa.pa_threaded_mainloop_lock(self._loop)
        try:
            yield
        finally:
            self._pa.pa_threaded_mainloop_unlock(self._loop)

    def _until(self, what: str, state: Callable[[], int]) -> None:
        for _ in range(500):
            with self._held():
                if state() == _READY[what]:
                    return
            time.sleep(0.01)
        raise RuntimeError(f"PulseAudio gave no {what} in 5 s")

    def _listen(self) -> None:
        data, size, late, early = c_void_p(), c_size_t(), c_uint64(), c_int()
        read = 0
        while self._listening:
            with self._held():
                while self._pa.pa_stream_readable_size(self._stream):
                    self._pa.pa_stream_peek(self._stream, byref(data), byref(size))
                    if not size.value:
                        break
                    gap = data.value is None
                    self._pieces.append(bytes(size.value) if gap else ctypes.string_at(data, size.value))
                    self._pa.pa_stream_drop(self._stream)
                    read += size.value // 2
                if self._pa.pa_stream_get_latency(self._stream, byref(late), byref(early)) == 0:
                    seconds = late.value / 1e6 * (-1 if early.value else 1)  # early: it is still to be heard
                    self._said.append((time.monotonic() - seconds, read))
            time.sleep(0.02)
