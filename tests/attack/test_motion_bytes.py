"""Motion files whose bytes were changed, cut or doubled: a motion comes out, or one sentence; never anything
else.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dance_core.body.avatar import export_glb
from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion.bvh import save_bvh
from dance_core.motion.files import save_npz
from dance_core.motion.motion import Motion
from dance_core.motion.reading import Found, read_motion
from dance_core.motion.skeleton import PELVIS_HEIGHT


def dance() -> Motion:
    rotations = np.zeros((12, 55, 3))
    rotations[:, [4, 5, 18, 19], :] = 0.3 * np.sin(np.arange(12) / 3)[:, None, None]
    return Motion(30.0, rotations, np.tile([0.0, PELVIS_HEIGHT, 0.0], (12, 1)), np.full((12, 52), 0.2))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder, motion = tmp_path_factory.mktemp("good"), dance()
    save_npz(folder / "npz", motion)
    save_bvh(folder / "bvh", motion, names="mixamo")
    export_glb(motion, folder / "glb")
    poses = motion.rotations[:, :24].reshape(12, 72)
    for name, protocol in (("pkl2", 2), ("pkl4", 4)):
        (folder / name).write_bytes(pickle.dumps({"smpl_poses": poses, "smpl_trans": motion.translation},
                                                 protocol))
    np.save(folder / "rows.npy", np.concatenate([motion.translation, np.tile([1, 0, 0, 0, 1, 0], (12, 52))],
                                                1))
    np.save(folder / "places.npy", kin.joints(motion, 24).reshape(12, 72))
    np.save(folder / "object.npy", np.array({"pred_position": kin.joints(motion, 24).reshape(12, 72)},
                                            object),
            allow_pickle=True)
    return {p.name.removesuffix(".npy"): p.read_bytes() for p in folder.iterdir()}


def broken(data: bytes, cut: float, changes: list[tuple[float, int]], doubled: float) -> bytes:
    """Some bytes changed, mostly near the beginning, where the headers are; a piece written twice; the end
    cut.
    """
    out = bytearray(data)
    for place, value in changes:
        out[int(place**4 * (len(out) - 1))] = value
    at = int(doubled * len(out))
    out[at:at] = out[at:at + 64]
    return bytes(out[:max(1, int(cut * len(out)))])


def motion_or_sentence(path: Path) -> tuple[Found | None, str]:
    try:
        return read_motion(path, fps=30.0), ""
    except UserError as error:
        return None, str(error)


@pytest.mark.parametrize("kind", ["npz", "bvh", "glb", "pkl2", "pkl4", "rows", "places", "object"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.one_of(st.just(1.0), st.floats(0.0, 1.0)), doubled=st.floats(0.0, 1.0),
       changes=st.lists(st.tuples(st.floats(0.0, 1.0), st.integers(0, 255)), max_size=6))
def test_nothing_but_a_motion_or_a_sentence(files: dict[str, bytes], tmp_path: Path, kind: str, cut: float,
                                            doubled: float, changes: list[tuple[float, int]]) -> None:
    (tmp_path / "a").write_bytes(broken(files[kind], cut, changes, doubled))
    found, said = motion_or_sentence(tmp_path / "a")
    if found is None:
        assert said.endswith((".", ")")) and "\n" not in said and str(tmp_path) not in said
    else:
        assert np.isfinite(found.motion.translation).all()
