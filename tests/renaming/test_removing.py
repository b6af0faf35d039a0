"""`remove`: nothing goes while something refers to it that only a person can change."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.build import Options, render_site
from site_builder.cli import main
from site_builder.diagnostics import as_text


def run(root: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", str(root), "remove", *arguments])
    return result.exit_code, result.output


def problems(root: Path) -> str:
    return as_text(tuple(row for row in render_site(Options(root)).diagnostics if row.is_error))


def test_what_refers_to_it_is_listed(odd: Path) -> None:
    before = (odd / "content" / "events.yaml").read_bytes()
    assert run(odd, "event/leak") == (
        1,
        (
            "content/actors/town.md:22: a link to ../timeline/#leak\n"
            "content/events.yaml:6: [[leak]]\n"
            "content/events.yaml:9: after\n"
            "content/site.yaml:9: nav\n"
            "nothing was removed: 4 places refer to event 'leak'; --unlink would take out 2, and leave 2 to you\n"
        ),
    )
    assert (odd / "content" / "events.yaml").read_bytes() == before
    code, output = run(odd, "event/leak", "--unlink")
    assert (code, output.splitlines()[-1]) == (
        1,
        "nothing was removed: 4 places refer to event 'leak'; 2 of them, as listed, are left to you",
    )
    assert (odd / "content" / "events.yaml").read_bytes() == before


def test_links_become_words(odd: Path) -> None:
    assert run(odd, "term/non-paper") == (
        1,
        (
            "content/articles/one.md:16: [[non-paper]]\n"
            "content/terms.yaml:4: [[non-paper]]\n"
            "content/terms.yaml:4: [[term/non-paper]]\n"
            "nothing was removed: 3 places refer to term 'non-paper'; --unlink makes words of links, "
            "and takes it out of lists\n"
        ),
    )
    code, shown = run(odd, "term/non-paper", "--unlink", "--dry-run")
    assert (code, shown) == (
        0,
        (
            "--- content/articles/one.md\n+++ content/articles/one.md\n@@ -16 +16 @@\n"
            "-[[two]] comes next, with [[safe]], [[first]], a [[non-paper]] and [claims](claims/#unsafe).\n"
            "+[[two]] comes next, with [[safe]], [[first]], a non-paper and [claims](claims/#unsafe).\n"
            "--- content/terms.yaml\n+++ content/terms.yaml\n@@ -1,2 +0,0 @@\n"
            "-non-paper:\n-  definition: A paper of [[town]], not [[spillway]].\n@@ -4 +2 @@\n"
            "-  definition: Where water goes, see [[non-paper]] and [[term/non-paper]].\n"
            "+  definition: Where water goes, see non-paper and non-paper.\n"
            "term 'non-paper' is removed; 3 places did without it\n"
        ),
    )
    assert "non-paper:" in (odd / "content" / "terms.yaml").read_text()
    assert run(odd, "term/non-paper", "--unlink")[0] == 0
    assert (odd / "content" / "terms.yaml").read_text() == (
        "spillway:\n  definition: Where water goes, see non-paper and non-paper.\n"
    )
    assert problems(odd) == ""


def test_it_is_taken_out_of_lists_and_the_navigation(odd: Path) -> None:
    port = odd / "content" / "actors" / "port.yaml"
    port.write_text("name: The *Port*\nredirect_from: [harbour, /the-port/]\n")
    about = odd / "content" / "about.md"
    about.write_text(about.read_text() + "\n[[port]], [[port|its men]], [[The *port*]]\n")
    for path, old, new in (
        ("updates.yaml", "    - town\n", "    - town\n    - port\n"),
        ("articles/one.md", "surveyor, county]", "surveyor, port, county]"),
        ("events.yaml", "  actors: *t\n", "  actors: port\n"),
        ("site.yaml", "nav:\n", "nav:\n  - title: Port\n    to: actors/port\n"),
    ):
        file = odd / "content" / path
        file.write_text(file.read_text().replace("[&t town", "[town").replace(old, new))
    before = {path: path.read_text() for path in odd.rglob("*.*") if path.is_file()}
    assert run(odd, "actor/port", "--unlink", "--redirect", "actor/town") == (
        0,
        "actor 'port' is removed; 7 places did without it\n",
    )
    assert not port.exists()
    assert about.read_text().endswith("\nThe \\*Port\\*, its men, The \\*port\\*\n")
    assert (
        (odd / "content" / "updates.yaml")
        .read_text()
        .endswith("    - town\n    - unsafe\n    - minutes\n")
    )
    assert "actors: [town, surveyor, county]\n" in (odd / "content/articles/one.md").read_text()
    assert "  actors:" not in (odd / "content" / "events.yaml").read_text()
    assert (odd / "content" / "site.yaml").read_text() == before[
        odd / "content" / "site.yaml"
    ].replace("  - title: Port\n    to: actors/port\n", "")
    assert (
        "  - the-town\n  - port\n  - harbour\n  - /the-port/\n"
        in (odd / "content" / "actors" / "town.md").read_text()
    )
    assert problems(odd) == ""


@pytest.mark.parametrize(
    ("entity", "left"),
    [
        ("source/letter", {"a citation"}),
        ("actor/county", {"affiliation", "positions"}),
        ("claim/unsafe", {"a link to claims/#unsafe"}),
        ("issue/dam", {"a link to issues/dam/", "a link to issues/dam.md", "issues"}),
    ],
)
def test_what_says_something_is_left_to_a_person(odd: Path, entity: str, left: set[str]) -> None:
    before = {path: path.read_bytes() for path in odd.rglob("*.*") if path.is_file()}
    code, shown = run(odd, entity, "--unlink")
    assert code == 1
    assert left <= {line.partition(": ")[2] for line in shown.splitlines()}
    assert {path: path.read_bytes() for path in odd.rglob("*.*") if path.is_file()} == before


def test_its_address_may_lead_elsewhere(odd: Path) -> None:
    assert run(odd, "article/two", "--unlink", "--redirect", "issue/dam")[0] == 0
    assert "redirect_from: /articles/two/\n" in (odd / "content/issues/dam.md").read_text()
    assert run(odd, "event/meeting", "--unlink", "--redirect", "issue/dam") == (
        1,
        "site-builder: event 'meeting' has no page, so only another event can get its address\n",
    )


def test_the_last_of_a_file_takes_the_file_with_it(odd: Path) -> None:
    article = odd / "content" / "articles" / "two.md"
    article.write_text(article.read_text().replace("[it](../updates/#first)", "it"))
    assert run(odd, "update/first", "--unlink") == (
        0,
        "update 'first' is removed; 1 place did without it\n",
    )
    assert not (odd / "content" / "updates.yaml").exists()
    assert problems(odd) == ""
