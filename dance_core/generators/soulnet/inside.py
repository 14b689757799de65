"""Which codes a dance uses, over time."""

from __future__ import annotations

import numpy as np
import torch

from dance_core.generators.inner import Curve, in_use
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.soulnet.codec import PART_NAMES, Codec
from dance_core.motion.motion import Motion

SPAN_S = 4.0  # within so long codes are counted: two bars at 120 BPM


def codes_in_use(codec: Codec, motion: Motion) -> tuple[Curve, ...]:
    """How many first-level codes body, hands and face use within SPAN_S (`inner.in_use`)."""
    frames, fps = codec.config.frames, motion.fps
    count = len(motion) // frames
    if not count:
        return ()
    rows = codec.code().encode(motion.slice(0, count * frames)).astype(np.float32)
    with one_thread(), torch.inference_mode():
        codes = codec.encode(torch.from_numpy(rows)[None].to(codec.books.device))[0, ..., 0].cpu().numpy()
    times = (np.arange(count) + 0.5) * frames / fps
    span = max(1, round(SPAN_S * fps / frames))
    names = PART_NAMES if len(codes) == len(PART_NAMES) else ("all",)
    return tuple(Curve(f"codes in use within {SPAN_S:g} s", name, times, in_use(own, span))
                 for name, own in zip(names, codes, strict=True))
