"""The command serve: who may reach it, and a dance by way of it that is the local one."""

from __future__ import annotations

import re
import sys

import httpx
import numpy as np
import pytest

from dance_core.cli import main
from dance_core.cli.serve import read_token
from dance_core.errors import UserError
from dance_core.motion.files import load_npz
from tests.serving.hosts import Process, until

TOKEN = "0123456789abcdef-of-tests"


@pytest.fixture
def token_file(tmp_path):
    path = tmp_path / "token"
    path.write_text(TOKEN + "\n")
    return path


def test_a_dance_from_a_host_is_the_dance_made_here(tmp_path, token_file, monkeypatch, capsys):
    monkeypatch.setenv("DANCE_DATA_DIR", str(tmp_path / "data"))
    host = Process(tmp_path / "host", "--token-file", str(token_file))
    try:
        until(lambda: httpx.get(f"{host.url}/readyz").status_code == 200)
        how = ["--generator", "choreographer", "--seed", "3", "--seconds", "12", "--style", "gHO"]
        assert main(["dance", "Sunday Lights", "--out", str(tmp_path / "a"), *how]) == 0
        monkeypatch.setenv("DANCE_ENGINE_TOKEN", TOKEN)
        assert main(["dance", "Sunday Lights", "--out", str(tmp_path / "b"), *how, "--engine", host.url]) == 0
        monkeypatch.delenv("DANCE_ENGINE_TOKEN")
        capsys.readouterr()
        assert main(["dance", "Sunday Lights", "--out", str(tmp_path / "c"), *how, "--engine", host.url]) == 2
        assert "another token" in capsys.readouterr().err and not (tmp_path / "c").exists()
    finally:
        host.kill()
    a, b = (load_npz(tmp_path / name / "motion.npz") for name in "ab")
    assert np.array_equal(a.rotations, b.rotations) and np.array_equal(a.translation, b.translation)
    assert np.array_equal(a.face, b.face)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_beyond_this_machine_a_token_is_needed(host, capsys):
    assert main(["serve", "--host", host]) == 2
    assert "--token-file F is needed there" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "short", "sixteen letters and spaces", "ä" * 20])
def test_a_token_that_could_be_guessed_or_not_sent_is_refused(tmp_path, text):
    (tmp_path / "token").write_text(text)
    with pytest.raises(UserError, match="at least 16"):
        read_token(tmp_path / "token")


def test_a_token_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match="'token' can't be read"):
        read_token(tmp_path / "token")


# --- replicas on Ray: what is said before any starts --------------------------------------------------------


def test_without_ray_a_sentence_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["serve", "--port", "0", "--engine", "cluster"]) == 2
    assert "pip install -r requirements-cluster.txt" in capsys.readouterr().err


@pytest.mark.parametrize(("asked", "sentence"), [
    (["--replicas", "2"], "--replicas is for --engine cluster; the engine is local"),
    (["--gpus", "1"], "--gpus is for --engine cluster"),
    (["--address", "h:1"], "--address is for --engine cluster"),
    (["--engine", "cluster", "--replicas", "0"], "0 replicas were asked for; 1 to 256"),
    (["--engine", "cluster", "--gpus", "1.5"], r"a part of a GPU \(0 to 1\) or whole ones, not 1.5"),
    (["--engine", "cluster", "--gpus", "nan"], "not nan"),
    (["--engine", "cluster", "--address", "10.0.0.1:6379"], "set RAY_AUTH_MODE=token")])
def test_bad_wishes_for_a_cluster_are_one_sentence(asked, sentence, monkeypatch, capsys):
    monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    assert main(["serve", "--port", "0", *asked]) == 2
    assert re.search(sentence, capsys.readouterr().err)


@pytest.mark.parametrize(("address", "sentence"), [
    ("auto", "'auto', but host:port was expected"), ("here:", "host:port was expected"),
    ("here:70000", "host:port was expected"), ("127.0.0.1:9", "There is no Ray cluster at 127.0.0.1:9")])
def test_a_cluster_that_is_not_there_is_told_at_once(address, sentence, monkeypatch, capsys):
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    assert main(["serve", "--port", "0", "--engine", "cluster", "--address", address]) == 2
    assert sentence in capsys.readouterr().err
