"""House: the jack in the trunk, quick light feet, the body rising on the beat."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


def _jack(s: Score, counts: int, deep: float = 1.0) -> None:
    """The torso's wave: chest forward and down on the 'and', up and back on the count."""
    for c in range(counts):
        s.chest(c + 0.5, pitch=11 * deep, pop=-7 * deep, attack=0.5)
        s.chest(c + 1, pitch=-5 * deep, pop=9 * deep, attack=0.5)
        s.hips(c + 0.5, pitch=-7 * deep, lead=-0.02, attack=0.5)
        s.hips(c + 1, pitch=4 * deep, lead=0.025, attack=0.5)


@move("gHO", "Jack", counts=8, energy=(0.0, 0.8), role="groove", stance=Stance(out=0.2, turn=16))
def jack(s: Score) -> None:
    _jack(s, 8, 1.15)
    s.bounce(0.055, nod=4)
    for bar in (0, 4):
        side = "L" if bar == 0 else "R"
        sign = 1 if side == "L" else -1
        s.hips(bar + 2, sway=0.05 * sign, attack=1.5)
        s.hips(bar + 4, sway=0.0, attack=1.5)
        s.chest(bar + 2, yaw=12 * sign, attack=1.5)
        s.chest(bar + 4, yaw=0, attack=1.5)
    for c in range(0, 8, 2):
        s.arms(c + 1, "down+.5out+.25fwd/fwd+.5up+.15in", attack=0.8)
        s.arms(c + 2, "down+.45out+.3back/fwd+.1up+.1out", attack=0.8)


@move("gHO", "Two-step", counts=8, energy=(0.1, 0.9), role="groove")
def two_step(s: Score) -> None:
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        sign = 1 if side == "L" else -1
        s.step(c + 1, side, out=0.3, turn=14)
        s.tap(c + 2, OTHER[side], out=-0.12 if i % 2 else 0.06, fwd=0.02, pitch=24)
        s.travel(c + 1, x=0.10 * sign, attack=0.8)
        s.travel(c + 2, x=0.16 * sign if i % 2 == 0 else 0.0, attack=0.8)
        s.chest(c + 1, yaw=14 * sign, roll=5 * sign)
        s.chest(c + 2, yaw=-6 * sign, roll=-3 * sign)
        s.arm(c + 1, side, "swing_b", attack=0.9)
        s.arm(c + 1, OTHER[side], "swing_f", attack=0.9)
        s.arm(c + 2, side, "swing_f", attack=0.9)
        s.arm(c + 2, OTHER[side], "swing_b", attack=0.9)


@move("gHO", "Shuffle", counts=8, energy=(0.45, 1.0), role="step", stance=Stance(out=0.12, turn=6))
def shuffle(s: Score) -> None:
    """Running man with its slide: the knee comes up as the other foot slides back."""
    for c in range(8):
        side, other = ("L", "R") if c % 2 == 0 else ("R", "L")
        s.knee(c + 0.5, side, up=0.24, fwd=0.22, out=0.1, swing=0.45)
        s.slide(c + 0.5, other, out=0.11, fwd=-0.16, swing=0.42, weight=0.95, turn=6)
        s.step(c + 1, side, out=0.11, fwd=0.16, swing=0.45, lift=0.0, weight=0.6, turn=6)
        s.slide(c + 1, other, out=0.11, fwd=-0.24, swing=0.4, weight=0.4, pitch=22, turn=6)
        sign = 1 if side == "L" else -1
        s.chest(c + 0.5, yaw=-13 * sign, pitch=3, attack=0.45)
        s.chest(c + 1, yaw=8 * sign, pitch=7, attack=0.45)
        s.arm(c + 1, side, "run_b", hand="fist", attack=0.8)
        s.arm(c + 1, other, "run_f", hand="fist", attack=0.8)
    s.bounce(0.03)


@move("gHO", "Cross-step", counts=8, energy=(0.25, 1.0), role="step")
def cross_step(s: Score) -> None:
    for i, c in enumerate((0, 4)):
        side = "LR"[i]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c + 1, side, out=-0.13, fwd=0.16, turn=22)
        s.step(c + 2, other, out=0.24, fwd=-0.06, turn=14)
        s.step(c + 3, side, out=0.26, fwd=-0.04, turn=14)
        s.tap(c + 4, other, out=0.1, fwd=0.06)
        s.hips(c + 1, yaw=-18 * sign)
        s.hips(c + 2, yaw=6 * sign)
        s.hips(c + 4, yaw=0)
        s.chest(c + 1, yaw=20 * sign, roll=-4 * sign)
        s.chest(c + 3, yaw=-10 * sign, roll=4 * sign)
        s.arms(c + 1, "out-.45up+.25fwd/out+.1up+.5fwd", hand="open")
        s.arms(c + 2, "down+.4out+.2fwd/in+.5fwd+.3up")
        s.arms(c + 3, "out-.5up/fwd+.5out+.15up", hand="open")
        s.arms(c + 4, "loose")
