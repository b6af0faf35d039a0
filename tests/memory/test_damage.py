"""What is remembered between builds runs no code, and damage to it costs a slow build."""

from __future__ import annotations

import builtins
import datetime
import marshal
import os
import pickle
import random
import shutil
import struct
import sys
import typing
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.content.entries import AboutFile, FileFacts, LoadedFile, SiteFile
from site_builder.content.kinds import KINDS
from site_builder.content.places import Late
from site_builder.content.records import Model
from site_builder.engine.steps import Step
from site_builder.exports import search
from site_builder.links.belonging import Belonging
from site_builder.links.graph import Head, LinkedAbout, Use
from site_builder.lint.comments import Comment
from site_builder.lint.finding import Linted
from site_builder.markdown.document import Document
from site_builder.memory import kept
from site_builder.memory.blobs import Blobs
from site_builder.memory.kept import MOST_PARTS, read_joined
from site_builder.memory.pickles import CLASSES, RECORDS, Packed, dumps, loads, plain_loads
from site_builder.memory.store import Store, read_sealed, sealed, unsealed
from site_builder.pages.briefs import Brief
from site_builder.reading.files import digest_bytes
from site_builder.rendering import compiled
from site_builder.stages.steps import STAGES, Told
from tests.conftest import MakeSite

# --- what can be made ------------------------------------------------------------------------------


def test_the_list_has_the_classes_that_are_remembered_and_no_others() -> None:
    found: set[type] = set()

    def walk(hint: Any) -> None:
        for inner in typing.get_args(hint):
            walk(inner)
        kind = typing.get_origin(hint) or hint
        if not isinstance(kind, type) or kind in found:
            return
        if kind.__module__.startswith("site_builder."):
            found.add(kind)
            for name, inner in typing.get_type_hints(kind, include_extras=True).items():
                if not name.startswith("_"):
                    walk(inner)
        elif kind.__module__ == "datetime":
            found.add(kind)

    of_files = (LoadedFile, FileFacts, SiteFile, AboutFile, Document)
    of_steps = (Step, Told, Linted, Comment, Packed, Late)
    in_rows = (Head, Use, Brief, LinkedAbout, Belonging)
    for kind in (*of_files, *of_steps, *in_rows):
        walk(kind)
    for row in KINDS.values():
        walk(row.model)

    assert found >= {Packed, datetime.date}
    records = {kind for kind in found if issubclass(kind, Model)}
    names = {(kind.__module__, kind.__qualname__) for kind in found - records}
    assert {*CLASSES} == names
    assert {kind.__module__ for kind in records} == RECORDS
    for kind in records:
        assert loads(_global(kind.__module__, kind.__name__)) is kind


class _Calls:
    """Pickled as a call."""

    def __init__(self, function: Callable[..., Any], *arguments: object) -> None:
        self._reduced = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self._reduced


def _global(module: str, name: str) -> bytes:
    """The bytes of a pickle that is one name of a module."""
    parts = (struct.pack("<cB", b"\x8c", len(text)) + text.encode() for text in (module, name))
    return b"\x80\x04" + b"".join(parts) + b"\x93."


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("posix", "system"),
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("builtins", "object"),
        ("builtins", "__import__"),
        ("subprocess", "Popen"),
        ("importlib", "import_module"),
        ("functools", "partial"),
        ("operator", "attrgetter"),
        ("datetime", "datetime"),
        ("datetime", "date.today"),
        ("site_builder.workers", "Workers"),
        ("site_builder.processes", "Program"),
        ("site_builder.memory.spool", "Spool"),
        ("site_builder.memory.pickles", "_Reader"),
        ("site_builder.memory.pickles", "loads"),
        ("site_builder.memory.pickles", "pickle"),
        ("site_builder.memory.pickles", "importlib.import_module"),
        ("site_builder.memory.pickles", "Packed.get"),
        ("site_builder.content.models", "EntityId._make"),
        ("site_builder.content.models", "EntityId.__init__.__globals__"),
        ("site_builder.content.models.EntityId", "_make"),
        ("site_builder", "content.models.EntityId"),
        ("site_builder.links.graph", "EntityId"),
        ("site_builder.content.library", "Library"),
        ("site_builder.content.models", "parse_date"),
        ("site_builder.content.models", "Model"),
        ("site_builder.content.models", "Date"),
        ("site_builder.content.models", "Prose"),
        ("site_builder.content.models", "datetime"),
        ("site_builder.content.models", "DEFAULT_STANCES"),
        ("site_builder.content.models", "Article.byline"),
        ("site_builder.content.citing", "field"),
        ("site_builder.content.citing", "_Unread"),
        ("site_builder.content.targets", "re"),
        ("site_builder.content.records", "Model"),
        ("tests.memory.test_damage", "_Calls"),
    ],
)
def test_no_other_name_is_looked_up(module: str, name: str) -> None:
    before = {*sys.modules}
    data = _global(module, name)
    assert loads(data) is None
    assert plain_loads(data) is None
    old = f"c{module}\n{name}\n.".encode()
    assert (loads(old), plain_loads(old)) == (None, None)
    assert {*sys.modules} == before


def test_a_name_of_the_list_is_looked_up() -> None:
    from site_builder.content.models import EntityId

    assert loads(_global("site_builder.content.models", "EntityId")) is EntityId
    assert plain_loads(_global("site_builder.content.models", "EntityId")) is None


def test_no_function_is_called(tmp_path: Path) -> None:
    path = tmp_path / "made"
    for call in (
        _Calls(os.mkdir, str(path)),
        _Calls(os.system, f"touch {path}"),
        _Calls(builtins.eval, f"open({str(path)!r}, 'w')"),
        _Calls(builtins.open, str(path), "w"),
        _Calls(Store, tmp_path, "made", ""),
    ):
        assert loads(pickle.dumps(call)) is None
        assert loads(pickle.dumps((1, [call], {"a": call}))) is None
        nested = Packed("")
        nested.__setstate__(pickle.dumps(call))
        with pytest.raises(pickle.UnpicklingError):
            nested.get()
    assert not path.exists()


def test_other_ways_out_of_a_pickle_are_damage() -> None:
    for data in (
        b"\x80\x04\x82\x01.",
        b"\x80\x04Pabc\n.",
        b"\x80\x04\x8c\x03abcQ.",
        b"\x80\x05\x97.",
    ):
        assert loads(data) is None


def test_deep_and_long_values_are_read_or_are_damage() -> None:
    deep = b"\x80\x04" + b"]" * 200_000 + b"a" * 199_999 + b"."
    assert isinstance(loads(deep), list)
    assert loads(b"\x80\x04\x8e" + (1 << 60).to_bytes(8, "little") + b"abc.") is None
    assert loads(b"\x80\x05\x96" + (1 << 62).to_bytes(8, "little") + b"abc.") is None


def test_sealed_data_is_plain() -> None:
    value = ("1", {"a": (1, 2)}, "ü", None, 1.5, b"x")
    assert unsealed(sealed(value)) == value
    for data in (dumps(Packed(1)), marshal.dumps(compile("1", "", "eval")), b""):
        head = struct.pack("<Q", len(data)) + digest_bytes(data)
        assert unsealed(head + data) is None


# --- compiled templates ---------------------------------------------------------------------------------


class _Bucket:
    def __init__(self) -> None:
        self.key, self.checksum, self.code = "base.html", "1", b""

    def bytecode_from_string(self, code: bytes) -> None:
        self.code = code

    def bytecode_to_string(self) -> bytes:
        return b"code"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the secret of this installation is."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.setattr(compiled, "FOLDER", folder)
    return folder


def _templates(store: Store, *, write: bool = True) -> compiled.CompiledTemplates:
    compiled._secret.cache_clear()  # as in another process
    return compiled.CompiledTemplates(store, write=write)


def _loaded(templates: compiled.CompiledTemplates) -> bytes:
    bucket = _Bucket()
    templates.load_bytecode(bucket)  # type: ignore[arg-type]
    return bucket.code


def test_a_compiled_template_is_run_only_where_it_was_compiled(tmp_path: Path, here: Path) -> None:
    store = Store(tmp_path, "parsed", "")
    _templates(store).dump_bytecode(_Bucket())  # type: ignore[arg-type]
    assert _loaded(_templates(store)) == b"code"
    assert (here / "templates.key").stat().st_mode & 0o777 == 0o600

    (here / "templates.key").write_bytes(bytes(32))
    assert _loaded(_templates(store)) == b""
    for damage in (b"", b"short"):
        (here / "templates.key").write_bytes(damage)
        assert _loaded(_templates(store)) == b""


def test_a_compiled_template_from_elsewhere_is_not_run(tmp_path: Path, here: Path) -> None:
    store = Store(tmp_path, "parsed", "")
    for record in (b"", b"code", bytes(32) + b"code", bytes(64)):
        store._new.close()
        store.put("template base.html 1", record)
        assert _loaded(_templates(store)) == b""
    assert not here.is_symlink()


def test_a_seal_is_for_one_template(tmp_path: Path, here: Path) -> None:
    store = Store(tmp_path, "parsed", "")
    _templates(store).dump_bytecode(_Bucket())  # type: ignore[arg-type]
    store.put("template base.html 2", store.get("template base.html 1") or b"")
    bucket = _Bucket()
    bucket.checksum = "2"
    _templates(store).load_bytecode(bucket)  # type: ignore[arg-type]
    assert bucket.code == b""
    assert here.is_dir()


# --- damage ------------------------------------------------------------------------------------------------

FILES = {
    "content/site.yaml": "title: Tea\nexports: [feeds, search]\nbase_url: https://tea.example/\n",
    "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026-01-01\n---\nTea, says [[anna]].\n",
    "content/actors.yaml": "anna:\n  name: Anna\n  aliases: [Annie]\nbob:\n  name: Bob\n",
    "content/issues/price.md": "---\ntitle: Price\npositions:\n  - actor: anna\n    stance: supports\n---\n",
    "templates/stances.html": "{% extends 'base.html' %}{% block main %}Mine{% endblock %}",
}
EDITED = "---\ntitle: Tea\nas_of: 2026-01-01\n---\nMore tea, says [[anna]], not [[bob]].\n"


@pytest.fixture
def root(make_site: MakeSite) -> Path:
    """A site that has been built twice, so that all of its memory is there."""
    site = make_site(FILES)
    article = site / "content/articles/tea.md"
    text = article.read_text()
    article.write_text(text + "\nTwice.\n")
    build(site)
    article.write_text(text)
    build(site)
    return site


def build(root: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(root), "build"], catch_exceptions=False)
    assert result.exit_code == 0, result.output


def output(root: Path) -> dict[str, bytes]:
    """The files of the site."""
    folder = root / "output"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".site-builder.json"
    }


def clean(root: Path) -> dict[str, bytes]:
    """The files of the site, made without a memory."""
    shutil.rmtree(root / ".site-builder", ignore_errors=True)
    shutil.rmtree(root / "output")
    build(root)
    return output(root)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a file after something happened to them."""
    at = chance.randrange(len(data) + 1)
    some = chance.randbytes(chance.choice((1, 4, 100)))
    match chance.randrange(8):
        case 0:
            return data[:at]
        case 1:
            return data[at:]
        case 2:
            return b""
        case 3:
            return data[:at] + some + data[at:]
        case 4:
            return data[:at] + bytes(min(4096, len(data) - at)) + data[at + 4096 :]
        case 5:
            return chance.randbytes(len(data))
        case 6:
            return data[:at] + b"\xff" * 8 + data[at + 8 :]
        case _:
            flipped = bytearray(data or b"x")
            flipped[at % len(flipped)] ^= 1 << chance.randrange(8)
            return bytes(flipped)


@pytest.mark.parametrize("seed", range(3))
def test_damage_costs_a_slow_build_and_nothing_else(root: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    memory, kept = root / ".site-builder", tmp_path / "kept"
    article = root / "content/articles/tea.md"
    before = article.read_text()
    whole = {before: output(root)}
    shutil.copytree(memory, kept)
    kept_output = tmp_path / "kept-output"
    shutil.copytree(root / "output", kept_output)
    article.write_text(EDITED)
    whole[EDITED] = clean(root)
    for _ in range(5):
        for folder, of in ((memory, kept), (root / "output", kept_output)):
            shutil.rmtree(folder)
            shutil.copytree(of, folder)
        files = sorted(path for path in memory.rglob("*") if path.is_file())
        for path in chance.sample(files, chance.randint(1, len(files))):
            path.write_bytes(damaged(path.read_bytes(), chance))
        text = chance.choice((before, EDITED))
        article.write_text(text)
        build(root)
        assert output(root) == whole[text]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_read_of_damaged_files_is_whole_or_nothing(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = root / ".site-builder"
    (last,) = folder.glob("last-*")
    most, whole = 1 + len(STAGES) * MOST_PARTS, last.read_bytes()
    parts = read_joined(last, most, whole[:16])
    head, index = typing.cast("Any", read_sealed(folder / "parsed.index"))
    version = head.split(" ", 1)[1]
    store = Store(folder, "parsed", version)
    records = {key: store.get(key) for key in index}
    store.close()
    blobs = {path.name: Blobs(path.parent).get(path.name) for path in folder.glob("made/*")}
    assert min(len(parts), len(records), len(blobs)) > 0
    assert None not in [*records.values(), *blobs.values()]
    for path in (last, folder / "parsed.index", folder / "parsed.pack", *folder.glob("made/*")):
        data = path.read_bytes()
        for _ in range(60):
            path.write_bytes(damaged(data, chance))
            assert read_joined(last, most, whole[:16]) in ([], parts)
            store = Store(folder, "parsed", version)
            assert all(store.get(key) in (None, records[key]) for key in records)
            store.close()
            assert all(Blobs(folder / "made").get(key) in (None, blobs[key]) for key in blobs)
        path.write_bytes(data)


def _resealed(path: Path, chance: random.Random) -> bytes:
    """A file of the memory with other values in it, and the checksums that belong to them."""
    values = (None, 5, "x", b"\0" * 7, (), (1,), {}, {"a": 1}, {5: 5}, [[]])
    value = dumps(chance.choice(values))
    data = path.read_bytes()
    if path.name.startswith("last-"):
        count = int.from_bytes(data[20:24], "little")
        at, parts = 24 + 12 * count, []
        for number in range(count):
            size = int.from_bytes(data[24 + 12 * number : 32 + 12 * number], "little")
            parts.append(data[at : at + size])
            at += size
        number = chance.choice([n for n, part in enumerate(parts) if loads(part)])
        part = loads(parts[number])
        assert isinstance(part, dict)
        name = chance.choice(list(part))
        other = chance.choice(values)
        if isinstance(part[name], Step) and chance.random() < 0.5:
            other = part[name]._replace(**{chance.choice(Step._fields): other})
        parts[number] = chance.choice((value, dumps({**part, name: other})))
        sizes = b"".join(struct.pack("<QI", len(row), zlib.crc32(row)) for row in parts)
        sizes = count.to_bytes(4, "little") + sizes
        return data[:16] + zlib.crc32(sizes).to_bytes(4, "little") + sizes + b"".join(parts)
    if path.parent.name == "made":
        body = chance.choice((b"[]\n", b"{}\n", b'[["../x", 0]]\n', b"[[1, 2]]\n", b"[" * 100_000))
        return _blob(path, body)
    note = unsealed(data)
    if isinstance(note, tuple):
        n = chance.randrange(1, len(note))
        return sealed((*note[:n], chance.choice(values), *note[n + 1 :]))
    return value


def _blob(path: Path, body: bytes) -> bytes:
    blobs = Blobs(path.parent)
    blobs.put(path.name, body)
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(2))
def test_other_values_with_right_checksums_cost_a_slow_build(
    root: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    memory, kept = root / ".site-builder", tmp_path / "kept"
    article = root / "content/articles/tea.md"
    shutil.copytree(memory, kept)
    article.write_text(EDITED)
    whole = clean(root)
    for _ in range(5):
        shutil.rmtree(memory)
        shutil.copytree(kept, memory)
        path = chance.choice(
            [path for path in memory.iterdir() if path.is_file() and path.name != ".gitignore"]
        )
        path.write_bytes(_resealed(path, chance))
        build(root)
        assert output(root) == whole


def test_an_index_of_any_kind_is_read_or_made_again() -> None:
    packed = search._packed({"pagefind.js": b"x", "index/a.pf_index": b"yz"})
    assert search._unpacked(packed) == {"pagefind.js": b"x", "index/a.pf_index": b"yz"}
    for damage in (
        None, b"", b"[]x", b"5\n", b"null\n", b'[["a"]]\n', b'[["a", "b"]]\n', b'[["a", 5]]\nabc',
        b'[["a", -1]]\n', b'[["../a", 0]]\n', b'[["/a", 0]]\n', b'[["a/../b", 0]]\n', b'[[".a", 0]]\n',
        b'[[5, 0]]\n', b'[["a", 1]]\nabc', b"[" * 100_000, b'[["a\\u0000", 0]]\n',
    ):  # fmt: skip
        assert search._unpacked(damage) is None


@pytest.mark.usefixtures("no_hang")
def test_files_of_any_length_are_not_read_to_their_end(root: Path) -> None:
    memory = root / ".site-builder"
    whole = output(root)
    for path in memory.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                file.truncate(1 << 40)
    (root / "content/site.yaml").touch()
    build(root)
    assert output(root) == whole


def test_a_memory_that_can_not_be_read_or_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "content/articles/tea.md").write_text(EDITED)
    memory = str(root / ".site-builder")
    refused = []

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def refuses(path: Any, *rest: Any, **more: Any) -> Any:
            if str(path).startswith(memory):
                refused.append(path)
                raise PermissionError(13, "Permission denied", path)
            return real(path, *rest, **more)

        return refuses

    for name in ("open", "scandir", "mkdir", "replace"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    build(root)
    monkeypatch.undo()
    assert refused
    assert output(root) == clean(root)


def test_a_disk_that_is_full_for_the_memory(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "content/articles/tea.md").write_text(EDITED)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("write_joined", "sweep", "_ignore_in_git"):
        with monkeypatch.context() as patch:
            patch.setattr(kept, name, full)
            build(root)
    assert output(root) == clean(root)
