"""How a move is written down: keys on counts for feet, hips, chest, arms, hands, head and face.

Count 0 is the dancer's "one", 0.5 the "and" after it; a key is reached on its count, so a step on 0
lands on the first beat. Keys lie in 0 <= count < counts. What a move does not say goes back to the
style's posture at its beginning.

A move is a function that writes into a `Score`. It is written once, for a dancer who begins on the
left, and can be danced mirrored. Signs: + is to the dancer's left, forward, up; angles in degrees,
yaw + turns left, pitch + bows forward, roll + leans left; distances in metres. Sides are "L" and "R";
"out" and "fwd" of a foot are seen from the body: out is away from the middle for either foot.

    @move("gHO", "Jack", counts=4, energy=(0.3, 1.0))
    def jack(s: Score) -> None:
        for count in range(4):
            s.chest(count, pitch=-8)
            s.chest(count + 0.5, pitch=14)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dance_core.corpus.studio.dancer.pose import ARMS, FACES, HANDS

SIGNED = frozenset(
    {"sway", "yaw", "roll", "c_yaw", "c_roll", "c_slide", "h_yaw", "h_roll", "heading", "travel_x"}
)  # channels that change sign in the mirror
SCALARS = (
    "sway",
    "low",
    "lead",
    "yaw",
    "pitch",
    "roll",
    "c_yaw",
    "c_pitch",
    "c_roll",
    "c_pop",
    "c_slide",
    "h_yaw",
    "h_pitch",
    "h_roll",
    "shrug_L",
    "shrug_R",
    "knee_L",
    "knee_R",
    "bounce",
    "nod",
    "heading",
    "travel_x",
    "travel_z",
)
OTHER = {"L": "R", "R": "L"}


@dataclass(frozen=True)
class ArmKey:
    """Where an arm is at a count: direction words, hand shape, forearm twist (+ palm down) and wrist bend."""

    upper: str
    fore: str
    hand: str = "relaxed"
    twist: float = 0.0
    flex: float = 0.0


@dataclass(frozen=True)
class FootKey:
    """Where a foot is at a count, seen from the floor frame (which heading and travel move).

    Attributes:
        count: when it gets there; it leaves `swing` counts earlier.
        side: "L" or "R".
        out, fwd: ball of the foot, metres from the middle line and from the body's line.
        turn: toes out, degrees.
        up: height of the sole at that count, m (0 = on the ground).
        pitch: + heel raised, - toes raised, degrees.
        weight: share of the body's weight on it afterwards, 0 to 1.
        swing: counts in the air (or sliding) before.
        lift: extra height in the middle of the swing, m; 0 slides along the floor.
    """

    count: float
    side: str
    out: float
    fwd: float
    turn: float = 8.0
    up: float = 0.0
    pitch: float = 0.0
    weight: float = 0.9
    swing: float = 0.5
    lift: float = 0.07


@dataclass(frozen=True)
class Stance:
    """Where both feet stand when a move begins, in metres and degrees."""

    out: float = 0.16
    fwd_L: float = 0.0
    fwd_R: float = 0.0
    turn: float = 12.0


@dataclass
class Score:
    """The sheet that a move writes on. `style` gives defaults for attacks and hands."""

    counts: int
    attack: float = 0.5
    hand: str = "relaxed"
    step_lift: float = 0.06
    scalars: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    arm_keys: dict[str, list[tuple[float, ArmKey, float]]] = field(default_factory=lambda: {"L": [], "R": []})
    feet: list[FootKey] = field(default_factory=list)
    faces: list[tuple[float, str, float]] = field(default_factory=list)

    def _check(self, count: float) -> None:
        if not 0 <= count < self.counts:
            raise ValueError(f"a key on count {count} of a move of {self.counts} counts")

    # -- trunk ---------------------------------------------------------------------------------
    def _put(self, count: float, attack: float | None, **values: float | None) -> None:
        self._check(count)
        for name, value in values.items():
            if value is not None:
                self.scalars.setdefault(name, []).append((count, value, attack or self.attack))

    def hips(
        self,
        count: float,
        *,
        sway: float | None = None,
        low: float | None = None,
        lead: float | None = None,
        yaw: float | None = None,
        pitch: float | None = None,
        roll: float | None = None,
        attack: float | None = None,
    ) -> None:
        """Pelvis: sway (m to the left, on top of the weight shift), low (m down), lead (m forward), turns."""
        self._put(count, attack, sway=sway, low=low, lead=lead, yaw=yaw, pitch=pitch, roll=roll)

    def chest(
        self,
        count: float,
        *,
        yaw: float | None = None,
        pitch: float | None = None,
        roll: float | None = None,
        pop: float | None = None,
        slide: float | None = None,
        attack: float | None = None,
    ) -> None:
        """Rib cage against the pelvis: turns, pop (+ chest out, degrees of arch), slide (+ to the left)."""
        self._put(count, attack, c_yaw=yaw, c_pitch=pitch, c_roll=roll, c_pop=pop, c_slide=slide)

    def head(
        self,
        count: float,
        *,
        yaw: float | None = None,
        pitch: float | None = None,
        roll: float | None = None,
        attack: float | None = None,
    ) -> None:
        """Head against where the body faces (it is kept level by itself)."""
        self._put(count, attack, h_yaw=yaw, h_pitch=pitch, h_roll=roll)

    def shrug(
        self, count: float, L: float | None = None, R: float | None = None, attack: float | None = None
    ) -> None:
        """Shoulders up: degrees of the collar bones, about -5 to 25."""
        self._put(count, attack, shrug_L=L, shrug_R=R)

    def bounce(self, amount: float, nod: float | None = None, count: float = 0.0) -> None:
        """Depth of the knees' bounce on each beat, m, and of the head's nod, degrees."""
        self._put(count, 1.0, bounce=amount, nod=nod)

    # -- arms ----------------------------------------------------------------------------------
    def arm(
        self,
        count: float,
        side: str,
        pose: str,
        hand: str | None = None,
        twist: float = 0.0,
        flex: float = 0.0,
        attack: float | None = None,
    ) -> None:
        """One arm: a name of pose.ARMS or "upper/fore" in direction words; ValueError if neither."""
        self._check(count)
        hand = hand or self.hand
        if pose in ARMS:
            upper, fore = ARMS[pose]
        elif pose.count("/") == 1:
            upper, fore = pose.split("/")
        else:
            raise ValueError(f"no arm pose {pose!r}; there are {', '.join(ARMS)} or 'upper/fore'")
        if hand not in HANDS:
            raise ValueError(f"no hand {hand!r}; there are {', '.join(HANDS)}")
        self.arm_keys[side].append((count, ArmKey(upper, fore, hand, twist, flex), attack or self.attack))

    def arms(
        self,
        count: float,
        pose: str,
        hand: str | None = None,
        twist: float = 0.0,
        flex: float = 0.0,
        attack: float | None = None,
    ) -> None:
        """Both arms alike."""
        for side in "LR":
            self.arm(count, side, pose, hand, twist, flex, attack)

    # -- feet ----------------------------------------------------------------------------------
    def foot(self, count: float, side: str, out: float = 0.16, fwd: float = 0.0, **more: float) -> None:
        """Any foot key, see FootKey."""
        self._check(count)
        self.feet.append(FootKey(count, side, out, fwd, **more))

    def step(self, count: float, side: str, out: float = 0.16, fwd: float = 0.0, **more: float) -> None:
        """Step: land flat on the count and take the weight."""
        self.foot(count, side, out, fwd, **{"lift": self.step_lift, **more})

    def tap(self, count: float, side: str, out: float = 0.16, fwd: float = 0.05, **more: float) -> None:
        """Touch the floor with the ball of the foot, heel up, weight stays on the other leg."""
        self.foot(count, side, out, fwd, **{"pitch": 28.0, "weight": 0.1, "lift": self.step_lift, **more})

    def heel(self, count: float, side: str, out: float = 0.16, fwd: float = 0.3, **more: float) -> None:
        """Dig the heel in, toes up, weight stays on the other leg."""
        self.foot(count, side, out, fwd, **{"pitch": -28.0, "weight": 0.1, "lift": self.step_lift, **more})

    def kick(
        self, count: float, side: str, out: float = 0.1, fwd: float = 0.45, up: float = 0.25, **more: float
    ) -> None:
        """Kick: the foot is in the air on the count. Follow it with a step or a tap."""
        self.foot(count, side, out, fwd, **{"up": up, "pitch": 20.0, "weight": 0.0, "lift": 0.02, **more})

    def knee(
        self, count: float, side: str, up: float = 0.3, out: float = 0.12, fwd: float = 0.12, **more: float
    ) -> None:
        """Lift the knee: the foot hangs under it on the count. Follow it with a step."""
        self.foot(count, side, out, fwd, **{"up": up, "pitch": 30.0, "weight": 0.0, "lift": 0.0, **more})

    def slide(self, count: float, side: str, out: float = 0.16, fwd: float = 0.0, **more: float) -> None:
        """Skim over the floor to the place: nearly a slide, with the sole just off the ground."""
        self.foot(count, side, out, fwd, **{"lift": 0.03, **more, "swing": min(more.get("swing", 0.5), 0.6)})

    def knees(
        self, count: float, L: float | None = None, R: float | None = None, attack: float | None = None
    ) -> None:
        """Where the knees point: degrees further out than the toes (+) or in (-)."""
        self._put(count, attack, knee_L=L, knee_R=R)

    # -- place, face ---------------------------------------------------------------------------
    def heading(self, count: float, degrees: float, attack: float | None = None) -> None:
        """Where the body faces against the move's beginning; feet keys are seen from it. + turns left."""
        self._put(count, attack, heading=degrees)

    def travel(
        self, count: float, x: float | None = None, z: float | None = None, attack: float | None = None
    ) -> None:
        """Where the floor frame is against the move's beginning, m (x to the left, z forward)."""
        self._put(count, attack, travel_x=x, travel_z=z)

    def face(self, count: float, name: str, attack: float = 0.6) -> None:
        """A named face (pose.FACES). Raises ValueError for an unknown one."""
        self._check(count)
        if name not in FACES:
            raise ValueError(f"no face {name!r}; there are {', '.join(FACES)}")
        self.faces.append((count, name, attack))

    def cut(self, counts: int) -> "Score":
        """The first `counts` counts of it."""
        return Score(
            counts,
            self.attack,
            self.hand,
            self.step_lift,
            {n: [k for k in keys if k[0] < counts] for n, keys in self.scalars.items()},
            {side: [k for k in keys if k[0] < counts] for side, keys in self.arm_keys.items()},
            [f for f in self.feet if f.count < counts],
            [k for k in self.faces if k[0] < counts],
        )

    def shortened(self, counts: int) -> "Score":
        """The move in fewer counts, for bars that are not of four; it ends where the whole move would.

        Six counts of a move of eight whose second half mirrors its first are the first three of each half, so
        that each bar of three begins as the move's own bars do; all else is cut off behind.
        """
        if (self.counts, counts) == (8, 6) and self._answers_itself():
            out = self._kept(lambda c: c % 4 < 3, lambda c: c if c < 4 else c - 1, counts)
        else:
            out = self.cut(counts)
            # a heel that is raised at the very end would be put elsewhere by the next move before it is up
            out.feet = [f for f in out.feet if f.count < counts - 0.5 or f.lift > 0.0 or f.pitch <= 0.0]
        for name in ("heading", "travel_x", "travel_z"):
            keys = sorted(out.scalars.get(name, []))
            if keys:
                last, value, _ = keys[-1]
                missing = sorted(self.scalars[name])[-1][1] - value  # made up for little by little
                out.scalars[name] = [(c, v + missing * (c / last if last else 1.0), a) for c, v, a in keys]
        return out

    @property
    def first_foot(self) -> str:
        """The side that takes the first step; "" without one."""
        return min(self.feet, key=lambda f: f.count).side if self.feet else ""

    @property
    def last_foot(self) -> str:
        """The side that the last step took the weight with; "" without one."""
        taken = [f for f in self.feet if f.weight >= 0.5]
        return max(taken, key=lambda f: f.count).side if taken else ""

    def touching(self) -> "Score":
        """The same, but its last step is a touch: the weight stays, and that foot is free to go on."""
        side = self.last_foot
        steps = [f for f in self.feet if f.side == side and f.lift > 0.0]
        if not steps:
            return self
        last = max(steps, key=lambda f: f.count)
        kept = [f for f in self.feet if f is not last and not (f.side == side and f.count > last.count)]
        touch = replace(last, weight=0.1, pitch=max(last.pitch, 26.0))
        return replace(self, feet=[*kept, touch])

    def _answers_itself(self) -> bool:
        """Whether the feet do in the second half what they did in the first, left and right changed."""
        half = self.counts / 2
        first = sorted((f.count, OTHER[f.side]) for f in self.feet if f.count < half)
        second = sorted((f.count - half, f.side) for f in self.feet if f.count >= half)
        return bool(first) and first == second

    def _kept(self, keep: Callable[[float], bool], at: Callable[[float], float], counts: int) -> "Score":
        """The keys on counts that are kept, moved to where those lie now."""

        def moved(keys: list[tuple]) -> list[tuple]:
            return [(at(k[0]), *k[1:]) for k in keys if keep(k[0])]

        return Score(
            counts,
            self.attack,
            self.hand,
            self.step_lift,
            {n: moved(keys) for n, keys in self.scalars.items()},
            {side: moved(keys) for side, keys in self.arm_keys.items()},
            [replace(f, count=at(f.count)) for f in self.feet if keep(f.count)],
            moved(self.faces),
        )

    def mirrored(self) -> "Score":
        """The same move begun on the right."""
        swap = {"shrug_L": "shrug_R", "shrug_R": "shrug_L", "knee_L": "knee_R", "knee_R": "knee_L"}
        scalars = {
            swap.get(name, name): [(c, -v if name in SIGNED else v, a) for c, v, a in keys]
            for name, keys in self.scalars.items()
        }
        return Score(
            self.counts,
            self.attack,
            self.hand,
            self.step_lift,
            scalars,
            {side: list(self.arm_keys[OTHER[side]]) for side in "LR"},
            [replace(f, side=OTHER[f.side]) for f in self.feet],
            list(self.faces),
        )


@dataclass(frozen=True)
class Move:
    """One move of the vocabulary.

    Attributes:
        style: style key ("gHO").
        name: what dancers call it.
        counts: how long it is: 4 or 8, or 3 or 6 in styles that count to three.
        energy: (lowest, highest) energy of music that it suits, 0 to 1.
        role: "groove" (may be repeated at will), "step", "feature" (arms or isolations), "turn", "pose"
            (ends a phrase, held).
        stance: how the feet stand at its beginning.
        fast: False if it needs time: not danced above the style's `hurried` counts a minute.
        write: the function that writes it.
    """

    style: str
    name: str
    counts: int
    energy: tuple[float, float]
    role: str
    stance: Stance
    fast: bool
    write: Callable[[Score], None]


MOVES: dict[str, list[Move]] = {}
ROLES = ("groove", "step", "feature", "turn", "pose")


def move(
    style: str,
    name: str,
    counts: int = 8,
    energy: tuple[float, float] = (0.0, 1.0),
    role: str = "step",
    stance: Stance = Stance(),
    fast: bool = True,
) -> Callable:
    """Decorator that puts a move into the vocabulary. Raises ValueError on a bad length or role."""
    if counts not in (3, 4, 6, 8) or role not in ROLES:
        raise ValueError(f"move {name}: {counts} counts, role {role}")

    def add(write: Callable[[Score], None]) -> Callable[[Score], None]:
        MOVES.setdefault(style, []).append(Move(style, name, counts, energy, role, stance, fast, write))
        return write

    return add
