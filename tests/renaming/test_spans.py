"""Changes in YAML: exactly what is meant, whatever the style, or none."""

from __future__ import annotations

import pytest

from site_builder.reading.located_yaml import parse
from site_builder.reading.yaml_spans import Spans, Splice, spliced


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\nold: x\n"),
        ("a: 1", "a: 1\nold: x"),
        ("a: 1\n# end\n", "a: 1\nold: x\n# end\n"),
        ("a:\n  - 1\n\n", "a:\n  - 1\nold: x\n\n"),
        ("a: >-\n  long\n\n  text\nb: 2\n", "a: >-\n  long\n\n  text\nb: 2\nold: x\n"),
        ("{a: 1}", "{a: 1, old: x}"),
        ("{a: 1,}\n", "{a: 1, old: x,}\n"),
        ("old: y  # why\nb: 2\n", "old:  # why\n  - y\n  - x\nb: 2\n"),
        ("old:\n  y\nb: 2\n", "old:\n  - y\n  - x\nb: 2\n"),
        ("old: 'y'", "old:\n  - 'y'\n  - x"),
        ("{old: y}", "{old: [y, x]}"),
        ("old: [y, z]  # two\n", "old: [y, z, x]  # two\n"),
        ("old: []\n", "old: [x]\n"),
        ("old:\nb: 2\n", "old: x\nb: 2\n"),
        ("old:\n- y  # one\nb: 2\n", "old:\n- y  # one\n- x\nb: 2\n"),
        ("old:\n    - y\n    # more\nb: 2\n", "old:\n    - y\n    - x\n    # more\nb: 2\n"),
    ],
)
def test_an_item_is_added(before: str, after: str) -> None:
    splices = Spans(before).with_items((), "old", ["x"])
    assert splices is not None
    assert spliced(before, splices) == after
    data = parse("", after)[0]["old"]
    assert (data if isinstance(data, list) else [data])[-1] == "x"


@pytest.mark.parametrize(
    "text",
    ["a: &y [y]\nold: *y\n", "old: >-\n  y\n", "old: y\n  z\n", "old: {y: z}\n", "just text"],
)
def test_no_item_is_added_where_it_is_not_safe(text: str) -> None:
    assert Spans(text).with_items((), "old", ["x"]) is None


@pytest.mark.parametrize(
    ("before", "where", "after"),
    [
        ("a: 1\nb: 2\n", ("b",), "a: 1\n"),
        ("a: 1\nb: 2", ("b",), "a: 1"),
        ("a: 1\nb:\n  - 2\n  - 3\nc: 4\n", ("b", 0), "a: 1\nb:\n  - 3\nc: 4\n"),
        ("a: 1\nb:\n- 2\nc: 4\n", ("b", 0), "a: 1\nc: 4\n"),
        ("a: 1\nb: 2\n", ("b", 0), "a: 1\n"),
        ("b: [1, 2, 3]\n", ("b", 0), "b: [2, 3]\n"),
        ("b: [1, 2, 3]\n", ("b", 1), "b: [1, 3]\n"),
        ("b: [1, 2, 3]\n", ("b", 2), "b: [1, 2]\n"),
        ("{a: 1, b: 2}\n", ("a",), "{b: 2}\n"),
        ("{a: 1, b: 2}\n", ("b",), "{a: 1}\n"),
        ("b:\n  - x: 1\n    y: 2\n  - x: 3\n", ("b", 0), "b:\n  - x: 3\n"),
        ("b:\n  - x: 1\n    y: 2\n", ("b", 0, "x"), "b:\n  - y: 2\n"),
        ("b:\n  - x: 1\n    y: 2\n", ("b", 0, "y"), "b:\n  - x: 1\n"),
    ],
)
def test_a_value_is_taken_out(before: str, where: tuple[str | int, ...], after: str) -> None:
    splices = Spans(before).without(where)
    assert splices is not None
    assert spliced(before, splices) == after


def test_the_last_field_is_not_taken_out() -> None:
    assert Spans("a: 1\n").without(("a",)) is None


@pytest.mark.parametrize(
    ("text", "part", "written"),
    [
        ("a: see [[town]]\n", "town", "town"),
        ("a: 'it''s [[town]]'\n", "town", "town"),
        ('a: "\\"x\\", [[to\\x77n]]"\n', "town", "to\\x77n"),
        ('a: "one \\\n  two town"\n', "town", "town"),
        ("a: >-\n  one\n\n  town\n", "town", "town"),
        ("a: |\n  one\n  town\n# end\n", "town", "town"),
        ("a: &x one\n  town\n", "town", "town"),
    ],
)
def test_where_a_part_of_a_text_is_written(text: str, part: str, written: str) -> None:
    scalar = Spans(text).scalar(("a",))
    assert scalar is not None
    start = scalar.value.index(part)
    stretch = scalar.part(start, start + len(part))
    assert stretch is not None
    assert text[slice(*stretch)] == written


def test_changes_that_overlap_are_refused() -> None:
    assert spliced("abcd", [Splice(0, 2, ""), Splice(1, 3, "")]) == "d"
    with pytest.raises(ValueError, match="overlap at 1"):
        spliced("abcd", [Splice(0, 2, "x"), Splice(1, 3, "")])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\nlist:\n  - x: 1\n    y: 2\n"),
        ("list:\n  - x: 0\nb: 2\n", "list:\n  - x: 0\n  - x: 1\n    y: 2\nb: 2\n"),
        (
            "list:\n- x: 0\n  z: |\n    t\n\nb: 2\n",
            "list:\n- x: 0\n  z: |\n    t\n- x: 1\n  y: 2\n\nb: 2\n",
        ),
        ("list:\n  -\n    x: 0", "list:\n  -\n    x: 0\n  - x: 1\n    y: 2"),
        ("list:\nb: 2\n", "list:\n  - x: 1\n    y: 2\nb: 2\n"),
    ],
)
def test_a_record_is_added(before: str, after: str) -> None:
    splices = Spans(before).with_record((), "list", ["x: 1", "y: 2"])
    assert splices is not None
    assert spliced(before, splices) == after
    assert parse("", after)[0]["list"][-1] == {"x": "1", "y": "2"}


@pytest.mark.parametrize("text", ["{a: 1}\n", "list: [{x: 0}]\n", "list:\n  x: 0\n", "list: []\n"])
def test_no_record_is_added_where_it_is_not_safe(text: str) -> None:
    assert Spans(text).with_record((), "list", ["x: 1"]) is None


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("a: 'x'\n", "it's", "it''s"),
        ('a: "x"\n', 'say "\\"', 'say \\"\\\\\\"'),
        ("a: x\n", "a b", "a b"),
        ("a: x\n", "a: b", None),
        ("a: x\n", "a #b", None),
        ("a: [x]\n", "a, b", None),
        ("a: |\n  x\n", "a: #b", "a: #b"),
    ],
)
def test_words_as_a_scalar_holds_them(text: str, words: str, written: str | None) -> None:
    scalar = Spans(text).scalar(("a", 0))
    assert scalar is not None
    assert scalar.as_written(words) == written
