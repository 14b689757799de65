"""The Design noun: a study as its researcher wrote it down, in YAML.

`read_design(path)` checks every value; whatever is wrong is one sentence that names the key. An example with
all keys stands in assets/studies/example.yaml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dance_core.errors import UserError
from dance_core.study import design_parts as parts
from dance_core.study.design_parts import KINDS, LANG, Block, Closing, Material, System
from dance_core.study.keys import Keys, load_yaml
from dance_core.study.texts import texts

__all__ = ["KINDS", "PAIRED", "Block", "Closing", "Design", "Material", "System", "parse_design",
           "read_design"]

PAIRED = ("preference", "quality", "match")  # two systems, the same song
_MOST_BYTES = 1 << 20
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{2,63}")


@dataclass(frozen=True)
class Design:
    """A whole study.

    Attributes:
        id: in the address; letters, digits, hyphens.
        title: above every page.
        consent, consent_version: what is agreed to; a new version is asked for anew.
        systems, materials: what is shown; every system dances to every material.
        clip_seconds: length of every dance that is shown; all the same.
        lead_in: seconds danced before that and cut off, so that nobody sees the reference pose.
        pose: reference pose of the gallery; "" for the first.
        blocks: what is asked, in this order; trials within a block come in an order of chance.
        raters: how many places there are.
        seed: of the plan.
        checks, allowed_misses: attention checks for each rater, and how many may be missed. At least one may:
            Prolific lets nobody be turned down for one miss in a study of more than five minutes.
        headphones: "off", "ask" (recorded, nobody is turned away), "required".
        practice: a trial that does not count comes first.
        watch_fraction: share of a clip that must have been played before an answer is taken.
        hold_hours: a place is kept so long for somebody who left.
        first_answer_minutes: or so long, where they have not answered anything yet (see places).
        unfinished: what happens to the answers of people who leave halfway: "exclude" or "count", whether
            or not somebody takes the place later.
        reasons, comments: whether tick boxes and free text are shown under pairs.
        parameter: of the address, with the person's id ("PROLIFIC_PID"). guests: whether the page may be
            opened without one (each browser is then a person).
        allow: who may come in: see `entry`. ids: file of the list, read when the study is made.
        per_address: places for people of one network address; 0 for any number.
        session, platform: parameters of the address with the platform's ids of a submission and of its study.
        code, url: shown at the end. ends: outcome ("screened", "attention", "full", "expired") → code and
            url of its own.
        devices: "any" or "computer": then phones and tablets are told so before they take a place.
        stage: "light" or "dark", for everybody, or "auto": as each one's system has it.
        shuffle_blocks: whether the blocks come in another order for each rater.
        closing: questions about the person, asked at the end.
        languages: code → texts, beside those of `lang`.
        texts: what the page says. lang: its language code.
    """

    id: str
    title: str
    consent: str
    consent_version: str
    systems: tuple[System, ...]
    materials: tuple[Material, ...]
    blocks: tuple[Block, ...]
    raters: int
    clip_seconds: float = 12.0
    lead_in: float = 2.0
    pose: str = ""
    seed: int = 1
    checks: int = 2
    allowed_misses: int = 1
    headphones: str = "ask"
    practice: bool = True
    watch_fraction: float = 0.9
    hold_hours: float = 24.0
    first_answer_minutes: float = 30.0
    unfinished: str = "exclude"
    reasons: bool = True
    comments: bool = True
    parameter: str = "PROLIFIC_PID"
    guests: bool = False
    allow: str = "any"
    ids: Path | None = None
    per_address: int = 0
    session: str = "SESSION_ID"
    platform: str = "STUDY_ID"
    code: str = ""
    url: str = ""
    ends: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    devices: str = "any"
    stage: str = "auto"
    shuffle_blocks: bool = False
    closing: tuple[Closing, ...] = ()
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lang: str = "en"
    texts: Mapping[str, str] = field(default_factory=lambda: texts({}))

    def language(self, wished: str) -> str:
        """The study's language that fits the wishes ("de-AT,en") best; its own where none does."""
        there = {code.lower(): code for code in (self.lang, *self.languages)}
        for wish in wished.lower().split(","):
            for code in (wish.strip(), wish.strip().split("-")[0]):
                if code in there:
                    return there[code]
        return self.lang

    def words(self, lang: str) -> Mapping[str, str]:
        """All texts of a language, `title` and `consent` among them."""
        return self.languages.get(lang) or {**self.texts, "title": self.title, "consent": self.consent}

    @property
    def frames(self) -> int:
        """Frames of a clip at 30 per second."""
        return round(self.clip_seconds * 30)

    @property
    def trials(self) -> int:
        """Trials of a rater, checks included."""
        return sum(b.trials for b in self.blocks) + self.checks

    @property
    def minutes(self) -> int:
        """A fair guess: every clip once and a quarter, and eight seconds to answer."""
        return max(1, math.ceil((self.trials * (1.25 * self.clip_seconds + 8) + 90) / 60))


def read_design(path: str | Path) -> Design:
    """A study from its YAML file. Raises UserError: one sentence that names the key."""
    path = Path(path)
    if not path.is_file():
        raise UserError(f"There is no study file {path.name!r}.")
    if path.stat().st_size > _MOST_BYTES:
        raise UserError(f"The study file is {path.stat().st_size / 2**20:.1f} MB long, at most 1 MB is read.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UserError(f"The study file {path.name!r} is no UTF-8 text.") from None
    return parse_design(text, path.parent)


def parse_design(text: str, folder: Path = Path()) -> Design:
    """A study from YAML text; paths in it are meant from `folder`. Raises UserError."""
    top = Keys(load_yaml(text), "", "the study")
    design = Design(
        id=top.text("id", most=64, shape=_ID, hint="3 to 64 letters, digits, hyphens"),
        title=top.text("title", most=200),
        **parts.consent(top), systems=parts.systems(top, folder), materials=parts.materials(top, folder),
        blocks=parts.blocks(top), raters=top.whole("raters", 1, 10_000),
        clip_seconds=top.number("clip_seconds", 3, 60, 12.0), lead_in=top.number("lead_in", 0, 20, 2.0),
        pose=top.text("pose", default="", most=40), seed=top.whole("seed", 0, 2**62, 1),
        **parts.attention(top), headphones=top.one_of("headphones", ("off", "ask", "required"), "ask"),
        practice=top.flag("practice", True), watch_fraction=top.number("watch_fraction", 0, 1, 0.9),
        hold_hours=top.number("hold_hours", 0.01, 24 * 60, 24.0),
        first_answer_minutes=top.number("first_answer_minutes", 1, 7 * 24 * 60, 30.0),
        unfinished=top.one_of("unfinished", ("exclude", "count"), "exclude"),
        reasons=top.flag("reasons", True), comments=top.flag("comments", True),
        **parts.people(top, folder), **parts.completion(top),
        devices=top.one_of("devices", ("any", "computer"), "any"),
        stage=top.one_of("stage", ("auto", "light", "dark"), "auto"),
        shuffle_blocks=top.flag("shuffle_blocks", False), closing=parts.closing(top),
        languages=parts.languages(top),
        lang=top.text("lang", default="en", most=20, shape=LANG,
                      hint="a language code like en or de"),
        texts=texts(top.mapping("language"), lang=top.text("lang", default="en", most=20)))
    top.nothing_else()
    _check_whole(design)
    return design


def _check_whole(design: Design) -> None:
    """What only shows when all is known."""
    pairs = len(design.systems) * (len(design.systems) - 1) // 2 * len(design.materials)
    there = {"preference": pairs, "quality": pairs, "match": pairs,
             "mismatch": len(design.systems) * len(design.materials),
             "single": len(design.systems) * len(design.materials)}
    for i, block in enumerate(design.blocks):
        where = f"blocks[{i}].trials"
        if block.kind in PAIRED and len(design.systems) < 2:
            raise UserError(f"blocks[{i}].kind is {block.kind}, which needs two systems, but there is one.")
        if block.kind == "mismatch" and len({m.key for m in design.materials}) < 2:
            raise UserError(f"blocks[{i}].kind is mismatch, which needs two songs, but there is one.")
        if block.trials > there[block.kind]:
            raise UserError(f"{where} is {block.trials}, but there are only {there[block.kind]} different "
                            "ones, and nobody should see one twice.")
    if design.checks and len(design.systems) < 2:
        raise UserError("attention.checks needs two systems to show; set it to 0.")
