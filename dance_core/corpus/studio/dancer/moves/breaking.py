"""Break: top rock, Indian step, drops to a crouch and freezes on the feet (no floor work)."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gBR", "Top rock", counts=8, energy=(0.0, 0.9), role="groove", stance=Stance(out=0.2, turn=16))
def top_rock(s: Score) -> None:
    """Cross step to the front with the arms opening, back to the middle, the other side."""
    s.bounce(0.06, nod=5)
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=-0.08, fwd=0.28, turn=16, swing=0.6, lift=0.1)
        s.step(c + 1, side, out=0.2, fwd=-0.02, swing=0.55, lift=0.08, weight=0.45)
        s.hips(c, yaw=-20 * sign, low=0.05, attack=0.6)
        s.hips(c + 1, yaw=8 * sign, low=0.0, attack=0.6)
        s.chest(c, yaw=12 * sign, pitch=-3, roll=-5 * sign)
        s.chest(c + 1, yaw=-4 * sign, pitch=8)
        s.arms(c, "out-.25up+.15fwd/out+.15up+.35fwd", hand="open", attack=0.6)
        s.arm(c + 1, side, "down+.45out+.4fwd/in+.45up+.4fwd", hand="fist", attack=0.6)
        s.arm(c + 1, other, "down+.5out+.3fwd/in+.2up+.5fwd", hand="fist", attack=0.6)
        s.head(c, yaw=8 * sign, pitch=-4)


@move("gBR", "Indian step", counts=8, energy=(0.3, 1.0), role="step", stance=Stance(out=0.18, turn=14))
def indian_step(s: Score) -> None:
    """Kick, hop-change, step: the same foot three times, then the other."""
    s.bounce(0.05)
    for c, side in ((0, "L"), (2, "R"), (4, "L"), (6, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c, side, out=-0.02, fwd=0.42, up=0.2, swing=0.55)
        s.step(c + 0.7, side, out=0.14, fwd=-0.04, swing=0.5, lift=0.05)
        s.foot(c + 1, other, out=0.22, fwd=0.04, pitch=24, weight=0.3, swing=0.35, lift=0.05)
        s.step(c + 1.4, other, out=0.2, fwd=0.0, swing=0.3, lift=0.03, weight=0.85)
        s.hips(c, yaw=-14 * sign, pitch=-6)
        s.hips(c + 1, yaw=10 * sign, pitch=0, low=0.05)
        s.chest(c, yaw=20 * sign, pitch=2)
        s.chest(c + 1, yaw=-10 * sign, pitch=9)
        s.arm(c, side, "down+.6out+.35back/fwd+.3out", hand="fist", attack=0.5)
        s.arm(c, other, "fwd+.25out+.05up/in+.4up+.4fwd", hand="fist", attack=0.5)
        s.arms(c + 1, "out-.5up+.3fwd/fwd+.35out+.3up", hand="open", attack=0.5)


@move("gBR", "Salsa rock", counts=8, energy=(0.15, 0.85), role="step")
def salsa_rock(s: Score) -> None:
    """Step back behind, replace, step beside: quick feet, loose shoulders."""
    s.bounce(0.045)
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=0.04, fwd=-0.26, turn=20, swing=0.5)
        s.foot(c + 0.5, other, out=0.15, fwd=0.06, weight=0.9, swing=0.35, lift=0.03)
        s.step(c + 1, side, out=0.2, fwd=0.0, swing=0.45)
        s.hips(c, yaw=22 * sign, low=0.04)
        s.hips(c + 1, yaw=0, low=0.01)
        s.chest(c, yaw=-26 * sign, pitch=7)
        s.chest(c + 1, yaw=6 * sign, roll=6 * sign)
        s.shrug(c, **{side: 12, other: 0})
        s.shrug(c + 1, **{side: 0, other: 10})
        s.arm(c, side, "fwd-.4up+.3out/fwd+.5up+.3in", hand="fist", attack=0.5)
        s.arm(c, other, "down+.5back+.4out/fwd+.3out", hand="fist", attack=0.5)
        s.arm(c + 1, side, "down+.5out+.2back/fwd+.4up", hand="fist", attack=0.5)
        s.arm(c + 1, other, "down+.5out+.4fwd/in+.4up+.5fwd", hand="fist", attack=0.5)


@move("gBR", "Drop and up", counts=8, energy=(0.5, 1.0), role="feature", stance=Stance(out=0.26, turn=24))
def drop_and_up(s: Score) -> None:
    """Sweep the arm, drop to a crouch on three, look, push up with a kick."""
    s.step(0, "L", out=0.3, fwd=0.1, turn=26)
    s.hips(0, low=0.05, sway=0.04)
    s.arm(0, "L", "out+.4up/out+.5up", hand="open", attack=0.6)
    s.arm(0, "R", "down+.5out/fwd+.4in", hand="fist", attack=0.6)
    s.hips(2, low=0.36, sway=0.0, pitch=14, attack=1.1)
    s.chest(2, pitch=18, yaw=12, attack=1.0)
    s.arm(2, "L", "fwd-.5up+.2out/down+.4fwd", hand="flat", attack=0.9)
    s.arm(2, "R", "out+.1up-.2fwd/out+.4up", hand="open", attack=0.9)
    s.head(2, pitch=-14, attack=0.8)
    s.head(3, yaw=26, attack=0.3)
    s.head(4, yaw=-26, attack=0.3)
    s.hips(5, low=0.02, pitch=0, attack=0.9)
    s.chest(5, pitch=0, yaw=0, attack=0.8)
    s.kick(5.5, "R", out=0.16, fwd=0.44, up=0.3, swing=0.6)
    s.arm(5.5, "L", "fwd+.1up+.2out/fwd+.3up", hand="fist", attack=0.8)
    s.arm(5.5, "R", "down+.6back+.5out/fwd-.2up", hand="fist", attack=0.8)
    s.step(6.2, "R", out=0.24, turn=20)
    s.hips(6.5, low=0.06, attack=0.4)
    s.arms(7, "cross", hand="flat", attack=0.5)
    s.head(6.5, yaw=0)
    s.face(5, "grin")


@move("gBR", "Corkscrew step", counts=8, energy=(0.3, 1.0), role="turn", stance=Stance(out=0.16, turn=12))
def corkscrew(s: Score) -> None:
    """Cross in front, unwind around on the balls of the feet, two bounces to settle."""
    s.step(0, "R", out=-0.1, fwd=0.18, turn=10, swing=0.6)
    s.hips(0, yaw=14, low=0.06)
    s.chest(0, yaw=-22, pitch=5)
    s.arms(0, "out-.3up+.2fwd/out-.1up+.3fwd", hand="open", attack=0.6)
    for i, (c, side) in enumerate(((1, "L"), (2, "R"), (3, "L"))):
        s.heading(c, 120.0 * (i + 1), attack=0.9)
        s.step(c, side, out=0.14, fwd=0.03, turn=6, swing=0.55, lift=0.05)
    s.hips(1, yaw=0, low=0.0)
    s.chest(1, yaw=0, pitch=0)
    s.arms(1.2, "down+.4fwd+.4out/in+.6fwd+.3up", hand="fist", attack=0.7)
    s.arms(3, "down+.4fwd+.4out/in+.6fwd+.3up", hand="fist", attack=0.7)
    s.step(4, "R", out=0.28, turn=22, lift=0.1)
    s.step(5, "L", out=0.28, turn=22, lift=0.1)
    s.hips(4, low=0.1, sway=-0.05)
    s.hips(5, low=0.12, sway=0.04)
    s.hips(6.5, low=0.03, sway=0.0)
    s.chest(4, roll=-8, pitch=8)
    s.chest(5, roll=8, pitch=8)
    s.arm(4, "R", "out+.2up/out+.35up", hand="open", attack=0.5)
    s.arm(5, "L", "out+.2up/out+.35up", hand="open", attack=0.5)
    s.arms(6.5, "guard", hand="fist", attack=0.7)


@move("gBR", "B-boy stance", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.24, turn=22))
def bboy_stance(s: Score) -> None:
    """Throw the arms, land in the crossed-arm stance, chin up."""
    s.step(0, "L", out=0.32, fwd=0.08, turn=30, lift=0.1)
    s.hips(0, low=0.05, pitch=-4, yaw=-8, attack=0.4)
    s.chest(0, pitch=-10, yaw=-8, attack=0.4)
    s.arms(0, "out+.15up/out+.3up", hand="open", attack=0.5)
    s.arm(1, "L", "down+.5out+.4fwd/in+.45up+.3fwd", hand="fist", attack=0.5)
    s.arm(1, "R", "down+.5out+.55fwd/in+.1up+.45fwd", hand="flat", attack=0.5)
    s.head(1, pitch=-8, yaw=18, roll=-6, attack=0.3)
    s.head(2.5, pitch=4, yaw=-6, roll=0, attack=0.3)
    s.face(1, "cool")
    s.bounce(0.0, nod=0)
