"""GL for the tests of the body."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.fixture(scope="session")
def gl() -> None:
    """Skips, saying so, where nothing can be drawn with GL."""
    code = ("from dance_core.body.stage import Stage; from dance_core.body.model import load_body;"
            "Stage(load_body(), (64, 64)).close()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120,
                          check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines()
        pytest.skip(f"no OpenGL on this machine: {why[-1] if why else done.returncode}")
