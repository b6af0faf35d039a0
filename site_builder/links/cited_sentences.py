"""How many sentences of a running text cite something.

A citation belongs to the sentence that it stands in, or that it follows. A quotation that stands in a source which is
cited in the same paragraph, list item, row or block quotation makes its sentence cited, too. Headings, code and the
captions of pictures are no sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from site_builder.content.models import EntityId
from site_builder.links.graph import Graph, Href, Link, LinkedPart, LinkedText, Mark
from site_builder.links.misquoting import is_too_short
from site_builder.links.plain import BLOCK_TAG, plain_run
from site_builder.text.quoting import may_quote, quotations_in
from site_builder.text.sentences import sentence_bounds
from site_builder.values import NamedTuple

_HOLDERS = frozenset(("li", "tr", "blockquote"))
"""Blocks whose citations count for all that stands in them."""
_NAME = re.compile(r"</?(\w+)")
_NO_SENTENCES = frozenset(
    ("h1", "h2", "h3", "h4", "h5", "h6", "pre", "figcaption", "caption", "th", "dt")
)


class Sentences(NamedTuple):
    """How many sentences there are, and how many cite something."""

    total: int
    cited: int

    @property
    def uncited(self) -> int:
        """How many cite nothing."""
        return self.total - self.cited


class PageSentences(NamedTuple):
    """The sentences of the text of a page, by the path of the page."""

    path: str
    sentences: Sentences


class _Run(NamedTuple):
    """A paragraph, heading, item or cell."""

    parts: list[LinkedPart]
    holders: tuple[int, ...]
    """The numbers of the blocks around it, whose citations count for it; its own is the last."""
    is_quoted: bool


def sentences_of(graph: Graph, text: LinkedText) -> Sentences:
    """The sentences of a body."""
    runs = [*_Runs(text)]
    cited: dict[int, dict[EntityId, None]] = {}
    for run in runs:
        sources = cited.setdefault(run.holders[-1], {})
        sources.update((part.source, None) for part in run.parts if isinstance(part, Mark))
    found = [
        _of_run(graph, run, [id for number in run.holders for id in cited.get(number, ())])
        for run in runs
    ]
    return Sentences(sum(row.total for row in found), sum(row.cited for row in found))


def _of_run(graph: Graph, run: _Run, sources: Sequence[EntityId]) -> Sentences:
    text, offsets = plain_run(run.parts)
    bounds = sentence_bounds(text, graph.content.site.language)
    said = [
        any(character.isalnum() for character in text[start:end]) for start, end in pairwise(bounds)
    ]
    cited = set()
    targets = (part for part in run.parts if isinstance(part, (Link, Mark, Href)))
    for part, at in zip(targets, offsets, strict=True):
        if isinstance(part, Mark):  # behind a full stop it belongs to the sentence that ends there
            cited.add(_number(bounds, max(0, at - 1)))
    if sources and (run.is_quoted or may_quote(text)):
        [quoted] = quotations_in([text], [run.is_quoted])
        for row in quoted:
            if not is_too_short(row.words) and any(_has(graph, id, row.words) for id in sources):
                cited.update(range(_number(bounds, row.start), _number(bounds, row.end - 1) + 1))
    return Sentences(sum(said), sum(said[number] for number in cited))


def _has(graph: Graph, source: EntityId, words: str) -> bool:
    text = graph.texts[source]
    return text is not None and text.find(words) is not None


def _number(bounds: Sequence[int], at: int) -> int:
    """The number of the sentence at an offset."""
    return max(0, min(bisect_right(bounds, at) - 1, len(bounds) - 2))


class _Runs:
    """The paragraphs, items and cells of a body that have sentences."""

    def __init__(self, text: LinkedText) -> None:
        self._text = text
        self._parts: list[LinkedPart] = []
        self._opened: list[tuple[str, int]] = []
        """The items, rows and quotations that are open, each with its number."""
        self._number = 0
        self._is_skipped = False

    def __iter__(self) -> Iterator[_Run]:
        for part in self._text:
            if not isinstance(part, str):
                self._parts.append(part)
                continue
            done = 0
            for tag in BLOCK_TAG.finditer(part):
                self._parts.append(part[done : tag.start()])
                done = tag.end()
                yield from self._run()
                self._pass(tag[0])
            self._parts.append(part[done:])
        yield from self._run()

    def _run(self) -> Iterator[_Run]:
        parts, self._parts = self._parts, []
        if self._is_skipped or not any(not isinstance(row, str) or row.strip() for row in parts):
            return
        quotation = next((number for name, number in self._opened if name == "blockquote"), 0)
        around = tuple(number for _, number in self._opened)
        if quotation:
            around = around[: around.index(quotation) + 1]
        yield _Run(parts, around or (-self._number,), bool(quotation))

    def _pass(self, tag: str) -> None:
        self._number += 1
        named = _NAME.match(tag)
        name = named[1].lower() if named else ""
        ends = tag.startswith("</")
        if name in _HOLDERS and not ends:
            self._opened.append((name, self._number))
        elif name in _HOLDERS and self._opened:
            self._opened.pop()
        elif name in _NO_SENTENCES:
            self._is_skipped = not ends
