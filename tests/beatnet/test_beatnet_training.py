"""Training of the beat network in small; numpy runs the same network; an interruption changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from dance_core.beatnet.calibrate import fitted, fitted_chooser, reliability
from dance_core.beatnet.grid_net import (
    BETWEEN,
    DOUBLE,
    EVERY,
    HALF,
    OTHER,
    RIGHT,
    GridConfig,
    GridNet,
    grid_arrays,
    laid,
    train_grid_net,
)
from dance_core.beatnet.material import Piece, orders, pieces, prepare
from dance_core.beatnet.net import BeatNet, NetConfig, arrays
from dance_core.beatnet.system import CONFIGS, train_beats
from dance_core.beatnet.targets import UNKNOWN, stretch
from dance_core.beatnet.train import train_net
from dance_core.cli import main
from dance_core.errors import UserError
from dance_core.music.beat_inputs import INPUTS, NET_FPS
from dance_core.music.beat_net import METRES, TEMPO_BINS, run_net
from dance_core.music.fitted import learned_from
from dance_core.music.grid_net import GRID_INPUTS, LEAST, PARTS, VERDICTS, Sums, grid_inputs, run_grid_net


def test_numpy_runs_the_network_that_torch_trained() -> None:
    torch.manual_seed(0)
    net = BeatNet(NetConfig(12, 16, 2, 5, 2)).eval()
    x = np.random.default_rng(0).random((5003, INPUTS), np.float32)  # not whole slow rows
    with torch.no_grad():
        out = net(torch.from_numpy(x[None]))[0]
    heard = run_net(arrays(net), x)
    assert np.allclose(heard.beat, out[:, 0].sigmoid(), atol=1e-5)
    assert np.allclose(heard.downbeat, out[:, 1].sigmoid(), atol=1e-5)
    assert np.allclose(heard.tempo, out[:, 2:2 + TEMPO_BINS].softmax(-1), atol=1e-5)
    assert np.allclose(heard.metre, out[:, 2 + TEMPO_BINS:].softmax(-1), atol=1e-5)


def test_numpy_runs_the_network_of_grids_that_torch_trained() -> None:
    torch.manual_seed(0)
    net = GridNet(GridConfig(12, 3)).eval()
    x = np.random.default_rng(0).random((90, GRID_INPUTS), np.float32)
    with torch.no_grad():
        out = net(torch.from_numpy(x[None]))[0]
    heard = run_grid_net(grid_arrays(net), x)
    assert np.allclose(heard.down, out[:, 0], atol=1e-5)
    assert np.allclose(heard.verdict, np.log(out[:, 1:1 + VERDICTS].softmax(-1).numpy() + LEAST), atol=1e-4)
    assert np.allclose(heard.metre, np.log(out[:, 1 + VERDICTS:].softmax(-1).numpy() + LEAST), atol=1e-4)


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


def test_grids_over_a_piece_are_right_or_a_known_relative() -> None:
    """A right grid has hits in the first twelfth of its beats and knows its downbeats, a wrong one not."""
    found = laid(piece(90.0, 3, 30.0), 200, np.random.default_rng(0))
    assert {grid.verdict for grid in found} == {RIGHT, DOUBLE, HALF, BETWEEN, OTHER}
    for grid in found:
        hits = grid.inputs[:, :4 * PARTS].reshape(-1, PARTS, 4).max(axis=2) > 0.5
        if grid.verdict == RIGHT:
            assert hits[:, [-1, 0, 1]].any(axis=1).mean() > 0.9
            assert (np.flatnonzero(grid.down == 1)[:3] == [0, 3, 6]).all()
            assert METRES[int(grid.metre)] == 3
        else:
            assert (grid.down == UNKNOWN).all()
            assert grid.metre == UNKNOWN
        if grid.verdict == BETWEEN:
            assert hits[1:-1, 5:8].any(axis=1).mean() > 0.9


def test_the_network_of_grids_learns_and_twice_the_same(tmp_path) -> None:
    learn = [piece(t, m) for t, m in ((80.0, 3), (100.0, 4), (130.0, 2), (150.0, 4))]
    config = GridConfig(12, 2, grids=4, batch=8, steps=150, average=0.9)
    first = train_grid_net(learn, config, tmp_path / "a.safetensors").read_bytes()
    assert train_grid_net(learn, config, tmp_path / "b.safetensors").read_bytes() == first
    net, x = load_file(tmp_path / "a.safetensors"), piece(110.0, 4).inputs.astype(np.float32)
    beats = piece(110.0, 4).beats
    net = {name: value.astype(np.float32) for name, value in net.items()}
    right, between = (run_grid_net(net, grid_inputs(Sums(x), t)).verdict[:, RIGHT].mean()
                      for t in (beats, beats + 0.5 * 60 / 110))
    assert right > between + 0.5


def test_an_interrupted_training_ends_with_the_same_weights(tmp_path) -> None:
    """Broken off in its first cycle and in its second."""
    config = CONFIGS["tiny"][1]
    assert len(config.cycles) == 2
    learn = [piece(), piece(140.0, 4)]
    whole = train_net(learn, learn, config, tmp_path / "whole").read_bytes()
    for at in (3, 5):
        with pytest.raises(Interrupted):
            train_net(learn, learn, config, tmp_path / "broken", progress=stop_at(at))
    assert train_net(learn, learn, config, tmp_path / "broken").read_bytes() == whole


def test_an_interrupted_training_on_grids_ends_with_the_same_weights(tmp_path) -> None:
    learn, config = [piece(), piece(140.0, 4)], GridConfig(8, 2, grids=2, batch=4, steps=EVERY + 2)
    whole = train_grid_net(learn, config, tmp_path / "whole.safetensors").read_bytes()
    with pytest.raises(Interrupted):
        train_grid_net(learn, config, tmp_path / "broken.safetensors", progress=stop_at(EVERY + 1))
    steps = []
    again = train_grid_net(learn, config, tmp_path / "broken.safetensors",
                           progress=lambda step, of, numbers: steps.append(step))
    assert again.read_bytes() == whole
    assert set(steps) == {0, EVERY + 1, EVERY + 2}, "goes on where it was"


class Interrupted(Exception):
    pass


def stop_at(at: int):
    def stop(step: int, of: int, numbers: dict[str, float]) -> None:
        if step == at:
            raise Interrupted

    return stop


def test_a_cycle_goes_on_from_what_the_one_before_wrote(tmp_path) -> None:
    """At a rate of nothing the second cycle leaves the written weights as they are."""
    config = CONFIGS["tiny"][1]
    first, second = config.cycles
    learn = [piece(), piece(140.0, 4)]
    once = load_file(train_net(learn, [], replace(config, cycles=(first,)), tmp_path / "once"))
    still = replace(second, rate=0.0)
    twice = load_file(train_net(learn, [], replace(config, cycles=(first, still)), tmp_path / "twice"))
    assert all(np.array_equal(once[name], twice[name]) for name in once)
    assert [config.at(step)[1] for step in range(config.steps)] == [0, 1, 2, 0, 1, 2]


def test_one_command_makes_trains_and_tells(tmp_path) -> None:
    assert main(["train", "beats", "--corpus", str(tmp_path / "pieces"), "--config", "tiny",
                 "--out", str(tmp_path / "out")]) == 0
    curves = json.loads((tmp_path / "out" / "beats.json").read_text())
    assert set(curves) == {"grid", "metre", "down", "confidence", "metre_confidence"}
    assert learned_from(tmp_path / "out" / "beats.json").grid.weights
    weights = [tmp_path / "out" / f"{name}.safetensors" for name in ("beats", "grids")]
    assert sum(path.stat().st_size for path in weights) < 3_000_000
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


def test_a_fitted_choice_finds_what_tells_right_from_wrong() -> None:
    """Of three numbers the second tells; what all candidates of a case share tells nothing."""
    rng = np.random.default_rng(0)
    cases = []
    for _ in range(300):
        looks = rng.normal(size=(5, 3)) * [1.0, 20.0, 3.0] + rng.normal(size=3) * 50.0
        right = np.zeros(5, bool)
        right[np.argmax(looks[:, 1] + 4.0 * rng.normal(size=5))] = True
        cases.append((looks, right))
    model = fitted_chooser(cases[:200])
    told = [right[model.log_chances(looks).argmax()] for looks, right in cases[200:]]
    assert np.mean(told) > 0.75
    chances = [np.exp(model.log_chances(looks)).max() for looks, _ in cases[200:]]
    assert np.mean(chances) == pytest.approx(np.mean(told), abs=0.1)
