"""What a writer sees, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.preview.conftest import Live, StartPreview

ANNA = "content/actors/anna.md"
LONG = "---\nname: Anna\n---\n" + "\n\n".join(f"Cup {n} of tea." for n in range(200)) + "\n"
BROKEN = "---\nname: Anna\nnmae: <b>x\n---\n"


def open_page(page: Page, live: Live, path: str = "/actors/anna/") -> list[str]:
    """Opens a page and waits for the connection; gives the list of what goes wrong in it."""
    wrong: list[str] = []
    page.on(
        "console", lambda message: wrong.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with page.expect_response(re.compile("preview/state")):  # asked when the connection stands
        page.goto(live.url.rstrip("/") + path)
    page.evaluate("window.marker = 'not loaded again'")
    return wrong


def marker(page: Page) -> object:
    return page.evaluate("window.marker")


def test_an_edit_is_shown_and_the_page_stays_where_it_was(start: StartPreview, page: Page) -> None:
    from playwright.sync_api import expect

    # A font that comes late moves the text, and the browser scrolls after it: here none ever comes.
    page.route("**/*.woff2", lambda route: route.fulfill(body=b"", content_type="font/woff2"))
    live = start({ANNA: LONG})
    wrong = open_page(page, live)
    page.evaluate("document.fonts.ready.then(() => scrollTo(0, 2000))")

    live.write(ANNA, LONG.replace("Cup 60 of tea", "Cup 60 of coffee"))

    expect(page.get_by_text("Cup 60 of coffee.")).to_be_attached()
    assert marker(page) is None
    expect(page.locator("html")).to_be_visible()
    for _ in range(600):  # it scrolls back once the page is laid out
        if page.evaluate("scrollY") == 2000:
            break
        page.wait_for_timeout(100)
    assert page.evaluate("scrollY") == 2000
    assert wrong == []


def test_a_page_that_an_edit_does_not_change_is_not_loaded_again(live: Live, page: Page) -> None:
    wrong = open_page(page, live, "/terms/")

    with page.expect_response(re.compile("preview/state")):
        live.replace(ANNA, "tea", "coffee")

    assert marker(page) == "not loaded again"
    assert wrong == []


def test_style_is_swapped_without_loading_the_page_again(start: StartPreview, page: Page) -> None:
    from playwright.sync_api import expect

    live = start(
        {
            "templates/about.html": """
                <!doctype html><html lang="en"><head><title>About</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="{{ asset('own.css') }}">
                <link rel="stylesheet" href="{{ 'plain.css' | url }}"></head>
                <body><h1 tabindex="0">About</h1></body></html>
                """,
            "templates/static/own.css": "h1 { color: rgb(1, 2, 3) }\n",
            "static/plain.css": "h1 { margin-left: 1px }\n",
        }
    )
    wrong = open_page(page, live, "/about/")
    heading = page.locator("h1")
    heading.focus()
    expect(heading).to_have_css("color", "rgb(1, 2, 3)")

    for number in (4, 5):
        live.write("templates/static/own.css", f"h1 {{ color: rgb({number}, 5, 6) }}\n")
        expect(heading).to_have_css("color", f"rgb({number}, 5, 6)")
        live.write("static/plain.css", f"h1 {{ margin-left: {number}px }}\n")
        expect(heading).to_have_css("margin-left", f"{number}px")

    expect(page.locator('link[rel="stylesheet"]')).to_have_count(3)
    assert marker(page) == "not loaded again"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert wrong == []


def test_what_is_wrong_lies_over_the_page_until_it_is_mended(live: Live, page: Page) -> None:
    from playwright.sync_api import expect

    wrong = open_page(page, live)
    whole = (live.root / ANNA).read_text()

    live.write(ANNA, BROKEN)
    problems = page.locator("#site-builder-problems")
    expect(problems).to_be_visible()
    link = problems.get_by_role("link", name=f"{ANNA}:3:1")
    expect(link).to_have_attribute("href", f"vscode://file{live.root}/{ANNA}:3:1")
    expect(problems).to_contain_text("an actor has no field 'nmae'")
    expect(problems).to_contain_text("nmae: <b>x")
    live.write(ANNA, BROKEN.replace("nmae", "naem"))
    expect(problems).to_contain_text("an actor has no field 'naem'")
    problems.get_by_role("button").click()
    expect(page.get_by_text("Anna drinks tea.")).to_be_visible()
    expect(problems).not_to_be_attached()
    live.write(ANNA, BROKEN)
    expect(problems).to_be_visible()
    live.write(ANNA, whole)

    expect(problems).not_to_be_attached()
    assert marker(page) == "not loaded again"  # as it is what it was before
    assert wrong == []


def test_a_page_opened_while_the_site_is_broken_comes_when_it_is_mended(
    start: StartPreview, page: Page
) -> None:
    from playwright.sync_api import expect

    live = start({ANNA: BROKEN})
    open_page(page, live)  # that the server says 500 is an error on the console
    expect(page.get_by_text("an actor has no field 'nmae'")).to_be_visible()

    live.write(ANNA, BROKEN.replace("nmae", "naem"))
    expect(page.get_by_text("an actor has no field 'naem'")).to_be_visible()
    live.write(ANNA, "---\nname: Anna\n---\nAnna drinks coffee.\n")

    expect(page.get_by_text("Anna drinks coffee.")).to_be_visible()
    expect(page.locator("#site-builder-problems")).not_to_be_attached()


def test_the_margin_opens_and_stays_open_over_a_reload(live: Live, page: Page) -> None:
    from playwright.sync_api import expect

    wrong = open_page(page, live, "/issues/milk/")
    margin = page.get_by_label("Editor’s margin")
    parts = margin.get_by_text("position: anna")
    expect(parts).not_to_be_visible()

    margin.locator("summary").click()
    expect(parts).to_be_visible()
    live.replace("content/issues/milk.md", "Some say so.", "Few say so.")
    expect(page.get_by_text("Few say so.")).to_be_visible()

    expect(parts).to_be_visible()
    link = margin.get_by_role("link", name="content/issues/milk.md", exact=True)
    expect(link).to_have_attribute("href", f"vscode://file{live.root}/content/issues/milk.md:1:1")
    assert wrong == []


def test_it_says_when_the_preview_has_ended_and_goes_on_when_it_is_back(
    start: StartPreview, page: Page
) -> None:
    from playwright.sync_api import expect

    live = start()
    open_page(page, live)
    lost = page.get_by_label("Editor’s margin").get_by_text("the preview has ended")
    expect(lost).not_to_be_visible()
    port = live.port

    live.stop()
    expect(lost).to_be_visible()
    live.write(ANNA, "---\nname: Anna\n---\nAnna drinks coffee.\n")
    start(port=port)  # writes the site as it was, and one word more
    expect(page.get_by_text("Anna drinks tea.")).to_be_visible()
    expect(lost).not_to_be_visible()
