"""What is said of a text: how much there is of it."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.sources.text_form import read
from site_builder.text.places import ARTICLE, MOMENT, PAGE, SECTION


def size_of(text: str) -> str:
    """How much there is of a text: pages, articles, moments and characters."""
    form = read(text)
    counts: Mapping[str, int] = {
        kind: max((mark.rank for mark in form.marks if mark.kind == kind), default=0)
        for kind in (PAGE, ARTICLE, SECTION, MOMENT)
    }
    names = {PAGE: "page", ARTICLE: "article", SECTION: "section", MOMENT: "moment"}
    said = [
        f"{count:,} {names[kind]}{'s' if count > 1 else ''}"
        for kind, count in counts.items()
        if count
    ]
    return ", ".join([*said, f"{len(form.words.strip()):,} characters"])
