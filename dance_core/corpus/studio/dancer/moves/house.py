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
