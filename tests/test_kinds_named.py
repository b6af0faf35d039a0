"""No module but the few listed here names a kind of entity: what holds of a kind is in its row, or in its pages.

A kind is named by its class, by its name (`"event"`) or by the path that lists it (`"timeline/"`). A name that only
looks like that of a kind is listed too, and says so. Whoever adds to the list writes a reason beside it.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from site_builder.content import citing, models, targets
from site_builder.content.kinds import KINDS
from site_builder.content.records import Model

PACKAGE = Path(__file__).parent.parent / "site_builder"
CLASSES = {kind.model.__name__ for kind in KINDS.values()}
WORDS = KINDS.keys() | {kind.listed_on for kind in KINDS.values() if kind.listed_on}
MAY_NAME = ("content/kinds.py", "content/models.py", "pages/")
"""The kinds themselves, and what their pages look like."""
OTHER_WORDS = ("markdown/raw_html.py", "sourcing/", "text/places.py")
"""Modules in which `article` and `source` are elements of HTML, or articles of a law: classes count there alone."""

NAMED: dict[str, dict[str, int]] = {
    # What one kind alone has: a status that may be in dispute, days for a calendar, a text in seeds/, a verdict.
    "checks/known.py": {"Claim": 3},
    "exports/calendar.py": {"Event": 1, "timeline/": 1},
    "exports/taken_away.py": {"event": 1},
    "links/sources.py": {"Source": 1},
    "lint/rules/after_as_of.py": {"Event": 1},
    "lint/rules/correction_of_nothing.py": {"Update": 1},
    "lint/rules/kind_of_person.py": {"Actor": 1},
    "lint/rules/other_speaker.py": {"actor": 1},
    "lint/rules/stale_position.py": {"actor": 1},
    "lint/rules/status_contradicts.py": {"Claim": 1},
    # What the pages of each kind are in schema.org and in Markdown.
    "exports/jsonld.py": {
        "Article": 1, "Issue": 1, "Actor": 2, "Source": 1, "Claim": 2, "Event": 1, "Term": 1,
        "article": 1, "issue": 1, "actor": 1, "source": 1, "term": 1,
    },
    "exports/markdown_pages.py": {"article": 1, "issue": 1, "actor": 1, "source": 1, "page": 1},
    # Positions, which stand in issues; and the field `actor` of a position.
    "exports/card_rows.py": {"Issue": 1, "actor": 1},
    "exports/positions_table.py": {"Issue": 2, "issue": 1, "actor": 2},
    "content/spreading.py": {"actor": 1},
    "exports/search.py": {"actor": 1},
    "links/linking.py": {"actor": 1},
    "preview/margin.py": {"actor": 1},
    "report/figures.py": {"actor": 1},
    # Heads of columns.
    "report/showing.py": {"actor": 1, "source": 1},
    # Pages of a document, the page of the preview, a column of the report.
    "cli/reporting.py": {"page": 1},
    "content/fields.py": {"page": 1},
    "preview/serving.py": {"page": 1},
    # The field `source` of a citation.
    "content/citing.py": {"source": 2},
    "exports/schema.py": {"source": 2},
    "markdown/inlines.py": {"source": 1},
}  # fmt: skip


def test_kinds_are_named_nowhere_else() -> None:
    found = {name: dict(Counter(named(file))) for name, file in modules() if any(named(file))}
    assert found == NAMED


def test_nobody_asserts_what_a_record_is() -> None:
    records = {
        name
        for module in (citing, models, targets)
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Model)
    }
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Assert)
        and "isinstance(" in ast.unparse(node)
        and records & {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    ]
    assert found == []


def modules() -> Iterator[tuple[str, Path]]:
    """The modules that are looked at, by their path in the package."""
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        if not name.startswith(MAY_NAME):
            yield name, file


def named(file: Path) -> Iterator[str]:
    """The kinds that a module names, as it names them, each time."""
    tree = ast.parse(file.read_text("utf-8"))
    words = WORDS if not file.relative_to(PACKAGE).as_posix().startswith(OTHER_WORDS) else set()
    pieces = {
        id(piece)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for piece in node.values
    }
    classes = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "site_builder.content.models"
        for alias in node.names
        if alias.name in CLASSES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in classes:
            yield node.id
        elif isinstance(node, ast.Constant) and id(node) not in pieces and node.value in words:
            yield str(node.value)
