"""Sources, and the passages of them that the site rests on."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Mapping

from site_builder.content.models import EntityId, Source
from site_builder.links.graph import CitedSource, Linked
from site_builder.links.spots import in_one_line, spot_of
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.making import Making
from site_builder.pages.originals import at_place, original
from site_builder.pages.parts.backlinks import BacklinkView, backlink_views
from site_builder.pages.parts.excerpts import Joined, ParagraphView, joined, shown
from site_builder.sources.places import place_at
from site_builder.values import NamedTuple


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

    number: int
    """The number of the passage that they are, or are a part of, in the text as it is shown."""
    anchor: str
    words: str
    """As the source has them, in one line."""
    quoted: str
    """As they are quoted: perhaps with something left out."""
    place: str
    """The page, part or moment, in the language of the site; "" if the text does not say."""
    original: str
    """The address of the original, or of the place in it; "" if it has none."""
    archived: str
    translated: tuple[str, ...] = ()
    """Translations by those who write the site."""
    cited_by: tuple[BacklinkView, ...] = ()


class TextView(NamedTuple):
    """What is shown of the text of a source."""

    paragraphs: tuple[ParagraphView, ...]
    is_whole: bool
    """Whether it is all of the text."""
    passage_count: int
    """How many passages of it are cited; those that overlap count once."""
    statement_count: int
    """How many places of the site rest on them."""
    share: int
    """The percentage of the text that these passages are."""
    heaviest: int
    """The number of the passage on which most rests."""
    is_weighed: bool
    """Whether the lines under the words differ."""


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


def passages_and_text(
    making: Making, id: EntityId
) -> tuple[tuple[PassageView, ...], TextView | None]:
    """The passages of a source that the site rests on, and its text, in which they are marked."""
    cited = making.graph.sources[id]
    record = making.graph.linked[id].entry.record_of(Source)
    if cited.text is None:
        return (), None
    groups = joined({anchor: passage for anchor, (_, passage) in cited.passages.items()})
    numbers = {anchor: group.number for group in groups for anchor in group.passages}
    views = tuple(
        _passage(making, record, cited, anchor, number) for anchor, number in numbers.items()
    )
    whole = record.shows_text or making.pages.whole_sources
    return views, _text(making, cited, groups, whole=whole)


def _passage(
    making: Making, record: Source, cited: CitedSource, anchor: str, number: int
) -> PassageView:
    assert cited.text is not None
    quoted, passage = cited.passages[anchor]
    spot = spot_of(cited.text, passage)
    standing = place_at(cited.text.form, passage.start)
    return PassageView(
        number=number,
        anchor=anchor,
        words=in_one_line(cited.text.text[passage.start : passage.end]),
        quoted=quoted,
        place=making.locale.place_named(*standing) if standing else "",
        original=original(record, spot),
        archived=at_place(record.archived or "", record, spot),
        translated=spot.translated,
        cited_by=backlink_views(making, cited.uses.get(anchor, ())),
    )


def _text(
    making: Making, cited: CitedSource, groups: tuple[Joined, ...], *, whole: bool
) -> TextView | None:
    assert cited.text is not None
    counts = {group.number: _uses(cited.uses, group) for group in groups}
    paragraphs = shown(cited.text, groups, cited.uses, making.locale.place_named, whole=whole)
    if not paragraphs:
        return None
    text = cited.text.text
    quoted = sum(_letters(text[start:end]) for group in groups for start, end in group.ranges)
    return TextView(
        paragraphs=paragraphs,
        is_whole=whole,
        passage_count=len(counts),
        statement_count=sum(counts.values()),
        share=round(100 * quoted / max(1, _letters(text))),
        heaviest=max(counts, key=lambda number: counts[number], default=0),
        is_weighed=len({row.weight for paragraph in paragraphs for row in paragraph.spans} - {0})
        > 1,
    )


def _uses(uses: Mapping[str, tuple[object, ...]], group: Joined) -> int:
    """How many places rest on joined passages."""
    return len({use for anchor in group.passages for use in uses.get(anchor, ())})


def _letters(text: str) -> int:
    return len("".join(text.split()))
