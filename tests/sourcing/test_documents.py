"""Documents as they come: what a person reads in them is found, first and last sentence and some between.

`documents/README.md` says where they are from.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.links.evidence import SourceText
from site_builder.sourcing.formats import Request, extract
from site_builder.sourcing.found import Extracted
from site_builder.text.places import CALL, FOOTNOTE, MOMENT, PAGE

FOLDER = Path(__file__).parent / "documents"

ROWS = [row.split("\t") for row in (FOLDER / "sentences.tsv").read_text("utf-8").split("\n") if row]
NAMES = list(dict.fromkeys(name for name, _ in ROWS))
"""Each document of which a person has read some sentences."""


def read(name: str) -> Extracted:
    return extract(Request(str(FOLDER / name)))


def source(name: str) -> SourceText:
    return SourceText(read(name).text, "en", markdown=name.endswith(".md"))


@pytest.mark.parametrize("name", NAMES)
def test_what_a_person_reads_is_found(name: str) -> None:
    text = source(name)
    sentences = [words for of, words in ROWS if of == name]
    assert len(sentences) >= 3
    assert [words for words in sentences if text.find(words) is None] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("federal-register.pdf", "Vol. 85, No. 152"),
        ("federal-register.pdf", "VerDate Sep"),
        ("order.pdf", "Page 2 of 4"),
        ("order.pdf", "8:16-cv-1261-DOC (KESx) Case"),
        ("opinion.pdf", "Entry ID: 6390389"),
        ("dmca.pdf", "Copyright Office Summary December 1998 Page"),
        ("ebb.html", "Chasing Quick Fixes To Sustainability"),
        ("ebb.html", "Creative Commons Attribution-Share Alike"),
        ("v8.html", "Edit this page on GitHub"),
        ("v8.html", "Except as otherwise noted, any code samples"),
        ("licence.md", "[full text]"),
        ("paper.pdf", "Eddelbuettel and François // Generated"),
        ("rebase.eml", "I got a letter"),
        ("rebase.eml", "Petr Baudis <pasky@suse.cz> writes"),
    ],
)
def test_what_is_not_the_documents_is_left_out(name: str, words: str) -> None:
    assert source(name).find(words) is None


@pytest.mark.parametrize(
    ("name", "words", "page"),
    [
        ("federal-register.pdf", "resulting in 189 fatalities", "47699"),
        ("federal-register.pdf", "require operators to conduct an AOA", "47700"),
        ("federal-register.pdf", "Stall warning indication is the activation", "47699"),
        ("order.pdf", "The Court finds that no bond", "4"),
        ("opinion.pdf", "Thus, jurisdictional boundaries", "16"),
        ("dmca.pdf", "The study is due two years", "17"),
        ("paper.pdf", "Setting attributes to TRUE", "1"),
        ("paper.pdf", "Less experienced R users", "3"),
    ],
)
def test_pages_have_the_numbers_that_are_printed(name: str, words: str, page: str) -> None:
    text = source(name)
    found = text.find(words)
    assert found is not None
    mark = text.form.at(found.start, PAGE)
    assert mark is not None
    assert mark.label == page


def test_footnotes_are_called_where_they_are_and_stand_apart() -> None:
    text = source("federal-register.pdf")
    calls = [mark.label for mark in text.form.marks if mark.kind == CALL]
    assert calls == [str(number) for number in range(1, 16)]
    assert [mark.label for mark in text.form.marks_of(FOOTNOTE)] == calls
    found = text.find("airplane’s flight control system generated repeated")
    note = text.find("The flight control system for 737 MAX airplanes includes two")
    assert found is not None
    assert note is not None
    assert note.start > text.text.index("and (4) add erroneous")


def test_what_was_left_out_is_said_and_stays_in_the_text() -> None:
    found = read("order.pdf")
    assert found.notes == [
        (
            "left out on 4 pages: “Case #:#-cv-#-DOC-KES Document # Filed #/#/# Page # of # Page ID #:#”, "
            "“-#- #:#-cv-#-DOC (KESx)”, “ORDER” (the lines [omit] in the text)"
        ),
        "numbers of lines left out on 4 pages",
    ]
    omitted = [line for line in found.text.split("\n") if line.startswith("[omit] ")]
    assert f"[omit] {' '.join(map(str, range(1, 29)))}" in omitted
    assert (
        "[omit] Case 8:16-cv-01261-DOC-KES Document 40 Filed 08/05/16 Page 3 of 4 Page ID #:367"
        in omitted
    )


def test_documents_say_what_they_are() -> None:
    page, guide, law = read("ebb.html"), read("overview.docx"), read("dmca.pdf")
    assert (page.title, page.language, page.kind) == (
        "On Recent Controversial Events",
        "en-US",
        "web page",
    )
    assert guide.title == "GUIDE TO OSCAL-BASED FEDRAMP SYSTEM SECURITY PLANS (SSP)"
    assert guide.published == "2022-06-30"
    assert (law.title, law.published, law.pages) == (
        "The Digital Millennium Copyright Act of 1998",
        "",
        18,
    )


def test_two_columns_are_read_one_after_the_other() -> None:
    text = source("paper.pdf")
    said = (
        "The main argument is the first one",  # the foot of the left column of page 1
        "it fulfills two roles",  # the right one
        "Generated by using Rcpp::compileAttributes",  # page 2
        "DESCRIPTION file generated by package.skeleton",  # the foot of its left column
        "We will describe the old setting first",  # the right one
        "Also created is a directory man",  # page 3
    )
    found = [text.find(words) for words in said]
    starts = [passage.start for passage in found if passage]
    assert len(starts) == len(said)
    assert starts == sorted(starts)


def test_a_footnote_whose_number_is_not_raised_is_one_if_it_is_called() -> None:
    assert "\n[^1]: Setting attributes to TRUE is the default." in read("paper.pdf").text


def test_small_type_below_a_heading_parts_no_sentence() -> None:
    assert "\nReferences\nAllaire JJ, Eddelbuettel D" in read("paper.pdf").text


def test_ocr_guesses_sizes_so_small_type_says_nothing() -> None:
    found = read("book.pdf")
    assert "[^" not in found.text
    assert found.notes == [
        "text by OCR on one page: compare what you quote with the picture of the page"
    ]


def test_an_email_says_who_wrote_it_and_when() -> None:
    mail = read("rebase.eml")
    assert (mail.title, mail.authors, mail.published, mail.kind) == (
        "Re: sending changesets from the middle of a git tree",
        ["Junio C Hamano"],
        "2005-08-14",
        "e-mail",
    )
    assert mail.notes == ["left out: 9 lines of an earlier e-mail (the lines [omit] in the text)"]


def test_captions_say_the_moment_of_each_sentence() -> None:
    text = source("sintel.srt")
    words = ("This blade", "You're a fool", "so completely", "What brings", "You are closer")
    moments = [text.form.at(text.text.index(said), MOMENT) for said in words]
    assert [mark and mark.label for mark in moments] == [
        "00:02:17",
        "00:02:28",
        "00:02:28",
        "00:02:39",
        "00:08:10",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_twice_gives_the_same(name: str) -> None:
    assert read(name) == read(name)
