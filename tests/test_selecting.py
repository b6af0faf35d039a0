"""Parts of pages by selectors, as the text cases show them."""

from __future__ import annotations

import pytest

from tools.selecting import NOTHING, select

PAGE = """<!doctype html>
<body>
  <main id="main" class="a b">
    <p title="x &quot;y&quot;">One<br>  two &amp; <b>three</b></p>

    <section class="b">
      <p class="last">Four</p>
    </section>
  </main>
  <p>Five <img src="i.png" alt=""></p>
</body>
"""


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        (".last", '<p class="last">Four</p>\n'),
        ("main .b p", '<p class="last">Four</p>\n'),
        ("#main.a p.last", '<p class="last">Four</p>\n'),
        ("section p.first", f"{NOTHING}\n"),
        ("section", '<section class="b">\n  <p class="last">Four</p>\n</section>\n'),
        ("p[title]::text", "One two & three\n"),
        ("p::attr(title)", 'x "y"\n'),
        ("img[src=i.png]", '<img src="i.png" alt="">\n'),
        ("img[src=j.png]", f"{NOTHING}\n"),
        ("p::text", "One two & three\nFour\nFive\n"),
        (".b .a p", f"{NOTHING}\n"),
    ],
)
def test_a_selector_takes_parts_as_they_stand(selector: str, text: str) -> None:
    assert select(PAGE, selector) == text


def test_elements_that_are_not_closed_in_order_are_refused() -> None:
    with pytest.raises(AssertionError, match="<b> ends with </p>"):
        select("<p><b>x</p></b>", "p")


def test_a_selector_that_is_not_understood_is_refused() -> None:
    with pytest.raises(AssertionError, match="'>' is not understood"):
        select(PAGE, "main > p")
