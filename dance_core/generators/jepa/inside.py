"""Where the world model's state is, over a dance."""

from __future__ import annotations

import numpy as np
import torch

from dance_core.generators.inner import Curve
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.nets.one_thread import one_thread
from dance_core.motion.motion import Motion


def of_the_state(whole: Whole, motion: Motion) -> tuple[Curve, ...]:
    """The state's energy and its way, both as root mean squares over its numbers, in their own spread.

    A number's spread is its standard deviation over the dance. Energy is the distance from the dance's mean
    state; the way is the change from one chunk of a window (half a second) to the next.
    """
    c, fps = whole.config, motion.fps
    windows = len(motion) // c.window
    if not windows:
        return ()
    rows = whole.code().encode(motion.slice(0, windows * c.window)).astype(np.float32)
    with one_thread(), torch.inference_mode():
        told = torch.from_numpy(rows).to(whole.hand_mean.device).unflatten(0, (windows, c.window))
        state = whole.world.encoder(whole.patches.encode(told)).flatten(0, 1).float().cpu().numpy()
    scaled = (state - state.mean(0)) / np.maximum(state.std(0), 1e-6)
    times = (np.arange(len(state)) + 0.5) * c.window / c.chunks / fps
    way = np.sqrt((np.diff(scaled, axis=0) ** 2).mean(-1))
    return (Curve("latent state, × its spread", "from the mean", times, np.sqrt((scaled**2).mean(-1))),
            Curve("latent state, × its spread", "moved in half a second", (times[1:] + times[:-1]) / 2, way))
