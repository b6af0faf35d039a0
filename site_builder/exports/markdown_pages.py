"""Each type of page as Markdown, from the context that its HTML is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from site_builder.exports.markdown_lists import LISTS
from site_builder.exports.markdown_parts import Sheet
from site_builder.exports.markdown_writer import escaped
from site_builder.pages.about import AboutContext
from site_builder.pages.actor import ActorContext
from site_builder.pages.article_copy import ArticleCopyContext
from site_builder.pages.free import FreePageContext
from site_builder.pages.home import HomeContext
from site_builder.pages.issue import IssueContext
from site_builder.pages.making import Made, Making
from site_builder.pages.page import make_content
from site_builder.pages.routes import Route
from site_builder.pages.source import SourceContext


def has_copy(route: Route) -> bool:
    """Whether a page has a copy."""
    return route.type in WRITERS


def written(making: Making) -> str:
    """The copy of a page that has one."""
    made = make_content(making)
    sheet = Sheet(making)
    kind = making.route.id.kind if making.route.id else making.route.type
    WRITERS[kind](sheet, made, made.content)
    return sheet.written()


def _article(sheet: Sheet, _: Made, content: ArticleCopyContext) -> None:
    sheet.title(content.title)
    sheet.add(f"As of {escaped(content.as_of.text)}.", escaped(content.status))
    sheet.add(sheet.text(content.standfirst))
    sheet.part("key-points", sheet.points(content.key_points))
    sheet.part(content.known.heading, sheet.points(content.known.points), content.known.note)
    sheet.part("open-questions", sheet.points(content.open_questions))
    sheet.part("story", sheet.text(content.body.html))
    sheet.part("claims", sheet.claims(content.claims))
    issues = []
    for row in content.issues:
        issues += [f"### {sheet.link(row.card)}", escaped(row.card.line), sheet.groups(row.groups)]
    sheet.part("positions", *issues)
    sheet.part("events", sheet.events(content.events))
    sheet.part("actors", sheet.cards(content.actors))
    sheet.part("updates", sheet.updates(content.updates))


def _home(sheet: Sheet, made: Made, content: HomeContext) -> None:
    sheet.title(made.title)
    sheet.add(escaped(made.description), sheet.cards(row.card for row in content.articles))
    sheet.part("issues", sheet.cards(row.card for row in content.issues))


def _issue(sheet: Sheet, _: Made, content: IssueContext) -> None:
    sheet.title(content.question or content.title)
    if content.question:
        status = f" ({escaped(content.status)})" if content.status else ""
        sheet.add(escaped(content.title) + status)
    sheet.add(sheet.text(content.summary) + sheet.marks(content.cites))
    if content.stakes.linked:
        sheet.add(f"**{sheet.locale.heading('stakes')}.** {sheet.text(content.stakes)}")
    sheet.part("positions", sheet.groups(content.groups))
    sheet.part("background", sheet.text(content.body.html))
    sheet.part("claims", sheet.claims(content.claims.all))
    sheet.part("events", sheet.events(content.events))
    sheet.part("related", sheet.links(content.related))


def _actor(sheet: Sheet, _: Made, content: ActorContext) -> None:
    sheet.title(content.name)
    sheet.add(sheet.text(content.role) + sheet.marks(content.cites))
    if content.affiliation:
        sheet.add(f"Belongs to {sheet.link(content.affiliation)}.")
    if content.side:
        own = content.side.slug == content.card.slug
        sheet.add(f"Side: {'its own' if own else sheet.link(content.side)}.")
    if content.aliases:
        sheet.add(f"Also: {escaped(', '.join(content.aliases))}.")
    held = "\n".join(sheet.position(row, row.issue) for row in content.positions)
    sheet.part("positions", held)
    sheet.part("background", sheet.text(content.body.html))
    sheet.part("actor-claims", sheet.claims(content.claims.all))
    sheet.part("actor-events", sheet.events(content.events))
    sheet.part("actor-concerned", sheet.events(content.concerned))


def _source(sheet: Sheet, _: Made, content: SourceContext) -> None:
    sheet.title(content.title)
    published = content.published.text if content.published else ""
    facts = (", ".join(content.authors), content.publisher, published)
    sheet.add(escaped(". ".join(fact for fact in facts if fact)))
    sheet.add(*(f"<{url}>" for url in (content.url, content.archived) if url))
    sheet.add(sheet.text(content.body.html))
    quoted = "\n\n".join(f"> {escaped(row.quoted)}" for row in content.passages)
    sheet.part("passages-used", quoted)


def _about(sheet: Sheet, made: Made, content: AboutContext) -> None:
    sheet.title(made.title)
    sheet.add(escaped(sheet.site_description), sheet.text(content.body.html))


def _page(sheet: Sheet, _: Made, content: FreePageContext) -> None:
    sheet.title(content.title)
    sheet.add(escaped(content.description), sheet.text(content.body.html))
    sheet.part("below", sheet.cards(content.below))


WRITERS: Mapping[str, Callable[[Sheet, Made, Any], None]] = {
    "home": _home,
    "article": _article,
    "issue": _issue,
    "actor": _actor,
    "source": _source,
    "about": _about,
    "page": _page,
    **LISTS,
}
"""Writers by the type of the page; that of a home page which is an article's is `article`."""
