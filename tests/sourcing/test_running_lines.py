"""Running headers and footers are left out, and lines of the text that look like them are not."""

from __future__ import annotations

import pytest

from site_builder.sourcing.pdf_page import Line
from site_builder.sourcing.running_lines import find_running_lines, without_line_numbers

WORDS = (
    "The surveyor reported that the dam leaks at two places",
    "and may not last another winter, as everybody in town",
    "has known for years without ever having said so aloud",
    "in the meetings that the council has held since then.",
)


def line(text: str, bottom: float, *, left: float = 50, size: float = 10) -> Line:
    return Line(text, left, left + 5.0 * len(text), bottom, bottom + size, size)


def page(top: str = "", bottom: str = "", *, first: str = "", gap: float = 40) -> list[Line]:
    """A page with a line above its text, one below it, and another first line."""
    body = [first or WORDS[0], *WORDS[1:], *(f"{word} and so on" for word in WORDS)]
    lines = [line(text, 700 - 12 * number) for number, text in enumerate(body)]
    above = [line(top, 700 + gap)] if top else []
    below = [line(bottom, 700 - 12 * len(body) - gap)] if bottom else []
    return [*above, *lines, *below]


def left_out(pages: list[list[Line]]) -> list[list[str]]:
    found = find_running_lines(pages)
    return [
        [lines[at].text for at in sorted(out)]
        for lines, out in zip(pages, found.left_out, strict=True)
    ]


@pytest.mark.parametrize(
    ("top", "bottom"),
    [
        ("Town of Aldern", ""),
        ("Town of Aldern, page {n}", ""),
        ("{n}", ""),
        ("", "{n}"),
        ("", "- {n} -"),
        ("", "Page {n} of 6"),
        ("", "{roman}"),
        ("The dam {n}", "Gazette, 4 May 2026"),
        ("", "Frm 0000{n} Fmt 4702"),
    ],
)
def test_what_runs_is_left_out(top: str, bottom: str) -> None:
    romans = ["iii", "iv", "v", "vi", "vii", "viii"]
    pages = [
        page(top.format(n=n, roman=romans[n]), bottom.format(n=n, roman=romans[n]))
        for n in range(6)
    ]
    wanted = [
        [text.format(n=n, roman=romans[n]) for text in (top, bottom) if text] for n in range(6)
    ]
    assert left_out(pages) == wanted


@pytest.mark.parametrize(
    "first",
    [
        "(1) The authority shall hear whoever asks for it.",
        "Article {n3}",
        "{year} was a year in which nothing was built",
        "We saw {odd} boats on the river that day",
        "{different}",
    ],
)
def test_the_first_line_of_the_text_is_text(first: str) -> None:
    different = "one two three four five six".split()
    pages = [
        page(
            first=first.format(
                n3=3 * n + 1, year=2020 + 2 * n, odd=n * n + 7, different=f"It was {different[n]}"
            )
        )
        for n in range(6)
    ]
    assert left_out(pages) == [[]] * 6


def test_a_line_as_near_as_the_others_is_text_though_it_is_the_same() -> None:
    pages = [page("(1) The authority shall", gap=12) for _ in range(6)]
    assert left_out(pages) == [[]] * 6


def test_two_lines_run_and_odd_pages_have_others() -> None:
    pages = [page(f"The dam {n}" if n % 2 else f"{n} Aldern", f"Filed 4 May {n}") for n in range(8)]
    for lines in pages:
        lines.append(line("Confidential", 800))
    assert left_out(pages) == [
        [f"The dam {n}" if n % 2 else f"{n} Aldern", f"Filed 4 May {n}", "Confidential"]
        for n in range(8)
    ]


def test_chapters_that_change_keep_the_number_of_the_page() -> None:
    titles = ["The beginning"] * 3 + ["The flood"] * 3
    pages = [page(f"{title} {n + 11}") for n, title in enumerate(titles)]
    assert left_out(pages) == [[f"{title} {n + 11}"] for n, title in enumerate(titles)]
    assert find_running_lines(pages).labels == [str(n + 11) for n in range(6)]


def test_headings_that_happen_to_count_like_pages_are_text() -> None:
    names = ["Of rivers and the sea", "Dams", "Why the council met", "Money", "What came of it"]
    pages = [page(f"{n + 1} {name}") for n, name in enumerate(names)]
    assert left_out(pages) == [[]] * 5


def test_what_stands_beside_the_text_runs_too() -> None:
    pages = [page() for _ in range(4)]
    for n, lines in enumerate(pages):
        lines.append(line("Aldern", 690, left=5, size=8)._replace(right=40))
        lines.append(line(f"{n + 162}", 640, left=5, size=8)._replace(right=40))
        lines.append(line(f"note {n * n}", 620, left=5, size=8)._replace(right=40))
    assert left_out(pages) == [["Aldern", f"{n + 162}"] for n in range(4)]
    assert find_running_lines(pages).labels == ["162", "163", "164", "165"]


# --- numbers of lines ------------------------------------------------------------------------


def test_numbers_at_the_margin_are_left_out() -> None:
    text = [line(word, 700 - 24 * n, left=80) for n, word in enumerate(WORDS * 7)]
    numbers = [line(str(n + 1), 700 - 24 * n, left=50)._replace(right=60) for n in range(28)]
    assert without_line_numbers([*numbers, *text]) == (text, [str(n) for n in range(1, 29)])
    fives = [line(str(5 * n), 700 - 96 * n, left=50)._replace(right=60) for n in range(1, 7)]
    assert without_line_numbers([*fives, *text]) == (text, ["5", "10", "15", "20", "25", "30"])


def test_numbers_in_front_of_each_line_are_left_out() -> None:
    lines = [line(f"{n + 1} {word}", 700 - 24 * n) for n, word in enumerate(WORDS * 4)]
    kept, numbers = without_line_numbers(lines)
    assert [row.text for row in kept] == [*WORDS * 4]
    assert numbers == [str(n) for n in range(1, 17)]


@pytest.mark.parametrize(
    "texts",
    [
        [f"{n}. The dam" for n in range(1, 20)],
        [f"({n}) The dam" for n in range(1, 20)],
        [f"{n * n} boats" for n in range(1, 20)],
        [f"{n} boats" for n in range(1, 6)],
        [*(f"{n} boats" for n in range(1, 10)), *WORDS],
        [str(n * n) for n in range(1, 20)],
        ["1921", "1922", "1923", "1924", "1925", "1926", "1927", "1928", "1929"],
    ],
)
def test_other_numbers_are_text(texts: list[str]) -> None:
    lines = [line(text, 700 - 24 * n) for n, text in enumerate(texts)]
    assert without_line_numbers(lines) == (lines, [])
