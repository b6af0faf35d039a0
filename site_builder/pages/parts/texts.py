"""Markdown bodies, the points of an article, and what is known."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from site_builder.content.models import Article, EntityId, Source
from site_builder.links.fields import former_point_anchors, point_anchors
from site_builder.links.graph import Linked, LinkedText, Mark
from site_builder.links.plain import heading_texts
from site_builder.markdown.document import Heading
from site_builder.pages import messages
from site_builder.pages.inline import NOTHING, CiteView, Text
from site_builder.pages.making import Making


class HeadingView(NamedTuple):
    """A heading of a body, for a table of contents."""

    level: int
    anchor: str
    text: str


class BodyView(NamedTuple):
    """A Markdown body: finished HTML and its headings. Falsy if there is none."""

    html: Text = NOTHING
    headings: tuple[HeadingView, ...] = ()
    cited: bool = False
    """Whether it has citations, so that the words behind them can be shown."""

    def __bool__(self) -> bool:
        return bool(self.html)


def body(making: Making, linked: Linked) -> BodyView:
    """The body of an entry."""
    return body_of(making, making.graph.body(linked), linked.entry.headings)


def body_of(making: Making, text: LinkedText, headings: Iterable[Heading]) -> BodyView:
    """A body with its headings as the page shows them."""
    texts = heading_texts(text)
    views = (
        HeadingView(row.level, row.anchor, texts.get(row.anchor, row.text)) for row in headings
    )
    cited = any(isinstance(part, Mark) for part in text)
    return BodyView(making.text(text, passages=True), tuple(views), cited)


class PointView(NamedTuple):
    """A key point, an open question, or a line of what is known."""

    anchor: str
    text: Text
    cites: tuple[CiteView, ...] = ()

    @property
    def cited(self) -> bool:
        """Whether it has citations, in its text or after it."""
        return bool(self.cites or self.text.cites)


class KnownView(NamedTuple):
    """What is reported and not disputed."""

    heading: str
    """The name of its heading: `known` if each line rests on two sources of different publishers, else `reported`."""
    note: str
    """Whether all of it, or each line, is from one source; "" if neither is."""
    points: tuple[PointView, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.points)


def points(making: Making, article: Linked, field: str, count: int) -> tuple[PointView, ...]:
    """The items of `key_points`, `open_questions` or `known`."""
    anchors = point_anchors(article.entry)
    former = former_point_anchors(article.entry)
    return tuple(
        PointView(
            anchor=anchors[(field, index)],
            text=_with_former_id(
                former.get((field, index), ""), making.prose(article, field, index, "text")
            ),
            cites=making.cites_at(article, field, index, "cite"),
        )
        for index in range(count)
    )


def _with_former_id(anchor: str, text: Text) -> Text:
    """A text behind a place for the id that it used to have, if it had another."""
    if not anchor:
        return text
    return text.begun(Markup('<span id="{}"></span>').format(anchor))


def known(making: Making, article: Linked) -> KnownView:
    """The lines of `known`. What they are called follows from their sources, and not from their author."""
    lines = points(making, article, "known", len(article.entry.record_of(Article).known))
    sources = [
        {mark.source for mark in article.cites.get(("known", n, "cite"), ())}
        for n in range(len(lines))
    ]
    if all(len(_publishers(making, line)) > 1 for line in sources):
        return KnownView("known", "", lines)
    note = ""
    if len(set().union(*sources)) == 1:
        note = making.locale.translate(messages.OF_ONE_SOURCE["all"])
    elif all(len(line) == 1 for line in sources):
        note = making.locale.translate(messages.OF_ONE_SOURCE["each"])
    return KnownView("reported", note, lines)


def _publishers(making: Making, sources: Iterable[EntityId]) -> set[str]:
    """Who published these sources, as far as that is said."""
    records = (making.pages.graph.linked[id].entry.record_of(Source) for id in sources)
    return {record.publisher for record in records if record.publisher}
