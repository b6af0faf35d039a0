"""A part of a site for other sites to frame: `embed/…`, `embed.html`; small, without a script.

An embed shows what a page shows, made by the same parts, so the two can't disagree.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Callable, Iterator, Mapping

from site_builder.content.models import Actor, Issue
from site_builder.links.graph import Graph
from site_builder.pages.dates import DateView
from site_builder.pages.embeddable import embeddable, whole_path
from site_builder.pages.inline import NOTHING, Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.claims import ClaimView, claim
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.parts.matrix import MatrixView, matrix
from site_builder.pages.parts.positions import (
    PositionView,
    StanceGroupView,
    position,
    stance_groups,
)
from site_builder.pages.routes import Route
from site_builder.pages.story import as_of
from site_builder.values import NamedTuple


class EmbedContext(NamedTuple):
    """`embed/…` (`embed.html`): a part of the site for others to frame; small, and without a script.

    Of the last five fields only those are filled that the part is made of.
    """

    of: str
    """`issue`, `actor`, `claim`, `positions` or `timeline`."""
    title: str
    path: str = ""
    """The page of this site that shows it whole."""
    as_of: DateView | None = None
    text: Text = NOTHING
    groups: tuple[StanceGroupView, ...] = ()
    positions: tuple[PositionView, ...] = ()
    claim: ClaimView | None = None
    matrix: MatrixView | None = None
    events: tuple[EventView, ...] = ()


def routes(graph: Graph) -> Iterator[Route]:
    """The small pages, on a site that has embeds."""
    if "embeds" in graph.exports:
        for part in embeddable(graph):
            yield Route("embed", part.path, part.id)


def make(making: Making) -> Made:
    """The small page at a route."""
    route = making.route
    of = route.id.kind if route.id else whole_path(making.graph, route).rstrip("/")
    context = _MAKERS[of](making)._replace(
        path=whole_path(making.graph, route), as_of=as_of(making.pages, route.id)
    )
    return Made("embed.html", context.title, "", context)


def _issue(making: Making) -> EmbedContext:
    linked = making.graph.linked[making.own]
    record = linked.entry.record_of(Issue)
    text = making.prose(linked, "summary")
    groups = stance_groups(making, making.own)
    return EmbedContext("issue", record.question or record.title, text=text, groups=groups)


def _actor(making: Making) -> EmbedContext:
    linked = making.graph.linked[making.own]
    text = making.prose(linked, "role")
    held = tuple(position(making, at) for at in making.pages.positions_of(making.own))
    return EmbedContext("actor", linked.entry.record_of(Actor).name, text=text, positions=held)


def _claim(making: Making) -> EmbedContext:
    view = claim(making, making.graph.linked[making.own])
    return EmbedContext("claim", view.card.name, claim=view)


def _positions(making: Making) -> EmbedContext:
    view = matrix(making, making.within.issues, making.within.actors, None, making.form.matrix)
    return EmbedContext("positions", making.locale.embed("positions/"), matrix=view)


def _timeline(making: Making) -> EmbedContext:
    views = events(making, making.within.events)
    return EmbedContext("timeline", making.locale.embed("timeline/"), events=views)


_MAKERS: Mapping[str, Callable[[Making], EmbedContext]] = {
    "issue": _issue,
    "actor": _actor,
    "claim": _claim,
    "positions": _positions,
    "timeline": _timeline,
}

PAGE = PageType("embed", routes, make)
