"""Pictures of a whole dance: contact sheets on the beat, dense strips, thumbnails, small animations."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dance_core.body.sketch import BACKGROUND, Color, View, camera, render
from dance_core.errors import UserError
from dance_core.motion import kinematics, shape
from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import SPINE3
from dance_core.music.beats import Beats

_INK, _PALE, _DOWNBEAT = (52, 46, 56), (128, 120, 126), (172, 82, 54)
_GAP = 2  # pixels between cells
_PALETTE_FRAMES = 8  # a GIF has one palette, taken from about so many of its frames


def contact_sheet(motion: Motion, beats: Beats | None = None, moments: int = 16,
                  views: Sequence[View] = ("front", "side"), *, start_s: float = 0.0,
                  stop_s: float | None = None, every_beats: float | None = None,
                  cell: tuple[int, int] = (184, 240), columns: int | None = None, style: str = "",
                  seed: int | None = None, title: str | None = None, path: bool = True,
                  follow: bool = True) -> Image.Image:
    """A dance at `moments` moments: one column each, its views one above the other.

    Without `every_beats`, the moments are beats spread evenly over start_s … stop_s (the whole
    dance); with it they are that many beats apart from the first downbeat at or after start_s
    (0.5 = every half beat), as many as fit. Without beats they are evenly spaced times. Under each
    stand bar.beat (bars count from 1 at the song's first downbeat; a pickup is bar 0; 3.2+1/2 is
    half a beat later) and seconds; downbeats are set in colour. The title line has style, tempo, seed.
    path=True draws the way of the pelvis over the floor since the moment before.
    Beats and motion share time 0. UserError for a range without frames.
    """
    stop = motion.duration if stop_s is None else min(stop_s, motion.duration)
    if moments < 1 or not 0 <= start_s < stop:
        raise UserError(f"A sheet of {moments} moments from {start_s:g} s to {stop:g} s has nothing to show.")
    times, labels = _moments(beats, moments, start_s, stop, every_beats)
    frames = [_frame_at(motion, t) for t in times]
    captions = [(label, f"{t:.2f} s") for t, label in zip(times, labels, strict=True)]
    if title is None:
        tempo = f"{beats.tempo:.1f} BPM" if beats is not None and beats.tempo > 0 else ""
        seconds = f"{times[0]:.1f} to {times[-1]:.1f} s of {motion.duration:.1f} s"
        parts = [style, tempo, "" if seed is None else f"seed {seed}", seconds]
        title = "   ".join(p for p in parts if p)
    return _grid(motion, frames, captions, views, cell, columns, title, path, follow)


def strip(motion: Motion, start_s: float = 0.0, seconds: float | None = None, n: int = 24,
          views: Sequence[View] = ("front",), *, cell: tuple[int, int] = (150, 200),
          columns: int | None = None, title: str = "", follow: bool = True) -> Image.Image:
    """`n` frames spread evenly over `seconds` (to the end by default): the look of one movement."""
    seconds = motion.duration - start_s if seconds is None else seconds
    if n < 1 or start_s < 0 or seconds <= 0 or start_s >= motion.duration:
        raise UserError(f"A strip of {n} frames from {start_s:g} s over {seconds:g} s has nothing to show.")
    times = start_s + np.arange(n) * min(seconds, motion.duration - start_s) / n
    frames = [_frame_at(motion, t) for t in times]
    captions = [("", f"{f / motion.fps:.2f} s") for f in frames]
    return _grid(motion, frames, captions, views, cell, columns, title, False, follow)


def thumbnail(motion: Motion, size: tuple[int, int] = (240, 320), frame: int = 0, azimuth: float = 30.0,
              background: Color | None = BACKGROUND) -> Image.Image:
    """One pose for a gallery: seen `azimuth` degrees off the direction that the chest faces, drawn large.

    The picture shows 2 m from top to bottom, more where the pose needs it.
    """
    q = kinematics.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[frame]))
    heading = math.degrees(float(rot.yaw_of(q[SPINE3])))
    view = (heading + azimuth, 11.0)
    places = kinematics.positions(q, motion.translation[frame], shape.bones(motion.betas))
    cam = camera(size, view, places[0], 1.0)
    pixels = cam.project(places)
    margin, above = 0.16, 0.26  # m of flesh and air around joints; a head is high above its own
    wide = 2 * (np.abs(pixels[:, 0] - cam.width / 2).max() / cam.scale + margin) * size[1] / size[0]
    high = ((cam.ground_row - pixels[:, 1].min()) / cam.scale + above) * cam.height / cam.ground_row
    return render(motion, frame, size, view, background, True, max(2.0, wide, high))


def animation(motion: Motion, path: str | Path | None = None, start_s: float = 0.0, seconds: float = 4.0,
              size: tuple[int, int] = (240, 240), view: View = "three-quarter", fps: float = 15.0,
              follow: bool = True, max_bytes: int = 2_000_000) -> bytes:
    """A looping GIF or WebP (by the suffix of `path`; GIF without one), also written to `path` if given.

    UserError if it would be longer than `max_bytes`.
    """
    kind = "WEBP" if path is not None and Path(path).suffix.lower() == ".webp" else "GIF"
    stop = min(start_s + seconds, motion.duration)
    count = int(round((stop - start_s) * fps))
    if count < 1 or start_s < 0:
        raise UserError(f"An animation from {start_s:g} s over {seconds:g} s has nothing to show.")
    frames = [_frame_at(motion, start_s + i / fps) for i in range(count)]
    images = [render(motion, frame, size, view, follow=follow) for frame in frames]
    options: dict[str, object] = {"quality": 70, "method": 4}
    if kind == "GIF":  # one palette for all, without dither: still parts stay still and compress
        some = images[:: max(1, len(images) // _PALETTE_FRAMES)]
        sample = Image.new("RGB", (size[0] * len(some), size[1]))
        for i, im in enumerate(some):
            sample.paste(im, (i * size[0], 0))
        palette = sample.quantize(128)
        images = [im.quantize(palette=palette, dither=Image.Dither.NONE) for im in images]
        options = {"optimize": False, "disposal": 1}
    # GIF counts in hundredths of a second: rounding each frame alone would change the tempo
    ends = np.round(np.arange(count + 1) * 100 / fps)
    durations = [int(d) for d in np.diff(ends) * 10]
    out = io.BytesIO()
    images[0].save(out, kind, save_all=True, append_images=images[1:], duration=durations, loop=0, **options)
    if out.tell() > max_bytes:
        raise UserError(f"The animation has {out.tell()} bytes, but at most {max_bytes} are allowed.")
    if path is not None:
        Path(path).write_bytes(out.getvalue())
    return out.getvalue()


def _frame_at(motion: Motion, seconds: float) -> int:
    return int(np.clip(round(seconds * motion.fps), 0, len(motion) - 1))


def _moments(beats: Beats | None, moments: int, start: float, stop: float,
             every: float | None) -> tuple[list[float], list[str]]:
    """Times in seconds and their bar.beat labels."""
    if beats is None or len(beats.times) < 2:
        return list(start + (np.arange(moments) + 0.5) * (stop - start) / moments), [""] * moments
    inside = np.flatnonzero((beats.times >= start - 1e-9) & (beats.times < stop))
    if not len(inside):
        raise UserError(f"There is no beat between {start:g} s and {stop:g} s.")
    if every is None:
        if len(inside) > moments:
            inside = inside[np.round(np.arange(moments) * len(inside) / moments).astype(int)]
        counts = inside.astype(np.float64)
    else:
        downbeats = inside[beats.bar_position[inside] == 1]
        first = downbeats[0] if len(downbeats) else inside[0]
        counts = first + every * np.arange(moments)
        counts = counts[counts <= inside[-1] + 1 - 1e-9]
    order = np.arange(len(beats.times), dtype=np.float64)
    step = beats.times[-1] - beats.times[-2]
    times = np.where(counts > order[-1], beats.times[-1] + (counts - order[-1]) * step,
                     np.interp(counts, order, beats.times))
    keep = times < stop
    return [float(t) for t in times[keep]], [_label(beats, float(c)) for c in counts[keep]]


def _label(beats: Beats, count: float) -> str:
    """bar.beat of a running beat count."""
    n = int(math.floor(count + 1e-6))
    bar = int((beats.bar_position[: n + 1] == 1).sum())
    text = f"{bar}.{beats.bar_position[n]}"
    rest = count - n
    if rest < 1e-6:
        return text
    return text + {0.5: "+1/2", 0.25: "+1/4", 0.75: "+3/4"}.get(round(rest, 2), f"+{rest:.2f}")


def _grid(motion: Motion, frames: list[int], captions: list[tuple[str, str]], views: Sequence[View],
          cell: tuple[int, int], columns: int | None, title: str, path: bool, follow: bool) -> Image.Image:
    w, h = cell
    columns = min(len(frames), columns or 8)
    rows = -(-len(frames) // columns)
    font, small = ImageFont.load_default(15), ImageFont.load_default(12)
    head, foot = (30 if title else 4), 36 if any(c[0] for c in captions) else 20
    block = len(views) * (h + _GAP) + foot + 6
    page = Image.new("RGB", (columns * (w + _GAP) + _GAP, head + rows * block), (252, 251, 249))
    pen = ImageDraw.Draw(page)
    if title:
        pen.text((8, 6), title, _INK, font)
    for i, frame in enumerate(frames):
        x, y = _GAP + (i % columns) * (w + _GAP), head + (i // columns) * block
        for k, view in enumerate(views):
            trail = motion.translation[frames[i - 1]:frame + 1] if path and i else None
            page.paste(render(motion, frame, cell, view, follow=follow, trail=trail), (x, y + k * (h + _GAP)))
        y += len(views) * (h + _GAP)
        name, seconds = captions[i]
        if name:
            pen.text((x + w / 2, y + 1), name, _DOWNBEAT if name.endswith(".1") else _INK, font, anchor="ma")
        pen.text((x + w / 2, y + foot - 18), seconds, _PALE, small, anchor="ma")
    return page

