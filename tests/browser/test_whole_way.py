"""The main job in a real browser: a song is uploaded, danced, played, rated."""

from __future__ import annotations

import base64
from collections.abc import Callable

import numpy as np
import pytest

from dance_core.longform.take import load_take
from dance_core.motion import kinematics as kin
from dance_core.motion.files import load_npz
from dance_core.motion.motion import FACE, JOINTS, Motion
from dance_core.pages.wire import pack_motion
from dance_core.study.book import read_votes
from tests.browser.chromium import NO_GL
from tests.browser.conftest import DEBIAN_SONG, App
from tests.browser.steps import (
    dance_briefly,
    insist_on_webgl,
    offsets,
    press_dance,
    rate,
    report,
    upload,
    wait_for_motion,
    wait_for_take,
)

LATE_MS = 34.0

debian = pytest.mark.skipif(not DEBIAN_SONG.exists(),
                            reason="the Debian song is missing (apt-get install parsec47-data)")


@debian
def test_a_song_is_uploaded_danced_played_and_rated(visit, app: App) -> None:
    page = visit().page
    upload(page, DEBIAN_SONG)
    press_dance(page)
    wait_for_motion(page)
    wait_for_take(page)
    assert report(page)["look"] == "body"

    facts = page.inner_text("[data-facts]")
    assert all(word in facts for word in ("BPM", "Beat alignment", "Seams", "Reference pose", "Time taken"))
    kept = [load_take(p) for p in (app.data / "takes").iterdir()]
    take = next(t for t in kept if t.title == "ptn0")
    assert f"{take.beats.tempo:.1f} BPM" in facts and str(take.seed) in facts

    comment = "=1+1 ${alert(1)} {{x}} <b>bold</b>\nsecond line"
    said = rate(page, 4, comment)
    votes, bad = read_votes(app.data / "votes" / "votes.csv")
    vote = next(v for v in votes if v.take_id == take.id)
    assert not bad and vote.vote_id[:8] in said
    assert (vote.overall, vote.comment, vote.style, vote.seed) == (4, comment, take.style, take.seed)
    assert 0 < vote.watched_seconds < 120

    with page.expect_download() as download:
        page.click("[data-downloads] a >> nth=0")
    assert len(load_npz(download.value.path())) == len(take.motion)


def test_a_learned_dance_comes_segment_by_segment(visit, app: App) -> None:
    page = visit().page
    page.check("#generator input[value=jepa]")
    dance_briefly(page, 20, 3)
    take = next(t for t in map(load_take, (app.data / "takes").iterdir()) if t.generator == "jepa")
    assert take.seed == 3 and len(take.segments) >= 2
    assert take.motion.parts == {"body", "hands", "face"}
    assert "Reference pose" in page.inner_text("[data-facts]")


def best_of(tries: int, measure: Callable[[], np.ndarray]) -> float:
    """The lowest 95th percentile of some tries: a machine busy elsewhere is not the player's fault."""
    found = []
    for _ in range(tries):
        found.append(float(np.percentile(measure(), 95)))
        if found[-1] <= LATE_MS:
            break
    return min(found)


@debian
def test_the_dancer_keeps_to_the_music_while_playing_and_after_seeks(visit) -> None:
    page = visit().page
    upload(page, DEBIAN_SONG)
    press_dance(page)
    wait_for_take(page)
    page.wait_for_timeout(2500)  # the picture finds what this machine can draw

    def after_seeks() -> np.ndarray:
        found = []
        for share in (0.7, 0.2, 0.85, 0.45, 0.05):
            box = page.locator(".dp-overview").bounding_box()
            page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
            page.wait_for_timeout(150)
            there = report(page)
            assert there["audioTime"] == pytest.approx(share * there["duration"], abs=1.0)
            found.append(offsets(page, 1.5))
        return np.concatenate(found)

    playing = best_of(3, lambda: offsets(page, 4.0))
    sought = best_of(3, after_seeks)
    there = report(page)
    print(f"\naudio to pose, 95th percentile: {playing:.1f} ms while playing, {sought:.1f} ms after seeks; "
          f"{there['updates']:.0f} pictures/s by {there['renderer']}, level {there['level']}")
    assert playing <= LATE_MS
    assert sought <= LATE_MS


def test_without_webgl_the_canvas_dances(visit) -> None:
    page = visit(NO_GL).page
    press_dance(page)
    wait_for_motion(page)
    wait_for_take(page)
    assert report(page)["renderer"] == "canvas"
    page.wait_for_timeout(1000)
    assert best_of(3, lambda: offsets(page, 2.0)) <= LATE_MS


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
