"""The context of the page `data/`: everything that readers can download."""

from __future__ import annotations

from site_builder.content.kinds import NOTES
from site_builder.exports import calendar, embeds
from site_builder.exports.changes import last_day
from site_builder.exports.citations import Cited, cite
from site_builder.pages.embeddable import embeddable
from site_builder.pages.reuse import (
    AlternateView,
    CitationView,
    DataContext,
    DataFileView,
    EmbedRowView,
)
from site_builder.pages.site import Pages
from site_builder.pages.story import as_of


def taken_away(pages: Pages, feeds: tuple[AlternateView, ...]) -> DataContext:
    """The context of the data page, with these feeds."""
    return DataContext(
        files=tuple(_files(pages)),
        missing=tuple(_missing(pages)),
        feeds=feeds,
        embeds=tuple(
            EmbedRowView(pages.cards.of(part.id), part.path, embeds.snippet(pages, part))
            for part in (embeddable(pages.graph) if "embeds" in pages.graph.exports else ())
            if part.id
        ),
        cite=_cite_whole(pages),
    )


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
        rows.append(DataFileView(data.CSV_PATH, pages.locale.title("positions/"), "text/csv", text))
    dated = calendar.dated(pages)
    if dated:
        text = f"{len(dated)} of {len(pages.events)} events: those that are dated to the day, after the year 1 BC."
        rows.append(DataFileView(calendar.PATH, pages.locale.kind("event"), "text/calendar", text))
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
