"""Music search on the command line, by the shipped weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dance_core.cli import main
from dance_core.generators.soulnet.search import available, known_songs

pytestmark = pytest.mark.skipif(not available(), reason="the retrieval module has no weights here")


@pytest.fixture(scope="module")
def dances(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dance of 12 s and one of 4 s to First Snow, by rule, and a folder that holds none."""
    folder = tmp_path_factory.mktemp("dances")
    for name, seconds in (("long", "12"), ("short", "4")):
        assert main(["dance", "First Snow", "--generator", "choreographer", "--style", "waltz", "--seed", "1",
                     "--seconds", seconds, "--out", str(folder / name)]) == 0
    (folder / "damaged").mkdir()
    (folder / "damaged" / "take.json").write_text("{")
    return folder


def test_dances_in_a_folder_are_put_in_order(dances: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["search", "First Snow", "--in", str(dances), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["song"], found["pool"]) == ("First Snow", 1)
    (hit,) = found["dances"]
    assert (hit["rank"], hit["name"]) == (1, "long") and "made for First Snow" in hit["about"]
    assert 0 <= hit["start_s"] <= 64 and -1 <= hit["similarity"] <= 1
    assert sorted(name.split()[0] for name in found["left_out"]) == ["damaged", "short"]
    assert main(["search", "First Snow", "--in", str(dances)]) == 0
    text = capsys.readouterr().out
    assert "the nearest of 1 dances" in text and "left out: short (shorter than 4.8 s)" in text


def test_the_apps_own_dances_are_searched_unless_told_otherwise(dances: Path, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setenv("DANCE_DATA_DIR", str(tmp_path))
    (tmp_path / "takes").mkdir()
    (tmp_path / "takes" / "kept").symlink_to(dances / "long")
    assert main(["search", "First Snow", "--json"]) == 0
    assert [d["name"] for d in json.loads(capsys.readouterr().out)["dances"]] == ["kept"]


def test_a_dance_is_ranked_among_songs_that_are_not_its_own(dances: Path, capsys: pytest.CaptureFixture
        ) -> None:
    assert main(["search", "--take", str(dances / "long"), str(dances / "short"), "--json"]) == 0
    long, short = json.loads(capsys.readouterr().out)
    assert (long["take"], long["song"], long["of"], long["seconds"]) == (
        "long", "First Snow", len(known_songs()), 9.6)  # the demo song itself stands for its own
    assert 1 <= long["rank"] <= long["of"] and long["nearest_other"] != "First Snow"
    assert short == {"take": "short", "song": "First Snow", "rank": None}


@pytest.mark.parametrize(("words", "told"), [
    (["search"], "Either a SONG or --take DIR is expected"),
    (["search", "First Snow", "--take", "x"], "and not both"),
    (["search", "First Snow"], "Where to search is missing"),
    (["search", "First Snow", "--in", "nowhere"], "There is no folder 'nowhere'"),
    (["search", "First Snow", "--corpus", "nowhere"], "There is no corpus in 'nowhere'"),
    (["search", "First Snow", "--in", "."], "holds no dances"),
    (["search", "--take", "nowhere"], "The folder 'nowhere' holds no dance"),
])
def test_bad_wishes_get_a_sentence(words: list[str], told: str, capsys: pytest.CaptureFixture,
                                   tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANCE_DATA_DIR", str(tmp_path / "data"))
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == "" and told in err and err.count("\n") == 1


def test_a_dance_without_its_song_can_not_be_ranked(dances: Path, tmp_path: Path,
                                                   capsys: pytest.CaptureFixture) -> None:
    for name in ("take.json", "motion.npz"):
        (tmp_path / name).write_bytes((dances / "long" / name).read_bytes())
    assert main(["search", "--take", str(tmp_path)]) == 2
    assert "was kept without its song" in capsys.readouterr().err
