"""A scale of time: true to the length of things, with gaps that are cut and marked."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable, Sequence

from site_builder.content.dates import Date
from site_builder.content.moments import SECONDS_A_DAY, Moment
from site_builder.pages.locale import Locale
from site_builder.pages.parts.lettering import text_width
from site_builder.pages.parts.placing import Extent
from site_builder.values import NamedTuple

CUT = 4.0
"""The width of a gap that is cut, in per cent."""
LABEL_SIZE = 12
NARROWEST = 330
"""The width in pixels on which labels must not touch: that of a phone."""
_YEAR = 366 * SECONDS_A_DAY


class LabelView(NamedTuple):
    """A date below an axis."""

    text: str
    x: str
    """Where it stands, in per cent: `12.5%`."""
    anchor: str
    """Which end of the text stands there: `start`, `middle` or `end`."""


class AxisView(NamedTuple):
    """The line that events are drawn along."""

    to_scale: bool
    """Whether lengths are true; else it shows the order alone."""
    labels: tuple[LabelView, ...] = ()
    breaks: tuple[str, ...] = ()
    """Where a gap is cut, in per cent."""


class _Stretch(NamedTuple):
    """A stretch of time, and where it stands on the scale."""

    begin: int
    end: int
    left: float
    right: float


class Scale:
    """Moments as places between 0 and 100 per cent.

    A gap without events that takes more than `most` of the time is cut; with `again`, more than `most` of what
    is left after each cut. One gap is always left, or nothing would be to scale. `left` and `right` are room for what is older or later than any date.
    """

    def __init__(
        self,
        extents: Iterable[Extent],
        most: float = 1.0,
        *,
        again: bool = False,
        left: float = 0.0,
        right: float = 0.0,
    ) -> None:
        known = sorted(closed(extent) for extent in extents)
        self.begin, self.end = known[0][0], max(end for _, end in known)
        cuts = _cuts(_gaps(known), self.end - self.begin, most, again=again)
        self._stretches = self._laid_out(cuts, left, 100.0 - right)
        self.gaps = tuple(cuts)
        """The gaps that are cut."""
        self.breaks = tuple((self.at(begin) + self.at(end)) / 2 for begin, end in cuts)
        """The middles of the gaps that are cut."""

    def _laid_out(
        self, cuts: Sequence[tuple[int, int]], left: float, right: float
    ) -> tuple[_Stretch, ...]:
        """Stretches and cuts from the left to the right."""
        shown = self.end - self.begin - sum(end - begin for begin, end in cuts)
        room = right - left - CUT * len(cuts)
        rows: list[_Stretch] = []
        at, x = self.begin, left
        for begin, end in (*cuts, (self.end, self.end)):
            width = room * (begin - at) / shown if shown else 0.0
            rows.append(_Stretch(at, begin, x, x + width))
            x += width
            if end > begin:
                rows.append(_Stretch(begin, end, x, x + CUT))
                x += CUT
            at = end
        return tuple(rows)

    def at(self, second: int) -> float:
        """The place of a second; one before the first or after the last stands at that end."""
        for row in self._stretches:
            if second <= row.end:
                length = row.end - row.begin
                part = max(0, second - row.begin) / length if length else 0.0
                return row.left + (row.right - row.left) * part
        return self._stretches[-1].right


def closed(extent: Extent) -> tuple[int, int]:
    """A dated extent with both ends; an end that is open stands at the other."""
    begin = extent.begin if extent.begin is not None else extent.end
    end = extent.end if extent.end is not None else extent.begin
    assert begin is not None, extent
    assert end is not None, extent
    return begin, max(begin, end)


def _gaps(known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The times in which nothing happens; `known` is sorted."""
    gaps = []
    last = known[0][1]
    for begin, end in known:
        if begin > last:
            gaps.append((last, begin))
        last = max(last, end)
    return gaps


def _cuts(
    gaps: Sequence[tuple[int, int]], span: int, most: float, *, again: bool
) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    for gap in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        length = gap[1] - gap[0]
        if length <= span * most or len(cuts) == len(gaps) - 1:
            break
        cuts.append(gap)
        if again:
            span -= length
    return sorted(cuts)


# --- labels --------------------------------------------------------------------------------------


def percent(place: float) -> str:
    """A place as an attribute of SVG."""
    return f"{place:.2f}".rstrip("0").rstrip(".") + "%"


class Known(NamedTuple):
    """A second on a scale, and the moment of a date that stands there."""

    second: int
    moment: Moment


def labels(
    scale: Scale, starts: Sequence[Known], stops: Sequence[Known], locale: Locale
) -> tuple[LabelView, ...]:
    """The first and the last date of a scale, and those around its cuts as far as there is room.

    `starts` and `stops` are where the events begin and end that the scale was made for.
    """
    span = scale.end - scale.begin
    named = [
        (scale.at(scale.begin), _first(starts, scale.begin)),
        (scale.at(scale.end), _last(stops, scale.end)),
    ]
    for begin, end in scale.gaps:
        named += [
            (scale.at(begin), _last(stops, begin)),
            (scale.at(end), _first(starts, end)),
        ]
    taken: list[tuple[float, float]] = []
    views: list[tuple[float, LabelView]] = []
    texts: set[str] = set()
    for number, (x, moment) in enumerate(named):
        text = _named(moment, span, locale)
        width = 100 * text_width(text, LABEL_SIZE) / NARROWEST
        anchor = "start" if number == 0 else "end" if number == 1 else "middle"
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        right = left + width
        touches = any(left < end + 2 and begin < right + 2 for begin, end in taken)
        if number and (touches or left < 0 or right > 100.5 or text in texts):
            continue
        taken.append((left, right))
        texts.add(text)
        views.append((x, LabelView(text, percent(x), anchor)))
    return tuple(view for _, view in sorted(views, key=lambda row: row[0]))


def _first(starts: Sequence[Known], second: int) -> Moment:
    """The moment at which what comes first begins, at a second or later."""
    return min((row for row in starts if row.second >= second), key=_second).moment


def _last(stops: Sequence[Known], second: int) -> Moment:
    """The moment at which what comes last ends, at a second or earlier."""
    return max((row for row in stops if row.second <= second), key=_second).moment


def _second(row: Known) -> int:
    return row.second


def _named(moment: Moment, span: int, locale: Locale) -> str:
    """A moment in words, no finer than a scale of this length needs."""
    if span > 2 * _YEAR:
        moment = Moment(moment.year)
    elif span > 62 * SECONDS_A_DAY and moment.month is not None:
        moment = moment._replace(day=None, time="", zone="")
    elif span > 2 * SECONDS_A_DAY:
        moment = moment._replace(time="", zone="")
    return locale.date(Date("shown", begin=moment, end=moment)).text
