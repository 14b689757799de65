"""The Choreographer: the rule-based baseline that lays a style's moves on the beat grid."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from dance_core.corpus.studio.dancer import STYLES, vocabulary
from dance_core.corpus.studio.dancer.perform import Performer
from dance_core.errors import UserError
from dance_core.generators.base import Needs, Request, refuse_what_it_cannot
from dance_core.generators.choreographer.counting import counting_of, counts_of
from dance_core.generators.choreographer.form import eights_of, loudness_of
from dance_core.generators.choreographer.plan import plan_routine
from dance_core.motion.motion import PARTS, Motion

_KEPT = 16  # performers kept ready: the dances that are being made


class Choreographer:
    """Rule-based baseline. The whole dance is planned from the song, the style and the seed; a request is a
    stretch of it. It needs no context: any segment can be made alone and fits its neighbours."""

    needs = Needs(
        name="choreographer",
        title="Choreographer (rule-based baseline)",
        about="Lays moves of the style on the beat grid, with repeats and variation. Rules, no learning: the "
              "baseline that the learned systems are compared with.",
        segment_seconds=(1.0, 30.0),
        context_frames=0,
        parts=PARTS,
        styles=tuple(STYLES),
        together=1,
    )

    def __init__(self) -> None:
        self._performers: OrderedDict[bytes, Performer] = OrderedDict()
        self._lock = threading.Lock()

    def load(self) -> None:
        """Read the vocabulary."""
        vocabulary()

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that is none."""
        refuse_what_it_cannot(self.needs, requests)
        return [self._performer(r).frames(r.start, r.stop) for r in requests]

    def _performer(self, request: Request) -> Performer:
        key = _fingerprint(request)
        with self._lock:
            if key in self._performers:
                self._performers.move_to_end(key)
                return self._performers[key]
        performer = choreograph(request)
        with self._lock:
            self._performers[key] = performer
            while len(self._performers) > _KEPT:
                self._performers.popitem(last=False)
        return performer


def choreograph(request: Request) -> Performer:
    """Plan the whole dance that a request is a part of."""
    if request.style not in STYLES:
        raise UserError(f"There is no style {request.style!r}; there are {', '.join(STYLES)}.")
    style = STYLES[request.style]
    counting = counting_of(request.beats, style.bar)
    counts = counts_of(request.beats, len(request.features), request.features.fps, counting)
    per_minute = max(request.beats.tempo, 1.0) * counting.rate
    slots = plan_routine(vocabulary()[request.style], eights_of(request.features, counts, counting.phrase),
                         per_minute, request.seed, float(counts[-1]), counting, style.hurried)
    return Performer(style, slots, counts, request.reference, request.seed, loudness_of(request.features),
                     counting.bar)


def _fingerprint(request: Request) -> bytes:
    h = hashlib.sha256(request.features.values.tobytes())
    for a in (request.beats.times, request.beats.bar_position, request.reference.rotations,
              request.reference.translation, request.reference.face):
        h.update(np.ascontiguousarray(a).tobytes())
    beats = request.beats
    h.update(f"{request.style}|{request.seed}|{beats.tempo}|{beats.beats_per_bar}".encode())
    return h.digest()
