"""`positions.csv`: the positions matrix as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from site_builder.content.models import EarlierPosition, EntityId, Issue, Position
from site_builder.exports.texts import address, words
from site_builder.links.addresses import position_anchor
from site_builder.links.graph import Linked, Mark
from site_builder.pages.site import Pages
from site_builder.reading.yaml_path import YamlPath
from site_builder.text import lazily

COLUMNS = (
    "issue", "issue_title", "question", "actor", "actor_name", "actor_kind", "held", "stance",
    "stance_label", "summary", "as_of", "as_of_text", "quotes", "places", "sources", "address",
)  # fmt: skip


_FORMULA = lazily.pattern(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER_OR_DATE = lazily.pattern(r"[+-]?[0-9]+([.,][0-9]+)?%?|-?[0-9X]{4,}(-[0-9X]{2}){0,2}[~?%]?")


def no_formula(cell: str) -> str:
    """A CSV cell that no spreadsheet reads as a formula: with an apostrophe in front, as OWASP recommends.

    Numbers, and dates with years before 1, are not changed.
    """
    if _FORMULA.match(cell) and not _NUMBER_OR_DATE.fullmatch(cell):
        return f"'{cell}"
    return cell


def positions_csv(pages: Pages) -> bytes:
    """All positions, one in each row, earlier ones after the latest (RFC 4180, UTF-8).

    `held` is `latest` or `before`; several quotations or sources are in one cell, one on each line, and so are
    the places of the quotations, "–" if one is unknown. A source that is cited at a place without words has the
    place behind its name. No cell is a formula.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for id in pages.issues:
        linked = pages.graph.linked[id]
        positions = linked.entry.record_of(Issue).positions
        for n in linked.numbers_at("positions"):
            where: YamlPath = ("positions", n)
            steps = enumerate(positions[n].earlier)
            rows = [_row(pages, linked, where, positions[n], "latest")]
            rows += (
                _row(pages, linked, (*where, "earlier", m), step, "before") for m, step in steps
            )
            table.writerows(map(no_formula, row) for row in rows)
    return out.getvalue().encode()


def _row(
    pages: Pages, linked: Linked, where: YamlPath, held: Position | EarlierPosition, when: str
) -> list[str]:
    issue = linked.entry.record_of(Issue)
    actor = linked.refs[(*where[:2], "actor")]
    marks = linked.cites.get((*where, "cite"), ())
    quoted = [mark for mark in marks if mark.words]
    places = [pages.locale.place(mark) for mark in quoted]
    card = pages.cards.of(actor)
    path = pages.graph.addresses.of(linked.entry.id, position_anchor(actor))
    return [
        linked.entry.slug,
        issue.title,
        issue.question or "",
        actor.slug,
        card.name,
        card.subkind,
        when,
        held.stance,
        pages.stances[held.stance].label,
        words(linked, *where, "summary"),
        held.as_of.edtf if held.as_of else "",
        pages.locale.date(held.as_of).text if held.as_of else "",
        "\n".join(mark.words for mark in quoted),
        "\n".join(place or "–" for place in places) if any(places) else "",
        "\n".join(_sources(pages, marks)),
        address(pages.graph.content.site.base_url)(path),
    ]


def _sources(pages: Pages, marks: Sequence[Mark]) -> Iterator[str]:
    """Each source that is cited, with the places that are cited without words."""
    places: dict[EntityId, dict[str, None]] = {}
    for mark in marks:
        found = places.setdefault(mark.source, {})
        if not mark.words and (place := pages.locale.place(mark)):
            found[place] = None
    for source, cited in places.items():
        name = pages.cards.of(source).name
        yield f"{name}, {'; '.join(cited)}" if cited else name
