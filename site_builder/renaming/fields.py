"""Fields that name an entity: references, citations, and the navigation."""

from __future__ import annotations

from site_builder.content.citing import Cite
from site_builder.content.entries import Entry
from site_builder.content.kinds import CITED, KINDS
from site_builder.content.linting import allowed_by
from site_builder.content.records import Holds
from site_builder.content.shape import shape_of, walk
from site_builder.links.fields import references
from site_builder.links.nav_rows import NavRow
from site_builder.reading.yaml_path import YamlPath
from site_builder.renaming.files import File, new_path
from site_builder.renaming.notes import Notes
from site_builder.renaming.texts import in_address
from site_builder.stages.linking import LinkedSite
from site_builder.text import citing

_SOURCE = shape_of(Cite)[0].name
"""The field of a citation that names what is cited."""


def in_fields(notes: Notes, entry: Entry) -> None:
    """The fields that name the entity."""
    for row in references(entry):
        new = "" if row.is_own else notes.new_name(row.text, row.kinds)
        if new:
            file = notes.files[entry.file]
            notes.whole(file, file.written((*entry.within, *row.where)), new)


def in_cites(notes: Notes, entry: Entry) -> None:
    """The citations in fields."""
    for row in walk(entry.record, Holds.CITES):
        for index, cite in enumerate(row.value):
            new = notes.new_name(cite.source, (CITED,))
            if new:
                file = notes.files[entry.file]
                where = file.written((*entry.within, *row.path))
                _cite(notes, file, where, index, new)


def _cite(notes: Notes, file: File, where: YamlPath, index: int, new: str) -> None:
    """The citation of a number in a `cite` field."""
    data = file.value(where)
    is_list = isinstance(data, list)
    for number, item in enumerate(data if is_list else [data]):
        at = (*where, number) if is_list else where
        if not isinstance(item, str):
            if index == 0:
                notes.whole(file, (*at, _SOURCE), new)
                return
            index -= 1
            continue
        items = citing.read(item).items
        if index < len(items):
            source, start = items[index].source, items[index].start
            start += item.startswith("@", start)
            found = file.scalar(at)
            stretch = found.part(start, start + len(source)) if found else None
            done = file.replace(stretch, new)
            notes.note(file, file.line_of(found.start) if found else 1, done=done)
            return
        index -= len(items)


def in_settings(notes: Notes, site: LinkedSite) -> None:
    """The settings: the navigation, and findings that are allowed."""
    settings = site.graph.content.site
    old, new = notes.renaming
    head = site.graph.heads[old]
    allowed = allowed_by(settings.lint)
    for entry in site.graph.nav_rows:
        if text := _in_navigation(notes, site, entry):
            own = notes.files[entry.file]
            notes.whole(own, own.written((*entry.where, "to")), text)
    if not allowed:
        return
    file = notes.files[site.graph.content.site_file]
    for number, row in enumerate(allowed):
        where = ("lint", "allow", number, "where")
        if row.where == f"{old.kind}/{old.slug}":
            notes.whole(file, where, f"{old.kind}/{new.slug}")
        elif row.where == head.file and not head.within:
            notes.whole(file, where, new_path(head.file, new.slug))


def _in_navigation(notes: Notes, site: LinkedSite, row: NavRow) -> str:
    """What to write for an entry of the navigation; "" if it leads elsewhere."""
    old, to = notes.renaming.old, row.to
    if row.leads_to(site.around.addresses.of(old)):
        address = notes.address(leads_to=KINDS[old.kind].own_page)
        return in_address(to, address) or to
    if row.entity != old:
        return ""
    new = notes.new_name(row.name, ())
    return to.replace(row.name, new) if new else ""
