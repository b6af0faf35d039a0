"""The benchmark's corpus: the same for everybody, of the size it says, and equal for all contenders."""

from __future__ import annotations

import re
import statistics

import pytest

from bench.corpus import (
    STANCES,
    Corpus,
    make_corpus,
    with_actor_renamed,
    with_issue_edited,
    with_template_edited,
)
from bench.generators import GENERATORS, Generator

LINK = re.compile(r"\[\[([a-z-]+)\]\]")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make_corpus(200)


def test_a_seed_gives_one_corpus_and_another_seed_another(corpus: Corpus) -> None:
    assert make_corpus(200) == corpus
    assert make_corpus(200, seed=2) != corpus


def test_corpus_has_the_shape_it_promises(corpus: Corpus) -> None:
    issue_words = [len(issue.body.split()) for issue in corpus.issues]
    actor_words = [len(actor.body.split()) for actor in corpus.actors]

    assert (len(corpus.issues), len(corpus.actors)) == (120, 80)
    assert 330 <= statistics.mean(issue_words) <= 430
    assert 100 <= statistics.mean(actor_words) <= 140
    for issue in corpus.issues:
        assert len(LINK.findall(issue.body)) == 8
        assert len({position.actor for position in issue.positions}) == 5
        assert {position.stance for position in issue.positions} <= STANCES.keys()


def test_every_link_and_position_leads_to_a_page(corpus: Corpus) -> None:
    names = corpus.names()
    linked = {slug for page in (*corpus.issues, *corpus.actors) for slug in LINK.findall(page.body)}
    holders = {position.actor for issue in corpus.issues for position in issue.positions}

    assert len(names) == 200
    assert linked <= names.keys()
    assert holders <= {actor.slug for actor in corpus.actors}


def test_a_small_corpus_has_fewer_links_but_is_whole() -> None:
    tiny = make_corpus(5)

    assert (len(tiny.issues), len(tiny.actors)) == (3, 2)
    assert all(issue.positions for issue in tiny.issues)


def test_names_stand_in_texts_only_as_links(corpus: Corpus) -> None:
    texts = " ".join(LINK.sub("", page.body) for page in (*corpus.issues, *corpus.actors))

    assert [actor.name for actor in corpus.actors if actor.name in texts] == []


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda generator: generator.name)
def test_an_edit_changes_the_files_it_says(generator: Generator, corpus: Corpus) -> None:
    before = generator.files(corpus)

    def changed(edited: Corpus) -> list[str]:
        after = generator.files(edited)
        assert after.keys() == before.keys()
        return sorted(path for path in after if after[path] != before[path])

    issue = corpus.issues[60].slug
    actor = corpus.actors[40].slug
    assert changed(with_issue_edited(corpus, "word")) == [f"content/issues/{issue}.md"]
    assert f"content/actors/{actor}.md" in changed(with_actor_renamed(corpus, "word"))
    assert len(changed(with_template_edited(corpus, "word"))) == 1


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda generator: generator.name)
def test_no_placeholder_of_a_theme_is_left(generator: Generator, corpus: Corpus) -> None:
    assert [text for text in generator.files(corpus).values() if re.search("@[A-Z]+@", text)] == []
