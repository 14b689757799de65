"""One door to every kind of export of a Take, for pages and commands alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dance_core.body.avatar import export_glb
from dance_core.body.film import Cancelled, render_video
from dance_core.body.model import load_body
from dance_core.longform.take import Take
from dance_core.motion.files import save_bvh, save_npz
from dance_core.settings import Settings

FORMATS: dict[str, str] = {
    "npz": "SMPL-X parameters, in the manner of AMASS",
    "bvh": "skeleton for Blender and game engines",
    "glb": "the body with its animation and face",
    "mp4": "video with the music",
}

__all__ = ["FORMATS", "Cancelled", "export_take"]


def export_take(take: Take, kind: str, path: Path, settings: Settings, song: Path | None = None,
                progress: Callable[[int, int], None] | None = None,
                cancelled: Callable[[], bool] | None = None) -> None:
    """Write a Take as `kind`, a key of FORMATS, where `path` says; whole or not at all.

    song: the music from the dance's first frame on (a Take's folder has it as song.flac); without it an mp4
    is silent. progress (frames done, in all) and cancelled belong to mp4, the others take no time. Raises
    UserError as `load_body` and `render_video` do; Cancelled; ValueError for a kind that is none.
    """
    if kind == "npz":
        save_npz(path, take.motion)
    elif kind == "bvh":
        save_bvh(path, take.motion)
    elif kind == "glb":
        export_glb(take.motion, path, load_body(settings.smplx), take.title)
    elif kind == "mp4":
        load_body(settings.smplx)  # a wrong file is told here, not by the process that draws
        render_video(take.motion, song, take.beats, path, progress, cancelled, body=settings.smplx)
    else:
        raise ValueError(f"format {kind!r} is none of {', '.join(FORMATS)}")
