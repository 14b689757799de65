"""Folders in the layouts of public collections, and what is made of them, once for all tests here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from public import (
    BREAK,
    POP,
    TEST_POP,
    dancer,
    dancing_cmu,
    dancing_robot,
    order,
    write_aistpp,
    write_amass,
    write_cmu,
    write_g1,
)

from dance_core.cli import main


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One or two files of each collection."""
    folder = tmp_path_factory.mktemp("downloads")
    for seed, name in enumerate((BREAK, POP, TEST_POP)):
        write_aistpp(folder / "aist", name, dancer(seed=seed))
    write_g1(folder / "g1" / "dance" / "J_Dance7_Party" / "retarget" / "J_Dance7_Party.csv", dancing_robot())
    write_cmu(folder / "cmu" / "60" / "60_01.bvh", dancing_cmu())
    write_cmu(folder / "cmu" / "01" / "01_01.bvh", dancing_cmu(0.1))  # no dance
    write_amass(folder / "mocap" / "s1" / "swing_poses.npz", dancer(6.0, 120.0, seed=4))
    np.savez(folder / "mocap" / "s1" / "shape.npz", betas=np.zeros(16))
    return folder


@pytest.fixture(scope="session")
def made(downloads: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "dances"
    assert main(order(downloads, out)) == 0
    return out
