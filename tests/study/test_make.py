"""What raters are given: dances that differ in nothing but the dance, music of one loudness, tones."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.longform.take import load_take, save_take
from dance_core.motion.motion import Motion
from dance_core.music.decode import load_song
from dance_core.pages.wire import pack_motion, unpack_motion
from dance_core.serving.local import LocalEngine, make_take
from dance_core.settings import ASSETS, Settings
from dance_core.study.design import parse_design
from dance_core.study.folder import Study, load_study
from dance_core.study.judgments import JUDGMENTS, Judgment
from dance_core.study.loudness import loudness
from dance_core.study.make import cut, make_study
from dance_core.study.record import Record
from dance_core.study.sessions import Desk
from dance_core.study.tones import RATE, sounds
from tests.study.studies import text

YAML = text(clip_seconds="3", lead_in="0.5", songs="""
  - {song: Sunday Lights, styles: [gHO], start: 5}
  - {song: Iron Verdict, styles: [gKR], start: 0}""")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    with LocalEngine(registry(), Settings(data_dir=tmp_path_factory.mktemp("data"))) as made:
        yield made


def make(out: Path, engine: LocalEngine, yaml: str = YAML) -> Study:
    settings = Settings(data_dir=out.parent / "data")
    return make_study(parse_design(yaml), yaml, out, engine, settings, pack_motion)


@pytest.fixture(scope="module")
def study(engine: LocalEngine, tmp_path_factory: pytest.TempPathFactory) -> Study:
    return make(tmp_path_factory.mktemp("made") / "tiny", engine)


def test_dances_differ_in_nothing_but_the_dance(study: Study) -> None:
    files = [study.files / c.name for c in study.clips.values()]
    assert len({f.stat().st_size for f in files}) == len({f.stat().st_mtime for f in files}) == 1
    assert len({f.read_bytes() for f in files}) == len(files) == 4
    for file in files:
        motion, start = unpack_motion(file.read_bytes())
        assert (len(motion), motion.fps, start) == (90, 30.0, 0)
        ground = motion.translation[:, [0, 2]]
        assert np.allclose(ground.max(0) + ground.min(0), 0, atol=1e-4), "on the same spot"
    names = "".join(f.name for f in study.files.iterdir())
    assert not any(word in names for word in ("alpha", "beta", "sunday", "iron", "gHO"))


def test_music_is_equally_loud_and_as_long_as_the_dance(study: Study) -> None:
    levels = []
    for name in set(study.music.values()):
        samples, rate = soundfile.read(study.files / name)
        assert len(samples) == 3 * rate and np.abs(samples).max() < 0.97
        levels.append(loudness(samples, rate))
    assert len(levels) == 2 and levels[0] == pytest.approx(levels[1], abs=0.15)
    silence, rate = soundfile.read(study.files / study.silence)
    assert len(silence) == 3 * rate and not silence.any()


def test_a_made_study_is_loaded_as_it_was(study: Study) -> None:
    assert load_study(study.folder) == study


def test_making_again_keeps_what_is_there(study: Study, engine: LocalEngine) -> None:
    assert make(study.folder, engine) == study
    consent = Judgment("5e9cbb62-4ad5-4dbd-a3ad-a1ff9a2f8d10", "2026-11-21T10:00:00Z", "tiny", "r", 0,
                       "consent", "1", answer=1)
    Record(study.csv, "tiny").append([consent])
    with pytest.raises(UserError, match="made from another text and has 1 judgments"):
        make(study.folder, engine, YAML + "\nseed: 2\n")
    assert JUDGMENTS.header in study.csv.read_bytes()


def test_a_study_that_nobody_agreed_to_is_made_anew(study: Study, engine: LocalEngine,
                                                    tmp_path: Path) -> None:
    shutil.copytree(study.folder, tmp_path / "s")
    old = load_study(tmp_path / "s")
    salt = Desk(old).state.hash("tiny", "a")
    names = {p.name for p in old.files.iterdir()}
    (old.csv).unlink(missing_ok=True)
    anew = make(tmp_path / "s", engine, YAML + "\nseed: 3\n")
    assert anew.design.seed == 3 and not names & {p.name for p in anew.files.iterdir()}
    assert Desk(anew).state.hash("tiny", "a") == salt, "the salt is the same"


def test_an_interrupted_make_goes_on(engine: LocalEngine, tmp_path: Path, monkeypatch) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    design = parse_design(YAML)
    with pytest.raises(KeyboardInterrupt):
        make_study(design, YAML, tmp_path / "s", engine, Settings(data_dir=tmp_path / "d"), pack_motion, stop)
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]
    with pytest.raises(UserError, match="make it first"):
        load_study(tmp_path / "s")
    made: list[str] = []
    monkeypatch.setattr("dance_core.study.make.make_take", _counting(made))
    done = make(tmp_path / "s", engine)
    assert len(made) == 1 and len(list(done.files.iterdir())) == 4 + 2 + 1 + 6


def _counting(made: list[str]):
    def count(engine, job):
        made.append(job.generator)
        return make_take(engine, job)
    return count


def test_takes_made_before_are_found(study: Study, engine: LocalEngine, tmp_path: Path) -> None:
    song = load_song(ASSETS / "songs" / "sunday-lights.ogg", title="Sunday Lights")
    take = load_take(next((study.folder / "takes").glob("alpha--sunday*")))
    long = Motion.join([take.motion] * 3)
    segment = dataclasses.replace(take.segments[0], stop=len(long))
    whole = dataclasses.replace(take, motion=long, song_digest=song.digest, segments=(segment,), seams=())
    save_take(whole, tmp_path / "takes" / "one")
    yaml = text(clip_seconds="3", blocks="[{kind: match, trials: 1}]",
                systems="[{name: alpha, takes: takes}, {name: beta, generator: choreographer}]",
                songs="\n  - {song: Sunday Lights, styles: [gHO], start: 4}")
    design = parse_design(yaml, tmp_path)
    made = make_study(design, yaml, tmp_path / "s", engine, Settings(data_dir=tmp_path / "d"), pack_motion)
    assert made.clips[0, 0].take == take.id
    missing = parse_design(yaml.replace("gHO", "gLO"), tmp_path)
    with pytest.raises(UserError, match=r"systems\[0\].takes holds no Take of the whole song"):
        make_study(missing, yaml, tmp_path / "t", engine, Settings(data_dir=tmp_path / "d"), pack_motion)


@pytest.mark.parametrize("changes, said", [
    ({"systems": "[{name: a, generator: nobody}, {name: b, generator: choreographer}]"},
     "systems[0].generator is 'nobody'"),
    ({"songs": "[{song: No Such, styles: [gHO]}, {song: Iron Verdict, styles: [gKR]}]"},
     "no demo song 'No Such'"),
    ({"songs": "[{song: Sunday Lights, styles: [xx]}, {song: Iron Verdict, styles: [gKR]}]"}, "style 'xx'"),
    ({"songs": "[{song: Sunday Lights, styles: [gHO], start: 60}, {song: Iron Verdict, styles: [gKR]}]"},
     "a clip of 'sunday-lights' ends at 70 s, but the song after"),
    ({"pose": "handstand"}, "pose is 'handstand'")])
def test_what_a_study_needs_and_is_not_there(changes, said: str, engine: LocalEngine, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        make(tmp_path / "s", engine, text(**changes))
    assert said in str(caught.value) and not (tmp_path / "s").exists()


def test_a_folder_with_other_things_is_left_alone(engine: LocalEngine, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="holds something else"):
        make(tmp_path / "s", engine)
    assert os.listdir(tmp_path / "s") == ["thesis.txt"]


def test_a_cut_repeats_at_most_two_frames() -> None:
    motion = Motion(30.0, np.zeros((60, 55, 3)), np.tile([1.0, 0.9, 2.0], (60, 1)), np.zeros((60, 52)))
    assert len(cut(motion, 0.5, 45)) == 45 and len(cut(motion, 0.5, 47)) == 47
    assert np.allclose(cut(motion, 0.5, 45).translation[:, [0, 2]], 0)
    with pytest.raises(UserError, match="ends 0.1 s before"):
        cut(motion, 0.5, 48)


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_loudness_is_that_of_the_standard(rate: int) -> None:
    # BS.1770: a sine of 997 Hz at 0 dBFS in one channel reads -3.01 LKFS; 20 dB less is 20 LU less
    t = np.arange(3 * rate) / rate
    tone = np.sin(2 * np.pi * 997 * t)
    assert loudness(tone, rate) == pytest.approx(-3.01, abs=0.05)
    assert loudness(0.1 * tone, rate) == pytest.approx(-23.01, abs=0.05)
    with_silence = np.concatenate([tone, np.zeros(5 * rate)])
    assert loudness(with_silence, rate) == pytest.approx(-3.01, abs=0.4), "gated"
    assert loudness(np.zeros(rate), rate) == float("-inf")


def test_tones_tell_headphones_from_loudspeakers() -> None:
    made = sounds()
    assert len({s.shape for s, _ in made}) == 1 and sorted(q for _, q in made) == [1, 1, 2, 2, 3, 3]
    for samples, quiet in made:
        starts = [round(i * 1.5 * RATE) for i in range(3)]
        parts = [samples[a:a + RATE] for a in starts]
        in_ear = [np.sqrt((p[:, 0] ** 2).mean()) for p in parts]
        in_air = [np.sqrt((p.mean(1) ** 2).mean()) for p in parts]  # both loudspeakers in one ear
        assert np.argmin(in_ear) + 1 == quiet
        assert min(in_ear) == pytest.approx(max(in_ear) / 2, rel=1e-6), "6 dB"
        assert np.argmin(in_air) + 1 != quiet and min(in_air) < 1e-9
