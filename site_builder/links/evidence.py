"""Whether quoted words are in their source.

Words and text are compared with white space, quotation marks, dashes and ellipses normalised, in
Unicode form NFC; letters, digits, case and all other punctuation must be the same. A quotation
begins and ends at the bounds of words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("\u00ad\u034f\u061c\u180e\ufeff", None),
        **dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F)), None),
        **dict.fromkeys((*range(0x2060, 0x2070),), None),
        "…": "...",
    }
)
_GONE = "".join(chr(code) for code, same in _SAME.items() if same is None)
_SPECIAL = re.compile(rf"[\s{_GONE}]{{2,}}|[^\S ]|[" + "".join(map(chr, _SAME)) + "]")
"""What is not as it is in the normalised text: anything but letters, punctuation and single spaces."""
_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_MOST_SEARCHED = 1_000_000
"""Words of one source that are gone through for nearest passages; then the hints end."""
_WORD = re.compile(r"\w+")


def normalised(text: str) -> str:
    """A text in the form in which texts are compared."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_SAME)).strip()


def _is_like_one_of(token: str, wanted: Iterable[str]) -> bool:
    """Whether a word is one of some words, or a longer or shorter form of one."""
    return any(
        token == word or (len(word) > 1 and (token.startswith(word) or token.endswith(word)))
        for word in wanted
    )


class Passage(NamedTuple):
    """Where words stand in a source: offsets into `SourceText.text`."""

    start: int
    end: int


class _Normal(NamedTuple):
    """A text in normalised form, and where it comes from.

    It is made of stretches that are as long as they were: `starts` are where they begin, `origins`
    where they began.
    """

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, offset: int) -> int:
        """The offset that a character comes from."""
        stretch = bisect_right(self.starts, offset) - 1
        return self.origins[stretch] + offset - self.starts[stretch]


class SourceText:
    """The text of a source."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self._found: dict[str, Passage | None] = {}
        """Where words stand that were looked for."""
        self._searched = 0
        """How many words were gone through for nearest passages."""

    @cached_property
    def _normal(self) -> _Normal:
        pieces: list[str] = []
        starts, origins = [0], [0]
        size = done = 0
        for special in _SPECIAL.finditer(self.text):
            start, end = special.span()
            replaced = special[0].translate(_SAME)
            if replaced.isspace():
                replaced = " "
            pieces += (self.text[done:start], replaced)
            size += start - done
            if len(replaced) != end - start:
                starts += range(size, size + len(replaced) + 1)
                origins += [*([start] * len(replaced)), end]
            size += len(replaced)
            done = end
        pieces.append(self.text[done:])
        return _Normal("".join(pieces), starts, origins)

    def find(self, words: str) -> Passage | None:
        """Where the words first stand, or None."""
        if words not in self._found:
            self._found[words] = self._find(normalised(words))
        return self._found[words]

    def _find(self, wanted: str) -> Passage | None:
        if not wanted:
            return None
        normal = self._normal
        at = normal.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if self._is_whole(normal.text, at, end):
                return Passage(normal.origin(at), normal.origin(end - 1) + 1)
            at = normal.text.find(wanted, at + 1)
        return None

    @staticmethod
    def _is_whole(text: str, start: int, end: int) -> bool:
        """Whether a stretch cuts no word at its ends."""
        begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
        ends = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
        return begins and ends

    @cached_property
    def _words(self) -> tuple[list[re.Match[str]], list[str]]:
        """The words of the text, and the same without regard to case."""
        tokens = list(_WORD.finditer(self.text))
        return tokens, [token[0].casefold() for token in tokens]

    def nearest(self, words: str) -> str:
        """The stretch of the text most like the words, or "" if none is like them."""
        wanted = [match[0].casefold() for match in _WORD.finditer(normalised(words))]
        tokens, folded = self._words
        if not wanted or not tokens or self._searched > _MOST_SEARCHED:
            return ""
        self._searched += len(tokens)
        size = min(len(wanted) + 1, len(tokens))
        missing = Counter(wanted)
        window: Counter[str] = Counter()
        shared = best = best_at = 0
        for index, token in enumerate(folded):
            window[token] += 1
            shared += window[token] <= missing[token]
            if index >= size:
                gone = folded[index - size]
                shared -= window[gone] <= missing[gone]
                window[gone] -= 1
            if shared > best:
                best, best_at = shared, max(0, index - size + 1)
        if best * 2 < len(wanted):
            return ""
        stretch = folded[best_at : best_at + size]
        alike = [index for index, token in enumerate(stretch) if _is_like_one_of(token, missing)]
        first, last = best_at + alike[0], best_at + alike[-1]
        while last + 1 < len(tokens) and _is_like_one_of(folded[last + 1], missing):
            last += 1
        return _SPACE.sub(" ", self.text[tokens[first].start() : tokens[last].end()])

    def without(self, stretch: str) -> SourceText | None:
        """The text without a stretch that is not the document's; None if it has none such."""
        passage = self.find(stretch)
        if passage is None:
            return None
        return SourceText(self.text[: passage.start] + self.text[passage.end :])

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each paragraph, without the space around it."""
        bounds = []
        start = 0
        for gap in [*_PARAGRAPH.finditer(self.text), None]:
            end = gap.start() if gap else len(self.text)
            text = self.text[start:end]
            stripped = text.strip()
            if stripped:
                lead = len(text) - len(text.lstrip())
                bounds.append((start + lead, start + lead + len(stripped)))
            start = gap.end() if gap else end
        return tuple(bounds)
