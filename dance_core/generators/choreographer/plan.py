"""Picks and orders moves: a theme for each part of the song, repeated and varied as dancers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dance_core.corpus.studio.dancer import STYLES, Move
from dance_core.corpus.studio.dancer.routine import Slot
from dance_core.generators.choreographer.counting import Counting, even
from dance_core.generators.choreographer.form import Eight

_FOUR = even(1.0, 4, 8)
_LIKING = {  # how much a role is wanted at low and at high energy
    "groove": (1.0, 0.35),
    "step": (0.55, 1.0),
    "feature": (0.6, 0.95),
    "turn": (0.25, 0.5),
    "pose": (0.0, 0.0),
}
# which of a theme's ideas a run of eights uses, and whether mirrored: statement, mirror, answer, return
_FORMS = (
    ((0, False), (0, True), (1, False), (1, True)),
    ((0, False), (1, False), (0, True), (2, False)),
    ((0, False), (0, True), (1, False), (2, False)),
    ((0, False), (1, False), (0, True), (1, True)),
)


@dataclass(frozen=True)
class Theme:
    """Three ideas of a phrase each (one move, or two of half its counts) and the form they come in."""

    ideas: tuple[tuple[Move, ...], ...]
    form: tuple[tuple[int, bool], ...]


def plan_routine(
    moves: Sequence[Move],
    eights: Sequence[Eight],
    counts_per_minute: float,
    seed: int,
    last_count: float,
    counting: Counting = _FOUR,
    hurried: float = 125.0,
) -> tuple[Slot, ...]:
    """A routine for a song's phrases. Deterministic in its arguments.

    moves: one style's vocabulary. last_count: where the music ends; the last bar is a pose.
    hurried: counts a minute above which moves that need time are left out.
    """
    rng = np.random.default_rng([seed, 11])
    usable = [m for m in moves if m.fast or counts_per_minute <= hurried] or list(moves)
    themes: dict[tuple[int, int], Theme] = {}
    heard: dict[int, int] = {}
    slots: list[Slot] = []
    recent: list[str] = []
    place = 0
    for i, eight in enumerate(eights):
        if eight.opens:
            place = 0
            heard[eight.part] = heard.get(eight.part, -1) + 1
        # a long part is danced as verse and answer: two themes of four eights in turn
        key = (eight.part, place // 4 % 2)
        if key not in themes:
            themes[key] = _theme(usable, eight.energy, rng, recent)
        theme = themes[key]
        closes = i + 1 < len(eights) and eights[i + 1].opens and place % 4 >= 1
        idea, mirrored = theme.form[place % 4]
        # the next time a theme comes, it begins on the other side
        mirrored ^= bool((heard[eight.part] + place // 8) % 2)
        slots += _fill(eight, theme.ideas[idea], mirrored, closes, usable, counting, rng)
        recent = (recent + [m.name for m in theme.ideas[idea]])[-6:]
        place += 1
    return _on_free_feet(_end(slots, usable, last_count, counting.bar, rng))


def _theme(moves: Sequence[Move], energy: float, rng: np.random.Generator, recent: Sequence[str]) -> Theme:
    """Three different ideas that suit the energy, a groove or a step first."""
    ideas: list[tuple[Move, ...]] = []
    used: list[str] = list(recent)
    for number in range(3):
        roles = ("groove", "step") if number == 0 else ("step", "feature", "turn", "groove")
        idea = _idea(moves, energy, roles, used, rng)
        used += [m.name for m in idea]
        ideas.append(idea)
    return Theme(tuple(ideas), _FORMS[rng.integers(len(_FORMS))])


def _idea(
    moves: Sequence[Move], energy: float, roles: Sequence[str], used: Sequence[str], rng: np.random.Generator
) -> tuple[Move, ...]:
    first = _pick(moves, energy, roles, used, rng)
    if first.counts > 4:
        return (first,)
    short = [m for m in moves if m.counts == first.counts]
    second = _pick(short or [first], energy, roles, [*used, first.name], rng)
    return (first, second)


def _pick(
    moves: Sequence[Move], energy: float, roles: Sequence[str], used: Sequence[str], rng: np.random.Generator
) -> Move:
    """A random move, by how well it suits the energy and how long it was not seen."""
    fitting = [m for m in moves if m.role in roles] or [m for m in moves if m.role != "pose"] or list(moves)
    weights = []
    for m in fitting:
        low, high = m.energy
        outside = max(low - energy, energy - high, 0.0)
        calm, loud = _LIKING[m.role]
        like = calm + (loud - calm) * energy
        weights.append((like + 0.05) * np.exp(-((outside / 0.12) ** 2)) * (0.12 ** used.count(m.name)) + 1e-6)
    p = np.array(weights) / np.sum(weights)
    return fitting[int(rng.choice(len(fitting), p=p))]


def _fill(
    eight: Eight,
    idea: tuple[Move, ...],
    mirrored: bool,
    closes: bool,
    moves: Sequence[Move],
    counting: Counting,
    rng: np.random.Generator,
) -> list[Slot]:
    """The slots of one phrase; at the end of a part its second half is a pose."""
    size = 0.78 + 0.34 * eight.energy
    poses = [m for m in moves if m.role == "pose"]
    slots = []
    for m, at, counts, other in _laid(idea, counting):
        length, fits = (counts, True) if counts < m.counts else (None, False)
        slots.append(Slot(m, eight.start + at, mirrored ^ other, size, eight.energy, length, fits))
    if closes and poses:
        pose, half = poses[int(rng.integers(len(poses)))], (counting.phrase + 1) // 2
        head = [s for s in slots if s.start < eight.start + half]
        slots = [replace(s, length=half) for s in head]
        rest = counting.phrase - half
        length = rest if rest < pose.counts else None
        slots.append(Slot(pose, eight.start + half, bool(rng.integers(2)), size, eight.energy, length))
    return slots


def _laid(idea: tuple[Move, ...], counting: Counting) -> list[tuple[Move, int, int, bool]]:
    """Each move of an idea with where it begins in the phrase, the counts that are danced of it, and whether
    it is the other way round than the phrase.

    Three steps end on the foot that they began on: in three, the second bar goes on with the other.
    """
    phrase = counting.phrase
    if len(idea) == 1:
        return [(idea[0], 0, min(phrase, idea[0].counts), False)]
    half = min((phrase + 1) // 2, idea[0].counts)
    if phrase - half < 3:  # in five a bar is four counts and one held
        return [(idea[0], 0, min(phrase, idea[0].counts), False)]
    return [(idea[0], 0, half, False), (idea[1], half, min(phrase - half, idea[1].counts), phrase == 6)]


def _end(
    slots: list[Slot], moves: Sequence[Move], last_count: float, bar: int, rng: np.random.Generator
) -> tuple[Slot, ...]:
    """Finish on a pose in the last whole bar, and hold it."""
    poses = [m for m in moves if m.role == "pose"]
    start = np.floor((last_count - 0.625 * bar) / bar) * bar
    if not poses or start <= slots[0].start:
        return tuple(slots)
    kept = [s for s in slots if s.start < start]
    last = kept[-1]
    room = int(start - last.start)
    room = min(room, last.length or last.move.counts)
    kept[-1] = replace(last, length=room)
    return (*kept, Slot(poses[int(rng.integers(len(poses)))], float(start), False, 1.0, last.energy))


def _on_free_feet(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Moves in three end in a touch where the next one begins with the foot that they would end on.

    Their steps follow each other so closely that a foot can't land and leave again at once.
    """
    out = list(slots)
    for i, (slot, after) in enumerate(zip(slots, slots[1:], strict=False)):
        style = STYLES[slot.move.style]
        if style.bar == 3 and slot.score(style).last_foot == after.score(style).first_foot:
            out[i] = replace(slot, touch=True)
    return tuple(out)
