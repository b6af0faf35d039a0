"""What stands in the pages for machines and for those who quote: one `ReuseView` a page, and the page `data/`."""

from __future__ import annotations

from site_builder.content.kinds import NOTES
from site_builder.exports import calendar, cards, embeds, feeds
from site_builder.exports.changes import changed, last_day
from site_builder.exports.citations import Cited, cite
from site_builder.exports.icons import ICONS
from site_builder.exports.jsonld import page_jsonld
from site_builder.exports.lettering import Lettering
from site_builder.links.graph import Graph
from site_builder.pages.embeddable import embeddable
from site_builder.pages.reuse import (
    AlternateView,
    CitationView,
    DataContext,
    DataFileView,
    EmbedRowView,
    IconView,
    ReuseView,
)
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.pages.story import as_of

_SILENT = frozenset(("404", "redirect"))
_NOT_CITED = frozenset(("search", "data", "embed", "print"))


class Describing:
    """The default describer of `Pages`.

    `lettering` is what images are drawn with, None where they can't be; `atom` says whether the site has an Atom feed.
    """

    def __init__(self, lettering: Lettering | None, *, atom: bool) -> None:
        self._lettering = lettering
        self._atom = atom

    @property
    def icons(self) -> tuple[IconView, ...]:
        """The icons of the site."""
        return ICONS if self._lettering else ()

    def page(self, pages: Pages, route: Route, title: str) -> ReuseView:
        """What one page says; nothing on pages that lead elsewhere."""
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
        """What can be taken away from the site."""
        return DataContext(
            files=tuple(_files(pages)),
            missing=tuple(_missing(pages)),
            feeds=self._feeds(pages),
            embeds=tuple(
                EmbedRowView(pages.cards.of(part.id), part.path, embeds.snippet(pages, part))
                for part in (embeddable(pages.graph) if "embeds" in pages.graph.exports else ())
                if part.id
            ),
            cite=_cite_whole(pages),
        )

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


def _cite_whole(pages: Pages) -> CitationView:
    site = pages.graph.content.site
    date = as_of(pages, None)
    modified = last_day(pages, pages.graph.sequence(NOTES))
    return cite(site, Cited(site.title, "", site.authors, date.text if date else "", modified))


def _files(pages: Pages) -> list[DataFileView]:
    from site_builder.exports import data, markdown_copies

    rows = [
        DataFileView(
            data.JSON_PATH,
            "Everything",
            "application/json",
            "The whole linked graph: articles, actors, issues with positions, claims, events, sources with the "
            "passages used, terms, changes, and every mention.",
        ),
        DataFileView(
            data.SCHEMA_PATH,
            "Its schema",
            "application/schema+json",
            f"What the fields of {data.JSON_PATH} are, as JSON Schema; format version {data.VERSION}.",
        ),
    ]
    if "positions/" in pages.graph.index_pages:
        text = "The matrix as a table: a row for each position, the latest and earlier ones, with its words and source."
        rows.append(DataFileView(data.CSV_PATH, "Positions", "text/csv", text))
    dated = calendar.dated(pages)
    if dated:
        text = f"{len(dated)} of {len(pages.events)} events: those that are dated to the day, after the year 1 BC."
        rows.append(DataFileView(calendar.PATH, "Events", "text/calendar", text))
    if "markdown" in pages.graph.exports:
        text = "Plain Markdown copies of the pages, listed for language models; each stands beside its page."
        rows.append(DataFileView(markdown_copies.LLMS_PATH, "Text", "text/markdown", text))
    return rows


def _missing(pages: Pages) -> list[str]:
    site = pages.graph.content.site
    rows = []
    if not site.base_url:
        rows.append(
            "Feeds, the site map, card images and embed snippets hold full addresses; they are made when the site "
            "says where it stands."
        )
    if pages.events and not calendar.dated(pages):
        rows.append("No event is dated to the day, so there is no calendar.")
    return rows


_NEED_ADDRESS = {
    "feeds": "feeds",
    "sitemap": "site map",
    "cards": "cards for sharing",
    "embeds": "embed codes",
}
"""What is made of full addresses alone: by the name of the export, as people call it."""


def without_address(graph: Graph) -> str:
    """What is left out because nobody says where the site will stand, in a line; "" if somebody does."""
    if graph.content.site.base_url:
        return ""
    rows = ", ".join(name for export, name in _NEED_ADDRESS.items() if export in graph.exports)
    return (
        "note: without base_url in content/site.yaml there are no "
        f"{rows}{' or ' if rows else ''}canonical addresses, and 404.html has no links"
    )


def left_out(graph: Graph) -> str:
    """What a site goes without that others have, and why, in a line; "" if there is nothing."""
    return without_address(graph) or cards.left_out(graph)
