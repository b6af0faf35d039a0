"""The search index, made by Pagefind (https://pagefind.app) from the same data as the pages.

There is one record for each article, issue, actor, claim, event, source and term, and for each position, so that a
result leads to the exact place. A record is a small HTML page: its name has the most weight, then other names and
questions, then the text. Records depend only on the graph, so another process indexes them while pages are rendered,
and a changed template does not change the index.

Pagefind can't update an index. So that an edit does not index a large site again, records are distributed over shards by
their page, and each shard is cached by its records; the script on the search page merges them, which Pagefind calls
multisite search. Most sites have one shard.

The same records give the same bytes, if filters are avoided: Pagefind 1.5 writes the values of a filter in the order of
a hash table, which varies. So kinds are stored as metadata.

The protocol is that of Pagefind's own wrappers (`pagefind --service`): base64 of JSON, with a comma after each message.
Its Python wrapper waits a tenth of a second for each answer, which would take minutes for 1,000 records.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
import importlib
import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from site_builder.content.kinds import KINDS, SEARCHED
from site_builder.content.models import Position
from site_builder.content.shape import records_in, shape_of
from site_builder.exports.names import names_of
from site_builder.exports.texts import body_words, words
from site_builder.links.addresses import position_anchor
from site_builder.links.graph import Linked
from site_builder.memory.blobs import Blobs, key_of
from site_builder.pages.routes import INDEX_FOLDER
from site_builder.pages.site import Pages
from site_builder.processes import Program
from site_builder.text import lazily
from site_builder.text.same import form, same
from site_builder.values import NamedTuple

_SHARD_SIZE = 1000
_MOST_SHARDS = 8
"""The most shards; more would cost readers more requests than they save in builds."""
_PATIENCE = 300
"""Seconds after which indexing is given up; 10,000 records take ten seconds."""
_FORMAT = "3"
"""The version of the cached form of an index."""
_PATH = lazily.pattern(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)
_CLIENT = ("pagefind.js", "pagefind-worker.js")
HOW_TO_GET = "it needs Pagefind: pip install 'pagefind[bin]'"


class Entry(NamedTuple):
    """A record of the index: its page and anchor, and its words in order of weight."""

    page: str
    """Its page, which decides its shard."""
    url: str
    kind: str
    title: str
    line: str
    """A line to show below the title."""
    names: tuple[str, ...]
    text: str

    def html(self, language: str) -> str:
        """The record as HTML for Pagefind: the metadata shown in results, which is also searched, then the words.

        Words are in the normal form of `text.same`, as readers' queries are. The title is shown as written, and
        searched in its normal form. Pagefind drops pages without words, so an entity without text repeats
        its title.
        """

        def e(text: str) -> str:
            return html.escape(text)

        def meta(name: str, text: str) -> str:
            return (
                f'<p data-pagefind-meta="{name}" data-pagefind-ignore="index">{e(text)}</p>'
                if text
                else ""
            )

        sought = same(self.title)
        return (
            f'<html lang="{e(language)}"><body><main data-pagefind-body>'
            f"{meta('kind', self.kind)}{meta('title', self.title)}{meta('line', self.line)}"
            f"{meta('sought', sought if sought != self.title else '')}"
            f"{meta('names', same(' · '.join(self.names)))}"
            f"{_paragraphs(self.text or self.title)}</main></body></html>"
        )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(form(line).text)}</p>" for line in text.split("\n") if line)


# --- records -------------------------------------------------------------------------------------


def entries(pages: Pages) -> Iterator[Entry]:
    """All records, in a fixed order."""
    for kind in SEARCHED:
        for linked in pages.graph.of_kind(kind.name):
            yield _entry(pages, linked)
            yield from _positions(pages, linked)


def _entry(pages: Pages, linked: Linked) -> Entry:
    id = linked.entry.id
    card = pages.cards.of(id)
    kind = KINDS[id.kind]
    hidden = {shape.name for shape in shape_of(kind.model) if not shape.marks.search}
    fields = "\n".join(
        words(linked, *where) for where in linked.entry.prose if where[0] not in hidden
    )
    named = ", ".join(pages.cards.of(other).name for other in linked.refs_at(kind.search_line))
    line = (named or card.detail) if kind.search_line else card.line
    text = "\n".join(part for part in (fields, body_words(pages.graph, linked)) if part)
    page = pages.graph.addresses.page_of(id)
    others = tuple(name for name in names_of(linked) if name != card.name)
    return Entry(page, card.path, id.kind, card.name, line, others, text)


def _positions(pages: Pages, linked: Linked) -> Iterator[Entry]:
    for where, row, *_ in records_in(linked.entry.record, Position):
        actor = linked.refs.get((*where, "actor"))
        if actor is None:
            continue
        quoted = [mark.words for mark in linked.cites.get((*where, "cite"), ()) if mark.words]
        earlier = [words(linked, *where, "earlier", m, "summary") for m in range(len(row.earlier))]
        label = pages.stances[row.stance].label
        path = pages.graph.addresses.of(linked.entry.id, position_anchor(actor))
        text = "\n".join(
            part for part in (words(linked, *where, "summary"), *earlier, *quoted) if part
        )
        title = f"{pages.cards.of(actor).name}: {linked.entry.title}"
        page = pages.graph.addresses.page_of(linked.entry.id)
        yield Entry(page, path, "position", title, label, (), text)


# --- the index -----------------------------------------------------------------------------------


def find_pagefind() -> Path | None:
    """The Pagefind program: from a wheel, the extended one first, or else from PATH; None if not found."""
    for module in ("pagefind_bin_extended", "pagefind_bin"):
        try:
            found: Path = importlib.import_module(module).get_executable()
        except (ImportError, FileNotFoundError):
            continue
        return found
    import shutil

    program = shutil.which("pagefind_extended") or shutil.which("pagefind")
    return Path(program) if program else None


class Indexing:
    """An index in progress: started at once, awaited by `files`. Cached shards are not made again.

    `stop` ends all processes, whatever has happened.
    """

    def __init__(self, pages: Pages, store: Blobs, program: Path) -> None:
        self._store = store
        self._language = pages.graph.content.site.language
        stat = program.stat()
        self._program = program
        made_by = f"{_FORMAT} {program.name} {stat.st_size} {_version(program)}"
        self._shards: list[tuple[str, Mapping[str, bytes] | None, _Run | None]] = []
        try:
            for shard in shards(tuple(entries(pages))):
                messages = _messages(shard, self._language)
                key = key_of("search", made_by, *messages)
                kept = _unpacked(store.get(key))
                run = None if kept is not None else _Run(program, messages)
                self._shards.append((key, kept, run))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends all running processes."""
        for _, _, run in self._shards:
            if run is not None:
                run.stop()

    def files(self) -> dict[str, bytes]:
        """The files of the index by path. Raises `IndexFailed` if Pagefind fails."""
        try:
            return self._files()
        finally:
            self.stop()

    def _files(self) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        for number, (key, kept, run) in enumerate(self._shards):
            files = kept
            if run is not None:
                files = run.files()
                self._store.put(key, _packed(files))
            folder = INDEX_FOLDER if number == 0 else f"{INDEX_FOLDER}{number}/"
            for path, data in (files or {}).items():
                if number == 0 or not (path in _CLIENT or path.startswith("wasm.")):
                    made[folder + path] = data
        shard_count = {"shards": [f"{n}/" for n in range(1, len(self._shards))]}
        made[f"{INDEX_FOLDER}shards.json"] = (json.dumps(shard_count) + "\n").encode()
        return made


class IndexFailed(Exception):
    """Pagefind failed, for the reason in the message."""


def shards(rows: Sequence[Entry]) -> list[list[Entry]]:
    """Distributes records over as many shards as needed; records of one page stay together."""
    count = max(1, min(_MOST_SHARDS, len(rows) // _SHARD_SIZE))
    made: list[list[Entry]] = [[] for _ in range(count)]
    for row in rows:
        digest = hashlib.blake2b(row.page.encode(), digest_size=4).digest()
        made[int.from_bytes(digest, "big") % count].append(row)
    return [rows for rows in made if rows]


def _version(program: Path) -> str:
    """The version of the wheel, from the name of its metadata folder; "" if it is not from a wheel."""
    for folder in sorted(program.parent.parent.glob(f"{program.parent.name}-*.dist-info")):
        return folder.name
    return str(program.stat().st_mtime_ns)


def _message(number: int, **payload: Any) -> bytes:
    data = {"message_id": number, "payload": payload}
    return base64.b64encode(json.dumps(data).encode()) + b","


def _messages(rows: Sequence[Entry], language: str) -> list[bytes]:
    config = {"keep_index_url": True, "force_language": None}
    messages = [_message(0, type="NewIndex", config=config)]
    for number, row in enumerate(rows, 1):
        messages.append(
            _message(
                number,
                type="AddFile",
                index_id=0,
                url=f"/{row.url}",
                file_path=None,
                file_contents=row.html(language),
            )
        )
    messages.append(_message(len(messages), type="GetFiles", index_id=0))
    return messages


class _Run:
    """One run of Pagefind's service. Threads write its input and read its output, so that nothing blocks."""

    def __init__(self, program: Path, messages: Sequence[bytes]) -> None:
        import subprocess

        self._count = len(messages)
        try:
            self._program = Program(
                [str(program), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise IndexFailed(f"{program} can't be run: {error.strerror}") from error
        self._process = self._program.process
        self._writer = threading.Thread(target=self._write, args=(b"".join(messages),), daemon=True)
        self._answers: list[bytes] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._writer.start()
        self._reader.start()

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):  # it has ended, and answers will be missing
            self._process.stdin.write(data)
            self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        seen = 0
        out: Any = self._process.stdout
        with contextlib.suppress(OSError, ValueError):  # it was stopped
            while seen < self._count and (data := out.read1(1 << 20)):
                self._answers.append(data)
                seen += data.count(b",")

    def stop(self) -> None:
        """Ends the service, if it is still running."""
        self._program.end()

    def files(self) -> dict[str, bytes]:
        """The files that readers' browsers need, by path."""
        self._reader.join(_PATIENCE)
        self.stop()
        answers = [part for part in b"".join(self._answers).split(b",") if part]
        for answer in answers:
            payload = json.loads(base64.b64decode(answer))["payload"]
            if payload["type"] == "Error":
                raise IndexFailed(payload["message"])
        if len(answers) < self._count:
            raise IndexFailed("Pagefind ended before it was done")
        return {
            row["path"]: base64.b64decode(row["content"])
            for row in payload["files"]
            if _is_needed(row["path"])
        }


def _is_needed(path: str) -> bool:
    """Whether the search page needs a file: not Pagefind's own interfaces, nor other languages' modules."""
    if path == "wasm.unknown.pagefind":
        return False
    return path in _CLIENT or not path.endswith((".js", ".css"))


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Files packed into one value: a line of JSON with paths and sizes, then their bytes."""
    rows = sorted(files.items())
    head = json.dumps([(path, len(data)) for path, data in rows]).encode()
    return b"".join([head, b"\n", *(data for _, data in rows)])


def _unpacked(data: bytes | None) -> dict[str, bytes] | None:
    """The files of such a value; None if it is not one."""
    head, _, rest = (data or b"").partition(b"\n")
    files: dict[str, bytes] = {}
    at = 0
    try:
        for path, size in json.loads(head):
            if not _PATH.fullmatch(path) or not 0 <= size <= len(rest) - at:
                return None
            files[path] = rest[at : at + size]
            at += size
    except (TypeError, ValueError, RecursionError):
        return None
    return files if at == len(rest) else None
