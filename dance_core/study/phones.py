"""How the headphone check goes: six sounds in an order of one's own, and a second try."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from dance_core.study.answers import Refused
from dance_core.study.state import Row
from dance_core.study.tones import PASS

TRIES = 2
Tones = Sequence[tuple[str, int]]  # (file, which of three tones is the quiet one)


@dataclass(frozen=True)
class Heard:
    """What an answer does: columns of the rater that change, right answers where a round is over, and
    whether another round begins.
    """

    changes: dict[str, object]
    right: int | None = None
    again: bool = False


def order(rater: Row, tones: Tones) -> list[tuple[str, int]]:
    """The sounds in this person's own order, another one at the second try."""
    mine = list(tones)
    random.Random(f"{rater['nonce']}/{rater['phones_try']}").shuffle(mine)
    return mine


def sound(rater: Row) -> str:
    """Names the sound that is to be answered, so that an answer that comes twice counts once."""
    return f"{rater['phones_try']}-{rater['phones_done']}"


def hear(rater: Row, tone: object, tones: Tones, rule: str) -> Heard:
    """Take an answer (1 to 3). `rule`: "ask", or "required": who fails twice can't go on. Raises Refused."""
    if isinstance(tone, bool) or tone not in (1, 2, 3):
        raise Refused("incomplete")
    number = rater["phones_done"]
    right = rater["phones_right"] + (tone == order(rater, tones)[number][1])
    if number + 1 < len(tones):
        return Heard({"phones_done": number + 1, "phones_right": right})
    if right >= PASS:
        return Heard({"phones": "passed"}, right)
    tried = rater["phones_try"] + 1
    if tried < TRIES:
        return Heard({"phones_try": tried, "phones_done": 0, "phones_right": 0}, right, again=True)
    if rule != "required":
        return Heard({"phones": "failed"}, right)
    return Heard({"phones": "failed", "gone": "screened", "place": None, "marked": 0,
                  "excluded": f"headphones: {right} of {len(tones)}"}, right)
