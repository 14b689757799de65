"""The subject's own body: by its bones, or by betas that a licensed file explains; never by a guess."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dance_core.motion import kinematics as kin
from dance_core.motion.bvh import save_bvh
from dance_core.motion.measures import at_rest
from dance_core.motion.motion import Motion
from dance_core.motion.reading import Found, read_motion
from dance_core.motion.shape import BUILDS, bone_factors, build_named, fitted, reshaped, rest_joints
from dance_core.motion.skeleton import PELVIS_HEIGHT
from dance_core.serving.importing import own_body
from dance_core.settings import Settings


def still(frames: int = 40) -> Motion:
    rotations = np.zeros((frames, 55, 3))
    rotations[:, 16:18, 2] = [-0.9, 0.9]
    return Motion(30.0, rotations, np.tile([0.0, PELVIS_HEIGHT, 0.0], (frames, 1)), np.zeros((frames, 52)))


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("units", ["cm", "m"])
def test_a_bvh_brings_its_body(tmp_path: Path, build: str, units: str) -> None:
    dance = reshaped(still(), build_named(build))
    save_bvh(tmp_path / "a.bvh", dance, "mixamo", units)
    found, said = own_body(read_motion(tmp_path / "a.bvh"), Settings())
    assert np.abs(kin.joints(found.motion, 22) - kin.joints(dance, 22)).max() < 1e-3
    assert bool(said) == (build != "average")


def test_a_body_like_ours_is_ours() -> None:
    grown = {j: v * 1.03 for j, v in at_rest(dict(enumerate(rest_joints(np.zeros(10))))).bones().items()}
    assert not fitted(grown).any() and not fitted({}).any()
    assert fitted({j: v * 1.2 for j, v in grown.items()}).any()


@pytest.mark.parametrize("scale", [0.3, 3.0])
def test_nobody_is_so_small_or_large(scale: float) -> None:
    bones = {j: v * scale for j, v in at_rest(dict(enumerate(rest_joints(np.zeros(10))))).bones().items()}
    betas = fitted(bones)  # as near as a body may be
    assert np.abs(betas).max() <= 3.0
    assert not at_rest({j: p * 0.3 for j, p in enumerate(rest_joints(np.zeros(10)))}).bones()


def test_betas_of_another_body_stay_unknown_without_its_file() -> None:
    found = Found(still(), "AMASS npz", betas=np.ones(16), gender="female")
    shown, said = own_body(found, Settings())
    assert not shown.motion.betas.any() and "16 betas" in said and "DANCE_SMPLX" in said
    assert own_body(replace(found, own=True), Settings())[1] == ""


def test_betas_are_shown_where_a_licensed_file_explains_them(tmp_path: Path) -> None:
    """A file in SMPL-X's layout, taller than ours by a tenth of a beta's worth, whose first beta is 5 % of
    size.
    """
    with np.load(Settings().smplx) as z:
        held = {k: z[k] for k in z.files}
    held["v_template"] = held["v_template"] * 1.001
    held["shapedirs"] = np.zeros_like(held["shapedirs"])
    held["shapedirs"][:, :, 0] = 0.05 * held["v_template"]
    np.savez(tmp_path / "SMPLX_FEMALE.npz", **held)
    found = Found(still(), "AMASS npz", betas=np.float64([2.0, 0.0, 0.0]), gender="female")
    shown, said = own_body(found, Settings(smplx=tmp_path / "SMPLX_FEMALE.npz"))
    factors = bone_factors(shown.motion.betas)
    assert factors[[4, 7, 18, 20]] == pytest.approx([1.10] * 4, abs=0.01)
    assert "size +2" in said and any("female" in s for s in shown.said)
