"""Numbers in texts, with the nouns that they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from site_builder.values import NamedTuple

Words = Callable[[str], frozenset[str]]
"""The lists of words of a language."""

_TOKEN = re.compile(
    r"(?P<sign>[£$€])?(?<![\w.,/:–-])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w/:]|[.,–-]\d)"
    r"|(?<![\w-])(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)(?![\w-])"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_MOST_WORDS = 2
"""Words behind a number among which the noun is that it counts."""


class Count(NamedTuple):
    """A number and what it counts. `is_about` says that it is only about right."""

    value: float
    nouns: frozenset[str]
    """What it may count, in the singular; its currency, or %."""
    start: int
    end: int
    text: str
    is_about: bool


def counts(text: str, words: Words) -> list[Count]:
    """The numbers of a text that count something; no dates, years, ranges or page numbers."""
    found = []
    for start, end, value, sign in _numbers(text, words):
        nouns = _nouns(text[end:], words)
        if sign:
            nouns = [sign]
        if not nouns or _is_no_count(text, start, end, value, words):
            continue
        shown = text[start:end] + ("" if sign else "%" if nouns == ["%"] else f" {nouns[0]}")
        before = _WORD.findall(text[max(0, start - 24) : start])[-2:]
        about = bool({word.lower() for word in before} & words("approximations"))
        stems = frozenset(map(_stem, nouns))
        found.append(Count(value, stems, start, end, shown, about))
    return found


def values(text: str, words: Words) -> set[float]:
    """All numbers of a text."""
    return {value for _, _, value, _ in _numbers(text, words)}


def _numbers(text: str, words: Words) -> list[tuple[int, int, float, str]]:
    """Start, end, value and currency of each number."""
    known = _known(words("numbers"))
    scales = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
    found: list[tuple[int, int, float, str]] = []
    for match in _TOKEN.finditer(text):
        word = (match["word"] or "").lower()
        scale = scales.get(word)
        if scale and found and not text[found[-1][1] : match.start()].strip():
            start, _, value, sign = found[-1]
            found[-1] = start, match.end(), value * scale, sign
        elif match["digits"]:
            value = float(match["digits"].replace(",", ""))
            found.append((match.start(), match.end(), value, match["sign"] or ""))
        elif word in known:
            found.append((match.start(), match.end(), known[word], ""))
    return found


@lru_cache(maxsize=2)
def _known(rows: frozenset[str]) -> Mapping[str, float]:
    """The values of number words, also of those with a hyphen."""
    one = {word: float(value) for word, value in (row.split() for row in rows)}
    tens = [word for word, value in one.items() if value >= 20 and value % 10 == 0]
    units = [word for word, value in one.items() if value < 10]
    joined = {f"{ten}-{unit}": one[ten] + one[unit] for ten in tens for unit in units}
    return {**one, **joined, **{f"{ten}-one": one[ten] + 1 for ten in tens}}


def _nouns(behind: str, words: Words) -> list[str]:
    """The words right behind a number, up to the first that is no noun."""
    if behind.lstrip()[:1] == "%" or behind.lstrip().lower().startswith(("per cent", "percent")):
        return ["%"]
    found: list[str] = []
    at = 0
    for match in _WORD.finditer(behind):
        word = match[0].lower()
        if behind[at : match.start()] != " " or word in words("function_words"):
            break
        if word in words("units_of_number"):
            break
        found.append(word)
        at = match.end()
        if len(found) == _MOST_WORDS:
            break
    return found


def _is_no_count(text: str, start: int, end: int, value: float, words: Words) -> bool:
    """Whether a number is a day, a year, an end of a range, or the number of a page."""
    behind = _WORD.match(text[end:].lstrip())
    before = _WORD.findall(text[max(0, start - 20) : start])
    near = {before[-1], before[-1].lower()} if before else set()
    months = words("months")
    if (behind and behind[0].lower() in months) or near & (months | words("before_numbers")):
        return True
    if text[:start].rstrip().endswith(("–", "-", "/", "p.", "pp.", "§")):
        return True
    if re.match(r"\s*(?:–|-|to|and)\s*\d", text[end:]) or re.search(
        r"\d\s*(?:–|-|to)\s*$", text[:start]
    ):
        return True
    is_plain = text[start:end].isdigit()
    return is_plain and len(text[start:end]) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR


def _stem(noun: str) -> str:
    """A noun without the ending of its plural."""
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun
