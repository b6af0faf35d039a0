"""`cite` fields: citations in their short form, read by the one grammar there is (`text.citing`)."""

# Without `from __future__ import annotations`: see `content/records.py`.
from collections.abc import Mapping, Sequence
from typing import Annotated

from site_builder.content.fields import Ref
from site_builder.content.records import Before, Holds, Model, WrongValue, field
from site_builder.text import citing
from site_builder.text.places import is_place
from site_builder.values import NamedTuple


def _place(value: object) -> object:
    """A place in a source as `text.places` reads it. Raises `WrongValue` for what is none."""
    if not isinstance(value, str) or not value.strip():
        return value
    place = " ".join(value.split())
    if not is_place(place):
        if place.replace("-", "").isdigit():
            raise WrongValue(
                "bad_cite", f"say what {place} is: p. {place}, § {place}, para. {place}"
            )
        message = f"'{_shortened(place)}' is not a place in a source, such as {citing.PLACES}"
        raise WrongValue("bad_cite", message)
    return place


CitedPlace = Annotated[str, Before(_place)]


class Cite(Model):
    """What a statement rests on: a source, and the words in it."""

    source: Ref = field("The source's slug or title.", to="source")
    words: str = field("The exact words; without them, the whole source.", default="")
    at: CitedPlace = field("Where in the source: p. 3, § 5, Art. 53(2), 00:12:30.", default="")


class _Unread(NamedTuple):
    """A text in a list of citations that is none."""

    text: str
    number: int | str
    """Its number in the list, or "" if the field holds this text alone."""
    problem: citing.Unreadable


def _cites(value: object) -> object:
    if isinstance(value, (str, Mapping)):
        return _read(value, "")
    if not isinstance(value, (list, tuple)):
        return value
    return [row for number, item in enumerate(value) for row in _read(item, number)]


def _read(written: object, number: int | str) -> list[object]:
    """The citations in a text. What is no text is one citation, and so is what can't be read."""
    if not isinstance(written, str):
        return [written]
    items, problem = _items(written)
    if problem:
        return [_Unread(written, number, problem)]
    return [{"source": item.source, "words": item.words, "at": item.place} for item in items]


def _items(written: str) -> tuple[Sequence[citing.Item], citing.Unreadable | None]:
    """The citations of a text, or why it has none."""
    group = citing.read(written)
    return group.items, group.problem


def _readable(value: object) -> object:
    """A citation as it is. Raises `WrongValue` for a text that is none."""
    if not isinstance(value, _Unread):
        return value
    written, problem = value.text, value.problem
    form = problem.form or ("" if written.strip() else 'source-slug "exact words"')
    meant = f" (write: {_shortened(form)})" if form and f"[{form}]" not in problem.message else ""
    message = f"'{_shortened(written)}' is not a citation: {problem.message}{meant}"
    raise WrongValue("bad_cite", message, value.number, counts_parts=True)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:80]}…"


Cites = Annotated[tuple[Annotated[Cite, Before(_readable)], ...], Before(_cites), Holds.CITES]


def where_cited(
    data: object, index: int, part: str = "words"
) -> tuple[int | None, tuple[int, int] | None]:
    """Where the citation of this number stands in the data of a `cite` field; with the part `at`, its place.

    Its item in the list, None if the field is no list; and its start and length in a text that has
    several, else None. That of a place is told in any text.
    """
    is_list = isinstance(data, (list, tuple))
    for number, item in enumerate(data if isinstance(data, (list, tuple)) else [data]):
        found = _counted(item)
        if index < len(found):
            one = found[index]
            stretch = (one.start, one.end - one.start) if one and len(found) > 1 else None
            if one and part == "at":
                stretch = one.place_start, one.end - one.place_start
            return (number if is_list else None), stretch
        index -= len(found)
    return None, None


def _counted(item: object) -> Sequence[citing.Item | None]:
    """The citations that an item of a `cite` field holds; one, if it can't be read."""
    items, problem = _items(item) if isinstance(item, str) else ((), None)
    return (None,) if problem or not isinstance(item, str) else items
