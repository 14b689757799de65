"""What processes do in test_batch.py."""

from __future__ import annotations

import os
import time


def sleep(seconds: float) -> int:
    """Sleep and tell which process slept."""
    time.sleep(seconds)
    return os.getpid()
