"""Drums: the style's patterns bar by bar, with variation, ghost notes, fills and bars without drums."""

from __future__ import annotations

import numpy as np

from dance_core.corpus.studio.song_parts import swung
from dance_core.corpus.studio.song_recipe import Pattern, SongStyle
from dance_core.corpus.studio.song_score import Composition, Hit, Section

_VELOCITY = {"X": 1.0, "x": 0.8, "o": 0.5, "g": 0.32, "r": 0.7, "t": 0.7}

# The last bar (or half bar) before a border: sound → its steps; "-" leaves the groove as it is there.
_FILLS_16: dict[str, Pattern] = {
    "snare16": {"snare": "--------o.oxoxXX", "kick": "--------x...x...", "hat": "--------........"},
    "snare8": {"snare": "--------x.x.X.X.", "hat": "--------........"},
    "toms": {"tom1": "--------xx......", "tom2": "--------..xx.x..", "tom3": "--------....x.Xx",
             "snare": "--------X.......",
             "hat": "--------........", "kick": "--------x...x..."},
    "tomsoft": {"tom2": "--------..o.o...", "tom3": "--------....o.xo"},
    "stutter": {"kick": "--------x.x..xx.", "snare": "--------..x.x..X", "hat": "--------........"},
    "claps": {"clap": "--------x..x..xx", "hat": "--------xoxoxrxt"},
    "hatroll": {"hat": "--------rrrrtttt", "clap": "------------x.x.", "kick": "--------x......."},
    "drop": {"kick": "--------x.......", "snare": "--------......X.", "clap": "--------........",
             "hat": "--------........",
             "open": "--------........", "shaker": "--------........"},
    "hits": {"kick": "--------X..X..X.", "snare": "--------X..X..X.", "crash": "--------x.......",
             "hat": "--------........"},
    "swell": {"shaker": "--------xoxoxxxX", "ride": "--------o.o.x.x."},
}
_FILLS_3_4: dict[str, Pattern] = {
    "snare16": {"snare": "----o.oxoxXX", "kick": "----x...x...", "hat": "----........"},
    "toms": {"tom1": "----xx......", "tom2": "----..x.x...", "tom3": "----......Xx", "hat": "----........",
             "snare": "----X......."},
    "tomsoft": {"tom2": "----o...o...", "tom3": "----..o...xo"},
    "stutter": {"kick": "----x..x..x.", "snare": "----..x..x.X", "hat": "----........"},
    "swell": {"shaker": "----xoxoxxxX", "ride": "----o.o.x.x."},
    "drop": {"kick": "----x.......", "snare": "----......X.", "hat": "----........", "rim": "----........",
             "shaker": "----........"},
}
_FILLS_6_8: dict[str, Pattern] = {
    "snare16": {"snare": "------X.xoxX", "kick": "------x.....", "hat": "------......"},
    "toms": {"tom1": "------xx....", "tom2": "------..xx..", "tom3": "------....Xx", "snare": "------X.....",
             "hat": "------......"},
    "tomsoft": {"tom2": "------o.o...", "tom3": "------....xo"},
    "stutter": {"kick": "------x...x.", "snare": "------X.x..X", "hat": "------......"},
    "swell": {"shaker": "------xoxxxX", "ride": "------o.x.x."},
    "drop": {"kick": "------x.....", "snare": "------....X.", "hat": "------......", "rim": "------......",
             "shaker": "------......"},
}
FILLS = {"4/4": _FILLS_16, "3/4": _FILLS_3_4, "6/8": _FILLS_6_8}
_PERCUSSION = ("conga", "conga2", "bongo", "cowbell", "tamb", "shaker", "rim")


def plan_silences(song: Composition, rng: np.random.Generator) -> set[int]:
    """Bars without drums: the first of every break, and now and then the last before a chorus."""
    silent: set[int] = set()
    for before, section in zip((None, *song.sections), song.sections, strict=False):
        if section.name == "break":
            silent.add(section.first)
        if section.name == "chorus" and before is not None and before.bars >= 4 and rng.random() < 0.35:
            silent.add(section.first - 1)
        if section.name == "chorus" and section.bars >= 8 and rng.random() < 0.5:
            silent.add(section.first + section.bars // 2 - 1)
    return silent


class Drummer:
    """Writes the drum hits of a song."""

    def __init__(self, song: Composition, style: SongStyle, swing: float, rng: np.random.Generator,
                 silent: set[int]) -> None:
        self.song, self.style, self.swing, self.rng, self.silent = song, style, swing, rng, silent
        self.metre, self.steps = song.metre, song.metre.steps
        first = int(rng.integers(len(style.verse_drums)))
        self.verses = style.verse_drums[first:] + style.verse_drums[:first]
        self.verse = self.verses[0]
        self.chorus = style.chorus_drums[int(rng.integers(len(style.chorus_drums)))]
        self.hits: list[Hit] = []

    def write(self) -> list[Hit]:
        """All hits of the song, in order."""
        for section, after in zip(self.song.sections, (*self.song.sections[1:], None), strict=False):
            self._border(section)
            if section.name == "verse":  # the second verse has its own groove
                verses = [s for s in self.song.sections if s.name == "verse"]
                self.verse = self.verses[verses.index(section) % len(self.verses)]
            for bar in range(section.bars):
                at = section.first + bar
                if at in self.silent:
                    self._silence(at)
                    continue
                pattern = self._vary(self._pattern(section, bar), bar)
                last = bar == section.bars - 1
                if last and after is not None and section.bars > 1:
                    pattern = self._fill(pattern)
                elif bar % 4 == 3 and section.name in ("verse", "chorus"):
                    pattern = self._fill(pattern, small=True)
                self._play(pattern, at, section)
            if section.name == "build":
                self._roll(section)
        end = self.song.grid.bars * self.steps
        self._hit(end, "kick", 1.0)
        self._hit(end, "crash", 0.7)
        return sorted(self.hits, key=lambda h: (h.beat, h.sound))

    def _pattern(self, section: Section, bar: int) -> Pattern:
        light = self.style.light_drums
        if section.name == "chorus":
            return self.chorus
        if section.name == "verse":
            return self.verse
        if section.name == "build":
            return {**self.verse, **{k: v for k, v in self.chorus.items() if k in _PERCUSSION}}
        if section.name == "intro":
            return light if bar < section.bars // 2 else {**light, **{k: v for k,
                                                                      v in self.verse.items() if k == "kick"}}
        if section.name == "break":
            keep = {k: v for k, v in light.items() if k != "kick"}
            return keep if bar < (section.bars + 1) // 2 else light
        return self.verse if bar < section.bars // 2 else light

    def _vary(self, pattern: Pattern, bar: int) -> Pattern:
        """Every second bar moves, adds or drops a weak kick; a ghost note comes and goes."""
        pattern = dict(pattern)
        kick = pattern.get("kick")
        if kick and bar % 2 == 1 and kick.count("X") < 4:
            steps = list(kick)
            weak = [i for i in range(self.steps) if i % self.metre.beat_steps and steps[i] in "xo"]
            free = [i for i in self.metre.free if steps[i] == "."]
            if weak and self.rng.random() < 0.4:
                steps[int(self.rng.choice(weak))] = "."
            if free and self.rng.random() < 0.6:
                steps[int(self.rng.choice(free))] = "x"
            pattern["kick"] = "".join(steps)
        snare = pattern.get("snare")
        if snare and "g" in snare:
            steps = list(snare)
            for i in range(self.steps):
                if steps[i] == "g" and self.rng.random() < 0.25:
                    steps[i] = "."
                elif steps[i] == "." and i % 2 and self.rng.random() < 0.08:
                    steps[i] = "g"
            pattern["snare"] = "".join(steps)
        return pattern

    def _fill(self, pattern: Pattern, small: bool = False) -> Pattern:
        """The pattern with a fill over its second half (in 4/4; its last quarter for a small one)."""
        fill = FILLS[self.metre.key][self.style.fills[int(self.rng.integers(len(self.style.fills)))]]
        start = self.metre.fill[int(small)]
        out = dict(pattern)
        for sound, text in fill.items():
            own = pattern.get(sound, "." * self.steps)
            out[sound] = own[:start] + "".join(o if f == "-" else f for o, f in zip(own, text,
                                                                                    strict=True))[start:]
        return out

    def _play(self, pattern: Pattern, bar: int, section: Section) -> None:
        loud = 0.72 + 0.28 * section.energy
        for sound, text in pattern.items():
            for i, token in enumerate(text):
                if token == ".":
                    continue
                step = bar * self.steps + i
                name = "ghost" if token == "g" and sound == "snare" else sound
                velocity = _VELOCITY[token] * loud
                if sound in ("hat", "shaker", "tamb", "ride"):
                    velocity *= self.metre.lean[i]  # the hand leans on the beat
                elif sound == "kick" and token == "x" and i not in self.metre.strong:
                    velocity *= 0.9
                if token in "xog" and i > self.steps - 3:
                    velocity *= 0.85  # room for the one
                strokes = {"r": 2, "t": 3}.get(token, 1)
                for k in range(strokes):
                    self._hit(step + k / strokes, name,
                              velocity * (0.75 + 0.25 * k / strokes if strokes > 1 else 1))

    def _hit(self, step: float, sound: str, velocity: float) -> None:
        on_beat = step % self.metre.beat_steps == 0
        spread = 0.6 * self.style.loose if on_beat else self.style.loose
        nudge = float(np.clip(spread * self.rng.standard_normal(), -0.008, 0.008))
        if sound in ("snare", "clap", "snap", "rim"):
            nudge += self.style.lateness
        if sound == "kick" and on_beat:
            nudge = float(np.clip(nudge, -0.003, 0.003))
        v = float(np.clip(velocity * (1.0 + 0.06 * self.rng.standard_normal()), 0.05, 1.0))
        self.hits.append(Hit(swung(step, self.swing, self.metre), sound, v, nudge))

    def _border(self, section: Section) -> None:
        """A crash on the first downbeat of the loud sections."""
        if section.name in ("verse", "chorus") and section.first > 0:
            self._hit(section.first * self.steps, "crash", 0.9 if section.name == "chorus" else 0.55)
        elif section.name == "break":
            self._hit(section.first * self.steps, "crash", 0.6)

    def _silence(self, bar: int) -> None:
        """A bar with the drums out: one kick to start it, at most a pick-up at its end."""
        self._hit(bar * self.steps, "kick", 0.9)
        if self.rng.random() < 0.6 and self.style.kit != "soft":
            for i in (1, 2):
                self._hit((bar + 1) * self.steps - 3 + i, "snare", 0.6 + 0.15 * i)

    def _roll(self, section: Section) -> None:
        """A snare roll that doubles its pace towards the end of the build."""
        if self.style.kit == "soft":
            return
        total = section.bars * self.steps
        sound = "snare" if self.style.kit != "808" else "clap"
        step = 0.0
        while step < total:
            gap = self.metre.roll[0 if step < total * 0.5 else 1 if step < total * 0.75 else 2]
            at = section.first * self.steps + step
            if int(at) // self.steps not in self.silent:
                self._hit(at, sound, 0.25 + 0.5 * step / total)
            step += gap
