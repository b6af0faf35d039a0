"""`rename --name`: the old name stays an alias, references mean what they meant, and no other byte changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.faults import Fault
from site_builder.renaming.naming import rename_name
from site_builder.renaming.own_name import NameWish
from site_builder.renaming.sites import Changed
from tests.renaming.test_renaming import files_of


def named(root: Path, entity: str, name: str, **wish: bool) -> Changed:
    changed = rename_name(root, NameWish(entity, name, **wish))
    assert changed.edits, (changed.lines, [row.headline for row in changed.findings])
    return changed


def changes(root: Path, before: dict[str, bytes]) -> str:
    """The lines that are new, below the path of their file."""
    rows = []
    for path, data in files_of(root).items():
        old = before[path].decode().splitlines()
        new = [f" {line}" for line in data.decode().splitlines() if line not in old]
        rows += [path, *new] if data != before[path] else []
    return "\n".join(rows)


def test_the_old_name_stays_an_alias(odd: Path) -> None:
    before = files_of(odd)
    changed = named(odd, "actor/town", "City of Aldern")
    assert changes(odd, before) == (
        'content/actors/town.md\n name: City of Aldern\n aliases: [Aldern, "the Town", Town of Aldern]'
    )
    [line] = changed.lines
    assert line == (
        "actor 'town' is called 'City of Aldern' now: 0 references in 1 file; "
        "1 reference by name unchanged; 'Town of Aldern' is an alias"
    )


def test_everywhere_references_say_the_new_name(odd: Path) -> None:
    (odd / "content" / "claims.yaml").write_text(
        'a:\n  statement: "It is \\"safe\\", says [[Town of Aldern]] of [[ town of Aldern |their]] dam."\n'
        "  made_by: town of aldern\n  contested_by: ['Town of Aldern', Aldern]\n"
        "  cite: letter\n"
    )
    path = odd / "content" / "about.md"
    path.write_text("[[Town of Aldern]], [[town]], [[Aldern]]. Town of Aldern.\n")
    updates = odd / "content" / "updates.yaml"
    updates.write_text(updates.read_text().replace("    - unsafe\n", ""))
    one = odd / "content" / "articles" / "one.md"
    one.write_text(one.read_text().replace("[[safe]]", "it").replace("claims/#unsafe", "claims/#a"))
    events = odd / "content" / "events.yaml"
    events.write_text(events.read_text().replace("[[safe|a claim]]", "it"))
    settings = odd / "content" / "site.yaml"
    settings.write_text(
        settings.read_text().replace('"actor/town"', '"Town of Aldern"').replace("#safe", "#a")
    )
    before = files_of(odd)
    changed = named(odd, "town", 'Aldern\'s "City", new', everywhere=True)
    assert changes(odd, before) == (
        "content/about.md\n [[town]], [[town]], [[Aldern]]. Town of Aldern.\n"
        'content/actors/town.md\n name: "Aldern\'s \\"City\\", new"\n'
        ' aliases: [Aldern, "the Town", Town of Aldern]\n'
        " `[[town]]` is code. The [[ surveyor | man ]] works for [[actors/county]], the [[town]] too.\n"
        "content/claims.yaml\n"
        '   statement: "It is \\"safe\\", says [[town]] of [[ town |their]] dam."\n'
        "   made_by: town\n   contested_by: ['town', Aldern]\n"
        "content/site.yaml\n"
        "   - {title: 'The town', to: \"town\"}"
    )
    assert changed.lines[0].startswith(
        "actor 'town' is called 'Aldern's \"City\", new' now: 7 references in 4 files; "
    )
    before = files_of(odd)
    named(odd, "town", "City, of: Aldern", everywhere=True, alias=False)
    named(odd, "town", "City of Aldern", alias=False)
    assert changes(odd, before) == 'content/actors/town.md\n name: "City of Aldern"'
    path.write_text("[[City of Aldern]], [[town]].\n")
    named(odd, "town", "Aldern City", everywhere=True)
    assert path.read_text() == "[[Aldern City]], [[town]].\n"


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("town", "City of Aldern"),
        ("surveyor", "Hans Lindt"),
        ("county", "Shire"),
        ("leak", 'It\'s "leaking"'),
        ("minutes", "Protokoll"),
        ("dam", "Should it go?"),
        ("article/one", "Einer"),
    ],
)
@pytest.mark.parametrize("everywhere", [False, True])
def test_there_and_back(odd: Path, entity: str, name: str, everywhere: bool) -> None:
    before = files_of(odd)
    old = {"town": "Town of Aldern", "surveyor": "Hans Lind", "county": "County", "leak": "A leak",
           "minutes": "Minutes", "dam": "The dam", "article/one": "One"}  # fmt: skip
    named(odd, entity, name, everywhere=everywhere)
    assert files_of(odd) != before
    named(odd, entity, old[entity], everywhere=everywhere, alias=False)
    assert files_of(odd) == before


def test_a_title_without_aliases_takes_its_references_along(odd: Path) -> None:
    about = odd / "content" / "about.md"
    about.write_text("[[The dam]], [[the dam|it]], [the dam](issues/dam/). The dam.\n")
    changed = named(odd, "dam", "The weir")
    assert about.read_text() == "[[The weir]], [[The weir|it]], [the dam](issues/dam/). The dam.\n"
    assert changed.lines == ["issue 'dam' is called 'The weir' now: 2 references in 2 files"]


def test_an_address_of_a_part_that_changes_is_told(odd: Path) -> None:
    path = odd / "content" / "articles" / "two.md"
    points = "---\nAfter", "key_points: '[[Town of Aldern]] stays'\n---\nAfter"
    path.write_text(path.read_text().replace(*points))
    changed = named(odd, "town", "City of Aldern", everywhere=True)
    assert changed.lines[0] == (
        "content/articles/two.md: the address of a part changes "
        "from #town-of-aldern-stays to #city-of-aldern-stays"
    )


@pytest.mark.parametrize(
    ("entity", "name", "message"),
    [
        ("town", "County", "'County' is a name of actor 'county' in content/actors/county.md; choose another name"),
        ("town", "hans lind", "'hans lind' is a name of actor 'surveyor' in content/actors/surveyor.yaml; choose another name"),
        ("town", " Town  of Aldern", "actor 'town' has this name already"),
        ("town", " ", "a name needs at least one letter"),
        ("safe", "It is sound", "a claim has no name; edit its statement in content/claims.yaml"),
    ],
)  # fmt: skip
def test_refused(odd: Path, entity: str, name: str, message: str) -> None:
    before = files_of(odd)
    with pytest.raises(Fault) as refused:
        rename_name(odd, NameWish(entity, name))
    assert str(refused.value) == message
    assert files_of(odd) == before


def test_a_name_that_is_written_in_a_block_is_left_to_a_person(odd: Path) -> None:
    path = odd / "content" / "actors" / "county.md"
    path.write_bytes(path.read_bytes().replace(b"name: County", b"name: >\r\n  County"))
    before = files_of(odd)
    changed = rename_name(odd, NameWish("county", "Shire"))
    why = "these places are written in a way that can't be changed here"
    assert changed.lines == [
        f"nothing was changed: {why}; write them more plainly first",
        "  content/actors/county.md: name, aliases",
    ]
    assert files_of(odd) == before


def test_the_command(odd: Path) -> None:
    before = files_of(odd)
    command = ["-C", str(odd), "rename", "actor/county", "--name", "Shire"]
    shown = CliRunner().invoke(main, [*command, "--dry-run"])
    said = "actor 'county' is called 'Shire' now: 0 references in 1 file; 'County' is an alias\n"
    assert shown.output == (
        "--- content/actors/county.md\n+++ content/actors/county.md\n@@ -2 +2 @@\n-name: County\n"
        "+name: Shire\n@@ -6,0 +7 @@\n+aliases: County\n" + said
    )
    assert files_of(odd) == before
    assert CliRunner().invoke(main, command).output == said
    for words, message in (
        (["actor/county"], "give either a new slug or --name TEXT"),
        (["actor/county", "x", "--name", "X"], "give either a new slug or --name TEXT"),
        (["actor/county", "x", "--everywhere"], "--everywhere goes with --name"),
    ):
        refused = CliRunner().invoke(main, ["-C", str(odd), "rename", *words])
        assert (refused.exit_code, message in refused.output) == (2, True)
