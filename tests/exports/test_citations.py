"""How to cite a page, read by the programs that citations are for."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import bibtexparser
import citeproc
from citeproc.source.json import CiteProcJSON

from site_builder.content.models import Site
from site_builder.exports.citations import Cited, cite
from tests.exports.conftest import BASE

SITE = Site(title="Tea & Co", base_url="https://example.org/tea/", publisher="The Board")
PAGE = Cited(
    "100% milk_first {or} not?", "issues/milk/", ("Ada Amber", "B. Ö"), "March 2025", "2025-03-02"
)


def test_in_words() -> None:
    assert cite(SITE, PAGE).plain == (
        "Ada Amber, B. Ö. “100% milk_first {or} not?” Tea & Co. The Board. 2025-03-02. As of March 2025. "
        "https://example.org/tea/issues/milk/"
    )
    assert cite(Site(title="Tea"), Cited("Tea", "", (), "", "")).plain == "“Tea.” n.d."


def test_a_bibtex_reader_gets_every_field_back() -> None:
    library = bibtexparser.parse_string(cite(SITE, PAGE).bibtex)
    assert library.failed_blocks == []
    [entry] = library.entries
    assert (entry.entry_type, entry.key) == ("online", "tea-co-issues-milk")
    assert {field.key: field.value for field in entry.fields} == {
        "author": "{Ada Amber} and {B. Ö}",
        "title": r"{100\% milk\_first \{or\} not?}",
        "titleaddon": r"Tea \& Co",
        "organization": "The Board",
        "date": "2025-03-02",
        "url": "https://example.org/tea/issues/milk/",
        "note": "As of March 2025",
    }


def test_a_citation_processor_writes_it_out() -> None:
    items = json.loads(cite(SITE, PAGE).csl)
    source = CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem("tea-co-issues-milk")]))
    [text] = [str(row) for row in bibliography.bibliography()]
    assert "Ada Amber" in text
    assert "2025" in text
    assert "100% milk_first" in text
    assert items[0]["URL"] == "https://example.org/tea/issues/milk/"


def test_a_page_that_has_no_day_gives_none() -> None:
    [item] = json.loads(cite(SITE, PAGE._replace(modified="")).csl)
    assert "issued" not in item
    assert "date = " not in cite(SITE, PAGE._replace(modified="")).bibtex


def test_every_page_but_the_front_says_how_to_cite_it(quay: Path) -> None:
    for path in ("issues/closure/", "actors/aune/", "positions/", "sources/minutes/"):
        page = (quay / path / "index.html").read_text()
        found = re.search(r"<summary>CSL-JSON</summary><pre[^>]*>(.*?)</pre>", page, re.DOTALL)
        assert found, path
        [item] = json.loads(html.unescape(found[1]))
        assert item["URL"] == BASE + path
        assert f"As of 20 March 2025. {BASE}{path}" in page or "As of" in item["note"]
