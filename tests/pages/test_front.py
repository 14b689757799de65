"""Who asks, by which name, and from whose page: what is believed, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from dance_core.address import Host
from dance_core.errors import UserError
from dance_core.pages.front import Front, Refused, Visitor, header
from dance_core.settings import Settings

LAB = "https://lab.example/dance/"


def front(**settings: Any) -> Front:
    return Front(Settings(**settings))


def scope(peer: str = "127.0.0.1", method: str = "GET", path: str = "/", version: str = "1.1",
          **headers: str | list[str]) -> dict[str, Any]:
    """A request; headers as keywords, `x_forwarded_for="…"`, by default with a Host of this machine."""
    headers = {"host": "127.0.0.1:7860"} | headers
    lines = [(name.replace("_", "-").encode(), value.encode("latin-1"))
             for name, said in headers.items() for value in ([said] if isinstance(said, str) else said)]
    return {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "scheme": "http", "http_version": version, "client": (peer, 40_000), "headers": lines}


def who(made: Front, asked: dict[str, Any]) -> tuple[str, str]:
    visitor: Visitor = made.visitor(asked, asked["headers"])
    return visitor.address, str(visitor.origin)


# --- whom headers are believed of -----------------------------------------------------------------


@pytest.mark.parametrize("settings, peer, chain, visitor", [
    ({}, "127.0.0.1", "1.2.3.4", "127.0.0.1"),  # nobody is believed, not even on this machine
    ({"proxies": "10.0.0.1"}, "10.0.0.2", "1.2.3.4", "10.0.0.2"),
    ({"proxies": "10.0.0.1"}, "10.0.0.1", "1.2.3.4", "1.2.3.4"),
    ({"proxies": "10.0.0.1"}, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # a visitor's own words stay behind
    ({"proxies": "10.0.0.0/8"}, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.9.9.9", "1.2.3.4"),
    ({"proxies": "10.0.0.0/8"}, "10.0.0.1", "10.0.0.7", "10.0.0.7"),  # somebody inside
    ({"proxies": "10.0.0.1"}, "10.0.0.1", "1.2.3.4, unknown", "10.0.0.1"),
    ({"proxies": "10.0.0.1"}, "10.0.0.1", "1.2.3.4:5678", "1.2.3.4"),
    ({"proxies": "10.0.0.1"}, "10.0.0.1", "[2001:db8::1]:5678", "2001:db8::1"),
    ({"proxies": "10.0.0.1"}, "10.0.0.1", "", "10.0.0.1"),
    ({"proxies": "::1"}, "::1", "2001:DB8:0::1", "2001:db8::1"),
    ({"proxies": "127.0.0.1"}, "::ffff:127.0.0.1", "1.2.3.4", "1.2.3.4")])
def test_the_visitors_address(settings: dict[str, str], peer: str, chain: str, visitor: str) -> None:
    assert who(front(**settings), scope(peer, x_forwarded_for=chain))[0] == visitor


def test_an_address_chain_may_come_in_many_lines() -> None:
    asked = scope("10.0.0.1", x_forwarded_for=["6.6.6.6", "1.2.3.4, 10.0.0.2"])
    assert who(front(proxies="10.0.0.0/30"), asked)[0] == "1.2.3.4"


@pytest.mark.parametrize("settings, headers, origin", [
    # no proxy that is named: the request itself, whatever it says
    ({}, {"x_forwarded_host": "evil.example", "x_forwarded_proto": "https"}, "http://127.0.0.1:7860"),
    ({"proxies": "10.0.0.1"}, {"x_forwarded_host": "evil.example", "x_forwarded_for": "1.2.3.4"},
     "http://127.0.0.1:7860"),
    ({"public_url": LAB}, {}, "http://127.0.0.1:7860"),
    ({"public_url": LAB}, {"host": "lab.example"}, "https://lab.example"),
    ({"public_url": "https://lab.example:8443/"}, {"host": "lab.example"}, "https://lab.example:8443"),
    ({"public_url": LAB, "hosts": "lab.example"}, {"host": "lab.example:7860"}, "http://lab.example:7860"),
    # a proxy that is named
    ({"proxies": "127.0.0.1", "hosts": "lab.example"}, {
        "x_forwarded_for": "1.2.3.4", "x_forwarded_host": "lab.example", "x_forwarded_proto": "https"},
     "https://lab.example"),
    ({"proxies": "127.0.0.1", "hosts": "lab.example"}, {
        "x_forwarded_for": "1.2.3.4", "host": "lab.example:8443", "x_forwarded_proto": "https"},
     "https://lab.example:8443"),
    ({"proxies": "127.0.0.1", "hosts": "lab.example"}, {
        "x_forwarded_for": "1.2.3.4", "x_forwarded_host": "evil.example, lab.example"}, "http://lab.example"),
    ({"proxies": "127.0.0.1", "hosts": "lab.example"}, {"host": "lab.example", "x_forwarded_proto": "https"},
     "https://lab.example"),
    ({"proxies": "127.0.0.1", "public_url": LAB}, {"x_forwarded_for": "1.2.3.4"}, "https://lab.example"),
    ({"proxies": "127.0.0.1", "public_url": LAB}, {"x_forwarded_for": "1.2.3.4", "host": "lab.example"},
     "https://lab.example"),
    ({"proxies": "127.0.0.1", "public_url": LAB, "hosts": "alt.example"}, {
        "x_forwarded_for": "1.2.3.4", "host": "alt.example", "x_forwarded_proto": "http"}, "http://alt.example"),
    ({"proxies": "127.0.0.1", "public_url": LAB}, {}, "http://127.0.0.1:7860"),  # somebody on this machine
])
def test_the_address_that_the_visitor_sees(settings: dict[str, str], headers: dict[str, str],
                                           origin: str) -> None:
    assert who(front(**settings), scope(**headers))[1] == origin


def test_behind_two_proxies_the_outer_one_knows_the_name() -> None:
    made = front(proxies="10.0.0.0/8", hosts="lab.example")
    asked = scope("10.0.0.1", x_forwarded_for="6.6.6.6, 1.2.3.4, 10.0.0.2", x_forwarded_proto="https, http",
                  x_forwarded_host="evil.example, lab.example, inner.example")
    assert who(made, asked) == ("1.2.3.4", "https://lab.example")


# --- the names that the app answers to ------------------------------------------------------------

ALWAYS = ["localhost:7860", "LOCALHOST", "localhost.:7860", "127.0.0.1:7860", "[::1]:7860", "x.localhost"]
OUTSIDE = ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "localhost.evil.example"]


@pytest.mark.parametrize("settings, yes, no", [
    ({}, [], ["gpu-box", "192.168.1.5:7860", "0.0.0.0:7860", "lab.example"]),
    ({"host": "localhost"}, [], ["gpu-box", "192.168.1.5"]),
    ({"public_url": LAB}, ["lab.example", "Lab.Example.:443"], ["dance.lab.example", "gpu-box"]),
    ({"hosts": "lab.example, gpu-box"}, ["lab.example:7860", "gpu-box"], ["a.lab.example", "192.168.1.5"]),
    ({"host": "0.0.0.0"}, ["192.168.1.5:7860", "[2001:db8::1]:7860", "0.0.0.0", "gpu-box:7860", "box.local"],
     ["lab.example"]),
    ({"host": "::"}, ["192.168.1.5:7860", "gpu-box"], ["lab.example"]),
    ({"host": "0.0.0.0", "hosts": "lab.example"}, ["lab.example"], ["gpu-box", "192.168.1.5"]),
    ({"host": "box.lab.example"}, ["box.lab.example:7860", "192.168.1.5"], ["lab.example"])])
def test_names_that_the_app_answers_to(settings: dict[str, str], yes: list[str], no: list[str]) -> None:
    made = front(**settings)
    assert [text for text in ALWAYS + yes if not made.answers_to(Host.read(text))] == []
    assert [text for text in OUTSIDE + no if made.answers_to(Host.read(text))] == []
    assert front(hosts="*").answers_to(Host.read("evil.example"))


def test_another_name_is_refused_in_a_sentence_that_says_what_to_do() -> None:
    with pytest.raises(Refused, match=r"name evil\.example\. .*DANCE_HOSTS") as refused:
        front().settle(scope(host="evil.example:7860"))
    assert refused.value.status == 421
    with pytest.raises(Refused, match="name evil.example"):  # nor by way of a proxy
        front(proxies="127.0.0.1", public_url=LAB).settle(
            scope(x_forwarded_for="1.2.3.4", x_forwarded_host="evil.example", host="lab.example"))


@pytest.mark.parametrize("host", [[], ["localhost", "localhost"], ["localhost", "evil.example"], ["a b"],
                                  ["::1"], [""]])
def test_a_request_names_one_host_that_can_be_read(host: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        front().settle(scope(host=host))
    assert refused.value.status == 400


def test_http_1_0_may_name_none() -> None:
    assert who(front(), scope(version="1.0", host=[]))[1] == "http://localhost"


# --- whose page asks ------------------------------------------------------------------------------


@pytest.mark.parametrize("settings, headers", [
    ({}, {}),  # a command line
    ({}, {"origin": "http://127.0.0.1:7860", "sec_fetch_site": "same-origin"}),
    ({}, {"sec_fetch_site": "same-origin"}), ({}, {"sec_fetch_site": "none", "sec_fetch_mode": "navigate"}),
    ({"public_url": LAB}, {"origin": "https://lab.example", "host": "lab.example"}),
    ({"public_url": LAB}, {"origin": "https://lab.example"}),  # a proxy that tells nothing
    ({"proxies": "127.0.0.1", "hosts": "lab.example"}, {
        "origin": "https://lab.example:8443", "x_forwarded_host": "lab.example:8443",
        "x_forwarded_proto": "https", "x_forwarded_for": "1.2.3.4"})])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_our_own_pages_may_ask(settings: dict[str, str], headers: dict[str, str], method: str) -> None:
    front(**settings).settle(scope(method=method, **headers))


STRANGERS = [
    {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": ""}, {"origin": "http://127.0.0.1"},
    {"origin": "http://127.0.0.1:7861"}, {"origin": "https://127.0.0.1:7860"}, {"origin": "http://localhost:7860"},
    {"origin": "http://127.0.0.1:7860.evil.example"}, {"origin": "http://127.0.0.1:7860@evil.example"},
    {"origin": "http://evil.example", "sec_fetch_site": "same-origin"},
    {"origin": ["http://127.0.0.1:7860", "http://evil.example"]},
    {"origin": "https://lab.example", "x_forwarded_host": "lab.example", "x_forwarded_proto": "https"},
    {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}]


@pytest.mark.parametrize("headers", STRANGERS)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_pages_of_others_may_not(headers: dict[str, Any], method: str) -> None:
    with pytest.raises(Refused, match="page") as refused:
        front().settle(scope(method=method, **headers))
    assert refused.value.status == 403


def test_others_may_link_to_our_pages_and_frame_them_but_not_post_a_form() -> None:
    opened = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    front().settle(scope(**opened))
    with pytest.raises(Refused):
        front().settle(scope(method="POST", **opened))


def test_a_refused_page_is_named_with_the_setting_that_would_let_it_in() -> None:
    with pytest.raises(Refused, match=r"of https://lab\.example can't .* DANCE_PUBLIC_URL"):
        front(hosts="lab.example").settle(scope(host="lab.example", origin="https://lab.example"))


# --- what goes on to Gradio -----------------------------------------------------------------------


def test_gradio_sees_the_visitor_and_none_of_these_headers() -> None:
    made = front(proxies="127.0.0.1", public_url=LAB)
    seen = made.settle(scope(
        path="/dance/gradio_api/queue/join", method="POST", host="lab.example", origin="https://lab.example",
        x_forwarded_for="1.2.3.4", x_forwarded_proto="https", x_forwarded_host="lab.example",
        x_gradio_server="http://evil.example", forwarded="for=6.6.6.6", x_forwarded_prefix="/x",
        x_real_ip="6.6.6.6", access_control_request_method="POST", content_type="application/json"))
    assert seen["headers"] == [(b"host", b"lab.example"), (b"content-type", b"application/json")]
    assert (seen["client"][0], seen["scheme"], seen["path"]) == ("1.2.3.4", "https", "/gradio_api/queue/join")
    assert seen["raw_path"] == b"/gradio_api/queue/join"


@pytest.mark.parametrize("path, inside", [
    ("/", "/"), ("/dance/", "/"), ("/dance", ""), ("/rate", "/rate"), ("/dance/rate", "/rate"),
    ("/dancer", "/dancer"), ("/dance/dance/", "/dance/"),
    ("/dance/gradio_api/file=/data/ä b", "/gradio_api/file=/data/ä b")])
def test_the_path_may_come_with_its_prefix_or_without(path: str, inside: str) -> None:
    assert front(public_url=LAB).settle(scope(path=path))["path"] == inside


@pytest.mark.parametrize("path", ["rate", "static", "gradio_api", "assets/x"])
def test_a_prefix_that_is_an_address_of_the_app_is_refused(path: str) -> None:
    with pytest.raises(UserError, match="DANCE_PUBLIC_URL"):
        front(public_url=f"https://lab.example/{path}/")


def test_a_header_is_found_whatever_its_letters_and_its_value_stays() -> None:
    said = {"headers": [(b"Vary", b"a"), (b"Content-Type", b"Text/HTML "), (b"content-type", b"other")]}
    assert header(said, b"content-type") == b"Text/HTML "
    assert header(said, b"etag") == header({}, b"etag") == b""
