"""A step of an event touches what it changes, and says what Gradio would have said."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from fastapi.testclient import TestClient
from gradio.state_holder import SessionState

from dance_core.pages.blocks import Blocks
from dance_core.pages.files import new_folder, use_folder
from dance_core.pages.player.component import Pane, Player, player_value
from dance_core.pages.serve import web_app
from dance_core.pages.widgets import Download, Downloads, Notice, downloads_value, notice_value
from dance_core.settings import Settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = Settings(data_dir=tmp_path)
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    use_folder(settings)
    return new_folder(settings)


def page(kind: type[gr.Blocks]) -> tuple[gr.Blocks, dict[str, Any], Any]:
    with kind() as pages:
        parts = {"player": Player(), "notice": Notice(), "downloads": Downloads(),
                 "text": gr.Textbox(), "other": gr.Textbox(), "state": gr.State(None)}
        gr.on([pages.load], lambda: None, None, list(parts.values()))
    return pages, parts, next(iter(pages.fns.values()))


def steps(kind: type[gr.Blocks], said: dict[str, Any]) -> tuple[list[Any], SessionState, dict[str, Any]]:
    pages, parts, event = page(kind)
    state = SessionState(pages)
    answer = asyncio.run(pages.postprocess_data(event, {parts[k]: v for k, v in said.items()}, state))
    return answer, state, parts


def plain(value: Any) -> Any:
    """Without nonces. Of HTML that stays Gradio (6.31) says, too, that nothing of its properties changes."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "nonce" and (k, v) != ("props", gr.skip())}
    return [plain(v) for v in value] if isinstance(value, list) else value


def test_an_answer_is_gradios(folder: Path) -> None:
    for name in ("song", "0.dnc", "dance.bvh"):
        (folder / name).write_bytes(b"x")
    shown = player_value("t", "Ü & “q”", audio=folder / "song", panes=[Pane([folder / "0.dnc"])])
    said = {"player": shown,
            "notice": notice_value("A word"), "text": gr.update(visible=False), "state": {"a": 1},
            "downloads": downloads_value([Download("bvh", "BVH", folder / "dance.bvh")])}
    theirs, state, parts = steps(gr.Blocks, said)
    ours, our_state, our_parts = steps(Blocks, said)
    assert plain(ours) == plain(theirs)
    assert ours[0]["audio"]["url"].endswith("/song") and ours[0]["panes"][0]["first"]["url"]
    assert our_state[our_parts["state"]._id] == {"a": 1}
    for k in range(1, 4):
        one = {list(said)[k]: list(said.values())[k]}
        assert plain(steps(Blocks, one)[0]) == plain(steps(gr.Blocks, one)[0])


def test_what_a_step_leaves_alone_is_not_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(SessionState, "_update_config", lambda state, key: made.append(key))
    _, _, parts = steps(Blocks, {"notice": notice_value("You are next in line")})
    assert made == []
    _, _, parts = steps(Blocks, {"notice": notice_value("Done"), "text": gr.update(visible=False)})
    assert made == [parts["text"]._id]


def test_an_event_with_one_output_and_one_that_says_nothing(folder: Path) -> None:
    with Blocks() as pages:
        notice = Notice()
        gr.on([pages.load], lambda: None, None, notice)
    event = next(iter(pages.fns.values()))
    for said in (notice_value("One"), {notice: notice_value("One")}):
        answer = asyncio.run(pages.postprocess_data(event, said, SessionState(pages)))
        assert [a["text"] for a in answer] == ["One"] and answer[0]["script"]["url"]
    assert asyncio.run(pages.postprocess_data(event, gr.skip(), SessionState(pages))) == [gr.skip()]


def test_a_session_keeps_states_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    with Blocks() as pages:
        text, state = gr.Textbox(), gr.State(0)
        gr.on([pages.load], lambda n: (gr.update(visible=n == 0), n + 1), state, [text, state], queue=False,
              api_name="more")
    with TestClient(web_app(pages, Settings(data_dir=tmp_path)), base_url="http://localhost") as client:
        for name, times in (("one", 2), ("two", 1)):
            for _ in range(times):
                sent = {"data": [None], "fn_index": 0, "session_hash": name}
                assert client.post("/gradio_api/run/more", json=sent).status_code == 200
    sessions = pages.state_holder
    assert [sessions[name][state._id] for name in ("one", "two")] == [2, 1]
    assert [sessions[name][text._id].visible for name in ("one", "two")] == [False, True]
    assert not sessions["one"].config_values and not sessions["two"].config_values
