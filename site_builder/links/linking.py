"""The link stage for one entry: its references resolved, its quotations looked up.

What an entry's links are depends on its own bytes and on its `Surroundings`, nothing else; so
entries can be linked one by one, again when one of them changes, and in any process.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from site_builder.content.entries import About, Entry, EntryFacts, Visible
from site_builder.content.kinds import FRONT, KINDS, Order
from site_builder.content.models import EntityId, Point, Site
from site_builder.content.places import Places
from site_builder.content.records import Holds
from site_builder.content.shape import records_in, walk
from site_builder.diagnostics import Diagnostic, Location
from site_builder.engine.tables import Key
from site_builder.links.addresses import Addresses, index_pages
from site_builder.links.belonging import belonging
from site_builder.links.citing import Asked
from site_builder.links.evidence import SourceText
from site_builder.links.fields import (
    POSITIONS,
    own_anchors,
    part_anchors,
    references,
    statement,
)
from site_builder.links.graph import (
    NOBODY,
    Backlink,
    Head,
    Linked,
    LinkedAbout,
    LinkedPart,
    LinkedText,
    Mark,
    Place,
    Use,
)
from site_builder.links.mentions import Mentions
from site_builder.links.names import Miss, Names
from site_builder.links.plain import shown_title
from site_builder.links.quoting import Quoting
from site_builder.links.resolving import ExpiredPlaces, TextResolver
from site_builder.links.stories import stories_of
from site_builder.links.surroundings import Surroundings, not_quotations
from site_builder.links.translations import check_translations
from site_builder.markdown.document import Document, written_text
from site_builder.memory.rows import ByKey, ByTable
from site_builder.reading.files import digest
from site_builder.reading.yaml_path import YamlPath
from site_builder.text.quotes import quoted_in_paragraphs
from site_builder.values import NamedTuple


def surroundings(
    rows: Iterable[EntryFacts],
    visible: Visible,
    source_texts: Mapping[EntityId, SourceText | None],
    files: frozenset[str],
    site: Site,
) -> Surroundings:
    """What the texts of a site are resolved against.

    `source_texts` has each source's text, None where it names no file; a source that is not in
    it has a text that could not be read. `files` are the static files by path.
    """
    rows = list(rows)
    names = _names(rows, visible)
    stories = stories_of(rows, names, site)
    addresses = Addresses(stories.home)
    return Surroundings(
        names=names,
        stories=stories,
        addresses=addresses,
        mentions=Mentions(
            [(row.id, row.linked_names) for row in rows],
            frozenset(row.id for row in rows if row.is_person),
        ),
        titles={row.id: row.title for row in rows},
        written_titles={row.id: row.written_title for row in rows if row.written_title},
        sources=source_texts,
        pages=_pages(addresses, (row.id for row in rows)),
        index_pages=index_pages(
            (row.id.kind for row in rows), any(row.has_positions for row in rows)
        ),
        expired=_expired(addresses, visible),
        content_files={row.file: row.id for row in rows if not row.within},
        files=files,
        hidden=visible.hidden,
        not_quoted=not_quotations(site),
        language=site.language,
    )


def with_settings(
    around: Surroundings,
    rows: Sequence[EntryFacts],
    source_texts: Mapping[EntityId, SourceText | None],
    files: frozenset[str],
    site: Site,
) -> Surroundings:
    """The same surroundings with these settings, files and texts of sources, where no name has changed."""
    around.names.guesses.clear()
    kinds = (row.id.kind for row in rows)
    return around._replace(
        sources=source_texts,
        files=files,
        language=site.language,
        index_pages=index_pages(kinds, any(row.has_positions for row in rows)),
        not_quoted=not_quotations(site),
    )


def _names(rows: Iterable[EntryFacts], visible: Visible) -> Names:
    """What everything answers to."""
    return Names(
        [(row.id, row.names) for row in rows],
        visible.hidden,
        visible.hidden_names,
        visible.broken,
        visible.expired,
        [row.title for row in rows if row.title not in row.names],
    )


def _pages(addresses: Addresses, ids: Iterable[EntityId]) -> dict[str, EntityId]:
    """The pages of entities by their path, but for the home page."""
    return {path: id for id in ids if "#" not in (path := addresses.of(id)) and path}


def _expired(addresses: Addresses, visible: Visible) -> ExpiredPlaces:
    """Where what has expired stood."""
    rows = visible.expired
    kinds = (id.kind for id in rows)
    has_positions = any(row.has_positions for row in rows.values())
    lists = index_pages(kinds, has_positions)
    return ExpiredPlaces(
        {id: row.title for id, row in rows.items()},
        _pages(addresses, rows),
        tuple(path for path in lists if path != "about/"),
        {row.file: id for id, row in rows.items() if row.file},
    )


Uses = Mapping[EntityId, tuple[EntityId, tuple[Use, ...]]]
"""By source: who cites it, and its citations."""
_Backlinks = dict[EntityId, dict[Place, None]]
"""By what is referred to: the places that do, each once."""


class Result(NamedTuple):
    """A linked entry, what it tells the rest of the site, and what is wrong with it.

    `own` has by table what it says of itself, `rows` by table and key what it says of others; `packed_own` and
    `packed_rows` are the same for what few read. `reads` are the keys of tables that its links depend on.
    """

    linked: Linked
    own: ByTable
    rows: ByKey
    packed_own: ByTable
    packed_rows: ByKey
    reads: frozenset[Key]
    diagnostics: tuple[Diagnostic, ...]


def link_entry(entry: Entry, around: Surroundings, places: Places, *, mentions: bool) -> Result:
    """Resolves an entry. `mentions` says whether the site lets names link by themselves."""
    resolver = _resolver(entry, around, mentions=mentions)
    linked, backlinks, positions = _link_record(entry, resolver, places)
    _ = linked.body  # all that the body refers to is now in the resolver
    check_translations(entry, resolver, places)
    for target, place, sentence in resolver.mentions:
        backlinks.setdefault(target, {})[place, "mentioned", sentence] = None
    mentioned = {target: (entry.id, tuple(rows)) for target, rows in backlinks.items()}
    return Result(
        linked,
        _own(linked),
        _rows(linked, positions, resolver),
        {"anchors": own_anchors(entry, linked.refs)},
        {"backlinks": mentioned, "uses": _uses(entry.id, resolver)},
        _reads(resolver),
        tuple(resolver.diagnostics),
    )


def _uses(owner: EntityId, resolver: TextResolver) -> Uses:
    """By source: who cites it, and its citations, each once."""
    uses: dict[EntityId, dict[Use, None]] = {}
    for mark, place, sentence in resolver.cited:
        backlink = Backlink(owner, place, "cited", sentence)
        use = Use(mark.source, mark.anchor, mark.words, resolver.passage(mark), backlink)
        uses.setdefault(mark.source, {})[use] = None
    return {source: (owner, tuple(rows)) for source, rows in uses.items()}


def _reads(resolver: TextResolver) -> frozenset[Key]:
    """The keys that links depend on: names, all paths if one is followed, the texts of sources."""
    keys: set[Key] = {("name", name) for name in resolver.asked}
    keys.update(("text", source) for source in resolver.quoted)
    keys.update(("title", name) for name in resolver.titles)
    if resolver.looks_everywhere:
        keys.add(("texts", ""))
    if resolver.follows_paths:
        keys.add(("path", ""))
    return frozenset(keys)


def problems_in_part(
    entries: Iterable[Entry], around: Surroundings, places: Places
) -> list[Diagnostic]:
    """What is wrong with the links of entries that can be read only in part. What can't be read is empty in them."""
    return [
        row
        for entry in entries
        for row in link_entry(entry, around, places, mentions=False).diagnostics
    ]


def link_again(entry: Entry, around: Surroundings, places: Places, *, mentions: bool) -> Linked:
    """An entry that has been linked before, in the same surroundings: only what pages show of it."""
    resolver = _resolver(entry, around, mentions=mentions, reports=False)
    return _link_record(entry, resolver, places)[0]


def _resolver(
    entry: Entry, around: Surroundings, *, mentions: bool, reports: bool = True
) -> TextResolver:
    linkable = entry.record.mentions and mentions
    return TextResolver(around, entry.id, entry.file, linkable=linkable, reports=reports)


def _link_record(
    entry: Entry, resolver: TextResolver, places: Places
) -> tuple[Linked, _Backlinks, list[tuple[EntityId, int]]]:
    """The entry with its record resolved, the backlinks its fields make, and positions by actor."""
    refs, backlinks, positions, expired = _refs(entry, resolver, places)
    anchors = part_anchors(entry, refs)
    _check_ids(entry, anchors, resolver, places)
    quoting = Quoting(resolver, entry.record.not_quotations)
    quoting.look_up_fields(entry, places)
    prose = _prose(entry, resolver, places, refs, anchors)
    cites = _cites(entry, resolver, places, anchors, prose)

    def body() -> LinkedText:
        body = entry.body
        quoting.look_up_body(entry.file, body, places)
        return _body(entry.file, body, entry.body_words, resolver, places)

    return Linked(entry, prose, refs, cites, body, expired), backlinks, positions


def _check_ids(
    entry: Entry, anchors: Mapping[YamlPath, str], resolver: TextResolver, places: Places
) -> None:
    """Notes points whose `id` is not theirs alone."""
    for row in records_in(entry.record, Point):
        wanted = row.value.id
        if wanted and wanted != anchors[row.path]:
            location = places.value(entry.file, (*entry.within, *row.path, "id"))
            message = f"'{wanted}' is already the id of something else on this page"
            hint = "choose another id, not that of a part of the page, a heading or another point"
            resolver.report("slug-collision", message, location, hint)


def link_about(
    about: About, around: Surroundings, places: Places, *, mentions: bool
) -> tuple[LinkedAbout, tuple[Diagnostic, ...]]:
    """Resolves the about page."""
    resolver = TextResolver(around, None, about.file, linkable=about.page.mentions and mentions)
    quoting = Quoting(resolver, about.page.not_quotations)
    quoting.look_up_body(about.file, about.body, places)
    body = _body(about.file, about.body, about.body.words, resolver, places)
    linked = LinkedAbout(body, tuple(_uses(NOBODY, resolver).items()), tuple(resolver.anchor_uses))
    return linked, tuple(resolver.diagnostics)


def _own(linked: Linked) -> dict[str, Any]:
    """What an entry says of itself: digests of its record and of its text as they are linked, and its head."""
    entry, record = linked.entry, linked.entry.record
    answers = (
        tuple(linked.refs.items()),
        tuple(linked.expired.items()),
        [_links(text) for text in linked.prose.values()],
        list(linked.cites.values()),
    )
    head = Head(
        entry.id, entry.file, entry.within, shown_title(linked), record.draft, record.redirect_from
    )
    return {
        "record": digest(f"{entry.file}{entry.record_digest}{answers}".encode()),
        "body": digest(f"{entry.body_digest}{_links(linked.body)}".encode()),
        "head": head,
    }


def _rows(
    linked: Linked, positions: Iterable[tuple[EntityId, int]], resolver: TextResolver
) -> ByKey:
    """What an entry says of others, and of its place among those of its kind."""
    entry, id = linked.entry, linked.entry.id
    ranked = (id, KINDS[id.kind].rank(entry.record), linked.refs.get(("after",)))
    rows: dict[str, dict[Any, Any]] = {
        "order": {id.kind: id},
        "rank": {id.kind: ranked},
        "positions": {actor: (id, number) for actor, number in positions},
        "anchor uses": {id: tuple(resolver.anchor_uses)} if resolver.anchor_uses else {},
    }
    if resolver.around.stories.several:
        linked_to = (target for target, *_ in resolver.mentions)
        rows["belonging"] = {
            id: belonging(linked, linked_to, (mark.source for mark, *_ in resolver.cited))
        }
    for where, target in linked.refs.items():
        if where[0] != POSITIONS:
            values = rows.setdefault(f"{id.kind}.{where[0]}", {})
            values[target] = (id, (*values.get(target, (id, ()))[1], where))
    if id.kind == FRONT:
        by_articles = (kind for kind in KINDS.values() if kind.order is Order.OF_ARTICLES)
        rows["listed"] = {kind.name: linked.refs_at(kind.plural) for kind in by_articles}
    return rows


def _links(text: LinkedText) -> list[object]:
    """The links of a text, and how long the stretches between them are."""
    return [len(part) if isinstance(part, str) else part for part in text]


def _refs(
    entry: Entry, resolver: TextResolver, places: Places
) -> tuple[dict[YamlPath, EntityId], _Backlinks, list[tuple[EntityId, int]], dict[YamlPath, str]]:
    """The references of the record, the backlinks they make, the positions by actor, and what has expired."""
    refs: dict[YamlPath, EntityId] = {}
    expired: dict[YamlPath, str] = {}
    backlinks: _Backlinks = {}
    positions: dict[EntityId, int] = {}
    for reference in references(entry):
        where = reference.where
        target: EntityId | Miss = entry.id
        if not reference.is_own:
            target = resolver.lookup(reference.text, reference.kinds)
        if isinstance(target, Miss):
            if target.code:
                resolver.report_miss(target, places.value(entry.file, entry.within + where))
            if target.expired:
                expired[where] = resolver.around.expired.titles[target.expired]
            continue
        if target == entry.id and not reference.may_be_own:
            location = places.value(entry.file, entry.within + where)
            resolver.report("circular-reference", f"{target} refers to itself here", location)
            continue
        refs[where] = target
        if reference.is_position:
            if target in positions:
                resolver.report(
                    "duplicate-position",
                    f"{target} already has a position on this issue",
                    places.value(entry.file, entry.within + where),
                    "join the two; move an earlier position to 'earlier'",
                )
            positions.setdefault(target, int(where[1]))
        elif reference.relation:
            backlinks.setdefault(target, {})["", reference.relation, ""] = None
    return refs, backlinks, list(positions.items()), expired


def _prose(
    entry: Entry,
    resolver: TextResolver,
    places: Places,
    refs: Mapping[YamlPath, EntityId],
    anchors: Mapping[YamlPath, str],
) -> dict[YamlPath, LinkedText]:
    prose: dict[YamlPath, LinkedText] = {}
    for where, inline in entry.prose.items():
        path = entry.within + where

        def locate(_: int, column: int, length: int, path: YamlPath = path) -> Location:
            return places.prose(entry.file, path, column, length)

        own = refs.get((*where[:2], "actor"))
        silent = (own,) if own else ()
        prose[where] = resolver.resolve(inline, locate, anchors.get(where[:2], ""), set(), silent)
    return prose


def _cites(
    entry: Entry,
    resolver: TextResolver,
    places: Places,
    anchors: Mapping[YamlPath, str],
    prose: Mapping[YamlPath, LinkedText],
) -> dict[YamlPath, tuple[Mark, ...]]:
    cites: dict[YamlPath, tuple[Mark, ...]] = {}
    for found in walk(entry.record, Holds.CITES):
        where = found.path
        marks = []
        place = anchors.get(where[:2], "")
        sentence = statement(entry, prose, found)
        for index, row in enumerate(found.value):
            path = entry.within + where
            location = partial(places.cite, entry.file, path, index)
            cited = Asked(row.source, row.words, row.at, location, partial(location, "at"))
            mark = resolver.cite(cited)
            if mark:
                marks.append(mark)
                resolver.cited.append((mark, place, sentence))
        cites[where] = tuple(marks)
    return cites


def _quoted(body: Document) -> dict[int, list[tuple[int, int]]]:
    """What stands in quotation marks in each run of a body. A quotation may go on in the next one."""
    runs = body.inlines
    found = quoted_in_paragraphs([written_text(run) for run in runs])
    return {id(run): stretches for run, stretches in zip(runs, found, strict=True) if stretches}


def _body(
    file: str, body: Document, words: str, resolver: TextResolver, places: Places
) -> LinkedText:
    """A body whose plain text is `words`."""

    def locate(line: int, column: int, length: int) -> Location:
        return places.line(file, line, column, length)

    linkable = resolver.linkable
    if linkable:  # most texts hold no name, which is soon found out for all of one at once
        resolver.linkable = bool(resolver.around.mentions.find(words))
    quoted = _quoted(body) if resolver.linkable else {}
    joined: list[LinkedPart] = []
    markup: list[str] = []
    section, seen = 0, set[EntityId]()
    for part in body.parts:
        if isinstance(part, str):
            markup.append(part)
            continue
        only = part.only_words
        if only is not None and not resolver.linkable:
            markup.append(html.escape(only, quote=False))
            continue
        if part.section != section:
            section, seen = part.section, set()
        place = (
            body.headings[section - 1].anchor if section else "background" if resolver.owner else ""
        )
        for piece in resolver.resolve(part, locate, place, seen, quoted=quoted.get(id(part))):
            if isinstance(piece, str):
                markup.append(piece)
                continue
            if markup:
                joined.append("".join(markup))
                markup.clear()
            joined.append(piece)
    if markup:
        joined.append("".join(markup))
    resolver.linkable = linkable
    return tuple(joined)
