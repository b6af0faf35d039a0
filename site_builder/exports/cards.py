"""Card images for sharing (Open Graph, https://ogp.me): one each for articles, issues and actors, 1200 × 630.

They are drawn from the theme's `card.svg` with our own fonts, so they are the same on every machine, and cached by
their drawing. Shared links need the full address of the image, so a site without a base address has no cards. If no
font has all letters of a card, it is not drawn, and its page uses the card of the story. A font in `fonts/` helps, or
an image at `static/cards/…`.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import itertools
from collections.abc import Iterator, Mapping, Sequence

from site_builder.content.kinds import FRONT, KINDS, Card
from site_builder.content.models import LARGE, EntityId
from site_builder.exports import picture_image
from site_builder.exports.card_rows import CardRowView, Row, laid_out, rows_of, rule_above
from site_builder.exports.icons import ACCENT, INK, PAPER, colour
from site_builder.exports.lettering import DISPLAY, TEXT, Lettering
from site_builder.links.graph import Graph
from site_builder.pages.pictures import ImageView
from site_builder.pages.redirects import redirects
from site_builder.pages.routes import Copy, Route
from site_builder.pages.site import Pages
from site_builder.pages.story import as_of
from site_builder.text.cutting import cut, cuts, shortened
from site_builder.values import NamedTuple

WIDTH, HEIGHT = 1200, 630
FOLDER = "cards/"
_FOLDERS = tuple(kind.plural for kind in KINDS.values() if kind.card is not Card.NONE)
_ROOM = 1056
_SIZES = ((76, 2), (64, 3), (54, 4), (46, 6))
"""Sizes of the title in pixels, and how many lines fit at each size."""
_LEADING = 1.16
"""The line height of the title, relative to its size."""
_LONGEST_TITLE = 160
"""The most characters that always fit at the smallest size."""
_BELOW = 42
"""The line height below the title, in pixels."""
_LOWEST = 536
"""The lowest baseline above the date, in pixels."""
_COLOURS = {
    "paper": PAPER, "ink": INK, "muted": "#5b574e", "rule": "#d8d2c4", "accent": ACCENT,
    "yes": "#1b5e8c", "no": "#b8481c", "part": "#7a5800", "other": "#4a4740", "none": "#67635a",
}  # fmt: skip
"""The theme's colours on light paper."""


class CardImageView(NamedTuple):
    """A card image (`card.svg`), 1200 by 630 pixels. The template gets it as `card`, and nothing else."""

    kicker: str
    """The small line at the top: the site or its question."""
    title: tuple[str, ...]
    """The title, as lines."""
    size: int
    """The font size of the title, in pixels."""
    lines: tuple[str, ...]
    """What it is about, as lines."""
    rows: tuple[CardRowView, ...]
    """The stances: all of them, or none if they don't fit."""
    rule: int
    """The vertical position of the line above the rows, in pixels."""
    as_of: str
    colours: Mapping[str, str]
    """`paper`, `ink`, `muted`, `rule` and `accent` as `#rrggbb`."""


def card_path(pages: Pages, id: EntityId) -> str:
    """The path of an entity's card: `cards/issues/territory.png`."""
    path = pages.graph.addresses.of(id).rstrip("/")
    return f"{FOLDER}{path or KINDS[id.kind].page_at(id.slug).rstrip('/')}.png"


def image(pages: Pages, route: Route, lettering: Lettering) -> ImageView | None:
    """The card of a page: its own, else that of the story; None if neither can be drawn."""
    kinds = pages.graph.kinds_with_cards
    if not kinds:
        return None
    drawn = picture_image.card(pages, route, lettering)
    if drawn:
        return drawn
    own = (route.id,) if route.id and route.id.kind in kinds else ()
    for id in (*own, *pages.graph.ids_of(FRONT)[:1]):
        path = card_path(pages, id)
        if path in pages.graph.files or not missing_letters(pages, id, lettering):
            card = pages.cards.of(id)
            stop = "" if card.name.endswith((".", "?", "!", "…")) else "."
            alt = f"{card.name}{stop} {card.line}" if card.line else card.name
            return ImageView(path, alt, "", WIDTH, HEIGHT)
    return None


def missing_letters(pages: Pages, id: EntityId, lettering: Lettering) -> str:
    """The letters of a card that no font has; "" if it can be drawn."""
    card = pages.cards.of(id)
    date = as_of(pages, id)
    rows = rows_of(pages, id)
    labels = (pages.stances[row.stance].label for row in rows)
    names = (name for row in rows for name in row.names)
    words = (pages.site.title, card.name, card.line, date.text if date else "", *labels, *names)
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
    """A note that the site is too large for cards; "" if it has all its cards."""
    left_out = {kind.name for kind in KINDS.values() if kind.card is Card.ON_SMALL_SITES}
    if not graph.kinds_with_cards or left_out.issubset(graph.kinds_with_cards):
        return ""
    return (
        f"note: a site of {LARGE} entities or more has no card images for issues and actors, unless exports in "
        f"{graph.content.site_file} lists cards"
    )


def _has_card(path: str) -> bool:
    """Whether this may be the path of a page with a card."""
    folder, _, name = path.rstrip("/").partition("/")
    return path.endswith("/") and folder in _FOLDERS and bool(name) and "/" not in name


def card_view(pages: Pages, id: EntityId, lettering: Lettering) -> CardImageView:
    """The content of an entity's card, in lines that fit; what can't be cut to fit is left out."""
    site = pages.graph.content.site
    card = pages.cards.of(id)
    asked = KINDS[id.kind].question
    question = getattr(pages.graph.linked[id].entry.record, asked) if asked else None
    colours = {token: colour(site.theme, token, default) for token, default in _COLOURS.items()}
    below = "" if question else card.line
    size, title, lines, rows = _Layout(pages, rows_of(pages, id), colours, below, lettering).of(
        question or card.name, card.name
    )
    kickers = (site.title,) if question is None else (f"{site.title} · {card.name}", site.title)
    date = as_of(pages, id)
    return CardImageView(
        kicker=_line(kickers, 28, lettering),
        title=title,
        size=size,
        lines=lines,
        rows=rows,
        rule=rule_above(rows[0].y) if rows else 0,
        as_of=_line((f"As of {date.text}",), 26, lettering) if date else "",
        colours=colours,
    )


class _Placed(NamedTuple):
    """The title, the text below it, and the rows of stances."""

    size: int
    title: tuple[str, ...]
    lines: tuple[str, ...]
    rows: tuple[CardRowView, ...]


class _Layout:
    """Fits a title, the text below it and the stances into a card."""

    def __init__(
        self,
        pages: Pages,
        stances: Sequence[Row],
        colours: Mapping[str, str],
        below: str,
        lettering: Lettering,
    ) -> None:
        self._pages = pages
        self._stances = stances
        self._colours = colours
        self._below = below
        self._lettering = lettering
        self._language = pages.graph.content.site.language

    def of(self, title: str, name: str) -> _Placed:
        """The whole title, at the largest size that leaves room for the stances, in two columns if necessary.

        If that does not fit: the name with the stances, then title or name alone, then a shortened title.
        """
        whole = tuple(dict.fromkeys((title, name)))
        for texts in (whole, self._shorter(whole)):
            for with_stances in (True, False) if self._stances else (False,):
                for text in texts:
                    ways = list(self._placed(text, with_stances))
                    if ways:
                        # Without stances, a smaller title leaves room for more text below it.
                        return ways[0] if with_stances else max(ways, key=_said)
        size, _ = _SIZES[-1]
        text = shortened(name, _LONGEST_TITLE, self._language)
        return _Placed(size, self._lettering.lines(text, size, DISPLAY, _ROOM), (), ())

    def _shorter(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(shorter for text in texts for shorter in cuts(text, self._language))

    def _placed(self, text: str, with_stances: bool) -> Iterator[_Placed]:
        """The possible layouts, best first."""
        ways = ((2, 1), (2, 2), (0, 1), (0, 2)) if with_stances else ((5, 0),)
        for (most_lines, columns), (size, most) in itertools.product(ways, _SIZES):
            title = self._lettering.lines(text, size, DISPLAY, _ROOM)
            if len(title) > most:
                continue
            top = 196 + size * (0.1 + _LEADING * len(title))
            room = int((_LOWEST - top) / _BELOW) + 1
            lines = self._lines(min(most_lines, room))
            end = top + _BELOW * (len(lines) - 1) if lines else top - 60 - size * 0.26
            rows = self._rows(columns, end + 26) if columns else ()
            if rows or not columns:
                yield _Placed(size, title, lines, rows)

    def _rows(self, columns: int, top: float) -> tuple[CardRowView, ...]:
        return laid_out(self._pages, self._stances, self._colours, columns, top, self._lettering)

    def _lines(self, most: int) -> tuple[str, ...]:
        """The longest version of the text that fits in `most` lines."""

        def fits(shorter: str) -> bool:
            return len(self._lettering.lines(shorter, 30, TEXT, _ROOM)) <= most

        left = cut(self._below, fits, self._language) if self._below else ""
        return self._lettering.lines(left, 30, TEXT, _ROOM) if left else ()


def _said(placed: _Placed) -> int:
    """The amount of text below the title."""
    return len(" ".join(placed.lines))


def _line(texts: Sequence[str], size: int, lettering: Lettering) -> str:
    """The first of these texts that fits on a line; "" if none does."""
    return next((text for text in texts if lettering.width(text, size, TEXT) <= _ROOM), "")
