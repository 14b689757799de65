"""A dance is made on one thread of the processor, whoever asks and however many there are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

MOST_INPUTS = 256
_lock, _within, _before = threading.Lock(), 0, 1  # how many are within `one_thread`, and what was before


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it torch computes on one thread; afterwards on as many as before.

    Products of matrices are added up in another order on two threads, so the last bits of a dance would
    depend on the machine; and matrices as small as ours gain next to nothing from a second one.
    """
    global _within, _before
    with _lock:  # the number is everybody's: the first one in sets it, the last one out puts it back
        if not _within:
            _before = torch.get_num_threads()
        torch.set_num_threads(1)
        _within += 1
    try:
        yield
    finally:
        with _lock:
            _within -= 1
            if not _within:
                torch.set_num_threads(_before)


def lay_out(*parts: nn.Module) -> None:
    """Turn the weights of linear layers round in memory: the same numbers, a fifth less work for few tokens.

    A product takes the weights of one input to all outputs at once, so they lie side by side now. Sums over
    more than MOST_INPUTS inputs, or for fewer than twelve tokens, would be added up in another order: layers
    of so many stay as they are, and parts for so few are better not given. For dancing, not for learning.
    """
    for layer in (layer for part in parts for layer in part.modules()):
        if isinstance(layer, nn.Linear) and layer.in_features <= MOST_INPUTS:
            layer.weight.data = layer.weight.data.t().contiguous().t()


def each_alone(call: Callable[..., Tensor], *inputs: Tensor, rows: int = 1) -> Tensor:
    """What a call gives for inputs (B · rows, …), asked for `rows` at a time: the same bits whoever else is
    in a batch.

    A product for few tokens (under four, or under twelve and over MOST_INPUTS inputs) is added up in another
    order than one for more (MKL 2024.2), and a last bit grows to millimetres within a few windows. For what
    is small, in dancing on a processor: learning and GPUs take all at once.
    """
    first = inputs[0]
    if len(first) <= rows or first.is_cuda or torch.is_grad_enabled():
        return call(*inputs)
    return torch.cat([call(*parts) for parts in zip(*(x.split(rows) for x in inputs), strict=True)])
