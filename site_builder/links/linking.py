"""The link stage: every reference resolved, every quotation looked up, every link read backwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from site_builder.content.entries import Content, Entry, cite_fields
from site_builder.content.models import (
    Actor,
    Article,
    Claim,
    EntityId,
    Event,
    Issue,
    Source,
    Update,
)
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, Location, Severity, did_you_mean
from site_builder.links.addresses import Addresses, index_pages, point_anchor, position_anchor
from site_builder.links.evidence import SourceText
from site_builder.links.graph import (
    Backlink,
    CitedSource,
    Graph,
    Linked,
    LinkedText,
    Mark,
    PositionAt,
)
from site_builder.links.mentions import Mentions
from site_builder.links.names import Miss, Names
from site_builder.links.resolving import Surroundings, TextResolver
from site_builder.markdown.document import Document, Inline
from site_builder.markdown.parser import plain_text
from site_builder.reading.located_yaml import YamlPath


class Reference(NamedTuple):
    """A field that names an entity: where it stands, of which kinds, and how it reads backwards."""

    where: YamlPath
    text: str
    kinds: tuple[str, ...]
    relation: str


def references(entry: Entry) -> Iterator[Reference]:
    """The fields of an entry's record that name entities, in order."""
    record = entry.record
    match record:
        case Article():
            yield from _each("issues", record.issues, "issue", "covered in")
            yield from _each("actors", record.actors, "actor", "covered in")
            yield from _each("sources", record.sources, "source", "covered in")
        case Actor():
            if record.affiliation:
                yield Reference(("affiliation",), record.affiliation, ("actor",), "member")
            for i, relation in enumerate(record.relations):
                yield Reference(("relations", i, "to"), relation.to, ("actor",), relation.label)
        case Issue():
            actors = (position.actor for position in record.positions)
            yield from _each("positions", actors, "actor", "position", field="actor")
            yield from _each("related", record.related, "issue", "related")
        case Claim():
            yield from _each("made_by", record.made_by, "actor", "claim")
            actors = (contest.actor for contest in record.contested_by)
            yield from _each("contested_by", actors, "actor", "claim", field="actor")
            yield from _each("issues", record.issues, "issue", "claim")
        case Event():
            yield from _each("actors", record.actors, "actor", "event")
            yield from _each("issues", record.issues, "issue", "event")
            if record.after:
                yield Reference(("after",), record.after, ("event",), "event")
        case Update():
            yield from _each("touches", record.touches, "", "update")
        case _:
            pass


def _each(
    name: str, refs: Iterable[str], kind: str, relation: str, *, field: str = ""
) -> Iterator[Reference]:
    """References to entities of a kind (any, if "") in a list, or in a field of its items."""
    for index, text in enumerate(refs):
        where: YamlPath = (name, index, field) if field else (name, index)
        yield Reference(where, text, (kind,) if kind else (), relation)


_SHOWN_ELSEWHERE = frozenset(("position", "event", "claim", "member", "update", "covered in"))
"""Relations that the page of their target shows in a part of its own."""


def link(
    content: Content,
    source_texts: Mapping[EntityId, SourceText | None],
    files: frozenset[str],
    places: Places,
) -> tuple[Graph, list[Diagnostic]]:
    """The linked content, and what is wrong with its references.

    `source_texts` has each source's text, None where it names no file; a source that is not in
    it has a text that could not be read. `files` are the static files by path.
    """
    return _Linker(content, source_texts, files, places).run()


class _Linker:
    """State of one run of the stage."""

    def __init__(
        self,
        content: Content,
        source_texts: Mapping[EntityId, SourceText | None],
        files: frozenset[str],
        places: Places,
    ) -> None:
        self.content = content
        self.places = places
        entries = content.entries
        self.addresses = Addresses([id for id in entries if id.kind == "article"])
        self.source_texts = source_texts
        self.around = Surroundings(
            names=Names(entries.values(), content.hidden, content.hidden_names, content.broken),
            addresses=self.addresses,
            mentions=Mentions(entries.values()),
            titles={id: entry.title for id, entry in entries.items()},
            sources=source_texts,
            pages={
                path: id for id in entries if (path := self.addresses.of(id)) and "#" not in path
            },
            index_pages=index_pages(entries.values()),
            content_files={entry.file: id for id, entry in entries.items() if not entry.within},
            files=files,
        )
        self.diagnostics: list[Diagnostic] = []
        self.backlinks: dict[EntityId, dict[Backlink, None]] = defaultdict(dict)
        self.uses: dict[EntityId, dict[str, dict[Backlink, None]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self.words: dict[EntityId, dict[str, str]] = defaultdict(dict)
        self.positions_of: dict[EntityId, list[PositionAt]] = defaultdict(list)
        self.anchor_uses: list[tuple[EntityId | None, str, Location]] = []
        self.linked: dict[EntityId, Linked] = {}

    def run(self) -> tuple[Graph, list[Diagnostic]]:
        for entry in self.content.entries.values():
            self.linked[entry.id] = self._entry(entry)
        about = self._about()
        self._check_shared_names()
        self._check_order_of_events()
        graph = Graph(
            content=self.content,
            addresses=self.addresses,
            linked=self.linked,
            about=about,
            backlinks={id: tuple(rows) for id, rows in self.backlinks.items()},
            sources={id: self._cited(id) for id in self.linked if id.kind == "source"},
            positions_of={id: tuple(rows) for id, rows in self.positions_of.items()},
            files=self.around.files,
        )
        self._check_anchors(graph)
        return graph, self.diagnostics

    # one entry

    def _entry(self, entry: Entry) -> Linked:
        resolver = TextResolver(
            self.around,
            entry.id,
            entry.file,
            linkable=entry.record.mentions and self.content.site.mentions,
        )
        refs = self._refs(entry, resolver)
        anchors = _part_anchors(entry, refs)
        prose = self._prose(entry, resolver, refs, anchors)
        cites = self._cites(entry, resolver, anchors)
        body = self._body(entry.file, entry.body, resolver)
        self._collect(entry.id, resolver)
        return Linked(entry, body, prose, refs, cites)

    def _refs(self, entry: Entry, resolver: TextResolver) -> dict[YamlPath, EntityId]:
        refs: dict[YamlPath, EntityId] = {}
        for reference in references(entry):
            target = self.around.names.resolve(reference.text, reference.kinds)
            if isinstance(target, Miss):
                if target.code:
                    where = entry.within + reference.where
                    resolver.report_miss(target, self.places.value(entry.file, where))
                continue
            if target == entry.id and reference.relation != "update":
                location = self.places.value(entry.file, entry.within + reference.where)
                message = f"{target} refers to itself here"
                resolver.report("circular-reference", message, location)
                continue
            refs[reference.where] = target
            if reference.relation == "position":
                self._position(entry, reference.where, target, resolver)
            elif reference.relation not in _SHOWN_ELSEWHERE:
                self.backlinks[target][Backlink(entry.id, "", reference.relation, "")] = None
        return refs

    def _position(
        self, entry: Entry, where: YamlPath, actor: EntityId, resolver: TextResolver
    ) -> None:
        index = int(where[1])
        rows = self.positions_of[actor]
        if rows and rows[-1].issue == entry.id:
            resolver.report(
                "duplicate-position",
                f"{actor} has a position on this issue already",
                self.places.value(entry.file, entry.within + where),
                "join the two; put a position held before under 'earlier'",
            )
            return
        rows.append(PositionAt(entry.id, index))

    def _prose(
        self,
        entry: Entry,
        resolver: TextResolver,
        refs: Mapping[YamlPath, EntityId],
        anchors: Mapping[YamlPath, str],
    ) -> dict[YamlPath, LinkedText]:
        prose: dict[YamlPath, LinkedText] = {}
        seen: set[EntityId] = set()
        for where, inline in entry.prose.items():
            path = entry.within + where

            def locate(_: int, column: int, length: int, path: YamlPath = path) -> Location:
                return self.places.prose(entry.file, path, column, length)

            own = refs.get((*where[:2], "actor"))
            silent = (own,) if own else ()
            place = anchors.get(where[:2], "")
            prose[where] = resolver.resolve(inline, locate, place, seen, silent)
        return prose

    def _cites(
        self, entry: Entry, resolver: TextResolver, anchors: Mapping[YamlPath, str]
    ) -> dict[YamlPath, tuple[Mark, ...]]:
        cites: dict[YamlPath, tuple[Mark, ...]] = {}
        for where, rows in cite_fields(entry.record):
            marks = []
            place = anchors.get(where[:2], "")
            for index, row in enumerate(rows):
                path = (*entry.within, *where, index, "words")
                place_of = partial(self.places.value, entry.file, path)
                mark = resolver.cite(row.source, row.words, place_of)
                if mark:
                    marks.append(mark)
                    sentence = _statement(entry, where)
                    resolver.cited.append((mark.source, mark.anchor, mark.words, place, sentence))
            cites[where] = tuple(marks)
        return cites

    def _body(self, file: str, body: Document, resolver: TextResolver) -> LinkedText:
        def locate(line: int, column: int, length: int) -> Location:
            return self.places.line(file, line, column, length)

        parts: list[object] = []
        section, seen = 0, set[EntityId]()
        for part in body.parts:
            if not isinstance(part, Inline):
                parts.append(part)
                continue
            if part.section != section:
                section, seen = part.section, set()
            place = body.headings[section - 1].anchor if section else "background"
            parts += resolver.resolve(part, locate, place, seen)
        joined: list[object] = []
        for piece in parts:
            if isinstance(piece, str) and joined and isinstance(joined[-1], str):
                joined[-1] += piece
            else:
                joined.append(piece)
        return tuple(joined)  # type: ignore[arg-type]  # strings and what resolve returned

    def _collect(self, id: EntityId | None, resolver: TextResolver) -> None:
        self.diagnostics += resolver.diagnostics
        self.anchor_uses += resolver.anchor_uses
        if id is None:
            return
        for target, place, sentence in resolver.mentions:
            self.backlinks[target][Backlink(id, place, "mentioned", sentence)] = None
        for source, anchor, words, place, sentence in resolver.cited:
            self.uses[source][anchor][Backlink(id, place, "cited", sentence)] = None
            self.words[source][anchor] = words

    def _about(self) -> LinkedText:
        about = self.content.about
        if about is None:
            return ()
        resolver = TextResolver(
            self.around, None, about.file, about.page.mentions and self.content.site.mentions
        )
        text = self._body(about.file, about.body, resolver)
        self._collect(None, resolver)
        for source, anchor, words, *_ in resolver.cited:
            self.words[source][anchor] = words
        return text

    # the whole

    def _cited(self, id: EntityId) -> CitedSource:
        text = self.source_texts.get(id)
        found = {}
        for anchor, words in self.words[id].items():
            passage = text.find(words) if text and anchor else None
            if passage:
                found[anchor] = (words, passage)
        ordered = dict(sorted(found.items(), key=lambda row: (row[1][1].start, row[1][1].end)))
        uses = {anchor: tuple(rows) for anchor, rows in self.uses[id].items()}
        return CitedSource(text, ordered, uses)

    def _check_shared_names(self) -> None:
        for row in self.around.mentions.shared:
            entry = self.content.entries[row.ids[-1]]
            others = ", ".join(str(id) for id in row.ids[:-1])
            self.diagnostics.append(
                Diagnostic(
                    "ambiguous-name",
                    f"'{row.name}' is also a name of {others}, so it links to neither by itself",
                    self.places.value(entry.file, entry.within),
                    hint="list it under 'unlinked' of all but one, to say which is meant",
                    severity=Severity.WARNING,
                )
            )

    def _check_order_of_events(self) -> None:
        """`after` must not lead in a circle."""
        after = {
            row.entry.id: target
            for row in self.linked.values()
            if (target := row.refs.get(("after",))) is not None
        }
        reported: set[EntityId] = set()
        for start in after:
            seen = [start]
            while (following := after.get(seen[-1])) and following not in seen:
                seen.append(following)
            if following == start and start not in reported:
                reported.update(seen)
                entry = self.content.entries[start]
                circle = " → ".join(id.slug for id in (*seen, start))
                location = self.places.value(entry.file, (*entry.within, "after"))
                self.diagnostics.append(
                    Diagnostic(
                        "circular-reference", f"'after' leads in a circle: {circle}", location
                    )
                )

    def _check_anchors(self, graph: Graph) -> None:
        about_anchors = {heading.anchor for heading in self.content.about.body.headings} if (
            self.content.about
        ) else set()  # fmt: skip
        for target, anchor, location in self.anchor_uses:
            known = anchors_of(graph, target) if target else about_anchors
            if anchor not in known:
                whose = str(target) if target else "this page"
                self.diagnostics.append(
                    Diagnostic(
                        "unknown-anchor",
                        f"{whose} has no part '{anchor}'{did_you_mean(anchor, known)}",
                        location,
                        hint=f"parts: {', '.join(sorted(known))}" if known else "",
                    )
                )


def _part_anchors(entry: Entry, refs: Mapping[YamlPath, EntityId]) -> dict[YamlPath, str]:
    """The anchors of the parts of a record, by the first two steps of their path."""
    record = entry.record
    anchors: dict[YamlPath, str] = {}
    if isinstance(record, Article):
        taken: set[str] = set()
        for name, points in (
            ("key_points", record.key_points),
            ("open_questions", record.open_questions),
        ):
            for i, point in enumerate(points):
                anchors[(name, i)] = point_anchor(point, taken)
    elif isinstance(record, Issue):
        for where, target in refs.items():
            if where[0] == "positions":
                anchors[where[:2]] = position_anchor(target)
    return anchors


def point_anchors(entry: Entry) -> dict[YamlPath, str]:
    """The anchors of an article's points, by path: `("key_points", 0)`."""
    return _part_anchors(entry, {})


def _statement(entry: Entry, where: YamlPath) -> str:
    """The statement that a `cite` field supports, as plain text."""
    for name in ("text", "summary", "statement", "definition", "role"):
        inline = entry.prose.get((*where[:-1], name))
        if inline:
            return plain_text(inline)
    return entry.title if where == ("cite",) else ""


def anchors_of(graph: Graph, id: EntityId) -> set[str]:
    """The anchors that the page of an entity has."""
    linked = graph.linked[id]
    entry = linked.entry
    record = entry.record
    anchors = {heading.anchor for heading in entry.body.headings}
    if entry.body.parts:
        anchors.add("background")
    kinds = {
        (kind, name)
        for kind, name in _MENTIONED_BY
        for row in graph.of_kind(kind)
        if id in row.refs_at(name)
    }
    if isinstance(record, Issue):
        anchors |= {
            position_anchor(target) for where, target in linked.refs.items()
            if where[0] == "positions"
        }  # fmt: skip
        anchors |= {"positions"} if record.positions else set()
        anchors |= {"related"} if record.related else set()
    elif isinstance(record, Actor):
        anchors |= {"positions"} if id in graph.positions_of else set()
    elif isinstance(record, Article):
        anchors |= set(_part_anchors(entry, {}).values())
        anchors |= {"key-points"} if record.key_points else set()
        anchors |= {"open-questions"} if record.open_questions else set()
        anchors |= {"positions", "issues", "claims", "timeline", "actors", "notes"}
    elif isinstance(record, Source):
        anchors |= set(graph.sources[id].passages)
        anchors |= {"passages"} if graph.sources[id].passages else set()
    anchors |= {"claims"} if any(kind == "claim" for kind, _ in kinds) else set()
    anchors |= {"events"} if any(kind == "event" for kind, _ in kinds) else set()
    anchors |= {"mentions"} if graph.backlinks.get(id) else set()
    return anchors


_MENTIONED_BY = (
    ("claim", "issues"), ("claim", "made_by"), ("claim", "contested_by"), ("event", "issues"),
    ("event", "actors"),
)  # fmt: skip
