"""Mistakes such as editors make, planted one at a time in a sound site; and near misses, which must stay silent."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.build import Options, check_site
from site_builder.diagnostics import CODES
from tools.cases import TESTS

SITE = TESTS / "sites" / "journalism"


class Planted(NamedTuple):
    """A change of the sound site, and the code that it must give, "" for a near miss."""

    code: str
    file: str
    old: str
    new: str


A, I, C, P = "content/articles", "content/issues.yaml", "content/claims.yaml", "content/actors.yaml"  # noqa: E741

MISTAKES = (
    Planted("other-speaker", f"{A}/bridge.md", "said Leonora Aske for", "said Iain Strachan for"),
    Planted("other-speaker", f"{A}/match.md", "Gil Ferreira did not speak.", "Ruth Penhale did not speak."),
    Planted("other-speaker", f"{A}/match.md", "Stella Varga spoke", "Piers Lockhart spoke"),
    Planted("number-differs", f"{A}/bridge.md", "on four of the twelve hangers", "on four of the thirteen hangers"),
    Planted("number-differs", f"{A}/nights.md", "than six nights a month lost 52 minutes", "than six nights a month lost 62 minutes"),
    Planted("number-differs", f"{A}/nights.md", "hospitals followed 1,204 of them for two\nyears", "hospitals followed 1,204 of them for three\nyears"),
    Planted("number-differs", f"{A}/budget.md", "gap at £2.8 million", "gap at £2.6 million"),
    Planted("number-differs", f"{A}/budget.md", "saved £410,000", "saved £401,000"),
    Planted("near-name", f"{A}/bridge.md", "Unlike Strachan", "Unlike Strachen"),
    Planted("near-name", f"{A}/bees.md", "says Nadia Colebrook, but", "says Nadia Colebrooke, but"),
    Planted("near-name", f"{A}/budget.md", "title: Wexley keeps", "title: Tredwel’s Wexley keeps"),
    Planted("wrong-label", f"{A}/bridge.md", "[[strachan|Iain Strachan]]", "[[aske|Iain Strachan]]"),
    Planted("status-contradicts", C, "  status: agreed", "  status: disputed"),
    Planted("status-contradicts", C, "  made_by: lockhart", "  made_by: lockhart\n  status: agreed"),
    Planted("verdict-without-evidence", C, "  status: agreed", "  status: agreed\n  verdict:\n    rating: Right\n    reviewer: The Reader"),
    Planted("thin-quote", C, 'cite: inquest "Nobody had checked whether the work was done"', 'cite: inquest "He had"'),
    Planted("changed-undated", I, "      as_of:\n        date: unknown\n        text: on the first day of the inquest\n", ""),
    Planted("after-as-of", I, "as_of: 2026-01-20\n      cite: budget \"He", "as_of: 2026-10-20\n      cite: budget \"He"),
    Planted("after-as-of", "content/events.yaml", "date: 2026-03\n", "date: 2026-08\n"),
    Planted("stale-position", "content/events.yaml", "  actors:\n    - wilk", "  issues: libraries\n  actors:\n    - lockhart\n    - wilk"),
    Planted("point-twice", f"{A}/bridge.md", "The company got his letter and passed it on to a contractor that then closed.", "Rust was found by the engineer on four of twelve hangers, sixteen months before the bridge fell."),
    Planted("paragraph-twice", f"{A}/markets.md", "The harbour-master shrugs.", "Restaurants pay, because their guests do. Families buy less, or buy what comes frozen from far away, which is cheaper than\nwhat is landed in front of their windows.\n\nThe harbour-master shrugs."),
    Planted("note-left", f"{A}/bees.md", "won a medal in 1908", "won a medal in TK"),
    Planted("note-left", f"{A}/town.md", "Six cellars were", "TODO: how many? Six cellars were"),
    Planted("quote-unbalanced", f"{A}/budget.md", "“They’ll tell us when\nit’s locked,”", "“They’ll tell us when\nit’s locked,"),
    Planted("quote-unbalanced", f"{A}/town.md", "“plenty for everybody”", "plenty for everybody”"),
    Planted("heading-skipped", f"{A}/town.md", "## Letters", "#### Letters"),
    Planted("link-text", f"{A}/town.md", "a zoo in the quarry", "a zoo in the quarry ([here](https://zoo.example/))"),
    Planted("correction-of-nothing", "content/updates.yaml", "  touches: bridge\n", ""),
    Planted("unused-actor", P, "marsh:", "hale:\n  name: Tobias Hale\n  kind: person\nmarsh:"),
    Planted("unused-term", "content/terms.yaml", "hanger:", "aqueduct:\n  definition: A bridge for water.\nhanger:"),
    Planted("one-sided", I, "      stance: conditional", "      stance: rejects"),
    Planted("left-out", f"{A}/markets.md", "title: Why", "draft: true\ntitle: Why"),
    Planted("kind-of-person", P, "  name: Leonora Aske\n  kind: person", "  name: Leonora Aske\n  kind: organisation"),
    Planted("role-unsourced", P, "role: Councillor for finance", "role: Mayor of Wexley"),
    Planted("summary-contradicts", I, "summary: Asked for the bridge to be closed.", "summary: Rejects that the bridge be closed."),
    Planted("unattributed", f"{A}/nights.md", "None of this is new.", "Experts believe that it will last. None of this is new."),
    Planted("relative-day", f"{A}/budget.md", "Here is what happens now.", "The committee meets tomorrow."),
    Planted("mixed-spelling", f"{A}/match.md", "for ends.", "for ends. The colour of the ball could be told, its color not."),
    Planted("uncited-relation", P, "  role: Beekeeper", "  role: Beekeeper\n  relations:\n    - to: marsh\n      label: lives beside"),
    Planted("word-twice", f"{A}/town.md", "A crowd of about sixty", "A crowd of of about sixty"),
    Planted("uncited", I, '      cite: inquest "I asked for it to be closed until the hangers were replaced"\n', ""),
)  # fmt: skip

NEAR_MISSES = (
    Planted("", f"{A}/bees.md", "Edwin Marsh lost every one of his", "Edwin Marsh lost every one of his, and Leonore, Mrs Colebrooka’s aunt, none"),
    Planted("", f"{A}/bridge.md", "Outside, on the steps", "The The played. Outside, on the steps"),
    Planted("", f"{A}/town.md", "Six cellars were pumped dry", "Why??? In Olympiad XXX, six cellars were pumped dry"),
    Planted("", f"{A}/bridge.md", "on four of the twelve hangers", "on 4 of the 12 hangers"),
    Planted("", f"{A}/nights.md", "1,204 of them for two\nyears", "1204 of them for 2\nyears"),
    Planted("", f"{A}/budget.md", "gap at £2.8 million", "gap at about £3 million"),
    Planted("", f"{A}/bridge.md", "He wrote to the company. He says", "He wrote. Unlike Aske, he says"),
    Planted("", f"{A}/match.md", "Gil Ferreira did not speak.", "Varga’s opposite number, Gil Ferreira, did not speak."),
    Planted("", f"{A}/bees.md", "Her neighbour has had enough.", "Colebrook’s neighbour has had enough. The Colebrooks know him."),
    Planted("", f"{A}/town.md", "A reader asks why", "A reader from Marchwood asks why"),
    Planted("", f"{A}/bees.md", "perfectly good", "“TODO” on its lid, and perfectly good"),
    Planted("", f"{A}/match.md", "without lights.", "without lights, on flight TK 401’s path."),
    Planted("", f"{A}/match.md", "Ben Hartnoll is 6'4\"", "Ben Hartnoll is 6’4” and 12\" wide, is 6'4\""),
    Planted("", f"{A}/town.md", "## Letters", "“It rained,” she said.\n\n“It rained all day.\n\n“And all night,” she said.\n\n## Letters"),
    Planted("", f"{A}/town.md", "a zoo in the quarry", "a zoo [here in the quarry](https://zoo.example/)"),
    Planted("", C, "  made_by: lockhart", "  made_by: lockhart\n  status: withdrawn"),
    Planted("", C, 'cite: inquest "Nobody had checked whether the work was done"', 'cite: inquest "a sign would"'),
    Planted("", I, "summary: Would keep all three, with shorter hours.", "summary: Supports nothing of the kind."),
    Planted("", I, "      stance: conditional", "      stance: unstated"),
    Planted("", "content/events.yaml", "date: 2026-03\n", "date: 2026\n"),
    Planted("", P, "role: Councillor for finance", "role: A councillor who has the purse"),
    Planted("", f"{A}/nights.md", "“Ask me tomorrow,”", "“Ask me tomorrow night,”"),
    Planted("", f"{A}/town.md", "had called the safer of the two", "had had called, it is said, the safer of the two"),
    Planted("", "content/updates.yaml", "  kind: correction\n", "  kind: clarification\n"),
    Planted("", f"{A}/markets.md", "The harbour-master shrugs.", "The harbour-master shrugs. “The color of money,” he says."),
)  # fmt: skip


_OF_BUILDS = frozenset(("misquoted", "quote-cites-other", "quote-unchecked", "no-story"))
"""What every build says: people of this site said theirs to its authors, and its articles list nothing."""


def found(tmp_path: Path, planted: Planted) -> list[str]:
    """The codes of the findings in the site with a change, without those of every build."""
    root = tmp_path / "site"
    shutil.copytree(SITE, root)
    file = root / planted.file
    text = file.read_text("utf-8")
    assert text.count(planted.old) >= 1, planted.old
    file.write_text(text.replace(planted.old, planted.new, 1), "utf-8")
    rows = check_site(Options(root, lint=True, jobs=1)).diagnostics
    return [row.code for row in rows if row.code not in _OF_BUILDS]


@pytest.mark.parametrize("planted", MISTAKES, ids=lambda row: f"{row.code}: {row.new[:40]!r}")
def test_a_mistake_is_found_and_nothing_else(tmp_path: Path, planted: Planted) -> None:
    assert planted.code in CODES
    assert set(found(tmp_path, planted)) == {planted.code}


@pytest.mark.parametrize("planted", NEAR_MISSES, ids=lambda row: repr(row.new[:40]))
def test_a_near_miss_stays_silent(tmp_path: Path, planted: Planted) -> None:
    assert found(tmp_path, planted) == []
