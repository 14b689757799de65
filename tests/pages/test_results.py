"""What is said about a finished take is what the take holds."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from dance_core.generators.soulnet.search import Fit
from dance_core.longform.take import Fault
from dance_core.motion.shape import checked, reshaped
from dance_core.pages.results import facts, speed_chart
from tests.pages.making import small_take


def said(take, fit: Fit | None = None) -> dict[str, tuple[str, str]]:
    return {label: (value, note) for label, value, note in facts(take, fit)}


def test_the_tiles_tell_the_numbers_of_the_run() -> None:
    tiles = said(small_take())
    assert tiles["Tempo"] == ("120.0 BPM", "confidence 0.90")
    assert tiles["Beats"] == ("12", "3 bars of 4")
    assert tiles["Beat alignment"] == ("0.71 of 1", "0.30 to beats moved off the music")
    assert tiles["Seams"] == ("1", "roughest 1.20 × the rest")
    assert tiles["Reference pose"] == ("0.2° off", "and 0.1 cm, in frame 0")
    assert tiles["Time taken"] == ("1.6 s", "first segment after 0.4\u00a0s")
    assert tiles["Body limits"][0] == "all held"


@pytest.mark.parametrize(("betas", "told"), [((2.0, 1.0), ("tall", "")),
                                             ((1.0, 0.0, 2.5), ("its own build", "betas 1,0,2.5"))])
def test_a_body_that_is_not_the_average_one_is_named(betas: tuple[float, ...], told: tuple[str, str]) -> None:
    take = small_take()
    assert "Body" not in said(take)
    assert said(dataclasses.replace(take, motion=reshaped(take.motion, checked(betas))))["Body"] == told


def test_how_well_it_fits_its_song_is_a_rank_among_songs_and_not_said_where_nobody_can_tell() -> None:
    tiles = said(small_take(), Fit(2, 51, 19.2, "another song"))
    assert tiles["Fits this song"] == ("rank 2 of 51 songs",
                                       "by a learned ear, which may err; first 19\u00a0s")
    assert "Fits this song" not in said(small_take())


def test_faults_are_counted_and_the_worst_one_is_named() -> None:
    tiles = said(small_take((Fault("slide", 1.0, 2.0, 2.5, 2.0, "left_foot", "cm"),
                             Fault("speed", 3.0, 3.1, 30.0, 12.0, "right_wrist", "m/s"))))
    assert tiles["Body limits"] == ("2 faults", "speed 30.0 m/s (right wrist) at 3.0 s")


def test_nothing_is_said_that_was_not_measured() -> None:
    bare = dataclasses.replace(small_take(), alignment={}, reference_error={}, timings={})
    assert not {"Beat alignment", "Reference pose", "Time taken"} & set(said(bare))


def test_the_chart_shows_the_speed_and_where_the_body_rests() -> None:
    take = small_take()
    traces = {t.name: t for t in speed_chart(take).data}
    speed = np.asarray(traces["mean joint speed"].y)
    assert len(speed) == len(take.motion) - 1 and 0.3 < speed.max() < 1.3
    # the swaying body turns round twice a second; the marks sit there
    marks = np.asarray(traces["motion beat"].x)
    assert np.abs(marks - np.round(marks * 2) / 2).max() < 0.03
    assert len(np.asarray(traces["downbeat"].x)) == 3 * len(take.beats.downbeats)
