"""What goes over the line between a front end and a host: work, answers and words, as bytes.

A body is safetensors (numbers) with one JSON text in its metadata. A stream is a row of messages: one letter,
four bytes little-endian length, payload.

    H  JSON: protocol, waves, plan (the host's settings that cut a dance), build (names its code and weights);
       first, once there is a place
    K  nothing; each few seconds, so that a line that died is noticed
    S  body: the generator's answer for a segment, and its number
    E  nothing: every segment was sent
    X  JSON: why ("busy", "closing", "refused", "failed") and one sentence; the end
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from dance_core.motion.motion import Motion
from dance_core.music.beatfile import record
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.serving.engine import Work

PROTOCOL = 2
PLANNED = ("segment_bars", "blend_seconds", "centre_pull")  # settings: both sides must cut a dance alike
MAX_BODY = 96 << 20  # bytes: ten minutes of features, a dance whose parts are kept and one half made: 60 MB
MAX_MESSAGE = 16 << 20
_HEAD = struct.Struct("<cI")
_ARRAYS = ("rotations", "translation", "face", "betas")


class BadMessage(ValueError):
    """Bytes that are no message; the text says what was expected."""


def message(letter: bytes, payload: bytes = b"") -> bytes:
    """A message of a stream."""
    return _HEAD.pack(letter, len(payload)) + payload


def in_json(letter: bytes, **content: object) -> bytes:
    """A message whose payload is JSON."""
    return message(letter, json.dumps(content).encode())


class Messages:
    """Takes a stream as it comes, in bits of any size, and gives its whole messages."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """(letter, payload) of every message that is complete now. Raises BadMessage."""
        self._rest += data
        while len(self._rest) >= _HEAD.size:
            letter, length = _HEAD.unpack_from(self._rest)
            if letter not in b"HKSEX" or length > MAX_MESSAGE:
                raise BadMessage(f"a message of {length} bytes that begins with {letter!r}")
            if len(self._rest) < _HEAD.size + length:
                return
            payload = bytes(self._rest[_HEAD.size:_HEAD.size + length])
            del self._rest[:_HEAD.size + length]
            yield letter, payload


def json_of(payload: bytes) -> dict[str, Any]:
    """What `in_json` packed. Raises BadMessage."""
    try:
        content = json.loads(payload)
    except (ValueError, RecursionError):
        raise BadMessage("JSON was expected") from None
    if not isinstance(content, dict):
        raise BadMessage("an object was expected")
    return content


def pack_answer(index: int, motion: Motion) -> bytes:
    """A generator's answer for a segment, as the payload of S."""
    arrays: dict[str, np.ndarray] = {}
    return _body(arrays, {"index": index, "motion": _put(arrays, "motion", motion)})


def unpack_answer(payload: bytes) -> tuple[int, Motion]:
    """What `pack_answer` packed: (segment, motion). Raises BadMessage."""
    arrays, words = _parts(payload)
    try:
        return _whole(words["index"]), _take(arrays, "motion", words["motion"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadMessage(f"an answer was expected ({error})") from None


def pack_work(work: Work, known: Mapping[int, Motion]) -> bytes:
    """A request's body: the work, and the answers that the front end has already."""
    arrays = {"features": work.features.values}
    words = {
        "protocol": PROTOCOL, "beats": record(work.beats), "names": list(work.features.names),
        "fps": work.features.fps, "generator": work.generator, "style": work.style, "seed": work.seed,
        "guidance": work.guidance, "energy": work.energy, "keep": sorted(work.keep),
        "reference": _put(arrays, "reference", work.reference),
        "given": None if work.given is None else _put(arrays, "given", work.given),
        "known": {str(k): _put(arrays, f"known{k}", motion) for k, motion in known.items()},
    }
    return _body(arrays, words)


def unpack_work(data: bytes) -> tuple[Work, dict[int, Motion]]:
    """What `pack_work` packed. Raises BadMessage, also for another protocol."""
    arrays, words = _parts(data)
    if words.get("protocol") != PROTOCOL:
        raise BadMessage(f"the front end speaks protocol {words.get('protocol')!r}, this host {PROTOCOL}")
    try:
        features = Features(arrays["features"], tuple(map(str, words["names"])), float(words["fps"]))
        given = None if words["given"] is None else _take(arrays, "given", words["given"])
        known = {_whole(int(k)): _take(arrays, f"known{int(k)}", said) for k, said in words["known"].items()}
        work = Work(Beats(**words["beats"]), features, str(words["generator"]), str(words["style"]),
                    _take(arrays, "reference", words["reference"]), _whole(words["seed"]),
                    float(words["guidance"]), None if words["energy"] is None else float(words["energy"]),
                    frozenset(map(str, words["keep"])), given)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BadMessage(f"it does not describe a dance ({error})") from None
    return work, known


def _whole(number: object) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**63:
        raise ValueError(f"{number!r} is no number that counts")
    return number


def _put(arrays: dict[str, np.ndarray], name: str, motion: Motion) -> dict[str, Any]:
    arrays.update({f"{name}.{a}": getattr(motion, a) for a in _ARRAYS})
    return {"fps": motion.fps, "parts": sorted(motion.parts)}


def _take(arrays: Mapping[str, np.ndarray], name: str, words: Mapping[str, Any]) -> Motion:
    made = {a: arrays[f"{name}.{a}"] for a in _ARRAYS}
    return Motion(fps=float(words["fps"]), parts=frozenset(map(str, words["parts"])), **made)


def _body(arrays: Mapping[str, np.ndarray], words: Mapping[str, Any]) -> bytes:
    tidy = {name: np.ascontiguousarray(a) for name, a in arrays.items()}
    return save(tidy, metadata={"json": json.dumps(words, allow_nan=False)})


def _parts(data: bytes) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    try:
        arrays = load(data)
        head = json.loads(data[8:8 + int.from_bytes(data[:8], "little")])  # safetensors' own header
        words = head["__metadata__"]["json"]
    except (SafetensorError, ValueError, KeyError, TypeError, RecursionError):
        raise BadMessage("a body in safetensors was expected") from None
    return arrays, json_of(words)
