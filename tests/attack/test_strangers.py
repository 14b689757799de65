"""Pages of other addresses, names that lead here, and headers that say who asks: sent to the running app.

The app is told of one proxy, which this test is when it speaks from 127.0.0.2.
"""

from __future__ import annotations

import json
import re
import socket
import uuid
from collections.abc import Iterator

import httpx
import pytest

from dance_core.pages.results_door import TRIES
from tests.running import Server, start, stop
from tests.waiting import PATIENCE

PASSWORD = "correct horse battery"
PROXY = "127.0.0.2"
MESSAGES = "60"  # of one visitor in a minute; what comes from this machine itself is not counted
FORWARDED = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "lab.example", "X-Forwarded-Proto": "https"}
CHANGING = ["queue/join", "run/predict", "component_server", "upload", "cancel", "reset"]
STRANGERS = ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:8000",
             "https://lab.example.evil"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = start(tmp_path_factory.mktemp("strangers"), DANCE_RESEARCHER_PASSWORD=PASSWORD,
                 DANCE_PROXIES=PROXY, DANCE_PUBLIC_URL="https://lab.example/dance/",
                 DANCE_GENERATOR="choreographer", DANCE_VISITOR_MESSAGES=MESSAGES)
    yield made
    stop(made)


@pytest.fixture(scope="module")
def proxy(server: Server) -> Iterator[httpx.Client]:
    """Speaks to the app as the proxy that it was told of."""
    with socket.socket() as probe:
        try:
            probe.bind((PROXY, 0))
        except OSError:
            pytest.skip(f"this machine has no {PROXY}")
    way = httpx.HTTPTransport(local_address=PROXY)
    with httpx.Client(base_url=server.url, transport=way, timeout=PATIENCE) as made:
        yield made


def allowed(answer: httpx.Response) -> list[str]:
    """What the answer lets other pages do."""
    return [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("origin", STRANGERS)
@pytest.mark.parametrize("path", CHANGING)
def test_pages_of_others_change_nothing(server: Server, proxy: httpx.Client, path: str, origin: str) -> None:
    body = {"data": server.order(), "fn_index": server.run, "session_hash": "x", "event_id": "x",
            "component_id": server.panel, "fn_name": "vote"}
    before = sorted(p for p in server.data.rglob("*") if p.is_file())
    for ask, more in ((server.http.post, {}), (proxy.post, FORWARDED)):
        kind = {"files": {"files": ("a.wav", b"x")}} if path == "upload" else {"json": body}
        answer = ask(f"{server.url}gradio_api/{path}", headers={"Origin": origin, **more}, **kind)
        assert answer.status_code == 403 and "can't use this app" in answer.text and not allowed(answer)
    assert sorted(p for p in server.data.rglob("*") if p.is_file()) == before


@pytest.mark.parametrize("origin", STRANGERS)
def test_pre_flights_of_others_are_refused(server: Server, proxy: httpx.Client, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "content-type"}
    for path in ("", "config", "gradio_api/queue/join", "gradio_api/upload", "gradio_api/component_server"):
        for ask, more in ((server.http.options, {}), (proxy.options, FORWARDED)):
            answer = ask(server.url + path, headers={**asked, **more})
            assert answer.status_code == 403 and not allowed(answer)


@pytest.mark.parametrize("path", ["", "rate", "results", "inspect", "config", "gradio_api/info",
                                  "gradio_api/app_id", "gradio_api/queue/status",
                                  "gradio_api/queue/data?session_hash=x",
                                  "gradio_api/heartbeat/x", "theme.css", "gradio_api/file=/etc/passwd"])
def test_pages_of_others_read_nothing(server: Server, proxy: httpx.Client, path: str) -> None:
    for asked in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                  {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}):
        for ask, more in ((server.http.get, {}), (proxy.get, FORWARDED)):
            answer = ask(server.url + path, headers={**asked, **more})
            assert answer.status_code == 403 and not allowed(answer)


def test_our_own_pages_and_command_lines_are_served(server: Server, proxy: httpx.Client) -> None:
    own = server.url.rstrip("/")
    for ask, more in ((server.http.get, {}), (server.http.get, {"Origin": own}),
                      (proxy.get, {**FORWARDED, "Origin": "https://lab.example"})):
        answer = ask(server.url + "config", headers=more)
        assert answer.status_code == 200 and not allowed(answer)
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert server.dance()[0]
    assert server.vote()["saved"]


def raw(server: Server, request: str) -> tuple[int, str]:
    """Status and body of what is answered to these very bytes."""
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        heard = b""
        while part := line.recv(65_536):
            heard += part
    head, _, body = heard.decode("utf-8", "replace").partition("\r\n\r\n")
    return int(head.split()[1]), body


def test_whoever_watches_over_the_server_is_answered(server: Server, proxy: httpx.Client) -> None:
    for answer in (server.http.get(server.url + "healthz"), proxy.get("/healthz", headers=FORWARDED)):
        assert answer.status_code == 200 and answer.json() == {"alive": True}
    assert server.http.post(server.url + "healthz").status_code != 500


def test_one_visitor_behind_a_proxy_who_sends_too_much_is_asked_to_wait_and_nobody_else(
        server: Server, proxy: httpx.Client) -> None:
    body = {"event_id": "x", "fn_index": 0, "session_hash": "x"}

    def said(address: str) -> httpx.Response:
        return proxy.post("/gradio_api/cancel", json=body, headers={
            **FORWARDED, "X-Forwarded-For": address, "Origin": "https://lab.example"})

    assert {said("5.6.7.8").status_code for _ in range(40)} == {200}
    # a slow machine earns new messages while it sends these
    answers = (said("5.6.7.8") for _ in range(10 * int(MESSAGES)))
    refused = next(a for a in answers if a.status_code != 200)
    assert refused.status_code == 429
    assert f"At most {MESSAGES} messages a minute" in refused.text and "please wait" in refused.text
    assert said("5.6.7.9").status_code == 200


@pytest.mark.parametrize("request_, status", [
    ("GET /robots.txt HTTP/1.1\nHost: LOCALHOST.:1\nConnection: close\n\n", 200),
    ("GET /robots.txt HTTP/1.1\nHost: [::1]:7860\nConnection: close\n\n", 200),
    ("GET /robots.txt HTTP/1.1\nHost: Lab.Example\nConnection: close\n\n", 200),
    ("GET /robots.txt HTTP/1.0\n\n", 200),
    ("GET /robots.txt HTTP/1.1\nConnection: close\n\n", 400),
    ("GET /robots.txt HTTP/1.1\nHost: localhost\nHost: evil.example\nConnection: close\n\n", 400),
    ("GET /robots.txt HTTP/1.1\nHost: evil.example:7860\nConnection: close\n\n", 421),
    ("GET http://evil.example/robots.txt HTTP/1.1\nHost: evil.example\nConnection: close\n\n", 421),
    ("GET /robots.txt HTTP/1.1\nHost: localhost.evil.example\nConnection: close\n\n", 421),
    ("GET /robots.txt HTTP/1.1\nHost: localhost\nX-Forwarded-Host: a.example\nConnection: close\n\n", 200)])
def test_names_that_lead_here(server: Server, request_: str, status: int) -> None:
    found, body = raw(server, request_)
    assert found == status
    if status == 421:
        assert re.fullmatch(r"This app does not answer to the name [a-z.]+\. Whoever .*DANCE_HOSTS.*\.", body)


def test_no_web_socket_is_opened(server: Server) -> None:
    assert raw(server, "GET /gradio_api/queue/join HTTP/1.1\nHost: localhost\nConnection: Upgrade\n"
                       "Upgrade: websocket\nSec-WebSocket-Version: 13\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n")[0] == 403


def test_addresses_of_files_are_those_that_the_visitor_can_open(server: Server, proxy: httpx.Client) -> None:
    told = proxy.get("/config", headers=FORWARDED).json()
    assert told["root"] == "https://lab.example/dance"
    assert '"https://lab.example/dance/gradio_api/file=' in json.dumps(told)
    lies = {**FORWARDED, "X-Gradio-Server": "https://evil.example"}
    lied = server.http.get(server.url + "config", headers=lies).json()
    assert lied["root"] == server.url + "dance" and "lab.example" not in json.dumps(lied)


@pytest.mark.parametrize("page", ["", "rate", "results", "inspect"])
def test_no_page_links_to_the_top_of_the_host(server: Server, page: str) -> None:
    text = server.http.get(server.url + page).text
    assert re.findall(r"""(?:href|src|content)=["'](/[^"']*)""", text) == []
    assert 'rel="icon" href="./favicon.ico"' in text


@pytest.mark.parametrize("path, to", [
    ("/dance", "dance/"), ("/results/", "../results"),
    ("/dance/rate/?study=x&y=%2F", "../rate?study=x&y=%2F")])
def test_pages_with_or_without_a_slash_are_where_they_are(server: Server, path: str, to: str) -> None:
    answer = server.http.get(server.url.rstrip("/") + path)
    assert (answer.status_code, answer.headers["location"]) == (307, to)


def test_a_refusal_reaches_whoever_is_still_sending(server: Server) -> None:
    """A connection that is closed with bytes unread is reset, and the sentence goes with it."""
    host, port = server.url.removeprefix("http://").strip("/").split(":")
    body = b"x" * 600_000
    head = (f"POST /gradio_api/queue/join HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: https://evil.example\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    for _ in range(10):
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
            line.sendall(head + body)
            told = b"".join(iter(lambda: line.recv(1 << 16), b""))
        assert told.startswith(b"HTTP/1.1 403 ") and b"https://evil.example can't use this app" in told


def guess(client: httpx.Client, server: Server, number: int, **headers: str) -> str:
    """Try a wrong password; everything that the page would hear."""
    session = uuid.uuid4().hex
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    joined = client.post(f"{server.url}gradio_api/queue/join", headers=told, json={
        "data": [f"wrong {number}"], "fn_index": event(server), "session_hash": session})
    assert joined.status_code == 200, joined.text
    with client.stream("GET", f"{server.url}gradio_api/queue/data", params={"session_hash": session},
                       headers=told) as stream:
        for line in stream.iter_lines():
            if "process_completed" in line:
                return line
    raise AssertionError("the stream ended without an end")


def event(server: Server) -> int:
    config = server.http.get(server.url + "config").json()
    return next(d["id"] for d in config["dependencies"] if d["api_name"] == "enter")


def test_who_guesses_passwords_waits_whatever_the_headers_say(server: Server, proxy: httpx.Client) -> None:
    for number in range(TRIES):  # a visitor behind the proxy, who writes something before his address
        assert "not the password" in guess(proxy, server, number, X_Forwarded_For=f"6.6.6.{number}, 1.2.3.4")
    assert "Too many wrong passwords" in guess(proxy, server, 9, X_Forwarded_For="6.6.6.9, 1.2.3.4")
    assert "not the password" in guess(proxy, server, 9, X_Forwarded_For="1.2.3.5")  # the next one does not
    for number in range(TRIES):  # nobody's proxy
        assert "not the password" in guess(server.http, server, number, X_Forwarded_For=f"6.6.7.{number}")
    assert "Too many wrong passwords" in guess(server.http, server, 9, X_Forwarded_For="6.6.7.9")


def test_it_says_goodbye_in_time(server: Server) -> None:
    """Open streams don't keep it from ending. The last test here: it ends the app."""
    with server.http.stream("GET", f"{server.url}gradio_api/heartbeat/x") as stream:
        next(stream.iter_lines())
        server.process.terminate()
        server.process.wait(PATIENCE)  # longer than any stream may stay open after a goodbye
