"""A host of generators: one web app that makes the answers which front ends ask for. It knows no song.

    POST /v1/jobs         work → a stream of the generator's answers (message.py); cancelled by hanging up
    GET  /v1/generators   what can be asked for
    GET  /healthz, /readyz, /metrics    alive; weights loaded; for Prometheus

All but /healthz and /readyz want the token, where there is one.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import logging
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from dance_core.errors import UserError
from dance_core.evaluation.making import code_digest, weights_digest
from dance_core.generators.base import Needs
from dance_core.longform.dance import GeneratorError
from dance_core.motion.motion import Motion
from dance_core.serving.closing import Closing
from dance_core.serving.engine import Work
from dance_core.serving.local import Made
from dance_core.serving.message import (
    MAX_BODY,
    PLANNED,
    PROTOCOL,
    BadMessage,
    in_json,
    message,
    pack_answer,
    unpack_work,
)
from dance_core.serving.places import Busy
from dance_core.settings import ASSETS, Settings

log = logging.getLogger(__name__)
ALIVE_S = 5.0  # how often a stream says that it lives
BODY_S = 30.0  # in which a request must have come
_AHEAD = 4  # messages that are made before the front end has taken them
_BROWSERS = frozenset({"origin", "sec-fetch-site"})  # headers that no front end sends
_OURS = "The host failed on this dance; its log says why."


class Maker(Protocol):
    """What a host asks for dances: LocalEngine, or the engine before the replicas of a cluster."""

    alive: bool  # False: nothing that could make a dance runs now

    def generators(self) -> tuple[Needs, ...]:
        """What can be asked for, the default first."""

    def made(self, work: Work, known: Mapping[int, Motion] | None = None) -> AsyncIterator[Made]:
        """See LocalEngine.made."""


class Host:
    """The web app (`app`) around an engine.

    Args:
        engine: makes the dances; its limits on running and waiting ones are the host's.
        settings: the engine's own.
        token: what front ends must say; "" lets everybody in.
    """

    def __init__(self, engine: Maker, settings: Settings, token: str = "") -> None:
        self._engine, self._settings, self._token = engine, settings, token
        self._making: set[asyncio.Task] = set()
        self.ready = False  # weights are loaded
        self.metrics = _Metrics()
        self.app = FastAPI(openapi_url=None)
        self.app.add_api_route("/healthz", self._health, methods=["GET"])
        self.app.add_api_route("/readyz", self._readiness, methods=["GET"])
        self.app.add_api_route("/metrics", self._measured, methods=["GET"])
        self.app.add_api_route("/v1/generators", self._generators, methods=["GET"])
        self.app.add_api_route("/v1/jobs", self._job, methods=["POST"], response_model=None)

    async def _health(self) -> dict[str, bool]:
        return {"alive": True}

    async def _readiness(self) -> JSONResponse:
        ready = self.ready and self._engine.alive
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    async def _measured(self, request: Request) -> Response:
        if refusal := self._stranger(request):
            return refusal
        return Response(generate_latest(self.metrics.registry), media_type=CONTENT_TYPE_LATEST)

    async def _generators(self, request: Request) -> JSONResponse:
        if refusal := self._stranger(request):
            return refusal
        needs = [{**asdict(n), "parts": sorted(n.parts)} for n in self._engine.generators()]
        build = await asyncio.to_thread(build_name)
        return JSONResponse({"protocol": PROTOCOL, "build": build, "generators": needs})

    async def _job(self, request: Request) -> Response:
        if refusal := self._stranger(request):
            return refusal
        try:
            async with asyncio.timeout(BODY_S):
                data = await _body(request)
            work, known = await asyncio.to_thread(unpack_work, data)
        except TimeoutError:
            return _refused(408, f"The request had not come whole after {BODY_S:g} s.")
        except _TooLong as error:
            return _refused(413, str(error))
        except BadMessage as error:
            return _refused(400, f"The request can't be read: {error}.")
        return StreamingResponse(self._stream(work, known), media_type="application/octet-stream",
                                 headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})

    def _stranger(self, request: Request) -> JSONResponse | None:
        """The refusal for who has not the token, and for pages in browsers: where no token is wanted, any
        page that somebody on this machine looks at could use the host."""
        if not _BROWSERS.isdisjoint(request.headers):
            return _refused(403, "This host answers to front ends, not to pages in browsers.")
        said = request.headers.get("authorization", "")
        if self._token and not hmac.compare_digest(said.encode(), f"Bearer {self._token}".encode()):
            return _refused(401, _STRANGER)
        return None

    async def _stream(self, work: Work, known: dict[int, Motion]) -> AsyncIterator[bytes]:
        """What is made, and signs of life between. The making is a task of its own: a stream that its front
        end has left is cancelled again and again, and could not clear up."""
        ready: asyncio.Queue[bytes] = asyncio.Queue(_AHEAD)
        making = asyncio.create_task(self._make(work, known, ready))
        self._making.add(making)
        making.add_done_callback(self._making.discard)
        try:
            while True:
                try:
                    sent = await asyncio.wait_for(ready.get(), ALIVE_S)
                except TimeoutError:
                    sent = message(b"K")
                yield sent
                if sent[:1] in (b"E", b"X"):
                    return
        finally:
            making.cancel()

    async def _make(self, work: Work, known: dict[int, Motion], ready: asyncio.Queue[bytes]) -> None:
        began, result = time.perf_counter(), "cancelled"
        self.metrics.streams.inc()
        try:
            async with contextlib.aclosing(self._engine.made(work, known)) as answers:
                async for made in answers:
                    await ready.put(await asyncio.to_thread(self._packed, made))
            result, last = "made", message(b"E")
        except UserError as error:
            result = next(why for kind, why in _WHY if isinstance(error, kind))
            last = in_json(b"X", why=result, sentence=str(error))
        except Exception:
            log.exception("a dance failed")
            result, last = "failed", in_json(b"X", why="failed", sentence=_OURS)
        finally:
            self.metrics.streams.dec()
            self.metrics.jobs.labels(result).inc()
            self.metrics.seconds.observe(time.perf_counter() - began)
        await ready.put(last)

    def _packed(self, made: Made) -> bytes:
        if made.motion is None:
            return in_json(b"H", protocol=PROTOCOL, build=build_name(), waves=made.dance.waves,
                           plan={name: getattr(self._settings, name) for name in PLANNED})
        self.metrics.answered(made)
        return message(b"S", pack_answer(made.index, made.motion))


class _Metrics:
    """What Prometheus may know; a registry of its own, so that two hosts in one process don't mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        more: Any = {"registry": self.registry}
        self.streams = Gauge("dance_streams", "Front ends that are being answered.", **more)
        self.jobs = Counter("dance_jobs", "Jobs that ended, by how.", ["result"], **more)
        self.segments = Counter("dance_segments", "Segments made, by generator.", ["generator"], **more)
        self.frames = Counter("dance_frames", "Frames made, by generator.", ["generator"], **more)
        self.seconds = Histogram("dance_job_seconds", "How long a job took, waiting included.",
                                 buckets=(1, 2, 5, 10, 20, 60, 120, 300), **more)

    def answered(self, made: Made) -> None:
        name = made.dance.needs.name
        self.segments.labels(name).inc()
        self.frames.labels(name).inc(len(made.motion or ()))


@cache
def build_name() -> str:
    """Names the code and the weights: front ends on another build would not get the bits of their own."""
    weights = [weights_digest(p.name) for p in sorted((ASSETS / "weights").iterdir()) if p.is_dir()]
    return hashlib.sha256(" ".join([code_digest((".",)), *weights]).encode()).hexdigest()[:16]


class _TooLong(Exception):
    pass


async def _body(request: Request) -> bytes:
    """The whole body, given up as soon as it is too long. Raises _TooLong."""
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MAX_BODY:
            raise _TooLong(f"The request is too long: at most {MAX_BODY >> 20} MB are taken.")
    return bytes(data)


# The first that fits an error; of these a front end may try again after "busy" and "closing".
_WHY = ((Busy, "busy"), (Closing, "closing"), (GeneratorError, "failed"), (UserError, "refused"))
_STRANGER = "This host wants another token (DANCE_ENGINE_TOKEN)."


def _refused(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"sentence": sentence}, status)
