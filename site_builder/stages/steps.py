"""The stages of one build that run as steps, and what they keep from build to build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from site_builder.content.entries import FileFacts
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic
from site_builder.engine.steps import Reader, Run, Step
from site_builder.engine.tables import Key, Row, Tables
from site_builder.lint.finding import Linted
from site_builder.memory.kept import Kept, Stage
from site_builder.memory.rows import AllRows, Published, rows_of
from site_builder.values import NamedTuple

N = TypeVar("N", bound=Hashable)


class Told(NamedTuple):
    """What comes of a step: the rows it publishes, and what it has found."""

    published: Published
    findings: tuple[Diagnostic, ...] = ()


LOADED, NOTED, SITE = "loaded", "noted", "site"
LINKED, ABOUT, GATHERED, CHECKED, MADE = "linked", "about", "gathered", "checked", "made"
STORIES = "stories"
PLACED = "placed"
LINTED, ALLOWING, COUNTED, EXAMINED = "linted", "allowing", "counted", "examined"
OUTPUTS = "outputs"
STAGES = (
    Stage(NOTED, str, tuple),
    Stage(LOADED, str, FileFacts),
    Stage(SITE, tuple, str),
    Stage(PLACED, str, tuple),
    Stage(LINKED, EntityId, Step, Told),
    Stage(ABOUT, EntityId, Step, Told),
    Stage(GATHERED, str, Step, Told),
    Stage(STORIES, str, Step, Told),
    Stage(CHECKED, EntityId, Step, tuple),
    Stage(LINTED, EntityId, Step, Linted),
    Stage(ALLOWING, str, tuple),
    Stage(COUNTED, EntityId, Step, tuple),
    Stage(EXAMINED, str, Step, tuple),
    Stage(MADE, str, Step, str),
    Stage(OUTPUTS, str, tuple),
)
"""What is kept. Signatures of files, facts of content files, what holds for the whole site, steps by stage, signatures
of the output."""

OWN = frozenset(("brief", "anchors"))
"""Packed tables with one row for each entity."""
PACKED = frozenset(("backlinks", "uses", "sequence", "place", "stories", "of stories", "members"))
"""Packed tables of what steps say of others."""


class Build:
    """One build: a `Run` of steps over what the last build has kept."""

    def __init__(self, last: Kept) -> None:
        self.last = last
        self.kept = Kept()
        self._rows = AllRows(OWN, PACKED)
        tables = self.kept.held["tables"] = Tables(self._rows.group, last.held.get("tables"))
        self.run = Run(tables, first=not last.steps(LINKED))

    @property
    def tables(self) -> Tables:
        """The rows of all steps."""
        return self.run.tables

    def tell(
        self,
        stage: str,
        names: Iterable[N],
        work: Callable[[N, Reader], Told],
        also: Collection[N] = (),
    ) -> Mapping[N, Step[Told]]:
        """Runs the steps of a stage that publish rows. What they depend on they read."""
        steps = self.run.stage(
            dict.fromkeys(names, ""), self.last.steps(stage), work, _rows_of_told, also
        )
        self._rows.add(step.result.published for step in steps.values())
        self.kept.keep(stage, steps)
        return steps

    def publish(self, tables: Collection[str], values: Mapping[Key, str]) -> None:
        """Publishes single values by table and key: all that there are of these tables."""
        last = self.last.steps(SITE).items()
        gone = (Row(key[0], key[1], 0, value) for key, value in last if key[0] in tables)
        self.run.publish(gone, (Row(key[0], key[1], 0, value) for key, value in values.items()))
        self.kept.keep(SITE, {**self.kept.steps(SITE), **values})


def _rows_of_told(_: Hashable, told: Told) -> Iterator[Row]:
    return rows_of(told.published)
