"""Names that link by themselves: once on a page, and not in leads and lists of points."""

from __future__ import annotations

import html

from site_builder.content.models import EntityId
from site_builder.links.graph import Link, LinkedPart, LinkedText
from site_builder.reading.yaml_path import YamlPath

_AT_A_GLANCE = frozenset(("standfirst", "key_points", "open_questions", "role", "summary"))
"""The leads of pages, and lists of points."""


def may_name(where: YamlPath) -> bool:
    """Whether names link by themselves in a field of prose."""
    return where[0] not in _AT_A_GLANCE


def once_named(
    text: LinkedText, named: set[EntityId] | None, own: EntityId | None = None
) -> LinkedText:
    """A text in which names link by themselves only where they have not been linked to before.

    `named` are the entities linked to so far, to which those of this text are added; without it no
    name links by itself. Nor does that of `own`, whose page it is.
    """
    if len(text) < 2 and not (text and isinstance(text[0], Link)):
        return text
    parts: list[LinkedPart] = []
    for part in text:
        if isinstance(part, Link):
            known = named is None or part.target == own or part.target in named
            if part.is_mention and known:
                parts.append(html.escape(part.text, quote=False))
                continue
            if named is not None:
                named.add(part.target)
        parts.append(part)
    return tuple(parts)
