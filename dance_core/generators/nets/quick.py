"""Networks in half the numbers, and as compiled graphs, on GPUs and only where that is asked for.

A processor gains nothing from either, and there a dance has the same bits everywhere. `use` says what is
wanted before weights are loaded (serving does, from DANCE_PRECISION and DANCE_COMPILE). A generator takes
part whose joints stay within 1 cm of what it dances in float32, request for request: HOT-dance (4 mm). JEPA's
do not (1.4 cm within its first segment), nor SoulNet's, whose codes tip over and lead elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, TypeVar

from dance_core.settings import Settings

if TYPE_CHECKING:  # serving says what is wanted before torch is there
    import torch

DEVICES = {"cuda"}
_wanted = {"bfloat16": False, "compile": False}
Call = TypeVar("Call", bound=Callable[..., object])


def use(bfloat16: bool, compile: bool) -> None:
    """What is wanted from now on; a graph is compiled only of weights that are loaded later."""
    _wanted.update(bfloat16=bfloat16, compile=compile)


def use_as_set(settings: Settings) -> None:
    """`use` of what DANCE_PRECISION and DANCE_COMPILE say."""
    use(settings.precision == "bfloat16", bool(settings.compile))


def quickly(device: torch.device) -> AbstractContextManager[object]:
    """Within it products are made in bfloat16, if that is wanted on this device; sums and norms are not."""
    if _wanted["bfloat16"] and device.type in DEVICES:
        import torch

        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


def compiled(call: Call, device: torch.device, backend: str = "inductor") -> Call:
    """The call as a graph that is compiled when it is first asked, for each shape once, if that is wanted."""
    if _wanted["compile"] and device.type in DEVICES:
        import torch

        return torch.compile(call, backend=backend)  # type: ignore[return-value]
    return call
