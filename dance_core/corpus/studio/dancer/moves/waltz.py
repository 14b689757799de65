"""Waltz, danced alone: a long step down on one, rising on two, high on three; arms that breathe with it.

Counts are those of bars of three. Each bar begins low, on a flat foot; the heel lifts on two and three and
comes down just before the next one. Three steps end on the foot that they began with, six on the other.
"""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move

_LOW, _RISEN, _HIGH = 0.035, -0.014, -0.056  # m that the hips are down on one, two and three
_BALL, _TOE = 18.0, 28.0  # degrees that the heel is raised on two and three
_SECOND = "out-.12up+.2fwd/out-.1up+.4fwd"  # the arm to the side, rounded
_CROWN = "up+.35out+.25fwd/up-.6out+.15fwd"  # over the head
_FRONT = "down+.55fwd+.25out/in+.6fwd+.1up"  # before the waist
_OPEN = "out+.3up/out+.4up+.1fwd"


def _swing(s: Score, c: float, high: float = _HIGH, low: float = _LOW) -> None:
    """Down on one, up over two, highest on three."""
    s.hips(c, low=low, attack=0.8)
    s.hips(c + 1, low=_RISEN, attack=0.95)
    s.hips(c + 2, low=high, attack=0.95)


def _lower(s: Score, count: float, side: str, out: float, fwd: float = 0.0, turn: float = 14.0) -> None:
    """The heel of the foot that closed comes down where it is."""
    s.foot(count, side, out=out, fwd=fwd, turn=turn, weight=0.9, swing=0.4, lift=0.0)


def _lead(side: str) -> tuple[str, int]:
    """The other side, and the sign of this one (+ left)."""
    return OTHER[side], 1 if side == "L" else -1


@move("waltz", "Box step", counts=6, energy=(0.0, 0.9), role="groove", stance=Stance(out=0.11, turn=14))
def box(s: Score) -> None:
    """Forward, side, close; back, side, close: the arms open on the way out and gather on the way home."""
    s.travel(0, z=0.24, attack=0.9)
    s.step(0, "L", out=0.11, fwd=0.07, turn=12, swing=0.85)
    s.travel(1, x=-0.24, attack=0.9)
    s.step(1, "R", out=0.13, turn=14, swing=0.8, pitch=_BALL)
    s.step(2, "L", out=0.11, turn=14, swing=0.75, pitch=_TOE, lift=0.03)
    _lower(s, 2.75, "L", 0.11)
    s.travel(3, z=0.0, attack=0.9)
    s.step(3, "R", out=0.11, fwd=-0.07, turn=12, swing=0.85)
    s.travel(4, x=0.0, attack=0.9)
    s.step(4, "L", out=0.13, turn=14, swing=0.8, pitch=_BALL)
    s.step(5, "R", out=0.11, turn=14, swing=0.75, pitch=_TOE, lift=0.03)
    _lower(s, 5.75, "R", 0.11)
    for c, sign in ((0, 1), (3, -1)):
        _swing(s, c)
        s.chest(c, yaw=14 * sign, pitch=3, attack=0.9)
        s.chest(c + 1, yaw=-4 * sign, roll=7 * sign, pitch=-3, attack=1.0)
        s.chest(c + 2, yaw=0, roll=8 * sign, pitch=-5, pop=4, attack=1.0)
        s.head(c, yaw=8 * sign, pitch=4, attack=1.0)
        s.head(c + 2, yaw=-22 * sign, roll=5 * sign, pitch=-6, attack=1.2)
    s.arm(0, "R", _FRONT, attack=1.0)
    s.arm(0, "L", _SECOND, attack=1.0)
    s.arm(2, "R", _SECOND, attack=1.6)
    s.arm(2, "L", "out+.2up+.1fwd/out+.3up+.2fwd", attack=1.4)
    s.arm(3, "L", _FRONT, attack=1.0)
    s.arm(5, "L", _SECOND, attack=1.6)
    s.arm(5, "R", "out+.2up+.1fwd/out+.3up+.2fwd", attack=1.4)


@move("waltz", "Balancé", counts=3, energy=(0.0, 1.0), role="groove", stance=Stance(out=0.12, turn=18))
def balance(s: Score) -> None:
    """To the side, up on the ball behind, down in place; one arm arches over."""
    s.travel(0, x=0.16, attack=0.9)
    s.step(0, "L", out=0.16, turn=20, swing=0.85)
    s.foot(1, "R", out=-0.06, fwd=-0.15, pitch=34, turn=20, weight=0.7, swing=0.8, lift=0.05)
    s.foot(2, "L", out=0.16, turn=20, pitch=10, weight=0.9, swing=0.4, lift=0.0)
    s.foot(2.7, "L", out=0.16, turn=20, weight=0.9, swing=0.4, lift=0.0)
    s.hips(0, low=0.055, sway=0.03, attack=0.8)
    s.hips(1, low=-0.045, sway=0.0, attack=0.95)
    s.hips(2, low=-0.02, sway=0.02, attack=0.9)
    s.chest(0, roll=13, yaw=10, attack=0.95)
    s.chest(1, roll=9, yaw=-8, pitch=-4, attack=1.0)
    s.chest(2, roll=4, yaw=-4, attack=1.0)
    s.head(0, yaw=24, roll=8, attack=0.95)
    s.head(2, yaw=12, roll=4, pitch=-4, attack=1.2)
    s.arm(0, "L", _OPEN, attack=0.95)
    s.arm(0, "R", "down+.5fwd-.1out/in+.6fwd+.1up", attack=0.95)
    s.arm(1.5, "R", "up+.1out+.6fwd/in+.9up+.2fwd", attack=1.3)
    s.arm(1.5, "L", _SECOND, attack=1.2)


@move("waltz", "Hesitation", counts=6, energy=(0.0, 0.55), role="groove", stance=Stance(out=0.11, turn=14))
def hesitation(s: Score) -> None:
    """One step a bar: forward and draw, back and draw, the arms rising all the way and falling."""
    for c, side, z in ((0, "L", 0.22), (3, "R", 0.0)):
        other, sign = _lead(side)
        s.travel(c, z=z, attack=0.95)
        s.step(c, side, out=0.12, fwd=0.04 if z else -0.04, turn=14, swing=0.9)
        s.foot(c + 2, other, out=0.1, fwd=0.03 if z else -0.05, pitch=34, turn=14, weight=0.1, swing=1.2,
               lift=0.035)
        _swing(s, c, -0.02, 0.04)
        s.hips(c + 1, sway=0.02 * sign, attack=1.0)
        s.chest(c, pitch=6 if z else 10, yaw=8 * sign, attack=1.0)
        s.chest(c + 2, pitch=-7 if z else 2, yaw=-6 * sign, roll=6 * sign, attack=1.4)
        s.head(c + 2, yaw=-16 * sign, pitch=-10 if z else 8, attack=1.4)
    s.arms(0, _FRONT, attack=1.2)
    s.arms(2, _CROWN, attack=1.8)
    s.arms(4, _SECOND, attack=1.6)
    s.arms(5, "down+.45out+.2fwd/down+.3out+.4fwd", attack=1.2)
    s.face(2, "tender")


@move("waltz", "Sway", counts=6, energy=(0.0, 0.7), role="feature", stance=Stance(out=0.2, turn=20))
def sway(s: Score) -> None:
    """A long sway to one side and to the other, the arms drawing the arc of a bell."""
    for c, side in ((0, "L"), (3, "R")):
        other, sign = _lead(side)
        s.step(c, side, out=0.25, fwd=0.02, turn=22, swing=0.85)
        s.foot(c + 1.2, other, out=0.2, fwd=-0.02, pitch=26, turn=20, weight=0.12, swing=0.8, lift=0.0)
        s.hips(c, low=0.055, sway=0.05 * sign, attack=0.85)
        s.hips(c + 2, low=-0.01, sway=0.07 * sign, attack=1.3)
        s.chest(c, roll=6 * sign, yaw=10 * sign, attack=1.0)
        s.chest(c + 2, roll=17 * sign, yaw=4 * sign, pitch=-5, attack=1.5)
        s.head(c, yaw=14 * sign, attack=1.0)
        s.head(c + 2, yaw=28 * sign, roll=6 * sign, pitch=-8, attack=1.4)
        s.arm(c, side, "out-.35up+.2fwd/out-.2up+.3fwd", attack=1.0)
        s.arm(c, other, "down+.5fwd-.15out/in+.5fwd-.2up", attack=1.0)
        s.arm(c + 2, side, "out+.45up/out+.5up+.1fwd", attack=1.6)
        s.arm(c + 2, other, "up+.45out+.2fwd/up-.35out+.2fwd", attack=1.6)


@move("waltz", "Progressive", counts=6, energy=(0.3, 1.0), role="step", stance=Stance(out=0.1, turn=10),
      fast=False)
def progressive(s: Score) -> None:
    """Three steps forward with a swing of the side, three back; the arms sweep up in front and open."""
    way = (0.26, 0.42, 0.52, 0.27, 0.11, 0.0)
    for c, z in enumerate(way):
        side = "LR"[c % 2]
        rising = (0.0, _BALL, _TOE)[c % 3]
        ahead = 0.05 if c < 3 else -0.05
        s.travel(c, z=z, attack=0.9)
        s.step(c, side, out=0.1, fwd=ahead if c % 3 != 2 else 0.0, turn=10, swing=0.8, pitch=rising)
    _lower(s, 2.75, "L", 0.1, 0.0, 10)
    _lower(s, 5.75, "R", 0.1, 0.0, 10)
    for c, sign in ((0, 1), (3, -1)):
        _swing(s, c)
        s.chest(c, yaw=16 * sign, pitch=5 if c == 0 else 8, attack=0.9)
        s.chest(c + 2, yaw=-6 * sign, roll=8 * sign, pitch=-7 if c == 0 else -1, pop=5, attack=1.3)
        s.head(c + 2, yaw=14 * sign, pitch=-9 if c == 0 else 2, attack=1.2)
    s.arms(0, _FRONT, attack=1.0)
    s.arms(2, "fwd+.8up+.45out/up+.3fwd+.2out", attack=1.7)
    s.arms(3, _OPEN, attack=1.0)
    s.arms(5, "out-.4up+.3fwd/out-.3up+.6fwd", attack=1.6)
    s.face(2, "smile")


@move("waltz", "Twinkle", counts=6, energy=(0.2, 1.0), role="step", stance=Stance(out=0.11, turn=12))
def twinkle(s: Score) -> None:
    """Across, side, close, and across the other way: the body turns with each crossing."""
    for c, side in ((0, "L"), (3, "R")):
        other, sign = _lead(side)
        s.travel(c, x=-0.1 * sign, z=0.08, attack=0.9)
        s.step(c, side, out=-0.07, fwd=0.14, turn=20, swing=0.85)
        s.travel(c + 1, x=-0.16 * sign, z=0.04, attack=0.9)
        s.step(c + 1, other, out=0.16, turn=14, swing=0.75, pitch=_BALL)
        s.travel(c + 2, x=-0.12 * sign if c == 0 else 0.0, z=0.0, attack=0.9)
        s.step(c + 2, side, out=0.12, turn=14, swing=0.7, pitch=_TOE, lift=0.03)
        _lower(s, c + 2.75, side, 0.12)
        _swing(s, c)
        s.hips(c, yaw=-18 * sign, attack=0.9)
        s.hips(c + 1, yaw=4 * sign, attack=0.9)
        s.hips(c + 2, yaw=0, attack=0.9)
        s.chest(c, yaw=22 * sign, roll=-5 * sign, attack=0.95)
        s.chest(c + 2, yaw=-8 * sign, roll=8 * sign, pitch=-4, attack=1.2)
        s.head(c, yaw=-18 * sign, attack=0.9)
        s.head(c + 2, yaw=20 * sign, pitch=-5, attack=1.1)
        s.arm(c, other, "fwd+.15up+.15out/fwd+.25in+.2up", attack=0.95)
        s.arm(c, side, _SECOND, attack=0.95)
        s.arm(c + 2, side, "out+.35up/out+.4up+.15fwd", attack=1.4)
        s.arm(c + 2, other, _SECOND, attack=1.4)


@move("waltz", "Rond", counts=6, energy=(0.0, 0.75), role="feature", stance=Stance(out=0.12, turn=20))
def rond(s: Score) -> None:
    """A step, and the free leg draws an arc along the floor from front to back, the far arm following it."""
    for c, side in ((0, "L"), (3, "R")):
        other, sign = _lead(side)
        s.step(c, side, out=0.11, fwd=0.06 if c == 0 else -0.02, turn=18, swing=0.85)
        s.foot(c + 0.95, other, out=0.24, fwd=0.26, pitch=36, turn=26, weight=0.06, swing=0.8, lift=0.02)
        s.foot(c + 2, other, out=0.36, fwd=-0.08, pitch=40, turn=34, weight=0.06, swing=1.0, lift=0.02)
        s.hips(c, low=0.045, attack=0.85)
        s.hips(c + 1, low=0.0, yaw=8 * sign, attack=1.0)
        s.hips(c + 2, low=-0.012, yaw=-8 * sign, attack=1.2)
        s.chest(c, pitch=5, yaw=-6 * sign, attack=1.0)
        s.chest(c + 2, pitch=-6, yaw=-14 * sign, roll=-6 * sign, attack=1.6)
        s.head(c + 1, yaw=-8 * sign, attack=1.0)
        s.head(c + 2, yaw=-30 * sign, pitch=-6, attack=1.2)
        s.arm(c, side, _SECOND, attack=1.0)
        s.arm(c, other, _FRONT, attack=1.0)
        s.arm(c + 2, other, "out+.25up/out+.3up+.1fwd", attack=1.7)
        s.arm(c + 2, side, _CROWN, attack=1.5)


@move("waltz", "Turning waltz", counts=6, energy=(0.35, 1.0), role="turn", stance=Stance(out=0.11, turn=8),
      fast=False)
def turning(s: Score) -> None:
    """Once around to the left in two bars, half a turn each, with arms held as if round a partner."""
    for c in range(6):
        side = "LR"[c % 2]
        rising = (0.0, _BALL, _TOE)[c % 3]
        s.heading(c, (70.0, 130.0, 180.0, 250.0, 310.0, 360.0)[c], attack=0.9)
        s.step(c, side, out=0.12 if c % 3 != 2 else 0.1, fwd=(0.1, 0.0, 0.0, -0.06, 0.0, 0.0)[c], turn=6,
               swing=0.75, pitch=rising)
    _lower(s, 2.75, "L", 0.1, 0.0, 6)
    _lower(s, 5.75, "R", 0.1, 0.0, 6)
    for c in (0, 3):
        _swing(s, c, -0.022, 0.04)
        s.chest(c, roll=4, pitch=2, attack=0.9)
        s.chest(c + 2, roll=10, pitch=-6, pop=4, attack=1.2)
        s.head(c, yaw=10, attack=0.8)
        s.head(c + 2, yaw=26, roll=4, pitch=-6, attack=1.0)
    s.arm(0, "L", "out+.05up+.25fwd/out+.55fwd+.25up", attack=1.0)
    s.arm(0, "R", "out-.1up+.4fwd/in+.5fwd+.05up", attack=1.0)
    s.arm(3, "L", "out+.15up+.2fwd/out+.4fwd+.3up", attack=1.2)
    s.arm(3, "R", "out-.05up+.4fwd/in+.6fwd+.1up", attack=1.2)
    s.face(3, "smile")


@move("waltz", "Quarter turns", counts=6, energy=(0.15, 0.9), role="turn", stance=Stance(out=0.11, turn=12))
def quarters(s: Score) -> None:
    """A bar turning a quarter to the left, a bar turning back, each closing high."""
    for c, side, face in ((0, "L", 75.0), (3, "R", 0.0)):
        other, sign = _lead(side)
        s.heading(c, 37.5, attack=0.9)
        s.heading(c + 1, face, attack=0.9)
        s.step(c, side, out=0.12, fwd=0.1, turn=14, swing=0.85)
        s.step(c + 1, other, out=0.16, turn=12, swing=0.75, pitch=_BALL)
        s.step(c + 2, side, out=0.11, turn=12, swing=0.7, pitch=_TOE, lift=0.03)
        _lower(s, c + 2.75, side, 0.11, 0.0, 12)
        _swing(s, c)
        s.chest(c, yaw=14 * sign, attack=0.9)
        s.chest(c + 2, yaw=0, roll=9 * sign, pitch=-5, attack=1.3)
        s.head(c, yaw=-20 * sign, attack=0.8)
        s.head(c + 2, yaw=-12 * sign, pitch=-6, attack=1.2)
        s.arm(c, side, _SECOND, attack=1.0)
        s.arm(c, other, _FRONT, attack=1.0)
        s.arm(c + 2, other, _CROWN, attack=1.6)
        s.arm(c + 2, side, _OPEN, attack=1.4)


@move("waltz", "Port de bras", counts=6, energy=(0.0, 0.5), role="feature", stance=Stance(out=0.12, turn=20))
def arms_alone(s: Score) -> None:
    """The feet only rock; both arms go through the front up to a crown, open and come down."""
    for c, side in ((0, "L"), (3, "R")):
        other, sign = _lead(side)
        s.step(c, side, out=0.14, fwd=0.03, turn=20, swing=0.8)
        s.foot(c + 1.1, other, out=0.13, fwd=0.0, pitch=24, turn=18, weight=0.15, swing=0.7, lift=0.0)
        s.hips(c, sway=0.03 * sign, attack=0.9)
    s.hips(0, low=0.045, attack=0.85)
    s.hips(2, low=-0.005, attack=1.5)
    s.hips(3, low=0.03, attack=0.85)
    s.hips(5, low=0.01, attack=1.4)
    s.chest(0, pitch=9, attack=1.0)
    s.chest(2, pitch=-9, pop=6, attack=1.7)
    s.chest(3, pitch=-3, roll=-8, attack=1.0)
    s.chest(5, pitch=2, roll=0, attack=1.4)
    s.head(0, pitch=10, attack=1.0)
    s.head(2, pitch=-15, attack=1.6)
    s.head(3, yaw=-22, pitch=-4, attack=1.0)
    s.head(5, yaw=0, pitch=2, attack=1.4)
    s.arms(0, _FRONT, attack=1.1)
    s.arms(2, _CROWN, attack=1.8)
    s.arms(3, _OPEN, attack=1.0)
    s.arms(5, "down+.5out+.25fwd/down+.2out+.4fwd", attack=1.8)
    s.face(2, "tender")


@move("waltz", "Pas de valse", counts=3, energy=(0.4, 1.0), role="step", stance=Stance(out=0.1, turn=12))
def pas_de_valse(s: Score) -> None:
    """A long step to the side and two small ones on the balls of the feet, the arms thrown open."""
    s.travel(0, x=0.2, attack=0.9)
    s.step(0, "L", out=0.15, fwd=0.03, turn=16, swing=0.85)
    s.step(1, "R", out=0.03, fwd=0.0, turn=12, swing=0.7, pitch=_BALL)
    s.travel(2, x=0.26, attack=0.8)
    s.step(2, "L", out=0.11, turn=12, swing=0.6, pitch=_TOE, lift=0.035)
    _lower(s, 2.75, "L", 0.11, 0.0, 12)
    _swing(s, 0, -0.02, 0.05)
    s.chest(0, roll=8, yaw=16, attack=0.9)
    s.chest(2, roll=12, yaw=-8, pitch=-6, pop=5, attack=1.2)
    s.head(0, yaw=26, attack=0.9)
    s.head(2, yaw=16, pitch=-8, attack=1.1)
    s.arms(0, "down+.5fwd+.3out/fwd+.5in+.1up", attack=0.95)
    s.arm(1.5, "L", "out+.4up/out+.5up", hand="open", attack=1.2)
    s.arm(1.5, "R", "out-.15up+.1fwd/out+.2fwd", attack=1.2)


@move("waltz", "Curtsy", counts=3, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.12, turn=18))
def curtsy(s: Score) -> None:
    """One foot behind on its ball, the knees give, arms wide and low, the head inclined."""
    s.step(0, "L", out=0.11, fwd=0.08, turn=20, swing=0.85)
    s.foot(0.9, "R", out=-0.02, fwd=-0.2, pitch=38, turn=20, weight=0.25, swing=0.8, lift=0.04)
    s.hips(0, low=0.03, attack=0.9)
    s.hips(1, low=0.09, yaw=-8, attack=1.0)
    s.chest(0, pitch=-2, attack=0.9)
    s.chest(1, pitch=9, yaw=10, roll=4, attack=1.0)
    s.head(1, pitch=10, yaw=10, roll=4, attack=1.0)
    s.arm(0, "L", _SECOND, attack=1.0)
    s.arm(0, "R", _FRONT, attack=1.0)
    s.arm(1, "L", "out-.3up+.1fwd/out-.2up+.2fwd", attack=1.1)
    s.arm(1, "R", "out-.3up+.1fwd/out-.2up+.2fwd", attack=1.1)
    s.face(1, "smile")
    s.bounce(0.0, nod=0)


@move("waltz", "Open line", counts=3, energy=(0.3, 1.0), role="pose", stance=Stance(out=0.14, turn=20))
def open_line(s: Score) -> None:
    """A wide step, the free leg long to the side, one arm high and one low on the same line."""
    s.step(0, "L", out=0.24, fwd=0.05, turn=24, swing=0.85)
    s.foot(0.9, "R", out=0.32, fwd=-0.05, pitch=30, turn=24, weight=0.1, swing=0.8, lift=0.04)
    s.hips(0, low=0.045, sway=0.03, attack=0.9)
    s.hips(1, low=0.03, sway=0.06, attack=1.0)
    s.chest(1, roll=14, yaw=6, pitch=-5, pop=4, attack=1.0)
    s.head(1, yaw=26, pitch=-10, attack=1.0)
    s.arm(1, "L", "up+.6out/up+.5out", hand="open", attack=1.3)
    s.arm(1, "R", "out-.45up/out-.35up+.1fwd", attack=1.3)
    s.face(1, "smile")
    s.bounce(0.0, nod=0)
