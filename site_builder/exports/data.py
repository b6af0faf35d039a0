"""The explainer as data: `explainer.json`, the whole linked graph, its JSON Schema, and `positions.csv`.

`docs/data.md` is their manual. The format has a version of its own: a new second number adds fields, a new first
number may change what there is. Ids are `kind/slug`; paths are those of the site; dates are EDTF and words.
Empty fields are left out, and so is everything that is not known.

What an entity has in data are the fields of its record (`content.shape`), in their order, but for those that are
marked `data=False`. `exports.schema` says the same as JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder.content.kinds import CITED, KINDS
from site_builder.content.models import EntityId
from site_builder.content.records import Holds, Model
from site_builder.content.shape import Shape, shape_of
from site_builder.exports.data_fields import PLACES, SITE_FIELDS, name_in_data, needed_references
from site_builder.exports.feeds import json_bytes
from site_builder.exports.texts import address, body_words, words
from site_builder.links.fields import part_anchors
from site_builder.links.graph import Linked, Mark
from site_builder.pages.routes import Copy
from site_builder.pages.site import Pages
from site_builder.reading.yaml_path import YamlPath

VERSION = "1.0"
JSON_PATH = "explainer.json"
SCHEMA_PATH = "explainer.schema.json"
CSV_PATH = "positions.csv"

Record = dict[str, Any]


def plan(pages: Pages) -> Iterator[Copy]:
    """The files of data there are."""
    yield Copy("data", JSON_PATH)
    yield Copy("data", SCHEMA_PATH)
    if "positions/" in pages.graph.index_pages:
        yield Copy("data", CSV_PATH)


def make(pages: Pages, copy: Copy) -> bytes:
    """One of the files."""
    if copy.path == SCHEMA_PATH:
        from site_builder.exports.schema import schema

        return json_bytes(schema())
    if copy.path == CSV_PATH:
        from site_builder.exports.positions_table import positions_csv

        return positions_csv(pages)
    return json_bytes(explainer(pages))


def explainer(pages: Pages) -> Record:
    """The whole graph as plain data."""
    graph = pages.graph
    site = graph.content.site
    data: Record = {
        "$schema": address(site.base_url)(SCHEMA_PATH),
        "format": "explainer",
        "version": VERSION,
        "generator": pages.site.generator,
        "site": _present(**{name: getattr(site, name) for name in SITE_FIELDS}),
        "stances": [_present(**view._asdict()) for view in pages.site.stances],
    }
    for kind in KINDS.values():
        ids = graph.sequence(kind.name) if kind.data_in_order else graph.ids_of(kind.name)
        data[kind.plural] = [_Entity(pages, graph.linked[id]).data() for id in ids]
    data["mentions"] = _mentions(pages)
    return data


def _present(**fields: Any) -> Record:
    """The fields that hold something; the path "" is that of the home page."""
    return {
        name: value
        for name, value in fields.items()
        if value not in (None, "", (), [], {}) or (name == "path" and value == "")
    }


def name_of(id: EntityId) -> str:
    """The id of an entity in data: `actor/russia`."""
    return f"{id.kind}/{id.slug}"


class _Entity:
    """One entity on its way to plain data."""

    def __init__(self, pages: Pages, linked: Linked) -> None:
        self._pages = pages
        self._linked = linked
        self._id = linked.entry.id
        self._anchors = part_anchors(linked.entry, linked.refs)

    def data(self) -> Record:
        """All that is said of it."""
        graph, linked = self._pages.graph, self._linked
        fields = self._fields(linked.entry.record, ())
        fields[KINDS[self._id.kind].title] = self._title()
        if self._id.kind == CITED:
            fields["passages"] = self._passages()
        # The citations that stand in its text.
        marks = dict.fromkeys(part for part in graph.body(linked) if isinstance(part, Mark))
        return _present(
            id=name_of(self._id),
            path=self._pages.cards.of(self._id).path,
            **fields,
            body=body_words(graph, linked),
            body_cites=[self._mark(mark) for mark in marks],
        )

    def _title(self) -> str:
        """What it is called; a field of prose without its markup."""
        where = (KINDS[self._id.kind].title,)
        prose = where in self._linked.prose
        return words(self._linked, *where) if prose else self._linked.entry.title

    def _fields(self, record: Model, at: YamlPath) -> Record:
        """The fields of a record at a path."""
        return {
            name_in_data(shape): self._field(record, shape, (*at, shape.name))
            for shape in shape_of(type(record))
            if shape.marks.data
        }

    def _field(self, record: Model, shape: Shape, at: YamlPath) -> Any:
        value = getattr(record, shape.marks.data_from or shape.name)
        if not shape.many:
            return None if value is None else self._value(value, shape, at)
        items = (self._value(item, shape, (*at, number)) for number, item in enumerate(value))
        found = [item for item in items if item not in (None, "", {})]
        return list(dict.fromkeys(found)) if shape.holds is Holds.REF else found

    def _value(self, value: Any, shape: Shape, at: YamlPath) -> Any:
        match shape.holds:
            case Holds.PROSE:
                return words(self._linked, *at)
            case Holds.REF:
                target = self._linked.refs.get(at)
                return target and name_of(target)
            case Holds.CITES:
                return [self._mark(mark) for mark in self._linked.cites.get(at, ())]
            case Holds.DATE:
                return {"edtf": value.edtf, "text": self._pages.locale.date(value).text}
            case Holds.RECORD:
                return self._record(value, at)
            case _:
                return value

    def _record(self, record: Model, at: YamlPath) -> Record | None:
        """A record within; None if what it is about has expired."""
        if any((*at, name) not in self._linked.refs for name in needed_references(type(record))):
            return None
        place = dict.fromkeys(PLACES.get(type(record), ()), "")
        if place:
            place["id"] = self._anchors[at]
        if "path" in place:
            place["path"] = self._pages.graph.addresses.of(self._id, place["id"])
        return _present(**place, **self._fields(record, at))

    def _mark(self, mark: Mark) -> Record:
        path = self._pages.graph.addresses.of(mark.source, mark.anchor)
        place = self._pages.locale.place(mark)
        return _present(source=name_of(mark.source), words=mark.words, place=place, path=path)

    def _passages(self) -> list[Record]:
        graph = self._pages.graph
        return [
            {"id": anchor, "path": graph.addresses.of(self._id, anchor), "words": quoted}
            for anchor, (quoted, _) in graph.sources[self._id].passages.items()
        ]


def _mentions(pages: Pages) -> list[Record]:
    """Every place that refers to an entity: the graph read backwards."""
    return [
        _present(
            to=name_of(target),
            **{"from": name_of(row.source)},
            relation=row.relation,
            path=pages.graph.addresses.of(row.source, row.anchor),
            sentence=row.sentence,
        )
        for target, rows in pages.graph.backlinks.items()
        for row in rows
    ]
