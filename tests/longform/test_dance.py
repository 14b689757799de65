"""A dance in the making: what is asked for and when, and what is let in."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from practice import Between, Gesturer, Poser, Practice, Swayer, Walker, job_for, same, stance

from dance_core.errors import UserError
from dance_core.longform.dance import Dance, GeneratorError, at_centre, reference_error
from dance_core.longform.take import Seam
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import shape
from dance_core.motion.motion import Motion
from dance_core.settings import Settings


def dance_of(generator: Practice, seconds: float = 40.0, seed: int = 1, **rest: object) -> Dance:
    job = job_for(generator, seconds, seed)
    return Dance(job.features, job.beats, generator.needs, "gHO", rest.pop("reference", job.reference),
                 Settings(), seed, **rest)


def finished(dance: Dance, generator: Practice, order: random.Random | None = None) -> list:
    """Run a dance to its end; with an order, answers of one wave come in any order."""
    pieces = []
    while not dance.complete:
        asked = dance.ready()
        if order:
            order.shuffle(asked)
        for index, request in asked:
            piece = dance.accept(index, generator.generate([request])[0])
            pieces += [piece] if piece else []
    return pieces


def test_stream_asks_for_one_segment_after_the_other():
    generator = Walker(context_frames=20)
    dance = dance_of(generator, 20)
    danced: list[Motion] = []
    for k, segment in enumerate(dance.segments):
        [(index, request)] = dance.ready()
        assert index == k and dance.ready() == []
        assert (request.start, request.stop) == (segment.start, segment.stop)
        assert request.seed == 1 and same(request.reference, dance.reference)
        answer = generator.generate([request])[0]
        if k == 0:
            assert request.context is None
            assert np.array_equal(answer.rotations, generator.generate([request])[0].rotations)
            first = answer
        elif k == 1:  # nothing was blended in the first segment: the context is its end
            assert same(request.context, first.slice(segment.start, segment.start + 20))
        else:
            assert len(request.context) == 20
        danced += [piece.motion] if (piece := dance.accept(index, answer)) else []
    assert dance.complete and dance.ready() == []
    assert same(Motion.join(danced), dance.motion())


def test_pieces_join_to_the_whole_dance_and_count_the_segments():
    generator = Walker()
    dance = dance_of(generator)
    pieces = finished(dance, generator)
    assert same(Motion.join([p.motion for p in pieces]), dance.motion())
    assert [p.start for p in pieces] == list(np.cumsum([0] + [len(p.motion) for p in pieces[:-1]]))
    assert [p.done for p in pieces] == list(range(1, len(dance.segments) + 1))
    assert {p.total for p in pieces} == {len(dance.segments)}
    assert len(dance.motion()) == 1200


def test_two_waves_ask_for_all_even_segments_and_then_for_all_odd_ones():
    generator = Between()
    dance = dance_of(generator, 60, waves=True)
    first = dance.ready()
    assert [i for i, _ in first] == [0, 2, 4, 6]
    assert all(r.context is None and r.arrive is None for _, r in first)
    for i, r in first:
        dance.accept(i, generator.generate([r])[0])
    second = dance.ready()
    assert [i for i, _ in second] == [1, 3, 5, 7]
    for i, r in second:
        segment, before = dance.segments[i], dance.segments[i - 1]
        own = dance._answers[i - 1]
        begins = segment.start - before.start
        assert same(r.context, own.slice(begins, begins + 10))
        if i + 1 < len(dance.segments):
            after = dance.segments[i + 1]
            assert len(r.arrive) == segment.stop - after.start
            head = dance._answers[i + 1]
            assert np.array_equal(r.arrive.rotations[:, 1:], head.rotations[:len(r.arrive), 1:])
            # it arrives where it left, facing the same way
            away = (r.arrive.translation[0] - own.translation[-1])[[0, 2]]
            assert np.abs(away).max() < 1e-4
        else:
            assert r.arrive is None
    for i, r in second:
        dance.accept(i, generator.generate([r])[0])
    assert dance.complete and len(dance.motion()) == 1800
    # the last segment of a wave that fills in arrives exactly: the seam after it needs no blend
    assert [s.method for s in dance.seams()][1::2] == ["kept"] * 3


def test_a_generator_that_fills_in_between_streams_all_the_same_where_nobody_asks_for_waves():
    generator = Between()
    dance = dance_of(generator, 20)
    assert [i for i, _ in dance.ready()] == [0]
    with pytest.raises(UserError, match="Practice can't dance in two waves"):
        dance_of(Walker(), 20, waves=True)


@pytest.mark.parametrize("waves", [False, True])
def test_parts_that_are_kept_stay_bit_for_bit_and_the_others_are_new(waves: bool):
    first = dance_of(Gesturer(), 20, seed=1)
    finished(first, Gesturer())
    given = first.motion()
    for keep in ({"body"}, {"body", "face"}, {"hands"}):
        generator = Gesturer()
        dance = dance_of(generator, 20, seed=2, waves=waves, keep=frozenset(keep), given=given)
        finished(dance, generator)
        made = dance.motion()
        assert all(same(r.given, given.slice(r.start, r.stop)) for r in generator.requests)
        assert np.array_equal(made.rotations[:, :22], given.rotations[:, :22])  # both sway to the same music
        for part, joints in (("hands", slice(25, 55)), ("face", slice(22, 25))):
            assert np.array_equal(made.rotations[:, joints], given.rotations[:, joints]) == (
                part in keep or part == "face")
        assert np.array_equal(made.face, given.face) == ("face" in keep)
        assert {s.method for s in dance.seams()} == {"kept"}


def test_seams_of_a_dance_whose_body_is_kept_are_those_of_its_hands():
    """The body jumps where the hands' segments are cut: that is its own, and no seam's."""
    rotations = np.repeat(stance().rotations, 600, 0)
    jumpy = Motion.join([stance()] * 600)
    cuts = [s.start for s in _seams_keeping(jumpy, {"body", "face"})]
    for cut in cuts:
        rotations[cut, 16, 2] += 1.0
    jumpy = replace(jumpy, rotations=rotations)
    hands = _seams_keeping(jumpy, {"body", "face"})
    assert [s.start for s in hands] == cuts and len(cuts) >= 2
    assert max(s.ratio for s in hands) < 1.5 and min(s.elsewhere.velocity for s in hands) > 0
    assert {s.ratio for s in _seams_keeping(jumpy, {"body", "hands"})} == {0.0}, "a face has no joints"


def _seams_keeping(given: Motion, keep: set[str]) -> tuple[Seam, ...]:
    generator = Gesturer()
    dance = dance_of(generator, 20, keep=frozenset(keep), given=given)
    finished(dance, generator)
    return dance.seams()


@pytest.mark.parametrize("name", ["tall", "short"])
def test_a_dance_of_another_build_is_the_same_dance_on_its_own_legs(name: str):
    """Generators see the neutral body alone, and are told the build; what is given out has it."""
    betas = shape.build_named(name)
    generator, plain = Swayer(), dance_of(Swayer(), 20)
    finished(plain, Swayer())
    pose = shape.reshaped(job_for(generator, 20, 1).reference, betas)
    dance = dance_of(generator, 20, reference=pose)
    pieces = finished(dance, generator)
    made, wanted = dance.motion(), shape.reshaped(plain.motion(), betas)
    assert same(made, wanted) and np.array_equal(made.betas, betas)
    assert all(np.array_equal(p.motion.betas, betas) for p in pieces)
    assert same(Motion.join([p.motion for p in pieces]), made)
    for request in generator.requests:
        assert np.array_equal(request.betas, betas) and not request.reference.betas.any()
        assert request.context is None or not request.context.betas.any()
    assert max(reference_error(made, dance.reference)[0]) < 0.1
    assert reference_error(made, dance.reference)[1] < 0.1


def test_parts_of_another_builds_dance_are_kept_bit_for_bit():
    first = dance_of(Gesturer(), 20, reference=shape.reshaped(stance(), shape.build_named("tall")))
    finished(first, Gesturer())
    given, generator = first.motion(), Gesturer()
    dance = dance_of(generator, 20, seed=2, keep=frozenset({"body", "face"}), given=given)
    finished(dance, generator)
    made = dance.motion()
    assert np.array_equal(made.translation, given.translation) and np.array_equal(made.betas, given.betas)
    assert np.array_equal(made.rotations[:, :25], given.rotations[:, :25])
    assert not np.array_equal(made.rotations[:, 25:], given.rotations[:, 25:])


def test_a_kept_body_is_written_whatever_a_seam_would_do_to_it():
    given = Motion.join([stance()] * 600)
    generator = Walker(remakes_parts=True)  # another heading, place and phase for every segment
    dance = dance_of(generator, 20, keep=frozenset({"face"}), given=given)
    finished(dance, generator)
    assert np.array_equal(dance.motion().face, given.face)


def test_who_cannot_keep_parts_says_so_and_who_does_not_is_found_out():
    given = Motion.join([stance()] * 600)
    with pytest.raises(UserError, match="Practice makes whole dances: it can't keep the body and face and"):
        dance_of(Walker(), 20, keep=frozenset({"body", "face"}), given=given)
    with pytest.raises(UserError, match="The dance has 599 frames at 30 a second, but its music 600 at 30"):
        dance_of(Gesturer(), 20, keep=frozenset({"body"}), given=given.slice(0, 599))
    careless = Walker(remakes_parts=True)
    dance = dance_of(careless, 20, keep=frozenset({"body"}), given=given)
    [(index, request)] = dance.ready()
    with pytest.raises(GeneratorError, match="segment 1 of 3: the generator did not keep the body"):
        dance.accept(index, careless.generate([request])[0])


def test_every_segment_is_told_how_lively_to_dance_and_who_cannot_be_told_says_so():
    with pytest.raises(UserError, match="Practice can't be told how lively to dance"):
        dance_of(Walker(), 20, energy=0.7)
    with pytest.raises(UserError, match="energy is 1.2, but 0 to 1 was expected"):
        dance_of(Walker(uses_energy=True), 20, energy=1.2)
    generator = Walker(uses_energy=True)
    finished(dance_of(generator, 20, energy=0.7), generator)
    assert len(generator.requests) > 1 and {r.energy for r in generator.requests} == {0.7}


def test_two_waves_in_any_order_make_the_same_dance():
    results = []
    for seed in (None, 1, 2):
        generator = Between()
        dance = dance_of(generator, 60, waves=True)
        finished(dance, generator, random.Random(seed) if seed else None)
        results.append(dance.motion())
    assert same(results[0], results[1]) and same(results[0], results[2])


def test_the_same_seed_makes_the_same_dance_and_another_one_another():
    made = []
    for seed in (3, 3, 4):
        generator = Walker()
        dance = dance_of(generator, seed=seed)
        finished(dance, generator)
        made.append(dance.motion())
    assert same(made[0], made[1]) and not same(made[0], made[2])


def test_the_reference_is_put_at_the_centre_and_the_dance_starts_there():
    moved = replace(stance(), translation=stance().translation + np.array([3, 0, -2], np.float32))
    generator = Swayer()
    dance = dance_of(generator, reference=moved)
    assert np.abs(dance.reference.translation[0, [0, 2]]).max() == 0
    finished(dance, generator)
    degrees, cm = reference_error(dance.motion(), dance.reference)
    assert degrees.max() < 0.1 and cm < 0.1


def test_reference_error_in_degrees_and_centimetres():
    pose = stance()
    rotations = pose.rotations.copy()
    q = rot.multiply(rot.quaternion_from_axis_angle(rotations[0, 18]),
                     rot.quaternion_about("x", np.radians(7)))
    rotations[0, 18] = rot.axis_angle_from_quaternion(q)
    rotations[0, 15] = (0.0, np.radians(20), 0.0)
    degrees, cm = reference_error(replace(pose, rotations=rotations), pose)
    assert degrees[18] == pytest.approx(7, abs=1e-3) and degrees[15] == pytest.approx(20, abs=1e-3)
    assert np.count_nonzero(degrees > 1e-3) == 2
    rest = kin.joints(replace(pose, rotations=rotations), 22) - kin.joints(pose, 22)
    assert cm == pytest.approx(100 * np.linalg.norm(rest, axis=-1).max(), abs=1e-4)
    assert reference_error(at_centre(pose), pose)[1] < 1e-4


def tampered(motion: Motion) -> Motion:
    motion.rotations[5, 3] = np.nan  # a Motion is checked when made; its arrays can be written later
    return motion


@pytest.mark.parametrize("broken, told", [
    (lambda m: m.slice(0, 50), "50 frames, not 120"),
    (lambda m: Motion.join([m, m]), "240 frames, not 120"),
    (lambda m: replace(m, fps=60.0), "60 frames a second, not 30"),
    (lambda m: None, "NoneType, not a motion"),
    (lambda m: m.rotations, "ndarray, not a motion"),
    (tampered, "not finite (rotations)"),
    (lambda m: replace(m, translation=m.translation + 5000), "m away"),
])
def test_what_is_no_answer_is_not_let_in_and_the_generator_is_named(broken, told):
    generator = Walker(title="Clumsy")
    dance = dance_of(generator)
    [(index, request)] = dance.ready()
    with pytest.raises(GeneratorError, match="Clumsy, segment 1 of 6") as caught:
        dance.accept(index, broken(generator.generate([request])[0]))
    assert told in str(caught.value)
    assert isinstance(caught.value, UserError)  # a sentence that people may see
    assert dance.done == 0


def test_answers_nobody_asked_for_are_errors():
    generator = Walker()
    dance = dance_of(generator)
    with pytest.raises(ValueError, match="segment 0 is not waited for"):
        dance.accept(0, stance())
    [(index, request)] = dance.ready()
    motion = generator.generate([request])[0]
    dance.accept(index, motion)
    with pytest.raises(ValueError, match="segment 0 is not waited for"):
        dance.accept(index, motion)


@pytest.mark.parametrize("change, told", [
    ({"style": "gXX"}, "has no style 'gXX'; it has gHO, gBR"),
    ({"seed": -1}, "seed is -1"),
    ({"seed": 2**63}, "seed is 9223372036854775808"),
    ({"reference": Motion.join([stance(), stance()])}, "2 frames, but one"),
])
def test_bad_wishes_are_one_sentence(change, told):
    job = job_for(Walker())
    wishes = {"style": "gHO", "reference": job.reference, "seed": 0, **change}
    with pytest.raises(UserError) as caught:
        Dance(job.features, job.beats, Walker().needs, settings=Settings(), **wishes)
    assert told in str(caught.value)


def test_music_of_one_segment_has_no_seams():
    generator = Poser()
    dance = dance_of(generator, 4.0)
    pieces = finished(dance, generator)
    assert len(dance.segments) == len(pieces) == 1 and dance.seams() == ()
    assert len(pieces[0].motion) == 120
