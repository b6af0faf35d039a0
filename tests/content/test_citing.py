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
