"""What belongs to which story: what entities say of it, and what follows from their references.

A story is an article without `part_of`, and what belongs to it. An entity belongs to the stories that it names
(`story`), else to that in whose folder its file is, else to those that its references lead to: from article to
issue, from issue to claim, and so on, as `brings` and `belongs` say in the marks of fields, and `linked_by` in the
row of a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from site_builder.content.kinds import FRONT, KINDS, Kind, Order
from site_builder.content.models import EntityId
from site_builder.content.records import Holds, Model
from site_builder.content.shape import walk
from site_builder.content.story_folders import story_of_folder
from site_builder.links.graph import Linked
from site_builder.links.stories import Stories
from site_builder.values import NamedTuple


class Belonging(NamedTuple):
    """What an entity says of stories, its own and those of others."""

    id: EntityId
    said: tuple[EntityId, ...] | None
    """The stories that it or its folder names; None if they follow from references."""
    brings: tuple[EntityId, ...]
    """What belongs to its stories because of it."""
    follows: tuple[EntityId, ...]
    """What it belongs to the stories of."""
    day: int | None = None
    """The day as of which an article tells or of which an update is, to compare; None if it is not known."""
    closed: bool = False


def belonging(
    linked: Linked, linked_to: Iterable[EntityId], cited: Iterable[EntityId]
) -> Belonging:
    """What an entity says of stories. `linked_to` are those that its texts link to, `cited` its sources."""
    entry = linked.entry
    record, kind = entry.record, KINDS[entry.kind]
    brings: dict[EntityId, None] = {}
    follows: dict[EntityId, None] = {}
    for where, _, field, _ in walk(record, Holds.REF):
        target = linked.refs.get(where)
        if target and field.marks.brings:
            brings[target] = None
        elif target and field.marks.belongs:
            follows[target] = None
    for target in linked_to:
        if _links_bring(record, kind, KINDS[target.kind]):
            brings[target] = None
    brings |= dict.fromkeys(cited)
    near = [id for id in follows if not KINDS[id.kind].shared]
    date = getattr(record, kind.as_of or kind.day) if kind.as_of or kind.day else None
    return Belonging(
        entry.id,
        _said(linked),
        tuple(brings),
        tuple(near or follows),
        date.order[0] if date is not None and date.is_known else None,
        bool(getattr(record, "closed", None)),
    )


def _links_bring(record: Model, kind: Kind, target: Kind) -> bool:
    """Whether a link in a text brings its target into the story. An article that lists issues brings only these."""
    if kind.name not in target.linked_by:
        return False
    return not (target.of_story and bool(getattr(record, target.plural, ())))


def _said(linked: Linked) -> tuple[EntityId, ...] | None:
    """The stories that an entity names, or that its folder does."""
    if linked.entry.kind == FRONT:
        return ()
    if getattr(linked.entry.record, "story", None) is not None:
        return linked.refs_at("story")
    folder = story_of_folder(linked.entry.file)
    return (EntityId(FRONT, folder),) if folder else None


class Memberships(NamedTuple):
    """Who belongs to which story."""

    stories: Mapping[EntityId, tuple[EntityId, ...]]
    """By entity: its stories, in the order of the files; entities without one are not in it."""
    members: Mapping[tuple[str, str], tuple[EntityId, ...]]
    """By slug of the story and kind: its entities in the order of readers."""
    in_order: tuple[EntityId, ...]
    """The stories as readers see them: the lead, open ones, closed ones, each from the latest."""


def memberships(
    rows: Iterable[Belonging], stories: Stories, sequences: Mapping[str, Sequence[EntityId]]
) -> Memberships:
    """Who belongs to which story. `sequences` has by kind all entities in the order of readers."""
    by_id = {row.id: row for row in rows}
    ways = _ways(by_id.values())
    found = {story: _reached(story, stories, by_id, ways) for story in stories.ids}
    of: dict[EntityId, tuple[EntityId, ...]] = {}
    for story, ids in found.items():
        for id in ids:
            of[id] = (*of.get(id, ()), story)
    members = {
        (story.slug, kind): there
        for story, ids in found.items()
        for kind, sequence in sequences.items()
        if (there := _in_order(by_id[story].brings, ids, kind, sequence))
    }
    return Memberships(of, members, _stories_in_order(stories, found, by_id))


def _ways(rows: Iterable[Belonging]) -> Mapping[EntityId, Sequence[EntityId]]:
    """By entity: those that belong to its stories because of a reference."""
    ways: dict[EntityId, list[EntityId]] = {}
    for row in rows:
        ways.setdefault(row.id, []).extend(row.brings)
        for id in row.follows:
            ways.setdefault(id, []).append(row.id)
    return ways


def _reached(
    story: EntityId,
    stories: Stories,
    rows: Mapping[EntityId, Belonging],
    ways: Mapping[EntityId, Sequence[EntityId]],
) -> dict[EntityId, None]:
    """What belongs to a story, beside its articles."""
    fronts = [story, *stories.chapters_of(story)]
    found = {row.id: None for row in rows.values() if row.said and story in row.said}
    waiting = [*fronts, *found]
    while waiting:
        for id in ways.get(waiting.pop(), ()):
            if id not in found and id in rows and rows[id].said is None:
                found[id] = None
                waiting.append(id)
    return found


def _in_order(
    listed: Iterable[EntityId],
    ids: Mapping[EntityId, None],
    kind: str,
    sequence: Sequence[EntityId],
) -> tuple[EntityId, ...]:
    """The entities of a kind: those that the article lists first."""
    first = (id for id in listed if id.kind == kind and id in ids)
    lists = KINDS[kind].order is Order.OF_ARTICLES
    return tuple(dict.fromkeys([*(first if lists else ()), *(id for id in sequence if id in ids)]))


def _stories_in_order(
    stories: Stories,
    found: Mapping[EntityId, Mapping[EntityId, None]],
    rows: Mapping[EntityId, Belonging],
) -> tuple[EntityId, ...]:
    def place(story: EntityId) -> tuple[bool, bool, int, str]:
        closed = rows[story].closed
        days = _days(story, found[story], rows)
        return closed, closed or story != stories.lead, -max(days, default=_NEVER), story.slug

    return tuple(sorted(stories.ids, key=place))


_NEVER = -(1 << 62)
"""The day of a story that is not dated."""


def _days(
    story: EntityId, ids: Mapping[EntityId, None], rows: Mapping[EntityId, Belonging]
) -> Iterator[int]:
    """The days of an article, and of the notes of changes that belong to it."""
    for id in (story, *ids):
        day = rows[id].day
        if day is not None:
            yield day
