"""Files that are made when a visitor asks for them."""

from __future__ import annotations

import asyncio
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dance_core.body.exports import FORMATS, export_take
from dance_core.body.film import Cancelled
from dance_core.errors import UserError
from dance_core.motion.gltf import read_glb
from dance_core.pages import exports
from dance_core.pages.exports import export, offered
from dance_core.pages.widgets import downloads_value
from dance_core.settings import Settings
from tests.pages.making import small_take


def test_a_body_is_made_and_its_path_comes_last(tmp_path: Path) -> None:
    async def run() -> list:
        return [step async for step in export(small_take(), "glb", tmp_path, Settings(data_dir=tmp_path))]

    *way, path = asyncio.run(run())
    assert all(0 <= step <= 1 for step in way) and path.suffix == ".glb"
    assert read_glb(path.read_bytes()).json["animations"]


@pytest.mark.parametrize(("kind", "ending"), [("openpose", "-openpose.zip"), ("pose-mp4", "-pose.mp4")])
def test_the_flat_kinds_are_made_too(tmp_path: Path, kind: str, ending: str) -> None:
    take = small_take()

    async def run() -> list:
        return [step async for step in export(take, kind, tmp_path, Settings(data_dir=tmp_path))]

    path = asyncio.run(run())[-1]
    assert path.name == f"dance-{take.id[:8]}{ending}" and [p.name for p in tmp_path.iterdir()] == [path.name]
    if kind == "openpose":
        with zipfile.ZipFile(path) as archive:
            assert len(archive.namelist()) == len(take.motion)
            assert archive.namelist()[7] == f"dance-{take.id[:8]}_000000000007_keypoints.json"


def test_giving_up_a_video_stops_it_and_leaves_nothing(gl: None, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[BaseException] = []

    def noted(*arguments: Any) -> Path:
        try:
            return export_take(*arguments)
        except BaseException as error:
            ended.append(error)
            raise

    monkeypatch.setattr(exports, "export_take", noted)

    async def run() -> None:
        steps = export(small_take(seconds=60.0), "mp4", tmp_path, Settings(data_dir=tmp_path))
        assert await anext(steps) == 0.0
        await anext(steps)
        await steps.aclose()

    asyncio.run(run())  # waits for the thread that made it
    assert [type(error) for error in ended] == [Cancelled]  # it was told, and did not come to its end
    assert not list(tmp_path.glob("*.mp4"))


def test_other_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        asyncio.run(anext(export(small_take(), "exe", tmp_path, Settings(data_dir=tmp_path))))


def test_the_browser_saves_only_what_was_asked_for(tmp_path: Path) -> None:
    npz, bvh = tmp_path / "a.npz", tmp_path / "a.bvh"
    files = offered((npz, bvh))
    assert [f.kind for f in files] == list(FORMATS)
    value = downloads_value(files)
    assert value["save"] == "" and [bool(f["file"]) for f in value["files"]] == [True, True] + [False] * 6
