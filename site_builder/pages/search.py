"""The search: a plain index, and a field that searches where scripts run. `search/`, `search.html`."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterator, Mapping

from site_builder.content.kinds import SEARCHED, Kind
from site_builder.pages.briefs import Card
from site_builder.pages.making import Made, Making, PageType, made_list
from site_builder.pages.messages import KIND_LABELS
from site_builder.pages.routes import INDEX_FOLDER, exported
from site_builder.values import NamedTuple


class SearchGroupView(NamedTuple):
    """The entities of a kind, by name."""

    kind: str
    title: str
    cards: tuple[Card, ...]


class SearchContext(NamedTuple):
    """`search/` (`search.html`): a plain index, and a field that searches where scripts run."""

    groups: tuple[SearchGroupView, ...]
    index_path: str
    """The folder of the search index."""
    kinds: Mapping[str, str]
    """What one thing that is found is called, by its kind."""


def make(making: Making) -> Made:
    """The page of the search."""
    groups = tuple(group for kind in SEARCHED for group in _group(making, kind))
    kinds = {name: making.locale.translate(label) for name, label in KIND_LABELS.items()}
    return made_list(making, SearchContext(groups, INDEX_FOLDER, kinds))


def _group(making: Making, kind: Kind) -> Iterator[SearchGroupView]:
    """The entities of a kind by name, if there are any."""
    cards = [making.pages.cards.of(id) for id in making.graph.ids_of(kind.name)]
    cards.sort(key=lambda card: (making.locale.order(card.name), card.slug))
    if cards:
        yield SearchGroupView(kind.name, making.locale.kind(kind.name), tuple(cards))


PAGE = PageType("search", exported("search"), make)
