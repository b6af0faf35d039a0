"""`rename`: every reference follows, no other byte changes, and a link that would lead elsewhere stops it."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.content.models import EntityId
from site_builder.faults import Fault
from site_builder.reading.files import digest
from site_builder.renaming.renaming import Wish, rename
from site_builder.renaming.sites import Before, Changed, read_site

REPOSITORY = Path(__file__).parents[2]
RANDOM_RENAMES = 3


def files_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def seen(root: Path) -> Before:
    before = read_site(root)
    assert isinstance(before, Before), [row.headline for row in before.findings]
    return before


def ids(root: Path) -> list[EntityId]:
    return [row.id for row in seen(root).site.loaded.rows]


def renamed(root: Path, id: str, new: str, *, redirect: bool = True) -> Changed:
    changed = rename(root, Wish(id, new, redirect))
    assert changed.edits, (id, changed.lines, [row.headline for row in changed.findings])
    return changed


def there_and_back(root: Path, id: EntityId, new: str = "renamed-thing") -> None:
    before = files_of(root)
    renamed(root, f"{id.kind}/{id.slug}", new)
    assert files_of(root) != before
    renamed(root, f"{id.kind}/{new}", id.slug, redirect=False)
    assert files_of(root) == before


def test_every_entity_there_and_back_in_odd_files(odd: Path) -> None:
    for id in ids(odd):
        there_and_back(odd, id)


@pytest.mark.parametrize("site", [REPOSITORY, REPOSITORY / "tests" / "sites" / "quay-street"])
def test_random_entities_there_and_back(tmp_path: Path, site: Path) -> None:
    for folder in ("content", "seeds", "static"):
        if (site / folder).is_dir():
            shutil.copytree(site / folder, tmp_path / folder)
    for id in random.sample(ids(tmp_path), RANDOM_RENAMES):
        there_and_back(tmp_path, id)


@pytest.mark.parametrize("slug", ["1", "no", "水門", "a_b", "ältester-turm"])
def test_any_slug(odd: Path, slug: str) -> None:
    there_and_back(odd, EntityId("actor", "town"), slug)
    there_and_back(odd, EntityId("source", "minutes"), slug)


CHANGED = """\
content/about.md
 Written from [@minutes "until May"], about [[aldern]] and [the dam](issues/dam/), see
 [the issue's file](issues/dam.md "its title") or [[dam#position-aldern|what the town wants]].
content/actors/aldern.md
   - town
 [ref]: ../issues/dam.md#position-aldern
 See [the dam][ref] and [him][other], [us](/content/actors/aldern.md), [leak](../timeline/#leak), [x](/actors/surveyor).
content/actors/county.md
   to: "aldern"
 Above [[aldern]],
content/actors/surveyor.yaml
 {name: Hans Lind, kind: person, affiliation: 'aldern', redirect_from: [lind]}
content/articles/one.md
 standfirst: "The [[aldern]] said [@minutes \\"until May\\"]."
   - text: '[[aldern|The town]] stays'
 actors: [aldern, surveyor, county]
content/claims.yaml
   statement: "It is \\"safe\\", as [[aldern|they]] say: [it](issues/dam/)."
   made_by: aldern
   made_by: [ "surveyor", actors/aldern ]
content/events.yaml
 leak: {date: 2026-01, title: A leak, actors: [&t aldern, surveyor], issues: dam, cite: minutes}
     Then [[aldern]].
content/issues/dam.md
   - actor: [aldern, 'county']   # both
       As [[aldern]] says, and
 As in [another part](#position-aldern), see [[#position-surveyor]].
content/site.yaml
   - {title: 'The town', to: "actor/aldern"}
content/terms.yaml
   definition: A paper of [[aldern]], not [[spillway]].
content/updates.yaml
     - aldern
"""


def test_what_changes(odd: Path) -> None:
    before = files_of(odd)
    renamed(odd, "actor/town", "aldern")
    after = files_of(odd)
    assert "content/actors/town.md" not in after
    shown = []
    for path, data in after.items():
        old = before.get(path.replace("aldern", "town"), b"")
        if data != old:
            was = old.decode().splitlines()
            shown += [path, *(f" {line}" for line in data.decode().splitlines() if line not in was)]
    assert "\n".join(shown) + "\n" == CHANGED


@pytest.mark.parametrize(
    ("entity", "slug", "message"),
    [
        ("actor/twon", "x", "unknown link target 'actor/twon' (did you mean 'actor/town'?)"),
        (
            "town",
            "county",
            "'county' already exists in content/actors/county.md; choose another slug",
        ),
        (
            "town",
            "County",
            "'county' already exists in content/actors/county.md; choose another slug",
        ),
        ("town", "lind", "'lind' leads to actor 'surveyor' (redirect_from); choose another slug"),
        (
            "town",
            "a b",
            "'a b' can't be a slug: use only letters, digits and single hyphens; call it 'a-b'",
        ),
        (
            "town",
            "Town",
            "'Town' and 'town' are one name for some file systems; choose another slug",
        ),
        ("town", "town", "actor 'town' has this slug already"),
        ("town", "null", "YAML does not read 'null' as a text; choose another slug"),
    ],
)
def test_refused(odd: Path, entity: str, slug: str, message: str) -> None:
    before = files_of(odd)
    with pytest.raises(Fault) as refused:
        rename(odd, Wish(entity, slug))
    assert str(refused.value) == message
    assert files_of(odd) == before


def test_a_slug_that_would_change_what_others_mean_is_refused(odd: Path) -> None:
    before = files_of(odd)
    changed = rename(odd, Wish("actor/town", "dam"))
    assert (changed.edits, changed.lines) == (
        (),
        ["nothing was changed: the site would have errors"],
    )
    assert changed.findings[0].headline == (
        "content/about.md:2:52: 'dam' is the name of several entities: actor/dam, issue/dam "
        "[ambiguous-reference]"
    )
    path = odd / "content" / "about.md"
    path.write_bytes(path.read_bytes() + b"\nSee [[Aldern]].\n")  # an alias, which wins no more
    (odd / "content" / "actors" / "port.yaml").write_text("name: Port\n")
    changed = rename(odd, Wish("actor/port", "Aldern"))
    assert changed.lines == [
        "nothing was changed: the links of the about page would not be the same"
    ]
    assert before.keys() <= files_of(odd).keys()


def test_a_site_with_errors_is_refused(odd: Path) -> None:
    (odd / "content" / "about.md").write_text("[[nobody]]\n")
    changed = rename(odd, Wish("actor/town", "aldern"))
    assert changed.lines == ["nothing was changed: correct the errors of the site first"]
    assert [row.code for row in changed.findings] == ["unknown-reference"]


def test_what_is_left_out_of_a_build_follows_too(odd: Path) -> None:
    actors = odd / "content" / "actors"
    (actors / "draft.yaml").write_text("name: A\ndraft: true\naffiliation: town\n")
    (actors / "later.yaml").write_text("name: B\npublish_on: 2999-01-01\naffiliation: town\n")
    (actors / "gone.yaml").write_text("name: C\nexpires_on: 2000-01-01\naffiliation: town\n")
    renamed(odd, "town", "aldern")
    for name in ("draft", "later", "gone"):
        assert (actors / f"{name}.yaml").read_text().endswith("affiliation: aldern\n")
    renamed(odd, "gone", "went")
    assert (actors / "went.yaml").read_text().endswith("redirect_from: gone\n")


def test_a_name_that_the_slug_gave_is_written_out(odd: Path) -> None:
    renamed(odd, "term/non-paper", "draft")
    assert (odd / "content" / "terms.yaml").read_text() == (
        "draft:\n  definition: A paper of [[town]], not [[spillway]].\n"
        "  name: non-paper\n  redirect_from: non-paper\n"
        "spillway:\n  definition: Where water goes, see [[draft]] and [[term/draft]].\n"
    )


def test_an_anchor_of_a_key_point_that_changes_is_told(odd: Path) -> None:
    path = odd / "content" / "articles" / "two.md"
    path.write_text(
        path.read_text().replace("---\nAfter", "key_points: '[[town]] stays'\n---\nAfter")
    )
    changed = renamed(odd, "town", "aldern")
    assert changed.lines[0] == (
        "content/articles/two.md: the address of a part changes from #town-stays to #aldern-stays"
    )


def test_the_command(odd: Path) -> None:
    before = files_of(odd)
    command = ["-C", str(odd), "rename", "claim/safe", "sound"]
    shown = CliRunner().invoke(main, [*command, "--dry-run"])
    assert (shown.exit_code, files_of(odd)) == (0, before)
    assert shown.output.endswith(
        "--- content/site.yaml\n+++ content/site.yaml\n@@ -11 +11 @@\n"
        "-    to: claims/#safe\n+    to: claims/#sound\n"
        "claim 'safe' is 'sound' now: 3 places in 4 files\n"
    )
    made = CliRunner().invoke(main, command)
    assert (made.exit_code, made.output) == (
        0,
        "claim 'safe' is 'sound' now: 3 places in 4 files\n",
    )
    refused = CliRunner().invoke(main, ["-C", str(odd), "rename", "claim/sound", "unsafe"])
    assert refused.exit_code == 1


def test_findings_that_are_allowed_stay_so(odd: Path) -> None:
    settings = odd / "content" / "site.yaml"
    allowed = (
        "lint:\n  allow:\n    - code: one-sided\n      where: actor/town\n      because: So it is.\n"
        "    - code: one-sided\n      where: content/actors/town.md\n      because: So it is.\n"
    )
    settings.write_text(settings.read_text() + allowed)
    renamed(odd, "town", "aldern")
    assert settings.read_text().endswith(allowed.replace("town", "aldern"))
    renamed(odd, "aldern", "town", redirect=False)
    assert settings.read_text().endswith(allowed)


def test_citations_with_places(odd: Path) -> None:
    (odd / "seeds" / "minutes.txt").write_text("[page 3]\nIt holds until May, they say.\n")
    about = odd / "content" / "about.md"
    about.write_text('[@minutes "until May", p. 3; @letter; @minutes, p. 3]\n')
    claims = odd / "content" / "claims.yaml"
    old = '    - letter "not safe"\n'
    claims.write_text(
        claims.read_text().replace(old, old + "    - 'letter; @minutes \"until May\", p. 3'\n")
    )
    there_and_back(odd, EntityId("source", "minutes"), "record")
    renamed(odd, "minutes", "record")
    assert about.read_text() == '[@record "until May", p. 3; @letter; @record, p. 3]\n'
    assert "    - 'letter; @record \"until May\", p. 3'\n" in claims.read_text()


def test_the_next_command_finishes_a_change_that_was_interrupted(odd: Path) -> None:
    about = odd / "content" / "about.md"
    before = about.read_bytes()
    beside = ".site-builder-0123456789abcdef.tmp"
    about.with_name(beside).write_bytes(b"New.\n")
    journal = odd / ".site-builder" / "edits.json"
    journal.parent.mkdir()
    journal.write_text(json.dumps([["content/about.md", beside, digest(before), False]]))
    result = CliRunner().invoke(main, ["-C", str(odd), "new", "actor", "Port"])
    assert result.output.startswith("a change of files was interrupted; it is finished now\n")
    assert about.read_bytes() == b"New.\n"
    assert not journal.exists()
