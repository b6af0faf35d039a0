"""Where the parts of a text name an entity: `[[…]]`, citations, and the addresses of ordinary links."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from urllib.parse import quote, unquote

from site_builder.content.slugs import normal_slug
from site_builder.markdown.document import Citation, LinkOpen, WikiLink
from site_builder.values import NamedTuple

Change = tuple[int, int, str]
"""A stretch of a text, and what to write in its place."""
Renamed = Callable[[str], str]
"""A new name for one that is written; "" if it stays."""


def in_wikilink(
    text: str, at: int, part: WikiLink, target: str, anchor: str
) -> list[Change] | None:
    """The changes of a link that begins at an offset. `target` and `anchor` are new, "" where they stay.

    None if the link is not written there as it was read.
    """
    end = text.find("]]", at)
    if not text.startswith("[[", at) or end < 0:
        return None
    inner = text[at + 2 : end]
    named = inner[: inner.find("|")].removesuffix("\\") if "|" in inner else inner
    name, has_anchor, part_name = named.partition("#")
    changes = []
    if target:
        found = _stretch(name, part.target)
        if found is None:
            return None
        changes.append((at + 2 + found[0], at + 2 + found[1], target))
    if anchor:
        found = _stretch(part_name, part.anchor) if has_anchor else None
        if found is None:
            return None
        start = at + 2 + len(name) + 1
        changes.append((start + found[0], start + found[1], anchor))
    return changes


def words_of_wikilink(text: str, at: int, target: str, label: str) -> Change | None:
    """A link that shows its target's name, with that as its words and another target."""
    end = text.find("]]", at)
    if not text.startswith("[[", at) or end < 0:
        return None
    return at, end + 2, f"[[{target}|{label}]]"


def _stretch(raw: str, said: str) -> tuple[int, int] | None:
    """Where a name stands in what is written; behind a line break, marks of a quotation may come first."""
    if " ".join(raw.split()) == said:
        start = len(raw) - len(raw.lstrip())
        return start, len(raw.rstrip())
    if " " not in said and "\n" in raw and raw.rsplit(maxsplit=1)[-1] == said:
        start = raw.rfind(said)
        return start, start + len(said)
    return None


def in_citation(text: str, at: int, part: Citation, source: str) -> list[Change] | None:
    """The change of a citation that begins at an offset."""
    start = at + text.startswith("@", at)
    if not text.startswith(part.source, start):
        return None
    return [(start, start + len(part.source), source)]


class Address(NamedTuple):
    """What of an address has a new name: the last part of its path, and what follows `#`."""

    name: Renamed
    anchor: Renamed


def in_address(raw: str, renamed: Address) -> str | None:
    """An address with new names; None if it is not written as it was read."""
    path, mark, fragment = raw.partition("#")
    path, query, rest = path.partition("?")
    steps = path.split("/")
    changed = False
    for index in range(len(steps) - 1, -1, -1):
        stem, dot, suffix = steps[index].partition(".")
        new = renamed.name(normal_slug(_said(stem)))
        if stem and new:
            steps[index] = f"{_as(stem, new)}{dot}{suffix}"
            changed = True
            break
    new = renamed.anchor(normal_slug(_said(fragment)))
    if fragment and new:
        fragment = _as(fragment, new)
        changed = True
    return f"{'/'.join(steps)}{query}{rest}{mark}{fragment}" if changed else None


def _said(raw: str) -> str:
    return unquote(html.unescape(_ESCAPE.sub(r"\1", raw)))


_ESCAPE = re.compile(r"\\([^\w\s])")


def _as(raw: str, new: str) -> str:
    """A new name, in percent signs if the old one was so written."""
    return quote(new) if "%" in raw else new


_DEFINITION = re.compile(
    r"^[ \t>]*\[(?:[^\]\\\n]|\\.)+\]:[ \t]*<?(?P<address>[^\s<>]+)", re.MULTILINE
)


def definitions(text: str, start: int, part: LinkOpen) -> Sequence[tuple[int, int]]:
    """Where addresses are written that `[words][name]` leads to: `[name]: address`."""
    return [
        found.span("address")
        for found in _DEFINITION.finditer(text, start)
        if _said(found["address"]) == unquote(part.href)
    ]
