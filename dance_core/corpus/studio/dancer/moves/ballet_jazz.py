"""Ballet jazz: long lines that never quite stop, arms from the back, falls and recoveries."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gJB", "Port de bras", counts=8, energy=(0.0, 0.6), role="groove", stance=Stance(out=0.14, turn=24))
def port_de_bras(s: Score) -> None:
    """Arms through first, up to fifth, out to second and home; the body breathes with them."""
    s.arms(1, "down+.5fwd+.25out/down+.5fwd-.5out", hand="soft", attack=1.0)
    s.arms(2, "fwd+.25out+.1up/in+.75fwd+.1up", hand="soft", attack=1.0)
    s.arms(4, "up+.3out+.2fwd/up-.65out+.1fwd", hand="soft", attack=1.0)
    s.arms(6, "out+.15up+.15fwd/out+.3fwd", hand="soft", twist=20, attack=1.0)
    s.arms(7, "down+.4out+.1fwd/down+.1out+.3fwd", hand="soft", attack=1.0)
    s.hips(1, low=0.08, attack=1.0)
    s.hips(4, low=-0.02, attack=1.0)
    s.hips(6, sway=0.06, low=0.02, attack=1.0)
    s.hips(7, sway=0, low=0.06, attack=1.0)
    s.chest(1, pitch=10, attack=1.0)
    s.chest(4, pitch=-9, pop=5, attack=1.0)
    s.chest(6, roll=12, pitch=-3, attack=1.0)
    s.chest(7, roll=0, pitch=4, attack=1.0)
    s.head(1, pitch=12, attack=1.0)
    s.head(4, pitch=-16, attack=1.0)
    s.head(6, yaw=26, roll=8, attack=1.0)
    s.head(7, pitch=4, yaw=0, roll=0, attack=1.0)
    s.face(4, "tender")


@move("gJB", "Balancé", counts=8, energy=(0.1, 0.8), role="groove", stance=Stance(out=0.14, turn=20))
def balance(s: Score) -> None:
    """Rock to the side, ball of the foot behind, and again to the other side."""
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.travel(c, x=0.12 * sign, attack=1.0)
        s.step(c, side, out=0.26, turn=20, swing=0.9, lift=0.05)
        s.foot(c + 1.5, other, out=-0.1, fwd=-0.16, pitch=32, weight=0.6, swing=0.8, lift=0.03)
        s.step(c + 2, side, out=0.14, fwd=0.02, turn=20, swing=0.3, lift=0.02)
        s.travel(c + 3, x=0.0 if side == "R" else 0.06, attack=1.0)
        s.hips(c, low=0.06, sway=0.05 * sign, attack=1.0)
        s.hips(c + 1.5, low=-0.01, attack=1.0)
        s.hips(c + 3, low=0.04, attack=0.9)
        s.chest(c, roll=12 * sign, yaw=10 * sign, attack=1.0)
        s.chest(c + 2, roll=4 * sign, yaw=-10 * sign, attack=1.0)
        s.head(c, yaw=24 * sign, roll=8 * sign, attack=1.0)
        s.arm(c, side, "out+.3up/out+.25up+.2fwd", hand="soft", attack=1.0)
        s.arm(c, other, "down+.6fwd-.2out/in+.5fwd", hand="soft", attack=1.0)
        s.arm(c + 2, side, "up+.6out+.2fwd/up-.35out+.2fwd", hand="soft", attack=1.0)
        s.arm(c + 2, other, "out-.1up+.2fwd/out+.35fwd", hand="soft", attack=1.0)


@move("gJB", "Tendu and sweep", counts=8, energy=(0.0, 0.7), role="step", stance=Stance(out=0.12, turn=24))
def tendu(s: Score) -> None:
    """The foot slides out to a point, circles to the back, the opposite arm follows its line."""
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.slide(c, side, out=0.16, fwd=0.4, pitch=38, weight=0.1, swing=1.0, turn=22)
        s.slide(c + 1, side, out=0.44, fwd=0.06, pitch=40, weight=0.1, swing=1.1, turn=34)
        s.slide(c + 2, side, out=0.08, fwd=-0.36, pitch=42, weight=0.1, swing=1.0, turn=24)
        s.slide(c + 3, side, out=0.13, fwd=0.0, weight=0.5, swing=0.8, turn=24)
        s.hips(c, low=0.04, attack=1.0)
        s.hips(c + 2, low=0.05, yaw=8 * sign, pitch=8, attack=1.0)
        s.hips(c + 3, low=0.0, yaw=0, pitch=0, attack=0.9)
        s.chest(c, pitch=-5, yaw=-10 * sign, attack=1.0)
        s.chest(c + 1, roll=-12 * sign, yaw=0, attack=1.0)
        s.chest(c + 2, pitch=6, yaw=10 * sign, roll=0, attack=1.0)
        s.arm(c, other, "fwd+.4up+.1out/fwd+.4up", hand="soft", attack=1.0)
        s.arm(c, side, "out+.05up/out+.15fwd", hand="soft", attack=1.0)
        s.arm(c + 1, other, "up+.3out/up-.7out", hand="soft", attack=1.0)
        s.arm(c + 2, other, "out+.25up/out+.2up", hand="soft", attack=1.0)
        s.arm(c + 2, side, "fwd+.35up+.1out/fwd+.3up", hand="soft", attack=1.0)
        s.arms(c + 3, "down+.45out+.2fwd/down+.5fwd-.2out", hand="soft", attack=1.1)
        s.head(c, yaw=-12 * sign, pitch=-6, attack=1.0)
        s.head(c + 1, yaw=22 * sign, roll=-6 * sign, attack=1.0)


@move("gJB", "Chassé", counts=8, energy=(0.3, 1.0), role="step", stance=Stance(out=0.14, turn=18))
def chasse(s: Score) -> None:
    """Step, chase, step to the side with a rise, arms opening; and back."""
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        base = 0.0 if side == "L" else 0.42
        s.travel(c, x=base + 0.16 * sign, attack=0.9)
        s.step(c, side, out=0.24, turn=24, swing=0.8)
        s.step(c + 1, other, out=0.08, turn=16, swing=0.5, lift=0.04)
        s.travel(c + 1.5, x=base + 0.42 * sign, attack=1.0)
        s.step(c + 1.5, side, out=0.22, turn=24, swing=0.5, lift=0.08)
        s.slide(c + 3, other, out=0.26, fwd=-0.12, pitch=36, weight=0.1, swing=1.0, turn=26)
        s.hips(c, low=0.06, attack=0.9)
        s.hips(c + 1, low=-0.03, attack=0.7)
        s.hips(c + 1.5, low=0.03, attack=0.6)
        s.hips(c + 3, low=0.06, sway=0.04 * sign, attack=1.0)
        s.chest(c, yaw=12 * sign, attack=1.0)
        s.chest(c + 3, roll=14 * sign, yaw=-8 * sign, pop=4, attack=1.0)
        s.arms(c, "down+.5fwd+.25out/in+.6fwd-.2up", hand="soft", attack=0.9)
        s.arms(c + 1.5, "fwd+.45up/in+.5fwd+.5up", hand="soft", attack=1.0)
        s.arm(c + 3, other, "up+.45out/up+.3out", hand="soft", attack=1.0)
        s.arm(c + 3, side, "out-.1up/out-.05up+.2fwd", hand="soft", attack=1.0)
        s.head(c, yaw=26 * sign, attack=0.8)
        s.head(c + 3, yaw=18 * sign, pitch=-10, attack=1.0)


@move("gJB", "Arabesque", counts=8, energy=(0.15, 0.9), role="feature", stance=Stance(out=0.12, turn=16))
def arabesque(s: Score) -> None:
    """Step forward, the leg rises behind, arms long; a slow melt down into the standing knee."""
    s.travel(0, z=0.12, attack=1.0)
    s.step(0, "L", out=0.06, fwd=0.08, turn=12, swing=0.9)
    s.foot(1, "R", out=0.1, fwd=-0.34, pitch=46, weight=0.05, swing=0.9, lift=0.0, turn=20)
    s.foot(3, "R", out=0.12, fwd=-0.58, up=0.34, pitch=64, weight=0.0, swing=1.5, lift=0.0, turn=22)
    s.foot(5, "R", out=0.12, fwd=-0.56, up=0.3, pitch=62, weight=0.0, swing=1.4, lift=0.0, turn=22)
    s.step(6, "R", out=0.14, fwd=-0.16, swing=1.2, lift=0.0, turn=18)
    s.travel(6, z=0.0, attack=1.0)
    s.step(7, "L", out=0.14, fwd=0.0, swing=0.7)
    s.hips(1, low=0.02, attack=1.0)
    s.hips(3, pitch=24, low=0.0, lead=0.0, attack=1.0)
    s.hips(5, pitch=26, low=0.05, attack=1.0)
    s.hips(6, pitch=0, low=0.05, attack=1.0)
    s.chest(3, pitch=-16, pop=6, attack=1.0)
    s.chest(5, pitch=-10, attack=1.0)
    s.chest(6, pitch=12, attack=1.0)
    s.chest(7, pitch=0, attack=1.1)
    s.arms(1, "down+.5fwd+.2out/fwd-.3up", hand="soft", attack=1.0)
    s.arm(3, "L", "fwd+.5up+.1out/fwd+.45up", hand="soft", attack=1.0)
    s.arm(3, "R", "out+.1up-.2fwd/out+.1up-.15fwd", hand="soft", attack=1.0)
    s.arms(6, "down+.4out+.4fwd/in+.3fwd-.4up", hand="soft", attack=1.0)
    s.head(3, pitch=-8, attack=1.0)
    s.head(6, pitch=12, attack=1.0)
    s.face(3, "tender")


@move("gJB", "Contraction and release", counts=4, energy=(0.2, 1.0), role="feature",
      stance=Stance(out=0.22, turn=20))
def contraction(s: Score) -> None:
    """Curl around the middle on one; throw the heart to the sky on three."""
    s.hips(0, pitch=-12, low=0.14, lead=-0.06, attack=0.8)
    s.chest(0, pitch=30, pop=-14, attack=0.8)
    s.head(0, pitch=24, attack=0.8)
    s.arms(0, "down+.55fwd+.3out/in+.25up+.3fwd", hand="claw", attack=0.8)
    s.hips(2, pitch=8, low=-0.01, lead=0.02, attack=1.0)
    s.chest(2, pitch=-15, pop=12, attack=1.0)
    s.head(2, pitch=-20, attack=1.0)
    s.arms(2, "out+.5up-.15fwd/out+.55up-.1fwd", hand="open", twist=-35, attack=1.0)
    s.face(0, "closed")
    s.face(2, "tender")


@move("gJB", "Chaîné turn", counts=8, energy=(0.3, 1.0), role="turn", stance=Stance(out=0.12, turn=14))
def chaine(s: Score) -> None:
    """Stepped half turns, twice around, then an open balance."""
    for i, c in enumerate((0, 1, 2, 3)):
        side = "LR"[i % 2]
        s.heading(c, 90.0 + 180.0 * i, attack=0.95)
        s.step(c, side, out=0.1, fwd=0.02, turn=6, swing=0.7, lift=0.03, pitch=16)
        s.head(c, yaw=0, attack=0.3)
    s.hips(0, low=0.0)
    s.arms(0, "fwd+.15up+.2out/in+.7fwd", hand="soft", attack=0.8)
    s.arms(3, "fwd+.15up+.2out/in+.7fwd", hand="soft", attack=0.8)
    s.heading(5, 720, attack=1.0)
    s.step(5, "L", out=0.3, fwd=0.06, turn=22, swing=1.0)
    s.foot(6, "R", out=0.2, fwd=-0.3, pitch=42, weight=0.1, swing=1.0, lift=0.02, turn=24)
    s.hips(5, low=0.1, sway=0.05, attack=1.0)
    s.hips(6, low=0.02, attack=1.0)
    s.chest(5, roll=8, yaw=12, attack=1.0)
    s.chest(6, roll=14, pitch=-8, attack=1.0)
    s.arm(5, "L", "out+.1up/out+.1up", hand="soft", attack=1.0)
    s.arm(5, "R", "fwd+.1up/fwd+.2in", hand="soft", attack=1.0)
    s.arm(6, "R", "up+.4out/up-.2out", hand="soft", attack=1.0)
    s.head(6, yaw=24, pitch=-10, attack=1.0)


@move("gJB", "Lunge line", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.16, turn=20))
def lunge_line(s: Score) -> None:
    """A long lunge to the side: one line from the heel to the fingertips."""
    s.step(0, "L", out=0.44, fwd=0.04, turn=30, swing=0.9)
    s.foot(0.5, "R", out=0.24, fwd=-0.06, pitch=22, weight=0.2, swing=0.4, lift=0.0, turn=24)
    s.hips(0.5, sway=0.12, low=0.16, attack=1.0)
    s.chest(1, roll=16, yaw=6, pop=4, attack=1.0)
    s.arm(1, "L", "out+.45up/out+.5up", hand="soft", attack=1.0)
    s.arm(1, "R", "out-.5up/out-.45up", hand="soft", attack=1.0)
    s.head(1, yaw=34, pitch=-10, attack=1.0)
    s.face(1, "tender")
    s.bounce(0.0, nod=0)
