"""The Studio's dancer: words for poses, keys on counts, and every move of the vocabulary on a body."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.corpus.studio.dancer import STYLES, vocabulary
from dance_core.corpus.studio.dancer.feet import standing_feet
from dance_core.corpus.studio.dancer.keys import Keys, smooth
from dance_core.corpus.studio.dancer.perform import Performer
from dance_core.corpus.studio.dancer.pose import (
    ARMS,
    FACES,
    HANDS,
    direction,
    face_values,
    hand_rotations,
    shoulder_frame,
)
from dance_core.corpus.studio.dancer.routine import Slot
from dance_core.corpus.studio.dancer.score import Score
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.hinges import elbow_flexion, knee_flexion
from dance_core.motion.kinematics import joints
from dance_core.motion.motion import Motion

ALL_MOVES = [m for moves in vocabulary().values() for m in moves]


def standing() -> Motion:
    turns = np.zeros((1, 55, 3))
    turns[0, sk.LEFT_SHOULDER, 2], turns[0, sk.RIGHT_SHOULDER, 2] = -1.25, 1.25
    turns[0, [sk.LEFT_KNEE, sk.RIGHT_KNEE], 0] = 0.3
    turns[0, [sk.LEFT_HIP, sk.RIGHT_HIP], 0] = -0.15
    turns[0, [sk.LEFT_ANKLE, sk.RIGHT_ANKLE], 0] = -0.15
    pose = Motion(30, turns, np.array([[0.0, sk.PELVIS_HEIGHT, 0.0]]), np.zeros((1, 52)))
    sole = joints(pose)[0, [sk.LEFT_FOOT, sk.RIGHT_FOOT], 1].min() - sk.TOE_HEIGHT
    return Motion(30, turns, pose.translation - [[0, sole, 0]], np.zeros((1, 52)))


def perform(move, bpm: float, times: int = 3, energy: float = 0.7) -> Motion:
    frames = int(times * move.counts * 60 / bpm * 30)
    counts = np.arange(frames) / 30 * bpm / 60 - 1.0
    slots = [Slot(move, i * move.counts, mirrored=bool(i % 2), energy=energy) for i in range(times)]
    return Performer(STYLES[move.style], slots, counts, standing(), seed=1).frames(0, frames)


class TestWords:
    def test_out_is_away_from_the_middle_on_either_side(self):
        assert direction("out", "L") == (1, 0, 0) and direction("out", "R") == (-1, 0, 0)
        assert np.allclose(direction("out+up", "L"), np.array([1, 1, 0]) / np.sqrt(2))
        assert np.allclose(direction("out-.5up", "R"), np.array([-1, -0.5, 0]) / np.sqrt(1.25))

    @pytest.mark.parametrize("words", ["sideways", "out+", "up-up"])
    def test_words_that_mean_nothing_are_refused(self, words):
        with pytest.raises(ValueError):
            direction(words, "L")

    @pytest.mark.parametrize("name", ARMS)
    @pytest.mark.parametrize("side", "LR")
    def test_an_arm_points_where_its_words_say(self, name, side):
        upper, fore = ARMS[name]
        turn, bend = shoulder_frame(upper, fore, side)
        sign = 1.0 if side == "L" else -1.0
        assert np.allclose(rot.rotate(turn, [sign, 0, 0]), direction(upper, side), atol=1e-6)
        hinge = rot.quaternion_about("y", -sign * np.radians(bend))
        pointed = rot.rotate(rot.multiply(turn, hinge), [sign, 0, 0])
        # nearly straight arms take their hinge from a relaxed arm, so some degrees may be lost there
        assert np.degrees(np.arccos(np.clip(pointed @ np.array(direction(fore, side)), -1, 1))) < 12

    def test_left_and_right_are_mirror_images(self):
        for name in HANDS:
            left, right = hand_rotations(name, "L"), hand_rotations(name, "R")
            assert np.allclose(left * [1, -1, -1], right, atol=1e-9), name

    def test_faces_are_arkit_coefficients(self):
        for name in FACES:
            assert (
                face_values(name).shape == (52,)
                and 0 <= face_values(name).min()
                and face_values(name).max() <= 1
            )


class TestKeys:
    def test_a_key_is_reached_on_its_count_and_rested_on_before_the_next(self):
        keys = Keys.of([(0, 0.0, 0.5), (4, 1.0, 1.0)])
        assert np.allclose(keys.at(np.array([-3.0, 0, 2, 3, 3.5, 4, 9])), [0, 0, 0, 0, 0.5, 1, 1])

    def test_of_two_keys_on_one_count_the_later_written_stays(self):
        assert Keys.of([(1, 5.0, 1), (1, 7.0, 1)]).values.tolist() == [7.0]

    @given(st.floats(0.1, 6), st.integers(3, 40))
    def test_smoothing_keeps_a_constant(self, sigma, frames):
        assert np.allclose(smooth(np.full((frames, 2), 3.0), sigma), 3.0)

    @pytest.mark.parametrize("count", [-0.5, 8.0])
    def test_keys_outside_a_move_are_refused(self, count):
        with pytest.raises(ValueError, match="8 counts"):
            Score(8).chest(count, yaw=3)


class TestVocabulary:
    def test_at_least_eight_styles_and_forty_moves(self):
        full = {s: m for s, m in vocabulary().items() if len(m) >= 4}
        assert len(full) >= 8 and len(ALL_MOVES) >= 40

    def test_every_style_has_grooves_steps_and_a_pose_for_calm_and_loud_music(self):
        for style, moves in vocabulary().items():
            assert {"groove", "step", "pose"} <= {m.role for m in moves}, style
            for energy in (0.15, 0.9):
                fitting = [m for m in moves if m.role != "pose" and m.energy[0] <= energy <= m.energy[1]]
                assert len(fitting) >= 2, (style, energy)

    def test_names_are_unique_within_a_style(self):
        for style, moves in vocabulary().items():
            assert len({m.name for m in moves}) == len(moves), style

    @pytest.mark.parametrize("move", ALL_MOVES, ids=lambda m: f"{m.style}-{m.name}")
    def test_every_move_can_be_danced_by_a_body(self, move):
        """Mirrored and unmirrored, at 125 counts a minute: speed, hinges, floor, planted feet."""
        motion = perform(move, 125.0)
        place = joints(motion)
        speed = np.linalg.norm(np.diff(place, axis=0), axis=-1) * 30
        assert speed.max() < 12.0, f"{sk.JOINT_NAMES[int(speed.max(0).argmax())]} at {speed.max():.1f} m/s"
        assert knee_flexion(motion).min() > -3 and elbow_flexion(motion).min() > -3
        toes = place[:, [sk.LEFT_FOOT, sk.RIGHT_FOOT]]
        ankles = place[:, [sk.LEFT_ANKLE, sk.RIGHT_ANKLE]]
        assert toes[..., 1].min() - sk.TOE_HEIGHT > -0.01 and ankles[..., 1].min() - 0.05 > -0.01
        assert place[..., 1].min() > -0.01
        assert speed[:, :22].mean() > 0.05, "a move moves"


class TestPerformer:
    def test_frame_0_is_the_reference_pose(self):
        motion, pose = perform(ALL_MOVES[0], 110.0), standing()
        angle = rot.geodesic(
            rot.quaternion_from_axis_angle(motion.rotations[0]),
            rot.quaternion_from_axis_angle(pose.rotations[0]),
        )
        assert np.degrees(angle).max() < 0.1
        assert np.allclose(motion.translation[0], pose.translation[0], atol=1e-5)

    @pytest.mark.parametrize("cut", [1, 37, 90])
    def test_a_stretch_is_the_same_alone_and_with_the_rest(self, cut):
        move = ALL_MOVES[0]
        counts = np.arange(150) / 30 * 110 / 60 - 1.0
        dancer = Performer(STYLES[move.style], [Slot(move, 0.0)], counts, standing())
        whole, first, second = dancer.frames(0, 150), dancer.frames(0, cut), dancer.frames(cut, 150)
        assert np.allclose(np.concatenate([first.rotations, second.rotations]), whole.rotations, atol=1e-5)
        assert np.allclose(
            np.concatenate([first.translation, second.translation]), whole.translation, atol=1e-5
        )

    def test_the_supporting_foot_stays_while_the_other_steps(self):
        """In a two-step each foot rests on the floor for a count: its ball moves less than 1 cm."""
        move = next(m for m in vocabulary()["gHO"] if m.name == "Two-step")
        place = joints(perform(move, 110.0))
        ball = place[:, sk.LEFT_FOOT]
        speed = np.linalg.norm(np.diff(ball, axis=0), axis=-1) * 30
        resting = speed < 0.1
        assert resting.mean() > 0.35
        runs = np.flatnonzero(np.diff(np.r_[0, resting.astype(int), 0])).reshape(-1, 2)
        for start, stop in runs:
            assert np.linalg.norm(ball[start:stop] - ball[start], axis=-1).max() < 0.015

    def test_the_feet_of_a_pose_are_found(self):
        feet = standing_feet(standing())
        assert (
            abs(feet["L"].ball[0] - sk.REST_JOINTS[sk.LEFT_FOOT, 0]) < 0.03
            and feet["L"].ball[0] > 0 > feet["R"].ball[0]
        )
        assert feet["L"].ball[1] == 0.0

    def test_eyes_blink_and_stay_open_most_of_the_time(self):
        move = ALL_MOVES[0]
        counts = np.arange(900) / 30 * 100 / 60
        slots = [Slot(move, float(i * move.counts)) for i in range(8)]
        face = Performer(STYLES[move.style], slots, counts, standing()).frames(0, 900).face
        lid = face[:, sk.FACE_NAMES.index("eyeBlinkLeft")]
        blinks = int(((lid[1:] > 0.5) & (lid[:-1] <= 0.5)).sum())
        assert 4 <= blinks <= 15 and (lid < 0.3).mean() > 0.85
