"""Starts the app: reads the settings, builds the pages, warms up, launches.

    .venv/bin/python app.py

Settings come from DANCE_* variables (dance_core/settings.py), for example DANCE_PORT=8080.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from dance_core import threads
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.generators.base import Generator
    from dance_core.serving.local import LocalEngine
    from dance_core.serving.remote import RemoteEngine


def starting_with(first: str) -> dict[str, Generator]:
    """The generators of this process; where they run elsewhere, nothing of them is imported."""
    from dance_core.generators import starting_with

    return starting_with(first)


def opened(settings: Settings) -> tuple[Settings, LocalEngine | RemoteEngine]:
    """The settings within their budget of memory, and where dances are made. Raises UserError."""
    from dance_core.serving.memory import within_memory
    from dance_core.serving.opening import open_engine

    settings = within_memory(settings)
    return settings, open_engine(settings, lambda: starting_with(settings.generator), many=True)


def main() -> int:
    argparse.ArgumentParser(  # it has no arguments: one is refused rather than overlooked
        prog="app.py", description="Starts the app and prints its address.",
        epilog="It is set up by DANCE_* variables, for example DANCE_PORT=8080: the README has a table.",
    ).parse_args()
    threads.set_up()  # before anything that loads NumPy or torch
    threads.take_short_turns()
    from dance_core.pages.front import Front
    from dance_core.pages.place import listen, shown

    try:
        settings = Settings.from_env()
        Front(settings)  # says so if a setting of the network is bad
        settings, engine = opened(settings) if settings.dances else (settings, None)
        place = listen(settings)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2

    from dance_core.pages.build import build
    from dance_core.pages.files import start_sweeper
    from dance_core.pages.serve import server, web_app

    pages = build(engine, settings)

    def ready() -> None:  # while visitors look for a song
        if engine is not None and settings.shows("dance"):  # raters see what was made before
            from dance_core.music.analysis import warm_up

            warm_up()
            engine.load()

    warming = threading.Thread(target=ready, name="dance-warm-up", daemon=True)
    warming.start()
    start_sweeper(settings)
    app = server(web_app(pages, settings))
    print(f"Dance Core: {shown(place)}", flush=True)
    code = 0
    try:
        app.run(sockets=[place])
    except KeyboardInterrupt:
        code = 130
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if app.force_exit:  # Ctrl-C twice: threads that serve open pages are still waiting, and would for ever
        os._exit(code)
    if engine is not None:
        engine.close()  # native code that runs on while the interpreter ends would abort the process
    warming.join()
    return code


if __name__ == "__main__":
    sys.exit(main())
