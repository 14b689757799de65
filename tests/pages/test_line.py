"""The line before the dance floor: what visitors are told who wait, and that nobody is left in it."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import aclosing
from dataclasses import replace

import pytest
from practice import Walker

from dance_core.errors import UserError
from dance_core.pages import line as line_module
from dance_core.pages.dancing import Order
from dance_core.pages.files import sweep
from dance_core.pages.line import dance_in_turn, waiting
from dance_core.serving.local import LocalEngine
from dance_core.serving.places import Places, Standing
from dance_core.settings import Settings
from tests.waiting import soon

ORDER = Order(None, "Sunday Lights", "practice", "gHO", "ready", length=4)


@pytest.mark.parametrize("standing, said", [
    (Standing(1, None), "You are next in line."),
    (Standing(1, 1.0), "You are next in line; your dance should begin in about 5 s."),
    (Standing(2, 22.0), "You are 2nd in line; your dance should begin in about 20 s."),
    (Standing(3, None), "You are 3rd in line."),
    (Standing(11, 88.0), "You are 11th in line; your dance should begin in about 2 minutes."),
    (Standing(21, 600.0), "You are 21st in line; your dance should begin in about 10 minutes.")])
def test_words(standing, said):
    assert waiting(standing) == said


def test_who_waits_is_told_the_place_and_danced_for_in_turn(tmp_path):
    settings = Settings(data_dir=tmp_path)
    line = Places(1, 1)

    async def visit():
        inside = line.take("before")
        async with aclosing(dance_in_turn(ORDER, engine, settings, None, line, "after")) as scenes:
            first = await anext(scenes)
            with pytest.raises(UserError, match="1 dances are being made and 1 are waiting"):
                await anext(dance_in_turn(ORDER, engine, settings, None, line, "too many"))
            line.leave(inside)
            rest = [scene async for scene in scenes]
        return first, rest

    with LocalEngine({"practice": Walker()}, settings) as engine:
        first, rest = asyncio.run(visit())
    assert first.player["status"]["text"] == "You are next in line."
    assert rest[-1].take is not None
    assert line.take("next").done(), "the floor is free again"


def test_an_upload_that_waits_is_not_the_first_that_is_swept_away(tmp_path, monkeypatch):
    monkeypatch.setattr(line_module, "_LOOK_S", 0.01)
    settings, line = Settings(data_dir=tmp_path, disk_budget_mb=0.0015), Places(1, 1)
    settings.web_dir.mkdir(parents=True)
    waits, other = settings.web_dir / "waits.wav", settings.web_dir / "other.wav"
    for path, hours in ((waits, 2), (other, 1)):
        path.write_bytes(b"x" * 1_000)
        os.utime(path, (time.time() - 3_600 * hours,) * 2)

    async def visit():
        inside = line.take("before")
        scenes = dance_in_turn(replace(ORDER, upload=str(waits)), None, settings, None, line, "x")
        await anext(scenes)
        going_on = asyncio.ensure_future(anext(scenes))
        assert await soon(lambda: waits.stat().st_mtime > other.stat().st_mtime)
        assert sweep(settings) == 1_000 and waits.exists() and not other.exists()
        going_on.cancel()
        line.leave(inside)

    asyncio.run(visit())


def test_who_goes_away_leaves_the_line(tmp_path):
    line, settings = Places(1, 1), Settings(data_dir=tmp_path)

    async def visit():
        inside = line.take("before")
        async with aclosing(dance_in_turn(ORDER, None, settings, None, line, "x")) as scenes:
            await anext(scenes)
        assert line.standing(other := line.take("y")).place == 1
        line.leave(other), line.leave(inside)

    asyncio.run(visit())
