"""Pictures of the reference poses for the gallery, and the poses themselves for the stage."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.body.sketch import render
from dance_core.corpus.studio.gallery import Pose
from dance_core.pages.player import Pane, player_value
from dance_core.pages.player.component import serve
from dance_core.pages.wire import pack_motion
from dance_core.settings import Settings

SIZE = (192, 240)  # twice what the page shows
_SHOWN_M = 2.12  # metres from top to bottom


def pictures(poses: dict[str, Pose], settings: Settings) -> list[tuple[str, str, Path]]:
    """(name, title, picture) for PosePicker. Drawn when missing; served to everybody."""
    folder = _folder(settings)
    out = []
    for pose in poses.values():
        path = folder / f"{pose.name}-{_digest(pose)}.png"
        if not path.exists():
            picture = render(pose.motion, 0, SIZE, "three-quarter", background=None, height_m=_SHOWN_M)
            with replacing(path) as part:
                picture.save(part)
        out.append((pose.name, pose.title, path))
    return out


def on_stage(pose: Pose, settings: Settings) -> dict:
    """A player value that shows the pose, unless a dance is on the stage."""
    path = _folder(settings) / f"{pose.name}-{_digest(pose)}.dnc"
    if not path.exists():
        with replacing(path) as part:
            part.write_bytes(pack_motion(pose.motion))
    value = player_value(f"pose {pose.name}", panes=[Pane([path])],
                         status=("note", f"“{pose.title}”: this is how the dance begins"))
    return {**value, "preview": True}


def _folder(settings: Settings) -> Path:
    folder = settings.web_dir.absolute() / "poses"
    folder.mkdir(parents=True, exist_ok=True)
    serve(folder)
    return folder


def _digest(pose: Pose) -> str:
    return hashlib.sha256(pack_motion(pose.motion) + str((SIZE, _SHOWN_M)).encode()).hexdigest()[:12]

