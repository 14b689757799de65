"""First poses: from the gallery, from a visitor's file, from a Take; their pictures, and how they stand.

    .venv/bin/python -m dance_core.pages.poses     draws the gallery's pictures anew (needs GL)
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.body.film import NO_GL
from dance_core.body.sketch import render
from dance_core.body.thumbs import by_body
from dance_core.corpus.studio.gallery import FOLDER, Pose, gallery
from dance_core.errors import UserError
from dance_core.longform.take import Take
from dance_core.motion.centre import centred
from dance_core.motion.reading import read_frame
from dance_core.motion.shape import BUILDS, build_named, reshaped
from dance_core.motion.soles import sole_points
from dance_core.pages.files import new_folder
from dance_core.pages.player import Pane, player_value
from dance_core.pages.player.component import serve
from dance_core.pages.wire import pack_motion
from dance_core.settings import MOTION_FPS, Settings
from dance_core.sight.photo import PHOTO

SIZE = (192, 240)  # twice what the page shows
UPLOAD, FRAME = "upload", "frame"  # names of poses that are not of the gallery
_VIEW = (24.0, 8.0)  # azimuth and elevation in degrees
_SHOWN_M = 2.12  # metres from top to bottom
_FLOATS = 0.3  # m: somebody in a file who is higher than this does not jump, the file has another floor
_SINKS = 0.01  # m


def pictures(poses: dict[str, Pose], settings: Settings) -> list[tuple[str, str, Path]]:
    """(name, title, picture) for PosePicker; served to everybody. Drawn where no picture is shipped."""
    folder = _folder(settings)
    serve(FOLDER)
    out = []
    for pose in poses.values():
        shipped = FOLDER / f"{pose.name}.jpg"
        if shipped.is_file():
            out.append((pose.name, pose.title, shipped))
            continue
        path = folder / f"{pose.name}-{_digest(pose)}.png"
        if not path.exists():
            _draw(pose, path)
        out.append((pose.name, pose.title, path))
    return out


def write_pictures() -> None:
    """Draw the gallery's poses on the body, into the assets. Raises UserError on a machine without GL."""
    known = gallery()
    drawn = by_body([pose.motion for pose in known.values()], SIZE, _VIEW)
    if drawn is None:
        raise UserError(NO_GL)
    for name, picture in zip(known, drawn, strict=True):
        with replacing(FOLDER / f"{name}.jpg") as part:
            picture.save(part, quality=88, optimize=True)


def own_picture(pose: Pose, settings: Settings) -> tuple[str, str, Path]:
    """The same for a pose of one visitor: in a folder that nobody else can guess."""
    path = new_folder(settings) / "pose.png"
    _draw(pose, path)
    return pose.name, pose.title, path


def on_stage(pose: Pose, settings: Settings) -> dict:
    """A player value that shows the pose, unless a dance is on the stage."""
    ours = pose.name not in (UPLOAD, FRAME, PHOTO)
    path = (_folder(settings) if ours else new_folder(settings)) / f"{pose.name}-{_digest(pose)}.dnc"
    if not path.exists():
        with replacing(path) as part:
            part.write_bytes(pack_motion(pose.motion))
    plain = ours and not pose.motion.betas.any()
    value = player_value(f"pose {pose.name}" + ("" if plain else f" {_digest(pose)}"), panes=[Pane([path])],
                         status=("note", f"“{pose.title}”: this is how the dance begins"))
    return {**value, "preview": True}


def builds() -> list[tuple[str, str]]:
    """(words, key) of the bodies that can be chosen; the first is whichever the pose has."""
    return [("as the pose has it", ""), *((name, name) for name in BUILDS)]


def built(pose: Pose, build: str) -> Pose:
    """The pose by a body of a build; "": as it is. Raises UserError for a build that is none."""
    return replace(pose, motion=reshaped(pose.motion, build_named(build))) if build else pose


def from_file(path: str | Path, frame: float | None) -> tuple[Pose, str]:
    """A frame of a motion file that somebody uploaded, and what is to be said of it. UserError: no motion,
    or no such frame.

    It comes to the middle of the stage facing the front, and onto the floor where the file has another one.
    """
    index = 0.0 if frame is None else float(frame)
    motion, said = read_frame(path, index)
    stood = centred(motion, 0, MOTION_FPS)
    low = float(sole_points(stood)[..., 1].min())
    if low < -_SINKS or low > _FLOATS:
        stood = replace(stood, translation=stood.translation - np.array([0.0, low, 0.0], np.float32))
    return Pose(UPLOAD, f"Your file, frame {int(index)}", stood), " ".join(said)


def from_take(take: Take, seconds: object) -> Pose:
    """The frame of a Take that is shown at a time, which a browser says. Raises UserError."""
    usable = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not usable or not 0 <= seconds <= take.duration + 1:
        raise UserError(f"A dance can start from a moment of 0 to {take.duration:.1f} s of this one.")
    frame = min(round(seconds * take.motion.fps), len(take.motion) - 1)
    return Pose(FRAME, f"At {frame / take.motion.fps:.1f} s", centred(take.motion, frame, MOTION_FPS))


def _draw(pose: Pose, path: Path) -> None:
    picture = render(pose.motion, 0, SIZE, "three-quarter", background=None, height_m=_SHOWN_M)
    with replacing(path) as part:
        picture.save(part)


def _folder(settings: Settings) -> Path:
    folder = settings.web_dir.absolute() / "poses"
    folder.mkdir(parents=True, exist_ok=True)
    serve(folder)
    return folder


def _digest(pose: Pose) -> str:
    return hashlib.sha256(pack_motion(pose.motion) + str((SIZE, _SHOWN_M)).encode()).hexdigest()[:12]


if __name__ == "__main__":
    write_pictures()
