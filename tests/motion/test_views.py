"""Cameras told from where a dancer stands: the same view wherever the dance was recorded."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from practice import stance

from dance_core.motion import rotations as rot
from dance_core.motion.openpose import LEFT_SHOULDER, NOSE, RIGHT_SHOULDER, keypoints, project
from dance_core.motion.views import CALIBRATED, PICTURE, View, random_view


def seen(view: View, points: np.ndarray) -> np.ndarray:
    return project(points, [view.camera(points[0])], PICTURE, 30.0).xy[0]


@pytest.mark.parametrize("heading", [0.0, 1.0, -2.5])
def test_a_view_is_the_same_wherever_the_dancer_stands_and_faces(heading):
    points = keypoints(stance())
    turned = rot.rotate(rot.quaternion_about("y", np.array(heading)), points) + (3.0, 0.0, -7.0)
    view = View(away=4.0, turn=0.4, off=0.3)
    np.testing.assert_allclose(seen(view, turned), seen(view, points), atol=1e-6)


def test_the_calibrated_camera_stands_in_front_and_is_as_far_from_all():
    points = keypoints(stance())
    xy = seen(CALIBRATED, points)
    assert xy[LEFT_SHOULDER, 0] > PICTURE[0] / 2 > xy[RIGHT_SHOULDER, 0], "the dancer's left is on our right"
    assert abs(xy[NOSE, 0] - PICTURE[0] / 2) < 5
    camera = CALIBRATED.camera(points[0])
    assert np.hypot(camera.eye[0] - camera.target[0], camera.eye[2] - camera.target[2]) == \
        pytest.approx(CALIBRATED.away)


def test_a_camera_to_the_left_sees_more_of_the_left_side():
    points = keypoints(stance())
    depth = [np.linalg.norm(points[0, s] - View(turn=0.6).camera(points[0]).eye)
             for s in (LEFT_SHOULDER, RIGHT_SHOULDER)]
    assert depth[0] < depth[1]


def test_random_cameras_differ_and_all_see_the_dancer():
    rng, points = np.random.default_rng(0), keypoints(stance())
    views = [random_view(rng) for _ in range(200)]
    for view in views:
        xy = seen(view, points)
        assert (xy >= 0).all() and (xy < PICTURE).all(), view
    for field in dataclasses.fields(View):
        assert np.std([getattr(v, field.name) for v in views]) > 0, field.name
