"""The parts that learned generators share: codes and patches lose next to nothing."""

from __future__ import annotations

import stat

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.generators.nets import dances as dances_module
from dance_core.generators.nets import fk, flow
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.blocks import AdaptiveBlock, Attention
from dance_core.generators.nets.dances import Dances
from dance_core.generators.nets.in_metres import body_errors, stage_errors
from dance_core.generators.nets.one_thread import MOST_INPUTS, lay_out
from dance_core.generators.nets.patches import Patches, PatchStatistics
from dance_core.generators.nets.segments import bar_of, music_from
from dance_core.generators.nets.weights import load_weights, read_config, save_weights
from dance_core.motion import kinematics as kin
from dance_core.motion.centre import heading_of
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.extract import beat_phases


def start_of(motion: Motion) -> tuple[float, tuple[float, float]]:
    return heading_of(motion), (float(motion.translation[0, 0]), float(motion.translation[0, 2]))


def test_a_dance_survives_its_code(motion: Motion, code: pc.PoseCode) -> None:
    rows = code.encode(motion)
    assert rows.shape == (len(motion), pc.ROW)
    back = code.decode(rows, motion.fps, *start_of(motion))
    assert np.abs(kin.joints(back, 22) - kin.joints(motion, 22)).max() < 1e-3
    assert np.abs(back.face - motion.face).max() < 0.15, "ten shapes tell nearly all of a face"


def test_torch_and_numpy_agree_on_where_joints_are_and_how_fast(motion: Motion, code: pc.PoseCode) -> None:
    rows = torch.from_numpy(code.encode(motion))[None]
    at = fk.places(rows)
    true = kin.joints(motion, 22)
    speed = np.linalg.norm(np.diff(true, axis=0), axis=-1) * motion.fps
    assert np.allclose(at[0, :, :, 1], true[..., 1], atol=1e-4)
    assert np.allclose(fk.velocities(rows, at)[0].norm(dim=-1), speed, atol=2e-3)


def test_what_rows_add_up_to_on_the_stage_is_the_dance(motion: Motion, code: pc.PoseCode) -> None:
    rows = code.encode(motion)
    on_stage = fk.on_stage(torch.from_numpy(rows)[None], fk.places(torch.from_numpy(rows)[None]))
    assert np.abs(on_stage[0].numpy() - kin.joints(code.decode(rows), 22)).max() < 1e-4


def test_errors_in_metres_are_those_of_the_dances(motion: Motion, code: pc.PoseCode) -> None:
    true = torch.from_numpy(code.encode(motion)[None, :90])
    none = body_errors(true, true) | stage_errors(true, true)
    standing = none.pop("stance")  # of the dance itself
    assert all(float(v) == 0.0 for v in none.values())
    moved = true.clone()
    moved[..., pc.HEIGHT] += 0.1
    moved[..., pc.VELOCITY.start] += 0.3  # m/s
    found = body_errors(moved, true) | stage_errors(moved, true)
    assert float(found["metres"]) == pytest.approx(0.01, rel=1e-3)
    assert float(found["turned"]) == pytest.approx(0.01, rel=1e-3)
    assert float(found["speed"]) == pytest.approx(0.09, rel=1e-3)
    assert float(found["stance"]) > float(standing) + 0.02
    still = torch.zeros_like(true)
    still[..., pc.SIX] = torch.tensor([1.0, 0, 0, 0, 1, 0]).repeat(22)
    walks, turns = still.clone(), still.clone()
    walks[..., pc.VELOCITY.start + 1] = 1.0
    turns[..., pc.TURN] = 30 * np.pi / 89  # half a turn at the last frame
    way = np.arange(90) / 30
    assert float(stage_errors(walks, still)["way"]) == pytest.approx(np.mean(way**2), rel=1e-4)
    assert float(stage_errors(walks, still)["turned"]) < 1e-12
    at = fk.places(still)[0, 0]
    radius = (at - at[0])[:, [0, 2]].square().sum(-1).mean()
    chord = np.mean((2 * np.sin(np.pi * np.arange(90) / 89 / 2)) ** 2)
    assert float(stage_errors(turns, still)["turned"]) == pytest.approx(float(radius) * chord, rel=1e-3)


@settings(max_examples=20, deadline=None)
@given(heading=st.floats(-7, 7), x=st.floats(-3, 3), z=st.floats(-3, 3))
def test_the_code_knows_neither_heading_nor_place(motion: Motion, code: pc.PoseCode, heading: float, x: float,
                                                  z: float) -> None:
    piece = motion.slice(0, 20)
    there = code.decode(code.encode(piece), 30.0, heading, (x, z))
    assert np.allclose(code.encode(there), code.encode(piece), atol=2e-3)


def test_patches_keep_a_dance_to_a_centimetre(motion: Motion, code: pc.PoseCode) -> None:
    rows = code.encode(motion)[:352]
    patches = Patches(4, 160, PatchStatistics.fit([rows], 4, 160))
    latents = patches.encode(torch.from_numpy(rows)[None])
    assert latents.shape == (1, 88, 160)
    assert 0.7 < float(latents.std()) < 1.4, "as loud as the noise they are mixed with"
    back = patches.decode(latents)
    error = (fk.places(back) - fk.places(torch.from_numpy(rows)[None])).norm(dim=-1)
    assert float(error.mean()) < 0.005


def test_the_sampler_lands_on_what_the_network_says() -> None:
    goal = torch.randn(3, 5, 7)
    assert torch.equal(flow.sample(lambda x, t: goal, torch.randn(3, 5, 7), 4), goal)


def test_the_sampler_draws_the_distribution_that_the_network_knows() -> None:
    """For data N(2, 0.5²) the best guess is known: E[x | x_t]. Following it gives back that distribution."""
    mean, spread = 2.0, 0.5

    def best(x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        t = t[:, None]
        gain = t * spread**2 / (t**2 * spread**2 + (1 - t) ** 2)
        return mean + gain * (x - t * mean)

    torch.manual_seed(0)
    made = flow.sample(best, torch.randn(20_000, 1), 64)
    assert float(made.mean()) == pytest.approx(mean, abs=0.02)
    assert float(made.std()) == pytest.approx(spread, rel=0.05)


def test_attention_on_few_tokens_is_the_librarys() -> None:
    torch.manual_seed(1)
    layer = Attention(16, 4)
    x = torch.randn(2, 5, 16)
    q = layer.q(x).view(2, 5, 4, 4).transpose(1, 2)
    k, v = layer.kv(x).view(2, 5, 2, 4, 4).permute(2, 0, 3, 1, 4)
    y = torch.nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(2, 5, 16)
    assert torch.allclose(layer(x), layer.out(y), atol=1e-6)


@pytest.mark.parametrize("pace", [1 / 1.2, 1.1, 1.2])
def test_stretches_are_drawn_at_other_tempos(motion: Motion, code: pc.PoseCode, pace: float,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    """Dance and music change their tempo together: joints that much faster, beats that much closer, each on
    the frame where its phase says."""
    monkeypatch.setattr(dances_module, "PACE", pace)
    monkeypatch.setattr(dances_module, "VARIED", 1.0)
    rows, frames = code.encode(motion), np.arange(len(motion))
    beat = frames / 15.0  # 120 BPM
    music = np.stack([frames % 15 == 0, np.sin(2 * np.pi * beat), np.cos(2 * np.pi * beat)], 1)
    dances = Dances(rows, music.astype(np.float32), np.array([0]), np.array([len(rows)]), np.array([0]),
                    ("gHO",), ("one",))

    class Fastest:  # draws the end of the range
        def __init__(self) -> None:
            self.rng = np.random.default_rng(0)

        def uniform(self, low: float, high: float, count: int) -> np.ndarray:
            return np.full(count, high)

        def __getattr__(self, name: str) -> object:
            return getattr(self.rng, name)

    def speed(drawn: torch.Tensor) -> float:
        return float(fk.velocities(drawn, fk.places(drawn)).norm(dim=-1).mean())

    plain, _, _ = dances.draw(np.random.default_rng(0), 16, 240)
    drawn, heard, style = dances.draw(Fastest(), 16, 240, varied=True)  # type: ignore[arg-type]
    assert drawn.shape == plain.shape and style.tolist() == [0] * 16
    assert speed(drawn) / speed(plain) == pytest.approx(pace, rel=0.06)
    assert set(heard[..., 0].unique().tolist()) == {0.0, 1.0}
    assert float(heard[..., 0].mean()) == pytest.approx(pace / 15, rel=0.05)
    at = heard[..., 0] == 1
    assert float(heard[..., 2][at].min()) > np.cos(2 * np.pi * 0.51 * pace / 15), "half a frame at most"
    held = drawn[0, :, pc.CONTACTS]
    assert 0.0 <= float(held.min()) and float(held.max()) <= 1.0


def test_weights_can_be_read_by_whoever_may_read_their_config(tmp_path) -> None:
    save_weights(tmp_path, "net", torch.nn.Linear(2, 3), {})
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("net.safetensors", "net.json")}
    assert len(modes) == 1


def test_weights_come_back_and_wrong_ones_are_named(tmp_path) -> None:
    layer = torch.nn.Linear(3, 2)
    save_weights(tmp_path, "one", layer, {"width": 3})
    other = torch.nn.Linear(3, 2)
    load_weights(tmp_path, "one", other)
    assert torch.allclose(layer.weight, other.weight, atol=1e-3)
    assert read_config(tmp_path, "one") == {"width": 3}
    with pytest.raises(UserError, match=r"weight has shape \(2, 3\), expected \(2, 4\)"):
        load_weights(tmp_path, "one", torch.nn.Linear(4, 2))
    with pytest.raises(UserError, match="bias is in one of them only"):
        load_weights(tmp_path, "one", torch.nn.Linear(3, 2, bias=False))
    with pytest.raises(UserError, match="missing"):
        read_config(tmp_path, "two")


def test_after_the_end_of_the_music_its_last_bar_is_heard_again() -> None:
    song = np.arange(10.0)[:, None]
    assert music_from(song, 7, 9, bar=4)[:, 0].tolist() == [7, 8, 9, 6, 7, 8, 9, 6, 7]
    assert music_from(song, 7, 5)[:, 0].tolist() == [7, 8, 9, 9, 9]  # no tempo: held
    assert music_from(song, -2, 4, bar=4)[:, 0].tolist() == [0, 0, 0, 1]
    assert music_from(song, 9, 3, bar=99)[:, 0].tolist() == [9, 0, 1]  # shorter than a bar


@pytest.mark.parametrize("tempo,per_bar,frames", [(120.0, 4, 60), (90.0, 3, 60), (0.0, 4, 0)])
def test_a_bar_has_its_frames(tempo: float, per_bar: int, frames: int) -> None:
    assert bar_of(Beats(np.zeros(0), np.zeros(0, int), tempo, 1.0, per_bar)) == frames


def test_beats_go_on_after_the_end_of_the_music() -> None:
    """Held, they stood still there, which no network has ever heard: it threw a leg in the last frames."""
    beats = Beats(np.arange(0.0, 12.0, 0.5), np.arange(24) % 4 + 1, 120.0, 1.0)
    phase = beat_phases(beats, np.arange(300) / 30.0)
    heard = music_from(phase, 280, 60, bar_of(beats))
    assert np.allclose(heard, beat_phases(beats, np.arange(280, 340) / 30.0), atol=1e-6)


@pytest.mark.parametrize("old,new", [(140.0, 90.0), (90.0, 140.0), (100.0, 106.0)])
def test_the_last_bar_is_of_the_tempo_at_the_end(old: float, new: float) -> None:
    """A bar of the whole song's tempo had a break in its beat."""
    times = np.concatenate([60 / old * np.arange(32), 60 / old * 32 + 60 / new * np.arange(17)])
    beats = Beats(times, np.arange(49) % 4 + 1, old, 1.0)
    frames = round(times[-1] * 30)
    assert bar_of(beats) == round(240 / new * 30)
    heard = music_from(beat_phases(beats, np.arange(frames) / 30.0), frames - 40, 120, bar_of(beats))
    turned = np.unwrap(np.arctan2(heard[:, 0], heard[:, 1]))
    assert np.ptp(np.diff(turned)) < 0.3, "no break"


@pytest.mark.parametrize("off", [0.0, 0.03])
def test_the_last_bar_of_a_steady_song_is_as_long_as_all(off: float) -> None:
    steps = 0.5 * (1 + off * np.sin(np.arange(40) * 2.4))
    beats = Beats(np.concatenate([[0.0], np.cumsum(steps)]), np.arange(41) % 4 + 1, 120.4, 1.0)
    assert bar_of(beats) == round(4 * 60 / 120.4 * 30)


@pytest.mark.parametrize("places", [1, 3])
def test_windows_of_one_place_share_what_is_told_of_it(places: int) -> None:
    """A block makes of each window what it would if its place were told for it alone."""
    torch.manual_seed(0)
    block, windows = AdaptiveBlock(16, 2, 2.0, 16), 2
    x, modulation, memory = (torch.randn(n, *shape) for n, shape in (
        (places * windows, (5, 16)), (places, (5, 6, 16)), (places, (7, 16))))
    with torch.no_grad():
        shared = block(x, modulation, block.cross.keep(memory))
        for i in range(len(x)):
            own = slice(i // windows, i // windows + 1)
            alone = block(x[i:i + 1], modulation[own], block.cross.keep(memory[own]))
            assert torch.allclose(shared[i:i + 1], alone, atol=1e-5)


def test_weights_turned_round_in_memory_are_the_same() -> None:
    torch.manual_seed(0)
    layers = torch.nn.Sequential(torch.nn.Linear(MOST_INPUTS, 300), torch.nn.Linear(300, 8))
    x, before = torch.randn(20, MOST_INPUTS), [layer.weight.clone() for layer in layers]
    with torch.no_grad():
        wanted = layers(x)
        lay_out(layers)
        assert torch.allclose(layers(x), wanted, atol=1e-5)
    assert all(torch.equal(layer.weight, weight) for layer, weight in zip(layers, before, strict=True))
    assert [layer.weight.is_contiguous() for layer in layers] == [False, True], "300 inputs are too many"
