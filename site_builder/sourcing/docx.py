"""DOCX to the text form, by way of HTML."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from site_builder.sources.writing import by_sentences
from site_builder.sourcing.found import Extracted, Unreadable
from site_builder.sourcing.html_text import blocks

MOST_UNPACKED = 100 * 1024 * 1024
_MAIN = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "created": "{http://purl.org/dc/terms/}created",
}
_NEW, _OLD = ("ins", "moveTo"), ("del", "moveFrom")


def extract(data: bytes, changes: str = "") -> Extracted:
    """The text of a DOCX file. `changes` says which text is meant of one with tracked changes: accepted or rejected."""
    import mammoth
    from selectolax.lexbor import LexborHTMLParser

    data, core = _opened(data, changes)
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda _: {"src": ""})
        ).value
    except Exception:  # noqa: BLE001  # whatever a broken file makes a parser say
        raise Unreadable(_BROKEN) from None
    found = Extracted(tool="mammoth", kind="document")
    _describe(found, core)
    body = LexborHTMLParser(html).body
    notes = _notes(body) if body is not None else []
    kept = blocks(body) if body is not None else []
    if not kept:
        raise Unreadable("there is no text in this document")
    if not found.title and kept[0].tag == "h1":
        found.title = " ".join(kept[0].text.split())
    paragraphs = (line for row in kept for line in row.text.split("\n"))
    found.text = by_sentences(paragraphs, found.language or "en") + "\n"
    if notes:
        rows = [f"[^{number}]: {note}" for number, note in enumerate(notes, 1)]
        found.text += "\n" + "\n".join(rows) + "\n"
    return found


_BROKEN = "this DOCX file is broken; open it, save it again, and add that"


def _notes(body: Any) -> list[str]:
    """The footnotes and endnotes, which are taken out of the document."""
    rows = body.css('li[id*="footnote-"], li[id*="endnote-"]')
    notes = [" ".join((row.text(deep=True) or "").replace("↑", " ").split()) for row in rows]
    for row in rows:
        row.decompose()
    return notes


def _opened(data: bytes, changes: str) -> tuple[bytes, bytes]:
    """The file with one text of the two that tracked changes make, and its description."""
    files = _unpacked(data)
    count = 0
    for name, xml in files.items():
        if _MAIN.fullmatch(name):
            files[name], more = _settled(xml, changes)
            count += more
    if count and not changes:
        raise Unreadable(
            f"{count:,} tracked changes are open in it, so it has two texts: say which, with "
            "--changes accepted or --changes rejected"
        )
    if count:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        data = made.getvalue()
    return data, files.get("docProps/core.xml", b"")


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The files in a DOCX file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            rows = [row for row in archive.infolist() if not row.is_dir()]
            _check_contents(rows)
            return {row.filename: archive.read(row) for row in rows}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        raise Unreadable(_BROKEN) from None


def _check_contents(rows: Sequence[zipfile.ZipInfo]) -> None:
    size = sum(row.file_size for row in rows)
    if size > MOST_UNPACKED:
        raise Unreadable(
            f"it unpacks to {size / 1024 / 1024:,.0f} MB; at most {MOST_UNPACKED // 1024 // 1024} are read"
        )
    if not any(row.filename == "word/document.xml" for row in rows):
        raise Unreadable("this is no DOCX file; save it as DOCX or PDF, and add that")


def _settled(xml: bytes, changes: str) -> tuple[bytes, int]:
    """A part of a document with its tracked changes accepted or rejected; and how many there are."""
    if b"<w:ins " not in xml and b"<w:del " not in xml and b"<w:move" not in xml:
        return xml, 0
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314  # in a process with limits; expat bounds entities
    except ElementTree.ParseError:
        raise Unreadable(_BROKEN) from None
    gone, kept = (_OLD, _NEW) if changes == "accepted" else (_NEW, _OLD)
    count = sum(1 for name in (*_NEW, *_OLD) for _ in root.iter(_WORD + name))
    if changes:
        _settle(root, {_WORD + name for name in gone}, {_WORD + name for name in kept})
        xml = ElementTree.tostring(root)
    return xml, count


def _settle(root: ElementTree.Element, gone: set[str], kept: set[str]) -> None:
    stack = [root]
    while stack:
        parent = stack.pop()
        children: list[ElementTree.Element] = []
        for child in parent:
            if child.tag in gone:
                continue
            if child.tag in kept:
                children.extend(child)
            else:
                children.append(child)
        parent[:] = children
        if any(child.tag in gone or child.tag in kept for child in children):
            stack.append(parent)
            continue
        for child in children:
            if child.tag == _WORD + "delText":
                child.tag = _WORD + "t"
        stack.extend(children)


def _describe(found: Extracted, core: bytes) -> None:
    try:
        root = ElementTree.fromstring(core)  # noqa: S314  # as above
    except ElementTree.ParseError:
        return
    said = {name: (root.findtext(tag) or "").strip() for name, tag in _CORE.items()}
    found.title = " ".join(said["title"].split())
    found.authors = [said["creator"]] if said["creator"] and "@" not in said["creator"] else []
    found.published = (
        said["created"][:10] if re.match(r"\d{4}-\d{2}-\d{2}", said["created"]) else ""
    )
    found.language = (
        said["language"] if re.fullmatch(r"[a-z]{2,3}(-\w{2,8})*", said["language"]) else ""
    )
