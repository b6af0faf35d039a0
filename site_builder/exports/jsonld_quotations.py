"""Quotations in the vocabulary of https://schema.org: the words that are cited of a source, and their place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from site_builder.content.models import EntityId
from site_builder.links.graph import Linked
from site_builder.pages.locale import Locale


def placed_quotations(
    linked: Linked, locale: Locale, id_of: Callable[[EntityId], str]
) -> Iterator[dict[str, Any]]:
    """The quotations that an entry cites in its fields, if their place in the source is known."""
    for mark in dict.fromkeys(mark for marks in linked.cites.values() for mark in marks):
        place = locale.place(mark)
        if mark.words and place:
            source = {"@id": id_of(mark.source)}
            yield {"@type": "Quotation", "text": mark.words, "position": place, "isPartOf": source}
