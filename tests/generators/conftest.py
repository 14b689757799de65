"""Dances that several files here look at."""

from __future__ import annotations

import pytest
from learning import danced

from dance_core.generators.nets.pose_code import PoseCode
from dance_core.motion.motion import Motion


@pytest.fixture(scope="module")
def motion() -> Motion:
    return danced("gHO", 3, 12.0)[2]


@pytest.fixture(scope="module")
def code(motion: Motion) -> PoseCode:
    return PoseCode.fit([motion])
