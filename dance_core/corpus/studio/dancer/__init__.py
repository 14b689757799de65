"""The Studio's dancer: a vocabulary of moves on counts, and a body that performs routines of them.

    pose    words for arms, hands and faces        keys     how channels get from key to key
    score   how a move is written down             routine  moves in a row -> keys in the room
    style   what a style looks like at rest        perform  keys -> Motion, with the help of
    moves/  the vocabulary, a file a style         feet, legs, and opening (reference pose -> dance)
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from dance_core.corpus.studio.dancer import moves as _moves
from dance_core.corpus.studio.dancer.score import MOVES, Move
from dance_core.corpus.studio.dancer.style import STYLES, Style, style_key, style_title

__all__ = ["STYLES", "Move", "Style", "style_key", "style_title", "vocabulary"]


@functools.cache
def vocabulary() -> dict[str, tuple[Move, ...]]:
    """All moves by style key, in the order in which they are written."""
    for found in pkgutil.iter_modules(_moves.__path__):
        importlib.import_module(f"{_moves.__name__}.{found.name}")
    return {style: tuple(MOVES.get(style, ())) for style in STYLES}
