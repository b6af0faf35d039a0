"""What is looked up for quotations in running text is looked up again when what it depends on changes, and only then."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from site_builder.links import evidence
from site_builder.text.quoted import compared
from tests.engine.edited import SITE, Edited

SOURCES = "minutes:\n  title: Minutes\n  file: minutes.txt\nletter:\n  title: Letter\n  file: letter.txt\n"
MINUTES = "The dam leaks at two places and may not last another winter.\n"
LETTER = "Keep the pond as it is, they say, and the mill beside it.\n"
QUOTES = {
    "content/issues/dam.md": '---\ntitle: Dam\n---\nIt "leaks at two places" [@minutes].\n',
    "content/issues/pond.md": '---\ntitle: Pond\n---\nThey say "keep the pond as it is" [@minutes].\n',
    "content/issues/mill.md": '---\ntitle: Mill\n---\nSome call it "the last mill of the valley" [@minutes].\n',
    "content/issues/road.md": "---\ntitle: Road\n---\nNobody is quoted here [@letter].\n",
}


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    site = Edited(tmp_path)
    sources = {
        "content/sources.yaml": SOURCES,
        "seeds/minutes.txt": MINUTES,
        "seeds/letter.txt": LETTER,
    }
    assert site.edit({**SITE, **sources, **QUOTES}) == ["quote-unchecked", "quote-cites-other"]
    return site


def test_the_text_of_the_cited_source(edited: Edited) -> None:
    found = edited.edit({"seeds/minutes.txt": MINUTES.replace("two", "ten")})
    assert found == ["misquoted"] * 1 + ["quote-unchecked", "quote-cites-other"]
    found = edited.edit({"seeds/minutes.txt": MINUTES + "Keep the pond as it is.\n"})
    assert found == ["quote-unchecked"]


def test_the_text_of_another_source(edited: Edited) -> None:
    assert edited.edit({"seeds/letter.txt": "Nothing.\n"}) == ["quote-unchecked"] * 2
    letter = "It is the last mill of the valley. Keep the pond as it is.\n"
    assert edited.edit({"seeds/letter.txt": letter}) == ["quote-cites-other"] * 2
    assert "issue 'dam'" not in edited.linked


def test_a_source_that_comes_and_goes(edited: Edited) -> None:
    files = {
        "content/sources/third.md": "---\ntitle: Third\nfile: third.txt\n---\n",
        "seeds/third.txt": "It is the last mill of the valley.\n",
    }
    assert edited.edit(files) == ["quote-cites-other", "quote-cites-other", "unused-source"]
    assert edited.edit(dict.fromkeys(files)) == ["quote-unchecked", "quote-cites-other"]


@pytest.mark.parametrize(
    "file",
    [
        {"content/terms.yaml": "mill:\n  name: The last mill of the valley\n  definition: A mill.\n"},
        {"content/terms.yaml": "mill:\n  definition: A mill.\n  aliases: [The last mill of the valley]\n"},
        {"content/claims.yaml": "mill:\n  statement: The last mill of the valley\n  made_by: lab\n  cite: letter\n"},
        {"content/site.yaml": SITE["content/site.yaml"] + "not_quotations: the last mill of the valley\n"},
    ],
)  # fmt: skip
def test_a_name_that_comes_and_goes(edited: Edited, file: dict[str, str]) -> None:
    assert edited.edit(file) == ["quote-cites-other"]
    [path] = file
    gone = SITE.get(path)
    assert edited.edit({path: gone}) == ["quote-unchecked", "quote-cites-other"]


def test_the_first_source_of_a_site(tmp_path: Path) -> None:
    edited = Edited(tmp_path)
    text = '---\ntitle: Mill\n---\nSome call it "the last mill of the valley".\n'
    assert edited.edit({**SITE, "content/issues/mill.md": text}) == []
    source = {"content/sources.yaml": "board:\n  title: Board\n"}
    assert edited.edit(source) == ["quote-unchecked", "unused-source"]
    assert edited.edit({"content/sources.yaml": None}) == []


def test_a_citation_gets_the_words_of_its_text(edited: Edited) -> None:
    assert (
        edited.html("issues/dam").count("“leaks at two places”") == 2
    )  # the note, and the paragraph
    text = QUOTES["content/issues/dam.md"].replace("leaks at two places", "may not last another")
    edited.edit({"content/issues/dam.md": text})
    assert edited.html("issues/dam").count("“may not last another”") == 2
    assert "“leaks" not in edited.html("issues/dam")


def test_an_edit_without_quotations_makes_no_form_for_comparing(edited: Edited) -> None:
    # The file of all data has the citations of all entities, so it looks them up.
    edited.edit({"content/site.yaml": "title: Tea\nexports: [jsonld]\n"})
    text = QUOTES["content/issues/road.md"].replace("Nobody", "Still nobody")
    with patch.object(evidence, "compared", wraps=compared) as made:
        edited._builder.render(edited.files)
        made.reset_mock()
        (edited.root / "content/issues/road.md").write_text(text)
        edited._builder.render(edited.files)
    assert made.call_count == 0
