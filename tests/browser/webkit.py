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
_LISTEN = """
if (window.__faults || location.href === "about:blank") return document.URL;
const faults = window.__faults = [];
addEventListener("error", (e) => {
    if (e.message) faults.push(`${e.message} (${e.filename}:${e.lineno})`);
    else if (e.target.src || e.target.href) faults.push(`not loaded: ${e.target.src || e.target.href}`);
}, true);
addEventListener("unhandledrejection", (e) => faults.push(`unhandled: ${e.reason}`));
const error = console.error;
console.error = (...said) => { faults.push(said.join(" ")); error.apply(console, said); };
const fetch = window.fetch;
window.fetch = async (...asked) => {
    const answer = await fetch(...asked);
    if (answer.status >= 400) faults.push(`${answer.status} for ${answer.url}`);
    return answer;
};
return document.URL;
"""
# The browser's own bar would not let the window become as narrow as a phone.
_SMALL_BARS = "* { min-width: 0; padding: 0; margin: 0; font-size: 1px; border-width: 0; }\n"
_COLLECT = "() => (window.__faults ?? []).splice(0)"


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


class WebKitPage(Driven):
    """A MiniBrowser with one page."""

    def __init__(self, folder: Path, display: str, home: str) -> None:
        super().__init__(folder / "downloads")
        self._home = home
        self._elsewhere = _Elsewhere(self.strangers)
        config = folder / ".config"
        config.mkdir(parents=True)
        self.downloads.mkdir()
        style = config / "gtk-3.0" / "gtk.css"
        style.parent.mkdir()
        style.write_text(_SMALL_BARS)
        (config / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{self.downloads}"\n')
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}"
        environ = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "HOME": str(folder),
                   "XDG_CONFIG_HOME": str(config), "XDG_CACHE_HOME": str(folder / "cache"),
                   "XDG_DATA_HOME": str(folder / "data"), "NO_AT_BRIDGE": "1"}
        self.log = folder / "webkit.log"
        with self.log.open("w") as out:
            self._process = subprocess.Popen([str(DRIVER), f"--port={port}"], env=environ, stdout=out,
                                             stderr=subprocess.STDOUT, start_new_session=True)
        self._session = ""
        try:
            self._session = self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> str:
        arguments = ["--automation", "--autoplay-policy=allow", "--ignore-host=127.0.0.1",
                     f"--proxy=http://{self._elsewhere.address}"]
        wanted = {"pageLoadStrategy": "none", "timeouts": {"script": 1000 * SCRIPT_SECONDS},
                  "webkitgtk:browserOptions": {"binary": MINI_BROWSER, "args": arguments}}
        for _ in range(300):
            with contextlib.suppress(ConnectionError, urllib.error.URLError):
                return self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"WebKitWebDriver did not start: {self.log.read_text(errors='replace')}")

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(self._url + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=SCRIPT_SECONDS + 60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            said = refused.read().decode(errors="replace")
            raise RuntimeError(f"{method} {path}: {said}") from None

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self._ask(method, f"/session/{self._session}{path}", body)

    def goto(self, url: str) -> None:
        self._leave(lambda: self._send("POST", "/url", {"url": url}))

    def reload(self) -> None:
        self._leave(lambda: self._send("POST", "/refresh", {}))

    def _leave(self, go: Any) -> None:
        """Another document, with ears in it before it has loaded."""
        self.collect()
        self._send("POST", "/execute/sync", {"script": "window.__left = true", "args": []})
        go()
        listen = {"script": f"if (window.__left) return null;\n{_LISTEN}", "args": []}
        self._until(lambda: self._send("POST", "/execute/sync", listen), PATIENCE, "the page did not load")
        self.wait_for_function("() => document.readyState === 'complete'")

    def collect(self) -> None:
        self.errors += self.evaluate(_COLLECT)

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
        if self._session and self._process.poll() is None:
            with contextlib.suppress(Exception):
                self.collect()
                self._send("DELETE", "")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
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
                visitor, _ = self._door.accept()
                with visitor, contextlib.suppress(OSError):
                    visitor.settimeout(5)
                    self._asked.append(visitor.recv(4096).decode(errors="replace").split("\r\n")[0])

    def close(self) -> None:
        self._door.close()
