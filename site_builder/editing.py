"""Changes to files that authors write: all of them or none, and only if nobody changed a file meanwhile.

Whatever an author wrote stays: a block is added to the end of a file, or the lines of one field are
replaced, and the result must read as what was there with this one change.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.diagnostics import Diagnostic
from site_builder.disk import create, read_file, rewrite
from site_builder.faults import Fault
from site_builder.reading.files import Found, decode, read
from site_builder.reading.front_matter import split
from site_builder.reading.located_yaml import locate, parse


class Edit(NamedTuple):
    """What a file holds before and after a change. `before` is None for a file that must be new."""

    path: Path
    before: bytes | None
    after: bytes


def apply(edits: Sequence[Edit]) -> None:
    """Makes all changes. If one can't be made, those before it are taken back, and a `Fault` says why."""
    done: list[Edit] = []
    try:
        for edit in edits:
            if edit.before is not None and read_file(edit.path) != edit.before:
                raise Fault(f"'{edit.path}' changed meanwhile; nothing was written. Try again")
        for edit in edits:
            if edit.before is None:
                edit.path.parent.mkdir(parents=True, exist_ok=True)
                create(edit.path, edit.after)
            else:
                rewrite(edit.path, edit.after)
            done.append(edit)
    except FileExistsError:
        _take_back(done)
        raise Fault(f"'{edit.path}' already exists; nothing was written") from None
    except OSError as error:
        _take_back(done)
        raise not_written(edit.path, error) from None


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
    end = _end_of_block(lines, start, len(indent))
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


def _end_of_block(lines: Sequence[str], start: int, indent: int) -> int:
    """The line behind a field and all that is indented below it."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        deep = len(line) - len(line.lstrip(" "))
        if deep < indent or (deep == indent and not line.lstrip().startswith("- ")):
            break
        end = number + 1
    return end


def _put(data: Any, within: tuple[str, ...], field: str, value: Any) -> None:
    for step in within:
        data = data[step]
    data[field] = value
