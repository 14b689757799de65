"""Photos of visitors → first poses. A photo comes as the body of a request, is read in memory, and is gone.

Gradio's own upload would write it to the disk, so this has a way of its own: the page's script sends the
bytes to `/photo`, gets a token, and the page's event takes the pose for it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request
from fastapi.responses import JSONResponse

from dance_core.corpus.studio.gallery import Pose
from dance_core.errors import UserError
from dance_core.sight.photo import PHOTO, read_photo

log = logging.getLogger(__name__)
PATH = "/photo"
KEEP_S = 300.0  # a pose waits so long for its page, which asks at once
MOST_KEPT = 256  # poses, a few kilobytes each
MOST_WAITING = 8  # photos at a time, one of which is read
_BUSY = "Too many photos are being read just now. Please try again in a moment."
_OURS = "Something went wrong here, not with your photo. Please try again."


class Desk:
    """Poses that were read and not fetched yet. Safe between threads.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._poses: OrderedDict[str, tuple[float, Pose, str]] = OrderedDict()
        self._waiting = 0

    def read(self, data: bytes, mirrored: bool) -> str:
        """Read a photo; the token of its pose. Raises UserError as `read_photo`, and where many wait."""
        with self._lock:
            if self._waiting >= MOST_WAITING:
                raise UserError(_BUSY)
            self._waiting += 1
        try:
            photo = read_photo(data, mirrored)
        finally:
            with self._lock:
                self._waiting -= 1
        pose = Pose(PHOTO, "Your photo, mirrored" if mirrored else "Your photo", photo.standing())
        token, now = secrets.token_urlsafe(24), self._clock()
        with self._lock:
            self._poses[token] = (now + KEEP_S, pose, photo.said)
            while len(self._poses) > MOST_KEPT or next(iter(self._poses.values()))[0] < now:
                self._poses.popitem(last=False)
        return token

    def take(self, token: object) -> tuple[Pose, str]:
        """The pose of a token, once, and what is to be said of it. Raises UserError for one that is none."""
        with self._lock:
            found = self._poses.pop(token, None) if isinstance(token, str) else None
        if found is None or found[0] < self._clock():
            raise UserError("The pose of the photo is not there any more. Please choose the photo once more.")
        return found[1], found[2]


desk = Desk()  # one for the process: what takes photos in and the page are built apart


async def take_in(request: Request) -> JSONResponse:
    """POST /photo?mirrored=1 with a photo's bytes, as many as the gate lets in: a token, or a sentence."""
    data = await request.body()
    try:
        token = await asyncio.to_thread(desk.read, data, request.query_params.get("mirrored") == "1")
    except UserError as error:
        return JSONResponse({"error": str(error)})
    except Exception:
        log.exception("a photo could not be read")
        return JSONResponse({"error": _OURS})
    return JSONResponse({"token": token})
