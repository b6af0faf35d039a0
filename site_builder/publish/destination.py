"""The interface that every kind of target implements, and its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from site_builder.content.models import EntityId
from site_builder.publish.plan import Plan, Present, Tell
from site_builder.publish.record import Record
from site_builder.publish.standing import Standing


@dataclass(frozen=True)
class Surroundings:
    """What a target may need: the site's folder, a temporary folder, and whether somebody is there.

    `workspace` is a folder outside the site that is removed afterwards. `interactive` says whether a
    program may ask somebody at the terminal for a password.
    """

    root: Path
    workspace: Path
    interactive: bool
    force: bool = False
    """Whether a git branch that has moved may be overwritten."""


@dataclass(frozen=True)
class Shipment:
    """What to publish. `files` and `record` describe everything of ours at the target afterwards."""

    plan: Plan
    files: Mapping[str, bytes]
    record: Record
    before: Record | None
    """The record of the last publish."""
    message: str
    """The changes in words, for a target that keeps a log."""
    altered: tuple[str, ...] = ()
    """Files that stay because somebody else changed them."""
    renamed: Mapping[EntityId, EntityId] = field(default_factory=dict)
    """The earlier ids of renamed entities, by their new ids."""


@runtime_checkable
class KnowsWhere(Protocol):
    """A target that may know where it is served."""

    def standing(self) -> Standing | None:
        """The address of the published site, and how it is known; None if it is not known."""
        ...


class Destination(Protocol):
    """A place a site can be published to.

    Methods raise `PublishFault` for every error of the place or the network.
    """

    address: str
    """Its name in messages if there is no base address: `s3://explainers/talks/`."""
    manner: str
    """How files are stored; if it changes, every file counts as changed."""

    def look(self, files: Mapping[str, bytes]) -> Present:
        """What the target holds, compared with the files of the site. Changes nothing."""
        ...

    def send(self, shipment: Shipment, tell: Tell) -> None:
        """Publishes the files. If it is interrupted, the site there is still complete."""
        ...

    def roll_back(self) -> str:
        """Goes back to the version before; returns in words which one that is."""
        ...
