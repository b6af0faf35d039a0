"""The plan of a publish: the differences between the target and the site.

The plan that `--dry-run` prints is exactly what is carried out. Its order keeps the site complete while
files are sent one by one: first what pages need, new files before changed ones; then new pages, then
changed pages; then removals, pages first.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from site_builder.disk import parents
from site_builder.publish import record
from site_builder.publish.faults import some
from site_builder.publish.files import size_of
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

    `differs` says in words how it differs from the site's file with that path; "" if it does not.
    `ours` says whether the builder published it. `size` is in bytes.
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
    """Whether a file and a folder can't have the same name, as in file systems."""
    altered: tuple[str, ...] = ()
    """Files that were published here, were changed by somebody else, and are no longer in the site."""

    @property
    def foreign(self) -> list[str]:
        """Paths of files that the builder did not put there."""
        return sorted(path for path, row in self.files.items() if not row.ours)

    def taken_over(self) -> Present:
        """The same, with all files counted as the builder's own."""
        return replace(
            self, files={path: replace(row, ours=True) for path, row in self.files.items()}
        )


@dataclass(frozen=True)
class Change:
    """One file to send or remove. `size` is its new size, or the old one if it is removed; in bytes."""

    action: Action
    path: str
    size: int
    reason: str
    makes_way: bool = False
    """Whether this file must be removed before another can be sent: a file becomes a folder or vice versa."""


Tell = Callable[[Change], None]
"""Called after each completed change."""


@dataclass(frozen=True)
class Plan:
    """All changes of a publish, in order."""

    changes: tuple[Change, ...]
    unchanged: int
    """The number of unchanged files."""
    there: int
    """The number of the builder's files at the target."""

    def __bool__(self) -> bool:
        return bool(self.changes)

    def of(self, *actions: Action) -> tuple[Change, ...]:
        """The changes with these actions."""
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
        """The question to ask before carrying it out; "" unless it removes more than a third."""
        if 3 * len(self.removals) <= self.there:
            return ""
        return (
            f"This removes {len(self.removals)} of the {some(self.there, 'file')} that are there."
        )

    @property
    def in_words(self) -> str:
        """A summary in one line."""
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
        stay = some(self.unchanged, "file is unchanged", "files are unchanged")
        return f"{done}; {stay}" if self.unchanged else done


def make_plan(files: Mapping[str, bytes], present: Present) -> Plan:
    """The plan that publishes these files and leaves other people's files alone.

    Other people's files that are in the way are no error here: see `clashes`.
    """
    changes = []
    unchanged = 0
    for path in files:
        held = present.files.get(path)
        if held is None:
            changes.append(Change(Action.ADD, path, size_of(files, path), "new"))
        elif held.differs:
            changes.append(Change(Action.CHANGE, path, size_of(files, path), held.differs))
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
    """Paths where somebody else's file is in the way of a file of the site."""
    foreign = present.foreign
    same = [path for path in foreign if path in files and present.files[path].differs]
    others = [path for path in foreign if path not in files]
    return sorted({*same, *(_in_the_way(files, others) if present.has_folders else ())})


def _in_the_way(files: Mapping[str, bytes], others: Iterable[str]) -> Iterator[str]:
    """The other paths that are a folder of one of the files, or are inside a folder that must become a file."""
    folders = {above for path in files for above in parents(path)}
    for path in others:
        if path in folders or any(above in files for above in parents(path)):
            yield path


_ASSET, _PAGE, _LIST = range(3)


def _order(change: Change) -> tuple[int, int, bool, str]:
    """The sort key of a change; changes whose first two numbers are equal may be made at the same time."""
    if change.path == record.NAME:
        return 9, 0, False, change.path
    if change.makes_way:
        return -1, 0, False, change.path
    name = change.path.rpartition("/")[2]
    # Feeds and site maps link to pages, and no page needs them.
    leads = name.endswith(".xml") or name == "feed.json"
    kind = _LIST if leads else _PAGE if name.endswith(".html") else _ASSET
    if change.action is Action.REMOVE:
        return 3, _LIST - kind, False, change.path
    # The home page comes last of the pages, because readers begin there.
    return kind, int(change.action is Action.CHANGE), change.path == "index.html", change.path


def stages(plan: Plan) -> list[tuple[Change, ...]]:
    """The changes in groups that must be made one after another; within a group, any order will do."""
    groups: dict[tuple[int, int], list[Change]] = {}
    for change in plan.changes:
        groups.setdefault(_order(change)[:2], []).append(change)
    return [tuple(rows) for _, rows in sorted(groups.items())]


def as_text(plan: Plan) -> str:
    """The plan as `--dry-run` prints it: a line for each change, with size and reason."""
    width = min(60, max((len(row.path) for row in plan.changes), default=0))
    rows = [
        f"{row.action.value:<6}  {on_one_line(row.path):<{width}}  {in_bytes(row.size):>8}  {row.reason}\n"
        for row in plan.changes
    ]
    return "".join(rows) + plan.in_words + "\n"


_KILO = 1000


def in_bytes(size: int) -> str:
    """A size in words, in decimal units (1 kB is 1,000 bytes, as in IEC 80000-13)."""
    if size < _KILO:
        return f"{size} B"
    if size < _KILO**2:
        return f"{size / _KILO:.1f} kB"
    return f"{size / _KILO**2:.1f} MB"
