"""Middle hip-hop: the bounce into the floor, rocks, and the social dances of the nineties."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gMH", "Bounce rock", counts=8, energy=(0.0, 0.8), role="groove", stance=Stance(out=0.24, turn=18))
def bounce_rock(s: Score) -> None:
    s.bounce(0.075, nod=11)
    for c in range(0, 8, 2):
        sign = 1 if c % 4 == 0 else -1
        lead, follow = ("L", "R") if sign > 0 else ("R", "L")
        s.hips(c + 1, sway=0.09 * sign, roll=-5 * sign, attack=0.8)
        s.hips(c + 2, sway=0.10 * sign, roll=-6 * sign, attack=0.5)
        s.chest(c + 1, roll=7 * sign, yaw=10 * sign)
        s.chest(c + 2, roll=10 * sign, yaw=16 * sign)
        s.head(c + 1, roll=6 * sign)
        s.shrug(c + 1, **{lead: 8, follow: 0})
        s.arm(c + 1, lead, "down+.45out+.35back/fwd+.25out", attack=0.8)
        s.arm(c + 1, follow, "down+.3out+.55fwd/fwd+.55up+.45in", attack=0.8)
        s.arm(c + 2, lead, "down+.5out+.5back/fwd+.2out", attack=0.5)
        s.arm(c + 2, follow, "down+.35out+.7fwd/fwd+.75up+.5in", attack=0.5)


@move("gMH", "Bart Simpson", counts=8, energy=(0.2, 1.0), role="step", stance=Stance(out=0.2, turn=14))
def bart(s: Score) -> None:
    """Slide to the side with both arms swinging across, knees following."""
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[(i // 2) % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c + 1, side, out=0.34, turn=20)
        s.slide(c + 2, other, out=0.16, pitch=12, weight=0.25)
        s.travel(c + 1, x=(0.1 + 0.18 * (i % 2)) * sign if i < 2 else (0.28 - 0.1 - 0.18 * (i % 2)), attack=0.8)
        s.travel(c + 2, x=0.18 * (i + 1) if i < 2 else 0.36 - 0.18 * (i - 1), attack=0.8)
        s.chest(c + 1, roll=-10 * sign, yaw=-12 * sign)
        s.chest(c + 2, roll=6 * sign, yaw=10 * sign)
        for a in "LR":
            outer = a == side
            s.arm(c + 1, a, "out-.25up+.3fwd/out+.35fwd" if outer else "down+.5fwd-.4out/in+.2fwd", hand="open", attack=0.7)
            s.arm(c + 2, a, "down+.55fwd-.35out/in+.25fwd" if outer else "out-.35up+.3fwd/out+.3fwd", hand="open", attack=0.7)
        s.head(c + 1, yaw=18 * sign)
    s.bounce(0.06)


@move("gMH", "Steve Martin", counts=4, energy=(0.3, 1.0), role="step", stance=Stance(out=0.16))
def steve_martin(s: Score) -> None:
    """Kick to the side, arms thrown the other way."""
    for c, side in ((0, "L"), (2, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c + 1, side, out=0.5, fwd=0.1, up=0.16, swing=0.6)
        s.step(c + 2, side, out=0.17, fwd=0.0, swing=0.7)
        s.hips(c + 1, sway=-0.03 * sign, roll=6 * sign)
        s.chest(c + 1, roll=-12 * sign, yaw=8 * sign)
        s.arm(c + 1, side, "down+.4fwd-.5out/in-.3up+.2fwd", hand="fist")
        s.arm(c + 1, other, "out-.15up/out+.2fwd", hand="fist")
        s.arms(c + 2, "guard", hand="fist")
        s.chest(c + 2, roll=0, yaw=0)
        s.hips(c + 2, sway=0, roll=0)
    s.bounce(0.055)
