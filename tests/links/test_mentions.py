"""Which names are found in a text, and where. Whole sites are in mentions.txt."""

from __future__ import annotations

import pytest

from site_builder.content.models import EntityId
from site_builder.links.mentions import Mentions

NAMES = {
    "actor/holt": ("Anna Holt", "Holt", "the mayor"),
    "actor/nato": ("NATO",),
    "actor/nato-council": ("NATO council",),
    "actor/yes": ("Yes!", "Yes! Party"),
    "actor/tokyo": ("東京都",),
    "actor/a": ("A",),
    "term/weir": ("weir",),
    "term/fish-ladder": ("fish ladder",),
    "term/pond-act": ("Pond Act",),
    "actor/river-club": ("River club",),
    "actor/lake-club": ("Lake club", "River club"),
    "actor/river": ("River",),
}


def ids(names: dict[str, tuple[str, ...]]) -> list[tuple[EntityId, tuple[str, ...]]]:
    return [(EntityId(*id.split("/")), row) for id, row in names.items()]


@pytest.fixture
def mentions() -> Mentions:
    return Mentions(ids(NAMES), persons={EntityId("actor", "holt")})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("Nothing here", []),
        ("NATO", ["NATO nato"]),
        ("NATO and Holt", ["NATO nato", "Holt holt"]),
        ("Anna Holt", ["Anna Holt holt"]),
        ("Anna  Holt, Anna\nHolt", ["Anna  Holt holt", "Anna\nHolt holt"]),
        ("the NATO council", ["NATO council nato-council"]),
        ("the NATO councils", ["NATO nato"]),
        ("NATOs, SNATO, NATO_x, x_NATO, @NATO, #NATO, and/NATO, NATO@x", []),
        ("(NATO), NATO/EU, NATO-led, NATO’s", ["NATO nato"] * 4),
        ("Nato nato", []),
        # Between words only, also where a longer name nearly stands.
        ("a fish laddered", []),
        ("a fish ladder", ["fish ladder fish-ladder"]),
        ("a Fish ladder and a Weir", ["Fish ladder fish-ladder", "Weir weir"]),
        ("a Fish Ladder", []),
        ("a pond Act and the Pond Act", ["pond Act pond-act", "Pond Act pond-act"]),
        ("Bond Act, ond Act, pond act", []),
        # A name that begins with a small letter may begin a sentence.
        ("The mayor left", ["The mayor holt"]),
        ("the mayor left", ["the mayor holt"]),
        ("Yes, said The mayor", []),
        ("She left. The mayor stayed", ["The mayor holt"]),
        ("She left? The mayor stayed", ["The mayor holt"]),
        ("She left: The mayor stayed", ["The mayor holt"]),
        ('She left. "The mayor', ["The mayor holt"]),
        ("She left. ('The mayor", ["The mayor holt"]),
        ("She left.  [The mayor", ["The mayor holt"]),
        ("X The mayor", []),
        (f"{'x' * 60}. The mayor", ["The mayor holt"]),
        # A person's name in a double name, or in that of a firm.
        ("Holt-Smith, Smith-Holt, Holt & Co., Smith & Holt", []),
        ("Holt-led and anti-Holt", ["Holt holt", "Holt holt"]),
        ("X-Holt", []),
        ("Z & Holt", []),
        ("& Holt", []),
        ("NATO & Co.", ["NATO nato"]),
        # Shared names link nowhere, nor do shorter ones within.
        ("River club, Lake club, River", ["Lake club lake-club", "River river"]),
        # Names that end in a mark, and scripts without spaces.
        ("Yes! It is", ["Yes! yes"]),
        ("Yes! Party won", ["Yes! Party yes"]),
        ("Yes! Partying", ["Yes! yes"]),
        ("東京都は", ["東京都 tokyo"]),
        ("A NATO A", ["A a", "NATO nato", "A a"]),
    ],
)
def test_names_are_found_where_they_stand_as_words(
    mentions: Mentions, text: str, names: list[str]
) -> None:
    """Each name is told as it stands in the text, with the slug of its entity."""
    found = [f"{text[start:end]} {id.slug}" for start, end, id in mentions.find(text)]

    assert found == names


@pytest.mark.parametrize(
    ("text", "occurs"), [("", False), ("SNATO", True), ("River club", True), ("none", False)]
)
def test_whether_any_name_occurs(mentions: Mentions, text: str, occurs: bool) -> None:
    assert mentions.occur_in(text) is occurs


def test_without_names_nothing_is_found() -> None:
    nothing = Mentions([])

    assert nothing.find("NATO") == []
    assert not nothing.occur_in("NATO")
    assert nothing.shared == ()


def test_shared_names_are_told_with_those_who_have_them(mentions: Mentions) -> None:
    assert [(row.name, [id.slug for id in row.ids]) for row in mentions.shared] == [
        ("River club", ["river-club", "lake-club"])
    ]


def test_a_name_that_one_entity_has_twice_is_not_shared() -> None:
    mentions = Mentions(ids({"term/weir": ("weir", "Weir")}))

    assert mentions.shared == ()
    assert [id.slug for _, _, id in mentions.find("Weir weir")] == ["weir", "weir"]
