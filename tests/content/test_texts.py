"""A text that was edited below the same front matter is read as if the whole file had been."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.content.entries import LoadedFile
from site_builder.content.files import kind_of_file
from site_builder.content.kinds import Kind
from site_builder.content.loading import load_file
from site_builder.content.texts import with_new_text
from site_builder.markdown.document import USUAL
from site_builder.reading.files import InputFile

PATH = "content/issues/milk.md"
BEFORE = '---\ntitle: Milk\nsummary: In *tea*, says [@book "yes"]\n---\nFirst or last?\n'
TEXTS = [
    "",
    "\n\n",
    "First.\n\n## A heading\n\nSee [[anna]], [there](https://example.org) and [@book].\n",
    "[^1] has no note, [[ has no end, and <b>this</b> is HTML.\n",
    "::: nonsense\nA box\n:::\n",
    "---\n\nA line.\n\n---\n",
    "A line\r\nand another\r\n",
    f"{'> ' * 60}deep\n",
]


def load(text: str) -> LoadedFile:
    kind = kind_of_file(PATH)
    assert isinstance(kind, Kind)
    return load_file(InputFile(PATH, text.encode()), kind, USUAL)


def said(loaded: LoadedFile | None) -> Any:
    """All that a file says, in a form that can be compared."""
    if loaded is None:
        return None
    entries = [
        (e.id, e.record, e.file, e.within, e.body, e.prose, e.record_digest, e.body_digest)
        for e in loaded.entries
    ]
    return entries, loaded.broken, loaded.diagnostics, loaded.front_matter


def again(before: str, after: str) -> LoadedFile | None:
    return with_new_text(InputFile(PATH, after.encode()), load(before), USUAL)


@pytest.mark.parametrize("text", TEXTS)
def test_an_edited_text_is_read_as_in_the_whole_file(text: str) -> None:
    after = BEFORE.replace("First or last?\n", text)
    assert said(again(BEFORE, after)) == said(load(after))
    assert said(again(after, BEFORE)) == said(load(BEFORE))


def test_what_is_wrong_stands_on_its_line_of_the_file() -> None:
    after = BEFORE + "\n::: nonsense\nA box\n:::\n"
    found = again(BEFORE, after)
    assert found
    assert [row.location.line for row in found.diagnostics] == [7]


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.replace("Milk", "Cream"),
        BEFORE.replace("---\nFirst", "# a remark\n---\nFirst"),
        BEFORE.replace("title: Milk", "title:  Milk"),
        BEFORE.replace("---\n", "", 1),
        BEFORE.replace("---\nFirst", "First"),
        BEFORE + "\x00",
        "",
    ],
)
def test_another_front_matter_is_read_with_the_rest(after: str) -> None:
    assert again(BEFORE, after) is None


@pytest.mark.parametrize(
    "before",
    [
        "---\ntitle: Milk #1\n---\nA warning is told again.\n",
        "---\ntitel: Milk\n---\nSo is an error.\n",
        "---\ntitle: Milk\nsummary: A [[link without an end\nstatus: ''\n---\nSo is this.\n",
        "No front matter.\n",
    ],
)
def test_where_something_was_wrong_with_front_matter_all_is_read_again(before: str) -> None:
    assert again(before, before + "\nMore.\n") is None
