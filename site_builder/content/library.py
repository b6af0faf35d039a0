"""The content files of a site, each read and parsed once, and only if it is asked for.

What a file says depends on its bytes alone, so it is taken from the store by their digest where it
is there. Whether a file has changed is told by its signature; a signature from the last moments
before it was noted is not trusted, as the file may have been written again within them.

What parses is imported when there is something to parse.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from site_builder.content.entries import AboutFile, Entry, FileFacts, LoadedFile, SiteFile
from site_builder.content.files import kind_of_file, unreadable_file
from site_builder.content.kinds import Kind
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.content.texts import with_new_text
from site_builder.diagnostics import Diagnostic
from site_builder.faults import Doing
from site_builder.markdown.document import USUAL, Dialect
from site_builder.memory.pickles import dumps, loads
from site_builder.memory.store import Store
from site_builder.reading.encodings import as_written, lines_as_written
from site_builder.reading.files import LARGEST_CONTENT, Found, InputFile, decode, read
from site_builder.values import NamedTuple
from site_builder.workers import Workers

Loaded = TypeVar("Loaded", LoadedFile, SiteFile, AboutFile)

Noted = tuple[tuple[int, int, int, int], str]
"""A file's signature, and the digest of the bytes it then had."""


SITE_FILES = ("content/site.yaml", "content/site.yml")
"""The settings: the first of them counts."""


class Library:
    """The content files of one build. `unsaved` are texts of an editor, by path, in place of what the files hold."""

    def __init__(
        self,
        found: Mapping[str, Found],
        noted: Mapping[str, Noted],
        store: Store | None = None,
        unsaved: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        found = _with_unsaved(found, unsaved) if unsaved else found
        self._unsaved = unsaved
        self._found = found
        self._store = store
        self._files: dict[str, InputFile] = {}
        self._loaded: dict[str, LoadedFile] = {}
        self._entries: dict[str, tuple[LoadedFile, dict[EntityId, Entry]]] = {}
        self._texts: dict[str, str] = {}
        self._paths: dict[EntityId, str] = {}
        self._dialect = USUAL
        self.noted: dict[str, Noted] = {}
        """The files as they are now."""
        self.unreadable: list[Diagnostic] = []
        for path, row in found.items():
            old = noted.get(path)
            if old is not None and old[0] == row.signature and path not in unsaved:
                self.noted[path] = old
            else:
                file = self._read(path)
                if file is not None:
                    self.noted[path] = (row.signature, file.digest)
        self.places = Places(self.text_of)

    def _read(self, path: str) -> InputFile | None:
        unsaved = self._unsaved.get(path)
        file = (
            read(self._found[path], LARGEST_CONTENT)
            if unsaved is None
            else InputFile(path, unsaved)
        )
        if isinstance(file, Diagnostic):
            self.unreadable.append(file)
            return None
        self._files[path] = file
        return file

    def file(self, path: str) -> InputFile | None:
        """A file's bytes; None if there are none."""
        if path in self._files:
            return self._files[path]
        return self._read(path) if path in self._found else None

    def entries_of(self, path: str) -> tuple[Entry, ...]:
        """The entries of a file. They are not kept: this is for looking at many."""
        known = self._loaded.get(path) or self._recalled(path)
        if not isinstance(known, LoadedFile):
            known = self._loaded_now(path)
        return known.entries

    def text_of(self, path: str) -> str:
        """A file's text, "" if it has none."""
        if path not in self._texts:
            file = self.file(path)
            self._texts[path] = (file and decode(file).text) or ""
        return self._texts[path]

    def as_written(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings at the columns of the files: in texts, odd characters take no room."""
        lines: dict[str, list[str]] = {}
        rows = []
        for row in findings:
            place = row.location
            if place.path not in lines:
                file = self.file(place.path) if place.path in self._found else None
                lines[place.path] = lines_as_written(file.data) if file else []
            if place.line <= len(lines[place.path]):
                line = lines[place.path][place.line - 1]
                row = row._replace(location=as_written(place, line))  # noqa: PLW2901
            rows.append(row)
        return self._without_secrets(rows)

    def _without_secrets(self, findings: list[Diagnostic]) -> list[Diagnostic]:
        """The findings, those in the settings without the passwords and tokens that stand there."""
        for path in {row.location.path for row in findings} & set(SITE_FILES):
            from site_builder.content.hiding import hide_secrets

            text = self.text_of(path)
            findings = [
                row if row.location.path != path else hidden
                for row, hidden in zip(findings, hide_secrets(findings, text), strict=True)
            ]
        return findings

    def site(self, path: str) -> SiteFile:
        """The settings in the file at a path."""
        known = self._recalled(path)
        if isinstance(known, SiteFile):
            return known
        from site_builder.content.site_files import load_site

        file = self.file(path)
        return self._remembered(path, load_site(file)) if file else SiteFile(None, ())

    def about(self, path: str, dialect: Dialect) -> AboutFile:
        """The page in the file at a path."""
        self._dialect = dialect
        known = self._recalled(path)
        if isinstance(known, AboutFile):
            return known
        from site_builder.content.site_files import load_about

        file = self.file(path)
        return self._remembered(path, load_about(file, dialect)) if file else AboutFile(None, ())

    def facts(
        self,
        dialect: Dialect,
        known: Mapping[str, FileFacts],
        workers: Workers,
    ) -> tuple[dict[str, FileFacts], list[Diagnostic]]:
        """The facts of every file of a collection, and files that belong to none.

        `known` has the facts of files as they were; those of the same bytes are taken from it.
        """
        self._dialect = dialect
        facts: dict[str, FileFacts] = {}
        strangers: list[Diagnostic] = []
        missing: list[str] = []
        for path, (_, digest_now) in self.noted.items():
            old = known.get(path)
            if old is not None and old.digest == digest_now:
                facts[path] = old
                continue
            kind = kind_of_file(path)
            if isinstance(kind, Diagnostic):
                strangers.append(kind)
            elif kind is not None:
                missing.append(path)
        self._load({path: known.get(path) for path in missing}, workers)
        for path in missing:
            if path in self._loaded:
                facts[path] = FileFacts.of(self._loaded[path], self.noted[path][1])
            else:  # it vanished just now
                del self.noted[path]
        self._paths = {entry.id: path for path, row in facts.items() for entry in row.entries}
        if missing:
            self._keep_in_store()
        self.forget_bytes()
        known_paths = {path: facts[path] for path in self.noted if path in facts}
        return known_paths | self._unreadable(), strangers

    def _unreadable(self) -> dict[str, FileFacts]:
        """The facts of files whose bytes can't be had: references to them are not blamed."""
        rows = {}
        for path in self._found.keys() - self.noted.keys():
            kind = kind_of_file(path)
            if isinstance(kind, Kind):
                rows[path] = FileFacts.of(unreadable_file(path, kind), "")
        return dict(sorted(rows.items()))

    def _load(self, files: Mapping[str, FileFacts | None], workers: Workers) -> None:
        """Parses files, in several processes if there are many that are not in the store.

        With each path go the facts of the file as it was.
        """
        unknown = [
            _Changed(path, file, self._before(path, old))
            for path, old in files.items()
            if not self._from_store(path) and (file := self.file(path)) is not None
        ]
        in_processes = workers.are_worth_it(unknown)
        if in_processes:
            import site_builder.content.loading  # noqa: F401  # once, and not in each process
        workers.map(self._parse, unknown, self._keep)

    def _before(self, path: str, old: FileFacts | None) -> LoadedFile | None:
        """What a file said when these were its facts, if that is still known."""
        known = self._recalled(path, old.digest) if old else None
        return known if isinstance(known, LoadedFile) else None

    def _from_store(self, path: str) -> bool:
        loaded = self._recalled(path)
        if isinstance(loaded, LoadedFile):
            self._loaded[path] = loaded
        return path in self._loaded

    def _recalled(self, path: str, digest_then: str = "") -> object:
        """What the store has of a file as it is now, or as it was when it had this digest."""
        if self._store is None:
            return None
        record = self._store.get(self._key(path, digest_then or self.noted[path][1]))
        return loads(record) if record else None

    def _remembered(self, path: str, loaded: Loaded) -> Loaded:
        """The same, which the store now has."""
        if self._store:
            self._store.put(self._key(path, self.noted[path][1]), dumps(loaded))
        return loaded

    @property
    def _parse(self) -> _Parse:
        return _Parse(self._dialect, packed=self._store is not None)

    def _keep(self, parsed: _Parsed) -> _Parsed:
        """Keeps what a file says, for this build and in the store; returns that nothing is left to keep."""
        path = parsed.path
        self._loaded[path] = parsed.file or loads(parsed.record)
        if self._store:
            self._store.put(self._key(path, self.noted[path][1]), parsed.record)
        return _Parsed(path, None, b"")

    def _key(self, path: str, digest_then: str) -> str:
        return f"{path} {digest_then} {self._dialect.html}"

    def entry(self, id: EntityId) -> Entry:
        """An entity's entry."""
        path = self._paths[id]
        if path not in self._loaded and not self._from_store(path):
            self._loaded_now(path)
        loaded = self._loaded[path]
        if len(loaded.entries) == 1:
            return loaded.entries[0]
        known = self._entries.get(path)
        if known is None or known[0] is not loaded:
            known = self._entries[path] = loaded, {entry.id: entry for entry in loaded.entries}
        return known[1][id]

    def _loaded_now(self, path: str) -> LoadedFile:
        """What a file says that is in no store."""
        file = self.file(path)
        assert file is not None
        self._keep(self._parse(_Changed(path, file)))
        return self._loaded[path]

    def _keep_in_store(self) -> None:
        """Says that the records of all files are still of use: the store is about to grow."""
        if self._store:
            self._store.keep(
                self._key(path, self.noted[path][1]) for path in set(self._paths.values())
            )

    def forget_bytes(self) -> None:
        """Frees what can be read again."""
        self._files.clear()
        self._texts.clear()


_UNSAVED = (0, 0, 0, 0)
"""The signature of a text that is in no file: a later build that does not have it reads the file."""


def _with_unsaved(found: Mapping[str, Found], unsaved: Mapping[str, bytes]) -> dict[str, Found]:
    """The files, with those that an editor has not saved as it holds them."""
    files = {**found, **{path: Found(path, "", _UNSAVED) for path in unsaved}}
    return dict(sorted(files.items()))


class _Changed(NamedTuple):
    """A file to parse, and what it said before it changed, if that is known."""

    path: str
    file: InputFile
    before: LoadedFile | None = None


class _Parsed(NamedTuple):
    """What a file says, and the same in bytes where they are wanted; from another process, only these."""

    path: str
    file: LoadedFile | None
    record: bytes


class _Parse:
    """Parses one file, in this process or another. `packed` says whether the bytes are wanted here too."""

    def __init__(self, dialect: Dialect, *, packed: bool) -> None:
        self._dialect = dialect
        self._packed = packed
        self._process = os.getpid()

    def __call__(self, row: _Changed) -> _Parsed:
        with Doing(f"reading {row.path}"):
            loaded = _parsed(row, self._dialect)
        is_here = os.getpid() == self._process
        record = dumps(loaded) if self._packed or not is_here else b""
        return _Parsed(row.path, loaded if is_here else None, record)


def _parsed(row: _Changed, dialect: Dialect) -> LoadedFile:
    loaded = with_new_text(row.file, row.before, dialect) if row.before else None
    if loaded is not None:
        return loaded
    from site_builder.content.loading import load_file

    kind = kind_of_file(row.path)
    if not isinstance(kind, Kind):
        raise TypeError(f"{row.path} contains no entities")
    return load_file(row.file, kind, dialect)
