"""Pairs of a source and a quotation that are, or are not, the same: `quotation-pairs.tsv`, `more-pairs.tsv`."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.links.evidence import SourceText

FILE = Path(__file__).parent / "quotation-pairs.tsv"
GERMAN = ("p022", "p054", "p056", "p091")


class Pair(NamedTuple):
    id: str
    expected: str
    rule: str
    omit: str
    source: str
    quotation: str
    passages: str


def written(text: str) -> str:
    return re.sub(r"\\(u[0-9a-f]{4}|n|t)", _character, text)


def _character(match: re.Match[str]) -> str:
    said = match[1]
    return chr(int(said[1:], 16)) if said[0] == "u" else {"n": "\n", "t": "\t"}[said]


ROWS = [Pair(*row.split("\t")) for row in FILE.read_text("utf-8").split("\n")[1:] if row]


def test_all_pairs_are_there() -> None:
    assert len(ROWS) == 153
    assert ROWS[0].id == "p001"


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair.id) for pair in ROWS])
def test_pair(pair: Pair) -> None:
    source = SourceText(written(pair.source), "de" if pair.id in GERMAN else "en")
    omit = written(pair.omit)
    if omit:
        without = source.without(omit)
        source = without or source
    found = source.find(written(pair.quotation))
    assert (found is not None) == (pair.expected == "same")
    if found:
        pieces = found.pieces or ((found.start, found.end),)
        shown = " | ".join(source.text[start:end] for start, end in pieces)
        wanted = unicodedata.normalize("NFC", written(pair.passages))
        expected = SourceText(wanted)
        assert shown == ((expected.without(omit) if omit else None) or expected).text


MORE = [
    row.split("\t")
    for row in FILE.with_name("more-pairs.tsv").read_text("utf-8").split("\n")[1:]
    if row
]


@pytest.mark.parametrize(("expected", "language", "source", "quotation"), MORE)
def test_another_pair(expected: str, language: str, source: str, quotation: str) -> None:
    found = SourceText(written(source), language).find(written(quotation))
    assert ("different" if found is None else "same") == expected
