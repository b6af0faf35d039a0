"""Values of design tokens: plain ones are taken, and what could ask for a file or leave its declaration is not."""

from __future__ import annotations

import pytest

from site_builder.content.css_values import css_value_problem

PLAIN = """
    #0b5d3b
    #fff
    Charter, Georgia, serif
    "Segoe UI", 'A B', -apple-system, Überschrift
    34rem
    -1.5rem
    +2px
    1e3px
    1.5
    1 / 2
    .5%
    calc(var(--base) * 1.2 - 3px)
    clamp(1rem, 2vw + .5rem, 3rem)
    min(1px, (2px + 3px))
    oklch(70% 0.1 200 / .5)
    RGB(1 2 3)
    rgb(from red r g b)
    color-mix(in oklab, red 20%, blue)
    light-dark(red, blue)
    var(--x, 3px)
    "url(x)"
    url
""".strip().splitlines()
OTHERS = [
    ("url(//x)", "'url(…)' is not allowed in it"),
    ("URL(//x)", "'URL(…)' is not allowed in it"),
    ("red, uRl( 'x' )", "'uRl(…)' is not allowed in it"),
    ('image-set("x" 1x)', "'image-set(…)' is not allowed in it"),
    ('-webkit-image-set("x" 1x)', "'-webkit-image-set(…)' is not allowed in it"),
    ("cross-fade(x)", "'cross-fade(…)' is not allowed in it"),
    ("src(x)", "'src(…)' is not allowed in it"),
    ("expression(1)", "'expression(…)' is not allowed in it"),
    ("attr(x)", "'attr(…)' is not allowed in it"),
    ("calc(url(x))", "'url(…)' is not allowed in it"),
    ("red; x: y", "';' is not allowed in it"),
    ("red}", "'}' is not allowed in it"),
    ("https://x", "':' is not allowed in it"),
    ("\\75rl(x)", "'\\' is not allowed in it"),
    ("u\\rl(x)", "'\\' is not allowed in it"),
    ('@import "x"', "'@' is not allowed in it"),
    ("<style>", "'<' is not allowed in it"),
    ("red !important", "'!' is not allowed in it"),
    ("#gg", "'#' is not allowed in it"),
    ("a//b", "'/' is not allowed in it"),
    ("rgb(1 2 3", "a bracket is not closed"),
    ("rgb(1))", "it has one ')' too many"),
    (")(", "it has one ')' too many"),
    ('"a', "a quotation mark is not closed, or the quoted text is not allowed there"),
    ("'a\"", "a quotation mark is not closed, or the quoted text is not allowed there"),
    ('"a\\"', "a quotation mark is not closed, or the quoted text is not allowed there"),
    ('"a}b"', "a quotation mark is not closed, or the quoted text is not allowed there"),
    ("red /* x */", "it contains a comment"),
    ("red /* x", "it contains a comment"),
    ("red\nblue", "it contains a line break or a tab"),
]


@pytest.mark.parametrize("value", [line.strip() for line in PLAIN])
def test_plain_values(value: str) -> None:
    assert css_value_problem(value) == ""


@pytest.mark.parametrize(("value", "problem"), OTHERS)
def test_theme_values_ask_for_no_file_and_stay_in_their_declaration(
    value: str, problem: str
) -> None:
    assert css_value_problem(value) == problem
