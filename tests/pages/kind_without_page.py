"""Builds the site in a folder with two kinds more, laws and treaties, that have a class and a row, and no more.

python -m tests.pages.kind_without_page FOLDER
"""

# Without `from __future__ import annotations`: see `content/records.py`.
import sys
from pathlib import Path

from site_builder.content import kinds, models
from site_builder.content.citing import Cites
from site_builder.content.date_fields import EdtfDate
from site_builder.content.fields import Line, Prose, Refs, Url
from site_builder.content.kinds import Kind
from site_builder.content.models import Entity, Points
from site_builder.content.records import field


class Law(Entity):
    """A law that bears on the story."""

    title: Line = field("What it is called.", name=True)
    summary: Prose | None = field("The law in a sentence.", default=None)
    in_force: EdtfDate | None = field("Since when.", default=None, show="In force since")
    sponsors: Refs = field("Who proposed it.", default=(), to="actor", back="sponsor")
    repeals: Refs = field("What it repeals.", default=(), to="law", part="repealed-by")
    url: Url | None = field("Where its text is.", default=None)
    articles: Points = field("What it says.", default=(), anchor="articles", states="article")
    cite: Cites = field("What it rests on.", default=())


class Treaty(Entity):
    """A treaty."""

    title: Line = field("What it is called.", name=True)
    parties: Refs = field("Who signed it.", default=(), to="actor", back="party")


ROWS = (
    Kind(
        Law, "law", "laws", own_page=True, listed_on="laws/", place=8, line=("summary",), date="in_force",
        referred_to=True, search=8, schema_type="Legislation",
    ),
    Kind(Treaty, "treaty", "treaties", listed_on="treaties/", place=9, search=9),
)  # fmt: skip


def add(rows: tuple[Kind, ...]) -> None:
    """Adds kinds as if their rows and classes were written in their modules; before these are used."""
    for row in rows:
        row.model.__module__ = models.__name__
        setattr(models, row.model.__name__, row.model)
    every = (*kinds.KINDS.values(), *rows)
    kinds.KINDS = {row.name: row for row in every}
    kinds.BY_PLURAL = {row.plural: row for row in every}
    kinds.PLACED = tuple(sorted(every, key=lambda row: row.place))
    kinds.SEARCHED = tuple(sorted((row for row in every if row.search), key=lambda row: row.search))
    kinds._LISTING |= {row.listed_on: row.name for row in rows}


if __name__ == "__main__":
    add(ROWS)
    from site_builder.build import Options, build
    from site_builder.diagnostics import as_text

    result = build(Options(Path(sys.argv[1])))
    sys.stdout.write(as_text(result.diagnostics))
    sys.exit(result.changes is None)
