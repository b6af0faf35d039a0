"""`source add`: what is written, and that it says so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from site_builder.build import Options, render_site
from site_builder.diagnostics import as_text

DOCUMENTS = Path(__file__).parent / "documents"
Run = Callable[..., Result]
Files = Callable[[], dict[str, bytes]]
NOTE = (
    "left out on 18 pages: “Copyright Office Summary December # Page #”, "
    "“The Digital Millennium Copyright Act of #” (the lines [omit] in the text)\n"
)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_pdf_becomes_a_text_and_an_entry(site: Path, run: Run) -> None:
    result = run("source", "add", DOCUMENTS / "dmca.pdf", "--url", "https://law.example/dmca.pdf")
    text = (site / "seeds/dmca.txt").read_bytes()
    assert (result.exit_code, result.output) == (
        0,
        (
            "seeds/dmca.txt         18 pages, 42,231 characters\n"
            "content/sources.yaml   'dmca' added; title is the file's own, look at it; publisher not known\n"
            f"{NOTE}"
            'cite it: [@dmca "exact words"]\n'
        ),
    )
    assert (site / "content/sources.yaml").read_text() == (
        "dmca:\n"
        "  title: The Digital Millennium Copyright Act of 1998\n"
        "  accessed: 2026-05-28\n"
        "  url: https://law.example/dmca.pdf\n"
        "  file: dmca.txt\n"
        "  extracted:\n"
        "    original: dmca.pdf\n"
        f"    sha256: {digest((DOCUMENTS / 'dmca.pdf').read_bytes())}\n"
        f"    text: {digest(text)}\n"
        "    date: 2026-05-28\n"
        "    tool: pdfium\n"
    )
    assert text.startswith(b"[p. 1]\n[omit] Copyright Office Summary December 1998 Page 1\n")


def test_what_is_added_can_be_cited_at_once(site: Path, run: Run) -> None:
    run("source", "add", DOCUMENTS / "dmca.pdf")
    article = site / "content/articles/tea.md"
    article.parent.mkdir()
    article.write_text(
        '---\ntitle: Tea\nas_of: 2026-01-01\n---\nSo [@dmca "signed into law by President Clinton"].\n'
    )
    assert as_text(render_site(Options(site, jobs=1)).diagnostics) == ""


def test_an_entry_goes_to_the_end_and_nothing_else_changes(site: Path, run: Run) -> None:
    before = "# ours\nminutes:   # typed\n  title:   'Minutes'\n"
    (site / "content/sources.yaml").write_text(before)
    assert run("source", "add", DOCUMENTS / "ebb.html", "--title", "A: b").exit_code == 0
    after = (site / "content/sources.yaml").read_text()
    assert after.startswith(f'{before}ebb:\n  title: "A: b"\n')


def test_a_folder_of_sources_gets_a_file(site: Path, run: Run) -> None:
    (site / "content/sources").mkdir()
    (site / "content/sources/minutes.md").write_text("---\ntitle: Minutes\n---\n")
    result = run("source", "add", DOCUMENTS / "licence.md", "--slug", "rights", "--title", "Rights")
    assert (
        result.output.splitlines()[1]
        == "content/sources/rights.md   'rights' added; publisher not known"
    )
    assert (
        (site / "content/sources/rights.md").read_text().startswith("---\ntitle: Rights\naccessed:")
    )
    assert (site / "seeds/rights.md").read_bytes() == (DOCUMENTS / "licence.md").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dmca.pdf"], "there is a source 'dmca' already: site-builder source update dmca FILE, or choose another --slug"),
        (["https://a.example/x.pdf"], "nothing is downloaded: save the page in your browser, and add the file; --url gives its address"),
        (["nothing.pdf"], "there is no file '{folder}/nothing.pdf'"),
        (["scan.pdf"], "scan.pdf: one page and no text: a scan; run it through OCR first, or type what you quote"),
        (["locked.pdf"], "locked.pdf: it is locked with a password; save a copy without one, and add that"),
        (["ebb.html", "--pages", "3"], "ebb.html: it has no pages: --pages is for PDFs"),
        (["opinion.pdf", "--pages", "9-3"], "--pages 9-3: write it as 3-9 or 3, in pages of the file"),
        (["opinion.pdf", "--pages", "3-99"], "opinion.pdf: it has 17 pages, so there is no page 99"),
        (["opinion.pdf", "--changes", "accepted"], "opinion.pdf: it has no tracked changes: --changes is for DOCX files"),
        (["ebb.html", "--slug", "A B"], "'A B' can't be a slug"),
        (["ebb.html", "--url", "law.example"], "--url: an address must begin with https:, http: or mailto:"),
    ],
)  # fmt: skip
def test_what_can_not_be_added_is_one_line_and_writes_nothing(
    site: Path, run: Run, files: Files, arguments: list[str], said: str
) -> None:
    (site / "content/sources.yaml").write_text("dmca:\n  title: Law\n")
    before = files()
    name = arguments[0] if "://" in arguments[0] else DOCUMENTS / arguments[0]
    result = run("source", "add", name, *arguments[1:])
    assert result.exit_code == 1
    assert result.output.startswith(f"site-builder: {said.format(folder=DOCUMENTS)}")
    assert result.output.count("\n") == 1
    assert files() == before


def test_a_text_that_is_there_is_never_overwritten(site: Path, run: Run, files: Files) -> None:
    (site / "seeds").mkdir()
    (site / "seeds/ebb.txt").write_text("typed")
    before = files()
    result = run("source", "add", DOCUMENTS / "ebb.html")
    assert result.exit_code == 1
    assert result.output.endswith("seeds/ebb.txt' already exists; nothing was written\n")
    assert files() == before


def test_pages_are_those_of_the_file(site: Path, run: Run) -> None:
    result = run("source", "add", DOCUMENTS / "opinion.pdf", "--pages", "16-17")
    text = (site / "seeds/opinion.txt").read_text()
    assert result.output.startswith("seeds/opinion.txt      2 pages, ")
    assert [line for line in text.split("\n") if line.startswith("[p. ")] == ["[p. 16]", "[p. 17]"]
    assert "\n    pages: 16-17\n" in (site / "content/sources.yaml").read_text()


RIGHTS = ("--keep", "--rights", "© Town of Aldern, with permission")


def test_a_copy_is_published_with_its_rights(site: Path, run: Run) -> None:
    result = run("source", "add", DOCUMENTS / "licence.md", "--title", "Rights", *RIGHTS)
    assert result.output.splitlines()[2] == (
        "static/sources/licence.md   the original, which the site publishes"
    )
    original = (DOCUMENTS / "licence.md").read_bytes()
    assert (site / "static/sources/licence.md").read_bytes() == original
    assert (
        "\n  file: licence.md\n  copy: sources/licence.md\n  rights: © Town of Aldern, with permission\n"
        in (site / "content/sources.yaml").read_text()
    )
    article = site / "content/articles/tea.md"
    article.parent.mkdir()
    article.write_text("---\ntitle: Tea\nas_of: 2026-01-01\n---\nSo [@licence].\n")
    rendered = render_site(Options(site, jobs=1))
    assert as_text(rendered.diagnostics) == ""
    page = rendered.files["sources/licence/index.html"].decode()
    assert (
        '<dd><a href="../../sources/licence.md">licence.md</a>, © Town of Aldern, with permission</dd>'
        in page
    )
    (site / "static/sources/licence.md").unlink()
    assert "there is no file 'sources/licence.md' in static/" in as_text(
        render_site(Options(site, jobs=1)).diagnostics
    )


@pytest.mark.parametrize("wishes", [RIGHTS[:1], RIGHTS[1:], ("--keep", "--rights", " ")])
def test_a_copy_needs_its_rights(run: Run, files: Files, wishes: tuple[str, ...]) -> None:
    before = files()
    result = run("source", "add", DOCUMENTS / "licence.md", *wishes)
    assert (result.exit_code, result.output) == (
        1,
        (
            "site-builder: --keep publishes a copy of the file, so it needs --rights, which says whose it is: "
            '--keep --rights "© Town of Aldern, with permission"\n'
        ),
    )
    assert files() == before


def test_a_page_with_scripts_is_not_published(run: Run, files: Files) -> None:
    before = files()
    result = run("source", "add", DOCUMENTS / "ebb.html", *RIGHTS)
    assert (result.exit_code, result.output) == (
        1,
        (
            "site-builder: --keep publishes PDF, DOCX, VTT, SRT, MD, TXT files; a web page would run its "
            "scripts on your site, and an e-mail has people's addresses\n"
        ),
    )
    assert files() == before


@pytest.mark.parametrize(("site_language", "written"), [("", ""), ("en-GB", ""), ("de", "en-US")])
def test_the_language_of_the_site_is_not_written_again(
    site: Path, run: Run, site_language: str, written: str
) -> None:
    if site_language:
        (site / "content/site.yaml").write_text(f"title: Tea\nlanguage: {site_language}\n")
    assert run("source", "add", DOCUMENTS / "ebb.html").exit_code == 0
    lines = (site / "content/sources.yaml").read_text().split("\n")
    said = [line.partition(": ")[2] for line in lines if line.startswith("  language: ")]
    assert said == ([written] if written else [])
