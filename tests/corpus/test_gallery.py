"""The reference poses: on the floor, humanly bent, all different; the files hold what the words say."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.corpus.studio.dancer import STYLES, vocabulary
from dance_core.corpus.studio.dancer.perform import Performer
from dance_core.corpus.studio.dancer.routine import Slot
from dance_core.corpus.studio.gallery import gallery, write_gallery, write_pose
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.hinges import elbow_flexion, knee_flexion
from dance_core.motion.kinematics import joints

POSES = list(gallery().values())


def test_there_are_at_least_eight_and_ready_is_the_default():
    assert len(POSES) >= 8 and next(iter(gallery())) == "ready"


@pytest.mark.parametrize("pose", POSES, ids=lambda p: p.name)
class TestEachPose:
    def test_stands_on_the_floor_in_the_middle_facing_front(self, pose):
        place = joints(pose.motion)[0]
        soles = place[[sk.LEFT_FOOT, sk.RIGHT_FOOT], 1] - sk.TOE_HEIGHT
        assert abs(soles.min()) < 0.003
        assert np.allclose(pose.motion.translation[0, [0, 2]], 0, atol=1e-6)
        assert abs(rot.yaw_of(rot.quaternion_from_axis_angle(pose.motion.rotations[0, 0]))) < 1e-3

    def test_bends_as_people_do(self, pose):
        assert knee_flexion(pose.motion).min() > 0 and elbow_flexion(pose.motion).min() > 0
        assert knee_flexion(pose.motion).max() < 125

    def test_the_file_is_what_the_words_say(self, pose):
        written = write_pose(pose.name)
        assert np.abs(written.rotations - pose.motion.rotations).max() < 1e-3
        assert np.abs(written.translation - pose.motion.translation).max() < 1e-4

    @pytest.mark.parametrize("style", ["gHO", "gKR"])
    def test_a_dance_starts_in_it(self, pose, style):
        counts = np.arange(60) / 30 * 2 - 1
        dancer = Performer(STYLES[style], [Slot(vocabulary()[style][0], 0.0)], counts, pose.motion)
        motion = dancer.frames(0, 60)
        a, b = (rot.quaternion_from_axis_angle(m.rotations[0]) for m in (motion, pose.motion))
        assert np.degrees(rot.geodesic(a, b)).max() < 0.1
        assert np.abs(motion.translation[0] - pose.motion.translation[0]).max() < 1e-4
        speed = np.linalg.norm(np.diff(joints(motion), axis=0), axis=-1) * 30
        assert speed.max() < 12


def test_all_differ():
    for i, a in enumerate(POSES):
        for b in POSES[:i]:
            gap = rot.geodesic(
                rot.quaternion_from_axis_angle(a.motion.rotations[0]),
                rot.quaternion_from_axis_angle(b.motion.rotations[0]),
            )
            assert np.degrees(gap).max() > 15, (a.name, b.name)


def test_the_gallery_can_be_written_anew(tmp_path):
    assert {p.stem for p in write_gallery(tmp_path)} == set(gallery())
