"""The player in two dimensions: its keypoints and cameras are those of the export, to a part of a pixel."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest

from dance_core.corpus.studio.gallery import gallery
from dance_core.motion import rotations as rot
from dance_core.motion.camera import Camera, cameras
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.motion.openpose import DRAWN, see
from dance_core.pages.player.make_skeleton import OPENPOSE, openpose_js
from dance_core.pages.wire import pack_motion
from tests.pages.javascript import run_js

FRAMES = 91  # one of three is looked at for the distance of the cameras: the first and the last, too


@pytest.fixture(scope="module")
def motion() -> Motion:
    """A wanderer who turns about: poses of the gallery, one after the other, on a round."""
    poses = [p.motion.rotations[0] for p in gallery().values()]
    u = np.linspace(0, 1, FRAMES)
    at = u * 5
    q = [rot.quaternion_from_axis_angle(p) for p in poses[:7]]
    turns = np.stack([rot.slerp(q[int(a)], q[int(a) + 1], a % 1) for a in at])
    turns[:, 0] = rot.multiply(rot.quaternion_about("y", 2 * np.pi * u), turns[:, 0])
    root = np.stack([1.2 * np.sin(2 * np.pi * u), 0.9 + 0.1 * np.sin(9 * u), -0.8 * np.cos(2 * np.pi * u)], 1)
    return Motion(30.0, rot.axis_angle_from_quaternion(turns), root, np.zeros((FRAMES, 52)))


def drawn(motion: Motion, frames: list[int], size: tuple[int, int], view: str, mirrored: bool = False) -> Any:
    """[x, y, drawn] of 18 points in each frame, as the player has them; own: the camera `given.own`."""
    return np.array(run_js(
        {"Way, keypoints, project": "flat.js", "Track, decodePiece, makePose": "kinematics.js"}, """
        const bytes = Uint8Array.from(atob(given.packed), (c) => c.charCodeAt(0));
        const track = new Track(), pose = makePose();
        track.add(decodePiece(bytes.buffer));
        const way = new Way(track), [w, h] = given.size;
        return given.frames.map((f) => {
            const time = f / track.fps;
            track.sample(time, pose, given.mirrored);
            const own = { eye: [3, 1.8, 6], target: [0, 0.9, 0], angle: 31 };
            const camera = given.view === "own" ? own : way.camera(given.view, time, w / h, given.mirrored);
            return project(keypoints(pose), camera, w, h).map(([x, y, there]) => [x, y, there ? 1 : 0]);
        });""", packed=base64.b64encode(pack_motion(motion)).decode(), frames=frames, size=size, view=view,
        mirrored=mirrored))


def test_the_browser_has_the_constants_of_the_motion_room() -> None:
    assert OPENPOSE.read_text(encoding="utf-8") == openpose_js()


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("view", ["front", "follow", "own"])
def test_the_picture_is_the_exports(motion: Motion, view: str, mirrored: bool) -> None:
    size, frames = (512, 768), list(range(0, FRAMES, 9))
    shown = mirror(motion) if mirrored else motion
    looks = [Camera((3, 1.8, 6), (0, 0.9, 0), 31.0)] if view == "own" else cameras(shown, view, 512 / 768)
    expected = see(shown, looks, size)
    found = drawn(motion, frames, size, view, mirrored)
    wanted = expected.confidence[frames] >= DRAWN
    assert (found[..., 2] == wanted).mean() > 0.995  # a point at the very edge of fading may fall either way
    assert 0.5 < wanted.mean() < 1.0  # some turn away
    # the distance is found from every third frame: a whole picture may be a little larger
    assert np.abs(found[..., :2] - expected.xy[frames])[wanted].max() < (0.2 if view == "own" else 2.5)


def test_a_moment_between_two_frames_lies_between_them(motion: Motion) -> None:
    a, b, c = drawn(motion, [40, 40.5, 41], (512, 768), "follow")[..., :2]  # type: ignore[list-item]
    assert np.abs(b - (a + c) / 2).max() < 0.5 and np.abs(a - c).max() > 1
