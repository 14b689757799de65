"""A visitor's photo: read in memory, fetched once, never on the disk, and nothing but photos."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from dance_core.corpus.studio.gallery import FOLDER, gallery
from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.motion import kinematics as kin
from dance_core.pages import photos
from dance_core.pages.build import build
from dance_core.pages.photos import KEEP_S, MOST_WAITING, Desk, desk
from dance_core.pages.poses import on_stage, own_picture
from dance_core.pages.serve import web_app
from dance_core.serving.local import LocalEngine
from dance_core.settings import Settings
from dance_core.sight.photo import NOBODY
from tests.waiting import PATIENCE

pytest.importorskip("ai_edge_litert", reason="ai-edge-litert is not installed: nobody can be read in photos")
PHOTO = (FOLDER / "wide.jpg").read_bytes()
BYTES = {"content-type": "application/octet-stream"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("photos"))


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch, LocalEngine(registry(), settings) as engine:
        patch.setenv("GRADIO_TEMP_DIR", "")
        with TestClient(web_app(build(engine, settings), settings), base_url="http://localhost") as made:
            yield made


def files(*folders: Path) -> dict[Path, int]:
    return {p: p.stat().st_size for folder in folders for p in folder.rglob("*") if p.is_file()}


def test_a_photo_becomes_a_pose_that_its_token_fetches_once(client: TestClient) -> None:
    answer = client.post("/photo", content=PHOTO, headers=BYTES).json()
    pose, said = desk.take(answer["token"])
    assert (pose.name, pose.title, said) == ("photo", "Your photo", "")
    spread = kin.joints(pose.motion)[0]
    assert spread[20, 0] > 0.5 and spread[21, 0] < -0.5  # wrists, far out to both sides
    with pytest.raises(UserError, match="once more"):
        desk.take(answer["token"])
    for nonsense in (None, 1, "", "x" * 1000, {"a": 1}):
        with pytest.raises(UserError):
            desk.take(nonsense)


def test_mirrored_is_asked_for_in_the_address(client: TestClient) -> None:
    point = (FOLDER / "point.jpg").read_bytes()
    here, there = (kin.joints(desk.take(client.post(f"/photo{query}", content=point, headers=BYTES)
                                        .json()["token"])[0].motion)[0] for query in ("", "?mirrored=1"))
    assert np.allclose(here[20] * [-1, 1, 1], there[21], atol=0.02)  # the hand that points


def test_the_photo_is_written_nowhere(client: TestClient, settings: Settings, tmp_path: Path,
                                      monkeypatch: pytest.MonkeyPatch) -> None:
    """A large photo, watched: the data folder, the temporary folder, every file that is opened to write."""
    pixels = np.random.default_rng(0).integers(0, 255, (1400, 1400, 3)).astype(np.uint8)
    large = Image.fromarray(pixels)
    large.paste(Image.open(FOLDER / "wide.jpg").resize((960, 1200)), (200, 100))
    out = io.BytesIO()
    large.save(out, "PNG")
    assert len(out.getvalue()) > 2 * 2**20  # a form of this size would be laid down on the disk
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened: list[str] = []

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if watching and event == "open" and isinstance(args[0], str | bytes | Path):
            mode, flags = args[1] or "", args[2] or 0
            if set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR):
                opened.append(str(args[0]))

    watching = True
    sys.addaudithook(watch)
    before = files(settings.data_dir, tmp_path)
    try:
        answer = client.post("/photo", content=out.getvalue(), headers=BYTES).json()
    finally:
        watching = False
    assert "token" in answer
    assert files(settings.data_dir, tmp_path) == before
    assert [name for name in opened if name != "/dev/null"] == []


def test_what_can_not_be_read_is_said_in_a_sentence(client: TestClient) -> None:
    blank = io.BytesIO()
    Image.new("RGB", (200, 200), (90, 90, 90)).save(blank, "PNG")
    assert client.post("/photo", content=blank.getvalue(), headers=BYTES).json() == {"error": NOBODY}
    assert "not a picture" in client.post("/photo", content=b"hello", headers=BYTES).json()["error"]


def test_a_fault_of_ours_is_no_fault_of_the_photo(client: TestClient,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "read_photo", lambda *a: 1 / 0)
    assert "not with your photo" in client.post("/photo", content=PHOTO, headers=BYTES).json()["error"]


def test_only_bytes_of_a_photo_s_size_come_in(client: TestClient) -> None:
    assert client.post("/photo", content=bytes(21 * 2**20), headers=BYTES).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(21):
            yield bytes(2**20)

    assert client.post("/photo", content=endless(), headers=BYTES).status_code == 413
    assert client.post("/photo", files={"photo": PHOTO}).status_code == 415
    assert client.get("/photo").status_code == 404
    strange = client.post("/photo", content=PHOTO, headers=BYTES | {"origin": "https://elsewhere.example"})
    assert strange.status_code == 403


def test_poses_that_nobody_fetches_go() -> None:
    now = [0.0]
    own = Desk(lambda: now[0])
    token = own.read(PHOTO, False)
    now[0] = KEEP_S + 1
    with pytest.raises(UserError):
        own.take(token)


def test_too_many_photos_at_a_time_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    own, go = Desk(), threading.Event()
    real = photos.read_photo
    monkeypatch.setattr(photos, "read_photo", lambda *given: (go.wait(PATIENCE), real(*given))[1])
    with ThreadPoolExecutor(MOST_WAITING) as people:
        asked = [people.submit(own.read, PHOTO, False) for _ in range(MOST_WAITING)]
        while own._waiting < MOST_WAITING:
            time.sleep(0.01)
        with pytest.raises(UserError, match="Too many"):
            own.read(PHOTO, False)
        go.set()
        assert len({one.result() for one in asked}) == MOST_WAITING
    assert own.read(PHOTO, False)  # there is room again


def test_the_pose_of_a_photo_is_the_visitors_alone(settings: Settings) -> None:
    pose, _ = desk.take(desk.read(PHOTO, False))
    assert Path(on_stage(pose, settings)["panes"][0]["first"]["path"]).parent.parent.name == "dances"
    first, second = own_picture(pose, settings)[2], own_picture(pose, settings)[2]
    assert first != second and "photo" not in gallery()
