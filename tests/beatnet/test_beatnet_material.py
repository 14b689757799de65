"""Pieces to learn from: their paper is true, and the same order makes the same piece."""

from __future__ import annotations

import io

import mido
import numpy as np
import pytest

from dance_core.beatnet.band import made_piece
from dance_core.beatnet.beatless import KINDS, beatless
from dance_core.beatnet.clicks import metronome
from dance_core.beatnet.genres import ALL_FEELS, LATER_FEELS
from dance_core.beatnet.machine import RATE, machine_samples
from dance_core.beatnet.material import Amounts, Order, orders
from dance_core.beatnet.patterns import PATTERNS
from dance_core.beatnet.recorded import part_of, read_piece
from dance_core.beatnet.score import DRUMS, midi_bytes
from dance_core.errors import UserError


@pytest.mark.parametrize("feel", ALL_FEELS)
def test_a_piece_of_every_feel_is_whole(feel: str) -> None:
    for seed in range(3):
        score = made_piece(seed, 14.0, feel)
        again = made_piece(seed, 14.0, feel)
        assert np.array_equal(score.notes, again.notes)
        assert np.array_equal(score.beats, again.beats)
        assert (np.diff(score.beats) > 60.0 / 220).all()
        assert (np.diff(score.beats) < 60.0 / 44).all()
        assert score.metre in ALL_FEELS[feel].metres
        bars = np.diff(np.flatnonzero(score.positions == 1))
        assert (bars == score.metre).all()
        assert len(score.notes) > 10
        assert (score.notes["start"] >= 0).all()


@pytest.mark.parametrize("feel", LATER_FEELS)
def test_a_genre_tells_its_beats(feel: str) -> None:
    """Whatever is left out of a genre's band, enough begins on the beats for them to be heard."""
    for seed in range(6):
        score = made_piece(100 + seed, 14.0, feel)
        near = np.abs(score.notes["start"][:, None] - score.beats).min(axis=0) < 0.04
        assert near.mean() > 0.35, seed


def test_patterns_lie_within_their_bars_on_drums() -> None:
    for name, (length, always, sometimes) in PATTERNS.items():
        for drum, places, strength in (*always, *sometimes):
            assert 35 <= drum <= 81, name
            assert all(0 <= place < length for place in places), name
            assert 0 < strength <= 1, name


def test_the_genres_come_last_so_that_earlier_stages_stay_as_they_were() -> None:
    def learned(genre: int) -> list[Order]:
        found = orders(Amounts(band=8, loop=4, genre=genre, mixed=9), None, None)
        return [order for order in found if order.split == "train"]

    assert [order.family for order in learned(6)[9:]] == ["genre"] * 6
    assert learned(6)[:9] == learned(0)


def test_notes_fall_on_their_beats() -> None:
    """Straight rock, played without human error: every drum lies on a half beat."""
    tight = 0
    for seed in range(12):
        score = made_piece(seed, 14.0, "fast")
        drums = score.notes[score.notes["program"] == DRUMS]["start"]
        drums = drums[drums <= score.beats[-1]]
        if len(drums):
            place = np.interp(drums, score.beats, np.arange(len(score.beats))) * 2
            tight += np.abs(place - np.round(place)).mean() < 0.06
    assert tight >= 8


def test_a_score_as_midi_keeps_its_times() -> None:
    score = made_piece(5, 12.0, "waltz")
    file = mido.MidiFile(file=io.BytesIO(midi_bytes(score)))
    now, starts = 0.0, []
    for message in file:
        now += message.time
        if message.type == "note_on" and message.velocity:
            starts.append(now)
    assert len(starts) == len(score.notes)
    assert np.allclose(np.sort(starts), np.sort(score.notes["start"]), atol=0.002)


def test_a_midi_file_is_read_with_its_tempo_and_bars(tmp_path) -> None:
    """Three in a bar at 90, then at 120 BPM."""
    track = mido.MidiTrack([mido.MetaMessage("time_signature", numerator=3, denominator=4),
                            mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(90))])
    for beat in range(48):
        if beat == 24:
            track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(120)))
        track.append(mido.Message("note_on", channel=9, note=36, velocity=90))
        track.append(mido.Message("note_off", channel=9, note=36, time=480))
    file = mido.MidiFile(ticks_per_beat=480)
    file.tracks.append(track)
    file.save(tmp_path / "three.mid")
    score = read_piece(tmp_path / "three.mid", "three")
    assert score is not None
    assert score.metre == 3
    assert np.allclose(score.beats[:25], np.arange(25) * 60 / 90)
    assert np.allclose(np.diff(score.beats)[24:47], 0.5)
    assert (score.positions == np.arange(len(score.beats)) % 3 + 1).all()
    assert np.allclose(score.notes["start"], score.beats[:48], atol=1e-6)
    part = part_of(score, score.beats[3], 10.0)
    assert part.beats[0] == 0.0
    assert part.positions[0] == 1
    assert part.seconds == 10.0


def test_a_file_that_is_no_midi_is_no_piece(tmp_path) -> None:
    (tmp_path / "x.mid").write_bytes(b"nothing")
    assert read_piece(tmp_path / "x.mid", "none") is None


def test_the_drum_machine_plays_a_score_on_its_beats() -> None:
    score = made_piece(7, 12.0, "floor")
    samples = machine_samples(score, 1)
    assert len(samples) == int(score.seconds * RATE)
    assert np.array_equal(samples, machine_samples(score, 1))
    assert not np.array_equal(samples, machine_samples(score, 2))
    assert np.abs(samples).max() == pytest.approx(1.0)
    first = float(score.notes["start"].min())
    assert np.abs(samples[:max(1, int(first * RATE) - 5)]).max() < 1e-6 or first < 0.001


def test_metronomes_tell_their_beats() -> None:
    for seed in range(6):
        samples, beats, metre = metronome(seed, 10.0)
        assert np.array_equal(samples, metronome(seed, 10.0)[0])
        assert metre in (0, 2, 3, 4, 5, 6, 7)
        loud = np.abs(samples)
        for beat in beats[1:-1]:
            at = round(beat * RATE)
            assert loud[at:at + 200].max() > 0.05


@pytest.mark.parametrize("kind", KINDS)
def test_sounds_without_a_beat_are_sounds(kind: str) -> None:
    samples = beatless(kind, 3, 4.0)
    assert samples.dtype == np.float32
    assert len(samples) == 4 * RATE
    assert 0.05 < np.abs(samples).max() <= 1.0


def test_orders_are_fixed_and_splits_apart() -> None:
    amounts = Amounts(40, groove=0, freedoom=0, studio=10, clicks=4, beatless=7, genre=5, mixed=25)
    found = orders(amounts, None, None)
    assert found == orders(amounts, None, None)
    by_split = {s: {o.seed for o in found if o.split == s} for s in ("train", "val", "test")}
    assert len(by_split["train"]) == 30
    assert by_split["val"]
    assert by_split["test"]
    assert not (by_split["train"] & by_split["val"] or by_split["train"] & by_split["test"])


def test_missing_files_are_said(tmp_path) -> None:
    with pytest.raises(UserError, match=r"info\.csv"):
        orders(Amounts(), tmp_path, None)
    with pytest.raises(UserError, match="no MIDI files"):
        orders(Amounts(groove=0), None, tmp_path)
