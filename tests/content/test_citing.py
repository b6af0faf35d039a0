"""The grammar of citations: the rows of `citations.tsv`, and what they do not hold."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest

from site_builder.text import citing

_FILE = Path(__file__).with_name("citations.tsv")
with _FILE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))
READ = {
    written: [(row["source"], row["words"] or "", row["place"] or "") for row in rows]
    for written, rows in groupby(
        (row for row in ROWS if row["expected"] == "read"), key=lambda row: row["written"]
    )
}
REFUSED = {row["written"]: row["why"] for row in ROWS if row["expected"] == "refused"}


def test_the_table_has_rows_of_both_kinds() -> None:
    assert len(READ) == 18
    assert len(REFUSED) == 9


@pytest.mark.parametrize("closing", ["", "]"])
@pytest.mark.parametrize(("written", "items"), READ.items())
def test_it_is_read(written: str, items: list[tuple[str, str, str]], closing: str) -> None:
    group = citing.read(written + closing, closing=closing)
    assert group.problem is None
    assert [item[:3] for item in group.items] == items
    assert group.end == len(written + closing)


@pytest.mark.parametrize("closing", ["", "]"])
@pytest.mark.parametrize(("written", "why"), REFUSED.items())
def test_it_is_refused(written: str, why: str, closing: str) -> None:
    group = citing.read(written + closing, closing=closing)
    assert group.items == ()
    assert group.problem
    assert group.problem.message == why


@pytest.mark.parametrize(
    ("written", "message", "form"),
    [
        ('@x "a",', "this is not part of the citation: ','", ""),
        ("see,", "this is not part of the citation: ','", ""),
        ("@x,", "this is not part of the citation: ','", ""),
        ("@", "the slug of a source is missing here", ""),
        ("@ x", "the slug of a source is missing here", ""),
        ("@x;", "nothing follows the ';'", ""),
        ("@x words", "this is not part of the citation: 'words'", '@x "words"'),
        ("@x: words", "this is not part of the citation: ': words'", '@x "words"'),
        ("@x 'words'", "this is not part of the citation: ''words''", '@x "words"'),
        ('@x "a" "b"', "this is not part of the citation: '\"b\"'", '@x "a"; @x "b"'),
        ("@x, @y", "separate two citations with ';': [@x; @y]", "@x; @y"),
        ("see x", "move 'see' into the sentence", "x"),
        ("-x", "a citation can't have a '-' here", ""),
        ("@x, p.", f"'p.' is not a place in a source, such as {citing.PLACES}", ""),
        ("@x, page 3", f"'page 3' is not a place in a source, such as {citing.PLACES}", ""),
        ("@x 00:75:00", "this is not part of the citation: '00:75:00'", '@x "00:75:00"'),
        ("@x 33-35", "say what 33-35 is: p. 33-35, § 33-35, para. 33-35", ""),
        ('@x "a' + "b" * 30_000, "the quotation is not closed", '@x "exact words"'),
    ],
)
def test_what_is_refused_with_the_form_to_write(written: str, message: str, form: str) -> None:
    problem = citing.read(written).problem
    assert problem
    assert (problem.message, problem.form) == (message, form)


def test_nothing_behind_a_citation_is_passed_over() -> None:
    assert citing.read("@x" + " " * 5_000).problem is None
    assert citing.read("@x" + " " * 5_000 + "words").problem


@pytest.mark.parametrize("between", [", ", " , ", ",\n", " ,\N{NO-BREAK SPACE}", " "])
def test_a_place_knows_where_it_stands(between: str) -> None:
    text = f'@menu "hot"{between}p.  6'
    (item,) = citing.read(text).items
    assert (item.place, text[item.place_start : item.end]) == ("p. 6", "p.  6")


def test_a_bracket_that_is_never_closed_is_told() -> None:
    problem = citing.read('@x "a"', closing="]").problem
    assert problem
    assert problem.message == "the ']' after this citation is missing"


@pytest.mark.parametrize(
    ("place", "is_place"),
    [
        ("p. 3", True), ("p.3", True), ("p3", True), ("pp. iv–vi", True), ("S. 4", True), ("§5", True), ("§§ 5-7", True),
        ("Art. 6(1)(f), para. 2", True), ("art. 5 and 6", True), ("ch. 3, 5-7", True), ("¶ 4", True), ("fig. A2", True),
        ("1:02:03-1:03:00", True), ("12:30", True), ("l. 3.2", True), ("sec. IV", True), ("p. 3a", True),
        ("p.", False), ("p", False), ("pm", False), ("3", False), ("page 3", False), ("99:75", False), ("p. -3", False),
        ("chapter", False), ("p. 3 p", False), ("Artikel", False),
    ],
)  # fmt: skip
def test_places(place: str, *, is_place: bool) -> None:
    items = citing.read(f"@x, {place}").items
    assert [item.place for item in items] == ([place] if is_place else [])
