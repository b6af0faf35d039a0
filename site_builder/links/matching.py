"""Where quoted words stand in a source, as they are or edited.

Searching is linear: a place is looked at only if it can be one, and at most so many for one quotation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from site_builder.links.quotations import (
    LONGEST,
    Gap,
    Quotation,
    has_negation,
    measure,
    quotation,
    spellings,
    word_count,
)
from site_builder.text import lazily
from site_builder.text.locales import words_of
from site_builder.text.quoted import ELLIPSIS, FEET_OR_INCHES, Compared, without_spaces
from site_builder.text.sentences import sentence_bounds
from site_builder.values import NamedTuple

_MOST_CANDIDATES = 1_000
_MOST_ELSEWHERE = 20_000
"""Candidates of a look-up in one place, most of which may stand in others."""
_LONGEST_ELISION = 1_500
_MOST_REPLACED = 8
"""Words that one insertion may replace."""
_WORDS_AN_EDIT = 4
"""Words of the source that a quotation has for each insertion."""
_SHORT_ELISION = 3
"""Words of which none that are left out may be a negation."""
_REACH = {"elision": _LONGEST_ELISION, "insertion": 200, "sic": 2, "letter": 2, "ending": 8}
"""Characters that there may be in a gap."""
_AROUND = 80
_TOO_SHORT = "there must be at least two words before, between and after each …"
_CHANGES_MEANING = "changes the meaning: quote the words without it"
_MANY = 1_000
_LAST_WORD = lazily.pattern(r"\S+\s*\Z")
_FIRST_WORD = lazily.pattern(r"\s*\S+")
_ENDING = lazily.pattern(r"\w{0,6}(?!\w) ?")


Within = Callable[[int, int], bool]
"""Whether a stretch of a source stands in a place that is cited."""


def _unpacked(within: Within | None) -> Callable[[tuple[int, int]], bool]:
    return lambda stretch: within is None or within(*stretch)


class Found(NamedTuple):
    """The pieces of a quotation in a source: start and end of each, as offsets of the source's text."""

    pieces: tuple[tuple[int, int], ...]


class Refused(NamedTuple):
    """Why words are not taken as those of a source; nothing if they are simply not there."""

    reason: str = ""
    cut: str = ""
    """What the source has where the words would cut a word or a number."""
    changes_meaning: bool = False
    """Whether an edit would take a negation away, or put one in."""


class Matcher:
    """Finds quotations in one source."""

    def __init__(self, original: str, compared: Compared, language: str) -> None:
        self._original = original
        self._compared = compared
        self._language = language
        self.text = compared.text
        self.length = len(self.text)
        self.negations = words_of(language, "negations")

    def find(self, words: str, within: Within | None = None) -> Found | Refused:
        """Where quoted words first stand, at least in part within a place if one is given.

        So few words that they have to be unique need be so only there.
        """
        if len(words) > LONGEST:
            return Refused(
                f"a quotation can have at most {LONGEST:,} characters, but this one has {len(words):,}"
            )
        wanted = quotation(words)
        if wanted.is_too_short:
            return Refused(
                "this is too little to be evidence: quote more words" if wanted.text else ""
            )
        found = self._as_it_is(wanted, within)
        if isinstance(found, Refused) and not found.reason and FEET_OR_INCHES.search(wanted.text):
            wanted = quotation(words, primes=False)
            found = self._as_it_is(wanted, within)
        if isinstance(found, Refused) and not found.reason and wanted.pieces:
            found = _Edited(self, wanted, within).find()
        if isinstance(found, Refused) and not found.reason:
            return self._cut(wanted)
        return found

    def _cut(self, wanted: Quotation) -> Refused:
        """Says so if the words are there, but begin or end within others."""
        at = self.text.find(wanted.text)
        if at < 0:
            return Refused()
        start, end = self.place(at, at + len(wanted.text))
        before = self._original[max(0, start - _AROUND) : start]
        after = self._original[end : end + _AROUND]
        if not self.is_bound(at) and (word := _LAST_WORD.search(before)):
            start -= len(word[0])
        if not self.is_bound(at + len(wanted.text)) and (word := _FIRST_WORD.match(after)):
            end += len(word[0])
        return Refused("", " ".join(self._original[start:end].split()))

    def _as_it_is(self, wanted: Quotation, within: Within | None) -> Found | Refused:
        """Where the words stand unedited."""
        budget = iter(range(_MOST_CANDIDATES if within is None else _MOST_ELSEWHERE))
        for text in wanted.spellings():
            places = (self.place(start, end) for start, end in self._places(text, budget))
            found = [*islice(filter(_unpacked(within), places), 2 if wanted.must_be_unique else 1)]
            if len(found) > 1:
                return Refused("so few words must occur in it only once: quote more of them")
            if found:
                return Found((found[0],))
        return Refused()

    def _places(self, text: str, budget: Iterator[int]) -> Iterator[tuple[int, int]]:
        """Where a text stands as a whole."""
        yield from self.whole(text, 0, len(self.text), budget)
        if "-" in text and self._compared.joined:
            yield from self._with_joined_hyphens(text, budget)
        spaceless = without_spaces(text)
        if spaceless != text:
            yield from self.whole(spaceless, 0, len(self.text), budget)

    def whole(
        self, text: str, first: int, last: int, budget: Iterator[int], *, open_end: bool = False
    ) -> Iterator[tuple[int, int]]:
        """Where a text stands between two offsets of the form without cutting a word; with `open_end` it may cut its last."""
        at = self.text.find(text, first, last) if text else -1
        while at >= 0 and next(budget, None) is not None:
            end = at + len(text)
            if self.is_bound(at) and (open_end or self.is_bound(end)):
                yield at, end
            at = self.text.find(text, at + 1, last)

    def is_bound(self, at: int) -> bool:
        """Whether a quotation may begin or end at an offset of the form."""
        return self._compared.is_bound(self._original, at)

    def _with_joined_hyphens(self, text: str, budget: Iterator[int]) -> Iterator[tuple[int, int]]:
        """Where a text stands of whose hyphens some were taken for those of a line's end."""
        pattern = lazily.pattern("-?".join(re.escape(piece) for piece in text.split("-")))
        for match in pattern.finditer(self.text):
            if next(budget, None) is None:
                return
            start, end = match.span()
            fits = len(match[0]) < len(text) and self._hyphens_fit(text, match)
            if fits and self.is_bound(start) and self.is_bound(end):
                yield start, end

    def _hyphens_fit(self, text: str, match: re.Match[str]) -> bool:
        """Whether each hyphen that the text has and the form lacks may have been left out there."""
        at = match.start()
        for character in text:
            if at < len(self.text) and self.text[at] == character:
                at += 1
            elif not self._compared.may_have_hyphen(at):
                return False
        return True

    def has_sentence_end(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two offsets of the form."""
        first = max(0, start - _AROUND)
        bounds = sentence_bounds(self.text[first : end + _AROUND], self._language)
        return any(start < first + bound <= end for bound in bounds[1:-1])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the form stands in the source, without space around it."""
        first, last = self._compared.place(start, end)
        while last > first and self._original[last - 1].isspace():
            last -= 1
        while first < last and self._original[first].isspace():
            first += 1
        return first, last


class _Edited:
    """Looks for one edited quotation: its pieces in order, with no more between them than the edit may replace."""

    def __init__(self, matcher: Matcher, wanted: Quotation, within: Within | None) -> None:
        self._matcher = matcher
        self._is_within = _unpacked(within)
        self._wanted = wanted
        pieces, gaps = list(wanted.pieces), list(wanted.gaps)
        self._begins_inserted = bool(gaps) and not pieces[0] and gaps[0].kind == "insertion"
        self._ends_inserted = bool(gaps) and not pieces[-1] and gaps[-1].kind == "insertion"
        if not pieces[0]:
            del pieces[0], gaps[0]
        self._unfinished = bool(gaps) and not pieces[-1] and gaps[-1].kind == "ending"
        if gaps and not pieces[-1]:
            del pieces[-1], gaps[-1]
        count = len(gaps)
        self._pieces, self._gaps = _with_own_ellipses(pieces, gaps)
        self._has_short_piece = len(self._gaps) < count
        self._budget = iter(range(_MOST_CANDIDATES))
        self._failed: set[tuple[int, int]] = set()
        self._reason = ""

    def find(self) -> Found | Refused:
        """Where its pieces stand."""
        reason = self._refused()
        if reason is not None:
            return Refused(reason, changes_meaning=reason.endswith(_CHANGES_MEANING))
        spans = self._from(())
        if spans is None:
            reason = self._reason or (_TOO_SHORT if self._has_short_piece else "")
            return Refused(reason, changes_meaning=bool(self._reason))
        place = self._matcher.place
        return Found(tuple(place(start, end) for start, end in spans))

    def _refused(self) -> str | None:
        """Why it is not looked for at all; None if it is."""
        edits = [gap for gap in self._wanted.gaps if gap.kind in ("insertion", "ending")]
        for gap in edits:
            if gap.kind == "insertion" and has_negation(gap.text, self._matcher.negations):
                return f"[{gap.text}] {_CHANGES_MEANING}"
        if not all(count >= 2 for count in _words_between_elisions(self._pieces, self._gaps)):
            return _TOO_SHORT
        if sum(map(word_count, self._pieces)) < _WORDS_AN_EDIT * len(edits):
            return f"each insertion in [ ] needs {_WORDS_AN_EDIT} words of the source around it"
        return None

    def _from(self, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...] | None:
        """The spans of all pieces that go on from these."""
        number = len(spans)
        if number == len(self._pieces):
            return spans
        before = spans[-1][1] if spans else 0
        if (number, before) in self._failed:
            return None
        gap = self._gaps[number - 1] if spans else None
        last_gap = number == len(self._gaps)
        open_end = self._unfinished if last_gap else self._gaps[number].kind == "ending"
        piece = self._pieces[number]
        if last_gap and not self._unfinished and piece[-1:] in (".", ","):
            piece = piece[:-1]  # the mark may be the quoting text's own
        for text in spellings(piece, first=gap is None or gap.changes_case, last=False):
            end = self._matcher.length
            if gap is not None:
                end = before + len(text) + _REACH[gap.kind]
            for span in self._matcher.whole(text, before, end, self._budget, open_end=open_end):
                if gap is None:
                    fits = self._is_within(self._matcher.place(*span)) and not (
                        self._begins_inserted and self._says_no(_LAST_WORD, span[0])
                    )
                else:
                    fits = self._fits(gap, before, span[0])
                if fits:
                    found = self._from((*spans, span))
                    if found is not None and (not last_gap or self._ends(span[1])):
                        return found
        self._failed.add((number, before))
        return None

    def _ends(self, at: int) -> bool:
        """Whether the quotation may end here: with a whole word, or one whose ending is changed."""
        if self._ends_inserted and self._says_no(_FIRST_WORD, at):
            return False
        return not self._unfinished or _ENDING.match(self._matcher.text, at) is not None

    def _says_no(self, word: re.Pattern[str], at: int) -> bool:
        """Whether the word beside an offset, which an insertion at an end of the quotation may replace, is a negation."""
        is_before = word is _LAST_WORD
        start, end = (max(0, at - _AROUND), at) if is_before else (at, at + _AROUND)
        match = word.search(self._matcher.text[start:end])
        said = match[0].strip() if match else ""
        apart = said[-1:] if is_before else said[:1]
        is_word = apart.isalpha() and not measure(said)[2]
        if not is_word or not has_negation(said, self._matcher.negations):
            return False
        self._reason = f"the replaced word is a negation: “{said}”"
        return True

    def _fits(self, gap: Gap, start: int, end: int) -> bool:
        """Whether an edit may replace what is between two offsets."""
        text = self._matcher.text[start:end]
        if gap.kind == "ending":
            return _ENDING.fullmatch(text) is not None
        if gap.kind in ("sic", "letter"):
            return not text.strip()
        words = word_count(text) if len(text) <= _REACH["insertion"] else _MANY
        says_no = words <= _MOST_REPLACED and has_negation(text, self._matcher.negations)
        if gap.kind == "elision":
            fits = not (says_no and words <= _SHORT_ELISION)
        elif words > _MOST_REPLACED or self._matcher.has_sentence_end(start, end):
            return False
        else:
            fits = not says_no
        if not fits:
            self._reason = f"the omitted words contain a negation: “{text.strip()}”"
        return fits


def _words_between_elisions(pieces: list[str], gaps: list[Gap]) -> list[int]:
    """How many words of the source there are before, between and behind elisions; one long stretch without any."""
    if not any(gap.kind == "elision" for gap in gaps):
        return []
    counts = [word_count(pieces[0])]
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        if gap.kind == "elision":
            counts.append(0)
        counts[-1] += word_count(piece)
    return counts


def _with_own_ellipses(pieces: list[str], gaps: list[Gap]) -> tuple[list[str], list[Gap]]:
    """Pieces too short to stand by themselves are joined to the next: the `…` may be the source's own."""
    at = 0
    while at < len(gaps):
        short = min(word_count(pieces[at]), word_count(pieces[at + 1])) < 2
        if gaps[at].kind == "elision" and short and not gaps[at].text:
            pieces[at : at + 2] = [f"{pieces[at]}{ELLIPSIS}{pieces[at + 1]}"]
            del gaps[at]
        else:
            at += 1
    return pieces, gaps
