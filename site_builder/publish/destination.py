"""What every kind of target can do, and what it is handed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, runtime_checkable

from site_builder.content.models import EntityId
from site_builder.publish.plan import Plan, Present, Told
from site_builder.publish.record import Record
from site_builder.publish.standing import Standing


@dataclass(frozen=True)
class Surroundings:
    """What a target may need to know: the site's folder, a folder for this publish alone, the person.

    `workspace` is outside the site and is removed afterwards. `interactive` says whether somebody
    sits at the terminal and can be asked by a program for a password.
    """

    root: Path
    workspace: Path
    interactive: bool
    force: bool = False
    """Whether a git branch that has moved may be overwritten."""


class SiteFiles(Mapping[str, bytes]):
    """The files of a site and a few more, without some; each is read when it is asked for."""

    def __init__(
        self, site: Mapping[str, bytes], more: Mapping[str, bytes], without: Container[str] = ()
    ) -> None:
        self._site = site
        self._more = more
        self._paths = [path for path in site if path not in without and path not in more]

    def __getitem__(self, path: str) -> bytes:
        if path in self._more:
            return self._more[path]
        if path not in self._there:
            raise KeyError(path)
        return self._site[path]

    def __iter__(self) -> Iterator[str]:
        yield from self._paths
        yield from self._more

    def __len__(self) -> int:
        return len(self._paths) + len(self._more)

    @cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self)

    def __contains__(self, path: object) -> bool:
        return path in self._there


@dataclass(frozen=True)
class Shipment:
    """What is to be carried out. `files` and `record` are all that the target then holds of ours."""

    plan: Plan
    files: Mapping[str, bytes]
    record: Record
    before: Record | None
    """The record of the last publish."""
    message: str
    """What changes, in words, for a target that keeps a log."""
    altered: tuple[str, ...] = ()
    """Files that stay because somebody else changed them."""
    renamed: Mapping[EntityId, EntityId] = field(default_factory=dict)
    """What entities were called in what was published, by what they are called now."""


@runtime_checkable
class KnowsWhere(Protocol):
    """A target that may know where it is served."""

    def standing(self) -> Standing | None:
        """The address of what is published there, and how that is known; None if nobody knows."""
        ...


class Destination(Protocol):
    """A place a site can be published to.

    Methods raise `PublishFault` for whatever the place, the network or its owner refuses.
    """

    address: str
    """What to call it when there is no base address: `s3://explainers/talks/`."""
    manner: str
    """How files are stored beyond their bytes; a change of it is a change of every file."""

    def look(self, files: Mapping[str, bytes]) -> Present:
        """What is there, compared with the files of the site. Changes nothing."""
        ...

    def send(self, shipment: Shipment, told: Told) -> None:
        """Makes the place hold the files. Cut short, it leaves a site that is whole."""
        ...

    def roll_back(self) -> str:
        """Puts the version before back in place; returns in words which one that is."""
        ...


def stage(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes files below a folder of our own, for programs that read from disk."""
    made: set[Path] = set()
    for path, data in files.items():
        place = folder / path
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        place.write_bytes(data)
