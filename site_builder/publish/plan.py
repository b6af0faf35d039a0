"""What a publish would do: the difference between what a target holds and what the site has.

The plan that `--dry-run` prints is the one that is carried out. Its order keeps the site whole at any
moment where files travel one by one: what pages need goes first, new before changed; then new pages,
then changed ones; then removals, pages first.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from site_builder.disk import parents
from site_builder.publish import record
from site_builder.publish.faults import some
from site_builder.publish.record import Record
from site_builder.text.shown import on_one_line


class Action(enum.Enum):
    """What happens to a file of a target."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True)
class Held:
    """A file that a target holds.

    `differs` says in words how it differs from the site's file of that path, "" if it does not.
    `ours` says whether it was published by the builder. `size` is in bytes.
    """

    size: int
    differs: str
    ours: bool


@dataclass(frozen=True)
class Present:
    """What a target holds. `record` is None if nothing was published there before."""

    files: Mapping[str, Held]
    record: Record | None
    has_folders: bool = True
    """Whether a file can't have the name of a folder, as in file systems."""
    altered: tuple[str, ...] = ()
    """Files that were published here until somebody else changed them, and that the site no longer has."""

    @property
    def foreign(self) -> list[str]:
        """Paths of files that the builder did not put there."""
        return sorted(path for path, row in self.files.items() if not row.ours)

    def taken_over(self) -> Present:
        """The same, with all files taken for the builder's own."""
        return replace(
            self, files={path: replace(row, ours=True) for path, row in self.files.items()}
        )


@dataclass(frozen=True)
class Change:
    """One file that travels or goes. `size` is what arrives, or what was there; in bytes."""

    action: Action
    path: str
    size: int
    reason: str
    makes_way: bool = False
    """Whether this file must go before another can be sent: a file becomes a folder, or a folder a file."""


Told = Callable[[Change], None]
"""Is called after each change that is done."""


@dataclass(frozen=True)
class Plan:
    """All that a publish would do, in order."""

    changes: tuple[Change, ...]
    unchanged: int
    """How many files stay as they are."""
    there: int
    """How many of the builder's files the target holds."""

    def __bool__(self) -> bool:
        return bool(self.changes)

    def of(self, *actions: Action) -> tuple[Change, ...]:
        """The changes of some kinds."""
        return tuple(row for row in self.changes if row.action in actions)

    @property
    def sent(self) -> tuple[Change, ...]:
        """The changes that send a file."""
        return self.of(Action.ADD, Action.CHANGE)

    @property
    def removals(self) -> tuple[Change, ...]:
        """The changes that remove a file."""
        return self.of(Action.REMOVE)

    @property
    def question(self) -> str:
        """What to ask before it is carried out: "" unless it removes more than a third."""
        if 3 * len(self.removals) <= self.there:
            return ""
        return (
            f"This removes {len(self.removals)} of the {some(self.there, 'file')} that are there."
        )

    @property
    def in_words(self) -> str:
        """How much it does, in one line."""
        parts = [
            f"{len(rows)} {word}"
            for rows, word in (
                (self.of(Action.ADD), "new"),
                (self.of(Action.CHANGE), "changed"),
                (self.removals, "removed"),
            )
            if rows
        ]
        weight = in_bytes(sum(row.size for row in self.sent))
        done = f"{', '.join(parts)}; {weight} to send" if parts else "nothing to do"
        stay = some(self.unchanged, "file stays as it is", "files stay as they are")
        return f"{done}; {stay}" if self.unchanged else done


def make_plan(files: Mapping[str, bytes], present: Present) -> Plan:
    """What makes the target hold these files, and leaves other people's alone.

    Raises nothing: see `clashes` for files of other people that stand in the way.
    """
    changes = []
    unchanged = 0
    for path, data in files.items():
        held = present.files.get(path)
        if held is None:
            changes.append(Change(Action.ADD, path, len(data), "new"))
        elif held.differs:
            changes.append(Change(Action.CHANGE, path, len(data), held.differs))
        else:
            unchanged += 1
    going = [path for path, held in present.files.items() if path not in files and held.ours]
    makes_way = {*_in_the_way(files, going)} if present.has_folders else set()
    for path in going:
        size, reason = present.files[path].size, "no longer in the site"
        changes.append(Change(Action.REMOVE, path, size, reason, path in makes_way))
    there = sum(row.ours for row in present.files.values())
    return Plan(tuple(sorted(changes, key=_order)), unchanged, there)


def clashes(files: Mapping[str, bytes], present: Present) -> list[str]:
    """Paths where a file of somebody else's stands and one of the site is to go."""
    foreign = present.foreign
    same = [path for path in foreign if path in files and present.files[path].differs]
    others = [path for path in foreign if path not in files]
    return sorted({*same, *(_in_the_way(files, others) if present.has_folders else ())})


def _in_the_way(files: Mapping[str, bytes], others: Iterable[str]) -> Iterator[str]:
    """Those of the other paths that are a folder of one of the files, or are inside what is to be a file."""
    folders = {above for path in files for above in parents(path)}
    for path in others:
        if path in folders or any(above in files for above in parents(path)):
            yield path


_ASSET, _PAGE, _LIST = range(3)


def _order(change: Change) -> tuple[int, int, bool, str]:
    """Where a change stands in the plan; those whose first two numbers agree may go at once."""
    if change.path == record.NAME:
        return 9, 0, False, change.path
    if change.makes_way:
        return -1, 0, False, change.path
    name = change.path.rpartition("/")[2]
    # Feeds and site maps lead to pages, and no page needs them.
    leads = name.endswith(".xml") or name == "feed.json"
    kind = _LIST if leads else _PAGE if name.endswith(".html") else _ASSET
    if change.action is Action.REMOVE:
        return 3, _LIST - kind, False, change.path
    # The home page comes last of the pages: it is where readers begin.
    return kind, int(change.action is Action.CHANGE), change.path == "index.html", change.path


def stages(plan: Plan) -> list[tuple[Change, ...]]:
    """The changes in groups that must follow one another; within one, the order is free."""
    groups: dict[tuple[int, int], list[Change]] = {}
    for change in plan.changes:
        groups.setdefault(_order(change)[:2], []).append(change)
    return [tuple(rows) for _, rows in sorted(groups.items())]


def as_text(plan: Plan) -> str:
    """The plan as `--dry-run` prints it: a line a change, with size and reason."""
    width = min(60, max((len(row.path) for row in plan.changes), default=0))
    rows = [
        f"{row.action.value:<6}  {on_one_line(row.path):<{width}}  {in_bytes(row.size):>8}  {row.reason}\n"
        for row in plan.changes
    ]
    return "".join(rows) + plan.in_words + "\n"


_KILO = 1000


def in_bytes(size: int) -> str:
    """A size for people, in decimal units (IEC 80000-13 leaves kB at 1,000)."""
    if size < _KILO:
        return f"{size} B"
    if size < _KILO**2:
        return f"{size / _KILO:.1f} kB"
    return f"{size / _KILO**2:.1f} MB"
