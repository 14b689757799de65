"""Beats from files, and into one: our own JSON, label tracks of Audacity, a time a line, MIDI's tempo map.

Every refusal is one sentence with the line and the number that was wrong.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dance_core.errors import UserError
from dance_core.music.beats import BEATS_PER_BAR, Beats
from dance_core.music.byhand import MOST_TAPS, TEMPI
from dance_core.music.midi import MAGIC, tempo_map

MOST_BYTES = 4 << 20
MOST_BEATS = 20_000
CLOSEST = 60.0 / TEMPI[1]  # s between two beats
BEYOND = 1.0  # s before or after the song within which a beat is only left out
PLACES = 4  # decimals of a second that are written
_NUMBER = re.compile(r"[+-]?(?:\d{1,9}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_ONE = {"one", "db", "d", "downbeat", "bar", "1st"}
Grid = tuple[np.ndarray, np.ndarray | None, int | None]  # times (B,) s, places in the bar (B,), beats a bar


def record(beats: Beats) -> dict[str, Any]:
    """All of the beats, as JSON has it; `Beats(**…)` is the inverse."""
    return {"times": [float(t) for t in beats.times], "bar_position": [int(p) for p in beats.bar_position],
            "tempo": float(beats.tempo), "confidence": float(beats.confidence),
            "beats_per_bar": beats.beats_per_bar, "metre_confidence": float(beats.metre_confidence)}


def as_json(beats: Beats) -> dict[str, Any]:
    """What the command `beats --json` prints of them; `read_beats` reads it again."""
    return {"tempo_bpm": round(float(beats.tempo), 3),
            "beats": [round(float(t), PLACES) for t in beats.times],
            "downbeats": [round(float(t), PLACES) for t in beats.downbeats],
            "beats_per_bar": beats.beats_per_bar, "meter": beats.beats_per_bar,
            "confidence": round(float(beats.confidence), 3),
            "meter_confidence": round(float(beats.metre_confidence), 3)}


def as_labels(beats: Beats) -> str:
    """A label track of Audacity: start, end and the place in the bar, with tabs between."""
    return "".join(f"{t:.6f}\t{t:.6f}\t{p}\n" for t, p in zip(beats.times, beats.bar_position, strict=True))


def read_beats(path: str | Path, duration: float, per_bar: int | None = None) -> Beats:
    """The beats in a file, for a song of `duration` seconds. Confidence is 1.

    The kind is told by what is in the file: JSON as the command `beats --json` prints it (`beats`, and where
    they are known `downbeats` and `beats_per_bar`) or the take.json of a kept dance; an Audacity label track
    (start TAB end TAB label; a label that is or ends in a number from 1 to 7 is the place in the bar); a time
    a line (with the place in the bar behind it, if it is known); a MIDI file's tempo map and time signatures.
    Where no file tells which beat is "one" it is the first.

    Args:
        per_bar: beats a bar where the file does not tell; None: 4.

    Raises:
        UserError: not readable, not rising, too close together, or not in the song, with the number.
    """
    source = Path(path)
    times, position, told = _read(source, duration)
    name = _name(source)
    if len(times) > MOST_BEATS:
        raise UserError(f"{name} has {len(times)} beats, and at most {MOST_BEATS} are taken.")
    _check_inside(times, duration, name)
    per_bar = told or per_bar or 4
    if not BEATS_PER_BAR[0] <= per_bar <= BEATS_PER_BAR[1]:
        raise UserError(f"{name} has bars of {per_bar} beats, but {BEATS_PER_BAR[0]} to {BEATS_PER_BAR[1]} "
                        "are possible.")
    if position is None:
        position = np.arange(len(times)) % per_bar + 1
    inside = (times >= 0.0) & (times <= duration)
    times, position = times[inside], np.minimum(position[inside], per_bar)
    if len(times) < 2:
        raise UserError(f"{name} has {len(times)} beats in the song; at least 2 are needed.")
    gap = np.diff(times)
    if (gap < CLOSEST).any():
        i = int((gap < CLOSEST).argmax())
        raise UserError(f"{name} has beats at {times[i]:.3f} and {times[i + 1]:.3f} s, {gap[i]:.3f} s apart; "
                        f"at least {CLOSEST:g} s are needed.")
    return Beats(times, position, 60.0 / float(np.median(gap)), 1.0, per_bar)


def read_taps(path: str | Path) -> tuple[float, ...]:
    """Times in seconds from a file with one a line, or a label track. UserError as `read_beats`."""
    source = Path(path)
    times = _from_lines(_text(source), _name(source))[0]
    if len(times) > MOST_TAPS:
        raise UserError(f"{_name(source)} has {len(times)} taps, and at most {MOST_TAPS} are taken.")
    return tuple(float(t) for t in times)


def places(times: np.ndarray, ones: Sequence[float], per_bar: int) -> np.ndarray:
    """(B,) place in the bar of each beat, counted from the downbeat before it; before the first one, back
    from it. Bars that are longer than `per_bar` stay on their last place."""
    is_one = np.isin(times, np.asarray(ones, np.float64))
    if not is_one.any():
        return np.arange(len(times)) % per_bar + 1
    index = np.arange(len(times))
    last = np.maximum.accumulate(np.where(is_one, index, -1))
    first = int(is_one.argmax())
    return np.where(last >= 0, np.minimum(index - last + 1, per_bar), (index - first) % per_bar + 1)


def _read(source: Path, duration: float) -> Grid:
    name = _name(source)
    if source.is_dir():
        source /= "take.json"  # a kept dance
    data = _bytes(source, name)
    if data[:4] == MAGIC:
        return tempo_map(data, duration, name)
    text = _decoded(data, name)
    if text.lstrip().startswith(("{", "[")):
        return _from_json(text, name)
    return _from_lines(text, name)


def _bytes(source: Path, name: str) -> bytes:
    if not source.is_file():
        raise UserError(f"There is no file {source.name!r} with beats.")
    if (size := source.stat().st_size) > MOST_BYTES:
        raise UserError(f"{name} is {size / 2**20:.1f} MB long, and at most {MOST_BYTES >> 20} MB are read.")
    return source.read_bytes()


def _text(source: Path) -> str:
    return _decoded(_bytes(source, _name(source)), _name(source))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{name} is neither text nor MIDI: its byte {error.start} is no letter.") from None


def _name(path: Path) -> str:
    return f"The beats' file {path.name[:80]!r}"


def _from_json(text: str, name: str) -> Grid:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UserError(f"{name} is no JSON{where}.") from None
    if isinstance(data, list):
        data = {"beats": data}
    if not isinstance(data, Mapping) or "beats" not in data:
        raise UserError(f"{name} is JSON without “beats”.")
    told = data
    if isinstance(data["beats"], Mapping):  # a take.json
        told = {"beats": data["beats"].get("times"), "positions": data["beats"].get("bar_position"),
                "beats_per_bar": data["beats"].get("beats_per_bar")}
    times = _numbers(told["beats"], "beat", name)
    _check_rising(times, [f"beat {i + 1}" for i in range(len(times))], name)
    per_bar = told.get("beats_per_bar", data.get("meter"))
    if per_bar is not None and (isinstance(per_bar, bool) or not isinstance(per_bar, int)
                                or not BEATS_PER_BAR[0] <= per_bar <= BEATS_PER_BAR[1]):
        raise UserError(f"{name} has “beats_per_bar” {_shown(per_bar)}, but {BEATS_PER_BAR[0]} to "
                        f"{BEATS_PER_BAR[1]} was expected.")
    if "positions" in told:
        found = _numbers(told["positions"], "place in the bar", name)
        if len(found) != len(times) or not np.isin(found, np.arange(1, (per_bar or 4) + 1)).all():
            raise UserError(f"{name} has {len(times)} beats, but {len(found)} places in the bar that fit.")
        return times, found.astype(np.int64), per_bar or 4
    ones = told.get("downbeats")
    if ones is None:
        return times, None, per_bar
    ones = _numbers(ones, "downbeat", name)
    apart = [float(np.abs(times - one).min(initial=np.inf)) for one in ones]
    if apart and max(apart) > 1e-3:
        raise UserError(f"{name} has a downbeat at {ones[int(np.argmax(apart))]:g} s, where no beat is.")
    snapped = np.array([times[np.abs(times - one).argmin()] for one in ones])
    if per_bar is None:
        per_bar = _most_common_bar(np.isin(times, snapped))
    return times, places(times, snapped, per_bar), per_bar


def _numbers(values: object, what: str, name: str) -> np.ndarray:
    if not isinstance(values, list):
        raise UserError(f"{name} has no list of {what}s.")
    for i, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
            raise UserError(f"{name}: {what} {i + 1} is {_shown(value)}, which is no number that it can be.")
    return np.array(values, np.float64)


def _from_lines(text: str, name: str) -> Grid:
    times, labels, where = [], [], []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line[0] in "#\\":  # a comment; Audacity's second line of a label with frequencies
            continue
        cells = re.split(r"\t|[ ,;]+", line, maxsplit=2)
        if not _NUMBER.fullmatch(cells[0]) or not math.isfinite(float(cells[0])):
            if not times and not where and number == 1 and not re.search(r"\d", line):
                where.append("")  # a heading
                continue
            raise UserError(f"{name}, line {number}: {_shown(cells[0])} is no time in seconds.")
        times.append(float(cells[0]))
        labels.append(cells[1:])
        where.append(f"line {number}")
    at = np.array(times)
    where = [w for w in where if w]
    if not len(at):
        raise UserError(f"{name} holds 0 beats.")
    _check_rising(at, where, name)
    position = _told_places(labels)
    if position is None:
        return at, None, None
    for place, w in zip(position, where, strict=True):
        if not 1 <= place <= BEATS_PER_BAR[1]:
            raise UserError(f"{name}, {w}: {place} is no place in a bar; 1 to {BEATS_PER_BAR[1]} are.")
    per_bar = _most_common_bar(position == 1)
    return at, places(at, at[position == 1], per_bar) if (position == 1).any() else position, per_bar


def _told_places(labels: Sequence[list[str]]) -> np.ndarray | None:
    """Places in the bar, from a second column of whole numbers or from the labels; None: not all tell."""
    if all(len(cells) == 1 and re.fullmatch(r"[0-9]{1,3}", cells[0]) for cells in labels):
        return np.array([int(cells[0]) for cells in labels])
    found = []
    for cells in labels:
        label = cells[1].strip() if len(cells) == 2 and _NUMBER.fullmatch(cells[0]) else ""
        match = re.search(r"(?:^|\D)([1-7])$", label)
        found.append(int(match[1]) if match else 1 if label.casefold() in _ONE else 0)
    if not any(found):
        return None
    if all(found):
        return np.array(found)
    return np.array([1 if f == 1 else 2 for f in found]) if 1 in found else None


def _most_common_bar(is_one: np.ndarray) -> int:
    """Beats a bar, from the distances of downbeats; 4 where there are less than two."""
    bars = np.diff(np.flatnonzero(is_one))
    fitting = [int(b) for b in bars if BEATS_PER_BAR[0] <= b <= BEATS_PER_BAR[1]]
    return Counter(fitting).most_common(1)[0][0] if fitting else 4


def _check_rising(times: np.ndarray, where: Sequence[str], name: str) -> None:
    falls = np.flatnonzero(np.diff(times) <= 0)
    if len(falls):
        i = int(falls[0])
        raise UserError(f"{name}, {where[i + 1]}: {times[i + 1]:g} s does not come after {times[i]:g} s.")


def _check_inside(times: np.ndarray, duration: float, name: str) -> None:
    for time in (times[:1].tolist() + times[-1:].tolist()):
        if not -BEYOND <= time <= duration + BEYOND:
            raise UserError(f"{name} has a beat at {time:g} s, but the song goes from 0 to {duration:.2f} s.")


def _shown(value: object) -> str:
    """A value from a file, short enough for a sentence."""
    return repr(value)[:40]
