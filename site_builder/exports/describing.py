"""The metadata of each page, for machines and for people who cite it: a `ReuseView`."""

from __future__ import annotations

from site_builder.exports import cards, embeds, feeds
from site_builder.exports.changes import changed
from site_builder.exports.citations import Cited, cite
from site_builder.exports.icons import ICONS
from site_builder.exports.jsonld import page_jsonld
from site_builder.exports.lettering import Lettering
from site_builder.exports.taken_away import taken_away
from site_builder.pages.reuse import (
    AlternateView,
    DataContext,
    IconView,
    ReuseView,
)
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.pages.story import as_of

_SILENT = frozenset(("404", "redirect"))
_NOT_CITED = frozenset(("search", "data", "embed", "print"))


class Describing:
    """Describes the pages of a site.

    `lettering` has the fonts of images, or is None if they can't be drawn; `atom` says whether there is an Atom feed.
    """

    def __init__(self, lettering: Lettering | None, *, atom: bool) -> None:
        self._lettering = lettering
        self._atom = atom

    @property
    def icons(self) -> tuple[IconView, ...]:
        """The icons of the site."""
        return ICONS if self._lettering else ()

    def page(self, pages: Pages, route: Route, title: str) -> ReuseView:
        """What one page says; nothing on redirects and the page for unknown addresses."""
        if route.type in _SILENT:
            return ReuseView()
        exports = pages.graph.exports
        if route.type == "embed":
            return ReuseView(alternates=embeds.alternates(pages, route))
        modified = changed(pages, route) if route.type != "print" else ""
        cited = "citations" in exports and route.type not in _NOT_CITED
        image = cards.image(pages, route, self._lettering) if self._lettering else None
        view = ReuseView(modified, image=image)
        if "jsonld" in exports and route.type not in ("print", "search"):
            view = view._replace(jsonld=page_jsonld(pages, route, title, modified))
        if cited:
            view = view._replace(
                cite=cite(pages.graph.content.site, _cited(pages, route, title, modified))
            )
        return view._replace(
            alternates=self._alternates(pages, route, title), embed=embeds.link(pages, route)
        )

    def data(self, pages: Pages) -> DataContext:
        """The context of the data page."""
        return taken_away(pages, self._feeds(pages))

    def _alternates(self, pages: Pages, route: Route, title: str) -> tuple[AlternateView, ...]:
        exports = pages.graph.exports
        feed = "feeds" in exports
        return (
            *(_markdown(route, title) if "markdown" in exports else ()),
            *(feeds.alternates(pages, route.id, atom=self._atom) if feed else ()),
            *embeds.alternates(pages, route),
        )

    def _feeds(self, pages: Pages) -> tuple[AlternateView, ...]:
        if "feeds" not in pages.graph.exports:
            return ()
        ids = (None, *feeds.with_feeds(pages))
        rows = [row for id in ids for row in feeds.alternates(pages, id, atom=self._atom)]
        return tuple(dict.fromkeys(rows))


def _markdown(route: Route, title: str) -> tuple[AlternateView, ...]:
    from site_builder.exports import markdown_copies

    return markdown_copies.alternates(route, title)


def _cited(pages: Pages, route: Route, title: str, modified: str) -> Cited:
    site = pages.graph.content.site
    authors = pages.graph.linked[route.id].entry.record.byline if route.id else ()
    date = as_of(pages, route.id)
    return Cited(title, route.path, authors or site.authors, date.text if date else "", modified)
