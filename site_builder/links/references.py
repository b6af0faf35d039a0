"""What one entry refers to: entities, sources, addresses and pictures, each looked up."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection
from itertools import chain
from urllib.parse import unquote, urlsplit

from site_builder.content.fields import url_problem
from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic, Location, Severity, note, room_for_errors
from site_builder.links.citing import Asked, mark_of
from site_builder.links.evidence import Passage
from site_builder.links.files import file_at, static_path
from site_builder.links.graph import (
    NOBODY,
    AnchorUse,
    Href,
    Link,
    LinkedPart,
    Mark,
    Photo,
)
from site_builder.links.link_paths import gone_at, page_at
from site_builder.links.names import Miss, without_kind
from site_builder.links.plain import plain_text
from site_builder.links.surroundings import Locate, Surroundings
from site_builder.markdown.document import (
    Citation,
    Handle,
    Html,
    LinkOpen,
    Part,
    Picture,
    WikiLink,
    words_of_part,
)
from site_builder.text.same import folded


class Resolver:
    """Looks up what one entry refers to, and collects it with what is wrong.

    `owner` is the entry's id, None for a text that is no entity's. `linkable` says whether names may link by
    themselves, `reports` whether findings are wanted.
    """

    def __init__(
        self,
        around: Surroundings,
        owner: EntityId | None,
        file: str,
        *,
        linkable: bool,
        reports: bool = True,
    ) -> None:
        self.around = around
        self.owner = owner
        self.file = file
        self.linkable = linkable
        self.reports = reports
        self.diagnostics: list[Diagnostic] = []
        self.mentions: list[tuple[EntityId, str, str]] = []
        """Target, anchor of the place, sentence."""
        self.cited: list[tuple[Mark, str, str]] = []
        """Citation, anchor of the part of the page it stands in, sentence."""
        self.anchor_uses: list[AnchorUse] = []
        self.asked: set[str] = set()
        """The names that were looked up, folded."""
        self.follows_paths = False
        """Whether a link goes by the path of a page or file."""
        self.quoted: set[EntityId] = set()
        """The sources whose text was searched for words."""
        self.titles: set[str] = set()
        """What was compared with all titles, folded."""
        self.looks_everywhere = False
        """Whether the texts of all sources were searched."""
        self.given: dict[int, str] = {}
        """By the `id` of a citation without words: the quotation in the text that it is for."""

    def lookup(self, text: str, kinds: Collection[str] = ()) -> EntityId | Miss:
        """The entity a reference means, among `kinds` (all, if empty)."""
        self.asked.add(folded(text))
        if "/" in text:  # behind a kind stands a slug, yet a name may hold a stroke too
            self.asked.add(folded(text.partition("/")[2]))
        return self.around.names.resolve(text, kinds)

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
        message = f"'{part.target}' is not an entity, but a page of the site"
        anchor = f"#{part.anchor}" if part.anchor else ""
        return Miss(miss.code, message, f"write: [{part.label or name}]({page}{anchor})")

    def _label(self, written: str, target: EntityId, within: tuple[EntityId, ...] = ()) -> str:
        """A link by slug shows the entity's name; a link by name shows what was written."""
        bare = without_kind(written)
        if bare == target.slug:
            return self._title(target, within)
        by_slug = folded(bare) == folded(target.slug)
        by_name = self.around.names.is_name_of(bare, target)
        return self._title(target, within) if by_slug and not by_name else written

    def _expired_label(self, written: str, target: EntityId) -> str:
        """The words of a link by slug to what has expired are its title, as they were before."""
        bare = without_kind(written)
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
                f"readers would see '@{part.name}' as plain text: it has no brackets",
                locate(part.line, part.column, part.length),
                f"to cite the source, write: [@{part.name}]",
                Severity.WARNING,
            )

    def cite(self, asked: Asked) -> Mark | None:
        """A citation looked up: the mark, or None with a finding."""
        if room_for_errors(self.diagnostics) < 0:
            return None
        target = self.lookup(asked.source, (CITED,))
        if isinstance(target, Miss):
            if target.code:
                self.report_miss(target, asked.location())
            return None
        if asked.words or asked.place:
            self.quoted.add(target)
            if target not in self.around.sources:  # its text could not be read
                return Mark(target, "", "") if not asked.words else None
        found = mark_of(asked, target, self.around.sources.get(target), self.around.language)
        if isinstance(found, Mark):
            return found
        location = asked.at_place() if found.code == "wrong-place" else asked.location()
        self.report(found.code, found.message, location, found.hint)
        return None

    def passage(self, mark: Mark) -> Passage | None:
        """Where words that are cited stand in their source."""
        text = self.around.sources.get(mark.source)
        return text.find(mark.words, mark.place) if text and mark.words else None

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
                "write it in the round brackets: [words](https://…)",
            )  # fmt: skip
            return nowhere, None
        if not parts.path:
            self.anchor_uses.append(AnchorUse(self.owner, unquote(parts.fragment), location()))
            return Href(None, href, part.title), None
        self.follows_paths = True
        path = unquote(parts.path)
        found = page_at(path, self.file, self.around)
        gone = gone_at(path, found, unquote(parts.fragment), self.file, self.around)
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

    def picture(self, part: Picture, locate: Locate) -> Photo | None:
        """A picture of the site's own, or None."""
        path = static_path(posixpath.normpath(unquote(part.src)))
        file = file_at(path, self.around.files)
        if file is not None:
            return Photo(file, part.alt, part.title)
        location = locate(part.line, part.column, part.length)
        if ":" in part.src or part.src.startswith("//"):
            message = "a page loads pictures only from its own site"
            hint = "put the picture into static/ and write its path"
        else:
            guess = self.around.names.guesses.did_you_mean(path, "file", self.around.files)
            message = f"there is no picture '{unquote(part.src)}' in static/{guess}"
            hint = ""
        self.report("unknown-file-reference", message, location, hint)
        return None
