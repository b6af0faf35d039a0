"""An entity as it was loaded: the record, its texts, and where they stand."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import datetime
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from site_builder.content.citing import Cites
from site_builder.content.models import (
    AboutPage,
    Actor,
    Article,
    Claim,
    EarlierPosition,
    EntityId,
    Event,
    Issue,
    Point,
    Position,
    Record,
    Site,
    Source,
    Term,
    Update,
)
from site_builder.diagnostics import Diagnostic
from site_builder.markdown.document import EMPTY, Document, Heading, Inline, Part, words_of
from site_builder.memory.pickles import Packed
from site_builder.reading.files import digest
from site_builder.reading.yaml_path import YamlPath
from site_builder.text.same import same

_NO_BODY = Packed(EMPTY)


class Entry(NamedTuple):
    """An entity of the site.

    `file` is its file, `within` the path to it in that file's YAML (empty if the file is its own).
    `prose` has the parsed text of each field of inline Markdown, by its path in the record.
    """

    id: EntityId
    record: Record
    file: str
    within: YamlPath = ()
    packed_body: Packed[Document] = _NO_BODY
    headings: tuple[Heading, ...] = ()
    """Those of the body."""
    has_body: bool = False
    prose: Mapping[YamlPath, Inline] = MappingProxyType({})
    record_digest: str = ""
    """Stands for the YAML it was made from."""
    body_digest: str = ""
    """Stands for the Markdown its body was made from."""
    body_words: str = ""
    """The plain text of its body, kept apart so that names are found without reading the body."""

    @property
    def body(self) -> Document:
        """Its Markdown body, read anew each time: it is large, and seldom needed twice."""
        return self.packed_body.read()

    def with_body(self, body: Document, text: str) -> "Entry":
        """The same entity with the body that was made of a text."""
        return self._replace(
            packed_body=Packed(body),
            headings=body.headings,
            has_body=bool(body.parts),
            body_digest=digest(text.encode()),
            body_words=body.words,
        )

    @property
    def words(self) -> str:
        """The plain text of all its texts; see `words_of`."""
        return f"{words_of(self.prose.values())}\0{self.body_words}"

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


SHORTEST_LINKED = 2
"""Characters of the shortest name that links by itself."""


class EntryFacts(NamedTuple):
    """What must be known of every entry before any is linked."""

    id: EntityId
    file: str
    within: YamlPath
    title: str
    written_title: tuple[Part, ...]
    """The parts of a title that is prose with markup; else nothing."""
    names: tuple[str, ...]
    linked_names: tuple[str, ...]
    """The names that link by themselves."""
    is_person: bool
    has_positions: bool
    draft: bool
    publish_on: datetime.date | None
    expires_on: datetime.date | None
    redirect_from: tuple[str, ...]
    record_digest: str
    body_digest: str

    @classmethod
    def of(cls, entry: Entry) -> "EntryFacts":
        """The facts of an entry."""
        record = entry.record
        linked: tuple[str, ...] = ()
        if isinstance(record, (Actor, Term)):
            unlinked = {same(name) for name in record.unlinked}
            linked = tuple(
                name
                for name in entry.names
                if same(name) not in unlinked and len(name) >= SHORTEST_LINKED
            )
        return cls(
            entry.id,
            entry.file,
            entry.within,
            entry.title,
            _written_title(entry),
            entry.names,
            linked,
            isinstance(record, Actor) and record.kind == "person",
            isinstance(record, Issue) and bool(record.positions),
            record.draft,
            record.publish_on,
            record.expires_on,
            record.redirect_from,
            entry.record_digest,
            entry.body_digest,
        )


def _written_title(entry: Entry) -> tuple[Part, ...]:
    """What a claim or a note of changes is called: its text."""
    inline = entry.prose.get(TITLE_FIELDS.get(entry.kind, ()))
    return () if inline is None or inline.only_words is not None else inline.parts


TITLE_FIELDS: Mapping[str, YamlPath] = {"claim": ("statement",), "update": ("text",)}
"""By kind: the field of prose that an entity is called by, where it has no name or title."""


class BrokenEntry(NamedTuple):
    """An entity that could not be loaded: references to it are not blamed as well."""

    id: EntityId
    names: tuple[str, ...]
    """The names that could be read all the same."""
    names_known: bool
    """False if its file could not be read at all, so that it may have any name."""


class LoadedFile(NamedTuple):
    """What one file's bytes alone say. It can be remembered by their digest."""

    path: str
    entries: tuple[Entry, ...] = ()
    broken: tuple[BrokenEntry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    front_matter: str = ""
    """Stands for the front matter of a Markdown file, if there is nothing wrong with it; else ""."""


class FileFacts(NamedTuple):
    """What must be known of every content file: the facts of its entries, and its findings."""

    path: str
    digest: str
    entries: tuple[EntryFacts, ...]
    broken: tuple[BrokenEntry, ...]
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, file: LoadedFile, digest: str) -> "FileFacts":
        """The facts of a loaded file of these bytes."""
        facts = tuple(EntryFacts.of(entry) for entry in file.entries)
        return cls(file.path, digest, facts, file.broken, file.diagnostics)


class About(NamedTuple):
    """`content/about.md`."""

    page: AboutPage
    file: str
    body: Document


class SiteFile(NamedTuple):
    """What the bytes of `content/site.yaml` alone say: the settings as far as they can be read."""

    site: Site | None
    """None if they can't be read at all."""
    diagnostics: tuple[Diagnostic, ...]


class AboutFile(NamedTuple):
    """What the bytes of `content/about.md` alone say."""

    about: About | None
    diagnostics: tuple[Diagnostic, ...]


class SiteContent(NamedTuple):
    """What the content folder says of the site as a whole."""

    site: Site
    site_file: str
    about: About | None = None


class Expired(NamedTuple):
    """What is still said of an entity that has expired: its title, its file, and where it stood before."""

    title: str
    file: str
    """"" if it was one of several in a file."""
    redirect_from: tuple[str, ...]
    has_positions: bool


class Visible(NamedTuple):
    """Which entities are in this build, and which are not and why."""

    ids: tuple[EntityId, ...]
    """In order: by collection, then by file, then as they stand in it."""
    hidden: Mapping[EntityId, str]
    """Entities left out of this build, and why: `a draft`, `not published before 2026-01-01`, …"""
    hidden_names: Mapping[str, EntityId]
    broken: tuple[BrokenEntry, ...] = ()
    expired: Mapping[EntityId, Expired] = MappingProxyType({})
    """Those of the hidden ones that were published until their day came."""
    expiring: Mapping[EntityId, datetime.date] = MappingProxyType({})
    """The visible ones whose day will come."""


def title_of(id: EntityId, record: Record) -> str:
    """The full name or title of an entity."""
    match record:
        case Actor(name=name):
            return name
        case Term():
            return record.name or _words_of(id.slug)
        case Claim(statement=statement):
            return statement
        case Update(text=text):
            return text
        case Article() | Issue() | Event() | Source():
            return record.title


_PREFIX = re.compile(
    r"^(non|anti|co|counter|e|ex|inter|multi|neo|pan|post|pre|quasi|re|self|semi|sub|ultra|vice) ",
    re.IGNORECASE,
)


def _words_of(slug: str) -> str:
    """A slug in words; what is only ever a part of a word keeps its hyphen, as in `non-paper`."""
    return _PREFIX.sub(r"\1-", slug.replace("-", " "), count=1) if "-" in slug else slug


def names_of(id: EntityId, record: Record) -> tuple[str, ...]:
    """The names an entity answers to in `[[…]]` and in references."""
    match record:
        case Actor():
            short = (record.short_name,) if record.short_name else ()
            names = (record.name, *short, *record.aliases)
        case Term():
            unnamed = () if record.name else (id.slug.replace("-", " "), id.slug)
            names = (title_of(id, record), *record.aliases, *unnamed)
        case Claim() | Update():
            names = ()
        case Article() | Issue() | Event() | Source():
            names = (record.title,)
    return tuple(dict.fromkeys(names))


def prose_fields(record: Record) -> Iterator[tuple[YamlPath, str]]:
    """The fields of inline Markdown that a record has, with their paths, in reading order."""
    return ((path, text) for path, text in _prose(record) if text is not None)


def line_fields(record: Record | Site | AboutPage) -> Iterator[tuple[YamlPath, str]]:
    """The fields that pages show as they are written, with their paths, in reading order."""
    lines = _lines_of_site(record) if isinstance(record, Site | AboutPage) else _lines(record)
    return ((path, text) for path, text in lines if text)


def cite_fields(record: Record) -> Iterator[tuple[YamlPath, Cites]]:
    """The `cite` fields of a record that cite something, with their paths, in reading order."""
    return ((path, cites) for path, cites in _cites(record) if cites)


def _prose(record: Record) -> Iterator[tuple[YamlPath, str | None]]:
    match record:
        case Article():
            yield ("standfirst",), record.standfirst
            for where, point in _points(record):
                yield (*where, "text"), point.text
        case Actor():
            yield ("role",), record.role
        case Issue():
            yield ("summary",), record.summary
            yield ("stakes",), record.stakes
            for where, position in _positions(record):
                yield (*where, "summary"), position.summary
        case Claim():
            yield ("statement",), record.statement
            for i, contest in enumerate(record.contested_by):
                yield ("contested_by", i, "statement"), contest.statement
            yield ("verdict", "text"), record.verdict.text if record.verdict else None
        case Event() | Update():
            yield ("text",), record.text
        case Term():
            yield ("definition",), record.definition
        case Source():
            pass


def _lines(record: Record) -> Iterator[tuple[YamlPath, str | None]]:
    match record:
        case Article():
            yield ("title",), record.title
            yield ("status",), record.status
            yield from _each("authors", record.authors)
        case Actor():
            yield from _lines_of_actor(record)
        case Issue():
            yield ("title",), record.title
            yield ("question",), record.question
            yield ("status",), record.status
        case Claim():
            if record.verdict:
                yield ("verdict", "rating"), record.verdict.rating
                yield ("verdict", "reviewer"), record.verdict.reviewer
        case Event():
            yield ("title",), record.title
            yield ("date", "text"), record.date.text
        case Source():
            yield ("title",), record.title
            yield ("publisher",), record.publisher
            yield ("kind",), record.kind
            yield from _each("authors", record.authors)
        case Term():
            yield ("name",), record.name
            yield from _each("aliases", record.aliases)
        case Update():
            pass


def _lines_of_actor(record: Actor) -> Iterator[tuple[YamlPath, str | None]]:
    yield ("name",), record.name
    yield ("short_name",), record.short_name
    yield from _each("aliases", record.aliases)
    for i, relation in enumerate(record.relations):
        yield ("relations", i, "label"), relation.label
    if record.image:
        yield ("image", "alt"), record.image.alt
        yield ("image", "credit"), record.image.credit


def _lines_of_site(record: Site | AboutPage) -> Iterator[tuple[YamlPath, str | None]]:
    yield ("title",), record.title
    if isinstance(record, Site):
        yield ("description",), record.description
        yield ("publisher",), record.publisher
        yield ("licence",), record.licence
        yield from _each("authors", record.authors)
        for slug, stance in record.stances.items():
            yield ("stances", slug, "label"), stance.label
            yield ("stances", slug, "meaning"), stance.meaning
        for i, item in enumerate(record.nav):
            yield ("nav", i, "title"), item.title


def _each(name: str, texts: tuple[str, ...]) -> Iterator[tuple[YamlPath, str]]:
    return (((name, i), text) for i, text in enumerate(texts))


def _cites(record: Record) -> Iterator[tuple[YamlPath, Cites]]:
    match record:
        case Article():
            for where, point in _points(record):
                yield (*where, "cite"), point.cite
        case Actor():
            yield ("cite",), record.cite
            for i, relation in enumerate(record.relations):
                yield ("relations", i, "cite"), relation.cite
        case Issue():
            yield ("cite",), record.cite
            for where, position in _positions(record):
                yield (*where, "cite"), position.cite
        case Claim():
            yield ("cite",), record.cite
            for i, contest in enumerate(record.contested_by):
                yield ("contested_by", i, "cite"), contest.cite
        case Event() | Term():
            yield ("cite",), record.cite
        case Source() | Update():
            pass


def _points(article: Article) -> Iterator[tuple[YamlPath, Point]]:
    """An article's key points and open questions."""
    for i, point in enumerate(article.key_points):
        yield ("key_points", i), point
    for i, point in enumerate(article.open_questions):
        yield ("open_questions", i), point


def _positions(issue: Issue) -> Iterator[tuple[YamlPath, Position | EarlierPosition]]:
    """An issue's positions, each before the ones its actor held earlier."""
    for i, position in enumerate(issue.positions):
        yield ("positions", i), position
        for j, earlier in enumerate(position.earlier):
            yield ("positions", i, "earlier", j), earlier
