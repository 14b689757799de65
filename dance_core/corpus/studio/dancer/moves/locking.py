"""Locking: swing, stop; points, twirls and locks on top of big funky steps, played to the audience."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move

_LOCK = "out-.5up+.35fwd/down+.3fwd-.35out"  # round arms, fists turned in before the hips
_UPLOCK = "out+.05up+.1fwd/up-.3out+.1fwd"  # the muscle man
_ASIDE = "down+.8out+.4back/fwd-.4out+.1up"  # the fist that waits by the hip


def _lock(s: Score, count: float, low: float = 0.09, attack: float = 0.35) -> None:
    """The lock: drop, bend over the knees, round arms, everything stops."""
    s.arms(count, _LOCK, hand="fist", flex=25, attack=attack)
    s.hips(count, low=low, pitch=10, lead=-0.03, attack=0.25)
    s.chest(count, pitch=16, pop=-4, yaw=0, roll=0, attack=0.25)
    s.head(count, pitch=-6, yaw=0, roll=0, attack=0.25)
    s.shrug(count, L=10, R=10, attack=0.25)


def _rise(s: Score, count: float, attack: float = 0.4) -> None:
    """Out of the lock: tall, chest open."""
    s.hips(count, low=-0.02, pitch=0, lead=0.0, attack=attack)
    s.chest(count, pitch=-4, pop=5, attack=attack)
    s.head(count, pitch=-4, attack=attack)
    s.shrug(count, L=0, R=0, attack=attack)


def _twirl(s: Score, count: float, side: str, beats: float = 1.0) -> None:
    """The wrist twirls beside the head: the forearm draws a small circle, in, back and out."""
    third = beats / 3
    s.arm(count, side, "out+.1up+.2fwd/up+.55fwd-.25out", hand="fist", twist=55, attack=third * 1.2)
    s.arm(count + third, side, "out+.2up+.1fwd/up-.4out-.1fwd", hand="fist", twist=-35, attack=third)
    s.arm(count + 2 * third, side, "out+.15up/up+.45out", hand="fist", twist=30, attack=third)


@move("gLO", "Rocksteady", counts=8, energy=(0.0, 1.0), role="groove", stance=Stance(out=0.22, turn=18))
def rocksteady(s: Score) -> None:
    """Two rocks of the hips to a side and two to the other, fists swinging along, heels answering."""
    s.bounce(0.04, nod=6)
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        for k in (0, 1):
            s.hips(c + k, sway=(0.09 + 0.02 * k) * sign, yaw=20 * sign, roll=-7 * sign, attack=0.4)
            s.hips(c + k + 0.5, sway=(0.03 if k == 0 else -0.01) * sign, yaw=2 * sign, roll=0, attack=0.4)
            s.chest(c + k, yaw=-14 * sign, roll=8 * sign, attack=0.4)
            s.chest(c + k + 0.5, yaw=-2 * sign, roll=2 * sign, attack=0.4)
            s.arm(c + k, side, "down+.55out+.4back/fwd-.1up+.15out", hand="fist", attack=0.45)
            s.arm(c + k, other, "down+.35fwd+.15out/in+.7fwd+.45up", hand="fist", attack=0.45)
            s.arm(c + k + 0.5, side, "down+.5out+.1back/fwd+.2up+.1out", hand="fist", attack=0.45)
            s.arm(c + k + 0.5, other, "down+.45out+.15fwd/fwd+.3up+.2in", hand="fist", attack=0.45)
        s.foot(c, other, out=0.22, fwd=0.0, turn=4, pitch=26, weight=0.15, swing=0.4, lift=0.0)
        s.foot(c + 1.5, other, out=0.22, fwd=0.0, turn=18, weight=0.5, swing=0.35, lift=0.0)
        s.knees(c, **{other: -12.0, side: 4.0}, attack=0.4)
        s.knees(c + 1.5, **{other: 4.0}, attack=0.4)
        s.head(c, yaw=14 * sign, roll=6 * sign, attack=0.4)


@move("gLO", "Give yourself five", counts=8, energy=(0.0, 0.7), role="groove",
      stance=Stance(out=0.16, turn=12))
def give_five(s: Score) -> None:
    """Step and touch; the arms swing open, then one hand slaps the palm of the other on the back beat."""
    s.bounce(0.04, nod=5)
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.travel(c, x=0.1 * sign, attack=0.6)
        s.step(c, side, out=0.2, turn=18)
        s.tap(c + 1, other, out=0.06, fwd=0.06, turn=10, swing=0.45)
        s.hips(c, sway=0.03 * sign, roll=-4 * sign, attack=0.4)
        s.hips(c + 1, low=0.05, yaw=-10 * sign, attack=0.3)
        s.chest(c, yaw=16 * sign, roll=8 * sign, pitch=-4, attack=0.4)
        s.chest(c + 1, yaw=10 * sign, pitch=12, roll=0, attack=0.3)
        s.head(c, yaw=18 * sign, attack=0.4)
        s.head(c + 1, yaw=-6 * sign, pitch=4, attack=0.3)
        s.arm(c, side, "out-.35up/out+.35up", hand="open", twist=-30, attack=0.6)
        s.arm(c, other, "out-.6up/out-.3up+.4fwd", hand="open", twist=-30, attack=0.6)
        s.arm(c + 1, side, "down+.9fwd+.4out/fwd+.6in+.4up", hand="flat", twist=35, attack=0.5)
        s.arm(c + 1, other, "down+.9fwd+.4out/fwd+.6in+.05up", hand="flat", twist=-75, attack=0.5)
        s.arm(c + 1.25, side, "down+.8fwd+.5out/fwd+.1in+.9up", hand="open", twist=10, attack=0.25)
    s.face(3, "grin")
    s.face(7, "joy")


@move("gLO", "Lock and point", counts=8, energy=(0.0, 1.0), role="feature", stance=Stance(out=0.22, turn=18))
def lock_and_point(s: Score) -> None:
    """Twirl and lock, point low; twirl with both, up lock, point high, lock."""
    _twirl(s, 0, "R")
    s.arm(1.2, "R", "out+.05up+.3fwd/fwd+.3up+.2out", hand="fist", attack=0.6)
    s.arm(0, "L", _ASIDE, hand="fist", attack=0.4)
    s.arm(1.2, "L", "out-.4up+.3fwd/fwd+.2up", hand="fist", attack=0.6)
    _rise(s, 0)
    s.hips(0, sway=-0.04, attack=0.35)
    s.chest(0, yaw=-12, roll=-6, attack=0.35)
    s.head(0, yaw=-26, attack=0.3)
    s.hips(1, low=-0.03, sway=0.03, attack=0.4)
    s.chest(1, yaw=10, roll=4, pop=8, attack=0.4)
    s.head(1, yaw=10, attack=0.3)
    s.hips(2, sway=0, attack=0.3)
    _lock(s, 2)
    s.step(3, "L", out=0.32, fwd=0.06, turn=30, swing=0.4)
    s.foot(3.2, "R", out=0.22, pitch=22, turn=10, weight=0.15, swing=0.35, lift=0.0)
    s.hips(3, low=0.05, pitch=2, sway=0.04, yaw=12, attack=0.35)
    s.chest(3, pitch=4, roll=12, yaw=10, pop=0, attack=0.3)
    s.arm(3, "L", "out-.55up+.3fwd/out-.55up+.35fwd", hand="point", twist=20, attack=0.4)
    s.arm(3, "R", "down+.8out+.45back/down+.2fwd-1.05out", hand="fist", attack=0.4)
    s.head(3, yaw=34, pitch=8, attack=0.25)
    s.shrug(3, L=0, R=12, attack=0.3)
    s.foot(4, "R", out=0.22, turn=18, weight=0.6, swing=0.35, lift=0.0)
    s.step(4.4, "L", out=0.22, turn=18, swing=0.4, weight=0.5)
    s.hips(4, yaw=0, sway=0, attack=0.3)
    s.chest(4, yaw=0, roll=0, attack=0.3)
    s.head(4, yaw=0, attack=0.3)
    for side in "LR":
        _twirl(s, 4, side)
    _rise(s, 4)
    s.arms(5, _UPLOCK, hand="fist", attack=0.3)
    s.chest(5, pop=10, pitch=-6, attack=0.2)
    s.hips(5, low=0.02, attack=0.25)
    s.shrug(5, L=10, R=10, attack=0.25)
    s.step(6, "R", out=0.3, fwd=0.08, turn=26, swing=0.4)
    s.foot(6.2, "L", out=0.22, fwd=0.0, pitch=28, weight=0.1, swing=0.35, lift=0.0, turn=24)
    s.arm(6, "R", "out+.85up+.2fwd/out+.9up+.2fwd", hand="point", attack=0.4)
    s.arm(6, "L", _ASIDE, hand="fist", attack=0.4)
    s.hips(6, sway=-0.05, low=0.0, roll=6, yaw=-10, attack=0.35)
    s.chest(6, roll=-12, yaw=-8, pop=4, attack=0.3)
    s.head(6, yaw=-30, pitch=-14, attack=0.25)
    s.shrug(6, L=0, R=0, attack=0.3)
    s.step(7, "R", out=0.2, turn=18, swing=0.4, weight=0.5)
    s.foot(7, "L", out=0.22, turn=18, weight=0.5, swing=0.35, lift=0.0)
    s.hips(7, sway=0, roll=0, yaw=0, attack=0.3)
    _lock(s, 7)
    s.face(0, "smile")
    s.face(3, "wow")
    s.face(6, "joy")


@move("gLO", "Uncle Sam", counts=8, energy=(0.0, 0.85), role="feature", stance=Stance(out=0.18, turn=14))
def uncle_sam(s: Score) -> None:
    """I want you: the finger is drawn back to the ear, then points at the audience; and the other."""
    for c, side in ((0, "R"), (4, "L")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=0.22, fwd=-0.18, turn=30, swing=0.5)
        s.arm(c, side, "out+.1up-.15fwd/up+.5fwd-.45out", hand="point", attack=0.45)
        s.arm(c, other, "fwd+.25out-.5up/fwd+.2up", hand="flat", twist=25, attack=0.45)
        s.hips(c, lead=-0.02, low=0.02, yaw=14 * sign, attack=0.4)
        s.chest(c, yaw=16 * sign, roll=6 * sign, pitch=-4, attack=0.35)
        s.head(c, yaw=-28 * sign, attack=0.3)
        s.knee(c + 0.6, other, up=0.18, out=0.14, fwd=0.2, swing=0.4)
        s.step(c + 1, other, out=0.17, fwd=0.2, turn=10, swing=0.35, lift=0.0)
        s.arm(c + 1, side, "fwd+.35out+.15up/fwd+.3out+.15up", hand="point", attack=0.8)
        s.arm(c + 1, other, _ASIDE, hand="fist", attack=0.4)
        s.hips(c + 1, lead=0.03, low=0.08, yaw=-6 * sign, attack=0.4)
        s.chest(c + 1, yaw=-14 * sign, roll=0, pitch=10, attack=0.5)
        s.head(c + 1, yaw=8 * sign, pitch=6, attack=0.25)
        s.arm(c + 1.5, side, "fwd+.6out-.2up/up+.6fwd", hand="point", attack=0.35)
        s.arm(c + 2, side, "fwd+.35out+.15up/fwd+.3out+.15up", hand="point", attack=0.35)
        s.hips(c + 1.5, low=0.04, attack=0.35)
        s.hips(c + 2, low=0.1, attack=0.3)
        s.step(c + 3, other, out=0.18, turn=14, swing=0.45, weight=0.6)
        s.step(c + 3.4, side, out=0.18, turn=14, swing=0.35, weight=0.5, lift=0.03)
        s.hips(c + 3, yaw=0, attack=0.3)
        _lock(s, c + 3)
        s.shrug(c, L=0, R=0, attack=0.3)
        s.face(c + 1, "wow", attack=0.3)
        s.face(c + 3, "grin")


@move("gLO", "Funky guitar", counts=8, energy=(0.2, 1.0), role="feature", stance=Stance(out=0.2, turn=16))
def funky_guitar(s: Score) -> None:
    """A guitar in the air: strummed on the half counts over a heel dig, the neck lifted for the solo."""
    s.bounce(0.035, nod=9)
    for c, neck in ((0, "L"), (4, "R")):
        strum, sign = OTHER[neck], 1 if neck == "L" else -1
        s.heel(c, neck, out=0.22, fwd=0.26, turn=24, swing=0.5)
        s.step(c + 1, neck, out=0.18, fwd=0.0, turn=16, swing=0.4, weight=0.75)
        s.heel(c + 2, strum, out=0.22, fwd=0.24, turn=24, swing=0.5)
        s.step(c + 3, strum, out=0.2, fwd=0.0, turn=16, swing=0.4, weight=0.75)
        for k in range(4):
            s.arm(c + k, strum, "down+.5out+.1fwd/fwd+.55in-.35up", hand="snap", flex=25, attack=0.35)
            if k != 3:
                s.arm(c + k + 0.5, strum, "down+.6out+.05fwd/fwd+.5in+.2up", hand="snap", flex=-15,
                      attack=0.35)
        s.arm(c, neck, "out-.75up+.5fwd/out+.55up+.5fwd", hand="claw", attack=0.5)
        s.arm(c + 1, neck, "out-.8up+.55fwd/out+.3up+.6fwd", hand="claw", attack=0.4)
        s.arm(c + 2, neck, "out-.3up+.5fwd/out+.85up+.4fwd", hand="claw", attack=0.5)
        s.hips(c, low=0.05, yaw=-12 * sign, lead=0.02, pitch=-4, attack=0.35)
        s.hips(c + 1, low=0.09, lead=0.0, pitch=4, attack=0.35)
        s.hips(c + 2, low=0.02, yaw=-16 * sign, lead=0.05, pitch=-8, attack=0.4)
        s.chest(c, yaw=-10 * sign, roll=-6 * sign, pitch=-4, attack=0.35)
        s.chest(c + 1, pitch=10, roll=2 * sign, attack=0.35)
        s.chest(c + 2, yaw=-14 * sign, pitch=-12, roll=-10 * sign, pop=6, attack=0.4)
        s.head(c, yaw=20 * sign, attack=0.3)
        s.head(c + 1, yaw=6 * sign, pitch=10, attack=0.35)
        s.head(c + 2, yaw=22 * sign, pitch=-16, roll=-10 * sign, attack=0.4)
        s.face(c + 2, "joy", attack=0.3)
        s.hips(c + 3, yaw=0, attack=0.3)
        _lock(s, c + 3, low=0.08)


@move("gLO", "Leo walk", counts=8, energy=(0.1, 0.9), role="step", stance=Stance(out=0.14, turn=10))
def leo_walk(s: Score) -> None:
    """A proud walk: the knee comes high, the body leans away, fingers swing; four out, four home."""
    s.bounce(0.045, nod=6)
    for c in range(8):
        side = "LR"[c % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        ahead = c < 4
        s.travel(c, z=0.11 * (c + 1) if ahead else 0.11 * (7 - c), attack=0.7)
        if c:
            s.knee(c - 0.4, side, up=0.2, out=0.15, fwd=0.22 if ahead else 0.02, swing=0.45)
        s.step(c, side, out=0.13, fwd=0.16 if ahead else -0.14, turn=18, swing=0.4, lift=0.0)
        s.hips(c, low=0.06, yaw=-14 * sign, roll=-5 * sign, attack=0.35)
        s.chest(c, yaw=22 * sign, roll=6 * sign, pitch=8 if ahead else 4, attack=0.35)
        if c < 7:
            s.hips(c + 0.5, low=0.0, yaw=4 * sign, roll=0, attack=0.35)
            s.chest(c + 0.5, yaw=-4 * sign, roll=0, pitch=-8, attack=0.35)
        s.arm(c, other, "fwd+.8out-.1up/fwd+.5out+.6up", hand="point", attack=0.7)
        s.arm(c, side, "down+.75back+.4out/down+.3back+.3out", hand="point", attack=0.7)
        s.head(c, yaw=-6 * sign if ahead else 14 * sign, attack=0.35)
    s.face(0, "smile")
    s.face(4, "grin")


@move("gLO", "Scooby-doo", counts=8, energy=(0.35, 1.0), role="step", stance=Stance(out=0.18, turn=14))
def scooby_doo(s: Score) -> None:
    """Kick under raised fists, drop back with open arms, ball and change, lock."""
    s.bounce(0.045, nod=5)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c, side, out=0.16, fwd=0.42, up=0.24, swing=0.55)
        s.step(c + 1, side, out=0.26, fwd=-0.12, turn=24, swing=0.6, lift=0.03)
        s.foot(c + 1.5, other, out=-0.02, fwd=-0.26, pitch=34, weight=0.5, swing=0.35, lift=0.04, turn=14)
        s.step(c + 2, side, out=0.2, fwd=0.08, turn=18, swing=0.35, lift=0.04)
        s.step(c + 3, other, out=0.2, fwd=0.0, turn=16, swing=0.5, weight=0.6)
        s.hips(c, low=0.0, pitch=-6, lead=-0.02, attack=0.35)
        s.hips(c + 1, low=0.1, pitch=6, yaw=14 * sign, attack=0.4)
        s.hips(c + 2, low=0.02, pitch=0, yaw=-10 * sign, attack=0.4)
        s.hips(c + 3, yaw=0, attack=0.3)
        s.chest(c, pitch=-8, pop=6, roll=-4 * sign, attack=0.35)
        s.chest(c + 1, pitch=12, yaw=14 * sign, roll=10 * sign, attack=0.35)
        s.chest(c + 2, pitch=-2, yaw=-14 * sign, roll=-6 * sign, attack=0.35)
        s.head(c, pitch=-6, yaw=0, attack=0.3)
        s.head(c + 1, yaw=20 * sign, pitch=6, attack=0.3)
        s.head(c + 2, yaw=-16 * sign, pitch=-4, attack=0.3)
        s.arms(c, _UPLOCK, hand="fist", attack=0.5)
        s.arms(c + 1, "out-.3up/out-.45up+.2fwd", hand="open", twist=-25, attack=0.45)
        s.arm(c + 2, other, "fwd+.55up+.3out/fwd+.7up", hand="point", attack=0.45)
        s.arm(c + 2, side, _ASIDE, hand="fist", attack=0.45)
        s.shrug(c, L=8, R=8, attack=0.3)
        s.shrug(c + 1, L=0, R=0, attack=0.3)
        s.face(c, "grin")
        s.face(c + 1, "joy", attack=0.3)
        _lock(s, c + 3)


@move("gLO", "Skeeter rabbit", counts=8, energy=(0.5, 1.0), role="step", stance=Stance(out=0.14, turn=10))
def skeeter_rabbit(s: Score) -> None:
    """Kick and pull the knee back on a hop, step behind; the knees swing in and out."""
    s.bounce(0.03, nod=4)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c, side, out=0.13, fwd=0.44, up=0.22, swing=0.5)
        s.foot(c + 0.5, side, out=0.15, fwd=-0.14, up=0.2, pitch=50, weight=0.0, swing=0.45, lift=0.0)
        s.step(c + 1, side, out=0.1, fwd=-0.2, turn=20, swing=0.35, lift=0.0)
        s.kick(c + 1.6, other, out=0.14, fwd=0.3, up=0.12, swing=0.45)
        s.step(c + 2, other, out=0.2, fwd=0.04, turn=16, swing=0.35, lift=0.0, weight=0.7)
        s.step(c + 2.5, side, out=0.2, fwd=0.0, turn=-8, swing=0.4, weight=0.75, pitch=14)
        s.foot(c + 2.5, other, out=0.2, fwd=0.04, turn=-8, swing=0.35, lift=0.0, weight=0.4, pitch=14)
        s.foot(c + 3, side, out=0.2, fwd=0.0, turn=22, swing=0.35, lift=0.0, weight=0.6)
        s.foot(c + 3, other, out=0.2, fwd=0.04, turn=22, swing=0.35, lift=0.0, weight=0.3)
        s.knees(c + 2.5, L=-16, R=-16, attack=0.3)
        s.knees(c + 3, L=10, R=10, attack=0.3)
        s.hips(c, low=0.0, pitch=-6, attack=0.35)
        s.hips(c + 0.5, low=0.05, pitch=8, attack=0.35)
        s.hips(c + 1, low=0.06, pitch=2, yaw=14 * sign, attack=0.35)
        s.hips(c + 2, low=0.03, yaw=-8 * sign, attack=0.35)
        s.hips(c + 2.5, low=0.06, yaw=0, attack=0.35)
        s.chest(c, pitch=-6, yaw=12 * sign, attack=0.35)
        s.chest(c + 0.5, pitch=12, yaw=-8 * sign, attack=0.35)
        s.chest(c + 1, pitch=2, yaw=-18 * sign, roll=8 * sign, attack=0.35)
        s.chest(c + 2, pitch=0, yaw=8 * sign, roll=0, attack=0.35)
        s.head(c + 1, yaw=-14 * sign, attack=0.3)
        s.head(c + 2, yaw=6 * sign, attack=0.3)
        s.arm(c, other, "fwd+.3out/fwd+.2up", hand="fist", attack=0.5)
        s.arm(c, side, "down+.8back+.4out/down+.2back+.4out", hand="fist", attack=0.5)
        s.arms(c + 0.5, "down+.6out+.2back/fwd+.7up+.1out", hand="fist", attack=0.4)
        s.arm(c + 1, side, "out+.1up/out+.3up", hand="fist", attack=0.45)
        s.arm(c + 1, other, "out-.4up+.3fwd/in+.3fwd-.1up", hand="fist", attack=0.45)
        s.arms(c + 2, _UPLOCK, hand="fist", attack=0.45)
        s.shrug(c + 2, L=8, R=8, attack=0.3)
        s.face(c + 1, "grin")
        _lock(s, c + 3, low=0.08)


@move("gLO", "Scoobot", counts=8, energy=(0.3, 1.0), role="step", stance=Stance(out=0.18, turn=14))
def scoobot(s: Score) -> None:
    """One hand, two hands, kick, lock: each arm rolls up and out with a step to its side."""
    s.bounce(0.045, nod=5)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.travel(c, x=(0.1 if c == 0 else 0.04) * sign, attack=0.5)
        s.step(c, side, out=0.26, fwd=0.02, turn=24, swing=0.5)
        s.arm(c, side, "out+.45up+.15fwd/out+.75up", hand="open", flex=-20, attack=0.5)
        s.arm(c, other, _ASIDE, hand="fist", attack=0.45)
        s.hips(c, sway=0.04 * sign, low=0.03, roll=-4 * sign, attack=0.35)
        s.chest(c, roll=12 * sign, yaw=10 * sign, attack=0.35)
        s.head(c, yaw=24 * sign, attack=0.25)
        s.step(c + 1, other, out=0.24, fwd=0.04, turn=22, swing=0.45)
        s.arm(c + 1, other, "out+.45up+.15fwd/out+.75up", hand="open", flex=-20, attack=0.5)
        s.hips(c + 1, sway=-0.04 * sign, low=0.03, roll=4 * sign, attack=0.35)
        s.chest(c + 1, roll=-12 * sign, yaw=-10 * sign, attack=0.35)
        s.head(c + 1, yaw=-24 * sign, attack=0.25)
        s.kick(c + 2, side, out=0.16, fwd=0.42, up=0.26, swing=0.55)
        s.arms(c + 2, "fwd+.35out-.25up/fwd+.05in-.1up", hand="flat", twist=10, attack=0.5)
        s.hips(c + 2, sway=0, low=0.02, roll=0, pitch=-8, lead=-0.04, attack=0.35)
        s.chest(c + 2, roll=0, yaw=0, pitch=12, attack=0.35)
        s.head(c + 2, yaw=0, pitch=-4, attack=0.3)
        s.step(c + 3, side, out=0.2, fwd=0.0, turn=18, swing=0.55, lift=0.0, weight=0.6)
        _lock(s, c + 3, attack=0.45)
        s.face(c + 2, "joy", attack=0.3)


@move("gLO", "Which-a-way", counts=8, energy=(0.45, 1.0), role="step", stance=Stance(out=0.14, turn=12))
def which_a_way(s: Score) -> None:
    """The leg swings out, the arms swing the other way; behind, side, and the other leg."""
    s.bounce(0.04, nod=5)
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c, side, out=0.44, fwd=0.12, up=0.2, swing=0.55, turn=24)
        s.foot(c + 0.6, side, out=-0.04, fwd=-0.2, pitch=24, weight=0.6, swing=0.5, lift=0.02, turn=14)
        s.step(c + 1, other, out=0.22, fwd=0.0, turn=16, swing=0.35, lift=0.04, weight=0.5)
        s.step(c + 1.5, side, out=0.14, fwd=0.0, turn=12, swing=0.4, lift=0.04)
        s.hips(c, roll=9 * sign, sway=-0.03 * sign, low=0.0, attack=0.4)
        s.hips(c + 0.6, roll=0, yaw=14 * sign, low=0.08, attack=0.4)
        s.hips(c + 1.4, yaw=0, low=0.02, attack=0.4)
        s.chest(c, roll=-14 * sign, yaw=8 * sign, attack=0.4)
        s.chest(c + 0.6, roll=4 * sign, yaw=-16 * sign, pitch=8, attack=0.4)
        s.chest(c + 1.4, roll=0, yaw=0, pitch=-2, attack=0.4)
        s.head(c, yaw=16 * sign, attack=0.35)
        s.head(c + 1, yaw=0, attack=0.35)
        s.arm(c, other, "out+.15up/out+.3up", hand="open", attack=0.6)
        s.arm(c, side, "down+.55fwd-.3out/in-.1up+.5fwd", hand="fist", attack=0.6)
        s.arm(c + 1, other, _ASIDE, hand="fist", attack=0.5)
        s.arm(c + 1, side, "out-.1up+.15fwd/up+.3fwd", hand="fist", attack=0.5)
    s.face(2, "grin")
    s.face(6, "joy")


@move("gLO", "Twirl turn", counts=8, energy=(0.25, 1.0), role="turn", stance=Stance(out=0.16, turn=12))
def twirl_turn(s: Score) -> None:
    """Walk a turn to the left under twirling wrists; lock, point, point, lock."""
    for i in range(4):
        c, side = float(i), "LR"[i % 2]
        out, fwd = (0.2, -0.12) if side == "L" else (0.24, 0.06)
        s.heading(c, 90.0 * (i + 1), attack=0.7)
        s.step(c, side, out=out, fwd=fwd, turn=10, swing=0.55, lift=0.06)
        s.head(c, yaw=34 if i < 3 else 0, attack=0.35)
        s.hips(c, low=0.03 if i % 2 else -0.01, attack=0.4)
    for side in "LR":
        _twirl(s, 0, side)
        _twirl(s, 1, side)
        _twirl(s, 2, side)
    s.arms(3, "out+.45up/out+.7up", hand="open", attack=0.4)
    s.chest(3, pop=8, pitch=-6, attack=0.35)
    s.slide(4, "L", out=0.22, turn=18, swing=0.35, weight=0.5)
    _lock(s, 4, low=0.1)
    for c, side in ((5, "R"), (6, "L")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.arm(c, side, "out+.1fwd-.1up/out+.1fwd-.05up", hand="point", attack=0.45)
        s.arm(c, other, _ASIDE, hand="fist", attack=0.45)
        s.hips(c, sway=0.06 * sign, low=0.03, pitch=0, lead=0.0, roll=-5 * sign, attack=0.35)
        s.chest(c, roll=10 * sign, pitch=0, yaw=8 * sign, attack=0.3)
        s.head(c, yaw=36 * sign, attack=0.25)
        s.shrug(c, L=0, R=0, attack=0.3)
    s.hips(7, sway=0, roll=0, attack=0.3)
    _lock(s, 7)
    s.face(3, "joy")
    s.face(7, "grin")


@move("gLO", "Lock", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.2, turn=16))
def lock(s: Score) -> None:
    """The lock itself, low and wide, held; the head comes up to the audience on three."""
    s.bounce(0.0, nod=0)
    s.step(0, "L", out=0.28, fwd=0.05, turn=26, swing=0.5, weight=0.6)
    _lock(s, 0, low=0.14)
    s.head(0, pitch=16, attack=0.25)
    s.chest(0, yaw=10, roll=8, attack=0.25)
    s.hips(0, sway=0.03, yaw=8, attack=0.25)
    s.head(2, pitch=-12, roll=8, attack=0.2)
    s.shrug(2, L=18, R=18, attack=0.2)
    s.shrug(2.5, L=6, R=6, attack=0.3)
    s.face(2, "joy", attack=0.25)


@move("gLO", "Point freeze", counts=4, energy=(0.2, 1.0), role="pose", stance=Stance(out=0.18, turn=14))
def point_freeze(s: Score) -> None:
    """Down over a bent knee, the finger to the far corner of the house, the other fist at the hip."""
    s.bounce(0.0, nod=0)
    s.step(0, "L", out=0.36, fwd=0.08, turn=30, swing=0.55)
    s.foot(0.3, "R", out=0.24, fwd=-0.04, pitch=20, turn=20, weight=0.2, swing=0.35, lift=0.0)
    s.hips(0, sway=0.07, low=0.13, yaw=12, roll=-4, attack=0.35)
    s.chest(0, roll=14, yaw=14, pop=5, attack=0.3)
    s.arm(0, "L", "out+.55up+.25fwd/out+.6up+.25fwd", hand="point", attack=0.45)
    s.arm(0, "R", "down+.8out+.45back/down+.2fwd-1.05out", hand="fist", attack=0.45)
    s.head(0, yaw=36, pitch=-10, attack=0.25)
    s.shrug(0, R=10, attack=0.25)
    s.arm(2, "L", "out-.1up+.35fwd/up+.25out", hand="point", attack=0.25)
    s.head(2, yaw=0, pitch=-4, roll=8, attack=0.2)
    s.arm(2.5, "L", "fwd+.35out+.1up/fwd+.1out+.1up", hand="point", attack=0.3)
    s.chest(2.5, yaw=-6, roll=8, pitch=6, attack=0.3)
    s.face(0, "wow", attack=0.3)
    s.face(2.5, "grin", attack=0.3)
