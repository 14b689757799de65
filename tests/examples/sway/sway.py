"""A generator of one's own: it sways on the beat. pip install tests/examples/sway, and the app has it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dance_core.generators.base import Needs, Request, refuse_what_it_cannot
from dance_core.motion.motion import Motion

SPINE, LEFT_SHOULDER, RIGHT_SHOULDER = 3, 16, 17  # SMPL-X joints
FPS = 30


class Sway:
    """Nothing to learn and nothing to load: a function of the beats and of the first pose."""

    needs = Needs(
        name="sway", title="Sway", about="Leans from side to side, a beat each.", segment_seconds=(1.0, 20.0),
        context_frames=0, parts=frozenset({"body"}), styles=("gHO",))

    def load(self) -> None:
        """There are no weights."""

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        """One Motion of request.frames frames for each request."""
        refuse_what_it_cannot(self.needs, requests)
        return [self._one(request) for request in requests]

    def _one(self, request: Request) -> Motion:
        times = np.arange(request.start, request.stop) / FPS
        beat = request.beats.phase(times)
        start = np.clip(times, 0.0, 1.0)  # frame 0 of a dance is the first pose, exactly
        lean = (0.15 * start * np.sin(np.pi * beat)).astype(np.float32)
        n, pose = request.frames, request.reference
        rotations = np.repeat(pose.rotations, n, axis=0)
        rotations[:, SPINE, 2] += lean
        rotations[:, LEFT_SHOULDER, 2] -= lean
        rotations[:, RIGHT_SHOULDER, 2] -= lean
        return Motion(float(FPS), rotations, np.repeat(pose.translation, n, axis=0),
                      np.zeros((n, pose.face.shape[1]), np.float32), pose.betas, self.needs.parts)
