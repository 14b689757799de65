"""House: the jack in the trunk, quick light feet, the body rising on the beat."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gHO", "Jack", counts=8, energy=(0.0, 0.8), role="groove", stance=Stance(out=0.2, turn=16))
def jack(s: Score) -> None:
    """The torso's wave: up and back on the count, chest forward and down on the 'and'."""
    s.bounce(0.055, nod=4)
    for c in range(8):
        s.chest(c, pitch=-6, pop=10)
        s.hips(c, pitch=4, lead=0.025)
        s.chest(c + 0.5, pitch=13, pop=-8)
        s.hips(c + 0.5, pitch=-8, lead=-0.02)
    for c, sign in ((1, 1), (5, -1)):
        s.hips(c, sway=0.06 * sign, attack=1.5)
        s.hips(c + 2, sway=0.0, attack=1.5)
        s.chest(c, yaw=14 * sign, attack=1.5)
        s.chest(c + 2, yaw=0, attack=1.5)
    for c in range(0, 8, 2):
        s.arms(c, "down+.5out+.25fwd/fwd+.6up+.15in", attack=0.9)
        s.arms(c + 1, "down+.45out+.3back/fwd+.1up+.1out", attack=0.9)


@move("gHO", "Two-step", counts=8, energy=(0.1, 0.9), role="groove")
def two_step(s: Score) -> None:
    """Side, together, side, together; the arms swing against the legs."""
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.travel(c, x=0.12 * sign, attack=0.7)
        s.step(c, side, out=0.2, turn=14)
        s.tap(c + 1, other, out=0.02, fwd=0.0, pitch=24)
        s.chest(c, yaw=14 * sign, roll=5 * sign)
        s.chest(c + 1, yaw=-6 * sign, roll=-3 * sign)
        for at, front, back in ((c, other, side), (c + 1, side, other)):
            s.arm(at, front, "swing_f", attack=0.9)
            s.arm(at, back, "swing_b", attack=0.9)


@move("gHO", "Shuffle", counts=8, energy=(0.45, 1.0), role="step", stance=Stance(out=0.12, turn=6))
def shuffle(s: Score) -> None:
    """Running man with its slide: the knee comes up as the other foot slides back."""
    s.bounce(0.03)
    for c in range(8):
        side, other = ("L", "R") if c % 2 == 0 else ("R", "L")
        sign = 1 if side == "L" else -1
        s.step(c, side, out=0.11, fwd=0.16, swing=0.45, lift=0.0, weight=0.6, turn=6)
        s.slide(c, other, out=0.11, fwd=-0.24, swing=0.4, weight=0.4, pitch=22, turn=6)
        s.knee(c + 0.5, other, up=0.24, fwd=0.22, out=0.1, swing=0.45)
        s.slide(c + 0.5, side, out=0.11, fwd=-0.16, swing=0.42, weight=0.95, turn=6)
        s.chest(c, yaw=8 * sign, pitch=7, attack=0.45)
        s.chest(c + 0.5, yaw=13 * sign, pitch=3, attack=0.45)
        s.arm(c, side, "run_b", hand="fist", attack=0.8)
        s.arm(c, other, "run_f", hand="fist", attack=0.8)


@move("gHO", "Cross-step", counts=8, energy=(0.25, 1.0), role="step")
def cross_step(s: Score) -> None:
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=-0.13, fwd=0.16, turn=22)
        s.step(c + 1, other, out=0.24, fwd=-0.06, turn=14)
        s.step(c + 2, side, out=0.26, fwd=-0.04, turn=14)
        s.tap(c + 3, other, out=0.1, fwd=0.06)
        s.hips(c, yaw=-18 * sign)
        s.hips(c + 1, yaw=6 * sign)
        s.hips(c + 3, yaw=0)
        s.chest(c, yaw=20 * sign, roll=-4 * sign)
        s.chest(c + 2, yaw=-10 * sign, roll=4 * sign)
        s.arms(c, "out-.45up+.25fwd/out+.1up+.5fwd", hand="open")
        s.arms(c + 1, "down+.4out+.2fwd/in+.5fwd+.3up")
        s.arms(c + 2, "out-.5up/fwd+.5out+.15up", hand="open")
        s.arms(c + 3, "loose")


@move("gHO", "Farmer", counts=8, energy=(0.4, 1.0), role="step", stance=Stance(out=0.16, turn=12))
def farmer(s: Score) -> None:
    """Heels of both feet in turn dig to the side while the hips swing away; arms pump."""
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.heel(c, side, out=0.34, fwd=0.1, turn=26, swing=0.45, lift=0.05)
        s.step(c + 0.5, side, out=0.12, fwd=-0.06, swing=0.4, lift=0.03)
        s.tap(c + 1, other, out=0.2, fwd=-0.08, swing=0.4, lift=0.03)
        s.step(c + 1.5, other, out=0.15, fwd=0.02, swing=0.35, lift=0.03)
        s.hips(c, roll=6 * sign, yaw=8 * sign)
        s.hips(c + 1, roll=-3 * sign, yaw=-6 * sign)
        s.chest(c, roll=-9 * sign, pitch=6, yaw=-10 * sign)
        s.chest(c + 1, roll=5 * sign, pitch=-2, yaw=8 * sign)
        s.arm(c, side, "down+.6out/fwd+.7up", hand="relaxed", attack=0.6)
        s.arm(c, other, "down+.5fwd+.2out/fwd+.2in", hand="relaxed", attack=0.6)
        s.arm(c + 1, side, "down+.4back+.3out/fwd+.1up", attack=0.6)
        s.arm(c + 1, other, "down+.5out+.3fwd/fwd+.8up", attack=0.6)


@move("gHO", "Heel-toe", counts=8, energy=(0.3, 1.0), role="step", stance=Stance(out=0.14, turn=6))
def heel_toe(s: Score) -> None:
    """Feet twist in and out along the floor, going sideways and back, shoulders loose on top."""
    for c in range(8):
        go = 0.08 * (c + 1) if c < 4 else 0.08 * (7 - c)
        open_ = c % 2 == 0
        s.travel(c, x=go, attack=0.6)
        for side in "LR":
            lead = (side == "L") == (c < 4)
            s.slide(c, side, out=0.17, turn=26 if open_ == lead else -14, swing=0.5, weight=0.5,
                    pitch=0 if open_ == lead else 12)
        s.hips(c, yaw=10 if open_ else -10, sway=0.02 if open_ else -0.02)
        s.chest(c, yaw=-14 if open_ else 14)
        s.knees(c, L=6 if open_ else -8, R=-8 if open_ else 6)
        s.shrug(c, L=9 if open_ else 0, R=0 if open_ else 9)
    s.arms(0, "down+.5out/out+.3fwd-.1up", hand="open", attack=0.8)
    s.arms(2, "down+.35out+.2fwd/fwd+.4up", attack=1.2)
    s.arms(4, "out-.3up/out+.1up+.3fwd", hand="open", attack=1.0)
    s.arms(6, "down+.4out+.3fwd/in+.3up+.5fwd", attack=1.2)
    s.bounce(0.025)


@move("gHO", "Stomp and spin", counts=8, energy=(0.35, 1.0), role="turn")
def stomp_and_spin(s: Score) -> None:
    """Two stomps, then light steps around, arms floating out."""
    s.step(0, "L", out=0.2, fwd=0.1, lift=0.12)
    s.step(1, "R", out=0.2, fwd=0.08, lift=0.12)
    s.hips(0, low=0.05, pitch=4)
    s.hips(1, low=0.05, pitch=4)
    s.hips(2, low=0.0, pitch=0)
    s.chest(0, pitch=12, roll=6)
    s.chest(1, pitch=12, roll=-6)
    s.chest(2, pitch=-4, roll=0)
    s.arms(0, "down+.5out+.3fwd/fwd+.5up", attack=0.6)
    for i, (c, side) in enumerate(((2, "L"), (3, "R"), (4, "L"), (5, "R"))):
        s.heading(c, 90.0 * (i + 1), attack=0.9)
        s.step(c, side, out=0.13, fwd=0.04, turn=8, swing=0.6, lift=0.04, pitch=8)
    s.arms(2.5, "out-.2up/out+.15fwd", hand="soft", attack=1.0)
    s.arms(5, "out+.05up/out+.2up", hand="soft", attack=1.5)
    s.step(6, "L", out=0.26, turn=18)
    s.tap(7, "R", out=0.04, fwd=0.04)
    s.arms(7, "down+.4out+.3fwd/in+.4fwd+.3up", attack=0.9)
    s.chest(6, roll=8, yaw=12)
    s.chest(7, roll=-3, yaw=-6)
    s.head(6, yaw=14)


@move("gHO", "Skate", counts=8, energy=(0.0, 0.7), role="groove", stance=Stance(out=0.16, turn=14))
def skate(s: Score) -> None:
    """Long sliding steps from side to side, the free leg trailing, the arms as a skater's."""
    s.bounce(0.035, nod=3)
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.slide(c, side, out=0.32, fwd=0.06, turn=18, swing=0.9)
        s.slide(c + 1, other, out=0.1, fwd=-0.16, pitch=28, weight=0.15, swing=0.9, turn=16)
        s.hips(c, low=0.04, yaw=-8 * sign, attack=0.9)
        s.hips(c + 1, low=0.0, yaw=6 * sign, attack=0.9)
        s.chest(c, yaw=16 * sign, roll=7 * sign, pitch=6, attack=0.9)
        s.arm(c, side, "swing_b", attack=1.2)
        s.arm(c, other, "down+.6fwd-.1out/fwd+.35in+.2up", attack=1.2)
        s.head(c, yaw=12 * sign, attack=1.0)


@move("gHO", "Lean back", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.2, turn=18))
def lean_back(s: Score) -> None:
    """One heel forward, lean away from it, one hand up to the ceiling."""
    s.heel(0, "L", out=0.2, fwd=0.34, turn=16)
    s.hips(0, pitch=-10, lead=-0.03, low=0.07, sway=-0.03, attack=0.5)
    s.chest(0, pitch=-10, yaw=-14, pop=6, attack=0.5)
    s.arm(0, "L", "up+.4out/up+.25out", hand="point", attack=0.7)
    s.arm(0, "R", "down+.6out+.2fwd/in+.2up+.5fwd", hand="relaxed", attack=0.7)
    s.head(0, pitch=-12, yaw=16, attack=0.5)
    s.face(0, "joy")
    s.bounce(0.01, nod=3)
