"""Krump: stomps, chest pops, arm swings and jabs; the weight goes into the ground."""

from __future__ import annotations

from dance_core.corpus.studio.dancer.score import OTHER, Score, Stance, move


@move("gKR", "Get-off bounce", counts=8, energy=(0.0, 0.7), role="groove", stance=Stance(out=0.28, turn=24))
def get_off(s: Score) -> None:
    """Heavy rocking from foot to foot, chest heaving, fists loose."""
    s.bounce(0.09, nod=8)
    for i, c in enumerate((0, 2, 4, 6)):
        sign = 1 if i % 2 == 0 else -1
        side = "L" if sign > 0 else "R"
        s.hips(c, sway=0.12 * sign, low=0.06, attack=0.7)
        s.hips(c + 1, sway=0.06 * sign, low=0.0, attack=0.6)
        s.chest(c, pitch=14, yaw=14 * sign, pop=-6)
        s.chest(c + 1, pitch=-4, yaw=-6 * sign, pop=14, attack=0.35)
        s.arm(c, side, "down+.5out+.25back/fwd+.3in+.2up", hand="fist", attack=0.6)
        s.arm(c, OTHER[side], "down+.5fwd+.35out/fwd+.6up+.3in", hand="fist", attack=0.6)
        s.arm(c + 1, side, "down+.7out/fwd+.6up", hand="fist", attack=0.5)
        s.head(c, yaw=12 * sign, pitch=8)
        s.head(c + 1, pitch=-10)


@move("gKR", "Stomp", counts=8, energy=(0.25, 1.0), role="step", stance=Stance(out=0.22, turn=18))
def stomp(s: Score) -> None:
    """Knee up high on the 'and', stomp on the count, and the trunk follows into the ground."""
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.step(c, side, out=0.26, fwd=0.12, turn=20, swing=0.45, lift=0.02)
        s.knee(c + 1.45, other, up=0.34, fwd=0.18, out=0.2, swing=0.6)
        s.hips(c, low=0.13, sway=0.03 * sign, attack=0.35)
        s.hips(c + 1, low=0.06, attack=0.6)
        s.hips(c + 1.45, low=-0.01, attack=0.4)
        s.chest(c, pitch=22, yaw=-12 * sign, attack=0.3)
        s.chest(c + 1.45, pitch=-10, pop=12, attack=0.6)
        s.arm(c, side, "down+.5back+.4out/fwd+.2out", hand="fist", attack=0.35)
        s.arm(c, other, "fwd-.55up+.25out/fwd-.1up+.2in", hand="fist", attack=0.35)
        s.arm(c + 1.45, other, "out+.4up/up+.3in", hand="fist", attack=0.7)
        s.arm(c + 1.45, side, "out+.2up/up+.2fwd", hand="fist", attack=0.7)
        s.head(c, pitch=12, attack=0.3)
        s.head(c + 1.45, pitch=-12)
    s.face(0, "roar")
    s.bounce(0.02)


@move("gKR", "Chest pop", counts=4, energy=(0.1, 1.0), role="feature", stance=Stance(out=0.28, turn=22))
def chest_pop(s: Score) -> None:
    """The chest thrown up on the counts, arms flung back, then folded in."""
    for c in (0, 1, 2, 2.5):
        s.chest(c, pop=22, pitch=-10, attack=0.2)
        s.chest(c + 0.4, pop=-4, pitch=12, attack=0.35)
    s.chest(3.2, pop=0, pitch=18, attack=0.4)
    for c in (0, 1, 2):
        s.arms(c, "down+.9out+.55back/fwd-.2up+.5out", hand="claw", attack=0.3)
        s.arms(c + 0.5, "down+.45out+.4fwd/fwd+.5up+.4in", hand="fist", attack=0.35)
    s.arms(3.2, "down+.4fwd+.35out/in+.6up+.5fwd", hand="fist", attack=0.4)
    s.hips(0, low=0.03, attack=0.3)
    s.hips(2, low=0.1, attack=0.4)
    s.hips(3.2, low=0.16, attack=0.5)
    for c in (0, 1, 2):
        s.head(c, pitch=-18, attack=0.25)
        s.head(c + 0.5, pitch=6, attack=0.3)
    s.face(0, "roar")
    s.face(3, "fierce")


@move("gKR", "Arm swings", counts=8, energy=(0.3, 1.0), role="feature", stance=Stance(out=0.3, turn=24))
def arm_swings(s: Score) -> None:
    """Big swings across the body, each ended by a throw."""
    for i, c in enumerate((0, 2, 4, 6)):
        side = "LR"[i % 2]
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.hips(c, sway=-0.12 * sign, low=0.1, yaw=-16 * sign, attack=0.6)
        s.hips(c + 1, sway=0.1 * sign, low=0.02, yaw=14 * sign, attack=0.4)
        s.chest(c, yaw=-20 * sign, pitch=18, roll=-6 * sign, attack=0.7)
        s.chest(c + 1, yaw=20 * sign, pitch=-2, pop=10, attack=0.6)
        s.arm(c, side, "down+.6fwd-.4out/in+.2down+.4fwd", hand="fist", attack=0.9)
        s.arm(c + 1, side, "out+.45up+.1fwd/out+.6up", hand="claw", attack=0.5)
        s.arm(c, other, "down+.5out+.4back/fwd+.3up", hand="fist", attack=0.7)
        s.arm(c + 1, other, "down+.55out+.2fwd/in+.6up+.3fwd", hand="fist", attack=0.5)
        s.head(c, yaw=-10 * sign, pitch=10)
        s.head(c + 1, yaw=26 * sign, pitch=-6, attack=0.3)
    s.face(1, "roar")
    s.face(4, "fierce")


@move(
    "gKR",
    "Jabs",
    counts=4,
    energy=(0.4, 1.0),
    role="feature",
    stance=Stance(out=0.26, fwd_L=0.1, fwd_R=-0.1, turn=20),
)
def jabs(s: Score) -> None:
    """Punches from the shoulder with the step behind them."""
    for c, side in ((0, "L"), (1, "R"), (2, "L"), (2.5, "R"), (3, "L")):
        other, sign = OTHER[side], 1 if side == "L" else -1
        s.arm(c, side, "punch", hand="fist", attack=0.28)
        s.arm(c, other, "cocked", hand="fist", attack=0.3)
        s.chest(c, yaw=-24 * sign, pitch=8, attack=0.28)
        s.hips(c, yaw=-10 * sign, low=0.08, attack=0.28)
        s.hips(c + 0.35, low=0.02, attack=0.3)
    s.head(0, pitch=4)
    s.face(0, "fierce")


@move("gKR", "Charge", counts=8, energy=(0.4, 1.0), role="turn", stance=Stance(out=0.26, turn=20))
def charge(s: Score) -> None:
    """Stomp around in a circle with the arms up, and break to the front."""
    for i, c in enumerate((0, 1, 2, 3)):
        side = "RL"[i % 2]
        sign = 1 if side == "L" else -1
        s.heading(c, 90.0 * (i + 1), attack=0.6)
        s.step(c, side, out=0.24, fwd=0.08, turn=14, swing=0.5, lift=0.16)
        s.hips(c, low=0.1, attack=0.3)
        s.hips(c + 0.5, low=0.02, attack=0.4)
        s.chest(c, pitch=14, roll=8 * sign, attack=0.3)
    s.arms(0, "out+.35up/up+.2in", hand="fist", attack=0.6)
    s.arms(3, "out+.2up+.2fwd/up+.5fwd", hand="claw", attack=0.6)
    s.step(4, "R", out=0.34, fwd=0.1, turn=24, lift=0.18)
    s.hips(4, low=0.2, sway=-0.06, attack=0.3)
    s.chest(4, pitch=26, yaw=10, attack=0.3)
    s.arms(4, "down+.4fwd+.5out/down+.3fwd", hand="claw", attack=0.4)
    s.hips(5.5, low=0.04, sway=0.02, attack=0.6)
    s.chest(5.5, pitch=-12, pop=18, attack=0.4)
    s.arms(5.5, "out-.1up-.4fwd/out-.1up-.2fwd", hand="open", attack=0.6)
    s.hips(7, low=0.1, attack=0.5)
    s.chest(7, pitch=12, attack=0.4)
    s.arms(7, "guard", hand="fist", attack=0.6)
    s.head(4, pitch=14)
    s.head(5.5, pitch=-20)
    s.face(4, "roar")


@move("gKR", "Buck stance", counts=4, energy=(0.0, 1.0), role="pose", stance=Stance(out=0.32, turn=26))
def buck_stance(s: Score) -> None:
    """Wide and low, chest out, arms hanging heavy and open, stare."""
    s.step(0, "L", out=0.36, fwd=0.04, turn=28, lift=0.16)
    s.hips(0, low=0.16, attack=0.3)
    s.chest(0, pitch=16, attack=0.3)
    s.chest(1, pitch=-2, pop=20, attack=0.3)
    s.arms(0, "down+.6out+.3fwd/down+.8fwd", hand="fist", attack=0.4)
    s.arms(1, "down+.95out-.1fwd/fwd-.3up+.2out", hand="claw", attack=0.4)
    s.head(1, pitch=-10, yaw=6, attack=0.3)
    s.head(2.5, pitch=6, yaw=-8, attack=0.3)
    s.face(1, "roar")
    s.bounce(0.0, nod=0)
