"""What other people's libraries make of our files: the same joints within a millimetre, as long, facing as
we do.

They are asked where they are installed; none of them is needed to run the project.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest
from waves import flowing

from dance_core.body.avatar import export_glb
from dance_core.body.bundle import write_bundle
from dance_core.body.model import load_body
from dance_core.body.mux import Mux
from dance_core.body.usd import export_usd
from dance_core.cli import main
from dance_core.longform.segment import Segment
from dance_core.longform.take import Take, new_take_id, save_take
from dance_core.motion import kinematics as kin
from dance_core.motion.bvh import read_bvh, save_bvh
from dance_core.motion.files import load_npz
from dance_core.motion.gltf import read_glb
from dance_core.motion.motion import Motion
from dance_core.motion.naming.mixamo import MIXAMO
from dance_core.motion.reading import read_motion
from dance_core.motion.skeleton import JOINT_NAMES
from dance_core.music.beats import Beats
from dance_core.music.song import Song
from tests.waiting import PATIENCE

WITHIN = 1e-3  # m


@pytest.fixture(scope="module")
def dance() -> Motion:
    return flowing(45, seed=3)


def take_of(motion: Motion) -> Take:
    beats = Beats(np.arange(3) * 0.5, np.array([1, 2, 3]), 120.0, 1.0)
    return Take(new_take_id(), "Clicks & <b>", "0" * 64, len(motion) / motion.fps, beats, motion,
                (Segment(0, 0, len(motion), 0, 0, 0, motion.fps),), (), "choreographer", "Choreographer",
                "gHO",
                "preset:ready", 1)


def same(back: Motion, dance: Motion, joints: int = 55) -> None:
    """As many frames as fast, joints within a millimetre (so it faces where it faced)."""
    assert (len(back), back.fps) == (len(dance), dance.fps)
    assert np.abs(kin.joints(back, joints) - kin.joints(dance, joints)).max() < WITHIN


# --- our own reader, on what was written ---------------------------------------------------------------

@pytest.mark.parametrize("units", ["cm", "m"])
@pytest.mark.parametrize("names", ["smplx", "mixamo"])
def test_bvh_in_both_units_under_both_names(tmp_path: Path, dance: Motion, names: str, units: str) -> None:
    save_bvh(tmp_path / "d.bvh", dance, names, units)
    bvh = read_bvh(tmp_path / "d.bvh")
    assert set(bvh.names) == set(JOINT_NAMES if names == "smplx" else MIXAMO.values())
    assert np.abs(bvh.rest()).max() == pytest.approx({"cm": 90, "m": 0.9}[units], rel=0.1)
    found = read_motion(tmp_path / "d.bvh")
    assert found.said == ()
    # a skeleton that lacks jaw and eyes might be another's: it is set on the floor, by one height
    up = np.float32([0, found.motion.translation[0, 1] - dance.translation[0, 1], 0])
    assert found.own == (names == "smplx") and (names == "mixamo" or abs(up[1]) < WITHIN)
    back = Motion(30, found.motion.rotations, found.motion.translation - up, found.motion.face)
    same(back, dance, 22)


def test_glb_comes_back_with_its_face(tmp_path: Path, dance: Motion) -> None:
    export_glb(dance, tmp_path / "d.glb")
    found = read_motion(tmp_path / "d.glb")
    same(found.motion, dance)
    assert found.motion.parts == {"body", "hands", "face"}
    assert np.abs(found.motion.face - dance.face).max() < 1e-4


def test_no_accessor_of_a_glb_is_without_bytes(tmp_path: Path, dance: Motion) -> None:
    """assimp 5.2 refuses a file with one, though the format allows it: morph targets that move nothing."""
    export_glb(dance, tmp_path / "d.glb")
    document = read_glb((tmp_path / "d.glb").read_bytes()).json
    assert all("bufferView" in a or "sparse" in a for a in document["accessors"])


# --- libraries of others -------------------------------------------------------------------------------

def test_assimp_takes_it_apart_and_together(tmp_path: Path, dance: Motion) -> None:
    if not shutil.which("assimp"):
        pytest.skip("assimp is not installed (Debian: assimp-utils)")
    export_glb(dance, tmp_path / "d.glb")
    done = subprocess.run(["assimp", "export", tmp_path / "d.glb", tmp_path / "again.glb", "-fglb2"],
                          check=False,
                          capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0 and (tmp_path / "again.glb").exists(), done.stdout + done.stderr
    same(read_motion(tmp_path / "again.glb").motion, dance, 22)


def test_usd_sees_the_same_joints_skin_and_face(tmp_path: Path, dance: Motion) -> None:
    pxr = pytest.importorskip("pxr", reason="usd-core is not installed")
    from pxr import Gf, Usd, UsdGeom, UsdSkel

    assert pxr
    export_usd(dance, tmp_path / "d.usda", title='a "title" \\ of\ntwo lines')
    stage = Usd.Stage.Open(str(tmp_path / "d.usda"))
    assert (UsdGeom.GetStageMetersPerUnit(stage), UsdGeom.GetStageUpAxis(stage)) == (1.0, "Y")
    assert (stage.GetTimeCodesPerSecond(), stage.GetEndTimeCode()) == (30.0, 44.0)
    root = UsdSkel.Root(stage.GetPrimAtPath("/Dancer"))
    cache = UsdSkel.Cache()
    cache.Populate(root, Usd.TraverseInstanceProxies())
    skeleton = cache.GetSkelQuery(UsdSkel.Skeleton(stage.GetPrimAtPath("/Dancer/Skeleton")))
    there = np.array([m.ExtractTranslation() for m in skeleton.ComputeJointSkelTransforms(Usd.TimeCode(20))])
    assert np.abs(there - kin.joints(dance)[20]).max() < WITHIN
    assert UsdSkel.BakeSkinning(root, Gf.Interval(20, 20))
    skin = np.array(UsdGeom.Mesh(stage.GetPrimAtPath("/Dancer/Body")).GetPointsAttr().Get(20))
    assert np.abs(skin - load_body().frame(dance, 20)).max() < WITHIN


def test_usd_is_text_that_names_all(tmp_path: Path, dance: Motion) -> None:
    export_usd(dance, tmp_path / "d.usda", title='a "title"\n')
    text = (tmp_path / "d.usda").read_text()
    assert text.startswith("#usda 1.0") and 'doc = "a \\"title\\" "' in text
    assert text.count("def BlendShape") == 52 and "pelvis/left_hip/left_knee" in text
    assert text.count("{") == text.count("}") and text.count("[") == text.count("]")
    assert len(re.findall(r"^ +\d+: \[", text, re.MULTILINE)) == 3 * len(dance)


def test_pygltflib_takes_it_apart_and_together(tmp_path: Path, dance: Motion) -> None:
    pygltflib = pytest.importorskip("pygltflib")
    export_glb(dance, tmp_path / "d.glb")
    pygltflib.GLTF2().load(str(tmp_path / "d.glb")).save(str(tmp_path / "again.glb"))
    found = read_motion(tmp_path / "again.glb")
    same(found.motion, dance)
    assert np.abs(found.motion.face - dance.face).max() < 1e-4


# --- the bundle ------------------------------------------------------------------------------------------

def test_a_bundle_holds_everything_and_says_how(tmp_path: Path, dance: Motion) -> None:
    samples = np.zeros(2 * 44_100, np.float32)
    samples[::22_050] = 0.9
    save_take(take_of(dance), tmp_path / "dance", Song(samples, 44_100, "0" * 64, "Clicks"))
    assert main(["export", str(tmp_path / "dance"), "--format", "bundle", "--names", "mixamo",
                 "--units", "m"]) == 0
    with zipfile.ZipFile(tmp_path / "dance.zip") as archive:
        assert set(archive.namelist()) == {"README.txt", "dance.bvh", "dance.glb", "dance.json", "dance.npz",
                                           "music.flac"}
        archive.extractall(tmp_path / "out")
    out = tmp_path / "out"
    same(load_npz(out / "dance.npz"), dance)
    same(read_motion(out / "dance.glb").motion, dance)
    told = json.loads((out / "dance.json").read_text())
    assert (told["fps"], told["frames"], told["beats"]) == (30.0, 45, [0.0, 0.5, 1.0])
    assert told["units"]["bvh"] == "metres" and told["music"] == "music.flac"
    assert "mixamorig:Hips" in (out / "dance.bvh").read_text()
    text = (out / "README.txt").read_text()
    assert "Scale 1," in text and "30 frames a second" in text and max(map(len, text.splitlines())) < 115


def test_a_bundle_without_music_says_so_and_is_the_same_each_time(tmp_path: Path, dance: Motion) -> None:
    take = take_of(dance)
    for name in ("a.zip", "b.zip"):
        write_bundle(take, tmp_path / name, load_body())
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert b"without it" in archive.read("README.txt")
        assert json.loads(archive.read("dance.json"))["music"] is None


def test_names_and_units_belong_to_bvh(tmp_path: Path, dance: Motion,
                                       capsys: pytest.CaptureFixture[str]) -> None:
    save_take(take_of(dance), tmp_path / "dance")
    assert main(["export", str(tmp_path / "dance"), "--format", "npz", "--names", "mixamo"]) == 2
    assert "--names belongs to bvh and bundle" in capsys.readouterr().err


# --- video -------------------------------------------------------------------------------------------------

def test_a_film_names_its_colours_and_keeps_them(tmp_path: Path) -> None:
    """BT.709, tagged: a player that goes by the tags shows what was drawn."""
    colours = np.uint8([[255, 0, 0], [0, 255, 0], [0, 0, 255], [200, 120, 40]])
    picture = np.repeat(np.repeat(colours[None], 128, 0), 32, 1)
    mux = Mux(tmp_path / "a.mp4", (128, 128), 30.0)
    for _ in range(5):
        mux.frame(picture)
    mux.close()
    with av.open(str(tmp_path / "a.mp4")) as film:
        context = film.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert context.color_range == 1  # 16 to 235
        shown = next(film.decode(video=0)).to_ndarray(format="rgb24")
    assert np.abs(shown[64, 16::32].astype(int) - colours).max() <= 4
