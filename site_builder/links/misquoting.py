"""What is wrong with quotations in running text that no source has that is cited with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from site_builder.content.models import EntityId
from site_builder.diagnostics import Location, Severity
from site_builder.links.citing import refusal, shortened
from site_builder.links.likeness import LEAST_LIKE, likeness, may_hold
from site_builder.links.matching import Refused
from site_builder.links.quotations import LONGEST, measure
from site_builder.links.references import Resolver
from site_builder.links.surroundings import bare_words
from site_builder.markdown.document import Inline
from site_builder.markdown.quoting import QuotingRun
from site_builder.text import citing
from site_builder.text.quoted import ELLIPSIS, compared
from site_builder.text.quoting import Quoted
from site_builder.text.same import folded
from site_builder.text.sentences import sentence_bounds

_FEWEST_WORDS = 3
_FEWEST_LETTERS = 6
"""Letters of a quotation in a script without spaces."""

Where = Callable[[Inline, str, int], Location]
"""The place of the words, in one line, of a run; they stand in it so many times before."""


def is_too_short(words: str) -> bool:
    """Whether words are so few that marks around them need not mean a quotation."""
    letters, count, unspaced = measure(words)
    return letters < _FEWEST_LETTERS if unspaced else count < _FEWEST_WORDS


class Search:
    """Looks for quotations in the sources of a site, for one entry."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.around = resolver.around

    def source_of(self, words: str, sources: Iterable[EntityId]) -> EntityId | None:
        """The first of some sources that has the words."""
        return next((id for id in sources if self.has(id, words)), None)

    def has(self, id: EntityId, words: str) -> bool:
        """Whether a source has the words, or a translation of its own words has them."""
        return bool(self.words_in(id, words))

    def words_in(self, id: EntityId, words: str) -> str:
        """The words as a source has them: those that are translated so; "" if it has none."""
        self.resolver.quoted.add(id)
        text = self.around.sources.get(id)
        if text is None:
            return ""
        parts = [words] if len(words) <= LONGEST else _parts(words, self.around.language)
        if all(text.find(part) is not None for part in parts):
            return words
        return next((own for own, other in text.as_translated if other.find(words)), "")

    def around_ellipses(self, words: str, sources: Sequence[EntityId]) -> bool:
        """Whether the pieces around each `…` are there, if not as one quotation."""
        pieces = compared(words).text.split(ELLIPSIS)
        if len(pieces) < 2 or any(self.changes_meaning(id, words) for id in sources):
            return False
        long = [piece.strip(" ()[]") for piece in pieces]
        long = [piece for piece in long if measure(piece)[1] >= _FEWEST_WORDS]
        return bool(long) and all(self.source_of(piece, sources) for piece in long)

    def changes_meaning(self, id: EntityId, words: str) -> bool:
        """Whether an edited quotation is that of a source, but for a negation."""
        text = self.around.sources.get(id)
        found = text.look_for(words) if text else None
        return isinstance(found, Refused) and found.changes_meaning


class Misquoting:
    """Reports quotations that are not where they are said to be from. `own` are no quotations in this entry."""

    def __init__(self, search: Search, own: Iterable[str]) -> None:
        self._search = search
        self._resolver = search.resolver
        self._around = search.around
        self._not_quoted = frozenset(map(bare_words, own))

    def report(
        self,
        run: QuotingRun,
        quoted: Quoted,
        sources: Sequence[EntityId],
        where: Where,
        *,
        is_clear: bool,
    ) -> None:
        """Reports words that no source has that is cited there, if they are a quotation.

        Where it is not clear what is cited, only those that are misquoted.
        """
        if self._is_no_quotation(quoted.words):
            return
        inner = [row.words for row in quoted.inner if not is_too_short(row.words)]
        if inner and all(self._search.source_of(words, sources) for words in inner):
            return
        if self._search.around_ellipses(quoted.words, sources):
            return
        problem = self._misquoted(quoted.words, sources)
        if problem is None and (not is_clear or any(map(self._is_silent, sources))):
            return
        code, message, hint = problem or self._elsewhere(quoted.words, sources)
        severity = Severity.ERROR if problem else Severity.WARNING
        first = quoted.words.split("\n", 1)[0]
        number = run.text.count(first, 0, quoted.start)
        self._resolver.report(code, message, where(run.inline, first, number), hint, severity)

    def _is_no_quotation(self, words: str) -> bool:
        bare = bare_words(words)
        if bare in self._not_quoted or bare in self._around.not_quoted:
            return True
        written = {bare, folded(words)}
        self._resolver.asked |= written
        self._resolver.titles |= written
        return any(map(self._around.names.is_name, written))

    def _is_silent(self, id: EntityId) -> bool:
        """Whether a source has nothing to compare with: no text, or one in another language."""
        text = self._around.sources.get(id)
        if text is None:
            return True
        return _tag(text.language) != _tag(self._around.language)

    def _misquoted(self, words: str, sources: Iterable[EntityId]) -> tuple[str, str, str] | None:
        """What is wrong with words that are nearly in one of some sources."""
        best, best_like = None, float(LEAST_LIKE)
        for id in sources:
            text = self._around.sources.get(id)
            if text is None:
                continue
            like = likeness(words, text)
            if like >= best_like:
                best, best_like = (f"source '{id.slug}'", text), like
            for _, other in text.as_translated:
                like = likeness(words, other)
                if like >= best_like:
                    best, best_like = (f"a translation in source '{id.slug}'", other), like
        if best is None:
            return None
        named, text = best
        found = text.look_for(words)
        assert isinstance(found, Refused)
        _, hint = refusal(words, "", text, found)
        message = f"{named} does not say exactly this: {shortened(words)}"
        return "misquoted", message, f"{hint}\n{_WAY_OUT}"

    def _elsewhere(self, words: str, sources: Sequence[EntityId]) -> tuple[str, str, str]:
        """What is wrong with words of another source, or of none."""
        self._resolver.looks_everywhere = True
        shown = shortened(words)
        other = next(
            (id for id in self._others(words, sources) if self._search.has(id, words)), None
        )
        cite = f"cite it: [@{citing.written(other.slug, words)}]" if other else ""
        if other and sources:
            message = f"these words are in source '{other.slug}', which is not cited here: {shown}"
            return "quote-cites-other", message, cite
        if sources:
            message = f"these words are not in {_named(sources)}, nor in any other: {shown}"
        else:
            message = f"no source is cited for these words: {shown}"
        return "quote-unchecked", message, cite or f"cite what they are from. {_WAY_OUT}"

    def _others(self, words: str, sources: Sequence[EntityId]) -> Iterator[EntityId]:
        """The sources that may have some words, but for some."""
        for id, text in self._around.sources.items():
            if text is not None and id not in sources and may_hold(text.written, words):
                yield id


def _parts(words: str, language: str) -> Iterator[str]:
    """Long words in parts of whole sentences."""
    start = end = 0
    for bound in sentence_bounds(words, language)[1:]:
        if bound - start > LONGEST and end > start:
            yield words[start:end].strip()
            start = end
        end = bound
    yield words[start:].strip()


def _named(sources: Sequence[EntityId]) -> str:
    *names, last = (f"'{id.slug}'" for id in sources)
    return f"sources {', '.join(names)} and {last}" if names else f"source {last}"


_WAY_OUT = "Words that are no quotation go into 'not_quotations'."


def _tag(language: str) -> str:
    return language.lower().partition("-")[0]
