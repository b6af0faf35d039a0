"""The figures of a site, read from its linked content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from site_builder.checks.coverage import Coverage
from site_builder.content.kinds import CITED, HOLDERS, KINDS, NOTES
from site_builder.content.models import DEFAULT_STANCES, EntityId, Position, Stance
from site_builder.content.shape import records_in
from site_builder.links.graph import Graph, Linked, Mark
from site_builder.links.quotations import word_count
from site_builder.links.sides import side_of
from site_builder.links.uncited import uncited_sentences
from site_builder.lint.allowing import Allowance
from site_builder.values import NamedTuple


class SourceUse(NamedTuple):
    """How much of a source is used. `unused` are the sentences that nothing cites; a source without a text has none."""

    slug: str
    title: str
    sentences: int
    used: int
    passages: int
    citations: int
    unused: tuple[str, ...]


class Voice(NamedTuple):
    """What an actor, or all on one side, has on the site, and how many of their words are quoted."""

    slug: str
    positions: int
    claims: int
    contests: int
    words: int


class Balance(NamedTuple):
    """Who speaks, and where only one side does."""

    actors: tuple[Voice, ...]
    sides: tuple[Voice, ...]
    """Only if actors have sides."""
    one_stance: tuple[str, ...]
    """Issues on which all hold one stance."""
    nobody_against: tuple[str, ...]
    """Issues on which somebody is for something and nobody recorded against it."""
    cells: int
    """Actors with a position times issues with one."""
    empty_cells: int


class Speakers(NamedTuple):
    """Who the actors are: by kind, and those whom the sources do not name, with the reason."""

    by_kind: Mapping[str, int]
    unnamed: Mapping[str, str]


class Pages(NamedTuple):
    """The pages that cite one source alone, of those that cite any; and how many sources there are."""

    on_one_source: tuple[str, ...]
    citing: int
    sources: int


class Age(NamedTuple):
    """How many positions there are, without a date, and with one in words only."""

    positions: int
    undated: int
    in_words: int


class Notes(NamedTuple):
    """Notes of changes, how many of them correct something; claims, and how many of those concerned were asked."""

    notes: int
    corrections: int
    claims: int
    asked: int


class Waiting(NamedTuple):
    """Something that a build leaves out, or that will expire: why or when, and what refers to it."""

    entity: str
    why: str
    referring: tuple[str, ...] = ()


class Report(NamedTuple):
    """All figures of a site."""

    title: str
    coverage: Coverage
    sources: tuple[SourceUse, ...]
    balance: Balance
    speakers: Speakers
    pages: Pages
    age: Age
    notes: Notes
    left_out: tuple[Waiting, ...]
    expiring: tuple[Waiting, ...]
    allowed: tuple[tuple[str, str, str], ...]
    """Allowed findings: the code, the place, the reason."""


def figures(
    graph: Graph, cited: Coverage, allowed: Sequence[Allowance], left_out: Sequence[Waiting]
) -> Report:
    """The figures of a site. `left_out` is what the build left out of the graph."""
    graph.begin()
    return Report(
        graph.content.site.title,
        cited,
        tuple(_sources(graph)),
        _balance(graph),
        _speakers(graph),
        _pages(graph),
        _age(graph),
        _notes(graph),
        tuple(left_out),
        tuple(Waiting(_name(id), str(day)) for id, day in sorted(graph.expiring.items())),
        tuple(
            (
                row.finding.code,
                f"{row.finding.location.path}:{row.finding.location.line}",
                row.reason,
            )
            for row in allowed
        ),
    )


def waiting(graph: Graph, hidden: Mapping[EntityId, str]) -> Iterator[Waiting]:
    """What a build leaves out. `graph` has drafts, too: so it is known what refers to them."""
    for id, why in hidden.items():
        rows = graph.tables["backlinks"].get(id, ())
        owners = dict.fromkeys(_name(owner) for owner, _ in rows if owner not in hidden)
        yield Waiting(_name(id), why, tuple(owners))


def _name(id: EntityId) -> str:
    return f"{id.kind}/{id.slug}"


def _sources(graph: Graph) -> Iterator[SourceUse]:
    for id in graph.ids_of(CITED):
        cited = graph.sources[id]
        citations = sum(len(places) for places in cited.uses.values())
        text = cited.text
        total, unused = 0, []
        if text is not None:
            passages = [passage for _, passage in cited.passages.values()]
            total = sum(1 for _ in uncited_sentences(text, ()))
            unused = [
                " ".join(text.text[start:end].split())
                for start, end in uncited_sentences(text, passages)
            ]
        yield SourceUse(
            id.slug,
            graph.heads[id].title,
            total,
            total - len(unused),
            len(cited.passages),
            citations,
            tuple(unused),
        )


def _marks(linked: Linked, where: tuple[Any, ...]) -> Iterator[Mark]:
    """The citations of a part of a record."""
    for path, marks in linked.cites.items():
        if path[: len(where)] == where:
            yield from marks
    for path, text in linked.prose.items():
        if path[: len(where)] == where:
            yield from (part for part in text if isinstance(part, Mark))


def _quoted(marks: Iterator[Mark]) -> int:
    """How many words are quoted, each passage once."""
    return sum(word_count(words) for words in {mark.words for mark in marks if mark.words})


def _balance(graph: Graph) -> Balance:
    rows: dict[EntityId, list[int]] = {}
    stances = graph.content.site.stances or DEFAULT_STANCES
    one_stance, nobody_against, cells = [], [], set()
    issues = set()

    def add(actor: EntityId | None, place: int, words: int = 0) -> None:
        if actor:
            row = rows.setdefault(actor, [0, 0, 0, 0])
            row[place] += 1
            row[3] += words

    for linked in graph.linked.values():
        held = records_in(linked.entry.record, Position)
        for row in (row for row in held if row.path[0] == "positions"):
            actor = linked.refs.get((*row.path, "actor"))
            add(actor, 0, _quoted(_marks(linked, row.path)))
            issues.add(linked.entry.id)
            cells.add((actor, linked.entry.id))
        tones = {_tone(stances, row.value.stance) for row in held} - {"none"}
        if held and tones and len({row.value.stance for row in held}) == 1:
            one_stance.append(linked.entry.slug)
        if "yes" in tones and "no" not in tones:
            nobody_against.append(linked.entry.slug)
        made_by = linked.refs_at("made_by")
        words = _quoted(iter(linked.cites.get(("cite",), ()))) if made_by else 0
        for actor in made_by:
            add(actor, 1, words)
        for where, actor in linked.refs.items():
            if where[0] == "contested_by":
                add(actor, 2, _quoted(_marks(linked, where[:-1])))
    voices = tuple(Voice(id.slug, *row) for id, row in sorted(rows.items(), key=_loudest_first))
    actors = {actor for actor, _ in cells}
    total = len(actors) * len(issues)
    return Balance(
        voices,
        _sides(graph, rows),
        tuple(one_stance),
        tuple(nobody_against),
        total,
        total - len(cells),
    )


def _loudest_first(row: tuple[EntityId, list[int]]) -> tuple[int, int, int, EntityId]:
    id, (positions, claims, contests, _) = row
    return -positions, -claims, -contests, id


def _tone(stances: Mapping[str, Stance], stance: str) -> str:
    return stances[stance].tone if stance in stances else "other"


def _sides(graph: Graph, rows: Mapping[EntityId, list[int]]) -> tuple[Voice, ...]:
    """The same by side, if any actor has one."""
    if not any(("side",) in graph.linked[id].refs for id in graph.ids_of(HOLDERS)):
        return ()
    sums: dict[EntityId, list[int]] = {}
    for id, row in rows.items():
        total = sums.setdefault(side_of(graph, id), [0, 0, 0, 0])
        for place, number in enumerate(row):
            total[place] += number
    return tuple(Voice(id.slug, *row) for id, row in sorted(sums.items(), key=_loudest_first))


def _speakers(graph: Graph) -> Speakers:
    records: dict[str, Any] = {row.entry.slug: row.entry.record for row in graph.of_kind(HOLDERS)}
    by_kind = Counter(record.kind or "without a kind" for record in records.values())
    unnamed = {slug: record.unnamed for slug, record in records.items()}
    return Speakers(
        dict(sorted(by_kind.items(), key=lambda row: (-row[1], row[0]))),
        {slug: why for slug, why in unnamed.items() if why},
    )


def _pages(graph: Graph) -> Pages:
    sources = graph.ids_of(CITED)
    cited: dict[EntityId, set[EntityId]] = {}
    for source in sources:
        for owner, _ in graph.tables["uses"].get(source, ()):
            cited.setdefault(owner, set()).add(source)
    citing = [id for id in graph.heads if cited.get(id) and KINDS[id.kind].own_page]
    alone = tuple(_name(id) for id in citing if len(cited[id]) == 1)
    return Pages(alone, len(citing), len(sources))


def _age(graph: Graph) -> Age:
    dates = [
        row.value.as_of
        for linked in graph.linked.values()
        for row in records_in(linked.entry.record, Position)
        if row.path[0] == "positions"
    ]
    undated = sum(date is None or not (date.is_known or date.text) for date in dates)
    in_words = sum(date is not None and not date.is_known and bool(date.text) for date in dates)
    return Age(len(dates), undated, in_words)


def _notes(graph: Graph) -> Notes:
    notes: list[Any] = [row.entry.record for row in graph.of_kind(NOTES)]
    claims: list[Any] = [
        row.entry.record
        for kind in KINDS.values()
        if kind.states and kind.search_line == "made_by"
        for row in graph.of_kind(kind.name)
    ]
    asked = sum(
        bool(claim.asked) or any(contest.asked for contest in claim.contested_by)
        for claim in claims
    )
    corrections = sum(note.kind == "correction" for note in notes)
    return Notes(len(notes), corrections, len(claims), asked)
