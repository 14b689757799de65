"""Dances in Chromium: both generators, pose and music together, with WebGL, without it and when it is lost.

The whole way from a song to a vote is in test_every_browser.py.
"""

from __future__ import annotations

import base64

import numpy as np
import pytest

from dance_core.generators import registry
from dance_core.longform.take import load_take
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import FACE, JOINTS, Motion
from dance_core.pages.wire import pack_motion
from tests.browser.chromium import NO_GL
from tests.browser.steps import (
    APART,
    dance_briefly,
    drawn_offsets,
    insist_on_webgl,
    press_dance,
    report,
    seek_by_click,
    wait_for_motion,
    wait_for_take,
)
from tests.running import Server


def test_a_learned_dance_comes_segment_by_segment(visit, app: Server) -> None:
    page = visit().page
    page.check("#generator input[value=jepa]")
    dance_briefly(page, 20, 3)
    take = next(t for t in map(load_take, (app.data / "takes").iterdir()) if t.generator == "jepa")
    assert take.seed == 3 and len(take.segments) >= 2
    assert take.motion.parts == {"body", "hands", "face"}
    assert "Reference pose" in page.inner_text("[data-facts]")


@pytest.mark.skipif("soulnet" not in registry(), reason="SoulNet has no weights here")
def test_new_hands_for_the_dance_on_the_stage(visit, app: Server) -> None:
    page = visit().page
    assert not page.is_visible("#remake")  # the generator that is chosen first makes whole dances
    page.check("#generator input[value=soulnet]")
    dance_briefly(page, 12, 5)
    page.check("#remake input[value=hands]")
    dance_briefly(page, 12, 6)
    kept = {t.seed: t for t in map(load_take, (app.data / "takes").iterdir()) if t.generator == "soulnet"}
    before, after = kept[5].motion, kept[6].motion
    assert np.array_equal(after.rotations[:, :25], before.rotations[:, :25])
    assert np.array_equal(after.face, before.face) and np.array_equal(after.translation, before.translation)
    assert not np.array_equal(after.rotations[:, 25:], before.rotations[:, 25:])
    page.check("#generator input[value=jepa]")
    page.wait_for_selector("#remake", state="hidden")


def test_the_dancer_keeps_to_the_music_while_playing_and_after_seeks(visit) -> None:
    page = visit().page
    press_dance(page)
    wait_for_take(page)
    assert abs(np.median(drawn_offsets(page))) < APART
    page.evaluate("() => { const a = __player.audio; window.__sought = [];"
                  "a.addEventListener('seeking', () => __sought.push(a.currentTime)); }")
    for number, share in enumerate((0.7, 0.2, 0.6, 0.45, 0.05), 1):
        asked = seek_by_click(page, share)
        page.wait_for_function(f"() => __sought.length === {number} && !__player.audio.seeking")
        assert page.evaluate("() => __sought.at(-1)") == pytest.approx(asked, abs=0.5)
        assert abs(np.median(drawn_offsets(page, 20))) < APART


def test_without_webgl_the_canvas_dances(visit) -> None:
    page = visit(NO_GL).page
    press_dance(page)
    wait_for_motion(page)
    wait_for_take(page)
    assert report(page)["renderer"] == "canvas"
    assert abs(np.median(drawn_offsets(page))) < APART


def test_a_lost_graphics_context_hands_over_to_the_canvas(visit) -> None:
    page = visit().page
    insist_on_webgl(page)
    press_dance(page)
    wait_for_motion(page)
    page.wait_for_function("() => __player.report().look === 'body'")
    assert report(page)["renderer"] == "webgl"
    page.evaluate("() => __player.renderer.renderer.forceContextLoss()")
    page.wait_for_function("() => __player.report().renderer === 'canvas'")
    before = report(page)["poseTime"]
    page.wait_for_function(f"() => __player.report().poseTime > {before + 0.3}")


def test_the_browser_poses_the_body_as_python_does(visit) -> None:
    rng = np.random.default_rng(1)
    frames = 8
    motion = Motion(30.0, rng.normal(0, 0.6, (frames, JOINTS, 3)), rng.normal(size=(frames, 3)),
                    rng.uniform(size=(frames, FACE)))
    page = visit().page
    places = page.evaluate("""text => {
        const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        const { Track, decodePiece, makePose } = DanceCore.kinematics;
        const track = new Track(), pose = makePose();
        track.add(decodePiece(bytes.buffer));
        return [...Array(track.frames).keys()].map((i) => {
            track.sample(i / 30, pose);
            return Array.from(pose.places);
        });
    }""", base64.b64encode(pack_motion(motion)).decode())
    error = np.linalg.norm(np.reshape(places, (frames, JOINTS, 3)) - kin.joints(motion), axis=-1)
    assert error.max() < 1e-3  # metres
