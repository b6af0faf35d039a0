"""`cite` fields: citations in their short form, read by the one grammar there is (`text.citing`)."""

# Without `from __future__ import annotations`: see `content/records.py`.
from collections.abc import Mapping
from typing import Annotated

from site_builder.content.records import Before, Holds, Model, Text, WrongValue, field
from site_builder.text import citing

Ref = Annotated[str, Text(), Holds.REF]
"""The slug, name or alias of an entity."""


class Cite(Model):
    """What a statement rests on: a source, and the words in it."""

    source: Ref = field("The source's slug or title.", to="source")
    words: str = field("The exact words; without them, the whole source.", default="")


def _cites(value: object) -> object:
    if isinstance(value, (str, Mapping)):
        return _read(value, "")
    if not isinstance(value, (list, tuple)):
        return value
    return [row for number, item in enumerate(value) for row in _read(item, number)]


def _read(written: object, at: int | str) -> list[object]:
    """The citations in a text; `at` is its number in a list. What is no text is one citation."""
    if not isinstance(written, str):
        return [written]
    group = citing.read(written)
    problem = group.problem or next(
        (found for item in group.items if (found := citing.place_problem(written, item))), None
    )
    if problem is None:
        return [{"source": item.source, "words": item.words} for item in group.items]
    form = problem.form or ("" if written.strip() else 'source-slug "exact words"')
    meant = f" (write: {_shortened(form)})" if form and f"[{form}]" not in problem.message else ""
    message = f"'{_shortened(written)}' is not a citation: {problem.message}{meant}"
    raise WrongValue("bad_cite", message, at)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:80]}…"


Cites = Annotated[tuple[Cite, ...], Before(_cites), Holds.CITES]


def where_cited(data: object, index: int) -> tuple[int | None, tuple[int, int] | None]:
    """Where the citation of this number stands in the data of a `cite` field.

    Its item in the list, None if the field is no list; and its start and length in a text that has
    several, else None.
    """
    is_list = isinstance(data, (list, tuple))
    for number, item in enumerate(data if isinstance(data, (list, tuple)) else [data]):
        found = citing.read(item).items if isinstance(item, str) else (None,)
        if index < len(found):
            one = found[index]
            stretch = (one.start, one.end - one.start) if one and len(found) > 1 else None
            return (number if is_list else None), stretch
        index -= len(found)
    return None, None
