"""All pages as one Gradio app."""

from __future__ import annotations

import gradio as gr

from dance_core.pages.blocks import Blocks
from dance_core.pages.files import use_folder
from dance_core.serving.engine import Engine
from dance_core.settings import Settings
from dance_core.study.book import VoteBook

TITLE = "Dance Core"
_HEAD = """<header class="page-head"><h1>Dance Core</h1>
<p>Give it a song, choose a style and a first pose, and watch somebody dance to it, beat by beat.</p>
</header>"""


def build(engine: Engine | None, settings: Settings, book: VoteBook | None = None) -> gr.Blocks:
    """The app, ready for `serve.web_app`. Only what its pages need is loaded.

    Args:
        engine: where dances are made; needed where `settings.dances`.
        settings: limits and folders.
        book: where votes go; by default the CSV that the settings name.
    """
    use_folder(settings)
    book = book or VoteBook(settings.votes_csv)
    keep = int(settings.keep_hours * 3600)
    with Blocks(title=TITLE, analytics_enabled=False, delete_cache=(min(600, keep), keep),
                fill_width=True) as pages:
        if settings.shows("dance") and engine is not None:
            from dance_core.pages.dance import dance_page

            gr.HTML(_HEAD, padding=False)
            dance_page(engine, settings, book)
    if settings.shows("rate"):
        from dance_core.pages.rate import rate_page

        with pages.route("Rate", "/rate", show_in_navbar=False):
            rate_page(settings)
    if settings.researcher_password and settings.shows("results"):
        from dance_core.pages.results_page import results_page

        with pages.route("Results", "/results", show_in_navbar=False):
            results_page(settings)
    if settings.researcher_password and settings.shows("inspect") and engine is not None:
        from dance_core.pages.inspect import inspect_page

        with pages.route("Inspect", "/inspect", show_in_navbar=False):
            inspect_page(engine, settings)
    pages.queue(max_size=settings.max_waiting)
    return pages
