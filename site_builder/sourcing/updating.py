"""`source update`: the text of a source whose original has changed."""

from __future__ import annotations

import difflib
import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from site_builder.diagnostics import Diagnostic, as_text
from site_builder.disk import read_file
from site_builder.editing import Edit, apply, not_written, with_field
from site_builder.faults import Fault
from site_builder.sources.text_form import read as read_form
from site_builder.sourcing.checking import Checked, checked, place_of
from site_builder.sourcing.extraction import Wishes, extraction, read
from site_builder.sourcing.records import Known, known_source
from site_builder.text.sentences import sentences
from site_builder.values import NamedTuple

_MOST_SHOWN = 40
"""Lines of a difference that are shown."""
_MOST_COMPARED = 20_000
"""Sentences up to which a difference is worked out in order."""


class Updated(NamedTuple):
    """What to say about an update, and whether it was written."""

    lines: list[str]
    written: bool


def update(root: Path, slug: str, path: Path, wishes: Wishes, *, accept: bool = False) -> Updated:
    """Reads a source's original again. The text is written if all quotations stand in it, or with `accept`.

    A text that somebody changed by hand is never overwritten: the new one goes beside it. Raises `Fault`
    if it can't be read or written.
    """
    known = known_source(root, slug)
    name, old = _text_of(root, known)
    found, pages = read(
        path, wishes._replace(pages=wishes.pages or str(known.extracted.get("pages", "")))
    )
    new = found.text.encode()
    is_ours = hashlib.sha256(old).hexdigest() == known.extracted.get("text")
    if new == old:
        return _same(root, known, path, extraction(path, found, pages, new))
    lines = [
        *_difference(
            old.decode("utf-8", "replace"), found.text, str(known.fields.get("language", "en"))
        )
    ]
    before, after = _checks(root, known, name, new)
    lost = _lost(before, after)
    lines += _moved(before, after)
    if lost:
        lines.append(
            f"no longer found in the new text: {_count(len(lost), 'citation')}\n{as_text(lost).rstrip()}"
        )
    if lost and not accept:
        lines.append(
            "nothing was written; correct these citations, or write it all the same: --accept"
        )
        return Updated([*lines, *found.notes], written=False)
    target = root / "seeds" / name
    if not is_ours:
        return _beside(root, target, new, lines)
    entry = with_field(known.found, known.within, "extracted", extraction(path, found, pages, new))
    apply([Edit(target.resolve(), old, new), entry, *_copy(root, known, path)], root)
    lines.append(f"seeds/{name} written" + (", and all citations stand" if not lost else ""))
    return Updated([*lines, *found.notes], written=True)


def _text_of(root: Path, known: Known) -> tuple[str, bytes]:
    name = known.file
    if not name:
        raise Fault(f"source '{known.slug}' has no text yet: its entry names no file")
    target = (root / "seeds" / name).resolve()
    if not target.is_relative_to((root / "seeds").resolve()):
        raise Fault(f"'{name}' leads outside seeds/; nothing was written")
    try:
        return name, read_file(target)
    except OSError as error:
        raise Fault(f"'seeds/{name}' can't be read: {error.strerror}") from None


def _copy(root: Path, known: Known, path: Path) -> list[Edit]:
    """The change of the copy that the site publishes, if it has one of the same kind."""
    written = known.fields.get("copy")
    if not isinstance(written, str):
        return []
    target = (root / "static" / written.lstrip("/").removeprefix("static/")).resolve()
    if not target.is_relative_to((root / "static").resolve()) or not target.is_file():
        raise Fault(f"there is no file '{written}' in static/; nothing was written")
    if target.suffix.lower() != path.suffix.lower():
        raise Fault(f"the copy in static/ is '{target.name}', and this is '{path.name}'")
    before, after = read_file(target), path.read_bytes()
    return [Edit(target, before, after)] if before != after else []


def _same(root: Path, known: Known, path: Path, made: dict[str, str]) -> Updated:
    if known.extracted.get("sha256") in {None, made["sha256"]}:
        return Updated(["nothing changed"], written=False)
    entry = with_field(known.found, known.within, "extracted", made)
    apply([entry, *_copy(root, known, path)], root)
    return Updated(["the file is another one, and its text is the same"], written=True)


def _beside(root: Path, target: Path, new: bytes, lines: list[str]) -> Updated:
    """Writes a new text beside one that somebody changed."""
    beside = target.with_name(f"{target.stem}.new{target.suffix}")
    before = None
    try:
        before = read_file(beside) if beside.exists() else None
    except OSError as error:
        raise not_written(beside, error) from None
    apply([Edit(beside, before, new)], root)
    lines.append(
        f"seeds/{target.name} was changed by hand, so it stays as it is; the new text is in seeds/{beside.name}"
    )
    return Updated(lines, written=False)


def _checks(root: Path, known: Known, name: str, new: bytes) -> tuple[Checked, Checked]:
    """What is said of the site with the old text, and with the new one."""
    with tempfile.TemporaryDirectory(prefix="site-builder-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(new)
        return checked(root, known.slug), checked(root, known.slug, (name, path))


def _lost(before: Checked, after: Checked) -> list[Diagnostic]:
    """The errors that the new text makes."""
    known = {(row.code, row.location[:4], row.message) for row in before.diagnostics}
    return [
        row
        for row in after.diagnostics
        if row.is_error and (row.code, row.location[:4], row.message) not in known
    ]


def _moved(before: Checked, after: Checked) -> Iterator[str]:
    """The quotations that stand in another place now."""
    if before.cited is None or after.cited is None or before.text is None or after.text is None:
        return
    old = {row.words: place_of(before.text.form, row.pieces[0][0]) for row in before.cited}
    for row in after.cited:
        place = place_of(after.text.form, row.pieces[0][0])
        if row.words in old and old[row.words] != place:
            yield f"“{_shortened(row.words)}” is at {place or 'no place'} now, before at {old[row.words] or 'no place'}"


def _difference(old: str, new: str, language: str) -> Iterator[str]:
    """The sentences that are gone and those that are new."""
    before, after = (_sentences(text, language) for text in (old, new))
    if len(before) + len(after) > _MOST_COMPARED:
        rows = _unordered(before, after)
    else:
        rows = [
            f"{row[0]} {_shortened(row[1:])}"
            for row in difflib.unified_diff(before, after, n=0, lineterm="")
            if row[:1] in "+-" and row[:3] not in {"---", "+++"}
        ]
    gone, added = (sum(row.startswith(sign) for row in rows) for sign in "-+")
    yield f"{_count(gone, 'sentence')} gone or changed, {added:,} new"
    yield from rows[:_MOST_SHOWN]
    if len(rows) > _MOST_SHOWN:
        yield f"… and {len(rows) - _MOST_SHOWN:,} lines more"


def _unordered(before: Sequence[str], after: Sequence[str]) -> list[str]:
    gone, added = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return [f"- {_shortened(row)}" for row in gone] + [f"+ {_shortened(row)}" for row in added]


def _sentences(text: str, language: str) -> list[str]:
    rows: list[str] = []
    for paragraph in read_form(text).words.split("\n\n"):
        joined = " ".join(paragraph.replace("-\n", "").split())
        rows += sentences(joined, language)
    return rows


def _shortened(text: str, longest: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
