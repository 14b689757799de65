"""Any motion in: our dance, written as others write it, comes back where it was and turned as it was."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from foreign import (
    SKELETONS,
    X_UP,
    Y_DOWN,
    Z_UP,
    How,
    a_dance,
    along_x,
    off,
    rest_pose,
    turned_world,
    write_bvh,
)

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.files import load_npz
from dance_core.motion.floor import floor_of
from dance_core.motion.motion import Motion
from dance_core.motion.reading import Found, read_motion

CASES = Path(__file__).resolve().parents[3] / "shared/cases/motions"
WITHIN = 0.02  # m


@pytest.fixture(scope="module")
def dance() -> Motion:
    return a_dance()


def same(found: Found, dance: Motion, *, hands: bool = True, turned: float = 2.0) -> None:
    """Joints of the body within 2 cm, all turns (twist, too) within some degrees, upright, on the floor."""
    far, degrees = off(found.motion, dance)
    assert far < WITHIN
    which = [*range(sk.BODY), *(range(25, 55) if hands else ())]
    worst = max(which, key=lambda j: degrees[j])
    assert degrees[worst] < turned, sk.JOINT_NAMES[worst]
    assert abs(floor_of(found.motion)) < 0.01
    assert found.motion.fps == dance.fps


# --- BVH ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("whose", SKELETONS)
def test_skeletons_by_their_names(tmp_path: Path, dance: Motion, whose: str) -> None:
    names = SKELETONS[whose]
    found = read_motion(write_bvh(tmp_path / "a.bvh", dance, names))
    whole = "spine2" in names  # Motive's trunk has one joint less: what it lacks is shared out
    same(found, dance, hands="left_index1" in names, turned=2.0 if whole else 12.0)
    assert found.said == ()


@pytest.mark.parametrize("written", [
    lambda n, k: f"{n}_{k:03d}", lambda n, k: n.replace(":", ""), lambda n, k: n.upper(),
    lambda n, k: f"Armature|{n}", lambda n, k: n.replace("mixamorig:", "Dancer 1:Rig_"), lambda n,
    k: f"{n}.001"],
    ids=["numbered", "colon lost", "capitals", "in an armature", "in two spaces", "doubled"])
def test_names_as_programs_bend_them(tmp_path: Path, dance: Motion, written) -> None:
    names = {ours: written(name, k) for k, (ours, name) in enumerate(SKELETONS["Mixamo"].items())}
    same(read_motion(write_bvh(tmp_path / "a.bvh", dance, names)), dance)


@pytest.mark.parametrize(("rest", "hands"), [
    (rest_pose(45), True), (rest_pose(palms=45), True), (rest_pose(palms=-90), True), (rest_pose(88), True),
    (rest_pose(palms=90), True), (rest_pose(80, 90), True),
    (rest_pose(feet_down=30), True), (rest_pose(feet_down=50), True), (rest_pose(turned=45), True),
    (rest_pose(30, turned=-30), True), (rest_pose(turned=180), True), (along_x(), False)],
    ids=["A-pose", "palms half ahead", "palms back", "arms hang", "palms ahead", "arms hang, palms ahead",
         "feet pitched", "on tiptoe",
         "turned by 45°", "A-pose, turned", "turned round", "bones along x"])
def test_rest_poses_that_are_no_t_pose(tmp_path: Path, dance: Motion, rest: np.ndarray, hands: bool) -> None:
    found = read_motion(write_bvh(tmp_path / "a.bvh", dance, SKELETONS["Mixamo"], How(rest)))
    same(found, dance, hands=hands, turned=5.0)


@pytest.mark.parametrize("rest", [rest_pose(), along_x()], ids=["T-pose", "bones along x"])
@pytest.mark.parametrize(("axes", "motion_axes"), [
    (Z_UP, None), (Y_DOWN, None), (X_UP, None), (Z_UP, np.eye(3)), (np.eye(3), Z_UP), (np.eye(3), Y_DOWN)],
    ids=["Z up", "Y down", "X up", "rest Z up, motion Y up", "rest Y up, motion Z up", "motion Y down"])
def test_whichever_axis_is_up(tmp_path: Path, dance: Motion, rest: np.ndarray, axes: np.ndarray,
                              motion_axes: np.ndarray | None) -> None:
    how = How(rest, axes=axes, motion_axes=motion_axes)
    found = read_motion(write_bvh(tmp_path / "a.bvh", dance, SKELETONS["LAFAN1"], how))
    same(found, dance, hands=False, turned=5.0)
    mixed = motion_axes is not None and np.array_equal(rest, rest_pose())
    assert any("the motion was believed" in s for s in found.said) == mixed


@pytest.mark.parametrize(("unit", "order", "size"), [
    (1.0, "XYZ", 1.0), (0.0254, "ZYX", 1.0), (0.001, "YXZ", 1.0), (0.01, "ZXY", 1.4), (0.01, "ZXY", 0.6)])
def test_units_and_sizes_are_told_by_the_leg(tmp_path: Path, dance: Motion, unit: float, order: str,
                                             size: float) -> None:
    how = How(unit=unit, order=order, size=size)
    same(read_motion(write_bvh(tmp_path / "a.bvh", dance, SKELETONS["HumanIK"], how)), dance)


@pytest.mark.parametrize("zero_offsets", [False, True])
def test_positions_in_the_channels(tmp_path: Path, dance: Motion, zero_offsets: bool) -> None:
    how = How(positions=True, zero_offsets=zero_offsets)
    same(read_motion(write_bvh(tmp_path / "a.bvh", dance, SKELETONS["Mixamo"], how)), dance)


# --- SMPL's rotations ---------------------------------------------------------------------------------

def arrays_of(dance: Motion, axes: np.ndarray, unit: float = 1.0) -> dict[str, np.ndarray]:
    """root_orient, pose_body … of the dance in a world of other axes."""
    rotations, pelvis = turned_world(dance, axes)
    flat = rotations.reshape(len(dance), -1)
    return {"root_orient": flat[:, :3], "pose_body": flat[:, 3:66], "pose_jaw": flat[:, 66:69],
            "pose_eye": flat[:, 69:75], "pose_hand": flat[:, 75:], "trans": pelvis / unit,
            "mocap_frame_rate": np.array(30.0)}


@pytest.mark.parametrize("axes", [np.eye(3), Z_UP, Y_DOWN, X_UP], ids=["Y up", "Z up", "Y down", "X up"])
@pytest.mark.parametrize("keys", ["whole", "parts", "smplx", "AMASS"])
def test_npz_whole_or_in_parts(tmp_path: Path, dance: Motion, axes: np.ndarray, keys: str) -> None:
    some = arrays_of(dance, axes)
    if keys == "whole":
        parts = ("root_orient", "pose_body", "pose_jaw", "pose_eye", "pose_hand")
        some = {"poses": np.concatenate([some[k] for k in parts], 1), "trans": some["trans"],
                "fps": np.array(30.0)}
    elif keys == "smplx":
        hands = some.pop("pose_hand")
        some = {"global_orient": some["root_orient"], "body_pose": some["pose_body"],
                "jaw_pose": some["pose_jaw"],
                "left_hand_pose": hands[:, :45], "right_hand_pose": hands[:, 45:], "transl": some["trans"],
                "fps": np.array(30.0)}
    elif keys == "AMASS":
        some |= {"surface_model_type": np.array("smplx"), "gender": np.array(b"female"),
                 "betas": np.zeros(16)}
    np.savez(tmp_path / "a.npz", **some)
    same(read_motion(tmp_path / "a.npz"), dance)


@pytest.mark.parametrize("degrees", [8.0, 20.0])
def test_a_tilted_camera_is_levelled_by_where_feet_stand(tmp_path: Path, degrees: float) -> None:
    """Somebody who walks about, seen by a camera that looks down: Y down, and the floor aslant."""
    dance = a_dance(300)
    away = np.stack([np.sin(np.arange(300) / 40), 0 * np.arange(300), np.cos(np.arange(300) / 55)], -1)
    steps = np.round(away * 3) / 3  # in steps, so that feet stand between them
    dance = Motion(30.0, dance.rotations, dance.translation + steps, dance.face, parts=dance.parts)
    camera = rot.matrix_from_quaternion(rot.quaternion_about("x", np.radians(degrees))) @ Y_DOWN
    some = arrays_of(dance, camera)
    np.savez(tmp_path / "a.npz", **{**some, "trans": some["trans"] + [0.0, 0.0, 4.0]})
    found = read_motion(tmp_path / "a.npz")
    assert any("tilted" in s for s in found.said)
    far, turned = off(found.motion, dance)
    assert far < 0.05 and turned[:22].max() < 3.0


@pytest.mark.parametrize("unit", [0.01, 0.001])
def test_places_in_centimetres_and_millimetres(tmp_path: Path, dance: Motion, unit: float) -> None:
    np.savez(tmp_path / "a.npz", **arrays_of(dance, Z_UP, unit))
    found = read_motion(tmp_path / "a.npz")
    same(found, dance)
    assert any({0.01: "cm", 0.001: "mm"}[unit] in s for s in found.said)


@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
@pytest.mark.parametrize("scaling", [None, 93.0])
def test_pickles_of_edge_and_aistpp(tmp_path: Path, dance: Motion, protocol: int,
                                    scaling: float | None) -> None:
    rotations, pelvis = turned_world(dance, Z_UP if scaling is None else np.eye(3))
    smpl = np.concatenate([rotations[:, :22], np.zeros((len(dance), 2, 3))], 1).reshape(len(dance), 72)
    held = {"smpl_poses": smpl.astype(np.float32), "smpl_trans": pelvis.astype(np.float32)}
    if scaling is not None:
        held |= {"smpl_trans": pelvis * scaling, "smpl_scaling": np.array([scaling]), "smpl_loss": 1.5}
    (tmp_path / "a.pkl").write_bytes(pickle.dumps(held, protocol))
    found = read_motion(tmp_path / "a.pkl", fps=30.0)
    same(found, dance, hands=False)
    assert read_motion(tmp_path / "a.pkl").motion.fps == (30.0 if scaling is None else 60.0)


def six(dance: Motion, joints: list[int], columns: bool) -> np.ndarray:
    m = rot.matrix_from_axis_angle(dance.rotations[:, joints])
    m = np.swapaxes(m, -1, -2) if columns else m
    return m[..., :2, :].reshape(len(dance), -1)


@pytest.mark.parametrize("columns", [False, True], ids=["first rows", "first columns"])
@pytest.mark.parametrize(("labels", "joints"), [
    (0, 52), (4, 52), (0, 22), (4, 22), (0, 24), (4, 24)], ids=str)
def test_rows_of_six_numbers_a_joint(tmp_path: Path, dance: Motion, columns: bool, labels: int,
                                     joints: int) -> None:
    which = [*range(22), *range(25, 55)] if joints == 52 else [*range(22), 25, 40][:joints]
    data = [np.zeros((len(dance), labels)), dance.translation, six(dance, which, columns)]
    np.save(tmp_path / "a.npy", np.concatenate(data, 1))
    found = read_motion(tmp_path / "a.npy")
    same(found, dance, hands=joints == 52)
    assert any("columns" in s for s in found.said) == columns


def test_motion_x(tmp_path: Path, dance: Motion) -> None:
    flat = dance.rotations.reshape(len(dance), -1)
    data = np.zeros((len(dance), 322))
    data[:, :66], data[:, 66:156], data[:, 156:159] = flat[:, :66], flat[:, 75:], flat[:, 66:69]
    data[:, 159:209], data[:, 309:312], data[:, 312:] = 0.3, dance.translation, 0.5
    np.save(tmp_path / "a.npy", data)
    found = read_motion(tmp_path / "a.npy")
    same(found, dance)
    assert any("FLAME" in s for s in found.said)


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize(("width", "joints"), [(66, 22), (156, 52), (165, 55)])
def test_place_and_poses_in_either_order(tmp_path: Path, dance: Motion, width: int, joints: int, before: bool
                                         ) -> None:
    which = {22: [*range(22)], 52: [*range(22), *range(25, 55)], 55: [*range(55)]}[joints]
    rotations, pelvis = turned_world(dance, Z_UP)
    poses = rotations[:, which].reshape(len(dance), width)
    np.save(tmp_path / "a.npy", np.concatenate([pelvis, poses] if before else [poses, pelvis], 1))
    found = read_motion(tmp_path / "a.npy", fps=30.0)
    same(found, dance, hands=joints > 22)
    with pytest.raises(UserError, match="--fps"):
        read_motion(tmp_path / "a.npy")


# --- pickles that ask for more than arrays -------------------------------------------------------------

class Asks:
    """A pickle that calls something harmless, which must not be called all the same."""

    def __init__(self, what: object, *given: object) -> None:
        self.what, self.given = what, given

    def __reduce__(self) -> tuple:
        return self.what, self.given


@pytest.mark.parametrize(("what", "given", "named"), [
    (print, ("read",), "builtins.print"), (getattr, ("", "join"), "builtins.getattr"),
    (bytearray, (10**9,), "builtins.bytearray"), (np.zeros, (3,), "zeros"), (np.ndarray, ((10**9,),),
                                                                             "array"),
    (Path, ("a",), "pathlib")])
def test_a_pickle_runs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: object, given: tuple,
                               named: str) -> None:
    for held in (Asks(what, *given), {"smpl_poses": Asks(what, *given)}, [np.zeros(3), Asks(what, *given)]):
        (tmp_path / "a.pkl").write_bytes(pickle.dumps(held))
        with pytest.raises(UserError, match=named):
            read_motion(tmp_path / "a.pkl")
    assert capsys.readouterr().out == ""


def test_an_npy_of_objects_is_a_pickle_and_runs_nothing(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array({"smpl_poses": Asks(print, "read")}, object), allow_pickle=True)
    with pytest.raises(UserError, match=r"builtins\.print"):
        read_motion(tmp_path / "a.npy")


# --- files that are none, and what can't be told ---------------------------------------------------------

@pytest.mark.parametrize(("data", "says"), [
    (b"", "not a readable motion"), (b"\0" * 100, "not a readable motion"), (b"Kaydara FBX Binary  \0",
                                                                             "import it in Blender"),
    (b"; FBX 7.3.0 project file\n", "export glTF 2.0"),
    (b"PK\x03\x04rubbish", "not a readable npz"), (b"\x93NUMPY\x01\x00rubbish", "npy"), (b"\x80\x04rubbish",
                                                                                       "pickle"),
    (b"RIFF....WAVE", "not a motion"), (b"HIERARCHY\nROOT", "BVH")])
def test_other_files_get_a_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "a.bin").write_bytes(data)
    with pytest.raises(UserError, match=says) as caught:
        read_motion(tmp_path / "a.bin")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(("array", "says"), [
    (np.zeros((10, 77)), r"\(10, 77\)"), (np.zeros((0, 315)), "0 frames"), (np.full((4, 315), np.nan),
                                                                            "1260 values"),
    (np.full((4, 315), 0.1), "normalized"), (np.zeros((5, 165)), "--fps"), (np.zeros(3), r"\(3,\)"),
    (np.array(["a"]), "str")])
def test_arrays_that_are_no_motion(tmp_path: Path, array: np.ndarray, says: str) -> None:
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(UserError, match=says):
        read_motion(tmp_path / "a.npy")


def test_a_file_is_what_is_inside_not_what_it_is_called(tmp_path: Path, dance: Motion) -> None:
    write_bvh(tmp_path / "a.bvh", dance, SKELETONS["Mixamo"]).rename(tmp_path / "b.npz")
    assert read_motion(tmp_path / "b.npz").kind == "BVH"


# --- the project's cases -----------------------------------------------------------------------------------

def case(name: str) -> Path:
    if not (CASES / name).exists():
        pytest.skip(f"{CASES / name} is not here")
    return CASES / name


@pytest.mark.parametrize("name", [
    "cam.npz", "edge.pkl", "finedance.npy", "hik.bvh", "rokoko.bvh", "ue.bvh", "palm.bvh", "lafan.bvh"])
def test_cases_that_were_made_from_one_dance(name: str) -> None:
    truth = load_npz(case("truth.npz"))
    found = read_motion(case(name))
    hands = name not in ("edge.pkl", "lafan.bvh")
    same(found, truth, hands=hands, turned=2.0 if hands else 10.0)
    assert ("hands" in found.motion.parts) == hands


@pytest.mark.parametrize(("name", "fps"), [
    ("mosh_yup.npz", 120.0), ("parts_only.npz", 30.0), ("p_mixamo_us.bvh", 30.0), ("allpos_zero.bvh", 30.0),
    ("ft_0.033.bvh", 30.0), ("rest_zup_motion_yup.bvh", 30.0), ("lafan_like.bvh", 30.0)])
def test_other_cases_stand_upright_at_their_rate(name: str, fps: float) -> None:
    motion = read_motion(case(name)).motion
    assert motion.fps == fps
    joints = kin.joints(motion, sk.BODY)
    assert np.all(joints[:, sk.HEAD, 1] - joints[:, 0, 1] > 0.3)


@pytest.mark.parametrize("name", ["allpos_zero.bvh", "rest_zup_motion_yup.bvh", "ft_0.033.bvh",
                                  "lafan_like.bvh"])
def test_the_same_dance_in_other_files_is_the_same(name: str) -> None:
    found = read_motion(case(name)).motion
    far, _ = off(found, read_motion(case("p_mixamo_us.bvh")).motion)
    assert far < (0.025 if name == "lafan_like.bvh" else 1e-3)  # which says nothing of head and feet
