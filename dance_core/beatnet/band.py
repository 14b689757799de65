"""Made pieces: a band in a feel, around drums of its own or a drummer's; beats and bars are known exactly."""

from __future__ import annotations

import numpy as np

from dance_core.beatnet.genres import ALL_FEELS, LATER_FEELS, TEXTURES, texture
from dance_core.beatnet.grooves import CRASH, FEELS, GROUPS, KICK, Feel, Hit, fill
from dance_core.beatnet.patterns import any_bar
from dance_core.beatnet.score import DRUMS, NOTE, Score

SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 9, 10), (0, 2, 4, 5, 7, 9, 10))
BASSES = (32, 33, 34, 35, 36, 38, 39, 43, 58)
COMPERS = (
    0,
    1,
    2,
    4,
    5,
    6,
    7,
    11,
    16,
    17,
    19,
    21,
    22,
    24,
    25,
    26,
    27,
    28,
    29,
    30,
    45,
    46,
    48,
    50,
    61,
    62,
    80,
    105,
)
PADS = (16, 19, 48, 49, 50, 52, 61, 88, 89, 90, 91, 92, 94, 95)
LEADS = (
    0,
    5,
    8,
    9,
    11,
    12,
    13,
    21,
    22,
    24,
    26,
    27,
    29,
    30,
    40,
    41,
    52,
    56,
    57,
    59,
    60,
    65,
    66,
    68,
    71,
    72,
    73,
    75,
    78,
    79,
    80,
    81,
    82,
    84,
    104,
    105,
    108,
    109,
    110,
)
SLOWEST, FASTEST = 45.0, 216.0
TOLD = 0.4  # share of the beats on which something must begin

Note = tuple[float, float, int, float, int]  # place and length in beats, pitch, strength 0 to 1, programme


def made_piece(seed: int, seconds: float, feel_name: str | None = None, bare: bool = False) -> Score:
    """A piece of about so many seconds in a feel of `ALL_FEELS` (None: drawn of `FEELS`).

    Same arguments, same piece. bare: a loop of one bar as a drum machine plays it, with at most a bass and
    chords, dead in time, often from the first sample on.
    """
    rng = np.random.default_rng([seed, 9])
    name = feel_name or str(rng.choice(list(FEELS)))
    feel = ALL_FEELS[name]
    metre = int(rng.choice(feel.metres))
    low, high = np.log(feel.tempo)
    tempo = float(np.exp(rng.uniform(low, high)))
    bars = max(4, round(seconds * tempo / 60 / metre))
    options = GROUPS[metre]
    groups = options[rng.integers(len(options))]
    player = _Player(feel, metre, groups, bars, rng)
    if bare:
        notes = player.loop()
        piece = _played(notes, metre, bars, 0, tempo, feel, rng, "loop", bare)
        if _every_beat_alike(notes, metre):
            return Score(piece.notes, piece.beats, 0 * piece.positions, 0, piece.seconds, piece.kind)
        return piece
    notes = player.drums() + player.band()
    if name in LATER_FEELS and _told(notes, bars * metre) < TOLD:
        notes += player._bass("beats", 33)
    pickup = 0
    if rng.random() < 0.3:
        pickup = int(rng.integers(1, metre + 1)) if metre > 2 else 1
        notes += player.pickup(pickup)
    return _played(notes, metre, bars, pickup, tempo, feel, rng, name)


def around(drums: Score, seed: int) -> Score:
    """A band around a drummer whose first beat is a downbeat; the drums are kept as played."""
    rng = np.random.default_rng([seed, 11])
    pace = float(np.median(np.diff(drums.beats)))
    metre = drums.metre
    bars = -(-len(drums.beats) // metre)
    triplets = _triplet_share(drums) > 0.5
    name = "shuffle" if triplets else "sixteenths" if 60 / pace < 120 else "rock"
    player = _Player(FEELS[name], metre, GROUPS[metre][0], bars, rng)
    notes = _as_notes(player.band(), drums.beats, rng, 0.004)
    notes = notes[notes["start"] < drums.seconds - 0.2]
    return Score(
        np.concatenate([drums.notes, notes]), drums.beats, drums.positions, metre, drums.seconds, drums.kind
    )


def _triplet_share(drums: Score) -> float:
    """Of the notes clearly off the beat and the sixteenths: how many are near thirds."""
    place = np.interp(drums.notes["start"], drums.beats, np.arange(len(drums.beats))) % 1.0
    thirds = np.minimum(np.abs(place - 2 / 3), np.abs(place - 1 / 3)) < 0.06
    others = np.minimum(np.abs(place - 0.5), np.minimum(np.abs(place - 0.25), np.abs(place - 0.75))) < 0.06
    return float(thirds.sum() / max(1, thirds.sum() + others.sum()))


def _told(notes: list[Note], beats: int) -> float:
    """Share of the beats on which anything begins: where few have, nobody could say where they are."""
    return len({round(place) for place, *_ in notes if abs(place - round(place)) < 0.02}) / beats


def _every_beat_alike(notes: list[Note], metre: int) -> bool:
    """Whether nothing in a loop of drums tells one beat of its bar from another."""
    beats: list[set[tuple[float, int]]] = [set() for _ in range(metre)]
    for place, _, pitch, _, program in notes:
        if program != DRUMS:
            return False
        beats[int(place + 1e-6) % metre].add((round(place % 1.0, 3), pitch))
    return all(beat == beats[0] for beat in beats)


class _Player:
    """Draws patterns, instruments and chords once and writes bar by bar, in beats."""

    def __init__(
        self, feel: Feel, metre: int, groups: tuple[int, ...], bars: int, rng: np.random.Generator
    ) -> None:
        self.feel, self.metre, self.groups, self.bars, self.rng = feel, metre, groups, bars, rng
        self.starts = np.cumsum((0, *groups[:-1])).tolist()
        self.key = int(rng.integers(12))
        self.scale = SCALES[rng.integers(len(SCALES))]
        self.parts = (0.0, 2 / 3) if feel.swung else tuple(i / feel.parts for i in range(feel.parts))
        length = int(rng.choice([2, 4, 4, 8]))
        self.degrees = [0, *rng.choice([0, 1, 2, 3, 3, 4, 4, 5], length - 1).tolist()]
        self.every = float(
            rng.choice([metre, metre, metre, 2 * metre, self.starts[-1] if self.starts[-1] else metre])
        )
        self.phrase = int(rng.choice([4, 4, 8]))
        self.kicks: list[float] = [0.0]
        self.density = rng.uniform(0.4, 1.0)
        # where the drums are silent (bars), at the start or in a break
        self.silent = set(range(int(rng.choice([0, 0, 0, 1, 2, 4])) if bars > 10 else 0))
        if rng.random() < 0.2 and bars > 16:
            at = int(rng.integers(8, bars - 4))
            self.silent |= set(range(at, at + 4))

    def drums(self) -> list[Note]:
        kind = str(self.rng.choice(self.feel.drums))
        bar = any_bar(kind, self.feel, self.groups, self.rng)
        other = any_bar(kind, self.feel, self.groups, self.rng) if self.rng.random() < 0.5 else bar
        two = bar if self.rng.random() < 0.7 else self._varied(bar)
        if kind == "none":
            return []
        self.kicks = [p for p, drum, _ in bar if drum == KICK] or [0.0]
        fills, crashes = self.rng.random() < 0.6, self.rng.random() < 0.5
        out: list[Note] = []
        for b in range(self.bars):
            if b in self.silent:
                continue
            section = other if (b // self.phrase) % 2 else (bar, two)[b % 2]
            hits: list[Hit] = list(section)
            if fills and b % self.phrase == self.phrase - 1:
                extra = fill(self.metre, self.feel, self.rng)
                first = min((p for p, _, _ in extra), default=self.metre)
                hits = [h for h in hits if h[0] < first or h[1] == KICK] + extra
            if crashes and b % self.phrase == 0:
                hits.append((0.0, CRASH, 0.9))
            out += [
                (b * self.metre + p, 0.2, drum, v * self.rng.uniform(0.85, 1.0), DRUMS) for p, drum, v in hits
            ]
        return out

    def loop(self) -> list[Note]:
        """One bar of drums again and again, at times a bass and chords; never nothing."""
        rng = self.rng
        kind = str(rng.choice(self.feel.drums))
        bar = any_bar("floor" if kind == "none" else kind, self.feel, self.groups, rng)
        self.kicks = [p for p, drum, _ in bar if drum == KICK] or [0.0]
        out: list[Note] = [(b * self.metre + p, 0.2, drum, v, DRUMS) for b in range(self.bars)
                           for p, drum, v in bar]
        comping, bass = str(rng.choice(self.feel.comping)), str(rng.choice(self.feel.bass))
        if rng.random() < 0.45 or not bar:
            out += self._bass(bass, int(rng.choice(BASSES)))
        if comping != "none" and (rng.random() < (0.9 if comping == "skank" else 0.35)):
            out += self._chords(comping, int(rng.choice(COMPERS)), rng.uniform(0.5, 1.0))
        if comping == "skank" and rng.random() < 0.5:
            out += self._chords("held", int(rng.choice(PADS)), rng.uniform(0.4, 0.9))
        return out or self._bass("roots", 33)

    def band(self) -> list[Note]:
        """Bass, chords, a second instrument, a melody: each may be missing, but not all."""
        rng = self.rng
        out: list[Note] = []
        comping, bass = str(rng.choice(self.feel.comping)), str(rng.choice(self.feel.bass))
        if rng.random() < 0.9:
            out += self._bass(bass, int(rng.choice(BASSES)))
        if comping != "none" and rng.random() < 0.9:
            out += self._chords(
                comping, int(rng.choice(PADS if comping == "held" else COMPERS)), rng.uniform(0.4, 0.9)
            )
        if rng.random() < 0.25:
            out += self._chords(
                str(rng.choice(["held", "arpeggio", "random"])), int(rng.choice(COMPERS)), 0.5
            )
        if rng.random() < 0.55 or not out:
            out += self._melody(int(rng.choice(LEADS)))
        return out

    def pickup(self, beats: int) -> list[Note]:
        """Notes on the beats before the first bar."""
        lead = int(self.rng.choice(LEADS))
        return [(b + p, 0.4, self._pitch(60, int(self.rng.integers(8))), 0.9, lead)
                for b in range(-beats, 0) for p in self.parts if p == 0.0 or self.rng.random() < 0.4]

    def _varied(self, bar: list[Hit]) -> list[Hit]:
        """The same bar with some hits left out and one or two moved."""
        return [h for h in bar if self.rng.random() < 0.85]

    def _pitch(self, base: int, degree: int) -> int:
        return base + self.key + 12 * (degree // 7) + self.scale[degree % 7]

    def _degree(self, place: float) -> int:
        return int(self.degrees[int((place + 1e-6) // self.every) % len(self.degrees)])

    def _spread(self, places: list[float], skip: float = 0.0) -> list[float]:
        """Places of one bar on all bars."""
        return [
            b * self.metre + p
            for b in range(self.bars)
            for p in places
            if not skip or self.rng.random() >= skip
        ]

    def _some(self, chance: float) -> list[float]:
        """A rhythm of one bar, drawn: the first beat and starts of groups are likelier."""
        return [
            b + p
            for b in range(self.metre)
            for p in self.parts
            if self.rng.random() < chance * (1.6 if b + p in self.starts else 1.1 if p == 0 else 0.7)
        ] or [0.0]

    def _rhythm(self, kind: str) -> list[float]:
        m, parts = self.metre, self.parts
        half = 2 / 3 if self.feel.parts == 3 else 0.5
        off = [p for p in parts if p]
        if kind in ("held", "roots"):
            return [float(s) for s in self.starts] if self.rng.random() < 0.4 else [0.0]
        if kind in ("beats", "walking"):
            return [float(b) for b in range(m)]
        if kind in ("offbeats", "skank"):
            return [b + half for b in range(m)]
        if kind in ("eighths",):
            return [b + p for b in range(m) for p in (0.0, half)]
        if kind == "arpeggio":
            return [b + p for b in range(m) for p in parts]
        if kind == "oompah":
            return [float(b) for b in range(m) if b not in self.starts] if m != 2 or self.rng.random() < 0.5 \
                else [b + 2 / 3 for b in range(m)]
        if kind == "two":
            return [float(s) for s in (self.starts if len(self.starts) > 1 else (0, m - 1 if m > 3 else 0))]
        if kind == "charleston":
            return [0.0, 1.0 + half]
        if kind == "jig":
            return [b + p for b in range(m) for p in (0.0, 2 / 3)]
        if kind == "habanera":
            return [b + p for b in range(0, m, 2) for p in (0.0, 1.5)]
        if kind == "pushed":
            return [0.0, 1.5, 3.5][:2 if m < 4 else 3]
        if kind == "sixteenths":
            return [b + p for b in range(m) for p in off]
        if kind == "tresillo":
            return [p for p in np.arange(0.0, m, 0.75).tolist() if m - p > 0.4]
        if kind == "gallop":
            return [b + p for b in range(m) for p in (0.0, 0.5, 0.75)]
        if kind == "boogie":
            return [b + p for b in range(m) for p in (0.0, 2 / 3)]
        if kind == "kick":
            return sorted(set(self.kicks))
        if kind == "syncopated":
            return [b + p for b in range(m) for p in off if self.rng.random() < 0.5] + [0.0]
        if kind in TEXTURES:
            return texture(kind, m, self.starts, half)
        return self._some(0.45)  # random, riff

    def _bass(self, kind: str, program: int) -> list[Note]:
        if kind == "none":
            return []
        places = sorted(set(self._rhythm(kind)))
        one = self.rng.random() < 0.5
        moves = [0 if p in self.starts or one else int(self.rng.choice([0, 0, 2, 4, 7])) for p in places]
        gaps = np.diff([*places, places[0] + self.metre])
        short = self.rng.uniform(0.4, 1.0)
        out: list[Note] = []
        for b in range(self.bars):
            for p, move, gap in zip(places, moves, gaps, strict=True):
                if kind == "boogie":
                    move = (0, 2, 4, 5, 6, 5, 4, 2)[int(p + (b % 2) * self.metre) % 8]
                if kind == "octaves":
                    move = 7 if p % 1.0 else 0
                if kind in ("walking", "triplet walk"):
                    move = int(self.rng.choice([0, 2, 4, 6, 1])) if p not in self.starts else 0
                at = b * self.metre + p
                out.append((at, float(gap) * short, self._pitch(28, self._degree(at) + move),
                            self.rng.uniform(0.75, 1.0), program))
        return out

    def _chords(self, kind: str, program: int, level: float) -> list[Note]:
        rng = self.rng
        places = sorted(set(self._rhythm(kind)))
        early = 1 / 3 if self.feel.parts == 3 else 0.5
        early = early if rng.random() < 0.15 and kind in ("held", "random") else 0.0
        base = 48 + 12 * int(rng.integers(2))
        out: list[Note] = []
        gaps = np.diff([*places, places[0] + self.metre])
        short = 1.0 if kind == "held" else rng.uniform(0.25, 0.9)
        for b in range(self.bars):
            for i, (p, gap) in enumerate(zip(places, gaps, strict=True)):
                at = b * self.metre + p
                degree = self._degree(at)
                strength = level * rng.uniform(0.85, 1.0)
                tones = [0, 2, 4]
                if kind in ("arpeggio", "alberti"):
                    tones = [((0, 2, 4, 7) if kind == "arpeggio" else (0, 4, 2, 4))[i % 4]]
                out += [
                    (
                        max(0.0, at - early),
                        float(gap) * short,
                        self._pitch(base, degree + t),
                        strength,
                        program,
                    )
                    for t in tones
                ]
        return out

    def _melody(self, program: int) -> list[Note]:
        """A two-bar rhythm that comes back, over notes that walk; rests at the ends of phrases."""
        rng = self.rng
        rhythms = [self._some(0.5 * self.density) for _ in range(int(rng.choice([1, 2, 4])))]
        degree, base = 7, int(rng.choice([48, 60, 60]))
        out: list[Note] = []
        for b in range(self.bars):
            places = rhythms[b % len(rhythms)]
            if b % self.phrase == self.phrase - 1 and rng.random() < 0.5:
                places = places[:max(1, len(places) // 2)]
            for p, gap in zip(places, np.diff([*places, float(self.metre)]), strict=True):
                step = int(rng.choice([-2, -1, -1, 0, 1, 1, 2]))
                degree = int(np.clip(degree + step, 2, 14))
                at = b * self.metre + p
                tone = self._degree(at) + int(rng.choice([0, 2, 4, 7])) if p in self.starts else degree
                out.append((at, float(gap) * 0.9, self._pitch(base, tone), rng.uniform(0.6, 1.0), program))
        return out


def _played(notes: list[Note], metre: int, bars: int, pickup: int, tempo: float, feel: Feel,
            rng: np.random.Generator, kind: str, bare: bool = False) -> Score:
    """From beats to seconds: tempo, its changes and drift, swing, human timing, where the piece begins.

    bare: steady and without human timing.
    """
    count = np.arange(-pickup, bars * metre + 1)
    pace = np.full(len(count), 60.0 / tempo)
    way = "steady" if bare else rng.choice(["steady", "steady", "drift", "step", "ramp", "loose"])
    if way == "drift":
        pace *= np.exp(np.cumsum(rng.normal(0, 0.006, len(pace))).clip(-0.2, 0.2))
    elif way == "loose":
        pace *= np.exp(rng.normal(0, 0.015, len(pace)))
    elif way == "step":
        at = pickup + metre * int(rng.integers(bars // 3, max(bars // 3 + 1, 2 * bars // 3)))
        pace[at:] *= rng.choice([0.82, 0.88, 0.92, 1.08, 1.12, 1.2])
    elif way == "ramp":
        pace *= np.linspace(1.0, rng.uniform(0.85, 1.18), len(pace))
    if feel.rubato and rng.random() < feel.rubato:
        pace *= _rubato(len(pace), metre, rng)
    pace = np.clip(pace, 60.0 / FASTEST, 60.0 / SLOWEST)
    start = 0.0 if rng.random() < 0.35 else rng.uniform(0.0, 2.5)
    times = start + np.concatenate([[0.0], np.cumsum(pace[:-1])])
    beats = times[:-1]
    warped = notes
    if feel.swung:
        late = rng.uniform(0.56, 0.72)
        warped = [(_swung(p, late), *rest) for p, *rest in notes]  # type: ignore[misc]
    elif feel.parts == 4 and rng.random() < feel.late:
        late = rng.uniform(0.53, 0.62)
        warped = [(np.floor(p * 2) / 2 + _swung_part(p * 2 % 1.0, late) / 2, *rest) for p, *rest in notes]
    human = 0.0 if bare else float(rng.choice([0.0, 0.0, 0.004, 0.010, 0.016]))
    rows = _as_notes([(p + pickup, *rest) for p, *rest in warped], times, rng, human)  # type: ignore[misc]
    seconds = float(times[-1]) + rng.uniform(0.0, 2.0)
    if not bare and rng.random() < 0.5:  # the last chord on the one that would come next
        last = [(float(len(times) - 1), 2.0, p, 0.8, 48) for p in (48, 55, 64)] + [
            (float(len(times) - 1), 0.2, KICK, 1.0, DRUMS)
        ]
        rows = np.concatenate([rows, _as_notes(last, times, rng, 0.0)])
        beats, seconds = times, max(seconds, float(times[-1]) + 1.5)
    positions = (np.arange(len(beats)) - pickup) % metre + 1
    return Score(rows, beats, positions, metre, seconds, kind)


def _rubato(beats: int, metre: int, rng: np.random.Generator) -> np.ndarray:
    """(beats,) how much longer each beat is: phrases swell and slow, the last bars more."""
    phrase = metre * int(rng.choice([2, 4, 4, 8]))
    place = (np.arange(beats) + rng.integers(phrase)) % phrase / phrase
    depth = rng.uniform(0.02, 0.14)
    out = np.exp(depth * np.cos(2 * np.pi * place) + rng.normal(0, 0.25 * depth, beats))
    last = min(beats, metre + int(rng.integers(1, metre + 2)))
    out[-last:] *= np.linspace(1.0, rng.uniform(1.0, 1.5), last)
    return out


def _swung(place: float, late: float) -> float:
    """A place whose off-beat is written on 2/3 moved to `late`."""
    whole = np.floor(place + 1e-9)
    return float(whole + np.interp(place - whole, [0.0, 2 / 3, 1.0], [0.0, late, 1.0]))


def _swung_part(place: float, late: float) -> float:
    return float(np.interp(place, [0.0, 0.5, 1.0], [0.0, late, 1.0]))


def _as_notes(notes: list[Note], times: np.ndarray, rng: np.random.Generator, human: float) -> np.ndarray:
    """(N,) of NOTE; places are counted in beats from times[0], goes on at the last pace."""
    if not notes:
        return np.zeros(0, NOTE)
    table = np.array(notes, np.float64)
    longer = np.concatenate([times, times[-1] + np.median(np.diff(times)) * np.arange(1, 17)])
    index = np.arange(len(longer))
    out = np.zeros(len(table), NOTE)
    start = np.interp(table[:, 0], index, longer)
    stop = np.interp(table[:, 0] + table[:, 1], index, longer)
    out["start"] = np.maximum(0.0, start + human * rng.standard_normal(len(table)))
    out["length"] = np.maximum(0.03, stop - start)
    out["pitch"], out["program"] = table[:, 2], table[:, 4]
    out["velocity"] = np.clip(table[:, 3] * 120 + 4 * rng.standard_normal(len(table)), 10, 127)
    return out
