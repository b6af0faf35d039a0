"""Numbers and speakers that slipped, on three sites that were written before the mistakes; and near misses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import pytest

from site_builder.build import Options, check_site
from site_builder.diagnostics import Severity
from tests.lint.three_sites import FERRY, MEALS, MUSEUM

if TYPE_CHECKING:
    from tests.conftest import MakeSite


class Slip(NamedTuple):
    """A change of an article, and the code that it must give, "" for a near miss."""

    site: Mapping[str, str]
    old: str
    new: str
    code: str = ""


N, S = "number-differs", "other-speaker"
MISTAKES = (
    Slip(FERRY, "service for eleven days when", "service for twelve days when", N),
    Slip(FERRY, "cost 1.4 million kroner", "cost 1.6 million kroner", N),
    Slip(FERRY, "31 were children", "41 were children", N),
    Slip(FERRY, "waited two long hours", "waited three long hours", N),
    Slip(FERRY, "a boy of 9. ", "an 8-year-old boy. ", N),
    Slip(FERRY, "14 per cent of its crossings were late last", "19.5 percent of its crossings were late last", N),
    Slip(FERRY, "had done 12 knots", "had done 21 knots", N),
    Slip(FERRY, "Moen told the hearing", "Haugland told the hearing", S),
    Slip(FERRY, "A nurse, Alice Ness, had", "An engineer, Ingrid Moen, had", S),
    Slip(MEALS, "1,860 pupils in 22 schools.", "1,680 pupils in 22 schools.", N),
    Slip(MEALS, "days a year, the others 6.1 days", "days a year, the others 5.1 days", N),
    Slip(MEALS, "motion by 23 votes to 17", "motion by 32 votes to 17", N),
    Slip(MEALS, "One family in four, she", "A third of all families, she", N),
    Slip(MEALS, "cost £2.6 million a year", "cost £2.9m a year", N),
    Slip(MEALS, "For Grace Okafor, shame", "For Martin Pell, shame", S),
    Slip(MEALS, "Susan Dray asked for", "Okafor asked for", S),
    Slip(MUSEUM, "bronze in seven minutes", "bronze in nine minutes", N),
    Slip(MUSEUM, "It was the third time that", "It was the fourth time that", N),
    Slip(MUSEUM, "worth $4.5 million", "worth $5.4 million", N),
    Slip(MUSEUM, "Varga will stay", "Osei will stay", S),
)  # fmt: skip
NEAR_MISSES = (
    Slip(FERRY, "service for eleven days when", "service for almost two weeks, eleven days, when"),
    Slip(FERRY, "Haugland, a man with 26 years at sea, waited", "Haugland, unlike Moen, waited"),
    Slip(FERRY, "A nurse, Alice Ness, had", "Sister Alice had"),
    Slip(FERRY, "a boy of 9. ", "a nine-year-old boy. "),
    Slip(MEALS, "1,860 pupils in 22 schools.", "nearly 1,900 pupils in 22 schools."),
    Slip(MEALS, "One family in four, she", "A fourth of all families, she"),
    Slip(MEALS, "cost £2.6 million a year", "cost £2,600,000 a year"),
    Slip(MEALS, "The head teacher would like two more cooks", "Pell would like seven cooks in all"),
    Slip(MUSEUM, "Twelve cameras did not work", "Thirty-three cameras worked, twelve did not"),
    Slip(MUSEUM, "It was the third time that", "For the 3rd time that"),
)  # fmt: skip


def found(make_site: MakeSite, slip: Slip) -> list[str]:
    """The codes of warnings that a change gives."""
    [article] = [path for path in slip.site if path.startswith("content/articles/")]
    text = slip.site[article]
    assert text.count(slip.old) == 1, slip.old
    root = make_site({**slip.site, article: text.replace(slip.old, slip.new)})
    rows = check_site(Options(root, lint=True, jobs=1)).diagnostics
    return [row.code for row in rows if row.severity is not Severity.ADVICE]


@pytest.mark.parametrize("site", [FERRY, MEALS, MUSEUM])
def test_nothing_is_found_in_a_sound_site(make_site: MakeSite, site: Mapping[str, str]) -> None:
    assert found(make_site, Slip(site, "title: ", "title: ")) == []


@pytest.mark.parametrize("slip", MISTAKES, ids=lambda row: row.new)
def test_a_slip_is_found_and_nothing_else(make_site: MakeSite, slip: Slip) -> None:
    assert found(make_site, slip) == [slip.code]


@pytest.mark.parametrize("slip", NEAR_MISSES, ids=lambda row: row.new)
def test_a_near_miss_stays_silent(make_site: MakeSite, slip: Slip) -> None:
    assert found(make_site, slip) == []
