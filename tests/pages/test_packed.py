"""What goes over the wire is compressed where that pays, and comes out as it went in."""

from __future__ import annotations

import asyncio
import gzip
import os
from typing import Any

import brotli
import pytest
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from dance_core.pages.packed import SHIPPED, Best, Packed, name_of, ship
from dance_core.settings import ASSETS
from tests.waiting import until

TEXT = "".join(f"{i} and " for i in range(20_000))
OPENED = {b"br": brotli.decompress, b"gzip": gzip.decompress}


def asked(answer: Any, path: str = "/", takes: str | None = "gzip, deflate, br", method: str = "GET",
          app: Packed | None = None, **headers: str) -> tuple[dict[bytes, bytes], bytes]:
    """Headers of the answer, and its body as a browser has it."""
    headers |= {"accept-encoding": takes} if takes is not None else {}
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "extensions": {},
             "headers": [(n.encode(), v.encode()) for n, v in headers.items()]}
    said: list[dict[str, Any]] = []
    said_all: list[bool] = []

    async def receive() -> dict[str, Any]:
        if not said_all:
            said_all.append(True)
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.Event().wait()  # the browser stays

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    made = app or Packed(answer)
    asyncio.run(made(scope, receive, send))
    start, *rest = said
    found = dict(start["headers"])
    body = b"".join(m.get("body", b"") for m in rest)
    assert b"content-length" not in found or int(found[b"content-length"]) == len(body)
    return found, OPENED.get(found.get(b"content-encoding", b""), bytes)(body)


@pytest.mark.parametrize("takes, coding", [
    ("gzip, deflate, br", b"br"), ("br;q=1.0, gzip;q=0.8", b"br"), ("gzip, deflate", b"gzip"),
    ("br;q=0, gzip", b"gzip"), ("identity", None), ("", None), (None, None)])
def test_the_coding_that_a_browser_takes(takes, coding):
    headers, body = asked(Response(TEXT, media_type="text/html"), takes=takes)
    assert headers.get(b"content-encoding") == coding and body == TEXT.encode()
    assert (headers.get(b"vary") == b"accept-encoding") == (coding is not None)


@pytest.mark.parametrize("answer, path", [
    (JSONResponse([TEXT]), "/config"), (Response(os.urandom(9) * 900, media_type="application/octet-stream"),
                                        "/gradio_api/file=/~data/web/0.dnc")])
def test_messages_and_motion_are_compressed(answer, path):
    headers, body = asked(answer, path)
    assert headers[b"content-encoding"] == b"br" and body == answer.body


async def _parts(count: int = 9, each: bytes = b"x" * 1_000_000):
    for _ in range(count):
        yield each


@pytest.mark.parametrize("answer", [
    Response("short", media_type="text/html"), Response(TEXT, media_type="audio/flac"),
    Response(TEXT, 404, media_type="text/html"), Response(TEXT, media_type="text/event-stream"),
    Response(TEXT, media_type="text/html", headers={"content-encoding": "br2"})])
def test_what_stays_as_it_is(answer):
    before = dict(answer.raw_headers)
    headers, body = asked(answer)
    assert headers == before and body == answer.body


def test_parts_of_files_and_other_methods_stay_as_they_are():
    for more in ({"range": "bytes=0-9"}, {"method": "HEAD"}, {"method": "POST"}):
        headers, _ = asked(Response(TEXT, media_type="text/html"), **more)
        assert b"content-encoding" not in headers


def test_what_is_too_long_goes_on_as_it_comes():
    headers, body = asked(StreamingResponse(_parts(), media_type="text/html"))
    assert b"content-encoding" not in headers and body == b"x" * 9_000_000


def test_what_comes_in_parts_is_whole():
    headers, body = asked(StreamingResponse(_parts(3), media_type="text/html"))
    assert headers[b"content-encoding"] == b"br" and body == b"x" * 3_000_000


def test_the_apps_own_is_compressed_better_once_it_was_asked_for(tmp_path):
    app = Packed(Response(TEXT, media_type="text/javascript"))
    app.best = Best(tmp_path)
    sizes = [int(asked(None, "/assets/a.js", app=app)[0][b"content-length"])]
    assert until(lambda: app.best.of(TEXT.encode(), "br") is not None)
    sizes.append(int(asked(None, "/assets/a.js", app=app)[0][b"content-length"]))
    assert sizes[1] < sizes[0]


def test_the_body_is_shipped_compressed_as_it_is():
    """Where this fails: python -m dance_core.pages.packed"""
    files = [ASSETS / "body" / "body.glb"]
    there = {p.name: p for p in SHIPPED.iterdir()}
    assert set(there) == {name_of(f.read_bytes(), "br") for f in files}
    for file in files:
        answer = FileResponse(file)
        headers, body = asked(answer, f"/gradio_api/file=/~app/{file.relative_to(ASSETS.parent)}")
        assert body == file.read_bytes() and headers[b"etag"] == answer.headers["etag"].encode()
        assert int(headers[b"content-length"]) == there[name_of(body, "br")].stat().st_size
    assert there[name_of(files[0].read_bytes(), "br")].stat().st_size <= 580_000


@pytest.mark.parametrize("takes", ["br", "gzip", None])
def test_a_file_that_the_browser_has_is_not_sent_again(tmp_path, takes):
    file = tmp_path / "a.glb"
    file.write_bytes(TEXT.encode())
    first, body = asked(FileResponse(file), "/a.glb", takes)
    assert body == TEXT.encode()
    tag = first[b"etag"].decode()
    for told in (tag, f'W/{tag}, "other"'):
        headers, body = asked(FileResponse(file), "/a.glb", takes, **{"if-none-match": told})
        assert body == b"" and headers[b"etag"] == tag.encode() and b"content-length" not in headers
    assert asked(FileResponse(file), "/a.glb", takes, **{"if-none-match": '"other"'})[1] == TEXT.encode()


def test_shipping_leaves_nothing_old(tmp_path):
    file, folder = tmp_path / "a", tmp_path / "packed"
    for text in (b"one" * 99, b"two" * 99):
        file.write_bytes(text)
        ship([file], folder)
    assert [brotli.decompress(p.read_bytes()) for p in folder.iterdir()] == [b"two" * 99]
