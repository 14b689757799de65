"""WebKitGTK's MiniBrowser over its own WebKitWebDriver, on a screen of Xvfb's."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.browser.driven import PATIENCE, SCRIPT_SECONDS, Driven
from tests.browser.visit import Visit, visit_of

DRIVER = shutil.which("WebKitWebDriver")
MINI_BROWSER = next((str(p) for p in sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)
XVFB = shutil.which("Xvfb")
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver names a reference to an element
# Classic WebDriver tells of no errors: the page keeps them itself, from before its first script has come.
# A "ResizeObserver loop" is none: sizes that are told with the next picture, to Gradio's observers too.
_LISTEN = """
if (window.__left) return false;
if (window.__faults) return true;
const faults = window.__faults = [];
const went = window.__went = [];
addEventListener("error", (e) => {
    if (e.message?.startsWith("ResizeObserver loop")) return;
    if (e.message) faults.push(`${e.message} (${e.filename}:${e.lineno})`);
    else if (e.target.src || e.target.href) faults.push(`not loaded: ${e.target.src || e.target.href}`);
}, true);
addEventListener("unhandledrejection", (e) => faults.push(`unhandled: ${e.reason}`));
const error = console.error;
console.error = (...said) => { faults.push(said.join(" ")); error.apply(console, said); };
const fetch = window.fetch;
window.fetch = async (...asked) => {
    went.push(new URL(asked[0].url ?? asked[0], location).href);  // before it is over, unlike the resources
    const answer = await fetch(...asked);
    if (answer.status >= 400) faults.push(`${answer.status} for ${answer.url}`);
    return answer;
};
return true;
"""
# The browser's own bar would not let the window become as narrow as a phone.
_SMALL_BARS = "* { min-width: 0; padding: 0; margin: 0; font-size: 1px; border-width: 0; }\n"
_COLLECT = """() => {
    const asked = performance.getEntriesByType("resource").map((e) => e.name);
    performance.clearResourceTimings();
    return [(window.__faults ?? []).splice(0), [...asked, ...(window.__went ?? []).splice(0)]];
}"""


class WebKit:
    """Starts MiniBrowsers, one for each page, with homes of their own in `folder`, until `close`."""

    name = "webkit"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pages: list[WebKitPage] = []
        read, write = os.pipe()
        self._screen = subprocess.Popen(
            [str(XVFB), "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start.")
        self._display = f":{number}"

    def visit(self, home: str, width: int = 1100, height: int = 860) -> Visit:
        """An empty page in a browser of its own. Requests that don't go to `home` are strangers."""
        folder = self.folder / f"page{len(self._pages)}"
        page = WebKitPage(folder, self._display, home)
        self._pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        return visit_of(page, page.close)

    def close(self) -> None:
        for page in self._pages:
            page.close()
        self._screen.terminate()
        self._screen.wait()


class _Session:
    """A WebKitWebDriver and the MiniBrowser that it has started.

    Args:
        folder: the browser's home; what is downloaded comes to its folder `downloads`.
        display: the screen, as X writes it.
        proxy: host and port to which requests go that are not for this machine.
    """

    def __init__(self, folder: Path, display: str, proxy: str) -> None:
        config = folder / ".config"
        (config / "gtk-3.0").mkdir(parents=True, exist_ok=True)
        (config / "gtk-3.0/gtk.css").write_text(_SMALL_BARS)
        (config / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{folder / "downloads"}"\n')
        environ = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "HOME": str(folder),
                   "XDG_CONFIG_HOME": str(config), "XDG_CACHE_HOME": str(folder / "cache"),
                   "XDG_DATA_HOME": str(folder / "data"), "NO_AT_BRIDGE": "1"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}"
        self.log = folder / "webkit.log"
        with self.log.open("w") as out:
            self._process = subprocess.Popen([str(DRIVER), f"--port={port}"], env=environ, stdout=out,
                                             stderr=subprocess.STDOUT, start_new_session=True)
        arguments = ["--automation", "--autoplay-policy=allow", "--ignore-host=127.0.0.1", f"--proxy=http://{proxy}"]
        self._wanted = {"pageLoadStrategy": "none", "timeouts": {"script": 1000 * SCRIPT_SECONDS},
                        "webkitgtk:browserOptions": {"binary": MINI_BROWSER, "args": arguments}}
        self._path = ""
        try:
            self._path = f"/session/{self._begin()}"
        except BaseException:
            self.end()
            raise

    def _begin(self) -> str:
        wanted = {"capabilities": {"alwaysMatch": self._wanted}}
        for _ in range(300):
            with contextlib.suppress(ConnectionError, urllib.error.URLError):
                return self.send("POST", "/session", wanted, seconds=60)["sessionId"]
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"WebKitWebDriver did not start: {self.log.read_text(errors='replace')}")

    def send(self, method: str, path: str, body: dict[str, Any] | None = None,
             seconds: float = SCRIPT_SECONDS + 60) -> Any:
        """A command's value. RuntimeError: it was refused. TimeoutError: no answer in `seconds`."""
        request = urllib.request.Request(self._url + self._path + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            said = refused.read().decode(errors="replace")
            raise RuntimeError(f"{method} {path}: {said}") from None

    def end(self) -> None:
        if self._path and self._process.poll() is None:
            with contextlib.suppress(Exception):
                self.send("DELETE", "", seconds=10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _session(folder: Path, display: str, proxy: str) -> _Session:
    """The browser does not always answer its driver; then another one is started."""
    for attempt in range(3):
        try:
            return _Session(folder, display, proxy)
        except TimeoutError:
            if attempt == 2:
                raise
    raise AssertionError


class WebKitPage(Driven):
    """A MiniBrowser with one page."""

    def __init__(self, folder: Path, display: str, home: str) -> None:
        super().__init__(folder / "downloads")
        self.downloads.mkdir(parents=True)
        self._home = home
        self._elsewhere = _Elsewhere(self.strangers)
        try:
            self._session = _session(folder, display, self._elsewhere.address)
        except BaseException:
            self._elsewhere.close()
            raise
        self._send = self._session.send
        self._closed = False

    def goto(self, url: str) -> None:
        self._leave(lambda: self._send("POST", "/url", {"url": url}))

    def reload(self) -> None:
        self._leave(lambda: self._send("POST", "/refresh", {}))

    def _leave(self, go: Any) -> None:
        """Another document, with ears in it before it has loaded."""
        self.collect()
        self._send("POST", "/execute/sync", {"script": "window.__left = true", "args": []})
        go()
        self._until(self._heard, PATIENCE, "the page did not load")
        self.wait_for_function("() => document.readyState === 'complete'")

    def _heard(self) -> bool:
        with contextlib.suppress(RuntimeError):  # between two documents there is none to answer
            return bool(self._send("POST", "/execute/sync", {"script": _LISTEN, "args": []}))
        return False

    def collect(self) -> None:
        """What the page itself keeps; other ports of this machine are not the proxy's."""
        faults, asked = self.evaluate(_COLLECT)
        self.errors += faults
        self.strangers += [url for url in asked if not url.startswith((self._home, "data:", "blob:"))]

    def set_viewport_size(self, size: dict[str, int]) -> None:
        """The window is larger than the page by its bars."""
        for _ in range(4):
            inside = self.evaluate("() => [innerWidth, innerHeight]")
            if inside == [size["width"], size["height"]]:
                return
            rect = self._send("GET", "/window/rect")
            self._send("POST", "/window/rect", {"width": rect["width"] + size["width"] - inside[0],
                                                "height": rect["height"] + size["height"] - inside[1]})
            time.sleep(0.3)
        raise RuntimeError(f"the page stays {inside[0]} × {inside[1]}")

    def close(self) -> None:
        """Ends the browser; what was wrong stays in `errors` and `strangers`."""
        if self._closed:
            return
        self._closed = True
        try:
            self.collect()
        finally:
            self._session.end()
            self._elsewhere.close()

    def _run(self, function: str) -> str:
        script = f"const done = arguments[arguments.length - 1]; ({function})().then(done);"
        return self._send("POST", "/execute/async", {"script": script, "args": []})

    def _act(self, actions: list[dict[str, Any]]) -> None:
        self._send("POST", "/actions", {"actions": actions})

    def _upload(self, css: str, nth: int, path: str) -> None:
        found = self._send("POST", "/elements", {"using": "css selector", "value": css})[nth]
        self._send("POST", f"/element/{found[_ELEMENT]}/value", {"text": path})

    def _picture(self) -> bytes:
        return base64.b64decode(self._send("GET", "/screenshot"))


class _Elsewhere:
    """A proxy that reaches nothing: it writes down what is asked of hosts other than this one."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                visitor, _ = self._door.accept()  # some connect long before they ask, or never do
                threading.Thread(target=self._hear, args=(visitor,), daemon=True).start()

    def _hear(self, visitor: socket.socket) -> None:
        with visitor, contextlib.suppress(OSError):
            visitor.settimeout(5)
            self._asked.append(visitor.recv(4096).decode(errors="replace").split("\r\n")[0])

    def close(self) -> None:
        self._door.close()
