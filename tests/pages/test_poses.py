"""First poses that are not of the gallery: from files and from Takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dance_core.corpus.studio.gallery import gallery
from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.files import save_npz
from dance_core.motion.motion import Motion
from dance_core.motion.shape import build_named, reshaped
from dance_core.motion.soles import sole_points
from dance_core.pages.poses import builds, built, from_file, from_take, on_stage, own_picture, pictures
from dance_core.pages.wire import unpack_motion
from dance_core.settings import Settings
from tests.pages.making import small_take


def turned(motion: Motion, yaw: float, place: tuple[float, float, float]) -> Motion:
    """The pose somewhere else, looking elsewhere."""
    q = rot.quaternion_from_axis_angle(motion.rotations)
    q[:, 0] = rot.multiply(rot.quaternion_about("y", yaw), q[:, 0])
    root = motion.translation + np.array(place, np.float32)
    return Motion(motion.fps, rot.axis_angle_from_quaternion(q), root, motion.face)


@pytest.mark.parametrize("lift", [0.0, -0.4, 1.2])
def test_a_pose_of_a_file_comes_to_the_middle_faces_the_front_and_stands(tmp_path: Path, lift: float) -> None:
    known = gallery()["lunge"].motion
    path = tmp_path / "a.npz"
    save_npz(path, Motion.join([gallery()["bow"].motion, turned(known, 2.0, (3.0, lift, -1.0))]))
    pose, said = from_file(path, 1)
    assert said == ""
    assert pose.name == "upload" and "frame 1" in pose.title and len(pose.motion) == 1
    assert np.allclose(pose.motion.translation, known.translation, atol=0.012)
    assert np.allclose(pose.motion.rotations, known.rotations, atol=1e-3)
    assert abs(float(sole_points(pose.motion)[..., 1].min())) < 0.012


@pytest.mark.parametrize(("frame", "said"), [(2, "frame 2"), (-1, "frame -1"), (0.5, "frame 0.5"),
                                             (float("nan"), "nan"), (1e300, "1e+300")])
def test_a_frame_that_the_file_has_not_is_refused(tmp_path: Path, frame: float, said: str) -> None:
    path = tmp_path / "a.npz"
    save_npz(path, Motion.join([gallery()["bow"].motion] * 2))
    with pytest.raises(UserError, match="frames 0 to 1") as refused:
        from_file(path, frame)
    assert said in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", b"\x93NUMPY\x01\x00"])
def test_what_is_no_motion_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.npz"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        from_file(path, 0)
    assert str(refused.value).endswith(".") and str(tmp_path) not in str(refused.value)


def test_a_frame_of_a_take_is_the_one_at_that_moment() -> None:
    take = small_take()
    pose = from_take(take, 1.25)
    assert pose.name == "frame" and pose.title == "At 1.3 s"
    assert np.allclose(pose.motion.translation, [[0, take.motion.translation[38, 1], 0]])
    for nonsense in (None, "1", True, -0.1, float("nan"), 1e9, [1]):
        with pytest.raises(UserError):
            from_take(take, nonsense)


def test_everybody_gets_the_gallery_and_only_one_visitor_his_own_pose(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    shown = pictures(gallery(), settings)
    assert len(shown) >= 16 and len({p for _, _, p in shown}) == len(shown)
    own = from_take(small_take(), 1.0)
    first, second = own_picture(own, settings)[2], own_picture(own, settings)[2]
    assert first != second and len(first.parent.name) >= 22
    assert Path(on_stage(own, settings)["panes"][0]["first"]["path"]).parent.parent.name == "dances"


def test_a_pose_is_shown_by_the_body_that_is_chosen(settings: Settings) -> None:
    pose = next(iter(gallery().values()))
    values = [on_stage(built(pose, key), settings) for _, key in builds()]
    assert built(pose, "") is pose
    assert len({v["take"] for v in values}) == len(values) - 1  # as the pose has it, that is: average
    for (_, key), value in zip(builds(), values, strict=True):
        sent = unpack_motion(Path(value["panes"][0]["first"]["path"]).read_bytes())[0]
        assert np.array_equal(sent.betas, build_named(key or "average"))
    with pytest.raises(UserError, match="no build"):
        built(pose, "huge")


def test_betas_of_a_file_and_of_a_dances_frame_come_along(tmp_path: Path) -> None:
    motion = reshaped(next(iter(gallery().values())).motion, build_named("short"))
    save_npz(tmp_path / "short.npz", motion)
    pose, _ = from_file(tmp_path / "short.npz", 0)
    assert np.array_equal(pose.motion.betas, motion.betas)
    assert np.abs(kin.joints(pose.motion) - kin.joints(motion)).max() < 1e-3
