"""The app as a whole: what it offers to strangers, and what it doesn't."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest
from fastapi.testclient import TestClient

from dance_core.corpus.studio.demo import demo_songs
from dance_core.corpus.studio.gallery import gallery
from dance_core.generators import registry
from dance_core.pages.build import build
from dance_core.pages.serve import mount_options, web_app
from dance_core.serving.local import LocalEngine
from dance_core.settings import Settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("app"), max_waiting=7, max_running=2, max_upload_mb=12,
                    port=0)


@pytest.fixture(scope="module")
def pages(settings: Settings) -> Iterator[gr.Blocks]:
    with pytest.MonkeyPatch.context() as patch, LocalEngine(registry(), settings) as engine:
        patch.setenv("GRADIO_TEMP_DIR", "")
        yield build(engine, settings)


def components(pages: gr.Blocks, kind: type) -> list:
    return [b for b in pages.blocks.values() if isinstance(b, kind)]


def test_no_event_is_a_public_api(pages: gr.Blocks) -> None:
    info = pages.get_api_info()
    assert not info["named_endpoints"] and not info["unnamed_endpoints"]
    assert all(f.api_visibility == "private" for f in pages.fns.values())


def test_queue_and_uploads_have_the_settings_limits(pages: gr.Blocks, settings: Settings) -> None:
    options = mount_options(settings)
    assert pages._queue.max_size == 7
    assert options["max_file_size"] == "12mb"
    assert options["ssr_mode"] is False and options["run_history"] is False
    assert not pages.analytics_enabled
    # our own line says who waits and when it is their turn: Gradio's queue holds no dance back
    dances = [f for f in pages.fns.values() if f.api_name in ("run", "anew")]
    assert len(dances) == 2 and {f.concurrency_limit for f in dances} == {None}
    assert pages.delete_cache == (600, 24 * 3600)


def test_there_are_poses_styles_songs_and_generators_to_choose_from(pages: gr.Blocks) -> None:
    by_id = {b.elem_id: b for b in pages.blocks.values() if getattr(b, "elem_id", None)}
    assert len(by_id["pose"].value["poses"]) == len(gallery()) >= 8
    assert len(by_id["demo"].choices) == len(demo_songs()) >= 4
    assert len(by_id["style"].choices) >= 8
    assert [name for _, name in by_id["generator"].choices] == list(registry())
    assert "baseline" in dict(map(reversed, by_id["generator"].choices))["choreographer"]


@pytest.fixture(scope="module")
def client(pages: gr.Blocks, settings: Settings) -> Iterator[TestClient]:
    with TestClient(web_app(pages, settings), base_url="http://localhost") as made:
        yield made


def test_only_served_files_are_served(client: TestClient, settings: Settings) -> None:
    settings.votes_csv.parent.mkdir(parents=True, exist_ok=True)
    settings.votes_csv.write_text("secret")
    take = settings.takes_dir / ("A" * 22)
    take.mkdir(parents=True)
    (take / "take.json").write_text("{}")
    ours = Path(__file__)
    for path in (settings.votes_csv, take / "take.json", ours, "/etc/passwd",
                 settings.web_dir / ".." / "votes" / "votes.csv"):
        assert client.get(f"/gradio_api/file={path}").status_code == 403, path


def test_the_bundle_and_the_pictures_of_the_poses_are_served(client: TestClient, pages: gr.Blocks) -> None:
    picker = next(b for b in pages.blocks.values() if getattr(b, "elem_id", None) == "pose")
    for file in (picker.value["script"], picker.value["poses"][0]["image"]):
        answer = client.get(f"/gradio_api/file={file['path']}")
        assert answer.status_code == 200 and len(answer.content) > 1000
