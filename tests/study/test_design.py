"""Studies in YAML: what is right is read as it stands, what is wrong gets one sentence with its key."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.settings import ASSETS
from dance_core.study.design import Block, parse_design, read_design
from dance_core.study.keys import Keys
from dance_core.study.texts import TEXTS, fill, texts
from tests.study.studies import TEXT, text

EXAMPLE = ASSETS / "studies" / "example.yaml"


def test_the_example_has_every_key_and_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    class Asked(set):
        def add(self, key: object) -> None:
            asked.add(str(key))
            super().add(key)

    made = Keys.__init__
    monkeypatch.setattr(Keys, "__init__", lambda self, *given: (made(self, *given),
                                                                setattr(self, "taken", Asked()))[0])
    design = read_design(EXAMPLE)
    assert (design.id, design.raters, design.trials, design.frames) == ("example", 12, 12, 360)
    assert design.blocks[0] == Block("preference", 3) and design.blocks[4].ask[0] == "overall"
    assert design.consent.startswith("We want to know") and design.guests
    written = EXAMPLE.read_text()
    assert {"hold_hours", "takes", "allow", "shuffle_blocks", "unfinished", "screened", "closing"} <= asked
    for key in asked:
        assert re.search(rf"\b{key}:", written), key


@pytest.mark.parametrize(("name", "key"), [("House", "gHO"), ("house", "gHO"), ("gHO", "gHO"), ("GHO", "gHO"),
                                           ("LA Hip-hop", "gLH"), ("modern", "modern"), ("tango", "tango")])
def test_a_style_goes_by_its_title_or_its_key(name: str, key: str) -> None:
    songs = f"[{{song: a, styles: ['{name}']}}, {{song: b, styles: [gLO]}}]"
    assert parse_design(text(songs=songs)).materials[0].style == key


@pytest.mark.parametrize("changes, said", [
    ({"id": "a b"}, "id can't be 'a b'"), ({"id": "../x"}, "id can't be"), ({"id": None}, "id is missing."),
    ({"title": ""}, "title is missing."), ({"title": "[1]"}, "title must be a text."),
    ({"consent": "yes"}, "consent must be"), ({"consent": "{version: '1'}"}, "consent.text is missing."),
    ({"consent": "{text: t, version: 'a b'}"}, "consent.version can't be 'a b'"),
    ({"systems": "[]"}, "systems must be a list of 1 to 20 entries."),
    ({"systems": "[{name: a}, {name: b, generator: c}]"}, "systems[0] needs either generator or takes"),
    ({"systems": "[{name: a, generator: c}, {name: a, generator: c}]"}, "systems has the name 'a' twice."),
    ({"systems": "[{name: a, generator: c, sed: 1}, {name: b, generator: c}]"}, "systems[0].sed is no key"),
    ({"systems": "[{name: a, generator: c}]"}, "blocks[0].kind is preference, which needs two systems"),
    ({"songs": "[{song: x}]"}, "songs[0].styles is missing."),
    ({"songs": "[{song: x, styles: [gHO], start: -1}]"}, "songs[0].start is -1, expected a number"),
    ({"songs": "[{song: x, styles: [gHO]}, {song: y, styles: [gHO]}]",
      "blocks": "[{kind: match, trials: 3}]"},
     "blocks[0].trials is 3, but there are only 2 different ones"),
    ({"songs": "[{song: x, styles: [gHO, gLO]}]"}, "blocks[2].kind is mismatch, which needs two songs"),
    ({"blocks": "[{kind: liking, trials: 1}]"}, "blocks[0].kind is 'liking', expected one of preference"),
    ({"blocks": "[{kind: single, trials: 1, ask: [nose]}]"}, "blocks[0].ask holds 'nose'"),
    ({"blocks": "[{kind: preference, trials: 0}]"}, "blocks[0].trials is 0, expected a whole number"),
    ({"raters": "many"}, "raters is 'many', expected a whole number"), ({"raters": "true"}, "raters is True"),
    ({"raters": "1.5"}, "raters is 1.5"),
    ({"clip_seconds": "2"}, "clip_seconds is 2, expected a number from 3"),
    ({"watch_fraction": "1.2"}, "watch_fraction is 1.2, expected a number from 0 to 1."),
    ({"watch_fraction": ".nan"}, "watch_fraction is nan"),
    ({"attention": "{checks: 2, allowed_misses: 0}"}, "attention.allowed_misses is 0"),
    ({"headphones": "maybe"}, "headphones is 'maybe', expected one of off, ask, required."),
    ({"practice": "1"}, "practice is 1, expected true or false."),
    ({"completion": "{url: 'javascript:alert(1)'}"}, "completion.url must begin with https://"),
    ({"completion": "{cod: x}"}, "completion.cod is no key"), ({"colour": "red"}, "colour is no key"),
    ({"language": "{bgin: x}"}, "language.bgin is no text of the page."),
    ({"language": "{progress: '{n}'}"}, "language.progress must hold {n}, {total}"),
    ({"language": "{begin: 3}"}, "language.begin must be a text"),
])
def test_what_is_wrong_is_named(changes: dict[str, str | None], said: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_design(text(**changes))
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("yaml", ["", "- a", "a: [", "a: 1\na: 2", "a: &x [1]\nb: *x", "\t", "{" * 5000,
                                  "!!python/name:os.x", "a: !!binary x"])
def test_what_is_no_yaml_is_one_sentence(yaml: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_design(yaml)
    assert len(str(caught.value)) < 300


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text(max_size=12))
def test_no_text_does_more_than_a_sentence(place: int, cut: int, put: str) -> None:
    with contextlib.suppress(UserError):
        parse_design(TEXT[:place] + put + TEXT[place + cut:])


def test_files_that_are_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no study file 'x.yaml'"):
        read_design(tmp_path / "x.yaml")
    (tmp_path / "y.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="no UTF-8"):
        read_design(tmp_path / "y.yaml")


def test_texts_keep_their_words_in_braces_and_nothing_else_in_them_means_anything() -> None:
    german = texts({"progress": "{n} von {total}"})
    assert fill(german["progress"], n=3, total=9) == "3 von 9"
    assert german["begin"] == TEXTS["begin"]
    assert fill("${x} {{n}} {n.__class__} {other}", n=1) == "${x} {1} {n.__class__} {other}"
