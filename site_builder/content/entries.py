"""An entity as it was loaded: the record, its texts, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.content.models import (
    AboutPage,
    Actor,
    Article,
    Cites,
    Claim,
    EntityId,
    Event,
    Issue,
    Record,
    Site,
    Source,
    Term,
    Update,
)
from site_builder.diagnostics import Diagnostic
from site_builder.markdown.document import EMPTY, Document, Inline
from site_builder.reading.located_yaml import YamlPath


@dataclass(frozen=True)
class Entry:
    """An entity of the site.

    `file` is its file, `within` the path to it in that file's YAML (empty if the file is its own).
    `prose` has the parsed text of each field of inline Markdown, by its path in the record.
    """

    id: EntityId
    record: Record
    file: str
    within: YamlPath = ()
    body: Document = EMPTY
    prose: Mapping[YamlPath, Inline] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Its kind: `actor`, `issue`, …."""
        return self.id.kind

    @property
    def slug(self) -> str:
        """Its slug."""
        return self.id.slug

    @property
    def title(self) -> str:
        """What it is called in full."""
        return title_of(self.id, self.record)

    @property
    def names(self) -> tuple[str, ...]:
        """All names it can be referred to by, the full one first, without the slug."""
        return names_of(self.id, self.record)


@dataclass(frozen=True)
class BrokenEntry:
    """An entity that could not be loaded: references to it are not blamed as well."""

    id: EntityId
    names: tuple[str, ...]
    """The names that could be read all the same."""
    names_known: bool
    """False if its file could not be read at all, so that it may have any name."""


@dataclass(frozen=True)
class LoadedFile:
    """What one file's bytes alone say. It can be remembered by their digest."""

    path: str
    entries: tuple[Entry, ...] = ()
    broken: tuple[BrokenEntry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class About:
    """`content/about.md`."""

    page: AboutPage
    file: str
    body: Document


@dataclass(frozen=True)
class Content:
    """Everything the content folder says, before anything is linked."""

    site: Site
    site_file: str
    entries: Mapping[EntityId, Entry]
    hidden: Mapping[EntityId, str]
    """Entities left out of this build, and why: `a draft`, `not published before 2026-01-01`, …"""
    hidden_names: Mapping[str, EntityId]
    broken: tuple[BrokenEntry, ...] = ()
    about: About | None = None


def title_of(id: EntityId, record: Record) -> str:
    """The full name or title of an entity."""
    match record:
        case Actor(name=name):
            return name
        case Term():
            return record.name or id.slug.replace("-", " ")
        case Claim(statement=statement):
            return statement
        case Update(text=text):
            return text
        case Article() | Issue() | Event() | Source():
            return record.title


def names_of(id: EntityId, record: Record) -> tuple[str, ...]:
    """The names an entity answers to in `[[…]]` and in references."""
    match record:
        case Actor():
            short = (record.short_name,) if record.short_name else ()
            names = (record.name, *short, *record.aliases)
        case Term():
            names = (title_of(id, record), *record.aliases)
        case Claim() | Update():
            names = ()
        case Article() | Issue() | Event() | Source():
            names = (record.title,)
    return tuple(dict.fromkeys(names))


def prose_fields(record: Record) -> Iterator[tuple[YamlPath, str]]:
    """The fields of inline Markdown that a record has, with their paths, in reading order."""
    fields: list[tuple[YamlPath, str | None]] = []
    match record:
        case Article():
            fields.append((("standfirst",), record.standfirst))
            for name, points in (
                ("key_points", record.key_points),
                ("open_questions", record.open_questions),
            ):
                fields += [((name, i, "text"), point.text) for i, point in enumerate(points)]
        case Actor():
            fields.append((("role",), record.role))
        case Issue():
            fields += [(("summary",), record.summary), (("stakes",), record.stakes)]
            for i, position in enumerate(record.positions):
                fields.append((("positions", i, "summary"), position.summary))
                for j, earlier in enumerate(position.earlier):
                    fields.append((("positions", i, "earlier", j, "summary"), earlier.summary))
        case Claim():
            fields.append((("statement",), record.statement))
            for i, contest in enumerate(record.contested_by):
                fields.append((("contested_by", i, "statement"), contest.statement))
            if record.verdict:
                fields.append((("verdict", "text"), record.verdict.text))
        case Event():
            fields.append((("text",), record.text))
        case Term():
            fields.append((("definition",), record.definition))
        case Update():
            fields.append((("text",), record.text))
        case Source():
            pass
    return ((path, text) for path, text in fields if text is not None)


def cite_fields(record: Record) -> Iterator[tuple[YamlPath, Cites]]:
    """The `cite` fields of a record that cite something, with their paths, in reading order."""
    fields: list[tuple[YamlPath, Cites]] = []
    match record:
        case Article():
            for name, points in (
                ("key_points", record.key_points),
                ("open_questions", record.open_questions),
            ):
                fields += [((name, i, "cite"), point.cite) for i, point in enumerate(points)]
        case Actor():
            fields.append((("cite",), record.cite))
            fields += [
                (("relations", i, "cite"), relation.cite)
                for i, relation in enumerate(record.relations)
            ]
        case Issue():
            fields.append((("cite",), record.cite))
            for i, position in enumerate(record.positions):
                fields.append((("positions", i, "cite"), position.cite))
                for j, earlier in enumerate(position.earlier):
                    fields.append((("positions", i, "earlier", j, "cite"), earlier.cite))
        case Claim():
            fields.append((("cite",), record.cite))
            for i, contest in enumerate(record.contested_by):
                fields.append((("contested_by", i, "cite"), contest.cite))
        case Event() | Term():
            fields.append((("cite",), record.cite))
        case Source() | Update():
            pass
    return ((path, cites) for path, cites in fields if cites)
