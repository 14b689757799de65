"""The beats that a MIDI file's tempo map and time signatures stand for. No note of it is read."""

from __future__ import annotations

import io
from collections import Counter

import numpy as np

from dance_core.errors import UserError
from dance_core.music.beats import BEATS_PER_BAR

MAGIC = b"MThd"
MOST = 20_000  # beats
USUAL = 500_000  # microseconds a quarter until a file says otherwise: 120 BPM


def tempo_map(data: bytes, duration: float, name: str) -> tuple[np.ndarray, np.ndarray, int]:
    """Beats from 0 to `duration` seconds: times (B,) s, places in the bar (B,), beats a bar.

    A beat is what is tapped: the signature's lower number, or three of them where the upper one is 6, 9 or 12
    and the lower one 8 or more. Beats a bar are those of most bars; longer ones stay on their last place.

    Raises:
        UserError: damaged, SMPTE time, or a signature of bars that can't be, with the number.
    """
    tempi, metres, ticks = _read(data, name)
    times: list[float] = []
    places: list[int] = []
    bars: Counter[int] = Counter()
    tick, number, second, at, per_quarter = 0.0, 0, 0.0, 0, tempi.pop(0, USUAL)
    upper, lower = metres.pop(0, (4, 4))
    changes = sorted(tempi)
    signs = sorted(metres)
    while second <= duration and len(times) < MOST:
        while signs and signs[0] <= tick + 0.5:  # a signature takes effect with the bar that begins there
            upper, lower = metres[signs.pop(0)]
            number = 0
        beats, length = _beats(upper, lower, ticks, name)
        times.append(second)
        places.append(number % beats + 1)
        if number % beats == 0:
            bars[beats] += 1
        number += 1
        goal = tick + length
        if signs and signs[0] < goal - 0.5:
            goal = float(signs[0])
        while at < len(changes) and changes[at] < goal:
            second += max(0.0, changes[at] - tick) * per_quarter / ticks / 1e6
            tick, per_quarter = max(tick, float(changes[at])), tempi[changes[at]]
            at += 1
        second += (goal - tick) * per_quarter / ticks / 1e6
        tick = goal
    per_bar = bars.most_common(1)[0][0]
    return np.array(times), np.minimum(places, per_bar), per_bar


def _beats(upper: int, lower: int, ticks: int, name: str) -> tuple[int, float]:
    """Beats a bar and ticks a beat."""
    compound = upper in (6, 9, 12) and lower >= 8
    beats = upper // 3 if compound else upper
    if not BEATS_PER_BAR[0] <= beats <= BEATS_PER_BAR[1]:
        raise UserError(f"{name} has a time signature of {upper}/{lower}, but bars of {BEATS_PER_BAR[0]} to "
                        f"{BEATS_PER_BAR[1]} beats are possible.")
    return beats, 4.0 * ticks / lower * (3 if compound else 1)


def _read(data: bytes, name: str) -> tuple[dict[int, int], dict[int, tuple[int, int]], int]:
    """Tempi in microseconds a quarter and signatures, by tick; ticks a quarter."""
    import mido  # only who brings a MIDI file waits for it

    tempi: dict[int, int] = {}
    metres: dict[int, tuple[int, int]] = {}
    try:
        file = mido.MidiFile(file=io.BytesIO(data), clip=True)
        for track in file.tracks:
            tick = 0
            for message in track:
                tick += message.time
                if message.type == "set_tempo":
                    tempi[tick] = message.tempo
                elif message.type == "time_signature":
                    metres[tick] = (message.numerator, message.denominator)
    except Exception as error:  # whatever mido stumbles over: it raises a dozen kinds
        raise UserError(f"{name} is MIDI that can't be read ({type(error).__name__}).") from None
    if not 0 < file.ticks_per_beat < 0x8000:
        raise UserError(f"{name} is MIDI with {file.ticks_per_beat} ticks a beat: film time is not read.")
    if 0 in tempi.values():
        raise UserError(f"{name} is MIDI with a tempo of 0 microseconds a beat.")
    return tempi, metres, file.ticks_per_beat
