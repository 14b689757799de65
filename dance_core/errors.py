"""The one error that people see: a plain sentence, with the number that was wrong."""

from __future__ import annotations


class UserError(ValueError):
    """Bad input. Its text is one plain sentence for the person who gave it, never a traceback.

    Pages show it as it is, the command line prints it and exits with 2. Nothing in it may
    be a path of the server or the content of somebody else's file.
    """
