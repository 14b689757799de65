"""The way into a Ray cluster: one of this process's own on this machine, or one that runs on several."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from typing import Any

from dance_core import threads
from dance_core.errors import UserError

MOST = 256  # replicas
_STORE = 256 << 20  # bytes of shared memory for what goes between processes; a long song's answers take 20 MB
_ANSWER_S = 5.0
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # tells nobody
    "RAY_enable_metrics_collection": "0",  # of Ray's own processes: a host tells of its dances
    "RAY_COLOR_PREFIX": "0",  # in what replicas log
}
# Ray takes an address that others reach for its machine's own and listens there, even where it is alone. Only
# this, which is named after the systems that need it, makes it take 127.0.0.1 (Ray 2.60, services.py).
_LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}


@contextlib.contextmanager
def on_ray(address: str, workers: int, gpus: float) -> Iterator[None]:
    """Be connected to a cluster.

    Args:
        address: host:port of one that `ray start` began (RAY_AUTH_MODE says whether it wants a token);
            "": start one here, for this process alone, that listens on loopback, wants a token that nobody
            else has, and ends with it.
        workers: how many replicas there are to be, with a core each (shared, where there are fewer).
        gpus: of each.

    Raises UserError where there is no such cluster, or it has too few GPUs.
    """
    if not 1 <= workers <= MOST:
        raise UserError(f"{workers} replicas were asked for; 1 to {MOST} are possible.")
    if not 0 <= gpus <= 16 or gpus > 1 and gpus != int(gpus):
        raise UserError(f"A replica can have a part of a GPU (0 to 1) or whole ones, not {gpus:g}.")
    if address:
        _look_for(address)
    with contextlib.ExitStack() as stack:
        own = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), **_LOOPBACK}
        stack.enter_context(_environ({**_QUIET, **({} if address else own)}))  # is read by `import ray`, too
        ray = _ray()
        how: dict[str, Any] = {"address": address}
        if not address:
            folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")  # it will hold sockets: a short name
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            how = {"address": "local", "num_cpus": max(workers, os.cpu_count() or 1), "_temp_dir": folder,
                   "include_dashboard": False, "object_store_memory": _STORE}
        stack.callback(ray.shutdown)
        try:
            ray.init(**how, logging_level="WARNING")
        except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
            raise UserError(f"The Ray cluster at {address} did not let this process in: it wants the token "
                            f"that its machines have (~/.ray/auth_token), and Ray {ray.__version__}."
                            if address else
                            f"Ray could not be started here: {_first_line(str(error))}") from None
        if (there := ray.cluster_resources().get("GPU", 0.0)) < gpus * workers:
            raise UserError(f"{workers} replicas of {gpus:g} GPUs want {gpus * workers:g}; there are "
                            f"{there:g}.")
        yield


def _look_for(address: str) -> None:
    """Raises UserError where nobody answers: Ray itself would try for minutes."""
    if "RAY_AUTH_MODE" not in os.environ:
        raise UserError("Whoever reaches a Ray cluster without a token can run programs on it: set "
                        "RAY_AUTH_MODE=token here and on its machines (or disabled, if that is meant).")
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise UserError(f"The address of a Ray cluster is {address!r}, but host:port was expected.")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _ANSWER_S).close()
    except OSError as error:
        raise UserError(f"There is no Ray cluster at {address} ({error}).") from None


@contextlib.contextmanager
def _environ(changes: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def actor_options(gpus: float) -> dict[str, Any]:
    """What a process that runs generators is to be given. gpus: 0 hides them: all replicas compute alike."""
    environ = dict(_QUIET)
    threads.set_up(environ)
    if not gpus:
        environ["CUDA_VISIBLE_DEVICES"] = ""
    return {"num_cpus": 1, "num_gpus": gpus, "runtime_env": {"env_vars": environ}}


def sentence_in(told: str, otherwise: str) -> str:
    """Our own sentence, where a process of Ray's raised one and Ray wrapped it into its own words."""
    found = re.search(r"UserError: (.+)", told)
    return found[1].strip() if found else f"{otherwise}: {_first_line(told)}"


def _ray() -> Any:
    try:
        import ray
    except ImportError:
        raise UserError("For --engine cluster Ray is needed: pip install -r "
                        "requirements-cluster.txt.") from None
    return ray


def _first_line(told: str) -> str:
    return (told.strip().splitlines() or ["no reason is given"])[0][:300]
