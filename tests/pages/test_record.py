"""A kind without a page module, a template or messages has its pages, data, search, backlinks and checks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import MakeSite

ROOT = Path(__file__).parents[2]
SITE = {
    "content/site.yaml": "title: Water\nexports: [data, search, jsonld, markdown]\n",
    "content/articles/water.md": """
        ---
        title: Water
        as_of: 2026-01-01
        ---
        Of the [[water-act]], which has [[law/water-act#as-it-was|a past]]. Ada signed the [[treaty/basin]].
    """,
    "content/actors.yaml": "ada:\n  name: Ada\n",
    "content/laws/water-act.md": """
        ---
        title: The Water Act
        summary: Who may *draw* water, as Ada wished.
        in_force: 2025-03
        sponsors: ada
        repeals: well-act
        url: https://example.org/act
        articles:
          - text: Everybody may draw water.
            cite: gazette
          - text: Nobody may sell it.
        cite: gazette "draw water"
        ---
        ## As it was

        Before it came [[The Well Act]].
    """,
    "content/laws/well-act.yaml": "title: The Well Act\n",
    "content/treaties.yaml": "basin:\n  title: The Basin Treaty\n  parties: ada\n",
    "content/sources.yaml": "gazette:\n  title: Gazette\n  file: gazette.txt\n",
    "content/updates.yaml": "one:\n  date: 2026-02-01\n  text: Added.\n  touches: [water-act, basin]\n",
    "seeds/gazette.txt": "Everybody may draw water.",
}


def built(root: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.pages.kind_without_page", str(root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built; for tests that only read."""
    root = tmp_path_factory.mktemp("laws")
    for path, text in SITE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(textwrap.dedent(text).removeprefix("\n"), "utf-8")
    code, said = built(root)
    assert code == 0, said
    assert re.findall(r"^\S+ warning: (.*)$", said, re.MULTILINE) == [
        "this article cites nothing [uncited]"
    ]
    return root


def page(root: Path, path: str) -> str:
    """The main part of a page, a space for all white space."""
    text = (root / "output" / path / "index.html").read_text("utf-8")
    return " ".join(re.sub(r".*<main[^>]*>|</main>.*", "", text, flags=re.DOTALL).split())


def test_an_entity_has_a_page_with_what_its_fields_hold(root: Path) -> None:
    text = page(root, "laws/water-act")
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd></div>", text)
    plain = [(label, " ".join(re.sub(r"<[^>]+>", " ", held).split())) for label, held in facts]
    assert plain[:4] == [
        ("Summary", "Who may draw water, as Ada wished."),
        ("In force since", "March 2025"),
        ("Sponsors", "Ada"),
        ("Repeals", "The Well Act"),
    ]
    assert plain[4] == ("Url", "https://example.org/act")
    assert "<h1>The Water Act</h1>" in text
    assert 'id="as-it-was"' in text
    assert 'href="../../sources/gazette/index.html#q-' in text
    assert '<time datetime="2025-03">March 2025</time>' in text


def test_it_shows_who_names_it_and_what_changed(root: Path) -> None:
    text = page(root, "laws/well-act")
    assert '<section class="part" id="repealed-by"' in text
    assert ">Repealed by</h2>" in text
    assert 'href="../../laws/water-act/index.html">The Water Act</a>' in text
    assert 'id="mentions"' in text
    assert 'id="updates"' in page(root, "laws/water-act")


def test_its_list_is_a_page_in_the_navigation(root: Path) -> None:
    text = page(root, "laws")
    assert [*re.findall(r'<h2 class="term-name"><a href="([^"]*)">', text)] == [
        "../laws/water-act/index.html",
        "../laws/well-act/index.html",
    ]
    whole = (root / "output/laws/index.html").read_text("utf-8")
    assert "<title>Laws" in whole
    assert re.search(r'<a href="\.\./treaties/index\.html"[^>]*>Treaties</a>', whole)


def test_what_has_no_page_stands_in_its_list(root: Path) -> None:
    text = page(root, "treaties")
    assert '<section class="term-entry" id="basin">' in text
    assert "<dt>Parties</dt>" in text
    assert not (root / "output/treaties/basin").exists()


def test_others_link_to_it_and_it_to_them(root: Path) -> None:
    assert 'class="ref ref-law" href="laws/water-act/index.html"' in page(root, "")
    assert 'href="treaties/index.html#basin"' in page(root, "")
    actor = page(root, "actors/ada")
    assert '<span class="backlink-relation">sponsor</span>' in actor
    assert '<span class="backlink-relation">party</span>' in actor


def test_it_is_in_the_data_and_their_schema(root: Path) -> None:
    data = json.loads((root / "output/explainer.json").read_text("utf-8"))
    schema = json.loads((root / "output/explainer.schema.json").read_text("utf-8"))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    [law, _] = data["laws"]
    assert law["id"] == "law/water-act"
    assert law["path"] == "laws/water-act/"
    assert law["sponsors"] == ["actor/ada"]
    assert law["repeals"] == ["law/well-act"]
    assert [point["text"] for point in law["articles"]] == [
        "Everybody may draw water.",
        "Nobody may sell it.",
    ]
    assert law["cites"][0]["words"] == "draw water"
    assert data["treaties"] == [
        {
            "id": "treaty/basin",
            "path": "treaties/#basin",
            "title": "The Basin Treaty",
            "parties": ["actor/ada"],
        }
    ]


def test_it_is_found_by_the_search(root: Path) -> None:
    text = page(root, "search")
    assert "Laws" in text
    assert 'href="../laws/water-act/index.html"' in text
    assert 'href="../treaties/index.html#basin"' in text


def test_an_edit_makes_its_pages_again(make_site: MakeSite) -> None:
    root = make_site(SITE)
    assert built(root)[0] == 0
    file = root / "content/laws/well-act.yaml"
    file.write_text("title: The Old Well Act\n", "utf-8")
    code, said = built(root)
    assert (code, "unknown link target 'The Well Act'" in said) == (1, True)
    law = root / "content/laws/water-act.md"
    law.write_text(law.read_text("utf-8").replace("[[The Well", "[[The Old Well"), "utf-8")
    assert built(root)[0] == 0
    assert "The Old Well Act" in page(root, "laws/water-act")
    assert "The Old Well Act" in page(root, "laws")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sponsors: ada", "sponsors: adb", "unknown actor 'adb' (did you mean 'ada'?)"),
        ("repeals: well-act", "repeals: ada", "'ada' is an actor, not a law"),
        ("in_force: 2025-03", "in_force: soon", "'soon' is not a date"),
        ("summary: Who", "sumary: Who", "a law has no field 'sumary' (did you mean 'summary'?)"),
        ("#as-it-was|", "#as-it-is|", "law 'water-act' has no part 'as-it-is'"),
    ],
)
def test_its_mistakes_are_found(make_site: MakeSite, old: str, new: str, message: str) -> None:
    files = {path: text.replace(old, new) for path, text in SITE.items()}
    assert files != SITE
    code, said = built(make_site(files))
    assert code == 1
    assert message in said
