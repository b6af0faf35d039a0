"""Names that look alike are told apart by their characters."""

from __future__ import annotations

import pytest

from site_builder.text.alike import difference, named

LETTER_AND_MARK = "latin small letter e (U+0065) and combining acute accent (U+0301)"


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        (
            "Hоlt",
            "Holt",
            "this has cyrillic small letter o (U+043E), and that latin small letter o (U+006F)",
        ),
        (
            "keep\u200b",
            "keep",
            "this has zero width space (U+200B), and that nothing there",
        ),
        (
            "New York",
            "New\u00a0York",
            "this has space (U+0020), and that no-break space (U+00A0)",
        ),
        (
            "Jose\u0301",
            "José",
            f"this has {LETTER_AND_MARK}, and that latin small letter e with acute (U+00E9)",
        ),
        (
            "Sean O’Brien Holt",
            "Sean O'Brien Hоlt",
            "this has latin small letter o (U+006F), and that cyrillic small letter o (U+043E)",
        ),
        ("Holt", "Holt", ""),
        ("Holt", "holt", ""),
        ("Jose", "José", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_it_says_which_characters_differ(name: str, other: str, expected: str) -> None:
    assert difference(name, other) == expected


def test_characters_have_names() -> None:
    assert [named(c) for c in "\x1b\u2028\x01"] == [
        "escape (U+001B)", "line separator (U+2028)", "U+0001",
    ]  # fmt: skip
