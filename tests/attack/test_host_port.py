"""Strangers at the port of a generators' host: tokens, ids, addresses, bodies, and pages in browsers.

All are refused with a sentence (or by the web server, where what came is no HTTP), the model is never asked,
and whoever has the token still gets a dance afterwards.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterator

import httpx
import pytest
from practice import Swayer, job_for, same

from dance_core.serving import host
from dance_core.serving.local import make_take
from dance_core.serving.message import MAX_BODY, pack_work
from dance_core.serving.remote import RemoteEngine
from dance_core.settings import Settings
from tests.serving.hosts import host_of
from tests.waiting import PATIENCE

TOKEN = "a token for the tests"
JOB = job_for(Swayer(), 6.0)
BODY = pack_work(JOB.work, {})


@contextlib.contextmanager
def attacked(token: str = TOKEN, **settings: object) -> Iterator[tuple[str, Swayer]]:
    """A host, of which the model must not be asked; then a front end must get its dance."""
    generator = Swayer()
    with host_of(generator, token=token, **settings) as url:
        yield url, generator
        assert not generator.requests, "strangers had the model work"
        made = make_take(RemoteEngine(Settings(engine=url, engine_token=token)), JOB)
        assert len(made.motion) == 180 and generator.requests


def raw(url: str, data: bytes, wait: float = PATIENCE) -> bytes:
    """What is answered to these very bytes, until the host hangs up or says no more."""
    port = int(url.rsplit(":", 1)[1])
    heard = b""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line, \
            contextlib.suppress(TimeoutError, ConnectionError):
        line.sendall(data)
        while not heard.endswith(b"}") and (part := line.recv(65_536)):
            heard += part
    return heard


@pytest.mark.parametrize("header", [
    {}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": f"Bearer {TOKEN[:-1]}"},
    {"Authorization": f"Bearer {TOKEN} "[:-1] + "x"}, {"Authorization": TOKEN},
    {"Authorization": f"Basic {TOKEN}"}, {"Authorization": f"Bearer {TOKEN.upper()}"},
    {"X-Token": TOKEN}, {"X-Forwarded-Authorization": f"Bearer {TOKEN}"}])
@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/generators", "/metrics"])
def test_only_the_very_token_opens(token_host: str, path: str, header: dict[str, str]) -> None:
    for method, content in (("POST", BODY), ("GET", None)):
        answer = httpx.request(method, token_host + path, headers=header, content=content)
        allowed = (method == "POST") == (path == "/v1/jobs")
        assert answer.status_code == (401 if allowed else 405)
        assert "Walker" not in answer.text and "practice" not in answer.text
        if allowed:
            assert answer.json() == {"sentence": "This host wants another token (DANCE_ENGINE_TOKEN)."}


@pytest.fixture(scope="module")
def token_host() -> Iterator[str]:
    with attacked() as (url, _):
        yield url


def test_a_token_in_the_address_or_in_the_body_is_none(token_host: str) -> None:
    assert httpx.post(f"{token_host}/v1/jobs?token={TOKEN}", content=BODY).status_code == 401
    assert httpx.post(f"{token_host}/v1/jobs", data={"token": TOKEN}).status_code == 401


@pytest.mark.parametrize("path", [
    "/", "/docs", "/redoc", "/openapi.json", "/v1", "/v1/jobs/1", "/v1/jobs/../../etc/passwd",
    "/v1/jobs/%2e%2e/metrics", "/v1/takes", "/v1/weights/jepa", "/file=/etc/passwd", "//metrics",
    "/v1/jobs?id=1"])
def test_there_is_nothing_at_other_addresses_and_no_dance_has_an_id(token_host: str, path: str) -> None:
    answer = httpx.get(token_host + path, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code in (404, 405) and "root:" not in answer.text


@pytest.mark.parametrize("header", [
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1:7870"}])
def test_a_page_in_a_browser_is_no_front_end_though_no_token_is_wanted(header: dict[str, str]) -> None:
    with attacked(token="") as (url, _):
        for path, ask in (("/v1/jobs", "POST"), ("/v1/generators", "GET"), ("/metrics", "GET")):
            answer = httpx.request(ask, url + path, content=BODY,
                                   headers={**header, "Content-Type": "text/plain"})
            assert answer.status_code == 403 and "not to pages in browsers" in answer.json()["sentence"]
            assert not [n for n in answer.headers if n.startswith("access-control")]
        asked = httpx.options(f"{url}/v1/jobs", headers={**header, "Access-Control-Request-Method": "POST"})
        assert asked.status_code == 405 and "access-control-allow-origin" not in asked.headers


@pytest.mark.parametrize("data", [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"hello\n" * 99,
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: " + b"b" * 200_000 + b"\r\n\r\n",
    b"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ids=["tls", "half", "noise", "long header", "negative", "two lengths", "bad chunk"])
def test_what_is_no_http_is_hung_up_on(token_host: str, data: bytes) -> None:
    heard = raw(token_host, data, 2.0)
    assert not heard or heard.startswith(b"HTTP/1.1 4")


def test_a_length_that_is_only_said_holds_no_memory_and_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "BODY_S", 0.5)
    head = (f"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n"
            f"Content-Length: {MAX_BODY * 4}\r\n\r\n").encode()
    with attacked() as (url, _):
        begun = time.monotonic()
        heard = [raw(url, head) for _ in range(5)]
        assert all(b" 413 " in one or b" 408 " in one for one in heard)
        assert time.monotonic() - begun < PATIENCE


def test_a_body_that_says_more_than_it_has() -> None:
    """Safetensors whose header promises arrays, or a header, beyond the bytes that are there."""
    large = b'{"x":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}'
    bad = [struct.pack("<Q", 2**62) + b"{}", struct.pack("<Q", 2) + b"{}",
           struct.pack("<Q", len(large)) + large, BODY[:8] + b"[" * (len(BODY) - 8)]
    with attacked() as (url, _):
        for body in bad:
            answer = httpx.post(f"{url}/v1/jobs", content=body, headers={"Authorization": f"Bearer {TOKEN}"})
            assert answer.status_code == 400 and "can't be read" in answer.json()["sentence"]


def test_a_request_that_is_sent_twice_is_answered_twice_alike_and_changes_nothing() -> None:
    """There is nothing to replay: a host holds no dance, and the same work is the same dance."""
    with attacked() as (url, generator):
        engine = RemoteEngine(Settings(engine=url, engine_token=TOKEN))
        first, second = (make_take(engine, JOB) for _ in range(2))
        assert same(first.motion, second.motion)
        generator.requests.clear()
