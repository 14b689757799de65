"""Waacking: arms that whip round the head and the shoulders, hips that answer, a film star's poses."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move

_BEHIND = "up+.75out-.1fwd/in+.25up-.6fwd"  # the elbow by the ear, the hand behind the head
_FLUNG = "out+.15up/out+.1up"  # and thrown out from there
_TOUCH = "out+.05up+.15fwd/in+.2up+.12fwd"  # fingertips on the own shoulder
_HIP = "down+.95out+.35back/down+.35fwd-.6out"  # the hand rests on the hip


def _hip(s: Score, count: float, sign: float, sway: float = 0.09, attack: float = 0.5) -> None:
    """The hip pushed out to a side (+ left), the ribs over it the other way."""
    s.hips(count, sway=sway * sign, roll=-9 * sign, attack=attack)
    s.chest(count, roll=8 * sign, attack=attack)


@move("gWA", "Arm rolls", counts=8, energy=(0.0, 1.0), role="groove", stance=Stance(out=0.14, turn=12))
def arm_rolls(s: Score) -> None:
    """Side, touch, with the forearms rolling round each other, low and high; a fling on each fourth count."""
    s.bounce(0.03, nod=3)
    ring = (("in+.5up+.55fwd", 0.6), ("in+.1up+.95fwd", 0.75), ("in-.3up+.6fwd", 0.5),
            ("in+.1up+.35fwd", 0.35))
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.travel(c, x=0.12 * sign, attack=0.7)
        s.step(c, side, out=0.2, turn=18)
        s.tap(c + 1, other, out=0.05, fwd=0.04, turn=16)
        _hip(s, c, sign, 0.05)
        _hip(s, c + 1, sign, 0.08)
        s.hips(c + 1, yaw=10 * sign, attack=0.5)
        s.hips(c, yaw=0, attack=0.5)
        s.chest(c, yaw=16 * sign, attack=0.7)
        s.chest(c + 1, yaw=-6 * sign, attack=0.5)
        s.head(c, yaw=22 * sign, attack=0.5)
        s.knees(c + 1, **{other: -16.0, side: 2.0}, attack=0.5)
        s.knees(c, L=0, R=0, attack=0.5)
        lift = "+.55up" if i % 2 else "-.1up"
        turns = 4 if i % 2 else 8
        for q in range(turns):
            for arm, phase in (("L", q), ("R", q + 2)):
                fore, ahead = ring[phase % 4]
                s.arm(c + q / 4, arm, f"down+.55out+{ahead:g}fwd{lift}/{fore}", hand="soft", attack=0.25)
        if i % 2:
            s.arm(c + 1.3, side, "out+.2up/out+.55up", hand="open", flex=-25, attack=0.5)
            s.arm(c + 1.3, other, "out-.6up+.2fwd/down+.3fwd", hand="soft", flex=-20, attack=0.5)
            s.head(c + 1.3, yaw=30 * sign, pitch=-6, attack=0.3)
    s.face(3, "smile")
    s.face(7, "kiss")


@move("gWA", "Hip and shoulder rolls", counts=8, energy=(0.0, 0.6), role="groove",
      stance=Stance(out=0.2, turn=16))
def shoulder_rolls(s: Score) -> None:
    """Weight drawn from hip to hip, each shoulder rolled, a hand trailing up to the neck."""
    s.bounce(0.018, nod=2)
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.hips(c, sway=0.085 * sign, roll=-10 * sign, yaw=9 * sign, low=0.03, attack=1.0)
        s.hips(c + 1, sway=0.05 * sign, roll=-2 * sign, yaw=-4 * sign, low=-0.01, attack=0.9)
        s.chest(c, roll=9 * sign, yaw=-12 * sign, attack=1.0)
        s.chest(c + 1, roll=3 * sign, yaw=8 * sign, attack=0.9)
        s.knees(c, **{other: -18.0, side: 4.0}, attack=0.9)
        s.foot(c, other, out=0.2, fwd=0.0, turn=16, pitch=24, weight=0.15, swing=0.5, lift=0.0)
        s.foot(c + 1.4, other, out=0.2, fwd=0.0, turn=16, weight=0.5, swing=0.5, lift=0.0)
        s.shrug(c, **{side: 16, other: 0}, attack=0.5)
        s.shrug(c + 0.8, **{side: -3}, attack=0.6)
        s.shrug(c + 1, **{other: 12}, attack=0.5)
        s.head(c, yaw=20 * sign, roll=8 * sign, pitch=-4, attack=1.0)
        s.head(c + 1, yaw=8 * sign, roll=0, pitch=2, attack=0.9)
        s.arm(c, side, "down+.5out+.1back/down+.3fwd+.1out", hand="soft", attack=1.0)
        s.arm(c, other, "down+.8out+.5fwd/in+.3up+.55fwd", hand="soft", attack=1.0)
        s.arm(c + 1, other, "out+.1up+.55fwd/in+.75up+.05fwd", hand="soft", flex=20, attack=0.9)
    s.face(2, "kiss")
    s.face(6, "smile")


@move("gWA", "Overhead twirl", counts=8, energy=(0.2, 1.0), role="feature", stance=Stance(out=0.2, turn=16))
def overhead_twirl(s: Score) -> None:
    """One arm folds behind the head and is flung out, twice; the other; then both, down and up into a V."""
    s.bounce(0.025, nod=1)
    for c, side in ((0, "R"), (2, "L")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.arm(c, side, _BEHIND, hand="soft", attack=0.7)
        s.arm(c, other, _HIP, hand="flat", attack=0.6)
        s.arm(c + 1, side, _FLUNG, hand="open", flex=-10, attack=0.7)
        if c == 0:
            s.arm(1.5, side, "out-.6up+.2fwd/down+.4fwd+.1out", hand="soft", attack=0.4)
        _hip(s, c, -sign, 0.06, 0.4)
        _hip(s, c + 1, sign, 0.09, 0.4)
        s.chest(c, yaw=10 * sign, pop=4, attack=0.5)
        s.chest(c + 1, yaw=-10 * sign, attack=0.5)
        s.head(c, yaw=-14 * sign, roll=-8 * sign, attack=0.4)
        s.head(c + 1, yaw=30 * sign, roll=4 * sign, attack=0.35)
        s.foot(c + 0.9, other, out=0.2, fwd=0.0, turn=10, pitch=26, weight=0.15, swing=0.4, lift=0.0)
        s.foot(c + 1.7, other, out=0.2, fwd=0.0, turn=16, weight=0.5, swing=0.4, lift=0.0)
    s.arms(4, _BEHIND, hand="soft", attack=0.8)
    s.hips(4, sway=0, roll=0, low=0.04, attack=0.5)
    s.chest(4, roll=0, yaw=0, pop=8, pitch=-6, attack=0.5)
    s.head(4, yaw=0, roll=0, pitch=-10, attack=0.5)
    s.arms(5, "out+.25up/out+.1up", hand="open", attack=0.6)
    s.arms(6, "down+.6out+.4fwd/in+.8fwd-.7up", hand="soft", attack=0.7)
    s.hips(6, low=0.09, pitch=4, attack=0.6)
    s.chest(6, pop=-6, pitch=14, attack=0.6)
    s.head(6, pitch=14, attack=0.5)
    s.step(7, "L", out=0.3, fwd=0.05, turn=24, swing=0.6)
    s.arms(7, "out+1.3up/out+1.4up", hand="open", flex=-10, attack=0.95)
    s.hips(7, low=-0.02, sway=0.07, roll=-8, pitch=0, attack=0.5)
    s.chest(7, pop=8, pitch=-6, roll=8, attack=0.5)
    s.head(7, pitch=-14, yaw=20, attack=0.4)
    s.face(4, "closed")
    s.face(7, "joy", attack=0.3)


@move("gWA", "Figure eight", counts=8, energy=(0.0, 0.7), role="feature", stance=Stance(out=0.18, turn=14))
def figure_eight(s: Score) -> None:
    """A lying eight drawn by one arm across the body and out, the hips drawing it too; then by the other."""
    s.bounce(0.02, nod=1)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        loop = ((0, "out+.35up+.3fwd/out+.8up+.1fwd", -20), (0.8, "out-.2up+.25fwd/out-.35up+.3fwd", 20),
                (1.6, "fwd+.15out-.25up/in+.5fwd+.75up", -15), (2.4, "fwd+.1out-.35up/in+.5fwd-.25up", 25),
                (3.2, "out-.3up+.35fwd/out-.25up+.5fwd", 15))
        for at, pose, flex in loop:
            s.arm(c + at, side, pose, hand="soft", flex=flex, attack=0.8)
        s.arm(c, other, _HIP, hand="soft", attack=0.8)
        s.arm(c + 2.2, other, "down+.9out/down+.4fwd+.5out", hand="soft", flex=-20, attack=1.2)
        s.hips(c, sway=0.09 * sign, roll=-8 * sign, yaw=8 * sign, attack=0.8)
        s.hips(c + 0.8, sway=0.06 * sign, yaw=-8 * sign, low=0.05, attack=0.8)
        s.hips(c + 1.6, sway=-0.07 * sign, roll=8 * sign, yaw=-10 * sign, low=0.0, attack=0.8)
        s.hips(c + 2.4, sway=-0.08 * sign, yaw=8 * sign, low=0.06, attack=0.8)
        s.hips(c + 3.3, sway=0.02 * sign, roll=-2 * sign, yaw=0, low=0.0, attack=0.8)
        s.chest(c, roll=10 * sign, yaw=8 * sign, attack=0.8)
        s.chest(c + 1.6, roll=-9 * sign, yaw=-16 * sign, attack=0.9)
        s.chest(c + 3.3, roll=0, yaw=6 * sign, attack=0.9)
        s.head(c, yaw=24 * sign, pitch=-8, attack=0.6)
        s.head(c + 1.6, yaw=-22 * sign, pitch=0, roll=-6 * sign, attack=0.7)
        s.head(c + 3.2, yaw=16 * sign, pitch=4, roll=0, attack=0.7)
        s.foot(c + 1.6, side, out=0.18, fwd=0.0, turn=14, pitch=26, weight=0.1, swing=0.6, lift=0.0)
        s.foot(c + 3.3, side, out=0.18, fwd=0.0, turn=14, weight=0.5, swing=0.6, lift=0.0)
        s.knees(c + 1.6, **{side: -18.0}, attack=0.7)
        s.knees(c + 3.3, **{side: 0.0}, attack=0.7)
    s.face(0, "kiss")
    s.face(4, "smile")


@move("gWA", "Hand to shoulder", counts=8, energy=(0.4, 1.0), role="feature",
      stance=Stance(out=0.16, turn=14))
def hand_to_shoulder(s: Score) -> None:
    """Fingertips to the shoulders on the beat, whipped out on the 'and': sides, up, one by one."""
    s.bounce(0.03, nod=2)
    out, up = "out+.02up+.1fwd/out+.05up", "out+.55up/out+1.2up"
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=0.24, turn=18, swing=0.45)
        s.tap(c + 1, other, out=0.06, fwd=0.1, turn=14, swing=0.45)
        _hip(s, c, sign, 0.04, 0.4)
        _hip(s, c + 1, sign, 0.09, 0.4)
        s.knees(c + 1, **{other: -14.0, side: 2.0}, attack=0.4)
        s.chest(c, yaw=6 * sign, pop=-3, attack=0.35)
        s.chest(c + 0.5, pop=7, attack=0.35)
        s.chest(c + 1, yaw=-10 * sign, pop=-2, attack=0.35)
        s.chest(c + 1.5, pop=7, attack=0.35)
        s.head(c, yaw=10 * sign, attack=0.35)
        s.head(c + 1.5, yaw=28 * sign, pitch=-4, attack=0.3)
        if i < 2:
            s.arms(c, _TOUCH, hand="soft", attack=0.5)
            s.arms(c + 0.5, out, hand="open", flex=-10, attack=0.45)
            s.arms(c + 1, "out+.3up+.1fwd/in+.35up+.1fwd", hand="soft", attack=0.5)
            s.arms(c + 1.5, up, hand="open", flex=-10, attack=0.5)
        else:
            s.arms(c, _TOUCH, hand="soft", attack=0.5)
            s.arm(c + 0.5, side, out, hand="open", flex=-10, attack=0.45)
            s.arm(c + 1, side, _TOUCH, hand="soft", attack=0.45)
            s.arm(c + 1.5, side, up, hand="open", flex=-10, attack=0.5)
            s.arm(c + 1.4, other, _HIP, hand="flat", attack=0.7)
    s.face(1, "smile")
    s.face(5, "grin")


@move("gWA", "Punking walk", counts=8, energy=(0.1, 0.9), role="step", stance=Stance(out=0.12, turn=10))
def punking_walk(s: Score) -> None:
    """Four long steps forward, reaching and clutching; four back, pushing it away; a look to the side."""
    s.bounce(0.02, nod=1)
    for c in range(8):
        side = "LR"[c % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        ahead = c < 4
        s.travel(c, z=0.14 * (c + 1) if ahead else 0.14 * (7 - c), attack=0.9)
        s.step(c, side, out=0.065 if ahead else 0.1, fwd=0.16 if ahead else -0.14, turn=10, swing=0.65,
               lift=0.06)
        s.hips(c, sway=0.05 * sign, roll=-9 * sign, yaw=-14 * sign if ahead else 8 * sign,
               low=0.07 if c % 2 == 0 else 0.0, attack=0.6)
        s.chest(c, yaw=22 * sign if ahead else -10 * sign, roll=9 * sign, pitch=4 if c % 2 == 0 else -6,
                attack=0.6)
        s.shrug(c, **{side: 12, other: 0}, attack=0.5)
        if ahead:
            s.arm(c, other, "fwd+.35out+.25up/fwd+.2out+.5up", hand="open", flex=-20, attack=0.9)
            s.arm(c, side, "down+.75out+.35fwd/in+.75up+.3fwd", hand="claw", flex=25, attack=0.8)
            s.head(c, yaw=-12 * sign, pitch=-6 if c % 2 else 2, attack=0.5)
        elif c < 7:
            s.arm(c, other, "out-.1up+.1fwd/out-.3up", hand="open", flex=-35, attack=0.8)
            s.arm(c, side, "out-.1up+.35fwd/in+.95up+.1fwd", hand="soft", attack=0.8)
            s.head(c, yaw=26 * -sign, roll=6 * sign, attack=0.4)
    s.arm(7, "R", _HIP, hand="flat", attack=0.7)
    s.arm(7, "L", "out+.4up/in+.9up-.1fwd", hand="soft", attack=0.7)
    s.head(7, yaw=34, pitch=-8, attack=0.35)
    s.face(0, "fierce")
    s.face(4, "cool")
    s.face(7, "kiss", attack=0.3)


@move("gWA", "Windmill vine", counts=8, energy=(0.15, 0.95), role="step", stance=Stance(out=0.14, turn=12))
def windmill(s: Score) -> None:
    """Side, behind, side, kick low, while both arms wheel round with the way; then back."""
    s.bounce(0.025, nod=1)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        base = 0.0 if c == 0 else 0.34
        for k, x in enumerate((0.12, 0.24, 0.34)):
            s.travel(c + k, x=base + x * sign, attack=0.9)
        s.step(c, side, out=0.2, turn=18, swing=0.6)
        s.foot(c + 0.65, other, out=0.1, fwd=-0.22, up=0.05, pitch=20, weight=0.0, swing=0.3)
        s.step(c + 1, other, out=-0.04, fwd=-0.22, turn=20, swing=0.35, lift=0.0)
        s.step(c + 2, side, out=0.2, turn=18, swing=0.6)
        s.kick(c + 3, other, out=0.02, fwd=0.34, up=0.12, swing=0.7, turn=16)
        s.step(c + 3.6, other, out=0.14, fwd=0.0, turn=12, swing=0.4, lift=0.0, weight=0.6)
        _hip(s, c, sign, 0.05)
        s.hips(c + 1, yaw=14 * sign, low=0.07, sway=0, roll=0, attack=0.6)
        s.chest(c + 1, yaw=-16 * sign, roll=-4 * sign, attack=0.6)
        s.hips(c + 2, yaw=0, low=0.0, sway=0.06 * sign, roll=-7 * sign, attack=0.6)
        s.chest(c + 2, yaw=8 * sign, roll=10 * sign, attack=0.6)
        s.hips(c + 3, sway=0.06 * sign, yaw=10 * sign, attack=0.6)
        s.chest(c + 3, pitch=-8, pop=6, roll=4 * sign, yaw=0, attack=0.6)
        s.head(c, yaw=26 * sign, attack=0.5)
        s.head(c + 1, yaw=-10 * sign, pitch=6, attack=0.6)
        s.head(c + 2, yaw=24 * sign, pitch=0, attack=0.5)
        s.head(c + 3, yaw=8 * sign, pitch=-10, attack=0.5)
        s.arm(c, side, "out-.1up+.2fwd/out+.1fwd", hand="soft", attack=0.9)
        s.arm(c, other, "fwd+.1out-.45up/in+.7fwd-.1up", hand="soft", attack=0.9)
        s.arm(c + 1, side, "down+.45out+.25fwd/down+.1fwd-.1out", hand="soft", attack=0.9)
        s.arm(c + 1, other, "down+.6out+.1fwd/down+.25out", hand="soft", attack=0.9)
        s.arm(c + 2, side, "fwd+.2out-.2up/in+.6fwd+.3up", hand="soft", attack=0.9)
        s.arm(c + 2, other, "out+.15fwd/out+.3up", hand="soft", attack=0.9)
        s.arm(c + 3, side, "up+.55out+.2fwd/up+.2out", hand="open", attack=0.9)
        s.arm(c + 3, other, "up+.7out+.1fwd/up+.5out", hand="open", attack=0.9)
        s.face(c + 3, "grin")


@move("gWA", "Kick and drag", counts=8, energy=(0.45, 1.0), role="step", stance=Stance(out=0.14, turn=12))
def kick_and_drag(s: Score) -> None:
    """A kick under lifted arms, a deep lunge to the side, the other foot dragged in, a hand at the brow."""
    s.bounce(0.015, nod=1)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.kick(c, side, out=0.14, fwd=0.62, up=0.48, swing=0.75)
        s.step(c + 1, side, out=0.42, fwd=0.0, turn=30, swing=0.75, lift=0.0)
        s.slide(c + 3, other, out=-0.02, fwd=0.06, turn=12, pitch=26, weight=0.15, swing=1.4)
        s.step(c + 3.6, other, out=0.14, fwd=0.0, turn=12, swing=0.4, weight=0.6)
        s.travel(c + 3.6, x=(0.26 if c == 0 else 0.0), attack=2.0)
        s.hips(c, low=-0.02, pitch=-8, lead=-0.03, attack=0.5)
        s.hips(c + 1, low=0.17, pitch=4, lead=0.0, sway=0.05 * sign, roll=-4 * sign, attack=0.6)
        s.hips(c + 3, low=0.0, pitch=0, sway=0.05 * sign, roll=-9 * sign, yaw=10 * sign, attack=1.4)
        s.chest(c, pitch=-4, pop=8, attack=0.5)
        s.chest(c + 1, pitch=10, roll=14 * sign, pop=0, yaw=12 * sign, attack=0.6)
        s.chest(c + 3, pitch=-8, roll=6 * sign, yaw=-10 * sign, pop=6, attack=1.4)
        s.head(c, pitch=-10, attack=0.4)
        s.head(c + 1, pitch=4, yaw=30 * sign, attack=0.4)
        s.head(c + 3, pitch=-14, yaw=-16 * sign, roll=-8 * sign, attack=1.3)
        s.arms(c, "up+.5out+.1fwd/up+.3out", hand="open", attack=0.8)
        s.arm(c + 1, side, "out-.1up+.15fwd/out-.05up+.1fwd", hand="open", flex=-20, attack=0.8)
        s.arm(c + 1, other, "out-.55up-.1fwd/out-.6up", hand="open", attack=0.8)
        s.arm(c + 2, side, "out+.15up+.35fwd/up+.3fwd-.3out", hand="soft", attack=0.9)
        s.arm(c + 3, side, "out+.35up+.35fwd/in+.55up+.2fwd", hand="soft", flex=25, attack=0.9)
        s.arm(c + 3, other, _HIP, hand="flat", attack=1.2)
        s.face(c, "wow", attack=0.3)
        s.face(c + 3, "tender")


@move("gWA", "Whip turn", counts=8, energy=(0.25, 1.0), role="turn", stance=Stance(out=0.14, turn=12))
def whip_turn(s: Score) -> None:
    """A walked turn under an arm that wheels overhead; a fall over the hip, the hair thrown back, a pose."""
    s.bounce(0.015, nod=0)
    for i in range(4):
        c, side = float(i), "LR"[i % 2]
        out, fwd = (0.2, -0.12) if side == "L" else (0.24, 0.06)
        s.heading(c, 90.0 * (i + 1), attack=0.7)
        s.step(c, side, out=out, fwd=fwd, turn=10, swing=0.55, lift=0.06)
        s.head(c, yaw=36 if i < 3 else 0, attack=0.5)
    s.hips(0, low=0.05, attack=0.6)
    s.hips(2, low=-0.02, attack=0.9)
    s.chest(0, roll=-8, yaw=14, attack=0.6)
    s.chest(2, roll=4, pop=6, yaw=6, attack=0.9)
    s.arm(0, "R", "down+.6fwd+.3out/in+.7fwd", hand="soft", attack=0.7)
    s.arm(0, "L", "out-.15up/out+.1fwd", hand="open", attack=0.7)
    s.arm(1, "R", "fwd+.8up+.3out/in+.9up+.1fwd", hand="soft", attack=0.9)
    s.arm(2, "R", _BEHIND, hand="soft", attack=0.9)
    s.arm(2, "L", _HIP, hand="flat", attack=0.9)
    s.arm(3, "R", _FLUNG, hand="open", flex=-15, attack=0.9)
    s.chest(3, roll=-6, yaw=-8, attack=0.7)
    s.step(4, "L", out=0.34, fwd=0.02, turn=26, swing=0.6)
    s.hips(4, sway=0.07, low=0.12, roll=-5, attack=0.6)
    s.chest(4, roll=16, pitch=16, yaw=0, pop=-4, attack=0.7)
    s.head(4, roll=22, pitch=20, yaw=14, attack=0.6)
    s.arm(4, "L", "down+.9out+.4fwd/down+.4out+.3fwd", hand="soft", attack=0.7)
    s.arm(4, "R", "out+.25up/out+.3up-.1fwd", hand="open", flex=-20, attack=0.8)
    s.head(5, roll=10, pitch=24, yaw=-8, attack=0.8)
    s.hips(5.6, sway=0.02, low=0.03, roll=-2, attack=0.7)
    s.chest(5.6, roll=-4, pitch=-12, pop=12, attack=0.7)
    s.head(5.6, roll=-8, pitch=-22, yaw=-14, attack=0.6)
    s.arms(5.6, "out+.5up+.1fwd/in+.9up-.2fwd", hand="soft", attack=0.9)
    s.step(6.3, "R", out=0.17, turn=14, swing=0.5)
    s.foot(7, "L", out=0.2, fwd=0.12, pitch=30, turn=18, weight=0.1, swing=0.5, lift=0.03)
    s.hips(7, sway=-0.08, low=0.0, roll=10, yaw=12, attack=0.5)
    s.chest(7, roll=-8, pitch=-4, pop=6, yaw=-10, attack=0.5)
    s.head(7, roll=0, pitch=-4, yaw=26, attack=0.35)
    s.arm(6.4, "R", "out-.1up+.1fwd/out-.5up+.3fwd", hand="soft", attack=0.6)
    s.arm(7.1, "R", _HIP, hand="flat", attack=0.6)
    s.arm(7, "L", "out+.45up+.1fwd/up+.15out", hand="open", flex=-15, attack=0.8)
    s.face(4, "closed")
    s.face(7, "kiss", attack=0.3)


@move("gWA", "Garbo", counts=4, energy=(0.0, 0.9), role="pose", stance=Stance(out=0.16, turn=14))
def garbo(s: Score) -> None:
    """The back of a hand at the brow, the other arm trailing, chest to the light; eyes open on three."""
    s.bounce(0.0, nod=0)
    s.foot(0, "L", out=0.2, fwd=0.16, pitch=32, turn=20, weight=0.1, swing=0.6, lift=0.03)
    s.knees(0, L=-12, attack=0.5)
    s.hips(0, sway=-0.08, roll=9, yaw=14, lead=0.02, attack=0.5)
    s.chest(0, roll=-11, pop=10, pitch=-8, yaw=-10, attack=0.6)
    s.arm(0, "L", "out+.4up+.6fwd/in+.6up+.15fwd", hand="soft", twist=-60, flex=20, attack=0.7)
    s.arm(0, "R", "out-.7up-.25fwd/out-.35up-.1fwd", hand="soft", flex=-35, attack=0.7)
    s.head(0, yaw=-24, pitch=-16, roll=-8, attack=0.6)
    s.head(2, yaw=30, pitch=-4, roll=4, attack=0.3)
    s.arm(2, "L", "out+.55up+.35fwd/in+.95up+.2fwd", hand="soft", twist=-60, flex=25, attack=0.4)
    s.arm(2, "R", "out-.1up-.1fwd/out+.1up", hand="open", flex=-25, attack=0.5)
    s.shrug(2, R=8, attack=0.4)
    s.face(0, "closed")
    s.face(2, "kiss", attack=0.3)


@move("gWA", "Exclamation", counts=4, energy=(0.35, 1.0), role="pose", stance=Stance(out=0.18, turn=16))
def exclamation(s: Score) -> None:
    """A lunge, one arm straight to the ceiling, the other framing the face; the frame snaps open on three."""
    s.bounce(0.0, nod=0)
    s.step(0, "L", out=0.4, fwd=0.04, turn=30, swing=0.6, weight=0.85)
    s.foot(0.3, "R", out=0.26, fwd=-0.02, pitch=26, turn=22, weight=0.15, swing=0.35, lift=0.0)
    s.hips(0, sway=0.08, low=0.13, roll=-6, yaw=8, attack=0.5)
    s.chest(0, roll=4, pop=8, yaw=-6, attack=0.45)
    s.arm(0, "L", "up+.25out/up+.1out", hand="open", flex=-10, attack=0.7)
    s.arm(0, "R", "out-.25up+.45fwd/in+.85up+.25fwd", hand="flat", flex=-30, attack=0.6)
    s.head(0, yaw=-26, pitch=-6, roll=-6, attack=0.35)
    s.arm(2, "R", "out-.05up/out-.1up", hand="open", flex=-25, attack=0.5)
    s.head(2, yaw=32, pitch=-10, roll=4, attack=0.25)
    s.chest(2, roll=12, yaw=8, pop=4, attack=0.3)
    s.face(0, "fierce", attack=0.3)
    s.face(2, "wow", attack=0.3)
