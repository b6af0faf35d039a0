"""The entries of the navigation as they are written: of the site, and of articles for the pages of their story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.content.entries import EntryFacts
from site_builder.content.models import EntityId, NavItem, Site
from site_builder.links.names import Miss, Names
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple


class NavRow(NamedTuple):
    """An entry, or one of the entries below one."""

    owner: EntityId | None
    """The article whose story it is for; None for the site."""
    file: str
    where: YamlPath
    """Its path in the YAML of its file."""
    title: str
    to: str
    """"" if it leads nowhere: there are entries below it."""
    entity: EntityId | Miss
    """What it names, if it is a reference."""
    anchor: str = ""
    """The part of that entity's page that it names."""

    above: str = ""
    """The title of the entry that it is below."""

    @property
    def name(self) -> str:
        """What it says of the entity that it names."""
        return self.to.strip("/[]").removesuffix(f"#{self.anchor}" if self.anchor else "")

    def leads_to(self, path: str) -> bool:
        """Whether it is written as a path that is this one, perhaps with a part of that page."""
        bare = self.to.removeprefix("./").strip("/").removesuffix("index.html").rstrip("/")
        page = bare.partition("#")[0].rstrip("/")
        return bool(page) and path.rstrip("/") in (bare, page)

    @property
    def is_below(self) -> bool:
        """Whether it is below another entry."""
        return "items" in self.where


def nav_rows(
    site: Site, site_file: str, rows: Iterable[EntryFacts], names: Names
) -> tuple[NavRow, ...]:
    """All entries: those of the site, then those of articles; each with those below it."""
    found = [*_rows(None, site_file, (), site.nav, names)]
    for row in rows:
        if row.nav:
            found += _rows(row.id, row.file, row.within, row.nav, names)
    return tuple(found)


def _rows(
    owner: EntityId | None, file: str, within: YamlPath, nav: Sequence[NavItem], names: Names
) -> Iterator[NavRow]:
    for number, item in enumerate(nav):
        where = (*within, "nav", number)
        yield _row(owner, file, where, item.title, item.to, names)
        for index, link in enumerate(item.items):
            below = _row(owner, file, (*where, "items", index), link.title, link.to, names)
            yield below._replace(above=item.title or "")


def _row(
    owner: EntityId | None,
    file: str,
    where: YamlPath,
    title: str | None,
    to: str | None,
    names: Names,
) -> NavRow:
    title, to = title or "", to or ""
    bare = to.removeprefix("[[").removesuffix("]]") if to.startswith("[[") else to.strip("/")
    entity = names.resolve(bare)
    name, sign, anchor = bare.partition("#")
    if sign and name and isinstance(entity, Miss) and not name.endswith("/"):
        of_name = names.resolve(name)
        if isinstance(of_name, EntityId) or of_name.code != "unknown-reference":
            return NavRow(owner, file, where, title, to, of_name, anchor)
    return NavRow(owner, file, where, title, to, entity)
