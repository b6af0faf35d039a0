"""What makes a page again: each thing that a page can read, changed alone.

`edit` compares every file with a clean build, so what is missed fails there; the sets say that no more
is made than has to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_builder.exports.lettering import FOLDER as FONTS

if TYPE_CHECKING:
    from tests.engine.edited import Edited

LAB, UNION, DAM = "actors/lab/", "actors/union/", "issues/dam/"
Files = dict[str, str | None]


def issue(slug: str, body: str = "", fields: str = "") -> Files:
    return {f"content/issues/{slug}.md": f"---\ntitle: The {slug}\n{fields}---\n{body}\n"}


def actor(slug: str, fields: str = "", body: str = "") -> Files:
    return {f"content/actors/{slug}.md": f"---\nname: The {slug}\n{fields}---\n{body}\n"}


def positions(*actors: str, stance: str = "supports") -> str:
    rows = (f"  - actor: {slug}\n    stance: {stance}\n" for slug in actors)
    return "positions:\n" + "".join(rows)


def events(*rows: tuple[str, str, str]) -> Files:
    """Events by slug, date and further fields."""
    text = "".join(
        f"{slug}:\n  title: E {slug}\n  date: {date}\n{more}" for slug, date, more in rows
    )
    return {"content/events.yaml": text}


@pytest.fixture
def busy(edited: Edited) -> Edited:
    """The same site with more actors and issues."""
    edited.edit(actor("union") | issue("dam") | issue("mill"))
    return edited


def test_nothing_is_made_again_for_nothing(busy: Edited) -> None:
    busy.edit({})
    assert busy.made == set()


def test_only_what_may_be_otherwise_is_linked_again(busy: Edited) -> None:
    busy.edit(issue("mill", "See [the dam](/issues/dam/) and [[union]]."))
    assert busy.linked == ["issue 'mill'"]
    busy.edit(issue("dam", "Of [[lab]]."))
    assert busy.linked == ["issue 'dam'"]
    busy.edit(actor("union", "role: A hall\n"))
    assert busy.linked == ["actor 'union'"]
    busy.edit(issue("weir"))
    assert busy.linked == ["issue 'mill'", "issue 'weir'"]
    busy.edit({"content/issues/weir.md": None})
    assert busy.linked == ["issue 'mill'"]
    busy.edit({"content/actors/union.md": "---\nname: Them\n---\n"})
    assert busy.linked == ["actor 'union'", "issue 'mill'"]
    busy.edit(
        {"content/sources.yaml": "a:\n  title: A\n  file: a.txt\n", "seeds/a.txt": "It leaks."}
    )
    busy.edit(issue("dam", 'Of [[lab]] [@a "It leaks"].'))
    busy.edit({"seeds/a.txt": "Indeed: It leaks."})
    assert busy.linked == ["issue 'dam'"]


def test_what_was_found_is_told_where_it_stands_now(busy: Edited) -> None:
    claims = {slug: f"{slug}:\n  statement: Of {slug}.\n  made_by: [lab]\n" for slug in "abc"}
    cited = claims["b"] + "  cite: [minutes]\n"
    busy.edit({"content/sources.yaml": "minutes:\n  title: Minutes\n"})
    assert busy.edit({"content/claims.yaml": claims["a"] + cited}) == ["uncited"]
    busy.edit({"content/claims.yaml": f"# Claims\n{claims['a']}{cited}"})
    assert busy.linked == []


def test_a_sentence_that_mentions_an_actor_comes_changes_and_goes(busy: Edited) -> None:
    for text in ("Of [[lab]] much is said.", "Of [[lab]] little is said.", "Nothing."):
        busy.edit(issue("dam", text))
        assert busy.made >= {LAB, DAM}
        assert not busy.made & {UNION, "issues/mill/"}


def test_an_entity_that_mentions_an_actor_comes_and_goes(busy: Edited) -> None:
    busy.edit(issue("weir", "Of [[lab]] much is said."))
    assert LAB in busy.made
    busy.edit({"content/issues/weir.md": None})
    assert LAB in busy.made


def test_a_position_comes_moves_and_goes(busy: Edited) -> None:
    busy.edit(issue("dam", fields=positions("lab")))
    assert LAB in busy.made
    busy.edit(issue("dam", fields=positions("union", "lab")))
    assert busy.made >= {LAB, UNION}
    busy.edit(issue("dam", fields=positions("union", "lab", stance="rejects")))
    assert busy.made >= {LAB, UNION}
    busy.edit(issue("dam", fields=positions("union")))
    assert LAB in busy.made


def test_an_issue_with_a_position_comes_and_goes(busy: Edited) -> None:
    busy.edit(issue("weir", fields=positions("lab")))
    assert LAB in busy.made
    busy.edit({"content/issues/weir.md": None})
    assert LAB in busy.made


def test_an_event_names_an_actor_and_does_not(busy: Edited) -> None:
    busy.edit(events(("a", "2024", "")))
    busy.edit(events(("a", "2024", "  actors: [lab]\n")))
    assert LAB in busy.made
    assert UNION not in busy.made
    busy.edit(events(("a", "2024", "  actors: [lab]\n"), ("b", "2025", "  actors: [lab]\n")))
    assert LAB in busy.made
    busy.edit(events(("a", "2024", "")))
    assert LAB in busy.made


def test_events_change_places_as_another_one_moves(busy: Edited) -> None:
    """Undated `x` follows `z`, which the page of the actor does not show."""
    rows = ("x", "unknown", "  actors: [lab]\n  after: z\n"), ("y", "2024-06", "  actors: [lab]\n")
    busy.edit(events(("z", "2023", ""), *rows))
    first = busy.html("actors/lab")
    assert first.index("E x") < first.index("E y")
    busy.edit(events(("z", "2025", ""), *rows))
    second = busy.html("actors/lab")
    assert second.index("E y") < second.index("E x")


def test_entries_of_a_file_change_places(busy: Edited) -> None:
    rows = {slug: f"{slug}:\n  definition: Said of [[lab]].\n" for slug in "ab"}
    busy.edit({"content/terms.yaml": rows["a"] + rows["b"]})
    busy.edit({"content/terms.yaml": rows["b"] + rows["a"]})
    assert LAB in busy.made


def test_a_claim_moves_to_the_front_as_it_is_disputed(busy: Edited) -> None:
    def claims(status: str) -> Files:
        text = "  statement: C {0}\n  made_by: [lab]\n  issues: [dam]\n"
        rows = f"a:\n{text.format('a')}b:\n{text.format('b')}  status: {status}\n"
        return {"content/claims.yaml": rows}

    busy.edit(claims("unverified"))
    assert busy.html("actors/lab").index("C a") < busy.html("actors/lab").index("C b")
    busy.edit(claims("disputed"))
    assert busy.html("actors/lab").index("C b") < busy.html("actors/lab").index("C a")


def test_a_title_shows_where_it_is_linked_by_slug(busy: Edited) -> None:
    busy.edit(issue("dam", "See [[mill]] and [[lab|them]]."))
    busy.edit({"content/issues/mill.md": "---\ntitle: Flour\n---\n"})
    assert DAM in busy.made
    assert ">Flour</a>" in busy.html("issues/dam")


def test_a_text_that_only_its_own_page_shows(busy: Edited) -> None:
    busy.edit(issue("dam", "See [[lab]]. One."))
    busy.edit(issue("dam", "See [[lab]]. Two."))
    assert not busy.made & {LAB, UNION, "actors/", "issues/mill/"}


def test_a_source_is_cited_otherwise(busy: Edited) -> None:
    page = "sources/minutes/"
    busy.edit(
        {
            "content/sources.yaml": "minutes:\n  title: Minutes\n  file: a.txt\n",
            "seeds/a.txt": "The dam leaks. Nobody knew.",
        }
    )
    for text in ('So [@minutes "dam leaks"].', "So [@minutes].", 'Yet [@minutes "Nobody"].', "No."):
        busy.edit(issue("dam", text))
        assert page in busy.made
    busy.edit(issue("mill", 'So [@minutes "dam leaks"].'))
    busy.edit({"seeds/a.txt": "Indeed the dam leaks."})
    assert page in busy.made
    busy.edit({"content/issues/mill.md": None})
    assert page in busy.made


def test_the_whole_text_of_a_source_that_nothing_cites(busy: Edited) -> None:
    source = "minutes:\n  title: Minutes\n  file: a.txt\n  show: full\n"
    busy.edit({"content/sources.yaml": source, "seeds/a.txt": "The dam leaks."})
    busy.edit({"seeds/a.txt": "Nobody knew."})
    assert "sources/minutes/" in busy.made
    assert not busy.made & {LAB, DAM}
    busy.edit({"content/sources.yaml": source.replace("  file: a.txt\n", "")})
    assert "Nobody knew" not in busy.html("sources/minutes")


def test_an_entity_of_its_kind_comes_and_goes(busy: Edited) -> None:
    busy.edit(actor("works"))
    assert busy.made >= {"actors/", "actors/works/"}
    assert not busy.made & {LAB, DAM}
    busy.edit({"content/actors/works.md": None})
    assert "actors/" in busy.made
    assert not busy.made & {LAB, DAM}


def test_static_files_come_and_go(busy: Edited) -> None:
    text = "See [it](/plan.txt)."
    busy.edit(issue("dam", text) | {"static/plan.txt": "1"})
    assert busy.edit({"static/plan.txt": None}) == ["unknown-file-reference"]
    assert busy.edit({"static/plan.txt": "2"}) == []


def test_an_image_of_an_actor_goes(busy: Edited) -> None:
    picture = "image:\n  src: lab.svg\n  alt: A hall\n"
    busy.edit(actor("lab", picture) | {"static/lab.svg": "<svg/>"})
    assert busy.edit({"static/lab.svg": None}) == ["unknown-file-reference"]


def test_a_second_story_moves_the_first(busy: Edited) -> None:
    """The only article is the front page; where there are two, each has a page of its own."""
    story = "---\ntitle: {}\nas_of: 2024\n---\nOf [[lab]].\n"
    busy.edit({"content/articles/one.md": story.format("One")} | issue("dam", "See [[one]]."))
    assert 'href="../../index.html"' in busy.html("issues/dam")
    busy.edit({"content/articles/two.md": story.format("Two")})
    assert 'href="../../articles/one/index.html"' in busy.html("issues/dam")
    busy.edit({"content/articles/two.md": None})


def test_a_day_passes(busy: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    def day(number: int) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(number * 86_400))

    day(19_800)
    busy.edit({"content/terms.yaml": "t:\n  definition: Of [[lab]].\n  publish_on: 2024-03-20\n"})
    assert "terms/index.html" not in busy.files
    day(19_802)
    busy.edit({})
    assert "terms/index.html" in busy.files
    assert LAB in busy.made


def test_a_site_becomes_large(busy: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.links.graph.LARGE", 5)
    busy.edit({"content/site.yaml": "title: Pond\nbase_url: https://pond.example/\n"})
    assert b"cards/actors/lab.png" in busy.files["actors/lab/index.html"]
    busy.edit(actor("miller"))
    assert b"cards/" not in busy.files["actors/lab/index.html"]


def test_what_is_referred_to_expires(busy: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(19_801 * 86_400))
    busy.edit(
        actor("union", "expires_on: 2024-03-20\nredirect_from: [guild]\n")
        | issue("dam", "Ask [[union]].", positions("union", "lab"))
        | {"content/claims.yaml": "leak:\n  statement: It leaks.\n  made_by: union\n"}
    )
    assert b"position-union" in busy.files["issues/dam/index.html"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(19_802 * 86_400))
    assert busy.edit({}) == ["expired-reference"] * 3
    page = busy.files["issues/dam/index.html"]
    assert b"position-union" not in page
    assert b"Ask The union." in page
    assert b",union," not in busy.files["positions.csv"]
    assert b",lab," in busy.files["positions.csv"]
    busy.edit(actor("union", "expires_on: 2024-03-19\nshort_name: U\n"))
    assert busy.edit(
        {"content/actors/union.md": "---\nname: A union\nexpires_on: 2024-03-20\n---\n"}
    )
    assert b"Ask A union." in busy.files["issues/dam/index.html"]


def test_a_redirect_comes_and_goes(busy: Edited) -> None:
    busy.edit(issue("dam", fields="redirect_from: [weir]\n"))
    assert "issues/weir/index.html" in busy.files
    busy.edit(issue("dam"))
    assert "issues/weir/index.html" not in busy.files


def test_a_feed_at_an_old_address_is_as_new_as_the_feed(busy: Edited) -> None:
    busy.edit({"content/site.yaml": "title: Pond\nbase_url: https://pond.example/\n"})
    note = "a:\n  date: 2025-01-02\n  text: First.\n  touches: [dam]\n"
    busy.edit(issue("dam", fields="redirect_from: [weir]\n") | {"content/updates.yaml": note})
    old = busy.files["issues/weir/feed.xml"]
    assert old == busy.files["issues/dam/feed.xml"]
    busy.edit({"content/updates.yaml": note.replace("First", "Second")})
    assert busy.files["issues/weir/feed.xml"] == busy.files["issues/dam/feed.xml"] != old


def test_an_old_slug_is_an_anchor_wherever_its_own_is(busy: Edited) -> None:
    busy.edit(issue("dam", fields=positions("union")) | events(("flood", "2024-01-02", "")))
    busy.edit(actor("union", "redirect_from: [guild]\n"))
    assert DAM in busy.made
    busy.edit(events(("flood", "2024-01-02", "  redirect_from: [water]\n")))
    assert "timeline/" in busy.made


def test_rules_of_the_author_for_a_host(busy: Edited) -> None:
    busy.edit(issue("dam", fields="redirect_from: [weir, /old]\n"))
    assert b"/old/ /issues/dam/ 301\n" in busy.files["_redirects"]
    for rules in ("/old /elsewhere\n", "/other /elsewhere\n", None):
        busy.edit({"static/_redirects": rules})


def test_what_an_actor_belongs_to_and_relates_to(busy: Edited) -> None:
    tie = "relations:\n  - to: lab\n    label: pays\n"
    for fields in ("affiliation: lab\n", tie, tie.replace("pays", "owns"), ""):
        busy.edit(actor("union", fields))
        assert LAB in busy.made


@pytest.mark.parametrize(
    "field", ["contested_by: [lab]", "made_by: [union, lab]", "issues: [dam]", "cite: [minutes]"]
)
def test_a_field_of_a_claim_comes_and_goes(busy: Edited, field: str) -> None:
    text = "a:\n  statement: It leaks.\n  made_by: [union]\n"
    full = text.replace("  made_by: [union]\n", "") if field.startswith("made_by") else text
    busy.edit({"content/claims.yaml": text, "content/sources.yaml": "minutes:\n  title: Minutes\n"})
    page = {"issues": DAM, "cite": "sources/minutes/"}.get(field.partition(":")[0], LAB)
    busy.edit({"content/claims.yaml": f"{full}  {field}\n"})
    assert page in busy.made
    busy.edit({"content/claims.yaml": text})
    assert page in busy.made


def test_what_an_anchor_leads_to_goes(busy: Edited) -> None:
    """The link is on a page that was not edited."""
    rows = {
        "positions": issue("dam", fields=positions("lab")),
        "events": events(("a", "2024", "  actors: [lab]\n")),
        "claims": {"content/claims.yaml": "a:\n  statement: It leaks.\n  made_by: [lab]\n"},
        "updates": {"content/updates.yaml": "a:\n  date: 2024\n  text: New.\n  touches: [lab]\n"},
    }
    gone = {
        "positions": issue("dam"),
        "events": {"content/events.yaml": None},
        "claims": {"content/claims.yaml": None},
        "updates": {"content/updates.yaml": None},
    }
    for anchor, files in rows.items():
        assert busy.edit(files | issue("mill", f"See [it](/actors/lab/#{anchor}).")) == [], anchor
        assert busy.edit(gone[anchor]) == ["unknown-anchor"]
        busy.edit(files)
        busy.edit(gone[anchor] | issue("mill"))


def test_a_font_of_the_same_size(busy: Edited) -> None:
    """Images are drawn again, though name and size of the file are what they were."""
    fonts = busy.root / "fonts"
    fonts.mkdir()
    for name in ("literata-text.ttf", "literata-display.ttf"):
        (fonts / "own.ttf").write_bytes((FONTS / name).read_bytes().ljust(400_000, b"\0"))
        busy.edit({})
        assert DAM in busy.made
    busy.edit({})
    assert not busy.made


def test_a_warning_that_rests_on_another_entity(busy: Edited) -> None:
    def event(slug: str, date: str, more: str = "") -> Files:
        return {f"content/events/{slug}.yaml": f"title: E {slug}\ndate: {date}\n{more}"}

    assert busy.edit(event("a", "2023") | event("b", "2024", "after: a\n")) == []
    assert busy.edit(event("a", "2025")) == ["date-order"]
    assert busy.edit(event("a", "2022")) == []


def test_a_template_comes_changes_and_goes(busy: Edited) -> None:
    for text in ("One {{ page.title }}", "Two {{ page.title }}", None):
        busy.edit({"templates/actor.html": text})
        assert busy.made == {LAB, UNION}


def test_what_a_link_to_nothing_is_told(busy: Edited) -> None:
    """The entities are what they were, but for one that is not in this build."""
    late = {"content/issues/late.md": "---\ntitle: Late\ndraft: true\n---\n"}
    assert busy.edit(issue("dam", "See [[late]].")) == ["unknown-reference"]
    assert busy.edit(late) == ["hidden-reference"]
    assert busy.edit({"content/issues/late.md": None}) == ["unknown-reference"]
    assert busy.edit(issue("dam")) == []
