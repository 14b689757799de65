"""Middle hip-hop: the bounce into the floor, rocks, and the social dances of the nineties."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gMH", "Bounce rock", counts=8, energy=(0.0, 0.8), role="groove", stance=Stance(out=0.24, turn=18))
def bounce_rock(s: Score) -> None:
    s.bounce(0.075, nod=11)
    for c in range(0, 8, 2):
        sign = 1 if c % 4 == 0 else -1
        lead, follow = ("L", "R") if sign > 0 else ("R", "L")
        s.hips(c, sway=0.09 * sign, roll=-5 * sign, attack=0.8)
        s.hips(c + 1, sway=0.10 * sign, roll=-6 * sign)
        s.chest(c, roll=7 * sign, yaw=10 * sign)
        s.chest(c + 1, roll=10 * sign, yaw=16 * sign)
        s.head(c, roll=6 * sign)
        s.shrug(c, **{lead: 8, follow: 0})
        s.arm(c, lead, "down+.45out+.35back/fwd+.25out", attack=0.8)
        s.arm(c, follow, "down+.3out+.55fwd/fwd+.55up+.45in", attack=0.8)
        s.arm(c + 1, lead, "down+.5out+.5back/fwd+.2out")
        s.arm(c + 1, follow, "down+.35out+.7fwd/fwd+.75up+.5in")


@move("gMH", "Bart Simpson", counts=8, energy=(0.2, 1.0), role="step", stance=Stance(out=0.2, turn=14))
def bart(s: Score) -> None:
    """Two slides to a side, both arms swinging across, and two back."""
    s.bounce(0.06)
    for i, c in enumerate((0, 2, 4, 6)):
        side = "L" if i < 2 else "R"
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.travel(c, x=(0.18, 0.36, 0.18, 0.0)[i], attack=0.8)
        s.step(c, side, out=0.28, turn=20)
        s.slide(c + 1, other, out=0.14, pitch=12, weight=0.25)
        s.chest(c, roll=-10 * sign, yaw=-12 * sign)
        s.chest(c + 1, roll=6 * sign, yaw=10 * sign)
        s.head(c, yaw=18 * sign)
        away, over = "out-.3up+.3fwd/out+.35fwd", "down+.55fwd-.4out/in+.25fwd"
        s.arm(c, side, away, hand="open", attack=0.7)
        s.arm(c, other, over, hand="open", attack=0.7)
        s.arm(c + 1, side, over, hand="open", attack=0.7)
        s.arm(c + 1, other, away, hand="open", attack=0.7)


@move("gMH", "Steve Martin", counts=4, energy=(0.3, 1.0), role="step", stance=Stance(out=0.16))
def steve_martin(s: Score) -> None:
    """Kick to the side, arms thrown the other way."""
    s.bounce(0.055)
    for c, side in ((0, "L"), (2, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c, side, out=0.5, fwd=0.1, up=0.16, swing=0.6)
        s.step(c + 1, side, out=0.17, fwd=0.0, swing=0.7)
        s.hips(c, sway=-0.03 * sign, roll=6 * sign)
        s.hips(c + 1, sway=0, roll=0)
        s.chest(c, roll=-12 * sign, yaw=8 * sign)
        s.chest(c + 1, roll=0, yaw=0)
        s.arm(c, side, "down+.4fwd-.5out/in-.3up+.2fwd", hand="fist")
        s.arm(c, other, "out-.15up/out+.2fwd", hand="fist")
        s.arms(c + 1, "guard", hand="fist")
