"""The JEPA generator behind the contract. torch is loaded when it dances first."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.generators.base import Needs, Request, refuse_what_it_cannot
from dance_core.generators.jepa.config import JepaConfig
from dance_core.generators.nets.weights import read_config
from dance_core.motion.motion import PARTS, Motion
from dance_core.settings import ASSETS

if TYPE_CHECKING:
    from dance_core.generators.jepa.dancing import Dancer

WEIGHTS = ASSETS / "weights" / "jepa"


class Jepa:
    """World model: f reads the dance so far, g predicts the state that the music leads to, d dances it.

    Args:
        folder: of jepa.safetensors and jepa.json.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    def __init__(self, folder: Path = WEIGHTS, config: JepaConfig | None = None) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._made: Dancer | None = None
        told = read_config(folder, "jepa")
        self.config = config or JepaConfig.from_dict(told["config"])  # type: ignore[arg-type]
        self.needs = Needs(
            name="jepa", title="JEPA (world model)",
            about="A learned world model: the music is the action, the dance the state. It predicts where "
                  "the music leads the dancer, and a diffusion decoder dances it.",
            segment_seconds=(2.5, 20.0), context_frames=self.config.window, parts=PARTS,
            styles=self.config.styles, uses_guidance=True)

    def load(self) -> None:
        """Read the weights, once."""
        self.dancer()

    def dancer(self) -> Dancer:
        """The system with its weights."""
        with self._lock:
            if self._made is None:
                from dance_core.generators.jepa.dancing import Dancer

                self._made = Dancer(self.folder, self.config)
            return self._made

    def tensors(self) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """See evaluation.verification.Learned."""
        from dance_core.generators.nets.weights import compare_weights

        whole = self.dancer().whole
        return len(whole.state_dict()), *compare_weights(self.folder, "jepa", whole)

    def without_choice(self) -> Jepa:
        """See evaluation.verification.Learned."""
        return self if self.config.tries == 1 else self.with_sampling(tries=1)

    def with_sampling(self, **changed: float) -> Jepa:
        """See evaluation.tuning.Tunable."""
        return Jepa(self.folder, self.config.sampling(**changed))

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""
        refuse_what_it_cannot(self.needs, requests)
        return self.dancer().dance(requests)
