"""From an order to a finished take, step by step, as the page sees it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from practice import Gesturer

from dance_core.corpus.studio.gallery import gallery
from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.generators.soulnet.search import available, known_songs
from dance_core.longform.take import load_take
from dance_core.motion.contacts import detect_contacts
from dance_core.motion.files import load_bvh, load_npz
from dance_core.motion.motion import Motion
from dance_core.pages.dancing import Beside, Order, Scene, dance
from dance_core.pages.files import use_folder
from dance_core.pages.poses import from_take
from dance_core.pages.wire import unpack_contacts, unpack_motion
from dance_core.serving.engine import Engine, Job, Piece
from dance_core.serving.local import LocalEngine
from dance_core.settings import Settings

SECONDS = 24.0


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clicks at 120 BPM, the first of every four louder."""
    rate = 44_100
    samples = np.zeros(round(SECONDS * rate), np.float32)
    burst = np.exp(-np.arange(2000) / 300) * np.sin(np.arange(2000) * 0.2)
    for i, t in enumerate(np.arange(0.1, SECONDS - 0.1, 0.5)):
        at = round(t * rate)
        samples[at : at + 2000] += (0.8 if i % 4 == 0 else 0.4) * burst
    path = tmp_path_factory.mktemp("song") / "Clicks for <b>me ${x}.wav"
    soundfile.write(path, samples, rate)
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")  # put back afterwards
    made = Settings(data_dir=tmp_path / "data", segment_bars=2)
    use_folder(made)
    return made


@pytest.fixture
def engine(settings: Settings) -> Iterator[LocalEngine]:
    with LocalEngine(registry(), settings) as local:
        yield local


def order(song: Path | None, **changes) -> Order:
    plain = Order(str(song) if song else None, None, "choreographer", "gHO", "ready", seed=3)
    return dataclasses.replace(plain, **changes)


def scenes(asked: Order, engine: Engine, settings: Settings, beside: Beside | None = None) -> list[Scene]:
    async def run() -> list[Scene]:
        return [scene async for scene in dance(asked, engine, settings, beside)]

    return asyncio.run(run())


def test_the_page_sees_every_step_and_the_same_dance_as_the_take(song, engine, settings) -> None:
    found = scenes(order(song), engine, settings)
    words = [s.player["status"]["text"] for s in found if s.player["status"]]
    assert words[:3] == ["Reading the song …", "Finding the beats …", "Dancing the first segment …"]
    making = [s for s in found if s.run and s.take is None]
    done = [s.player["done"] for s in making]
    total = making[0].player["total"]
    assert done == sorted(done) and done[0] == 0 and done[-1] == total >= 3
    assert len({s.run for s in making}) == 1

    last = found[-1]
    assert last.player["finished"] and last.player["status"] is None and last.take is not None
    # the beats and the music are there before the first segment is
    first = making[0].player
    assert len(first["beats"]["times"]) > 30 and Path(first["audio"]["path"]).is_file()
    # the pieces, laid one after another, are the take's motion
    pane = last.player["panes"][0]
    folder = Path(pane["first"]["path"]).parent
    pieces = [unpack_motion((folder / name).read_bytes()) for name in pane["pieces"]]
    starts = [start for _, start in pieces]
    lengths = [len(m) for m, _ in pieces]
    assert starts == [0, *np.cumsum(lengths)[:-1]]
    shown = Motion.join([m for m, _ in pieces])
    assert np.allclose(shown.translation, last.take.motion.translation)
    assert len(shown) == len(last.take.motion)


@pytest.mark.skipif(not available(), reason="the retrieval module has no weights here")
def test_at_the_end_a_dance_is_ranked_by_its_song_and_one_that_is_too_short_is_not(
        song, engine, settings) -> None:
    last = scenes(order(song, length=12.0), engine, settings)[-1]
    assert last.fit is not None and last.fit.seconds == pytest.approx(9.6)
    assert 1 <= last.fit.rank <= last.fit.of == len(known_songs()) + 1
    assert scenes(order(song, length=4.0), engine, settings)[-1].fit is None


def test_two_dances_to_one_song_stand_side_by_side_and_another_song_stands_alone(
        song, engine, settings) -> None:
    first = scenes(order(song, length=8.0), engine, settings)[-1]
    assert not first.alone and first.shown.pane.take == first.take.id
    second = scenes(order(song, length=8.0, style="gWA", seed=4), engine, settings, first.shown)
    left, right = second[-1].player["panes"]
    assert left["take"] == first.take.id and right["take"] == second[-1].take.id
    assert left["label"] == "House · Choreographer · 3" and right["label"] == "Waack · Choreographer · 4"
    assert left["pieces"] == first.player["panes"][0]["pieces"]
    assert all(len(s.player["panes"]) == 2 for s in second if s.run)
    other = scenes(order(song, start=2.0, length=8.0), engine, settings, first.shown)
    assert any(s.alone for s in other) and all(len(s.player["panes"]) == 1 for s in other if s.run)


def test_hands_and_face_of_the_dance_on_the_stage_are_made_anew(song, settings) -> None:
    generators = registry() | {"gesturer": Gesturer(name="gesturer", title="Gesturer (practice)")}
    with LocalEngine(generators, settings) as engine:
        first = scenes(order(song, start=2.0, length=8.0), engine, settings)[-1]
        asked = order(None, generator="gesturer", take=first.take.id, remake=frozenset({"hands", "face"}),
                      pose="no longer there", start=99.0)
        found = scenes(asked, engine, settings, first.shown)
        before = load_take(settings.takes_dir / first.take.id).motion  # as it was kept
        after = found[-1].take.motion
        assert np.array_equal(after.rotations[:, :22], before.rotations[:, :22])
        assert np.array_equal(after.translation, before.translation)
        assert not np.array_equal(after.rotations[:, 25:], before.rotations[:, 25:])
        assert found[-1].take.song_digest == first.take.song_digest
        # beside the dance that it was made of: the same excerpt
        told = [pane["label"].split(" · ")[1] for pane in found[-1].player["panes"]]
        assert told == ["Choreographer", "Gesturer"]
        assert Path(found[-1].player["audio"]["path"]).is_file()
        # what can't be kept is said in a sentence
        for changes, said in (({"take": None}, "no finished dance on the stage"),
                              ({"take": "../../etc"}, "no valid name"),
                              ({"generator": "choreographer", "style": "gHO"}, "makes whole dances")):
            with pytest.raises(UserError, match=said):
                scenes(dataclasses.replace(asked, **changes), engine, settings)


def test_how_lively_it_is_to_be_reaches_who_can_be_told_and_the_take(song, settings) -> None:
    for energy, told in (("lively", 1.0), ("", None)):
        generator = Gesturer(uses_energy=True)
        with LocalEngine({"practice": generator}, settings) as local:
            found = scenes(order(song, generator="practice", energy=energy), local, settings)
        assert {r.energy for r in generator.requests} == {told} and found[-1].take.energy == told


def test_a_dance_can_start_from_a_frame_of_another(song, engine, settings) -> None:
    first = scenes(order(song, length=8.0), engine, settings)[-1].take
    pose = from_take(first, 3.0)
    take = scenes(order(song, length=8.0, pose="frame", own=pose), engine, settings)[-1].take
    assert take.pose == "frame"
    # what the result says was measured on this run
    assert 0 <= take.reference_error["degrees"] < 5 and 0 <= take.reference_error["centimetres"] < 2
    assert np.allclose(take.motion.rotations[0, 1:], first.motion.rotations[90, 1:], atol=0.05)
    with pytest.raises(UserError, match="reference pose"):
        scenes(order(song, pose="frame"), engine, settings)  # named, but not there


def test_foot_contacts_come_with_the_pieces(song, engine, settings) -> None:
    last = scenes(order(song, length=12.0), engine, settings)[-1]
    pane = last.player["panes"][0]
    folder = Path(pane["first"]["path"]).parent
    told = np.concatenate([unpack_contacts((folder / name).read_bytes()) for name in pane["pieces"]])
    whole = detect_contacts(last.take.motion)
    assert told.shape == whole.shape
    assert (told == whole).mean() > 0.98  # near a piece's end the next one is not known yet


def test_the_take_is_kept_and_can_be_had_as_files(song, engine, settings) -> None:
    last = scenes(order(song), engine, settings)[-1]
    kept = load_take(settings.takes_dir / last.take.id)
    assert (kept.seed, kept.style, kept.pose) == (3, "gHO", "preset:ready")
    npz, bvh = last.downloads
    assert np.allclose(load_npz(npz).rotations, kept.motion.rotations, atol=1e-4)
    assert len(load_bvh(bvh)) == len(kept.motion)
    assert settings.web_dir.absolute() in npz.parents


def test_an_excerpt_is_only_as_long_as_asked(song, engine, settings) -> None:
    last = scenes(order(song, start=4.0, length=10.0), engine, settings)[-1]
    assert last.take.duration == pytest.approx(10.0)
    samples, rate = soundfile.read(last.player["audio"]["path"])
    assert len(samples) / rate == pytest.approx(10.0)  # what is heard is what was danced to


def test_the_same_seed_gives_the_same_dance_and_none_a_new_one(song, engine, settings) -> None:
    a, b, c = (scenes(order(song, seed=s, length=8.0), engine, settings)[-1].take for s in (5, 5, None))
    assert np.array_equal(a.motion.rotations, b.motion.rotations)
    assert a.seed == b.seed == 5 != c.seed


def test_user_text_is_only_ever_data(song, engine, settings) -> None:
    last = scenes(order(song, length=8.0), engine, settings)[-1]
    assert last.player["title"] == "Clicks for <b>me ${x}"


@pytest.mark.parametrize(("changes", "words"), [
    ({"start": -1.0}, "-1 s"), ({"start": 22.5}, "1.5 s"), ({"start": 99.0}, "24.0 s"),
    ({"length": 1.0}, "1 s"), ({"length": -5.0}, "-5 s"), ({"generator": "nobody"}, "generator"),
    ({"style": "polka"}, "style"), ({"energy": "wild"}, "how lively"),
    ({"pose": "../../etc"}, "reference pose"), ({"seed": -4}, "-4"), ({"upload": None}, "demo song"),
    ({"upload": None, "demo": "Not one of ours"}, "demo song"),
])
def test_a_bad_order_is_refused_in_a_sentence(song, engine, settings, changes: dict, words: str) -> None:
    with pytest.raises(UserError) as refused:
        scenes(order(song, **changes), engine, settings)
    text = str(refused.value)
    assert words in text and text.endswith(".") and "\n" not in text


def test_what_was_chosen_within_a_file_is_said(tmp_path, song, engine, settings) -> None:
    samples, rate = soundfile.read(song)
    soundfile.write(tmp_path / "antiphase.wav", np.stack([samples, -samples], 1), rate)
    said = [s.said for s in scenes(order(tmp_path / "antiphase.wav", length=8.0), engine, settings)]
    assert [s for s in said if s] == ["The channels cancel each other out when they are mixed: the left "
                                      "channel alone is danced to."]


def test_what_is_no_song_changes_nothing_on_the_stage(tmp_path, engine, settings) -> None:
    page = tmp_path / "page.mp3"
    page.write_text("<html><body>no music here</body></html>" * 50)
    shown: list[Scene] = []

    async def run() -> None:
        async for scene in dance(order(page), engine, settings):
            shown.append(scene)

    with pytest.raises(UserError, match="no song"):
        asyncio.run(run())
    assert all(s.player.get("patch") for s in shown)


class Watched:
    """An engine that tells whether its stream was closed."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.closed, self.given = engine, False, 0
        self.generators = engine.generators

    async def stream(self, job: Job) -> AsyncIterator[Piece]:
        inner = self.engine.stream(job)
        try:
            async for piece in inner:
                self.given += 1
                yield piece
        finally:
            await inner.aclose()
            self.closed = True


def test_leaving_in_the_middle_stops_the_engine(song, engine, settings) -> None:
    watched = Watched(engine)

    async def run() -> None:
        steps = dance(order(song), watched, settings)
        async for scene in steps:
            if scene.run and scene.player["done"] >= 1:
                break
        await steps.aclose()

    asyncio.run(run())
    assert watched.closed and watched.given == 1
    assert not settings.takes_dir.exists()


def test_every_pose_of_the_gallery_can_be_chosen() -> None:
    assert len(gallery()) >= 16
