"""The picture as a drawing: `positions.svg` to download, and `positions.png`, which is also the card of the front page.

It is 1200 pixels wide and at least 630 high. More questions make the SVG taller, and never its letters smaller. The PNG
leaves out the last of them instead, for networks cut a card that is higher at its top and bottom.
"""

# Without `from __future__ import annotations`: see `pages/making.py`.
import base64
from collections.abc import Iterator, Mapping

from site_builder.content.kinds import FRONT
from site_builder.exports.icons import INK, PAPER, colour
from site_builder.exports.lettering import DISPLAY, TEXT, Lettering
from site_builder.links.graph import Graph
from site_builder.pages.making import Making
from site_builder.pages.parts.picture import PictureView, front_picture
from site_builder.pages.pictures import ImageView
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages, StanceView
from site_builder.pages.story import as_of
from site_builder.reading.themes import default_theme
from site_builder.values import NamedTuple

SVG, PNG = "positions.svg", "positions.png"
TEMPLATE = "picture.svg"
_WIDTH, _HEIGHT = 1200, 630
_LEFT, _RIGHT = 60, 1140
_TITLE, _TITLE_PITCH = 46, 54
_LABELS = 400
"""The width of the column of questions, in pixels."""
_ROW, _ROW_PITCH, _LINE = 25, 42, 29
_HEAD, _HEAD_PITCH = 21, 25
_SMALL = 21
_COLOURS = {
    "paper": PAPER, "ink": INK, "muted": "#5b574e", "rule": "#d8d2c4",
    "yes": "#1b5e8c", "no": "#b8481c", "part": "#a47a00", "other": "#4a4740", "none": "#67635a",
}  # fmt: skip
_FACES = (("newsreader-regular.woff2", 400), ("newsreader-semibold.woff2", 600))
"""The typeface of the site, which the SVG carries."""


class LineView(NamedTuple):
    """A line of text at its place."""

    x: float
    y: float
    text: str


class PlacedSquareView(NamedTuple):
    """A square, by its left upper corner."""

    x: float
    y: float
    stances: tuple[StanceView, ...]
    """At most two; () where nothing is recorded."""


class PictureImageView(NamedTuple):
    """The picture as a drawing (`picture.svg`). The template gets it as `image`."""

    width: int
    height: int
    title: tuple[LineView, ...]
    heads: tuple[LineView, ...]
    """The names of the sides, centred above their columns."""
    groups: tuple[LineView, ...]
    labels: tuple[LineView, ...]
    """The questions."""
    squares: tuple[PlacedSquareView, ...]
    rules: tuple[float, ...]
    """Where lines go from left to right."""
    key: tuple[LineView, ...]
    key_squares: tuple[PlacedSquareView, ...]
    foot: LineView
    colours: Mapping[str, str]
    anchor: str
    """Where lines of text begin: `start`, or `end` in scripts from right to left."""
    faces: tuple[tuple[str, int], ...] = ()
    """Typefaces that the file carries: their bytes in base64, and their weight."""


def is_wanted(graph: Graph) -> bool:
    """Whether the site has drawings of its picture, if it has a picture."""
    return "cards" in graph.exports


def drawn(pages: Pages) -> PictureView:
    """The picture that is drawn: that of the front page."""
    making = Making(pages, Route("positions", "positions/"))
    return front_picture(making, pages.issues)


def card(pages: Pages, route: Route, lettering: Lettering) -> ImageView | None:
    """The drawing as the card of the front page or of `positions/`; None if it can't be drawn or is of more stories."""
    one_story = len(pages.graph.ids_of(FRONT)) == 1
    is_front = route.type in ("home", FRONT) and one_story
    if not (is_front or route.type == "positions") or not is_wanted(pages.graph):
        return None
    picture = drawn(pages)
    if not picture or missing_letters(pages, picture, lettering):
        return None
    image = card_view(pages, picture, lettering)
    return ImageView(PNG, picture.title, "", image.width, image.height)


def missing_letters(pages: Pages, picture: PictureView, lettering: Lettering) -> str:
    """The letters of the drawing that no font has; "" if it can be drawn."""
    rows = (row.issue.short_name for group in picture.groups for row in group.rows)
    words = (
        picture.title,
        _foot(pages, picture),
        *(side.short_name for side in picture.sides),
        *(group.heading for group in picture.groups),
        *(stance.label for stance in picture.key),
        *rows,
    )
    return lettering.missing("".join(words))


def with_faces(image: PictureImageView) -> PictureImageView:
    """The drawing with its typefaces in it, for the file that people save."""
    folder = default_theme() / "static"
    faces = (
        (base64.b64encode((folder / name).read_bytes()).decode(), weight) for name, weight in _FACES
    )
    return image._replace(faces=tuple(faces))


def image_view(pages: Pages, picture: PictureView, lettering: Lettering) -> PictureImageView:
    """The drawing, laid out."""
    layout = _Layout(picture, lettering, is_mirrored=pages.site.direction == "rtl")
    site = pages.graph.content.site
    colours = {token: colour(site.theme, token, default) for token, default in _COLOURS.items()}
    return layout.image(_foot(pages, picture), colours)


def card_view(pages: Pages, picture: PictureView, lettering: Lettering) -> PictureImageView:
    """The drawing for a card, laid out: without the last questions if they would make it too high."""
    image = image_view(pages, picture, lettering)
    while image.height > _HEIGHT and (less := _without_last(picture)) is not None:
        picture = less
        image = image_view(pages, picture, lettering)
    return image


def _without_last(picture: PictureView) -> PictureView | None:
    """The picture without its last question; None if it has no other."""
    *groups, last = picture.groups
    if len(last.rows) > 1:
        groups.append(last._replace(rows=last.rows[:-1]))
    return picture._replace(groups=tuple(groups)) if groups else None


def _foot(pages: Pages, picture: PictureView) -> str:
    """The name of the site, how much of the picture this is, and its date."""
    translate = pages.locale.translate
    words = [pages.site.title]
    shown = sum(len(group.rows) for group in picture.groups)
    if picture.is_cut:
        numbers = (shown, picture.all_questions, len(picture.sides), picture.all_sides)
        words.append(translate("%d of %d questions, %d of %d sides") % numbers)
    date = as_of(pages, None)
    if date:
        words.append(translate("As of %s") % date.text)
    return " · ".join(words)


class _Layout:
    """Places everything from top to bottom."""

    def __init__(self, picture: PictureView, lettering: Lettering, *, is_mirrored: bool) -> None:
        self._picture = picture
        self._lettering = lettering
        self._is_mirrored = is_mirrored
        self._pitch = (_RIGHT - _LEFT - _LABELS) / len(picture.sides)
        self._y: float = 46
        self._labels: list[LineView] = []
        self._groups: list[LineView] = []
        self._squares: list[PlacedSquareView] = []
        self._rules: list[float] = []

    def image(self, foot: str, colours: Mapping[str, str]) -> PictureImageView:
        title = self._title()
        heads = self._heads()
        for group in self._picture.groups:
            self._group(group.heading)
            for row in group.rows:
                self._row(row.issue.short_name, [square.stances for square in row.squares])
        key, key_squares = self._key()
        height = max(_HEIGHT, round(self._y + 62))
        return PictureImageView(
            width=_WIDTH,
            height=height,
            title=title,
            heads=heads,
            groups=tuple(self._groups),
            labels=tuple(self._labels),
            squares=tuple(self._squares),
            rules=tuple(self._rules),
            key=key,
            key_squares=key_squares,
            foot=LineView(self._at(_LEFT), height - 30, foot),
            colours=colours,
            anchor="end" if self._is_mirrored else "start",
        )

    def _at(self, x: float) -> float:
        return _WIDTH - x if self._is_mirrored else x

    def _corner(self, x: float, size: float) -> float:
        """The left edge of what is so wide."""
        return _WIDTH - x - size if self._is_mirrored else x

    def _title(self) -> tuple[LineView, ...]:
        lines = []
        for line in self._lettering.lines(self._picture.title, _TITLE, DISPLAY, _RIGHT - _LEFT):
            self._y += _TITLE_PITCH
            lines.append(LineView(self._at(_LEFT), self._y - 10, line))
        return tuple(lines)

    def _middle(self, column: int) -> float:
        return _LEFT + _LABELS + self._pitch * (column + 0.5)

    def _heads(self) -> tuple[LineView, ...]:
        names = [
            self._lettering.lines(side.short_name, _HEAD, TEXT, self._pitch - 10)
            for side in self._picture.sides
        ]
        self._y += 16 + _HEAD_PITCH * max(map(len, names))
        bottom = self._y
        self._y += 4
        return tuple(
            LineView(
                self._at(self._middle(column)),
                bottom - _HEAD_PITCH * (len(lines) - 1 - number),
                line,
            )
            for column, lines in enumerate(names)
            for number, line in enumerate(lines)
        )

    def _group(self, heading: str) -> None:
        self._y += 8
        self._rules.append(self._y)
        self._y += 28
        self._groups.append(LineView(self._at(_LEFT), self._y, heading))
        self._y += 6

    def _row(self, label: str, answers: list[tuple[StanceView, ...]]) -> None:
        lines = self._lettering.lines(label, _ROW, TEXT, _LABELS - 24)
        high = max(_ROW_PITCH, 13 + _LINE * len(lines))
        top = self._y + (high - _LINE * len(lines)) / 2 + 22
        for number, line in enumerate(lines):
            self._labels.append(LineView(self._at(_LEFT), top + _LINE * number, line))
        y = self._y + (high - 34) / 2
        for column, stances in enumerate(answers):
            x = self._corner(self._middle(column) - 17, 34)
            self._squares.append(PlacedSquareView(x, y, stances))
        self._y += high

    def _key(self) -> tuple[tuple[LineView, ...], tuple[PlacedSquareView, ...]]:
        lines, squares = [], []
        self._y += 12
        self._rules.append(self._y)
        self._y += 38
        for x, stance, moved in self._key_places():
            self._y += moved
            squares.append(PlacedSquareView(self._corner(x, 26), self._y - 20, (stance,)))
            lines.append(LineView(self._at(x + 36), self._y, stance.label))
        return tuple(lines), tuple(squares)

    def _key_places(self) -> Iterator[tuple[float, StanceView, float]]:
        """The left edge of each entry, and how far it is below the one before."""
        x: float = _LEFT
        for stance in self._picture.key:
            wide = 36 + self._lettering.width(stance.label, _SMALL, TEXT)
            moved = 0
            if x > _LEFT and x + wide > _RIGHT:
                x, moved = _LEFT, 36
            yield x, stance, moved
            x += wide + 30
