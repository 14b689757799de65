"""A routine: moves in a row on a count, and the keys that they come to in the room."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.corpus.studio.dancer.keys import Keys
from dance_core.corpus.studio.dancer.pose import ARMS, shoulder_frame
from dance_core.corpus.studio.dancer.score import SCALARS, ArmKey, FootKey, Move, Score
from dance_core.corpus.studio.dancer.style import Style
from dance_core.motion import rotations as rot

BALL_AHEAD = 0.085  # m: the ball of a standing foot is this far in front of the body's line
CLEAR = 0.065  # m: a foot that changes its place leaves the floor by this much, or it would count as sliding
MIN_SWING_S = 0.13  # no step is quicker than this
FIRST_STEP_S, READY_S = 0.17, 0.31  # s after the reference pose: no step ends before, feet stand ready then
PLACE = ("heading", "travel_x", "travel_z")  # channels that move the floor frame, in step with the feet
_RISE = 1.875  # highest speed of a minimum-jerk move over its mean speed


@dataclass(frozen=True)
class Slot:
    """One move in a routine.

    Attributes:
        start: count of its "one". length: counts that are danced of it (None: all).
        fits: fewer counts are danced because bars are not of four: as Score.shortened says.
        touch: its last step is a touch, because the next move begins with that foot.
        mirrored: begun on the right. size: 1 = as written. energy: of the music, 0 to 1.
    """

    move: Move
    start: float
    mirrored: bool = False
    size: float = 1.0
    energy: float = 0.5
    length: int | None = None
    fits: bool = False
    touch: bool = False

    def score(self, style: Style) -> Score:
        """What is danced of the move, as it is danced here."""
        score = Score(self.move.counts, style.attack, style.hand, style.step_lift)
        self.move.write(score)
        if self.length is not None and self.length < self.move.counts:
            score = score.shortened(self.length) if self.fits else score.cut(self.length)
        score = score.mirrored() if self.mirrored else score
        return score.touching() if self.touch else score


@dataclass(frozen=True)
class FootState:
    """A foot in the room: ball (3,) m (y = height of the sole), yaw and pitch in radians."""

    ball: tuple[float, float, float]
    yaw: float
    pitch: float = 0.0


@dataclass(frozen=True, eq=False)
class FootTrack:
    """Keys of one foot in the room: Keys of (x, y, z, yaw, pitch) and the lift of each swing (K,)."""

    keys: Keys
    lift: np.ndarray


@dataclass(frozen=True, eq=False)
class RoutineKeys:
    """All channels of a routine, ready to be read at any count."""

    scalars: dict[str, Keys]
    shoulders: dict[str, Keys]  # "L", "R" -> quaternions in the chest's frame
    arms: dict[str, Keys]  # (elbow bend, twist, flex) in degrees
    hands: dict[str, list[tuple[float, str, float]]]
    faces: list[tuple[float, str, float]]
    feet: dict[str, FootTrack]
    weight: Keys  # share on the left foot


class Compiler:
    """Turns the slots of one dance into keys."""

    def __init__(
        self,
        style: Style,
        slots: tuple[Slot, ...],
        seconds_per_count: float,
        origin: tuple[float, float, float],
        opening: float,
        feet: dict[str, FootState],
    ) -> None:
        """Take what the keys depend on.

        Args:
            style: the dancer's.
            slots: in order of their start.
            seconds_per_count: in the middle of the dance's music.
            origin: x, z (m) and heading (rad) of the floor frame at count `opening`.
            opening: count at which the dance begins. feet: where they are then, by side.
        """
        # moves that end before the dance begins
        over = [*(b.start <= opening + 0.5 for b in slots[1:]), False]
        self.slots = tuple(s for s, gone in zip(slots, over, strict=True) if not gone)
        self.style, self.pace = style, seconds_per_count
        self.origin, self.opening, self.first_feet = origin, opening, feet
        self.scalars: dict[str, list[tuple[float, float, float]]] = {n: [] for n in SCALARS}
        self.arm_keys: dict[str, list[tuple[float, ArmKey, float, float]]] = {"L": [], "R": []}
        self.faces: list[tuple[float, str, float]] = []
        self.foot_events: list[tuple[Slot, Score]] = []

    def compile(self) -> RoutineKeys:
        """All keys of the routine. To be called once."""
        for slot in self.slots:
            self._slot(slot)
        stretch = self.style.stretch
        scalars = {
            name: Keys.of(keys).stretched(0.0 if name in PLACE else stretch)
            for name, keys in self.scalars.items()
        }
        shoulders, arms, hands = {}, {}, {}
        for side in "LR":
            shoulders[side], arms[side], hands[side] = self._arm(side)
        feet, weight = self._feet(scalars)
        return RoutineKeys(scalars, shoulders, arms, hands, self.faces, feet, weight)

    # -- one slot --------------------------------------------------------------------------------
    def _slot(self, slot: Slot) -> None:
        score, style, start = slot.score(self.style), self.style, slot.start
        loud = 0.6 + 0.8 * slot.energy
        rest = {"low": style.low, "bounce": style.bounce * loud, "nod": style.nod * loud}
        for name in SCALARS:
            keys = sorted(score.scalars.get(name, []))
            if name in PLACE:
                continue
            if name == "low":
                keys = [(c, v + style.low, a) for c, v, a in keys]
            grow = slot.size if name not in ("low", "bounce", "nod") else 1.0
            out = [] if any(c <= 0.02 for c, _, _ in keys) else [(0.0, rest.get(name, 0.0), 0.75)]
            out += [(c, v * grow, a) for c, v, a in keys]
            self.scalars[name] += [(start + c, v, a) for c, v, a in out]
        self._floor(score, start, slot.size)
        for side in "LR":
            keys = score.arm_keys[side]
            if not any(c <= 0.02 for c, _, _ in keys):
                upper, fore = ARMS[style.arm]
                self.arm_keys[side].append((start, ArmKey(upper, fore, style.hand), 0.75, slot.size))
            self.arm_keys[side] += [(start + c, k, a, slot.size) for c, k, a in keys]
        mood = style.faces[int(slot.energy > 0.55)]
        self.faces.append((start, mood, 1.0))
        self.faces += [(start + c, name, a) for c, name, a in score.faces]
        self.foot_events.append((slot, score))

    def _floor(self, score: Score, start: float, size: float) -> None:
        """Heading and travel go on from where the slot before left them."""
        turn0 = self.scalars["heading"][-1][1] if self.scalars["heading"] else np.degrees(self.origin[2])
        x0 = self.scalars["travel_x"][-1][1] if self.scalars["travel_x"] else self.origin[0]
        z0 = self.scalars["travel_z"][-1][1] if self.scalars["travel_z"] else self.origin[1]
        self.scalars["heading"] += [(start, turn0, 0.5)]
        self.scalars["heading"] += [
            (start + c, turn0 + v, a) for c, v, a in sorted(score.scalars.get("heading", []))
        ]
        moves = {n: Keys.of([(0.0, 0.0, 0.5), *score.scalars.get(n, [])]) for n in ("travel_x", "travel_z")}
        counts = sorted({c for k in moves.values() for c in k.counts.tolist()})
        attack = {round(c, 4): a for n in moves for c, _, a in score.scalars.get(n, [])}
        for c in counts:
            x, z = (float(moves[n].at(np.array([c]))[0]) * size for n in ("travel_x", "travel_z"))
            a = attack.get(round(c, 4), 0.5)
            there_x, there_z = _in_room(x0, z0, np.radians(turn0), x, z)
            self.scalars["travel_x"].append((start + c, there_x, a))
            self.scalars["travel_z"].append((start + c, there_z, a))

    # -- arms ------------------------------------------------------------------------------------
    def _arm(self, side: str) -> tuple[Keys, Keys, list[tuple[float, str, float]]]:
        """Keys of a shoulder and elbow; a turn that is too far for its time is cut short."""
        last = {round(c, 4): (c, k, a, z) for c, k, a, z in self.arm_keys[side]}
        turns, rest, hands = [], [], []
        before: np.ndarray | None = None
        bend_before = 0.0
        previous = self.opening - 1.0
        for c in sorted(last):
            count, key, attack, _ = last[c]
            q, bend = shoulder_frame(key.upper, key.fore, side)
            if before is not None:
                # half of the elbow's turn counts too: it is what keeps hands below some 8 m/s
                angle = float(rot.geodesic(before, q)) + 0.5 * np.radians(abs(bend - bend_before))
                need = _RISE * angle / self.style.arm_speed / self.pace  # counts
                gap = count - previous
                if need > gap:
                    q = rot.slerp(before, q, np.array(gap / need))
                    bend = bend_before + (bend - bend_before) * gap / need
                attack = min(max(attack, need), gap)
            turns.append((count, q, attack))
            rest.append((count, (bend, key.twist, key.flex), attack))
            hands.append((count, key.hand, min(attack, 0.4)))
            before, bend_before, previous = q, bend, count
        stretch = self.style.stretch
        return Keys.of(turns).stretched(stretch), Keys.of(rest).stretched(stretch), hands

    # -- feet ------------------------------------------------------------------------------------
    def _feet(self, scalars: dict[str, Keys]) -> tuple[dict[str, FootTrack], Keys]:
        events: list[tuple[float, str, FootState, FootKey]] = []
        now = dict(self.first_feet)
        for slot, score in self.foot_events:
            keys = sorted((replace(f, count=slot.start + f.count) for f in score.feet), key=lambda f: f.count)
            keys = [f for f in keys if f.count > self.opening + max(0.45, FIRST_STEP_S / self.pace)]
            if self.style.bar == 3 and slot.start < self.opening:
                keys = _after_a_step(keys)
                if not keys:  # its steps are over: the feet get ready for the next move at once
                    continue
            keys = sorted(self._stand_ready(slot, keys, now, scalars) + keys, key=lambda f: f.count)
            for f in keys:
                state = self._place(f, slot.size, scalars)
                events.append((f.count, f.side, state, f))
                now[f.side] = state
        return self._tracks(events), self._weight(events)

    def _place(self, foot: FootKey, size: float, scalars: dict[str, Keys]) -> FootState:
        """A foot key in the room."""
        c = np.array([foot.count])
        x0, z0, turn = (float(scalars[n].at(c)[0]) for n in ("travel_x", "travel_z", "heading"))
        psi, sign = np.radians(turn), 1.0 if foot.side == "L" else -1.0
        grow = 1 + (size - 1) * 0.6
        out = 0.12 + (foot.out - 0.12) * grow
        x, z = sign * out, foot.fwd * grow + BALL_AHEAD
        ball_x, ball_z = _in_room(x0, z0, psi, x, z)
        yaw, pitch = psi + sign * np.radians(foot.turn), np.radians(foot.pitch)
        return FootState((ball_x, foot.up * grow, ball_z), yaw, pitch)

    def _stand_ready(
        self, slot: Slot, keys: list[FootKey], now: dict[str, FootState], scalars: dict[str, Keys]
    ) -> list[FootKey]:
        """Steps that bring the feet to where the move begins, if the move does not do so itself at once."""
        stance, out = slot.move.stance, []
        start = max(slot.start, self.opening + max(0.8, READY_S / self.pace))
        far: dict[str, float] = {}
        for side in "LR":
            wanted = FootKey(
                start,
                side,
                stance.out,
                stance.fwd_L if side == "L" else stance.fwd_R,
                stance.turn,
                weight=0.5,
                lift=self.style.step_lift,
            )
            place = self._place(wanted, slot.size, scalars)
            gap = np.hypot(place.ball[0] - now[side].ball[0], place.ball[2] - now[side].ball[2])
            turn = abs(float(rot.wrapped(place.yaw - now[side].yaw)))
            if gap > 0.06 or turn > 0.35 or now[side].ball[1] > 0.01 or abs(now[side].pitch) > 0.05:
                far[side] = gap + now[side].ball[1] + turn
                out.append(wanted)
        out.sort(key=lambda f: -far[f.side])
        if len(out) == 2:
            out[1] = replace(out[1], count=start + 0.5)
            out[0] = replace(out[0], weight=0.85)
        ready = []
        for f in out:
            own = [k.count - k.swing for k in keys if k.side == f.side]
            other = [k for k in keys if k.side != f.side and k.count - k.swing < f.count < k.count + 0.05]
            if not (own and min(own) < f.count - 0.05) and not other:
                ready.append(f)
        return ready

    def _tracks(self, events: list[tuple[float, str, FootState, FootKey]]) -> dict[str, FootTrack]:
        tracks = {}
        shortest = MIN_SWING_S / self.pace
        for side in "LR":
            first = self.first_feet[side]
            rows: list[tuple[float, tuple[float, ...], float]] = [
                (self.opening, (*first.ball, first.yaw, first.pitch), 0.5)
            ]
            lifts = {round(self.opening, 4): 0.0}
            yaw = first.yaw
            for count, s, state, f in events:
                if s != side:
                    continue
                yaw += float(rot.wrapped(state.yaw - yaw))  # the short way
                rows.append((count, (*state.ball, yaw, state.pitch), max(f.swing, shortest)))
                away = np.hypot(state.ball[0] - rows[-2][1][0], state.ball[2] - rows[-2][1][2])
                lifts[round(count, 4)] = max(f.lift, CLEAR) if away > 0.015 else f.lift
            keys = Keys.of(rows)
            tracks[side] = FootTrack(keys, np.array([lifts[round(c, 4)] for c in keys.counts]))
        return tracks

    def _weight(self, events: list[tuple[float, str, FootState, FootKey]]) -> Keys:
        """Weight goes to the standing leg before the other leaves the floor, onto a foot when it lands."""
        keys: list[tuple[float, float, float]] = [(self.opening, 0.5, 0.5)]
        for count, side, _, f in sorted(events, key=lambda e: e[0]):
            left = 1.0 if side == "L" else 0.0
            swing = max(f.swing, MIN_SWING_S / self.pace)
            if f.lift > 0.01 or f.up > 0.01:
                keys.append((count - 0.8 * swing, 0.9 * (1 - left) + 0.1 * left, min(0.5, 0.45 / self.pace)))
            share = left * f.weight + (1 - left) * (1 - f.weight)
            keys.append((count + 0.02, share, 0.02 + 0.7 * swing))
        return Keys.of([k for k in keys if k[0] >= self.opening])


def _after_a_step(keys: list[FootKey]) -> list[FootKey]:
    """Keys, in order, of a move that began before the dance: no heel comes down before its foot stepped."""
    first = {s: next((f.count for f in keys if f.side == s and f.lift > 0.0), np.inf) for s in "LR"}
    return [f for f in keys if f.count >= first[f.side]]


def _in_room(x0: float, z0: float, heading: float, x: float, z: float) -> tuple[float, float]:
    """x, z (m) in the room of a point x to the left and z ahead in a frame at x0, z0 that faces `heading`."""
    sine, cosine = np.sin(heading), np.cos(heading)
    return x0 + cosine * x + sine * z, z0 - sine * x + cosine * z
