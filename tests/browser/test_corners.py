"""Where it could go wrong in a browser: bad files, cancelling, slow networks, full disks, small screens."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dance_core.study.book import read_votes
from tests.browser.chromium import SOFTWARE_GL
from tests.browser.steps import (
    READY,
    cancel,
    press_dance,
    rate,
    report,
    settle,
    upload,
    wait_for_motion,
    wait_for_take,
    wait_for_words,
    wait_while_it_gets_on,
)
from tests.running import Server, start, stop

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True,
         "has_touch": True}


def clicks(path: Path, seconds: float) -> Path:
    """A click track of 120 BPM as a WAV."""
    rate_ = 22_050
    samples = np.zeros(round(seconds * rate_))
    burst = 0.7 * np.exp(-np.arange(900) / 150) * np.sin(np.arange(900) * 0.3)
    for at in range(1000, len(samples) - 900, rate_ // 2):
        samples[at : at + 900] = burst
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_)
        out.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def test_a_page_named_mp3_is_refused_in_a_sentence(visit, tmp_path: Path) -> None:
    file = tmp_path / "page.mp3"
    file.write_text("<html><body><script>alert(1)</script></body></html>" * 20)
    page = visit().page
    upload(page, file)
    press_dance(page)
    page.wait_for_selector("[data-notice].nt-error:not([hidden])")
    sentence = page.inner_text("[data-notice]")
    assert sentence.startswith("This is no song") and sentence.endswith(".")
    assert page.is_enabled("#go") and not page.is_visible("#cancel")
    # and the next dance works
    page.click("#upload button[aria-label=Clear]")
    press_dance(page)
    wait_for_motion(page)
    assert page.is_hidden("[data-notice]")


def test_a_title_is_text_whatever_it_holds(visit, tmp_path: Path) -> None:
    file = tmp_path / "song.flac"
    samples, rate_ = soundfile.read(clicks(tmp_path / "song.wav", 8))
    with soundfile.SoundFile(file, "w", rate_, 1, format="FLAC") as out:
        out.title = "<img src=x onerror=alert(1)> ${alert(2)} {{this}}"
        out.write(samples)
    page = visit().page
    upload(page, file)
    press_dance(page)
    wait_for_motion(page)
    title = page.inner_text(".dp-title")
    assert title == "<img src=x onerror=alert(1)> ${alert(2)} {{this}}"
    assert page.locator(".dp-title img").count() == 0


def test_cancelling_leaves_the_page_ready_for_the_next_dance(visit, tmp_path: Path) -> None:
    page = visit().page
    upload(page, clicks(tmp_path / "long.wav", 590))
    press_dance(page)
    cancel(page)
    assert "Cancelled" in page.inner_text("[data-notice]")
    page.wait_for_selector("#cancel", state="hidden")
    page.wait_for_timeout(3000)  # nothing may come after it
    assert "Cancelled" in page.inner_text("[data-notice]")
    assert page.is_hidden("[data-rating]")
    page.click("#upload button[aria-label=Clear]")
    press_dance(page)
    wait_for_take(page)


def test_a_server_that_is_gone_is_not_taken_for_a_full_one(browsers, tmp_path: Path) -> None:
    server = start(tmp_path, DANCE_GENERATOR="soulnet")  # the slowest: it must not be done before it is gone
    try:
        page = browsers(SOFTWARE_GL).visit(server.url).page
        page.goto(server.url)
        page.wait_for_selector(READY)
        upload(page, clicks(tmp_path / "long.wav", 300))
        press_dance(page)
        wait_for_motion(page)
        made = report(page)["made"]
        server.process.kill()
        page.wait_for_function("() => __player.status?.kind === 'error'")
        said = page.evaluate("() => __player.status.text")
        assert said.startswith("The server does not answer") and "stays on the stage" in said
        assert report(page)["made"] >= made, "what came until then stays"
    finally:
        stop(server)


def test_a_vote_without_a_connection_stays_and_can_be_sent_again(visit, app: Server) -> None:
    seen = visit()
    page = seen.page
    press_dance(page)
    wait_for_take(page)
    before = len(read_votes(app.data / "votes" / "votes.csv")[0])
    page.route("**/component_server/**", lambda route: route.abort())
    said = rate(page, 3, "over the air")
    assert "did not answer" in said and page.input_value(".rt-comment") == "over the air"
    page.unroute("**/component_server/**")
    seen.errors.clear()  # the browser itself reports the aborted request
    page.click(".rt-send")
    page.wait_for_selector(".rt-good")
    votes = read_votes(app.data / "votes" / "votes.csv")[0]
    assert len(votes) == before + 1 and votes[-1].comment == "over the air"


def test_playback_waits_for_what_is_not_there_yet_and_goes_on_by_itself(visit) -> None:
    page = visit().page
    held = []

    def later(route) -> None:
        first = "/0.dnc" in route.request.url
        route.continue_() if first else held.append(route)

    page.route("**/*.dnc", later)
    press_dance(page)
    wait_for_motion(page)  # the first segment plays while the others are on their way
    page.evaluate("() => { window.__sought = 0;"
                  "__player.audio.addEventListener('seeking', () => __sought++); }")
    made = report(page)["made"]
    wait_while_it_gets_on(page, "__player.report().waiting")
    wait_for_words(page, "Waiting for the next segment")
    stopped = report(page)
    assert not stopped["playing"] and stopped["audioTime"] < made + 3  # noticed a picture later
    page.wait_for_timeout(300)
    assert report(page)["audioTime"] == stopped["audioTime"]
    for route in held:
        route.continue_()
    page.unroute("**/*.dnc")
    page.wait_for_function("t => __player.report().playing && __player.report().audioTime > t",
                           arg=stopped["audioTime"])
    assert page.evaluate("() => __sought") == 0, "from where it stopped"


def test_music_that_got_stuck_is_fetched_anew(visit) -> None:
    page = visit().page
    asked = []

    def never(route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()  # the first one is never answered

    page.route("**/song.flac", never)
    press_dance(page)
    wait_while_it_gets_on(page, "__player.report().playing && __player.report().audioTime > 0.5")
    assert len(asked) > 1 and len(set(asked)) == 1
    page.unroute("**/song.flac")


def test_a_vote_that_was_not_saved_stays_on_the_screen_and_counts_once(visit, app: Server) -> None:
    page = visit().page
    page.click("#more-options button >> nth=0")
    page.fill("#length input", "12")
    press_dance(page)
    wait_for_take(page)
    book = app.data / "votes" / "votes.csv"
    aside = book.with_name("aside.csv")
    book.parent.mkdir(parents=True, exist_ok=True)
    before = len(read_votes(book)[0])
    if book.exists():
        book.rename(aside)
    book.mkdir()  # nothing can be written where a folder stands
    said = rate(page, 2, "keep this")
    assert "ot saved" in said
    assert page.input_value(".rt-comment") == "keep this" and page.is_enabled(".rt-send")
    assert page.locator(".rt-points input:checked").count() == 4
    book.rmdir()
    if aside.exists():
        aside.rename(book)
    page.click(".rt-send")
    page.wait_for_selector(".rt-good")
    votes = read_votes(book)[0]
    assert len(votes) == before + 1 and votes[-1].comment == "keep this"
    assert page.is_hidden(".rt-send")  # another vote only on purpose
    page.click(".rt-again")
    assert page.is_visible(".rt-send")


def test_keys_work_only_where_the_player_has_the_focus(visit) -> None:
    page = visit().page
    press_dance(page)
    wait_for_take(page)
    page.focus("[data-player]")
    page.keyboard.press("Space")
    page.wait_for_function("() => !__player.report().playing")
    at = report(page)["audioTime"]
    page.keyboard.press("ArrowRight")
    assert report(page)["audioTime"] - at == pytest.approx(1 / 30, abs=0.02)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("]")
    times = page.evaluate("() => __player.beats.times")
    assert min(abs(t - report(page)["audioTime"]) for t in times) < 0.005
    page.keyboard.press(">")
    assert page.evaluate("() => __player.audio.playbackRate") == 1.25
    still = report(page)["audioTime"]
    page.fill(".rt-comment", "a b ] [ l m")  # typing is no command
    page.locator(".rt-comment").press("Space")
    assert not report(page)["playing"] and report(page)["audioTime"] == still


def test_a_loop_between_two_moments_repeats(visit) -> None:
    page = visit().page
    press_dance(page)
    wait_for_take(page)
    page.evaluate("""() => {
        const p = __player, turns = window.__turns = [];
        let last = 0;
        p.pause();
        p.seek(3); p.setLoop(0); p.seek(4); p.setLoop(1); p.seek(3.6);
        setInterval(() => { if (!p.audio.seeking) last = p.audio.currentTime; }, 5);
        p.audio.addEventListener("seeking", () => turns.push([last, p.audio.currentTime]));
        p.play();
    }""")
    page.wait_for_function("() => __turns.filter(([from]) => from > 3.7).length >= 3")
    left, come = np.transpose([t for t in page.evaluate("() => __turns") if t[0] > 3.7])
    assert come == pytest.approx(3, abs=0.01)
    assert np.median(left) < 5, "it turns near its end; how near, a busy machine may not say"


def test_on_a_phone_nothing_is_wider_than_the_screen(visit) -> None:
    page = visit(SOFTWARE_GL, **PHONE).page
    press_dance(page)
    wait_for_take(page)
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"]
    sizes = page.evaluate("""() =>
        [...document.querySelectorAll('.dp-button, .rt-points label, .rt-send, #go')]
        .map((e) => e.getBoundingClientRect()).filter((b) => b.width).map((b) => [b.width, b.height])""")
    assert len(sizes) > 25 and min(min(s) for s in sizes) >= 40
    page.locator("[data-rating]").scroll_into_view_if_needed()
    assert "saved" in rate(page, 5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_player_follows_the_page_between_light_and_dark(visit, scheme: str) -> None:
    page = visit(color_scheme=scheme).page
    assert page.get_attribute("[data-player]", "data-theme") == scheme


def test_a_chosen_pose_stands_on_the_stage_and_begins_the_dance(visit, app: Server) -> None:
    page = visit().page
    page.click(".pp-pose[data-name=wide]")
    page.wait_for_function("() => { const r = __player.report();"
                           "return r.take === 'pose wide' && r.made > 0 && r.places[0].some(Boolean); }")
    places = np.reshape(report(page)["places"][0], (-1, 3))
    assert np.abs(places[20] - places[21])[0] > 1.0  # wrists far apart
    page.click("#more-options button >> nth=0")
    page.fill("#length input", "10")
    press_dance(page)
    wait_for_take(page)
    page.evaluate("() => { __player.pause(); __player.seek(0); }")
    begun = np.reshape(settle(page)["places"][0], (-1, 3))
    assert np.linalg.norm(begun - places, axis=-1).max() < 0.05


def test_two_visitors_do_not_see_each_other(visit, tmp_path: Path) -> None:
    one, two = visit().page, visit().page
    upload(one, clicks(tmp_path / "secret.wav", 8))
    press_dance(one)
    wait_for_take(one)
    assert two.evaluate("() => __player.report().take").startswith("pose ")
    assert "secret" not in two.content()
