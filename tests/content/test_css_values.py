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
    ("url(//x)", "'url(…)' can't stand in it"),
    ("URL(//x)", "'URL(…)' can't stand in it"),
    ("red, uRl( 'x' )", "'uRl(…)' can't stand in it"),
    ('image-set("x" 1x)', "'image-set(…)' can't stand in it"),
    ('-webkit-image-set("x" 1x)', "'-webkit-image-set(…)' can't stand in it"),
    ("cross-fade(x)", "'cross-fade(…)' can't stand in it"),
    ("src(x)", "'src(…)' can't stand in it"),
    ("expression(1)", "'expression(…)' can't stand in it"),
    ("attr(x)", "'attr(…)' can't stand in it"),
    ("calc(url(x))", "'url(…)' can't stand in it"),
    ("red; x: y", "';' can't stand in it"),
    ("red}", "'}' can't stand in it"),
    ("https://x", "':' can't stand in it"),
    ("\\75rl(x)", "'\\' can't stand in it"),
    ("u\\rl(x)", "'\\' can't stand in it"),
    ('@import "x"', "'@' can't stand in it"),
    ("<style>", "'<' can't stand in it"),
    ("red !important", "'!' can't stand in it"),
    ("#gg", "'#' can't stand in it"),
    ("a//b", "'/' can't stand in it"),
    ("rgb(1 2 3", "a bracket is not closed"),
    ("rgb(1))", "it has a ')' too many"),
    (")(", "it has a ')' too many"),
    ('"a', "a quotation mark is not closed, or what it quotes can't stand there"),
    ("'a\"", "a quotation mark is not closed, or what it quotes can't stand there"),
    ('"a\\"', "a quotation mark is not closed, or what it quotes can't stand there"),
    ('"a}b"', "a quotation mark is not closed, or what it quotes can't stand there"),
    ("red /* x */", "it holds a comment"),
    ("red /* x", "it holds a comment"),
    ("red\nblue", "it holds a line end or a tab"),
]


@pytest.mark.parametrize("value", [line.strip() for line in PLAIN])
def test_plain_values(value: str) -> None:
    assert css_value_problem(value) == ""


@pytest.mark.parametrize(("value", "problem"), OTHERS)
def test_theme_values_ask_for_no_file_and_stay_in_their_declaration(
    value: str, problem: str
) -> None:
    assert css_value_problem(value) == problem
