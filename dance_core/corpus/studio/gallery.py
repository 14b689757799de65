"""The reference poses that the app ships: standing pictures written with the dancer's own words.

python -m dance_core corpus poses --out assets/poses     writes them
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.corpus.studio.dancer.perform import Performer
from dance_core.corpus.studio.dancer.routine import Slot
from dance_core.corpus.studio.dancer.score import Move, Score, Stance
from dance_core.corpus.studio.dancer.style import Style
from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import PELVIS_HEIGHT, joint
from dance_core.settings import ASSETS, MOTION_FPS

FOLDER = ASSETS / "poses"
_STILL = Style(
    "Still",
    low=0.0,
    lean=1,
    bounce=0.0,
    nod=0.0,
    attack=0.5,
    flow=0.0,
    lag=0.0,
    arm="rest",
    faces=("calm", "calm"),
)


@dataclass(frozen=True, eq=False)
class Pose:
    """A reference pose: its key, what people read, and one frame with the pelvis over x = z = 0 facing +Z."""

    name: str
    title: str
    motion: Motion


_STANCE = Stance()
_WRITTEN: dict[str, tuple[str, Stance, Callable[[Score], None]]] = {}


def _pose(name: str, title: str, stance: Stance = _STANCE) -> Callable:
    def add(write: Callable[[Score], None]) -> Callable[[Score], None]:
        _WRITTEN[name] = (title, stance, write)
        return write

    return add


@_pose("ready", "Ready", Stance(out=0.19, turn=14))
def _ready(s: Score) -> None:
    s.hips(0, low=0.005)
    s.arms(0, "down+.3out+.05back/down+.85fwd+.1in")
    s.face(0, "calm")


@_pose("neutral", "Neutral", Stance(out=0.12, turn=8))
def _neutral(s: Score) -> None:
    s.arms(0, "rest")


@_pose("hips", "Hands on hips", Stance(out=0.17, fwd_L=0.04, turn=20))
def _hips(s: Score) -> None:
    s.hips(0, sway=-0.05, roll=5)
    s.chest(0, roll=-3, yaw=6)
    s.arms(0, "hip", hand="flat", flex=-20)
    s.head(0, roll=4, yaw=-8)
    s.face(0, "smile")


@_pose("wide", "Arms wide", Stance(out=0.26, turn=22))
def _wide(s: Score) -> None:
    s.arms(0, "out+.18up/out+.3up+.1fwd", hand="open", twist=-30)
    s.chest(0, pitch=-6, pop=5)
    s.head(0, pitch=-8)
    s.face(0, "joy")


@_pose("point", "Point up", Stance(out=0.22, turn=18))
def _point(s: Score) -> None:
    s.hips(0, sway=0.06, roll=-5)
    s.arm(0, "L", "up+.45out/up+.4out", hand="point")
    s.arm(0, "R", "hip", hand="flat", flex=-20)
    s.chest(0, roll=-5, yaw=-8)
    s.head(0, yaw=18, pitch=-12)
    s.face(0, "grin")


@_pose("crossed", "Crossed arms", Stance(out=0.2, turn=24))
def _crossed(s: Score) -> None:
    s.arm(0, "L", "down+.25out+.45fwd/in+.3up+.35fwd", hand="flat")
    s.arm(0, "R", "down+.25out+.55fwd/in+.05up+.45fwd", hand="flat")
    s.chest(0, pitch=-5)
    s.head(0, yaw=-14, roll=5, pitch=4)
    s.face(0, "cool")


@_pose("guard", "Guard", Stance(out=0.24, fwd_L=0.12, fwd_R=-0.1, turn=16))
def _guard(s: Score) -> None:
    s.hips(0, low=0.1, yaw=-14, pitch=6)
    s.chest(0, pitch=8, yaw=-6)
    s.arms(0, "guard", hand="fist")
    s.face(0, "focus")


@_pose("lunge", "Side lunge", Stance(out=0.4, turn=26))
def _lunge(s: Score) -> None:
    s.hips(0, sway=0.2, low=0.17, roll=-4)
    s.chest(0, roll=10, yaw=12)
    s.arm(0, "L", "out+.15up/out+.25up", hand="flat")
    s.arm(0, "R", "up+.35out/up-.9out+.1fwd", hand="soft")
    s.head(0, yaw=32)
    s.knees(0, L=12)
    s.face(0, "cool")


@_pose("balance", "One knee up", Stance(out=0.1, turn=8))
def _balance(s: Score) -> None:
    s.foot(0, "R", out=0.12, fwd=0.16, up=0.34, pitch=32, weight=0.0)
    s.foot(0.3, "L", out=0.06, fwd=0.0, weight=1.0, lift=0.0, swing=0.2)
    s.arm(0, "L", "fwd+.6up+.2out/up+.4fwd", hand="open")
    s.arm(0, "R", "out-.2up/out+.15up", hand="open")
    s.chest(0, pitch=-3, yaw=-10)
    s.face(0, "smile")


@_pose("waack", "Waack pose", Stance(out=0.15, fwd_L=0.12, turn=16))
def _waack(s: Score) -> None:
    s.hips(0, sway=-0.07, roll=7, yaw=-12)
    s.chest(0, roll=-8, yaw=14, pop=7)
    s.arm(0, "L", "out+.7up/up-.75out-.2fwd", hand="soft")
    s.arm(0, "R", "out-.1up/out+.6up+.1fwd", hand="soft", flex=30)
    s.head(0, yaw=-22, roll=-6, pitch=-5)
    s.face(0, "kiss")


@_pose("bow", "Bow", Stance(out=0.12, fwd_R=-0.16, turn=12))
def _bow(s: Score) -> None:
    s.hips(0, pitch=22, low=0.05)
    s.chest(0, pitch=26)
    s.head(0, pitch=22)
    s.arm(0, "L", "down+.3out+.35fwd/in+.25fwd-.2up", hand="flat")
    s.arm(0, "R", "out-.35up+.3back/out-.2up+.2back", hand="soft")
    s.face(0, "closed")


@_pose("bboy", "B-boy stance", Stance(out=0.3, turn=30))
def _bboy(s: Score) -> None:
    s.hips(0, low=0.07, pitch=-4)
    s.arm(0, "L", "down+.5out+.4fwd/in+.5up+.25fwd", hand="fist")
    s.arm(0, "R", "down+.5out+.5fwd/in+.1up+.4fwd", hand="flat")
    s.chest(0, pitch=-8, yaw=-12)
    s.head(0, pitch=5, yaw=14, roll=-6)
    s.face(0, "cool")


@_pose("victory", "Arms to the sky", Stance(out=0.24, fwd_L=0.03, turn=20))
def _victory(s: Score) -> None:
    s.hips(0, lead=0.03, pitch=-4)
    s.chest(0, pitch=-10, pop=6)
    s.arm(0, "L", "up+.55out/up+.3out", hand="open")
    s.arm(0, "R", "up+.45out+.1fwd/up+.4out", hand="open")
    s.head(0, pitch=-20)
    s.face(0, "joy")


@_pose("robot", "Robot", Stance(out=0.17, turn=10))
def _robot(s: Score) -> None:
    s.hips(0, low=0.03)
    s.arm(0, "L", "out+.05up/up+.15fwd", hand="flat")
    s.arm(0, "R", "out-.02up/down+.1fwd", hand="flat")
    s.chest(0, yaw=6, roll=-4)
    s.head(0, yaw=-26)
    s.face(0, "calm")


@_pose("vogue", "Vogue", Stance(out=0.15, fwd_R=0.14, turn=16))
def _vogue(s: Score) -> None:
    s.hips(0, sway=0.08, roll=-8, yaw=10)
    s.chest(0, roll=9, yaw=-12, pop=5)
    s.arm(0, "L", "out+1.15up-.1fwd/in+.15up-.75fwd", hand="soft")
    s.arm(0, "R", "hip", hand="flat", flex=-20)
    s.head(0, yaw=18, roll=-8, pitch=-6)
    s.face(0, "kiss")


@_pose("crouch", "Low stance", Stance(out=0.34, fwd_L=0.1, fwd_R=-0.08, turn=30))
def _crouch(s: Score) -> None:
    s.hips(0, low=0.27, pitch=14)
    s.chest(0, pitch=16, yaw=-10)
    s.arm(0, "L", "down+.8out+.5fwd/down+.9fwd-.2out", hand="claw")
    s.arm(0, "R", "out-.35up-.2fwd/out-.1up+.9fwd", hand="claw")
    s.head(0, pitch=-18, yaw=10)
    s.face(0, "fierce")


@_pose("second", "Ballet, arms in second", Stance(out=0.1, fwd_L=0.02, turn=38))
def _second(s: Score) -> None:
    s.foot(0, "R", out=0.34, fwd=0.06, weight=0.0, lift=0.0)
    s.foot(0.3, "L", out=0.04, fwd=0.0, weight=1.0, lift=0.0, swing=0.1)
    s.arm(0, "L", "out-.12up+.25fwd/out-.22up+.55fwd", hand="soft")
    s.arm(0, "R", "up+.3out+.2fwd/up-.45out+.2fwd", hand="soft")
    s.chest(0, pitch=-4, yaw=8)
    s.head(0, yaw=-20, pitch=-4, roll=4)
    s.face(0, "tender")


def write_pose(name: str) -> Motion:
    """Build a pose from its words. KeyError for an unknown one."""
    title, stance, write = _WRITTEN[name]
    move = Move("pose", title, 8, (0, 1), "pose", stance, True, write)
    counts = np.linspace(-6, 6, 300)
    turns = np.zeros((1, 55, 3))
    turns[0, joint("left_shoulder"), 2], turns[0, joint("right_shoulder"), 2] = -1.25, 1.25
    start = Motion(MOTION_FPS, turns, np.array([[0.0, PELVIS_HEIGHT, 0.0]]), np.zeros((1, 52)))
    held = Performer(_STILL, [Slot(move, 0.0)], counts, start, seed=4).frames(262, 263)
    q = rot.quaternion_from_axis_angle(held.rotations)
    heading = rot.quaternion_about("y", -rot.yaw_of(q[:, 0]))
    q[:, 0] = rot.multiply(heading, q[:, 0])
    place = held.translation * np.array([0.0, 1.0, 0.0])
    face = held.face.copy()
    return Motion(MOTION_FPS, rot.axis_angle_from_quaternion(q), place, face)


def write_gallery(folder: Path) -> list[Path]:
    """Write every pose as <folder>/<name>.npz; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _WRITTEN:
        save_npz(folder / f"{name}.npz", write_pose(name))
    return [folder / f"{name}.npz" for name in _WRITTEN]


@functools.cache
def gallery() -> dict[str, Pose]:
    """The shipped reference poses by name, the default first. UserError if one of the files is missing."""
    poses = {}
    for name, (title, _, _) in _WRITTEN.items():
        file = FOLDER / f"{name}.npz"
        if not file.is_file():
            raise UserError(f"The reference pose {name} is missing from this installation ({file.name}).")
        poses[name] = Pose(name, title, load_npz(file))
    return poses
