"""Generators on Ray: as many replicas as are asked for, and the engine before them that a host has.

Ray Serve keeps the replicas: it starts a killed one anew and gives each dance to one that has least to do.
Its own web server stays off. `host.Host` is the ingress, so that front ends find the protocol, token, queue,
limits and metrics of any host, and nothing else listens for them.

A replica is a `LocalEngine` whose weights are loaded: its requests of all dances become batches, the most
urgent first. Ray's own `serve.batch` would batch calls as they come, and a call is a whole dance here.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import ray
from ray import serve
from ray.exceptions import RayError, RayTaskError
from ray.serve.exceptions import RayServeException

from dance_core.errors import UserError
from dance_core.generators import starting_with
from dance_core.generators.base import Needs
from dance_core.longform.dance import GeneratorError
from dance_core.motion.motion import Motion
from dance_core.serving.cluster_start import actor_options, sentence_in
from dance_core.serving.engine import Work
from dance_core.serving.host import build_name
from dance_core.serving.local import LocalEngine, Made, dance_of, of_name
from dance_core.serving.places import Places
from dance_core.settings import Settings

log = logging.getLogger(__name__)
PATIENCE_S = 60.0  # without any replica
_LOOK_S = 1.0
TRIES = 4  # of which each costs a replica and none brings a segment: then it is the dance that kills them
_PAUSE_S = 0.2  # before another replica is asked; Ray needs a moment to see that one is gone
_HEALTH_S = 2.0
_LOGGING = {"log_level": "WARNING", "enable_access_log": False}


Answer = tuple[int, Motion]  # a segment, and what the generator gave for it


@dataclass(frozen=True)
class Refusal:
    """What a replica answers instead of a segment: one sentence. failed: the generator's own fault."""

    sentence: str
    failed: bool


class Replica:
    """One engine, loaded, in a process of Ray's.

    Args:
        settings: the engine's.
        build: what code and weights must be there, so that all replicas give the same bits.

    Raises UserError for another build, and what loading weights raises: then Ray gives up starting it.
    """

    def __init__(self, settings: Settings, build: str) -> None:
        _stay_on_loopback()
        check_build(build)
        self._engine = LocalEngine(starting_with(settings.generator), settings)
        self._engine.load()

    async def made(self, work: Work, known: Mapping[int, Motion]) -> AsyncIterator[Answer | Refusal]:
        """(segment, answer) of those that are not known, as they come. Sentences are values: as an exception
        one would be lost among Ray's own words."""
        try:
            async with aclosing(self._engine.made(work, known)) as answers:
                async for made in answers:
                    if made.motion is not None:
                        yield made.index, made.motion
        except UserError as error:
            yield Refusal(str(error), isinstance(error, GeneratorError))


def _stay_on_loopback() -> None:
    """Where Ray does: Serve (2.60) lets a replica's own server listen on all addresses of the machine."""
    from ray.serve._private import replica

    listen = getattr(replica, "add_port_to_grpc_server", None)
    if listen is not None and ray.util.get_node_ip_address() == "127.0.0.1":
        replica.add_port_to_grpc_server = lambda server, address: listen(server, "127.0.0.1:0")


def check_build(build: str) -> None:
    """Raises UserError where this process has other code or weights than `build`."""
    if build_name() != build:
        raise UserError(f"A machine of the cluster has the build {build_name()}, the host has {build}: all "
                        "must have the same version of the code and the weights.")


class ClusterEngine:
    """What `host.Host` asks for dances: the replicas of an application of Ray Serve.

    A replica that dies in the middle of a dance costs the segment that it was at: another one goes on after
    the last that came, with the same bits. Its methods may be called from any thread and any event loop.

    Args:
        needs: of the generators that the replicas have, the default first.
        settings: as the replicas have them, `schedule` decided; `max_running` is a replica's.
        handle: Ray's, of `Replica`. name: of its application.
        replicas: how many there are to be.
    """

    def __init__(self, needs: Sequence[Needs], settings: Settings, handle: Any, name: str,
                 replicas: int) -> None:
        self._needs = {n.name: n for n in needs}
        self._settings, self._handle, self._name = settings, handle.options(stream=True), name
        self._places = Places(settings.max_running * replicas, settings.max_waiting)
        self._seen = time.monotonic()  # when a replica was last running
        self.alive = True
        self._closed = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="dance-replicas", daemon=True)
        self._watcher.start()

    def generators(self) -> tuple[Needs, ...]:
        """What can be asked for, the default first."""
        return tuple(self._needs.values())

    def load(self) -> None:
        """The replicas have: none runs before its weights are there."""

    async def made(self, work: Work, known: Mapping[int, Motion] | None = None) -> AsyncIterator[Made]:
        """As `LocalEngine.made`, but `dance` stays as it was planned: what becomes of the answers is worked
        out by the replica, for the segments after them, and by the front end.

        Raises UserError, too, where no replica runs for a minute.
        """
        needs = of_name(self._needs, work.generator)
        waves = needs.fills_between and self._settings.schedule == "waves"
        dance = await asyncio.to_thread(dance_of, work, needs, waves, self._settings)
        async with self._places.inside():
            yield Made(dance)
            async with aclosing(self._answers(work, dict(known or {}))) as answers:
                async for index, motion in answers:
                    yield Made(dance, index, motion)

    async def _answers(self, work: Work, have: dict[int, Motion]) -> AsyncIterator[Answer]:
        """Those of as many replicas as it takes."""
        tries, had = 0, -1
        while True:
            tries, had = 1 if len(have) > had else tries + 1, len(have)
            response = self._handle.made.remote(work, dict(have))
            try:
                while (said := await self._next(response)) is not None:
                    if isinstance(said, Refusal):
                        raise (GeneratorError if said.failed else UserError)(said.sentence)
                    index, motion = said
                    if index not in have:
                        have[index] = motion
                        yield index, motion
                return
            except RayTaskError:
                raise  # our own code failed; it would on any other replica
            except (RayError, RayServeException) as error:
                log.warning("a replica was lost (%s); its dance goes on after %d segments",
                            type(error).__name__, len(have))
                if len(have) == had and tries == TRIES:
                    raise GeneratorError(f"{TRIES} replicas in a row died on segment {len(have) + 1} of this "
                                         "dance; the host's log says more.") from None
            finally:
                response.cancel()
            await asyncio.sleep(_PAUSE_S)

    async def _next(self, response: Any) -> Answer | Refusal | None:
        """What comes next, None at the end; a UserError where nobody is there who could say it."""
        coming = asyncio.ensure_future(anext(response, None))
        coming.add_done_callback(_seen)  # where the dance was cancelled, nobody asks for it
        try:
            while not (await asyncio.wait({coming}, timeout=_LOOK_S))[0]:
                if time.monotonic() - self._seen > PATIENCE_S:
                    raise UserError("None of the host's replicas has been running for "
                                    f"{PATIENCE_S:g} s. Please try again later.")
            return coming.result()
        finally:
            coming.cancel()

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK_S):
            self.alive = running(self._name) > 0
            if self.alive:
                self._seen = time.monotonic()

    def close(self) -> None:
        """No new dances; the replicas are stopped."""
        self._places.close()
        self._closed.set()
        self._watcher.join()  # who asks Serve after Ray's end starts it anew
        try:
            serve.delete(self._name)
        except (RayError, RayServeException) as error:
            log.warning("the replicas could not be stopped (%s)", type(error).__name__)

    def __enter__(self) -> ClusterEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _seen(future: asyncio.Future) -> None:
    if not future.cancelled():
        future.exception()


def running(name: str) -> int:
    """How many replicas of an application run; of a cluster that can't be asked, none."""
    try:
        there = serve.status().applications[name].deployments.values()
    except Exception as error:  # whatever a cluster in trouble raises
        log.warning("the cluster does not say how its replicas are (%s)", type(error).__name__)
        return 0
    return sum(d.replica_states.get("RUNNING", 0) for d in there)


def start_replicas(settings: Settings, replicas: int, gpus: float, name: str) -> ClusterEngine:
    """The engine of that many replicas, all of them loaded, on the cluster that this process is connected to.

    Args:
        settings: of the replicas; passwords and tokens stay here.
        replicas: how many, all the time.
        gpus: of each; 0: on a CPU, even where there is a GPU.
        name: of the application: what runs under it already is replaced.

    Raises UserError where a replica can't be started.
    """
    schedule = settings.schedule if settings.schedule != "auto" else "waves" if gpus else "stream"
    settings = dataclasses.replace(settings, schedule=schedule, engine_token="", researcher_password="")
    theirs = dataclasses.replace(settings, max_waiting=max(settings.max_waiting, settings.max_running))
    deployment = serve.deployment(
        Replica, num_replicas=replicas, max_ongoing_requests=settings.max_running,
        health_check_period_s=_HEALTH_S, ray_actor_options=actor_options(gpus),
        logging_config=_LOGGING)
    serve.start(proxy_location="Disabled", logging_config=_LOGGING)
    logging.getLogger("ray.serve").setLevel(logging.WARNING)
    try:
        handle = serve.run(deployment.bind(theirs, build_name()), name=name, route_prefix=None)
    except RuntimeError as error:
        why = [d.message for d in serve.status().applications[name].deployments.values()]
        serve.delete(name)
        raise UserError(sentence_in("\n".join(why), "The replicas could not be started")) from error
    needs = [g.needs for g in starting_with(settings.generator).values()]
    return ClusterEngine(needs, settings, handle, name, replicas)
