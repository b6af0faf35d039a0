"""The explainer as data: `explainer.json`, the whole linked graph, its JSON Schema, and `positions.csv`.

`docs/data.md` is their manual. The format has a version of its own: a new second number adds fields, a new first
number may change what there is. Ids are `kind/slug`; paths are those of the site; dates are EDTF and words.
Empty fields are left out, and so is everything that is not known.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.content.dates import Date
from site_builder.content.kinds import KINDS
from site_builder.content.models import (
    Actor,
    Article,
    Claim,
    EntityId,
    Event,
    Issue,
    Source,
    Term,
    Update,
)
from site_builder.exports.feeds import json_bytes
from site_builder.exports.texts import address, body_words, words
from site_builder.links.addresses import position_anchor
from site_builder.links.fields import point_anchors
from site_builder.links.graph import Linked, Mark
from site_builder.pages.dates import in_words
from site_builder.pages.routes import Copy
from site_builder.pages.site import Pages

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
        return schema()
    return positions_csv(pages) if copy.path == CSV_PATH else json_bytes(explainer(pages))


def schema() -> bytes:
    """The JSON Schema of `explainer.json` (draft 2020-12)."""
    return (Path(__file__).parent / SCHEMA_PATH).read_bytes()


def explainer(pages: Pages) -> Record:
    """The whole graph as plain data."""
    graph = pages.graph
    site = graph.content.site
    data: Record = {
        "$schema": address(site.base_url)(SCHEMA_PATH),
        "format": "explainer",
        "version": VERSION,
        "generator": pages.site.generator,
        "site": _present(
            title=site.title,
            description=site.description,
            language=site.language,
            base_url=site.base_url,
            publisher=site.publisher,
            authors=site.authors,
            licence=site.licence,
        ),
        "stances": [_present(**view._asdict()) for view in pages.site.stances],
    }
    for kind in KINDS.values():
        ids = graph.sequence(kind.name) if kind.data_in_order else graph.ids_of(kind.name)
        data[kind.plural] = [_entity(pages, graph.linked[id]) for id in ids]
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


def _names(ids: Iterable[EntityId]) -> list[str]:
    return [name_of(id) for id in dict.fromkeys(ids)]


def _date(date: Date | None) -> Record | None:
    if date is None:
        return None
    return {"edtf": date.edtf, "text": date.text or in_words(date)}


def _cites(pages: Pages, linked: Linked, *where: str | int) -> list[Record]:
    return [_mark(pages, mark) for mark in linked.cites.get(where, ())]


def _mark(pages: Pages, mark: Mark) -> Record:
    path = pages.graph.addresses.of(mark.source, mark.anchor)
    return _present(source=name_of(mark.source), words=mark.words, path=path)


def _cited_in_text(pages: Pages, linked: Linked) -> list[Record]:
    """The citations that stand in an entity's body."""
    marks = [part for part in pages.graph.body(linked) if isinstance(part, Mark)]
    return [_mark(pages, mark) for mark in dict.fromkeys(marks)]


def _entity(pages: Pages, linked: Linked) -> Record:
    card = pages.cards.of(linked.entry.id)
    fields = _FIELDS[type(linked.entry.record)](pages, linked)
    return _present(
        id=name_of(linked.entry.id),
        path=card.path,
        **fields,
        body=body_words(pages.graph, linked),
        body_cites=_cited_in_text(pages, linked),
    )


def _article(pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Article)
    anchors = point_anchors(linked.entry)

    def points(field: str, count: int) -> list[Record]:
        return [
            _present(
                id=anchors[(field, n)],
                text=words(linked, field, n, "text"),
                cites=_cites(pages, linked, field, n, "cite"),
            )
            for n in range(count)
        ]

    return {
        "title": record.title,
        "as_of": _date(record.as_of),
        "standfirst": words(linked, "standfirst"),
        "status": record.status,
        "authors": record.authors,
        "key_points": points("key_points", len(record.key_points)),
        "open_questions": points("open_questions", len(record.open_questions)),
        "issues": _names(linked.refs_at("issues")),
        "actors": _names(linked.refs_at("actors")),
        "sources": _names(linked.refs_at("sources")),
    }


def _actor(pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Actor)
    affiliation = linked.refs.get(("affiliation",))
    relations = [
        _present(
            to=name_of(linked.refs[("relations", n, "to")]),
            label=relation.label,
            cites=_cites(pages, linked, "relations", n, "cite"),
        )
        for n, relation in enumerate(record.relations)
        if ("relations", n, "to") in linked.refs
    ]
    return {
        "name": record.name,
        "short_name": record.short_name,
        "kind": record.kind,
        "role": words(linked, "role"),
        "affiliation": name_of(affiliation) if affiliation else None,
        "aliases": record.aliases,
        "relations": relations,
        "same_as": record.same_as,
        "cites": _cites(pages, linked, "cite"),
    }


def _issue(pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Issue)
    positions = []
    for n in linked.numbers_at("positions"):
        row = record.positions[n]
        actor = linked.refs[("positions", n, "actor")]
        anchor = position_anchor(actor)
        earlier = [
            _present(
                stance=before.stance,
                summary=words(linked, "positions", n, "earlier", m, "summary"),
                as_of=_date(before.as_of),
                cites=_cites(pages, linked, "positions", n, "earlier", m, "cite"),
            )
            for m, before in enumerate(row.earlier)
        ]
        positions.append(
            _present(
                id=anchor,
                path=pages.graph.addresses.of(linked.entry.id, anchor),
                actor=name_of(actor),
                stance=row.stance,
                summary=words(linked, "positions", n, "summary"),
                as_of=_date(row.as_of),
                earlier=earlier,
                cites=_cites(pages, linked, "positions", n, "cite"),
            )
        )
    return {
        "title": record.title,
        "short_title": record.short_title,
        "question": record.question,
        "summary": words(linked, "summary"),
        "stakes": words(linked, "stakes"),
        "status": record.status,
        "positions": positions,
        "related": _names(linked.refs_at("related")),
        "cites": _cites(pages, linked, "cite"),
    }


def _claim(pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Claim)
    contests = [
        _present(
            actor=name_of(linked.refs[("contested_by", n, "actor")]),
            statement=words(linked, "contested_by", n, "statement"),
            cites=_cites(pages, linked, "contested_by", n, "cite"),
        )
        for n in linked.numbers_at("contested_by")
    ]
    verdict = record.verdict and _present(
        rating=record.verdict.rating,
        reviewer=record.verdict.reviewer,
        text=words(linked, "verdict", "text"),
        date=_date(record.verdict.date),
        url=record.verdict.url,
    )
    return {
        "statement": words(linked, "statement"),
        "made_by": _names(linked.refs_at("made_by")),
        "contested_by": contests,
        "status": record.known_status,
        "verdict": verdict,
        "issues": _names(linked.refs_at("issues")),
        "cites": _cites(pages, linked, "cite"),
    }


def _event(pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Event)
    after = linked.refs.get(("after",))
    return {
        "date": _date(record.date),
        "title": record.title,
        "text": words(linked, "text"),
        "actors": _names(linked.refs_at("actors")),
        "issues": _names(linked.refs_at("issues")),
        "importance": record.importance,
        "after": name_of(after) if after else None,
        "cites": _cites(pages, linked, "cite"),
    }


def _source(pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Source)
    id = linked.entry.id
    passages = [
        {"id": anchor, "path": pages.graph.addresses.of(id, anchor), "words": quoted}
        for anchor, (quoted, _) in pages.graph.sources[id].passages.items()
    ]
    return {
        "title": record.title,
        "publisher": record.publisher,
        "authors": record.authors,
        "published": _date(record.published),
        "accessed": _date(record.accessed),
        "url": record.url,
        "archived": record.archived,
        "language": record.language,
        "kind": record.kind,
        "passages": passages,
    }


def _term(pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Term)
    return {
        "name": linked.entry.title,
        "definition": words(linked, "definition"),
        "aliases": record.aliases,
        "cites": _cites(pages, linked, "cite"),
    }


def _update(_pages: Pages, linked: Linked) -> Record:
    record = linked.entry.record
    assert isinstance(record, Update)
    return {
        "date": _date(record.date),
        "kind": record.kind,
        "text": words(linked, "text"),
        "touches": _names(linked.refs_at("touches")),
    }


_FIELDS: Mapping[type, Callable[[Pages, Linked], Record]] = {
    Article: _article,
    Actor: _actor,
    Issue: _issue,
    Claim: _claim,
    Event: _event,
    Source: _source,
    Term: _term,
    Update: _update,
}


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


# --- the matrix as a table -----------------------------------------------------------------------

COLUMNS = (
    "issue", "issue_title", "question", "actor", "actor_name", "actor_kind", "held", "stance",
    "stance_label", "summary", "as_of", "as_of_text", "quotes", "sources", "address",
)  # fmt: skip


_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER_OR_DATE = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?%?|-?[0-9X]{4,}(-[0-9X]{2}){0,2}[~?%]?")


def no_formula(cell: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula: with an apostrophe before it, as OWASP advises.

    Numbers, and dates of years before 1, stay as they are.
    """
    if _FORMULA.match(cell) and not _NUMBER_OR_DATE.fullmatch(cell):
        return f"'{cell}"
    return cell


def positions_csv(pages: Pages) -> bytes:
    """All positions, a row each, those held before behind the latest (RFC 4180, UTF-8).

    `held` is `latest` or `before`; several quotes or sources stand in one cell, a line each. No cell is
    a formula.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)

    def write(cells: Iterable[str]) -> None:
        table.writerow(map(no_formula, cells))

    for id in pages.issues:
        linked = pages.graph.linked[id]
        record = linked.entry.record
        assert isinstance(record, Issue)
        for n in linked.numbers_at("positions"):
            row = record.positions[n]
            _position_rows(pages, linked, n, write)
            for m in range(len(row.earlier)):
                _position_rows(pages, linked, n, write, m)
    return out.getvalue().encode()


def _position_rows(
    pages: Pages,
    linked: Linked,
    number: int,
    write: Callable[[list[str]], object],
    earlier: int | None = None,
) -> None:
    record = linked.entry.record
    assert isinstance(record, Issue)
    where: tuple[str | int, ...] = ("positions", number)
    actor = linked.refs[(*where, "actor")]
    held: Any = record.positions[number]
    if earlier is not None:
        held = held.earlier[earlier]
        where = (*where, "earlier", earlier)
    marks = linked.cites.get((*where, "cite"), ())
    card = pages.cards.of(actor)
    path = pages.graph.addresses.of(linked.entry.id, position_anchor(actor))
    sources = dict.fromkeys(pages.cards.of(mark.source).name for mark in marks)
    write(
        [
            linked.entry.slug,
            record.title,
            record.question or "",
            actor.slug,
            card.name,
            card.subkind,
            "latest" if earlier is None else "before",
            held.stance,
            pages.stances[held.stance].label,
            words(linked, *where, "summary"),
            held.as_of.edtf if held.as_of else "",
            (held.as_of.text or in_words(held.as_of)) if held.as_of else "",
            "\n".join(mark.words for mark in marks if mark.words),
            "\n".join(sources),
            address(pages.graph.content.site.base_url)(path),
        ]
    )
