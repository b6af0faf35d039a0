"""An entity as rules see it: its record, its texts, and what they cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from site_builder.content.entries import line_fields
from site_builder.content.models import EntityId
from site_builder.diagnostics import Location
from site_builder.links.evidence import SourceText
from site_builder.links.graph import Graph, Link, Linked, LinkedText, Mark
from site_builder.lint.site import LintedSite
from site_builder.lint.text import Blocks, Paragraph, Pieces, Sentence, Source, plain
from site_builder.markdown.document import Citation, Inline, WikiLink
from site_builder.reading.yaml_path import YamlPath

P = TypeVar("P", Citation, WikiLink)


class LintedEntity:
    """An entity while it is linted."""

    def __init__(self, linked: Linked, site: LintedSite, text_of: str) -> None:
        self.linked = linked
        self.site = site
        self.entry = linked.entry
        self.record: Any = linked.entry.record
        self.id: EntityId = linked.entry.id
        self._text = text_of

    @property
    def graph(self) -> Graph:
        """The graph, which traces what is read."""
        return self.site.graph

    def key(self, *where: str | int) -> Location:
        """The place of the key of a value in the record; without a path, of the entity."""
        return self.site.places.key(self.entry.file, self.entry.within + where)

    def value(self, *where: str | int) -> Location:
        """The place of a value in the record."""
        return self.site.places.value(self.entry.file, self.entry.within + where)

    def marks_at(self, where: YamlPath) -> tuple[Mark, ...]:
        """The citations of a part of the record: in its `cite` field and in its prose."""
        found = [*self.linked.cites.get((*where, "cite"), ())]
        for path, text in self.linked.prose.items():
            if path[:-1] == where:
                found += [part for part in text if isinstance(part, Mark)]
        return tuple(found)

    @cached_property
    def fields(self) -> Sequence[Paragraph]:
        """The prose of the record, a paragraph for each field, with what the field's part of the record cites."""
        return [self._field(path, inline) for path, inline in self.entry.prose.items()]

    def _field(self, path: YamlPath, inline: Inline) -> Paragraph:
        value: Any = self.record
        for step in path:
            value = value[step] if isinstance(step, int) else getattr(value, step)
        marks, titles = _marks_and_titles(self.linked.prose.get(path, ()))
        pieces = plain(inline, marks, titles)
        source = Source(self.entry.file, self.entry.within + path, 0, value)
        return Paragraph(pieces, "text", source, self.site.language)

    @cached_property
    def lines(self) -> Sequence[Paragraph]:
        """The texts of one line that readers see as they are written: titles, labels."""
        file, within = self.entry.file, self.entry.within
        return [
            Paragraph(
                Pieces(text), "line", Source(file, within + path, 0, text), self.site.language
            )
            for path, text in line_fields(self.record)
        ]

    @cached_property
    def body(self) -> Sequence[Paragraph]:
        """The paragraphs, headings, items and cells of the body, in order."""
        if not self.entry.has_body:
            return ()
        marks, titles = _marks_and_titles(self.graph.body(self.linked))
        lines = self._text.split("\n")
        blocks = Blocks()
        found = []
        parts = self.entry.body.parts
        inlines = [part for part in parts if isinstance(part, Inline)]
        ends = {id(one): other.line - 1 for one, other in pairwise(inlines)}
        for part in parts:
            if isinstance(part, str):
                blocks.feed(part)
                continue
            pieces = plain(part, marks, titles)
            raw = _raw(lines, part.line - 1, ends.get(id(part), len(lines)))
            source = Source(self.entry.file, (), part.line, raw)
            found.append(Paragraph(pieces, blocks.form, source, self.site.language))
        return found

    def placed(self, kind: type[P]) -> Iterator[tuple[P, Location]]:
        """The parts of a kind, citations or links, in all texts, with their places."""
        places, file, within = self.site.places, self.entry.file, self.entry.within
        for path, inline in self.entry.prose.items():
            for part in inline.parts:
                if isinstance(part, kind):
                    yield part, places.prose(file, within + path, part.column, part.length)
        for inline in self.entry.body.inlines if self.entry.has_body else ():
            for part in inline.parts:
                if isinstance(part, kind):
                    yield part, places.line(file, part.line, part.column, part.length)

    def cited_sentences(self) -> Iterator[tuple[Paragraph, Sentence, tuple[Mark, ...]]]:
        """The sentences that cite words; one of a field cites what the field's part of the record cites."""
        depth = len(self.entry.within)
        for row in self.prose:
            beside: tuple[Mark, ...] = ()
            if row.source.path and not row.cites:
                beside = self.linked.cites.get((*row.source.path[depth:-1], "cite"), ())
            for sentence in row.sentences:
                marks = tuple(mark for mark in sentence.marks or beside if mark.anchor)
                if marks:
                    yield row, sentence, marks

    def passage(self, mark: Mark) -> tuple[SourceText, int, int] | None:
        """The source of a citation with a text, and where in it the words begin and end."""
        text = self.graph.texts[mark.source]
        found = text.find(mark.words, mark.place) if text and mark.words else None
        return (text, found.start, found.end) if text and found else None

    @property
    def prose(self) -> Iterator[Paragraph]:
        """All that the site itself says in sentences: fields, and paragraphs and items of the body."""
        yield from self.fields
        yield from (row for row in self.body if row.form in ("text", "item"))

    @property
    def own_texts(self) -> Iterator[Paragraph]:
        """All that the site itself says: fields, lines, and the body but for block quotations."""
        yield from self.fields
        yield from self.lines
        yield from (row for row in self.body if row.form != "quotation")


def _marks_and_titles(text: LinkedText) -> tuple[Iterator[Mark], Iterator[str]]:
    """The citations of a linked text, and what its written links are called."""
    marks = (part for part in text if isinstance(part, Mark))
    titles = (part.text for part in text if isinstance(part, Link) and not part.is_mention)
    return marks, titles


def _raw(lines: Sequence[str], first: int, end: int) -> str:
    """The lines of a paragraph: up to the next one, or an empty line."""
    rows: list[str] = []
    for line in lines[first : max(end, first + 1)]:
        if not line.strip() and rows:
            break
        rows.append(line)
    return "\n".join(rows)
