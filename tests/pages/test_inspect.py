"""What the Inspect page shows and does, without a browser: nothing without a pass, words for nonsense."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest

from dance_core.evaluation.faults import KINDS, Fault
from dance_core.longform.take import load_take
from dance_core.pages.inspect.charts import charts
from dance_core.pages.inspect.page import _View, folders
from dance_core.pages.inspect.tools import pressed
from dance_core.pages.inspect.widgets import COLUMNS, faults_value
from dance_core.pages.player.component import fault_value
from dance_core.pages.results_door import Door
from dance_core.settings import Settings
from tests.pages.injected import shaken_take

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> _View:
    data = tmp_path_factory.mktemp("data")
    shaken_take(data / "takes", seed=1)
    shaken_take(data / "takes", seed=2)
    return _View(Door(PASSWORD), Settings(data_dir=data, researcher_password=PASSWORD))


@pytest.fixture
def key(view: _View) -> str:
    return view.door.enter(PASSWORD, "here")


def event(**data: object) -> gr.EventData:
    return SimpleNamespace(_data=data)  # type: ignore[return-value]


def said(values: list) -> dict:
    return values[1]


def test_without_a_pass_nothing_is_told(view: _View) -> None:
    for values in (view.choose("no pass", (), event(id="x")), view.mend(None, (), 0, 1, ["body"], "Smooth")):
        assert said(values)["kind"] == "error" and "password" in said(values)["text"]
    assert "rows" not in str(list(view.measure(None, ())))
    assert view.keep("no pass", (), 0, 1, "tag", "")[0]["kind"] == "error"
    assert view.bundle("no pass", "x")[0]["kind"] == "error"


def test_the_table_grows_with_what_is_measured(view: _View, key: str) -> None:
    table = list(view.measure(key, ()))[-1][0]
    assert len(table["rows"]) == 2 and {r["worst"] for r in table["rows"]} == {KINDS["jitter"].title}
    assert all(set(r) == {"id", *(c[0] for c in COLUMNS)} for r in table["rows"])
    assert list(view.measure(key, ()))[-1][0]["rows"] == table["rows"]  # and nothing is emptied the next time


def test_a_dance_comes_onto_the_stage_and_another_song_not_beside_it(view: _View, key: str) -> None:
    one, two = (r["id"] for r in view.table()["rows"])
    values = view.choose(key, (), event(id=one, beside=False))
    on_stage, _, table, player, faults = values[:5]
    assert on_stage == (one,) and table["open"] == one and len(player["panes"]) == 1
    assert faults["faults"][0]["kind"] == "jitter" and player["panes"][0]["faults"]
    assert player["title"] == "A <b>shaken</b> song"
    beside = view.choose(key, on_stage, event(id=two, beside=True))
    assert "different songs" in said(beside)["text"] and beside[0] == on_stage
    same = view.choose(key, on_stage, event(id=one, beside=True))
    assert len(same[3]["panes"]) == 2 and {f["pane"] for f in same[4]["faults"]} == {0, 1}


@pytest.mark.parametrize("sent", [{}, {"id": "../takes"}, {"id": None}, {"id": 3, "beside": True}])
def test_a_dance_that_is_not_there_gets_a_sentence(view: _View, key: str, sent: dict) -> None:
    assert "not there any more" in said(view.choose(key, (), event(**sent)))["text"]


def test_mending_makes_a_new_dance_beside_the_old(view: _View, key: str) -> None:
    one = view.table()["rows"][0]["id"]
    values = view.mend(key, (one,), 2.7, 4.9, ["body"], "Smooth")
    assert "Mended" in said(values)["text"] and len(values[0]) == 2
    done = load_take(next(view.settings.mended_dir.iterdir()))
    assert done.parent == view.opener.open(one).take.id
    for stretch, parts, how, words in (((3, 2), ["body"], "Smooth", "from 3 to 2"),
                                       (("x", 2), ["body"], "Smooth", "which second"),
                                       ((1, 2), [], "Smooth", "choose what"),
                                       ((1, 2), ["body"], "nobody", "how it is to be mended")):
        assert words in said(view.mend(key, (one,), *stretch, parts, how))["text"]
    assert "choose a dance" in said(view.mend(key, (), 1, 2, ["body"], "Smooth"))["text"]


def test_a_case_is_kept_listed_and_bundled(view: _View, key: str) -> None:
    one = view.table()["rows"][0]["id"]
    notice, listed, choice, tag, note = view.keep(key, (one,), 2.9, 4.6, "<i>shakes</i>", "a | b")
    assert notice["kind"] == "note" and (tag, note) == ("", "")
    assert "shakes" in listed and "<i>" not in listed
    said_, file = view.bundle(key, choice["value"])
    assert said_["text"] == "" and Path(file["value"]).suffix == ".zip" and Path(file["value"]).is_file()


def test_a_pressed_fault_sets_the_stretch() -> None:
    assert pressed(event(start=1.0, stop=2.0)) == [0.8, 2.2]
    assert pressed(event(start=0.1, stop=0.2)) == [0.0, 0.4]


def test_the_charts_have_one_axis_and_a_row_more_for_two(view: _View) -> None:
    one = view.opener.open(view.table()["rows"][0]["id"])
    alone, both = charts([one]), charts([one, one])
    assert len(both.layout.annotations) == len(alone.layout.annotations) + 1
    assert len(alone.layout.shapes) == len(one.entry.faults)
    assert {t.xaxis for t in alone.data} == {"x", "x2", "x3", "x4", "x5"}


def test_rings_are_drawn_at_joints_of_parts_too() -> None:
    fault = Fault("freeze", 1.0, 3.0, 0.5, "arms", 2.0, 1.0, "s", "…")
    assert len(fault_value(fault)["joints"]) == 4
    assert fault_value(Fault("pop", 1.0, 1.1, 0.5, "head", 2.0, 1.0, "cm", "…"))["joints"] == [15]
    assert faults_value("")["faults"] == []


def test_folders_of_the_settings_are_shown_too(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, inspect=f"{tmp_path / 'a'}:{tmp_path / 'b'}")
    assert folders(settings)[2:] == [tmp_path / "a", tmp_path / "b"]
