"""Small studies for tests: real designs, plans and rules, files that need no dance."""

from __future__ import annotations

import re
import uuid
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from dance_core.longform.take import new_take_id
from dance_core.study import cells
from dance_core.study.design import parse_design
from dance_core.study.entry import Visit
from dance_core.study.folder import JSON, YAML, Shown, Study
from dance_core.study.plan import make_plan
from dance_core.study.schema import Schema
from dance_core.study.sessions import Desk

TEXT = """
id: tiny
title: Which dance?
consent: {version: "1", text: You may stop at any time.}
systems: [{name: alpha, generator: choreographer}, {name: beta, generator: choreographer, seed: 2}]
songs:
  - {song: Sunday Lights, styles: [gHO]}
  - {song: Golden Handshake, styles: [gLO]}
blocks:
  - {kind: preference, trials: 2}
  - {kind: quality, trials: 1}
  - {kind: mismatch, trials: 1}
  - {kind: single, trials: 1, ask: [overall, hands]}
raters: 4
clip_seconds: 10
headphones: "off"
practice: false
attention: {checks: 2}
hold_hours: 1
completion: {code: C0DE}
"""


def text(**changes: str | None) -> str:
    """TEXT with some keys changed; a value is YAML, None takes the key away."""
    data = yaml.safe_load(TEXT)
    for key, value in changes.items():
        data.pop(key, None)
        if value is not None:
            data[key] = yaml.safe_load(value)
    return yaml.safe_dump(data, sort_keys=False)


def study_of(folder: Path, design_text: str = TEXT) -> Study:
    """A study whose clips are named but not made."""
    folder.mkdir(parents=True, exist_ok=True)
    design = parse_design(design_text)
    clips = {(s, m): Shown(f"{uuid.uuid4().hex[:24]}.dnc", new_take_id())
             for s in range(len(design.systems)) for m in range(len(design.materials))}
    study = Study(folder, design, make_plan(design), clips,
                  {m: f"{uuid.uuid4().hex[:24]}.flac" for m in range(len(design.materials))},
                  f"{uuid.uuid4().hex[:24]}.flac", tuple((f"{i}.wav", i % 3 + 1) for i in range(6)))
    (folder / YAML).write_text(design_text)
    (folder / JSON).write_text(study.to_json())
    return study


def line_of_first_version(schema: Schema, row: Mapping[str, object]) -> bytes:
    """A row as the first version wrote it: the CRC-32 of the bytes, text that looks like a number bare."""
    out = []
    for column in schema.columns:
        value = row[column.name]
        cell = cells.encode(value, guarded=False) if isinstance(value, str) else repr(value)
        plain = re.fullmatch(r"[A-Za-z0-9_.:/\-]*", cell)
        out.append(cell if plain else '"' + cell.replace('"', '""') + '"')
    body = ",".join([schema.tag, *out]).encode()
    return body + b",x%08x\n" % zlib.crc32(body)


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class Rater:
    """Somebody at the desk who does what the page does."""

    def __init__(self, desk: Desk, name: str, clock: Clock) -> None:
        self.desk, self.name, self.clock = desk, name, clock
        self.secret = str(uuid.uuid5(uuid.NAMESPACE_DNS, name))  # of the browser
        self.come()

    def come(self) -> dict[str, Any]:
        self.step = self.desk.enter(Visit(self.name, secret=self.secret))
        self.token = self.step.get("token")
        return self.step

    def do(self, verb: str, **sent: Any) -> dict[str, Any]:
        step = self.desk.act(self.token, {"do": verb, "secret": self.secret, **sent})
        if "refused" not in step:
            self.step = step
        return step

    def agree(self) -> Rater:
        self.do("consent", agreed=True)
        return self

    def reply(self, value: int = 1, obey: bool = True, **changes: Any) -> dict[str, Any]:
        """An answer to the trial on the screen, as the page would send it."""
        if self.step["scales"]:
            values = {key: 3 for key, _ in self.step["scales"]}
        else:
            values = {"preference": value}
            if "Attention" in self.step["ask"]:
                values["preference"] = (-2 if "Left" in self.step["ask"] else 2) if obey else 0
        need = self.step["need"]
        return {"trial": self.step["trial"], "submission": str(uuid.uuid4()), "values": values,
                "covered": need, "watched": need, "replays": 0, "reasons": [], "comment": "", **changes}

    def answer(self, value: int = 1, obey: bool = True, wait: float = 12.0, **changes: Any) -> dict[str, Any]:
        sent = self.reply(value, obey, **changes)
        self.clock.now += wait
        return self.do("answer", **sent)

    def finish(self, obey: bool = True) -> Rater:
        while self.step["step"] == "trial":
            assert "refused" not in self.answer(obey=obey)
        return self
