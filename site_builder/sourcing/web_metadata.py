"""What a web page says of itself: title, publisher, authors, date, address, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.sourcing.found import Extracted

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(https?://\S+)", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ARTICLES = re.compile(r"Article|Posting|Report|WebPage")
_DEEPEST = 6


def describe(found: Extracted, tree: Any) -> None:
    """Takes over what a page says of itself. What it does not say stays empty."""
    metas = _metas(tree)
    linked = next((row for row in _json_ld(tree) if _is_article(row)), {})
    heading = tree.css_first("h1")
    title = tree.css_first("title")
    found.title = _first(
        metas.get("og:title"),
        _said(linked.get("headline")),
        heading.text(deep=True) if heading is not None else "",
        title.text(deep=True) if title is not None else "",
    )
    found.publisher = _first(metas.get("og:site_name"), _name(linked.get("publisher")))
    found.authors = _authors(metas, linked)
    moment = _first(
        metas.get("article:published_time"),
        _said(linked.get("datePublished")),
        metas.get("date"),
        metas.get("dc.date"),
        metas.get("dcterms.date"),
        metas.get("datepublished"),
        metas.get("pubdate"),
        metas.get("parsely-pub-date"),
        _time(tree),
    )
    day = _DAY.match(moment)
    found.published = day[0] if day else ""
    found.url = _address(tree, metas)
    root = tree.css_first("html")
    language = ((root.attributes.get("lang") if root is not None else "") or "").replace("_", "-")
    found.language = language if _LANGUAGE.fullmatch(language) else ""
    found.kind = "web page"


def _time(tree: Any) -> str:
    """The first moment that the article itself states."""
    node = tree.css_first("article time[datetime], main time[datetime], [itemprop=datePublished]")
    if node is None:
        return ""
    return node.attributes.get("datetime") or node.attributes.get("content") or ""


def _first(*texts: str | None) -> str:
    return next((" ".join(text.split()) for text in texts if text and text.strip()), "")


def _metas(tree: Any) -> dict[str, str]:
    """The `meta` elements, by their name in small letters; the first of a name counts."""
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), content.strip())
    return metas


def _json_ld(tree: Any) -> Iterator[Mapping[str, Any]]:
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(node.text(deep=True) or "")
        except (ValueError, RecursionError):
            continue
        yield from _rows(data, _DEEPEST)


def _rows(data: Any, deepest: int) -> Iterator[Mapping[str, Any]]:
    if deepest and isinstance(data, list):
        for one in data:
            yield from _rows(one, deepest - 1)
    elif deepest and isinstance(data, dict):
        yield data
        yield from _rows(data.get("@graph"), deepest - 1)


def _is_article(row: Mapping[str, Any]) -> bool:
    return "headline" in row and bool(_ARTICLES.search(str(row.get("@type", ""))))


def _said(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return _said(value.get("name")) if isinstance(value, dict) else _said(value)


def _authors(metas: Mapping[str, str], linked: Mapping[str, Any]) -> list[str]:
    """Names of authors; addresses of their pages are none."""
    value = linked.get("author")
    names = [_name(one) for one in value] if isinstance(value, list) else [_name(value)]
    if not any(names):
        names = [metas.get("author", "") or metas.get("article:author", "")]
    kept = (" ".join(name.split()) for name in names)
    return [name for name in dict.fromkeys(kept) if name and "://" not in name and "@" not in name][
        :10
    ]


def _address(tree: Any, metas: Mapping[str, str]) -> str:
    link = tree.css_first('link[rel="canonical"]')
    saved = _SAVED_FROM.search((tree.html or "")[:2_000])
    addresses = (
        (saved[1] or saved[2]) if saved else "",
        (link.attributes.get("href") or "") if link is not None else "",
        metas.get("og:url", ""),
    )
    return next((one for one in addresses if re.match(r"https?://[^\s/]+\.\S", one)), "")
