"""The vote book, one writer at a time: what is acknowledged is there, what is not says so."""

from __future__ import annotations

import contextlib
import csv
import errno
import fcntl
import os
import resource
import stat
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.study import book as book_module
from dance_core.study.book import NotSaved, VoteBook, read_book, read_votes
from dance_core.study.schema import Column, Schema
from dance_core.study.vote import VOTES, Vote


def a_vote(comment: str = "", vote_id: str | None = None) -> Vote:
    return Vote.make(vote_id=vote_id or str(uuid.uuid4()), take_id="0f" * 16, song="ab" * 32, seed=7,
                     generator="choreographer", style="gBR", session="s1", overall=4, on_beat=5,
                     natural=2, harmony=3, comment=comment, watched_seconds=12.25)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "votes" / "votes.csv"


def aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("votes.csv.torn-*"))


def test_votes_come_back_in_order_and_whole(path: Path) -> None:
    votes = [a_vote(text) for text in ("", "=1+1", "two\nlines", 'a "quote", ok', "\x00\ud800\u2028é👩‍🎤")]
    book = VoteBook(path)
    assert [book.append(v).already for v in votes] == [False] * 5
    assert read_votes(path) == (votes, [])


def test_the_file_is_plain_csv_with_a_header(path: Path) -> None:
    VoteBook(path).append(a_vote("two\nlines, and a comma"))
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(path.read_bytes().splitlines()) == 2
    assert rows[0]["schema"] == "vote/1"
    assert (rows[0]["overall"], rows[0]["comment"]) == ("4", r"two\nlines, and a comma")
    assert list(rows[0]) == ["schema", *(c.name for c in VOTES.columns), "crc32"]


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(), max_size=80), max_size=6))
def test_any_comments_make_the_round_trip(comments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes" / "votes.csv"
        votes = [a_vote(c) for c in comments]
        for v in votes:
            VoteBook(path).append(v)
        assert read_votes(path) == (votes, [])


def test_nobody_else_may_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        VoteBook(path).append(a_vote())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o666)
    VoteBook(path).append(a_vote())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_retry_is_no_second_vote(path: Path) -> None:
    first = a_vote("once")
    one, other = VoteBook(path), VoteBook(path)  # as in two server processes
    assert not one.append(first).already
    assert one.append(first).already
    assert other.append(first).already
    assert not other.append(a_vote()).already
    assert not one.append(a_vote()).already
    assert one.append(first).already
    assert VoteBook(path).append(first).already
    assert len(read_votes(path)[0]) == 3


def test_only_what_is_new_is_scanned(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = VoteBook(path), VoteBook(path)
    for _ in range(50):
        writer.append(a_vote())
    reader.append(a_vote())
    scanned: list[bytes] = []
    real = VOTES.key_of
    monkeypatch.setattr(Schema, "key_of", lambda schema, line: scanned.append(line) or real(line))
    writer.append(a_vote())
    assert len(scanned) == 1  # the reader's one row; its own rows it knows
    reader.append(a_vote())
    assert len(scanned) == 2


@pytest.mark.parametrize(
    "tail", [b"v", b"vote/1,abc", b"\x00" * 500, "vote/1,é".encode()[:-1], b"x" * 3_000_000])
def test_a_torn_tail_is_cut_off_and_kept(path: Path, tail: bytes) -> None:
    votes = [a_vote("before"), a_vote("after")]
    book = VoteBook(path)
    book.append(votes[0])
    with open(path, "ab") as file:
        file.write(tail)
    assert [b.reason for b in read_votes(path)[1]] == ["torn: it has no line end"]
    book.append(votes[1])
    assert read_votes(path) == (votes, [])
    (kept,) = aside(path)
    assert kept.read_bytes() == tail
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_every_place_a_row_can_tear_at(path: Path) -> None:
    whole, torn = a_vote("whole"), a_vote("torn =1")
    VoteBook(path).append(whole)
    good, line = path.read_bytes(), VOTES.line(torn.row())
    for cut in range(len(line)):
        path.write_bytes(good + line[:cut])
        receipt = VoteBook(path).append(torn)  # the browser tries again
        assert not receipt.already
        assert read_votes(path) == ([whole, torn], [])
    path.write_bytes(good + line)
    assert VoteBook(path).append(torn).already


def test_a_torn_header_is_written_again(path: Path) -> None:
    VoteBook(path).append(a_vote())
    path.write_bytes(VOTES.header[:20])
    VoteBook(path).append(a_vote())
    assert path.read_bytes().startswith(VOTES.header)
    assert [len(part) for part in read_votes(path)] == [1, 0]
    assert aside(path)[0].read_bytes() == VOTES.header[:20]


def test_bad_lines_are_told_not_dropped(path: Path) -> None:
    votes = [a_vote("one"), a_vote("two"), a_vote("three")]
    for v in votes:
        VoteBook(path).append(v)
    header, one, two, three = path.read_bytes().splitlines(keepends=True)
    newer = Schema("vote", 2, VOTES.columns).line(votes[0].row())
    bad_vote = VOTES.line({**a_vote().row(), "overall": 9})
    path.write_bytes(header + one + two.replace(b",4,5,", b",5,5,") + b"\n" + header + three + one + newer
                     + b"\xff\xfe junk\n" + bad_vote)
    good, bad = read_votes(path)
    assert good == [votes[0], votes[2]]
    assert [(b.line, b.reason) for b in bad] == [
        (3, "changed since it was written: its checksum is another"),
        (4, "torn: it ends without a checksum"),
        (7, "its vote_id is that of line 2"),
        (8, "a row of schema 'vote/2', not vote/1"),
        (9, "torn: it ends without a checksum"),
        (10, "The rating “overall” is 9, expected 1 to 5."),
    ]
    assert bad[4].text == "\\xff\\xfe junk"


def test_a_damaged_row_does_not_stand_for_its_vote(path: Path) -> None:
    vote = a_vote()
    VoteBook(path).append(vote)
    path.write_bytes(path.read_bytes().replace(b",4,5,", b",5,5,"))
    assert not VoteBook(path).append(vote).already
    assert read_votes(path)[0] == [vote]


def test_line_ends_of_windows_are_no_damage(path: Path) -> None:
    votes = [a_vote("a"), a_vote("b")]
    for v in votes:
        VoteBook(path).append(v)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_votes(path) == (votes, [])
    assert VoteBook(path).append(votes[0]).already


def test_a_book_that_is_moved_away_is_begun_again(path: Path) -> None:
    book = VoteBook(path)
    book.append(a_vote())
    path.rename(path.with_name("votes-2025.csv"))
    book.append(a_vote())
    assert [len(read_votes(p)[0]) for p in (path, path.with_name("votes-2025.csv"))] == [1, 1]


def test_a_file_of_something_else_is_not_appended_to(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("name,phone\nme,1\n")
    with pytest.raises(NotSaved, match="another version"):
        VoteBook(path).check()
    with pytest.raises(NotSaved, match="another version"):
        VoteBook(path).append(a_vote())
    assert path.read_text() == "name,phone\nme,1\n"


def test_other_rows_go_into_books_of_their_own(tmp_path: Path) -> None:
    checks = Schema("check", 1, (Column("check_id"), Column("passed", int), Column("note")))
    rows = [{"check_id": str(uuid.uuid4()), "passed": i, "note": f"={i}"} for i in range(3)]
    for row in rows:
        VoteBook(tmp_path / "checks.csv", checks).append(row)
    assert read_book(tmp_path / "checks.csv", checks) == (rows, [])
    with pytest.raises(ValueError, match="wrong columns"):
        VoteBook(tmp_path / "checks.csv", checks).append(a_vote())


def test_many_threads_one_book(path: Path) -> None:
    book, votes = VoteBook(path), [a_vote(str(i)) for i in range(60)]
    threads = [threading.Thread(target=lambda part=part: [book.append(v) for v in part])
               for part in (votes[:30], votes[15:45], votes[30:])]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    good, bad = read_votes(path)
    assert bad == []
    assert sorted(v.comment for v in good) == sorted(v.comment for v in votes)


# --- what can go wrong with a file ---------------------------------------------------------------------


def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_bytes(VOTES.header)
    path.parent.mkdir(parents=True)
    path.symlink_to(victim)
    with pytest.raises(NotSaved, match="is a link"):
        VoteBook(path).append(a_vote())
    assert victim.read_bytes() == VOTES.header


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_only_a_regular_file_will_do(path: Path, make: Callable) -> None:
    path.parent.mkdir(parents=True)
    make(path)
    with pytest.raises(NotSaved, match="^Not saved: .*(folder|regular)"):
        VoteBook(path).append(a_vote())


def test_a_writer_that_keeps_the_lock_is_not_waited_for_for_ever(path: Path) -> None:
    VoteBook(path).append(a_vote())
    with open(path, "rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NotSaved, match="busy"):
            VoteBook(path, lock_wait_s=0.1).append(a_vote())
    VoteBook(path, lock_wait_s=0.1).append(a_vote())


@pytest.mark.parametrize("failing", ["write", "fsync", "second write"])
def test_a_write_that_fails_is_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    # A full disk shows at write, in the middle of a write, or as late as fsync.
    book, vote = VoteBook(path), a_vote("kept on the page")
    book.append(a_vote())
    before, real = path.read_bytes(), os.write
    full = OSError(errno.ENOSPC, "No space left on device")

    def write(fd: int, data: bytes) -> int:
        if failing == "second write" and len(data) > 10:
            return real(fd, data[:10])
        raise full

    def fsync(fd: int) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync" if failing == "fsync" else "write", fsync if failing == "fsync" else write)
        with pytest.raises(NotSaved) as caught:
            book.append(vote)
    assert str(caught.value) == ("Not saved: the server's disk is full. "
                                 "Your answer is still on this page; please try again.")
    assert path.read_bytes() == before
    assert not book.append(vote).already
    assert len(read_votes(path)[0]) == 2


def in_child(work: Callable[[], object]) -> str:
    """Run `work` in a forked child (so that limits and users bind only that) and say how it ended."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        text = "child died"
        try:
            text = f"{work()}"
        except BaseException as error:
            text = f"{type(error).__name__}: {error}"
        finally:
            os.write(write_end, text.encode())
            os._exit(0)
    os.close(write_end)
    with open(read_end) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return text


def test_a_file_that_may_grow_no_further(path: Path) -> None:
    VoteBook(path).append(a_vote())
    before = path.read_bytes()

    def work() -> object:
        size = len(before) + 50  # the write stops in the middle of the row
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return VoteBook(path).append(a_vote())

    assert in_child(work).startswith("NotSaved: Not saved: the vote book has reached the size")
    assert path.read_bytes() == before


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
                          capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk_says_not_saved_and_what_was_saved_stays(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with small_disk(folder, "64k"):
        path, saved = folder / "votes" / "votes.csv", []
        book = VoteBook(path)
        votes = [a_vote("x" * 1900) for _ in range(100)]
        with contextlib.suppress(NotSaved):
            for vote in votes:
                book.append(vote)
                saved.append(vote)
        assert 10 < len(saved) < 40
        assert read_votes(path) == (saved, [])
        with pytest.raises(NotSaved, match="disk is full"):
            VoteBook(path).append(vote)


def test_a_file_or_folder_that_may_not_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not pytest's own: nobody may enter that one
        os.chmod(folder, 0o755)
        path = Path(folder) / "votes.csv"
        VoteBook(path).append(a_vote())
        path.chmod(0o444)

        def work(target: Path) -> object:
            if os.geteuid() == 0:
                os.setuid(65534)  # root may write everything: become nobody
            return VoteBook(target).append(a_vote())

        sentence = "NotSaved: Not saved: the vote book can't be written to"
        assert in_child(lambda: work(path)).startswith(sentence)
        os.chmod(folder, 0o555)
        assert in_child(lambda: work(Path(folder) / "other.csv")).startswith(sentence)
        assert in_child(lambda: work(Path(folder) / "new" / "votes.csv")).startswith(sentence)
        assert len(read_votes(path)[0]) == 1


def test_sentences_hold_no_paths() -> None:
    for code in errno.errorcode:
        sentence = book_module._sentence(OSError(code, "secret", "/srv/secret/votes.csv"))
        assert sentence.startswith("Not saved: ")
        assert "/" not in sentence
        assert "secret" not in sentence


def test_rewriting_while_others_append_loses_nothing(tmp_path) -> None:
    path = tmp_path / "b" / "book.csv"
    schema = Schema("thing", 1, (Column("thing_id"), Column("n", int)))
    books = [VoteBook(path, schema) for _ in range(5)]
    ids = [[str(uuid.uuid4()) for _ in range(25)] for _ in books]

    def append(k: int) -> None:
        for i, key in enumerate(ids[k]):
            books[k].append({"thing_id": key, "n": i})

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(append, k) for k in range(len(books))]
        mover = VoteBook(path, schema)
        while not all(w.done() for w in work):
            mover.rewrite(lambda lines: list(reversed(lines)))
        for w in work:
            w.result()
    rows, bad = read_book(path, schema)
    assert not bad and {r["thing_id"] for r in rows} == {key for some in ids for key in some}
    assert os.listdir(path.parent) == ["book.csv"] and path.stat().st_mode & 0o777 == 0o600


def test_several_rows_go_in_together_and_once(tmp_path) -> None:
    schema = Schema("thing", 1, (Column("thing_id"), Column("n", int)))
    book = VoteBook(tmp_path / "b" / "book.csv", schema)
    rows = [{"thing_id": str(uuid.uuid4()), "n": i} for i in range(3)]
    assert [r.already for r in book.append_all(rows[:2])] == [False, False]
    assert [r.already for r in book.append_all(rows)] == [True, True, False]
    assert book.holds([r["thing_id"] for r in rows]) and not book.holds([str(uuid.uuid4())])
    assert read_book(book.path, schema)[0] == rows


def test_a_rewrite_that_fails_leaves_the_book_as_it_was(tmp_path) -> None:
    schema = Schema("thing", 1, (Column("thing_id"), Column("n", int)))
    book = VoteBook(tmp_path / "b" / "book.csv", schema)
    book.append({"thing_id": str(uuid.uuid4()), "n": 1})
    before = book.path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        book.rewrite(lambda lines: [b"" for _ in range(1 // 0)])
    assert book.path.read_bytes() == before and os.listdir(book.path.parent) == ["book.csv"]
