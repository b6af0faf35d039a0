"""The list of issues, the most disputed first: `issues/`, `issues.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.pages import messages
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.issues import IssueRowView, issue_rows
from site_builder.pages.parts.picture import answers_of, group_of
from site_builder.pages.routes import listed
from site_builder.values import NamedTuple


class IssueGroupView(NamedTuple):
    """Issues on which the sides stand alike."""

    heading: str
    """How they stand: "Openly divided"; "" where all issues are in one group, or are too many to look at."""
    issues: tuple[IssueRowView, ...]


class IssuesContext(NamedTuple):
    """`issues/` (`issues.html`)."""

    issues: tuple[IssueRowView, ...]
    """In the order of readers."""
    groups: tuple[IssueGroupView, ...]
    """The same as the page shows them, the most disputed first."""


def make(making: Making) -> Made:
    """The list of issues."""
    ids, most = making.within.issues, making.form.listed_issues
    tallied = len(ids) <= most
    names = {id: group_of(answers_of(making, id)) if tallied else "" for id in ids}
    grouped = {name: [id for id in ids if names[id] == name] for name in (*messages.GROUPS, "")}
    found = [(name, rows) for name, rows in grouped.items() if rows]
    views = {
        id: view
        for _, rows in found
        for id, view in zip(rows, issue_rows(making, rows, most), strict=True)
    }
    groups = tuple(
        IssueGroupView(
            making.locale.translate(messages.GROUPS[name]) if name and len(found) > 1 else "",
            tuple(views[id] for id in rows),
        )
        for name, rows in found
    )
    return made_list(making, IssuesContext(tuple(views[id] for id in ids), groups))


PAGE = PageType("issues", listed("issues/"), make)
