"""The documents keep what they promise: their examples build, and nothing is left out of them.

An example is a block of text below a line that holds nothing but the path of its file: `content/site.yaml`:
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from site_builder.build import Options, render_site
from site_builder.cli import main
from site_builder.content import models
from site_builder.content.kinds import KINDS
from site_builder.content.targets import TARGET_KINDS
from site_builder.diagnostics import as_text
from site_builder.sourcing.adding import add
from site_builder.sourcing.extraction import Wishes
from tools.cases import read_cases

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITING = (ROOT / "docs/writing.md").read_text(encoding="utf-8")
TUTORIAL = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
PUBLISHING = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")

EXAMPLE = re.compile(
    r"^`(?P<path>[^`\n]+)`:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
ADDING = re.compile(
    r'^site-builder source add (?P<file>\S+) --title "(?P<title>[^"\n]+)"$', re.MULTILINE
)
PICTURES = ("lind.jpg",)


@pytest.mark.parametrize(
    "document", [README, WRITING, TUTORIAL], ids=["README", "writing", "tutorial"]
)
def test_examples_build_without_a_warning(document: str, tmp_path: Path) -> None:
    write_examples(document, tmp_path)

    assert as_text(render_site(Options(tmp_path)).diagnostics) == ""


def test_the_explainer_of_ten_lines_builds_without_a_warning(tmp_path: Path) -> None:
    assert write_examples(README, tmp_path) <= 10
    assert as_text(render_site(Options(tmp_path)).diagnostics) == ""


def test_the_explainer_of_ten_lines_is_the_one_whose_pages_are_known() -> None:
    shown = {match["path"]: match["text"] for match in EXAMPLE.finditer(README)}
    (case,) = [row for row in read_cases(ROOT / "tests/pages") if row.file.stem == "ten-lines"]

    assert {row.name: row.text for row in case.sections if row.name in shown} == shown
    assert case.expected == ""


def test_the_messages_in_the_readme_are_those_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = README.partition("\n## When something is wrong\n")[2]
    shown = shown.partition("```text\n")[2].partition("```\n")[0]
    write_examples(TUTORIAL, tmp_path)
    mistakes = (
        (
            "articles/mill-pond.md",
            '"may not last another winter"',
            '"may not survive another winter"',
        ),
        ("claims.yaml", "made_by: mill-lane", "made_by: mill-lan"),
    )
    for name, right, wrong in mistakes:
        file = tmp_path / "content" / name
        text = file.read_text(encoding="utf-8")
        assert text.count(right) == 1
        file.write_text(text.replace(right, wrong), encoding="utf-8")

    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["build"])
    assert (result.exit_code, result.output) == (1, shown)


def commands() -> dict[str, click.Command]:
    """Every command by its name; those of a group as `source add`, behind their group."""
    found: dict[str, click.Command] = {}
    for name, command in main.commands.items():
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": row for inner, row in command.commands.items()}
    return found


def written_of_commands() -> dict[str, str]:
    blocks = re.split(r"^###? ([a-z][a-z ]*)$", COMMANDS, flags=re.MULTILINE)
    return dict(zip(blocks[1::2], blocks[2::2], strict=True))


def test_every_command_and_option_is_explained() -> None:
    written = written_of_commands()
    missing = [
        f"{name} {opt}"
        for name, command in commands().items()
        for row in command.params
        if isinstance(row, click.Option)
        for opt in (*row.opts, *row.secondary_opts)
        if f"`{opt}`" not in written[name] and f"`{opt} " not in written[name]
    ]

    assert missing == []
    assert [name for name in written if name in commands()] == list(commands())


def test_every_option_that_is_explained_exists() -> None:
    for name, text in written_of_commands().items():
        if name in commands():
            written = re.findall(r"`(--?[\w-]+)", text.partition("\n## ")[0])
            known = {opt for row in commands()[name].params for opt in row.opts}
            known |= {opt for row in commands()[name].params for opt in row.secondary_opts}
            assert [opt for opt in written if opt not in known] == []


def test_every_kind_of_target_is_explained() -> None:
    assert [kind for kind in TARGET_KINDS if f"kind: {kind}" not in PUBLISHING] == []


@pytest.mark.parametrize(
    "model",
    [
        *(row.model for row in KINDS.values()),
        models.Position,
        models.EarlierPosition,
        models.Relation,
        models.Contest,
        models.Verdict,
        models.Image,
        models.Point,
        models.Stance,
        models.Site,
        models.AboutPage,
    ],
)
def test_writing_has_every_field(model: type) -> None:
    names = [field.name for field in dataclasses.fields(model)]

    assert [name for name in names if not re.search(rf"\b{name}\b", WRITING)] == []


DOCUMENTS = sorted(
    file.relative_to(ROOT).as_posix() for file in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
)
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_of_documents_lead_somewhere(document: str) -> None:
    text = without_code((ROOT / document).read_text(encoding="utf-8"))
    broken = []
    for match in LINK.finditer(text):
        path, _, anchor = (match[1] or match[2]).partition("#")
        if ":" in path:
            continue
        file = (ROOT / document).parent / path if path else ROOT / document
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            broken.append(match[0])

    assert broken == []


def test_readme_leads_to_every_document() -> None:
    linked = {(match[1] or match[2]).partition("#")[0] for match in LINK.finditer(README)}

    assert [name for name in DOCUMENTS if name.count("/") < 2 and name not in linked] == [
        "README.md"
    ]


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub makes of the headings of a document."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", row.lower()).replace(" ", "-") for row in headings}


def write_examples(document: str, folder: Path) -> int:
    """Writes the examples of a document; returns how many lines they have."""
    lines = 0
    for example in EXAMPLE.finditer(document):
        path = folder / example["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example["text"], encoding="utf-8")
        lines += example["text"].count("\n")
    for command in ADDING.finditer(document):
        add(folder, folder / command["file"], Wishes(title=command["title"]))
    (folder / "static").mkdir(exist_ok=True)
    for name in PICTURES:
        (folder / "static" / name).write_bytes(b"")
    return lines
