"""Parts of an HTML page, as they stand in its source: `select(page, "#notes .note-words")`.

A selector is what CSS has of tags, `.class`, `#id`, `[name]` and `[name=value]`, with a space for "somewhere within".
At its end `::text` takes the words of each part, `::attr(name)` one of its attributes.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate

NOTHING = "(nothing)"
"""What is shown for a selector that selects nothing."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_STEP = re.compile(r"([\w-]+)|\.([\w-]+)|#([^.#\[\s]+)|\[([\w-]+)(?:=([^\]]*))?\]")
_WHAT = re.compile(r"(?P<path>.*?)(?:::(?P<text>text)|::attr\((?P<attribute>[\w-]+)\))?")
_TAG = re.compile(r"<[^>]*>")


@dataclass
class Element:
    """An element of a page: where it stands in the source, and within what."""

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    """Where its content begins."""
    above: list[Element]
    end: int = 0
    classes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.classes = frozenset(self.attributes.get("class", "").split())

    def matches(self, step: str) -> bool:
        """Whether it is what one step of a selector says."""
        for tag, class_, id, name, value in _STEP.findall(step):
            if (
                (tag and tag != self.tag)
                or (class_ and class_ not in self.classes)
                or (id and id != self.attributes.get("id"))
                or (name and name not in self.attributes)
                or (value and value != self.attributes[name])
            ):
                return False
        return True


class _Outline(HTMLParser):
    """The elements of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, text = self._at(), self.get_starttag_text() or ""
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, start, start + len(text), [*self._open])
        self.elements.append(element)
        if tag in _VOID or text.endswith("/>"):
            element.end = element.inner
        else:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> ends nothing"
        element = self._open.pop()
        assert element.tag == tag, f"<{element.tag}> ends with </{tag}>"
        element.end = self._at() + len(f"</{tag}>")


def select(page: str, selector: str) -> str:
    """The parts of a page that a selector means, one below the other."""
    match = _WHAT.fullmatch(selector)
    assert match is not None
    steps = match["path"].split()
    odd = [step for step in steps if _STEP.sub("", step)]
    assert not odd, f"'{odd[0]}' is not understood in '{selector}'"
    found = []
    for element in _Outline(page).elements:
        if not _is_meant(element, steps):
            continue
        source = page[element.start : element.end]
        if match["text"]:
            found.append(words_of(source))
        elif match["attribute"]:
            if match["attribute"] in element.attributes:
                found.append(element.attributes[match["attribute"]])
        else:
            found.append(_tidy(source))
    return "".join(f"{text}\n" for text in found) or f"{NOTHING}\n"


def _is_meant(element: Element, steps: list[str]) -> bool:
    """Whether the last step is the element, and those before it are around it, in this order."""
    if not element.matches(steps[-1]):
        return False
    rest = steps[:-1]
    for outer in reversed(element.above):
        if rest and outer.matches(rest[-1]):
            rest.pop()
    return not rest


def words_of(source: str) -> str:
    """The words of a piece of HTML, with its white space folded."""
    return " ".join(html.unescape(_TAG.sub("", source)).split())


def _tidy(source: str) -> str:
    """Source without common indentation, empty lines and space at the ends of lines."""
    first, line_end, rest = source.partition("\n")
    lines = (line.rstrip() for line in (first + line_end + textwrap.dedent(rest)).split("\n"))
    return "\n".join(line for line in lines if line)
