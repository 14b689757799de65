"""What all tests share: a data folder of their own, no way out to the network, steady hypothesis, GL."""

from __future__ import annotations

import ipaddress
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from dance_core.settings import Settings
from tests.waiting import PATIENCE

# No deadline: two cores shared with a browser make single examples slow without any fault of the code.
# The same examples every time: whether a change may land is not a matter of luck. Luck has its own run:
# pytest -m hypothesis --hypothesis-profile=search
_ALWAYS = {"deadline": None, "print_blob": True, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("dance", max_examples=60, derandomize=True, **_ALWAYS)
hypothesis.settings.register_profile("search", max_examples=600, **_ALWAYS)
hypothesis.settings.load_profile("dance")


def _is_here(address: object) -> bool:
    """Whether a socket address is on this machine (a Unix socket, or a loopback address)."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        ip = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return host in {"localhost", ""}
    return ip.is_loopback or ip.is_unspecified


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Nothing is downloaded at run time: a connection to any other machine fails the test that makes it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            real = getattr(socket.socket, name)

            def guarded(self, address, _real=real):
                if not _is_here(address):
                    raise AssertionError(f"a test tried to reach {address!r}: everything must work offline")
                return _real(self, address)

            patch.setattr(socket.socket, name, guarded)
        patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(autouse=True, scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this run keeps takes, caches and votes; `Settings.from_env()` and subprocesses find it."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANCE_DATA_DIR", str(folder))
        yield folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder belongs to this test alone."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def gl() -> None:
    """Skips, saying so, where nothing can be drawn with GL."""
    code = ("from dance_core.body.stage import Stage; from dance_core.body.model import load_body;"
            "Stage(load_body(), (64, 64)).close()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE,
                          check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines()
        pytest.skip(f"no OpenGL on this machine: {why[-1] if why else done.returncode}")
