"""A saved web page to the text form: the article, without navigation, comments and blocks of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.sources.writing import by_sentences
from site_builder.sourcing.decoding import html_text_of
from site_builder.sourcing.found import Extracted, Unreadable
from site_builder.sourcing.html_text import Block, blocks
from site_builder.sourcing.web_metadata import describe

LARGEST = 10 * 1024 * 1024
"""Bytes of HTML, without the pictures that are saved in it."""
_DATA = re.compile(rb"data:[\w/+.;=-]+;base64,[A-Za-z0-9+/=\s]+")
_NO_TEXT = "script, style, noscript, template, svg, iframe, button, select, textarea"
_ELSEWHERE = (
    "nav, aside, footer, form, dialog, "
    "[hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], "
    "[role=complementary], [role=search], [role=dialog], [role=alertdialog], [role=menu], "
    "[role=tablist], .mw-editsection, .mw-jump-link, .noprint, .screen-reader-text, .sr-only, "
    ".visually-hidden"
)
_EARLIER = "blockquote[type=cite], .gmail_quote, .yahoo_quoted, .moz-cite-prefix, .gmail_attr"
"""How mail programs mark the e-mail that is answered."""
_UNLIKELY = re.compile(
    r"(?:^|[-_\s])(?:ad|ads|advert\w*|breadcrumbs?|comments?|comment-?list|cookies?|consent|disqus\w*|"
    r"fb-\w+|follow|footer|gdpr|jump-?link|login|masthead|menu|modal|nav|navbar|navbox|navigation|"
    r"newsletter|outbrain\w*|pager|pagination|paywall|popup|promo\w*|rail|recirc\w*|recommend\w*|"
    r"related\w*|respond|share|sharing|sharedaddy|shoutbox|sidebar|sign-?up|skip|social\w*|sponsor\w*|"
    r"subscri\w+|taboola\w*|tags?|teaser|toc|toolbar|trending|widget\w*)(?:$|[-_\s])",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"article|body|content|entry|main|post|story|text", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|disqus|respond|discuss", re.IGNORECASE)
_ALL = 0
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONG = 80
"""Characters of a block that is probably a paragraph."""
_MOST_OF_IT = 0.7
_MOST_LINKED = 0.9
"""The share of a block that may be links, unless it is long."""
_SECTION = 0.03
"""The share of a page's prose that a section of the article has at least."""


def extract(data: bytes, *, whole: bool = False) -> Extracted:
    """The article of a page; with `whole`, all of its text, as of an e-mail."""
    from selectolax.lexbor import LexborHTMLParser

    data = _DATA.sub(b"", data)
    if len(data) > LARGEST:
        size = len(data) / 1024 / 1024
        raise Unreadable(
            f"{size:.0f} MB of HTML; at most {LARGEST // 1024 // 1024} are read: "
            "print the page to a PDF, and add that"
        )
    tree = LexborHTMLParser(html_text_of(data))
    body = tree.body
    if body is None:
        raise Unreadable("there is no text in this page")
    found = Extracted(tool="selectolax")
    describe(found, tree)
    quoted = _quoted(body) if whole else []
    root = body if whole else _article(body)
    kept = blocks(root) if whole else list(_without_links(blocks(root)))
    if found.title and not whole:
        kept = _with_title(kept, found.title)
    if not any(len(block.text) > 1 for block in kept):
        raise Unreadable(
            "there is no text in this page: it is made by scripts; save it as “web page, complete”, or print it to a PDF"
        )
    text = [block for block in kept if not block.note] or kept
    found.text = by_sentences(_paragraphs(text), found.language or "en") + "\n"
    notes = [f"[^{row.note}]: {' '.join(row.text.split())}\n" for row in kept if row.note]
    if notes and text is not kept:
        found.text += "\n" + "".join(notes)
    if quoted:
        found.text += "\n" + "".join(f"[omit] {line}\n" for line in quoted)
    return found


def _paragraphs(kept: Iterable[Block]) -> Iterable[str]:
    for block in kept:
        yield from block.text.split("\n")


def _quoted(body: Any) -> list[str]:
    """The lines of earlier e-mails, which are taken out."""
    lines: list[str] = []
    for node in body.css(_EARLIER):
        if node.parent is not None:
            lines += [line for row in blocks(node) for line in row.text.split("\n") if line]
            node.decompose()
    return lines


def _article(body: Any) -> Any:
    """The element that holds the article. What is elsewhere is taken out of the tree."""
    for node in body.css(_NO_TEXT):
        if node.parent is not None:
            node.decompose()
    weights = _weights(body)
    for node in body.css(_ELSEWHERE):
        _take_out(node, weights, 0.8)
    for node in body.css("[class], [id]"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if node.tag not in {"body", "html", "article", "main"} and _is_unlikely(names):
            _take_out(node, weights, 0.8 if _COMMENTS.search(names) else 0.4)
    for node in body.css("header"):
        if len(_text(node)) < 600 and not node.css("p"):
            continue
        if not _is_within(node, "article"):
            _take_out(node, weights, 0.4)
    return _smallest_with_most(body)


def _is_unlikely(names: str) -> bool:
    return bool(_UNLIKELY.search(names)) and not _LIKELY.search(_UNLIKELY.sub(" ", names))


def _take_out(node: Any, weights: Mapping[int, int], share: float) -> None:
    """Takes an element out of its page, unless it holds this share of the page's prose."""
    if node.parent is not None and weights.get(node.mem_id, 0) <= share * weights.get(_ALL, 0):
        node.decompose()


def _text(node: Any) -> str:
    return node.text(deep=True) or ""


def _is_within(node: Any, tag: str) -> bool:
    node = node.parent
    while node is not None:
        if node.tag == tag:
            return True
        node = node.parent
    return False


def _smallest_with_most(body: Any) -> Any:
    """The smallest element that holds most of the page's paragraphs."""
    weights = _weights(body)
    total = weights.get(_ALL, 0)
    if not total:
        return body
    best = body
    while True:
        inner = next(
            (
                child
                for child in best.iter()
                if weights.get(child.mem_id, 0) >= _MOST_OF_IT * total
                and child.tag not in {"p", "pre"}
            ),
            None,
        )
        if inner is None:
            break
        best = inner
    for node in (best, best.parent, best.parent.parent if best.parent is not None else None):
        if node is not None and _has_sections_beside(node, weights, _SECTION * total):
            return node.parent
    return best


def _weights(body: Any) -> dict[int, int]:
    """The characters of prose in each element that has any, by its `mem_id`; of all of them as `_ALL`."""
    weights: dict[int, int] = {}
    for leaf in body.css("p, blockquote, pre, li, dd, td, div"):
        size = _own_prose(leaf)
        node = leaf if size else None
        while node is not None and node.tag not in {"html", "-document"}:
            weights[node.mem_id] = weights.get(node.mem_id, 0) + size
            node = node.parent
        weights[_ALL] = weights.get(_ALL, 0) + size
    return weights


def _has_sections_beside(node: Any, weights: Mapping[int, int], fewest: float) -> bool:
    """Whether other parts of the same kind stand beside an element, as the sections of an article do."""
    kind = node.attributes.get("class")
    return (
        bool(kind)
        and node.parent is not None
        and node.tag not in {"body", "html"}
        and any(
            child.mem_id != node.mem_id
            and child.tag == node.tag
            and child.attributes.get("class") == kind
            and weights.get(child.mem_id, 0) >= fewest
            for child in node.parent.iter()
        )
    )


def _own_prose(node: Any) -> int:
    """The characters of an element's own text that look like prose: long, and not links."""
    size = linked = 0
    for child in node.iter(include_text=True):
        if child.is_text_node:
            size += len((child.text_content or "").strip())
        elif child.tag == "a":
            linked += len(_text(child).strip())
        elif child.tag in {
            "b",
            "i",
            "em",
            "strong",
            "span",
            "cite",
            "q",
            "code",
            "abbr",
            "sup",
            "sub",
            "font",
            "u",
        }:
            size += len(_text(child).strip())
    return size + linked if size + linked >= _LONG and linked < size else 0


def _without_links(found: list[Block]) -> Iterable[Block]:
    """Blocks without those that are lists of links, and headings with nothing below them."""
    kept = [
        block
        for block in found
        if block.tag in _HEADINGS
        or block.linked <= _MOST_LINKED * len(block.text)
        or len(block.text) > 300
    ]
    for number, block in enumerate(kept):
        following = kept[number + 1] if number + 1 < len(kept) else None
        if block.tag in _HEADINGS and (following is None or _is_higher(block, following)):
            continue
        yield block


def _is_higher(heading: Block, following: Block) -> bool:
    """Whether a heading of the same rank or a higher one follows at once."""
    return following.tag in _HEADINGS and following.tag <= heading.tag and heading.tag != "h1"


def _with_title(kept: list[Block], title: str) -> list[Block]:
    """The article with its title above it, where it stands outside."""
    beginning = " ".join(block.text for block in kept[:5])
    known = re.sub(r"\W+", " ", title).strip().lower()
    if known and known in re.sub(r"\W+", " ", beginning).lower():
        return kept
    return [Block(title, "h1", 0), *kept]
