"""The place where the app listens, and what it says where it can't have it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from dance_core.errors import UserError
from dance_core.pages.place import listen, shown
from dance_core.settings import ROOT, Settings
from tests.waiting import PATIENCE


@pytest.mark.parametrize("host, name", [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"),
                                        ("0.0.0.0", "localhost"), ("::1", "[::1]"), ("::", "localhost")])
def test_what_is_shown_can_be_opened_on_this_machine(host: str, name: str) -> None:
    if ":" in host and not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with listen(Settings(host=host, port=0)) as place:
        port = place.getsockname()[1]
        assert shown(place) in (f"http://{name}:{port}", f"http://[::1]:{port}")  # localhost may be either
        place.listen()
        with socket.create_connection((name.strip("[]"), port), timeout=PATIENCE):
            pass


def test_a_port_that_is_taken_or_none_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UserError, match=f"127.0.0.1:{port} .*DANCE_PORT.*in use"):
            listen(Settings(port=port))
    with pytest.raises(UserError, match="65535"):
        listen(Settings(port=70_000))
    with pytest.raises(UserError, match="DANCE_HOST"):
        listen(Settings(host="203.0.113.1", port=0))  # an address of another machine


@pytest.mark.parametrize("name, value", [
    ("PUBLIC_URL", "https://lab.example/rate/"), ("PORT", "70000")])
def test_the_app_does_not_start_with_a_setting_that_it_cannot_use(name: str, value: str) -> None:
    done = subprocess.run([sys.executable, "app.py"], cwd=ROOT, env={**os.environ, f"DANCE_{name}": value},
                          capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and f"DANCE_{name}" in done.stderr


def test_arguments_are_refused_and_the_way_to_set_it_up_is_told() -> None:
    told, refused = (subprocess.run([sys.executable, "app.py", argument], cwd=ROOT, capture_output=True,
                                    text=True, timeout=PATIENCE) for argument in ("--help", "--port=8080"))
    assert told.returncode == 0 and "DANCE_PORT=8080" in told.stdout
    assert refused.returncode == 2 and "--port=8080" in refused.stderr


@pytest.mark.parametrize("name, value", [("PUBLIC_URL", "lab.example"), ("PROXIES", "localhost"),
                                         ("HOSTS", "https://lab.example")])
def test_a_setting_that_cannot_be_read_is_a_sentence(name: str, value: str) -> None:
    with pytest.raises(UserError, match=f"DANCE_{name} "):
        Settings.from_env({f"DANCE_{name}": value})


def test_links_are_those_that_people_can_open() -> None:
    assert Settings().link("rate?study=x") == "/rate?study=x"
    settings = Settings.from_env({"DANCE_PUBLIC_URL": "https://lab.example/dance"})
    assert settings.link("rate?study=x") == "https://lab.example/dance/rate?study=x"
