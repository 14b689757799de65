"""What goes on inside of the generator that danced a dance, where it tells."""

from __future__ import annotations

from collections.abc import Sequence

from dance_core.generators import registry
from dance_core.generators.inner import Curve, Inside
from dance_core.longform.take import Take
from dance_core.settings import Settings


def inside(take: Take, settings: Settings) -> Sequence[Curve]:
    """Curves of its generator; none of dances of others, nor where generators run on a host."""
    generator = registry().get(take.generator)
    if take.source is not None or settings.engine != "local" or not isinstance(generator, Inside):
        return ()
    return generator.inside(take.motion)
