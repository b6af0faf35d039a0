"""Key points and open questions of an article."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from typing import NamedTuple

from markupsafe import Markup

from site_builder.links.fields import former_point_anchors, point_anchors
from site_builder.links.graph import Linked
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Making


class PointView(NamedTuple):
    """A key point or an open question."""

    anchor: str
    text: Text
    cites: tuple[CiteView, ...] = ()


def points(making: Making, article: Linked, field: str, count: int) -> tuple[PointView, ...]:
    """The items of `key_points` or `open_questions`."""
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
    place = Markup('<span id="{}"></span>').format(anchor)
    return Text.of(place + text, text.linked, names=text.names)
