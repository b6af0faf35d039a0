"""Numbers in texts, with the nouns that they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from site_builder.values import NamedTuple

Words = Callable[[str], frozenset[str]]
"""The lists of words of a language."""

_TOKEN = re.compile(
    r"(?P<sign>[£$€])?(?<![\w.,/:–-])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<ending>st|nd|rd|th|(?<=\d)(?:k|m|bn|tn))?(?![\w/:]|[.,–-]\d)"
    r"|(?<![\w-])(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?![\w-])"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
"""What may stand behind an amount of money: `£2.6m`."""
_TIMES = {"twice": 2.0, "thrice": 3.0}
_ORDINALS = {
    word: float(number)
    for number, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2
    )
}
_FRACTIONS = {"half": 2.0, "quarter": 4.0, **_ORDINALS}
_ORDINAL = "ordinal "
"""Before the noun of an ordinal: *the third time* is no number of times."""
_AGE = "of age"
_BEFORE_ORDINALS = frozenset(("the", "its", "his", "her", "their", "our", "my"))
_BE = frozenset(("are", "is", "was", "were"))
_IN_BETWEEN = frozenset(("all", "the", "its", "his", "her", "their", "our", "those", "these"))
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


class _Number(NamedTuple):
    """A number in a text. `nouns` are what it counts if it says so itself."""

    start: int
    end: int
    value: float
    sign: str = ""
    nouns: tuple[str, ...] = ()


def counts(text: str, words: Words) -> list[Count]:
    """The numbers of a text that count something; no dates, years, ranges or page numbers."""
    found = []
    last: tuple[_Number, list[str]] | None = None
    for number in _joined(text, _numbers(text, words), words):
        start, end, value, sign, own = number
        nouns = [*own] or _nouns(text[end:], words)
        if sign:
            nouns = [sign]
        if not nouns and last and _is_other_side(text[last[0].end : start], last[1]):
            nouns = last[1]
        last = number, nouns
        if own and own[0].removeprefix(_ORDINAL) in words("months"):
            continue
        if not nouns or (not own and _is_no_count(text, start, end, value, words)):
            continue
        shown = text[start:end]
        if not sign and not own:
            shown += "%" if nouns == ["%"] else f" {nouns[0]}"
        before = _WORD.findall(re.split(r"[.:;(]", text[max(0, start - 24) : start])[-1])[-2:]
        about = bool({word.lower() for word in before} & words("approximations"))
        stems = frozenset(map(_stem, nouns))
        found.append(Count(value, stems, start, end, shown, about))
    return found


def _is_other_side(between: str, nouns: list[str]) -> bool:
    """Whether a number is the second of a vote: *23 votes to 17*."""
    row = between.lower().split()
    return len(row) == 2 and row[0] in nouns and row[1] in ("to", "against")


def values(text: str, words: Words) -> set[float]:
    """All numbers of a text, but for ordinals and fractions."""
    return {number.value for number in _numbers(text, words) if number.nouns in ((), (_AGE,))}


def _numbers(text: str, words: Words) -> list[_Number]:
    """The numbers of a text, with the currency or the noun that belongs to them."""
    known = _known(words("numbers"))
    found: list[_Number] = []
    for match in _TOKEN.finditer(text):
        word = (match["word"] or "").lower()
        scale = _SCALES.get(word)
        if scale and found and not text[found[-1].end : match.start()].strip():
            last = found[-1]
            found[-1] = last._replace(end=match.end(), value=last.value * scale)
        elif match["digits"]:
            found += _in_digits(match, text)
        else:
            found += _in_words(match, text, known)
    return found


def _in_digits(match: re.Match[str], text: str) -> list[_Number]:
    value, ending = float(match["digits"].replace(",", "")), match["ending"] or ""
    sign = match["sign"] or ""
    if not ending:
        age = _age(text, match.start(), match.end())
        return [_Number(match.start(), match.end(), value, sign, age)]
    if ending in _SHORT_SCALES:
        scale = _SHORT_SCALES[ending]
        return [_Number(match.start(), match.end(), value * scale, sign)] if sign else []
    return _ordinal(text, match.start(), match.end(), value)


def _in_words(match: re.Match[str], text: str, known: Mapping[str, float]) -> list[_Number]:
    word, start = match["word"].lower(), match.start()
    if word in known:
        return [_Number(start, match.end(), known[word], "", _age(text, start, match.end()))]
    if word in _TIMES:
        return [_Number(start, match.end(), _TIMES[word], "", ("times",))]
    fraction = _FRACTIONS.get(word.removesuffix("s")) or _FRACTIONS.get(word.replace("ves", "f"))
    part = _WORD.findall(text[max(0, start - 12) : start].lower())[-1:]
    if fraction and part and (part[0] == "a" or part[0] in known):
        behind = re.match(r" of (?:([^\W\d_]+) )?([^\W\d_]+)", text[match.end() :])
        if behind and (behind[1] is None or behind[1].lower() in _IN_BETWEEN):
            value = known.get(part[0], 1.0) / fraction
            return [_Number(start, match.end(), value, "", (behind[2].lower(),))]
    if word in _ORDINALS:
        return _ordinal(text, start, match.end(), _ORDINALS[word])
    parts = word.split("-")
    for head in ("-".join(parts[:2]), parts[0]):
        if head in known:  # nine-year-old
            end = start + len(head)
            return [_Number(start, end, known[head], "", _age(text, start, end))]
    return []


def _age(text: str, start: int, end: int) -> tuple[str, ...]:
    """The age, as what a number counts, if it is one: *aged 58*, *58-year-old*."""
    is_age = text[end : end + 9].lower() == "-year-old" or text[:start].lower().endswith("aged ")
    return (_AGE,) if is_age else ()


def _ordinal(text: str, start: int, end: int, value: float) -> list[_Number]:
    before = _WORD.findall(text[max(0, start - 12) : start].lower())[-1:]
    behind = re.match(r" ([^\W\d_]+)", text[end:])
    if not before or before[0] not in _BEFORE_ORDINALS or not behind:
        return []
    noun = behind[1].lower()
    return [] if noun == "of" else [_Number(start, end, value, "", (f"{_ORDINAL}{_stem(noun)}",))]


def _joined(text: str, numbers: list[_Number], words: Words) -> list[_Number]:
    """The numbers, with *one family in four* as one of them."""
    rows: list[_Number] = []
    for number in numbers:
        last = rows[-1] if rows else None
        one = re.search(r"\bone\b[^.,;:]*$", text[: number.start], re.IGNORECASE)
        if one and (last is None or last.end <= one.start()):
            last = _Number(one.start(), one.start() + 3, 1.0)
            rows.append(last)
        between = text[last.end : number.start] if last else ""
        share = re.fullmatch(r"\s+(?:([^\W\d_]+)\s+)?(?:in|out of)\s+", between)
        behind = tuple(_nouns(text[number.end :], words))
        if (
            last
            and share
            and last.value < number.value < _FIRST_YEAR
            and not last.nouns
            and not (share[1] and behind)  # seven died in twelve hours
        ):
            nouns = (share[1].lower(),) if share[1] else behind
            rows[-1] = _Number(last.start, number.end, last.value / number.value, "", nouns)
            continue
        if one and rows and rows[-1].value == 1.0 and rows[-1].start == one.start():
            rows.pop()  # a pronoun more often than a number
        rows.append(number)
    return rows


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
    verb = re.match(r" ([^\W\d_]+)(?= )", behind)
    if verb and verb[1].lower() in _BE:  # 31 were children
        behind = behind[verb.end() :]
    if behind.startswith("-"):  # five-hour wait
        behind = f" {behind[1:]}"
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
