"""The list of issues: `issues/`, `issues.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from typing import NamedTuple

from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.parts.issues import IssueRowView, issue_rows
from site_builder.pages.routes import listed


class IssuesContext(NamedTuple):
    """`issues/` (`issues.html`)."""

    issues: tuple[IssueRowView, ...]


def make(making: Making) -> Made:
    """The list of issues."""
    return made_list(
        making, IssuesContext(issue_rows(making, making.within.issues, making.form.listed_issues))
    )


PAGE = PageType("issues", listed("issues/"), make)
