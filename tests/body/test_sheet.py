"""Contact sheets, strips, thumbnails and animations."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from dance_core.body import sheet, sketch
from dance_core.errors import UserError
from dance_core.motion import kinematics, shape
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import LEFT_SHOULDER, PELVIS_HEIGHT, RIGHT_SHOULDER
from dance_core.music.beats import Beats

CELL = (60, 80)


def waving(seconds: float = 8.0) -> Motion:
    """Both arms swing once a second while the pelvis walks 1 m to the dancer's left."""
    t = np.arange(round(seconds * 30)) / 30
    rotations = np.zeros((len(t), 55, 3), np.float32)
    rotations[:, LEFT_SHOULDER, 2] = np.sin(2 * np.pi * t)
    rotations[:, RIGHT_SHOULDER, 2] = np.sin(2 * np.pi * t)
    place = np.stack([t / seconds, np.full_like(t, PELVIS_HEIGHT), 0 * t], -1)
    return Motion(30.0, rotations, place, np.zeros((len(t), 52), np.float32))


def steady(seconds: float = 8.0, pickup: int = 1) -> Beats:
    """120 BPM from 0 s with `pickup` beats before the first downbeat."""
    times = np.arange(0, seconds, 0.5)
    return Beats(times, (np.arange(len(times)) - pickup) % 4 + 1, 120.0, 1.0)


def test_moments_are_beats_spread_over_the_dance() -> None:
    times, labels = sheet._moments(steady(), 4, 0.0, 8.0, None)
    assert times == [0.0, 2.0, 4.0, 6.0]
    assert labels == ["0.4", "1.4", "2.4", "3.4"]  # one pickup beat, which is bar 0


def test_half_beats_begin_at_the_first_downbeat_of_the_range() -> None:
    times, labels = sheet._moments(steady(), 5, 2.1, 8.0, 0.5)
    assert times == [2.5, 2.75, 3.0, 3.25, 3.5]
    assert labels == ["2.1", "2.1+1/2", "2.2", "2.2+1/2", "2.3"]


def test_bars_of_three_are_counted_to_three() -> None:
    times = np.arange(0, 8, 0.5)
    waltz = Beats(times, (np.arange(16) - 1) % 3 + 1, 120.0, 1.0, 3)
    _, labels = sheet._moments(waltz, 8, 0.0, 4.0, None)
    assert labels == ["0.3", "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1"]


def test_no_moment_lies_behind_the_end() -> None:
    times, _ = sheet._moments(steady(), 99, 6.0, 8.0, 0.5)
    assert times[0] == 6.5 and times[-1] == 7.75


def test_without_beats_moments_are_evenly_spaced() -> None:
    assert sheet._moments(None, 4, 0.0, 8.0, None) == ([1.0, 3.0, 5.0, 7.0], [""] * 4)


def test_every_cell_holds_the_picture_of_its_frame() -> None:
    m = waving()
    page = sheet.contact_sheet(m, steady(), 4, cell=CELL, path=False, title="x")
    gap, head = 2, 30
    for column, seconds in enumerate((0.0, 2.0, 4.0, 6.0)):
        for row, view in enumerate(("front", "side")):
            x, y = gap + column * (CELL[0] + gap), head + row * (CELL[1] + gap)
            part = page.crop((x, y, x + CELL[0], y + CELL[1]))
            assert part.tobytes() == sketch.render(m, round(seconds * 30), CELL, view).tobytes()


def test_a_sheet_shows_the_limbs_of_the_build() -> None:
    """Arms out: what differs from the average body's picture ends at the longer arms' fingertips."""
    size = (300, 200)
    average = waving(1.0).slice(0, 1)
    long = shape.reshaped(average, shape.build_named("long-armed"))
    pages = [sheet.contact_sheet(m, None, 1, ("front",), cell=size, path=False, title="")
             for m in (average, long)]
    plain, drawn = (np.asarray(page).astype(int) for page in pages)
    columns = np.flatnonzero((np.abs(plain - drawn).max(-1) > 40).any(0))
    there, was = (sketch.camera(size, "front", at[0]).project(at)[:, 0]
                  for at in (kinematics.joints(m)[0] for m in (long, average)))
    frame = 2  # pixels of the sheet before the cell
    assert columns.min() - frame == pytest.approx(there.min(), abs=3)
    assert columns.max() - frame == pytest.approx(there.max(), abs=3)
    assert was.min() - there.min() > 4 and there.max() - was.max() > 4  # more than flesh is


def test_the_way_of_the_pelvis_is_drawn_on_request() -> None:
    pages = [sheet.contact_sheet(waving(), steady(), 4, cell=CELL, path=p).tobytes() for p in (True, False)]
    assert pages[0] != pages[1]


def test_title_and_captions_are_written() -> None:
    m = waving(2.0)
    a, b = (np.asarray(sheet.contact_sheet(m, steady(2.0), 2, cell=(160, 120), style=s, seed=7))
            for s in ("Lock", ""))
    assert a.shape == b.shape and (a[:30] != b[:30]).any() and (a[30:] == b[30:]).all()
    assert (a[-40:].min(-1) < 200).any()  # beat numbers and seconds under the figures


def test_a_strip_has_as_many_cells_as_asked_for() -> None:
    page = sheet.strip(waving(), 1.0, 2.0, 6, cell=CELL, columns=3)
    assert page.size == (3 * (CELL[0] + 2) + 2, 4 + 2 * (CELL[1] + 2 + 20 + 6))


def test_thumbnails_hold_the_whole_figure() -> None:
    m = waving()
    for frame in (0, 8, 22):  # arms out, up, down
        picture = np.asarray(sheet.thumbnail(m, (120, 160), frame, background=None))[..., 3]
        assert picture.shape == (160, 120)
        solid = picture > 200
        assert not solid[0].any() and not solid[:, 0].any() and not solid[:, -1].any() and not solid[-1].any()
        assert solid.any(1).sum() > 70  # and drawn large


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_an_animation_keeps_time(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wave{suffix}"
    data = sheet.animation(waving(), path, 0.0, 2.0, (80, 80), fps=15)
    assert path.read_bytes() == data
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == suffix[1:].upper() and image.size == (80, 80)
        assert image.n_frames > 15  # equal neighbours are stored as one longer frame
        total = 0
        for frame in ImageSequence.Iterator(image):
            frame.load()  # WebP knows a frame's duration only then
            total += frame.info["duration"]
        assert total == 2000


def test_bad_requests_are_plain_sentences_with_the_number() -> None:
    m = waving(2.0)
    with pytest.raises(UserError, match="0 moments"):
        sheet.contact_sheet(m, None, 0)
    with pytest.raises(UserError, match="9 s"):
        sheet.contact_sheet(m, None, start_s=9.0)
    with pytest.raises(UserError, match="no beat between 1.6 s and 1.9 s"):
        sheet.contact_sheet(m, steady(2.0), start_s=1.6, stop_s=1.9)
    with pytest.raises(UserError, match="5 s"):
        sheet.strip(m, 5.0)
    with pytest.raises(UserError, match="at most 100"):
        sheet.animation(m, None, 0.0, 0.5, (60, 60), max_bytes=100)
