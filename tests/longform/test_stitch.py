"""Seams: heading and place carried on, no gliding feet, no jolt, and nothing changed that was given out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice import Poser, Swayer, Walker, job_for, same, stance

from dance_core.evaluation.limits import check
from dance_core.generators.base import Request
from dance_core.longform.carry import Placing, onto
from dance_core.longform.plan import blend_frames, plan_segments
from dance_core.longform.segment import Segment
from dance_core.longform.stitch import Stitcher
from dance_core.longform.take import Seam
from dance_core.motion import hinges
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import stances
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion
from dance_core.settings import Settings

SETTINGS = Settings()
BLEND = blend_frames(SETTINGS)


MAKERS = {"walker": Walker, "poser": Poser, "calm": lambda: Poser(size=0.2), "swayer": Swayer}


@cache
def made(name: str, seconds: float = 40.0, seed: int = 1) -> tuple[tuple[Segment, ...], list[Motion]]:
    """(segments, their raw motions) of a practice dance."""
    generator = MAKERS[name]()
    job = job_for(generator, seconds, seed)
    segments = plan_segments(job.beats, len(job.features), generator.needs, SETTINGS)
    return segments, generator.generate([
        Request(job.features, job.beats, s.start, s.stop, "gHO", job.reference, seed=seed) for s in segments])


@cache
def stitched(name: str, seconds: float = 40.0, seed: int = 1,
             pull: float = 0.0) -> tuple[Motion, tuple[Seam, ...]]:
    segments, motions = made(name, seconds, seed)
    stitcher = Stitcher(segments, BLEND, pull=pull)
    for m in motions:
        stitcher.push(m)
    return stitcher.frames(0, segments[-1].stop), stitcher.seams()


def cut_in(motion: Motion, at: int, overlap: int) -> tuple[tuple[Segment, ...], list[Motion]]:
    """One motion as two overlapping segments."""
    segments = (Segment(0, 0, at, 0, 0, 0), Segment(1, at - overlap, len(motion), overlap, 0, 0))
    return segments, [motion.slice(s.start, s.stop) for s in segments]


def turned(motion: Motion, angle: float, x: float, z: float) -> Motion:
    return Placing(angle, np.array([x, z])).apply(motion)


def test_a_dance_cut_in_two_comes_back_bit_for_bit():
    whole = made("walker", 20)[1][0]
    segments, parts = cut_in(whole, 70, 30)
    stitcher = Stitcher(segments, BLEND)
    for p in parts:
        stitcher.push(p)
    assert same(stitcher.frames(0, len(whole)), whole)
    seam = stitcher.seams()[0]
    assert seam.method == "kept" and seam.steps == 0 and seam.turn_degrees == 0 and seam.shift_metres == 0


@given(st.floats(-np.pi, np.pi), st.floats(-20, 20), st.floats(-20, 20))
@settings(max_examples=20)
def test_the_same_dance_elsewhere_is_brought_back(angle, x, z):
    whole = made("poser", 20)[1][0]
    segments, (first, second) = cut_in(whole, 70, 30)
    stitcher = Stitcher(segments, BLEND)
    stitcher.push(first)
    stitcher.push(turned(second, angle, x, z))
    back = stitcher.frames(0, len(whole))
    assert np.abs(kin.joints(back, 22) - kin.joints(whole, 22)).max() < 2e-3
    assert stitcher.seams()[0].method == "kept"
    # nothing but the root was touched
    assert np.array_equal(back.rotations[:, 1:], whole.rotations[:, 1:])


def test_a_segment_that_goes_on_from_its_context_takes_over_where_it_leaves_the_old_one():
    whole = made("poser")[1][0]
    rotations = whole.rotations.copy()
    later = np.maximum(np.arange(len(whole)) - 52, 0) / 30
    rotations[:, sk.HEAD, 1] += 0.5 * later**3  # looks away from frame 52 on, without a jolt
    other = replace(whole, rotations=rotations)
    stitcher = Stitcher((Segment(0, 0, 70, 0, 0, 0), Segment(1, 40, 120, 30, 0, 0)), BLEND)
    stitcher.push(whole.slice(0, 70))
    stitcher.push(other.slice(40, 120))
    seam = stitcher.seams()[0]
    assert seam.method == "kept" and 52 < seam.stop < 60 and seam.ratio <= 1.5
    assert same(stitcher.frames(0, seam.stop), whole.slice(0, seam.stop))
    assert same(stitcher.frames(seam.stop, 120), other.slice(seam.stop, 120))


def test_a_segment_that_only_repeats_its_context_and_jumps_is_blended_all_the_same():
    whole, other = made("poser")[1][0], made("poser", seed=2)[1][1]
    second = Motion.join([whole.slice(40, 52), other.slice(12, 80)])
    stitcher = Stitcher((Segment(0, 0, 70, 0, 0, 0), Segment(1, 40, 120, 30, 0, 0)), BLEND)
    stitcher.push(whole.slice(0, 70))
    stitcher.push(second)
    assert stitcher.seams()[0].method != "kept"


@pytest.mark.parametrize("name", ["walker", "poser", "calm"])
@pytest.mark.parametrize("seed", range(3))
def test_seams_are_no_rougher_than_the_rest(name, seed):
    motion, seams = stitched(name, seed=seed)
    assert len(seams) == 5 and all(s.method != "kept" for s in seams)
    assert max(s.ratio for s in seams) <= 1.5
    # a hard cut would be many times rougher: the test is worth something
    assert np.median([s.before.velocity / s.elsewhere.velocity for s in seams]) > 3


@pytest.mark.parametrize("name", ["walker", "poser", "calm"])
@pytest.mark.parametrize("seed", range(3))
def test_no_foot_slides_or_sinks_at_a_seam(name, seed):
    motion, seams = stitched(name, seed=seed)
    for s in seams:
        slid = [x.slide for x in stances(motion.slice(s.start - 5, s.stop + 5))]
        assert max(slid) < 0.02
    report = check(motion, seams)
    assert report.depth < 1.0 and report.backwards == 0.0 and report.speed < 12.0


def test_heading_and_place_are_carried_on_however_the_segments_lie():
    motion, seams = stitched("walker", 60)
    pelvis = motion.translation[:, [0, 2]]
    assert np.linalg.norm(np.diff(pelvis, axis=0), axis=-1).max() < 0.1  # m a frame: nobody is beamed away
    heading = np.unwrap(rot.yaw_of(rot.quaternion_from_axis_angle(motion.rotations[:, 0])))
    assert np.abs(heading).max() < np.radians(20)  # every segment walks straight on from the first
    assert max(abs(s.turn_degrees) for s in seams) > 30  # though they came at any angle


def test_height_is_kept():
    segments, motions = made("poser", 40)
    stitcher = Stitcher(segments, BLEND)
    for m in motions:
        stitcher.push(m)
    after = slice(segments[1].start + segments[1].overlap, segments[2].start)
    own = motions[1].translation[segments[1].overlap:segments[2].start - segments[1].start, 1]
    assert np.array_equal(stitcher.frames(after.start, after.stop).translation[:, 1], own)


def test_frames_that_were_given_out_never_change():
    segments, motions = made("walker", 60)
    stitcher = Stitcher(segments, BLEND)
    given_out = [stitcher.push(m) for m in motions]
    whole = stitcher.frames(0, segments[-1].stop)
    assert same(Motion.join([g for g in given_out if len(g)]), whole)
    # everything but the next overlap is given at once
    assert len(given_out[0]) == segments[1].start + segments[1].overlap - BLEND


def test_outside_of_the_seams_every_segment_is_its_own_but_for_where_it_stands():
    segments, motions = made("walker", 40)
    motion, seams = stitched("walker", 40)
    for s, m, after in zip(segments[1:-1], motions[1:-1], segments[2:], strict=True):
        inner = slice(s.start + s.overlap, after.start)
        own = m.rotations[s.overlap:after.start - s.start]
        assert np.array_equal(motion.rotations[inner, 1:], own[:, 1:])


def test_segments_that_fit_by_themselves_are_left_alone():
    motion, seams = stitched("swayer", 40)
    assert {s.method for s in seams} == {"kept"}
    assert max(s.ratio for s in seams) <= 1.5
    whole = made("swayer", 40)[1]
    assert np.array_equal(motion.rotations[:90], whole[0].rotations[:90])


def test_the_first_segment_is_put_where_the_reference_stands():
    segments, motions = made("poser", 20)
    away = [turned(motions[0], 2.0, 3.0, -4.0), *motions[1:]]
    stitcher = Stitcher(segments, BLEND, reference=stance(0.7))
    for m in away:
        stitcher.push(m)
    first = stitcher.frames(0, 1)
    assert np.abs(kin.joints(first) - kin.joints(stance(0.7))).max() < 1e-3


def test_asked_for_it_comes_back_towards_the_centre():
    free, _ = stitched("walker", 60)
    pulled, seams = stitched("walker", 60, pull=0.1)
    far = [float(np.linalg.norm(m.translation[-1, ::2])) for m in (free, pulled)]
    assert far[1] < far[0] - 0.3
    assert max(s.ratio for s in seams) < 2.0


def test_wrong_lengths_and_too_many_segments_are_errors():
    segments, motions = made("swayer", 20)
    stitcher = Stitcher(segments, BLEND)
    with pytest.raises(ValueError, match=r"segment 0 has 120 frames, got 50"):
        stitcher.push(motions[0].slice(0, 50))
    with pytest.raises(ValueError, match="0 of 3"):
        stitcher.seams()
    for m in motions:
        stitcher.push(m)
    with pytest.raises(ValueError, match="all segments"):
        stitcher.push(motions[-1])


@given(st.floats(-3.1, 3.1), st.floats(-9, 9), st.floats(-9, 9))
@settings(max_examples=20)
def test_onto_finds_the_placing_that_was_applied(turn, x, z):
    here = stance()
    there = turned(here, turn, x, z)
    assert np.abs(kin.joints(onto(there, here).apply(here)) - kin.joints(there)).max() < 1e-4


REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion" / "g1_moves"


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
def test_pieces_of_recorded_dances_join_as_smoothly_as_those_dances_are():
    clips = [m for m in map(load_npz, sorted(REAL.glob("*.npz"))) if len(m) > 300]
    segments = made("walker")[0]
    ratios, hard, slid = [], [], []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        stitcher = Stitcher(segments, BLEND)
        for s in segments:
            frames = s.stop - s.start
            fitting = [c for c in clips if len(c) >= frames]
            clip = fitting[rng.integers(len(fitting))]
            start = int(rng.integers(len(clip) - frames + 1))
            stitcher.push(clip.slice(start, start + frames))
        motion, seams = stitcher.frames(0, segments[-1].stop), stitcher.seams()
        ratios += [s.ratio for s in seams]
        hard += [s.before.velocity / s.elsewhere.velocity for s in seams]
        slid += [max((x.slide for x in stances(motion.slice(s.start - 3, s.stop + 3))), default=0.0)
                 for s in seams]
        assert check(motion).backwards < 5.0  # no blend bends a knee or elbow the wrong way
    # at random places of their own, such dances reach 1.8 in one of ten
    assert np.median(ratios) < 1.2 and np.mean(np.array(ratios) <= 1.8) >= 0.9
    assert np.median(hard) > 8
    assert np.median(slid) < 0.01 and max(slid) < 0.04


def test_an_elbow_between_two_segments_bends_the_right_way():
    """Both bend it well; half-way between them it would point 22 degrees to the wrong side."""
    still = made("calm")[1][0].slice(0, 120)
    limb = hinges.HINGES[sk.LEFT_ELBOW]
    poses = []
    for elbow in ((1.139, 0.194, 0.313), (-0.678, 0.329, -1.709)):
        rotations = still.rotations.copy()
        rotations[:, sk.LEFT_ELBOW] = elbow
        assert hinges.bent_backwards(limb, rot.quaternion_from_axis_angle(rotations[0, sk.LEFT_ELBOW])) == 0
        poses.append(replace(still, rotations=rotations))
    segments, _ = cut_in(still, 70, 30)
    stitcher = Stitcher(segments, BLEND)
    for segment, pose in zip(segments, poses, strict=True):
        stitcher.push(pose.slice(segment.start, segment.stop))
    seam = stitcher.seams()[0]
    elbows = stitcher.frames(0, 120).rotations[:, sk.LEFT_ELBOW]
    wrong = hinges.bent_backwards(limb, rot.quaternion_from_axis_angle(elbows))
    assert seam.stop > seam.start and wrong.max() < hinges.MOST + 0.01
