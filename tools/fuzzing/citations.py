"""Citations: what is read is what stands there, all of it, where it is said to stand; and what can be cited is read."""

from __future__ import annotations

import re

from site_builder.text import citing
from site_builder.text.citing import Group, Item
from site_builder.text.places import parts_of
from site_builder.text.quotes import MARKS, PAIRS
from tools.fuzzing.checking import LONGEST, hold, limited

TOKENS = (
    "@", "@minutes", "minutes", "@a-b_c.d", "@x:1", "; @b", ";", ", ", " ", "\n", "[", "]", "[@", "(", ")", "p. 3", ", p. 3", "pp. 3-5", "§ 5 (2)",
    "Art. 53(2)(a)", "§§ 5–7", "para. 12", "S. 4", "00:12:30", "12:30-12:50", "p. 3 and 5", "p. iv", "no. 7/2", "12", "see ", "siehe ", "-@x", "cf. @x",
    '"exact words"', '"he said \\"no\\""', '"a\\\\b"', '"', "“he said “no” twice”", "„so nicht“", "« jamais »", "»ja«", "‘it’s over’", "「鍋」", "“", "”", "„", "«",
    "»", "‘", "’", "\\", '\\"', "é", "鍋", "\u00a0",
)  # fmt: skip

_PLACES = (
    "", "p. 3", "pp. 3-5", "§ 5 (2)", "Art. 53(2)(a)", "§§ 5–7", "para. 12", "S. 4", "00:12:30", "12:30-12:50", "p. 3 and 5", "no. 7/2", "p. iv",
)  # fmt: skip
_NO_SLUG = re.compile(rf"[\s;,:\[\]@{MARKS}]+")
_OWN = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "「": "」"}
"""Pairs of marks to print words in."""


def check(data: bytes) -> None:
    """Reads a text as a field, in brackets and at an offset; then makes citations of its words, and reads them."""
    text = data[:LONGEST].decode("utf-8", "replace")
    with limited("citations"):
        group = citing.read(text)
        bracketed = citing.read(f"({text}] tail", 1, closing="]")
    _check_group(text, group, 0, "")
    _check_group(f"({text}] tail", bracketed, 1, "]")
    shift = 3
    _same_elsewhere(group, citing.read("; [" + text, shift), shift)
    _check_made(text)


def _check_group(text: str, group: Group, start: int, closing: str) -> None:
    """Checks what was read of a text from `start` on."""
    hold(start <= group.end <= len(text), "a group ends outside its text", text, group)
    if group.problem is not None:
        hold(not group.items, "a problem and items", text, group)
        found = group.problem
        within = 0 <= found.start < found.end <= max(
            len(text), found.start + 1
        ) and found.start <= len(text)
        hold(within and found.start >= start, "a problem lies outside its text", text, found)
        hold(found.message.strip(), "a problem without words", text, found)
        return
    hold(group.items, "neither items nor a problem", text, group)
    behind = start
    for number, item in enumerate(group.items):
        between = text[behind : item.start]
        hold(
            item.start >= behind and between.strip() == (";" if number else ""),
            "what stands between citations",
            text,
            item,
            between,
        )
        _check_item(text, item)
        behind = item.end
    rest = text[behind : group.end]
    hold(rest.strip() == closing, "what stands behind citations", text, group, rest)
    hold(closing or group.end == len(text), "text behind citations is not read", text, group)


def _check_item(text: str, item: Item) -> None:
    """Checks one citation against the stretch of text that it names."""
    hold(item.start < item.end <= len(text), "a citation lies outside its text", text, item)
    cited = text[item.start : item.end]
    hold(cited == cited.strip(), "space belongs to no citation", cited, item)
    hold(
        cited.removeprefix("@").startswith(item.source) and item.source,
        "a citation does not begin with its source",
        cited,
        item,
    )
    rest = cited.removeprefix("@")[len(item.source) :].strip()
    if item.place:
        hold(
            item.start < item.place_start < item.end,
            "a place lies outside its citation",
            cited,
            item,
        )
        hold(
            _folded(text[item.place_start : item.end]) == item.place,
            "a place is not what was written",
            cited,
            item,
        )
        rest = (
            text[item.start : item.place_start]
            .removeprefix("@")[len(item.source) :]
            .strip()
            .removesuffix(",")
            .strip()
        )
    else:
        hold(item.place_start == 0, "an offset of no place", cited, item)
    if rest:
        pair = PAIRS.get(rest[0])
        hold(
            pair and rest[-1] in pair.closes and len(rest) > 1,
            "words that stand in no marks",
            cited,
            item,
        )
        inner = re.sub(r"\\([^\w\s])", r"\1", rest[1:-1]) if rest[0] == '"' else rest[1:-1]
        hold(
            item.words == _folded(inner) and item.words,
            "words are not what was written",
            cited,
            item,
        )
    else:
        hold(not item.words, "words from nowhere", cited, item)
    hold(
        citing.read(cited).items == (_moved(item, -item.start),),
        "a citation read by itself is another",
        cited,
        item,
    )
    _check_place(item)


def _check_place(item: Item) -> None:
    parts = parts_of(item.place) if item.place else ()
    hold(bool(parts) == bool(item.place), "a place has parts", item, parts)
    for part in parts:
        hold(part.kind and part.first, "a part of a place has a kind and a number", item, part)
        hold(
            part.first in item.place and part.last in item.place,
            "a number that is not there",
            item,
            part,
        )


def _folded(text: str) -> str:
    return " ".join(text.split())


def _moved(item: Item, by: int) -> Item:
    place = item.place_start + by if item.place else 0
    return item._replace(start=item.start + by, end=item.end + by, place_start=place)


def _same_elsewhere(group: Group, shifted: Group, by: int) -> None:
    """Checks that a text further on is read alike."""
    if group.problem is None:
        wanted = tuple(_moved(item, by) for item in group.items)
        hold(
            (shifted.items, shifted.end) == (wanted, group.end + by),
            "a text at an offset is read otherwise",
            group,
            shifted,
        )
    else:
        hold(shifted.problem is not None, "a text at an offset can be read", group, shifted)


def _check_made(text: str) -> None:
    """Makes citations of the words of a text, prints them, and reads them again."""
    wanted = []
    printed = []
    for line in text.split("\n")[:4]:
        name, _, said = line.partition(" ")
        source = _NO_SLUG.sub("", name) or "x"
        source = source.lstrip("-") or "x"
        words = _folded(re.sub(rf"[{MARKS}]", "", said)[:3_000])
        place = _PLACES[len(line) % len(_PLACES)]
        opens = [*_OWN][len(words) % len(_OWN)]
        inner = re.sub(r"([\\])", r"\\\1", words) if opens == '"' else words
        quotation = f" {opens}{inner}{_OWN[opens]}" if words else ""
        comma = "," if len(line) % 2 else ""
        printed.append(f"@{source}{quotation}{f'{comma} {place}' if place else ''}")
        wanted.append((source, words, place))
    whole = "; ".join(printed)
    for made, start, closing in ((whole, 0, ""), (f"[{whole}]", 1, "]")):
        group = citing.read(made, start, closing=closing)
        found = [(item.source, item.words, item.place) for item in group.items]
        hold(found == wanted, "a citation that was printed is not read", made, group)
        _check_group(made, group, start, closing)
