"""Names, ports and origins: one spelling for what is one, and nothing for what can't be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.address import Host, Origin, Public, read_hosts, read_ip, read_networks
from dance_core.errors import UserError


@pytest.mark.parametrize("text, name, port", [
    ("lab.example", "lab.example", None), ("Lab.EXAMPLE.", "lab.example", None),
    ("lab.example:443", "lab.example", 443), ("lab.example.:8080", "lab.example", 8080),
    ("lab.example:", "lab.example", None), (" localhost:7860 ", "localhost", 7860),
    ("127.0.0.1:80", "127.0.0.1", 80), ("[::1]", "::1", None), ("[0:0:0::1]:7860", "::1", 7860),
    ("[2001:DB8::A]", "2001:db8::a", None), ("gpu_box-2", "gpu_box-2", None)])
def test_hosts_have_one_spelling(text: str, name: str, port: int | None) -> None:
    assert Host.read(text) == Host(name, port)


@pytest.mark.parametrize("text", [
    "", ".", "a..b", "lab.example:0", "lab.example:65536", "lab.example:x", "lab.example:-1", "::1", "[::1",
    "[127.0.0.1]", "[::g]", "[fe80::1%eth0]", "a b", "a/b", "user@lab.example", "lab.example,evil.example",
    "lab.example\r\nx: y", "bücher.example", "http://lab.example", "lab.example:1:2", "x" * 400])
def test_what_is_no_host_is_none(text: str) -> None:
    assert Host.read(text) is None


@given(st.text(max_size=40))
def test_reading_never_fails_and_writing_is_its_inverse(text: str) -> None:
    host, origin = Host.read(text), Origin.read(text)
    assert host is None or Host.read(str(host)) == host
    assert origin is None or Origin.read(str(origin)) == origin


def test_only_names_that_cannot_lead_elsewhere_are_here() -> None:
    for text in ("localhost", "app.localhost:80", "127.0.0.1", "127.8.9.1:7860", "[::1]:7860"):
        assert Host.read(text).here, text
    for text in ("localhost.example", "evil-localhost", "128.0.0.1", "0.0.0.0", "[::2]", "127.0.0.1.example"):
        assert not Host.read(text).here, text


def test_origins_are_scheme_name_and_port() -> None:
    assert Origin.read("https://Lab.example") == Origin.read("https://lab.example:443")
    assert Origin.read("http://lab.example") != Origin.read("https://lab.example")
    assert Origin.read("http://lab.example") != Origin.read("http://lab.example:8080")
    assert str(Origin.read("https://lab.example:443")) == "https://lab.example"
    assert str(Origin.read("http://[::1]:7860")) == "http://[::1]:7860"
    for text in ("null", "", "file://", "lab.example", "chrome-extension://abc", "https://lab.example/",
                 "https://lab.example https://evil.example", "https://user@lab.example"):
        assert Origin.read(text) is None, text


@pytest.mark.parametrize("text, origin, path", [
    ("https://lab.example/dance/", "https://lab.example", "/dance"),
    ("https://lab.example", "https://lab.example", ""),
    ("http://Lab.example:8080/", "http://lab.example:8080", ""),
    ("https://lab.example/a/b-2", "https://lab.example", "/a/b-2"),
    ("https://lab.example/~ann/dance", "https://lab.example", "/~ann/dance")])
def test_where_visitors_find_the_app(text: str, origin: str, path: str) -> None:
    public = Public.read(text)
    assert (str(public.origin), public.path) == (origin, path)
    assert public.link("rate?study=x") == f"{origin}{path}/rate?study=x"


@pytest.mark.parametrize("text", [
    "lab.example/dance", "/dance", "ftp://lab.example/", "https://", "https://a b/", "https://lab.example/%2e/",
    "https://lab.example/dance?x=1", "https://lab.example/#a", "https://u:p@lab.example/", "https://[::1",
    "https://lab.example/../etc", "https://lab.example/a//b", "https://lab.example:0/"])
def test_a_public_address_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match="DANCE_PUBLIC_URL"):
        Public.read(text)
    assert Public.read("") is None


def test_proxies_are_addresses_and_networks() -> None:
    networks = read_networks("127.0.0.1, 10.0.0.0/8 2001:db8::/32,")
    assert [str(n) for n in networks] == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]
    assert read_networks("") == ()
    for text in ("localhost", "10.0.0.0/33", "*", "10.0.0.1:80"):
        with pytest.raises(UserError, match="DANCE_PROXIES"):
            read_networks(text)


def test_names_that_the_app_answers_to() -> None:
    assert read_hosts("Lab.example, 10.0.0.1 ::1, [::2]") == {"lab.example", "10.0.0.1", "::1", "::2"}
    assert read_hosts("*") == {"*"} and read_hosts("") == frozenset()
    for text in ("https://lab.example", "lab.example/dance", "*.lab.example"):
        with pytest.raises(UserError, match="DANCE_HOSTS"):
            read_hosts(text)


def test_ipv4_in_ipv6_is_ipv4() -> None:
    assert str(read_ip("::ffff:10.0.0.1")) == "10.0.0.1" and read_ip("10.0.0.1:80") is None
