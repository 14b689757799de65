"""The player: looks, two dances on one clock, cameras, steps, clicks, late loudspeakers, exports."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest

from dance_core.corpus.studio.gallery import FOLDER
from dance_core.motion import kinematics as kin
from dance_core.motion.contacts import detect_contacts
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.gltf import read_glb
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import FACE, JOINTS, Motion
from dance_core.pages.wire import pack_motion
from tests.browser.chromium import SOFTWARE_GL
from tests.browser.steps import (
    APART,
    dance_briefly,
    drawn_offsets,
    press_dance,
    report,
    settle,
    step_frames,
    wait_for_run,
    wait_for_take,
)

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True,
         "has_touch": True}


def places(page, pane: int = 0) -> np.ndarray:
    """(55, 3) m of the joints that are on the screen."""
    return np.reshape(report(page)["places"][pane], (-1, 3))


def random_motion(seed: int, frames: int) -> Motion:
    rng = np.random.default_rng(seed)
    root = rng.normal(0, 0.01, (frames, 3)).cumsum(0) + [0.0, 0.93, 0.0]
    turns = rng.normal(0, 0.02, (frames, JOINTS, 3)).cumsum(0)
    return Motion(30.0, turns, root, rng.uniform(size=(frames, FACE)))


def in_browser(page, motion: Motion, what: str) -> list:
    """What the player's own kinematics say of each frame; `track`, `pose` and `i` may be used."""
    packed = base64.b64encode(pack_motion(motion, 0, detect_contacts(motion))).decode()
    return page.evaluate("""text => {
        const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        const { Track, decodePiece, makePose } = DanceCore.kinematics;
        const track = new Track(), pose = makePose();
        track.add(decodePiece(bytes.buffer));
        return [...Array(track.frames).keys()].map((i) => WHAT);
    }""".replace("WHAT", what), packed)


def test_the_body_stands_there_by_itself_and_the_chosen_look_is_remembered(visit) -> None:
    page = visit().page
    page.wait_for_function("() => __player.report().look === 'body'")
    page.focus("[data-player]")
    page.keyboard.press("v")
    page.wait_for_function("() => __player.report().look === 'skeleton'")
    page.reload()
    page.wait_for_selector("[data-player][data-ready]")
    page.wait_for_function("() => __player.report().made > 0 && __player.report().pictures > 2")
    assert report(page)["look"] == "skeleton"


def test_one_page_step_by_step(visit) -> None:
    """Frames, mirror, cameras, click, late loudspeaker, how it was watched: on one dance, to save time."""
    page = visit().page
    dance_briefly(page, 40)  # so long that a busy machine does not come to its end meanwhile
    assert step_frames(page, 120) == 0

    straight = places(page)
    left, right = 16, 17  # shoulders
    page.keyboard.press("x")
    page.wait_for_function("x => Math.abs(__player.report().places[0][3 * 16] + x) < 1e-4",
                           arg=float(straight[right, 0]))
    assert np.abs(places(page)[left] - straight[right] * [-1, 1, 1]).max() < 1e-4
    page.keyboard.press("x")

    seen = []
    for _ in range(3):
        seen.append(report(page)["camera"])
        page.keyboard.press("c")
    assert sorted(seen) == ["fixed", "follow", "orbit"] and report(page)["camera"] == seen[0]

    page.keyboard.press("d")
    for view in ("front", "follow", "own"):
        page.wait_for_function("v => __player.report().flat === v && __player.flat.points.length", arg=view)
        page.keyboard.press("c")
    page.keyboard.press("0")
    page.wait_for_function("() => __player.report().flat === 'front'")
    red = page.evaluate("""() => { const { c, points, canvas } = __player.flat, [x, y] = points[0][1];
        const colour = (...at) => [...c.getImageData(...at, 1, 1).data];
        return [canvas.clientWidth, colour(x, y), colour(2, 2)]; }""")
    assert red[0] > 300 and red[1:] == [[255, 85, 0, 255], [0, 0, 0, 255]]  # the neck, on black
    page.keyboard.press("d")
    page.wait_for_function("() => __player.report().flat === '' && "
                           "__player.flat.canvas.style.visibility === 'hidden'")  # by the next picture

    page.keyboard.press("Shift+?")
    assert page.is_visible(".dp-help")
    page.keyboard.press("Escape")
    assert page.is_hidden(".dp-help")

    page.evaluate("() => { __player.seek(0); __player.toggleClick(); __player.play(); }")
    page.wait_for_function("() => __player.metronome.log.length >= 6")
    late = page.evaluate("""() => { const p = __player, now = performance.now(), time = p.clock.time(now);
        return p.metronome.log.slice(-3).map((c) => c.beat - (time + (c.at - now) / 1000)); }""")
    assert abs(np.median(late)) < APART  # laid out ahead, so the clock has moved on since
    beats = page.evaluate("() => __player.beats.times")
    clicked = page.evaluate("() => __player.metronome.log.map((c) => c.beat)")
    assert set(clicked) <= set(beats) and clicked == sorted(clicked)

    page.evaluate("() => { __player.toggleClick(); __player.setDelay(0.25); }")
    assert np.median(drawn_offsets(page)) == pytest.approx(-0.25, abs=APART)  # the picture waits for it
    assert page.evaluate("() => localStorage.getItem('dance-core.delay')") == "0.25"
    page.evaluate("() => __player.setDelay(0)")

    before = page.evaluate("() => DanceCore.watched(__player.take)")
    page.wait_for_function("s => DanceCore.watched(__player.take).seconds > s", arg=before["seconds"] + 1)
    page.keyboard.press("Home")
    page.wait_for_function("n => DanceCore.watched(__player.take).replays === n", arg=before["replays"] + 1)
    after = page.evaluate("() => DanceCore.watched(__player.take)")
    assert 0 < after["share"] < 1 and not after["ended"]


def test_a_photo_gives_the_first_pose(visit, tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert", reason="ai-edge-litert is not installed: photos are not read")
    page = visit().page
    page.set_input_files("#photo-file", str(FOLDER / "wide.jpg"))
    page.wait_for_selector("[data-poses] [data-name=photo][aria-checked=true]")
    page.wait_for_function("() => __player.report().places[0][3 * 20] > 0.5")  # the left wrist is far out
    assert "as in your photo" in page.inner_text("#notice")
    page.set_input_files("#photo-file", str(FOLDER / "point.jpg"))  # one hand points up
    raised = "[20, 21].find((j) => __player.report().places[0][3 * j + 1] > 1.6)"
    page.wait_for_function(f"() => {raised}")
    up = int(page.evaluate(f"() => {raised}"))
    page.check(".ph-mirrored")
    page.wait_for_function("j => __player.report().places[0][3 * j + 1] > 1.6", arg=41 - up)
    (tmp_path / "no.jpg").write_bytes(b"no photo")
    page.set_input_files("#photo-file", str(tmp_path / "no.jpg"))
    page.wait_for_function("() => document.querySelector('.ph-word').textContent.includes('not a picture')")


def test_two_dances_on_one_clock(visit) -> None:
    page = visit().page
    dance_briefly(page, seed=4)
    page.evaluate("() => __player.seek(4)")
    settle(page)
    first = places(page)
    page.click("[data-compare] button")
    page.wait_for_selector(".cp-kept")
    page.click("#style input")
    page.get_by_role("option", name="Waack").click()
    dance_briefly(page, seed=9)
    labels = page.locator(".dp-label").all_inner_texts()
    assert len(labels) == 2 and labels[0].startswith("House") and labels[1].startswith("Waack")
    page.evaluate("() => __player.seek(4)")
    settle(page)
    assert np.abs(places(page, 0) - first).max() < 1e-3 < np.abs(places(page, 1) - first).max()
    times = page.evaluate("() => __player.poses.map((p) => p.time)")
    assert times[0] == times[1]
    assert page.inner_text(".rt-head h3") == "How was the dance on the right?"
    page.click("[data-compare] button")  # let it go
    page.wait_for_selector(".cp-kept", state="detached")
    dance_briefly(page, seed=9)
    assert page.evaluate("() => __player.tracks.length") == 1


def test_a_dance_starts_from_a_frame_of_another_and_from_a_file(visit, tmp_path: Path) -> None:
    page = visit().page
    dance_briefly(page, 8)
    page.evaluate("() => __player.seek(3.1)")
    settle(page)
    shown = places(page)
    page.click(".dp-start")
    page.wait_for_selector(".pp-pose[data-name=frame][aria-checked=true]")
    dance_briefly(page, 8, seed=5)
    settle(page)
    begun = places(page)
    for pose in (shown, begun):  # apart from place and heading
        pose -= pose[0] * [1, 0, 1]
    across = [p[1] - p[2] for p in (shown, begun)]
    turn = np.arctan2(across[0][2], across[0][0]) - np.arctan2(across[1][2], across[1][0])
    c, s = np.cos(turn), np.sin(turn)
    turned = begun @ np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    assert np.linalg.norm(turned - shown, axis=-1).max() < 0.05
    facts = page.inner_text("[data-facts]")
    assert "pose from a dance" in facts and "° off" in facts

    page.click("#own-pose button >> nth=0")
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"PK\x03\x04 no motion here")
    page.set_input_files("#pose-file input[type=file]", str(bad))
    page.wait_for_selector("[data-notice].nt-error:not([hidden])")
    assert page.inner_text("[data-notice]").endswith(".")
    page.click("#pose-file button[aria-label=Clear]")
    good = tmp_path / "good.npz"
    save_npz(good, random_motion(seed=3, frames=12))
    page.set_input_files("#pose-file input[type=file]", str(good))
    page.wait_for_selector(".pp-pose[data-name=upload][aria-checked=true]")
    page.fill("#pose-frame input", "40")
    page.press("#pose-frame input", "Enter")
    page.wait_for_function("() => document.querySelector('[data-notice]').textContent.includes('frame 40')")
    assert "frames 0 to 11" in page.inner_text("[data-notice]")


def test_the_body_as_glb_and_a_video_that_is_given_up(visit, tmp_path: Path) -> None:
    page = visit().page
    dance_briefly(page, 8)
    with page.expect_download() as download:
        page.click("[data-downloads] [data-kind=glb]")
    path = tmp_path / "dance.glb"
    download.value.save_as(path)
    assert len(read_glb(path.read_bytes()).json["animations"]) == 1
    page.click("[data-downloads] [data-kind=mp4]")
    page.wait_for_selector(".dl-making[data-kind=mp4]")
    page.click(".dl-stop")
    page.wait_for_selector("button[data-kind=mp4]")
    with page.expect_download() as download:
        page.click("[data-downloads] [data-kind=npz]")
    assert len(load_npz(download.value.path())) == 240


def test_the_comparison_fits_a_phone(visit) -> None:
    page = visit(SOFTWARE_GL, **PHONE).page
    dance_briefly(page, 6)
    page.click("[data-compare] button")
    page.wait_for_selector(".cp-kept")
    before = report(page)["take"]
    press_dance(page)
    wait_for_run(page, before)
    wait_for_take(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    boxes = [b.bounding_box() for b in page.locator(".dp-label").all()]
    assert len(boxes) == 2 and boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_contacts_and_the_mirror_are_those_of_python(visit) -> None:
    page = visit().page
    motion = random_motion(seed=5, frames=30)
    bits = in_browser(page, motion, "track.feet(i)")
    assert np.array_equal(bits, detect_contacts(motion) @ [1, 2, 4, 8])
    seen = in_browser(page, motion, "(track.sample(i / 30, pose, true), Array.from(pose.places))")
    error = np.linalg.norm(np.reshape(seen, (30, -1, 3)) - kin.joints(mirror(motion)), axis=-1)
    assert error.max() < 1e-3
