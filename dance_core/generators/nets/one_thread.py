"""A dance is made on one thread of the processor, whoever asks and however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it torch computes on one thread; afterwards on as many as before.

    Products of matrices are added up in another order on two threads, so the last bits of a dance would
    depend on the machine; and matrices as small as ours gain next to nothing from a second one.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
