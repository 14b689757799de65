"""BVH: out and back within a hair, smooth at gimbal lock, and other skeletons by their names."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.bvh import euler_zxy, read_bvh, save_bvh
from dance_core.motion.filters import joint_acceleration
from dance_core.motion.motion import Motion
from dance_core.motion.reading import load_bvh, read_motion


def from_euler(degrees: np.ndarray) -> np.ndarray:
    z, x, y = np.moveaxis(np.radians(degrees), -1, 0)
    return rot.multiply(rot.multiply(rot.quaternion_about("z", z), rot.quaternion_about("x", x)),
                        rot.quaternion_about("y", y))


# our own files

def check_round_trip(path: Path, motion: Motion) -> None:
    save_bvh(path, motion)
    back = load_bvh(path)
    assert back.fps == motion.fps
    assert np.linalg.norm(kin.joints(back) - kin.joints(motion), axis=-1).max() < 1e-4
    before, after = (joint_acceleration(m, 55) for m in (motion, back))
    assert np.abs(after - before).max() < 0.01 * np.percentile(before, 95)


@pytest.mark.parametrize("fps", [30.0, 60.0, 29.97, 120.0])
def test_a_motion_comes_back_where_it_was_and_as_smooth(tmp_path: Path, make_motion, fps: float) -> None:
    check_round_trip(tmp_path / "m.bvh", make_motion(60, fps=fps))


def test_a_recorded_dance_comes_back_where_it_was_and_as_smooth(tmp_path: Path, recorded: Motion) -> None:
    check_round_trip(tmp_path / "m.bvh", recorded)


def test_the_hierarchy_is_ours_in_centimetres(tmp_path: Path, make_motion) -> None:
    save_bvh(tmp_path / "m.bvh", make_motion(3))
    bvh = read_bvh(tmp_path / "m.bvh")
    assert set(bvh.names) == set(sk.JOINT_NAMES)
    assert bvh.names[0] == "pelvis"
    order = [sk.joint(n) for n in bvh.names]
    assert np.allclose(bvh.offsets, sk.BONES[order] * 100, atol=1e-6)
    for j, parent in enumerate(bvh.parents[1:], 1):
        assert sk.PARENTS[order[j]] == order[parent]
    assert bvh.channels[0][3:] == ("Zrotation", "Xrotation", "Yrotation")


def test_parts_that_do_not_move_are_not_claimed(tmp_path: Path, make_motion) -> None:
    moving = make_motion(3)
    rotations = moving.rotations.copy()
    rotations[:, 22:] = 0
    save_bvh(tmp_path / "a.bvh", moving)
    save_bvh(tmp_path / "b.bvh", Motion(30, rotations, moving.translation, moving.face))
    assert load_bvh(tmp_path / "a.bvh").parts == {"body", "hands"}
    assert load_bvh(tmp_path / "b.bvh").parts == {"body"}


# angles

@given(st.lists(st.tuples(*[st.floats(-400, 400)] * 3), min_size=1, max_size=20))
def test_angles_mean_the_same_rotation(triples: list) -> None:
    q = from_euler(np.array(triples))
    assert rot.geodesic(from_euler(euler_zxy(q)), q).max() < 1e-6


def test_angles_follow_three_full_turns() -> None:
    turn = np.linspace(0, 3 * 360, 300)
    angles = euler_zxy(from_euler(np.stack([0 * turn, 0 * turn, turn], -1)))
    assert np.allclose(angles[:, 2], turn, atol=1e-6)


def test_a_somersault_goes_through_gimbal_lock_without_a_jump() -> None:
    """x through 90° and on to 360°: the plain arcsine turns back at 90° and throws z and y by 180°."""
    x = np.linspace(0, 360, 121)  # exactly 90° and 270° among them
    triples = np.stack([np.full_like(x, 20.0), x, np.full_like(x, -35.0)], -1)
    angles = euler_zxy(from_euler(triples))
    assert rot.geodesic(from_euler(angles), from_euler(triples)).max() < 1e-6
    assert np.abs(np.diff(angles, axis=0)).max() < 3.01


def test_rest_within_gimbal_lock_stays_quiet() -> None:
    q = from_euler(np.tile([20.0, 90.0, -35.0], (30, 1)))
    assert np.abs(np.diff(euler_zxy(q), axis=0)).max() < 1e-6


# other skeletons

ARM_DOWN = rot.quaternion_about("z", np.radians(-50))  # an A-pose: the left arm hangs at 50°
Z_UP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])  # ours (x, y, z) -> theirs


def both_sides(names: dict[str, str]) -> dict[str, str]:
    return {f"{s.lower()}_{ours}": s + theirs for s in ("Left", "Right") for ours, theirs in names.items()}


MIXAMO = {"pelvis": "Hips", "spine1": "Spine", "spine2": "Spine1", "spine3": "Spine2", "neck": "Neck",
          "head": "Head"} | both_sides(
    {"hip": "UpLeg", "knee": "Leg", "ankle": "Foot", "foot": "ToeBase", "collar": "Shoulder",
     "shoulder": "Arm", "elbow": "ForeArm", "wrist": "Hand", "index1": "HandIndex1"})
TRUNK = {"pelvis": "Hips", "spine2": "Chest", "spine3": "Chest2", "neck": "Neck", "head": "Head"}
SIMPLE = TRUNK | both_sides(
    {"hip": "Hip", "knee": "Knee", "ankle": "Ankle", "collar": "Collar", "shoulder": "Shoulder",
     "elbow": "Elbow", "wrist": "Wrist"})


def write_other(path: Path, motion: Motion, names: dict[str, str], *, axes: np.ndarray, scale: float,
                arm: np.ndarray, order: str = "xyz") -> None:
    """The dance on another skeleton: other names and axes, another unit, arms that rest elsewhere."""
    kept = [sk.joint(n) for n in names]
    kept.sort()
    rest_turn = np.tile([1.0, 0, 0, 0], (55, 1))  # their rest pose, as turns of ours
    for name in ("shoulder", "elbow", "wrist", "index1"):
        rest_turn[sk.joint(f"left_{name}")] = arm
        rest_turn[sk.joint(f"right_{name}")] = arm * [1, 1, -1, -1]  # mirrored at x = 0
    rest = kin.positions(rest_turn, np.zeros(3))
    # a world rotation that takes their rest pose to where our bone points: G_theirs = G_ours · rest⁻¹
    world = rot.multiply(kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations)),
                         rot.inverse(rest_turn))
    to = rot.quaternion_from_matrix(axes)
    world = rot.multiply(rot.multiply(to, world), rot.inverse(to))

    def parent(j: int) -> int:
        p = sk.PARENTS[j]
        while p >= 0 and p not in kept:
            p = sk.PARENTS[p]
        return p

    lines, columns = ["HIERARCHY"], [motion.translation @ axes.T / scale]

    def put(j: int, depth: int) -> None:
        pad, p = "  " * depth, parent(j)
        offset = (rest[j] - rest[p] if p >= 0 else np.zeros(3)) @ axes.T / scale
        local = world[:, j] if p < 0 else rot.multiply(rot.inverse(world[:, p]), world[:, j])
        columns.append(Rotation.from_quat(local[:, [1, 2, 3, 0]]).as_euler(order.upper(), degrees=True))
        spin = " ".join(f"{a.upper()}rotation" for a in order)
        lines.append(f"{pad}{'JOINT' if depth else 'ROOT'} {names[sk.JOINT_NAMES[j]]}\n{pad}{{")
        lines.append(f"{pad}  OFFSET {offset[0]:.6f} {offset[1]:.6f} {offset[2]:.6f}")
        count = "3" if depth else "6 Xposition Yposition Zposition"
        lines.append(f"{pad}  CHANNELS {count} {spin}")
        children = [c for c in kept if parent(c) == j]
        for c in children:
            put(c, depth + 1)
        if not children:
            lines.append(f"{pad}  End Site\n{pad}  {{\n{pad}    OFFSET 0 1 0\n{pad}  }}")
        lines.append(pad + "}")

    put(0, 0)
    table = np.concatenate(columns, -1)
    lines += ["MOTION", f"Frames:\t{len(motion)}", f"Frame Time:\t{1 / motion.fps:.6f}"]
    lines += [" ".join(f"{v:.6f}" for v in row) + " " for row in table]
    path.write_text("\n".join(lines) + "\n")


def gentle(make_motion, joints: list[str]) -> Motion:
    """A dance in which only the joints move that both skeletons have, some way above the floor."""
    motion = make_motion(12, seed=6)
    rotations = np.zeros_like(motion.rotations)
    for name in joints:
        rotations[:, sk.joint(name)] = 0.5 * motion.rotations[:, sk.joint(name)]
    return Motion(30, rotations, motion.translation, np.zeros((12, 52)))


def same_dance(a: Motion, b: Motion, within: float) -> None:
    """Joints of the body agree, up to the height at which the dancer was set on the floor."""
    difference = kin.joints(a, 22) - kin.joints(b, 22)
    assert np.abs(difference - difference[0, 0]).max() < within
    assert np.abs(difference[0, 0, [0, 2]]).max() < 1e-4


@pytest.mark.parametrize("prefix", ["", "mixamorig:"])
@pytest.mark.parametrize("axes", [np.eye(3), Z_UP])
@pytest.mark.parametrize("order", ["xyz", "zyx", "yxz"])
def test_a_mixamo_skeleton_in_an_a_pose(tmp_path: Path, make_motion, prefix: str, axes: np.ndarray,
                                        order: str) -> None:
    motion = gentle(make_motion, list(MIXAMO))
    names = {ours: prefix + theirs for ours, theirs in MIXAMO.items()}
    write_other(tmp_path / "m.bvh", motion, names, axes=axes, scale=0.0254, arm=ARM_DOWN, order=order)
    back = load_bvh(tmp_path / "m.bvh")
    same_dance(back, motion, 1e-4)
    assert back.fps == 30
    assert back.parts == {"body", "hands"}


def test_hanging_arms_and_a_short_spine(tmp_path: Path, make_motion) -> None:
    """Arms along the body at rest, two spine joints, no toes: as many motion-capture houses write it."""
    moving = [n for n in SIMPLE if n not in ("spine2", "spine3")]
    motion = gentle(make_motion, moving)
    arm = rot.quaternion_about("z", np.radians(-88))
    write_other(tmp_path / "m.bvh", motion, SIMPLE, axes=np.eye(3), scale=0.01, arm=arm, order="zxy")
    same_dance(load_bvh(tmp_path / "m.bvh"), motion, 1e-4)


def test_a_head_without_a_neck_on_a_spine_of_one(tmp_path: Path, make_motion) -> None:
    names = {ours: theirs for ours, theirs in MIXAMO.items() if ours not in ("neck", "spine1", "spine2")}
    motion = gentle(make_motion, [n for n in names if n not in ("spine3", "left_collar", "right_collar")])
    write_other(tmp_path / "m.bvh", motion, names, axes=np.eye(3), scale=0.0254, arm=ARM_DOWN)
    back = load_bvh(tmp_path / "m.bvh")
    same_dance(back, motion, 1e-4)


def test_dancers_from_elsewhere_stand_on_the_floor(tmp_path: Path, make_stander) -> None:
    ankles = [np.tile([x, sk.ANKLE_HEIGHT + 0.5, 0.0], (4, 1)) for x in (0.1, -0.1)]
    motion = make_stander(np.tile([0.0, 1.37, 0.0], (4, 1)), *ankles)
    write_other(tmp_path / "m.bvh", motion, MIXAMO, axes=np.eye(3), scale=0.01, arm=ARM_DOWN)
    assert kin.joints(load_bvh(tmp_path / "m.bvh"), 12)[:, sk.LEFT_ANKLE, 1] == pytest.approx(
        sk.ANKLE_HEIGHT, abs=1e-3)


def test_joints_that_can_not_be_told_are_named(tmp_path: Path, make_motion) -> None:
    names = MIXAMO | {"left_knee": "Bone27"}
    write_other(tmp_path / "m.bvh", make_motion(2), names, axes=np.eye(3), scale=0.01, arm=ARM_DOWN)
    with pytest.raises(UserError, match="left knee"):
        load_bvh(tmp_path / "m.bvh")


def test_a_rest_pose_in_which_nobody_stands_is_said(tmp_path: Path, make_motion) -> None:
    write_other(tmp_path / "m.bvh", make_motion(2), MIXAMO, axes=np.eye(3), scale=0.01, arm=ARM_DOWN)
    text = (tmp_path / "m.bvh").read_text()
    for n in (sk.LEFT_KNEE, sk.LEFT_ANKLE):
        offset = " ".join(f"{v:.6f}" for v in sk.BONES[n] * 100)
        assert offset in text
        text = text.replace(offset, "0.000000 5.000000 40.000000", 1)
    (tmp_path / "m.bvh").write_text(text)
    assert any("rest pose" in sentence for sentence in read_motion(tmp_path / "m.bvh").said)


# bad files

@pytest.mark.parametrize(("change", "says"), [
    (lambda t: "", "HIERARCHY"), (lambda t: "junk " * 100, "HIERARCHY"), (lambda t: t[:2000], "HIERARCHY"),
    (lambda t: t.replace("}", "", 1), "early|damaged"),
    (lambda t: t.replace("OFFSET", "OFSET", 1), "damaged"),
    (lambda t: t.replace("Zrotation", "Wrotation", 1), "channels"),
    (lambda t: t.replace("CHANNELS 3", "CHANNELS 7", 1), "channels"),
    (lambda t: t.replace("OFFSET 0.000000", "OFFSET nan", 1), "nan"),
    (lambda t: t.replace("Frames: 3", "Frames: 4"), "4 frames"),
    (lambda t: t.replace("Frames: 3", "Frames: 0"), "0 frames"),
    (lambda t: t.replace("Frames: 3", "Frames: many"), "number of frames"),
    (lambda t: t.replace("0.033333333", "0"), "0 s"), (lambda t: t.replace("0.033333333", "nan"), "nan"),
    (lambda t: t.replace("0.033333333", "0.001"), "0.001 s"),
    (lambda t: t.rstrip().rsplit(" ", 1)[0] + "\n", "167 numbers"),
    (lambda t: t.rstrip().rsplit(" ", 1)[0] + " x\n", "Frame 3"),
    (lambda t: t.rstrip().rsplit(" ", 1)[0] + " inf\n", "Frame 3"),
])
def test_damaged_files_are_refused_in_one_sentence(tmp_path: Path, make_motion, change, says: str) -> None:
    save_bvh(tmp_path / "m.bvh", make_motion(3))
    (tmp_path / "bad.bvh").write_text(change((tmp_path / "m.bvh").read_text()))
    with pytest.raises(UserError, match=says) as caught:
        load_bvh(tmp_path / "bad.bvh")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("change", [
    lambda t: t.replace("\n", "\r\n"), lambda t: t.replace("Xrotation", "XROTATION").replace("Zposition",
                                                                                             "zposition"),
    lambda t: t.replace(".", ","), lambda t: t.replace("pelvis", "MOTION_pelvis").replace("MOTION_pelvis",
                                                                                          "pelvis"),
    lambda t: "\ufeff" + t, lambda t: t.replace("Frames: 3", "Frames:\t3")])
def test_files_that_are_written_otherwise_mean_the_same(tmp_path: Path, make_motion, change) -> None:
    save_bvh(tmp_path / "m.bvh", make_motion(3))
    text = (tmp_path / "m.bvh").read_text()
    (tmp_path / "other.bvh").write_text(change(text), newline="")
    a, b = (read_bvh(tmp_path / name) for name in ("m.bvh", "other.bvh"))
    assert np.array_equal(a.values, b.values) and np.array_equal(a.offsets, b.offsets) and a.fps == b.fps
    head, _, motion = text.partition("MOTION\n")
    lines = motion.splitlines()
    wrapped = [" ".join(line.split()[i:i + 50]) for line in lines[2:] for i in range(0, 168, 50)]
    (tmp_path / "long.bvh").write_text(head + "MOTION\n" + "\n".join([*lines[:2], *wrapped]) + "\n")
    assert np.array_equal(read_bvh(tmp_path / "long.bvh").values, a.values)


def test_binary_junk_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "x.bvh").write_bytes(bytes(range(256)) * 20)
    for name in ("x.bvh", "none.bvh"):
        with pytest.raises(UserError):
            load_bvh(tmp_path / name)


def test_ten_thousand_braces_do_no_harm(tmp_path: Path) -> None:
    deep = "HIERARCHY\nROOT a\n{\n" + "JOINT b\n{\n" * 10_000 + "MOTION\n"
    (tmp_path / "x.bvh").write_text(deep)
    with pytest.raises(UserError, match="500"):
        load_bvh(tmp_path / "x.bvh")
