"""One door to every kind of export of a Take, for pages and commands alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.body.avatar import export_glb
from dance_core.body.bundle import write_bundle
from dance_core.body.film import Cancelled, render_video
from dance_core.body.model import load_body
from dance_core.body.openpose_files import SIZE, write_film, write_json
from dance_core.body.usd import export_usd
from dance_core.longform.take import Take
from dance_core.motion.camera import View, cameras
from dance_core.motion.files import save_bvh, save_npz
from dance_core.motion.openpose import see
from dance_core.settings import Settings

FORMATS: dict[str, str] = {
    "npz": "SMPL-X parameters, in the manner of AMASS",
    "bvh": "skeleton for Blender and game engines",
    "glb": "the body with its animation and face",
    "usd": "the same for USD: skeleton, animation, blend shapes, as text",
    "bundle": "all of these, music, beats and how to read them in one zip",
    "mp4": "video with the music",
    "openpose": "OpenPose's 18 keypoints (COCO), a JSON file a frame",
    "pose-mp4": "OpenPose's skeleton as a video with the music",
}
ENDINGS = {kind: f".{kind}" for kind in FORMATS} | {"usd": ".usda", "bundle": ".zip",
                                                    "openpose": "-openpose.zip",
                                                    "pose-mp4": "-pose.mp4"}

__all__ = ["ENDINGS", "FORMATS", "Cancelled", "Picture", "export_take"]


@dataclass(frozen=True)
class Picture:
    """How a flat kind looks at a dance.

    Attributes:
        view: as `motion.camera.cameras` takes it.
        size: (w, h) in pixels.
        name: what the names of files in a zip or folder begin with.
    """

    view: View = "front"
    size: tuple[int, int] = SIZE
    name: str = "dance"


def export_take(take: Take, kind: str, path: Path, settings: Settings, song: Path | None = None,
                progress: Callable[[int, int], None] | None = None,
                cancelled: Callable[[], bool] | None = None, picture: Picture | None = None,
                names: str = "smplx", units: str = "cm") -> None:
    """Write a Take as `kind`, a key of FORMATS, where `path` says; whole or not at all.

    By default names end as ENDINGS says; an openpose path that doesn't end in .zip becomes a folder.

    song: the music from the dance's first frame on (a Take's folder has it as song.flac); without it an mp4
    is silent. progress (frames done, in all) and cancelled belong to the videos, the others take no time.
    picture: of the flat kinds, openpose and pose-mp4. names, units: of a BVH, as `save_bvh` has them. Raises
    UserError as `load_body`, `render_video` and `write_film` do; Cancelled; ValueError for a kind that is
    none.
    """
    if kind == "npz":
        save_npz(path, take.motion)
    elif kind == "bvh":
        save_bvh(path, take.motion, names, units)
    elif kind == "glb":
        export_glb(take.motion, path, load_body(settings.smplx), take.title)
    elif kind == "usd":
        export_usd(take.motion, path, load_body(settings.smplx), take.title)
    elif kind == "bundle":
        body = load_body(settings.smplx)
        with replacing(path) as part:
            write_bundle(take, part, body, song, names, units)
    elif kind == "mp4":
        load_body(settings.smplx)  # a wrong file is told here, not by the process that draws
        render_video(take.motion, song, take.beats, path, progress, cancelled, body=settings.smplx)
    elif kind in ("openpose", "pose-mp4"):
        picture = picture or Picture()
        seen = see(take.motion, cameras(take.motion, picture.view, picture.size[0] / picture.size[1]),
                   picture.size)
        with replacing(path) as part:
            if kind == "openpose":
                write_json(seen, picture.name, part)
            else:
                write_film(seen, song, part, progress, cancelled)
    else:
        raise ValueError(f"format {kind!r} is none of {', '.join(FORMATS)}")
