"""The parts of one text, resolved: links, citations, mentions, pictures."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, ClassVar, NamedTuple
from urllib.parse import unquote, urlsplit

from site_builder.content.fields import url_problem
from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic, Location, Severity, note, room_for_errors
from site_builder.links.addresses import Addresses, passage_anchor
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.files import file_at, static_path
from site_builder.links.graph import (
    NOBODY,
    AnchorUse,
    Backlink,
    Href,
    Link,
    LinkedPart,
    LinkedText,
    Mark,
    Photo,
)
from site_builder.links.matching import Refused
from site_builder.links.mentions import Mentions
from site_builder.links.names import EXPIRED_HINT, Miss, Names
from site_builder.links.plain import plain_run, plain_text
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
from site_builder.text.same import folded
from site_builder.text.sentences import sentence_at

Locate = Callable[[int, int, int], Location]
"""Line, column and length as a part has them, to the place in the file."""


class ExpiredPlaces(NamedTuple):
    """What has expired: titles, pages by path, lists that held some of it, and entities by content file."""

    titles: Mapping[EntityId, str]
    pages: Mapping[str, EntityId]
    index_pages: tuple[str, ...]
    content_files: Mapping[str, EntityId]


class Surroundings(NamedTuple):
    """What texts are resolved against."""

    names: Names
    addresses: Addresses
    mentions: Mentions
    titles: Mapping[EntityId, str]
    written_titles: Mapping[EntityId, tuple[Part, ...]]
    """The titles that are prose and have markup, by their parts."""
    sources: Mapping[EntityId, SourceText | None]
    pages: Mapping[str, EntityId]
    """Pages of entities by path, for ordinary links."""
    index_pages: tuple[str, ...]
    expired: ExpiredPlaces
    content_files: Mapping[str, EntityId]
    """Entities by content file, for links to `.md` files."""
    files: frozenset[str]
    """Static files."""
    hidden: Mapping[EntityId, str]
    """Entities that are not in this build, and why."""
    language: str
    """The site's: what sentences and abbreviations are depends on it."""


class TextResolver:
    """Resolves the texts of one entry, and collects what they refer to.

    `owner` is the entry's id, None for a text that is no entity's. `linkable` says whether names
    may link by themselves; `silent` are entities that do not (the owner, a position's own actor).
    """

    def __init__(
        self, around: Surroundings, owner: EntityId | None, file: str, *, linkable: bool
    ) -> None:
        self.around = around
        self.owner = owner
        self.file = file
        self.linkable = linkable
        self.diagnostics: list[Diagnostic] = []
        self.mentions: list[tuple[EntityId, str, str]] = []
        """Target, anchor of the place, sentence."""
        self.cited: list[tuple[EntityId, str, str, str, str]] = []
        """Source, passage, words, anchor of the place, sentence."""
        self.anchor_uses: list[AnchorUse] = []
        self.asked: set[str] = set()
        """The names that were looked up, folded."""
        self.follows_paths = False
        """Whether a link goes by the path of a page or file."""

    def lookup(self, text: str, kinds: Collection[str] = ()) -> EntityId | Miss:
        """The entity a reference means, among `kinds` (all, if empty)."""
        self.asked.add(folded(text))
        if "/" in text:  # behind a kind stands a slug, yet a name may hold a stroke too
            self.asked.add(folded(text.rpartition("/")[2]))
        return self.around.names.resolve(text, kinds)

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
            self.cited.append((mark.source, mark.anchor, mark.words, place, sentence))

    def _sentence_at(self, text: str, offset: int) -> str:
        """The sentence that an offset falls in, whole; "" for a text without sentences that is too long for one."""
        sentence = sentence_at(text, offset, self.around.language)
        return sentence if len(sentence) <= _LONGEST_SENTENCE else ""

    def report(
        self,
        code: str,
        message: str,
        location: Location,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Notes a finding."""
        note(self.diagnostics, Diagnostic(code, message, location, hint, severity))

    def report_miss(self, miss: Miss, location: Location) -> None:
        """Notes why a reference means nothing, if it is to be blamed."""
        if miss.code:
            severity = Severity.WARNING if miss.expired else Severity.ERROR
            self.report(miss.code, miss.message, location, miss.hint, severity)

    def wikilink(self, part: WikiLink, locate: Locate) -> Link | str:
        """The link that `[[…]]` means, or its words as HTML."""
        shown = html.escape(part.label or part.target or part.anchor, quote=False)
        if not part.target:
            location = locate(part.line, part.column + 2, part.length - 4)
            self.anchor_uses.append(AnchorUse(self.owner, part.anchor, location))
            if self.owner is None:
                return shown
            return Link(self.owner, part.anchor, part.label or part.anchor)
        target = self.lookup(part.target)
        if isinstance(target, Miss):
            length = len(part.target)
            target = self._page_meant(part, target)
            self.report_miss(target, locate(part.line, part.column + 2, length))
            if target.expired and not part.label:
                shown = html.escape(self._expired_label(part.target, target.expired), quote=False)
            return shown
        if part.anchor:
            column = part.column + 3 + len(part.target)
            location = locate(part.line, column, len(part.anchor))
            self.anchor_uses.append(AnchorUse(target, part.anchor, location))
        return Link(target, part.anchor, part.label or self._label(part.target, target))

    def _page_meant(self, part: WikiLink, miss: Miss) -> Miss:
        """Why a link means nothing; if a page that lists things is called so, how to link to it."""
        name = part.target.strip("/")
        page = f"{name.lower()}/"
        if miss.code != "unknown-reference" or page not in self.around.index_pages:
            return miss
        self.follows_paths = True
        message = f"'{part.target}' is no entity, but a page of the site"
        anchor = f"#{part.anchor}" if part.anchor else ""
        return Miss(miss.code, message, f"write: [{part.label or name}]({page}{anchor})")

    def _label(self, written: str, target: EntityId, within: tuple[EntityId, ...] = ()) -> str:
        """A link by slug shows the entity's name; a link by name shows what was written."""
        bare = written.rpartition("/")[2] if "/" in written else written
        if bare == target.slug:
            return self._title(target, within)
        by_slug = folded(bare) == folded(target.slug)
        by_name = self.around.names.is_name_of(bare, target)
        return self._title(target, within) if by_slug and not by_name else written

    def _expired_label(self, written: str, target: EntityId) -> str:
        """The words of a link by slug to what has expired are its title, as they were before."""
        bare = written.rpartition("/")[2] if "/" in written else written
        return self.around.expired.titles[target] if bare == target.slug else written

    def _title(self, target: EntityId, within: tuple[EntityId, ...] = ()) -> str:
        """What an entity is called. That of a claim is its statement, which may link to others."""
        written = self.around.written_titles.get(target)
        if written is None:
            return self.around.titles[target]
        return plain_text(tuple(self._shown(part, (*within, target)) for part in written))

    def _shown(self, part: Part, within: tuple[EntityId, ...]) -> LinkedPart:
        """A part of a title, as far as its words go."""
        if isinstance(part, WikiLink):
            target = None if part.label else self.lookup(part.target)
            if not isinstance(target, EntityId) or target in within:
                shown = part.label or part.target or part.anchor
            else:
                shown = self._label(part.target, target, within)
            return html.escape(shown, quote=False)
        if isinstance(part, Citation):
            return Mark(NOBODY, "", "")
        if isinstance(part, LinkOpen):
            return Href(None, "", "")
        if isinstance(part, Html):
            return part.markup
        return html.escape(words_of_part(part), quote=False)

    def check_handle(self, part: Handle, locate: Locate) -> None:
        """Notes that `@name` in a text names a source, and cites nothing without brackets."""
        self.asked.add(folded(part.name))
        if EntityId(CITED, part.name) in self.around.titles:
            self.report(
                "bare-citation",
                f"readers would see '@{part.name}' as it is written: it has no brackets",
                locate(part.line, part.column, part.length),
                f"to cite the source, write: [@{part.name}]",
                Severity.WARNING,
            )

    def cite(self, source: str, words: str, location: Callable[[], Location]) -> Mark | None:
        """A citation looked up: the mark, or None with a finding."""
        if room_for_errors(self.diagnostics) < 0:
            return None
        target = self.lookup(source, (CITED,))
        if isinstance(target, Miss):
            if target.code:
                self.report_miss(target, location())
            return None
        if not words:
            return Mark(target, "", "")
        text = self.around.sources.get(target)
        if text is None:
            if target in self.around.sources:
                self.report(
                    "no-source-text",
                    f"words are quoted from source '{target.slug}', which has no text to find them in",
                    location(),
                    "put its text into seeds/ and name it with 'file:', or cite without words",
                )
            return None
        found = text.look_for(words)
        if isinstance(found, Refused):
            message, hint = _refusal(words, target.slug, text, found)
            self.report("quote-not-found", message, location(), hint)
            return None
        return Mark(target, words, passage_anchor(words))

    def passage(self, source: EntityId, words: str) -> Passage | None:
        """Where words that are cited stand in their source."""
        text = self.around.sources.get(source)
        return text.find(words) if text and words else None

    def link(self, part: LinkOpen, locate: Locate) -> tuple[Href | None, EntityId | None]:
        """The opening of an ordinary link, and the entity it leads to.

        There is none, and its words stand alone, where it leads to what has expired.
        """

        def location() -> Location:
            return locate(part.line, part.column, part.length)

        href = part.href
        nowhere = Href(None, "", part.title)
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href) or href.startswith("//"):
            problem = url_problem(href)
            if problem:
                self.report(
                    "bad-url", f"'{unquote(href)}' can't be linked to: {problem}", location()
                )
                return nowhere, None
            return Href(None, href, part.title), None
        parts = urlsplit(href)
        if not parts.path and not parts.fragment:
            self.report(
                "unknown-file-reference", "this link has no address", location(),
                "write it between the round brackets: [words](https://…)",
            )  # fmt: skip
            return nowhere, None
        if not parts.path:
            self.anchor_uses.append(AnchorUse(self.owner, unquote(parts.fragment), location()))
            return Href(None, href, part.title), None
        self.follows_paths = True
        path = unquote(parts.path)
        found = self._path(path, self.around)
        gone = self._gone(path, found, unquote(parts.fragment))
        if gone:
            self.report_miss(gone, location())
            return None, None
        if found is None:
            if room_for_errors(self.diagnostics) < 0:
                return nowhere, None
            message = f"this link leads nowhere: '{unquote(href)}'"
            guess, hint = self._meant_by(unquote(parts.path))
            self.report("unknown-file-reference", message + guess, location(), hint)
            return nowhere, None
        path, target = found
        if parts.fragment and target:
            self.anchor_uses.append(AnchorUse(target, unquote(parts.fragment), location()))
        if parts.fragment and "#" not in path:
            path += "#" + unquote(parts.fragment)
        return Href(path, "", part.title), target

    def _meant_by(self, path: str) -> tuple[str, str]:
        """What an address that leads nowhere was probably meant to be, and what to write."""
        stem = posixpath.basename(path.rstrip("/")).rpartition(".")[0] or path.strip("/")
        if not isinstance(self.lookup(stem), Miss):
            return "", f"link to it as [[{stem}]]"
        around = self.around
        known = chain(around.content_files, around.pages, around.index_pages, around.files)
        guess = around.names.guesses.did_you_mean(path.lstrip("./"), "path", known)
        return guess, "link to entities as [[slug]], to files in static/ by their path"

    def _gone(
        self, path: str, found: tuple[str, EntityId | None] | None, fragment: str
    ) -> Miss | None:
        """What a path leads to, if it has expired."""
        around = self.around
        if not around.expired.titles:
            return None
        if found is None:
            gone = around.expired
            before = around._replace(
                index_pages=gone.index_pages,
                pages=gone.pages,
                content_files=gone.content_files,
                files=frozenset(),
            )
            found = self._path(path, before)
            if found is None:
                return None
            if found[1] is None:
                message = f"'{found[0]}' listed nothing but what has expired"
                return Miss("expired-reference", message, EXPIRED_HINT, NOBODY)
            id = found[1]
        else:
            place = f"{found[0]}#{fragment}"
            meant = (id for id in around.expired.titles if around.addresses.of(id) == place)
            id = next(meant, NOBODY) if fragment and found[1] is None else NOBODY
            if id == NOBODY:
                return None
        return Miss("expired-reference", f"{id} is {around.hidden[id]}", EXPIRED_HINT, id)

    def _path(self, path: str, around: Surroundings) -> tuple[str, EntityId | None] | None:
        """The path of a site that a link's path means, and the entity there."""
        if path.endswith((".md", ".yaml")):
            from_top = path.startswith(("/", "content/"))
            base = "" if from_top else posixpath.dirname(self.file)
            joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
            content_file = file_at(joined, around.content_files)
            if content_file is None:
                return None
            target = around.content_files[content_file]
            return around.addresses.of(target), target
        bare = posixpath.normpath(path).lstrip("/")
        while bare.startswith("../"):
            bare = bare[3:]
        bare = bare.removesuffix("index.html")
        if bare in ("", "."):
            return "", None
        page = bare.rstrip("/") + "/"
        if page in around.pages:
            return page, around.pages[page]
        if page in around.index_pages:
            return page, None
        file = file_at(bare, around.files)
        if file is not None:
            return file, None
        of_entity = file_at(page, around.pages)
        return None if of_entity is None else (of_entity, around.pages[of_entity])

    def picture(self, part: Picture, locate: Locate) -> Photo | None:
        """A picture of the site's own, or None."""
        path = static_path(posixpath.normpath(unquote(part.src)))
        file = file_at(path, self.around.files)
        if file is not None:
            return Photo(file, part.alt, part.title)
        location = locate(part.line, part.column, part.length)
        if ":" in part.src or part.src.startswith("//"):
            message = "a page loads pictures from its own site only"
            hint = "put the picture into static/ and write its path"
        else:
            guess = self.around.names.guesses.did_you_mean(path, "file", self.around.files)
            message = f"there is no picture '{unquote(part.src)}' in static/{guess}"
            hint = ""
        self.report("unknown-file-reference", message, location, hint)
        return None


class _Run:
    """One run of inline content on its way to a linked text.

    `refers_to` has, for each link and citation among its parts, what it leads to: an entity, a
    mark, or None for an address.
    """

    def __init__(
        self,
        resolver: TextResolver,
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
        place = partial(self._locate, part.line, part.column, part.length)
        mark = self._resolver.cite(part.source, part.words, place)
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


_LONGEST_SENTENCE = 1000
"""Characters of a sentence; what is longer has no stops where we know them, and is not shown."""


def _refusal(words: str, slug: str, text: SourceText, refused: Refused) -> tuple[str, str]:
    """What is wrong with quoted words, and what may help."""
    shown = _shortened(words)
    message = f"these words are not in source '{slug}': {shown}"
    if refused.reason:
        return f"these words are not taken from source '{slug}': {shown}", refused.reason
    if refused.cut:
        hint = f"it has {_shortened(refused.cut)}: a quotation does not cut a word or a number"
        return message, hint
    near = text.nearest(words)
    if near is None:
        nothing = "nothing like them is there" if text.text.strip() else "its text is empty"
        return message, nothing
    hint = f"nearest: {_shortened(near.text)}"
    if near.difference:
        hint += f"\n{near.difference}"
    if near.at >= 0:
        line, column = text.line_of(near.at)
        hint += f" (line {line}, column {column} of its file)"
    return message, hint


def _shortened(words: str) -> str:
    return f"“{words}”" if len(words) <= 160 else f"“{words[:150].rsplit(' ', 1)[0]} …”"


__all__ = ["Backlink", "Surroundings", "TextResolver"]
