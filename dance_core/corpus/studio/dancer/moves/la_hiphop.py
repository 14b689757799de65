"""LA hip-hop: choreography for the camera; clean hits, levels, pictures with both arms."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gLH", "Lean and nod", counts=8, energy=(0.0, 0.65), role="groove", stance=Stance(out=0.22, turn=18))
def lean_and_nod(s: Score) -> None:
    """Lean over one leg for two, double nod, other leg; hands relaxed in front."""
    s.bounce(0.05, nod=9)
    for i, c in enumerate((0, 2, 4, 6)):
        sign = 1 if i % 2 == 0 else -1
        side = "L" if sign > 0 else "R"
        s.hips(c, sway=0.1 * sign, low=0.05, roll=-5 * sign, attack=0.6)
        s.hips(c + 1, sway=0.11 * sign, low=0.02, attack=0.5)
        s.chest(c, roll=11 * sign, pitch=7, yaw=-10 * sign, attack=0.6)
        s.chest(c + 1, roll=6 * sign, pitch=1, yaw=8 * sign)
        s.head(c, roll=8 * sign, yaw=10 * sign)
        s.shrug(c, **{OTHER[side]: 12, side: 0})
        s.shrug(c + 1, L=0, R=0)
        s.arm(c, side, "down+.3out+.2back/fwd+.1down+.2in", attack=0.6)
        s.arm(c, OTHER[side], "down+.5out+.35fwd/in+.45up+.4fwd", hand="peace", attack=0.6)
        s.arm(c + 1, OTHER[side], "down+.6out+.3fwd/fwd+.4up", hand="relaxed", attack=0.5)


@move("gLH", "Smeeze", counts=8, energy=(0.3, 1.0), role="step", stance=Stance(out=0.16, turn=14))
def smeeze(s: Score) -> None:
    """Step behind and drag, arms swinging like pulling a rope."""
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=0.28, fwd=0.02, turn=20, lift=0.09)
        s.slide(c + 1, other, out=0.06, fwd=-0.14, pitch=26, weight=0.35, turn=14)
        s.travel(c, x=0.09 * sign, attack=0.7)
        s.hips(c, low=0.06, roll=-4 * sign)
        s.hips(c + 1, low=0.0, yaw=10 * sign)
        s.chest(c, yaw=-16 * sign, pitch=8)
        s.chest(c + 1, yaw=12 * sign, pitch=0)
        for a in "LR":
            s.arm(
                c,
                a,
                "fwd+.2out+.1up/fwd+.45up" if a == other else "down+.5out+.3back/fwd+.15in",
                hand="fist",
                attack=0.5,
            )
            s.arm(
                c + 1,
                a,
                "down+.6out+.35back/fwd+.2up" if a == other else "fwd+.3out-.2up/fwd+.6up",
                hand="fist",
                attack=0.5,
            )
        s.head(c, yaw=-8 * sign, pitch=4)


@move("gLH", "Chest hits", counts=4, energy=(0.3, 1.0), role="feature", stance=Stance(out=0.24, turn=18))
def chest_hits(s: Score) -> None:
    """Hit, hit, double hit; fists pull apart like a bow."""
    for c in (0, 1, 2, 2.5, 3):
        s.chest(c, pop=15, pitch=-4, attack=0.2)
        s.chest(c + 0.3, pop=0, pitch=4, attack=0.3)
    s.hips(0, low=0.04, attack=0.25)
    s.hips(2, low=0.12, attack=0.3)
    s.hips(3.4, low=0.03, attack=0.4)
    s.arms(0, "out-.05up+.25fwd/in+.35fwd", hand="fist", attack=0.35)
    s.arms(1, "out+.1up/out-.4in+.6up", hand="fist", attack=0.4)
    s.arm(2, "L", "fwd+.15out/fwd+.05up", hand="flat", attack=0.35)
    s.arm(2, "R", "out+.1up-.1fwd/in+.3fwd", hand="fist", attack=0.35)
    s.arms(3, "down+.6out+.2fwd/in+.75up+.3fwd", hand="fist", attack=0.4)
    s.head(0, pitch=-8, attack=0.25)
    s.head(2, yaw=28, attack=0.25)
    s.head(3, yaw=0, pitch=8, attack=0.25)
    s.face(0, "fierce")


@move("gLH", "Slide and look", counts=8, energy=(0.1, 1.0), role="step")
def slide_and_look(s: Score) -> None:
    """A long slide to the side, hand to the brow, drag in, shoulder bounces, and back."""
    for c, side in ((0, "L"), (4, "R")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        base = 0.0 if side == "L" else 0.3
        s.travel(c, x=base + 0.18 * sign, attack=0.7)
        s.slide(c, side, out=0.36, turn=22, swing=0.7)
        s.travel(c + 1.5, x=base + 0.3 * sign, attack=1.2)
        s.slide(c + 1.5, other, out=0.14, pitch=16, weight=0.3, swing=1.0)
        s.step(c + 3, other, out=0.2, swing=0.4, weight=0.5)
        s.hips(c, low=0.15, sway=0.04 * sign, attack=0.6)
        s.hips(c + 1.5, low=0.06, attack=1.0)
        s.hips(c + 3, low=0.0)
        s.chest(c, roll=-12 * sign, yaw=-8 * sign, pitch=4)
        s.chest(c + 1.5, roll=5 * sign, yaw=10 * sign, attack=1.0)
        s.arm(c, side, "out-.1up+.2fwd/out+.1up", hand="open", attack=0.5)
        s.arm(c, other, "down+.5out+.5fwd/in+.3up+.3fwd", hand="fist", attack=0.5)
        s.arm(c + 1.5, side, "out+.35up+.25fwd/in+.9up+.1back", hand="flat", twist=30, attack=0.8)
        s.arm(c + 1.5, other, "down+.25out/down+.2fwd", attack=0.8)
        s.head(c, yaw=-20 * sign)
        s.head(c + 1.5, yaw=30 * sign, attack=0.6)
        s.shrug(c + 2.5, L=14, R=0, attack=0.25)
        s.shrug(c + 3, L=0, R=14, attack=0.25)
        s.shrug(c + 3.5, L=0, R=0, attack=0.25)


@move("gLH", "Woah", counts=4, energy=(0.45, 1.0), role="feature", stance=Stance(out=0.22, turn=16))
def woah(s: Score) -> None:
    """Wind the arms up and stop dead."""
    s.step(0, "L", out=0.3, fwd=0.08, turn=20)
    s.hips(0, low=0.05, sway=0.05, yaw=-10, attack=0.5)
    s.hips(1.5, low=0.13, sway=-0.03, yaw=10, attack=0.4)
    s.chest(0, yaw=-14, roll=-6)
    s.chest(1.5, yaw=14, pitch=12, roll=6, attack=0.4)
    s.arm(0, "L", "out+.25up+.3fwd/up+.3in", hand="fist", attack=0.5)
    s.arm(0, "R", "down+.4out/fwd+.2in", hand="fist", attack=0.5)
    s.arm(0.8, "L", "fwd+.4up+.2out/in+.5up+.2fwd", hand="fist", attack=0.5)
    s.arm(0.8, "R", "out+.2fwd-.3up/fwd+.5up", hand="fist", attack=0.5)
    s.arm(1.5, "L", "down+.55fwd+.3out/fwd+.35in", hand="fist", attack=0.45)
    s.arm(1.5, "R", "down+.7out+.15fwd/fwd+.6up", hand="fist", attack=0.45)
    s.head(1.5, roll=10, pitch=8, attack=0.3)
    s.face(1.5, "fierce")
    s.hips(3, low=0.04, sway=0.0, attack=0.8)
    s.step(3, "L", out=0.2, fwd=0.0)
    s.bounce(0.01, nod=0)


@move("gLH", "Walk around", counts=8, energy=(0.1, 1.0), role="turn", stance=Stance(out=0.16, turn=14))
def walk_around(s: Score) -> None:
    """Four heavy steps around, two stomps, cross the arms."""
    for i, c in enumerate((0, 1, 2, 3)):
        side = "RL"[i % 2]
        sign = 1 if side == "L" else -1
        s.heading(c, 90.0 * (i + 1), attack=0.8)
        s.step(c, side, out=0.16, fwd=0.08, turn=8, swing=0.55, lift=0.09)
        s.chest(c, roll=7 * sign, pitch=8)
        s.arm(c, side, "swing_b", attack=0.8)
        s.arm(c, OTHER[side], "swing_f", attack=0.8)
    s.step(4, "R", out=0.28, turn=20, lift=0.12)
    s.step(5, "L", out=0.28, turn=20, lift=0.12)
    s.hips(4, low=0.06, sway=-0.06)
    s.hips(5, low=0.1, sway=0.05)
    s.hips(6, low=0.08, sway=0.0)
    s.arms(4, "out-.3up+.2fwd/out-.1up+.4fwd", hand="open", attack=0.5)
    s.arms(6, "cross", hand="flat", attack=0.5)
    s.chest(4, pitch=10)
    s.chest(6, pitch=-6, attack=0.4)
    s.head(6, pitch=-8, yaw=14, attack=0.4)
    s.face(6, "cool")


@move("gLH", "Low freeze", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.24, turn=22))
def low_freeze(s: Score) -> None:
    """Drop into a wide low stance, one fist to the floor, look up."""
    s.step(0, "L", out=0.36, fwd=0.1, turn=28, lift=0.1)
    s.hips(0.3, low=0.3, sway=0.05, pitch=14, attack=0.5)
    s.chest(0.3, pitch=20, yaw=-14, attack=0.5)
    s.arm(0.3, "R", "down+.35fwd+.1out/down+.2fwd", hand="fist", attack=0.5)
    s.arm(0.3, "L", "out+.15up-.2fwd/out+.5up", hand="open", attack=0.5)
    s.head(0.3, pitch=-10, attack=0.5)
    s.head(1.5, pitch=-22, yaw=8, attack=0.3)
    s.face(0, "fierce")
    s.bounce(0.0, nod=0)
