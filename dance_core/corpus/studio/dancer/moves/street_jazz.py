"""Street jazz: hips that lead, lines that finish, attitude."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gJS", "Hip sway", counts=8, energy=(0.0, 0.6), role="groove", stance=Stance(out=0.2, turn=16))
def hip_sway(s: Score) -> None:
    """Hips drawn from side to side in eights, one hand along the thigh, the other at the hair."""
    s.bounce(0.02, nod=2)
    for i, c in enumerate(range(0, 8, 2)):
        sign = 1 if i % 2 == 0 else -1
        side = "L" if sign > 0 else "R"
        s.hips(c, sway=0.11 * sign, roll=-9 * sign, yaw=10 * sign, low=0.03, attack=1.0)
        s.hips(c + 1, sway=0.08 * sign, roll=-3 * sign, yaw=-8 * sign, low=0.0, attack=0.9)
        s.chest(c, roll=8 * sign, yaw=-8 * sign, attack=1.0)
        s.chest(c + 1, roll=2 * sign, yaw=6 * sign, attack=0.9)
        s.knees(c, **{OTHER[side]: -14.0, side: 4.0})
        s.head(c, yaw=16 * sign, roll=6 * sign, attack=1.2)
        s.arm(c, side, "down+.3out+.1fwd/down+.35fwd-.1out", hand="flat", attack=1.6)
        s.arm(c, OTHER[side], "out+.35up+.25fwd/in+.75up-.1fwd", hand="soft", attack=1.6)


@move("gJS", "Strut", counts=8, energy=(0.1, 0.9), role="groove", stance=Stance(out=0.1, turn=8))
def strut(s: Score) -> None:
    """A cat walk forward for four and back for four, hips over each foot."""
    for c in range(8):
        side = "LR"[c % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        ahead = c < 4
        s.travel(c, z=0.17 * (c + 1) if ahead else 0.17 * (7 - c), attack=0.9)
        s.step(c, side, out=0.02, fwd=0.12 if ahead else -0.1, turn=6, swing=0.6)
        s.hips(c, sway=0.05 * sign, roll=-9 * sign, yaw=-10 * sign if ahead else 8 * sign)
        s.chest(c, yaw=14 * sign, roll=6 * sign, pitch=-3)
        s.arm(c, side, "swing_b", hand="soft", attack=0.9)
        s.arm(c, other, "down+.5fwd+.15out/fwd+.25up", hand="soft", attack=0.9)
    s.arms(7, "hip", hand="flat")
    s.head(3, pitch=-8, yaw=10)
    s.head(4, yaw=-20, attack=0.3)
    s.face(4, "cool")


@move("gJS", "Hip hits", counts=4, energy=(0.3, 1.0), role="feature", stance=Stance(out=0.22, turn=18))
def hip_hits(s: Score) -> None:
    """Side, side, double: each hit frozen, the arms framing the head."""
    for c, sign in ((0, 1), (1, -1), (2, 1), (2.5, -1), (3, 1)):
        s.hips(c, sway=0.12 * sign, roll=-11 * sign, attack=0.28)
        s.chest(c, roll=9 * sign, attack=0.28)
    s.arm(0, "L", "halo", hand="soft", attack=0.4)
    s.arm(0, "R", "hip", hand="flat", attack=0.4)
    s.arm(1, "R", "halo", hand="soft", attack=0.4)
    s.arms(2, "out+.5up/up-.5out", hand="open", attack=0.5)
    s.arms(3, "high", hand="open", attack=0.5)
    s.head(0, yaw=24)
    s.head(1, yaw=-24)
    s.head(2, yaw=0, pitch=-8)
    s.face(3, "grin")


@move(
    "gJS",
    "Body roll",
    counts=4,
    energy=(0.0, 0.7),
    role="feature",
    stance=Stance(out=0.18, fwd_L=0.05, turn=14),
)
def body_roll(s: Score) -> None:
    """Head, chest, hips, knees: the wave goes down the body and comes up again."""
    s.head(0, pitch=-16, attack=0.7)
    s.chest(0.4, pitch=-12, pop=12, attack=0.8)
    s.hips(0, pitch=4, low=0.0, attack=0.6)
    s.head(1, pitch=10, attack=0.9)
    s.chest(1.4, pitch=16, pop=-8, attack=0.9)
    s.hips(1, pitch=-12, lead=-0.05, low=0.05, attack=0.9)
    s.hips(2, pitch=14, lead=0.07, low=0.13, attack=0.9)
    s.chest(2.4, pitch=-4, pop=4, attack=0.9)
    s.head(2.4, pitch=-10, attack=0.9)
    s.hips(3.2, pitch=0, lead=0.0, low=0.0, attack=0.9)
    s.arms(0.5, "out+.45up/up-.35out+.2fwd", hand="soft", attack=1.0)
    s.arms(2, "down+.45out+.3fwd/in-.35up+.5fwd", hand="soft", attack=1.4)
    s.arms(3.4, "down+.3out/down+.2fwd", hand="soft", attack=1.2)
    s.face(0, "closed")
    s.face(3, "cool")


@move("gJS", "Kick ball change", counts=8, energy=(0.35, 1.0), role="step")
def kick_ball_change(s: Score) -> None:
    """Kick, ball, change; step across; unwind."""
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c, side, out=0.14, fwd=0.46, up=0.26, swing=0.55)
        s.foot(c + 0.5, side, out=0.12, fwd=-0.1, pitch=30, weight=0.6, swing=0.4, lift=0.05)
        s.step(c + 1, other, out=0.15, fwd=0.05, swing=0.35)
        s.step(c + 2, side, out=-0.1, fwd=0.2, turn=18, swing=0.6)
        s.step(c + 3, other, out=0.22, fwd=0.0, turn=16)
        s.hips(c, pitch=-6, roll=3 * sign)
        s.hips(c + 1, pitch=0, roll=0)
        s.hips(c + 2, yaw=-22 * sign, low=0.03)
        s.hips(c + 3, yaw=0, sway=-0.08 * sign, roll=8 * sign, low=0)
        s.chest(c, pitch=-6)
        s.chest(c + 2, yaw=22 * sign, roll=-6 * sign)
        s.chest(c + 3, yaw=0, roll=-8 * sign)
        s.arm(c, side, "out/out", hand="flat", attack=0.4)
        s.arm(c, other, "fwd+.15up/fwd+.1up", hand="flat", attack=0.4)
        s.arms(c + 1, "chest", hand="fist", attack=0.4)
        s.arm(c + 2, side, "fwd+.1up/fwd+.2in", hand="flat", attack=0.5)
        s.arm(c + 2, other, "out/out", hand="flat", attack=0.5)
        s.arm(c + 3, other, "up+.3out/up", hand="open", attack=0.6)
        s.arm(c + 3, side, "hip", hand="flat", attack=0.6)
        s.head(c + 3, yaw=-20 * sign, pitch=-6, attack=0.3)


@move("gJS", "Pas de bourrée", counts=4, energy=(0.15, 0.9), role="step")
def pas_de_bourree(s: Score) -> None:
    """Behind, side, front, hold."""
    s.step(0, "L", out=-0.12, fwd=-0.16, turn=14, swing=0.6)
    s.step(1, "R", out=0.26, fwd=-0.02, turn=14)
    s.step(2, "L", out=-0.06, fwd=0.18, turn=14, swing=0.6)
    s.tap(3, "R", out=0.3, fwd=0.0, pitch=20)
    s.hips(0, yaw=16, low=0.03)
    s.hips(1, yaw=0, low=0)
    s.hips(2, yaw=-14, low=0.04)
    s.hips(3, roll=7, sway=0.03)
    s.chest(0, yaw=-18)
    s.chest(2, yaw=16, pitch=4)
    s.chest(3, roll=-7, pitch=-4)
    s.arms(0, "down+.4out+.5fwd/in+.4fwd", hand="soft", attack=0.7)
    s.arms(1, "side", hand="soft", attack=0.8)
    s.arm(2, "L", "fwd+.2up/fwd+.2in+.2up", hand="soft", attack=0.8)
    s.arm(3, "R", "out+.6up/out+.7up", hand="open", attack=0.6)
    s.arm(3, "L", "out-.35up/out-.3up", hand="open", attack=0.6)
    s.head(0, yaw=-16)
    s.head(3, yaw=22, pitch=-6, attack=0.4)


@move("gJS", "Pivot turn", counts=8, energy=(0.3, 1.0), role="turn", stance=Stance(out=0.12, turn=8))
def pivot_turn(s: Score) -> None:
    """Four stepped quarter turns to the left, then a hair whip."""
    for i, c in enumerate((0, 1, 2, 3)):
        side = "LR"[i % 2]
        s.heading(c, 90.0 * (i + 1), attack=0.85)
        s.step(c, side, out=0.14, fwd=0.06 if side == "L" else -0.02, turn=4, swing=0.6, lift=0.05)
    s.step(4, "R", out=0.3, turn=20)
    s.slide(5, "L", out=0.2, pitch=14, weight=0.3)
    s.tap(7, "L", out=0.12, fwd=0.1)
    s.arms(0, "down+.5fwd+.4out/in+.4fwd+.1up", hand="soft", attack=0.6)
    s.arms(2, "chest", hand="soft", attack=0.8)
    s.arms(4, "out+.2up/out+.35up", hand="open", attack=0.7)
    s.hips(4, sway=-0.1, low=0.06)
    s.chest(4, roll=-12, pitch=8)
    s.head(4, roll=-24, pitch=14, yaw=-20, attack=0.6)
    s.hips(5.5, sway=-0.04, low=0.02)
    s.chest(5.5, roll=4, pitch=-8, pop=6)
    s.head(5.5, roll=8, pitch=-20, yaw=12, attack=0.7)
    s.arm(5.5, "L", "head", hand="soft", attack=0.9)
    s.arm(5.5, "R", "hip", hand="flat", attack=0.9)
    s.hips(7, roll=8, sway=-0.06)
    s.chest(7, pitch=-2, roll=-6)
    s.head(7, pitch=-4, yaw=16, roll=0)
    s.face(4, "fierce")
    s.face(7, "cool")


@move("gJS", "Attitude", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.18, turn=16))
def attitude(s: Score) -> None:
    """Weight into one hip, one arm up, chin over the shoulder, held."""
    s.tap(0, "L", out=0.24, fwd=0.12, pitch=26, turn=24)
    s.hips(0, sway=-0.09, roll=10, yaw=10, attack=0.4)
    s.chest(0, roll=-9, yaw=-14, pop=8, attack=0.4)
    s.arm(0, "R", "up+.35out/up-.8out", hand="soft", attack=0.5)
    s.arm(0, "L", "hip", hand="flat", attack=0.5)
    s.head(0, yaw=26, pitch=-6, roll=-4, attack=0.3)
    s.head(2, yaw=-18, pitch=4, attack=0.25)
    s.shrug(2, L=10)
    s.face(0, "cool")
    s.face(2, "kiss")
    s.bounce(0.0, nod=0)
