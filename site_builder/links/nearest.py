"""What in a source is most like words that it does not have, and in what the two differ.

Pairs of words, or of letters where words are not spaced, are looked for; where most of them stand
together is the place. So the cost grows with the text and not with the text times the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from site_builder.links.quotations import measure
from site_builder.text import lazily
from site_builder.text.alike import named
from site_builder.text.quoted import Compared, compared
from site_builder.text.same import same
from site_builder.values import NamedTuple

_WORD = lazily.pattern(r"[^\W_]+(?:'[^\W_]+)*")
_MOST_LOOKED_FOR = 40
"""Pairs of one quotation."""
_MOST_PLACES = 500
"""Places of one pair; a more frequent one says little."""
_LETTERS = 3
"""Letters that are looked for together where words are not spaced."""
_LEAST_SHARED = 0.5
"""Of the words of a quotation, those that a stretch must have to be called near."""
_MOST_DIFFERENCES = 3
_MOST_AT_AN_END = 2
"""Words that a source may have in another form before the first, or behind the last, that both have."""


class Near(NamedTuple):
    """A stretch of a source, as it stands there, and how it differs from the words."""

    text: str
    difference: str
    at: int
    """Where in the source a character is that could not be read and keeps the words from being there; else -1."""


class Nearness:
    """Looks for what is near in one source."""

    def __init__(self, original: str, made: Compared) -> None:
        self._original = original
        self._compared = made
        self._text = made.text.lower()
        if len(self._text) != len(made.text):
            self._text = made.text

    def nearest(self, words: str) -> Near | None:
        """The stretch most like the words, or None if none is like them."""
        words = words[:2_000].strip(" …").removesuffix("...")
        wanted = compared(words).text.strip()
        unspaced = measure(wanted)[2]
        tokens = _tokens(wanted.lower(), unspaced=unspaced)
        if not tokens:
            return None
        at = self._place(wanted.lower(), tokens)
        if at is None:
            return None
        stretch = self._stretch(at, len(wanted), tokens, unspaced=unspaced)
        if stretch is None:
            return None
        text = self._original[stretch[0] : stretch[1]]
        unreadable = text.find("\ufffd")
        return Near(
            " ".join(text.split()),
            difference(words, text),
            stretch[0] + unreadable if unreadable >= 0 else -1,
        )

    def _place(self, wanted: str, tokens: Sequence[re.Match[str]]) -> int | None:
        """Where in the form the words would begin, by the votes of their pairs; single words where no pair is there."""
        pairs = [wanted[one.start() : two.end()] for one, two in pairwise(tokens)]
        starts = [one.start() for one in tokens]
        votes = self._votes(list(zip(pairs, starts, strict=False)), len(wanted))
        if not votes:
            words = [(token[0], token.start()) for token in tokens if len(token[0]) > 2]
            words.sort(key=lambda row: -len(row[0]))
            votes = self._votes(words or [(tokens[0][0], tokens[0].start())], len(wanted))
        return max(votes, key=lambda at: (votes[at], -at)) if votes else None

    def _votes(self, looked_for: Sequence[tuple[str, int]], size: int) -> Counter[int]:
        step = max(1, len(looked_for) // _MOST_LOOKED_FOR)
        width = max(size // 4, 16)
        votes: Counter[int] = Counter()
        for text, offset in looked_for[::step][:_MOST_LOOKED_FOR]:
            at = self._text.find(text)
            places = 0
            while at >= 0 and places < _MOST_PLACES:
                bucket = (at - offset) // width
                votes[bucket * width] += 2
                votes[(bucket + 1) * width] += 1
                places += 1
                at = self._text.find(text, at + len(text))
        return votes

    def _stretch(
        self, at: int, size: int, tokens: Sequence[re.Match[str]], *, unspaced: bool
    ) -> tuple[int, int] | None:
        """The best stretch around a place of the form, in the original, from its first shared word to its last."""
        first, last = max(0, at - size), min(len(self._text), at + 2 * size + 40)
        there = _tokens(self._text[first:last], unspaced=unspaced)
        wanted = Counter(token[0] for token in tokens)
        best = _best_window([token[0] for token in there], wanted, len(tokens))
        if best is None:
            return None
        words = [token[0] for token in tokens]
        lead = _until_like(words, there[best[0]][0])
        trail = _until_like(words[::-1], there[best[1]][0])
        begin, end = max(0, best[0] - lead), min(len(there) - 1, best[1] + trail)
        begin, end = _without_more(words, [token[0] for token in there], begin, end)
        return self._compared.place(first + there[begin].start(), first + there[end].end())


def _tokens(text: str, *, unspaced: bool) -> list[re.Match[str]]:
    return list(re.finditer(rf"[^\W_]{{1,{_LETTERS}}}", text) if unspaced else _WORD.finditer(text))


def _best_window(there: Sequence[str], wanted: Counter[str], size: int) -> tuple[int, int] | None:
    """The first and the last word of the stretch with most of the words in it."""
    size = min(size + 1, len(there))
    window: Counter[str] = Counter()
    shared = best = best_at = 0
    for index, token in enumerate(there):
        window[token] += 1
        shared += window[token] <= wanted[token]
        if index >= size:
            gone = there[index - size]
            shared -= window[gone] <= wanted[gone]
            window[gone] -= 1
        if shared > best:
            best, best_at = shared, max(0, index - size + 1)
    if best < _LEAST_SHARED * sum(wanted.values()):
        return None
    alike = [
        at for at in range(best_at, min(best_at + size, len(there))) if _is_like(there[at], wanted)
    ]
    first, last = alike[0], alike[-1]
    while last + 1 < len(there) and _is_like(there[last + 1], wanted):
        last += 1
    return first, last


def _without_more(
    words: Sequence[str], there: Sequence[str], first: int, last: int
) -> tuple[int, int]:
    """A stretch without the words at its ends that only make it more unlike the quotation."""
    from rapidfuzz.distance import Levenshtein

    far = Levenshtein.distance(words, there[first : last + 1])
    while first < last and Levenshtein.distance(words, there[first:last]) < far:
        last, far = last - 1, far - 1
    while first < last and Levenshtein.distance(words, there[first + 1 : last + 1]) < far:
        first, far = first + 1, far - 1
    return first, last


def _is_like(token: str, wanted: Counter[str]) -> bool:
    """Whether a word is one of some words, or a longer or shorter form of one."""
    return any(
        token == word or (len(word) > 1 and (token.startswith(word) or token.endswith(word)))
        for word in wanted
    )


def _until_like(words: Sequence[str], token: str) -> int:
    """How many of some words come before one like a token, if they are few."""
    before = next((at for at, word in enumerate(words) if _is_like(token, Counter([word]))), 0)
    return before if before <= _MOST_AT_AN_END else 0


def difference(written: str, there: str) -> str:
    """How words differ from a stretch of a source; "" if in more than can be said in short."""
    from rapidfuzz.distance import Levenshtein

    written, there = same(written), same(there)
    if written[-1:] in (".", ",") and there[-1:] != written[-1:]:
        written = written[:-1]  # it may be the quoting text's own
    if written[:1].casefold() == there[:1].casefold():
        there = written[:1] + there[1:]  # the first letter's case is free
    mine, theirs = written.split(" "), there.split(" ")
    blocks: list[tuple[int, int, int, int]] = []
    for row in Levenshtein.opcodes(mine, theirs):
        if row.tag == "equal":
            continue
        block = row.src_start, row.src_end, row.dest_start, row.dest_end
        if blocks and blocks[-1][1] == block[0] and blocks[-1][3] == block[2]:
            block = blocks[-1][0], block[1], blocks[-1][2], block[3]
            blocks.pop()
        blocks.append(block)
    said = [_said(" ".join(mine[i:j]), " ".join(theirs[k:m])) for i, j, k, m in blocks]
    return "; ".join(dict.fromkeys(said)) if len(said) <= _MOST_DIFFERENCES else ""


def _said(mine: str, theirs: str) -> str:
    if "\ufffd" in theirs:
        return "the source has an unreadable character here"
    if not mine:
        return f"the source also has '{theirs}'"
    if not theirs:
        return f"the source does not have '{mine}' here"
    pairs = [(one, two) for one, two in zip(mine, theirs, strict=False) if one != two]
    if len(mine) == len(theirs) and len(pairs) == 1 and not (mine + theirs).isascii():
        one, two = pairs[0]
        return f"you wrote '{one}', {named(one)}, the source has '{two}', {named(two)}"
    return f"you wrote '{mine}', the source has '{theirs}'"
