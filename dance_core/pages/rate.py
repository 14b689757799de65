"""The Rate page: one address, out of the navigation, on which a person goes through a whole study.

    /rate?study=ID&PROLIFIC_PID=…

The page's script (rate.js) asks one server function for everything; which step comes next is decided by
`study.sessions.Desk`. Nothing goes through Gradio's queue, so an answer is never lost with a connection.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dance_core.errors import UserError
from dance_core.pages.aliases import ADDRESS
from dance_core.pages.player.component import Scripted, file, script_loader, serve
from dance_core.pages.rate_player import stage_value
from dance_core.settings import Settings
from dance_core.study import preview
from dance_core.study.entry import SIGNATURE, Visit, named
from dance_core.study.folder import FILES, load_study, stamp
from dance_core.study.sessions import Desk
from dance_core.study.texts import TEXTS, fill

log = logging.getLogger(__name__)
_HERE = Path(__file__).parent
SCRIPT, SHEET = _HERE / "rate.js", _HERE / "rate.css"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{2,63}")
_GUEST = re.compile(r"[0-9a-f\-]{36}")
_MOST_DESKS = 200


class Desks:
    """The desks of all studies below `settings.studies_dir`, opened when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._open: dict[str, Desk] = {}
        self._stamps: dict[str, tuple[int, ...]] = {}  # of the study as its desk has it
        self._lock = threading.Lock()
        for folder in settings.studies_dir.absolute().glob(f"*/{FILES}"):
            serve(folder)  # at once: pages that were open before a restart go on fetching

    def get(self, study: object) -> Desk | None:
        """The desk of a study by its id, or None where there is none."""
        if not isinstance(study, str) or not _ID.fullmatch(study):
            return None
        with self._lock:
            folder = self.settings.studies_dir.absolute() / study
            if study not in self._open or self._stamps[study] != stamp(folder):
                if not folder.is_dir() or len(self._open) >= _MOST_DESKS:
                    return None
                self._stamps[study] = stamp(folder)
                try:
                    desk = Desk(load_study(folder), max_comment=self.settings.max_comment)
                except UserError as error:
                    log.error("%s", error)
                    return None
                serve(desk.study.files)
                self._open[study] = desk
            return self._open[study]

    def ask(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """What the page asks for, whatever it is; always a step or a refusal, never an exception."""
        try:
            desk = self.get(sent.get("study"))
            if desk is None:
                return {"step": "unknown", "texts": dict(TEXTS)}
            if sent.get("do") == "preview":
                return self._preview(desk, sent)
            if sent.get("do") == "enter":
                return self._enter(desk, sent)
            return _for_page(desk, desk.act(sent.get("token"), sent))
        except Exception:  # the answer must reach the person, whatever went wrong here
            log.exception("a step of a study failed")
            return {"refused": "busy", "text": TEXTS["refused_busy"]}

    def _preview(self, desk: Desk, sent: Mapping[str, Any]) -> dict[str, Any]:
        if not preview.opens(desk.study.folder, sent.get("key")):
            return {"step": "unknown", "texts": dict(TEXTS)}
        lang = desk.design.language(str(sent.get("wished", ""))[:200])
        step = preview.step(desk.study, desk.design.words(lang), sent.get("place"), sent.get("number"))
        return {**_for_page(desk, step), **self._looks(desk, lang)}

    def _looks(self, desk: Desk, lang: str) -> dict[str, Any]:
        """What the page needs once: texts of a language, and the stage's light."""
        texts = dict(desk.design.words(lang))
        for key in ("nobody_about", "badid_about"):
            texts[key] = fill(texts[key], parameter=desk.design.parameter)
        return {"texts": texts, "title": texts["title"], "lang": lang, "stage_light": desk.design.stage,
                "player": {TEXTS[key]: texts[key] for key in TEXTS if key.startswith("player_")},
                "max_comment": desk.max_comment}

    def _enter(self, desk: Desk, sent: Mapping[str, Any]) -> dict[str, Any]:
        design = desk.design
        query = sent.get("query")
        query = query if isinstance(query, Mapping) else {}
        person = query.get(design.parameter)
        guest, secret = sent.get("guest"), sent.get("secret")
        if not person and design.guests and isinstance(guest, str) and _GUEST.fullmatch(guest):
            person = f"guest {guest}"
        wished = named(query, "lang") or str(sent.get("wished", ""))[:200]
        step = desk.enter(Visit(
            person if isinstance(person, str) else "", named(query, design.session),
            named(query, design.platform), named(query, SIGNATURE),
            secret if isinstance(secret, str) and _GUEST.fullmatch(secret) else "", ADDRESS.get(), wished))
        return {**_for_page(desk, step), **self._looks(desk, step.get("lang") or design.language(wished))}


def _for_page(desk: Desk, step: dict[str, Any]) -> dict[str, Any]:
    """A step with its files as the page needs them."""
    if "now" in step:
        return {**step, "now": _for_page(desk, step["now"])}
    if step.get("step") == "headphones":
        return {**step, "file": file(step["file"])}
    if step.get("step") != "trial":
        return step
    plain = {key: value for key, value in step.items() if key not in ("left", "right", "music")}
    left, right = step.get("sides", (desk.texts["left"], desk.texts["right"]))
    dances = {left if step["right"] else " ": Path(step["left"])}
    if step["right"]:
        dances[right] = Path(step["right"])
    name = f"{step['trial']}/{secrets.token_hex(4)}"  # shown anew is watched anew
    return {**plain, "name": name, "pair": step["right"] is not None,
            "stage": stage_value(name, Path(step["music"]), dances, step["seconds"])}


class RatePage(Scripted):
    """The page's one component: a static template that rate.js fills."""

    def __init__(self, desks: Desks, **more: Any) -> None:
        serve(SCRIPT)
        serve(SHEET)

        def ask(data: Any) -> dict[str, Any]:
            # Gradio hands the arguments over as one list
            sent = data[0] if isinstance(data, list) and data else data
            return desks.ask(sent if isinstance(sent, Mapping) else {})

        ask.__name__ = "ask"
        super().__init__("player", '<div class="ra" data-rate></div>', {}, server_functions=[ask], **more)
        self.js_on_load = script_loader("""
          if (window.DanceRate) window.DanceRate(element, props, server);
          else {
            const s = document.createElement('script');
            s.src = props.value.rate.url;
            s.onload = () => window.DanceRate(element, props, server);
            document.head.append(s);
          }""")

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the addresses of the page's own script and style sheet."""
        return super().postprocess({**(value or {}), "rate": file(SCRIPT), "sheet": file(SHEET)})


def rate_page(settings: Settings) -> None:
    """Build the page inside the Blocks' route that is open."""
    RatePage(Desks(settings), elem_id="rate", padding=False)
