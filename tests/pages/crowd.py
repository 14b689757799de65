"""Many visitors at a real server for minutes: what they got, how long pages took, what memory and disk did.

    python -m tests.pages.crowd --visitors 50 --minutes 10

Everything happens on this machine. A visitor is a script that does what the page does: fetches page,
configuration and script, sometimes uploads a song, orders a dance to half a minute of it, listens until it is
there, fetches motion and sound, votes, looks on for a while; some cancel, some go away. Each comes from an
address of its own, through a proxy as the app sees it. Prints a table; exit code 1 where anybody got anything
but a dance or the word that the server is busy, or a page took too long.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.running import SONG, Server, start, stop
from tests.waiting import PATIENCE

PAGE_S = 0.5  # 95th percentile of what a page does at once
BUSY = re.compile(r"\d+ dances are being made and \d+ are waiting, which is as many as fit")
_ENDS = ("process_completed", "unexpected_error")
_LOOK_S = 5.0


@dataclass
class Seen:
    """What happened. `odd` is what should not have."""

    outcomes: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    pages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # by what was asked for
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    disk: list[float] = field(default_factory=list)


class Visitor:
    """One of many."""

    def __init__(self, number: int, server: Server, seen: Seen, generator: str) -> None:
        self.random, self.server, self.seen, self.generator = random.Random(number), server, seen, generator
        self.http = httpx.AsyncClient(base_url=server.url, timeout=PATIENCE, headers={
            "X-Forwarded-For": f"10.1.{number // 250}.{number % 250 + 1}", "Accept-Encoding": "gzip, br"})

    async def stay(self, until: float) -> None:
        async with self.http:
            await asyncio.sleep(self.random.uniform(0, 10))
            while time.monotonic() < until:
                try:
                    await self.visit()
                except httpx.HTTPError as error:
                    self.seen.odd.append(type(error).__name__)
                await asyncio.sleep(self.random.uniform(1, 15))

    async def asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        """What a page does at once; its time counts."""
        begun = time.perf_counter()
        answer = await self.http.request(method, path, **more)
        self.seen.pages[path.partition("=")[0] or "the page"].append(time.perf_counter() - begun)
        if answer.status_code != 200:
            self.seen.odd.append(f"{path[:30]}: {answer.status_code} {answer.text[:80]}")
        return answer

    async def visit(self) -> None:
        for path in ("", "config", "theme.css"):
            await self.asked("GET", path)
        order = {"length": self.random.choice([8, 15, 30]), "seed": self.random.randrange(1000),
                 "generator": self.generator, "start": self.random.randrange(20)}
        if self.random.random() < 0.1:
            sent = await self.asked("POST", "gradio_api/upload",
                                    files={"files": ("a.ogg", SONG.read_bytes())})
            order |= {"upload": {"path": sent.json()[0], "meta": {"_type": "gradio.FileData"}}, "demo": None}
        session = uuid.uuid4().hex
        await self.asked("POST", "gradio_api/queue/join", json={
            "data": self.server.order(**order), "fn_index": self.server.run, "session_hash": session})
        files = await self.danced(session)
        for path in files[:3]:
            await self.asked("GET", f"gradio_api/file={path}")

    async def danced(self, session: str) -> list[str]:
        """Listen to the order; addresses of the motion that came."""
        begun, leaves = time.perf_counter(), self.random.random() < 0.1
        first, files, heard = 0.0, [], ""
        asked = {"session_hash": session}
        async with self.http.stream("GET", "gradio_api/queue/data", params=asked) as stream:
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                heard = line
                if found := re.findall(r'"path": ?"([^"]+\.dnc)"', line):
                    first = first or time.perf_counter() - begun
                    files = [*dict.fromkeys([*files, *found])]
                    if leaves:
                        self.seen.outcomes["went away"] += 1
                        return files
                if "in line" in line:
                    self.seen.told["their place in line"] += 1
                if json.loads(line[5:])["msg"] in _ENDS:
                    break
        if files:
            self.seen.outcomes["danced"] += 1
            self.seen.first.append(first)
            self.seen.whole.append(time.perf_counter() - begun)
        elif BUSY.search(heard):
            self.seen.outcomes["busy"] += 1
        else:
            self.seen.odd.append(heard[:300])
        return files


def memory_of(pid: int) -> float:
    """MB of a process and all below it that are its own: what is shared counts in parts."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / 1024
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except (OSError, TypeError):  # it ends while we look
            continue
    return total


def disk_of(folder: Path) -> float:
    """MB."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total / 1e6


async def crowd(server: Server, visitors: int, seconds: float, generator: str) -> Seen:
    """All of them, and somebody who looks at memory and disk."""
    seen, until = Seen(), time.monotonic() + seconds

    async def look() -> None:
        while True:
            seen.memory.append(await asyncio.to_thread(memory_of, server.process.pid))
            seen.disk.append(await asyncio.to_thread(disk_of, server.data))
            await asyncio.sleep(_LOOK_S)

    looking = asyncio.create_task(look())
    await asyncio.gather(*(Visitor(k, server, seen, generator).stay(until) for k in range(visitors)))
    looking.cancel()
    return seen


def share(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] if values else float("nan")


def report(seen: Seen, seconds: float) -> bool:
    """Print what was seen; whether all is well."""
    print(f"{dict(seen.outcomes)} in {seconds:.0f} s, told: {dict(seen.told)}")
    actions = [s for kind in seen.pages.values() for s in kind]
    kinds = [(f"  {kind}", values) for kind, values in sorted(seen.pages.items())]
    for name, values in (("page action", actions), *kinds, ("first motion", seen.first),
                         ("whole dance", seen.whole)):
        print(f"{name}: {len(values)}, p50 {share(values, .5):.3f} s, p95 {share(values, .95):.3f} s, "
              f"longest {share(values, 1):.3f} s")
    for name, values in (("memory", seen.memory), ("disk", seen.disk)):
        quarter = values[len(values) // 4:len(values) // 2] or values
        print(f"{name}, MB: begins {values[0]:.0f}, second quarter at most {max(quarter):.0f}, "
              f"last quarter at most {max(values[-len(quarter):]):.0f}")
    print(f"odd: {len(seen.odd)}", *seen.odd[:5], sep="\n  ")
    return not seen.odd and share(actions, 0.95) <= PAGE_S and seen.outcomes["danced"] > 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--generator", default="jepa")
    parser.add_argument("--disk-mb", default="60", help="DANCE_DISK_BUDGET_MB")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = start(Path(folder), DANCE_PROXIES="127.0.0.1", DANCE_WORKERS="-1",
                       DANCE_DISK_BUDGET_MB=args.disk_mb)
        begun = time.monotonic()
        try:
            seen = asyncio.run(crowd(server, args.visitors, 60 * args.minutes, args.generator))
            well = report(seen, time.monotonic() - begun)
        finally:
            stop(server)
        text = server.log.read_text()
        print(f"log: {len(text.splitlines())} lines", text[-2000:], sep="\n")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
