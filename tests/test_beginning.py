"""A new explainer, and new entities: what is written, that it builds, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.beginning import STARTER
from site_builder.build import Options, render_site
from site_builder.cli import main
from site_builder.content.kinds import KINDS
from site_builder.diagnostics import as_text

LACKING = {"claim": "made_by", "term": "definition"}
"""What a title alone does not say."""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="site-builder")


def write(path: str, text: str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def problems(root: str = ".", *, strict: bool = False) -> str:
    return as_text(render_site(Options(Path(root), strict=strict)).diagnostics)


# --- init ------------------------------------------------------------------------------------


def test_init_says_what_to_do_next() -> None:
    result = run("init", "stories/my explainer")

    assert (result.exit_code, result.output) == (
        0,
        (
            "a new explainer is in stories/my explainer; next:\n"
            "  cd 'stories/my explainer'\n"
            "  site-builder serve --open\n"
            "  edit content/articles/library.md, and save it\n"
        ),
    )
    assert Path("stories/my explainer/content/articles/library.md").is_file()


def test_init_copies_the_starter_and_nothing_else() -> None:
    run("init", "new")

    written = {f.relative_to("new").as_posix(): f.read_bytes() for f in files_in(Path("new"))}
    assert written.pop(".gitignore") == b"output/\n.site-builder/\n"
    shipped = {f.relative_to(STARTER).as_posix(): f.read_bytes() for f in files_in(STARTER)}
    shipped.pop("gitignore")
    assert written == shipped
    assert len(written["README.md"].splitlines()) == 5


def files_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_new_explainer_has_every_part_and_builds_without_a_warning() -> None:
    run("init", "new")
    rendered = render_site(Options(Path("new"), strict=True))

    assert as_text(rendered.diagnostics) == ""
    assert rendered.graph is not None
    result = run("-C", "new", "build", "--strict", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    for name in ("index", "about/index", "issues/sundays/index", "terms/index", "updates/index"):
        assert Path(f"new/output/{name}.html").is_file()


def test_init_takes_an_empty_folder() -> None:
    Path("new").mkdir()

    assert run("init", "new").exit_code == 0


def test_init_overwrites_nothing() -> None:
    write("new/.notes", "mine")
    result = run("init", "new")

    assert (result.exit_code, result.output) == (
        1,
        "site-builder: 'new' is not empty, and nothing was written; name a new folder\n",
    )
    assert [file.name for file in files_in(Path("new"))] == [".notes"]


def test_init_at_a_file_says_so() -> None:
    write("new", "mine")
    result = run("init", "new")

    assert (result.exit_code, result.output) == (
        1,
        "site-builder: 'new' is a file; name a folder that is new or empty\n",
    )


def test_init_where_nothing_can_be_written_says_so() -> None:
    write("locked", "a file, which can hold no folder")
    result = run("init", "locked/new")

    assert (result.exit_code, result.output) == (
        1,
        "site-builder: 'locked/new' can't be written: Not a directory\n",
    )


# --- new -------------------------------------------------------------------------------------


def test_new_writes_what_is_needed_and_lists_the_rest() -> None:
    write("content/site.yaml", "title: Pond\n")
    result = run("new", "event", "The dam's gate: opened")

    assert (result.exit_code, result.output) == (
        0,
        "content/events/the-dams-gate-opened.md: event 'the-dams-gate-opened'\n",
    )
    assert Path("content/events/the-dams-gate-opened.md").read_text() == (
        "---\n"
        "date: unknown\n"
        'title: "The dam\'s gate: opened"\n'
        "# story:  # The stories it belongs to; by default those that references lead to. [] for none.\n"
        "# text:  # What happened, in a sentence or two.\n"
        "# actors:  # Who took part.\n"
        "# concerns:  # Whom it concerns, without their taking part.\n"
        "# issues:  # The issues it bears on.\n"
        "# importance:  # How much it weighs in the story. One of: major, normal, minor.\n"
        "# planned:  # Whether it is still to come, as far as is known.\n"
        "# after:  # The event it followed, where its date leaves the order open.\n"
        "# cite:  # What it rests on.\n"
        "# draft:  # Keep this out of a normal build.\n"
        "# publish_on:  # Hidden before this day (UTC).\n"
        "# expires_on:  # Hidden from this day on (UTC).\n"
        "# redirect_from:  # Slugs or paths (/old/) this had before; they lead here.\n"
        "# mentions:  # Whether names in this text link by themselves.\n"
        "# not_quotations:  # What stands in quotation marks in this text and is no quotation.\n"
        "---\n"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entity_builds_or_check_names_what_it_lacks(kind: str) -> None:
    write("content/site.yaml", "title: Pond\n")
    write("content/articles/pond.md", "---\ntitle: Pond\nas_of: 2026\n---\n")
    result = run("new", kind, "The pond: #1 of two")

    path = f"content/{kind}s/the-pond-1-of-two.md"
    assert result.output == f"{path}: {kind} 'the-pond-1-of-two'\n"
    found = problems(strict=True)
    if kind in LACKING:
        line = Path(path).read_text().splitlines().index(found_line(path, LACKING[kind])) + 1
        assert (
            found.splitlines()[0] == f"{path}:{line}:1: '{LACKING[kind]}' is empty [missing-field]"
        )
        assert found.count("[") == 1
    elif kind == "source":
        assert found.splitlines()[0].endswith(
            "nothing cites source 'the-pond-1-of-two' [unused-source]"
        )
        assert run("check").exit_code == 0
    else:
        assert found == ""


def found_line(path: str, field: str) -> str:
    return next(row for row in Path(path).read_text().splitlines() if row.startswith(f"{field}:"))


@pytest.mark.parametrize("kind", KINDS)
def test_new_adds_to_a_collection_kept_in_one_file(kind: str) -> None:
    run("init", "new")
    collection = Path(f"new/content/{kind}s.yaml")
    in_one_file = collection.is_file()
    before = collection.read_text() if in_one_file else ""
    result = run("-C", "new", "new", kind, "Of late", "--draft")

    path = f"content/{kind}s.yaml" if in_one_file else f"content/{kind}s/of-late.md"
    assert (result.exit_code, result.output) == (0, f"new/{path}: {kind} 'of-late'\n")
    assert "draft: true" in Path("new", path).read_text()
    if in_one_file:
        assert collection.read_text().startswith(before + "of-late:\n  ")
    assert ("[missing-field]" in problems("new")) == (kind in LACKING)


def test_new_keeps_line_ends_and_mends_a_last_line_without_one() -> None:
    file = write("content/actors.yaml", "town:\r\n  name: Town")
    result = run("new", "actor", "Mill Lane", "--slug", "lane")

    assert result.output == "content/actors.yaml: actor 'lane'\n"
    assert file.read_bytes().startswith(
        b"town:\r\n  name: Town\r\nlane:\r\n  name: Mill Lane\r\n  # "
    )


def test_new_goes_to_the_folder_where_both_forms_are_in_use() -> None:
    write("content/actors.yaml", "town: {name: Town}\n")
    write("content/actors/lane.yaml", "name: Lane\n")

    assert run("new", "actor", "Club").output == "content/actors/club.md: actor 'club'\n"


def test_new_shows_the_block_where_it_can_not_be_added() -> None:
    file = write("content/terms.yaml", "{ladder: {definition: Steps.}}\n")
    result = run("new", "term", "Weir")

    assert result.exit_code == 1
    assert result.output.startswith(
        "site-builder: nothing can be added to the end of content/terms.yaml the way it is written. "
        "Nothing was written; add this block yourself:\n\nweir:\n  name: Weir\n  definition:  # required: "
    )
    assert file.read_text() == "{ladder: {definition: Steps.}}\n"


def test_new_leaves_a_file_that_can_not_be_read_alone() -> None:
    file = write("content/terms.yaml", "ladder: {definition: Steps.\n")
    result = run("new", "term", "Weir")

    assert result.exit_code == 1
    assert result.output.startswith("site-builder: content/terms.yaml:1:9: ")
    assert result.output.endswith("[yaml-syntax]\nnothing was written; fix this first\n")
    assert file.read_text() == "ladder: {definition: Steps.\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/actors/Mill-lane.yaml", "name: Mine\n"),
        ("content/actors/Mill-lane.md", "---\nname: Mine\n---\n"),
        ("content/actors.yaml", "Mill-lane: {name: Mine}\n"),
    ],
)
def test_new_overwrites_nothing(path: str, text: str) -> None:
    file = write(path, text)
    result = run("new", "actor", "Mill Lane")

    assert (result.exit_code, result.output) == (
        1,
        f"site-builder: 'Mill-lane' already exists in {path}; choose another slug with --slug\n",
    )
    assert file.read_text() == text


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["actr", "A"], 2, "Error: 'actr' is not a kind of entity (did you mean 'actor'?)\n"),
        (
            ["xyz", "A"],
            2,
            (f"Error: 'xyz' is not a kind of entity (one of {', '.join(KINDS)}, position)\n"),
        ),
        (["actor", " "], 1, "site-builder: the title is empty\n"),
        (
            ["actor", "?!"],
            1,
            "site-builder: no slug can be made from '?!'; give one with --slug\n",
        ),
        (
            ["actor", "A", "--slug", "../a"],
            1,
            (
                "site-builder: '../a' can't be a slug: use only letters, digits and single hyphens; "
                "call it 'a'\n"
            ),
        ),
    ],
)
def test_new_says_what_it_does_not_understand(
    arguments: list[str], code: int, message: str
) -> None:
    write("content/site.yaml", "title: Pond\n")
    result = run("new", *arguments)

    assert result.exit_code == code
    assert result.output.endswith(message)
    assert [file.name for file in files_in(Path("content"))] == ["site.yaml"]


def test_new_outside_a_site_names_init() -> None:
    result = run("new", "actor", "A")

    assert result.exit_code == 1
    assert "begin a new one with: site-builder init my-explainer" in result.output


# --- positions ----------------------------------------------------------------------------------


ISSUE = (
    "---\ntitle: The dam\npositions:\n  - actor: town\n    stance: supports  # so far\n---\nText.\n"
)


def a_site_with_an_issue() -> Path:
    write("content/site.yaml", "title: Pond\n")
    write("content/actors.yaml", "town:\n  name: Town\nport:\n  name: Port\n")
    return write("content/issues/dam.md", ISSUE)


def test_new_adds_a_position_to_its_issue() -> None:
    file = a_site_with_an_issue()
    result = run("new", "position", "dam", "--actor", "port", "--stance", "rejects")

    assert (result.exit_code, result.output) == (
        0,
        "content/issues/dam.md: a position on issue 'dam'\n",
    )
    assert file.read_text() == ISSUE.replace(
        "---\nText",
        "  - actor: port\n"
        "    stance: rejects\n"
        "    # summary:  # What they want, in a sentence.\n"
        "    # as_of:  # When they held it.\n"
        "    # asked:  # That they were asked, and did not answer.\n"
        "    #   date:  # required: When they were asked.\n"
        "    #   answer:  # required: What came of it. One of: declined, no answer, not yet.\n"
        "    # earlier:  # What they held before, oldest first, so that a change of mind shows.\n"
        "    #   - stance:  # required: A stance of the site's vocabulary.\n"
        "    #     summary:  # What they wanted then, in a sentence.\n"
        "    #     as_of:  # When they held it.\n"
        "    #     cite:  # What it rests on.\n"
        "    # cite:  # What it rests on.\n"
        "---\nText",
    )
    assert "[" not in problems().replace("[uncited]", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dma"], "there is no issue 'dma' (did you mean 'dam'?)"),
        (["dam", "--actor", "prot"], "there is no actor 'prot' (did you mean 'port'?)"),
        (["issue/dam", "--actor", "town"], "actor 'town' already has a position on 'dam'"),
    ],
)
def test_a_position_that_can_not_be_added(arguments: list[str], message: str) -> None:
    file = a_site_with_an_issue()
    result = run("new", "position", *arguments)

    assert (result.exit_code, result.output) == (1, f"site-builder: {message}\n")
    assert file.read_text() == ISSUE


def test_a_position_is_shown_where_it_can_not_be_added() -> None:
    a_site_with_an_issue()
    file = write("content/issues/dam.md", "---\n{title: The dam}\n---\n")
    result = run("new", "position", "dam", "--actor", "port")

    assert result.exit_code == 1
    assert result.output.startswith(
        "site-builder: nothing can be added to positions in content/issues/dam.md the way it is written. "
        "Nothing was written; add this yourself:\n\npositions:\n  - actor: port\n    stance:  # required"
    )
    assert file.read_text() == "---\n{title: The dam}\n---\n"


# --- what the shell completes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("new ac", ["actor"]),
        ("new p", ["page", "position"]),
        ("rename actor/", ["actor/port", "actor/town"]),
        ("remove issue/d", ["issue/dam"]),
        ("remove x --redirect a", ["actor/port", "actor/town"]),
        ("source show m", ["minutes"]),
        ("ren", ["rename"]),
    ],
)
def test_what_the_shell_completes(words: str, completed: list[str]) -> None:
    a_site_with_an_issue()
    write("content/sources/minutes.yaml", "title: Minutes\n")
    write("content/claims.yaml", "{ not finished")
    environment = {
        "_SITE_BUILDER_COMPLETE": "bash_complete",
        "COMP_WORDS": f"site-builder {words}",
        "COMP_CWORD": str(len(words.split())),
    }
    result = CliRunner().invoke(main, prog_name="site-builder", env=environment)
    assert [row.partition(",")[2] for row in result.output.split()] == completed
