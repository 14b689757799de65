"""The player as a Gradio component: plain values, a template without holes, a bundle that is up to date."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from dance_core.pages import player
from dance_core.pages.player import Options, Pane, Player, Watched, player_patch, player_value
from dance_core.pages.player.component import BUNDLE
from dance_core.pages.player.make_skeleton import TARGET, skeleton_js
from dance_core.pages.widgets import Facts, Notice, RatingPanel, notice_value, rating_value

SOURCES = Path(player.__file__).parent / "src"


def test_the_bundle_is_built_from_these_sources() -> None:
    # as build.sh stamps it: sha256sum over all sources, in the order of their names
    lines = "".join(f"{hashlib.sha256((SOURCES / name).read_bytes()).hexdigest()}  {name}\n"
                    for name in sorted(f"./{p.relative_to(SOURCES)}" for p in SOURCES.rglob("*.js")))
    stamp = hashlib.sha256(lines.encode()).hexdigest()[:16]
    first = BUNDLE.open(encoding="utf-8").readline()
    assert f"sources {stamp} " in first, "run: bash dance_core/pages/player/build.sh"


def test_the_browser_has_the_skeleton_of_the_motion_room() -> None:
    assert TARGET.read_text(encoding="utf-8") == skeleton_js()


def test_the_bundle_comes_with_its_licences_and_calls_no_other_host() -> None:
    assert "MIT License" in (BUNDLE.parent / "LICENSES.txt").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([\w.-]+)", BUNDLE.read_text(encoding="utf-8")))
    # names of XML namespaces, and pages that error messages of three.js point to
    assert hosts <= {"www.w3.org", "threejs.org", "github.com", "jcgt.org", "en.wikipedia.org"}, hosts


@pytest.mark.parametrize("component", [Player, Notice, Facts])
def test_templates_have_no_holes_that_user_text_could_fall_into(component: type) -> None:
    made = component()
    assert "{" not in made.html_template and "$" not in made.html_template
    assert not made.css_template


def test_an_equal_value_still_reaches_the_page() -> None:
    made = Notice()
    first, second = (made.postprocess(notice_value("Twice the same")) for _ in range(2))
    assert first["text"] == second["text"] and first["nonce"] != second["nonce"]


def test_a_value_is_plain_json_with_files_by_reference(tmp_path: Path) -> None:
    piece = tmp_path / "0.dnc"
    piece.write_bytes(b"x" * 100_000)
    value = player_value("t", "A “title” ${x} {{y}} <b>", beat_times=[0.5, 1.0],
                         panes=[Pane([piece], "A", segments=[(0.0, 4.0)], seams=[4.0])],
                         beat_positions=[1, 2], status=("working", "s"))
    text = json.dumps(value)
    assert len(text) < 2_000  # the motion itself goes by address
    assert value["panes"][0]["first"]["meta"] == {"_type": "gradio.FileData"}
    assert value["panes"][0]["pieces"] == ["0.dnc"]
    assert value["beats"] == {"times": [0.5, 1.0], "positions": [1, 2]}
    assert value["panes"][0]["segments"] == [[0.0, 4.0]] and value["panes"][0]["label"] == "A"


def test_a_patch_says_nothing_about_the_dance() -> None:
    assert player_patch(("note", "n")) == {"patch": True, "status": {"kind": "note", "text": "n"}}
    assert player_patch(finished=True) == {"patch": True, "status": None, "finished": True}


def test_the_rating_panel_always_knows_its_scales_and_hands_votes_over() -> None:
    got = []

    def vote(sent):
        got.append(sent)
        return {"saved": True, "text": "Saved."}

    panel = RatingPanel({"overall": "overall", "harmony": "whole body in harmony"}, 500, vote)
    value = panel.postprocess(rating_value("take", "run"))
    assert [s["title"] for s in value["scales"]] == ["Overall", "Whole body in harmony"]
    assert value["max_comment"] == 500 and value["take"] == "take"
    assert panel.vote([{"overall": 3}]) == {"saved": True, "text": "Saved."}
    for nonsense in (None, [], "text", [[1]]):
        panel.vote(nonsense)
    assert got == [{"overall": 3}, {}, {}, {}, {}]


def test_a_value_of_a_long_dance_makes_gradio_look_at_few_files(tmp_path: Path) -> None:
    pieces = [tmp_path / f"{i}.dnc" for i in range(200)]
    for piece in pieces:
        piece.touch()
    text = json.dumps(player_value("t", panes=[Pane(pieces)]))
    assert text.count("gradio.FileData") == 1
    with pytest.raises(ValueError):
        player_value("t", panes=[Pane([tmp_path / "a" / "0.dnc", tmp_path / "b" / "1.dnc"])])


def test_a_blind_player_tells_nothing_and_shows_everybody_the_same(tmp_path: Path) -> None:
    told = player_value("t", panes=[Pane(label="A"), Pane(label="B")], options=Options.blind())["options"]
    assert told == {"titles": False, "labels": True, "beats": False, "marks": False, "tools": False,
                    "look": "body", "camera": "follow"}
    assert all(player_value("t")["options"][key] for key in ("titles", "labels", "beats", "marks", "tools"))
    with pytest.raises(ValueError):
        Options(look="naked")
    with pytest.raises(ValueError):
        Options(camera="drone")
    with pytest.raises(ValueError):
        player_value("t", panes=[Pane(), Pane(), Pane()])


@pytest.mark.parametrize(("sent", "seconds", "share", "replays"), [
    ({"take": "t", "seconds": 12.5, "share": 0.5, "replays": 2, "ended": True}, 12.5, 0.5, 2),
    ({"take": 7, "seconds": -1, "share": "all", "replays": float("nan"), "ended": "yes"}, 0.0, 0.0, 0),
    ({"seconds": 10**400, "share": 9, "replays": 1e9}, 86_400.0, 1.0, 10_000), (None, 0.0, 0.0, 0),
    ([1], 0.0, 0.0, 0), ({"seconds": True}, 0.0, 0.0, 0),
])
def test_how_it_was_watched_is_read_with_care(sent: object, seconds: float, share: float,
                                              replays: int) -> None:
    read = Player().preprocess({"watched": sent})
    assert (read.seconds, read.share, read.replays) == (seconds, share, replays)
    assert read == Watched.read(sent) and isinstance(read.take, str)
