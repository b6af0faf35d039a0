"""Changes to texts that get further than changes of bytes do: words of the language, and long repetitions."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

_LETTERS = "aZ09 -:'\"[]{}#\n\t\\/.,;@!*_`|<>&%ß…\u00a0\u2003é𝒳"
_LONGEST_PART = 40
_FEW, _MANY = (2, 2, 3, 5, 12), (60, 200, 600, 2000)
_OFTEN_LONG = 0.05
"""The share of texts in which something stands a great many times: they take time, and a few are enough."""
_SHORT = 600
"""Characters that are left of most texts, for those that are long say little more than their parts."""


class Mutator:
    """Makes a new text of one, by chance. `tokens` are words of its language, `seeds` whole texts."""

    def __init__(self, tokens: Sequence[str], seeds: Sequence[bytes]) -> None:
        self._tokens = tokens
        self._seeds = [seed.decode("utf-8", "replace") for seed in seeds] or [""]
        self._steps: tuple[Callable[[random.Random, str], str], ...] = (
            self._insert, self._insert, self._replace, self._delete, self._letter, self._digit,
            self._move, self._repeat, self._splice, self._join,
        )  # fmt: skip

    def __call__(self, data: bytes, longest: int, seed: int) -> bytes:
        """A changed text, of at most so many bytes. The same arguments give the same text."""
        chance = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
        text = data.decode("utf-8", "replace")
        if len(text) > _SHORT and chance.random() < 0.8:
            start = chance.randint(0, len(text) - _SHORT // 2)
            text = text[start : start + _SHORT]
        for _ in range(chance.choice((1, 1, 2, 3, 5))):
            text = chance.choice(self._steps)(chance, text)[:longest]
        if chance.random() < _OFTEN_LONG:
            text = self._repeat(chance, text, _MANY)
        return text.encode()[:longest]

    def _part(self, chance: random.Random, text: str) -> tuple[int, int]:
        start = chance.randint(0, len(text))
        return start, min(
            len(text), start + chance.randint(1, chance.choice((1, 3, 8, _LONGEST_PART)))
        )

    def _insert(self, chance: random.Random, text: str) -> str:
        at = chance.randint(0, len(text))
        return text[:at] + chance.choice(self._tokens) + text[at:]

    def _replace(self, chance: random.Random, text: str) -> str:
        start, end = self._part(chance, text)
        return text[:start] + chance.choice(self._tokens) + text[end:]

    def _delete(self, chance: random.Random, text: str) -> str:
        start, end = self._part(chance, text)
        return text[:start] + text[end:]

    def _letter(self, chance: random.Random, text: str) -> str:
        at = chance.randint(0, len(text))
        return text[:at] + chance.choice(_LETTERS) + text[at + chance.randint(0, 1) :]

    def _digit(self, chance: random.Random, text: str) -> str:
        digits = [at for at, letter in enumerate(text) if letter.isdigit()]
        if not digits:
            return self._letter(chance, text)
        at = chance.choice(digits)
        return text[:at] + chance.choice("0123456789X") + text[at + 1 :]

    def _move(self, chance: random.Random, text: str) -> str:
        start, end = self._part(chance, text)
        part, rest = text[start:end], text[:start] + text[end:]
        at = chance.randint(0, len(rest))
        return rest[:at] + part + rest[at:]

    def _repeat(self, chance: random.Random, text: str, times: Sequence[int] = _FEW) -> str:
        """What takes a regular expression too long is mostly the same again and again, and then something else."""
        start, end = self._part(chance, text)
        part = text[start:end] if chance.random() < 0.6 else chance.choice(self._tokens)
        return text[:start] + part * chance.choice(times) + text[end:]

    def _splice(self, chance: random.Random, text: str) -> str:
        start, end = self._part(chance, other := chance.choice(self._seeds))
        at = chance.randint(0, len(text))
        return text[:at] + other[start:end] + text[at:]

    def _join(self, chance: random.Random, text: str) -> str:
        other = chance.choice(self._seeds)
        return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]
