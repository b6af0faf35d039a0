"""What records hold is read from their classes, and everything of a kind in a record is found."""

# Without `from __future__ import annotations`: see `content/records.py`.
import datetime
from typing import Annotated

import pytest

from site_builder.content.citing import Cite
from site_builder.content.date_fields import EdtfDate
from site_builder.content.dates import parse_date
from site_builder.content.fields import Line, Lines, Prose, Refs
from site_builder.content.kinds import KINDS
from site_builder.content.models import (
    AboutPage,
    Actor,
    Article,
    Claim,
    Contest,
    EarlierPosition,
    Entity,
    Fact,
    Image,
    Issue,
    Point,
    Position,
    Relation,
    Site,
    Source,
    Stance,
    Verdict,
)
from site_builder.content.records import Before, Holds, Marks, Model, field
from site_builder.content.shape import (
    Shape,
    records_in,
    said_in,
    shape_of,
    shapes_in,
    walk,
)
from site_builder.content.validators import validator

CITE = (Cite(source="minutes", words="leaks"),)
ISSUE = Issue(
    title="The dam",
    summary="It *leaks*.",
    positions=(
        Position(
            actor="mayor",
            stance="rejects",
            summary="No.",
            cite=CITE,
            as_of=parse_date("2026"),
            earlier=(EarlierPosition(stance="supports", summary="Yes.", cite=CITE),),
        ),
        Position(actor="lund", stance="supports"),
    ),
    related=("road",),
    cite=(*CITE, Cite(source="plan")),
)


def paths(record: Model, holds: Holds) -> list[str]:
    return [".".join(map(str, row.path)) for row in walk(record, holds)]


def test_own_values_come_first_then_those_of_records_within_in_order() -> None:
    assert paths(ISSUE, Holds.PROSE) == [
        "summary",
        "positions.0.summary",
        "positions.0.earlier.0.summary",
    ]
    assert paths(ISSUE, Holds.CITES) == [
        "cite",
        "positions.0.cite",
        "positions.0.earlier.0.cite",
    ]


def test_references_are_found_but_not_those_in_citations() -> None:
    assert paths(ISSUE, Holds.REF) == ["related.0", "positions.0.actor", "positions.1.actor"]
    claim = Claim(
        statement="It leaks.",
        made_by=("a", "b"),
        contested_by=(Contest(actor="c"),),
        issues=("dam",),
        cite=CITE,
    )
    assert paths(claim, Holds.REF) == ["made_by.0", "made_by.1", "issues.0", "contested_by.0.actor"]


def test_what_is_found_says_where_it_stands_and_in_what() -> None:
    first, second = walk(ISSUE, Holds.STANCE)[:2]
    assert (first.value, first.holder) == ("rejects", ISSUE.positions[0])
    assert (second.path, second.field.name) == (("positions", 0, "earlier", 0, "stance"), "stance")


def test_single_records_and_mappings_by_name_are_walked_too() -> None:
    actor = Actor(
        name="Mayor",
        aliases=("Boss",),
        unlinked=("Boss",),
        relations=(Relation(to="lund", label="aunt of"),),
        image=Image(src="m.png", alt="A face"),
    )
    assert paths(actor, Holds.LINE) == ["name", "aliases.0", "relations.0.label", "image.alt"]
    assert paths(actor, Holds.PICTURE) == ["image.src"]
    site = Site(title="Tea", stances={"for": Stance(label="For", meaning="In favour.")})
    assert paths(site, Holds.LINE) == ["title", "stances.for.label", "stances.for.meaning"]
    claim = Claim(
        statement="S",
        made_by=("a",),
        verdict=Verdict(rating="r", reviewer="R", text="T", date=parse_date("2026")),
    )
    assert paths(claim, Holds.PROSE) == ["statement", "verdict.text"]
    assert paths(claim, Holds.DATE) == ["verdict.date"]


def test_what_is_not_there_is_not_found() -> None:
    assert paths(Issue(title="T"), Holds.PROSE) == []
    assert paths(Source(title="T"), Holds.DATE) == []
    assert paths(AboutPage(), Holds.LINE) == ["title"]


def test_records_of_a_class_are_found_wherever_they_lie() -> None:
    assert [row.path for row in records_in(ISSUE, Position)] == [
        ("positions", 0),
        ("positions", 1),
    ]
    assert [row.path for row in records_in(ISSUE, EarlierPosition)] == [
        ("positions", 0, "earlier", 0)
    ]
    assert records_in(ISSUE, Point) == []
    article = Article(
        title="Tea",
        as_of=parse_date("2026"),
        key_points=(Point(text="Hot"),),
        known=(Fact(text="Wet", cite=CITE),),
    )
    assert [row.value.text for row in records_in(article, Point)] == ["Hot", "Wet"]
    assert [row.value.text for row in records_in(article, Fact)] == ["Wet"]


@pytest.mark.parametrize(
    ("model", "name", "shape"),
    [
        (Article, "title", Shape("title", Holds.LINE, required=True)),
        (Article, "authors", Shape("authors", Holds.LINE, many=True)),
        (Article, "as_of", Shape("as_of", Holds.DATE, required=True)),
        (Article, "standfirst", Shape("standfirst", Holds.PROSE)),
        (Article, "key_points", Shape("key_points", Holds.RECORD, many=True, model=Point)),
        (Article, "cite", None),
        (Claim, "cite", Shape("cite", Holds.CITES, model=Cite)),
        (Claim, "made_by", Shape("made_by", Holds.REF, many=True, required=True)),
        (Claim, "verdict", Shape("verdict", Holds.RECORD, model=Verdict)),
        (
            Source,
            "show",
            Shape("show", Holds.CHOICE, choices=("excerpts", "full")),
        ),
        (Source, "url", Shape("url", Holds.URL)),
        (Source, "language", Shape("language", Holds.TEXT)),
        (Source, "omit", Shape("omit", Holds.TEXT, many=True)),
        (Actor, "draft", Shape("draft", Holds.FLAG)),
        (Actor, "publish_on", Shape("publish_on", Holds.DAY)),
        (Actor, "same_as", Shape("same_as", Holds.URL, many=True)),
        (Site, "stances", Shape("stances", Holds.RECORD, by_name=True, model=Stance)),
        (Site, "theme", Shape("theme", Holds.TEXT, by_name=True)),
    ],
)
def test_a_field_holds_what_its_type_says(
    model: type[Model], name: str, shape: Shape | None
) -> None:
    found = {row.name: row for row in shape_of(model)}.get(name)
    plain = found and found._replace(description="", marks=Marks(), always=False)
    assert plain == shape


def test_targets_are_told_apart_by_their_kind() -> None:
    (publish,) = (shape for shape in shape_of(Site) if shape.name == "publish")
    assert list(publish.models) == ["directory", "rsync", "git", "s3", "zip"]
    assert publish.model is None


def test_shapes_are_known_without_a_record() -> None:
    assert [(names, shape.marks.to) for names, shape in shapes_in(Issue, Holds.REF)] == [
        (("story",), ("article",)),
        (("related",), ("issue",)),
        (("positions", "actor"), ("actor",)),
    ]


def test_a_record_states_what_its_first_prose_says() -> None:
    assert [said_in(model) for model in (Issue, Position, Claim, Source)] == [
        "summary",
        "summary",
        "statement",
        "",
    ]


# --- marks ---------------------------------------------------------------------------------------

SHAPES = [
    pytest.param(kind.name, ".".join(names), shape, id=f"{kind.name}.{'.'.join(names)}")
    for kind in KINDS.values()
    for holds in Holds
    for names, shape in shapes_in(kind.model, holds)
]


@pytest.mark.parametrize(("kind", "name", "shape"), SHAPES)
def test_marks_stand_where_they_say_something(kind: str, name: str, shape: Shape) -> None:
    marks = shape.marks
    is_reference = shape.holds is Holds.REF
    assert set(marks.to) <= KINDS.keys()
    for mark in ("to", "back", "back_from", "part", "itself", "news", "later_by"):
        assert is_reference or not getattr(marks, mark), f"{kind}.{name} names nobody"
    assert not (marks.back and marks.back_from)
    assert not marks.states or (shape.holds is Holds.RECORD and shape.many)
    assert not marks.not_before[0] or shape.holds is Holds.DATE
    assert not marks.name or shape.holds is Holds.LINE
    assert not marks.data_from or hasattr(KINDS[kind].model, marks.data_from)
    several = shape.many or shape.holds is Holds.CITES
    assert bool(marks.min_length or marks.max_length) <= several


def test_a_mark_that_nobody_knows_is_refused() -> None:
    with pytest.raises(TypeError):
        field("What for.", kinds="actor")


# --- classes that are made while the program runs, as those of a site's own fields would be ------

Law = type(
    "Law",
    (Entity,),
    {
        "__annotations__": {
            "title": Line,
            "summary": Prose | None,
            "in_force": EdtfDate | None,
            "repeals": Refs,
            "tags": Annotated[Lines, Before(lambda value: value)],
            "signed": datetime.date | None,
        },
        "title": field("Its title.", name=True),
        "summary": field("The law in a sentence.", default=None),
        "in_force": field("Since when.", default=None),
        "repeals": field("What it repeals.", default=(), to="law", back="repealed by"),
        "tags": field("Words.", default=()),
        "signed": field("When it was signed.", default=None),
    },
)


def test_a_class_made_at_run_time_is_validated_and_walked_like_any_other() -> None:
    data = {"title": "Water", "summary": "On *water*.", "in_force": "2026", "repeals": "old"}
    law = validator(Law).validate_python(data)

    assert paths(law, Holds.PROSE) == ["summary"]
    assert [(row.value, row.field.marks.back) for row in walk(law, Holds.REF)] == [
        ("old", "repealed by")
    ]
    assert [row.value for row in walk(law, Holds.DATE)] == [parse_date("2026")]
    assert [shape.name for shape in shape_of(Law)][-6:] == [*data, "tags", "signed"]
