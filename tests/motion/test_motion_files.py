"""npz files: there and back, other people's conventions, and files that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import sole_points
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.floor import floor_of
from dance_core.motion.motion import Motion
from dance_core.motion.reading import arrays, npz

BODY = Path(__file__).resolve().parents[3] / "shared/data/body/SMPLX_NEUTRAL.npz"


@pytest.fixture
def good() -> dict[str, np.ndarray]:
    """The arrays of a small file that is all right."""
    return {"poses": np.zeros((3, 165)), "trans": np.zeros((3, 3)), "mocap_frame_rate": np.array(30.0)}


def written(path: Path, arrays: dict[str, np.ndarray], **options) -> Path:
    np.savez(path, **arrays, **options)
    return path


def test_a_motion_comes_back_as_it_was(tmp_path: Path, make_motion) -> None:
    motion = make_motion(40, fps=60.0)
    save_npz(tmp_path / "motion.npz", motion)
    back = load_npz(tmp_path / "motion.npz")
    assert np.array_equal(back.rotations, motion.rotations)
    assert np.array_equal(back.face, motion.face)
    assert np.abs(back.translation - motion.translation).max() < 1e-6
    assert (back.fps, back.parts) == (60.0, motion.parts)
    assert [p.name for p in tmp_path.iterdir()] == ["motion.npz"]  # nothing half done lies beside it


def test_the_keys_are_those_that_readers_expect(tmp_path: Path, make_motion) -> None:
    motion = make_motion(10)
    save_npz(tmp_path / "m.npz", motion)
    with np.load(tmp_path / "m.npz", allow_pickle=False) as z:
        assert z["poses"].shape == (10, 165)
        assert z["face"].shape == (10, 52)
        assert np.allclose(z["trans"], motion.translation - sk.REST_JOINTS[0])
        assert float(z["mocap_frame_rate"]) == 30
        assert str(z["gender"]) == "neutral"
        assert z["betas"].shape == (10,)


def test_an_upload_is_read_from_memory_too(make_motion, tmp_path: Path) -> None:
    save_npz(tmp_path / "m.npz", make_motion(4))
    assert len(load_npz(io.BytesIO((tmp_path / "m.npz").read_bytes()))) == 4


def test_the_smplx_package_sees_the_same_joints(tmp_path: Path, make_motion) -> None:
    """The file, posed by the field's own package with a body in SMPL-X's format, agrees within 0.1 mm."""
    if not BODY.exists():
        pytest.skip(f"{BODY} is not here")
    smplx = pytest.importorskip("smplx")
    torch = pytest.importorskip("torch")
    motion = make_motion(6, seed=2)
    save_npz(tmp_path / "m.npz", motion)
    with np.load(tmp_path / "m.npz", allow_pickle=False) as z:
        poses, trans = (torch.tensor(np.asarray(z[k], np.float32)) for k in ("poses", "trans"))
    body = smplx.SMPLX(str(BODY), use_pca=False, flat_hand_mean=True, num_betas=10, batch_size=6, ext="npz")
    names = ("global_orient", "body_pose", "jaw_pose", "leye_pose", "reye_pose", "left_hand_pose",
             "right_hand_pose")
    parts = dict(zip(names, torch.split(poses, [3, 63, 3, 3, 3, 45, 45], 1), strict=True))
    joints = body(transl=trans, **parts).joints[:, :55].detach().numpy()
    assert np.linalg.norm(joints - kin.joints(motion), axis=-1).max() < 1e-4


def test_recorded_dances_are_read_with_their_pelvis_in_the_world(recorded: Motion) -> None:
    assert recorded.parts == {"body"}
    assert recorded.fps == 30
    assert np.abs(recorded.translation[0, [0, 2]]).max() < 1e-3  # they begin over the origin …
    lowest = sole_points(recorded)[..., 1].min((1, 2))
    assert abs(np.median(lowest)) < 0.02  # … on a floor at y = 0


@pytest.mark.parametrize(("width", "parts"), [(66, {"body"}), (72, {"body"}), (156, {"body", "hands"}),
                                              (165, {"body", "hands"})])
def test_poses_of_other_widths(tmp_path: Path, good: dict, width: int, parts: set) -> None:
    rng = np.random.default_rng(1)
    poses = 0.1 * rng.normal(size=(3, width))
    motion = load_npz(written(tmp_path / "m.npz", good | {"poses": poses}))
    assert np.allclose(motion.rotations[:, :22].reshape(3, -1), poses[:, :66])
    assert motion.parts == parts
    if width == 156:  # no jaw and eyes between body and hands
        assert np.allclose(motion.rotations[:, 25:].reshape(3, -1), poses[:, 66:])
        assert not motion.rotations[:, 22:25].any()


def test_amass_is_turned_up_and_set_on_the_floor(tmp_path: Path, good: dict, make_motion) -> None:
    """AMASS is Z up and says so nowhere; its files are known by their other arrays."""
    motion = make_motion(20)
    up = rot.quaternion_about("x", np.pi / 2)
    rotations = motion.rotations.copy()
    q = rot.quaternion_from_axis_angle(motion.rotations[:, 0])
    rotations[:, 0] = rot.axis_angle_from_quaternion(rot.multiply(up, q))
    arrays = {"poses": rotations.reshape(20, -1), "trans": rot.rotate(up, motion.translation) + [0, 0, 0.4],
              "mocap_framerate": np.array(120.0), "dmpls": np.zeros((20, 8)), "betas": np.ones(16),
              "gender": np.array("female")}
    back = load_npz(written(tmp_path / "amass.npz", arrays))
    assert back.fps == 120
    assert np.degrees(rot.geodesic(rot.quaternion_from_axis_angle(back.rotations[:, 0]), q)).max() < 0.01
    shift = kin.joints(back) - kin.joints(motion)
    assert np.ptp(shift, axis=(0, 1)).max() < 1e-5  # the same dance, elsewhere
    assert floor_of(back) == pytest.approx(0, abs=1e-6)
    assert not back.betas.any()  # they are another body's


def test_a_file_that_does_not_say_which_way_is_up_is_seen_through(tmp_path: Path, good: dict) -> None:
    poses = np.zeros((3, 165))
    poses[:, 0] = np.pi / 2  # a pelvis that stands along z
    lying = load_npz(written(tmp_path / "z.npz", good | {"poses": poses}))
    assert np.abs(lying.rotations[:, 0]).max() < 1e-6
    said = load_npz(written(tmp_path / "y.npz", good | {"poses": poses, "up_axis": np.array("y")}))
    assert said.rotations[0, 0, 0] == pytest.approx(np.pi / 2)


@pytest.mark.parametrize(("change", "says"), [
    ({"poses": np.zeros((3, 164))}, r"164"),
    ({"poses": np.zeros((0, 165))}, "0 frames"),
    ({"poses": np.zeros(165)}, r"\(165,\)"),
    ({"poses": np.array([["a"] * 165] * 3)}, "str"),
    ({"poses": np.full((3, 165), 99.0)}, "rad"),
    ({"poses": np.zeros((3, 165), complex)}, "complex"),
    ({"trans": np.zeros((2, 3))}, r"\(2, 3\)"),
    ({"trans": np.array([[0, np.nan, 0]] * 3)}, "3 values"),
    ({"trans": np.full((3, 3), 2e6)}, "2e\\+06 m"),
    ({"trans": np.full((3, 3), 1e300)}, "1e\\+300 m"),
    ({"face": np.zeros((3, 51))}, r"\(3, 51\)"),
    ({"mocap_frame_rate": np.array(0.5)}, "0.5"),
    ({"mocap_frame_rate": np.array(241.0)}, "241"),
    ({"mocap_frame_rate": np.array([30.0, 30.0])}, "2 numbers"),
    ({"mocap_frame_rate": np.array(np.inf)}, "1 values"),
    ({"betas": np.array([np.nan])}, "betas"),
])
def test_bad_arrays_are_refused_with_the_number_that_was_wrong(tmp_path: Path, good: dict, change: dict,
                                                               says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        load_npz(written(tmp_path / "bad.npz", good | change))
    assert str(tmp_path) not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("missing", ["poses", "trans", "mocap_frame_rate"])
def test_missing_arrays_are_named(tmp_path: Path, good: dict, missing: str) -> None:
    del good[missing]
    with pytest.raises(UserError, match=missing):
        load_npz(written(tmp_path / "m.npz", good))


def test_too_many_frames_are_refused(tmp_path: Path, good: dict, monkeypatch) -> None:
    monkeypatch.setattr(arrays, "MAX_FRAMES", 2)
    with pytest.raises(UserError, match="3 frames"):
        load_npz(written(tmp_path / "m.npz", good))


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04" + b"\x00" * 60, b"<html></html>",
                                  b"\x93NUMPY\x01\x00"])
def test_what_is_no_npz_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.npz").write_bytes(data)
    with pytest.raises(UserError, match="npz"):
        load_npz(tmp_path / "x.npz")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such"):
        load_npz(tmp_path / "x.npz")


def test_every_damaged_byte_is_survived(tmp_path: Path, good: dict) -> None:
    """Flip or cut anywhere: either a UserError or a motion, never anything else."""
    whole = written(tmp_path / "m.npz", good).read_bytes()
    rng = np.random.default_rng(0)
    refused = 0
    for n in range(300):
        data = bytearray(whole)
        if n % 3:
            data[rng.integers(len(data))] ^= 1 << rng.integers(8)
        else:
            del data[rng.integers(len(data)):]
        try:
            load_npz(io.BytesIO(bytes(data)))
        except UserError:
            refused += 1
    assert refused > 150


class Mine:
    """If this is ever unpickled, the test hears of it."""

    heard: list[str] = []

    def __reduce__(self):
        return (Mine.heard.append, ("unpickled",))


def test_nothing_is_ever_unpickled(tmp_path: Path, good: dict) -> None:
    trap = np.array([Mine()], dtype=object)
    with pytest.raises(UserError, match="never read"):
        load_npz(written(tmp_path / "a.npz", good | {"poses": trap}, allow_pickle=True))
    # as a bystander it is not even opened: AMASS files do hold such things
    assert len(load_npz(written(tmp_path / "b.npz", good | {"labels": trap}, allow_pickle=True))) == 3
    assert Mine.heard == []


def npy(shape: str, data: bytes) -> bytes:
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data


@pytest.mark.parametrize("shape", ["(100000000000, 165)", "(-3, 165)", "(3, 165, 9999999999999)"])
def test_a_header_that_promises_too_much_takes_no_memory(tmp_path: Path, good: dict, shape: str) -> None:
    path = written(tmp_path / "m.npz", {k: v for k, v in good.items() if k != "poses"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("poses.npy", npy(shape, b"\x00" * 800))
    with pytest.raises(UserError):
        load_npz(path)


def test_a_bomb_is_refused_by_what_it_unpacks_to(tmp_path: Path, good: dict, monkeypatch) -> None:
    monkeypatch.setattr(npz, "MAX_ARRAY_MB", 4)
    path = tmp_path / "bomb.npz"
    np.savez_compressed(path, **(good | {"poses": np.zeros((8000, 165))}))
    assert path.stat().st_size < 50_000
    with pytest.raises(UserError, match="10 MB"):
        load_npz(path)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, make_motion, monkeypatch) -> None:
    save_npz(tmp_path / "m.npz", make_motion(5))

    def full(*_args, **_options) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="No space"):
        save_npz(tmp_path / "m.npz", make_motion(9))
    assert len(load_npz(tmp_path / "m.npz")) == 5
    assert [p.name for p in tmp_path.iterdir()] == ["m.npz"]
