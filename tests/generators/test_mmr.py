"""Music-motion retrieval: the loss in closed form, ranks by hand, and a small one that learns in seconds."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from learning import corpus_in
from torch.nn import functional as F

from dance_core.corpus.pairs import Corpus
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances, fit_shapes
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.training import Stage, start_fabric, train_stage
from dance_core.generators.soulnet import retrieval
from dance_core.generators.soulnet.mmr import BODY, Mmr, load_mmr, matching, motion_vectors
from dance_core.generators.soulnet.mmr_config import MMR_CONFIGS, MmrConfig
from dance_core.generators.soulnet.mmr_train import MmrLoss, pool, songs_of, train_mmr
from dance_core.generators.soulnet.search import Known

TINY = MMR_CONFIGS["tiny"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("mmr") / "corpus", styles=("gHO",))


@pytest.fixture(scope="module")
def trained(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mmr") / "weights"
    train_mmr(corpus, TINY, folder, threads=1, stage=Stage("mmr", 6, 4), demos=False)
    return folder


def test_the_loss_of_perfect_alignment_is_known() -> None:
    apart = torch.eye(5)
    songs = torch.arange(5)
    sharp = torch.tensor(3.0)
    expected = math.log(1 + 4 * math.exp(-3.0))
    assert float(matching(apart, apart, songs, sharp)) == pytest.approx(expected, rel=1e-5)
    assert float(matching(apart, apart, songs, torch.tensor(50.0))) == pytest.approx(0.0, abs=1e-6)
    same = F.normalize(torch.ones(5, 5), dim=-1)
    assert float(matching(same, same, songs, sharp)) == pytest.approx(math.log(5), rel=1e-5)


def test_clips_of_one_song_are_nobodys_wrong_answer() -> None:
    vectors = F.normalize(torch.tensor([[1.0, 0.0], [1.0, 0.01], [0.0, 1.0]]), dim=-1)
    sharp = torch.tensor(4.0)
    masked = matching(vectors, vectors, torch.tensor([0, 0, 1]), sharp)
    alone = matching(vectors, vectors, torch.tensor([0, 1, 2]), sharp)
    assert masked < 0.1 < alone
    all_one = matching(vectors, vectors, torch.zeros(3), sharp)
    assert float(all_one) == 0.0


def test_ranks_are_those_of_a_sorted_list() -> None:
    rng = np.random.default_rng(3)
    table = rng.normal(size=(40, 40))
    songs = rng.integers(0, 15, 40)
    for i, rank in enumerate(retrieval.ranks(table, songs)):
        answers = [j for j in range(40) if j == i or songs[j] != songs[i]]
        order = sorted(answers, key=lambda j: -table[i, j])
        assert rank == 1 + order.index(i)


def test_ties_and_what_is_no_number_count_against_the_answer() -> None:
    songs = np.arange(3)
    assert (retrieval.ranks(np.zeros((3, 3)), songs) == 3).all()
    assert (retrieval.ranks(np.full((3, 3), np.nan), songs) == 3).all()


def test_chance_is_what_guessing_finds() -> None:
    rng = np.random.default_rng(0)
    songs = np.repeat(np.arange(10), 3)
    guesses = [retrieval.Found.of(rng.normal(size=(30, 30)), songs) for _ in range(300)]
    assert guesses[0].pool == 28 and guesses[0].chance1 == pytest.approx(1 / 28)
    half = np.arange(30) < 15
    known = np.where(half[:, None], np.eye(30), 0.0)  # one half is found, of the other nothing is known
    assert retrieval.Found.of(known, songs, half).r1 == 1.0
    assert retrieval.Found.of(known, songs, ~half).r1 == 0.0
    assert np.mean([g.r1 for g in guesses]) == pytest.approx(1 / 28, rel=0.1)
    assert np.mean([g.r5 for g in guesses]) == pytest.approx(5 / 28, rel=0.1)


def test_hands_and_face_reach_the_mood_alone_and_timbre_too() -> None:
    torch.manual_seed(0)
    mmr = Mmr(TINY).eval()
    rows, music = torch.randn(2, TINY.clip, pc.ROW), torch.randn(2, TINY.clip, len(TINY.features))
    other, sound = rows.clone(), music.clone()
    other[..., pc.HANDS.start:] += 1.0
    sound[..., TINY.colour] += 1.0
    (body, whole), (body2, whole2) = mmr.motion(rows), mmr.motion(other)
    (rhythm, mood), (rhythm2, mood2) = mmr.music(music), mmr.music(sound)
    assert torch.equal(body, body2) and not torch.allclose(whole, whole2)
    assert torch.equal(rhythm, rhythm2) and not torch.allclose(mood, mood2)
    assert len(BODY) == 140 and {TINY.features[i] for i in TINY.rhythm} == {
        "onset_envelope", "onset_peak", "beat", "beat_phase_sin", "beat_phase_cos", "bar_phase_sin",
        "bar_phase_cos"}
    torch.testing.assert_close(torch.stack([body, whole]).norm(dim=-1), torch.ones(2, 2))


def test_a_dance_can_be_led_through_it() -> None:
    """Gradient steps on the rows alone bring a dance nearer to a piece of music, in both spaces."""
    torch.manual_seed(1)
    mmr = Mmr(TINY).eval().requires_grad_(False)
    music = mmr.music(torch.randn(1, TINY.clip, len(TINY.features)))
    rows = torch.zeros(1, TINY.clip, pc.ROW, requires_grad=True)

    def near() -> torch.Tensor:
        return torch.stack([(a * b).sum() for a, b in zip(mmr.motion(rows), music, strict=True)])

    before = near().detach()
    optimiser = torch.optim.Adam([rows], 0.05)
    with one_thread():
        for _ in range(20):
            optimiser.zero_grad()
            (-near().sum()).backward()
            optimiser.step()
    assert rows.grad.abs().sum((0, 1)).gt(0).all()  # no column is out of its reach
    assert (near().detach() > before + 0.2).all()


def test_a_clip_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a clip has 96 frames, not 95"):
        Mmr(TINY).motion(torch.zeros(1, 95, pc.ROW))


def test_sizes_go_through_their_file_and_wrong_ones_are_refused() -> None:
    assert MmrConfig.from_dict({**TINY.as_dict(), "features": list(TINY.features)}) == TINY
    with pytest.raises(ValueError, match="no such sizes: breadth"):
        MmrConfig.from_dict({"breadth": 3})
    with pytest.raises(ValueError, match="a clip of 100 frames"):
        MmrConfig(clip=100)


def test_the_shipped_size_is_small_enough() -> None:
    count = sum(p.numel() for p in Mmr(MMR_CONFIGS["small"]).parameters())
    assert 2 * count <= 6e6  # bytes in half precision


def test_a_batch_has_each_song_once(corpus: Corpus) -> None:
    dances = Dances.read(corpus, "train", fit_shapes(corpus), corpus.styles, mirrored=True)
    songs = songs_of(corpus, dances)
    worker = MmrLoss(Mmr(TINY), dances, songs, dances, songs)
    rows, music, drawn = worker.draw(np.random.default_rng(0), 64, TINY.clip)
    assert sorted(drawn.tolist()) == list(range(4))
    assert rows.shape == (4, TINY.clip, pc.ROW) and music.shape[:2] == (4, TINY.clip)


def test_a_small_one_learns_which_music_a_dance_belongs_to(tmp_path: Path) -> None:
    """Songs that differ in how much happens, danced with limbs the further out the more."""
    rng = np.random.default_rng(0)
    songs, frames = 12, 2 * TINY.clip
    level = np.repeat(np.linspace(-2.0, 2.0, songs), frames)
    rows = rng.normal(size=(songs * frames, pc.ROW)).astype(np.float32)
    music = rng.normal(size=(songs * frames, len(TINY.features))).astype(np.float32)
    rows[:, :40] += 3 * level[:, None]
    music[:, TINY.features.index("onset_envelope")] += 3 * level
    dances = Dances(rows, music, frames * np.arange(songs), np.full(songs, frames), np.zeros(songs, int),
                    ("gHO",), tuple(f"d{i}" for i in range(songs)))
    names = [f"song {i}" for i in range(songs)]
    torch.manual_seed(0)
    mmr = Mmr(TINY)
    mmr.fit(rows, music)
    worker = MmrLoss(mmr, dances, names, dances, names)
    before = retrieval.asked(*pool(mmr.eval(), dances, np.array(names), 1))
    with one_thread():
        train_stage(start_fabric(), Stage("mmr", 100, songs, 3e-3, average=0.9), mmr, tmp_path, 0,
                    worker.loss, worker.judge, lambda *told: None)
    after = retrieval.asked(*pool(mmr, dances, np.array(names), 1))
    for way in after:
        assert after[way].median <= 3 < before[way].median
        assert after[way].r5 > 0.75


def test_training_leaves_weights_their_worth_and_the_songs_to_rank_among(trained: Path) -> None:
    text = (trained / "mmr.md").read_text()
    assert "val: 10 clips of 2 pairs, 2 songs" in text and "| rhythm | dance → music |" in text
    songs = Known.load(trained / "songs.safetensors")
    assert set(songs.names) == {"song-gHO-4", "song-gHO-5"}  # those of val
    mmr = load_mmr(trained)
    assert mmr.config.vector == TINY.vector and not mmr.training


def test_half_precision_on_disk_keeps_the_vectors(corpus: Corpus, trained: Path) -> None:
    mmr = load_mmr(trained)
    assert (trained / "mmr.safetensors").stat().st_size < 2.5e5
    rows = mmr.code().encode(next(corpus.pairs("val")).motion)
    vectors = motion_vectors(mmr, rows, np.array([0, 10]))
    assert vectors.shape == (2, 2, TINY.vector)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=-1), 1.0, atol=1e-5)
