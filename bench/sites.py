"""A contender's site of one size on disk: its files, its builds, and what was measured of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.generators import Generator
from bench.measure import Cost, run


@dataclass
class Site:
    """A contender's folder for one size of corpus, and what was measured there."""

    generator: Generator
    command: Sequence[str]
    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    """What the generator is given, as it is on disk."""
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    """By kind of work, one for each round."""
    memory: dict[str, int] = field(default_factory=dict)
    """Peak memory by kind of work, in bytes."""
    failures: dict[str, str] = field(default_factory=dict)
    """The kinds of work that went wrong, and how."""

    def begin(self, files: dict[str, str]) -> None:
        """Start from these files alone: without output, without a cache of an earlier build.

        The old folder is only moved aside. On ext4, new folders cost more for a while after others were
        deleted, whoever makes them; `tidy` deletes the old ones when no cold build follows soon.
        """
        if self.folder.exists():
            self.tidy()
            self.folder.rename(self._aside)
        self.files = {}
        self.update(files)

    def tidy(self) -> None:
        """Delete what `begin` moved aside."""
        shutil.rmtree(self._aside, ignore_errors=True)

    @property
    def _aside(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.old")

    def update(self, files: dict[str, str]) -> tuple[str, ...]:
        """Write the files that are new or differ; returns their paths."""
        changed = tuple(path for path, text in files.items() if self.files.get(path) != text)
        for path in changed:
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(files[path], encoding="utf-8")
        self.files = files
        return changed

    def build(self, changed: Sequence[str] = (), *, watch_memory: bool = False) -> Cost:
        """Build once. Caches that a generator keeps for its user are in the folder, too."""
        environment = {
            **os.environ,
            "XDG_CACHE_HOME": str(self.folder / ".cache"),
            "HUGO_CACHEDIR": str(self.folder / ".cache" / "hugo"),
            "NO_COLOR": "1",
        }
        more = self.generator.after_edit(changed[0]) if len(changed) == 1 else ()
        return run((*self.command, *more), self.folder, environment, watch_memory=watch_memory)

    def page(self, path: str) -> Path:
        """Where a page of the built site is."""
        return self.folder / self.generator.output / path
