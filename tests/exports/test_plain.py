"""Texts in plain form say what the page says: the same words everywhere, and no gaps."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, build, render_site
from site_builder.content.models import EntityId
from site_builder.links.graph import Link, Mark
from site_builder.links.plain import heading_texts
from tests.conftest import MakeSite
from tests.exports.conftest import jsonld_of

SITE = {
    "content/site.yaml": "title: The pond\nbase_url: https://example.org/pond/\nlanguage: en\n",
    "content/actors.yaml": "holt:\n  name: Anna Holt\n  role: Mayor, keeps [[dam]].\n",
    "content/issues.yaml": (
        "dam:\n  title: The dam\n  summary: It leaks, says [[holt]] [@minutes].\n  positions:\n"
        "    - actor: holt\n      stance: supports\n      summary: Keeps [[dam]] [@minutes].\n"
    ),
    "content/claims.yaml": (
        "leak:\n  statement: '[[dam]] leaks [@minutes].'\n  made_by: holt\n"
        "worse:\n  statement: Worse than “[[leak]]”\n  made_by: holt\n"
    ),
    "content/sources.yaml": "minutes:\n  title: Minutes\n  file: minutes.txt\n",
    "content/updates.yaml": (
        "first:\n  date: 2026-01-02\n  text: Of [[dam]] [@minutes], more.\n  touches: [dam]\n"
    ),
    "content/terms.yaml": "sluice:\n  definition: A gate of [[dam]].\n",
    "content/events.yaml": "flood:\n  date: 2025\n  title: The flood\n  text: Over [[dam]] (see [[leak]]).\n",
    "content/articles/pond.md": """
        ---
        title: The pond
        as_of: 2026-01-01
        standfirst: "[[holt]] keeps [[dam]] [@minutes]."
        ---
        ## Of [[dam]] [@minutes]

        It leaks [@minutes "leaks"]. See [[worse]].

        ## Two

        ## Three
    """,
    "seeds/minutes.txt": "The dam leaks.",
}


def plain_of(make_site: MakeSite, body: str, settings: str = "") -> str:
    """The body of an article in plain form, from a whole build."""
    root = make_site(
        {
            **SITE,
            "content/site.yaml": SITE["content/site.yaml"] + settings,
            "content/articles/pond.md": f"---\ntitle: Pond\nas_of: 2026\n---\n{body}\n",
            "static/dam.jpg": b"jpg",
        }
    )
    site = render_site(Options(root))
    assert site.ok, site.diagnostics
    [article] = json.loads(site.files["explainer.json"])["articles"]
    text: str = article["body"]
    return text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("It leaks [@minutes].", "It leaks."),
        ("It leaks[@minutes]. Yes.", "It leaks. Yes."),
        ("It leaks. [@minutes] Yes.", "It leaks. Yes."),
        ("It leaks. [@minutes]", "It leaks."),
        ("It leaks [@minutes].  [@minutes]", "It leaks."),
        ("It leaks. [@minutes].", "It leaks."),
        ("[@minutes] It leaks.", "It leaks."),
        ("It [@minutes] leaks.", "It leaks."),
        ("It [@minutes]leaks.", "It leaks."),
        ("It leaks ([@minutes]).", "It leaks."),
        ('It leaks ([@minutes], [@minutes "leaks"]) now.', "It leaks now."),
        ("It leaks [@minutes], [@minutes]; [@minutes].", "It leaks."),
        ("It leaks ([@minutes]; badly).", "It leaks (badly)."),
        ("It leaks (badly, [@minutes]).", "It leaks (badly)."),
        ("It leaks, [@minutes], badly.", "It leaks, badly."),
        ("It leaks – [@minutes].", "It leaks."),
        ("It leaks: [@minutes].", "It leaks."),
        ("It is so: [@minutes]", "It is so:"),
        ("Does it? [@minutes]. Yes.", "Does it? Yes."),
        ("It leaks... [@minutes]. Yes.", "It leaks.... Yes."),
        ("“It leaks [@minutes]” and *more [@minutes]*.", "“It leaks” and more."),
        ("It *leaks* **a** `lot  of` <b>.", "It leaks a lot of <b>."),
        ("R&amp;D [@minutes] &lt;b&gt; &copy;", "R&D <b> ©"),
        (
            "[The dam](https://example.org/) and [[dam|it]] and [[dam]].",
            "The dam and it and The dam.",
        ),
        ("Anna Holt keeps [[holt]].", "Anna Holt keeps Anna Holt."),
        ("One\\\ntwo\nthree", "One two three"),
        ("It leaks.[^1] Yes.\n\n[^1]: A *lot* [@minutes].", "It leaks. Yes.\nA lot."),
        ("A ![the dam](dam.jpg) b", "A the dam b"),
        ('![The dam](dam.jpg "In May")', "The dam\nIn May"),
        ("## Of [[dam]] [@minutes]\n\nText.", "Of The dam\nText."),
        ("- one\n- two [@minutes]\n\n1. three", "one\ntwo\nthree"),
        ("> It leaks [@minutes].\n>\n> Yes.", "It leaks.\nYes."),
        ("Sluice\n: A gate of [[dam]].", "Sluice\nA gate of The dam."),
        ("| a | b |\n| - | - |\n| 1 [@minutes] | |\n| 2 | [[dam]] |", "a | b\n1 |\n2 | The dam"),
        ("::: note Mind\nIt leaks.\n:::", "Mind\nIt leaks."),
        ("```\na  b\n```\n\nText.", "a b\nText."),
        ("10\u00a0000 dams", "10\u00a0000 dams"),
        ("See [[worse]].", "See Worse than “The dam leaks.”."),
    ],
)
def test_bodies_in_plain_form(make_site: MakeSite, written: str, plain: str) -> None:
    written = written.replace(" <b>.", " \\<b>.") if written.endswith("<b>.") else written
    assert plain_of(make_site, written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("10<sup>6</sup> of CO<sub>2</sub>, the 1<sup>er</sup>", "10⁶ of CO₂, the 1er"),
        ("We said <s>5 of [[dam]]</s> 50 per cent <del>now</del>.", "We said 50 per cent."),
        ('An <abbr title="a > b">abc</abbr><br>d', "An abc d"),
        ("<details><summary>One</summary>two</details>", "One\ntwo"),
    ],
)
def test_html_in_plain_form(make_site: MakeSite, written: str, plain: str) -> None:
    assert plain_of(make_site, written, "html: true\n") == plain


def words_about_the_dam(files: Mapping[str, bytes]) -> dict[str, str]:
    """What the exports say of things that link to the dam."""
    data = json.loads(files["explainer.json"])
    home = files["index.html"].decode()
    feed = json.loads(files["feed.json"])["items"][0]
    atom = files["feed.xml"].decode()
    [sentence] = {
        row["sentence"]
        for row in data["mentions"]
        if row["to"] == "issue/dam" and row["from"] == "event/flood"
    }
    return {
        "meta description": re.findall(r'<meta name="description" content="([^"]*)">', home)[0],
        "JSON-LD": next(n["description"] for n in jsonld_of(home) if n["@type"] == "NewsArticle"),
        "JSON Feed title": feed["title"],
        "JSON Feed": feed["content_html"],
        "Atom title": re.findall(r"<title>(Update.*)</title>", atom)[0],
        "statement": data["claims"][0]["statement"],
        "title of a claim": data["claims"][1]["statement"],
        "summary": data["issues"][0]["positions"][0]["summary"],
        "body": data["articles"][0]["body"],
        "sentence": sentence,
        "llms.txt": re.findall(r"- \[Anna Holt\].*?: (.*)", files["llms.txt"].decode())[0],
        "Markdown": re.findall(r"Of \[.*", files["updates/index.md"].decode())[0],
        "hover card": re.findall(r'<p class="card-line">(Mayor.*)</p>', home)[0],
        "csv": files["positions.csv"].decode().split("Keeps ")[1].split(",")[0],
    }


def test_every_export_says_the_titles_of_what_is_linked(make_site: MakeSite) -> None:
    files = render_site(Options(make_site(SITE))).files
    assert words_about_the_dam(files) == {
        "meta description": "Anna Holt keeps The dam.",
        "JSON-LD": "Anna Holt keeps The dam.",
        "JSON Feed title": "Update: Of The dam, more.",
        "JSON Feed": '<p>Of <a href="https://example.org/pond/issues/dam/">The dam</a>, more.</p>'
        '<p><a href="https://example.org/pond/issues/dam/">The dam</a></p>',
        "Atom title": "Update: Of The dam, more.",
        "statement": "The dam leaks.",
        "title of a claim": "Worse than “The dam leaks.”",
        "summary": "Keeps The dam.",
        "body": "Of The dam\nIt leaks. See Worse than “The dam leaks.”.\nTwo\nThree",
        "sentence": "Over The dam (see The dam leaks.).",
        "llms.txt": "Mayor, keeps The dam.",
        "Markdown": "Of [The dam](https://example.org/pond/issues/dam/)[^1], more.",
        "hover card": "Mayor, keeps The dam.",
        "csv": "The dam.",
    }


def test_headings_are_told_as_the_page_shows_them() -> None:
    dam = Link(EntityId("issue", "dam"), "", "The dam")
    mark = Mark(EntityId("source", "minutes"), "", "")
    text = (
        '<p>No.</p><h2 id="of-a&amp;b">Of ',
        dam,
        " ",
        mark,
        '.</h2><h3 id="so">It <em>is</em></h3>',
    )
    assert heading_texts(text) == {"of-a&b": "Of The dam.", "so": "It is"}


def output_of(root: Path) -> dict[str, bytes]:
    folder = root / "output"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".site-builder.json"
    }


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/issues.yaml", "title: The dam", "title: The old dam"),
        ("content/actors.yaml", "name: Anna Holt", "name: Anna Maria Holt"),
        ("content/claims.yaml", "leaks [@minutes].", "leaks a lot [@minutes]."),
        ("content/site.yaml", "language: en", "language: de"),
    ],
)
def test_a_rename_shows_wherever_a_title_is_said(
    make_site: MakeSite, file: str, old: str, new: str
) -> None:
    root = make_site(SITE)
    assert build(Options(root)).changes is not None
    text = (root / file).read_text()
    assert old in text
    (root / file).write_text(text.replace(old, new))
    assert build(Options(root)).changes is not None
    edited = output_of(root)
    shutil.rmtree(root / "output")
    shutil.rmtree(root / ".site-builder")
    build(Options(root))
    clean = output_of(root)
    assert edited.keys() == clean.keys()
    assert [path for path in clean if clean[path] != edited[path]] == []


MINUTES = "minutes:\n  title: Minutes\n  file: minutes.txt\n"


@pytest.mark.parametrize(
    ("sources", "body", "said"),
    [
        ("", "It leaks.", ""),
        (MINUTES, "It leaks [@minutes].", "It names 1 source and quotes it nowhere word for word."),
        ("a:\n  title: A\n", "It leaks [@a].",
         "It names 1 source and quotes it nowhere word for word. The text of its source is not kept with it."),
        ("a:\n  title: A\nb:\n  title: B\n", "It leaks.",
         "It names 2 sources and quotes none of them word for word. The texts of its sources are not kept with it."),
        (MINUTES, 'It leaks [@minutes "leaks"].',
         ("It quotes 1 passage of its only source word for word; it was found in the text of the source when this "
         "site was built.")),
        (f"{MINUTES}a:\n  title: A\n", 'It leaks [@minutes "leaks"], "The dam" [@minutes "The dam"].',
         ("It quotes 2 passages of 1 of its 2 sources word for word; each was found in the text of the source when this "
         "site was built. The text of 1 source is not kept with it, so nothing is quoted from it.")),
        (f"{MINUTES}a:\n  title: A\nb:\n  title: B\n", 'It leaks [@minutes "leaks"].',
         ("It quotes 1 passage of 1 of its 3 sources word for word; it was found in the text of the source when this "
         "site was built. The texts of 2 sources are not kept with it, so nothing is quoted from them.")),
        (MINUTES + MINUTES.replace("minutes:", "copy:"), 'It leaks [@minutes "leaks"] [@copy "dam"].',
         ("It quotes 2 passages of its 2 sources word for word; each was found in the text of the source when this "
         "site was built.")),
    ],
)  # fmt: skip
def test_what_is_said_of_citations_is_true(
    make_site: MakeSite, sources: str, body: str, said: str
) -> None:
    site = {
        "content/site.yaml": "title: The pond\n",
        "content/articles/pond.md": f"---\ntitle: Pond\nas_of: 2026\n---\n{body}\n",
        "seeds/minutes.txt": "The dam leaks.",
    }
    files = render_site(
        Options(make_site({**site, **({"content/sources.yaml": sources} if sources else {})}))
    ).files
    head = files["llms.txt"].decode().partition("\n## ")[0].split("\n\n", 1)[1]
    dates = "What its articles say holds as of their dates; quote them with it.\n"
    assert head == (f"This is an explainer. {said}\n{dates}" if said else dates)
    if said:
        standfirst = re.findall(
            r'<p class="standfirst">(.*?)</p>', files["sources/index.html"].decode()
        )
        lead = "The documents of this explainer. Each leads to what is quoted from it and to all that rests on it."
        assert standfirst == [f"{lead} {said}"]
