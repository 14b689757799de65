"""SoulNet's codec: what codes say, what a frame depends on, and a small one that learns in seconds."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from learning import corpus_in
from vector_quantize_pytorch import VectorQuantize

from dance_core.corpus.pairs import Corpus
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets import training
from dance_core.generators.nets.dances import Dances
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.training import Progress, Stage, last_numbers
from dance_core.generators.soulnet.codec import COLUMNS, PARTS, Codec, Heard, load_codec
from dance_core.generators.soulnet.codec_train import CODEC_STAGES, train_kinds
from dance_core.generators.soulnet.config import CONFIGS, SoulNetConfig
from dance_core.generators.soulnet.decoder_train import speed_error
from dance_core.generators.soulnet.learning import WINDOW, Learner, perplexity
from dance_core.generators.soulnet.stages import train

TINY = CONFIGS["tiny"]
DEEP = dataclasses.replace(TINY, decoder_blocks=((1, 1), (2, 0), (1, 0)), encoder_dilations=(1, 2))


@pytest.fixture(scope="module", autouse=True)
def one_core() -> Iterator[None]:
    with one_thread():
        yield


def codec_of(config: SoulNetConfig, seed: int = 0) -> Codec:
    torch.manual_seed(seed)
    codec = Codec(config).eval()
    wake(codec)
    torch.nn.init.normal_(codec.books)
    return codec


def wake(codec: Codec) -> None:
    """What begins as nothing (and the directions, which nothing was fitted on) becomes something."""
    for value in (*codec.parameters(), *codec.patches.buffers()):
        if not value.any():
            torch.nn.init.normal_(value, std=0.1)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("codec") / "corpus", styles=("gHO",))


@pytest.fixture(scope="module")
def trained(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("codec") / "weights"
    train(corpus, "tiny", folder, stages=("codec",))
    return folder


def test_the_parts_are_all_of_a_row() -> None:
    assert [i for part in COLUMNS for i in range(pc.ROW)[part]] == list(range(pc.ROW))


@pytest.mark.parametrize("kind", ["hrvq", "rvq", "vq"])
def test_every_kind_gives_codes_and_takes_them(kind: str) -> None:
    codec = codec_of(dataclasses.replace(TINY, kind=kind))
    c = codec.config
    codes = codec.encode(torch.randn(2, 24, pc.ROW))
    assert codes.shape == (2, PARTS if kind == "hrvq" else 1, 6, 1 if kind == "vq" else c.levels)
    assert codes.dtype == torch.int64 and codes.min() >= 0 and codes.max() < c.book
    assert codec.decode(codes).shape == (2, 24, pc.ROW)
    assert c.bits == 7.5 * codes.shape[1] * codes.shape[3] * 5


def test_each_level_rounds_what_the_levels_before_left() -> None:
    codec = codec_of(TINY)
    streams = codec.streams(torch.randn(2, 16, pc.ROW))
    codes, vectors, aims, left = codec.rounded(streams, codec.nearest)
    assert torch.equal(aims[:, 0, :, 0], streams[0])
    assert torch.equal(left[:, 0, :, :-1], aims[:, 0, :, 1:])  # nobody speaks to the body
    for s, v in np.ndindex(PARTS, TINY.levels):
        away = torch.cdist(aims[:, s, :, v], codec.books[s, v][None])
        assert torch.equal(away.argmin(-1), codes[:, s, :, v])
    torch.testing.assert_close(left, aims - vectors)
    torch.testing.assert_close(codec.embed(codes), vectors.sum(3))
    torch.testing.assert_close(codec.embed(codes, 2), vectors[..., :2, :].sum(3))
    torch.testing.assert_close(codec.decode(codes[..., :1]), codec.decode(codes, levels=1))


def test_hands_hear_of_the_body_and_the_face_of_the_hands() -> None:
    codec = codec_of(TINY)
    rows = torch.randn(1, 16, pc.ROW)
    codes = codec.encode(rows)
    other = rows.clone()
    other[..., pc.FACES] += 1.0
    assert torch.equal(codec.encode(other)[:, :2], codes[:, :2])
    other = rows.clone()
    other[..., COLUMNS[0]] += 3.0
    assert not torch.equal(codec.encode(other)[:, 1], codes[:, 1])
    other = rows.clone()
    other[..., pc.HANDS] += 3.0
    assert torch.equal(codec.encode(other)[:, 0], codes[:, 0])
    assert not torch.equal(codec.encode(other)[:, 2], codes[:, 2])


def test_what_is_heard_is_bounded_however_large_a_part_grows() -> None:
    """Six levels add it to what is left: heard in proportion to that, it grew by a factor of a million."""
    hears = Heard(4)
    torch.nn.init.normal_(hears.out.weight)
    most = hears.out.weight.abs().sum(-1) + hears.out.bias.abs()
    for size in (1.0, 1e3, 1e6):
        assert bool((hears(size * torch.randn(8, 4), size * torch.randn(8, 4)).abs() <= most + 1e-4).all())


@pytest.mark.parametrize("config", [TINY, DEEP, CONFIGS["small"]], ids=["tiny", "deep", "small"])
def test_a_frame_depends_on_the_codes_it_is_said_to(config: SoulNetConfig) -> None:
    codec, n, k = codec_of(config), 40, 20
    vectors = torch.randn(1, PARTS, n, config.dim)
    changed = vectors.clone()
    changed[:, :, k] += 1.0
    moved = (codec.decode_soft(changed) - codec.decode_soft(vectors)).abs().amax((0, 2)) > 1e-6
    codes = moved.reshape(n, config.frames).any(1).nonzero().flatten()
    assert codes.min() == k - codec.ahead and codes.max() == k + codec.back


def test_a_dance_decoded_in_pieces_is_the_dance_decoded_whole() -> None:
    codec, n = codec_of(DEEP), 30
    vectors = torch.randn(1, PARTS, n, DEEP.dim)
    whole, f = codec.decode_soft(vectors), DEEP.frames
    given = torch.zeros(1, 0, pc.ROW)
    for stop in (11, 17, n):  # codes that are known
        start = given.shape[1] // f
        past = max(0, start - codec.back)
        piece = codec.decode_soft(vectors[:, :, past:stop])
        until = stop if stop == n else stop - codec.ahead
        given = torch.cat([given, piece[:, (start - past) * f:(until - past) * f]], 1)
    torch.testing.assert_close(given, whole)


def test_a_code_depends_on_the_frames_it_is_said_to() -> None:
    codec, n, t = codec_of(DEEP), 32, 61
    rows = torch.randn(1, n * 4, pc.ROW)
    changed = rows.clone()
    changed[:, t] += 1.0
    before, after = codec.streams(rows)[0], codec.streams(changed)[0]
    moved = (after - before).abs().amax((0, 2)).gt(1e-6).nonzero().flatten()
    said = [k for k in range(n) if 4 * (k - codec.sees) <= t <= 4 * (k + codec.sees) + 3]
    assert moved.tolist() == said


def test_mixtures_of_codes_have_a_gradient() -> None:
    codec = codec_of(TINY)
    logits = torch.randn(1, PARTS, 5, TINY.book, requires_grad=True)
    mixed = torch.einsum("bsnk,skd->bsnd", logits.softmax(-1), codec.books[:, 0])
    codec.decode_soft(mixed).square().sum().backward()
    assert logits.grad is not None and logits.grad.abs().sum((1, 2, 3)).min() > 0


@pytest.mark.parametrize(("codes", "said"), [
    (torch.full((1, PARTS, 4, 1), 32), "codes are 32 to 32, expected 0 to 31"),
    (torch.full((1, PARTS, 4, 1), -1), "codes are -1 to -1"),
    (torch.zeros(1, 2, 4, 1, dtype=torch.long), "shape .1, 2, 4, 1."),
    (torch.zeros(1, PARTS, 4, 4, dtype=torch.long), "shape .1, 3, 4, 4."),
])
def test_codes_that_are_none_are_refused(codes: torch.Tensor, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        codec_of(TINY).decode(codes)


@pytest.mark.parametrize("shape", [(1, 23, pc.ROW), (1, 0, pc.ROW), (1, 24, 161), (24, pc.ROW)])
def test_rows_that_are_none_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="rows have shape"):
        codec_of(TINY).encode(torch.zeros(shape))


def test_sizes_go_to_a_file_and_back_and_wrong_ones_are_refused() -> None:
    small = CONFIGS["small"]
    assert SoulNetConfig.from_dict(small.as_dict()) == small
    assert SoulNetConfig.from_dict({"decoder_blocks": [[1, 1], [2, 0]]}).decoder_blocks == ((1, 1), (2, 0))
    with pytest.raises(ValueError, match="no such sizes: bok"):
        SoulNetConfig.from_dict({"bok": 3})
    with pytest.raises(ValueError, match="no such kind of codec: 'svq'"):
        SoulNetConfig(kind="svq")
    with pytest.raises(ValueError, match="0 to 2 codes ahead, not 3"):
        SoulNetConfig(decoder_blocks=((1, 3),))


def test_the_small_codec_fits_its_share_of_the_file() -> None:
    codec = Codec(CONFIGS["small"])
    parameters = sum(p.numel() for p in codec.parameters())
    buffers = sum(b.numel() for b in codec.buffers())
    assert 2 * parameters + 4 * buffers <= 13e6


# --- how it learns -----------------------------------------------------------------------------------------


def begun(config: SoulNetConfig, tokens: int = 64) -> tuple[Learner, torch.Tensor]:
    torch.manual_seed(1)
    learner = Learner(Codec(config), tokens)
    wake(learner.codec)
    rows = torch.randn(tokens * config.frames // 16, 16, pc.ROW)
    learner.begin(rows)
    return learner, rows


def test_the_gradient_passes_the_rounding_once_however_many_levels() -> None:
    # the library's residual quantiser multiplies it by their number
    for levels in (1, 3):
        learner, rows = begun(dataclasses.replace(TINY, levels=levels))
        for heard in learner.codec.heard.parameters():
            torch.nn.init.zeros_(heard)
        streams = [s.detach().requires_grad_() for s in learner.codec.streams(rows)]
        learner.codec.streams = lambda _, given=streams: given
        learner.codec.decode_soft = lambda vectors: vectors.sum()
        made, far = learner(rows, torch.full((len(rows),), levels))
        made.backward()
        assert all(torch.allclose(s.grad, torch.ones_like(s)) for s in streams)
        assert far > 0


def made_of(learner: Learner, streams: list[torch.Tensor], levels: int) -> torch.Tensor:
    """The sums of code vectors as the books stand."""
    learner.settle()
    with torch.no_grad():
        _, vectors, _, _ = learner.codec.rounded(streams, learner.codec.nearest)
    return vectors[..., :levels, :].sum(3)


def test_books_are_begun_in_training_only_and_looking_moves_nothing(corpus: Corpus) -> None:
    learner, rows = begun(TINY)
    learner.settle()
    before = {k: v.clone() for k, v in learner.state_dict().items()}
    learner.eval()
    codes = learner.codec.encode(rows)
    torch.testing.assert_close(learner.codec.embed(codes), made_of(learner, learner.codec.streams(rows), 3))
    assert all(torch.equal(v, before[k]) for k, v in learner.state_dict().items())


def test_the_library_begins_by_looking_which_is_why_the_codec_has_its_own_books() -> None:
    torch.manual_seed(0)
    quantiser = VectorQuantize(dim=4, codebook_size=8, kmeans_init=True).eval()
    quantiser(torch.randn(1, 32, 4))
    assert bool(quantiser._codebook.initted)


def test_what_the_library_found_in_training_is_the_nearest_code() -> None:
    torch.manual_seed(0)
    quantiser = VectorQuantize(dim=4, codebook_size=8, kmeans_init=True, commitment_weight=0.0,
                               rotation_trick=False)
    x = torch.randn(1, 64, 4)
    quantiser(x)
    book, x = quantiser.codebook.clone(), x + 0.3
    vectors, codes, loss = quantiser(x)
    assert torch.equal(codes, torch.cdist(x, book[None]).argmin(-1))
    torch.testing.assert_close(vectors, book[codes])  # as the book was before this step
    assert float(loss.detach()) == 0.0 and not torch.equal(quantiser.codebook, book)


def test_dead_codes_begin_anew_and_living_ones_stay() -> None:
    learner, rows = begun(TINY)
    quantiser = learner.quantisers[0][0]
    quantiser._codebook.embed[0, 3] = 1e3  # far from everything
    quantiser._codebook.embed_avg[0, 3] = 1e3 * quantiser._codebook.cluster_size[0, 3]
    for _ in range(80):
        learner(rows, torch.full((len(rows),), TINY.levels))
    assert quantiser.codebook[3].abs().max() < 100.0
    assert perplexity(learner_codes(learner, rows)[:, 0, :, 0], TINY.book) > 0.5 * TINY.book


def learner_codes(learner: Learner, rows: torch.Tensor) -> torch.Tensor:
    learner.settle()
    return learner.codec.encode(rows)


def test_perplexity_counts_codes_in_use() -> None:
    assert perplexity(torch.arange(8).repeat(3), 32) == pytest.approx(8.0)
    assert perplexity(torch.zeros(9, dtype=torch.long), 32) == pytest.approx(1.0)


def test_a_small_codec_learns_and_every_level_adds(corpus: Corpus, trained: Path) -> None:
    codec = load_codec(trained)
    held = Dances.read(corpus, "val", codec.code(), corpus.styles, mirrored=False)
    rows = held.draw(np.random.default_rng(0), 32, WINDOW)[0]
    codes = codec.encode(rows)
    for part in range(PARTS):
        true = codec.latents(rows)[part]
        errors = [float((codec.latents(codec.decode(codes, n))[part] - true).square().mean()
                        / (true - true.mean((0, 1))).square().mean()) for n in range(1, TINY.levels + 1)]
        assert errors == sorted(errors, reverse=True) and errors[-1] < 0.5


def test_training_goes_on_where_it_was_to_the_bit(corpus: Corpus, trained: Path, tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "SAVE_EVERY", 40)
    with pytest.raises(KeyboardInterrupt):
        train(corpus, "tiny", tmp_path, stages=("codec",), progress=_interrupting(50))
    assert (tmp_path / "codec.ckpt").exists() and not (tmp_path / "codec.safetensors").exists()
    train(corpus, "tiny", tmp_path, stages=("codec",))
    for name, value in load_codec(tmp_path).state_dict().items():
        assert torch.equal(value, load_codec(trained).state_dict()[name]), name


def _interrupting(at: int) -> Progress:
    def told(stage: str, done: int, total: int, numbers: dict[str, float]) -> None:
        if stage == "codec" and done >= at:
            raise KeyboardInterrupt
    return told


def test_kinds_are_trained_alike_and_once(corpus: Corpus, tmp_path: Path) -> None:
    folders = train_kinds(corpus, "tiny", tmp_path, stage=Stage("codec", 2, 4))
    assert {kind: load_codec(folder).config.kind for kind, folder in folders.items()} == {
        "hrvq": "hrvq", "rvq": "rvq", "vq": "vq"}
    told: list[str] = []
    train_kinds(corpus, "tiny", tmp_path, stage=Stage("codec", 2, 4), progress=lambda *t: told.append(t[0]))
    assert not told


def test_the_decoder_learns_on_while_codes_keep_their_meaning(corpus: Corpus, trained: Path, tmp_path: Path
                                                              ) -> None:
    shutil.copytree(trained, tmp_path / "more")
    train(corpus, "tiny", tmp_path / "more", stages=("decoder",))
    before, after = (load_codec(folder).state_dict() for folder in (trained, tmp_path / "more"))
    changed = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"decoder"}
    told = json.loads((tmp_path / "more" / "codec.json").read_text())
    assert list(told["stages"]) == ["codec", "decoder"]
    judged = last_numbers(tmp_path / "more" / "decoder.csv")
    assert judged["val cm"] < last_numbers(trained / "codec.csv")["val cm"]
    assert judged["val hands moved"] > 0.0


def test_an_error_of_speed_is_told_against_the_true_speed() -> None:
    rows = torch.randn(2, 10, 3, generator=torch.Generator().manual_seed(0)).cumsum(1)
    assert float(speed_error(rows + 5.0, rows)) == pytest.approx(0.0, abs=1e-10)
    assert float(speed_error(torch.zeros_like(rows), rows)) == pytest.approx(1.0)
    assert float(speed_error(3.0 * rows, rows)) == pytest.approx(4.0)


def test_sizes_and_schedule_stand_beside_the_weights(trained: Path) -> None:
    told = json.loads((trained / "codec.json").read_text())
    assert told["config"] == json.loads(json.dumps(TINY.as_dict()))
    assert Stage(**told["stages"]["codec"]) == CODEC_STAGES["tiny"]
