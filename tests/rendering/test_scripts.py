"""The scripts of the default theme are published without remarks and indentation, and say the same."""

from __future__ import annotations

from site_builder.reading.themes import default_theme
from site_builder.rendering.theme import without_remarks
from tests.conftest import MakeSite
from tests.exports.conftest import SMALL, rendered

SCRIPT = b"""\
// A remark,
/** and another. */
const address = "http://a.example"; // and one that stays
if (address) {
  // Inside.
  go(address);

}
"""


def test_lines_that_are_remarks_go_and_others_stay() -> None:
    assert without_remarks(SCRIPT) == (
        b'const address = "http://a.example"; // and one that stays\nif (address) {\ngo(address);\n}\n'
    )


def test_no_text_of_ours_goes_over_several_lines() -> None:
    """What is in such a text would lose its indentation."""
    for file in (default_theme() / "static").glob("*.js"):
        lines = file.read_text("utf-8").split("\n")
        assert [line for line in lines if line.count("`") % 2] == [], file.name


def test_a_script_of_the_site_stays_as_it_is(make_site: MakeSite) -> None:
    files = rendered(make_site(SMALL | {"templates/static/own.js": SCRIPT.decode()}))
    (own,) = (data for path, data in files.items() if path.startswith("assets/own."))
    assert own == SCRIPT
