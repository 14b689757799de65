"""The player's clock against music whose place is known, told at once or in steps."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pages.javascript import run_js

CLOCK = {"Clock": "clock.js"}

# A media element that plays from 80 ms on, stalls and seeks as given, and is asked once a picture.
_PLAY = """
    let seed = 1;
    const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const { step, jitter, picture, rate, stall, seek } = {
        step: 0, jitter: 0, rate: 1, stall: null, seek: null, ...given };
    const media = { paused: false, ended: false, seeking: false, readyState: 4, playbackRate: rate,
                    currentTime: 0 };
    const place = (now) => {
        let ran = Math.max(0, now - 80);
        if (stall && now > stall[0]) ran -= Math.min(now - stall[0], stall[1]);
        return (ran / 1000) * rate + (seek && now >= seek ? 30 : 0);
    };
    const clock = new Clock(media), told = [];
    let next = 0;
    for (let now = 0; now < 12000; now += picture * (0.9 + 0.2 * chance())) {
        if (!step) media.currentTime = place(now);
        for (; step && next <= now; next += step + jitter * (2 * chance() - 1)) {
            media.currentTime = place(next);
        }
        media.seeking = seek !== null && now >= seek && now < seek + 60;
        const time = clock.time(now), steady = clock.steady(now);
        told.push([now, time, clock.peek(now), place(now), media.currentTime, steady ? 1 : 0]);
    }
    return told;
"""


def errors(after: float = 1500.0, **given: object) -> tuple[np.ndarray, np.ndarray]:
    """ms of real time by which the clock, and what was told, are ahead of the music, after so many ms."""
    told = np.array(run_js(CLOCK, _PLAY, **given))
    late = told[told[:, 0] > after]
    rate = given.get("rate", 1)
    return (late[:, 1] - late[:, 3]) * 1000 / rate, (late[:, 4] - late[:, 3]) * 1000 / rate


@pytest.mark.parametrize("rate", [0.25, 1, 2])
@pytest.mark.parametrize("picture", [8.3, 16.7, 33.3, 50.0])
def test_steps_of_41_ms_are_smoothed_without_a_bias(picture: float, rate: float) -> None:
    clock, told = errors(step=41, jitter=4, picture=picture, rate=rate)
    assert abs(clock.mean()) < 3 and np.percentile(np.abs(clock), 95) < 7
    assert told.mean() < -15 and np.percentile(np.abs(told), 95) > 35  # what is told is old


@pytest.mark.parametrize("picture", [8.3, 16.7, 33.3, 100.0])
def test_a_browser_that_tells_the_time_as_it_is_is_believed(picture: float) -> None:
    clock, _ = errors(picture=picture)
    assert np.abs(clock).max() < 0.5


@pytest.mark.parametrize("step", [0, 41])
def test_a_stall_and_a_seek_are_followed(step: float) -> None:
    clock, _ = errors(after=6200, step=step, jitter=3, picture=16.7, stall=[5000, 400])
    assert np.percentile(np.abs(clock), 95) < 7
    clock, _ = errors(after=5700, step=step, jitter=3, picture=16.7, seek=5000)
    assert np.percentile(np.abs(clock), 95) < 7


def test_a_watcher_reads_the_clock_without_moving_it() -> None:
    told = np.array(run_js(CLOCK, _PLAY, step=41, jitter=4, picture=16.7))
    assert np.abs(told[:, 2] - told[:, 1]).max() < 1e-9


def test_a_medium_that_stands_says_where_it_stands() -> None:
    times = run_js(CLOCK, """
        const media = { paused: true, ended: false, seeking: false, readyState: 4, playbackRate: 1,
                        currentTime: 7.25 };
        const clock = new Clock(media);
        return [0, 16, 400, 5000].map((now) => [clock.time(now), clock.peek(now + 8), clock.steady(now)]);
    """)
    assert times == [[7.25, 7.25, False]] * 4
