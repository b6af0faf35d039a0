"""Plain Markdown copies of the pages, and `llms.txt` that lists them (https://llmstxt.org).

A copy stands beside its page: `issues/territory/index.md`. It holds what the page holds, in the same order,
without navigation: CommonMark with tables, citations as footnotes that lead to the passage they quote.
Links are full addresses where the site has one, else paths from its top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar

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
from site_builder.exports.markdown_writer import escaped
from site_builder.exports.texts import Footnotes, address, markdown_of
from site_builder.links.addresses import position_anchor
from site_builder.links.graph import Linked, LinkedText, PositionAt
from site_builder.pages.dates import date_view
from site_builder.pages.evidence import evidence_in_words
from site_builder.pages.messages import DESCRIPTIONS as INDEX_DESCRIPTIONS
from site_builder.pages.messages import TITLES as INDEX_TITLES
from site_builder.pages.naming import may_name, once_named
from site_builder.pages.paths import file_of
from site_builder.pages.plan import plan as plan_pages
from site_builder.pages.records import record_of
from site_builder.pages.reuse import AlternateView
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages
from site_builder.pages.story import story_of
from site_builder.text.cutting import shortened

LLMS_PATH = "llms.txt"
TYPE = "text/markdown"


def copy_path(route: Route) -> str:
    """Where a page's copy stands; "" for a page that has none."""
    kind = route.id.kind if route.id else route.type
    if kind not in _Writer.WRITERS or route.type in ("print", "embed"):
        return ""
    return file_of(route.path).removesuffix("html") + "md"


def alternates(route: Route, title: str) -> tuple[AlternateView, ...]:
    """The copy that a page points at."""
    path = copy_path(route)
    return (AlternateView(path, TYPE, title),) if path else ()


def plan(pages: Pages) -> Iterator[Copy]:
    """All copies, and `llms.txt`."""
    for route in plan_pages(pages.graph):
        path = copy_path(route)
        if path:
            yield Copy("markdown_copies", path, route.id)
    yield Copy("markdown_copies", LLMS_PATH)


def make(pages: Pages, copy: Copy) -> bytes:
    """One copy."""
    if copy.path == LLMS_PATH:
        return _llms(pages).encode()
    return _Writer(pages, copy).text().encode()


class _Writer:
    """The copy of one page."""

    def __init__(self, pages: Pages, copy: Copy) -> None:
        self.pages = pages
        self.graph = pages.graph
        self.id = copy.id
        self.folder = copy.path.removesuffix("index.md")
        self.full = address(pages.graph.content.site.base_url)
        self.notes = Footnotes(pages.cards, self.full)
        self.blocks: list[str] = []

    def text(self) -> str:
        """The whole copy."""
        kind = self.id.kind if self.id else self.folder.rstrip("/") or "home"
        self.WRITERS[kind](self)
        notes = list(self.notes.lines())
        if notes:
            self.blocks.append("\n".join(notes))
        return "\n\n".join(block for block in self.blocks if block) + "\n"

    # small things

    def add(self, *blocks: str) -> None:
        """Blocks, one after the other."""
        self.blocks += blocks

    def heading(self, title: str, level: int = 2) -> None:
        """A heading of plain text."""
        self.blocks.append("#" * level + " " + escaped(title))

    def part(self, title: str, blocks: Iterable[str]) -> None:
        """A part with its heading, if there is anything in it."""
        made = [block for block in blocks if block]
        if made:
            self.heading(title)
            self.blocks += made

    def of(self, text: LinkedText | None, *, names: bool = True) -> str:
        """A text as Markdown. Names in it link as on the page, or not at all without `names`."""
        if not text:
            return ""
        text = once_named(text, self.notes.named if names else None, self.id)
        return markdown_of(text, self.pages.cards, self.full, self.notes)

    def prose(self, linked: Linked, *where: str | int) -> str:
        """A field of prose."""
        return self.of(linked.prose.get(where), names=may_name(where))

    def cites(self, linked: Linked, *where: str | int) -> str:
        """The marks of a cite field."""
        return self.notes.marks(linked.cites.get(where, ()))

    def link(self, id: EntityId) -> str:
        """An entity's name as a link."""
        card = self.pages.cards.of(id)
        return f"[{escaped(card.name)}]({self.full(card.path)})"

    def links(self, ids: Iterable[EntityId]) -> str:
        """Several, as a phrase."""
        return ", ".join(self.link(id) for id in dict.fromkeys(ids))

    # records

    def position(self, at: PositionAt, name: EntityId) -> str:
        """A position in a list: by whom or on what, the stance, the words."""
        linked = self.graph.linked[at.issue]
        record = record_of(linked, Issue)
        row = record.positions[at.number]
        where = ("positions", at.number)
        text = f"- **{self.link(name)}**: {escaped(self.pages.stances[row.stance].label)}"
        if row.as_of:
            text += f" ({escaped(date_view(row.as_of).text)})"
        summary = self.prose(linked, *where, "summary")
        text += f". {summary}{self.cites(linked, *where, 'cite')}" if summary else "."
        if not summary:
            text += self.cites(linked, *where, "cite")
        for index, before in enumerate(row.earlier):
            label = escaped(self.pages.stances[before.stance].label)
            when = f" ({escaped(date_view(before.as_of).text)})" if before.as_of else ""
            earlier = self.prose(linked, *where, "earlier", index, "summary")
            marks = self.cites(linked, *where, "earlier", index, "cite")
            text += f"\n  - Before{when}: {label}. {earlier}{marks}"
        return text

    def positions(self, issue: EntityId) -> str:
        """The positions on an issue, in its order."""
        linked = self.graph.linked[issue]
        return "\n".join(
            self.position(PositionAt(issue, n), linked.refs[("positions", n, "actor")])
            for n in linked.numbers_at("positions")
        )

    def _name_at(self, linked: Linked, *where: str | int) -> str:
        """Who is named in a field: a link, or the words alone of one who has expired."""
        id = linked.refs.get(where)
        return self.link(id) if id else escaped(linked.expired[where])

    def _makers(self, linked: Linked, number: int) -> str:
        names = (self._name_at(linked, "made_by", n) for n in range(number))
        return ", ".join(dict.fromkeys(names))

    def claim(self, linked: Linked) -> str:
        """A claim and what stands against it."""
        record = record_of(linked, Claim)
        text = (
            f"- {self._makers(linked, len(record.made_by))} ({record.known_status}): "
            f"{self.prose(linked, 'statement')}{self.cites(linked, 'cite')}"
        )
        for n in range(len(record.contested_by)):
            who = self._name_at(linked, "contested_by", n, "actor")
            said = self.prose(linked, "contested_by", n, "statement")
            text += f"\n  - {who} (against it){': ' if said else ''}{said}"
            text += self.cites(linked, "contested_by", n, "cite")
        if record.verdict:
            said = self.prose(linked, "verdict", "text")
            text += f"\n  - {escaped(record.verdict.reviewer)}: {escaped(record.verdict.rating)}"
            text += f". {said}" if said else ""
        return text

    def event(self, linked: Linked) -> str:
        """An event in a list."""
        record = record_of(linked, Event)
        when = escaped(date_view(record.date).text)
        text = self.prose(linked, "text")
        end = f" {text}" if text else ""
        return f"- **{when}**: {escaped(record.title)}.{end}{self.cites(linked, 'cite')}"

    def update(self, linked: Linked) -> str:
        """A note of what changed."""
        record = record_of(linked, Update)
        when = escaped(date_view(record.date).text)
        return f"- **{when}** ({record.kind}): {self.prose(linked, 'text')}"

    def joined(self, rows: Iterable[Linked], write: Callable[[Linked], str]) -> tuple[str]:
        """A list in one block."""
        return ("\n".join(write(row) for row in rows),)

    # one method a kind of page

    def _article(self) -> None:
        assert self.id is not None
        story = story_of(self.pages, self.id)
        linked = story.article
        record = record_of(linked, Article)
        self.heading(record.title, 1)
        self.add(f"As of {escaped(date_view(record.as_of).text)}.", escaped(record.status or ""))
        self.add(self.prose(linked, "standfirst"))
        for title, field, count in (
            ("The story in a minute", "key_points", len(record.key_points)),
            ("What is not known", "open_questions", len(record.open_questions)),
        ):
            self.part(
                title,
                (
                    "\n".join(
                        f"- {self.prose(linked, field, n, 'text')}{self.cites(linked, field, n, 'cite')}"
                        for n in range(count)
                    ),
                ),
            )
        self.part("The story in full", (self.of(self.graph.body(linked)),))
        self.part("What is claimed", self.joined(story.claims, self.claim))
        if story.issues:
            self.heading("Where they stand")
        for id in story.issues:
            card = self.pages.cards.of(id)
            self.add(f"### [{escaped(card.name)}]({self.full(card.path)})")
            self.add(escaped(card.line), self.positions(id))
        self.part("When it happened", self.joined(story.events, self.event))
        people = "\n".join(
            f"- {self.link(id)}{': ' if self.pages.cards.of(id).line else ''}"
            f"{escaped(self.pages.cards.of(id).line)}"
            for id in story.actors
        )
        self.part("Who is who", (people,))
        self.part("What changed", self.joined(story.updates, self.update))

    def _issue(self) -> None:
        assert self.id is not None
        linked = self.graph.linked[self.id]
        record = record_of(linked, Issue)
        self.heading(record.question or record.title, 1)
        if record.question:
            self.add(
                escaped(record.title) + (f" ({escaped(record.status)})" if record.status else "")
            )
        self.add(self.prose(linked, "summary") + self.cites(linked, "cite"))
        if record.stakes:
            self.add(f"**Why it matters.** {self.prose(linked, 'stakes')}")
        self.part("Where they stand", (self.positions(self.id),))
        self.part("Background", (self.of(self.graph.body(linked)),))
        claims = self.pages.naming("claim.issues", self.id)
        self.part("What is claimed", self.joined(claims, self.claim))
        events = self.pages.naming("event.issues", self.id)
        self.part("When it happened", self.joined(events, self.event))
        self.part("Related issues", (self.links(linked.refs_at("related")),))

    def _actor(self) -> None:
        assert self.id is not None
        id = self.id
        linked = self.graph.linked[id]
        record = record_of(linked, Actor)
        self.heading(record.name, 1)
        self.add(self.prose(linked, "role") + self.cites(linked, "cite"))
        belongs = linked.refs.get(("affiliation",))
        self.add(f"Belongs to {self.link(belongs)}." if belongs else "")
        if record.aliases:
            self.add(f"Also: {escaped(', '.join(record.aliases))}.")
        held = self.graph.positions_of.get(id, ())
        rows = "\n".join(self.position(at, at.issue) for at in held)
        self.part("Where they stand", (rows,))
        self.part("Background", (self.of(self.graph.body(linked)),))
        claims = self.pages.naming("claim.made_by", id)
        disputed = self.pages.naming("claim.contested_by", id)
        self.part("What they claim and dispute", self.joined((*claims, *disputed), self.claim))
        events = self.pages.naming("event.actors", id)
        self.part("When they took part", self.joined(events, self.event))

    def _source(self) -> None:
        assert self.id is not None
        linked = self.graph.linked[self.id]
        record = record_of(linked, Source)
        self.heading(record.title, 1)
        facts = (
            ", ".join(record.authors),
            record.publisher,
            date_view(record.published).text if record.published else "",
        )
        self.add(escaped(". ".join(fact for fact in facts if fact)))
        self.add(*(f"<{url}>" for url in (record.url, record.archived) if url))
        self.add(self.of(self.graph.body(linked)))
        passages = self.graph.sources[self.id].passages
        quoted = "\n\n".join(f"> {escaped(words)}" for words, _ in passages.values())
        self.part("The passages used", (quoted,))

    def _list(self, lines: Iterable[str]) -> None:
        self.heading(INDEX_TITLES[self.folder], 1)
        self.add(INDEX_DESCRIPTIONS[self.folder], "\n".join(lines))

    def _cards(self, ids: Iterable[EntityId]) -> Iterable[str]:
        for id in ids:
            line = self.pages.cards.of(id).line
            yield f"- {self.link(id)}{': ' if line else ''}{escaped(line)}"

    def _issues(self) -> None:
        self._list(self._cards(self.pages.issues))

    def _actors(self) -> None:
        self._list(self._cards(self.pages.actors))

    def _sources(self) -> None:
        self._list(self._cards(self.graph.ids_of("source")))
        self.add(evidence_in_words(self.graph))

    def _claims(self) -> None:
        self._list(self.claim(row) for row in self.pages.claims)

    def _timeline(self) -> None:
        self._list(self.event(row) for row in self.pages.events)

    def _updates(self) -> None:
        self._list(self.update(row) for row in self.pages.updates)

    def _terms(self) -> None:
        self._list(
            f"- **{escaped(row.entry.title)}**: {self.prose(row, 'definition')}"
            f"{self.cites(row, 'cite')}"
            for row in self.graph.of_kind("term")
        )

    def _positions(self) -> None:
        """The matrix as a table: actors by issues."""
        issues = [id for id in self.pages.issues if self._has_positions(id)]
        head = ["", *(self.link(id) for id in issues)]
        rows = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
        for actor in self.pages.actors:
            held = {at.issue: at for at in self.graph.positions_of.get(actor, ())}
            if held:
                cells = [self._cell(held.get(id), actor) for id in issues]
                rows.append(f"| {' | '.join([self.link(actor), *cells])} |")
        self._list(rows)

    def _has_positions(self, issue: EntityId) -> bool:
        return bool(self.graph.linked[issue].numbers_at("positions"))

    def _cell(self, at: PositionAt | None, actor: EntityId) -> str:
        if at is None:
            return ""
        record = record_of(self.graph.linked[at.issue], Issue)
        label = escaped(self.pages.stances[record.positions[at.number].stance].label)
        path = self.graph.addresses.of(at.issue, position_anchor(actor))
        return f"[{label}]({self.full(path)})"

    def _about(self) -> None:
        about = self.graph.content.about
        self.heading(about.page.title if about else INDEX_TITLES["about/"], 1)
        self.add(escaped(self.graph.content.site.description or ""), self.of(self.graph.about.body))

    def _home(self) -> None:
        site = self.graph.content.site
        self.heading(site.title, 1)
        self.add(escaped(site.description or ""))
        self.add("\n".join(self._cards(self.graph.ids_of("article"))))
        self.part("The issues", ("\n".join(self._cards(self.pages.issues)),))

    WRITERS: ClassVar[Mapping[str, Callable[[_Writer], None]]] = {
        "home": _home,
        "article": _article,
        "issue": _issue,
        "actor": _actor,
        "source": _source,
        "issues": _issues,
        "positions": _positions,
        "timeline": _timeline,
        "actors": _actors,
        "claims": _claims,
        "sources": _sources,
        "terms": _terms,
        "updates": _updates,
        "about": _about,
    }


_LONGEST_LINE = 200
"""Characters that `llms.txt` says of a page."""
_SECTIONS = {
    "article": "The story",
    "issue": "Issues",
    "actor": "People and bodies",
    "source": "Documents",
}


def _llms(pages: Pages) -> str:
    """`llms.txt`: what is here, for language models: each copy with a line about it."""
    site = pages.graph.content.site
    full = address(site.base_url)
    lines = [f"# {escaped(site.title)}", ""]
    if site.description:
        lines += [f"> {escaped(site.description)}", ""]
    lines += _how_to_read(pages)
    if site.licence:
        lines.append(f"Terms of use: {escaped(site.licence)}")
    routes = [route for route in plan_pages(pages.graph) if copy_path(route)]
    for kind, title in _SECTIONS.items():
        rows = [route for route in routes if route.id and route.id.kind == kind]
        if rows:
            lines += ["", f"## {title}", ""]
        for route in rows:
            assert route.id is not None
            card = pages.cards.of(route.id)
            line = shortened(card.line, _LONGEST_LINE, site.language)
            lines.append(_llms_line(card.name, full(copy_path(route)), line))
    lines += ["", "## Lists and data", ""]
    for route in routes:
        if route.path in INDEX_TITLES:
            title, text = INDEX_TITLES[route.path], INDEX_DESCRIPTIONS[route.path]
            lines.append(_llms_line(title, full(copy_path(route)), text))
    if "data" in pages.graph.exports:
        text = "The whole linked graph as JSON."
        lines.append(_llms_line("explainer.json", full("explainer.json"), text))
    return "\n".join(lines) + "\n"


def _llms_line(title: str, url: str, text: str) -> str:
    return f"- [{escaped(title)}]({url})" + (f": {escaped(text)}" if text else "")


def _how_to_read(pages: Pages) -> list[str]:
    """What is true of the site's citations, and how to quote what is dated."""
    evidence = evidence_in_words(pages.graph)
    lines = [f"This is an explainer. {evidence}"] if evidence else []
    if pages.graph.ids_of("article"):
        lines.append("What its articles say holds as of their dates; quote them with it.")
    return lines
