"""When quoted words are those of a source: each rule, and what comes near it."""

from __future__ import annotations

import tracemalloc

import pytest

from site_builder.links.evidence import SourceText
from site_builder.links.matching import Refused
from tools.pace import within


def look(source: str, quotation: str, language: str = "en") -> str:
    """What of a source is quoted, the pieces with a stroke between; or why nothing is, in brackets."""
    text = SourceText(source, language)
    found = text.look_for(quotation)
    if isinstance(found, Refused):
        return f"({found.reason or found.cut})"
    pieces = found.pieces or ((found.start, found.end),)
    return " | ".join(text.text[start:end] for start, end in pieces)


FERRY = "The ferry, which was built in Turku, will be sold this spring. The buyer is a museum."


@pytest.mark.parametrize(
    ("source", "quotation", "found"),
    [
        ("He said ‘no’ to all of it.", 'said "no" to all', "said ‘no’ to all"),
        ("He said “ no ” to all of it.", "said «no» to all", "said “ no ” to all"),
        ("He said ``no'' to all of it.", "said “no” to all", "said ``no'' to all"),
        ("It was (in part) closed.", "was ( in part ) closed", "was (in part) closed"),
        ("5 % of all boats sank.", "5% of all boats", "5 % of all boats"),
        ("in 1987” was", "in 1987", "in 1987"),
        ("大坝漏水。\n没有人说话。", "大坝漏水。没有人说话", "大坝漏水。\n没有人说话"),
        ("很好，\n他说", "很好，他说", "很好，\n他说"),
        (
            "彼は\n「もう遅い」\nと言った",
            "彼は「もう遅い」と言った",
            "彼は\n「もう遅い」\nと言った",
        ),
        ("댐이 샌다.\n아무도 없다", "댐이 샌다.아무도 없다", "()"),
        ("the year “in 1987” was bad", 'year "in 1987" was', "year “in 1987” was"),
        ("The mast is 6' above it.", "mast is 6′ above", "mast is 6' above"),
        ("He is 5'10\" tall and thin.", "is 5′10″ tall", "is 5'10\" tall"),
        ("The so-\r\ncalled reform failed.", "so-called reform", "so-\r\ncalled reform"),
        ("The so-\r\ncalled reform failed.", "socalled reform", "so-\r\ncalled reform"),
        ("har\u00ad\nbour is closed", "harbour is closed", "har\u00ad\nbour is closed"),
        ("Bergen-\nStavanger is closed", "Bergen-Stavanger is", "Bergen-\nStavanger is"),
        ("“the ferry must go” he said", '"The ferry must go"', "“the ferry must go”"),
        ("The first one. The last one, he said.", "The last one.", "The last one"),
        ("决定\n推迟表决，直到五月", "决定 推迟表决", "决定\n推迟表决"),
        ("It is from l’Ukraine and Kyiv.", "Ukraine and Kyiv", "Ukraine and Kyiv"),
        ("It rose by two. It fell by two.", "by two", "by two"),
        ("Ａ ２０２６ plan is here", "A 2026 plan", "Ａ ２０２６ plan"),
        ("a plan and pre- and post-war boats", "post-war boats", "post-war boats"),
    ],
)
def test_the_same(source: str, quotation: str, found: str) -> None:
    assert look(source, quotation) == found


@pytest.mark.parametrize(
    ("source", "quotation", "said"),
    [
        ("The mast is 6' above it.", 'mast is 6" above', "()"),
        ("The two-\nyear plan for it.", "year plan for it", "(two- year plan for it)"),
        ("Bergen-\nStavanger is closed", "BergenStavanger is", "()"),
        ("It rose by 1 240 crowns now.", "240 crowns now", "(1 240 crowns now)"),
        ("It rose by 12,5 crowns now.", "5 crowns now", "(12,5 crowns now)"),
        ("It is at a.org today, he said.", "org today", "(a.org today)"),
        ("It is Ukraine’s plan for it.", "is Ukraine", "(is Ukraine’s)"),
        ("A non-\nbinding vote was held.", "binding vote was", "(non- binding vote was)"),
        ("The plan is here.", "Plan", "()"),
        ("No, it is a plan.", "no", "(this is too little to be evidence: quote more words)"),
        (
            "Plan or no plan: plan it.",
            "plan",
            "(so few words must occur in it only once: quote more of them)",
        ),
        (
            "a word " * 400,
            "a word " * 300,
            "(a quotation can have at most 2,000 characters, but this one has 2,100)",
        ),
        ("the har\ufffdour is closed", "the har\ufffdour is", "()"),
        ("the boats in Jose\u0301 are", "boats in Jose", "()"),
    ],
)
def test_not_the_same(source: str, quotation: str, said: str) -> None:
    assert look(source, quotation) == said


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("The ferry … will be sold", "The ferry | will be sold"),
        (
            "The ferry ... sold this spring. … is a museum.",
            "The ferry | sold this spring. | is a museum",
        ),
        (
            "The [old] ferry, which [proudly] was built in Turku, will",
            "The | ferry, which | was built in Turku, will",
        ),
        ("[The captain’s] ferry, which was built", "ferry, which was built"),
        ("The ferry … was buil[d]", "The ferry | was buil"),
        ("… which was built in Turku …", "which was built in Turku"),
        ("The ferry […] will be sold [by then]", "The ferry | will be sold"),
        ("Which was built in Turku … [t]he buyer is", "which was built in Turku | The buyer is"),
    ],
)
def test_edited(quotation: str, found: str) -> None:
    assert look(FERRY, quotation) == found


@pytest.mark.parametrize(
    ("source", "quotation", "language", "said"),
    [
        (FERRY, "will be sold … The ferry", "en", "()"),
        (
            FERRY,
            "The ferry … museum",
            "en",
            "(there must be at least two words before, between and after each …)",
        ),
        (
            FERRY,
            "[He said that] this spring … museum",
            "en",
            "(each insertion in [ ] needs 4 words of the source around it)",
        ),
        (
            FERRY,
            "will be [not] sold this spring",
            "en",
            "([not] changes the meaning: quote the words without it)",
        ),
        (
            FERRY,
            "[Never] will be sold this spring",
            "en",
            "([Never] changes the meaning: quote the words without it)",
        ),
        (
            FERRY,
            "be [soon] sold [in] spring",
            "en",
            "(each insertion in [ ] needs 4 words of the source around it)",
        ),
        (FERRY, "will be sold this [cold] buyer is a museum", "en", "()"),
        (
            "They would never ever pay for it.",
            "They would … pay for it",
            "en",
            "(the omitted words contain a negation: “never ever”)",
        ),
        (
            "They would never ever pay for it.",
            "They would [gladly] pay for it",
            "en",
            "(the omitted words contain a negation: “never ever”)",
        ),
        (
            "They can't yet pay for it all.",
            "[Now] they … pay for it",
            "en",
            "(there must be at least two words before, between and after each …)",
        ),
        (
            "Sie wollen es nicht heute bezahlen.",
            "Sie wollen … heute bezahlen",
            "de",
            "(the omitted words contain a negation: “es nicht”)",
        ),
    ],
)
def test_edits_that_are_not_taken(source: str, quotation: str, language: str, said: str) -> None:
    assert look(source, quotation, language) == said


def test_a_negation_in_a_long_elision_is_left_to_the_writer() -> None:
    source = "They would, he said on Monday, never again in his life, pay for it."
    assert look(source, "They would … pay for it") == "They would | pay for it"
    source = "They would, we know, never again pay for it."
    assert look(source, "They would … pay for it") == "They would | pay for it"


def test_a_source_of_another_language_has_its_own_negations() -> None:
    assert look("Sie wollen nie zahlen, heute.", "Sie wollen … zahlen, heute", "en") != "()"
    assert look("Sie wollen nie zahlen, heute.", "Sie wollen … zahlen, heute", "xx") == (
        "Sie wollen | zahlen, heute"
    )


NEAR = [
    (
        "Orașul a închis portul ieri.",
        "Oraşul a închis portul",
        "'ș', latin small letter s with comma below (U+0219)",
    ),
    ("He would not support it now.", "He would support it now", "the source also has 'not'"),
    (
        "He would support it now.",
        "He would not support it now",
        "the source does not have 'not' here",
    ),
    ("The har�our is closed.", "The harbour is closed", "an unreadable character here"),
    (
        "It runs until the last week.",
        "It runs until the first week",
        "you wrote 'first', the source has 'last'",
    ),
]


@pytest.mark.parametrize(("source", "words", "said"), NEAR)
def test_the_difference_is_named(source: str, words: str, said: str) -> None:
    near = SourceText(source).nearest(words)
    assert near is not None
    assert said in near.difference


def test_nothing_like_it_is_near() -> None:
    assert SourceText("The ferry will be sold.").nearest("nothing of this kind at all") is None


HOSTILE = {
    "letters": ("a " * 500_000, "a a b"),
    "hyphens": ("x-y " * 250_000, "x-y x-z"),
    "breaks": ("x-\ny " * 200_000, "x-y x-y x-z"),
    "dots": (". " * 500_000, "a . . . b c d"),
    "quotes": ("“ " * 500_000, "no “a”"),
    "elisions": ("the boat " * 100_000, " … ".join(["the boat"] * 100) + " … it sank"),
    "insertions": ("the boat " * 100_000, "the boat [x] the boat [x] the boat [y] it sank today"),
    "marks": ("e" + "\u0316" * 300_000, "e f g"),
    "words": ("boat " * 200_000, "boat " * 390 + "x"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_it_slow(name: str) -> None:
    source, words = HOSTILE[name]
    text = SourceText(source, "en")
    with within(4):
        assert text.find(words) is None
        text.nearest(words)


def test_many_quotations_of_a_large_source() -> None:
    lines = [
        f"Line {n} of the minutes says that boat {n * 7} leaks, and nobody pays.\n"
        for n in range(30_000)
    ]
    source = SourceText("".join(lines), "en")
    tracemalloc.start()
    with within(6):
        for n in range(0, 30_000, 60):
            assert source.find(f"says that boat {n * 7} leaks") is not None
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()
    with within(1):
        assert source.find("says that boat 3 sinks") is None
        assert source.nearest("says that boat 3 sinks") is not None


def test_an_edit_that_touches_no_quotation_makes_no_form() -> None:
    text = SourceText("The ferry. Share this. It is sold.", "en").without("Share this.")
    assert text is not None
    assert "compared" not in vars(text)
    assert text.find("It is sold") is not None
    assert "compared" in vars(text)
