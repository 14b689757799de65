"""Popping: the muscles hit on the beat, angles that lock, waves and rolls in between."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


def _hit(s: Score, count: float, power: float = 1.0, low: float = 0.0) -> None:
    """The pop itself: knees snap back, the chest jumps out, the chin stays behind; then all lets go."""
    s.hips(count, low=low - 0.035 * power, attack=0.14)
    s.chest(count, pop=11 * power, attack=0.14)
    s.shrug(count, L=7 * power, R=7 * power, attack=0.14)
    s.head(count, pitch=-6 * power, attack=0.14)
    after = count + 0.34
    if after < s.counts:
        s.hips(after, low=low + 0.02, attack=0.22)
        s.chest(after, pop=-2, attack=0.22)
        s.shrug(after, L=0, R=0, attack=0.22)
        s.head(after, pitch=2, attack=0.22)


@move("gPO", "Fresno", counts=8, energy=(0.0, 1.0), role="groove", stance=Stance(out=0.2, turn=14))
def fresno(s: Score) -> None:
    """Rock to a side with that arm up and a hit, drop both arms with a hit; then the other side."""
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=0.24, fwd=0.03, turn=20, swing=0.4, lift=0.035)
        s.step(c + 1, other, out=0.17, turn=10, swing=0.35, weight=0.5, lift=0.025)
        s.hips(c, yaw=16 * sign, sway=0.02 * sign, roll=-4 * sign, attack=0.35)
        s.hips(c + 1, yaw=0, sway=0, roll=0, attack=0.3)
        s.chest(c, yaw=14 * sign, roll=5 * sign, attack=0.3)
        s.chest(c + 1, yaw=0, roll=0, attack=0.3)
        s.head(c, yaw=10 * sign, attack=0.25)
        s.head(c + 1, yaw=-8 * sign, attack=0.25)
        s.arm(c, side, "fwd+.45out+.05up/up+.3fwd", hand="fist", attack=0.5)
        s.arm(c, other, "down+.4out+.2back/fwd-.3up+.1out", hand="fist", attack=0.5)
        s.arms(c + 1, "down+.5out/down+.45fwd+.25out", hand="flat", twist=20, attack=0.5)
        _hit(s, c)
        _hit(s, c + 1, 0.7, low=0.03)


@move("gPO", "Boogaloo roll", counts=8, energy=(0.0, 0.65), role="groove", stance=Stance(out=0.24, turn=20))
def boogaloo_roll(s: Score) -> None:
    """Hips draw a circle, the ribs answer against it, knees roll in and out, on the spot."""
    s.bounce(0.008, nod=1)
    for c, sign in ((0, 1), (4, -1)):
        side = "L" if sign > 0 else "R"
        other = OTHER[side]
        for k, (sway, lead, low, yaw) in enumerate(((0.11, 0.0, 0.03, 8), (0.02, -0.08, 0.09, 0),
                                                    (-0.11, 0.0, 0.03, -8), (0.0, 0.07, 0.06, 0))):
            s.hips(c + k, sway=sway * sign, lead=lead, low=low, yaw=yaw * sign,
                   pitch=(0, 12, 0, -10)[k], roll=(-8, 0, 8, 0)[k] * sign, attack=1.0)
            s.chest(c + k, slide=(-7, 0, 7, 0)[k] * sign, pitch=(0, -6, 0, 8)[k], yaw=(-8, 0, 8, 0)[k] * sign,
                    roll=(9, 0, -9, 0)[k] * sign, attack=1.0)
        s.knees(c, **{side: 14.0, other: -18.0}, attack=0.9)
        s.knees(c + 2, **{side: -18.0, other: 14.0}, attack=0.9)
        s.foot(c + 0.6, other, out=0.2, fwd=0.06, turn=4, pitch=26, weight=0.15, swing=0.6, lift=0.0)
        s.foot(c + 1.6, other, out=0.24, fwd=0.0, turn=24, weight=0.5, swing=0.5, lift=0.0)
        s.foot(c + 2.6, side, out=0.2, fwd=0.06, turn=4, pitch=26, weight=0.15, swing=0.6, lift=0.0)
        s.foot(c + 3.6, side, out=0.24, fwd=0.0, turn=24, weight=0.5, swing=0.5, lift=0.0)
        s.arm(c, side, "down+.7out+.1back/down+.5fwd-.15out", hand="flat", flex=-35, attack=1.2)
        s.arm(c, other, "down+.45out+.55fwd/fwd+.45up+.35in", hand="flat", flex=40, attack=1.2)
        s.arm(c + 2, side, "down+.45out+.55fwd/fwd+.45up+.35in", hand="flat", flex=40, attack=1.2)
        s.arm(c + 2, other, "down+.7out+.1back/down+.5fwd-.15out", hand="flat", flex=-35, attack=1.2)
        s.head(c, yaw=14 * sign, roll=8 * sign, attack=1.1)
        s.head(c + 2, yaw=-14 * sign, roll=-8 * sign, attack=1.1)


@move("gPO", "Walk-out", counts=8, energy=(0.25, 1.0), role="step", stance=Stance(out=0.14, turn=10))
def walk_out(s: Score) -> None:
    """Step across, the heels twist the knees open and shut, walk it out; a hit on every landing."""
    for i, c in enumerate(range(0, 8, 2)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.travel(c, z=(0.1, 0.2, 0.1, 0.0)[i], attack=0.5)
        s.foot(c, side, out=0.05, fwd=0.2, turn=34, swing=0.5, lift=0.08, weight=0.75)
        s.foot(c + 0.5, side, out=0.1, fwd=0.2, turn=-12, swing=0.3, lift=0.0, weight=0.7)
        s.step(c + 1, side, out=0.24, fwd=0.06, turn=26, swing=0.4, lift=0.04)
        s.foot(c + 1, other, out=0.16, fwd=-0.04, turn=10, swing=0.3, lift=0.0, weight=0.3, pitch=10)
        s.knees(c, **{side: 16.0}, attack=0.3)
        s.knees(c + 0.5, **{side: -14.0}, attack=0.3)
        s.knees(c + 1, **{side: 10.0}, attack=0.3)
        s.hips(c, yaw=-22 * sign, attack=0.35)
        s.hips(c + 0.5, yaw=8 * sign, attack=0.3)
        s.hips(c + 1, yaw=18 * sign, roll=-5 * sign, attack=0.3)
        s.chest(c, yaw=28 * sign, pitch=6, attack=0.35)
        s.chest(c + 1, yaw=-10 * sign, roll=8 * sign, pitch=-2, attack=0.3)
        s.head(c + 1, yaw=16 * sign, attack=0.25)
        s.arm(c, side, "down+.75back+.3out/fwd-.2up", hand="fist", attack=0.45)
        s.arm(c, other, "fwd+.3out-.3up/fwd+.9up+.2in", hand="fist", attack=0.45)
        s.arm(c + 1, side, "out+.05up+.2fwd/down+.2fwd+.1out", hand="fist", attack=0.45)
        s.arm(c + 1, other, "down+.45out/fwd-.35up", hand="fist", attack=0.45)
        _hit(s, c, 0.6, low=0.05)
        _hit(s, c + 1, 1.0, low=0.01)


@move("gPO", "Dime stop glide", counts=8, energy=(0.0, 0.7), role="step", stance=Stance(out=0.12, turn=8))
def dime_stop(s: Score) -> None:
    """A slow slide to the side that stops on a dime, and a smaller one on; nothing moves after the stop."""
    s.bounce(0.0, nod=0)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        base = 0.0 if side == "L" else 0.3
        s.foot(c, other, out=0.12, pitch=34, weight=0.3, swing=0.5, lift=0.0, turn=8)
        s.travel(c + 1.5, x=base + 0.3 * sign, attack=1.1)
        s.slide(c + 1.5, side, out=0.22, turn=14, swing=1.1, weight=0.6)
        s.slide(c + 2.5, other, out=0.13, swing=0.6, weight=0.85, turn=8)
        s.foot(c + 2.5, side, out=0.22, pitch=32, weight=0.15, swing=0.5, lift=0.0, turn=10)
        s.step(c + 3.4, side, out=0.13, swing=0.4, weight=0.5, turn=8, lift=0.03)
        s.hips(c, low=0.02, attack=0.5)
        s.hips(c + 1.5, low=0.07, roll=-5 * sign, attack=1.3)
        s.hips(c + 2.5, low=0.0, roll=0, attack=0.7)
        s.chest(c, yaw=-24 * sign, attack=0.5)
        s.chest(c + 1.5, yaw=22 * sign, slide=6 * sign, attack=1.3)
        s.chest(c + 2.5, yaw=-12 * sign, slide=-6 * sign, attack=0.7)
        s.chest(c + 3.4, yaw=0, slide=0, attack=0.6)
        s.head(c, yaw=-26 * sign, attack=0.4)
        s.head(c + 1.5, yaw=28 * sign, attack=1.3)
        s.head(c + 2.5, yaw=0, attack=0.2)
        s.arm(c, side, "down+.5fwd+.2out/in+.6fwd+.2up", hand="flat", twist=30, attack=0.6)
        s.arm(c, other, "down+.5out+.3back/down+.5fwd+.2out", hand="flat", attack=0.6)
        s.arm(c + 1.5, side, "out+.15fwd/out+.2fwd", hand="flat", twist=30, attack=1.4)
        s.arm(c + 1.5, other, "out-.7up+.2fwd/in+.4fwd+.1up", hand="flat", twist=30, attack=1.4)
        s.arm(c + 2.5, side, "out+.15fwd/up+.1fwd", hand="flat", flex=-30, attack=0.7)
        s.arm(c + 2.5, other, "out-.2up/down+.15fwd+.1out", hand="flat", attack=0.7)
        s.arms(c + 3.4, "down+.5out/fwd+.25out", hand="flat", twist=20, attack=0.7)


@move("gPO", "Arm wave", counts=8, energy=(0.0, 0.6), role="feature", stance=Stance(out=0.22, turn=16))
def arm_wave(s: Score) -> None:
    """A wave from the left fingertips over both shoulders to the right ones, and back."""
    s.bounce(0.006, nod=0)
    s.arm(0, "R", "out+.15up/out-.2up", hand="flat", twist=15, attack=0.8)
    for start, first in ((0, "L"), (4, "R")):
        second, sign = OTHER[first], 1 if first == "L" else -1
        for side, at in ((first, (0.0, 0.5, 1.0, 1.5)), (second, (3.5, 3.0, 2.5, 2.0))):
            steps = [(at[0], "out+.25up/out-.15up", 75), (at[1], "out+.75up/out-.95up", -30),
                     (at[2], "out-.2up/out-.6up", -35), (at[3], "out+.15up/out-.2up", 0)]
            for when, pose, flex in steps:
                s.arm(start + when, side, pose, hand="flat", twist=15, flex=flex, attack=0.5)
        s.shrug(start + 1.0, **{first: 20}, attack=0.5)
        s.shrug(start + 1.5, **{first: 0}, attack=0.5)
        s.shrug(start + 1.5, **{second: 0}, attack=0.5)
        s.shrug(start + 2.0, **{second: 20}, attack=0.5)
        s.shrug(start + 2.5, **{second: 0}, attack=0.5)
        for at, roll, slide, sway, low in ((0, 10, 5, 0.06, 0.03), (1, 5, 8, 0.07, 0.0),
                                           (1.7, 0, 0, 0.0, 0.08), (3, -10, -7, -0.07, 0.02)):
            s.chest(start + at, roll=roll * sign, slide=slide * sign, attack=0.9)
            s.hips(start + at, sway=sway * sign, low=low, attack=0.9)
        s.chest(start + 1.7, pop=8, attack=0.6)
        s.chest(start + 2.6, pop=-3, attack=0.8)
        s.head(start, yaw=34 * sign, pitch=4, attack=0.6)
        s.head(start + 1.5, yaw=6 * sign, pitch=8, roll=8 * sign, attack=1.0)
        s.head(start + 3, yaw=-34 * sign, pitch=4, roll=0, attack=1.1)


@move("gPO", "King Tut", counts=8, energy=(0.15, 1.0), role="feature", stance=Stance(out=0.18, turn=12))
def king_tut(s: Score) -> None:
    """Right angles only: wall paintings, a box, a frame, taken apart on the 'ands'."""
    s.bounce(0.008, nod=0)
    up, down = "out/up", "out/down"
    for c, side in ((0, "L"), (1, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.arm(c, side, up, hand="flat", flex=-78, attack=0.3)
        s.arm(c, other, down, hand="flat", flex=-78, attack=0.3)
        s.head(c, yaw=42 * sign, attack=0.2)
        s.hips(c, yaw=14 * sign, attack=0.3)
        s.chest(c, yaw=-14 * sign, slide=6 * sign, attack=0.3)
        s.foot(c, side, out=0.2, fwd=0.12, turn=20, pitch=28, weight=0.15, swing=0.4, lift=0.03)
        s.step(c + 0.6, side, out=0.18, turn=12, swing=0.35, lift=0.03, weight=0.5)
    s.arm(2, "L", "fwd+.9out+.1up/in+.45fwd", hand="flat", twist=30, attack=0.35)
    s.arm(2, "R", "fwd+.9out-.35up/in+.45fwd", hand="flat", twist=30, attack=0.35)
    s.arm(2.5, "L", "fwd+.9out+.1up/up", hand="flat", attack=0.3)
    s.arm(3, "R", "fwd+.9out+.1up/up", hand="flat", attack=0.3)
    s.arm(3.5, "L", "out+.2fwd/up", hand="flat", flex=-60, attack=0.3)
    s.arm(3.5, "R", "out+.2fwd/up", hand="flat", flex=-60, attack=0.3)
    s.head(2, yaw=0, attack=0.2)
    s.hips(2, yaw=0, low=0.1, attack=0.35)
    s.chest(2, yaw=0, slide=0, attack=0.3)
    s.hips(3.5, low=0.02, attack=0.3)
    s.step(4, "L", out=0.3, turn=26, swing=0.4)
    s.hips(4, sway=0.06, low=0.1, roll=-3, attack=0.35)
    s.chest(4, slide=6, attack=0.3)
    s.arm(4, "L", "out/up", hand="flat", flex=70, attack=0.35)
    s.arm(4, "R", "up+.25out+.1fwd/in+.8up+.25fwd", hand="flat", attack=0.4)
    s.head(4, roll=14, attack=0.25)
    s.arm(5, "L", "out/fwd", hand="flat", flex=-70, attack=0.35)
    s.arm(5, "R", "out/fwd", hand="flat", flex=-70, attack=0.4)
    s.head(5, roll=-14, attack=0.25)
    s.chest(5, slide=-7, attack=0.3)
    s.hips(5, sway=-0.04, attack=0.35)
    s.slide(6, "L", out=0.18, turn=12, swing=0.4, weight=0.5)
    s.hips(6, sway=0, low=0.0, roll=0, attack=0.3)
    s.chest(6, slide=0, attack=0.25)
    s.head(6, roll=0, yaw=-42, attack=0.2)
    s.arm(6, "L", "fwd+.2out/up", hand="flat", flex=-70, attack=0.35)
    s.arm(6, "R", "out/down", hand="flat", flex=-70, attack=0.35)
    s.arm(7, "L", "fwd+.2out-.1up/in+.1fwd", hand="flat", twist=25, attack=0.35)
    s.arm(7, "R", "out-.3up/in+.75fwd", hand="flat", twist=25, attack=0.35)
    s.head(7, yaw=0, attack=0.2)
    s.chest(7, pop=10, attack=0.15)
    s.chest(7.4, pop=0, attack=0.25)
    s.face(0, "focus")
    s.face(4, "cool")


@move("gPO", "Hit combo", counts=8, energy=(0.5, 1.0), role="feature", stance=Stance(out=0.22, turn=16))
def hit_combo(s: Score) -> None:
    """Arm, arm, chest-chest; a stamp, a double, and a hit that shakes the whole body."""
    s.arm(0, "L", "fwd+.35out/up+.5fwd", hand="fist", attack=0.25)
    s.arm(0, "R", "down+.5out+.2back/fwd-.2up", hand="fist", attack=0.25)
    s.chest(0, yaw=16, attack=0.2)
    _hit(s, 0)
    s.arm(1, "R", "fwd+.35out/up+.5fwd", hand="fist", attack=0.25)
    s.chest(1, yaw=-16, attack=0.2)
    s.head(1, yaw=-18, attack=0.2)
    _hit(s, 1)
    s.arms(2, "out+.05up/up+.15fwd", hand="fist", attack=0.3)
    s.chest(2, yaw=0, attack=0.2)
    s.head(2, yaw=0, attack=0.2)
    _hit(s, 2, 1.2)
    s.arms(2.5, "out-.35up+.2fwd/up+.7fwd", hand="fist", attack=0.2)
    _hit(s, 2.5, 0.9)
    s.arms(3, "out-.15up+.1fwd/up+.4fwd", hand="fist", attack=0.2)
    _hit(s, 3, 1.2)
    s.knee(3.7, "L", up=0.24, out=0.16, fwd=0.14, swing=0.4)
    s.step(4, "L", out=0.34, fwd=0.06, turn=26, swing=0.28, lift=0.0)
    s.hips(4, sway=0.05, yaw=14, attack=0.25)
    s.chest(4, yaw=14, roll=10, attack=0.25)
    s.arm(4, "L", "out-.55up/out-.5up", hand="fist", attack=0.35)
    s.arm(4, "R", "out+.55up+.15fwd/up+.3fwd", hand="fist", attack=0.35)
    s.head(4, yaw=26, attack=0.2)
    _hit(s, 4, 1.3, low=0.09)
    s.arm(5, "L", "out+.05up/down+.1fwd", hand="fist", attack=0.3)
    s.chest(5, yaw=-8, roll=-8, attack=0.2)
    s.head(5, yaw=-24, attack=0.2)
    _hit(s, 5, 0.9, low=0.09)
    s.arm(5.5, "R", "out+.05up/down+.1fwd", hand="fist", attack=0.3)
    s.chest(5.5, roll=8, attack=0.2)
    s.head(5.5, yaw=0, attack=0.2)
    _hit(s, 5.5, 0.9, low=0.09)
    s.slide(6, "L", out=0.2, turn=16, swing=0.35, weight=0.5)
    s.hips(6, sway=0, yaw=0, attack=0.3)
    s.chest(6, roll=0, yaw=0, attack=0.25)
    s.arms(6, "fwd+.75out-.35up/in+.5fwd+.6up", hand="fist", attack=0.35)
    _hit(s, 6, 1.2, low=0.05)
    s.arms(7, "out-.45up/out-.35up+.2fwd", hand="flat", twist=-20, attack=0.3)
    s.face(7, "fierce", attack=0.2)
    s.face(4, "fierce", attack=0.2)
    _hit(s, 7, 1.5)


@move("gPO", "Twist-o-flex", counts=8, energy=(0.2, 0.9), role="feature", stance=Stance(out=0.18, turn=12))
def twist_o_flex(s: Score) -> None:
    """Head, chest, hips and feet turn one after the other into a new front; then the same way home."""
    s.bounce(0.008, nod=0)
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        home = 0.0 if side == "L" else 45.0
        goal = 45.0 - home
        s.head(c, yaw=50 * sign, attack=0.25)
        s.chest(c + 1, yaw=38 * sign, attack=0.3)
        s.head(c + 1, yaw=30 * sign, attack=0.3)
        s.heading(c + 2.5, goal, attack=0.7)
        s.step(c + 2, side, out=0.2, fwd=0.02, turn=16, swing=0.5, lift=0.03, weight=0.8)
        s.step(c + 2.6, other, out=0.18, turn=12, swing=0.45, lift=0.03, weight=0.5)
        s.hips(c + 2, yaw=14 * sign, attack=0.4)
        s.hips(c + 2.6, yaw=0, attack=0.4)
        s.chest(c + 2.6, yaw=-22 * sign, attack=0.5)
        s.head(c + 2.6, yaw=-10 * sign, attack=0.5)
        s.arms(c, "out-.6up+.1fwd/down+.15fwd", hand="flat", flex=-40, attack=0.35)
        s.arm(c + 1, side, "out-.1up/fwd+.2out", hand="flat", flex=-40, attack=0.35)
        s.arm(c + 1, other, "fwd+.35out-.2up/in+.3fwd", hand="flat", flex=30, attack=0.35)
        s.arm(c + 2.6, side, "fwd+.4out-.2up/up+.2fwd", hand="flat", flex=-40, attack=0.5)
        s.arm(c + 2.6, other, "out-.25up/down+.2fwd", hand="flat", attack=0.5)
        s.chest(c + 3, yaw=0, attack=0.25)
        s.head(c + 3, yaw=0, attack=0.25)
        s.arms(c + 3, "down+.55out+.2fwd/fwd+.35up+.1out", hand="fist", attack=0.4)
        _hit(s, c + 3, 1.2)
        _hit(s, c, 0.5)
        _hit(s, c + 1, 0.5)


@move("gPO", "Neck-o-flex", counts=8, energy=(0.2, 1.0), role="turn", stance=Stance(out=0.14, turn=10))
def neck_o_flex(s: Score) -> None:
    """The body walks a full turn in quarters under a head that looks at the audience as long as it can."""
    s.bounce(0.008, nod=0)
    looks = (-62, 62, 46, 0)
    for i in range(4):
        c = float(i)
        side = "LR"[i % 2]
        s.heading(c, 90.0 * (i + 1), attack=0.6)
        out, fwd = (0.2, -0.12) if side == "L" else (0.24, 0.06)
        s.step(c, side, out=out, fwd=fwd, turn=8, swing=0.5, lift=0.05)
        s.head(c, yaw=looks[i], attack=0.6 if i != 1 else 0.4)
        s.hips(c, low=0.02 if i % 2 == 0 else 0.05, attack=0.4)
        s.arm(c, side, "down+.55out/fwd+.15out", hand="flat", twist=25, attack=0.4)
        s.arm(c, OTHER[side], "out-.35up+.1fwd/up+.25fwd", hand="flat", attack=0.4)
    s.step(4, "L", out=0.22, turn=18, swing=0.4, weight=0.6, lift=0.03)
    s.step(4.6, "R", out=0.2, turn=16, swing=0.35, weight=0.5, lift=0.03)
    s.arms(4, "out/down+.1fwd", hand="relaxed", attack=0.4)
    _hit(s, 4, 1.2)
    s.head(5, yaw=-36, attack=0.2)
    s.chest(5, slide=-7, attack=0.2)
    s.arm(5, "R", "out/fwd", hand="flat", flex=-50, attack=0.35)
    _hit(s, 5, 0.5)
    s.head(6, yaw=36, attack=0.2)
    s.chest(6, slide=7, attack=0.2)
    s.arm(6, "L", "out/fwd", hand="flat", flex=-50, attack=0.35)
    _hit(s, 6, 0.5)
    s.head(7, yaw=0, attack=0.2)
    s.chest(7, slide=0, attack=0.2)
    s.arms(7, "down+.6out+.2fwd/fwd+.3up-.2out", hand="fist", attack=0.4)
    _hit(s, 7, 1.3)
    s.face(4, "cool")
    s.face(7, "focus")


@move("gPO", "Scarecrow", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.2, turn=16))
def scarecrow(s: Score) -> None:
    """Hung up by the elbows, one knee in, the head fallen to a side; a tick through the wrists on three."""
    s.bounce(0.0, nod=0)
    s.foot(0, "L", out=0.3, fwd=0.08, turn=-4, pitch=30, weight=0.2, swing=0.5, lift=0.03)
    s.knees(0, L=-20, attack=0.4)
    s.hips(0, sway=-0.05, roll=7, low=0.04, attack=0.25)
    s.chest(0, roll=-10, pop=6, yaw=-6, attack=0.2)
    s.head(0, roll=-20, yaw=14, pitch=6, attack=0.3)
    s.arm(0, "L", "out+.3up/down+.12fwd", hand="relaxed", flex=20, attack=0.35)
    s.arm(0, "R", "out-.15up/down+.15fwd-.05out", hand="relaxed", flex=20, attack=0.35)
    s.shrug(0, L=16, R=4, attack=0.2)
    s.arm(2, "L", "out+.3up/down+.2fwd+.45out", hand="flat", flex=-50, attack=0.2)
    s.head(2, roll=14, yaw=-8, pitch=0, attack=0.18)
    s.chest(2, roll=-4, pop=0, attack=0.18)
    s.arm(3, "R", "out-.15up/down+.2fwd+.45out", hand="flat", flex=-50, attack=0.2)
    s.head(3, roll=0, yaw=0, attack=0.18)
    s.face(0, "cool")


@move("gPO", "Pointed freeze", counts=4, energy=(0.4, 1.0), role="pose", stance=Stance(out=0.18, turn=14))
def pointed_freeze(s: Score) -> None:
    """A stamp into a low wide stance, one arm a line through the other's angle; one more hit in place."""
    s.bounce(0.0, nod=0)
    s.step(0, "L", out=0.4, fwd=0.06, turn=32, swing=0.5, weight=0.75)
    s.slide(0.4, "R", out=0.24, fwd=-0.04, turn=20, swing=0.35, weight=0.3)
    s.hips(0, low=0.15, yaw=14, attack=0.35)
    s.chest(0, yaw=12, roll=10, attack=0.25)
    s.arm(0, "L", "out-.1up+.2fwd/out-.05up+.2fwd", hand="flat", twist=20, attack=0.4)
    s.arm(0, "R", "out+.25up/up+.2fwd-.35out", hand="flat", flex=-45, attack=0.4)
    s.head(0, yaw=30, attack=0.25)
    s.chest(0.4, pop=0, attack=0.2)
    _hit(s, 2, 1.0, low=0.15)
    s.head(2, yaw=-12, attack=0.16)
    s.arm(2, "R", "out+.15up/fwd+.25up", hand="fist", attack=0.3)
    s.face(0, "focus")
    s.face(2, "fierce", attack=0.2)
