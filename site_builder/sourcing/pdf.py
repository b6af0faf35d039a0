"""PDF to the text form: pages, columns in their order, footnotes apart, running lines left out."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from site_builder.content.dates import DateError, parse_date
from site_builder.sources.writing import literal
from site_builder.sourcing.found import Extracted, Unreadable
from site_builder.sourcing.pdf_page import RAISED, Line, is_read_by_ocr, lines_of, with_calls
from site_builder.sourcing.running_lines import find_running_lines, without_line_numbers
from site_builder.values import NamedTuple

MOST_PAGES = 2_000
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_DEFINITION = re.compile(
    r"(?:\( ?)?\x0e([^\x0f]{1,4})\x0f(?: ?\))?\s*"
    r"|\( ?(\d{1,3}) ?\)\s+(?=[^\d\W])|(\d{1,3})(?=[^\d\s.,)]| [^\d\W])\s*"
)
_CALLS = re.compile(r"(?<=\S)\x0e([^\x0f]{1,4})\x0f")
_ENDS = re.compile(r"[.!?:;…]['\"”’»)\]]*(?:\[\^[^\]]*\])*$")
_LEAST_TEXT = 60
"""Characters on a page of the text, on average."""
_MOST_SMALL_PRINT = 30
"""Lines of a block in small type that may stand within a sentence."""
_SMALLER = 0.93
"""The height of footnotes, as a share of that of the text."""


def extract(path: Path, pages: tuple[int, int] | None) -> Extracted:
    """The text of a PDF, or of some of its pages (from 1, both included)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_why(str(error))) from None
    count = len(document)
    if not count:
        raise Unreadable("this PDF has no pages")
    first, last = pages or (1, count)
    if last > count:
        raise Unreadable(f"it has {count:,} pages, so there is no page {last:,}")
    if last - first >= MOST_PAGES:
        raise Unreadable(
            f"{count:,} pages; at most {MOST_PAGES:,} are read: say which, as in --pages 1-200"
        )
    found = Extracted(tool="pdfium", pages=last - first + 1)
    _describe(found, document)
    read: list[list[Line]] = []
    by_ocr: set[int] = set()
    """The pages, from 0, of what is read."""
    for number in range(first - 1, last):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            read.append([])  # it is told as a page without text
            continue
        read.append(lines_of(page))
        if is_read_by_ocr(page):
            by_ocr.add(len(read) - 1)
        page.close()
    if not any(read):
        many = f"{found.pages} pages" if found.pages > 1 else "one page"
        raise Unreadable(
            f"{many} and no text: a scan; run it through OCR first, or type what you quote"
        )
    _compose(found, read, first, by_ocr)
    if by_ocr:
        found.notes.append(
            f"text by OCR on {_pages(len(by_ocr))}: compare what you quote with the picture of the page"
        )
    return found


def _why(error: str) -> str:
    if "password" in error.lower():
        return "it is locked with a password; save a copy without one, and add that"
    return "this PDF is broken; open it, print it to a new PDF, and add that"


def _describe(found: Extracted, document: Any) -> None:
    known = document.get_metadata_dict(skip_empty=True)
    title = " ".join(known.get("Title", "").split())
    if title and not re.search(
        r"\.\w{2,4}$|^untitled|^microsoft word|^slide \d|^scan", title, re.IGNORECASE
    ):
        found.title = title
    date = _DATE.match(known.get("CreationDate", ""))
    written = "-".join(part for part in date.groups() if part) if date else ""
    with contextlib.suppress(DateError):
        begin = parse_date(written).begin if written > "1980" else None
        found.published = written if begin else ""


class _Styles(NamedTuple):
    """What most lines of a document are like."""

    size: float
    leading: float


def _compose(found: Extracted, read: list[list[Line]], first: int, by_ocr: Set[int]) -> None:
    numbered = [without_line_numbers(lines) for lines in read]
    pages = [lines for lines, _ in numbered]
    running = find_running_lines(pages)
    labels = _labels(running.labels, first)
    styles = _styles(pages)
    out: list[str] = []
    last: Line | None = None
    for number, lines in enumerate(pages):
        left_out = [lines[at] for at in sorted(running.left_out[number])]
        body = [line for at, line in enumerate(lines) if at not in running.left_out[number]]
        text, notes = _footnotes(body, styles, has_sizes=number not in by_ocr)
        if last is not None and text and _begins_paragraph(last, text[0], styles, same_page=False):
            out.append("")
        out.append(f"[p. {labels[number]}]")
        out += [f"[omit] {line.text}" for line in left_out]
        if numbered[number][1]:
            out.append(f"[omit] {' '.join(numbered[number][1])}")
        for at, line in enumerate(text):
            before = text[at - 1] if at else None
            if before and _begins_paragraph(before, line, styles, same_page=True):
                out.append("")
            out.append(literal(with_calls(line.text)))
        out += notes
        last = text[-1] if text else last
    found.text = "\n".join(out) + "\n"
    _tell(found, running.forms, running.left_out, labels, pages, numbered)


def _labels(printed: Sequence[str], first: int) -> list[str]:
    """The label of each page: the printed one, else one that follows from its neighbours', else its place."""
    offsets = Counter(
        int(label) - number for number, label in enumerate(printed) if label.isdigit()
    )
    usual = offsets.most_common(1)[0][0] if offsets else None
    labels = []
    for number, label in enumerate(printed):
        follows = number + usual if usual is not None else 0
        labels.append(label or (str(follows) if follows > 0 else str(number + first)))
    return labels


def _tell(
    found: Extracted,
    forms: Sequence[str],
    left_out: Sequence[set[int]],
    labels: Sequence[str],
    pages: Sequence[Sequence[Line]],
    numbered: Sequence[tuple[list[Line], list[str]]],
) -> None:
    """Says what whoever adds it should look at."""
    count = sum(map(bool, left_out))
    if count:
        shown = ", ".join(f"“{form}”" for form in forms)
        found.notes.append(f"left out on {_pages(count)}: {shown} (the lines [omit] in the text)")
    count = sum(bool(numbers) for _, numbers in numbered)
    if count:
        found.notes.append(f"numbers of lines left out on {_pages(count)}")
    kept = [
        [line for at, line in enumerate(lines) if at not in out]
        for lines, out in zip(pages, left_out, strict=True)
    ]
    empty = [label for label, lines in zip(labels, kept, strict=True) if not lines]
    if empty:
        where = f"page {empty[0]}" if len(empty) == 1 else f"pages {', '.join(empty[:20])}"
        found.notes.append(f"no text on {where}: a picture? type what you quote from it")
    lines = [line for page in kept for line in page]
    if sum(len(line.text) for line in lines) < _LEAST_TEXT * len(pages):
        found.notes.append("hardly any text: a scan with a stamp on it? run it through OCR first")
    if sum(len(line.text) == 1 and line.text.isalpha() for line in lines) > 0.6 * len(lines):
        found.notes.append("most lines have one letter: set vertically? look at the text")
    if (unread := found.text.count("\N{REPLACEMENT CHARACTER}")) > 0:
        many = f"{unread:,} characters" if unread > 1 else "one character"
        found.notes.append(f"{many} could not be read: compare what you quote")


def _pages(count: int) -> str:
    return f"{count} pages" if count > 1 else "one page"


def _styles(pages: Sequence[Sequence[Line]]) -> _Styles:
    sizes: Counter[float] = Counter()
    steps: list[float] = []
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        steps += [
            a.bottom - b.bottom
            for a, b in pairwise(lines)
            if 0 < a.bottom - b.bottom < 4 * a.size and abs(a.size - b.size) < 0.1 * a.size
        ]
    size = max(0.1, sizes.most_common(1)[0][0])
    return _Styles(size, median(steps) if steps else 1.2 * size)


def _begins_paragraph(before: Line, line: Line, styles: _Styles, *, same_page: bool) -> bool:
    """Whether a paragraph begins with a line."""
    ends = _ENDS.search(with_calls(before.text)) is not None
    differs = abs(before.size - line.size) / styles.size
    if differs > 0.3 or (differs > 0.12 and ends):
        return True
    step = before.bottom - line.bottom
    beside = line.left > before.right or line.right < before.left
    if not same_page or beside or step <= 0:
        return ends and not line.text[:1].islower()
    if step > 1.4 * max(styles.leading, 0.9 * line.size):
        return True
    indent = line.left - before.left
    return ends and (
        indent > 0.7 * line.size or (before.right - before.left) < 0.5 * (line.right - line.left)
    )


# --- footnotes -------------------------------------------------------------------------------


def _footnotes(
    lines: Sequence[Line], styles: _Styles, *, has_sizes: bool
) -> tuple[list[Line], list[str]]:
    """The lines of a page without its footnotes, and these as definitions.

    Without sizes (OCR only guesses them), small type says nothing.
    """
    text: list[Line] = []
    notes: list[str] = []
    numbers: list[int] = []
    inside: Line | None = None
    called = {match[1].strip() for line in lines for match in _CALLS.finditer(line.text)}
    for line in lines:
        number = _defined(line, styles, numbers, called)
        if number:
            numbers.append(number)
            said = _DEFINITION.sub("", line.text, count=1)
            notes.append(f"[^{number}]: {literal(with_calls(said))}")
            inside = line
        elif inside and _belongs(inside, line, styles):
            notes.append(literal(with_calls(line.text)))
            inside = line
        else:
            inside = None
            text.append(line)
    return _without_small_print(text, styles, notes) if has_sizes else text, notes


def _without_small_print(lines: list[Line], styles: _Styles, notes: list[str]) -> list[Line]:
    """The lines of a page without what stands in small type below a column whose sentence goes on behind it."""
    text: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].size <= _SMALLER * styles.size:
            end += 1
        if end > at and text and _parts_a_sentence(text[-1], lines[at:end], lines[end : end + 1]):
            block = [literal(with_calls(line.text)) for line in lines[at:end]]
            notes += [f"[^*]: {block[0]}", *block[1:]]
        else:
            end = max(end, at + 1)
            text += lines[at:end]
        at = end
    return text


def _parts_a_sentence(before: Line, block: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether a block stands at the foot of a column or page, in the middle of a sentence."""
    ends = _ENDS.search(with_calls(before.text)) is not None
    is_below = before.bottom > block[0].bottom
    is_last = not after or (after[0].bottom > block[-1].bottom and after[0].text[:1].islower())
    is_heading = before.right - before.left < 0.5 * (block[0].right - block[0].left)
    return not ends and not is_heading and is_below and is_last and len(block) <= _MOST_SMALL_PRINT


def _defined(line: Line, styles: _Styles, numbers: Sequence[int], called: Set[str]) -> int:
    """The number of the footnote that begins with a line; 0 if none does.

    The first of a page has a raised number, or one that is called on the page.
    """
    match = _DEFINITION.match(line.text)
    written = next(filter(None, match.groups()), "").strip() if match else ""
    if not match or not written.isdigit() or line.size > _SMALLER * styles.size:
        return 0
    number = int(written)
    if numbers:
        return number if number == numbers[-1] + 1 else 0
    return number if match[1] or line.text.startswith(RAISED) or written in called else 0


def _belongs(note: Line, line: Line, styles: _Styles) -> bool:
    """Whether a line goes on with a footnote: it is as small, and follows or stands in the next column."""
    step = note.bottom - line.bottom
    return (
        line.size <= _SMALLER * styles.size
        and abs(line.size - note.size) < 0.06 * styles.size
        and (step < 0 or step < 2 * styles.leading)
    )
