"""Markdown bodies, and the points of an article."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable

from markupsafe import Markup

from site_builder.links.fields import former_point_anchors, point_anchors
from site_builder.links.graph import Linked, LinkedText, Mark
from site_builder.links.plain import heading_texts
from site_builder.markdown.document import Heading
from site_builder.pages.dates import DateView
from site_builder.pages.inline import NOTHING, CiteView, Text
from site_builder.pages.making import Making
from site_builder.values import NamedTuple


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
    date: DateView | None = None
    """When it happened, of a line that was made from an event."""

    @property
    def cited(self) -> bool:
        """Whether it has citations, in its text or after it."""
        return bool(self.cites or self.text.cites)


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
