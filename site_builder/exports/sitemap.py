"""`sitemap.xml` (sitemaps.org, 0.9) and `robots.txt` (RFC 9309).

A page has a date only if an update says to the day when it last changed. Without a base address there is no
site map, because it needs full addresses. A build with drafts asks robots to stay away.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.exports.changes import changed
from site_builder.exports.feeds import xml_bytes
from site_builder.pages.plan import plan as plan_pages
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages

_LEFT_OUT = frozenset(("404", "embed", "print", "redirect", "search"))
MOST = 50_000
"""The most addresses in one site map."""


def plan(pages: Pages) -> Iterator[Copy]:
    """The files: a site map, in several parts if it is too long, and `robots.txt`."""
    yield Copy("sitemap", "robots.txt")
    if pages.graph.content.site.base_url:
        yield Copy("sitemap", "sitemap.xml")
        parts = -(-len(_routes(pages)) // MOST)
        for part in range(1, parts + 1) if parts > 1 else ():
            yield Copy("sitemap", f"sitemap-{part}.xml")


def make(pages: Pages, copy: Copy) -> bytes:
    """The bytes of one of the files."""
    if copy.path == "robots.txt":
        return _robots(pages)
    base = pages.graph.content.site.base_url or ""
    routes = _routes(pages)
    parts = -(-len(routes) // MOST)
    if parts > 1 and copy.path == "sitemap.xml":
        index = [(f"{base}sitemap-{part}.xml", "") for part in range(1, parts + 1)]
        return _xml("sitemapindex", "sitemap", index)
    number = int(copy.path.removeprefix("sitemap-").removesuffix(".xml")) if parts > 1 else 1
    share = routes[(number - 1) * MOST : number * MOST]
    rows = [(f"{base}{route.path}", changed(pages, route)) for route in share]
    return _xml("urlset", "url", rows)


def _routes(pages: Pages) -> list[Route]:
    return [route for route in plan_pages(pages.graph) if route.type not in _LEFT_OUT]


def _robots(pages: Pages) -> bytes:
    base = pages.graph.content.site.base_url
    text = "User-agent: *\n" + ("Disallow: /\n" if pages.drafts else "Allow: /\n")
    if base:
        text += f"\nSitemap: {base}sitemap.xml\n"
    return text.encode()


def _xml(root_name: str, row_name: str, rows: list[tuple[str, str]]) -> bytes:
    from xml.etree import ElementTree as ET

    root = ET.Element(root_name, {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for address, day in rows:
        row = ET.SubElement(root, row_name)
        ET.SubElement(row, "loc").text = address
        if day:
            ET.SubElement(row, "lastmod").text = day
    return xml_bytes(root)
