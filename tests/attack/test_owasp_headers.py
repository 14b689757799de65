"""Every kind of answer of the running app against the OWASP Secure Headers Project's list (November 2026).

What is on the list and not asked here: Strict-Transport-Security (the proxy's that has the certificate,
README), Clear-Site-Data (nobody logs in), Cross-Origin-Embedder-Policy (nothing comes from another origin,
and raters' platforms may frame the app).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.running import Server, start, stop

SAME = {
    "x-content-type-options": "nosniff", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "x-permitted-cross-domain-policies": "none",
    "x-dns-prefetch-control": "off"}
TOLD_TOO_MUCH = ("server", "x-powered-by", "x-aspnet-version", "via", "x-generator", "public-key-pins",
                 "x-xss-protection", "expect-ct", "access-control-allow-origin")
JSON = {"content-type": "application/json"}
BYTES = {"content-type": "application/octet-stream"}
FOUND = {"@asset": r'"(?:\./|/)?(assets/[^"]+\.js)"', "@file": r'"(/~app/[^"]+rate\.js)"'}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = start(tmp_path_factory.mktemp("owasp"), DANCE_RESEARCHER_PASSWORD="correct horse battery",
                 DANCE_GENERATOR="choreographer")
    yield made
    stop(made)


# name → (method, path, more, status); a path of None is found in the page
ROUTES: dict[str, tuple[str, str, dict, int]] = {
    "page": ("GET", "", {}, 200),
    "rate": ("GET", "rate?study=none&PROLIFIC_PID=x", {}, 200),
    "results": ("GET", "results", {}, 200),
    "inspect": ("GET", "inspect", {}, 200),
    "moved": ("GET", "rate/?study=x", {}, 307),
    "head": ("HEAD", "rate", {}, 405),
    "config": ("GET", "config", {}, 200),
    "api": ("GET", "gradio_api/info", {}, 200),
    "theme": ("GET", "theme.css", {}, 200),
    "icon": ("GET", "favicon.ico", {}, 200),
    "asset": ("GET", "@asset", {}, 200),
    "no asset": ("GET", "assets/none.js", {}, 404),
    "file": ("GET", "@file", {}, 200),
    "part of a file": ("GET", "@file", {"headers": {"range": "bytes=0-9"}}, 206),
    "no file": ("GET", "gradio_api/file=/~app/none.js", {}, 403),
    "another's file": ("GET", "gradio_api/file=/etc/passwd", {}, 403),
    "file elsewhere": ("GET", "gradio_api/file=https://evil.example/x", {}, 403),
    "upload": ("POST", "gradio_api/upload", {"files": {"files": ("a.html", b"<script>1</script>")}}, 200),
    "no upload": ("POST", "gradio_api/upload", {"content": b"x"}, 400),
    "photo": ("POST", "photo", {"content": b"x", "headers": BYTES}, 200),
    "rate's function": ("POST", "gradio_api/component_server", {"json": {
        "data": [{"study": "none"}], "component_id": "@rate", "fn_name": "ask", "session_hash": "x"}}, 200),
    "no function": ("POST", "gradio_api/component_server", {"json": {
        "data": [{}], "component_id": 0, "fn_name": "system", "session_hash": "x"}}, 500),
    "no JSON": ("POST", "gradio_api/queue/join", {"content": b"{", "headers": JSON}, 400),
    "too long": ("POST", "gradio_api/queue/join", {"content": b" " * (1 << 19), "headers": JSON}, 413),
    "an event that is none": ("POST", "gradio_api/queue/join", {"json": {
        "data": [], "fn_index": 10_000, "session_hash": "x"}}, 500),
    "nothing there": ("GET", "no/such", {}, 404),
    "no method": ("PUT", "rate", {"content": b"x"}, 404),
    "trace": ("TRACE", "rate", {}, 404),
    "asked before": ("OPTIONS", "gradio_api/queue/join", {"headers": {
        "origin": "https://evil.example", "access-control-request-method": "POST"}}, 403),
    "a stranger's page": ("GET", "config", {"headers": {"origin": "https://evil.example"}}, 403),
    "a stranger's name": ("GET", "rate", {"headers": {"host": "evil.example"}}, 421),
}


def answer_of(server: Server, name: str) -> httpx.Response:
    method, path, more, _ = ROUTES[name]
    if path.startswith("@"):
        page = server.http.get(server.url + "rate").text
        found = re.search(FOUND[path],
                          page + server.http.get(server.url + "config").text)
        assert found, path
        path = found[1] if path == "@asset" else f"gradio_api/file={found[1]}"
    if more.get("json", {}).get("component_id") == "@rate":
        parts = server.http.get(server.url + "config").json()["components"]
        number = next(c["id"] for c in parts if c["props"].get("elem_id") == "rate")
        more = {"json": {**more["json"], "component_id": number}}
    return server.http.request(method, server.url + path, **more)


@pytest.mark.parametrize("name", ROUTES)
def test_every_answer_has_the_headers_of_the_list(server: Server, name: str) -> None:
    answer = answer_of(server, name)
    told = answer.headers
    assert answer.status_code == ROUTES[name][3], answer.text[:200]
    names = [key.decode().lower() for key, _ in told.raw]
    assert len(names) == len(set(names)), "no header is there twice"
    assert {key: told.get(key) for key in SAME} == SAME
    assert told["referrer-policy"] in ("no-referrer", "same-origin")
    assert told["x-frame-options"] in ("SAMEORIGIN", "DENY")
    not_used = ("camera", "microphone", "geolocation", "usb")
    assert all(f"{what}=()" in told["permissions-policy"] for what in not_used)
    assert not [key for key in TOLD_TOO_MUCH if key in told]
    csp = {part.split()[0]: set(part.split()[1:]) for part in told["content-security-policy"].split(";")}
    assert csp["frame-ancestors"] <= {"'self'", "'none'"} and csp["frame-ancestors"]
    assert csp["default-src"] <= {"'self'", "'none'"} and csp["base-uri"] <= {"'self'", "'none'"}
    assert csp["form-action"] <= {"'self'", "'none'"}
    assert csp.get("object-src", csp["default-src"]) == {"'none'"}
    assert not any("*" in s or s.startswith("http") for sources in csp.values() for s in sources)
    if told.get("content-type", "").startswith(("text/html", "application/json", "text/plain")):
        assert told["cache-control"] in ("no-store", "private, no-cache")
    if answer.content and answer.status_code != 307 and ROUTES[name][0] != "HEAD":
        assert told.get("content-type"), "nothing has to be sniffed"


@pytest.mark.parametrize("name", ["file", "part of a file"])
def test_a_file_that_is_opened_by_itself_runs_nothing(server: Server, name: str) -> None:
    policy = answer_of(server, name).headers["content-security-policy"]
    assert "sandbox" in policy and "script-src" not in policy and "default-src 'none'" in policy


def test_what_visitors_upload_is_handed_out_as_a_download(server: Server) -> None:
    run = b"<svg xmlns='http://www.w3.org/2000/svg' onload='1'/>"
    for file, text in (("a.html", b"<script>1</script>"), ("a.svg", run), ("a.xml", run)):
        path = server.http.post(server.url + "gradio_api/upload", files={"files": (file, text)}).json()[0]
        answer = server.http.get(f"{server.url}gradio_api/file={path}")
        assert answer.content == text and "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["content-disposition"].startswith("attachment"), file
        assert not answer.headers["content-type"].startswith(("text/html", "image/svg")), file
