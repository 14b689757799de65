"""The rows that a network made for a request, as the motion that the request asks for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dance_core.generators.base import Request
from dance_core.generators.nets.arriving import arriving, parts_arriving
from dance_core.generators.nets.calming import USUAL, Calm
from dance_core.generators.nets.finishing import finish, parts_finished
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.motion.hinges import hinges_kept
from dance_core.motion.motion import Motion
from dance_core.motion.soles import sole_points


def answer(request: Request, rows: np.ndarray, before: Motion | None, code: PoseCode,
           calm: Calm = USUAL) -> Motion:
    """`request.frames` frames: the dance so far, what was made, with the kept parts and the arrival.

    Args:
        rows: (N, ROW) new frames, raw.
        before: at least one frame, or None for a beginning of its own within a song: its first two frames,
            so that it moves, are taken as they are, but for soles below the floor and elbows or knees the
            wrong way.
        code: the network's pose code.
        calm: what is faster is taken from the rows.
    """
    if before is None:
        before, rows = _out_of_the_floor(hinges_kept(code.decode(calm.alone(rows)[:2]))), rows[2:]
        if request.keep:
            before = before.with_parts_of(request.given.slice(0, len(before)), request.keep)
    if "body" in request.keep:
        rest = request.given.slice(len(before), request.frames)
        made = parts_finished(rows, before, rest, request.keep, code, calm)
    else:
        made = finish(rows, before, code, calm=calm, home=request.arrive is not None)
        if request.keep:
            made = made.with_parts_of(request.given, request.keep)
    if request.arrive is None:
        return made
    if "body" in request.keep:  # it stands where it stands
        return parts_arriving(made, request.arrive, len(before), request.given, request.keep)
    return arriving(made, request.arrive, len(before))


def _out_of_the_floor(frames: Motion) -> Motion:
    """Frames lifted until no sole is below the floor: what follows is planted from them, they are not."""
    low = float(sole_points(frames)[..., 1].min())
    return replace(frames, translation=frames.translation + np.array([0.0, max(0.0, -low), 0.0], np.float32))
