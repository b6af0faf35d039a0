"""An entity as it was loaded: the record, its texts, and where they stand."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import datetime
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from site_builder.content.kinds import KINDS
from site_builder.content.models import AboutPage, EntityId, NavItem, Record, Site
from site_builder.content.records import Holds, Model
from site_builder.content.shape import walk
from site_builder.diagnostics import Diagnostic
from site_builder.markdown.document import EMPTY, Document, Heading, Inline, Part, words_of
from site_builder.memory.pickles import Packed
from site_builder.reading.files import digest
from site_builder.reading.yaml_path import YamlPath
from site_builder.text import lazily
from site_builder.text.same import same
from site_builder.values import NamedTuple

R = TypeVar("R", bound=Model)
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

    def record_of(self, model: type[R]) -> R:
        """Its record, if the caller knows its kind. Raises `TypeError` if it is of another."""
        if not isinstance(self.record, model):
            raise TypeError(f"{self.id} is no {model.__name__}")
        return self.record

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
    part_of: str
    """Of a chapter: the article that it names."""
    nav: tuple[NavItem, ...]
    """Of an article: the navigation of its story, if it has one of its own."""
    record_digest: str
    body_digest: str

    @classmethod
    def of(cls, entry: Entry) -> "EntryFacts":
        """The facts of an entry."""
        record = entry.record
        linked: tuple[str, ...] = ()
        if KINDS[entry.kind].links_by_name:
            unlinked = {same(name) for name in getattr(record, "unlinked", ())}
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
            record.is_person,
            record.has_positions,
            record.draft,
            record.publish_on,
            record.expires_on,
            record.redirect_from,
            getattr(record, "part_of", None) or "",
            getattr(record, "nav", ()),
            entry.record_digest,
            entry.body_digest,
        )


def _written_title(entry: Entry) -> tuple[Part, ...]:
    """The parts of a title that is prose, as that of a claim is: its statement."""
    inline = entry.prose.get((KINDS[entry.kind].title,))
    return () if inline is None or inline.only_words is not None else inline.parts


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
    in_part: tuple[Entry, ...] = ()
    """What can be read of the entries that are broken, to look for what else is wrong with them."""


class FileFacts(NamedTuple):
    """What must be known of every content file: the facts of its entries, and its findings."""

    path: str
    digest: str
    entries: tuple[EntryFacts, ...]
    broken: tuple[BrokenEntry, ...]
    diagnostics: tuple[Diagnostic, ...]
    in_part: tuple[Entry, ...] = ()
    """As in `LoadedFile`."""

    @classmethod
    def of(cls, file: LoadedFile, digest: str) -> "FileFacts":
        """The facts of a loaded file of these bytes."""
        facts = tuple(EntryFacts.of(entry) for entry in file.entries)
        return cls(file.path, digest, facts, file.broken, file.diagnostics, file.in_part)


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


_PREFIX = lazily.pattern(
    r"^(non|anti|co|counter|e|ex|inter|multi|neo|pan|post|pre|quasi|re|self|semi|sub|ultra|vice) ",
    re.IGNORECASE,
)


def title_of(id: EntityId, record: Record) -> str:
    """The full name or title of an entity."""
    title: str | None = getattr(record, KINDS[id.kind].title)
    return title or _words_of(id.slug)


def _words_of(slug: str) -> str:
    """A slug in words; what is only ever a part of a word keeps its hyphen, as in `non-paper`."""
    return _PREFIX.sub(r"\1-", slug.replace("-", " "), count=1) if "-" in slug else slug


def names_of(id: EntityId, record: Record) -> tuple[str, ...]:
    """The names an entity answers to in `[[…]]` and in references."""
    names = [text for _, text in name_fields(record)]
    if getattr(record, KINDS[id.kind].title) is None:
        names = [_words_of(id.slug), *names, id.slug.replace("-", " "), id.slug]
    return tuple(dict.fromkeys(names))


def name_fields(record: Model) -> Iterator[tuple[YamlPath, str]]:
    """The names that a record has, with their paths."""
    return ((row.path, row.value) for row in walk(record, Holds.LINE) if row.field.marks.name)


def prose_fields(record: Model) -> Iterator[tuple[YamlPath, str]]:
    """The fields of inline Markdown that a record has, with their paths, in reading order."""
    return ((row.path, row.value) for row in walk(record, Holds.PROSE))


def line_fields(record: Model) -> Iterator[tuple[YamlPath, str]]:
    """The texts that pages show as they are written, with their paths: lines, and the words for dates."""
    for row in walk(record, Holds.LINE):
        yield row.path, row.value
    for row in walk(record, Holds.DATE):
        if row.value.text:
            yield (*row.path, "text"), row.value.text
