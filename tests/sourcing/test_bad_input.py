"""What nobody can read: a line that says what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from site_builder.faults import Fault
from site_builder.sourcing import reading
from site_builder.sourcing.formats import Request, extract
from site_builder.sourcing.found import Unreadable
from site_builder.sourcing.reading import read_document

DOCUMENTS = Path(__file__).parent / "documents"


def why(path: Path, **wishes: object) -> str:
    with pytest.raises(Unreadable) as raised:
        extract(Request(str(path), **wishes))  # type: ignore[arg-type]
    return str(raised.value)


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


BROKEN_PDF = "this PDF is broken; open it, print it to a new PDF, and add that"
BROKEN_DOCX = "this DOCX file is broken; open it, save it again, and add that"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"", "this file is empty"),
        ("a.pdf", b"%PDF-1.7\nno", BROKEN_PDF),
        ("a.pdf", b"no PDF at all", BROKEN_PDF),
        ("a.docx", b"PK\x03\x04no", BROKEN_DOCX),
        ("a.docx", b"no zip", BROKEN_DOCX),
        ("a.rtf", b"{\\rtf1 x}", "RTF is not read; save it as DOCX or PDF, and add that"),
        ("a", b"{\\rtf1 x}", "RTF is not read; save it as DOCX or PDF, and add that"),
        ("a.odt", b"PK\x03\x04", "ODT is not read; save it as DOCX or PDF, and add that"),
        ("a.epub", b"PK\x03\x04", "EPUB is not read; save it as DOCX or PDF, and add that"),
        ("a.zip", b"PK\x03\x04", "this is a zip archive; unpack it, or save it as DOCX or PDF, and add that"),
        ("a.png", b"\x89PNG", "this is a picture, sound or film; type what you quote into a .txt file"),
        ("a.xyz", b"text", "its name does not end as that of a PDF, web page (.html), DOCX, VTT, SRT, EML, MD or TXT file"),
        ("a.txt", b" \n", "there is no text in this file"),
        ("a.txt", b"a\0b", "this is no text"),
        ("a.vtt", b"no captions", "there are no captions in this file; is it VTT or SRT?"),
        ("a.srt", b"1\n\nhello", "there are no captions in this file; is it VTT or SRT?"),
        ("a.eml", b"just words\n", "this is no e-mail: it has no head"),
        ("a.eml", b"From: A <a@b.example>\nSubject: x\n\n \n", "this e-mail has no text; add what is attached to it by itself"),
        ("a.html", b"<html><body><script>go()</script></body></html>",
         "there is no text in this page: it is made by scripts; save it as “web page, complete”, or print it to a PDF"),
    ],
)  # fmt: skip
def test_what_to_do_is_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert why(written(tmp_path, name, data)) == said


def test_a_file_of_more_than_50_mb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    assert why(path) == (
        "51 MB; at most 50 are read: print the pages that you quote to a PDF, and add that"
    )


def test_a_page_of_20_mb_is_not_read_but_pictures_in_it_do_not_count(tmp_path: Path) -> None:
    page = b"<html><body><p>The dam leaks at two places.</p>%s</body></html>"
    large = written(tmp_path, "a.html", page % (b"<p>x</p>" * 2_700_000))
    assert why(large) == (
        "21 MB of HTML; at most 10 are read: print the page to a PDF, and add that"
    )
    picture = b'<img src="data:image/png;base64,' + b"A" * 20_000_000 + b'">'
    found = extract(Request(str(written(tmp_path, "b.html", page % picture))))
    assert found.text == "The dam leaks at two places.\n"


def docx(document: str, more: bytes = b"") -> bytes:
    """A DOCX file whose body is this XML."""
    made = io.BytesIO()
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{document}</w:body></w:document>"
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", rels)
        archive.writestr("word/document.xml", body)
        if more:
            archive.writestr("word/media/bomb", more)
    return made.getvalue()


CHANGED = (
    "<w:p><w:r><w:t xml:space='preserve'>The dam </w:t></w:r>"
    "<w:del w:id='1'><w:r><w:delText>leaks</w:delText></w:r></w:del>"
    "<w:ins w:id='2'><w:r><w:t>holds</w:t></w:r></w:ins>"
    "<w:r><w:t xml:space='preserve'> at two places.</w:t></w:r></w:p>"
)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = written(tmp_path, "a.docx", docx("<w:p/>", b"\0" * (101 * 1024 * 1024)))
    assert path.stat().st_size < 1_000_000
    assert why(path) == "it unpacks to 101 MB; at most 100 are read"


def test_of_tracked_changes_one_has_to_say_which(tmp_path: Path) -> None:
    path = written(tmp_path, "a.docx", docx(CHANGED))
    assert why(path) == (
        "2 tracked changes are open in it, so it has two texts: say which, with "
        "--changes accepted or --changes rejected"
    )
    accepted = extract(Request(str(path), changes="accepted"))
    rejected = extract(Request(str(path), changes="rejected"))
    assert (accepted.text, rejected.text) == (
        "The dam holds at two places.\n",
        "The dam leaks at two places.\n",
    )
    plain = written(tmp_path, "b.docx", docx("<w:p><w:r><w:t>It leaks.</w:t></w:r></w:p>"))
    assert extract(Request(str(plain))).text == "It leaks.\n"


def test_a_page_nested_deep_is_read(tmp_path: Path) -> None:
    page = b"<div>" * 50_000 + b"<p>The dam leaks at two places.</p>" + b"</div>" * 50_000
    assert read_document(written(tmp_path, "a.html", page)).text == "The dam leaks at two places.\n"


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 0.01)
    with pytest.raises(Fault, match=r"to read; add some of its pages: --pages 1-50$"):
        read_document(DOCUMENTS / "dmca.pdf")


def test_a_process_that_crashes_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.sys, "executable", "/bin/false")
    with pytest.raises(Fault) as raised:
        read_document(DOCUMENTS / "dmca.pdf")
    assert str(raised.value) == (
        "dmca.pdf: it can't be read: what reads it gave up; open it, print it to a new PDF, and add that"
    )


def test_without_the_extra_one_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise ModuleNotFoundError(name='pypdfium2')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Fault, match=r"pip install 'site-builder\[sources\]'$"):
        read_document(DOCUMENTS / "dmca.pdf")
