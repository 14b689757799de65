"""The time of a song: its sections in bars and the exact grid of its beats."""

from __future__ import annotations

import numpy as np

from dance_core.corpus.studio.song_score import Section

ENERGY = {"intro": 0.35, "verse": 0.6, "build": 0.7, "chorus": 1.0, "break": 0.3, "outro": 0.45}

# (fewest bars of the song, sections with their least bars)
_FORMS: tuple[tuple[int, tuple[tuple[str, int], ...]], ...] = (
    (40, (("intro", 4), ("verse", 8), ("build", 4), ("chorus", 8), ("break", 4), ("verse", 4), ("chorus", 4),
          ("outro", 4))),
    (26, (("intro", 2), ("verse", 4), ("build", 2), ("chorus", 4), ("break", 2), ("verse", 4), ("chorus", 4),
          ("outro", 2))),
    (16, (("intro", 2), ("verse", 4), ("build", 2), ("chorus", 4), ("break", 2), ("outro", 2))),
    (9, (("intro", 1), ("verse", 4), ("chorus", 4))),
    (4, (("verse", 2), ("chorus", 2))),
    (1, (("chorus", 1),)),
)
_MOST = {"intro": 8, "verse": 16, "build": 8, "chorus": 16, "break": 8, "outro": 8}
_ORDER = ("chorus", "verse", "chorus", "verse", "intro", "break", "outro", "build")


def plan_form(bars: int) -> tuple[Section, ...]:
    """Sections that fill `bars` bars, phrases of four bars wherever they fit."""
    form = next(list(map(list, f)) for least, f in _FORMS if bars >= least)
    while bars - sum(n for _, n in form) >= 80:  # a long song goes round again
        at = max(i for i, (name, _) in enumerate(form) if name == "break")
        form[at:at] = [["break", 4], ["verse", 8], ["build", 4], ["chorus", 8]]
    left = bars - sum(n for _, n in form)
    for step in (4, 2):
        grown = True
        while left >= step and grown:
            grown = False
            for name in _ORDER:
                fits = [s for s in form if s[0] == name and s[1] + step <= _MOST[name] and s[1] % step == 0]
                if fits and left >= step:
                    min(fits, key=lambda s: s[1])[1] += step
                    left -= step
                    grown = True
    if left:
        form[-1][1] += left
    sections, first = [], 0
    last_chorus = max(i for i, (name, _) in enumerate(form) if name == "chorus")
    for i, (name, n) in enumerate(form):
        energy = ENERGY[name]
        if name == "chorus" and i != last_chorus:
            energy = 0.92
        sections.append(Section(name, first, n, energy))
        first += n
    return tuple(sections)


def lay_grid(sections: tuple[Section, ...], tempo: float, rng: np.random.Generator, tempo_change: bool,
             lead: float, per_bar: int = 4) -> np.ndarray:
    """Beat times (B,) in s of bars of `per_bar` beats, the final downbeat included, first beat at `lead`.

    With `tempo_change` the tempo moves by 8 to 18 % at a section border near the middle, at once or
    in a straight line over the bar before it.
    """
    bars = sections[-1].stop
    pace = np.full(bars * per_bar, tempo, np.float64)
    if tempo_change and bars >= 2:
        borders = [s.first for s in sections[1:]] or [bars // 2]
        bar = min(borders, key=lambda b: abs(b - bars / 2))
        factor = 1.0 + rng.uniform(0.08, 0.18) * (1 if tempo < 105 else -1)
        at = bar * per_bar
        pace[at:] = round(tempo * factor)
        if rng.random() < 0.5:
            pace[at - per_bar: at] = np.linspace(tempo, pace[-1], per_bar + 2)[1:-1]
    return lead + np.concatenate([[0.0], np.cumsum(60.0 / pace)])


def fit_bars(seconds: float, tempo: float, lead: float, tail: float, per_bar: int = 4) -> int:
    """Whole bars that fit into `seconds` beside the lead-in and the ring-out; at least 1."""
    bar = per_bar * 60.0 / tempo
    return max(1, int((seconds - lead - tail) / bar + 1e-6))
