"""What goes wrong on a page is seen in every browser, and a page on which nothing does is left in peace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser import elsewhere
from tests.browser.drivers import Browser

PLAIN = """<h1>Well</h1><input id=name><label><input type=checkbox id=yes>yes</label>
<button id=go onclick="this.textContent = name_.value" disabled>…</button>
<script>const name_ = document.getElementById("name");
name_.onkeydown = (e) => { window.last = e.key; };
setTimeout(() => { document.getElementById("go").disabled = false; }, 700);</script>"""
FAULTS = {
    "thrown": "setTimeout(() => { throw new Error('BOOM') })",
    "rejected": "Promise.reject(new Error('BOOM'))",
    "said": "console.error('BOOM')",
    "missing": "fetch('/BOOM')",
}


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    with elsewhere.pages({"plain": PLAIN}) as port:
        yield f"http://127.0.0.1:{port}/"


def test_keys_and_clicks_are_those_of_a_person(each_browser: Browser, home: str) -> None:
    seen = each_browser.visit(home, width=390, height=800)
    page = seen.page
    page.goto(f"{home}plain")
    assert page.evaluate("() => [innerWidth, innerHeight]") == [390, 800]
    page.fill("#name", "Zoë >> 1")
    page.focus("#name")
    page.keyboard.press("Shift+?")
    assert page.evaluate("() => window.last") == "?"
    page.check("#yes")
    page.click("#go")  # once it may be pressed
    assert page.inner_text("#go") == "Zoë >> 1?" and page.is_visible("h1") and page.is_hidden("h2")
    with pytest.raises(Exception, match="BOOM"):
        page.evaluate("async () => { throw new Error('BOOM'); }")
    with pytest.raises(Exception, match="imeout|never"):
        page.wait_for_selector("h2", timeout=300)
    seen.close()
    assert seen.errors == seen.strangers == []


def test_every_fault_is_seen(each_browser: Browser, home: str) -> None:
    seen = each_browser.visit(home)
    seen.page.goto(f"{home}plain")
    for kind, fault in FAULTS.items():
        seen.page.evaluate(f"() => {{ {fault.replace('BOOM', kind)}; }}")
        seen.page.wait_for_timeout(300)
        seen.page.reload()  # what is on the page is lost, what was seen is not
    seen.close()
    for word in ("thrown", "rejected", "said", "404"):
        assert any(word in e for e in seen.errors), (word, seen.errors)
    assert not seen.strangers


def test_every_request_to_another_host_is_seen(each_browser: Browser, home: str) -> None:
    with elsewhere.pages({"x": "another port"}) as port:
        hosts = ("http://elsewhere.example", "https://secure.example", f"http://127.0.0.1:{port}")
        seen = each_browser.visit(home)
        seen.page.goto(f"{home}plain")
        for host in hosts:
            seen.page.evaluate("url => fetch(url, { mode: 'no-cors' }).catch(() => 0)", f"{host}/x")
        seen.close()
    for host in hosts:
        assert any(host.split("/")[2] in asked for asked in seen.strangers), (host, seen.strangers)
