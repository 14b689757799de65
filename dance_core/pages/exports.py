"""Files of a finished dance for other programs: some are there at once, some are made when asked for."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from dance_core.body.exports import ENDINGS, Picture, export_take
from dance_core.errors import UserError
from dance_core.longform.take import SONG, Take
from dance_core.pages.files import new_folder
from dance_core.pages.rating import take_of
from dance_core.pages.widgets import Download, Downloads, downloads_value
from dance_core.settings import Settings

log = logging.getLogger(__name__)
_LOOK_S = 0.4  # how often the progress is told
_OURS = "The file could not be made: something went wrong here. Please try again."
_DISK = "The file could not be made: the server's disk is full or can't be written to."


def offered(there: tuple[Path, Path]) -> tuple[Download, ...]:
    """What a visitor can have of a dance whose npz and BVH are there already."""
    npz, bvh = there
    return (
        Download("npz", "Motion (NPZ)", npz, note="SMPL-X poses with the keys of AMASS, for Python"),
        Download("bvh", "Motion (BVH)", bvh, note="Skeleton and animation, for Blender, Maya, MotionBuilder"),
        Download("glb", "Body (GLB)", note="Skinned body, animation and face, for Blender, Unity, browsers"),
        Download("usd", "Body (USD)", note="The same as text for USD: Omniverse, Houdini, Maya, Blender"),
        Download("bundle", "All for other programs (ZIP)",
                 note="GLB, BVH, NPZ, music, beats, and how Blender, Godot and Unreal read them"),
        Download("mp4", "Video (MP4)", note="The body with the music; a minute of dance takes some minutes"),
        Download("openpose", "Keypoints (JSON)",
                 note="OpenPose's 18 points (COCO), seen from the front, 512 x 768, a file for each frame"),
        Download("pose-mp4", "Pose video (MP4)",
                 note="OpenPose's skeleton on black, from the front, 512 x 768, for pose-to-video models"),
    )


async def export(take: Take, kind: str, folder: Path, settings: Settings) -> AsyncIterator[float | Path]:
    """Make a file: numbers 0 to 1 on the way, its path at the end. Closing the iterator stops the work.

    Raises UserError for a kind that there is none of, or that can't be made on this machine.
    """
    if kind not in ENDINGS:
        raise UserError("There is no file of this kind.")
    name = f"dance-{take.id[:8]}"
    path = folder / f"{name}{ENDINGS[kind]}"
    song = settings.takes_dir.absolute() / take.id / SONG
    given_up = threading.Event()
    done = [0, 1]

    def told(frames: int, of: int) -> None:
        done[:] = frames, of

    work = asyncio.create_task(asyncio.to_thread(
        export_take, take, kind, path, settings, song if song.is_file() else None, told, given_up.is_set,
        Picture(name=name)))
    try:
        while not work.done():
            yield min(1.0, done[0] / max(done[1], 1))
            await asyncio.wait([work], timeout=_LOOK_S)
        await work
    finally:
        given_up.set()
        work.add_done_callback(lambda w: w.cancelled() or w.exception())  # nobody waits for it any more
    yield path


def wire_exports(downloads: Downloads, take: gr.State, files: gr.State, settings: Settings) -> Any:
    """Wire the widget; returns the event that makes files, so that a new dance can stop it."""
    async def make(name: str | None, known: tuple[Download, ...] | None,
                   event: gr.EventData) -> AsyncIterator[tuple[Any, Any]]:
        sent = event._data if isinstance(event._data, dict) else {}
        kind, known = sent.get("kind"), known or ()
        chosen = next((d for d in known if d.kind == kind and d.path is None), None)
        if chosen is None:
            yield downloads_value(known), known
            return

        def told(**changes: Any) -> tuple[Any, Any]:
            now = tuple(replace(d, problem="", **(changes if d is chosen else {})) for d in known)
            return downloads_value(now, kind if changes.get("path") else ""), now

        try:
            async for step in export(take_of(settings, name), chosen.kind, new_folder(settings), settings):
                value, now = told(path=step) if isinstance(step, Path) else told(progress=step)
                yield value, now if isinstance(step, Path) else known
        except UserError as error:
            yield _failed(known, chosen, str(error))
        except OSError:
            log.exception("an export could not be kept")
            yield _failed(known, chosen, _DISK)
        except Exception:
            log.exception("an export failed")
            yield _failed(known, chosen, _OURS)

    private = {"api_visibility": "private", "show_progress": "hidden"}
    making = downloads.select(make, [take, files], [downloads, files],
                              concurrency_limit=2, concurrency_id="exports", **private)
    downloads.stop(lambda known: downloads_value(known or ()), files, downloads, cancels=[making],
                   queue=False, **private)
    return making


def _failed(known: tuple[Download, ...], chosen: Download, sentence: str) -> tuple[Any, Any]:
    return downloads_value([replace(d, problem=sentence) if d is chosen else d for d in known]), known
