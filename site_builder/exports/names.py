"""`search/names.js`: everything by name, for the search field of each page.

A script, since a page opened from a file may load scripts but no other files. It is fetched when a reader turns to
the field.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from site_builder.content.kinds import KINDS, SEARCHED
from site_builder.links.graph import Linked
from site_builder.pages.messages import KIND_LABELS
from site_builder.pages.paths import relative_url
from site_builder.pages.routes import NAMES_FILE, Copy
from site_builder.pages.site import Pages
from site_builder.text.cutting import shortened

_LONGEST_LINE = 90


def plan(_: Pages) -> Iterator[Copy]:
    """The one file."""
    yield Copy("names", NAMES_FILE)


def make(pages: Pages, _: Copy) -> bytes:
    """The kinds of things in words, and a row for each: its kind, name, line, path and other names."""
    rows = [_row(pages, linked) for kind in SEARCHED for linked in pages.graph.of_kind(kind.name)]
    kinds = {name: pages.locale.translate(label) for name, label in KIND_LABELS.items()}
    text = json.dumps({"kinds": kinds, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    return f"siteNames = {text};\n".encode()


def _row(pages: Pages, linked: Linked) -> list[object]:
    card = pages.cards.of(linked.entry.id)
    names = names_of(linked)
    row: list[object] = [
        linked.entry.id.kind,
        card.name,
        shortened(card.line, _LONGEST_LINE, pages.locale.language),
        relative_url(card.path, ""),
    ]
    others = [name for name in dict.fromkeys(names) if name != card.name]
    return [*row, others] if others else row


def names_of(linked: Linked) -> tuple[str, ...]:
    """The other names that an entity is found by."""
    record, kind = linked.entry.record, KINDS[linked.entry.id.kind]
    names: list[str] = []
    for field in kind.search_names:
        value: str | tuple[str, ...] | None = getattr(record, field)
        names += (value,) if isinstance(value, str) else value or ()
    return tuple(names)
