"""Card images for sharing (Open Graph, https://ogp.me): one each for articles, issues and actors, 1200 × 630.

Drawn from the theme's `card.svg` with fonts that are shipped, so they are the same on every machine; kept by what
they are drawn from. Shared links need the image's full address, so a site without a base address has none.
A card whose letters no font at hand has is not drawn, and the page goes without; `static/cards/…` or a font in
`fonts/` helps.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from site_builder.content.models import LARGE, EntityId, Issue
from site_builder.exports.icons import ACCENT, INK, PAPER, colour
from site_builder.exports.lettering import DISPLAY, TEXT, Lettering
from site_builder.links.graph import Graph, PositionAt
from site_builder.pages.pictures import ImageView
from site_builder.pages.redirects import redirects
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages
from site_builder.pages.story import as_of
from site_builder.text.cutting import cut, cuts, shortened

WIDTH, HEIGHT = 1200, 630
FOLDER = "cards/"
_FOLDERS = ("articles", "issues", "actors")
_ROOM = 1056
_SIZES = ((76, 2), (64, 3), (54, 4), (46, 6))
"""Sizes of the title, and how many lines of each there is room for."""
_LONGEST_TITLE = 160
"""Characters that surely have room in the last of them."""
_BELOW = ((180, 2), (220, 1))
"""Heights of the title, and how many lines have room below one that is less high."""
_COLOURS = {
    "paper": PAPER, "ink": INK, "muted": "#5b574e", "rule": "#d8d2c4", "accent": ACCENT,
    "support": "#1b5e8c", "condition": "#7a5800", "reject": "#a03a12", "contest": "#6a3d9a",
    "neutral": "#67635a",
}  # fmt: skip
"""The theme's colours on light paper."""


class TallyView(NamedTuple):
    """How many hold a stance, on a card image."""

    symbol: str
    text: str
    """`For 2`."""
    colour: str
    x: int
    """Where it begins, in pixels."""


class CardImageView(NamedTuple):
    """A card image (`card.svg`), 1200 by 630 pixels; its only name beside it is `card`."""

    kicker: str
    """The small line on top: whose it is."""
    title: tuple[str, ...]
    """The title in lines."""
    size: int
    """The size of the title's letters, in pixels."""
    lines: tuple[str, ...]
    """What it is about, in lines."""
    tally: tuple[TallyView, ...]
    as_of: str
    colours: Mapping[str, str]
    """`paper`, `ink`, `muted`, `rule` and `accent` as `#rrggbb`."""


def card_path(pages: Pages, id: EntityId) -> str:
    """Where an entity's card is: `cards/issues/territory.png`."""
    path = pages.graph.addresses.of(id).rstrip("/")
    return f"{FOLDER}{path or f'articles/{id.slug}'}.png"


def image(pages: Pages, route: Route, lettering: Lettering) -> ImageView | None:
    """The card that a page is shared with: its own, else that of the story; None if there is none."""
    kinds = pages.graph.kinds_with_cards
    if not kinds:
        return None
    id = route.id if route.id and route.id.kind in kinds else None
    if id is None:
        articles = pages.graph.ids_of("article")
        if not articles:
            return None
        id = articles[0]
    path = card_path(pages, id)
    if path not in pages.graph.files and missing_letters(pages, id, lettering):
        return None
    card = pages.cards.of(id)
    stop = "" if card.name.endswith((".", "?", "!", "…")) else "."
    alt = f"{card.name}{stop} {card.line}" if card.line else card.name
    return ImageView(path, alt, "", WIDTH, HEIGHT)


def missing_letters(pages: Pages, id: EntityId, lettering: Lettering) -> str:
    """The letters of a card that no font at hand has; "" if it can be drawn."""
    card = pages.cards.of(id)
    date = as_of(pages, id)
    labels = (stance.label for stance in pages.stances.values())
    words = (pages.site.title, card.name, card.line, date.text if date else "", *labels)
    return lettering.missing("".join(words))


def plan(pages: Pages) -> Iterator[Copy]:
    """All cards of the site, in order; none without a base address."""
    kinds = pages.graph.kinds_with_cards
    for kind in kinds:
        for id in pages.graph.ids_of(kind):
            yield Copy("cards", card_path(pages, id), id)
    for row in redirects(pages.graph) if kinds else ():
        if row.id.kind in kinds and _has_card(row.old):
            yield Copy("cards", f"{FOLDER}{row.old.rstrip('/')}.png", row.id)


def left_out(graph: Graph) -> str:
    """What a site is too large for, in a line: "" if it has all the cards it can have."""
    if graph.kinds_with_cards != ("article",):
        return ""
    return (
        f"note: a site of {LARGE} entities or more has no card images of issues and actors, unless exports in "
        f"{graph.content.site_file} lists cards"
    )


def _has_card(path: str) -> bool:
    """Whether a page of an entity with a card may have stood at a path."""
    folder, _, name = path.rstrip("/").partition("/")
    return path.endswith("/") and folder in _FOLDERS and bool(name) and "/" not in name


def card_view(pages: Pages, id: EntityId, lettering: Lettering) -> CardImageView:
    """What stands on an entity's card, in lines that fit; what can't be cut to fit is left out."""
    site = pages.graph.content.site
    card = pages.cards.of(id)
    record = pages.graph.linked[id].entry.record
    question = record.question if isinstance(record, Issue) else None
    size, title = _title(question or card.name, card.name, site.language, lettering)
    kickers = (site.title,) if question is None else (f"{site.title} · {card.name}", site.title)
    date = as_of(pages, id)
    return CardImageView(
        kicker=_line(kickers, 28, lettering),
        title=title,
        size=size,
        lines=() if question else _below(card.line, size * len(title), site.language, lettering),
        tally=_tally(pages, id, lettering),
        as_of=_line((f"As of {date.text}",), 26, lettering) if date else "",
        colours={token: colour(site.theme, token, default) for token, default in _COLOURS.items()},
    )


def _title(
    title: str, name: str, language: str, lettering: Lettering
) -> tuple[int, tuple[str, ...]]:
    """The title in the largest size in which all of it has room; else the name; else what can be cut off either."""
    shorter = (text for whole in (title, name) for text in cuts(whole, language))
    for text in (title, name, *shorter):
        for size, most in _SIZES:
            lines = lettering.lines(text, size, DISPLAY, _ROOM)
            if len(lines) <= most:
                return size, lines
    size, most = _SIZES[-1]
    return size, lettering.lines(shortened(name, _LONGEST_TITLE, language), size, DISPLAY, _ROOM)


def _line(texts: Sequence[str], size: int, lettering: Lettering) -> str:
    """The first of these that has room in a line; "" if none has."""
    return next((text for text in texts if lettering.width(text, size, TEXT) <= _ROOM), "")


def _below(text: str, height: int, language: str, lettering: Lettering) -> tuple[str, ...]:
    """The lines below a title of this height."""
    most = next((most for highest, most in _BELOW if height < highest), 0)

    def fits(shorter: str) -> bool:
        return len(lettering.lines(shorter, 30, TEXT, _ROOM)) <= most

    left = cut(text, fits, language)
    return lettering.lines(left, 30, TEXT, _ROOM) if left else ()


def _tally(pages: Pages, id: EntityId, lettering: Lettering) -> tuple[TallyView, ...]:
    """How many positions there are of each stance, on an issue or of an actor; nothing if one has no room."""
    counts = dict.fromkeys(pages.stances, 0)
    for at in _positions(pages, id):
        record = pages.graph.linked[at.issue].entry.record
        assert isinstance(record, Issue)
        counts[record.positions[at.number].stance] += 1
    theme = pages.graph.content.site.theme
    views: list[TallyView] = []
    x = 72.0
    for slug, count in counts.items():
        stance = pages.stances[slug]
        text = f"{stance.label} {count}"
        width = 38 + lettering.width(text, 28, TEXT)
        if not count:
            continue
        if x + width > WIDTH - 72:
            return ()  # some counts without the others would say something else
        tone = colour(theme, stance.tone, _COLOURS[stance.tone])
        views.append(TallyView(stance.symbol, text, tone, round(x)))
        x += width + 44
    return tuple(views)


def _positions(pages: Pages, id: EntityId) -> Sequence[PositionAt]:
    if id.kind == "actor":
        return pages.graph.positions_of.get(id, ())
    return tuple(PositionAt(id, n) for n in pages.graph.linked[id].numbers_at("positions"))
