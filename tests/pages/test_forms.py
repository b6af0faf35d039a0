"""What a page and its Markdown copy, made from the same context, differ in."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from site_builder.build import Builder, Options
from site_builder.content.models import EntityId
from site_builder.diagnostics import as_text
from site_builder.engine.tables import marks_of
from site_builder.exports.exporting import make_copy
from site_builder.pages.forms import COPY, PAGE
from site_builder.pages.making import Making
from site_builder.pages.page import make_content
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages
from tests.conftest import MakeSite

ROUTE = Route("issue", "issues/dam/", EntityId("issue", "dam"))
SITE = {
    "content/site.yaml": "title: Ponds\n",
    "content/articles/pond.yaml": "title: The pond\nas_of: 2026\n",
    "content/sources.yaml": "minutes: {title: Minutes}\nletter: {title: Letter}\n",
    "content/actors.yaml": "ann: {name: Ann Holt}\nben: {name: Ben Hay}\n",
    "content/issues.yaml": (
        "dam:\n  title: The dam\n  summary: Said Ann Holt.\n  stakes: Ann Holt decides.\n  related: weir\n  positions:\n"
        "    - {actor: ann, stance: rejects, summary: Ben Hay knows., cite: letter}\n"
        "    - {actor: ben, stance: supports, summary: Ann Holt and Ben Hay know., cite: minutes}\n"
        "weir: {title: The weir}\nsluice: {title: The sluice, related: dam}\n"
    ),
    "content/terms.yaml": "weir: {definition: A wall.}\ndam: {definition: A high wall.}\n",
}


@pytest.fixture
def pages(make_site: MakeSite) -> Pages:
    return pages_of(make_site(SITE))


def pages_of(root: Path) -> Pages:
    builder = Builder(Options(root, jobs=1))
    rendered = builder.render()
    graph = rendered.graph
    assert graph, as_text(rendered.diagnostics)
    return Pages(graph, graph.briefs, drafts=False)


def copy_of(pages: Pages, path: str, id: EntityId | None = None) -> str:
    data = make_copy(pages, Copy("markdown_copies", f"{path}index.md", id))
    assert data is not None
    return data.decode()


def test_a_copy_cites_and_names_in_its_own_order(pages: Pages) -> None:
    assert copy_of(pages, ROUTE.path, ROUTE.id) == (
        "# The dam\n\nSaid Ann Holt.\n\n**Why it matters.** [Ann Holt](actors/ann/) decides.\n\n## Where they stand\n\n"
        "- **[Ann Holt](actors/ann/)**: Rejects. [Ben Hay](actors/ben/) knows.[^1]\n"
        "- **[Ben Hay](actors/ben/)**: Supports. Ann Holt and Ben Hay know.[^2]\n\n"
        "## Related issues\n\n[The weir](issues/weir/)\n\n"
        "[^1]: [Letter](sources/letter/)\n[^2]: [Minutes](sources/minutes/)\n"
    )


def test_a_page_numbers_by_side_and_shows_who_names_it(pages: Pages) -> None:
    making = Making(pages, ROUTE)
    content = make_content(making).content

    assert [note.source.name for note in making.notes()] == ["Letter", "Minutes"]
    assert [card.name for card in content.related] == ["The weir", "The sluice"]


def test_a_text_keeps_what_it_was_made_from(pages: Pages) -> None:
    page = make_content(Making(pages, ROUTE)).content.summary
    copy = make_content(Making(pages, ROUTE, COPY)).content.summary

    assert (page, copy) == ("Said Ann Holt.", "")
    assert page.linked == copy.linked
    assert not page.names


@pytest.mark.parametrize(("form", "read"), [(PAGE, True), (COPY, False)])
def test_a_copy_does_not_read_what_refers_to_it(pages: Pages, form, read) -> None:  # type: ignore[no-untyped-def]
    reader = pages.graph.begin()
    make_content(Making(pages, ROUTE, form))

    read_keys = set(array("I", reader.reads))
    for table in ("backlinks", "update.touches", "issue.related"):
        (key,) = array("I", marks_of([(table, ROUTE.id)]))
        assert (key in read_keys) is read, table


def test_terms_of_a_copy_stand_as_in_their_file(pages: Pages) -> None:
    assert "- **weir**: A wall.\n- **dam**: A high wall.\n" in copy_of(pages, "terms/")
    content = make_content(Making(pages, Route("terms", "terms/"))).content
    assert [term.name for term in content.terms] == ["dam", "weir"]


def test_a_copy_leaves_out_nothing_for_its_length(make_site: MakeSite) -> None:
    count = PAGE.listed_issues + 1
    issues = "".join(
        f"i-{n}:\n  title: Issue {n}\n  positions:\n    - {{actor: ann, stance: rejects}}\n"
        for n in range(count)
    )
    pages = pages_of(make_site({**SITE, "content/issues.yaml": issues}))
    article = EntityId("article", "pond")

    assert copy_of(pages, "", article).count("- **[Ann Holt](actors/ann/)**: Rejects.") == count
    assert copy_of(pages, "positions/").count("[Rejects](") == count
    front = make_content(Making(pages, Route("article", "", article))).content
    assert len(front.issues) == count
    assert (front.picture.all_questions, front.picture.sides) == (count, front.picture.sides[:1])
