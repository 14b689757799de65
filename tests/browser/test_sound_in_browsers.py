"""What browsers hear: two channels, at the moments of the analysis, from every coding that is served."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dance_core.music.decode import load_song
from dance_core.music.playback import write_small
from tests.browser.conftest import without_fault
from tests.browser.drivers import Browser
from tests.browser.steps import READY, dance_briefly, press_dance, upload, wait_for_take
from tests.browser.visit import Visit
from tests.running import Server

LATE = 0.005  # s
# The first channels' peaks: [rate, how many channels, at which sample each click is loudest, ...].
_CLICKS = """async ([url, times]) => {
    const data = await (await fetch(url)).arrayBuffer();
    const sound = await new OfflineAudioContext(2, 1, 48000).decodeAudioData(data);
    return [sound.duration, ...Array.from({ length: sound.numberOfChannels }, (_, c) => times.map((t) => {
        const x = sound.getChannelData(c), rate = sound.sampleRate;
        const from = Math.max(0, Math.round((t - 0.1) * rate)), part = x.subarray(from, from + 0.2 * rate);
        const at = part.indexOf(part.reduce((a, b) => Math.max(a, b)));
        return [(from + at) / rate, x[from + at]];
    }))];
}"""


@pytest.fixture(scope="module")
def clicks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray]:
    """A song of soft noise, its left clicks at 120 a minute, and softer at the right."""
    rate, times = 44_100, np.arange(0.25, 9.9, 0.5)
    both = np.random.default_rng(1).uniform(-0.02, 0.02, (10 * rate, 2))
    for t in times:
        both[round(t * rate):][:33] += np.hanning(33)[:, None] * [0.8, 0.3]
    path = tmp_path_factory.mktemp("clicks") / "clicks.wav"
    soundfile.write(path, both, rate)
    return path, times + 16 / rate


@pytest.mark.parametrize("small", [False, True], ids=["lossless", "small"])
def test_every_coding_has_its_clicks_where_the_analysis_has_them(each_browser: Browser, app: Server, clicks,
                                                                 small: bool) -> None:
    path, times = clicks
    seen = each_browser.visit(app.url)
    page = seen.page
    page.goto(app.url)
    page.wait_for_selector(READY)
    upload(page, path)
    press_dance(page)
    wait_for_take(page)
    url = page.evaluate("() => __player.audio.src")
    assert url.endswith("/song.flac")
    if small:
        folder = app.data / "web" / "dances" / url.split("/")[-2]
        write_small(load_song(path), folder / "song.m4a")
        url = url.replace(".flac", ".m4a")
        if not page.evaluate("() => __player.audio.canPlayType('audio/mp4; codecs=mp4a.40.2')"):
            pytest.skip(f"{each_browser.name} can't play AAC here: it is given the lossless file")
    duration, left, right = page.evaluate(_CLICKS, [url, times.tolist()])
    assert duration == pytest.approx(10, abs=LATE)
    for channel, loudness in ((left, 0.8), (right, 0.3)):
        found, heights = np.array(channel).T
        assert np.abs(found - times).max() < LATE
        assert np.median(np.abs(heights)) == pytest.approx(loudness, rel=0.25)
    without_fault(seen)


def test_a_phone_gets_the_small_file_and_the_desk_the_lossless_one(visit: Callable[..., Visit]) -> None:
    phone = {"user_agent": "Mozilla/5.0 (Linux; Android 15) Mobile"}
    for more, name in (({}, "song.flac"), (phone, "song.m4a")):
        page = visit(**more).page
        dance_briefly(page, 8)
        assert page.evaluate("() => __player.audio.src").endswith("/" + name)
        page.evaluate("() => { __player.seek(2); __player.play(); }")
        page.wait_for_function("() => __player.report().poseTime > 3")  # and plays it
