"""Training of the beat network in small; numpy runs the same network; an interruption changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from dance_core.beatnet.calibrate import fitted, reliability
from dance_core.beatnet.material import Piece, orders, pieces, prepare
from dance_core.beatnet.net import BeatNet, NetConfig, arrays
from dance_core.beatnet.system import CONFIGS, train_beats
from dance_core.beatnet.targets import UNKNOWN, stretch
from dance_core.beatnet.train import train_net
from dance_core.cli import main
from dance_core.errors import UserError
from dance_core.music.beat_inputs import INPUTS, NET_FPS
from dance_core.music.beat_net import METRES, TEMPO_BINS, run_net


def test_numpy_runs_the_network_that_torch_trained() -> None:
    torch.manual_seed(0)
    net = BeatNet(NetConfig(12, 7)).eval()
    x = np.random.default_rng(0).random((5000, INPUTS), np.float32)  # more than one block of rows
    with torch.no_grad():
        out = net(torch.from_numpy(x[None]))[0]
    heard = run_net(arrays(net), x)
    assert np.allclose(heard.beat, out[:, 0].sigmoid(), atol=1e-5)
    assert np.allclose(heard.downbeat, out[:, 1].sigmoid(), atol=1e-5)
    assert np.allclose(heard.tempo, out[:, 2:2 + TEMPO_BINS].softmax(-1), atol=1e-5)
    assert np.allclose(heard.metre, out[:, 2 + TEMPO_BINS:].softmax(-1), atol=1e-5)


def piece(tempo: float = 100.0, metre: int = 3, seconds: float = 20.0) -> Piece:
    beats = np.arange(0.5, seconds - 0.2, 60.0 / tempo)
    inputs = np.zeros((round(seconds * NET_FPS), INPUTS), np.float16)
    inputs[np.round(beats * NET_FPS - 0.25).astype(int)] = 1.0
    return Piece(inputs, beats, np.arange(len(beats)) % metre + 1, metre, "a test")


def test_targets_lie_where_the_input_has_its_beats() -> None:
    x, y = stretch(piece(), 600, None)
    assert x.shape == (600, INPUTS)
    assert (np.flatnonzero(y[:, 0] == 1) == np.flatnonzero(x[:, 0])).all()
    assert (np.flatnonzero(y[:, 1] == 1) == np.flatnonzero(x[:, 0])[::3]).all()
    assert METRES[int(y[100, 3])] == 3


@pytest.mark.parametrize("seed", range(5))
def test_a_stretched_piece_keeps_its_beats_on_its_hits(seed: int) -> None:
    x, y = stretch(piece(), 500, np.random.default_rng(seed))
    hits = np.flatnonzero(x[:, 0] > 0.5 * x[:, 0].max())
    beats = np.flatnonzero(y[:, 0] == 1)
    assert np.abs(hits[:, None] - beats).min(axis=1).max() <= 1
    assert np.abs(beats[:, None] - np.flatnonzero(x[:, 0])).min(axis=1).max() <= 1


def test_unknown_bars_are_not_asked() -> None:
    known = piece()
    _, y = stretch(Piece(known.inputs, known.beats, 0 * known.positions, 0, "a test"), 400, None)
    assert (y[:, 1] == UNKNOWN).all()
    assert (y[:, 3] == UNKNOWN).all()
    assert y[:, 0].max() == 1.0


def test_an_interrupted_training_ends_with_the_same_weights(tmp_path) -> None:
    config = replace(CONFIGS["tiny"][1], legs=((1, 2), (0, 4)))
    learn = [piece(), piece(140.0, 4)]
    whole = train_net(learn, learn, config, tmp_path / "whole").read_bytes()

    class Interrupted(Exception):
        pass

    def stop(step: int, of: int, numbers: dict[str, float]) -> None:
        if step == 3:
            raise Interrupted

    with pytest.raises(Interrupted):
        train_net(learn, learn, config, tmp_path / "broken", progress=stop)
    assert train_net(learn, learn, config, tmp_path / "broken").read_bytes() == whole


def test_one_command_makes_trains_and_tells(tmp_path) -> None:
    assert main(["train", "beats", "--corpus", str(tmp_path / "pieces"), "--config", "tiny",
                 "--out", str(tmp_path / "out")]) == 0
    curves = json.loads((tmp_path / "out" / "beats.json").read_text())
    assert set(curves) == {"confidence", "metre_confidence", "metre"}
    assert (tmp_path / "out" / "beats.safetensors").stat().st_size < 3_000_000
    card = (tmp_path / "out" / "card.md").read_text()
    assert "| all |" in card
    assert "pieces: metronomes" in card
    assert (tmp_path / "out" / "beats.csv").read_text().startswith("step,beat,")
    wanted = orders(CONFIGS["tiny"][0], None, None)
    kept = {p: p.stat().st_mtime_ns for p in (tmp_path / "pieces").iterdir()}
    prepare(tmp_path / "pieces", wanted, None, None, machine=True)
    assert kept == {p: p.stat().st_mtime_ns for p in (tmp_path / "pieces").iterdir()}, "made once"
    for order, found in pieces(tmp_path / "pieces", wanted):
        assert found.inputs.shape[1] == INPUTS, order


def test_wrong_names_are_said(tmp_path) -> None:
    with pytest.raises(UserError, match="no configuration 'huge'"):
        train_beats(tmp_path, None, "huge", tmp_path)
    with pytest.raises(UserError, match="no folder"):
        train_beats(tmp_path, tmp_path / "nowhere", "tiny", tmp_path)


def test_fitted_chances_come_true() -> None:
    rng = np.random.default_rng(0)
    numbers = rng.normal(size=(4000, 3)) * [1.0, 10.0, 0.1] + [0.0, 5.0, 1.0]
    truth = 1 / (1 + np.exp(-(0.5 + 2.0 * numbers[:, 0] - 0.1 * (numbers[:, 1] - 5))))
    right = (rng.random(4000) < truth).astype(float)
    curve = fitted(numbers[:2000], right[:2000])
    chance = np.array([curve.chance(row) for row in numbers[2000:]])
    for _, _, count, said, came in reliability(chance, right[2000:]):
        assert count > 50
        assert said == pytest.approx(came, abs=0.08)
