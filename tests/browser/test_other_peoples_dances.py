"""One story in Chromium: dances of two other systems are brought in, looked at, mended, kept, and studied."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from dance_core.cli import main
from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation.faults import Dance, find_faults
from dance_core.generators import registry
from dance_core.longform.take import load_take
from dance_core.motion.motion import Motion
from dance_core.music.ogg import write_ogg
from dance_core.serving.retouching import fills_in
from tests.browser import study_steps
from tests.browser.chromium import SOFTWARE_GL
from tests.browser.conftest import without_fault
from tests.browser.driven import Page
from tests.browser.test_inspect_page import HEARD, PASSWORD, enter
from tests.motion.foreign import SKELETONS, Z_UP, a_dance, turned_world, write_bvh
from tests.pages.injected import SHAKES, shaking
from tests.practice import same
from tests.running import ROOT, Server, start, stop

SECONDS = 12.0
LATER = (7.0, 8.5)  # s
FRAME = 1 / 30
STUDY = """
id: other-peoples
title: Which dance is better?
consent: {{version: "1", text: "You may stop at any time."}}
systems: [{{name: edge, takes: {edge}}}, {{name: other, takes: {other}}}]
songs:
  - {{song: {song}, styles: [gBR], start: 5}}
blocks:
  - {{kind: preference, trials: 1}}
raters: 4
clip_seconds: 3
lead_in: 0.5
watch_fraction: 0.4
headphones: ask
"""


@pytest.fixture(scope="module")
def researcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app without any dance, and a password."""
    server = start(tmp_path_factory.mktemp("other"), DANCE_GENERATOR="choreographer",
                   DANCE_RESEARCHER_PASSWORD=PASSWORD)
    yield server
    stop(server)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A pickle as EDGE writes them, which trembles at SHAKES; a BVH of Mixamo's skeleton, a while later."""
    folder = tmp_path_factory.mktemp("theirs")
    song = write_song("gHO", 21, SECONDS)
    write_ogg(song.song, folder / "their-song.ogg")
    trembling, other = (a_dance(round(30 * SECONDS), seed=seed) for seed in (0, 1))
    rotations, pelvis = turned_world(shaking(trembling), Z_UP)
    smpl = np.concatenate([rotations[:, :22], np.zeros((len(rotations), 2, 3))], 1).reshape(-1, 72)
    (folder / "test_gHO_edge.pkl").write_bytes(pickle.dumps({"smpl_poses": smpl, "smpl_trans": pelvis}))
    write_bvh(folder / "test_gHO_other.bvh", shaking(other, *LATER), SKELETONS["Mixamo"])
    return {"song": folder / "their-song.ogg", "edge": folder / "test_gHO_edge.pkl",
            "other": folder / "test_gHO_other.bvh"}


def bring(page: Page, motion: Path, system: str, song: Path | None = None) -> None:
    """Bring a motion file in, and wait until its dance is on the stage."""
    if page.is_hidden("#inspect-import"):
        page.click("#inspect-bring button >> nth=0")
    page.set_input_files("#inspect-motion input[type=file]", str(motion))
    page.wait_for_selector("#inspect-motion .file-preview")
    if song is not None:
        page.set_input_files("#inspect-song input[type=file]", str(song))
        page.wait_for_selector("#inspect-song .file-preview")
    page.fill("#inspect-system input, #inspect-system textarea", system)
    before = page.evaluate("() => window.__player?.take ?? ''")
    page.click("#inspect-import")
    page.wait_for_function("b => (window.__player?.take ?? '') !== b && window.__player.playable", arg=before)


def look_at_the_worst(page: Page) -> tuple[float, float]:
    """Press the worst fault: the player is there within a frame, and loops it slowly. Its seconds."""
    page.wait_for_selector("#inspect-faults .fl-item")
    page.wait_for_function("() => window.__player.made > 11")
    page.evaluate(HEARD)
    begin, end = page.evaluate("""() => {
        const worst = [...window.__player.panes[0].faults].sort((a, b) => b.severity - a.severity)[0];
        return [worst.start, worst.stop];
    }""")
    page.click("#inspect-faults .fl-item >> nth=0")
    page.wait_for_function("() => window.__sought.length > 0 && window.__player.loop")
    assert abs(page.evaluate("() => window.__sought[0]") - begin) < FRAME
    loop = page.evaluate("() => window.__player.loop")
    assert loop[0] < begin and loop[1] > end
    page.wait_for_function("b => window.__sought.length > 1 && Math.abs(window.__sought.at(-1) - b) < 0.1",
                           arg=loop[0])
    return begin, end


def go_by_the_chart(page: Page) -> None:
    """A press into the middle of the charts takes the player there, and lets the loop go; so does no drag."""
    page.wait_for_selector("#inspect-charts .nsewdrag")
    page.evaluate("() => { window.__player.pause(); window.__sought.length = 0; }")
    box = page.evaluate("""() => {
        const area = document.querySelector("#inspect-charts .nsewdrag");
        area.scrollIntoView({ block: "center" });
        const b = area.getBoundingClientRect();
        return [b.left, b.top, b.width, b.height];
    }""")
    axis = page.evaluate("() => document.querySelector('#inspect-charts .js-plotly-plot').layout.xaxis.range")
    x, y = box[0] + 0.75 * box[2], box[1] + box[3] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("() => window.__sought.length > 0")
    wanted = axis[0] + 0.75 * (axis[1] - axis[0])
    per_pixel = (axis[1] - axis[0]) / box[2]
    assert abs(page.evaluate("() => window.__player.audio.currentTime") - wanted) < FRAME + per_pixel
    assert page.evaluate("() => window.__player.loop") is None
    page.wait_for_function("""([left, width]) => {
        const line = document.querySelector("#inspect-charts .in-now");
        return line && Math.abs(line.getBoundingClientRect().left - (left + 0.75 * width)) < 4;
    }""", arg=[box[0], box[2]])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y)
    page.mouse.up()  # a stretch to zoom into
    page.wait_for_function("""() => {
        const [a, b] = document.querySelector("#inspect-charts .js-plotly-plot").layout.xaxis.range;
        return b - a < 6;
    }""")
    assert page.evaluate("() => window.__sought.length") == 1


def remake(page: Page, title: str) -> None:
    page.click("#inspect-how input")
    page.wait_for_function("() => document.querySelectorAll('#inspect-how [role=option]').length > 1")
    place = page.evaluate("t => [...document.querySelectorAll('#inspect-how [role=option]')]"
                          ".findIndex(o => o.textContent.includes(t))", title)
    page.click(f"#inspect-how [role=option] >> nth={place}")
    page.click("#inspect-mend")
    page.wait_for_selector("#inspect-player .dp-two")


def jitters(motion: Motion, begin: float, end: float) -> bool:
    return any(f.start_s < end and f.stop_s > begin for f in find_faults(Dance.of(motion), ["jitter"]))


def test_dances_of_two_other_systems_from_their_files_to_the_results(
        browsers: Callable, researcher: Server, files: dict[str, Path], tmp_path: Path,
        capsys: pytest.CaptureFixture) -> None:
    filler = next((g.needs.title for g in registry().values() if fills_in(g.needs)), None)
    if filler is None:
        pytest.skip("no generator that fills in between has weights here")
    seen = browsers(SOFTWARE_GL).visit(researcher.url, height=1000)
    page, kept = seen.page, researcher.data / "inspect"
    enter(page, researcher, PASSWORD)
    page.wait_for_selector("#inspect-takes")

    bring(page, files["edge"], "EDGE", files["song"])
    assert "EDGE's pickle" in page.inner_text("#inspect-notice")
    begin, end = look_at_the_worst(page)
    assert abs(begin - SHAKES[0]) < 0.2 and abs(end - SHAKES[1]) < 0.2
    go_by_the_chart(page)

    page.fill("#inspect-tag input", "trembles as a whole")
    page.click("#inspect-keep")
    page.wait_for_function("() => document.querySelector('#inspect-cases').innerText.includes('trembles')")
    page.click("#inspect-bundle")
    page.wait_for_selector("#inspect-file a")
    with zipfile.ZipFile(next((researcher.data / "web" / "dances").glob("*/case-*.zip"))) as pack:
        pack.extractall(tmp_path)
    assert main(["inspect", str(next(tmp_path.glob("case-*/take"))), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)["faults"]
    assert any(f["kind"] == "jitter" and abs(f["start_s"] - begin) < 0.01 for f in again)

    remake(page, filler)
    parent = load_take(next((kept / "imported" / "edge").iterdir()))
    done = load_take(next((kept / "mended").iterdir()))
    first, last = round((begin - 0.2) * 30), round((end + 0.2) * 30)
    for a, b in ((0, first - 1), (last + 1, len(parent.motion))):
        assert same(done.motion.slice(a, b), parent.motion.slice(a, b)), "the rest stays bit for bit"
    assert done.parent == parent.id and filler in done.change
    assert jitters(parent.motion, begin, end) and not jitters(done.motion, begin + 0.2, end - 0.2)

    bring(page, files["other"], "Other")  # to the song of the one on the stage
    assert "BVH" in page.inner_text("#inspect-notice")
    begin, end = look_at_the_worst(page)
    assert abs(begin - LATER[0]) < 0.2 and abs(end - LATER[1]) < 0.2
    without_fault(seen)
    rated_and_analysed(browsers, researcher, files["song"], kept / "imported")


def rated_and_analysed(browsers: Callable, researcher: Server, song: Path, imported: Path) -> None:
    """A study of both systems is made, somebody rates a pair of them, and the results have it."""
    text = STUDY.format(edge=imported / "edge", other=imported / "other", song=song)
    folder = study_steps.make_study(researcher, text)
    seen = browsers(SOFTWARE_GL).visit(researcher.url, height=900)
    page = seen.page
    page.goto(f"{researcher.url}rate?study=other-peoples&PROLIFIC_PID=5f00e1")
    page.wait_for_selector(study_steps.READY)
    study_steps.agree(page)
    study_steps.pass_headphones(page, folder)
    while study_steps.step(page) == "trial":
        study_steps.choose(page)
        study_steps.watch(page)
        page.focus("h2")
        study_steps.moving_on(page, lambda: page.keyboard.press("Enter"))
    without_fault(seen)
    environ = {**os.environ, "DANCE_DATA_DIR": str(researcher.data)}
    done = subprocess.run([sys.executable, "-m", "dance_core", "study", "results", "other-peoples"], cwd=ROOT,
                          env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    summary = next(folder.rglob("summary.md")).read_text(encoding="utf-8")
    assert "edge" in summary and "other" in summary
    told = json.loads(next(folder.rglob("results.json")).read_text(encoding="utf-8"))
    assert "edge" in json.dumps(told)
