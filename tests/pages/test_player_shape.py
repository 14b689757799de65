"""The player's bodies of other builds: its joints, points and keypoints are those of the exports."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from dance_core.body.model import load_body
from dance_core.corpus.studio.gallery import gallery
from dance_core.motion import kinematics as kin
from dance_core.motion import openpose, shape
from dance_core.motion.motion import Motion
from dance_core.pages.wire import pack_motion
from tests.pages.javascript import run_js

BUILDS = ("average", "tall", "short", "long-armed", "long-legged", "broad")


def posed(motion: Motion) -> dict:
    """What the player makes of a first frame: joints' places, keypoints (m), whether the shape is our own."""
    packed = base64.b64encode(pack_motion(motion)).decode()
    return run_js({"keypoints": "flat.js", "NEUTRAL": "shape.js",
                   "Track, decodePiece, makePose": "kinematics.js"}, """
        const track = new Track(), pose = makePose();
        track.add(decodePiece(Uint8Array.from(atob(given.packed), (c) => c.charCodeAt(0)).buffer));
        track.sample(0, pose);
        return { places: [...pose.places], points: keypoints(pose).flat(), neutral: pose.shape === NEUTRAL };
    """, packed=packed)


@pytest.mark.parametrize("name", BUILDS)
def test_joints_and_keypoints_are_where_the_exports_have_them(name: str) -> None:
    motion = shape.reshaped(next(iter(gallery().values())).motion, shape.build_named(name))
    found = posed(motion)
    assert np.abs(np.reshape(found["places"], (55, 3)) - kin.joints(motion)[0]).max() < 1e-4  # m
    assert np.abs(np.reshape(found["points"], (18, 3)) - openpose.keypoints(motion)[0]).max() < 1e-4
    assert found["neutral"] == (name == "average")


def test_points_of_the_skin_grow_as_the_bodys_shape_directions_say() -> None:
    body, betas = load_body(), shape.checked([1.5, -1.0, 2.0, 1.0, -2.0])
    some = np.arange(0, len(body.template), 37)
    order = np.argsort(-body.weights[some], axis=1)[:, :4]
    weights = np.take_along_axis(body.weights[some], order, 1)
    grown = run_js({"grown, shapeOf": "shape.js"}, """
        const { places, joints, weights, betas } = given;
        return [...grown(Float32Array.from(places), joints, weights, shapeOf(betas))];
    """, places=body.template[some].ravel().tolist(), joints=order.ravel().tolist(),
                   weights=weights.ravel().tolist(), betas=betas.tolist())
    assert np.abs(np.reshape(grown, (-1, 3)) - body.shaped(betas)[some]).max() < 1e-4  # m


def test_our_own_body_says_nothing_of_betas_on_its_way_to_the_browser() -> None:
    motion = next(iter(gallery().values())).motion
    assert b"betas" not in pack_motion(motion)
    assert b"betas" in pack_motion(shape.reshaped(motion, shape.build_named("short")))
