"""The whole way of a song and that of a study, the same in Chromium, Firefox and WebKit."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from dance_core.longform.take import load_take
from dance_core.motion.files import load_npz
from dance_core.study.book import read_votes
from dance_core.study.judgments import read_judgments
from tests.browser import steps, study_steps
from tests.browser.conftest import DEBIAN_SONG, without_fault
from tests.browser.driven import Page
from tests.browser.drivers import Browser
from tests.browser.steps import APART, count, drawn_offsets, report, settle
from tests.running import ROOT, Server

SONG = DEBIAN_SONG if DEBIAN_SONG.exists() else ROOT / "assets/songs/first-snow.ogg"
STUDY = """
id: every-browser
title: Which dance is better?
consent: {version: "1", text: "You may stop at any time.\\n\\nSecond <b>paragraph</b> ${1+1} {{x}}."}
systems: [{name: zebra, generator: choreographer}, {name: wombat, generator: choreographer, seed: 2}]
songs:
  - {song: Sunday Lights, styles: [gHO], start: 16}
  - {song: Golden Handshake, styles: [gLO], start: 18}
blocks:
  - {kind: preference, trials: 1}
  - {kind: quality, trials: 1}
  - {kind: mismatch, trials: 1}
  - {kind: single, trials: 1, ask: [overall, face]}
raters: 4
clip_seconds: 3
lead_in: 0.5
watch_fraction: 0.4
headphones: ask
attention: {checks: 1}
completion: {code: C0DE-1, url: "https://example.org/done?cc=C0DE-1"}
"""


@pytest.fixture(scope="session")
def folder(app: Server) -> Path:
    return study_steps.make_study(app, STUDY)


def test_a_song_is_uploaded_danced_played_and_rated(each_browser: Browser, app: Server) -> None:
    seen = each_browser.visit(app.url)
    page, earlier = seen.page, {p.name for p in (app.data / "takes").glob("*")}
    page.goto(app.url)
    page.wait_for_selector(steps.READY)
    steps.upload(page, SONG)
    steps.press_dance(page)
    steps.wait_for_motion(page)
    steps.wait_for_take(page)

    facts = page.inner_text("[data-facts]")
    assert all(word in facts for word in ("BPM", "Beat alignment", "Seams", "Reference pose", "Time taken"))
    take = load_take(next(p for p in (app.data / "takes").iterdir() if p.name not in earlier))
    assert take.title == SONG.stem and f"{take.beats.tempo:.1f} BPM" in facts and str(take.seed) in facts

    # the pose goes with the music, now and later, and where a click on the strip takes it
    first = report(page)
    shown = first["places"][0]
    assert abs(np.median(drawn_offsets(page))) < APART
    page.wait_for_function(f"() => __player.report().poseTime > {first['poseTime'] + 2}")
    assert np.abs(np.subtract(report(page)["places"][0], shown)).max() > 0.02
    page.focus("[data-player]")
    page.keyboard.press("Space")
    page.wait_for_function("() => !__player.report().playing")
    for share in (0.7, 0.2):
        before = settle(page)["places"][0]
        asked = steps.seek_by_click(page, share)
        there = settle(page)
        assert there["audioTime"] == pytest.approx(asked, abs=0.5) and there["places"][0] != before
    page.focus("[data-player]")
    page.keyboard.press("Space")
    page.wait_for_function(f"() => __player.report().playing && __player.report().audioTime > {asked + 0.3}")
    assert abs(np.median(drawn_offsets(page))) < APART

    look = report(page)["look"]
    page.keyboard.press("v")
    page.wait_for_function(f"() => __player.report().look !== {look!r}")
    settle(page)

    comment = "=1+1 ${alert(1)} {{x}} <b>bold</b>\nsecond line"
    said = steps.rate(page, 4, comment)
    votes, bad = read_votes(app.data / "votes" / "votes.csv")
    vote = next(v for v in votes if v.take_id == take.id)
    assert not bad and vote.vote_id[:8] in said
    assert (vote.overall, vote.comment, vote.style, vote.seed) == (4, comment, take.style, take.seed)
    assert vote.watched_seconds > 0
    assert len(load_npz(seen.download("[data-downloads] a >> nth=0"))) == len(take.motion)
    without_fault(seen)


def test_a_whole_study_with_a_reload_in_the_middle(each_browser: Browser, app: Server, folder: Path) -> None:
    seen = each_browser.visit(app.url, height=900)
    page, earlier = seen.page, len(read_judgments(folder / "judgments.csv")[0])
    page.goto(f"{app.url}rate?study=every-browser&PROLIFIC_PID=5f00a1{each_browser.name}")
    page.wait_for_selector(study_steps.READY)
    assert study_steps.step(page) == "consent"
    assert "Second <b>paragraph</b> ${1+1} {{x}}." in page.inner_text(".ra-consent")
    page.click(".ra-go")
    page.wait_for_selector(".ra-said")
    assert "agree" in page.inner_text(".ra-said")
    study_steps.agree(page)
    assert study_steps.step(page) == "headphones"
    study_steps.pass_headphones(page, folder)
    check_on_a_phone(page)
    assert study_steps.step(page) == "trial" and "does not count" in page.inner_text(".ra-practice")
    kinds = do_trials(page)
    assert len(kinds) == 6 and kinds[0] == "practice"
    assert page.inner_text(".ra-code") == "C0DE-1"
    assert page.get_attribute("a.ra-go", "href") == "https://example.org/done?cc=C0DE-1"

    rows, bad = read_judgments(folder / "judgments.csv")
    found = [j for j in rows[earlier:] if j.kind != "setting"]  # those are the study's, not this rater's
    assert not bad and found[0].rater and len({j.rater for j in found}) == 1
    by = sorted((j.kind, j.question, j.answer) for j in found)
    assert by == [("check", "attention", 1), ("check", "headphones", 6), ("consent", "1", 1),
                  ("match", "mismatch", -1), ("page", "phone", 0), ("pair", "preference", -1),
                  ("pair", "quality", -1), ("single", "face", 4), ("single", "overall", 4)]
    told = next(j for j in found if j.comment)
    assert told.comment == "=1+1 ünï\nsecond" and told.reasons == "natural"
    for j in found:
        assert j.kind not in ("pair", "match", "single") or 1.0 <= j.watched_seconds <= j.response_seconds
    text = (folder / "judgments.csv").read_text()
    assert "5f00a1" not in text and not re.search(r'(^|,)"?=', text)
    page.reload()
    page.wait_for_selector(study_steps.READY)
    assert study_steps.step(page) == "thanks"
    without_fault(seen)


def check_on_a_phone(page: Page) -> None:
    """Where the window is as narrow as a small phone, nothing is cut off and no word is broken."""
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("""async () => {
        await new Promise((done) => setTimeout(done, 300));
        const labels = [...document.querySelectorAll(".ra-point label")];
        for (const e of labels) Object.assign(e.style, { overflowWrap: "normal", hyphens: "none" });
        const found = labels.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent);
        for (const e of labels) e.removeAttribute("style");
        return document.documentElement.scrollWidth > innerWidth ? ["the page", ...found] : found;
    }""")
    page.set_viewport_size({"width": 1100, "height": 900})
    assert not wide, wide


def do_trials(page: Page) -> list[str]:
    """All trials by keys, with a reload before the third; the first words of what was asked."""
    kinds: list[str] = []
    reloaded = False
    while study_steps.step(page) == "trial":
        asked = page.inner_text("h2")
        kinds.append("practice" if count(page, ".ra-practice") else asked.split()[0])
        labels = page.evaluate("() => [...document.querySelectorAll('.dp-label')].map((e) => e.innerText)")
        assert labels == ([] if count(page, ".ra-scale") else ["Left", "Right"])
        if len(kinds) == 3 and not reloaded:
            reloaded, before = True, page.inner_text(".ra-progress")
            page.reload()
            page.wait_for_selector(study_steps.READY)
            assert (page.inner_text(".ra-progress"), page.inner_text("h2")) == (before, asked)
        study_steps.choose(page)
        page.keyboard.press("Enter")
        assert "Watch first" in page.inner_text(".ra-sendrow") or "missing" in page.inner_text(".ra-said")
        study_steps.watch(page)
        if len(kinds) == 2:
            page.check(".ra-ticks input[value=natural]")
            page.fill(".ra-comment", "=1+1 ünï\nsecond")
        page.focus("h2")
        study_steps.moving_on(page, lambda: page.keyboard.press("Enter"))
    return kinds
