"""Files that appear whole or not at all."""

from __future__ import annotations

import pytest

from dance_core.atomic import replacing


def test_the_file_takes_its_name_when_it_is_complete(tmp_path):
    target = tmp_path / "song.flac"
    target.write_text("old")
    with replacing(target) as part:
        part.write_text("new")
        assert target.read_text() == "old" and part.parent == tmp_path and part.suffix == ".flac"
    assert target.read_text() == "new" and list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path, error):
    target = tmp_path / "song.flac"
    target.write_text("old")

    def fail() -> None:
        with replacing(target) as part:
            part.write_text("half")
            raise error

    with pytest.raises(error):
        fail()
    assert target.read_text() == "old" and list(tmp_path.iterdir()) == [target]


def test_a_folder_in_the_way_is_an_error(tmp_path):
    target = tmp_path / "song.flac"
    target.mkdir()
    with pytest.raises(OSError, match="song.flac"), replacing(target) as part:
        part.write_text("new")
    assert list(tmp_path.iterdir()) == [target]


def test_names_of_any_length_that_a_folder_takes(tmp_path):
    target = tmp_path / ("x" * 250 + ".npz")
    with replacing(target) as part:
        part.write_text("new")
    assert target.read_text() == "new"
