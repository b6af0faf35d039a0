"""Cuts a text that is too long without changing what it says.

It is cut after a sentence, or else at a `;`, a `:` or a comma before a conjunction. Where a title or list
needs some text in any case, it is cut after a word, but not between the halves of "and" or before a "not".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder.text import lazily
from site_builder.text.locales import words_of
from site_builder.text.sentences import held_together, sentence_bounds

_CLAUSE_END = lazily.pattern(r"(?P<strong>[;؛](?=\s)|；)|:(?=\s)|：|(?P<comma>[,،](?=\s)|，)")
_LOOSE = " \t\n,;:،؛，；：、–—-"
"""Characters that are removed before an ellipsis."""
_WORD = lazily.pattern(r"[^\W_][\w'’-]*")
_SPACED = lazily.pattern(r"\S+")
_LEAST_OF_CLAUSE = 3
"""The fewest words of a clause; anything shorter is an item of a list, or a name before a colon."""


def cuts(text: str, language: str) -> Iterator[str]:
    """The text and its shorter versions, longest first."""
    yield text
    bounds = sentence_bounds(text, language)
    for end in reversed(bounds[1:-1]):
        yield text[:end].rstrip()
    first = text[: bounds[1]].rstrip()
    for place in _clause_ends(first, language):
        yield first[:place].rstrip(_LOOSE) + "…"


def cut(text: str, fits: Callable[[str], bool], language: str) -> str:
    """The longest version of a text that fits; "" if none does."""
    return next(filter(fits, cuts(text, language)), "")


def shortened(text: str, most: int, language: str) -> str:
    """A text of at most `most` characters: cut as `cut` does, or between words; "" if that would mislead."""

    def fits(shorter: str) -> bool:
        return len(shorter) <= most

    return cut(text, fits, language) or _at_a_word(text, most, language)


def _clause_ends(sentence: str, language: str) -> list[int]:
    """Offsets where a sentence can be cut: each `;` from last to first, then the other places."""
    conjunctions = words_of(language, "conjunctions")
    held = held_together(sentence)
    strong: list[int] = []
    weak: list[int] = []
    clause = after_comma = 0
    for match in _CLAUSE_END.finditer(sentence):
        at = match.start()
        if any(start < at < end for start, end in held):
            continue
        words = _count(sentence[max(clause, after_comma) : at])
        if match["comma"]:
            # After another comma, a few words are probably an item of a list.
            least = _LEAST_OF_CLAUSE + (after_comma > clause)
            if words >= least and _begins_with(sentence, match.end(), conjunctions):
                weak.append(at)
            after_comma = match.end()
            continue
        if _count(sentence[clause:at]) >= _LEAST_OF_CLAUSE:
            (strong if match["strong"] else weak).append(at)
        clause = match.end()
    return [*reversed(strong), *reversed(weak)]


def _count(text: str) -> int:
    """The number of words; in scripts without spaces, two characters count as one word."""
    return sum(len(word[0]) // 2 if word[0] > "\u2e80" else 1 for word in _WORD.finditer(text))


def _begins_with(text: str, at: int, words: frozenset[str]) -> bool:
    """Whether one of these words comes next; in scripts without spaces, whether the text begins with one."""
    following = text[at : at + 40].lstrip()
    if following[:1] > "\u2e80":
        return any(following.startswith(word) for word in words)
    match = _WORD.match(following)
    return match is not None and match[0].casefold() in words


def _at_a_word(text: str, most: int, language: str) -> str:
    """The words of the first sentence that fit, up to the last conjunction; "" if that would mislead."""
    conjunctions = words_of(language, "conjunctions")
    negations = words_of(language, "negations")
    sentence = text[: sentence_bounds(text, language)[1]]
    held = held_together(sentence)
    words = list(_SPACED.finditer(sentence))
    bare = [word[0].strip(_LOOSE + '([{“”„"«»').casefold() for word in words]
    fitting = sum(1 for word in words if len(sentence[: word.end()].rstrip(_LOOSE)) < most)
    joined = [n for n in range(1, fitting + 1) if n < len(bare) and bare[n] in conjunctions]
    count = joined[-1] if joined else fitting
    while count and any(start < words[count - 1].end() < end for start, end in held):
        count -= 1
    if count < _LEAST_OF_CLAUSE or count == len(words):
        return ""
    if bare[count - 1] in negations or _turns(sentence[words[count].start() :], negations):
        return ""
    return sentence[: words[count - 1].end()].rstrip(_LOOSE) + "…"


def _turns(rest: str, negations: frozenset[str]) -> bool:
    """Whether the rest of a clause negates the part before it."""
    clause = _CLAUSE_END.split(rest, maxsplit=1)[0]
    return any(word[0].casefold() in negations for word in _WORD.finditer(clause))
