"""Skeletons that are built otherwise than ours: limbs of two bones, a root above the pelvis, left-handed
worlds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from foreign import SKELETONS, How, a_dance, off, write_bvh
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.bvh import read_bvh
from dance_core.motion.figure import Figure, relative
from dance_core.motion.motion import Motion
from dance_core.motion.retargeting import carry

# (name, parent, our joint where it is, the joint that it is half-way to)
Row = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def dance() -> Motion:
    return a_dance(90)


def figure(dance: Motion, rows: Sequence[Row], swings: Sequence[str] = ()) -> Figure:
    """A figure of such joints, in centimetres; those in `swings` turn with their bone and leave its twist to
    the next."""
    world = kin.global_rotations(rot.quaternion_from_axis_angle(dance.rotations))
    places = kin.joints(dance) * 100
    names = [row[0] for row in rows]
    parents = [names.index(row[1]) if row[1] else -1 for row in rows]
    turns, at = [], []
    for name, _, joint, to in rows:
        j = sk.joint(joint)
        if name in swings:
            child = next(c for c in range(55) if sk.PARENTS[c] == j)
            bone = sk.BONES[child] / np.linalg.norm(sk.BONES[child])
            base = world[:, sk.PARENTS[j]]
            turns.append(rot.multiply(rot.shortest_arc(rot.rotate(base, bone), rot.rotate(world[:, j],
                                                                                          bone)), base))
        else:
            turns.append(world[:, j])
        at.append(0.5 * (places[:, j] + places[:, sk.joint(to)]) if to else places[:, j])
    world, places = np.stack(turns, 1), np.stack(at, 1)
    offsets = np.zeros((len(rows), 3))
    for k, p in enumerate(parents):
        if p >= 0:
            offsets[k] = rot.rotate(rot.inverse(world[:, p]), places[:, k] - places[:, p]).mean(0)
    return Figure(dance.fps, tuple(names), tuple(parents), offsets, relative(world, parents), {0: places[:,
                                                                                                         0]})


def daz() -> tuple[list[Row], list[str]]:
    """Genesis 8: legs on the pelvis, the spine on the hip above it; every limb's twist in a bone of its
    own.
    """
    rows: list[Row] = [("hip", "", "pelvis", ""), ("pelvis", "hip", "pelvis", ""),
                       ("abdomenLower", "hip", "spine1", ""), ("abdomenUpper", "abdomenLower", "spine2", ""),
                       ("chestLower", "abdomenUpper", "spine2", "spine3"), ("chestUpper", "chestLower",
                                                                            "spine3", ""),
                       ("neckLower", "chestUpper", "neck", ""), ("neckUpper", "neckLower", "neck", "head"),
                       ("head", "neckUpper", "head", "")]
    bends = []
    for side in ("left", "right"):
        s = side[0]
        for first, middle, end, on, at, to, then in (
                ("ThighBend", "ThighTwist", "Shin", "pelvis", "hip", "knee", "knee"),
                ("ShldrBend", "ShldrTwist", "ForearmBend", f"{s}Collar", "shoulder", "elbow", "elbow")):
            if first == "ShldrBend":
                rows.append((f"{s}Collar", "chestUpper", f"{side}_collar", ""))
            rows += [(s + first, on, f"{side}_{at}", ""), (s + middle, s + first, f"{side}_{at}",
                                                           f"{side}_{to}"),
                     (s + end, s + middle, f"{side}_{then}", "")]
            bends.append(s + first)
        rows += [(f"{s}Foot", f"{s}Shin", f"{side}_ankle", ""),
                 (f"{s}Metatarsals", f"{s}Foot", f"{side}_ankle", f"{side}_foot"),
                 (f"{s}Toe", f"{s}Metatarsals", f"{side}_foot", ""),
                 (f"{s}ForearmTwist", f"{s}ForearmBend", f"{side}_elbow", f"{side}_wrist"),
                 (f"{s}Hand", f"{s}ForearmTwist", f"{side}_wrist", "")]
        bends.append(f"{s}ForearmBend")
    return rows, bends


def test_twist_that_has_bones_of_its_own(dance: Motion) -> None:
    rows, bends = daz()
    back = carry(figure(dance, rows, bends))
    far, degrees = off(back.motion, dance)
    assert far < 1e-3 and degrees[:22].max() < 1.0 and back.said == ()


def test_a_left_handed_file_is_seen_and_mirrored(tmp_path, dance: Motion) -> None:
    there = Figure.of_bvh(read_bvh(write_bvh(tmp_path / "a.bvh", dance, SKELETONS["Mixamo"])))
    back = carry(there.mirrored())
    far, degrees = off(back.motion, dance)
    assert far < 1e-3 and degrees[:22].max() < 1.0
    assert any("left-handed" in s for s in back.said)


def test_a_knee_that_does_not_hang_on_its_hip_is_named(dance: Motion) -> None:
    rows, _ = daz()
    rows = [("lShin", "abdomenLower", *row[2:]) if row[0] == "lShin" else row for row in rows]
    with pytest.raises(UserError, match="lShin"):
        carry(figure(dance, rows))


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), order=st.sampled_from(["ZXY", "XYZ", "YZX"]), size=st.floats(0.5, 2.0))
def test_no_rest_pose_moves_a_joint(tmp_path_factory: pytest.TempPathFactory, seed: int, order: str,
                                    size: float) -> None:
    """Whatever frame each joint has at rest: bones point where they point in the file."""
    dance = a_dance(40, seed=seed % 7)
    rest = rot.quaternion_from_axis_angle(np.random.default_rng(seed).normal(size=(55, 3)))
    path = tmp_path_factory.mktemp("bvh") / "a.bvh"
    write_bvh(path, dance, SKELETONS["LAFAN1"], How(rest, order=order, size=size))
    assert off(carry(Figure.of_bvh(read_bvh(path))).motion, dance)[0] < 0.02
