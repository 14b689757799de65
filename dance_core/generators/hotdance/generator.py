"""HOT-dance behind the contract. torch is loaded when it dances first."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.generators.base import Needs, Request
from dance_core.generators.hotdance.dit_config import DitConfig
from dance_core.generators.nets.weights import read_config
from dance_core.motion.motion import PARTS, Motion
from dance_core.settings import ASSETS

if TYPE_CHECKING:
    from dance_core.generators.hotdance.dancing import Dancer

WEIGHTS = ASSETS / "weights" / "hotdance"
NAME = "dit"  # of the file of weights that is written last


class HotDance:
    """Poses as images, a codec of them, and a diffusion transformer that paints them to the music.

    Args:
        folder: of the codec's and the transformer's weights.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    def __init__(self, folder: Path = WEIGHTS, config: DitConfig | None = None) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._made: Dancer | None = None
        told = read_config(folder, NAME)["config"]
        self.config = config or DitConfig.from_dict(told)  # type: ignore[arg-type]
        self.needs = Needs(
            name="hotdance", title="HOT-dance (poses as images)",
            about="Every pose is an image, a hot spot for each coordinate; a diffusion transformer paints 8 "
                  "seconds of them at once on the music's own clock, from a reference pose on.",
            segment_seconds=(2.5, self.config.columns * self.config.column_seconds),
            context_frames=self.config.context, parts=PARTS, styles=self.config.styles, fills_between=True,
            remakes_parts=True, uses_guidance=True)

    def load(self) -> None:
        """Read the weights, once."""
        self.dancer()

    def dancer(self) -> Dancer:
        """The system with its weights."""
        with self._lock:
            if self._made is None:
                from dance_core.generators.hotdance.dancing import Dancer

                self._made = Dancer(self.folder, self.config)
            return self._made

    def tensors(self) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """See evaluation.verification.Learned."""
        from dance_core.generators.nets.weights import compare_weights

        count, missing, left = 0, (), ()
        for name, module in self.dancer().modules():
            lacks, more = compare_weights(self.folder, name, module)
            count, missing, left = count + len(module.state_dict()), missing + lacks, left + more
        return count, missing, left

    def without_choice(self) -> HotDance:
        """See evaluation.verification.Learned."""
        return self if self.config.tries == 1 else self.with_sampling(tries=1)

    def with_sampling(self, **changed: float) -> HotDance:
        """See evaluation.tuning.Tunable."""
        return HotDance(self.folder, self.config.sampling(**changed))

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""
        return self.dancer().dance(requests)
