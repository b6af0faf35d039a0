"""The list of mistakes that tests must notice: see tools/mutants.py."""

from __future__ import annotations

from pathlib import Path

from tools.mutants import LIST, PACKAGE, Mutant, read_list, relevant_tests

ROOT = Path(__file__).parent.parent


def test_a_list_is_read() -> None:
    text = "# Remark.\n\nname: a\nfile: b.py\nold:  'x: \\n'\nnew:  ''\ntests: c d\n\nname: e\nfile: f.py\nold: '1'\nnew: '2'\n"

    assert read_list(text) == [
        Mutant("a", "b.py", "x: \n", "", ("c", "d")),
        Mutant("e", "f.py", "1", "2"),
    ]


def test_a_mistake_is_made_where_its_text_stands_once(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("x = 1\ny = 1\n")

    assert Mutant("m", "a.py", "x = 1", "x = 2").apply(tmp_path) == ""
    assert file.read_text() == "x = 2\ny = 1\n"
    assert Mutant("m", "a.py", "x = 1", "x = 2").apply(tmp_path) == "its text is gone"
    assert Mutant("m", "a.py", "= ", "").apply(tmp_path) == "its text is there 2 times"
    assert Mutant("m", "b.py", "x", "y").apply(tmp_path) == "its file is gone"
    assert file.read_text() == "x = 2\ny = 1\n"


def test_each_name_is_on_the_list_once_and_its_tests_are_there() -> None:
    mutants = read_list(LIST.read_text("utf-8"))
    names = [row.name for row in mutants]

    assert sorted(names) == sorted(set(names))
    assert [row.name for row in mutants if not row.file.startswith(f"{PACKAGE}/")] == []
    tests = {path for row in mutants for path in row.tests or relevant_tests(row.file)}
    assert [path for path in sorted(tests) if not (ROOT / path).exists()] == []


def test_each_mistake_can_be_made_in_the_code_as_it_is() -> None:
    """Whoever moves a line that is on the list moves the entry with it."""
    gone = {
        row.name: number
        for row in read_list(LIST.read_text("utf-8"))
        if (number := (ROOT / row.file).read_text("utf-8").count(row.old)) != 1
    }
    assert gone == {}
