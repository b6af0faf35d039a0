"""The parts of one text, resolved: links, citations, mentions, pictures."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from site_builder.content.models import EntityId
from site_builder.links.citing import Asked
from site_builder.links.graph import Link, LinkedPart, LinkedText, Mark
from site_builder.links.plain import plain_run
from site_builder.links.references import Resolver
from site_builder.links.surroundings import ExpiredPlaces, Locate, Surroundings
from site_builder.markdown.document import (
    Citation,
    Handle,
    Html,
    Inline,
    LinkOpen,
    Part,
    Picture,
    WikiLink,
    words_of_part,
    written_text,
)
from site_builder.text.quotes import quoted_stretches
from site_builder.text.sentences import LONGEST_SENTENCE, sentence_at


class TextResolver(Resolver):
    """Resolves the texts of one entry, and collects what they refer to."""

    def resolve(
        self,
        inline: Inline,
        locate: Locate,
        place: str,
        seen: set[EntityId],
        silent: Collection[EntityId] = (),
        quoted: Sequence[tuple[int, int]] | None = None,
    ) -> LinkedText:
        """One run of inline content.

        `place` is the anchor it stands at; `seen` are the entities already mentioned in its
        section, to which those mentioned here are added. `quoted` are the stretches of its
        `written_text` that stand in quotation marks, if they are known.
        """
        words = inline.only_words
        linkable = self.linkable and inline.linkable
        if words is not None and not (linkable and self.around.mentions.find(words)):
            # Most are such, and need nothing of what follows.
            return (html.escape(words, quote=False),)
        if not linkable:
            quoted = ()
        elif quoted is None:
            quoted = quoted_stretches(written_text(inline))
        run = _Run(self, inline, locate, seen, silent, quoted)
        for part in inline.parts:
            run.add(part)
        if any(run.refers_to):
            self._note_places(run, place)
        return _joined(run.parts)

    def _note_places(self, run: _Run, place: str) -> None:
        """Notes what a run links to and cites, each with the sentence it stands in."""
        text, offsets = plain_run(run.parts)
        marks: list[tuple[Mark, str]] = []
        for what, at in zip(run.refers_to, offsets, strict=True):
            if isinstance(what, Mark):
                # A mark behind a full stop belongs to the sentence that ends there.
                marks.append((what, self._sentence_at(text, max(0, at - 1))))
            elif what is not None and what != self.owner:
                self.mentions.append((what, place, self._sentence_at(text, at)))
        for mark, sentence in marks:
            self.cited.append((mark, place, sentence))

    def _sentence_at(self, text: str, offset: int) -> str:
        """The sentence that an offset falls in, whole; "" for a text without sentences that is too long for one."""
        sentence = sentence_at(text, offset, self.around.language)
        return sentence if len(sentence) <= LONGEST_SENTENCE else ""


class _Run:
    """One run of inline content on its way to a linked text.

    `refers_to` has, for each link and citation among its parts, what it leads to: an entity, a
    mark, or None for an address.
    """

    def __init__(
        self,
        resolver: Resolver,
        inline: Inline,
        locate: Locate,
        seen: set[EntityId],
        silent: Collection[EntityId],
        quoted: Sequence[tuple[int, int]],
    ) -> None:
        self.parts: list[LinkedPart] = []
        self.refers_to: list[EntityId | Mark | None] = []
        self._resolver = resolver
        self._locate = locate
        self._seen = seen
        self._silent = silent
        self._linkable = resolver.linkable and inline.linkable
        self._quoted = quoted
        self._unlinked = False
        """Whether the end of a link is still to come whose beginning was left out."""
        self._position = 0
        """How many characters of the written text have been read, as `_quoted` counts them."""

    def add(self, part: Part) -> None:
        self._RULES[type(part)](self, part)
        if self._quoted:
            self._position += len(words_of_part(part))

    def _html(self, part: Html) -> None:
        markup = part.markup
        if self._unlinked and "</a>" in markup:
            markup = markup.replace("</a>", "", 1)
            self._unlinked = False
        self.parts.append(markup)

    def _text(self, part: str) -> None:
        for piece in self._pieces(part):
            if isinstance(piece, Link):
                self.refers_to.append(piece.target)
                self.parts.append(piece)
            else:
                self.parts.append(html.escape(piece, quote=False))

    def _pieces(self, text: str) -> Iterator[str | Link]:
        """A plain text cut at its first mentions."""
        resolver = self._resolver
        done = 0
        for start, end, target in resolver.around.mentions.find(text) if self._linkable else ():
            if target in self._seen or target == resolver.owner or target in self._silent:
                continue
            at = self._position + start
            if any(first <= at < last for first, last in self._quoted):
                continue
            self._seen.add(target)
            if start > done:
                yield text[done:start]
            yield Link(target, "", text[start:end], is_mention=True)
            done = end
        if done < len(text):
            yield text[done:]

    def _wikilink(self, part: WikiLink) -> None:
        link = self._resolver.wikilink(part, self._locate)
        self.parts.append(link)
        if isinstance(link, Link):
            self.refers_to.append(link.target)
            self._seen.add(link.target)

    def _citation(self, part: Citation) -> None:
        location = partial(self._locate, part.line, part.column, part.length)
        at_place = partial(self._locate, *part.place_at)
        words = part.words or self._resolver.given.get(id(part), "")
        cited = Asked(part.source, words, part.place, location, at_place)
        mark = self._resolver.cite(cited)
        if mark:
            self.refers_to.append(mark)
            self.parts.append(mark)

    def _handle(self, part: Handle) -> None:
        self._resolver.check_handle(part, self._locate)

    def _link(self, part: LinkOpen) -> None:
        href, target = self._resolver.link(part, self._locate)
        if href is None:
            self._unlinked = True
            return
        self.refers_to.append(target)
        self.parts.append(href)

    def _picture(self, part: Picture) -> None:
        photo = self._resolver.picture(part, self._locate)
        self.parts.append(photo or html.escape(part.alt))

    _RULES: ClassVar[Mapping[type, Callable[[_Run, Any], None]]] = {
        str: _text,
        Html: _html,
        WikiLink: _wikilink,
        Citation: _citation,
        Handle: _handle,
        LinkOpen: _link,
        Picture: _picture,
    }


def _joined(parts: list[LinkedPart]) -> LinkedText:
    """The parts with neighbouring HTML joined."""
    joined: list[LinkedPart] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


__all__ = ["ExpiredPlaces", "Surroundings", "TextResolver"]
