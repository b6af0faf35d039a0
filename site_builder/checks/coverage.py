"""`uncited` and `unused-source`: evidence coverage. Warnings: a first draft may be thin.

`uncited` applies once a site has a source: an explainer that begins as ten lines is left in peace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.content.kinds import CITED, KINDS
from site_builder.content.models import (
    DEFAULT_STANCES,
    Contest,
    EarlierPosition,
    EntityId,
    Position,
    Site,
)
from site_builder.content.places import Places
from site_builder.content.records import Holds, Model
from site_builder.content.shape import said_in, walk
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.links.cited_sentences import PageSentences, Sentences, sentences_of
from site_builder.links.graph import Graph, Linked, Mark
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple


class Statement(NamedTuple):
    """A statement of an entry that ought to cite something: where it stands, and what it is."""

    where: YamlPath
    noun: str
    record: Model
    """The record, or the part of one, that states it."""

    @property
    def prose(self) -> YamlPath:
        """The field that says it."""
        return (*self.where, said_in(type(self.record)))


def statements(linked: Linked, site: Site) -> Iterator[Statement]:
    """The statements of an entry that ought to cite something. Silence is none, and neither is a contest without words."""
    record = linked.entry.record
    kind = KINDS[linked.entry.kind]
    if kind.states:
        yield Statement((), kind.name, record)
    for row in walk(record, Holds.RECORD):
        if row.field.marks.states and _says_something(row.value, site):
            yield Statement(row.path, row.field.marks.states, row.value)


def _says_something(record: Model, site: Site) -> bool:
    if isinstance(record, Contest):
        return record.statement is not None
    if isinstance(record, (Position, EarlierPosition)):
        stance = (site.stances or DEFAULT_STANCES).get(record.stance)
        return stance is None or stance.tone != "none"
    return True


def marks(linked: Linked, statement: Statement) -> Iterator[Mark]:
    """The citations of a statement, in its `cite` field and in its prose."""
    yield from linked.cites.get((*statement.where, "cite"), ())
    for part in linked.prose.get(statement.prose, ()):
        if isinstance(part, Mark):
            yield part


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """Statements without a citation."""
    if not graph.ids_of(CITED):
        return []
    return [
        Diagnostic(
            "uncited",
            f"this {row.noun} cites nothing",
            places.key(linked.entry.file, linked.entry.within + row.where),
            hint='add: cite: source-slug "exact words"',
            severity=Severity.WARNING,
        )
        for row in statements(linked, graph.content.site)
        if not any(marks(linked, row))
    ]


def check_sources(graph: Graph, places: Places) -> list[Diagnostic]:
    """Sources without a citation."""
    cited = graph.tables["uses"]
    found = []
    for id in graph.ids_of(CITED):
        if id in cited:
            continue
        head = graph.heads[id]
        found.append(
            Diagnostic(
                "unused-source",
                f"nothing cites {id}",
                places.key(head.file, head.within),
                severity=Severity.WARNING,
            )
        )
    return found


class Counted(NamedTuple):
    """What an entity adds to the coverage of its site: its statements, and the sentences of its text."""

    statements: int
    cited: int
    quoted: int
    sentences: tuple[int, int] = (0, 0)
    """As `Sentences`: how many there are, and how many cite something."""


class Coverage(NamedTuple):
    """How many statements there are, how many cite something, how many quote words; and the sentences of the texts."""

    statements: int
    cited: int
    quoted: int
    pages: tuple[PageSentences, ...] = ()
    """The pages with a text, in the order of the files."""

    @property
    def sentences(self) -> Sentences:
        """The sentences of all texts."""
        return Sentences(
            sum(page.sentences.total for page in self.pages),
            sum(page.sentences.cited for page in self.pages),
        )

    @property
    def in_words(self) -> str:
        """The figures in lines: the statements, the sentences of all texts, and those of pages that lack most citations."""
        statements = "key points, positions, claims and events"
        lines = [
            f"{self.cited} of {self.statements} {statements} cite a source, {self.quoted} with its exact words"
        ]
        if self.pages:
            total, cited = self.sentences
            lines.append(f"{cited} of {total} sentences of the texts cite a source")
        if len(self.pages) > 1:
            rows = sorted(self.pages, key=lambda page: -page.sentences.uncited)
            lines += [
                f"  {page.path or 'home page'}: {page.sentences.cited} of {page.sentences.total}"
                for page in rows[:_MOST_PAGES]
            ]
            if len(rows) > _MOST_PAGES:
                lines.append(f"  and {len(rows) - _MOST_PAGES} more pages")
        return "\n".join(lines)


_MOST_PAGES = 10
"""Pages of which the sentences are counted one by one."""


def counted(linked: Linked, graph: Graph) -> Counted:
    """What an entity adds to the coverage. In a site without a source, its text is not read."""
    rows = [tuple(marks(linked, row)) for row in statements(linked, graph.content.site)]
    sentences = (0, 0)
    if linked.entry.has_body and graph.ids_of(CITED):
        found = sentences_of(graph, graph.body(linked))
        sentences = found.total, found.cited
    quoted = sum(any(mark.words for mark in row) for row in rows)
    return Counted(len(rows), sum(bool(row) for row in rows), quoted, sentences)


def coverage(graph: Graph) -> Coverage:
    """The evidence coverage of a site."""
    return total(graph, ((id, counted(linked, graph)) for id, linked in graph.linked.items()))


def total(graph: Graph, counts: Iterable[tuple[EntityId, Counted]]) -> Coverage:
    """The evidence coverage of a site, from what each of its entities adds."""
    rows = [*counts]
    return Coverage(
        sum(row.statements for _, row in rows),
        sum(row.cited for _, row in rows),
        sum(row.quoted for _, row in rows),
        tuple(
            PageSentences(graph.addresses.page_of(id), Sentences(*row.sentences))
            for id, row in rows
            if row.sentences[0]
        ),
    )
