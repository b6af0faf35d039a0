"""Sources, and the passages of them that the site rests on."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from typing import NamedTuple

from site_builder.content.models import EntityId, Source
from site_builder.links.graph import Linked
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.making import Making
from site_builder.pages.parts.backlinks import BacklinkView, backlink_views
from site_builder.pages.parts.excerpts import SpanView, excerpt, marked_paragraphs


class SourceRowView(NamedTuple):
    """A source in the list."""

    card: Card
    kind: str
    authors: tuple[str, ...]
    published: DateView | None
    url: str
    archived: str
    passage_count: int
    use_count: int
    """How many places of the site rest on it."""


class PassageView(NamedTuple):
    """Words of a source that the site rests on."""

    anchor: str
    words: str
    """As the source has them."""
    quoted: str
    """As they are quoted: perhaps with something left out."""
    paragraph: tuple[SpanView, ...]
    """What stands around it in its paragraph (or paragraphs), with its words marked; () if there is no text."""
    cited_by: tuple[BacklinkView, ...] = ()


def source_rows(making: Making) -> tuple[SourceRowView, ...]:
    """All sources in a list."""
    return tuple(_source_row(making, linked) for linked in making.graph.of_kind("source"))


def _source_row(making: Making, linked: Linked) -> SourceRowView:
    record = linked.entry.record_of(Source)
    cited = making.graph.sources[linked.entry.id]
    return SourceRowView(
        card=making.pages.cards.of(linked.entry.id),
        kind=record.kind or "",
        authors=record.authors,
        published=making.locale.date(record.published) if record.published else None,
        url=record.url or "",
        archived=record.archived or "",
        passage_count=len(cited.passages),
        use_count=sum(len(rows) for rows in cited.uses.values()),
    )


def passages(making: Making, id: EntityId) -> tuple[PassageView, ...]:
    """The passages of a source that the site rests on, in the order of its text."""
    cited = making.graph.sources[id]
    if cited.text is None:
        return ()
    return tuple(
        PassageView(
            anchor=anchor,
            words=cited.text.text[passage.start : passage.end],
            quoted=quoted,
            paragraph=excerpt(cited.text, passage, anchor),
            cited_by=backlink_views(making, cited.uses.get(anchor, ())),
        )
        for anchor, (quoted, passage) in cited.passages.items()
    )


def full_text(making: Making, id: EntityId) -> tuple[tuple[SpanView, ...], ...]:
    """A source's whole text by paragraphs, with the passages marked."""
    cited = making.graph.sources[id]
    if cited.text is None:
        return ()
    marked = {anchor: passage for anchor, (_, passage) in cited.passages.items()}
    return marked_paragraphs(cited.text, marked)
