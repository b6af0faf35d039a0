"""Plain Markdown copies of the pages, and `llms.txt` that lists them (https://llmstxt.org).

A copy is next to its page: `issues/territory/index.md`. It is written from the same context as the page,
without navigation: CommonMark with tables, citations as footnotes that lead to the passage they quote.
Links are full addresses where the site has one, else paths from its top.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import FRONT
from site_builder.exports.markdown_pages import has_copy, written
from site_builder.exports.markdown_writer import escaped
from site_builder.exports.texts import address
from site_builder.pages.evidence import evidence_in_words
from site_builder.pages.forms import COPY
from site_builder.pages.making import Making
from site_builder.pages.messages import SECTIONS, TITLES
from site_builder.pages.paths import file_of
from site_builder.pages.plan import plan as plan_pages
from site_builder.pages.reuse import AlternateView
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages
from site_builder.text.cutting import shortened

LLMS_PATH = "llms.txt"
TYPE = "text/markdown"


def copy_path(route: Route) -> str:
    """Where a page's copy stands; "" for a page that has none."""
    return file_of(route.path).removesuffix("html") + "md" if has_copy(route) else ""


def alternates(route: Route, title: str) -> tuple[AlternateView, ...]:
    """The copy that a page points at."""
    path = copy_path(route)
    return (AlternateView(path, TYPE, title),) if path else ()


def plan(pages: Pages) -> Iterator[Copy]:
    """All copies, and `llms.txt`."""
    for route in plan_pages(pages.graph):
        path = copy_path(route)
        if path:
            yield Copy("markdown_copies", path, route.id)
    yield Copy("markdown_copies", LLMS_PATH)


def make(pages: Pages, copy: Copy) -> bytes:
    """One copy."""
    if copy.path == LLMS_PATH:
        return _llms(pages).encode()
    folder = copy.path.removesuffix("index.md")
    kind = copy.id.kind if copy.id else folder.rstrip("/") or "home"
    return written(Making(pages, Route(kind, folder, copy.id), COPY)).encode()


_LONGEST_LINE = 200
"""Characters that `llms.txt` says of a page."""


def _llms(pages: Pages) -> str:
    """`llms.txt`: what is here, for language models: each copy with a line about it."""
    site = pages.graph.content.site
    full = address(site.base_url)
    lines = [f"# {escaped(site.title)}", ""]
    if site.description:
        lines += [f"> {escaped(site.description)}", ""]
    lines += _how_to_read(pages)
    if site.licence:
        lines.append(f"Terms of use: {escaped(site.licence)}")
    routes = [route for route in plan_pages(pages.graph) if copy_path(route)]
    for kind in SECTIONS:
        rows = [route for route in routes if route.id and route.id.kind == kind]
        if rows:
            lines += ["", f"## {pages.locale.section(kind)}", ""]
        for route in rows:
            assert route.id is not None
            card = pages.cards.of(route.id)
            line = shortened(card.line, _LONGEST_LINE, site.language)
            lines.append(_llms_line(card.name, full(copy_path(route)), line))
    lines += ["", "## Lists and data", ""]
    for route in routes:
        if route.path in TITLES:
            title = pages.locale.title(route.path)
            text = pages.locale.description(route.path)
            lines.append(_llms_line(title, full(copy_path(route)), text))
    if "data" in pages.graph.exports:
        text = "The whole linked graph as JSON."
        lines.append(_llms_line("explainer.json", full("explainer.json"), text))
    return "\n".join(lines) + "\n"


def _llms_line(title: str, url: str, text: str) -> str:
    return f"- [{escaped(title)}]({url})" + (f": {escaped(text)}" if text else "")


def _how_to_read(pages: Pages) -> list[str]:
    """What is true of the site's citations, and how to quote what is dated."""
    evidence = evidence_in_words(pages.graph)
    lines = [f"This is an explainer. {evidence}"] if evidence else []
    if pages.graph.ids_of(FRONT):
        lines.append("What its articles say holds as of their dates; quote them with it.")
    return lines
