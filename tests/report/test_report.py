"""`site-builder report`: its figures on a small site, its forms, and the note of changes."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.report.figures import Report
from site_builder.report.making import make_report
from site_builder.report.since import as_note, changes_since
from tools.cases import TESTS

if TYPE_CHECKING:
    from tests.conftest import MakeSite

FILES = {
    "content/site.yaml": "title: The dam\nexports: []\n",
    "content/sources.yaml": "minutes:\n  title: Minutes\n  file: minutes.txt\nletter:\n  title: A letter\n",
    "seeds/minutes.txt": "The dam is old. It holds well. Nobody was heard.\n\nThe vote was late.\n",
    "content/actors.yaml": (
        "town:\n  name: Town\n  kind: state\nmill:\n  name: Mill\n  side: town\n"
        "lind:\n  name: Petra Lind\n  kind: person\n"
    ),
    "content/claims.yaml": (
        'old:\n  statement: It is old.\n  made_by: town\n  cite: minutes "The dam is old"\n'
        '  contested_by:\n    - actor: mill\n      statement: It holds.\n      cite: minutes "It holds well"\n'
    ),
    "content/updates.yaml": (
        "a:\n  date: 2026\n  text: First.\nb:\n  date: 2026\n  kind: correction\n  text: Wrong.\n  touches: dam\n"
    ),
    "content/issues/dam.md": """\
---
title: Should the dam go?
positions:
  - actor: town
    stance: supports
    as_of: 2026
    cite: minutes "The dam is old"
  - actor: lind
    stance: conditional
    as_of:
      date: unknown
      text: at the meeting
    cite: minutes "The dam is old. It holds well"
---
Minutes exist. [@letter]
""",
    "content/issues/mill.md": """\
---
title: Should the mill stay?
# allow one-sided: nobody else was there
positions:
  - actor: mill
    stance: supports
    cite: letter
---
""",
    "content/articles/later.md": "---\ntitle: Later\nas_of: 2026\ndraft: true\n---\n[[town]]\n",
    "content/terms.yaml": "weir:\n  definition: A low dam.\n  expires_on: 2030-05-01\n",
}


def made(root: Path) -> Report:
    report = make_report(root)
    assert isinstance(report, Report)
    return report


def test_the_figures(make_site: MakeSite) -> None:
    report = made(make_site(FILES))

    minutes, letter = report.sources
    assert minutes[2:] == (4, 2, 3, 4, ("Nobody was heard.", "The vote was late."))
    assert letter[2:] == (0, 0, 0, 2, ())
    assert report.balance.actors == (
        ("town", 1, 1, 0, 8),
        ("mill", 1, 0, 1, 3),
        ("lind", 1, 0, 0, 7),
    )
    assert report.balance.sides == (("town", 2, 1, 1, 11), ("lind", 1, 0, 0, 7))
    assert report.balance[2:] == (("mill",), ("dam", "mill"), 6, 3)
    assert report.speakers.by_kind == {"person": 1, "state": 1, "without a kind": 1}
    assert report.pages == (("issue/mill",), 2, 2)
    assert report.age == (3, 1, 1)
    assert report.notes == (2, 1, 1, 0)
    assert report.left_out == (("article/later", "a draft", ()),)
    assert report.expiring == (("term/weir", "2030-05-01", ()),)
    assert report.allowed == (("one-sided", "content/issues/mill.md:4", "nobody else was there"),)


@pytest.mark.parametrize("site", ["quay-street", "journalism"])
def test_figures_counted_a_second_time(site: str, tmp_path: Path) -> None:
    """By another way: from the words of the files, without the builder."""
    import shutil

    import yaml

    root = tmp_path / site
    shutil.copytree(TESTS / "sites" / site, root)
    report = made(root)

    issues: list[Any] = []
    for file in (root / "content").rglob("*"):
        if "issues" in file.as_posix() and file.suffix in (".yaml", ".md"):
            text = file.read_text("utf-8")
            data = yaml.safe_load(text.split("---")[1] if file.suffix == ".md" else text)
            issues += [data] if "title" in data else data.values()
    held = [row for issue in issues for row in issue.get("positions", ())]
    claims = yaml.safe_load((root / "content/claims.yaml").read_text("utf-8"))
    notes = yaml.safe_load((root / "content/updates.yaml").read_text("utf-8"))
    assert report.age.positions == len(held)
    assert report.age.undated == sum("as_of" not in row for row in held)
    assert sum(row.positions for row in report.balance.actors) == len(held)
    assert report.notes.claims == len(claims)
    assert report.notes[:2] == (
        len(notes),
        sum(row.get("kind") == "correction" for row in notes.values()),
    )
    disputes = sum(len(claim.get("contested_by", ())) for claim in claims.values())
    assert sum(row.contests for row in report.balance.actors) == disputes


def test_it_is_printed_written_as_json_and_as_a_page(make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site({**FILES, "content/site.yaml": "title: The <dam>\nexports: []\n"})
    text = CliRunner().invoke(main, ["-C", str(root), "report"]).stdout
    assert "  nobody recorded against: dam · mill\n" in text
    assert "  town           1       1         0             8\n" in text
    assert "  one-sided at content/issues/mill.md:4: nobody else was there\n" in text

    value = json.loads(
        CliRunner().invoke(main, ["-C", str(root), "report", "--format", "json"]).stdout
    )
    assert value["balance"]["actors"][0] == {
        "slug": "town", "positions": 1, "claims": 1, "contests": 0, "words": 8,
    }  # fmt: skip
    assert value["sources"][0]["unused"] == ["Nobody was heard.", "The vote was late."]

    page = tmp_path / "report.html"
    CliRunner().invoke(main, ["-C", str(root), "report", "--html", str(page)])
    markup = page.read_text("utf-8")
    assert "<h1>The &lt;dam&gt;</h1>" in markup
    assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", markup) == [
        '<link rel="icon" href="data:,">'
    ]

    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    refused = CliRunner().invoke(main, ["-C", str(root), "report", "--html", str(fifo)])
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"site-builder: the operating system reports an error for '{fifo}': this is not a regular file\n",
    )


def test_a_site_with_errors_has_no_report(make_site: MakeSite) -> None:
    root = make_site(
        {
            "content/claims.yaml": "old:\n  statement: Old.\n  made_by: nobody\n",
            "content/site.yaml": "title: x\n",
        }
    )
    result = CliRunner().invoke(main, ["-C", str(root), "report"])
    assert result.exit_code == 1
    assert "unknown actor 'nobody'" in result.stderr
    assert "there is no report of a site with errors" in result.stderr


def git(root: Path, *words: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@a.example")
    subprocess.run(["git", "-C", str(root), *name, *words], check=True, capture_output=True)


def test_a_note_of_what_changed_since_a_revision(make_site: MakeSite) -> None:
    root = make_site(FILES)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    assert as_note(changes_since(root, "HEAD"), "2026-05-01") == "nothing has changed\n"

    dam = FILES["content/issues/dam.md"]
    make_site(
        {
            "content/issues/dam.md": dam.replace("stance: conditional", "stance: rejects"),
            "content/terms.yaml": "lock:\n  definition: A gate.\n",
            "content/actors.yaml": FILES["content/actors.yaml"].replace(
                "name: Mill", "name: The mill"
            ),
        }
    )
    assert as_note(changes_since(root, "HEAD"), "2026-05-01") == (
        "changes-2026-05-01:\n"
        "  date: 2026-05-01\n"
        "  text: >-\n"
        "    New: term “lock”.\n"
        "    The position of Petra Lind on “Should the dam go?” changed from “Conditional” to “Rejects”.\n"
        "    Changed: actor “The mill”.\n"
        "    Taken out: term “weir”.\n"
        "  touches:\n"
        "    - term/lock\n"
        "    - issue/dam\n"
        "    - actor/mill\n"
    )


def test_an_unknown_revision_is_told(make_site: MakeSite) -> None:
    root = make_site(FILES)
    git(root, "init", "-q")
    for revision in ("nowhere", "--output=x"):
        result = CliRunner().invoke(main, ["-C", str(root), "report", f"--since={revision}"])
        assert result.exit_code == 1
        assert "revision" in result.stderr
        assert "Traceback" not in result.stderr
