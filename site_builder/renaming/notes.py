"""What is found about references to one entity while the files of a site are searched for them."""

from __future__ import annotations

from collections.abc import Collection

from site_builder.reading.yaml_path import YamlPath
from site_builder.renaming.files import File, Files
from site_builder.renaming.names import Called, Renaming
from site_builder.renaming.texts import Address
from site_builder.values import NamedTuple


class Left(NamedTuple):
    """A place that is to be changed, but can't be."""

    path: str
    line: int


class Notes:
    """Notes in `files` what changes, and counts it."""

    def __init__(self, files: Files, renaming: Renaming, called: Called) -> None:
        self.files = files
        self.renaming = renaming
        self.called = called
        self.count = 0
        """The places that change."""
        self.by_name = 0
        """The places that name the entity by a name, and stay as they are."""
        self.left: list[Left] = []

    def note(self, file: File, line: int, *, done: bool) -> None:
        """Notes that a place changes, or that it can't be changed."""
        if done:
            self.count += 1
        else:
            self.left.append(Left(file.path, line))

    def new_name(self, text: str, kinds: Collection[str]) -> str:
        """What to write for a reference; "" if it stays."""
        if not self.called.is_meant(text, kinds):
            return ""
        if not self.called.by_slug(text) and self.called.still_means(text, kinds):
            self.by_name += 1
            return ""
        return self.called.new_text(text, kinds)

    def whole(self, file: File, where: YamlPath, new: str) -> None:
        """Changes a whole value of YAML."""
        found = file.scalar(where)
        is_one_line = found is not None and found.style not in ("|", ">")
        done = file.replace((found.start, found.end) if found and is_one_line else None, new)
        self.note(file, file.line_of(found.start) if found else 1, done=done)

    def address(self, *, leads_to: bool) -> Address:
        """The new names in an address; `leads_to` says whether its path is the entity's."""
        was, now = (id.slug.rpartition("/")[2] for id in self.renaming)

        def name(step: str) -> str:
            return now if leads_to and step == was else ""

        def anchor(fragment: str) -> str:
            return self.renaming.anchor(fragment) or self.renaming.entry_anchor(fragment)

        return Address(name, anchor)


def some(count: int, what: str) -> str:
    """A number of things in words."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
