"""Where quotations end, and what of a text is quoted."""

from __future__ import annotations

import pytest

from site_builder.text.quotes import PAIRS, quotation_end, quoted_in_paragraphs, quoted_stretches
from tools.pace import within


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('"no" more"', 4),
        (r'"say \"no\" now" x', 16),
        (r'"a \\" b"', 6),
        (r"“a \” b", 5),
        ("“he said “no””; @b", 14),
        ("„nein“ x“", 6),
        ("„tak” x", 5),
        ("„er sagte „nein“ dazu“ x", 22),
        ("“he „nein“ said” x", 16),
        ("”nej” x”", 5),
        ("«non» x»", 5),
        ("« il dit « non » hier » x", 23),
        ("»nein« x", 6),
        ("»ei» x", 4),
        ("‹non› x", 5),
        ("›nein‹ x", 6),
        ("「いいえ」x", 5),
        ("「彼は『いいえ』と」x", 10),
        ("‚nein‘ x", 6),
        ("‘he can’t go’ x", 13),
        ("“he ‘can’t’ go” x", 15),
        ("“a ‚ b” c", 7),
        ("“the boats’ crews” x", 18),
        ('“6" wide” x', 9),
        ("“never", -1),
        ("“he said “no”", -1),
        ('"never', -1),
        ("no", -1),
        ("'no'", -1),
        ("", -1),
    ],
)
def test_a_quotation_ends_with_its_own_mark(text: str, end: int) -> None:
    assert quotation_end(text, 0) == end


def test_a_quotation_is_looked_for_where_it_opens() -> None:
    assert quotation_end('[@m "a"; @n “b”]', 4) == 7
    assert quotation_end('[@m "a"; @n “b”]', 12) == 15
    assert quotation_end('[@m "a"]', 3) == -1


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "NATO" once.', ['"NATO"']),
        ("He said “NATO” and “EU”.", ["“NATO”", "“EU”"]),
        ("Er sagte „NATO“ und ‚EU‘.", ["„NATO“", "‚EU‘"]),
        ("Hon sa ”NATO” igen.", ["”NATO”"]),
        ("Il dit « NATO » et ‹EU›.", ["« NATO »", "‹EU›"]),
        ("Er sagte »NATO« und ›EU‹.", ["»NATO«", "›EU‹"]),
        ("彼は「NATO」と『EU』", ["「NATO」", "『EU』"]),
        ("他说“NATO”和‘EU’。", ["“NATO”", "‘EU’"]),
        ("The ‘NATO’ line", ["‘NATO’"]),
        ("The (‘NATO’) line", ["‘NATO’"]),
        ("O’Brien met NATO in May ’26, didn’t he", []),
        ("the boats’ NATO masts’ ends", []),
        ("O‘ahu NATO’s", []),
        ('a 6" pipe, NATO, an 8" pipe', []),
        ("Il dit NATO » et partit", []),
        ("“he „NATO“ said” EU", ["“he „NATO“ said”"]),
        ("“never NATO", []),
        ("an “unfinished and „whole“ one", ["„whole“"]),
        ("none", []),
    ],
)
def test_what_stands_between_marks_is_quoted(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_stretches(text)] == quoted


@pytest.mark.parametrize(
    ("first", "second", "quoted"),
    [
        ("He said: “One.", "“Two.”", ["“One.", "“Two.”"]),
        ('He said: "One.', '"Two." Then.', ['"One.', '"Two."']),
        ("« Un.", "» Deux. » Puis.", ["« Un.", "» Deux. »"]),
        ("« Un.", "« Deux. »", ["« Un.", "« Deux. »"]),
        ("„Eins.", "„Zwei.“", ["„Eins.", "„Zwei.“"]),
        ("A stray “ mark", "Two.", ["", ""]),
        ("He said: “One.”", "“Two.”", ["“One.”", "“Two.”"]),
        ("A stray „ mark", "“Two.”", ["", "“Two.”"]),
    ],
)
def test_a_quotation_of_several_paragraphs(first: str, second: str, quoted: list[str]) -> None:
    rows = zip((first, second), quoted_in_paragraphs((first, second)), strict=True)
    assert [" ".join(text[start:end] for start, end in spans) for text, spans in rows] == quoted


def test_every_pair_is_found_by_its_opening_mark() -> None:
    for mark, pair in PAIRS.items():
        text = f"{mark}NATO{pair.closes[0]}"
        assert quotation_end(text, 0) == len(text)
        assert quoted_stretches(f" {text} ") == [(1, 1 + len(text))]


def test_marks_that_never_close_cost_little() -> None:
    text = "[@a “" * 20_000
    with within(2):
        assert [quotation_end(text, at) for at in range(4, len(text), 5)] == [-1] * 20_000
        assert quoted_stretches(text) == []
