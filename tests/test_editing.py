"""Changes to authors' files: all or none, and nothing else of a file."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from site_builder.editing import (
    JOURNAL,
    Edit,
    appended,
    apply,
    block_of,
    finish,
    respliced,
    with_field,
)
from site_builder.faults import Fault
from site_builder.reading.encodings import decoded
from site_builder.reading.files import Found, digest
from site_builder.reading.yaml_spans import Splice


def found(path: Path, name: str) -> Found:
    return Found(name, str(path), (0, 0, path.stat().st_size, 0))


def test_all_are_made(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "folder" / "new"
    old.write_bytes(b"a")
    apply([Edit(old, b"a", b"b"), Edit(new, None, b"c")], tmp_path)
    assert (old.read_bytes(), new.read_bytes()) == (b"b", b"c")


@pytest.mark.parametrize("there", [b"changed", None])
def test_if_one_changed_meanwhile_none_is_made(tmp_path: Path, there: bytes | None) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"a")
    if there is not None:
        second.write_bytes(there)
    with pytest.raises(Fault, match=r"nothing was written|can't be written"):
        apply([Edit(first, b"a", b"b"), Edit(second, b"as it was", b"c")], tmp_path)
    assert first.read_bytes() == b"a"


def test_what_was_made_is_taken_back_if_a_later_one_fails(tmp_path: Path) -> None:
    first, new, there = tmp_path / "first", tmp_path / "new", tmp_path / "there"
    first.write_bytes(b"a")
    there.write_bytes(b"x")
    with pytest.raises(Fault, match=r"there' already exists; nothing was written$"):
        apply([Edit(first, b"a", b"b"), Edit(new, None, b"n"), Edit(there, None, b"c")], tmp_path)
    assert first.read_bytes() == b"a"
    assert there.read_bytes() == b"x"
    assert not new.exists()


def test_what_was_made_is_taken_back_if_a_later_one_can_not_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, new, last = tmp_path / "first", tmp_path / "new", tmp_path / "last"
    first.write_bytes(b"a")
    last.write_bytes(b"x")
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if target == last:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(Fault, match=r"last' can't be written: Permission denied$"):
        apply([Edit(first, b"a", b"b"), Edit(new, None, b"n"), Edit(last, b"x", b"c")], tmp_path)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == {
        "first": b"a",
        "last": b"x",
    }
    assert not (tmp_path / JOURNAL).exists()


def test_a_block_goes_to_the_end_with_the_files_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_bytes(b"a:\r\n  title: A")
    edit = appended(found(path, "content/sources.yaml"), "b", "b:\n  title: B\n")
    assert edit == Edit(path, b"a:\r\n  title: A", b"a:\r\n  title: A\r\nb:\r\n  title: B\r\n")


FIELD = {"original": "a.pdf", "date": "2026-01-02"}


@pytest.mark.parametrize(
    ("name", "before", "within", "after"),
    [
        ("sources.yaml", "a:\n  title: A\n\n# next\nb:\n  title: B\n", ("a",),
         "a:\n  title: A\n  extracted:\n    original: a.pdf\n    date: 2026-01-02\n\n# next\nb:\n  title: B\n"),
        ("sources.yaml", "a:\n  extracted:\n    original: old\n    tool: x\n  title: A   # ours\n", ("a",),
         "a:\n  extracted:\n    original: a.pdf\n    date: 2026-01-02\n  title: A   # ours\n"),
        ("sources.yaml", "a:\n  extracted: {original: old}\n  omit:\n  - x\n", ("a",),
         "a:\n  extracted:\n    original: a.pdf\n    date: 2026-01-02\n  omit:\n  - x\n"),
        ("sources.yaml", "a:\n  omit:\n  - x\n  - y", ("a",),
         "a:\n  omit:\n  - x\n  - y\n  extracted:\n    original: a.pdf\n    date: 2026-01-02"),
        ("a.md", "---\ntitle: A\n---\nextracted: text\n", (),
         "---\ntitle: A\nextracted:\n  original: a.pdf\n  date: 2026-01-02\n---\nextracted: text\n"),
        ("a.md", "---\r\ntitle: A\r\n---\r\nText\r\n", (),
         "---\r\ntitle: A\r\nextracted:\r\n  original: a.pdf\r\n  date: 2026-01-02\r\n---\r\nText\r\n"),
        ("a.yaml", "title: >-\n  A\n  b\n", (),
         "title: >-\n  A\n  b\nextracted:\n  original: a.pdf\n  date: 2026-01-02\n"),
    ],
)  # fmt: skip
def test_one_field_changes_and_nothing_else(
    tmp_path: Path, name: str, before: str, within: tuple[str, ...], after: str
) -> None:
    path = tmp_path / name
    path.write_bytes(before.encode())
    edit = with_field(found(path, f"content/{name}"), within, "extracted", FIELD)
    assert edit.after.decode() == after
    assert edit.before == before.encode()


@pytest.mark.parametrize(
    "text",
    [
        "a: {title: A}\n",
        "a: &x\n  title: A\nb: *x\n",
        "- a\n",
        "a:\n",
        "a:\n  title: A\r\n  url: B\n",
    ],
)
def test_what_can_not_be_changed_is_shown_to_be_written_by_hand(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_bytes(text.encode())
    with pytest.raises(Fault, match=r"[Nn]othing was written"):
        with_field(found(path, "content/sources.yaml"), ("a",), "extracted", FIELD)


def test_fields_are_written_in_block_style() -> None:
    fields = {"title": "A: b", "authors": ["no", "1.10"], "extracted": {"date": "2026-01-02"}}
    assert block_of(fields) == [
        'title: "A: b"',
        "authors:",
        "  - no",
        "  - 1.10",
        "extracted:",
        "  date: 2026-01-02",
    ]


# --- a change of several files that is killed ---------------------------------------------------


class Killed(BaseException):
    pass


@pytest.mark.parametrize("at", range(12))
def test_killed_at_any_step_it_is_all_old_or_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Each call that changes the disk is the one at which the process dies."""
    left = [at]

    def dying(name: str) -> None:
        function = getattr(os, name)

        def call(*args: Any, **more: Any) -> Any:
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return function(*args, **more)

        monkeypatch.setattr(os, name, call)

    for name, text in (("a", b"1"), ("b", b"2"), ("c", b"3")):
        (tmp_path / name).write_bytes(text)
    edits = [
        Edit(tmp_path / "a", b"1", b"one"),
        Edit(tmp_path / "b", b"2", None),
        Edit(tmp_path / "d", None, b"four", like=tmp_path / "a"),
        Edit(tmp_path / "c", b"3", b"three"),
    ]
    with monkeypatch.context() as patched:
        monkeypatch = patched
        monkeypatch.setattr("site_builder.editing._take_away", lambda *_: None)
        for name in ("open", "replace", "chmod", "unlink"):
            dying(name)
        with contextlib.suppress(Killed):
            apply(edits, tmp_path)
    said = finish(tmp_path)
    shown = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name in "abcd"}
    old = {"a": b"1", "b": b"2", "c": b"3"}
    new = {"a": b"one", "c": b"three", "d": b"four"}
    assert shown == (new if said or left[0] else old)
    assert finish(tmp_path) == []


BESIDE = ".site-builder-0123456789abcdef.tmp"


def plant(root: Path, rows: object) -> None:
    """A journal that is in the folder of a site."""
    journal = root / JOURNAL
    journal.parent.mkdir(exist_ok=True)
    journal.write_text(rows if isinstance(rows, str) else json.dumps(rows))


def test_a_file_that_was_changed_after_the_kill_is_left(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    (tmp_path / BESIDE).write_bytes(b"one")
    plant(tmp_path, [["a", BESIDE, "0" * 32, False]])
    assert finish(tmp_path) == [
        "a change of files was interrupted; it is finished now",
        f"'{tmp_path / 'a'}' was changed since, and is left as it is; look at it",
    ]
    assert (tmp_path / "a").read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


MINE = digest(b"mine")
BAD_JOURNALS = [
    [["../mine", BESIDE, MINE, True]],
    [["linked/mine", BESIDE, MINE, True]],
    [["{tmp}/mine", BESIDE, MINE, True]],
    [["mine", "mine", MINE, True]],
    [["new", "../mine", "", False]],
    [["new", "{tmp}/mine", "", False]],
    [["new", "../site/mine", "", False]],
    [["mine", f"x/{BESIDE}", MINE, True]],
    [[BESIDE, "mine", "", False]],
    [["m\0", BESIDE, MINE, True]],
    [["mine", BESIDE, MINE, 1]],
    [["mine", BESIDE, None, True]],
    [["mine", MINE]],
    [[MINE, "mine"]],
    [["", "new", "../mine"]],
    [None],
    {"mine": BESIDE},
    5,
    "[" * 100_000,
    "null",
    "",
]


@pytest.mark.parametrize("rows", BAD_JOURNALS, ids=lambda rows: repr(rows)[:60])
def test_a_journal_from_a_stranger_changes_no_file(tmp_path: Path, rows: Any) -> None:
    """Even where a file beside has the right name, nothing outside is touched, and nothing by another name."""
    root = tmp_path / "site"
    root.mkdir()
    for folder in (tmp_path, root):
        (folder / "mine").write_bytes(b"mine")
        (folder / BESIDE).write_bytes(b"theirs")
    (root / "linked").symlink_to(tmp_path)
    shown = rows if isinstance(rows, str) else json.dumps(rows)
    plant(root, shown.replace("{tmp}", str(tmp_path)))

    (said,) = finish(root)

    problem, _, advice = said.partition(". ")
    assert problem == f"'{root / JOURNAL}' can't be read, so no file is changed"
    assert advice == "If a change of files was interrupted, look at them; then delete it"
    for folder in (tmp_path, root):
        assert (folder / "mine").read_bytes() == b"mine"
        assert (folder / BESIDE).read_bytes() == b"theirs"
    assert not (root / "new").exists()


@pytest.mark.parametrize("removes", [False, True])
def test_a_journal_alone_removes_and_replaces_nothing(tmp_path: Path, removes: bool) -> None:
    """A cache of CI brings a journal, but no file beside those of an author."""
    (tmp_path / "mine").write_bytes(b"mine")
    plant(tmp_path, [["mine", BESIDE, MINE, removes], ["new", BESIDE, "", removes]])

    assert finish(tmp_path) == ["a change of files was interrupted; it is finished now"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_journal_behind_a_link_is_not_followed(tmp_path: Path) -> None:
    root, other = tmp_path / "site", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    plant(other, [])
    (root / JOURNAL.parent).symlink_to(other / JOURNAL.parent)

    assert finish(root) == []
    assert (other / JOURNAL).exists()


def test_a_fifo_where_a_file_was_changed_is_left(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    (tmp_path / BESIDE).write_bytes(b"one")
    plant(tmp_path, [["a", BESIDE, "", False]])

    assert finish(tmp_path)[1:] == [
        f"'{tmp_path / 'a'}' was changed since, and is left as it is; look at it"
    ]


# --- splices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"ab\ncd\n", b"aX\nY\nd\n"),
        (b"\xef\xbb\xbfab\r\ncd\r\n", b"\xef\xbb\xbfaX\r\nY\r\nd\r\n"),
        (b"ab\rcd\r", b"aX\rY\rd\r"),
        (b"\xef\xbb\xbfab\n\xef\xbb\xbfcd\r\n", b"\xef\xbb\xbfaX\n\xef\xbb\xbfY\nd\r\n"),
        (b"ab\ncd\xe2\x80\xa8e\n", b"aX\nY\nd\xe2\x80\xa8e\n"),
    ],
)
def test_splices_keep_every_other_byte(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(before)
    text = decoded("a.md", before).text
    assert text is not None
    edit = respliced(found(path, "a.md"), text, [Splice(1, 2, "X"), Splice(3, 4, "Y\n")])
    assert edit == Edit(path, before, after)
