"""How many threads the numerical libraries take, and how they wait for each other.

OpenMP's threads spin for work by default. Beside a browser, or another program that keeps a core busy, the
one that does the work then waits for the one that spins: a dance on two such cores took up to five times as
long on two threads as on one. The networks here are small, and on idle cores a second thread saves them less
than a tenth. So threads that wait sleep, NumPy takes one, and a dance is made on one
(generators/nets/one_thread.py), which also makes its bits the same on a machine of any size.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

_WANTED = {"OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1"}
TURN_S = 0.001
_QUOTA = Path("/sys/fs/cgroup/cpu.max")  # "MICROSECONDS PERIOD", or "max PERIOD": what a container may use


def set_up(environ: MutableMapping[str, str] | None = None) -> None:
    """Say so to the libraries, before they load; what the environment says already stands."""
    environ = os.environ if environ is None else environ
    for name, value in _WANTED.items():
        environ.setdefault(name, value)


def take_short_turns() -> None:
    """Have Python's threads take turns every millisecond instead of every five.

    For servers: the loop that answers pages asks for its turn at every write to a socket, and waits for one
    turn of each thread that works out beats, features or files meanwhile.
    """
    sys.setswitchinterval(TURN_S)


def free_cores(load: float | None = None) -> int:
    """How many cores a long computation may take here and now: at least one; `cores_here` less the busy ones.

    Args:
        load: how many are busy; None: the mean of the last minute.
    """
    busy = os.getloadavg()[0] if load is None else load
    return max(1, round(_cores() - busy))


def cores_here() -> int:
    """How many cores this process may use, at least one: by its affinity and a container's quota."""
    return max(1, round(_cores()))


def _cores() -> float:
    cores = float(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    quota = _quota(_QUOTA)
    return cores if quota is None else min(cores, quota)


def _quota(path: Path) -> float | None:
    """Cores that a control group allows, or None where nothing is said."""
    try:
        most, period = path.read_text().split()
        return int(most) / int(period)
    except (OSError, ValueError):  # no such file; "max"
        return None
