"""What no machine gets around in a dance: the products of its networks, and the bytes of their weights."""

from __future__ import annotations

from dataclasses import dataclass

from torch.utils.flop_counter import FlopCounterMode

from dance_core.evaluation.making import Wish, make
from dance_core.generators.base import Generator
from dance_core.generators.nets.trained import Trained
from dance_core.settings import Settings


@dataclass(frozen=True)
class LeastWork:
    """gflop: 10^9 multiplications and additions of matrix products in a second of dance. weights_mb: MB that
    every pass of all networks reads."""

    gflop: float
    weights_mb: float


def least_work(generator: Generator, wish: Wish, settings: Settings) -> LeastWork | None:
    """Counted while one dance is made; None for a generator without networks."""
    if not isinstance(generator, Trained):
        return None
    with FlopCounterMode(display=False) as counter:
        made = make(generator, wish, settings)
    weights = sum(v.numel() * v.element_size() for _, module in generator.dancer().modules()
                  for v in module.state_dict().values())
    return LeastWork(counter.get_total_flops() / 1e9 / made.motion.duration, weights / 1e6)
