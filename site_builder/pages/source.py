"""A source: the passages used and what rests on each. `sources/<slug>/`, `source.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Source
from site_builder.links.graph import Backlink, CitedSource
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.backlinks import BacklinkView, backlink_views, backlinks
from site_builder.pages.parts.sources import PassageView, TextView, passages_and_text
from site_builder.pages.parts.texts import BodyView, body
from site_builder.pages.parts.updates import UpdateView, updates_on
from site_builder.pages.routes import each
from site_builder.values import NamedTuple


class ReadingView(NamedTuple):
    """How the text of a source was made of its original."""

    format: str
    """The format of the original, as its name ends: `pdf`; "" if that says nothing."""
    date: DateView
    tool: str
    pages: str
    """The pages that were read: `3-9`; "" if all were."""
    leaves_out: bool
    """Whether anything in the file is not the document's, and left out."""
    sha256: str
    """Of the original."""


class SourceContext(NamedTuple):
    """`sources/<slug>/` (`source.html`)."""

    card: Card
    title: str
    publisher: str
    authors: tuple[str, ...]
    published: DateView | None
    accessed: DateView | None
    url: str
    archived: str
    copy: str
    """The path of a copy that the site publishes, or ""."""
    rights: str
    """Whose the copy is."""
    language: str
    kind: str
    file: str
    reading: ReadingView | None
    """How its text was made; None if somebody typed it."""
    body: BodyView
    passages: tuple[PassageView, ...]
    """The quotations, by the numbers of the passages."""
    text: TextView | None
    """Its text, whole or as far as it is quoted; None if it has none to show."""
    cited_whole_by: tuple[BacklinkView, ...]
    """What cites the source without quoting words."""
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]


def make(making: Making) -> Made:
    """The page of a source."""
    pages, id = making.pages, making.own
    linked = pages.graph.linked[id]
    record = linked.entry.record_of(Source)
    cited = pages.graph.sources[id]
    date = making.locale.date
    passages, text = passages_and_text(making, id)
    context = SourceContext(
        card=pages.cards.of(id),
        title=record.title,
        publisher=record.publisher or "",
        authors=record.authors,
        published=date(record.published) if record.published else None,
        accessed=date(record.accessed) if record.accessed else None,
        url=record.url or "",
        archived=record.archived or "",
        copy=pages.graph.file_of(record.copy) if record.copy else "",
        rights=record.rights or "",
        language=record.language or "",
        kind=record.kind or "",
        file=record.file or "",
        reading=_reading(making, record, leaves_out=bool(cited.text and cited.text.leaves_out)),
        body=body(making, linked),
        passages=passages,
        text=text,
        cited_whole_by=backlink_views(making, _without_words(cited)),
        updates=updates_on(making, id),
        backlinks=backlinks(making, id),
    )
    return Made("source.html", record.title, pages.cards.of(id).line, context)


def _reading(making: Making, record: Source, *, leaves_out: bool) -> ReadingView | None:
    """How the text was made, if a program made it."""
    made = record.extracted
    if made is None:
        return None
    return ReadingView(
        format=made.original.rpartition(".")[2].lower() if "." in made.original else "",
        date=making.locale.date(made.date),
        tool=made.tool or "",
        pages=made.pages or "",
        leaves_out=leaves_out or bool(record.omit),
        sha256=made.sha256,
    )


def _without_words(cited: CitedSource) -> list[Backlink]:
    """What cites a source as a whole, or a place in it."""
    rows = [
        row for anchor, uses in cited.uses.items() if anchor not in cited.passages for row in uses
    ]
    return list(dict.fromkeys(rows))


PAGE = PageType("source", each("source"), make)
