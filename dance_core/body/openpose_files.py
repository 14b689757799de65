"""A dance as OpenPose's files: JSON with the 18 keypoints of each frame, or a film of the drawn skeleton.

The JSON is laid out as OpenPose writes it (version 1.3, one person, pixels). It holds the COCO model's 18
points; OpenPose's own default is BODY_25, and no place in the format says which: readers have to be told.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from dance_core.body.film import Cancelled
from dance_core.body.mux import Mux, check_size
from dance_core.body.openpose_picture import draw_keypoints
from dance_core.errors import UserError
from dance_core.motion.openpose import Seen

SIZE = (512, 768)  # pixels: upright, as most pose-to-video models take a single dancer
_CRF = 12  # of H.264: thin lines in pure colours suffer before anything else does
_EMPTY = ("face_keypoints_2d", "hand_left_keypoints_2d", "hand_right_keypoints_2d", "pose_keypoints_3d",
          "face_keypoints_3d", "hand_left_keypoints_3d", "hand_right_keypoints_3d")
_STAMP = (1980, 1, 1, 0, 0, 0)  # of files in a zip: the same dance gives the same bytes


def write_json(seen: Seen, name: str, path: Path) -> None:
    """One file a frame, `NAME_000000000000_keypoints.json` and on: in a zip if `path` ends so, else a folder.

    The folder is made, and must not be there. Points that are not seen at all are 0, 0, 0, as in OpenPose.
    """
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
            for entry, text in _entries(seen, name):
                info = zipfile.ZipInfo(entry, _STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, text)
        return
    path.mkdir()
    for entry, text in _entries(seen, name):
        (path / entry).write_text(text, encoding="ascii")


def _entries(seen: Seen, name: str) -> Iterator[tuple[str, str]]:
    """Name and text of each frame's file."""
    for t in range(len(seen)):
        numbers: list[float] = []
        for (x, y), c in zip(seen.xy[t].tolist(), seen.confidence[t].tolist(), strict=True):
            numbers += [round(x, 3), round(y, 3), round(c, 4)] if c > 0 else [0, 0, 0]
        person = {"person_id": [-1], "pose_keypoints_2d": numbers, **{key: [] for key in _EMPTY}}
        yield f"{name}_{t:012d}_keypoints.json", json.dumps({"version": 1.3, "people": [person]})


def write_film(seen: Seen, audio: Path | None, path: Path, progress: Callable[[int, int], None] | None = None,
               cancelled: Callable[[], bool] | None = None) -> None:
    """The drawn skeleton as an mp4, with the music.

    audio: a file that soundfile reads, cut or padded to the dance's length; None for a silent film. Raises
    UserError for a size that a film can't have and for 0 frames; Cancelled.
    """
    check_size(seen.size)
    if len(seen) == 0:
        raise UserError("The dance has 0 frames; a video needs at least 1.")
    mux = Mux(path, seen.size, seen.fps, crf=_CRF)
    if audio is not None:
        mux.sound(audio, len(seen) / seen.fps)
    for t in range(len(seen)):
        if cancelled is not None and cancelled():
            raise Cancelled
        mux.frame(draw_keypoints(seen.xy[t], seen.confidence[t], seen.size))
        if progress is not None:
            progress(t + 1, len(seen))
    mux.close()
