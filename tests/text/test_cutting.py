"""How texts are cut: what may be left, and what may not."""

from __future__ import annotations

import pytest

from site_builder.text.cutting import cut, cuts, shortened

TALKS = "The talks were constructive and parts of the plan were agreed"


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "It leaked. Nobody knew. Mr. Lund left.", ["It leaked. Nobody knew.", "It leaked."]),
        ("en", f"{TALKS}; others were not.", [f"{TALKS}…"]),
        ("en", f"{TALKS}, but the Kremlin was silent.", [f"{TALKS}…"]),
        ("en", f"{TALKS}: the first and the last.", [f"{TALKS}…"]),
        ("en", f"{TALKS}, which pleased the Kremlin.", []),
        ("en", "It was so late, and all left; so did he: gone.",
         ["It was so late, and all left…", "It was so late, and all left; so did he…", "It was so late…"]),
        ("en", "It leaked a lot, and so. It held.", ["It leaked a lot, and so.", "It leaked a lot…"]),
        ("en", "Russia, Ukraine, and the US agreed.", []),
        ("en", "At the talks, the big three, and the others, agreed.", []),
        ("en", "After the talks, the three of them, and the others, agreed.",
         ["After the talks, the three of them…"]),
        ("en", "Russia: no; the talks: no.", []),
        ("en", "The dam (it is old; it leaks: often, and badly) is here.", []),
        ("en", "He said to “wait for it; stay here: now, and then” and left.", []),
        ("en", "The train of 10:30 is late.", []),
        ("en", "It leaked a lot, android phones rang.", []),
        ("de", "Der Damm ist alt, aber er hält; so heißt es.",
         ["Der Damm ist alt, aber er hält…", "Der Damm ist alt…"]),
        ("de", "Der Damm ist alt, and er hält.", []),
        ("zh", "水坝在昨天漏水了，但是没有危险；居民不同意。", ["水坝在昨天漏水了，但是没有危险…", "水坝在昨天漏水了…"]),
        ("zh", "水坝在昨天漏水了，居民不同意。", []),
        ("fr", "Le barrage est vieux ; il fuit.", ["Le barrage est vieux…"]),
        ("ar", "كان السد قديما جدا، لكن بقي؛ وهذا كل شيء.",
         ["كان السد قديما جدا، لكن بقي…", "كان السد قديما جدا…"]),
    ],
)  # fmt: skip
def test_what_may_stand_in_place_of_a_text(language: str, text: str, left: list[str]) -> None:
    assert list(cuts(text, language)) == [text, *left]


def test_the_longest_that_fits_is_taken() -> None:
    def fits(text: str) -> bool:
        return len(text) <= 23

    assert cut("It leaked. Nobody knew. He left.", fits, "en") == "It leaked. Nobody knew."
    assert cut("It leaked. He left.", fits, "en") == "It leaked. He left."
    assert cut(TALKS, fits, "en") == ""


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        (TALKS, 61, TALKS),
        (TALKS, 60, "The talks were constructive…"),  # never "… and parts of the plan"
        (TALKS, 28, "The talks were constructive…"),
        (TALKS, 27, "The talks were…"),
        (TALKS, 10, ""),
        ("The mayor went home but came back at noon.", 24, "The mayor went home…"),
        ("The mayor went home but came back at noon.", 19, "The mayor went…"),
        ("The mayor has not agreed to the plan.", 20, ""),
        ("The mayor has not agreed to the plan.", 25, "The mayor has not agreed…"),
        ("The plan was accepted by none of them.", 30, ""),
        ("The plan was accepted by none of them.", 27, ""),
        (
            "The mayor went or ran home and slept but for a while.",
            35,
            "The mayor went or ran home…",
        ),
        (
            "Rain or snow fell on the town and more is to come.",
            33,
            "Rain or snow fell on the town…",
        ),
        ("The plan was accepted by all, which none of them knew.", 27, "The plan was accepted by…"),
        ("The dam (built long ago by the town) leaks.", 30, ""),
        ("The old dam (built long ago by the town) leaks.", 30, "The old dam…"),
        ("The old dam, which leaks, is here.", 20, "The old dam, which…"),
        ("The old dam, leaking, is here.", 13, "The old dam…"),
        ("It leaked. Nobody had known it.", 20, "It leaked."),
        ("Rightly or wrongly it is what most of them say.", 30, ""),
    ],
)
def test_titles_end_between_words_where_that_turns_no_sense(
    text: str, most: int, left: str
) -> None:
    assert shortened(text, most, "en") == left
    assert len(left) <= most
