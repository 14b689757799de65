"""What learned generators share behind the contract: weights in a folder, read when they dance first."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, Self, TypeVar

from dance_core.generators.base import Needs, Request, refuse_what_it_cannot
from dance_core.generators.nets.sizes import Sizes
from dance_core.generators.nets.weights import compare_weights, read_config
from dance_core.motion.motion import Motion

if TYPE_CHECKING:  # who reads a config only must not wait for torch
    from torch import nn


class Performer(Protocol):
    """A system with its weights."""

    def modules(self) -> tuple[tuple[str, nn.Module], ...]:
        """Name of the file of weights, and the module that they are in."""

    def dance(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""


Config = TypeVar("Config", bound=Sizes)
System = TypeVar("System", bound=Performer)


class Trained(ABC, Generic[Config, System]):
    """Base of the learned generators; `Config` has the field `tries`.

    Args:
        folder: of the weights.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    NAME: ClassVar[str]  # of the file of weights that the config stands beside
    CONFIG: ClassVar[type[Sizes]]
    needs: Needs

    def __init__(self, folder: Path, config: Config | None = None) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._made: System | None = None
        told = read_config(folder, self.NAME)["config"]
        self.config: Config = config or self.CONFIG.from_dict(told)  # type: ignore[arg-type, assignment]

    @abstractmethod
    def _system(self) -> System:
        """The system with its weights, read now: the place to import torch."""

    def load(self) -> None:
        """Read the weights, once."""
        self.dancer()

    def dancer(self) -> System:
        """The system with its weights."""
        with self._lock:
            if self._made is None:
                self._made = self._system()
            return self._made

    def tensors(self) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """See evaluation.verification.Learned."""
        count, missing, left = 0, (), ()
        for name, module in self.dancer().modules():
            lacks, more = compare_weights(self.folder, name, module)
            count, missing, left = count + len(module.state_dict()), missing + lacks, left + more
        return count, missing, left

    def without_choice(self) -> Self:
        """See evaluation.verification.Learned."""
        return self if self.config.tries == 1 else self.with_sampling(tries=1)  # type: ignore[attr-defined]

    def with_sampling(self, **changed: float) -> Self:
        """See evaluation.tuning.Tunable."""
        return type(self)(self.folder, self.config.sampling(**changed))

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        """See generators.base.Generator. UserError for a style that was not learned."""
        refuse_what_it_cannot(self.needs, requests)
        return self.dancer().dance(requests)
