"""How much one visitor may ask for: so many messages a minute, so many bytes of uploads an hour.

A visitor is an address (behind a proxy that is believed, the one that it names); of IPv6 its /64, which is
what a household has. What comes from this machine itself is not counted: where a proxy stands there that
nobody told us of, all visitors have its address.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_REMEMBERED = 4_096  # visitors


class Rate:
    """A leaky bucket for each visitor: `most` at once, and again as much in each `window` seconds.

    Args:
        most: 0: no limit.
        clock: seconds that only go forward.
    """

    def __init__(self, most: float, window: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.window, self._clock = most, window, clock
        self._lock = threading.Lock()
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()  # what is in it, when

    def wait(self, address: str, amount: float = 1.0) -> int:
        """Take an amount. Seconds until there is room for it; 0: it was taken."""
        who = visitor_of(address)
        if not self.most or who is None:
            return 0
        now = self._clock()
        with self._lock:
            filled, since = self._filled.pop(who, (0.0, now))
            filled = max(0.0, filled - (now - since) * self.most / self.window)
            over = filled + amount - self.most
            late = over > 1e-9 and filled > 0.0  # what is larger than the whole goes into an empty one
            self._filled[who] = (filled if late else filled + amount, now)
            while len(self._filled) > _REMEMBERED:
                self._filled.popitem(last=False)
            return math.ceil(min(over, filled) * self.window / self.most) if late else 0


def visitor_of(address: str) -> str | None:
    """Whom an address is counted as; None: this machine, or no address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    if ip.is_loopback:
        return None
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
