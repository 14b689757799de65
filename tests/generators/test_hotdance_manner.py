"""HOT-dance is told a manner: in every pass, at the clock's pace, measured where a segment is coded."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import torch
from learning import danced
from practice import stance
from test_hotdance_parts import TINY, given_of

from dance_core.generators.base import Request
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.coded import _from_front, _segment, _WholeDance
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.hotdance.dancing import _Dancing
from dance_core.generators.hotdance.dit import LEAST_LED, Dit
from dance_core.generators.hotdance.dit_config import USUAL
from dance_core.generators.hotdance.reference import Drawn
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.manner import NUMBERS, Manner, at_pace, manner_of, measured, unsaid


def test_it_is_told_with_and_without_music_and_can_be_left_unsaid() -> None:
    torch.manual_seed(0)
    dit = Dit(dataclasses.replace(TINY, dancers=3)).eval()
    for layer in (dit.out, dit.modulate[1]):
        torch.nn.init.normal_(layer.weight, std=0.1)
    told, noisy, t = given_of(TINY, 6), torch.randn(2, TINY.numbers, 6), torch.tensor([0.3, 0.3])
    wild = told._replace(manner=torch.full((2, NUMBERS), 2.0))
    deaf = torch.zeros(2, dtype=torch.bool)
    with torch.no_grad():
        for hear in (None, deaf):
            made = [dit(noisy, t, given, hear) for given in (told, wild)]
            assert torch.equal(*made), "untaught it says nothing"
        torch.nn.init.normal_(dit.manner.told[2].weight)
        torch.nn.init.normal_(dit.manner.unsaid)
        some = told._replace(manner=torch.stack([wild.manner[0], unsaid(1)[0]]))
        for hear in (None, deaf):
            made = {who: dit(noisy, t, given, hear) for who, given in
                    (("any", told), ("wild", wild), ("first wild", some))}
            assert not torch.allclose(made["any"], made["wild"], atol=1e-3)
            each = torch.stack([made["wild"][0], made["any"][1]])
            assert torch.allclose(made["first wild"], each, atol=1e-5)


def test_guidance_leads_beyond_the_manner_as_far_at_any_strength_that_leads() -> None:
    """Of a network for which a manner shifts every guess by so much, music or not."""
    dit = Dit(dataclasses.replace(TINY, dancers=3)).eval()
    dit.manner.mean.fill_(0.5)

    def guess(x: torch.Tensor, t: torch.Tensor, heard: torch.Tensor) -> torch.Tensor:
        return heard[:, :1, None].expand_as(x)

    dit.listen = lambda given, hear=None: given.manner
    dit.guess = guess
    told = given_of(TINY, 2)._replace(manner=torch.full((2, NUMBERS), 0.7))
    x, body = torch.zeros(2, TINY.numbers, 2), TINY.body
    for strength in (2.0, 2.5, 4.0):
        led = dit.guided(told, torch.full((2,), strength), beyond=2.0)(x, torch.zeros(2))
        assert torch.allclose(led[:, :body], torch.tensor(0.7 + 2.0 * 0.2), atol=1e-5)
        assert torch.allclose(led[:, body:], torch.tensor(0.7), atol=1e-5), "hands and face as told"
    near = dit.guided(told, torch.full((2,), 1.1), beyond=2.0)(x, torch.zeros(2))
    assert torch.allclose(near[:, :body], torch.tensor(0.7 + 0.1 / LEAST_LED * 2.0 * 0.2), atol=1e-5)


def test_what_is_coded_has_the_manner_of_its_rows_on_our_body() -> None:
    _, _, motion = danced("gHO", 1, 12.0)
    links = mk.links_of(motion).astype(np.float32)
    code = pc.PoseCode.fit([motion])
    rows = code.encode(motion)
    front = np.tile(np.array([1.0, 0.0], np.float32), (len(rows), 1))
    told = np.concatenate([rows, links.reshape(len(links), -1), front], 1)
    drawn = Drawn(np.zeros(SEGMENT, bool), own=False)
    music = np.zeros((SEGMENT, 1), np.float32)
    tall, ours = (_segment(told[:SEGMENT], music, 0, drawn, np.full(mk.POINTS, size),
                           _WholeDance(links, rows, np.zeros(len(links))), np.random.default_rng(0))
                  for size in (1.2, 1.0))
    assert np.array_equal(tall.manner, ours.manner) and not np.allclose(tall.links, ours.links)
    assert np.allclose(ours.manner, manner_of(measured(rows[:SEGMENT]).mean(0)), atol=1e-6)
    at = int(np.flatnonzero((rows == ours.clip_rows[0]).all(1))[0])
    assert np.allclose(ours.clip[0], _from_front(links[at:at + 1], 0.0)[0]), "a held pose is of one moment"


def test_a_dancer_of_the_stage_is_asked_for_at_the_clocks_pace() -> None:
    """What is painted for a fast song is read back faster: painted calmer, it is as lively as the dancer."""
    c = dataclasses.replace(TINY, styles=("gHO",), dancers=1, even=1.0, paced=1.0, more=1.0)
    features, beats, motion = danced("gHO", 3, 11.0)
    dancers = Manner(8, 1)
    book = manner_of(np.array([[0.6, 0.3, 0.9, 0.4, 0.5, 0.3, 0.4, 0.8]], np.float32))
    dancers.fit(book, np.zeros(1, int))
    request = Request(features, beats, 0, 120, "gHO", stance(), seed=5)
    told = _Dancing(request, c, pc.PoseCode.fit([motion]), dancers=dancers)
    pace = beats.tempo / USUAL
    assert math.isclose(told.clock.pace, pace, rel_tol=0.02) and not math.isclose(pace, 1.0, rel_tol=0.05)
    assert np.allclose(at_pace(told.manner, told.clock.pace), book[0], atol=1e-4)
    assert np.array_equal(told.manner[5:], book[0, 5:])
    assert np.isnan(_Dancing(request, c, pc.PoseCode.fit([motion])).manner).all(), "who knows nobody"
