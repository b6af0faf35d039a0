"""Changes to files that authors write: all of them or none, and only if nobody changed a file meanwhile.

Whatever an author wrote stays: a block is added to the end of a file, or the lines of one field are
replaced, and the result must read as what was there with this one change.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from site_builder.diagnostics import Diagnostic
from site_builder.disk import (
    NotOrdinary,
    about,
    create,
    is_clean,
    is_folder,
    is_random_name,
    own_folder,
    random_name,
    read_file,
    replace,
    rewrite,
)
from site_builder.faults import Fault
from site_builder.reading.files import Found, decode, digest, read
from site_builder.reading.front_matter import split
from site_builder.reading.located_yaml import locate, parse
from site_builder.reading.yaml_spans import Splice, end_of_block, spliced
from site_builder.values import NamedTuple


class Edit(NamedTuple):
    """What a file holds before and after a change: None where there is no file."""

    path: Path
    before: bytes | None
    after: bytes | None
    like: Path | None = None
    """The file whose permissions a new file gets."""


def apply(edits: Sequence[Edit], root: Path) -> None:
    """Makes all changes. If one can't be made, those before it are taken back, and a `Fault` says why.

    New contents are first written beside their files. Then a journal in the folder of the site says what is to
    be done, and the files are renamed into place. If the process is killed before there is a journal, nothing
    has changed; if later, the next command finishes the change (`finish`).
    """
    staged: list[_Step] = []
    journal = root / JOURNAL
    try:
        for edit in edits:
            _refuse_changed(edit)
        for edit in edits:
            staged.append(_staged(edit))
        _refuse_link(journal.parent)
        replace(journal, json.dumps([step.as_row(root) for step in staged]).encode())
    except OSError as error:
        _take_away(staged, journal)
        raise not_written(Path(error.filename or edit.path), error) from None
    except BaseException:
        _take_away(staged, journal)
        raise
    done: list[Edit] = []
    try:
        for edit, step in zip(edits, staged, strict=True):
            if not step.is_done:  # another command may have finished it meanwhile
                _refuse_changed(edit)
                step.take()
            done.append(edit)
    except (OSError, Fault) as error:
        _take_back(done)
        _take_away(staged, journal)
        raise (error if isinstance(error, Fault) else not_written(edit.path, error)) from None
    _take_away([], journal)


JOURNAL = Path(".site-builder", "edits.json")
"""In the folder of a site: what a change was about to do."""
_LONGEST_JOURNAL = 1 << 24
"""Bytes of a journal; a longer one was not made here."""


class _Step(NamedTuple):
    """A file to be replaced by the one beside it, or to be removed, which an empty file beside it tells."""

    path: Path
    beside: Path
    before: str
    """The digest of what the file held; "" for a file that must be new."""
    removes: bool = False

    @property
    def is_done(self) -> bool:
        """Whether this has happened."""
        return not os.path.lexists(self.beside)

    def take(self) -> None:
        """Replaces or removes the file."""
        if self.removes:
            self.path.unlink(missing_ok=True)
            self.beside.unlink()
        else:
            self.beside.replace(self.path)

    def as_row(self, root: Path) -> list[object]:
        """The step in the journal."""
        path = os.path.relpath(self.path.parent.resolve() / self.path.name, root.resolve())
        return [Path(path).as_posix(), self.beside.name, self.before, self.removes]

    @classmethod
    def of_row(cls, row: object, root: Path) -> _Step:
        """A step of the journal, which may come from a stranger. Raises `ValueError` if it is not one of ours.

        The name beside the file is one that nobody can guess, and is in the same folder. So whoever can write
        only to `.site-builder/`, as a cache of CI can, changes no file.
        """
        match row:
            case [str() as path, str() as beside, str() as before, bool() as removes] if is_clean(
                path
            ) and is_random_name(beside):
                place = root.resolve() / path
                if place.parent.resolve() == place.parent:
                    return cls(place, place.with_name(beside), before, removes)
        raise ValueError("this is not a step of a change")


def finish(root: Path) -> list[str]:
    """Finishes a change that was interrupted, and says so; a file that somebody changed since is left as it is.

    Raises `Fault` if a file can't be written.
    """
    journal = root / JOURNAL
    if not is_folder(journal.parent):
        return []
    try:
        rows = json.loads(read_file(journal, largest=_LONGEST_JOURNAL))
        steps = [_Step.of_row(row, root) for row in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, RecursionError):
        problem = f"'{journal}' can't be read, so no file is changed"
        return [f"{problem}. If a change of files was interrupted, look at them; then delete it"]
    left: list[str] = []
    for step in steps:
        if step.is_done:
            continue
        try:
            there = digest(read_file(step.path)) if os.path.lexists(step.path) else ""
            # A removal may have been interrupted after its file was gone.
            if there == step.before or (step.removes and not there):
                step.take()
                continue
        except NotOrdinary:
            pass
        except OSError as error:
            raise not_written(step.path, error) from None
        left.append(f"'{step.path}' was changed since, and is left as it is; look at it")
    _take_away(steps, journal)
    return ["a change of files was interrupted; it is finished now", *left]


def _refuse_link(folder: Path) -> None:
    """Makes the folder of the journal. Raises `Fault` if something else is there."""
    if not own_folder(folder):
        raise Fault(f"'{folder}' is not a folder; nothing was written")


def _refuse_changed(edit: Edit) -> None:
    """Raises `Fault` if a file is not as it was when the change was worked out."""
    if edit.before is not None and read_file(edit.path) != edit.before:
        raise Fault(f"'{edit.path}' changed meanwhile; nothing was written. Try again")
    if edit.before is None and os.path.lexists(edit.path):
        raise Fault(f"'{edit.path}' already exists; nothing was written")


def _staged(edit: Edit) -> _Step:
    """A change whose new content stands beside its file, with the permissions of the old one."""
    before = "" if edit.before is None else digest(edit.before)
    edit.path.parent.mkdir(parents=True, exist_ok=True)
    beside = edit.path.with_name(random_name())
    try:
        create(beside, edit.after or b"")
        like = edit.like if edit.before is None else edit.path
        if like:
            beside.chmod(stat.S_IMODE(like.lstat().st_mode))
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise about(error, edit.path) from None
    return _Step(edit.path, beside, before, edit.after is None)


def _take_away(steps: Sequence[_Step], journal: Path) -> None:
    """Removes the journal, and what still stands beside files."""
    paths = (journal, *(step.beside for step in steps))
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
    with contextlib.suppress(OSError):
        journal.parent.rmdir()  # if it was made for the journal


def _take_back(done: Sequence[Edit]) -> None:
    for edit in reversed(done):
        with contextlib.suppress(OSError):
            if edit.before is None:
                edit.path.unlink()
            else:
                rewrite(edit.path, edit.before)


def not_written(path: Path, error: OSError) -> Fault:
    """The fault that a file can't be written."""
    return Fault(f"'{path}' can't be written: {error.strerror}")


# --- texts of YAML ---------------------------------------------------------------------------


def scalar(text: str) -> str:
    """A text as a YAML scalar: plain if YAML reads it back as the same text, else in quotation marks."""
    for written in (text, json.dumps(text, ensure_ascii=False)):
        data, problems = parse("", f"field: {written}\n")
        if not problems and data == {"field": text}:
            return written
    raise Fault(f"{text!r} contains characters that are not allowed in a content file")


def block_of(fields: Mapping[str, Any], indent: str = "") -> list[str]:
    """Fields as lines of YAML in block style: texts, lists of texts and fields within fields."""
    lines: list[str] = []
    for name, value in fields.items():
        if isinstance(value, Mapping):
            lines += [f"{indent}{name}:", *block_of(value, f"{indent}  ")]
        elif isinstance(value, (list, tuple)):
            lines += [f"{indent}{name}:", *(f"{indent}  - {scalar(str(one))}" for one in value)]
        else:
            lines.append(f"{indent}{name}: {scalar(str(value))}")
    return lines


def text_of(found: Found) -> str:
    """The text of a content file. Raises `Fault` if it can't be read."""
    file = read(found)
    text, problems = (None, (file,)) if isinstance(file, Diagnostic) else decode(file)
    if text is None or problems:
        raise Fault(f"{found.path}: {problems[0].message}; nothing was written")
    return text


def entries_of(path: str, text: str) -> Mapping[str, Any]:
    """The entities in a collection's file, by slug. Raises `Fault` if it can't be read."""
    data, problems = parse(path, text)
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        raise Fault(f"{errors[0].headline}\nnothing was written; fix this first")
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise Fault(f"{path} must hold entities, each under its slug; nothing was written")
    return data


def appended(found: Found, slug: str, block: str) -> Edit:
    """A collection's file with a block at its end. Raises `Fault` if it could not be read as intended."""
    before = text_of(found)
    gap = "" if not before or before.endswith("\n") else "\n"
    after, problems = parse(found.path, before + gap + block)
    meant = {**entries_of(found.path, before), slug: parse("", block)[0][slug]}
    if after != meant or any(problem.is_error for problem in problems):
        raise Fault(
            f"nothing can be added to the end of {found.path} the way it is written. "
            f"Nothing was written; add this block yourself:\n\n{block}"
        )
    place, data, line_end = _bytes_of(found)
    return Edit(place, data, data + (gap + block).replace("\n", line_end).encode())


def with_field(found: Found, within: tuple[str, ...], field: str, value: Mapping[str, Any]) -> Edit:
    """An entity's file with the lines of one field replaced, or added behind the entity's last one."""
    text = text_of(found)
    is_yaml = found.path.endswith((".yaml", ".yml"))
    yaml, first = (text, 1) if is_yaml else split(found.path, text)[0][:2]
    data = parse(found.path, yaml, first)[0]
    entity = data
    for step in within:
        entity = entity[step] if isinstance(entity, Mapping) else None
    if not isinstance(entity, Mapping) or not entity:
        raise Fault(f"{found.path} can't be read here; nothing was written")
    lines = yaml.split("\n")
    name = field if field in entity else list(entity)[-1]
    place = locate(found.path, yaml, 1, (*within, name), key=True)
    indent = lines[place.line - 1][: place.column - 1]
    block = block_of({field: value}, indent)
    start = place.line - 1
    end = end_of_block(lines, start, len(indent))
    if field in entity:
        lines[start:end] = block
    else:
        lines[end:end] = block
    made = "\n".join(lines)
    meant = parse(found.path, yaml)[0]
    _put(meant, within, field, parse("", "\n".join(block_of({field: value})))[0][field])
    if indent.strip() or parse(found.path, made)[0] != meant:
        shown = "\n".join(block_of({field: value}))
        raise Fault(
            f"{found.path} is written in a way that can't be changed here. "
            f"Nothing was written; write this field yourself:\n\n{shown}"
        )
    head = "" if is_yaml else text[: text.index(yaml)]
    whole = head + made + text[len(head) + len(yaml) :]
    return _replaced(found, text, whole)


def _bytes_of(found: Found) -> tuple[Path, bytes, str]:
    """Where a file is, behind a link within the site, which stays; its bytes; and what ends its lines."""
    try:
        place = Path(found.absolute).resolve()
        data = read_file(place)
    except OSError as error:
        raise not_written(Path(found.path), error) from None
    return place, data, "\r\n" if b"\r\n" in data else "\n"


def _replaced(found: Found, text: str, whole: str) -> Edit:
    place, data, line_end = _bytes_of(found)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    if mark + text.replace("\n", line_end).encode() != data:
        raise Fault(
            f"{found.path} has line ends of two kinds or odd characters; save it anew first. Nothing was written"
        )
    return Edit(place, data, mark + whole.replace("\n", line_end).encode())


def respliced(found: Found, text: str, splices: Iterable[Splice]) -> Edit:
    """A file with splices made in its text; every other byte stays. Raises `Fault` if that can't be done."""
    place, data, line_end = _bytes_of(found)
    raw = data.decode("utf-8-sig")
    offsets = _offsets(found.path, raw, text)
    written = []
    for start, end, new in splices:
        first = offsets[start]
        break_at = max(raw.rfind("\n", 0, first), raw.rfind("\r", 0, first))
        before = raw[: break_at + 1]
        own = next((sign for sign in ("\r\n", "\n", "\r") if before.endswith(sign)), line_end)
        written.append(Splice(first, offsets[end], new.replace("\n", own)))
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return Edit(place, data, mark + spliced(raw, written).encode())


def _offsets(path: str, raw: str, text: str) -> Sequence[int]:
    """For each offset in a decoded text the one in the file's characters."""
    if raw == text:
        return range(len(text) + 1)
    offsets = []
    at = 0
    for char in text:
        while at < len(raw) and raw[at] != char and not _is_read_as(raw, at, char):
            at += 1  # a character that is left out
        if at == len(raw):
            raise Fault(f"{path} has odd characters; save it anew first. Nothing was written")
        offsets.append(at)
        at += 2 if raw.startswith("\r\n", at) else 1
    return [*offsets, len(raw)]


def _is_read_as(raw: str, at: int, char: str) -> bool:
    """Whether a line break of another kind is read as this character."""
    return (char == "\n" and raw[at] == "\r") or (
        char == " " and raw[at] in "\x0b\x0c\x85\u2028\u2029"
    )


def _put(data: Any, within: tuple[str, ...], field: str, value: Any) -> None:
    for step in within:
        data = data[step]
    data[field] = value
