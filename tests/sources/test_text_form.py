"""The text form of a source: words that run across marks, and where they stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.links.evidence import SourceText
from site_builder.sources.text_form import Mark, read

MINUTES = """\
[p. 3]
[omit] Town of Aldern, page 3
(1) The surveyor[^4] reported that the dam leaks at two pla-
[^4]: See the annex.
[p. iv]
ces and may not last.

[Art. 53(2)]
It is closed.

[00:12:30 Anna Holt] We would rather
[00:12:34]
take it down.
"""


def test_the_words_run_across_the_marks() -> None:
    assert read(MINUTES).words == (
        "(1) The surveyor reported that the dam leaks at two pla-\n"
        "ces and may not last.\n"
        "\n"
        "It is closed.\n"
        "\n"
        "We would rather\n"
        "take it down.\n"
        "\n\nSee the annex."
    )


def test_each_mark_knows_its_kind_label_place_and_rank() -> None:
    form = read(MINUTES)
    behind = [
        (mark.kind, mark.label, mark.rank, form.words[mark.start :][:8]) for mark in form.marks
    ]
    assert behind == [
        ("page", "3", 1, "(1) The "),
        ("footnote", "4", 1, " reporte"),
        ("page", "iv", 2, "ces and "),
        ("article", "53(2)", 1, "It is cl"),
        ("moment", "00:12:30", 1, "We would"),
        ("moment", "00:12:34", 2, "take it "),
        ("page", "3", 1, "See the "),
        ("article", "", 0, "See the "),
        ("moment", "", 0, "See the "),
        ("note", "4", 1, "See the "),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[p. 3]", "[S. 3]", "[p. iv]", "[p.3]", "[p. A-3]", "[p. 3 bis]", "  [p. 3]", "[P. 3] ", "[стр. 3]",
        "[§ 5]", "[§5a]", "[Art. 53 (2)]", "[sec. 2]", "[para. 12]", "[¶ 4]", "[rec. 7]", "[ch. II]",
        "[l. 5]", "[Z. 5]", "[no. 7]", "[№ 7]", "[fig. 1]", "[Abb. 2]",
        "[00:12:30]", "[12:30]", "[1:02:30.500]", "[00:12:30 Anna Holt]", "[omit] and so on", "[omit]", "[Omit] x",
    ],
)  # fmt: skip
def test_a_mark_on_its_line_is_no_text(line: str) -> None:
    assert read(f"one\n{line}\ntwo").words == "one\ntwo"
    assert read(f"{line}\ntwo").words == "two"
    assert read(f"one\n{line}").words == "one\n"


@pytest.mark.parametrize(
    "line",
    [
        "See [p. 3] of it.", "[p. 3] of it", "[p. see]", "[pp. 3]", "[p 3]", "[page 3]", "[3]", "[§]", "[Art. five]",
        "[omitted] x", "[omit]x", "He said [omit] x", "[0:99]", "[00:12:30 Anna [sic]] x", "at [00:12:30] we",
        "[^4] alone", "a [^4] apart", "[he]", "[sic]", "[…]", "a[4]", "[@x]", "[p. 3", "p. 3]",
    ],
)  # fmt: skip
def test_what_is_no_mark_is_text(line: str) -> None:
    assert read(f"one\n{line}\ntwo").words == f"one\n{line}\ntwo"
    assert read(f"one\n{line}\ntwo").marks == ()


def test_text_follows_a_moment_and_a_speaker_goes_on() -> None:
    form = read("[00:01 A] one\n[00:02] two\n[00:03 B  C] three\n")
    assert form.words == "one\ntwo\nthree\n"
    assert [form.speaker_at(form.words.index(word)) for word in ("one", "two", "three")] == [
        "A",
        "A",
        "B C",
    ]
    assert read("one\n[00:01 A] two").speaker_at(0) == ""


@pytest.mark.parametrize(
    ("kind", "number", "found"),
    [
        ("page", "1", ["a\nb\n"]),
        ("page", "2", ["c\n", "e"]),
        ("article", "5 (1)", ["b\nc\n"]),
        ("article", "5(1)", ["b\nc\n"]),
        ("article", "6", ["d\ne"]),
        ("page", "9", []),
        ("section", "5(1)", []),
    ],
)
def test_a_place_reaches_to_the_next_mark_of_its_kind(
    kind: str, number: str, found: list[str]
) -> None:
    form = read("[p. 1]\na\n[Art. 5(1)]\nb\n[p. 2]\nc\n[Art. 6]\n[p. 3]\nd\n[p. 2]\ne")
    assert [form.words[start:end] for start, end in form.stretches(kind, number)] == found


def test_the_place_of_an_offset() -> None:
    form = read("first\n[p. 1]\na\n[§ 5]\nb\n[p. 2]\nc")
    places = [
        (form.at(form.words.index(word), "page"), form.at(form.words.index(word), "section"))
        for word in ("first", "a", "b", "c")
    ]
    one, two = Mark("page", "1", 6, 1), Mark("page", "2", 10, 2)
    section = Mark("section", "5", 8, 1)
    assert places[0] == (None, None)
    assert places[2:] == [(one, section), (two, section)]
    assert form.has("page")
    assert not form.has("moment")


def test_a_footnote_ends_at_a_blank_line_a_footnote_or_a_place() -> None:
    form = read("a[^1] b[^2] c[^x]\n[^1]: one\nmore\n[^2]: two[^x]\n[p. 2]\nd\n[^x]: three\n\ne")
    assert form.words == "a b c\nd\n\n\ne\n\none\nmore\n\ntwo\n\nthree"
    assert [mark.label for mark in form.marks if mark.kind == "note"] == ["1", "2", "x"]


PIECES = st.sampled_from(
    ["[p. 3]", "[omit] x", "[00:01 A]", "[^1]", "[^1]: ", "[§ 5]", "\n", "\n\n", " ", "a", "word", "[", "]", "é"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_word_comes_from_where_it_is_said_to(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    form = read(text)
    for offset, character in enumerate(form.words):
        if character.isalpha():
            assert text[form.written(offset)] == character
    assert all(0 <= mark.start <= len(form.words) for mark in form.marks)
    starts = [mark.start for mark in form.marks]
    assert starts == sorted(starts)


@given(st.text(alphabet="ab c\n.[]^0:", max_size=60))
def test_a_text_without_marks_is_its_own_words(text: str) -> None:
    form = read(text)
    assert form.marks or form.words == text


@pytest.mark.parametrize(
    "text",
    ["[p. 3]\n", "a[^4]", "[^4]: x\n", "[^4]: x[^3] ", "[00:01 A] ", "[[[[", "[omit]", " " * 99 + "["],
)  # fmt: skip
def test_time_grows_with_the_text_alone(text: str) -> None:
    import time

    def seconds(count: int) -> float:
        start = time.process_time()
        read(text * count)
        return time.process_time() - start

    seconds(100)
    few = min(seconds(2_000) for _ in range(3))
    assert min(seconds(16_000) for _ in range(3)) < 30 * few + 0.05


def test_words_are_found_across_marks_and_told_with_the_line_of_the_file() -> None:
    source = SourceText(MINUTES)
    assert source.find("leaks at two places and may not last") is not None
    assert source.find("Town of Aldern") is None
    assert source.find("page 3") is None
    assert source.find("See the annex") is not None
    assert source.line_of(source.text.index("ces and")) == (6, 1)
    assert source.line_of(source.text.index("rather")) == (11, 31)


def test_the_digest_tells_marks_apart_and_markdown() -> None:
    texts = [
        SourceText("[p. 3]\na"),
        SourceText("[p. 4]\na"),
        SourceText("[p. 4]\na", markdown=True),
    ]
    assert len({text.digest for text in texts}) == 3
