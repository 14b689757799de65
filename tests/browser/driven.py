"""A page of a browser that answers scripts and takes real keys and clicks: what Firefox and WebKit share.

`Page` names what the tests ask of a page. The names are Playwright's, so a page of Playwright is one too and
the same text runs in every browser. Here a `selector` is CSS, or CSS and ` >> nth=2` (the first is 0), and a
`function` is the text of a JavaScript function.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

SCRIPT_SECONDS = 120  # the longest that a function may take
PATIENCE = 90_000  # ms that a command waits for what it needs, if it is told nothing else
_STEP = 0.05  # s between two looks at the page
_KEYS = {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
         "Backspace": "\ue003", "Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Control": "\ue009",
         "Escape": "\ue00c", "Space": " ", "End": "\ue010", "Home": "\ue011"}  # as WebDriver writes them

_FIND = """([css, nth]) => {
    const e = document.querySelectorAll(css)[nth];
    if (!e) return null;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return { seen: box.width > 0 && box.height > 0 && style.visibility === "visible", text: e.innerText,
             value: e.value, enabled: !e.disabled };
}"""
# Where to click: at `at` from the element's corner or in its middle, once it stands still and nothing else
# lies there. What something else lies over (a bar that stays in sight, say) is scrolled to the middle for the
# next look.
_AIM = """async ([css, nth, at]) => {
    const e = document.querySelectorAll(css)[nth];
    if (!e || e.disabled) return null;
    const place = () => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; };
    const [left, top, width, height] = place();
    if (!width || !height) return null;
    if (top < 0 || left < 0 || top + height > innerHeight || left + width > innerWidth) {
        e.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    }
    const before = place().join();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const now = place();
    if (now.join() !== before) return null;
    const x = Math.floor(now[0] + (at?.x ?? now[2] / 2)), y = Math.floor(now[1] + (at?.y ?? now[3] / 2));
    const hit = document.elementFromPoint(x, y);
    const labelled = hit?.closest("label")?.contains(e) || [...(e.labels ?? [])].some((l) => l.contains(hit));
    if (e.contains(hit) || labelled) return [x, y];
    e.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    return null;
}"""
_WHY = """([css, nth]) => {
    const e = document.querySelectorAll(css)[nth];
    if (!e) return "there is none";
    const b = e.getBoundingClientRect(), x = b.left + b.width / 2, y = b.top + b.height / 2;
    const hit = document.elementFromPoint(x, y);
    return `${e.disabled ? "disabled, " : ""}${b.width} x ${b.height} at ${b.left}, ${b.top} of ${innerWidth}`
        + ` x ${innerHeight}, under ${hit?.outerHTML.slice(0, 200)}`;
}"""
_FILL = """([css, nth, text]) => {
    const e = document.querySelectorAll(css)[nth];
    e.focus();
    e.select();
    document.execCommand(text ? "insertText" : "delete", false, text);
    e.dispatchEvent(new Event("change", { bubbles: true }));
    return e.value;
}"""


class Keyboard(Protocol):
    def press(self, key: str) -> None: ...


class Page(Protocol):
    """What the tests ask of a page, in any browser. Waits raise after `timeout` ms (Playwright's error, or
    TimeoutError)."""

    keyboard: Keyboard

    def goto(self, url: str) -> Any: ...
    def reload(self) -> Any: ...
    def evaluate(self, function: str, arg: Any = None) -> Any: ...
    def click(self, selector: str, *, position: Any = None) -> None: ...
    def check(self, selector: str) -> None: ...
    def fill(self, selector: str, value: str) -> None: ...
    def focus(self, selector: str) -> None: ...
    def set_input_files(self, selector: str, files: str) -> None: ...
    def wait_for_selector(self, selector: str, *, state: str = "visible",
                          timeout: float = PATIENCE) -> Any: ...
    def wait_for_function(self, function: str, *, arg: Any = None, timeout: float = PATIENCE) -> Any: ...
    def wait_for_timeout(self, timeout: float) -> None: ...
    def inner_text(self, selector: str) -> str: ...
    def get_attribute(self, selector: str, name: str) -> str | None: ...
    def is_visible(self, selector: str) -> bool: ...
    def is_hidden(self, selector: str) -> bool: ...
    def set_viewport_size(self, size: dict[str, int]) -> None: ...
    def screenshot(self, *, path: str) -> Any: ...


class _Keys:
    def __init__(self, page: Driven) -> None:
        self._page = page

    def press(self, key: str) -> None:
        """One key, or several held together: `Shift+?`."""
        keys = [_KEYS.get(k, k) for k in (key.split("+") if len(key) > 1 else [key])]
        steps = [{"type": "keyDown", "value": k} for k in keys]
        steps += [{"type": "keyUp", "value": k} for k in reversed(keys)]
        self._page._act([{"type": "key", "id": "keys", "actions": steps}])


class Driven:
    """A Page on four things that a browser must do: `goto`, `_run` a function, `_act`, and `_upload`.

    Attributes:
        errors: what went wrong on the page so far; complete after `collect`.
        strangers: addresses that the page asked other hosts for; complete after `collect`.
        downloads: the folder into which the browser puts files.
    """

    def __init__(self, downloads: Path) -> None:
        self.keyboard = _Keys(self)
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self.downloads = downloads

    # ---- of each browser -------------------------------------------------------------------------------

    def goto(self, url: str) -> None:
        raise NotImplementedError

    def reload(self) -> None:
        raise NotImplementedError

    def collect(self) -> None:
        """Ask the browser for the errors that it has kept so far."""
        raise NotImplementedError

    def set_viewport_size(self, size: dict[str, int]) -> None:
        raise NotImplementedError

    def _run(self, function: str) -> str:
        """Call a JavaScript function without arguments that returns a promise of a text."""
        raise NotImplementedError

    def _act(self, actions: list[dict[str, Any]]) -> None:
        """Keys and pointers, as both versions of WebDriver write them."""
        raise NotImplementedError

    def _upload(self, css: str, nth: int, path: str) -> None:
        raise NotImplementedError

    def _picture(self) -> bytes:
        """What is on the screen, as PNG."""
        raise NotImplementedError

    # ---- of all ----------------------------------------------------------------------------------------

    def evaluate(self, function: str, arg: Any = None) -> Any:
        """What the function says, promised or at once. RuntimeError: it threw."""
        text = self._run(_ask(function, arg))
        answer = json.loads(text)
        if "error" in answer:
            raise RuntimeError(f"{answer['error']}\nin {function}")
        return answer.get("value")

    def click(self, selector: str, *, position: dict[str, float] | None = None) -> None:
        """In the middle, or at `position` {x, y} px from the element's upper left corner."""
        try:
            x, y = self._until(lambda: self.evaluate(_AIM, [*_parts(selector), position]), PATIENCE,
                               f"{selector} can't be clicked")
        except TimeoutError as error:
            raise TimeoutError(f"{error}: {self.evaluate(_WHY, _parts(selector))}") from None
        self._press(x, y)

    def check(self, selector: str) -> None:
        css, nth = _parts(selector)
        ticked = "([css, nth]) => document.querySelectorAll(css)[nth]?.checked"
        if not self.evaluate(ticked, [css, nth]):
            self.click(selector)
        self._until(lambda: self.evaluate(ticked, [css, nth]), PATIENCE, f"{selector} did not take the tick")

    def fill(self, selector: str, value: str) -> None:
        self.wait_for_selector(selector)
        css, nth = _parts(selector)
        kept = self.evaluate(_FILL, [css, nth, value])
        assert kept == value, f"{selector} holds {kept!r} instead of {value!r}"

    def focus(self, selector: str) -> None:
        self.wait_for_selector(selector, state="attached")
        self.evaluate("([css, nth]) => document.querySelectorAll(css)[nth].focus()", _parts(selector))

    def set_input_files(self, selector: str, files: str) -> None:
        self.wait_for_selector(selector, state="attached")
        self._upload(*_parts(selector), str(Path(files).resolve()))

    def wait_for_selector(self, selector: str, *, state: str = "visible",
                          timeout: float = PATIENCE) -> None:
        wanted: dict[str, Callable[[Any], bool]] = {
            "visible": lambda e: bool(e and e["seen"]), "hidden": lambda e: not (e and e["seen"]),
            "attached": lambda e: e is not None, "detached": lambda e: e is None}
        self._until(lambda: wanted[state](self._look(selector)), timeout, f"{selector} never was {state}")

    def wait_for_function(self, function: str, *, arg: Any = None, timeout: float = PATIENCE) -> None:
        self._until(lambda: self.evaluate(function, arg), timeout, f"never true: {function}")

    def wait_for_timeout(self, timeout: float) -> None:
        time.sleep(timeout / 1000)

    def inner_text(self, selector: str) -> str:
        self.wait_for_selector(selector, state="attached")
        return self._look(selector)["text"]

    def get_attribute(self, selector: str, name: str) -> str | None:
        self.wait_for_selector(selector, state="attached")
        return self.evaluate("([css, nth, name]) => document.querySelectorAll(css)[nth].getAttribute(name)",
                             [*_parts(selector), name])

    def is_visible(self, selector: str) -> bool:
        return bool((self._look(selector) or {}).get("seen"))

    def is_hidden(self, selector: str) -> bool:
        return not self.is_visible(selector)

    def download(self, selector: str) -> Path:
        """Click, and wait for the file that comes: complete, under its own name."""
        before = set(self.downloads.iterdir())
        self.click(selector)

        def come() -> Path | None:
            new = set(self.downloads.iterdir()) - before
            under_way = any(p.suffix in (".part", ".wkdownload") for p in new)
            return None if under_way else next((p for p in new if p.stat().st_size), None)

        return self._until(come, PATIENCE, f"no file came from {selector}")

    def screenshot(self, *, path: str) -> None:
        Path(path).write_bytes(self._picture())

    def _look(self, selector: str) -> dict[str, Any] | None:
        return self.evaluate(_FIND, _parts(selector))

    def _press(self, x: float, y: float) -> None:
        steps = [{"type": "pointerMove", "x": x, "y": y, "duration": 0}, {"type": "pointerDown", "button": 0},
                 {"type": "pointerUp", "button": 0}]
        self._act([{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
                    "actions": steps}])

    def _until(self, look: Callable[[], Any], timeout: float, sentence: str) -> Any:
        last = time.monotonic() + timeout / 1000
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > last:
                raise TimeoutError(f"{sentence} (after {timeout / 1000:g} s)")
            time.sleep(_STEP)


def _parts(selector: str) -> list[Any]:
    """The CSS and which of its elements."""
    css, _, nth = selector.partition(" >> nth=")
    return [css, int(nth or 0)]


def _ask(function: str, arg: Any) -> str:
    """A function that tells in JSON what `function(arg)` gave, or what it threw."""
    return (f"async () => {{ try {{ const value = await ({function})({json.dumps(arg)});"
            "return JSON.stringify({ value }); }"
            "catch (e) { return JSON.stringify({ error: `${e}\\n${e?.stack ?? ''}` }); } }")
