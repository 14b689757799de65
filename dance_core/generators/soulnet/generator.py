"""SoulNet behind the contract. torch is loaded when it dances first."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.generators.base import Needs, Request
from dance_core.generators.nets.weights import read_config
from dance_core.generators.soulnet.masked_config import MaskedConfig
from dance_core.motion.motion import PARTS, Motion
from dance_core.settings import ASSETS

if TYPE_CHECKING:
    from dance_core.generators.soulnet.dancing import Dancer

WEIGHTS = ASSETS / "weights" / "soulnet"


class SoulNet:
    """Codes of body, hands and face, the masked transformer that finds them, the codec that dances them.

    Args:
        folder: of the codec's, the retrieval module's and the transformers' weights.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    def __init__(self, folder: Path = WEIGHTS, config: MaskedConfig | None = None) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._made: Dancer | None = None
        told = read_config(folder, "masked")["config"]
        self.config = config or MaskedConfig.from_dict(told)  # type: ignore[arg-type]
        self.needs = Needs(
            name="soulnet", title="SoulNet (codes of the whole body)",
            about="Body, hands and face as codes that build on each other; a masked transformer fills them "
                  "in from the music, the surest first.",
            segment_seconds=(2.5, 20.0), context_frames=self.config.context * self.config.patch,
            parts=PARTS, styles=self.config.styles, fills_between=True, remakes_parts=True,
            uses_guidance=True)

    def load(self) -> None:
        """Read the weights, once."""
        self.dancer()

    def dancer(self) -> Dancer:
        """The system with its weights."""
        with self._lock:
            if self._made is None:
                from dance_core.generators.soulnet.dancing import Dancer

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

    def without_choice(self) -> SoulNet:
        """See evaluation.verification.Learned."""
        return self if self.config.tries == 1 else self.with_sampling(tries=1)

    def with_sampling(self, **changed: float) -> SoulNet:
        """See evaluation.tuning.Tunable."""
        return SoulNet(self.folder, self.config.sampling(**changed))

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""
        return self.dancer().dance(requests)
