"""A page and everything that went wrong on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.driven import Driven, Page


@dataclass
class Visit:
    """An open page of any browser.

    Attributes:
        page: takes the commands.
        download: clicks on a selector and gives the file that came.
        errors: of scripts and requests; complete after `collect`.
        strangers: what was asked of other hosts; complete after `collect`.
        collect: asks the browser for what it has not told yet.
        close: ends the visit, after a last `collect`.
    """

    page: Page
    download: Callable[[str], Path]
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    collect: Callable[[], None] = lambda: None
    close: Callable[[], None] = lambda: None


def visit_of(page: Driven, close: Callable[[], None]) -> Visit:
    return Visit(page, page.download, page.errors, page.strangers, page.collect, close)
