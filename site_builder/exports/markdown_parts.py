"""The parts of a Markdown copy: texts, claims, positions, events, as the views of pages hold them."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.exports.markdown_writer import escaped
from site_builder.exports.texts import Footnotes, address, markdown_of
from site_builder.pages.briefs import Card
from site_builder.pages.inline import CiteView, Text
from site_builder.pages.making import Making
from site_builder.pages.naming import once_named
from site_builder.pages.parts.claims import ClaimView
from site_builder.pages.parts.events import EventView
from site_builder.pages.parts.positions import PositionView, StanceGroupView
from site_builder.pages.parts.terms import TermView
from site_builder.pages.parts.texts import PointView
from site_builder.pages.parts.updates import UpdateView


class Sheet:
    """One copy while it is written. Its footnotes are numbered in the order in which it cites.

    `making` has made the context that is written, in the form of a copy.
    """

    def __init__(self, making: Making) -> None:
        self.locale = making.locale
        self.full = address(making.graph.content.site.base_url)
        self.site_description = making.graph.content.site.description or ""
        self._making = making
        self._notes = Footnotes(making.pages.cards, making.locale, self.full)
        self._blocks: list[str] = []

    def written(self) -> str:
        """The whole copy."""
        blocks = [*self._blocks, "\n".join(self._notes.lines())]
        return "\n\n".join(block for block in blocks if block) + "\n"

    # blocks

    def add(self, *blocks: str) -> None:
        """Blocks, one after the other; empty ones are left out."""
        self._blocks += blocks

    def title(self, title: str) -> None:
        """The heading of the copy, of plain text."""
        self._blocks.append(f"# {escaped(title)}")

    def part(self, name: str, *blocks: str) -> None:
        """A part with its heading (`messages.HEADINGS`), if there is anything in it."""
        made = [block for block in blocks if block]
        if made:
            self.add(f"## {escaped(self.locale.heading(name))}", *made)

    # within a line

    def text(self, text: Text) -> str:
        """A text as Markdown. Names in it link as on the page."""
        if not text.linked:
            return ""
        named = self._notes.named if text.names else None
        linked = once_named(text.linked, named, self._making.route.id)
        return markdown_of(linked, self._making.pages.cards, self.full, self._notes)

    def marks(self, cites: Iterable[CiteView]) -> str:
        """Citations as footnote marks."""
        return self._notes.marks(self._making.marks_of(cites))

    def link(self, card: Card) -> str:
        """An entity's name as a link; the name alone of one that has expired."""
        name = escaped(card.name)
        return f"[{name}]({self.full(card.path)})" if card.kind else name

    def links(self, cards: Iterable[Card]) -> str:
        """Several, as a phrase."""
        return ", ".join(dict.fromkeys(self.link(card) for card in cards))

    # lists

    def cards(self, cards: Iterable[Card]) -> str:
        """Entities with a line about each."""
        return "\n".join(
            f"- {self.link(card)}{': ' if card.line else ''}{escaped(card.line)}" for card in cards
        )

    def points(self, points: Iterable[PointView]) -> str:
        """Key points, open questions or what is known."""
        return "\n".join(
            f"- {self.text(row.text)}{f', {escaped(row.date.text)}' if row.date else ''}{self.marks(row.cites)}"
            for row in points
        )

    def claims(self, claims: Iterable[ClaimView]) -> str:
        """Claims, each with who disputes it and what a reviewer found."""
        return "\n".join(self._claim(row) for row in claims)

    def _claim(self, claim: ClaimView) -> str:
        statement = f"{self.text(claim.statement)}{self.marks(claim.cites)}"
        verb = "" if claim.verb == "says" else f"{claim.verb}; "
        lines = [f"- {self.links(claim.made_by)} ({verb}{claim.status}): {statement}"]
        lines += [f"  - {claim.asked}"] if claim.asked else []
        for row in claim.contested_by:
            said = self.text(row.statement)
            by = f"  - {self.link(row.actor)} (against it){': ' if said else ''}{said}"
            asked = f" {row.asked}." if row.asked else ""
            lines.append(by + self.marks(row.cites) + asked)
        if claim.verdict:
            said = self.text(claim.verdict.text)
            found = f"  - {escaped(claim.verdict.reviewer)}: {escaped(claim.verdict.rating)}"
            lines.append(found + (f". {said}" if said else ""))
        return "\n".join(lines)

    def events(self, events: Iterable[EventView]) -> str:
        """Events."""
        return "\n".join(self._event(row) for row in events)

    def _event(self, event: EventView) -> str:
        text = self.text(event.text)
        end = f" {text}" if text else ""
        planned = " (planned)" if event.planned else ""
        when = f"- **{escaped(event.date.text)}**{planned}: {escaped(event.title)}."
        return f"{when}{end}{self.marks(event.cites)}"

    def updates(self, updates: Iterable[UpdateView]) -> str:
        """Notes of changes."""
        return "\n".join(
            f"- **{escaped(row.date.text)}** ({row.kind}): {self.text(row.text)}" for row in updates
        )

    def terms(self, terms: Iterable[TermView]) -> str:
        """Terms with their definitions."""
        return "\n".join(
            f"- **{escaped(row.name)}**: {self.text(row.definition)}{self.marks(row.cites)}"
            for row in terms
        )

    def groups(self, groups: Iterable[StanceGroupView]) -> str:
        """The positions on an issue, in the order in which they are written."""
        rows = (row for group in groups for row in group.positions)
        ordered = sorted(rows, key=lambda row: row.number)
        return "\n".join(self.position(row, row.actor) for row in ordered)

    def position(self, position: PositionView, name: Card) -> str:
        """A position in a list: by whom or on what, the stance, the words."""
        line = f"- **{self.link(name)}**: {escaped(position.stance.label)}"
        if position.as_of:
            line += f" ({escaped(position.as_of.text)})"
        summary = self.text(position.summary)
        line += f".{' ' if summary else ''}{summary}{self.marks(position.cites)}"
        lines = [line, f"  - {position.asked}"] if position.asked else [line]
        for before in position.earlier:
            when = f" ({escaped(before.as_of.text)})" if before.as_of else ""
            text = f"{self.text(before.summary)}{self.marks(before.cites)}"
            lines.append(f"  - Before{when}: {escaped(before.stance.label)}. {text}")
        return "\n".join(lines)
