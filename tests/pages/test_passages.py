"""What is shown of the text of a source: its paragraphs, passages and places."""

from __future__ import annotations

import pytest

from site_builder.links.evidence import Passage, SourceText
from site_builder.pages.parts.excerpts import ParagraphView, joined, paragraphs_of, shown

TEXT = SourceText("One.\n\nTwo, too.\n\nThree.")


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("One.", [0]),
        ("Two", [1]),
        ("too.", [1]),
        ("Three.", [2]),
        ("One. Two", [0, 1]),
        ("too. Three", [1, 2]),
        ("One. Two, too. Three.", [0, 1, 2]),
    ],
)
def test_a_passage_stands_in_the_paragraphs_it_has_words_of(words: str, numbers: list[int]) -> None:
    passage = TEXT.find(words)
    assert passage is not None

    assert [*paragraphs_of(TEXT, passage)] == numbers


def test_where_a_paragraph_ends_it_is_over_and_where_it_begins_it_has_begun() -> None:
    (_, end), (start, _) = TEXT.paragraphs[:2]

    assert [*paragraphs_of(TEXT, Passage(end, start + 1))] == [1]
    assert [*paragraphs_of(TEXT, Passage(end - 1, start))] == [0]


# --- passages that overlap ---------------------------------------------------------------------------

WORDS = SourceText("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ({"a": (0, 3), "b": (5, 8)}, [(1, ["a"], [(0, 3)]), (2, ["b"], [(5, 8)])]),
        ({"a": (0, 3), "b": (3, 8)}, [(1, ["a"], [(0, 3)]), (2, ["b"], [(3, 8)])]),
        ({"a": (0, 4), "b": (3, 8)}, [(1, ["a", "b"], [(0, 8)])]),
        ({"a": (0, 9), "b": (3, 5), "c": (8, 12)}, [(1, ["a", "b", "c"], [(0, 12)])]),
        ({"a": (0, 3), "b": (0, 3)}, [(1, ["a", "b"], [(0, 3)])]),
    ],
)
def test_passages_that_overlap_are_joined(
    passages: dict[str, tuple[int, int]], expected: list[object]
) -> None:
    groups = joined({anchor: Passage(*bounds) for anchor, bounds in passages.items()})
    assert [(row.number, [*row.passages], [*row.ranges]) for row in groups] == expected


def test_an_edited_quotation_is_joined_only_where_it_is_quoted() -> None:
    edited = Passage(0, 20, ((0, 5), (15, 20)))
    one, two = joined({"a": edited, "b": Passage(8, 12)})
    assert (one.ranges, two.ranges) == (((0, 5), (15, 20)), ((8, 12),))
    (both,) = joined({"a": edited, "b": Passage(8, 16)})
    assert both.ranges == ((0, 5), (8, 20))


# --- the text ----------------------------------------------------------------------------------------


def drawn(
    text: SourceText,
    passages: dict[str, Passage],
    uses: dict[str, int] | None = None,
    *,
    whole: bool = False,
) -> list[str]:
    """The paragraphs in short: `{anchor/number/weight: words}`, places in angle brackets, `[…]` for a gap."""
    resting = {
        anchor: [(anchor, n) for n in range(count)] for anchor, count in (uses or {}).items()
    }
    views = shown(
        text,
        joined(passages),
        resting,
        lambda kind, label: f"{kind} {label}",
        whole=whole,
    )
    return [drawn_paragraph(view) for view in views]


def drawn_paragraph(view: ParagraphView) -> str:
    parts = [f"{view.anchor}: " if view.anchor else ""]
    for span in view.spans:
        parts.append("[…]" if span.is_gap else "")
        parts += [f"<{place.anchor}={place.label}>" for place in span.places]
        if span.number:
            on = f" {span.on}" if span.on else ""
            parts.append(
                f"{{{','.join(span.anchors)}/{span.number}/{span.weight}: {span.text}{on}}}"
            )
        else:
            parts.append(span.text)
    return "".join(parts)


def found(text: SourceText, *words: str) -> dict[str, Passage]:
    passages = {}
    for number, row in enumerate(words):
        passage = text.find(row)
        assert passage is not None, row
        passages["abcdef"[number]] = passage
    return passages


def test_a_whole_text_is_shown_once() -> None:
    passages = found(TEXT, "Two, too")
    assert drawn(TEXT, passages, whole=True) == [
        "par-1: One.",
        "par-2: {a/1/1: Two, too on-a}.",
        "par-3: Three.",
    ]
    assert drawn(TEXT, {}, whole=True) == ["par-1: One.", "par-2: Two, too.", "par-3: Three."]
    assert drawn(TEXT, {}) == []


def test_a_passage_may_span_paragraphs() -> None:
    assert drawn(TEXT, found(TEXT, "too. Three"), whole=True) == [
        "par-1: One.",
        "par-2: Two, {a/1/1: too.}",
        "par-3: {/1/1: Three on-a}.",
    ]


def test_a_gap_stands_where_words_are_left_out_and_only_there() -> None:
    assert drawn(TEXT, found(TEXT, "Two")) == ["[…]", "par-2: {a/1/1: Two on-a}, too.", "[…]"]
    assert drawn(TEXT, found(TEXT, "One", "Three")) == [
        "par-1: {a/1/1: One on-a}.",
        "[…]",
        "par-3: {b/2/1: Three on-b}.",
    ]
    dashes = SourceText("One.\n\n---\n\nThree.")
    assert drawn(dashes, found(dashes, "One", "Three")) == [
        "par-1: {a/1/1: One on-a}.",
        "par-2: ---",
        "par-3: {b/2/1: Three on-b}.",
    ]


def test_the_line_is_thicker_under_words_on_which_more_rests() -> None:
    text = SourceText("one two three four")
    passages = found(text, "one two three", "two three four")
    assert drawn(text, passages, {"a": 3, "b": 3}) == [
        "par-1: {a/1/1: one }{b/1/2: two three}{/1/1:  four on-a}"
    ]
    assert drawn(text, passages, {"a": 4, "b": 4}) == [
        "par-1: {a/1/2: one }{b/1/3: two three}{/1/2:  four on-a}"
    ]
    assert drawn(text, passages, {"a": 3, "b": 7}) == [
        "par-1: {a/1/1: one }{b/1/3: two three}{/1/2:  four on-a}"
    ]
    assert drawn(text, passages, {"a": 3, "b": 8}) == [
        "par-1: {a/1/1: one }{b/1/3: two three four on-a}"
    ]


PAGES = SourceText(
    "[p. 1]\nOne[^1] and\n[p. 2]\ntwo.\n\n[p. 3]\n[00:00:07 Anna] Three.\n\n[p. 3]\nFour.\n\n[p. 5]\n"
)


def test_places_stand_where_they_begin_and_have_each_id_once() -> None:
    assert drawn(PAGES, found(PAGES, "One and two"), whole=True) == [
        "par-1: <p-1=page 1>{a/1/1: One}<=1>{/1/1:  and\n}<p-2=page 2>{/1/1: two on-a}.",
        "par-2: <p-3=page 3><t-00-00-07=moment 00:00:07 Anna>Three.",
        "par-3: <=page 3>Four.<p-5=page 5>",
    ]


def test_a_gap_has_the_ids_of_all_places_in_it_and_names_the_last_of_each_kind() -> None:
    assert drawn(PAGES, found(PAGES, "Four")) == [
        "[…]<p-1=><p-2=><p-3=page 3><t-00-00-07=moment 00:00:07 Anna>",
        "par-3: <=page 3>{a/1/1: Four on-a}.<p-5=page 5>",
    ]


# --- excerpts ----------------------------------------------------------------------------------------

BEFORE = "Alpha beta gamma delta. " * 200
BEHIND = " Iota kappa lambda my." * 200


def around(before: str, words: str, behind: str, language: str = "en") -> list[str]:
    """What stands before words and behind them."""
    text = SourceText(before + words + behind, language)
    (paragraph,) = drawn(text, {"a": Passage(len(before), len(before) + len(words))})
    return paragraph.removeprefix("par-1: ").split(f"{{a/1/1: {words} on-a}}")


def test_a_short_paragraph_is_shown_whole() -> None:
    before, behind = "B" * 300, "C" * 300
    assert around(before, "Here.", behind) == [before, behind]
    assert around("", "Here.", "") == ["", ""]


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    before, behind = around(BEFORE, "Here.", BEHIND)
    assert before == "[…]" + "Alpha beta gamma delta. " * 12
    assert behind == " Iota kappa lambda my." * 13 + "[…]"


def test_where_no_sentence_ends_it_is_cut_at_words() -> None:
    before, behind = around("alpha beta " * 200, "here", " gamma delta" * 200)
    assert before == "[…]" + "alpha beta " * 27
    assert behind == " gamma delta" * 25 + "[…]"


def test_a_sentence_that_ends_close_by_is_not_where_it_is_cut() -> None:
    before, _ = around("alpha beta " * 200 + "Gamma. ", "Here", "")
    assert before[:8] in ("[…]alpha", "[…]beta ")
    assert 290 < len(before) < 304


def test_words_without_spaces_are_cut_between_letters() -> None:
    assert around("水" * 1000, "山川", "火" * 1000, "ja") == [
        "[…]" + "水" * 300,
        "火" * 300 + "[…]",
    ]


def test_a_word_without_end_is_cut() -> None:
    assert around("a" * 1000 + " ", "here", " " + "b" * 1000) == ["[…]", "[…]"]


def test_a_passage_at_an_end_is_shown_with_what_is_on_its_other_side() -> None:
    assert around("", "Here.", BEHIND)[1][-3:] == "[…]"
    assert around(BEFORE, "Here.", "")[0][:3] == "[…]"


def test_excerpts_of_one_paragraph_that_meet_are_one() -> None:
    near = "one " + "x " * 290 + "two"
    text = SourceText(f"{near} {'y ' * 400}three")
    assert drawn(text, found(text, "one", "two", "three")) == [
        "par-1: {a/1/1: one on-a} "
        + "x " * 290
        + "{b/2/1: two on-b} "
        + "y " * 149
        + "y[…]"
        + "y " * 150
        + "{c/3/1: three on-c}"
    ]
