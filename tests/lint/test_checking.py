"""`check` runs the lint and remembers what it has found; `build` runs only what the site raises to errors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner

from site_builder.build import Options, check_site
from site_builder.cli import main
from site_builder.lint import running

if TYPE_CHECKING:
    from tests.conftest import MakeSite

DAM = """\
---
title: Should the dam go?
positions:
  - actor: town
    stance: supports
---
The dam is TODO metres high.
"""
FILES = {
    "content/site.yaml": "title: The dam\nexports: []\n",
    "content/actors.yaml": "town:\n  name: Town of Aldern\nmill:\n  name: The mill\n",
    "content/issues/dam.md": DAM,
    "content/articles/dam.md": "---\ntitle: The dam\nas_of: 2026\n---\nThe mill is old.\n",
}
EDITS = (
    ("content/issues/dam.md", DAM.replace("TODO", "ten")),
    ("content/issues/dam.md", "\n" + DAM.replace("---\ntitle", "---\n# moved\n\ntitle").lstrip()),
    ("content/issues/dam.md", DAM.replace("positions", "# allow one-sided: so be it\npositions")),
    ("content/site.yaml", FILES["content/site.yaml"] + "lint:\n  one-sided: off\n"),
    ("content/site.yaml", FILES["content/site.yaml"] + "lint:\n  one-sided: error\n"),
    ("content/actors.yaml", "town:\n  name: Town of TODO\n"),
    ("content/articles/dam.md", FILES["content/articles/dam.md"].replace("old", "FIXME")),
)


def codes(root: Path, **options: Any) -> list[tuple[str, int, str]]:
    found = check_site(Options(root, lint=True, **options)).diagnostics
    return [(row.code, row.location.line, row.severity.value) for row in found]


def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The entities that are linted from now on."""
    names: list[str] = []
    real = running.lint_entity

    def lint_entity(entity: Any, wanted: Any) -> Any:
        names.append(str(entity.id))
        return real(entity, wanted)

    monkeypatch.setattr(running, "lint_entity", lint_entity)
    return names


def test_a_second_check_lints_only_what_has_changed(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(FILES)
    first = codes(root)
    linted = ran(monkeypatch)
    assert codes(root) == first
    assert linted == []

    make_site(
        {"content/articles/dam.md": "---\ntitle: The dam\nas_of: 2026\n---\nThe mill is TKTK.\n"}
    )
    assert [row[0] for row in codes(root)] == ["note-left", *(row[0] for row in first)]
    assert linted == ["article 'dam'"]


def test_a_check_after_an_edit_says_what_a_first_one_would(
    make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = make_site(FILES)
    codes(root)
    for path, text in EDITS:
        make_site({path: text})
        other = tmp_path_factory.mktemp("clean")
        for name in FILES:
            file = other / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text((root / name).read_text())
        assert codes(root) == codes(other), path
        assert codes(root) == codes(other), path


def modules_of(root: Path, *words: str) -> set[str]:
    """The modules of the lint that a command imports."""
    run = (
        "import sys\nfrom site_builder.cli import main\n"
        "try:\n    main()\nfinally:\n    print('imported', *sys.modules)\n"
    )
    command = [sys.executable, "-c", run, "-C", str(root), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    names = done.stdout.splitlines()[-1].split()
    return {name for name in names if name.startswith("site_builder.lint.rules")}


def test_a_build_imports_no_rule_but_those_that_the_site_raises_to_errors(
    make_site: MakeSite,
) -> None:
    root = make_site(FILES)
    assert modules_of(root, "build") == set()

    make_site({"content/site.yaml": "title: The dam\nexports: []\nlint:\n  one-sided: error\n"})
    assert modules_of(root, "build") == {
        "site_builder.lint.rules",
        "site_builder.lint.rules.one_sided",
    }


def test_a_build_stops_at_what_the_site_raises_to_an_error(make_site: MakeSite) -> None:
    root = make_site(FILES)
    assert CliRunner().invoke(main, ["-C", str(root), "build"]).exit_code == 0

    make_site({"content/site.yaml": "title: The dam\nexports: []\nlint:\n  one-sided: error\n"})
    result = CliRunner().invoke(main, ["-C", str(root), "build"])
    assert result.exit_code == 1
    assert "content/issues/dam.md:3:1: all who are recorded here hold one stance" in result.stderr

    allowed = DAM.replace("positions", "# allow one-sided: nobody else was there\npositions")
    make_site({"content/issues/dam.md": allowed})
    assert CliRunner().invoke(main, ["-C", str(root), "build"]).exit_code == 0


def test_strict_fails_on_warnings_of_the_lint_and_not_on_advice(make_site: MakeSite) -> None:
    root = make_site(FILES)
    command = ["-C", str(root), "check", "--strict"]
    assert CliRunner().invoke(main, command).exit_code == 1

    make_site({"content/issues/dam.md": DAM.replace("TODO", "ten")})
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, "[one-sided]" in result.stderr) == (0, True)


def test_what_is_shown_can_be_narrowed(make_site: MakeSite) -> None:
    root = make_site(FILES)
    note, side = ("note-left", 7, "warning"), ("one-sided", 3, "advice")
    assert codes(root) == [side, note]
    assert codes(root, no_advice=True) == [note]
    assert codes(root, only=("one-sided",)) == [side]

    make_site({"content/issues/dam.md": DAM.replace("town", "twon")})
    assert [row[0] for row in codes(root, only=("note-left",))] == [
        "unknown-reference",
        "note-left",
    ]


def test_an_unknown_code_is_a_mistake_in_the_command(make_site: MakeSite) -> None:
    result = CliRunner().invoke(main, ["-C", str(make_site(FILES)), "check", "--only", "one-side"])
    assert result.exit_code == 2
    assert "'one-side' is the code of no finding (did you mean 'one-sided'?)" in result.stderr


def test_allowed_findings_are_counted(make_site: MakeSite) -> None:
    allowed = DAM.replace("positions", "# allow one-sided: nobody else was there\npositions")
    root = make_site({**FILES, "content/issues/dam.md": allowed})
    result = CliRunner().invoke(main, ["-C", str(root), "check"])
    assert result.stdout.splitlines()[0] == "1 warning; 1 allowed"


RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": {"type": "object", "required": ["text"]},
        "locations": {"type": "array", "minItems": 1},
    },
}
"""What the standard says of a result, as far as we write it."""


def test_sarif_has_each_finding_with_its_place_and_rule(make_site: MakeSite) -> None:
    root = make_site(
        {
            **FILES,
            "content/articles/dam.md": "---\ntitle: Dämme 🤗 TODO\nas_of: 2026\n---\nThe mill.\n",
        }
    )
    result = CliRunner().invoke(main, ["-C", str(root), "check", "--format", "sarif"])
    log = json.loads(result.stdout)
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    for row in run["results"]:
        jsonschema.validate(row, RESULT)
    ids = [row["id"] for row in run["tool"]["driver"]["rules"]]
    assert [ids[row["ruleIndex"]] for row in run["results"]] == [
        row["ruleId"] for row in run["results"]
    ]
    assert [(row["ruleId"], row["level"]) for row in run["results"]] == [
        ("note-left", "warning"),
        ("one-sided", "note"),
        ("note-left", "warning"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "content/articles/dam.md"},
        "region": {"startLine": 2, "startColumn": 16, "endColumn": 20},
    }


def test_what_follows_from_an_error_in_its_line_is_not_said(make_site: MakeSite) -> None:
    """The text that a comma cut off says what is corrected; a correction without it is no second mistake."""
    cut = "r: {date: 2024-01-01, kind: correction, text: We said 5 per cent, it is 50.}\n"
    root = make_site({**FILES, "content/updates.yaml": cut})
    assert [row[:2] for row in codes(root)] == [("note-left", 7), ("yaml-comma", 1)]

    alone = cut.replace(", it is 50", "")
    make_site({"content/updates.yaml": alone})
    assert ("correction-of-nothing", 1) in [row[:2] for row in codes(root)]
