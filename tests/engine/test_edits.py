"""Edits whose build once was not what a clean build makes, and their kin: one test a kind."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from site_builder.build import Options, build, render_site
from tests.engine.edited import Edited


def issue(body: str, fields: str = "") -> dict[str, str | None]:
    return {"content/issues/dam.md": f"---\ntitle: The dam\n{fields}---\n{body}\n"}


def lab(fields: str = "") -> dict[str, str | None]:
    return {"content/actors/lab.md": f"---\nname: The laboratory\n{fields}---\n"}


LINK = '<a class="ref ref-actor" href="../../actors/lab/index.html"'

SPELLINGS = {
    "ampersand": ("R&D", issue("Paid by R&amp;D.")),
    "ampersand and spaces": ("R & D", issue("Paid by R &amp; D.")),
    "entity by number": ("R&D", issue("Paid by &#82;&#x26;D.")),
    "backslash": ("R&D", issue("Paid by R\\&D.")),
    "less than": ("a < b", issue("Paid by a &lt; b.")),
    "no-break space": ("Research\u00a0Unit", issue("Paid by Research&nbsp;Unit.")),
    "soft hyphen": ("Re\u00adsearch", issue("Paid by Re&shy;search.")),
    "accent": ("Café", issue("Paid by Caf&eacute;.")),
    "two lines": ("Research Unit", issue("Paid by Research\nUnit.")),
    "first word escaped": ("Research Unit", issue("Paid by &#82;esearch Unit.")),
    "YAML escape": ("Akademie", issue("", 'stakes: "Paid by \\u0041kademie."\n')),
    "YAML escape of a space": ("Research Unit", issue("", 'stakes: "Paid by Research\\x20Unit."\n')),
    "folded YAML": ("Research Unit", issue("", "stakes: >\n  Paid by Research\n  Unit.\n")),
    "quotation mark doubled": ("Lab's men", issue("", "stakes: 'Paid by Lab''s men.'\n")),
    "quoted line of YAML goes on": ("Research Unit", issue("", 'stakes: "Paid by Re\\\n  search Unit."\n')),
    "entity in YAML": ("R&D", issue("", "stakes: Paid by R&amp;D.\n")),
}  # fmt: skip


@pytest.mark.parametrize("where", SPELLINGS)
def test_an_alias_comes_and_goes_however_a_text_spells_it(edited: Edited, where: str) -> None:
    alias, text = SPELLINGS[where]
    edited.edit(text)
    assert LINK not in edited.html("issues/dam")
    edited.edit(lab(f'aliases: ["{alias}"]\n'))
    assert edited.html("issues/dam").count(LINK) == 1
    edited.edit(lab())
    assert LINK not in edited.html("issues/dam")


def test_a_name_that_does_not_occur_makes_nothing_again(edited: Edited) -> None:
    edited.edit(issue("Paid by R&amp;D, and by Davids."))
    page = edited.files["issues/dam/index.html"]
    edited.edit(lab("aliases: [David]\n"))
    assert edited.files["issues/dam/index.html"] is page
    edited.edit(lab("aliases: [D]\n"))
    assert edited.files["issues/dam/index.html"] is page


def test_a_name_that_two_have_links_again_once_one_loses_it(edited: Edited) -> None:
    other = "content/terms.yaml"
    edited.edit(issue("Paid by R&amp;D.") | lab("aliases: ['R&D']\n"))
    assert LINK in edited.html("issues/dam")
    two = edited.edit({other: "money:\n  definition: Funds.\n  aliases: ['R&D']\n"})
    assert two == ["ambiguous-name"]
    assert LINK not in edited.html("issues/dam")
    kept = "money:\n  definition: Funds.\n  aliases: ['R&D']\n  unlinked: ['R&D']\n"
    assert edited.edit({other: kept}) == []
    assert LINK in edited.html("issues/dam")
    edited.edit(lab("aliases: ['R&D']\nunlinked: ['R&D']\n"))
    assert LINK not in edited.html("issues/dam")


def test_who_has_a_name_goes_and_comes_back(edited: Edited) -> None:
    other = "content/actors/union.md"
    edited.edit(issue("Paid by R&amp;D.") | {other: "---\nname: R&D\n---\n"})
    link = LINK.replace("lab", "union")
    assert link in edited.html("issues/dam")
    edited.edit({other: None})
    assert link not in edited.html("issues/dam")
    edited.edit({other: "---\nname: R&D\n---\n"})
    assert link in edited.html("issues/dam")


def test_a_name_within_a_word_may_keep_another_from_linking(edited: Edited) -> None:
    edited.edit(issue("Of the subPlan B team we know.") | lab("aliases: [B team]\n"))
    assert LINK in edited.html("issues/dam")
    edited.edit({"content/terms.yaml": "scheme:\n  definition: A plan.\n  name: Plan B\n"})
    edited.edit({"content/terms.yaml": "scheme:\n  definition: A plan.\n"})
    assert LINK in edited.html("issues/dam")


def test_a_term_links_with_a_capital_letter_too(edited: Edited) -> None:
    edited.edit(issue("Talks &#38; more. &#84;alks."))
    edited.edit({"content/terms.yaml": "t:\n  definition: A meeting.\n  name: talks\n"})
    assert 'class="ref ref-term"' in edited.html("issues/dam")
    edited.edit({"content/terms.yaml": "t:\n  definition: A meeting.\n  name: parley\n"})
    assert 'class="ref ref-term"' not in edited.html("issues/dam")


def test_names_that_a_text_may_not_link(edited: Edited) -> None:
    edited.edit(issue("Paid by R&amp;D.", "mentions: false\n") | lab("aliases: ['R&D']\n"))
    assert LINK not in edited.html("issues/dam")
    edited.edit(issue("Paid by R&amp;D."))
    assert LINK in edited.html("issues/dam")


def test_a_name_with_a_stroke_moves_to_another_and_links_by_name_follow(edited: Edited) -> None:
    """The words before a stroke may name a kind; here they do not."""

    def titled(first: str, second: str) -> dict[str, str | None]:
        rows = {"a": first, "b": second}
        return {
            f"content/issues/{slug}.md": f"---\ntitle: {title}\n---\n"
            for slug, title in rows.items()
        }

    edited.edit(issue("Says [[For/Against]].") | titled("For/Against", "Neither"))
    assert 'href="../../issues/a/index.html" data-card' in edited.html("issues/dam")
    edited.edit(titled("Neither", "For/Against"))
    assert 'href="../../issues/b/index.html" data-card' in edited.html("issues/dam")


def test_a_slug_comes_before_a_name_and_gives_it_back(edited: Edited) -> None:
    weir = "content/issues/weir.md"
    edited.edit(issue("Says [[weir]].") | {"content/issues/a.md": "---\ntitle: Weir\n---\n"})
    assert "issues/a/index.html" in edited.html("issues/dam")
    edited.edit({weir: "---\ntitle: A wall\n---\n"})
    assert "issues/weir/index.html" in edited.html("issues/dam")
    edited.edit({weir: None})
    assert "issues/a/index.html" in edited.html("issues/dam")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_link_by_name_follows_in_both_unicode_forms(edited: Edited, form: str) -> None:
    name = unicodedata.normalize(form, "Café")
    edited.edit(issue(f"Says [[{name}]].") | lab("aliases: [Café]\n"))
    edited.edit(lab() | {"content/actors/union.md": f"---\nname: Union\naliases: [{name}]\n---\n"})
    assert 'href="../../actors/union/index.html"' in edited.html("issues/dam")


def test_a_file_that_links_lead_to_becomes_part_of_a_list(edited: Edited) -> None:
    """The entity is as it was, but its file is gone, and a link to that leads nowhere."""
    edited.edit(issue("Says [this page](content/actors/lab.md)."))
    listed = {
        "content/actors/lab.md": None,
        "content/actors.yaml": "lab:\n  name: The laboratory\n",
    }
    assert edited.edit(listed) == ["unknown-file-reference"]
    assert edited.edit(lab() | {"content/actors.yaml": None}) == []


def test_what_the_about_page_links_to_by_name(edited: Edited) -> None:
    link = LINK.replace("../../", "../")
    edited.edit({"content/about.md": "Made by R&amp;D and [[lab]].\n"})
    assert ">The laboratory</a>" in edited.html("about")
    edited.edit(lab("aliases: ['R&D']\n"))
    assert edited.html("about").count(link) == 2
    edited.edit({"content/actors/lab.md": "---\nname: The works\n---\n"})
    assert edited.html("about").count(link) == 1
    assert ">The works</a>" in edited.html("about")


def test_what_the_about_page_cites_by_name(edited: Edited) -> None:
    """A source of that slug comes before one of that title, whose page was not edited."""
    first, second = "a:\n  title: minutes\n", "minutes:\n  title: Of May\n"
    edited.edit({"content/about.md": "We read it [@minutes].\n", "content/sources.yaml": first})
    told = '<a href="../../about/index.html">About this explainer</a>'
    assert told in edited.html("sources/a")
    edited.edit({"content/sources.yaml": first + second})
    assert [told in edited.html(f"sources/{slug}") for slug in ("a", "minutes")] == [False, True]


def test_a_finding_moves_with_its_line_in_a_file_that_was_just_written(tmp_path: Path) -> None:
    """Of a file that is younger than the clock can tell nothing is noted, and yet it has changed."""
    files = {
        "content/site.yaml": "title: Tea\nexports: []\n",
        "content/sources.yaml": "book:\n  title: A book\n",
        "content/claims.yaml": "a:\n  statement: One\n  made_by: [lab]\n",
        "content/actors.yaml": "lab:\n  name: The laboratory\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    build(Options(tmp_path, jobs=1))
    (tmp_path / "content/claims.yaml").write_text("# Claims\n\n" + files["content/claims.yaml"])
    again = build(Options(tmp_path, jobs=1)).diagnostics
    assert again == render_site(Options(tmp_path, jobs=1)).diagnostics
    assert [row.location.line for row in again if row.code == "uncited"] == [3]


def test_what_stands_as_known_is_checked_again_when_a_claim_changes(edited: Edited) -> None:
    def claim(words: str, status: str) -> dict[str, str | None]:
        text = f'statement: It leaks.\nmade_by: lab\nstatus: {status}\ncite: book "{words}"\n'
        return {"content/claims/leak.yaml": text}

    article = (
        'title: Tea\nas_of: 2026\nknown:\n  - text: It leaks.\n    cite: book "it leaks badly"\n'
    )
    edited.edit(
        {
            "content/sources.yaml": "book:\n  title: A book\n  file: book.txt\n",
            "seeds/book.txt": "They say it leaks badly. Others do not.",
            "content/articles/tea.yaml": article,
        }
    )
    assert edited.edit(claim("it leaks", "unverified")) == ["known-one-party"]
    assert edited.edit(claim("it leaks", "agreed")) == []
    assert edited.edit(claim("They say it leaks", "disputed")) == []
    assert edited.edit(claim("it leaks badly", "disputed")) == ["known-one-party"]
    assert edited.edit({"seeds/book.txt": "Once it leaks badly. They say it leaks badly."}) == [
        "known-one-party"
    ]
    assert edited.edit({"content/claims/leak.yaml": None}) == []
