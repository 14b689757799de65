"""extract_features: rows on time, columns that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.music.beats import Beats
from dance_core.music.extract import FEATURE_NAMES, beat_phases, extract_features, onset_peaks
from dance_core.music.song import Song
from dance_core.settings import PLAYBACK_RATE

NO_BEATS = Beats(np.zeros(0), np.zeros(0, np.int64), 0.0, 0.0)
RNG_SEED = 7


def a_song(samples: np.ndarray, rate: int = PLAYBACK_RATE) -> Song:
    return Song(np.ascontiguousarray(samples, np.float32), rate, "0" * 64, "test")


def steady_beats(tempo: float, seconds: float, first: float = 0.0, per_bar: int = 4) -> Beats:
    times = np.arange(first, seconds, 60 / tempo)
    return Beats(times, np.arange(len(times)) % per_bar + 1, tempo, 1.0, per_bar)


def clicks_at(times: np.ndarray, seconds: float, noise: float) -> Song:
    """Ten milliseconds of decaying noise at each time over a bed of steady noise."""
    rng = np.random.default_rng(RNG_SEED)
    samples = noise * rng.standard_normal(round(seconds * PLAYBACK_RATE))
    for time in times:
        start = round(time * PLAYBACK_RATE)
        length = min(441, len(samples) - start)
        samples[start:start + length] += 0.7 * rng.uniform(-1, 1, length) * np.exp(-np.arange(length) / 90)
    return a_song(np.clip(samples, -1, 1))


def test_the_columns_are_the_35_of_the_field_then_phases_and_loudness():
    assert FEATURE_NAMES[0] == "onset_envelope"
    assert FEATURE_NAMES[1:21] == tuple(f"mfcc_{i}" for i in range(1, 21))
    assert FEATURE_NAMES[21:33] == tuple(f"chroma_{i}" for i in range(1, 13))
    assert FEATURE_NAMES[33:35] == ("onset_peak", "beat")
    assert FEATURE_NAMES[35:] == ("beat_phase_sin", "beat_phase_cos", "bar_phase_sin", "bar_phase_cos",
                                  "loudness")


@given(st.integers(1600, 200_000), st.sampled_from([8000, 15_360, 44_100, 48_000]))
def test_there_are_exactly_floor_of_30_rows_a_second(count, rate):
    song = a_song(0.1 * np.sin(np.arange(count) / 10), rate)
    features = extract_features(song, NO_BEATS)
    assert len(features) == count * 30 // rate
    assert features.fps == 30
    assert features.values.dtype == np.float32


def test_a_song_shorter_than_a_row_is_refused():
    with pytest.raises(ValueError, match="no row"):
        extract_features(a_song(np.ones(1469)), NO_BEATS)


@pytest.mark.parametrize("noise", [0.0, 0.003, 0.03])
def test_an_onset_peaks_on_the_row_nearest_to_it(noise):
    rng = np.random.default_rng(RNG_SEED)
    times = np.arange(0.5, 19.5, 0.4) + rng.uniform(0, 0.1, 48)
    features = extract_features(clicks_at(times, 20.0, noise), NO_BEATS)
    rows = np.flatnonzero(features.column("onset_peak"))
    exact = times * 30
    nearest = rows[np.abs(rows[None] - exact[:, None]).argmin(1)]
    error = nearest - exact
    assert np.abs(error).max() < 0.75  # a row is 33 ms
    assert abs(np.median(error)) < 0.25  # early and late in balance: no latency of its own
    assert np.mean(np.abs(error) <= 0.5) > 0.7
    if noise == 0.0:
        assert len(rows) == len(times)  # every click once, and nothing else
        envelope = features.column("onset_envelope")
        assert envelope[rows].min() > 10 * np.median(envelope)


def test_the_start_of_a_song_does_not_outshine_its_onsets():
    times = np.arange(1.0, 9.0, 0.5)
    features = extract_features(clicks_at(times, 10.0, 0.03), NO_BEATS)
    envelope = features.column("onset_envelope")
    assert envelope[:2].max() <= envelope[2:].max()


@pytest.mark.parametrize(("hertz", "column"), [
    (440.0, "chroma_10"), (261.63, "chroma_1"), (110.0, "chroma_10"), (1567.98, "chroma_8"),
    (92.5, "chroma_7")])
def test_a_pure_tone_lights_its_own_pitch_class(hertz, column):
    tone = 0.3 * np.sin(2 * np.pi * hertz * np.arange(5 * PLAYBACK_RATE) / PLAYBACK_RATE)
    chroma = extract_features(a_song(tone), NO_BEATS).values[:, 21:33]
    middle = chroma[30:-30]
    assert FEATURE_NAMES[21 + int(middle.mean(0).argmax())] == column
    assert (middle.max(1) > 0.95).all()
    np.testing.assert_allclose(np.linalg.norm(chroma, axis=1), 1.0, atol=1e-5)


def test_a_major_chord_lights_three():
    n = np.arange(5 * PLAYBACK_RATE) / PLAYBACK_RATE
    chord = 0.1 * sum(np.sin(2 * np.pi * f * n) for f in (261.63, 329.63, 392.0))
    chroma = extract_features(a_song(chord), NO_BEATS).values[30:-30, 21:33].mean(0)
    assert set(np.argsort(chroma)[-3:]) == {0, 4, 7}  # C, E, G
    assert np.sort(chroma)[-3] > 5 * np.sort(chroma)[-4]


def test_mfcc_and_chroma_are_the_fields_own():
    """librosa as an oracle: the same MFCC, and a chroma that points the same way."""
    librosa = pytest.importorskip("librosa")
    rng = np.random.default_rng(RNG_SEED)
    n = np.arange(10 * 15_360) / 15_360
    notes = 110.0 * 2 ** (rng.choice([0, 3, 5, 7, 10, 12, 15], 20) / 12)
    samples = sum(0.2 * np.sin(2 * np.pi * f * k * n) / k * ((n >= i / 2) & (n < i / 2 + 0.6))
                  for i, f in enumerate(notes) for k in (1, 2, 3))
    samples = (samples + 0.01 * rng.standard_normal(len(n))).astype(np.float32)
    features = extract_features(a_song(samples, 15_360), NO_BEATS)
    mfcc = librosa.feature.mfcc(y=samples, sr=15_360, n_mfcc=20)[:, :300].T
    np.testing.assert_allclose(features.values[:, 1:21], mfcc, atol=2e-3)
    cens = librosa.feature.chroma_cens(y=samples, sr=15_360)[:, :300].T
    assert (features.values[:, 21:33] * cens).sum(1).mean() > 0.95  # cosine: both have length 1


def test_beats_stand_on_their_rows_and_phases_turn_once_a_beat_and_once_a_bar():
    beats = steady_beats(120, 12.0, first=0.25)
    noise = np.random.default_rng(RNG_SEED).normal(0, 0.1, 12 * PLAYBACK_RATE)
    features = extract_features(a_song(noise), beats)
    times = np.arange(len(features)) / 30
    np.testing.assert_array_equal(np.flatnonzero(features.column("beat")), np.rint(beats.times * 30))
    beat, bar = 2 * np.pi * (times - 0.25) * 2, 2 * np.pi * (times - 0.25) / 2
    for name, wanted in (("beat_phase_sin", np.sin(beat)), ("beat_phase_cos", np.cos(beat)),
                         ("bar_phase_sin", np.sin(bar)), ("bar_phase_cos", np.cos(bar))):
        np.testing.assert_allclose(features.column(name), wanted, atol=1e-5, err_msg=name)


def test_bar_phase_follows_the_bar_positions_and_goes_on_beyond_them():
    beats = Beats(np.arange(2.0, 6.0, 0.5), np.array([3, 1, 2, 3, 1, 2, 3, 1]), 120.0, 1.0, 3)
    times = np.arange(0.0, 9.0, 0.5)
    phases = beat_phases(beats, times)
    turn = np.arctan2(phases[:, 2], phases[:, 3]) / (2 * np.pi) % 1
    np.testing.assert_allclose(turn * 3, (np.arange(18) - 5) % 3, atol=1e-6)
    np.testing.assert_allclose(phases[:, 1], 1.0)  # every time is on a beat


@pytest.mark.parametrize("per_bar", [2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("in_bar", [1, 2])
def test_bar_phase_turns_once_a_bar_in_every_metre(per_bar, in_bar):
    """Also before the first beat, after the last one, and where the tempo changes."""
    times = 1.7 + np.concatenate([[0.0], np.cumsum(np.repeat([0.5, 0.8], 2 * per_bar))])
    beats = Beats(times, (np.arange(len(times)) + in_bar - 1) % per_bar + 1, 100.0, 1.0, per_bar)
    at = np.arange(0.0, times[-1] + 3.0, 0.1)
    phases = beat_phases(beats, at)
    turn = np.arctan2(phases[:, 2], phases[:, 3]) / (2 * np.pi) % 1
    wanted = (beats.phase(at) + in_bar - 1) / per_bar % 1
    away = np.abs(turn - wanted)
    np.testing.assert_allclose(np.minimum(away, 1 - away), 0.0, atol=1e-9)
    on = beat_phases(beats, beats.downbeats)
    np.testing.assert_allclose(on, np.tile([0.0, 1.0, 0.0, 1.0], (len(on), 1)), atol=1e-9)


def test_without_beats_the_phases_run_at_120():
    phases = beat_phases(NO_BEATS, np.array([0.0, 0.125, 0.5, 2.0]))
    np.testing.assert_allclose(phases[:, 0], [0, 1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(phases[:, 3], [1, np.cos(np.pi / 8), np.cos(np.pi / 2), 1], atol=1e-12)


def test_beats_beyond_the_song_are_left_out():
    beats = Beats(np.array([-0.5, 0.5, 1.999, 5.0]), np.array([1, 2, 3, 4]), 120.0, 1.0)
    features = extract_features(a_song(np.ones(2 * PLAYBACK_RATE)), beats)
    np.testing.assert_array_equal(np.flatnonzero(features.column("beat")), [15])


@pytest.mark.parametrize(("rms_dbfs", "wanted"), [(0, 1.0), (-6, 0.9), (-30, 0.5), (-60, 0.0), (-90, 0.0)])
def test_loudness_maps_60_decibels_to_0_to_1(rms_dbfs, wanted):
    n = np.arange(3 * PLAYBACK_RATE) / PLAYBACK_RATE
    square = 10 ** (rms_dbfs / 20) * np.sign(np.sin(2 * np.pi * 50.01 * n) + 1e-9)
    loudness = extract_features(a_song(square), NO_BEATS).column("loudness")
    np.testing.assert_allclose(loudness[15:-15], wanted, atol=0.01)
    assert loudness.min() >= 0
    assert loudness.max() <= 1


def test_loudness_rises_where_the_music_does():
    samples = np.random.default_rng(RNG_SEED).normal(0, 0.2, 6 * PLAYBACK_RATE)
    samples[:3 * PLAYBACK_RATE] *= 0.1
    loudness = extract_features(a_song(samples), NO_BEATS).column("loudness")
    # Half the energy is a tenth of a decade, 3 dB, below the louder part: reached at the border itself.
    assert loudness[90] == pytest.approx(loudness[150] - 3 / 60, abs=0.02)
    assert loudness[60] == pytest.approx(loudness[150] - 20 / 60, abs=0.02)


def test_silence_and_extremes_give_finite_numbers():
    for samples in (np.zeros(44_100), np.ones(44_100), np.tile([1.0, -1.0], 22_050),
                    np.eye(1, 44_100, 20_000)[0], 1e-30 * np.ones(44_100)):
        values = extract_features(a_song(samples), NO_BEATS).values
        assert np.isfinite(values).all()
    assert not extract_features(a_song(np.zeros(44_100)), NO_BEATS).column("onset_peak").any()


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_onset_peaks_are_local_maxima_never_side_by_side(values):
    envelope = np.array(values)
    rows = np.flatnonzero(onset_peaks(envelope))
    assert (np.diff(rows) > 1).all()
    for row in rows:
        assert envelope[row] >= envelope[max(0, row - 1):row + 2].max()


def test_the_same_song_gives_the_same_features():
    song = clicks_at(np.arange(0.5, 4.0, 0.5), 4.0, 0.01)
    first, second = (extract_features(song, steady_beats(120, 4.0)) for _ in range(2))
    np.testing.assert_array_equal(first.values, second.values)
