"""The word of an engine that is being shut down."""

from __future__ import annotations

from dance_core.errors import UserError


class Closing(UserError):
    """The engine is being shut down."""

    def __init__(self) -> None:
        super().__init__("The server is shutting down and makes no more dances.")
