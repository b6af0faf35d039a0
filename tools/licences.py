"""Write docs/licences.md, the licences of everything that site_builder ships or needs.

python -m tools.licences
"""

from __future__ import annotations

from collections.abc import Iterable

from tools.inventory import PROJECT, Package, packages
from tools.lock import ROOT

PAGE = ROOT / "docs" / "licences.md"
_BEGIN = """\
# Licences

site_builder itself is under the [MIT licence](../LICENSE). This page is written by `python -m tools.licences`.

## In every published site

| what | files in a site | licence |
|---|---|---|
| Newsreader, the text face | `assets/newsreader-*.woff2` | SIL Open Font License 1.1, in `assets/newsreader-licence.*.txt` |
| Pagefind, the search of finished pages | `pagefind/` | MIT |
| the default theme | the rest of `assets/` | MIT, as site_builder |

Share images are drawn with the face Literata (SIL Open Font License 1.1, in `site_builder/exports/fonts/`), which is not published as a file.

## What building a site needs

| package | licence |
|---|---|
"""
_EXTRAS = """
## What the extras need in addition

`html` cleans raw HTML in Markdown, `s3` publishes to a bucket, `sources` reads documents for `source add`.

| package | licence |
|---|---|
"""
_END = """
A preview also serves the browser script of livereload (BSD-3-Clause); no published page has it.
What only tests and checks need stays on the developer's machine. `make sbom` lists every installed package with version, licence and hash.
"""


def page() -> str:
    """The page as it should be, from what is installed."""
    found = [row for row in packages() if row.name != PROJECT]
    required = _rows(row for row in found if row.scope == "required")
    optional = _rows(row for row in found if row.scope == "optional")
    return f"{_BEGIN}{required}{_EXTRAS}{optional}{_END}"


def _rows(rows: Iterable[Package]) -> str:
    return "".join(f"| {row.name} | {row.licence} |\n" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
