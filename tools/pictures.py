"""Take the pictures of the README: the site of this repository on a desk, on a phone, in the dark and on paper.

    python -m tools.pictures

Builds the site in content/, opens it in Chromium without any network, and writes docs/pictures/*.png.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tools import checkers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    """A picture: its name, the page, the screen, and what is to stand at its top ("" for the page's own)."""

    name: str
    page: str
    width: int
    height: int
    top: str = ""
    scheme: str = "light"
    media: str = "screen"


PICTURES = (
    Picture("desk", "", 1280, 900),
    Picture("positions", "", 1280, 700, "#positions"),
    Picture("timeline", "timeline/", 1280, 900),
    Picture("dark", "issues/draft-plan/", 1280, 900, scheme="dark"),
    Picture("phone", "", 390, 844),
    Picture("phone-dark", "positions/", 390, 844, scheme="dark"),
    Picture("paper", "print/", 794, 1123, media="print"),
)


def take(browser: Browser, site: Path, picture: Picture) -> None:
    """Write one picture."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        bypass_csp=True,  # the policy of pages allows no style of ours
    )
    page.emulate_media(color_scheme=picture.scheme, media=picture.media)  # type: ignore[arg-type]  # of PICTURES
    page.goto((site / picture.page / "index.html").as_uri())
    page.evaluate("document.fonts.ready")
    if picture.media == "print":
        page.add_style_tag(content="body { margin: 18mm 17mm }")  # as its sheets have
    if picture.top:
        page.locator(picture.top).first.evaluate("part => part.scrollIntoView()")
    page.screenshot(path=str(TARGET / f"{picture.name}.png"))
    page.close()


def main() -> None:
    """Build the site and take all pictures."""
    from playwright.sync_api import sync_playwright

    chromium = checkers.find_chromium()
    if chromium is None:
        sys.exit("no Chromium: install one, or name it in SITE_BUILDER_CHROMIUM")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, "-m", "site_builder", "-C", str(ROOT), "build"]
        subprocess.run([*command, "--output", folder], check=True)
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for picture in PICTURES:
            take(browser, Path(folder), picture)
        browser.close()


if __name__ == "__main__":
    main()
