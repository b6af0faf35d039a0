"""What of a source's file is not the document's."""

from __future__ import annotations

import pytest

from site_builder.links.omitting import without


@pytest.mark.parametrize(
    ("text", "omit", "left"),
    [
        ("One. Share this. Two. Share this. Three.", "Share this.", "One.  Two.  Three."),
        ("a\nPage 3\nb\nPage 14\nc", "Page #", "a\nb\nc"),
        ("a\n  Page 3  \nb", "Page #", "a\nb"),
        ("a\nPage 3 of 1,200\nb", "Page # of #", "a\nb"),
        ("a\nTown of Aldern, 4 May\nb", "Town of *, # *", "a\nb"),
        ("a\nReport 12 — Confidential\nb", "Report 12 - Confidential", "a\nb"),
        ("a\nThe “Gazette”’s  page\nb", 'The "Gazette"\'s page', "a\nb"),
        ("a\nPage 3", "Page #", "a\n"),
        ("a\n* * *\nb c d\n", "* * *", "a\nb c d\n"),
        ("a 12 b\n12\nc", "#", "a 12 b\nc"),
        ("Share\nthis. One.", "Share this.", " One."),
        ("One. Share\n[p. 2]\nthis. Two.", "Share this.", "One. \n[p. 2]\n Two."),
        ("One.\nShare\n[p. 2]\nthis.\nTwo.", "Share this.", "One.\n[p. 2]\nTwo."),
        ("Share\n[p. 2]\n\n[Art. 5]\nthis.", "Share this.", "[p. 2]\n[Art. 5]\n"),
        ("Share\n[omit] Page 2\n[p. 3]\nthis. A", "Share this.", "[omit] Page 2\n[p. 3]\n A"),
        ("Share\n[00:00:07 Anna] this. A", "Share this.", "[00:00:07 Anna]\n A"),
    ],
)
def test_it_is_left_out_wherever_it_stands(text: str, omit: str, left: str) -> None:
    assert without(text, omit) == left


@pytest.mark.parametrize(
    ("text", "omit"),
    [
        ("The Pages of it.", "Page"),
        ("We read Page 12 of it.", "Page #"),
        ("a\nPage x\nb", "Page #"),
        ("a\npage 3\nb", "Page #"),
        ("a\nb c d\n", "* * *"),
        ("a", ""),
        ("Share\n[Applause]\nthis.", "Share this."),
        ("Share [p. 2] this.", "Share this."),
        ("a\nPage\n[p. 2]\n3\nb", "Page #"),
        ("a", " "),
    ],
)
def test_it_is_not_there(text: str, omit: str) -> None:
    assert without(text, omit) is None


def test_long_lines_cost_little() -> None:
    assert without("Page 3 of " * 100_000, "Page # of * and *") is None
