"""Citations looked up in the texts of sources: the words, and the place they are said to stand in."""

from __future__ import annotations

from collections.abc import Callable

from site_builder.content.models import EntityId
from site_builder.diagnostics import Location
from site_builder.links.addresses import passage_anchor
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.graph import Mark
from site_builder.links.matching import Refused
from site_builder.links.spots import spot_at, spot_of
from site_builder.sources.places import place_at, span_of
from site_builder.text.places import FOOTNOTE, MOMENT, PAGE, Part, parts_of, place_anchor, shown
from site_builder.values import NamedTuple


class Asked(NamedTuple):
    """A citation to look up, and how to find where it stands, and where its place does."""

    source: str
    words: str
    place: str
    location: Callable[[], Location]
    at_place: Callable[[], Location]


class Problem(NamedTuple):
    """Why something can't be cited, and what may help."""

    code: str
    message: str
    hint: str


def mark_of(
    asked: Asked, source: EntityId, text: SourceText | None, language: str
) -> Mark | Problem:
    """A citation of a source, which may have no text; `language` is the site's."""
    words, written = asked.words, asked.place
    if text is None:
        return Mark(source, "", "", written) if not words else without_text(source)
    if not words:
        return _place_alone(source, text, written, language) if written else Mark(source, "", "")
    found = text.look_for(words, written)
    if isinstance(found, Refused):
        return Problem("quote-not-found", *refusal(words, source.slug, text, found))
    wrong = place_problem(source.slug, text, written, found, language) if written else None
    if wrong:
        return Problem("wrong-place", *wrong)
    standing = place_at(text.form, found.start)
    elsewhere = place_anchor(*standing) if standing and found != text.find(words) else ""
    anchor = passage_anchor(words, elsewhere)
    return Mark(source, words, anchor, written, standing, spot_of(text, found))


def without_text(source: EntityId) -> Problem:
    """Why no words can be quoted from a source."""
    message = (
        f"words are quoted from source '{source.slug}', which has no text to compare them with"
    )
    hint = "put its text into seeds/ and name it with 'file:', or cite without words"
    return Problem("no-source-text", message, hint)


def _place_alone(source: EntityId, text: SourceText, written: str, language: str) -> Mark | Problem:
    place = text.place(written)
    if place.unknown:
        return Problem("wrong-place", *unknown_place(source.slug, text, place.unknown, language))
    first = place.first
    if first is None:
        return Mark(source, "", "", written)
    spot = spot_at(text, first.start)
    return Mark(source, "", place_anchor(first.kind, first.label), written, None, spot)


def refusal(words: str, slug: str, text: SourceText, refused: Refused) -> tuple[str, str]:
    """What is wrong with quoted words, and what may help."""
    shown = shortened(words)
    message = f"these words are not in source '{slug}': {shown}"
    if refused.reason:
        return f"these words are not quoted correctly from source '{slug}': {shown}", refused.reason
    if refused.cut:
        hint = f"it has {shortened(refused.cut)}: a quotation can't cut a word or a number"
        return message, hint
    near = text.nearest(words)
    if near is None:
        nothing = "there is nothing similar in it" if text.text.strip() else "its text is empty"
        return message, nothing
    hint = f"nearest: {shortened(near.text)}"
    if near.difference:
        hint += f"\n{near.difference}"
    if near.at >= 0:
        line, column = text.line_of(near.at)
        hint += f" (line {line}, column {column} of its file)"
    return message, hint


def unknown_place(slug: str, text: SourceText, part: Part, language: str) -> tuple[str, str]:
    """What is wrong with a place that a text should have marked and has not, and what there is."""
    number = f"{part.first}–{part.last}" if part.last.strip("f") else part.first
    message = f"source '{slug}' has no {shown(part.kind, number, language)}"
    span = span_of(text.form, part.kind)
    first, last = (shown(part.kind, label, language) for label in span)
    return message, f"it has {first}" if first == last else f"it has {first} to {last}"


def place_problem(
    slug: str, text: SourceText, written: str, passage: Passage, language: str
) -> tuple[str, str] | None:
    """What is wrong with the place that is cited for a passage, and what may help; None if nothing is."""
    place = text.place(written)
    if not place.unknown and place.holds(passage.stretches):
        return None
    kinds = [
        kind for kind in dict.fromkeys(p.kind for p in parts_of(written)) if text.form.has(kind)
    ]
    found = ", ".join(filter(None, (_standing(text, passage, kind, language) for kind in kinds)))
    on = _PREPOSITIONS.get(kinds[0], "in")
    if place.unknown:
        message, hint = unknown_place(slug, text, place.unknown, language)
        return message, f"these words are {on} {found}" if found else hint
    if not found:
        why = "come before the first mark of that kind"
        if kinds[0] == FOOTNOTE:
            why = "are not in a footnote"
        return f"these words are not {on} {written}: they {why}", ""
    return f"these words are {on} {found}, not {on} {written}", f"write: {found}"


_PREPOSITIONS = {PAGE: "on", MOMENT: "at"}


def _standing(text: SourceText, passage: Passage, kind: str, language: str) -> str:
    """Where a passage begins and ends, as a place of one kind; "" if it begins before all such places."""
    first = place_at(text.form, passage.start, kind)
    last = place_at(text.form, passage.end - 1, kind)
    if first is None or last is None:
        return ""
    label = first.label if first == last else f"{first.label}–{last.label}"
    return shown(kind, label, language)


def shortened(words: str) -> str:
    """Words in quotation marks for a message, at most a line or two."""
    words = " ".join(words.split())
    return f"“{words}”" if len(words) <= 160 else f"“{words[:150].rsplit(' ', 1)[0]} …”"
