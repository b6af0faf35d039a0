r"""The grammar of citations, used for prose and for fields.

    group     = item { ";" item }
    item      = ["@"] slug [quotation] [[","] place]
    quotation = any pair of `text.quotes`; in straight marks \" and \\ are escapes
    place     = as `text.places` reads it: label number … | h:mm:ss | mm:ss, ranges with - or –

Both accept the same citations. In prose a group is enclosed in `[` and `]`, and each item begins with
"@"; in fields the "@" can be left out.
"""

from __future__ import annotations

import re

from site_builder.text import lazily
from site_builder.text.places import is_place
from site_builder.text.quotes import MARKS, PAIRS, quotation_end
from site_builder.values import NamedTuple


class Item(NamedTuple):
    """One cited source, with the quotation and the place in it. Offsets count in the text that was read."""

    source: str
    words: str
    place: str
    start: int
    end: int
    place_start: int = 0


class Unreadable(NamedTuple):
    """Why a group can't be read, from `start` to `end`, and what to write instead."""

    message: str
    start: int
    end: int
    prefix: str = ""
    """The words before the "@", if they are what is wrong."""
    form: str = ""
    """What the author probably meant, without brackets; "" if unclear."""


class Group(NamedTuple):
    """The citations that were read, or a problem; `end` is the offset after them and the closing bracket."""

    items: tuple[Item, ...]
    end: int
    problem: Unreadable | None = None


PLACES = "p. 3, § 5, Art. 53(2), para. 12, 00:12:30"
"""Examples of places, for messages."""

_BARE_NUMBER = lazily.pattern(
    r"\d+[a-z]?(?:[./]\d+[a-z]?)*(?:\s*[-\u2010-\u2014]\s*\d+[a-z]?(?:[./]\d+[a-z]?)*)?",
    re.IGNORECASE,
)

_SPACE = lazily.pattern(r"\s*")
_SLUG = lazily.pattern(rf"@?(?P<slug>[^\s;,\[\]@{MARKS}]*[^\s;,:\[\]@{MARKS}])")
_BEFORE = lazily.pattern(rf"(?P<prefix>[^@;\[\]{MARKS}]{{0,60}}?[\s-])(?=@)")
_MINUS = lazily.pattern(r"-\w")
_SIGNAL = lazily.pattern(r"see|also|cf\.?|compare|siehe|vgl\.|voir", re.IGNORECASE)
"""Words that people write before a source, but that belong in the sentence."""
_ESCAPE = lazily.pattern(r"\\([^\w\s])")
_AROUND_A_PLACE = lazily.pattern(r"^(?:[(:\[\s]|at\b|on\b|in\b)+|[)\].\s]+$", re.IGNORECASE)
"""What people write around a place."""
_LONGEST_REST = 1_000
"""The most characters between a slug or quotation and the end of its item."""
_LONGEST_QUOTATION = 20_000
"""The most characters of a quotation."""


def read(text: str, start: int = 0, *, closing: str = "") -> Group:
    """Reads the citations from `start` to the end of the text or to the character `closing`."""
    items: list[Item] = []
    position = start
    while True:
        read_one = _item(text, position, closing)
        if isinstance(read_one, Unreadable):
            return Group((), _after(text, read_one.end, closing), read_one)
        item, position = read_one
        items.append(item)
        if text[position : position + 1] != ";":
            break
        position += 1
        if not text[position : _stop(text, position, closing)].strip():
            problem = Unreadable("nothing follows the ';'", position - 1, position)
            return Group((), _after(text, position, closing), problem)
    if not closing and text[position:].strip():
        problem = Unreadable("this is too long for a citation", position, len(text))
        return Group((), len(text), problem)
    if closing and text[position : position + 1] != closing:
        problem = Unreadable(f"the '{closing}' after this citation is missing", start, position)
        return Group((), position, problem)
    return Group(tuple(items), position + len(closing))


def _item(text: str, start: int, closing: str) -> tuple[Item, int] | Unreadable:
    """An item and the offset after it, where a ";", the closing bracket or the end of the text is."""
    start = _end_of_space(text, start)
    before = _BEFORE.match(text, start)
    if before and before["prefix"].strip():
        return _prefixed(text, start, before, closing)
    if _MINUS.match(text, start):
        return Unreadable("a citation can't have a '-' here", start, start + 1, "-")
    name = _SLUG.match(text, start)
    if name is None:
        stop = _stop(text, start, closing)
        return Unreadable("the slug of a source is missing here", start, max(stop, start + 1))
    position = _end_of_space(text, name.end())
    words, quoted = "", False
    opens, end = position, name.end()
    if text[position : position + 1] in PAIRS:
        length = quotation_end(text[position : position + _LONGEST_QUOTATION], 0)
        if length < 0:
            return _never_closed(text, start, position, closing)
        quoted = True
        words = _words(text[position : position + length])
        if not words:
            message = "there is nothing between the quotation marks"
            return Unreadable(message, position, position + length)
        position = end = position + length
    stop = _stop(text, position, closing)
    rest = text[position:stop].strip()
    place = rest.removeprefix(",").strip()
    if not rest:
        return Item(name["slug"], words, "", start, end), stop
    if is_place(place):
        end = position + len(text[position:stop].rstrip())
        place_start = end - len(place)
        return Item(name["slug"], words, " ".join(place.split()), start, end, place_start), stop
    if quoted and closing and closing in text[opens:position]:
        # A quotation that seems to end after the bracket was not closed before it.
        return _never_closed(text, start, opens, closing)
    return _left_over(text, start, (position, stop), quoted=quoted)


def _prefixed(text: str, start: int, before: re.Match[str], closing: str) -> Unreadable:
    prefix = " ".join(before["prefix"].rstrip(" \t\n-").split())
    is_first = not text[:start].rstrip().endswith(";")
    end = _stop(text, before.end(), closing) if prefix else before.end()
    whole = text[before.end() : _after(text, before.end(), closing)].rstrip(closing or None)
    form = whole.strip() if is_first else ""
    shown = f": [{form}]" if form else ""
    if not prefix:
        message = f"a citation can't have a '-' here{shown}"
        return Unreadable(message, before.end() - 1, end, "-", form)
    return Unreadable(f"move '{prefix}' into the sentence{shown}", start, end, prefix, form)


def _left_over(text: str, start: int, bounds: tuple[int, int], *, quoted: bool) -> Unreadable:
    """Explains the text after a slug or quotation that is not a place."""
    rest = text[slice(*bounds)].strip()
    place = rest.removeprefix(",").strip()
    first = bounds[0] + len(text[slice(*bounds)]) - len(text[slice(*bounds)].lstrip())
    shown = _shortened(place or rest)
    cited = text[start : bounds[0]].rstrip()
    if _BARE_NUMBER.fullmatch(place):
        message, form = f"say what {place} is: p. {place}, § {place}, para. {place}", ""
    elif "@" in place:
        form = f"{cited}; {place[place.index('@') :]}"
        message = f"separate two citations with ';': [{_shortened(form)}]"
    elif rest.startswith(",") and place and place[0] not in MARKS:
        message, form = f"'{shown}' is not a place in a source, such as {PLACES}", ""
    elif _SIGNAL.fullmatch(cited) and place and place[0] not in MARKS:
        message, form = f"move '{cited}' into the sentence", place
    elif is_place(unwrapped := _AROUND_A_PLACE.sub("", place)):
        form = f"{cited}, {unwrapped}"
        message = f"this is not part of the citation: '{shown}'"
    else:
        meant = "" if quoted else place.strip(f" :'`{MARKS}")
        form = f'{cited} "{meant}"' if meant else ""
        if quoted and place[:1] in PAIRS:
            form = f"{cited}; {cited.split()[0]} {place}"
        message = f"this is not part of the citation: '{shown}'"
    return Unreadable(message, first, max(first + 1, first + len(rest)), form=form)


def _never_closed(text: str, start: int, opens: int, closing: str) -> Unreadable:
    end = text.find(closing, opens) if closing else len(text)
    end = end if end >= 0 else len(text.split("\n\n", 1)[0])
    form = f'{text[start:opens].strip()} "exact words"'
    return Unreadable("the quotation is not closed", opens, max(end, opens + 1), form=form)


def _words(quotation: str) -> str:
    """The words between quotation marks, with white space collapsed."""
    inner = quotation[1:-1]
    if quotation[0] == '"':
        inner = _ESCAPE.sub(r"\1", inner)
    return " ".join(inner.split())


def _stop(text: str, start: int, closing: str) -> int:
    """The last offset at which an item can end, if no quotation is open at `start`."""
    last = min(len(text), start + _LONGEST_REST)
    ends = [text.find(mark, start, last) for mark in (";", closing) if mark]
    return min((end for end in ends if end >= 0), default=last)


def _after(text: str, start: int, closing: str) -> int:
    """The offset after the bracket that closes a group, or the end of the text."""
    end = text.find(closing, start) if closing else -1
    return end + 1 if end >= 0 else len(text)


def _end_of_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def written(source: str, words: str, place: str = "") -> str:
    """A citation as it is written, without brackets and "@". In marks that the words don't have, if possible."""
    marks = '""' if '"' not in words else "“”"
    if marks == "“”" and ("“" in words or "”" in words):
        marks = '""'
    inner = re.sub(r'(["\\])', r"\\\1", words) if marks == '""' else words
    quotation = f" {marks[0]}{inner}{marks[1]}" if words else ""
    return f"{source}{quotation}{f', {place}' if place else ''}"


_LONGEST_SHOWN = 60


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
