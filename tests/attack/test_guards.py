"""What every answer of the running app says to browsers, what it keeps to itself, and what is not there."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from dance_core.address import read_frames
from dance_core.errors import UserError
from dance_core.pages.aliases import Aliases
from dance_core.pages.headers import Headers
from dance_core.pages.results_door import Door
from dance_core.pages.results_files import Files
from dance_core.settings import ROOT, Settings
from tests.running import Server, start, stop

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For raters alone."""
    made = start(tmp_path_factory.mktemp("guards"), DANCE_RESEARCHER_PASSWORD=PASSWORD,
                 DANCE_GENERATOR="choreographer", DANCE_PAGES="rate,results")
    yield made
    stop(made)


def policy(answer: httpx.Response) -> dict[str, set[str]]:
    parts = [part.split() for part in answer.headers["content-security-policy"].split(";")]
    return {part[0]: set(part[1:]) for part in parts if part}


@pytest.mark.parametrize("path", ["rate", "rate?study=x", "results", "config", "gradio_api/info", "no/such"])
def test_every_answer_says_what_a_browser_may_do_with_it(server: Server, path: str) -> None:
    answer = server.http.get(server.url + path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert answer.headers["cache-control"] == "no-store"
    told = policy(answer)
    if answer.status_code == 200:
        assert told["frame-ancestors"] == {"'self'"} and answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert told["object-src"] == {"'none'"} and told["base-uri"] == {"'self'"}
        assert "http" not in answer.headers["content-security-policy"], "nothing comes from another host"
    else:
        assert told["frame-ancestors"] == {"'none'"}


def test_no_header_is_there_twice(server: Server) -> None:
    for path in ("rate", "config", "gradio_api/info"):
        names = [name.lower() for name, _ in server.http.get(server.url + path).headers.raw]
        assert len(names) == len(set(names)), names


def test_no_page_tells_this_servers_folders(server: Server) -> None:
    for path in ("rate", "results", "config"):
        text = server.http.get(server.url + path).text
        assert str(ROOT) not in text and str(server.data) not in text
        assert not re.search(r'"/(?:home|root|work|tmp|usr|var)/', text)
    config = server.http.get(server.url + "config").text
    script = re.search(r'"(/~app/[^"]+rate\.js)"', config)
    assert script and "DanceRate" in server.http.get(f"{server.url}gradio_api/file={script[1]}").text


def test_a_file_is_kept_by_its_reader_alone_and_asked_for_again(server: Server) -> None:
    config = server.http.get(server.url + "config").text
    path = re.search(r'"(/~app/[^"]+rate\.js)"', config)[1]  # type: ignore[index]
    answer = server.http.get(f"{server.url}gradio_api/file={path}")
    assert answer.headers["cache-control"] == "private, no-cache"


def test_for_raters_alone_there_is_no_other_page_and_no_name_of_a_system(server: Server) -> None:
    for method, path in (("GET", ""), ("GET", "dance"), ("GET", "inspect"), ("POST", "photo"),
                         ("POST", "gradio_api/upload")):
        answer = server.http.request(method, server.url + path, content=b"x",
                                     headers={"content-type": "application/octet-stream"})
        assert (answer.status_code, answer.text) == (404, "There is nothing at this address."), path
    told = (server.http.get(server.url + "config").text + server.http.get(server.url + "rate").text).lower()
    assert not any(name in told for name in ("choreographer", "soulnet", "jepa", "hotdance", "hot-dance"))
    assert server.http.get(server.url + "rate").status_code == 200
    if (maps := Path(f"/proc/{server.process.pid}/maps")).is_file():
        assert "libtorch" not in maps.read_text(), "nor is a generator loaded"


@pytest.mark.parametrize(("frames", "told"), [
    ("", "'self'"), ("*", "*"), ("https://lab.example", "'self' https://lab.example"),
    ("https://a.example, http://localhost:*", "'self' https://a.example http://localhost:*")])
def test_who_may_frame_the_app_is_a_setting(frames: str, told: str) -> None:
    made = dict(Headers(Settings(frames=frames)).of("/rate", {"headers": []}))
    assert made[b"content-security-policy"].decode().endswith(f"frame-ancestors {told}")
    assert (b"x-frame-options" in made) == (frames == "")


@pytest.mark.parametrize("bad", ["lab.example", "https://a.example;script-src *", "javascript://x", "'none'"])
def test_a_bad_frame_is_a_sentence(bad: str) -> None:
    with pytest.raises(UserError, match="DANCE_FRAMES"):
        read_frames(bad)
    with pytest.raises(UserError, match="DANCE_FRAMES"):
        Settings.from_env({"DANCE_FRAMES": bad})


def test_a_page_that_there_is_not_is_a_sentence() -> None:
    with pytest.raises(UserError, match="DANCE_PAGES has 'vote'"):
        Settings.from_env({"DANCE_PAGES": "rate,vote"})
    assert Settings.from_env({"DANCE_PAGES": "rate"}).shows("rate")
    assert not Settings.from_env({"DANCE_PAGES": "rate"}).shows("dance")


@pytest.mark.parametrize("folder", ["/srv/dance data", "/srv/tänze", "/srv/a'b"])
def test_a_folder_is_hidden_however_it_is_written(folder: str) -> None:
    names = Aliases(None, Settings(data_dir=Path(folder)))
    for form in (folder, json.dumps(folder)[1:-1], quote(folder)):
        assert names.hide(f'{{"path": "{form}/web/x.wav"}}'.encode()) == b'{"path": "/~data/web/x.wav"}'
    assert names.reveal("/~data/web/x.wav") == f"{folder}/web/x.wav"
    assert names.reveal("/~data") == "/~data" and names.reveal("/~database/x") == "/~database/x"


def test_the_results_files_live_as_long_as_the_page_and_are_their_owners(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    now = [0.0]
    door = Door(PASSWORD, clock=lambda: now[0])
    files = Files(settings, door)

    def write(folder: Path) -> list[Path]:
        path = folder / "summary.md"
        path.write_text("secret")
        return [path]

    keys = [door.enter(PASSWORD, "1.2.3.4") for _ in range(2)]
    paths = [Path(files.of(key, key, [write])[0]) for key in keys]
    assert len({p.parent for p in paths}) == 2 and all(p.is_file() for p in paths)
    assert files.of(keys[0], keys[0], [write]) == [str(paths[0])]
    for path in paths:
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        assert stat.S_IMODE(os.stat(path.parent).st_mode) == 0o700
    files.end(keys[0])
    assert not paths[0].exists() and paths[1].is_file()
    now[0] += 9 * 3600
    files.prune()
    assert not paths[1].exists()
    Path(files.of(door.enter(PASSWORD, "x"), "y", [write])[0])
    Files(settings, door)
    assert not list((settings.web_dir / "results").rglob("*.md")), "the next server begins without them"
