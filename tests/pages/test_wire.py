"""The bytes that the browser poses the dancer from."""

from __future__ import annotations

import json
import struct
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.motion import rotations as rot
from dance_core.motion.motion import FACE, JOINTS, Motion
from dance_core.music.song import Song
from dance_core.pages.wire import pack_motion, pack_peaks, unpack_contacts, unpack_motion


def some_motion(frames: int, seed: int) -> Motion:
    rng = np.random.default_rng(seed)
    axis = rng.normal(size=(frames, JOINTS, 3))
    axis /= np.linalg.norm(axis, axis=-1, keepdims=True)
    return Motion(fps=30.0, rotations=axis * rng.uniform(0, np.pi, (frames, JOINTS, 1)),
                  translation=rng.normal(size=(frames, 3)), face=rng.uniform(size=(frames, FACE)))


@given(frames=st.integers(1, 20), seed=st.integers(0, 2**32 - 1), start=st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_a_round_trip_moves_no_joint_by_a_fiftieth_of_a_degree(frames: int, seed: int, start: int) -> None:
    motion = some_motion(frames, seed)
    back, where = unpack_motion(pack_motion(motion, start))
    error = rot.geodesic(rot.quaternion_from_axis_angle(motion.rotations),
                         rot.quaternion_from_axis_angle(back.rotations))
    assert np.degrees(error).max() < 0.02
    assert np.array_equal(back.translation, motion.translation)
    assert np.abs(back.face - motion.face).max() <= 0.5 / 255 + 1e-6
    assert (where, back.fps) == (start, 30.0)


def test_betas_arrive() -> None:
    motion = replace(some_motion(2, 5), betas=np.array([1.5, -2, 0.25, *[0] * 7]))
    assert np.array_equal(unpack_motion(pack_motion(motion))[0].betas, motion.betas)


def test_the_layout_is_the_documented_one() -> None:
    motion = some_motion(3, 1)
    data = pack_motion(motion, 90)
    (size,) = struct.unpack("<I", data[4:8])
    assert data[:4] == b"DNC1" and size % 4 == 0
    header = json.loads(data[8 : 8 + size].rstrip(b"\0"))
    assert header == {"fps": 30.0, "start": 90, "frames": 3, "joints": 55}
    assert len(data) == 8 + size + 3 * (55 * 4 * 2 + 3 * 4 + 52)


def test_quaternions_that_follow_each_other_have_like_signs() -> None:
    # a turn past 180 degrees, where axis-angle jumps from one side to the other
    angles = np.linspace(0, 2 * np.pi, 60)
    spin = np.zeros((60, JOINTS, 3))
    spin[:, 0, 1] = np.where(angles > np.pi, angles - 2 * np.pi, angles)
    data = pack_motion(Motion(30.0, spin, np.zeros((60, 3)), np.zeros((60, FACE))))
    (size,) = struct.unpack("<I", data[4:8])
    q = np.frombuffer(data, "<i2", 60 * 55 * 4, 8 + size).reshape(60, 55, 4).astype(float)
    assert ((q[1:] * q[:-1]).sum(-1) > 0).all()


@pytest.mark.parametrize("data", [b"", b"DNC1", b"RIFF" + b"\0" * 60, pack_motion(some_motion(4, 2))[:-100]])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpack_motion(data)


def test_peaks_show_where_a_song_is_loud() -> None:
    samples = np.full(2 * 8000, 0.1, np.float32)
    samples[8000:8080] = -0.5  # 10 ms, exactly one bin
    peaks = np.frombuffer(pack_peaks(Song(samples, 8000, "0" * 64, "a"), 100), np.uint8)
    assert len(peaks) == 200
    assert peaks[100] == 255 and set(np.delete(peaks, 100)) == {51}


def test_peaks_of_silence_are_zero() -> None:
    assert not any(pack_peaks(Song(np.zeros(800, np.float32), 8000, "0" * 64, "a")))


def test_a_minute_of_dance_is_less_than_a_megabyte() -> None:
    motion = some_motion(30 * 60, 3)
    size = len(pack_motion(motion, 0, np.ones((len(motion), 4), bool)))
    assert size < 1_000_000, f"{size} bytes"


@given(frames=st.integers(1, 40), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_contacts_travel_with_the_motion(frames: int, seed: int) -> None:
    motion = some_motion(frames, seed)
    on = np.random.default_rng(seed).random((frames, 4)) < 0.5
    data = pack_motion(motion, 5, on)
    assert np.array_equal(unpack_contacts(data), on)
    assert np.array_equal(unpack_motion(data)[0].translation, motion.translation)
    assert unpack_contacts(pack_motion(motion)) is None


def test_contacts_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError):
        pack_motion(some_motion(3, 1), 0, np.ones((4, 4), bool))
