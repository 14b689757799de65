"""Firefox over WebDriver BiDi, which it speaks by itself: no geckodriver, nothing downloaded."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.browser.driven import SCRIPT_SECONDS, Driven
from tests.browser.visit import Visit, visit_of

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
_READY = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_EVENTS = ["log.entryAdded", "network.beforeRequestSent", "network.responseCompleted"]
_PREFERENCES: dict[str, Any] = {
    "media.autoplay.default": 0, "media.autoplay.blocking_policy": 0,
    "browser.download.folderList": 2, "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    # it asks nothing of the network by itself
    "app.normandy.enabled": False, "app.update.disabledForTesting": True,
    "browser.newtabpage.enabled": False, "browser.region.network.url": "",
    "browser.safebrowsing.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False, "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.downloads.enabled": False, "browser.search.update": False,
    "browser.startup.page": 0, "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False, "extensions.update.enabled": False,
    "extensions.getAddons.cache.enabled": False, "media.gmp-manager.updateEnabled": False,
    "media.gmp-manager.url": "data:,none",
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "nimbus.rollouts.enabled": False, "services.settings.server": "data:,none",
    "toolkit.telemetry.server": "data:,none", "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Firefox:
    """A headless Firefox with a profile of its own in `folder`, until `close`. `sound`: can be heard."""

    name = "firefox"

    def __init__(self, folder: Path, sound: bool = False) -> None:
        from websockets.sync.client import connect

        profile, self.downloads = folder / "profile", folder / "downloads"
        profile.mkdir(parents=True)
        self.downloads.mkdir()
        wanted = {**_PREFERENCES, "browser.download.dir": str(self.downloads),
                  # without a sound card music fails when it goes on after a pause
                  "media.cubeb.force_mock_context": not sound}
        (profile / "user.js").write_text("".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n"
                                                 for k, v in wanted.items()))
        environ = {**os.environ, "HOME": str(folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1",
                   "MOZ_CRASHREPORTER_DISABLE": "1"}
        self.log = folder / "firefox.log"
        with self.log.open("w") as out:
            self._process = subprocess.Popen(
                [str(FIREFOX), "--headless", "--no-remote", "--profile", str(profile),
                 "--remote-debugging-port", "0"],
                env=environ, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        self._open = contextlib.ExitStack()
        self.pages: dict[str, FirefoxPage] = {}
        self._number = 0
        try:
            self._socket = self._open.enter_context(
                connect(self._address() + "/session", max_size=None, ping_interval=None, open_timeout=60))
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=_EVENTS)
        except BaseException:
            self.close()
            raise

    def _address(self) -> str:
        for _ in range(1200):
            found = _READY.search(self.log.read_text(errors="replace"))
            if found:
                return found[1]
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"Firefox did not start: {self.log.read_text(errors='replace')}")

    def visit(self, home: str, width: int = 1100, height: int = 860) -> Visit:
        """An empty page with storage of its own. Requests that don't go to `home` are strangers."""
        person = self.send("browser.createUserContext")["userContext"]
        context = self.send("browsingContext.create", type="tab", userContext=person)["context"]
        page = FirefoxPage(self, context, person, home)
        self.pages[context] = page
        page.set_viewport_size({"width": width, "height": height})
        return visit_of(page, page.close)

    def send(self, method: str, **params: Any) -> Any:
        """A command's result; what happened meanwhile goes to the pages. RuntimeError: it failed."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=SCRIPT_SECONDS + 60))
            if message["type"] == "event":
                self._happened(message["method"], message["params"])
            elif message.get("id") == self._number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def _happened(self, method: str, params: dict[str, Any]) -> None:
        page = self.pages.get(params.get("context") or params.get("source", {}).get("context"))
        if page:
            page.happened(method, params)

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._open.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class FirefoxPage(Driven):
    """A tab."""

    def __init__(self, browser: Firefox, context: str, person: str, home: str) -> None:
        super().__init__(browser.downloads)
        self._browser, self._context, self._person, self._home = browser, context, person, home

    def goto(self, url: str) -> None:
        self._send("browsingContext.navigate", url=url, wait="complete")

    def reload(self) -> None:
        self._send("browsingContext.reload", wait="complete")

    def set_viewport_size(self, size: dict[str, int]) -> None:
        self._send("browsingContext.setViewport", viewport=size)

    def collect(self) -> None:
        self._browser.send("session.status")  # what happened before it is told before its answer

    def close(self) -> None:
        self.collect()
        self._browser.pages.pop(self._context)
        self._browser.send("browser.removeUserContext", userContext=self._person)

    def happened(self, method: str, params: dict[str, Any]) -> None:
        """An event of this page."""
        if method == "log.entryAdded":
            if params["level"] == "error":
                self.errors.append(params["text"] or str(params.get("args")))
            return
        url = params["request"]["url"]
        if method == "network.beforeRequestSent":
            if not url.startswith((self._home, "data:", "blob:", "about:")):
                self.strangers.append(url)
        elif params["response"]["status"] >= 400:
            self.errors.append(f"{params['response']['status']} for {url}")

    def _send(self, method: str, **params: Any) -> Any:
        return self._browser.send(method, context=self._context, **params)

    def _call(self, function: str, arguments: list[Any]) -> dict[str, Any]:
        answer = self._browser.send("script.callFunction", functionDeclaration=function, awaitPromise=True,
                                    target={"context": self._context}, arguments=arguments,
                                    userActivation=False)
        if answer["type"] != "success":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"]

    def _run(self, function: str) -> str:
        return self._call(function, [])["value"]

    def _act(self, actions: list[dict[str, Any]]) -> None:
        self._send("input.performActions", actions=actions)

    def _upload(self, css: str, nth: int, path: str) -> None:
        found = self._call("(css, nth) => document.querySelectorAll(css)[nth]",
                           [{"type": "string", "value": css}, {"type": "number", "value": nth}])
        self._send("input.setFiles", element={"sharedId": found["sharedId"]}, files=[path])

    def _picture(self) -> bytes:
        return base64.b64decode(self._send("browsingContext.captureScreenshot")["data"])
