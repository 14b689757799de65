"""The parts of a study's YAML: what is shown, asked and said, each read from its own keys.

Every function takes the keys that it knows and raises UserError, a sentence with the key, for what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dance_core.corpus.studio.dancer import style_key
from dance_core.errors import UserError
from dance_core.study.judgments import SINGLE_QUESTIONS
from dance_core.study.keys import Keys
from dance_core.study.texts import texts

KINDS = ("preference", "quality", "match", "mismatch", "single")
OUTCOMES = ("screened", "attention", "full", "expired")  # ends other than the whole study
LANG = re.compile(r"[A-Za-z\-]{2,20}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class System:
    """Something whose dances are compared.

    Attributes:
        name: stands in the CSV; raters never see it.
        generator: name of a generator, or "" where `takes` is given.
        takes: a folder of Takes made before (found by song title and style), or None.
        seed, guidance, energy: given to the generator; energy None: as the seed has it.
    """

    name: str
    generator: str = ""
    takes: Path | None = None
    seed: int = 1
    guidance: float = 1.0
    energy: float | None = None


@dataclass(frozen=True)
class Material:
    """A stretch of a song in a style. `key` names it in the CSV."""

    key: str
    song: str
    style: str
    start: float = 0.0


@dataclass(frozen=True)
class Block:
    """So many trials of a kind for every rater; `ask` are the scales of single dances."""

    kind: str
    trials: int
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closing:
    """A question about the person, asked at the end; nobody has to answer. kind: choice, number, text."""

    key: str
    ask: str
    kind: str
    options: tuple[str, ...] = ()


def consent(top: Keys) -> dict[str, str]:
    """The text that is agreed to, and its version."""
    keys = Keys(top.raw("consent"), "consent", "consent")
    found = {"consent": keys.text("text", most=20_000),
             "consent_version": keys.text("version", most=40, shape=_NAME, hint="a short name such as 1.0")}
    keys.nothing_else()
    return found


def attention(top: Keys) -> dict[str, int]:
    """How many checks there are, and how many may be missed."""
    keys = Keys(top.mapping("attention"), "attention", "attention")
    found = {"checks": keys.whole("checks", 0, 20, 2),
             "allowed_misses": keys.whole("allowed_misses", 1, 20, 1)}
    keys.nothing_else()
    return found


def people(top: Keys, folder: Path) -> dict[str, Any]:
    """Who takes part, and how they are known."""
    keys = Keys(top.mapping("people"), "people", "people")
    found = {"parameter": keys.text("parameter", default="PROLIFIC_PID", most=40, shape=_NAME,
                                    hint="the name of an address parameter"),
             "guests": keys.flag("guests", False),
             "allow": keys.one_of("allow", ("any", "list", "signed"), "any"),
             "per_address": keys.whole("per_address", 0, 10_000, 0)}
    for key, default in (("session", "SESSION_ID"), ("platform", "STUDY_ID")):
        found[key] = keys.text(key, default=default, most=40, shape=_NAME,
                               hint="the name of an address parameter")
    ids = keys.text("ids", default="", most=1000)
    found["ids"] = folder / ids if ids else None
    keys.nothing_else()
    if bool(ids) != (found["allow"] == "list"):
        raise UserError("people.ids is the file of people.allow: list, and is needed there and nowhere else.")
    if found["guests"] and found["allow"] != "any":
        raise UserError(f"people.guests is true, but people.allow is {found['allow']}: guests have no id.")
    return found


def completion(top: Keys) -> dict[str, Any]:
    """Codes and addresses of the ends."""
    keys = Keys(top.mapping("completion"), "completion", "completion")
    ends = {}
    for outcome in OUTCOMES:
        if keys.has(outcome):
            own = Keys(keys.mapping(outcome), keys.name(outcome), "an end of its own")
            ends[outcome] = _end(own)
            own.nothing_else()
    code, url = _end(keys)
    keys.nothing_else()
    return {"code": code, "url": url, "ends": ends}


def _end(keys: Keys) -> tuple[str, str]:
    code, url = keys.text("code", default="", most=60), keys.text("url", default="", most=500)
    if url and not re.fullmatch(r"https?://[^\s\"'<>]+", url):
        raise UserError(f"{keys.name('url')} must begin with https:// or http://.")
    return code, url


def closing(top: Keys) -> tuple[Closing, ...]:
    """The questions about the person."""
    made = []
    for i, item in enumerate(top.sequence("closing", most=30) if top.has("closing") else ()):
        keys = Keys(item, f"closing[{i}]", "a question")
        kind = keys.one_of("kind", ("choice", "number", "text"), "choice")
        options = tuple(keys.strings("options")) if kind == "choice" else ()
        made.append(Closing(keys.text("key", most=40, shape=_KEY, hint="small letters, digits, underscores"),
                            keys.text("ask", most=500), kind, options))
        keys.nothing_else()
    _distinct([c.key for c in made], "closing", "key")
    return tuple(made)


def languages(top: Keys) -> dict[str, dict[str, str]]:
    """Texts of other languages, whole."""
    made = {}
    for code, changes in top.mapping("languages").items():
        if not isinstance(code, str) or not LANG.fullmatch(code):
            raise UserError(f"languages has {str(code)[:40]!r}, expected a language code like en or de.")
        if not isinstance(changes, dict):
            raise UserError(f"languages.{code} must be a list of keys and values.")
        made[code] = texts(changes, f"languages.{code}", code, whole=True)
    return made


def systems(top: Keys, folder: Path) -> tuple[System, ...]:
    """What is compared."""
    made = []
    for i, item in enumerate(top.sequence("systems", most=20)):
        keys = Keys(item, f"systems[{i}]", "a system")
        takes = keys.text("takes", default="", most=1000)
        system = System(keys.text("name", most=40, shape=_NAME, hint="letters, digits, hyphens"),
                        keys.text("generator", default="", most=80), folder / takes if takes else None,
                        keys.whole("seed", 0, 2**62, 1), keys.number("guidance", 0, 20, 1.0),
                        keys.number("energy", 0, 1, 0.0) if keys.has("energy") else None)
        keys.nothing_else()
        if bool(system.generator) == bool(takes):
            raise UserError(f"systems[{i}] needs either generator or takes, and not both.")
        made.append(system)
    _distinct([s.name for s in made], "systems", "name")
    return tuple(made)


def materials(top: Keys, folder: Path) -> tuple[Material, ...]:
    """What is danced to."""
    made = []
    for i, item in enumerate(top.sequence("songs", most=200)):
        keys = Keys(item, f"songs[{i}]", "a song")
        name = keys.text("song", most=1000)
        song = str(folder / name) if (folder / name).is_file() else name
        styles = [style_key(name) for name in keys.strings("styles")]
        start = keys.number("start", 0, 3600, 0.0)
        slug = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:40] or f"song-{i + 1}"
        key = keys.text("key", default=slug, most=40, shape=_NAME, hint="letters, digits, hyphens")
        keys.nothing_else()
        made += [Material(key, song, style, start) for style in styles]
    _distinct([f"{m.key} in {m.style}" for m in made], "songs", "key and style")
    return tuple(made)


def blocks(top: Keys) -> tuple[Block, ...]:
    """What is asked."""
    made = []
    for i, item in enumerate(top.sequence("blocks", most=20)):
        keys = Keys(item, f"blocks[{i}]", "a block")
        kind = keys.one_of("kind", KINDS)
        trials = keys.whole("trials", 1, 500)
        ask = keys.strings("ask", list(SINGLE_QUESTIONS)) if kind == "single" else []
        for name in ask:
            if name not in SINGLE_QUESTIONS:
                raise UserError(f"blocks[{i}].ask holds {name!r}, expected some of "
                                f"{', '.join(SINGLE_QUESTIONS)}.")
        keys.nothing_else()
        made.append(Block(kind, trials, tuple(dict.fromkeys(ask))))
    _distinct([b.kind for b in made], "blocks", "kind")
    return tuple(made)


def _distinct(names: Sequence[str], where: str, what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"{where} has the {what} {name!r} twice.")
