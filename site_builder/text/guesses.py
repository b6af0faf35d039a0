"""What a wrong name was probably meant to be, for messages: ` (did you mean 'x'?)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORDS = re.compile(r"\w+")
_LEAST_LIKE = (1.0, 1.0, 0.8, 0.66, 0.66, 0.75, 0.75, 0.75, 0.75, 0.7)
"""The least similarity of a guess, by the length of the longer name: short names are alike by chance."""


_LONGEST_COMPARED = 200


def nearest(name: str, candidates: Iterable[str], *, count: int = 1) -> list[str]:
    """The candidates most similar to `name`, best first; for messages only.

    Ignores case. Returns at most `count`, possibly none. The result does not depend on the order of the
    candidates.
    """
    wanted = name.casefold()
    if len(wanted) > _LONGEST_COMPARED:
        return []
    from rapidfuzz import fuzz, process

    names = list(candidates)
    others = [candidate.casefold() for candidate in names]
    words = set(_WORDS.findall(wanted)) if len(wanted) > 3 else set()
    # 'zelensky' for 'volodymyr-zelensky'
    scored = {
        candidate: 90.0
        for candidate, other in zip(names, others, strict=True)
        if words and wanted != other and _has_words(other, words)
    }
    if not name.isascii():
        from site_builder.text.alike import looks

        scored |= {candidate: 95.0 for candidate in names if looks(candidate) == looks(name)}
    alike: set[str] = set()
    least = 0.0
    for other, ratio, at in process.extract(  # from the most like to the least
        wanted, others, scorer=fuzz.ratio, score_cutoff=100 * min(_LEAST_LIKE), limit=None
    ):
        if len(alike) >= count and ratio < least:
            break
        if _is_like(other, wanted, ratio):
            alike.add(other)
            least = ratio
            scored.setdefault(names[at], ratio)
    # If two differ only in case, prefer the lower-case one: a slug rather than a name.
    best = sorted(scored, key=lambda c: (-scored[c], len(c), c != c.casefold(), c))
    first_of = {candidate.casefold(): candidate for candidate in reversed(best)}
    return [candidate for candidate in best if first_of[candidate.casefold()] == candidate][:count]


def _is_like(other: str, wanted: str, ratio: float) -> bool:
    """Whether two names with this similarity, in percent, are alike by more than chance."""
    longest = max(len(wanted), len(other))
    return ratio >= 100 * _LEAST_LIKE[min(longest, len(_LEAST_LIKE) - 1)]


def _has_words(other: str, words: set[str]) -> bool:
    """Whether a name contains all the words."""
    if len(other) > _LONGEST_COMPARED or not all(word in other for word in words):
        return False
    return words <= set(_WORDS.findall(other))


class Guesses:
    """Remembers guesses for wrong names, up to `most` of them; after that it makes no more.

    If so many names are wrong, a whole file is missing, and hints would not help.
    """

    def __init__(self, most: int = 300) -> None:
        self._most = most
        self._found: dict[tuple[str, object], list[str]] = {}

    def nearest(
        self, name: str, kind: object, candidates: Iterable[str], *, count: int = 1
    ) -> list[str]:
        """Like the function `nearest`. Calls with the same `kind` must pass the same candidates."""
        key = name, kind
        if key not in self._found and len(self._found) < self._most:
            self._found[key] = nearest(name, candidates, count=count)
        return self._found.get(key, [])

    def clear(self) -> None:
        """Forgets all guesses, before another build."""
        self._found.clear()

    def did_you_mean(self, name: str, kind: object, candidates: Iterable[str]) -> str:
        """Like the function `did_you_mean`, with the candidates of a kind."""
        return suggestion(self.nearest(name, kind, candidates), name)


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """` (did you mean 'x'?)` for the nearest candidate, or nothing."""
    return suggestion(nearest(name, candidates), name)


def suggestion(matches: Sequence[str], name: str) -> str:
    """` (did you mean 'x'?)` for the first match that `nearest` found for a name, or nothing.

    If the two look alike, it also says which characters differ.
    """
    if not matches:
        return ""
    from site_builder.text.alike import difference

    differs = difference(name, matches[0])
    return f" (did you mean '{matches[0]}'?{' ' * bool(differs)}{differs})"
