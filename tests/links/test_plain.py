"""Linked texts as plain text: what no site of the other tests has in it."""

from __future__ import annotations

import pytest

from site_builder.content.models import EntityId
from site_builder.links.graph import Href, Link, LinkedPart, Mark
from site_builder.links.plain import CITED, plain_lines, plain_run, plain_text, without_gaps

DAM = Link(EntityId("issue", "dam"), "", "The dam")
MARK = Mark(EntityId("source", "minutes"), "", "")


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        (f"R&amp;D {CITED}.", "R&amp;D."),
        (f"a &lt;{CITED}.", "a &lt;."),
        (f"It leaks; {CITED}.", "It leaks."),
        (f'<a href="x">It</a> ({CITED}) leaks', '<a href="x">It</a> leaks'),
    ],
)
def test_html_without_citations_has_no_gaps(markup: str, left: str) -> None:
    assert without_gaps(markup) == left


def test_tasks_say_whether_they_are_done() -> None:
    box = '<li><input type="checkbox" disabled{} aria-label="x"> {}</li>'
    text = f"<ul>{box.format(' checked', 'Pay')}{box.format('', 'Leave')}</ul>"
    assert plain_lines((text,)) == ["[x] Pay", "[ ] Leave"]


@pytest.mark.parametrize(
    ("parts", "text", "places"),
    [
        ((" a ", DAM, " leaks ", MARK, "."), "a The dam leaks.", [2, 15]),
        ((MARK, " ", DAM, MARK), "The dam", [0, 0, 7]),
        (("<s>no ", DAM, "</s> yes ", Href(None, "x", ""), "there</a>"), "yes there", [0, 4]),
        (("a ", MARK, " ", MARK), "a", [1, 1]),
        (("a ", Href(None, "x", ""), "</a> "), "a", [1]),
        (("It leaks <s>a lot</s>.",), "It leaks.", []),
    ],
)
def test_where_links_and_citations_are(
    parts: tuple[LinkedPart, ...], text: str, places: list[int]
) -> None:
    assert plain_run(parts) == (text, places)


def test_nothing_is_nothing() -> None:
    assert plain_text(()) == ""
    assert plain_lines(("<hr>",)) == []
    assert plain_text((MARK,)) == ""
