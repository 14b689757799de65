"""Many raters at once at a real server, which is killed in the middle: what was lost, doubled, mixed up?

    python tests/study/load.py --raters 60 --trials 10 --servers 1 --strangers 500

Everything happens on this machine. Each rater is a script that does what the page does: opens it, agrees,
hears the tones, fetches the files of each trial, waits as long as the clip must be watched, answers; when
the server is away it sends the same again. Some also cheat. Strangers agree under invented ids and do
nothing: they block places for `first_answer_minutes` (here 1), and no longer. They come from a process of
their own, so that a rater's time is the server's and not this script's. The server shows the raters' page
alone, as the README has it. Prints a table; exit code 1 where something was lost, doubled or mixed up.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from dance_core.study.folder import load_study  # noqa: E402
from dance_core.study.judgments import RESULTS, read_judgments  # noqa: E402
from dance_core.study.sessions import Desk  # noqa: E402
from tests.waiting import PATIENCE  # noqa: E402

YAML = """
id: load
title: Load
consent: {{version: "1", text: A test.}}
systems:
  - {{name: alpha, generator: choreographer, seed: 1}}
  - {{name: beta, generator: choreographer, seed: 2}}
  - {{name: gamma, generator: choreographer, seed: 3}}
songs:
  - {{song: Sunday Lights, styles: [gHO], start: 8}}
  - {{song: Golden Handshake, styles: [gLO], start: 8}}
  - {{song: Silver Runway, styles: [gWA], start: 8}}
  - {{song: Iron Verdict, styles: [gKR], start: 8}}
clip_seconds: 3
lead_in: 1
watch_fraction: 0.5
blocks: [{{kind: preference, trials: {trials}}}, {{kind: single, trials: 2, ask: [overall, hands]}}]
raters: {raters}
headphones: ask
attention: {{checks: 1}}
first_answer_minutes: 1
"""


@dataclass
class Servers:
    """Running apps on one data folder."""

    data: Path
    ports: list[int]
    processes: dict[int, subprocess.Popen] = field(default_factory=dict)

    def start(self, port: int) -> None:
        environ = {**os.environ, "DANCE_DATA_DIR": str(self.data), "DANCE_PORT": str(port),
                   "OMP_NUM_THREADS": "1", "DANCE_PAGES": "rate"}
        with (self.data / f"app-{port}.log").open("a") as out:
            self.processes[port] = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environ,
                                                    stdout=out, stderr=out)

    def kill(self, port: int) -> None:
        self.processes[port].send_signal(signal.SIGKILL)
        self.processes[port].wait()

    async def ready(self, port: int) -> int:
        """Wait until it answers; the number of the Rate page's component."""
        async with httpx.AsyncClient() as http:
            for _ in range(round(4 * PATIENCE)):
                with contextlib.suppress(httpx.HTTPError):
                    config = (await http.get(f"http://127.0.0.1:{port}/config")).json()
                    return next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "rate")
                assert self.processes[port].poll() is None, (self.data / f"app-{port}.log").read_text()
                await asyncio.sleep(0.25)
        raise AssertionError("the app did not start")


@dataclass
class Seen:
    """What the raters were told."""

    actions: list[float] = field(default_factory=list)  # s of each page action
    pages: list[float] = field(default_factory=list)
    files: list[float] = field(default_factory=list)
    sizes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    acknowledged: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    refused: Counter = field(default_factory=Counter)
    placed: list[float] = field(default_factory=list)  # s until there was a place
    strangers: list[float] = field(default_factory=list)  # s of each of their actions
    retries: int = 0
    finished: int = 0


class Rater:
    """One person with one browser."""

    def __init__(self, number: int, servers: Servers, component: int, seen: Seen,
                 http: httpx.AsyncClient) -> None:
        self.person = f"person-{number:04d}-{uuid.uuid4().hex[:8]}"
        self.port = servers.ports[number % len(servers.ports)]
        self.component, self.seen, self.http = component, seen, http
        self.random = random.Random(number)
        self.token: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def patiently(self, method: str, path: str, times: list[float], **more: Any) -> httpx.Response:
        while True:
            begun = time.perf_counter()
            try:
                answer = await self.http.request(method, self.url + path, **more)
                if answer.status_code < 500:
                    times.append(time.perf_counter() - begun)
                    return answer
            except httpx.HTTPError:
                pass
            self.seen.retries += 1
            await asyncio.sleep(0.5)

    async def ask(self, **sent: Any) -> dict[str, Any]:
        body = {"data": [{"study": "load", "token": self.token, **sent}], "component_id": self.component,
                "fn_name": "ask", "session_hash": self.person}
        answer = await self.patiently("POST", "/gradio_api/component_server", self.seen.actions,
                                      content=json.dumps(body), headers={"content-type": "application/json"})
        step = answer.json()
        if "refused" in step:
            self.seen.refused[step["refused"]] += 1
        return step

    async def enter(self) -> dict[str, Any]:
        await self.patiently("GET", "/rate?study=load", self.seen.pages)
        step = await self.ask(do="enter", query={"PROLIFIC_PID": self.person})
        self.token = step["token"]
        return step

    async def whole(self, delay: float, strangers: list[str]) -> None:
        await asyncio.sleep(delay)
        step = await self.enter()
        reload_at = self.random.randrange(1, 6)
        begun: float | None = None
        while step["step"] != "thanks":
            if step["step"] == "consent":
                begun = begun or time.monotonic()
                step = await self.ask(do="consent", agreed=True)
                if step["step"] != "full":
                    self.seen.placed.append(time.monotonic() - begun)
            elif step["step"] == "full":  # as the page says: come back later
                await asyncio.sleep(self.random.uniform(2, 6))
                step = await self.enter()
            elif step["step"] == "headphones":
                await asyncio.sleep(0.3)
                step = await self.ask(do="tone", sound=step["sound"], tone=self.random.randint(1, 3))
            elif step["step"] == "trial":
                strangers.append(step["trial"])
                if step["number"] == reload_at:
                    reload_at = -1
                    step = await self.enter()
                step = await self.trial(step, strangers)
            else:
                raise AssertionError(step)
        self.seen.finished += 1

    async def stranger(self, delay: float) -> None:
        """Comes under an invented id, agrees, and does nothing more."""
        await asyncio.sleep(delay)
        await self.enter()
        await self.ask(do="consent", agreed=True)

    async def trial(self, step: dict[str, Any], strangers: list[str]) -> dict[str, Any]:
        stage = step["stage"]
        for kind, file in [("music", stage["audio"]), *(("dance", p["first"]) for p in stage["panes"])]:
            answer = await self.patiently("GET", f"/gradio_api/file={file['path']}", self.seen.files)
            assert answer.status_code == 200, answer.text
            self.seen.sizes[kind].add(len(answer.content))
        values = {key: self.random.randint(1, 5) for key, _ in step["scales"]} \
            or {"preference": self.random.randint(-2, 2)}
        if "Attention" in step["ask"]:
            values = {"preference": -2 if "Left" in step["ask"] else 2}
        sent = {"do": "answer", "trial": step["trial"], "submission": str(uuid.uuid4()), "values": values,
                "covered": step["need"], "watched": step["need"], "replays": 0, "reasons": ["feet"],
                "comment": "=1+1"}
        if self.random.random() < 0.1:
            quick = await self.ask(**sent)
            if "refused" not in quick:  # the server was away for so long that it is no longer early
                return self.told(step, values, quick)
            assert quick["refused"] == "early", quick
        if self.random.random() < 0.1:
            stranger = next((t for t in strangers if t != step["trial"]), str(uuid.uuid4()))
            answer = await self.ask(**{**sent, "trial": stranger})
            assert answer["refused"] in ("foreign", "replayed", "early")
        await asyncio.sleep(step["need"] + 0.05 + self.random.uniform(0, 0.4))
        following = await self.ask(**sent)
        assert "refused" not in following, following
        self.told(step, values, following)
        if self.random.random() < 0.1:
            again = await self.ask(**{**sent, "submission": str(uuid.uuid4())})
            assert again["refused"] == "replayed"
            following = again["now"]
        return following

    def told(self, step: dict[str, Any], values: dict[str, int], following: dict[str, Any]) -> dict[str, Any]:
        """The server said that an answer is saved."""
        if step["number"]:
            shown = [Path(p["first"]["path"]).stem for p in step["stage"]["panes"]]
            self.seen.acknowledged[self.person][step["number"]] = {"shown": shown, "values": values}
        return following


async def run(raters: int, trials: int, servers: int, kill: bool, spread: float,
              data: Path, strangers: int = 0) -> dict[str, Any]:
    """Simulate; the numbers of the table."""
    design = data / "load.yaml"
    design.write_text(YAML.format(raters=raters, trials=trials))
    environ = {**os.environ, "DANCE_DATA_DIR": str(data), "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-m", "dance_core", "study", "make", str(design)], cwd=ROOT, env=environ,
                   check=True, stdout=subprocess.DEVNULL)
    group = Servers(data, [_free_port() for _ in range(servers)])
    try:
        for port in group.ports:
            group.start(port)
        component = [await group.ready(port) for port in group.ports][0]
        seen, trials_seen = Seen(), []
        begun = time.monotonic()
        async with httpx.AsyncClient(timeout=PATIENCE, limits=httpx.Limits(max_connections=200)) as http:
            people = [Rater(i, group, component, seen, http) for i in range(raters)]
            waiting = random.Random(1)
            async with asyncio.TaskGroup() as tasks:
                for person in people:
                    tasks.create_task(person.whole(waiting.uniform(0, spread), trials_seen))
                if strangers:
                    tasks.create_task(_elsewhere(group.ports, component, strangers, 2 * spread, seen))
                most = 0.4 * raters * (trials + 3)
                while kill and (before := sum(map(len, seen.acknowledged.values()))) < most:
                    await asyncio.sleep(0.05)
                if kill:
                    group.kill(group.ports[0])
                    group.start(group.ports[0])
        took = time.monotonic() - begun
    finally:
        for process in group.processes.values():
            process.kill()
            process.wait()
    found = judge(data, seen, [p.person for p in people])
    return {**found, "raters": raters, "servers": servers, "seconds": took, "seen": seen,
            "killed after": before if kill else None}


async def _elsewhere(ports: list[int], component: int, count: int, spread: float, seen: Seen) -> None:
    """Strangers from a process of their own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--only-strangers", *map(str, (*ports, component)), "--strangers",
        str(count), "--spread", str(spread), stdout=subprocess.PIPE)
    told, _ = await process.communicate()
    assert process.returncode == 0
    seen.strangers = json.loads(told)


async def only_strangers(ports: list[int], component: int, count: int, spread: float) -> list[float]:
    """What that process does; seconds of each action."""
    seen, waiting = Seen(), random.Random(2)
    async with httpx.AsyncClient(timeout=PATIENCE, limits=httpx.Limits(max_connections=200)) as http:
        async with asyncio.TaskGroup() as tasks:
            for i in range(count):
                someone = Rater(10_000 + i, Servers(Path(), ports), component, seen, http)
                tasks.create_task(someone.stranger(waiting.uniform(0, spread)))
    return seen.actions


def judge(data: Path, seen: Seen, people: list[str]) -> dict[str, Any]:
    """Hold the CSV against what the raters were told and against the plan."""
    study = load_study(data / "studies" / "load")
    judgments, bad = read_judgments(study.csv)
    desk = Desk(study)
    by = defaultdict(lambda: defaultdict(list))
    for j in judgments:
        if j.trial:
            by[j.rater][j.trial].append(j)
    places = {r["rater"]: r["place"] for r in desk.state.all("SELECT rater, place FROM raters")}
    lost = doubled = mixed = 0
    for person in people:
        rater = desk.state.hash("load", person)
        place = study.plan[places[rater]] if places.get(rater) is not None else None
        for number, told in seen.acknowledged[person].items():
            rows = by[rater][number]
            expected = len(told["values"])
            lost += max(0, expected - len(rows))
            doubled += max(0, len(rows) - expected)
            for row in rows:
                planned = place.trials[number - 1] if place else None
                names = [study.clips[c].name.split(".")[0] for c in (planned.left, planned.right) if c] \
                    if planned else told["shown"]
                value = told["values"].get(row.question, told["values"].get("preference"))
                right = row.answer == (1 if row.kind == "check" else value)
                mixed += [n for n in (row.left, row.right) if n] != told["shown"] or names != told["shown"] \
                    or not right
    ids = Counter(j.judgment_id for j in judgments)
    doubled += sum(n - 1 for n in ids.values())
    taken = [p for p in places.values() if p is not None]
    items = Counter((j.question, frozenset([j.left, j.right])) for j in judgments if j.kind == "pair")
    sides = Counter()
    for j in judgments:
        if j.kind == "pair":
            first, second = sorted([j.left_generator, j.right_generator])
            sides[first, second] += 1 if j.left_generator == first else -1
    return {"acknowledged": sum(map(len, seen.acknowledged.values())), "bad lines": len(bad), "lost": lost,
            "doubled": doubled, "misassigned": mixed, "places given twice": len(taken) - len(set(taken)),
            "judgments": sum(j.kind in RESULTS for j in judgments),
            "pairs seen, least and most often": (min(items.values()), max(items.values())),
            "left minus right, largest": max(abs(n) for n in sides.values()),
            "finished": seen.finished}


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raters", type=int, default=60)
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--servers", type=int, default=1, help="apps on one data folder; the first is killed")
    parser.add_argument("--spread", type=float, default=3.0, help="seconds within which all arrive")
    parser.add_argument("--strangers", type=int, default=0, help="who agree and do nothing")
    parser.add_argument("--no-kill", action="store_true")
    parser.add_argument("--only-strangers", type=int, nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only_strangers:
        *ports, component = args.only_strangers
        print(json.dumps(asyncio.run(only_strangers(ports, component, args.strangers, args.spread))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(run(args.raters, args.trials, args.servers, not args.no_kill, args.spread,
                                Path(folder), args.strangers))
    seen: Seen = found.pop("seen")
    for name, value in found.items():
        print(f"{name:36s} {value if not isinstance(value, float) else f'{value:.1f}'}")
    for name, times in (("raters' page actions", seen.actions), ("page loads", seen.pages),
                        ("files", seen.files), ("strangers' page actions", seen.strangers)):
        if not times:
            continue
        print(f"{name:36s} {len(times)}: p50 {1000 * percentile(times, 0.5):.0f} ms, "
              f"p95 {1000 * percentile(times, 0.95):.0f} ms, worst {1000 * max(times):.0f} ms")
    print(f"{'seconds until there was a place, worst':36s} {max(seen.placed):.1f}")
    print(f"{'refused, as they should be':36s} {dict(seen.refused)}")
    print(f"{'sent again while the server was away':36s} {seen.retries}")
    print(f"{'different sizes of dances':36s} {len(seen.sizes['dance'])}")
    wrong = found["lost"] + found["doubled"] + found["misassigned"] + found["places given twice"]
    return int(wrong > 0 or found["finished"] != args.raters)


if __name__ == "__main__":
    sys.exit(main())
