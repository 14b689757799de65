"""What the Inspect page shows and does, without a browser: nothing without a pass, words for nonsense."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import numpy as np
import pytest

from dance_core.evaluation.faults import KINDS, Fault, Hint
from dance_core.generators.inner import Curve
from dance_core.longform.take import load_take
from dance_core.motion.files import save_npz
from dance_core.pages.inspect.charts import charts
from dance_core.pages.inspect.inside import inside
from dance_core.pages.inspect.page import _remarks, _View, folders
from dance_core.pages.inspect.tools import pressed
from dance_core.pages.inspect.widgets import COLUMNS, faults_value
from dance_core.pages.player.component import fault_value
from dance_core.pages.results_door import Door
from dance_core.settings import Settings
from tests.evaluation.measured_motions import held
from tests.pages.injected import shaken_take

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> _View:
    data = tmp_path_factory.mktemp("data")
    shaken_take(data / "takes", seed=1)
    shaken_take(data / "takes", seed=2)
    return _View(Door(PASSWORD), Settings(data_dir=data, researcher_password=PASSWORD), ["gHO", "gBR"])


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


def test_what_is_dull_is_said_above_the_table() -> None:
    hints = (Hint(12.0, 31.0, 4.6, "Hardly leaves one pose from 12 to 31 s."),)
    for song, also in ((object(), ""), (None, " This dance was kept without its song: it plays in silence.")):
        opened = SimpleNamespace(hints=hints, song=song)
        assert _remarks([opened]) == hints[0].sentence + also  # type: ignore[list-item]
    take = SimpleNamespace(generator_title="Sway (by rule)")
    opened = SimpleNamespace(hints=hints, song=object(), take=take)
    assert _remarks([opened, opened]).count("Sway: Hardly leaves") == 2  # type: ignore[list-item]


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


def test_what_goes_on_inside_of_a_generator_has_rows_of_its_own(view: _View) -> None:
    one = view.opener.open(view.table()["rows"][0]["id"])
    times = np.arange(8.0)
    told = [Curve(chart, name, times, times)
            for chart, name in (("codes", "body"), ("codes", "hands"), ("way", ""))]
    figure = charts([one], [told])
    assert [a.text for a in figure.layout.annotations][-2:] == ["codes", "way"]
    assert {t.xaxis for t in figure.data} == {"x", "x2", "x3", "x4", "x5", "x6", "x7"}
    assert {t.name for t in figure.data if t.xaxis == "x6"} == {"body", "hands"}
    assert inside(one.take, view.settings) == (), "of a generator that is none of ours"


def test_a_motion_and_a_song_come_onto_the_stage_as_a_dance(view: _View, key: str, tmp_path: Path) -> None:
    save_npz(tmp_path / "gBR_sBM_cAll_d04_mBR0_ch01.npz", held(4.0))
    motion = str(tmp_path / "gBR_sBM_cAll_d04_mBR0_ch01.npz")
    values = view.bring(key, (), motion, None, "Sunday Lights", "Their <b>system</b>", "", None)
    assert "kept" in said(values)["text"] and len(values[0]) == 1 and values[-1] is None
    take = load_take(next(view.settings.imported_dir.glob("their-b-system-b/*")))
    assert (take.generator_title, take.style, take.title) == ("Their <b>system</b>", "gBR", "Sunday Lights")
    assert values[2]["open"] == values[0][0] and values[4]["faults"][0]["kind"] == "freeze"
    # and another to the song of the one on the stage, its style said
    again = view.bring(key, values[0], motion, None, "", "", "gHO", None)
    assert view.opener.open(again[0][0]).take.style == "gHO"
    assert view.opener.open(again[0][0]).take.song_digest == take.song_digest


@pytest.mark.parametrize("answers, words", [
    ((None, None, "Sunday Lights", "", "", None), "choose a motion file"),
    (("fbx", None, "Sunday Lights", "", "", None), "import it in Blender"),
    (("npz", None, "", "", "", None), "bring the song along"),
    (("npz", "fbx", "", "", "", None), "no song that can be read"),
    (("npz", None, "Sunday Lights", "", "", 1000.0), "1000")])
def test_what_can_not_be_brought_in_gets_a_sentence(view: _View, key: str, tmp_path: Path, answers: tuple,
                                                    words: str) -> None:
    files = {"fbx": tmp_path / "a.fbx", "npz": tmp_path / "a.npz"}
    files["fbx"].write_bytes(b"Kaydara FBX Binary  \0" + bytes(100))
    save_npz(files["npz"], held(2.0))
    before = sorted(view.settings.imported_dir.rglob("*"))
    values = view.bring(key, (), *(str(files[a]) if a in files else a for a in answers))
    assert said(values)["kind"] == "error" and words in said(values)["text"]
    assert sorted(view.settings.imported_dir.rglob("*")) == before, "nothing is left behind"
    assert said(view.bring("no pass", (), *answers))["kind"] == "error"


def test_rings_are_drawn_at_joints_of_parts_too() -> None:
    fault = Fault("freeze", 1.0, 3.0, 0.5, "arms", 2.0, 1.0, "s", "…")
    assert len(fault_value(fault)["joints"]) == 4
    assert fault_value(Fault("pop", 1.0, 1.1, 0.5, "head", 2.0, 1.0, "cm", "…"))["joints"] == [15]
    assert faults_value("")["faults"] == []


def test_folders_of_the_settings_are_shown_too(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, inspect=f"{tmp_path / 'a'}:{tmp_path / 'b'}")
    assert folders(settings)[3:] == [tmp_path / "a", tmp_path / "b"]
