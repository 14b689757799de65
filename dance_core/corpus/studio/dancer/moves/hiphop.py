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


@move("gMH", "Running man", counts=8, energy=(0.45, 1.0), role="step", stance=Stance(out=0.14, turn=8))
def running_man(s: Score) -> None:
    """Step forward while the other slides back, knee up between, fists pumping."""
    s.bounce(0.05, nod=7)
    for c in range(8):
        side, other = ("L", "R") if c % 2 == 0 else ("R", "L")
        sign = 1 if side == "L" else -1
        s.step(c, side, out=0.14, fwd=0.18, swing=0.45, lift=0.0, weight=0.6, turn=8)
        s.slide(c, other, out=0.14, fwd=-0.2, swing=0.4, weight=0.4, pitch=16, turn=8)
        s.knee(c + 0.5, other, up=0.3, fwd=0.24, out=0.12, swing=0.45)
        s.slide(c + 0.5, side, out=0.13, fwd=-0.08, swing=0.42, weight=0.95, turn=8)
        s.chest(c, pitch=13, yaw=6 * sign, attack=0.45)
        s.chest(c + 0.5, pitch=-2, yaw=0, attack=0.45)
        s.arms(c, "down+.4fwd+.3out/fwd-.15up", hand="fist", attack=0.45)
        s.arms(c + 0.5, "down+.35out+.1fwd/fwd+1.2up+.1in", hand="fist", attack=0.45)


@move("gMH", "Cabbage patch", counts=8, energy=(0.1, 0.8), role="feature", stance=Stance(out=0.22, turn=18))
def cabbage_patch(s: Score) -> None:
    """Fists together stir a big flat circle, the trunk going round with them."""
    s.bounce(0.06, nod=6)
    circle = (
        ("fwd-.45up+.1out/fwd+.35in", 10, 0),
        ("down+.55fwd+.35out/fwd+.2in", 2, 10),
        ("down+.5out+.1back/fwd+.75in", -6, 0),
        ("down+.55fwd-.2out/fwd+.5in", 2, -10),
    )
    for c in range(8):
        pose, pitch, sway = circle[c % 4]
        flip = 1 if c < 4 else -1
        for side in "LR":
            if sway and ((side == "L") == (sway * flip > 0)):
                s.arm(c, side, "down+.6out+.35fwd/fwd+.15out", hand="fist", attack=0.95)
            elif sway:
                s.arm(c, side, "down+.6fwd-.25out/in+.7fwd", hand="fist", attack=0.95)
            else:
                s.arm(c, side, pose, hand="fist", attack=0.95)
        s.chest(c, pitch=pitch + 3, yaw=1.4 * sway * flip, attack=0.9)
        s.hips(
            c, sway=0.006 * sway * flip, yaw=-0.6 * sway * flip, low=0.03 if pitch > 5 else 0.0, attack=0.9
        )
        s.head(c, yaw=0.8 * sway * flip)
    s.face(0, "grin")


@move("gMH", "Happy feet", counts=8, energy=(0.3, 1.0), role="step", stance=Stance(out=0.14, turn=6))
def happy_feet(s: Score) -> None:
    """Toes and heels twist in and out under a relaxed trunk; a hop to the side on four and eight."""
    s.bounce(0.03, nod=5)
    for half, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        for k, c in enumerate((half, half + 1, half + 2)):
            s.slide(
                c,
                side,
                out=0.17,
                turn=34 if k % 2 == 0 else -12,
                pitch=-14 if k % 2 == 0 else 14,
                weight=0.5,
                swing=0.5,
            )
            s.slide(
                c,
                other,
                out=0.17,
                turn=-12 if k % 2 == 0 else 34,
                pitch=14 if k % 2 == 0 else -14,
                weight=0.5,
                swing=0.5,
            )
            s.knees(c, **{side: 12.0 if k % 2 == 0 else -8.0, other: -8.0 if k % 2 == 0 else 12.0})
            s.chest(c, yaw=(10 if k % 2 == 0 else -10) * sign)
        s.step(half + 3, side, out=0.3, turn=18, swing=0.6, lift=0.08)
        s.hips(half + 3, low=0.06, sway=0.04 * sign)
        s.chest(half + 3, roll=9 * sign, pitch=7)
        s.arms(half, "down+.45out/out+.5fwd-.2up", hand="open", attack=0.7)
        s.arm(half + 3, side, "out-.1up+.1fwd/up+.3fwd", hand="open", attack=0.6)
        s.arm(half + 3, other, "down+.5out+.4fwd/in+.4fwd", hand="fist", attack=0.6)


@move("gMH", "Wu-Tang", counts=4, energy=(0.2, 0.9), role="feature", stance=Stance(out=0.24, turn=18))
def wu_tang(s: Score) -> None:
    """Knees and arms open and close from side to side, low, head nodding."""
    s.bounce(0.07, nod=10)
    for c in range(4):
        sign = 1 if c % 2 == 0 else -1
        side = "L" if sign > 0 else "R"
        s.hips(c, sway=0.09 * sign, low=0.05, attack=0.5)
        s.knees(c, **{side: 12.0, OTHER[side]: -16.0})
        s.chest(c, roll=8 * sign, pitch=6)
        s.arm(c, side, "down+.75out+.1fwd/fwd+.5up+.3out", hand="fist", attack=0.5)
        s.arm(c, OTHER[side], "down+.4fwd+.1out/in+.2up+.4fwd", hand="fist", attack=0.5)
        s.head(c, roll=8 * sign, yaw=8 * sign)


@move("gMH", "Stomp around", counts=8, energy=(0.3, 1.0), role="turn", stance=Stance(out=0.2, turn=14))
def stomp_around(s: Score) -> None:
    """Four bouncing steps around, then two shoulder leans with a dust-off."""
    for i, c in enumerate((0, 1, 2, 3)):
        side = "LR"[i % 2]
        sign = 1 if side == "L" else -1
        s.heading(c, 90.0 * (i + 1), attack=0.75)
        s.step(c, side, out=0.2, fwd=0.06, turn=10, swing=0.5, lift=0.11)
        s.chest(c, pitch=11, roll=7 * sign)
        s.chest(c + 0.5, pitch=0, roll=0)
        s.arm(c, side, "down+.4out+.35back/fwd+.3up", hand="relaxed", attack=0.7)
        s.arm(c, OTHER[side], "down+.45fwd+.2out/fwd+.8up", hand="relaxed", attack=0.7)
    s.hips(4, sway=0.1, low=0.05)
    s.hips(6, sway=-0.1, low=0.05)
    s.chest(4, roll=12, pitch=4)
    s.chest(6, roll=-12, pitch=4)
    s.arm(4, "R", "down+.5fwd-.1out/in+.95up+.3fwd", hand="flat", attack=0.6)
    s.arm(5, "R", "down+.5out+.3fwd/fwd+.5out+.3up", hand="flat", attack=0.4)
    s.arm(6, "L", "down+.5fwd-.1out/in+.95up+.3fwd", hand="flat", attack=0.6)
    s.arm(7, "L", "down+.5out+.3fwd/fwd+.5out+.3up", hand="flat", attack=0.4)
    s.head(4, yaw=20, roll=8)
    s.head(6, yaw=-20, roll=-8)
    s.face(5, "grin")


@move("gMH", "Arms folded", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.24, turn=20))
def arms_folded(s: Score) -> None:
    """Drop the weight into one leg, fold the arms, chin up."""
    s.step(0, "L", out=0.28, fwd=0.06, turn=26, lift=0.09)
    s.hips(0, sway=-0.07, roll=6, low=0.03, attack=0.4)
    s.chest(0, pitch=-7, yaw=-10, roll=-4, attack=0.4)
    s.arm(0, "L", "down+.3out+.45fwd/in+.3up+.35fwd", hand="flat", attack=0.6)
    s.arm(0, "R", "down+.3out+.55fwd/in+.05up+.45fwd", hand="flat", attack=0.6)
    s.head(1, pitch=-9, yaw=14, roll=-5, attack=0.3)
    s.head(2, pitch=6, yaw=10, attack=0.3)
    s.head(3, pitch=-6, yaw=12, attack=0.3)
    s.face(0, "cool")
    s.bounce(0.012, nod=0)
