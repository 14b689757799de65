"""The engine of a front end whose generators are on a host: answers come over the line, and are joined here.

A segment is a function of the work, its seed and the dance before it. So where the line breaks or the host is
started anew, the work is sent once more with the answers that are there, and goes on after them.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any
from urllib.parse import urlsplit

import httpx

from dance_core.errors import UserError
from dance_core.generators.base import Needs
from dance_core.longform.dance import Dance, GeneratorError
from dance_core.motion.motion import Motion
from dance_core.serving.engine import Job, Piece, Work
from dance_core.serving.finish import Course
from dance_core.serving.local import dance_of
from dance_core.serving.message import (
    PLANNED,
    PROTOCOL,
    BadMessage,
    Messages,
    json_of,
    pack_work,
    unpack_answer,
)
from dance_core.settings import Settings

PATIENCE_S = 60.0  # without anything new from the host
_SILENCE_S = 20.0  # four signs of life that did not come
_CONNECT_S = 5.0
_PAUSE_S = (0.2, 0.5, 1.0, 2.0, 4.0)  # before another try; the last again and again
_GONE = frozenset({502, 503, 504})  # what proxies say while a host is started anew


class RemoteEngine:
    """Makes dances on the host at `settings.engine` (http://host:port), as `serving.engine.Engine` says.

    A dance has the bits that it would have in this process, where the host has the same code, weights and
    kind of processor. Its methods may be called from any thread and any event loop.

    Raises UserError where there is no such host, it wants another token, or speaks another protocol.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._url = settings.engine.rstrip("/")
        self._name = urlsplit(self._url).netloc
        self._headers = {"Authorization": f"Bearer {settings.engine_token}"} if settings.engine_token else {}
        self._needs, self.build = self._ask_generators()

    def generators(self) -> tuple[Needs, ...]:
        """What the host had when it was first asked, `settings.generator` or its default first."""
        first = self._settings.generator
        return tuple(sorted(self._needs, key=lambda n: bool(first) and n.name != first))

    def load(self) -> None:
        """The host does that by itself."""

    async def stream(self, job: Job) -> AsyncIterator[Piece]:
        """See serving.engine.Engine. Raises UserError, too, where the host stays away for a minute."""
        course = Course(job, asyncio.to_thread)
        needs = next((n for n in self._needs if n.name == job.generator), None)
        if needs is None:
            there = ", ".join(n.name for n in self._needs)
            raise UserError(f"There is no generator {job.generator!r} on {self._name}; there are {there}.")
        work, known = job.work, {}
        dance: Dance | None = None
        async with aclosing(self._messages(job, known)) as messages:
            async for letter, payload in messages:
                if letter == b"H":
                    said = json_of(payload)
                    if dance is None:
                        first = said
                        course.begins()
                        dance = await asyncio.to_thread(self._dance, work, needs, said)
                    elif said != first:
                        raise UserError(f"The host at {self._name} became another version in the middle of "
                                        "a dance: please dance once more.")
                    continue
                if dance is None:
                    raise self._senseless()
                index, motion = await asyncio.to_thread(unpack_answer, payload)
                if index in known:
                    continue
                dance.ready()  # the host works them out; here they only count as asked for
                known[index] = motion
                try:
                    finished = await asyncio.to_thread(dance.accept, index, motion)
                except UserError:  # a ValueError, too, but one that says what is wrong
                    raise
                except ValueError:
                    raise self._senseless() from None
                if piece := await course.piece(dance, finished):
                    yield piece
                    if piece.take is not None:
                        return

    def _dance(self, work: Work, needs: Needs, said: dict[str, Any]) -> Dance:
        """As the host cuts it, nothing of it made yet."""
        try:
            plan = {name: type(getattr(self._settings, name))(said["plan"][name]) for name in PLANNED}
            return dance_of(work, needs, bool(said["waves"]), dataclasses.replace(self._settings, **plan))
        except UserError:
            raise
        except (KeyError, TypeError, ValueError):
            raise self._senseless() from None

    def close(self) -> None:
        """Nothing is held here."""

    def __enter__(self) -> RemoteEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def _messages(self, job: Job, known: dict[int, Motion]) -> AsyncIterator[tuple[bytes, bytes]]:
        """H and S of as many tries as it takes; `known` is read anew at each."""
        last, tries, had = time.monotonic(), 0, -1
        limits = httpx.Timeout(_CONNECT_S, read=_SILENCE_S, write=_SILENCE_S)
        async with httpx.AsyncClient(timeout=limits, headers=self._headers, trust_env=False) as client:
            while True:
                if len(known) > had:
                    last, tries, had = time.monotonic(), 0, len(known)
                try:
                    async with aclosing(self._once(client, job, known)) as messages:
                        async for letter, payload in messages:
                            if letter == b"E":
                                return
                            yield letter, payload
                    trouble = "it hung up"
                except httpx.TransportError as error:
                    trouble = type(error).__name__
                except _Away as error:
                    trouble = str(error)
                if len(known) > had:
                    continue
                if time.monotonic() - last > PATIENCE_S:
                    raise UserError(
                        f"The generators' host at {self._name} has not answered for {PATIENCE_S:g} s "
                        f"({trouble}); {len(known)} segments are made. Please try again later.")
                await asyncio.sleep(_PAUSE_S[min(tries, len(_PAUSE_S) - 1)])
                tries += 1

    async def _once(self, client: httpx.AsyncClient, job: Job, known: dict[int, Motion]
                    ) -> AsyncIterator[tuple[bytes, bytes]]:
        body = await asyncio.to_thread(pack_work, job.work, dict(known))
        async with client.stream("POST", f"{self._url}/v1/jobs", content=body) as response:
            if response.status_code != 200:
                raise self._refusal(response.status_code, await response.aread())
            reader = Messages()
            try:
                async for data in response.aiter_raw():
                    for letter, payload in reader.feed(data):
                        if letter == b"X":
                            raise self._told(json_of(payload), bool(known))
                        if letter != b"K":
                            yield letter, payload
            except BadMessage:
                raise self._senseless() from None

    def _told(self, said: dict[str, Any], begun: bool) -> Exception:
        """The host's own word. One that is full again after it was started anew is worth another try."""
        sentence = str(said.get("sentence", ""))[:500]
        if said.get("why") == "closing" or said.get("why") == "busy" and begun:
            return _Away("it is closing" if said["why"] == "closing" else "it is busy")
        return GeneratorError(sentence) if said.get("why") == "failed" else UserError(sentence)

    def _refusal(self, status: int, body: bytes) -> Exception:
        if status in _GONE:
            return _Away(f"status {status}")
        sentence = ""
        try:
            sentence = str(json.loads(body)["sentence"])[:500]
        except (ValueError, KeyError, TypeError):
            pass
        return UserError(f"The generators' host at {self._name} refused: {sentence or f'status {status}'}")

    def _senseless(self) -> UserError:
        return UserError(f"What answers at {self._name} is no generators' host of this version: "
                         "its messages make no sense.")

    def _ask_generators(self) -> tuple[tuple[Needs, ...], str]:
        """What it has, and what names its code and weights."""
        try:
            response = httpx.get(f"{self._url}/v1/generators", headers=self._headers, trust_env=False,
                                 timeout=httpx.Timeout(_SILENCE_S, connect=_CONNECT_S))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UserError(f"There is no generators' host at {self._name or self._url!r} "
                            f"({type(error).__name__}).") from None
        if response.status_code != 200:
            trouble = self._refusal(response.status_code, response.content)
            raise trouble if isinstance(trouble, UserError) else UserError(
                f"The generators' host at {self._name} is not there yet ({trouble}).")
        try:
            said = response.json()
            protocol, needs = said["protocol"], tuple(_needs(n) for n in said["generators"])
        except (ValueError, KeyError, TypeError):
            raise self._senseless() from None
        if protocol != PROTOCOL:
            raise UserError(f"The host at {self._name} speaks protocol {protocol!r}, this program "
                            f"{PROTOCOL}: both must have the same version.")
        return needs, str(said.get("build", ""))


class _Away(Exception):
    """The host is not there for now."""


def _needs(said: dict[str, Any]) -> Needs:
    return Needs(**{**said, "parts": frozenset(said["parts"]), "styles": tuple(said["styles"]),
                    "segment_seconds": tuple(said["segment_seconds"])})
