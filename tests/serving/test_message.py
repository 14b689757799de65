"""Work and answers come over the line bit for bit, and nothing else is taken for them."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice import Gesturer, Swayer, job_for, same
from safetensors.numpy import save

from dance_core.serving import message as m


def messages(data: bytes, cuts: list[int]) -> list[tuple[bytes, bytes]]:
    """What a stream says that comes in bits of these sizes."""
    reader, found = m.Messages(), []
    for size in cuts:
        found += reader.feed(data[:size])
        data = data[size:]
    return found + list(reader.feed(data))


LETTERS = st.sampled_from([b"H", b"K", b"S", b"E", b"X"])


@given(st.lists(st.tuples(LETTERS, st.binary(max_size=40)), max_size=6),
       st.lists(st.integers(0, 30), max_size=10))
def test_a_stream_says_the_same_however_it_is_cut(said, cuts):
    assert messages(b"".join(m.message(*s) for s in said), cuts) == said


@given(st.binary(max_size=60))
def test_half_a_message_is_not_yet_one(payload):
    assert messages(m.message(b"S", payload)[:-1], []) == []


@pytest.mark.parametrize("data", [b"GET / HTTP/1.1\r\n", b"S\xff\xff\xff\xff", b"\0" * 8])
def test_what_is_no_stream_is_said(data):
    with pytest.raises(m.BadMessage):
        messages(data, [])


def test_work_and_its_answers_come_back_bit_for_bit():
    job = job_for(Gesturer(), 12.0, seed=2**62 + 1)
    work = replace(job.work, guidance=0.1 + 0.2, energy=0.3, keep=frozenset({"body"}), given=job.reference)
    known = {0: job.reference, 7: replace(job.reference, parts=frozenset({"body"}))}
    again, answers = m.unpack_work(m.pack_work(work, known))
    assert np.array_equal(again.features.values, work.features.values)
    assert again.features.names == work.features.names and again.features.fps == work.features.fps
    for name in ("times", "bar_position", "tempo", "confidence", "beats_per_bar", "metre_confidence"):
        assert np.array_equal(getattr(again.beats, name), getattr(work.beats, name))
    for name in ("generator", "style", "seed", "guidance", "energy", "keep"):
        assert getattr(again, name) == getattr(work, name)
    assert same(again.reference, work.reference) and same(again.given, work.given)
    assert set(answers) == {0, 7} and same(answers[0], known[0]) and answers[7].parts == known[7].parts


def test_an_answer_comes_back_bit_for_bit():
    motion = job_for(Swayer(), 12.0).reference
    index, again = m.unpack_answer(m.pack_answer(3, motion))
    assert index == 3 and same(again, motion)


def body(**words: object) -> bytes:
    return save({"features": np.zeros((4, 2), np.float32)}, metadata={"json": json.dumps(words)})


@pytest.mark.parametrize("data", [
    b"", b"x" * 100, body(), body(protocol=m.PROTOCOL), body(protocol=m.PROTOCOL, beats=[], names=["a", "b"]),
    save({}, metadata={"json": "[1]"}), save({}, metadata={"json": "{"}), save({}),
    m.pack_work(job_for(Swayer(), 8.0).work, {})[:-8]])
def test_what_describes_no_dance_is_refused(data):
    with pytest.raises(m.BadMessage):
        m.unpack_work(data)


def test_another_protocol_is_named():
    with pytest.raises(m.BadMessage, match=f"protocol 99, this host {m.PROTOCOL}"):
        m.unpack_work(body(protocol=99))


@pytest.mark.parametrize("change", [{"seed": -1}, {"seed": 2**63}, {"seed": 1.5}, {"names": ["a"]},
                                    {"guidance": "much"}, {"beats": {"times": [2, 1]}}, {"known": {"-1": {}}},
                                    {"fps": None}, {"reference": None}])
def test_values_that_can_not_be_right_are_refused(change):
    good = m.pack_work(job_for(Swayer(), 8.0).work, {})
    arrays, words = m._parts(good)
    with pytest.raises(m.BadMessage):
        m.unpack_work(m._body(arrays, words | change))
